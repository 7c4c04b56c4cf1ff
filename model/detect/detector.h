/* The detector: scores, a split, a rule, a threshold; everything the page and the command line say
 * is a pure function of this value. */
#pragma once

#include "model/base/error.h"
#include "model/detect/rule.h"

/**
 * LimenErrorRate:
 * @errors, @n: errors among n images
 * @rate: errors / n, NaN for n = 0
 * @low, @high: the 95 % interval of Clopper and Pearson (1934), of a threshold that was fixed
 * before these images were looked at
 * @band: it is the 95 % band instead, which holds of every threshold at once: limen_band()
 */
typedef struct {
  guint errors, n;
  double rate, low, high;
  gboolean band;
} LimenErrorRate;

LimenErrorRate limen_error_rate (guint errors, guint n);
/** limen_error_rate_anywhere: with the band */
LimenErrorRate limen_error_rate_anywhere (guint errors, guint n);

/** LimenSplit: ordered: the first half of the normal set is the test half, the second (and an odd
 * image) the validation half; random: the same of a permutation drawn from @seed. */
typedef enum { LIMEN_SPLIT_ORDERED, LIMEN_SPLIT_RANDOM } LimenSplitKind;
typedef struct {
  LimenSplitKind kind;
  guint64 seed;
} LimenSplit;

/**
 * LimenPromise: of which thresholds the intervals of the rates hold
 * @LIMEN_PROMISE_FIXED: of one that was fixed before the test images were looked at: the interval
 * of Clopper and Pearson
 * @LIMEN_PROMISE_LOOKING: of any, chosen by looking: the uniform band
 */
typedef enum { LIMEN_PROMISE_FIXED, LIMEN_PROMISE_LOOKING } LimenPromise;

/**
 * LimenDetector:
 * @validation, @normal, @anomaly: (nullable): references it holds, all of one measure; @normal is
 * the test half
 * @normal_index, @validation_index: (nullable): which images of the whole normal set they are; the
 * latter is NULL, too, where a set of its own validates
 * @n_fit: images of that set that are neither, because the measure was fitted to them
 * @mean, @std: of the validation scores, in their unit; @std is NaN for less than two of them, and
 * 0 only where all are equal
 * @threshold: in the same unit, NaN where the rule sets none: see limen_rule_threshold(); what it
 * flags limen_detector_lines() says
 * @promise: LIMEN_PROMISE_FIXED of a new one
 * @auroc: see limen_auroc_about()
 *
 * A plain value: setters take it const and return a new one.
 */
typedef struct {
  LimenScores *validation, *normal, *anomaly;
  guint32 *normal_index, *validation_index;
  guint n_fit;
  LimenSplit split;
  LimenRule rule;
  LimenPromise promise;
  double mean, std, threshold;
  double auroc;
} LimenDetector;

/** limen_split_order: (transfer full): (n): numbers of the images of a normal set, in the order in
 * which @split deals them out: those that test first */
guint32 *limen_split_order (LimenSplit split, guint n);
/** limen_detector_new: splits @normal in two; @anomaly may be NULL. */
LimenDetector *
limen_detector_new (LimenScores *normal, LimenScores *anomaly, LimenSplit split, LimenRule rule);
/** limen_detector_new_with_validation: no split is made. */
LimenDetector *limen_detector_new_with_validation (LimenScores *validation, LimenScores *normal,
                                                   LimenScores *anomaly, LimenRule rule);

/**
 * LimenDivided: scores of a normal set of which images were fitted to as well
 * @validation_index, @normal_index: (nullable): which images of the set the scores are of,
 * borrowed; NULL: of a set of their own, or all of it. Without @normal_index nothing was divided
 * @n_fit: images that are neither
 * @split: by which they were divided
 */
typedef struct {
  LimenScores *validation, *normal;
  const guint32 *validation_index, *normal_index;
  guint n_fit;
  LimenSplit split;
} LimenDivided;

/** limen_detector_new_divided: @anomaly: (nullable) */
LimenDetector *
limen_detector_new_divided (const LimenDivided *divided, LimenScores *anomaly, LimenRule rule);
/** limen_detector_new_in_order: as limen_detector_new(), where @order: (n): tells which images of
 * @normal come first, instead of limen_split_order() of @split */
LimenDetector *limen_detector_new_in_order (LimenScores *normal, const guint32 *order,
                                            LimenScores *anomaly, LimenSplit split, LimenRule rule);
/** limen_detector_with_rule: the promise stays */
LimenDetector *limen_detector_with_rule (const LimenDetector *detector, LimenRule rule);
/** limen_detector_with_promise: the threshold stays */
LimenDetector *limen_detector_with_promise (const LimenDetector *detector, LimenPromise promise);
void limen_detector_free (LimenDetector *detector);

/** limen_detector_measure: (transfer none): of its scores; without any the log-likelihood */
LimenMeasure *limen_detector_measure (const LimenDetector *detector);
/** limen_detector_lines: what its threshold flags */
LimenLines limen_detector_lines (const LimenDetector *detector);

/** limen_detector_type_1: normal test images flagged; limen_detector_type_2: anomalies not flagged;
 * without a threshold no image is either, and n is 0. Their intervals are those of the promise */
LimenErrorRate limen_detector_type_1 (const LimenDetector *detector);
LimenErrorRate limen_detector_type_2 (const LimenDetector *detector);
/** limen_detector_sigmas: how many standard deviations the threshold is from the mean, to the side
 * that is flagged: (mean − threshold) / std, of high scores (threshold − mean) / std, of both
 * |threshold − mean| / std; NaN where std is not above 0 */
double limen_detector_sigmas (const LimenDetector *detector);
/** limen_detector_cost: limen_rule_cost() of its rule at its threshold */
double limen_detector_cost (const LimenDetector *detector);
/** limen_detector_sentence: (transfer full): "At 194 nats, 2.6 % of the normal images are flagged,
 * and 0.21 % of the anomalies are kept." */
char *limen_detector_sentence (const LimenDetector *detector);
/** limen_detector_sentence_so_far: (transfer full): the same while more scores come: that there are
 * none of a set is not known yet, and not said */
char *limen_detector_sentence_so_far (const LimenDetector *detector);

/**
 * LimenSplitVariation: how the type I rate, with a threshold k·std from the mean, varies over
 * random splits
 * @n_splits: those that have a threshold: validation scores that are not all equal; with none, the
 * rest is NaN
 * @low, @median, @high: 2.5 %, 50 % and 97.5 % quantiles of the rate
 */
typedef struct {
  guint n_splits;
  double low, median, high, mean;
} LimenSplitVariation;
gboolean
limen_split_variation (const LimenScores *normal, double sigmas, guint n_splits, guint64 seed,
                       LimenSplitVariation *variation, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenDetector, limen_detector_free)
