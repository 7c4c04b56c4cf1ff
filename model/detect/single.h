/* A single image beside the scores of normal ones: what the detector says of it, and how seldom
 * such a score is among theirs. */
#pragma once

#include "model/base/claim.h"
#include "model/detect/detector.h"

/**
 * LimenSingle: what is stated is stated of it
 * @detector: (nullable): NULL: there are no scores of normal images
 * @score: log-likelihood, nats; never NaN
 *
 * A plain value; borrows the detector.
 */
typedef struct {
  const LimenDetector *detector;
  double score;
} LimenSingle;

/**
 * limen_single_n_as_low: how many normal images, of both halves, score at or below @single
 * @n: (out) (optional): of how many
 */
guint limen_single_n_as_low (const LimenSingle *single, guint *n);
/**
 * limen_single_p_value: the conformal p-value (1 + normal scores at or below) / (1 + normal
 * scores); NaN without any. Of an image that is one more of them, drawn as they were, it is at most
 * α with a probability of at most α, for every α, where the flow has learned from none of them.
 *
 * Source: Vovk, Gammerman and Shafer, "Algorithmic learning in a random world" (2005), section 2.2;
 * for outliers Bates, Candès, Lei, Romano and Sesia, "Testing for outliers with conformal p-values"
 * (2023), equation 2.
 */
double limen_single_p_value (const LimenSingle *single);

/** LimenSingleClaims: tables of claims about a LimenSingle: in a word; how the p-value came about
 */
typedef enum { LIMEN_SINGLE_VERDICT, LIMEN_SINGLE_RANK, LIMEN_N_SINGLE_CLAIMS } LimenSingleClaims;

/** limen_single_claims: @n: (out): how many */
const LimenClaim *limen_single_claims (LimenSingleClaims table, guint *n);

/** limen_single_sentence: (transfer full): "−34.5 nats · flagged · p = 0.012" */
char *limen_single_sentence (const LimenSingle *single);
/** limen_single_rank: (transfer full): "23 of 1 999 normal images score as low: p = 24/2 000" */
char *limen_single_rank (const LimenSingle *single);
/** limen_p_value_text: (transfer full): two significant digits, more where one below 1 would read
 * as 1 */
char *limen_p_value_text (double p);
