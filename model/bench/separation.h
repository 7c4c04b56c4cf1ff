/* How well the scores of normal images and of anomalies are apart, without a threshold. */
#pragma once

#include "model/detect/scores.h"

/**
 * LimenSeparation:
 * @auroc: the probability that an anomaly is more unusual than a normal image, ties half (Mann and
 * Whitney, 1947): more unusual is lower, higher, or farther from the mean, as the side of the
 * measure says
 * @auroc_low, @auroc_high: its 95 % interval: normal on the scale of the logit, with the variance
 * of DeLong, DeLong and Clarke-Pearson (1988)
 * @aupr: average precision, anomalies positive: Σ (recall_k − recall_{k−1})·precision_k from the
 * most unusual image on, images of one score being one step
 * @fpr_at_95_tpr: normal images are the positive class, as where images out of a distribution are
 * detected (Liang, Li and Srikant, 2018): the share of anomalies that are taken for normal when the
 * threshold lets at least 95 % of the normal images pass, and no more than that takes; images at
 * the threshold pass. Some programs call anomalies positive; their number is another.
 *
 * Where DeLong's variance is 0 or not known (sets that do not overlap, scores that are all equal, a
 * set of one image), the interval is an exact one instead, and never of no width: of n = min(normal
 * images, anomalies) pairs with no image in common, which are independent, all were right where
 * AUROC is 1, so it is that of Clopper and Pearson (1934) for no error in n; for other AUROC it is
 * AUROC ± √(ln 40 / 2n), by Hoeffding's inequality for U-statistics (1963, section 5).
 *
 * NaN throughout where one of the sets is empty.
 */
typedef struct {
  double auroc, auroc_low, auroc_high;
  double aupr, fpr_at_95_tpr;
} LimenSeparation;

/**
 * limen_separation: O(n log n), by the midranks of Sun and Xu, "Fast implementation of DeLong's
 * algorithm" (2014)
 * @normal, @anomaly: of one measure
 * @mean: of the validation scores, from which unusual scores of a two-sided measure are far; not
 * looked at for others
 */
LimenSeparation
limen_separation (const LimenScores *normal, const LimenScores *anomaly, double mean);

/** limen_unusualness: of @value by a measure of @side: higher is more unusual; @mean as above */
double limen_unusualness (double value, LimenSide side, double mean);
