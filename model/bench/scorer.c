/* What scores are made of, and what is fitted. */
#include "model/bench/scorer-private.h"

#include "model/bench/complexity.h"

#include <math.h>

#define MOST_PARTS (LIMEN_N_COMBINED_PARTS + LIMEN_N_VAE_STATISTICS)

/* -- what scores are made of -- */

static guint
columns_of (guint part)
{
  guint log_likelihood = LIMEN_COLUMN_BIT (LIMEN_COLUMN_LOG_LIKELIHOOD);
  switch (part) {
  case LIMEN_SCORE_LOG_LIKELIHOOD:
  case LIMEN_SCORE_TYPICALITY:
    return log_likelihood;
  case LIMEN_SCORE_COMPLEXITY:
    return log_likelihood | LIMEN_COLUMN_BIT (LIMEN_COLUMN_BITS);
  case LIMEN_SCORE_IWAE:
    return LIMEN_COLUMN_BIT (LIMEN_COLUMN_VAE);
  case LIMEN_SCORE_VAE_STATISTICS:
    return LIMEN_COLUMNS_OF_VAE;
  case LIMEN_SCORE_LATENT_FIT:
    return LIMEN_COLUMN_BIT (LIMEN_COLUMN_LATENT_FIT);
  case LIMEN_SCORE_NEAREST:
    return LIMEN_COLUMN_BIT (LIMEN_COLUMN_NEAREST);
  case LIMEN_SCORE_LIKELIHOOD_RATIO:
    return log_likelihood | LIMEN_COLUMN_BIT (LIMEN_COLUMN_REFERENCE);
  case LIMEN_PART_BITS:
    return LIMEN_COLUMN_BIT (LIMEN_COLUMN_BITS);
  case LIMEN_PART_RESIDUAL:
    return LIMEN_COLUMN_BIT (LIMEN_COLUMN_VAE + LIMEN_VAE_STATISTIC_RESIDUAL);
  case LIMEN_PART_MEAN:
    return LIMEN_COLUMN_BIT (LIMEN_COLUMN_VAE + LIMEN_VAE_STATISTIC_MEAN);
  default:
    g_return_val_if_reached (0);
  }
}

guint
limen_scorer_columns_of (const LimenScorer *scorer, LimenScoreKind kind)
{
  guint all = 0;
  if (kind != LIMEN_SCORE_COMBINED)
    return columns_of (kind);
  for (guint p = 0; p < LIMEN_N_COMBINED_PARTS; p++)
    if (scorer->parts & LIMEN_SCORE_BIT (p))
      all |= columns_of (p);
  return all;
}

guint
limen_scorer_columns_of_all (const LimenScorer *scorer, guint kinds)
{
  guint all = 0;
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    if (kinds & LIMEN_SCORE_BIT (k))
      all |= limen_scorer_columns_of (scorer, (LimenScoreKind)k);
  return all;
}

/* Neighbours are kept as they are. */
guint
limen_scorer_kinds_to_fit (const LimenScorer *scorer)
{
  guint kinds = 0;
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    if (limen_score_is_fitted ((LimenScoreKind)k) && k != LIMEN_SCORE_NEAREST)
      kinds |= scorer->kinds & LIMEN_SCORE_BIT (k);
  return kinds;
}

/* Of the scores that are a number of one column or two */
double
limen_scorer_value (const LimenScorer *scorer, guint part, const LimenColumns *columns, guint i)
{
  double *const *value = columns->value;
  switch (part) {
  case LIMEN_SCORE_LOG_LIKELIHOOD:
    return value[LIMEN_COLUMN_LOG_LIKELIHOOD][i];
  case LIMEN_SCORE_TYPICALITY:
    return fabs (value[LIMEN_COLUMN_LOG_LIKELIHOOD][i] - scorer->typical);
  case LIMEN_SCORE_COMPLEXITY:
    return limen_complexity_score (value[LIMEN_COLUMN_LOG_LIKELIHOOD][i],
                                   value[LIMEN_COLUMN_BITS][i], scorer->dimension);
  case LIMEN_SCORE_IWAE:
    return -value[LIMEN_COLUMN_VAE + LIMEN_VAE_STATISTIC_IWAE][i];
  case LIMEN_SCORE_LATENT_FIT:
    return value[LIMEN_COLUMN_LATENT_FIT][i];
  case LIMEN_SCORE_NEAREST:
    return value[LIMEN_COLUMN_NEAREST][i];
  case LIMEN_SCORE_LIKELIHOOD_RATIO:
    return value[LIMEN_COLUMN_LOG_LIKELIHOOD][i] - value[LIMEN_COLUMN_REFERENCE][i];
  case LIMEN_PART_BITS:
    return value[LIMEN_COLUMN_BITS][i];
  case LIMEN_PART_RESIDUAL:
    return value[LIMEN_COLUMN_VAE + LIMEN_VAE_STATISTIC_RESIDUAL][i];
  case LIMEN_PART_MEAN:
    return value[LIMEN_COLUMN_VAE + LIMEN_VAE_STATISTIC_MEAN][i];
  default:
    g_return_val_if_reached (NAN);
  }
}

/* The numbers of an image that a distance is of, for the @parts of it. @out: (MOST_PARTS). Returns:
 * how many */
static guint
gather (const LimenScorer *scorer, guint parts, const LimenColumns *columns, guint i, double *out)
{
  guint n = 0;
  for (guint p = 0; p < LIMEN_N_COMBINED_PARTS; p++) {
    if (!(parts & LIMEN_SCORE_BIT (p)))
      continue;
    if (p != LIMEN_SCORE_VAE_STATISTICS)
      out[n++] = limen_scorer_value (scorer, p, columns, i);
    for (guint s = 0; p == LIMEN_SCORE_VAE_STATISTICS && s < LIMEN_N_VAE_STATISTICS; s++)
      out[n++] = columns->value[LIMEN_COLUMN_VAE + s][i];
  }
  return n;
}

/* -- fit -- */

static gboolean
refuse_fit (const LimenImageSet *fit, GError **error)
{
  return limen_fail (error, LIMEN_ERROR_MISMATCH,
                     "Scores cannot be fitted to the %u image%s of %s, which all score the same or "
                     "have no finite score; choose other normal images.",
                     limen_image_set_n_images (fit), limen_image_set_n_images (fit) == 1 ? "" : "s",
                     limen_image_set_name (fit));
}

static LimenCombination *
fit_combination (const LimenScorer *scorer, guint parts, const LimenColumns *columns)
{
  double row[MOST_PARTS], *column[MOST_PARTS];
  guint n_columns = gather (scorer, parts, columns, 0, row);
  for (guint j = 0; j < n_columns; j++)
    column[j] = g_new (double, columns->n);
  for (guint i = 0; i < columns->n; i++) {
    gather (scorer, parts, columns, i, row);
    for (guint j = 0; j < n_columns; j++)
      column[j][i] = row[j];
  }
  LimenCombination *combination =
      limen_combination_new ((const double *const *)column, n_columns, columns->n);
  for (guint j = 0; j < n_columns; j++)
    g_free (column[j]);
  return combination;
}

static double
mean_of_finite (const double *value, guint n)
{
  g_autoptr (LimenScores) scores = limen_scores_new ("fit", value, n);
  return limen_scores_mean (scores);
}

/* Of numbers that are complete */
static gboolean
fit_kind (LimenScorer *scorer, LimenScoreKind kind, const LimenColumns *columns, GError **error)
{
  gboolean all = kind == LIMEN_SCORE_COMBINED;
  if (kind == LIMEN_SCORE_TYPICALITY)
    return TRUE; /* by the mean alone */
  LimenCombination **combination = all ? &scorer->combined : &scorer->statistics;
  *combination =
      fit_combination (scorer, all ? scorer->parts : LIMEN_SCORE_BIT ((guint)kind), columns);
  return *combination || refuse_fit (scorer->fit, error);
}

static gboolean
fit_mean (LimenScorer *scorer, const LimenColumns *columns, GError **error)
{
  const double *log_likelihood = columns->value[LIMEN_COLUMN_LOG_LIKELIHOOD];
  if (!log_likelihood || !isnan (scorer->typical))
    return TRUE;
  scorer->typical = mean_of_finite (log_likelihood, columns->n);
  return !isnan (scorer->typical) || refuse_fit (scorer->fit, error);
}

gboolean
limen_scorer_fit (LimenScorer *scorer, const LimenColumns *columns, guint complete, GError **error)
{
  guint wanted = limen_scorer_kinds_to_fit (scorer) & ~scorer->fitted;
  if (complete & LIMEN_COLUMN_BIT (LIMEN_COLUMN_LOG_LIKELIHOOD) &&
      !fit_mean (scorer, columns, error))
    return FALSE;
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    LimenScoreKind kind = (LimenScoreKind)k;
    if (!(wanted & LIMEN_SCORE_BIT (k)) || limen_scorer_columns_of (scorer, kind) & ~complete)
      continue;
    if (!fit_kind (scorer, kind, columns, error))
      return FALSE;
    scorer->fitted |= LIMEN_SCORE_BIT (k);
  }
  return TRUE;
}

gboolean
limen_scorer_is_fitted_for (const LimenScorer *scorer, LimenScoreKind kind)
{
  return !(limen_scorer_kinds_to_fit (scorer) & ~scorer->fitted & LIMEN_SCORE_BIT (kind));
}

double
limen_scorer_distance (const LimenScorer *scorer, LimenScoreKind kind, const LimenColumns *columns,
                       guint i)
{
  double row[MOST_PARTS];
  gboolean all = kind == LIMEN_SCORE_COMBINED;
  gather (scorer, all ? scorer->parts : LIMEN_SCORE_BIT ((guint)kind), columns, i, row);
  return limen_combination_distance (all ? scorer->combined : scorer->statistics, row);
}

/* Whether the models give all that is wanted of them */
static gboolean
check_wishes (const LimenScorer *scorer, GError **error)
{
  guint wanted = scorer->kinds;
  if (wanted & LIMEN_SCORE_BIT (LIMEN_SCORE_COMBINED))
    wanted |= scorer->parts;
  for (guint p = 0; p < LIMEN_N_COMBINED_PARTS; p++) {
    g_autofree char *lack =
        wanted & LIMEN_SCORE_BIT (p) ? limen_part_needs (p, &scorer->models) : NULL;
    if (lack)
      return limen_fail (error, LIMEN_ERROR_MISMATCH, "%s cannot be computed: %s",
                         limen_part_name (p), lack);
  }
  return TRUE;
}

/* @fit: (nullable) */
static LimenScorer *
scorer_new (const LimenScorerOptions *options, LimenImageSet *fit)
{
  const LimenBenchModels *models = &options->models;
  LimenScorer *scorer = g_new0 (LimenScorer, 1);
  g_atomic_ref_count_init (&scorer->references);
  scorer->models = (LimenBenchModels){
      models->flow ? limen_nice_ref (models->flow) : NULL,
      models->vae ? limen_vae_ref (models->vae) : NULL,
      models->reference ? limen_nice_ref (models->reference) : NULL,
  };
  scorer->kinds = options->kinds ? options->kinds : limen_bench_kinds (models);
  scorer->parts = options->parts ? options->parts : limen_bench_parts (models);
  scorer->parts &= ~LIMEN_SCORE_BIT (LIMEN_SCORE_COMBINED);
  scorer->k = options->k ? options->k : LIMEN_SCORER_K;
  scorer->seed = options->seed;
  scorer->fit = fit ? limen_image_set_ref (fit) : NULL;
  scorer->dimension = models->flow ? limen_nice_shape (models->flow).dimension : 0;
  scorer->typical = NAN;
  return scorer;
}

LimenScorer *
limen_scorer_new_later (const LimenScorerOptions *options, LimenImageSet *fit, GError **error)
{
  g_return_val_if_fail (options != NULL, NULL);
  g_autoptr (LimenScorer) scorer = scorer_new (options, fit);
  guint nearest = LIMEN_COLUMN_BIT (LIMEN_COLUMN_NEAREST);
  if (!check_wishes (scorer, error))
    return NULL;
  g_return_val_if_fail (fit != NULL || limen_scorer_kinds_to_fit (scorer) == 0, NULL);
  if (fit && limen_scorer_columns_of_all (scorer, scorer->kinds) & nearest)
    scorer->neighbours = limen_neighbours_new (fit);
  return g_steal_pointer (&scorer);
}

LimenScorer *
limen_scorer_new (const LimenScorerOptions *options, LimenImageSet *fit, const LimenRun *run,
                  GError **error)
{
  g_autoptr (LimenScorer) scorer = limen_scorer_new_later (options, fit, error);
  if (!scorer || !limen_scorer_score_sets (scorer, NULL, 0, NULL, run, error))
    return NULL;
  return g_steal_pointer (&scorer);
}

LimenScorer *
limen_scorer_ref (LimenScorer *scorer)
{
  g_atomic_ref_count_inc (&scorer->references);
  return scorer;
}

void
limen_scorer_unref (LimenScorer *scorer)
{
  if (!scorer || !g_atomic_ref_count_dec (&scorer->references))
    return;
  g_clear_pointer (&scorer->models.flow, limen_nice_unref);
  g_clear_pointer (&scorer->models.vae, limen_vae_unref);
  g_clear_pointer (&scorer->models.reference, limen_nice_unref);
  g_clear_pointer (&scorer->fit, limen_image_set_unref);
  limen_neighbours_free (scorer->neighbours);
  limen_combination_free (scorer->statistics);
  limen_combination_free (scorer->combined);
  g_free (scorer);
}

guint
limen_scorer_kinds (const LimenScorer *scorer)
{
  return scorer->kinds;
}

guint
limen_scorer_parts (const LimenScorer *scorer)
{
  return scorer->parts;
}

guint
limen_scorer_k (const LimenScorer *scorer)
{
  return scorer->k;
}

guint64
limen_scorer_seed (const LimenScorer *scorer)
{
  return scorer->seed;
}

guint
limen_scorer_n_fit (const LimenScorer *scorer)
{
  return scorer->fit ? limen_image_set_n_images (scorer->fit) : 0;
}

const LimenBenchModels *
limen_scorer_models (const LimenScorer *scorer)
{
  return &scorer->models;
}

double
limen_scorer_typical (const LimenScorer *scorer)
{
  return scorer->typical;
}

LimenScoreKind
limen_scorer_recommended (const LimenScorer *scorer)
{
  LimenScoreKind kind = limen_bench_recommended (&scorer->models);
  return scorer->kinds & LIMEN_SCORE_BIT (kind) ? kind
                                                : (LimenScoreKind)g_bit_nth_lsf (scorer->kinds, -1);
}
