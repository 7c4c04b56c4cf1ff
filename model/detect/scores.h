/* The scores of one set of images by one measure. */
#pragma once

#include "model/detect/measure.h"

/**
 * LimenScores:
 * @name: of the set, for labels
 * @measure: what is measured, and in which unit
 * @n: how many
 * @value: (n), in the order of the images; never NaN (what has no score scores −∞, or +∞ where high
 * ones are flagged)
 * @sorted: (n), ascending
 *
 * Immutable, reference-counted.
 */
typedef struct {
  gatomicrefcount references;
  char *name;
  LimenMeasure *measure;
  guint n;
  double *value;
  double *sorted;
} LimenScores;

/** limen_scores_new_of: @value: (n), copied; NaN becomes −∞ or, where high ones are flagged, +∞ */
LimenScores *
limen_scores_new_of (LimenMeasure *measure, const char *name, const double *value, guint n);
/** limen_scores_new: of log-likelihoods */
LimenScores *limen_scores_new (const char *name, const double *value, guint n);
/** limen_scores_subset: the scores with the @n numbers @index */
LimenScores *
limen_scores_subset (const LimenScores *scores, const char *name, const guint32 *index, guint n);
LimenScores *limen_scores_ref (LimenScores *scores);
void limen_scores_unref (LimenScores *scores);

/** limen_scores_n_below: how many are < @threshold, in O(log n) */
guint limen_scores_n_below (const LimenScores *scores, double threshold);
/** limen_scores_n_above: how many are > @threshold, in O(log n) */
guint limen_scores_n_above (const LimenScores *scores, double threshold);
/** limen_scores_mean, limen_scores_std: over the finite scores; the sample standard deviation (n −
 * 1), 0 for n < 2, and exactly 0 where all are one number, which is then the mean */
double limen_scores_mean (const LimenScores *scores);
double limen_scores_std (const LimenScores *scores);

/**
 * limen_auroc: the probability that a random anomaly is more unusual than a random normal image,
 * ties counted half (Mann and Whitney, 1947): 1 separates perfectly, 0.5 not at all. More unusual
 * is what scores lower, or higher, by the side of the measure; of LIMEN_SIDE_BOTH what is farther
 * from @mean, that of the validation scores, which says nothing of the others. NaN where one of
 * them is empty, or there is no mean where it takes one.
 */
double limen_auroc_about (const LimenScores *normal, const LimenScores *anomaly, double mean);
/** limen_auroc: of a measure of which one side is unusual */
double limen_auroc (const LimenScores *normal, const LimenScores *anomaly);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenScores, limen_scores_unref)
