/* A single image beside the scores of normal ones: what the detector says of it, and how seldom
 * such a score is among theirs. */
#pragma once

#include "model/base/claim.h"
#include "model/detect/detector.h"

/**
 * LimenSingle: what is stated is stated of it
 * @detector: (nullable): NULL: there are no scores of normal images
 * @score: in the unit of @measure; never NaN
 * @measure: (nullable): what was measured; NULL: the measure of the detector, without one the
 * log-likelihood. By another one than the detector's it is not judged
 *
 * A plain value; borrows detector and measure.
 */
typedef struct {
  const LimenDetector *detector;
  double score;
  LimenMeasure *measure;
} LimenSingle;

/**
 * limen_single_n_as_unusual: how many normal images are as unusual as @single or more: score at or
 * below it where low scores are flagged, at or above where high ones are, of both halves; where
 * both sides are, how many of the test half are as far from the mean, which is that of the other
 * half
 * @n: (out) (optional): of how many
 */
guint limen_single_n_as_unusual (const LimenSingle *single, guint *n);
/**
 * limen_single_p_value: the conformal p-value (1 + normal images as unusual) / (1 + normal images);
 * NaN without any. Of an image that is one more of them, drawn as they were, it is at most α with a
 * probability of at most α, for every α, where what measures has learned from none of them.
 *
 * Source: Vovk, Gammerman and Shafer, "Algorithmic learning in a random world" (2005), section 2.2;
 * for outliers Bates, Candès, Lei, Romano and Sesia, "Testing for outliers with conformal p-values"
 * (2023), equation 2.
 */
double limen_single_p_value (const LimenSingle *single);

/** limen_single_is_flagged: there is a threshold of its measure, and it flags @single */
gboolean limen_single_is_flagged (const LimenSingle *single);

/** LimenSingleClaims: tables of claims about a LimenSingle: in a word; how the p-value came about
 */
typedef enum { LIMEN_SINGLE_VERDICT, LIMEN_SINGLE_RANK, LIMEN_N_SINGLE_CLAIMS } LimenSingleClaims;

/** limen_single_claims: @n: (out): how many */
const LimenClaim *limen_single_claims (LimenSingleClaims table, guint *n);

/** limen_single_sentence: (transfer full): "−34.5 nats · flagged · p = 0.012" */
char *limen_single_sentence (const LimenSingle *single);
/** limen_single_rank: (transfer full): "23 of 1 999 normal images score as low: p = 24/2 000"; "as
 * high", "as far from the mean" */
char *limen_single_rank (const LimenSingle *single);
/** limen_p_value_text: (transfer full): two significant digits, more where one below 1 would read
 * as 1 */
char *limen_p_value_text (double p);
