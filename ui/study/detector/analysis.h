/* Scores become a detector, on a thread: everything about a split that takes longer than a frame
 * for large sets. */
#pragma once

#include "model/detect/detector.h"

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
 * are flagged come before all others: of the normal test half, and of the anomalies; NULL without
 * @variation: of type I over random splits; n_splits 0 where not known
 */
typedef struct {
  LimenDetector *detector;
  guint32 *order[LIMEN_N_SETS];
  LimenSplitVariation variation;
} LimenAnalysis;

/**
 * limen_analysis_new:
 * @normal: all scores of the normal set; @anomaly: (nullable)
 * @n_splits: random splits to try for the variation, 0 for none
 */
LimenAnalysis *
limen_analysis_new (LimenScores *normal, LimenScores *anomaly, LimenSplit split, LimenRule rule,
                    guint n_splits, GCancellable *cancellable, GError **error);
/** limen_analysis_of: @detector: (transfer full): one that was made otherwise; the variation is not
 * known */
LimenAnalysis *limen_analysis_of (LimenDetector *detector);
/** limen_analysis_score: what image @index of the set of @role scores; FALSE for one that has no
 * score, because the measure was fitted to it. O(images) */
gboolean
limen_analysis_score (const LimenAnalysis *analysis, LimenSetRole role, guint index, double *score);
void limen_analysis_free (LimenAnalysis *analysis);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenAnalysis, limen_analysis_free)
