/* A score of one image, and its place among those of normal images. */
#pragma once

#include "model/base/claim.h"
#include "model/detect/single.h"

/**
 * LimenExplainedScore: a plain value that owns a reference
 * @n_as_unusual: of @n normal images, how many are as unusual as it or more; it is none of them
 * @has_threshold: there is one; @flagged: and it flags the image
 * @decimals: that it is told with
 */
typedef struct {
  LimenMeasure *measure;
  double score;
  guint n_as_unusual, n, decimals;
  gboolean has_threshold, flagged;
} LimenExplainedScore;

/**
 * limen_explained_score_init: @explained: (out)
 * @is_one_of_them: the image is one of the normal images that @single is ranked among, and does not
 * count among them here
 */
void limen_explained_score_init (LimenExplainedScore *explained, const LimenSingle *single,
                                 gboolean is_one_of_them);
void limen_explained_score_copy (const LimenExplainedScore *from, LimenExplainedScore *to);
void limen_explained_score_clear (LimenExplainedScore *explained);

/** limen_explained_score_p: limen_p_value_marginal(); NaN without normal images */
double limen_explained_score_p (const LimenExplainedScore *explained);
/** limen_explained_score_place: share of the normal images that are less unusual, 0 to 1; NaN
 * without any */
double limen_explained_score_place (const LimenExplainedScore *explained);
/** limen_explained_score_text: (transfer full): "−34.5 nats" */
char *limen_explained_score_text (const LimenExplainedScore *explained);
/** limen_explained_score_rank: (transfer full): "3 of 1 999 normal images score as low: p =
 * 4/2 000" */
char *limen_explained_score_rank (const LimenExplainedScore *explained);
/** limen_explained_score_claims: behind it, about a LimenExplainedScore; @n: (out): how many */
const LimenClaim *limen_explained_score_claims (guint *n);
