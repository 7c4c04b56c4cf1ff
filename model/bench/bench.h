/* The scores there are, what each needs, and which is to be believed before an anomaly is seen. */
#pragma once

#include "model/base/claim.h"
#include "model/bench/columns.h"
#include "model/detect/measure.h"

/**
 * LimenScoreKind:
 * @LOG_LIKELIHOOD: log p(x) of the flow, nats; low is unusual
 * @TYPICALITY: |log p(x) − its mean over the fit images|, nats (Nalisnick et al., "Detecting
 * out-of-distribution inputs to deep generative models using typicality", 2019, for one image)
 * @COMPLEXITY: limen_complexity_score(), bits
 * @IWAE: −IWAE_K of the VAE, nats: limen_vae_set_bound()
 * @VAE_STATISTICS: the LimenVaeStatistic together: limen_combination_distance()
 * @LATENT_FIT: limen_latent_fit() of the flow's latents
 * @COMBINED: chosen others together: limen_combination_distance()
 * @NEAREST: distance to the nearest fit image: limen_neighbours_distances()
 * @LIKELIHOOD_RATIO: log p(x) − log p₂(x) of a second flow, nats; low is unusual (Ren et al.,
 * "Likelihood ratios for out-of-distribution detection", 2019)
 *
 * Of all that is not said to be low, high is unusual.
 */
typedef enum {
  LIMEN_SCORE_LOG_LIKELIHOOD,
  LIMEN_SCORE_TYPICALITY,
  LIMEN_SCORE_COMPLEXITY,
  LIMEN_SCORE_IWAE,
  LIMEN_SCORE_VAE_STATISTICS,
  LIMEN_SCORE_LATENT_FIT,
  LIMEN_SCORE_COMBINED,
  LIMEN_SCORE_NEAREST,
  LIMEN_SCORE_LIKELIHOOD_RATIO,
  LIMEN_N_SCORES,
} LimenScoreKind;

#define LIMEN_SCORE_BIT(kind) (1u << (kind))

/**
 * LimenPart: what LIMEN_SCORE_COMBINED may be made of: every other score, and numbers that are no
 * score by themselves, because unusual ones lie on both ends
 * @BITS: limen_compressor_bits(): of constant grey few, of noise many
 * @RESIDUAL: LIMEN_VAE_STATISTIC_RESIDUAL: how far off what the VAE can draw an image is
 * @MEAN: LIMEN_VAE_STATISTIC_MEAN: how far out it lies on that: beside the residual, Hotelling's T²
 * beside Q where processes are monitored (Jackson and Mudholkar, 1979)
 */
typedef enum {
  LIMEN_PART_BITS = LIMEN_N_SCORES,
  LIMEN_PART_RESIDUAL,
  LIMEN_PART_MEAN,
  LIMEN_N_COMBINED_PARTS,
} LimenPart;

/** limen_part_name: that of a score, or "compressed-bits",
 * "reconstruction-error", "latent-norm" */
const char *limen_part_name (guint part);

/** limen_score_name: "log-likelihood", "vae-statistics" */
const char *limen_score_name (LimenScoreKind kind);
/** limen_score_find: FALSE where no score has that name */
gboolean limen_score_find (const char *name, LimenScoreKind *kind);
/** limen_score_measure: (transfer none): its name, title, unit and side */
LimenMeasure *limen_score_measure (LimenScoreKind kind);

/** limen_score_is_fitted: whether it is made of normal images, too */
gboolean limen_score_is_fitted (LimenScoreKind kind);

/** limen_bench_needs: (transfer full) (nullable): one sentence on what @models lack for @kind;
 * NULL: nothing */
char *limen_bench_needs (LimenScoreKind kind, const LimenBenchModels *models);
/** limen_bench_has: whether they lack nothing */
gboolean limen_bench_has (LimenScoreKind kind, const LimenBenchModels *models);
/** limen_part_needs: limen_bench_needs() of scores and of LimenPart */
char *limen_part_needs (guint part, const LimenBenchModels *models);
/** limen_bench_kinds: a set of LIMEN_SCORE_BIT(): those that @models give */
guint limen_bench_kinds (const LimenBenchModels *models);
/** limen_bench_parts: what is combined where nobody chooses, a set of LIMEN_SCORE_BIT() of scores
 * and of LimenPart: LIMEN_SCORE_COMPLEXITY where there is a flow, else the bits alone, and both
 * parts of a VAE where there is one. All that could be added would dilute these: two of its numbers
 * say the same twice */
guint limen_bench_parts (const LimenBenchModels *models);
/** limen_bench_parts_words: (transfer full): "code length beyond a compressor's, reconstruction
 * error and latent norm" */
char *limen_bench_parts_words (guint parts);
/** limen_bench_recommended: which score to go by. It depends on what there is to score with and on
 * nothing else, least of all on anomalies */
LimenScoreKind limen_bench_recommended (const LimenBenchModels *models);

/** limen_bench_claims: @n: (out): what is lacking for @kind, as claims about LimenBenchModels */
const LimenClaim *limen_bench_claims (LimenScoreKind kind, guint *n);
