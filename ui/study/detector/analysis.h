/* Scores become a detector, on a thread: everything about a split that takes longer than a frame
 * for large sets. */
#pragma once

#include "model/detect/curve.h"
#include "model/detect/p-values.h"

/**
 * LimenSetRole: which of the sets of an experiment
 * @LIMEN_SET_UNSORTED: images without a truth: nobody says which of them are normal. They have
 * scores and verdicts, and count in no rate
 */
typedef enum { LIMEN_SET_NORMAL, LIMEN_SET_ANOMALY, LIMEN_SET_UNSORTED, LIMEN_N_SETS } LimenSetRole;
/** LIMEN_N_LABELLED: those of LimenSetRole whose images have a truth, from LIMEN_SET_NORMAL on */
#define LIMEN_N_LABELLED LIMEN_SET_UNSORTED

/**
 * LimenAnalysis:
 * @order: [role]: numbers of the images in their set, the most unusual first, so that those that
 * are flagged come before all others: of the normal test half, of the anomalies, and of the
 * unsorted images; NULL without
 * @unsorted: (nullable): p-values of the unsorted images, and which of them are listed as anomalies
 * at LIMEN_USUAL_FALSE_SHARE: the first @unsorted->n_listed of their order; NULL without, or where
 * the detector judges by a score that they were not given
 * @curve: (nullable): NULL without anomalies; it stays while only the threshold moves
 * @variation: of type I over random splits; n_splits 0 where not known
 */
typedef struct {
  LimenDetector *detector;
  guint32 *order[LIMEN_N_SETS];
  LimenUnsorted *unsorted;
  LimenCurve *curve;
  LimenSplitVariation variation;
} LimenAnalysis;

/**
 * limen_analysis_new:
 * @scores: [role]: all of the normal set; of the others (nullable)
 * @n_splits: random splits to try for the variation, 0 for none
 */
LimenAnalysis *
limen_analysis_new (LimenScores *const scores[LIMEN_N_SETS], LimenSplit split, LimenRule rule,
                    guint n_splits, GCancellable *cancellable, GError **error);
/** limen_analysis_new_in_order: the same, where @order: (n normal): (nullable) tells which normal
 * images come first, as limen_detector_new_in_order() */
LimenAnalysis *
limen_analysis_new_in_order (LimenScores *const scores[LIMEN_N_SETS], const guint32 *order,
                             LimenSplit split, LimenRule rule, guint n_splits,
                             GCancellable *cancellable, GError **error);
/** limen_analysis_of: @detector: (transfer full): one that was made otherwise; @unsorted:
 * (nullable): scores by its measure; the variation is not known */
LimenAnalysis *limen_analysis_of (LimenDetector *detector, LimenScores *unsorted);
/** limen_analysis_with_detector: the same of @detector: (transfer full): that of @analysis by
 * whatever rule: nothing is ranked again. O(images), but without sorting them */
LimenAnalysis *
limen_analysis_with_detector (const LimenAnalysis *analysis, LimenDetector *detector);
/** limen_analysis_score: what image @index of the set of @role scores; FALSE for one that has no
 * score, because the measure was fitted to it. O(images) */
gboolean
limen_analysis_score (const LimenAnalysis *analysis, LimenSetRole role, guint index, double *score);
void limen_analysis_free (LimenAnalysis *analysis);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenAnalysis, limen_analysis_free)
