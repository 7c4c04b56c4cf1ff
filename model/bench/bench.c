#include "model/bench/bench.h"

/* clang-format off */
static const struct {
  const char *name, *title, *unit;
  LimenSide side;
} table[LIMEN_N_SCORES] = {
  [LIMEN_SCORE_LOG_LIKELIHOOD] = {"log-likelihood", "log-likelihood", "nats", LIMEN_SIDE_LOW},
  [LIMEN_SCORE_TYPICALITY] = {"typicality", "distance from the typical log-likelihood", "nats", LIMEN_SIDE_HIGH},
  [LIMEN_SCORE_COMPLEXITY] = {"complexity", "code length beyond a compressor's", "bits", LIMEN_SIDE_HIGH},
  [LIMEN_SCORE_IWAE] = {"iwae", "negative bound of the VAE", "nats", LIMEN_SIDE_HIGH},
  [LIMEN_SCORE_VAE_STATISTICS] = {"vae-statistics", "distance of the VAE's statistics", "", LIMEN_SIDE_HIGH},
  [LIMEN_SCORE_LATENT_FIT] = {"latent-fit", "misfit of the latents", "", LIMEN_SIDE_HIGH},
  [LIMEN_SCORE_COMBINED] = {"combined", "combined distance", "", LIMEN_SIDE_HIGH},
  [LIMEN_SCORE_NEAREST] = {"nearest", "distance to the nearest normal image", "", LIMEN_SIDE_HIGH},
  [LIMEN_SCORE_LIKELIHOOD_RATIO] = {"likelihood-ratio", "log-likelihood ratio of two flows", "nats", LIMEN_SIDE_LOW},
};
/* clang-format on */

const char *
limen_score_name (LimenScoreKind kind)
{
  g_return_val_if_fail (kind < LIMEN_N_SCORES, NULL);
  return table[kind].name;
}

const char *
limen_part_name (guint part)
{
  g_return_val_if_fail (part < LIMEN_N_COMBINED_PARTS, NULL);
  switch (part) {
  case LIMEN_PART_BITS:
    return "compressed-bits";
  case LIMEN_PART_RESIDUAL:
    return "reconstruction-error";
  case LIMEN_PART_MEAN:
    return "latent-norm";
  default:
    return table[part].name;
  }
}

gboolean
limen_score_find (const char *name, LimenScoreKind *kind)
{
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    if (g_str_equal (name, table[k].name)) {
      *kind = (LimenScoreKind)k;
      return TRUE;
    }
  return FALSE;
}

LimenMeasure *
limen_score_measure (LimenScoreKind kind)
{
  static gsize once;
  static LimenMeasure *measure[LIMEN_N_SCORES];
  g_return_val_if_fail (kind < LIMEN_N_SCORES, NULL);
  if (g_once_init_enter (&once)) {
    measure[LIMEN_SCORE_LOG_LIKELIHOOD] = limen_measure_log_likelihood ();
    for (guint k = LIMEN_SCORE_LOG_LIKELIHOOD + 1; k < LIMEN_N_SCORES; k++)
      measure[k] = limen_measure_new (table[k].name, table[k].title, table[k].unit, table[k].side);
    g_once_init_leave (&once, 1);
  }
  return measure[kind];
}

gboolean
limen_score_is_fitted (LimenScoreKind kind)
{
  return kind == LIMEN_SCORE_TYPICALITY || kind == LIMEN_SCORE_VAE_STATISTICS ||
         kind == LIMEN_SCORE_COMBINED || kind == LIMEN_SCORE_NEAREST;
}

char *
limen_bench_needs (LimenScoreKind kind, const LimenBenchModels *models)
{
  guint n;
  const LimenClaim *claims = limen_bench_claims (kind, &n);
  return limen_claim_say (claims, n, models);
}

/* Any image has bits; what a VAE says of it needs what all its statistics need. */
char *
limen_part_needs (guint part, const LimenBenchModels *models)
{
  gboolean of_vae = part == LIMEN_PART_RESIDUAL || part == LIMEN_PART_MEAN;
  g_return_val_if_fail (part < LIMEN_N_COMBINED_PARTS, NULL);
  if (part == LIMEN_PART_BITS)
    return NULL;
  return limen_bench_needs (of_vae ? LIMEN_SCORE_VAE_STATISTICS : (LimenScoreKind)part, models);
}

gboolean
limen_bench_has (LimenScoreKind kind, const LimenBenchModels *models)
{
  guint n;
  const LimenClaim *claims = limen_bench_claims (kind, &n);
  return limen_claim_first (claims, n, models) == n;
}

guint
limen_bench_kinds (const LimenBenchModels *models)
{
  guint kinds = 0;
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    if (limen_bench_has ((LimenScoreKind)k, models))
      kinds |= LIMEN_SCORE_BIT (k);
  return kinds;
}

/* An image is compared with what someone who knows the normal ones makes of it, and with what
 * someone who knows none does: each sees what the likelihood alone does not. */
guint
limen_bench_parts (const LimenBenchModels *models)
{
  gboolean has_flow = limen_bench_has (LIMEN_SCORE_COMPLEXITY, models);
  guint parts = LIMEN_SCORE_BIT (has_flow ? (guint)LIMEN_SCORE_COMPLEXITY : LIMEN_PART_BITS);
  if (limen_bench_has (LIMEN_SCORE_VAE_STATISTICS, models))
    parts |= LIMEN_SCORE_BIT (LIMEN_PART_RESIDUAL) | LIMEN_SCORE_BIT (LIMEN_PART_MEAN);
  return parts;
}

char *
limen_bench_parts_words (guint parts)
{
  g_autoptr (GString) words = g_string_new (NULL);
  guint left = (guint)__builtin_popcount (parts);
  for (guint p = 0; p < LIMEN_N_COMBINED_PARTS; p++) {
    if (!(parts & LIMEN_SCORE_BIT (p)))
      continue;
    const char *between = words->len == 0 ? "" : left == 1 ? " and " : ", ";
    g_autofree char *name = g_strdup (p < LIMEN_N_SCORES ? table[p].title : limen_part_name (p));
    g_string_append_printf (words, "%s%s", between, g_strdelimit (name, "-", ' '));
    left--;
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

LimenScoreKind
limen_bench_recommended (const LimenBenchModels *models)
{
  return limen_bench_has (LIMEN_SCORE_COMBINED, models) ? LIMEN_SCORE_COMBINED
                                                        : LIMEN_SCORE_NEAREST;
}
