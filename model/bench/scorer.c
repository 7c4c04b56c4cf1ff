#include "model/bench/scorer.h"
#include "model/bench/combination.h"
#include "model/bench/complexity.h"

#include <math.h>

#define MOST_PARTS (LIMEN_N_COMBINED_PARTS + LIMEN_N_VAE_STATISTICS)

/* @parts: what is combined
 * @typical: the mean log-likelihood of the fit images
 * @neighbours, @statistics, @combined: (nullable): where their scores are wanted */
struct LimenScorer {
  gatomicrefcount references;
  LimenBenchModels models;
  guint kinds, parts, k, n_fit, dimension;
  guint64 seed;
  double typical;
  LimenNeighbours *neighbours;
  LimenCombination *statistics, *combined;
};

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

static guint
columns_of_kind (const LimenScorer *scorer, LimenScoreKind kind)
{
  guint all = 0;
  if (kind != LIMEN_SCORE_COMBINED)
    return columns_of (kind);
  for (guint p = 0; p < LIMEN_N_COMBINED_PARTS; p++)
    if (scorer->parts & LIMEN_SCORE_BIT (p))
      all |= columns_of (p);
  return all;
}

static guint
columns_of_all (const LimenScorer *scorer, guint kinds)
{
  guint all = 0;
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    if (kinds & LIMEN_SCORE_BIT (k))
      all |= columns_of_kind (scorer, (LimenScoreKind)k);
  return all;
}

/* Those of the scores that are made of normal images */
static guint
fitted_kinds (const LimenScorer *scorer)
{
  guint kinds = 0;
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    if (limen_score_is_fitted ((LimenScoreKind)k))
      kinds |= scorer->kinds & LIMEN_SCORE_BIT (k);
  return kinds;
}

/* Of the scores that are a number of one column or two */
static double
value_of (const LimenScorer *scorer, guint part, const LimenColumns *columns, guint i)
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
      out[n++] = value_of (scorer, p, columns, i);
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

static gboolean
fit_to (LimenScorer *scorer, const LimenColumns *columns, const LimenImageSet *fit, GError **error)
{
  const double *log_likelihood = columns->value[LIMEN_COLUMN_LOG_LIKELIHOOD];
  scorer->typical = log_likelihood ? mean_of_finite (log_likelihood, columns->n) : NAN;
  if (log_likelihood && isnan (scorer->typical))
    return refuse_fit (fit, error);
  if (scorer->kinds & LIMEN_SCORE_BIT (LIMEN_SCORE_VAE_STATISTICS)) {
    scorer->statistics =
        fit_combination (scorer, LIMEN_SCORE_BIT (LIMEN_SCORE_VAE_STATISTICS), columns);
    if (!scorer->statistics)
      return refuse_fit (fit, error);
  }
  if (scorer->kinds & LIMEN_SCORE_BIT (LIMEN_SCORE_COMBINED)) {
    scorer->combined = fit_combination (scorer, scorer->parts, columns);
    if (!scorer->combined)
      return refuse_fit (fit, error);
  }
  return TRUE;
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
scorer_new (const LimenScorerOptions *options, const LimenImageSet *fit)
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
  scorer->n_fit = fit ? limen_image_set_n_images (fit) : 0;
  scorer->dimension = models->flow ? limen_nice_shape (models->flow).dimension : 0;
  scorer->typical = NAN;
  return scorer;
}

LimenScorer *
limen_scorer_new (const LimenScorerOptions *options, LimenImageSet *fit, const LimenRun *run,
                  GError **error)
{
  g_autoptr (LimenScorer) scorer = scorer_new (options, fit);
  if (!check_wishes (scorer, error))
    return NULL;
  guint kinds = fitted_kinds (scorer), nearest = LIMEN_SCORE_BIT (LIMEN_SCORE_NEAREST);
  g_return_val_if_fail (fit != NULL || kinds == 0, NULL);
  if (fit && columns_of_all (scorer, scorer->kinds) & LIMEN_COLUMN_BIT (LIMEN_COLUMN_NEAREST))
    scorer->neighbours = limen_neighbours_new (fit);
  guint wanted = columns_of_all (scorer, kinds & ~nearest);
  if (wanted == 0)
    return g_steal_pointer (&scorer);
  LimenColumnsPlan plan = {.models = &scorer->models,
                           .set = fit,
                           .wanted = wanted,
                           .neighbours = scorer->neighbours,
                           .are_neighbours = TRUE,
                           .k = scorer->k,
                           .seed = scorer->seed};
  g_autoptr (LimenColumns) columns = limen_columns_new (&plan, run, error);
  if (!columns || !fit_to (scorer, columns, fit, error))
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
  return scorer->n_fit;
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

/* -- scores -- */

/* Of one set of @n images, the first of which is number @place of a larger one
 * @value: (LIMEN_N_SCORES) (nullable elements) of (n)
 * @n_done: (LIMEN_N_SCORES): images that have this score
 * @n_ready: (LIMEN_N_COLUMNS): images that have this column */
typedef struct {
  const LimenScorer *scorer;
  LimenScorerSet of;
  guint place, n;
  double *value[LIMEN_N_SCORES];
  guint n_done[LIMEN_N_SCORES], n_ready[LIMEN_N_COLUMNS];
} Scoring;

static gboolean
is_distance (LimenScoreKind kind)
{
  return kind == LIMEN_SCORE_COMBINED || kind == LIMEN_SCORE_VAE_STATISTICS;
}

static guint
n_ready_for (const Scoring *scoring, LimenScoreKind kind)
{
  guint columns = columns_of_kind (scoring->scorer, kind), n = G_MAXUINT;
  for (guint c = 0; c < LIMEN_N_COLUMNS; c++)
    if (columns & LIMEN_COLUMN_BIT (c))
      n = MIN (n, scoring->n_ready[c]);
  return n;
}

static void
tell (Scoring *scoring, LimenScoreKind kind)
{
  const LimenScorerSet *of = &scoring->of;
  if (of->partial)
    of->partial (kind, scoring->value[kind], scoring->n_done[kind], of->partial_data);
}

static void
columns_came_cb (const LimenColumns *table, guint columns, guint n, gpointer data)
{
  Scoring *scoring = data;
  for (guint c = 0; c < LIMEN_N_COLUMNS; c++)
    if (columns & LIMEN_COLUMN_BIT (c))
      scoring->n_ready[c] = n;
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    LimenScoreKind kind = (LimenScoreKind)k;
    if (!scoring->value[k] || is_distance (kind))
      continue;
    guint first = scoring->n_done[k], end = n_ready_for (scoring, kind);
    for (guint i = first; i < end; i++)
      scoring->value[k][i] = value_of (scoring->scorer, kind, table, i);
    scoring->n_done[k] = MAX (first, end);
    if (end > first)
      tell (scoring, kind);
  }
}

static void
measure_distances (Scoring *scoring, LimenScoreKind kind, const LimenColumns *columns)
{
  const LimenScorer *scorer = scoring->scorer;
  gboolean all = kind == LIMEN_SCORE_COMBINED;
  guint parts = all ? scorer->parts : LIMEN_SCORE_BIT (LIMEN_SCORE_VAE_STATISTICS);
  const LimenCombination *combination = all ? scorer->combined : scorer->statistics;
  double row[MOST_PARTS];
  if (!scoring->value[kind])
    return;
  for (guint i = 0; i < columns->n; i++) {
    gather (scorer, parts, columns, i, row);
    scoring->value[kind][i] = limen_combination_distance (combination, row);
  }
  scoring->n_done[kind] = columns->n;
  tell (scoring, kind);
}

/* @scoring: (n): of each set
 * @is_ready: (LIMEN_N_SCORES) */
typedef struct {
  const LimenScorer *scorer;
  Scoring *scoring;
  guint n;
  LimenScorerReadyFunc ready;
  gpointer ready_data;
  gboolean is_ready[LIMEN_N_SCORES];
} All;

static void
begin (Scoring *scoring)
{
  scoring->n = limen_image_set_n_images (scoring->of.set);
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    scoring->of.out[k] = NULL;
    if (scoring->scorer->kinds & LIMEN_SCORE_BIT (k))
      scoring->value[k] = g_new (double, scoring->n);
  }
}

static void
take_scores (Scoring *scoring, LimenScoreKind kind)
{
  scoring->of.out[kind] =
      limen_scores_new_of (limen_score_measure (kind), limen_image_set_name (scoring->of.set),
                           scoring->value[kind], scoring->n);
}

/* Of all that is complete in each set */
static void
take_ready (All *all)
{
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    gboolean ready = (all->scorer->kinds & LIMEN_SCORE_BIT (k)) && !all->is_ready[k];
    for (guint i = 0; i < all->n; i++)
      ready = ready && all->scoring[i].n_done[k] == all->scoring[i].n;
    for (guint i = 0; i < all->n && ready; i++)
      take_scores (&all->scoring[i], (LimenScoreKind)k);
    all->is_ready[k] |= ready;
    if (ready && all->ready)
      all->ready ((LimenScoreKind)k, all->ready_data);
  }
}

static void
staged_cb (const LimenColumns *const *columns, gpointer data)
{
  take_ready (data);
}

static LimenColumnsPlan
plan_of (Scoring *scoring)
{
  const LimenScorer *scorer = scoring->scorer;
  return (LimenColumnsPlan){.models = &scorer->models,
                            .set = scoring->of.set,
                            .wanted = columns_of_all (scorer, scorer->kinds),
                            .neighbours = scorer->neighbours,
                            .k = scorer->k,
                            .seed = scorer->seed,
                            .place = scoring->place,
                            .told = columns_came_cb,
                            .told_data = scoring};
}

static gboolean
score (All *all, const LimenRun *run, GError **error)
{
  g_autofree LimenColumnsPlan *plan = g_new (LimenColumnsPlan, all->n);
  g_autofree LimenColumns **columns = g_new0 (LimenColumns *, all->n);
  for (guint i = 0; i < all->n; i++) {
    begin (&all->scoring[i]);
    plan[i] = plan_of (&all->scoring[i]);
  }
  gboolean ok = limen_columns_of_sets (plan, all->n, columns, staged_cb, all, run, error);
  for (guint i = 0; i < all->n && ok; i++) {
    measure_distances (&all->scoring[i], LIMEN_SCORE_VAE_STATISTICS, columns[i]);
    measure_distances (&all->scoring[i], LIMEN_SCORE_COMBINED, columns[i]);
    limen_columns_free (columns[i]);
  }
  if (ok)
    take_ready (all);
  for (guint i = 0; i < all->n; i++)
    for (guint k = 0; k < LIMEN_N_SCORES; k++)
      g_free (all->scoring[i].value[k]);
  return ok;
}

gboolean
limen_scorer_score_sets (const LimenScorer *scorer, const LimenScorerSet *sets, guint n,
                         LimenScorerReadyFunc ready, gpointer ready_data, const LimenRun *run,
                         GError **error)
{
  g_autofree Scoring *scoring = g_new0 (Scoring, n);
  All all = {scorer, scoring, n, ready, ready_data};
  for (guint i = 0; i < n; i++)
    scoring[i] = (Scoring){scorer, sets[i]};
  return score (&all, run, error);
}

/* Of a single set all or nothing */
static gboolean
score_one (Scoring scoring, const LimenRun *run, GError **error)
{
  All all = {scoring.scorer, &scoring, 1};
  if (score (&all, run, error))
    return TRUE;
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    g_clear_pointer (&scoring.of.out[k], limen_scores_unref);
  return FALSE;
}

gboolean
limen_scorer_score (const LimenScorer *scorer, const LimenImageSet *set, LimenScorerFunc partial,
                    gpointer partial_data, LimenScores **out, const LimenRun *run, GError **error)
{
  return score_one ((Scoring){scorer, {set, partial, partial_data, out}}, run, error);
}

gboolean
limen_scorer_score_part (const LimenScorer *scorer, const LimenImageSet *set, guint place,
                         LimenScores **out, const LimenRun *run, GError **error)
{
  return score_one ((Scoring){scorer, {set, NULL, NULL, out}, place}, run, error);
}
