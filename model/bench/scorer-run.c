/* Images become scores, and what scores are fitted to is fitted on the way. */
#include "model/bench/scorer-private.h"

/* Of one set of @n images, the first of which is number @place of a larger one; of the fit images
 * no score is wanted
 * @value: (LIMEN_N_SCORES) (nullable elements) of (n)
 * @n_done: (LIMEN_N_SCORES): images that have this score
 * @n_ready: (LIMEN_N_COLUMNS): images that have this column */
typedef struct {
  struct All *all;
  LimenScorerSet of;
  guint place, n;
  double *value[LIMEN_N_SCORES];
  guint n_done[LIMEN_N_SCORES], n_ready[LIMEN_N_COLUMNS];
} Scoring;

/* @to_fit: (nullable): the scorer where it is not fitted yet: its fit images are the last of
 * @scoring: (n_all), the first @n of which are sets to be scored
 * @is_ready: (LIMEN_N_SCORES) */
typedef struct All {
  const LimenScorer *scorer;
  LimenScorer *to_fit;
  Scoring *scoring;
  guint n, n_all;
  const LimenScorerWatch *watch;
  gboolean is_ready[LIMEN_N_SCORES];
} All;

static gboolean
is_distance (LimenScoreKind kind)
{
  return kind == LIMEN_SCORE_COMBINED || kind == LIMEN_SCORE_VAE_STATISTICS;
}

static guint
n_ready_for (const Scoring *scoring, guint columns)
{
  guint n = scoring->n;
  for (guint c = 0; c < LIMEN_N_COLUMNS; c++)
    if (columns & LIMEN_COLUMN_BIT (c))
      n = MIN (n, scoring->n_ready[c]);
  return n;
}

/* -- what is told -- */

static void
tell (Scoring *scoring, LimenScoreKind kind)
{
  const LimenScorerSet *of = &scoring->of;
  if (of->partial)
    of->partial (kind, scoring->value[kind], scoring->n_done[kind], of->partial_data);
}

/* Images that have all numbers which @kind is made of: those to be scored, and those to be fitted
 * to, of all of these */
static void
tell_progress (const All *all, LimenScoreKind kind, guint columns)
{
  const LimenScorerWatch *watch = all->watch;
  gboolean fits = all->to_fit && limen_scorer_kinds_to_fit (all->scorer) & LIMEN_SCORE_BIT (kind);
  guint done = 0, n = 0;
  if (!watch || !watch->progress)
    return;
  for (guint i = 0; i < (fits ? all->n_all : all->n); i++) {
    done += n_ready_for (&all->scoring[i], columns);
    n += all->scoring[i].n;
  }
  watch->progress (kind, done, n, watch->data);
}

/* -- scores -- */

/* Of images that have all it is made of, one behind the other */
static void
fill (Scoring *scoring, LimenScoreKind kind, const LimenColumns *table)
{
  const LimenScorer *scorer = scoring->all->scorer;
  guint first = scoring->n_done[kind];
  guint end = n_ready_for (scoring, limen_scorer_columns_of (scorer, kind));
  if (!scoring->value[kind] || !limen_scorer_is_fitted_for (scorer, kind) || end <= first)
    return;
  for (guint i = first; i < end; i++)
    scoring->value[kind][i] = is_distance (kind) ? limen_scorer_distance (scorer, kind, table, i)
                                                 : limen_scorer_value (scorer, kind, table, i);
  scoring->n_done[kind] = end;
  tell (scoring, kind);
}

/* Distances are measured when all is there. */
static void
columns_came_cb (const LimenColumns *table, guint columns, guint n, gpointer data)
{
  Scoring *scoring = data;
  const LimenScorer *scorer = scoring->all->scorer;
  for (guint c = 0; c < LIMEN_N_COLUMNS; c++)
    if (columns & LIMEN_COLUMN_BIT (c))
      scoring->n_ready[c] = n;
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    LimenScoreKind kind = (LimenScoreKind)k;
    guint own = limen_scorer_columns_of (scorer, kind);
    if (!(scorer->kinds & LIMEN_SCORE_BIT (k)) || !(own & columns))
      continue;
    if (!is_distance (kind))
      fill (scoring, kind, table);
    tell_progress (scoring->all, kind, own);
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
    if (ready && all->watch && all->watch->ready)
      all->watch->ready ((LimenScoreKind)k, all->watch->data);
  }
}

static guint
complete_columns (const Scoring *scoring)
{
  guint complete = 0;
  for (guint c = 0; c < LIMEN_N_COLUMNS; c++)
    if (scoring->n_ready[c] == scoring->n)
      complete |= LIMEN_COLUMN_BIT (c);
  return complete;
}

static gboolean
staged_cb (const LimenColumns *const *columns, gpointer data, GError **error)
{
  All *all = data;
  guint fit = all->n_all - 1;
  if (all->to_fit &&
      !limen_scorer_fit (all->to_fit, columns[fit], complete_columns (&all->scoring[fit]), error))
    return FALSE;
  for (guint i = 0; i < all->n; i++)
    for (guint k = 0; k < LIMEN_N_SCORES; k++) {
      guint own = limen_scorer_columns_of (all->scorer, (LimenScoreKind)k);
      if (!is_distance ((LimenScoreKind)k) || !(own & ~complete_columns (&all->scoring[i])))
        fill (&all->scoring[i], (LimenScoreKind)k, columns[i]);
    }
  take_ready (all);
  return TRUE;
}

/* -- sets -- */

static void
begin (All *all, Scoring *scoring)
{
  scoring->all = all;
  scoring->n = limen_image_set_n_images (scoring->of.set);
  for (guint k = 0; k < LIMEN_N_SCORES && scoring->of.out; k++) {
    scoring->of.out[k] = NULL;
    if (all->scorer->kinds & LIMEN_SCORE_BIT (k))
      scoring->value[k] = g_new (double, scoring->n);
  }
}

static LimenColumnsPlan
plan_of (Scoring *scoring)
{
  const LimenScorer *scorer = scoring->all->scorer;
  gboolean is_fit = scoring->of.out == NULL;
  guint kinds = is_fit ? limen_scorer_kinds_to_fit (scorer) : scorer->kinds;
  return (LimenColumnsPlan){.models = &scorer->models,
                            .set = scoring->of.set,
                            .wanted = limen_scorer_columns_of_all (scorer, kinds),
                            .neighbours = scorer->neighbours,
                            .are_neighbours = is_fit,
                            .k = scorer->k,
                            .seed = scorer->seed,
                            .place = scoring->place,
                            .told = columns_came_cb,
                            .told_data = scoring};
}

static gboolean
score (All *all, const LimenRun *run, GError **error)
{
  g_autofree LimenColumnsPlan *plan = g_new (LimenColumnsPlan, all->n_all);
  g_autofree LimenColumns **columns = g_new0 (LimenColumns *, all->n_all);
  for (guint i = 0; i < all->n_all; i++) {
    begin (all, &all->scoring[i]);
    plan[i] = plan_of (&all->scoring[i]);
  }
  gboolean ok = limen_columns_of_sets (plan, all->n_all, columns, staged_cb, all, run, error);
  for (guint i = 0; i < all->n_all; i++) {
    limen_columns_free (columns[i]);
    for (guint k = 0; k < LIMEN_N_SCORES; k++)
      g_free (all->scoring[i].value[k]);
  }
  return ok;
}

gboolean
limen_scorer_score_sets (LimenScorer *scorer, const LimenScorerSet *sets, guint n,
                         const LimenScorerWatch *watch, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (scorer != NULL && (sets != NULL || n == 0), FALSE);
  gboolean fits = (limen_scorer_kinds_to_fit (scorer) & ~scorer->fitted) != 0;
  g_autofree Scoring *scoring = g_new0 (Scoring, n + 1);
  All all = {scorer, fits ? scorer : NULL, scoring, n, n + fits, watch};
  for (guint i = 0; i < n; i++)
    scoring[i].of = sets[i];
  if (fits)
    scoring[n].of.set = scorer->fit;
  return score (&all, run, error);
}

/* Of a single set all or nothing */
static gboolean
score_one (const LimenScorer *scorer, Scoring scoring, const LimenRun *run, GError **error)
{
  All all = {.scorer = scorer, .scoring = &scoring, .n = 1, .n_all = 1};
  g_return_val_if_fail (!(limen_scorer_kinds_to_fit (scorer) & ~scorer->fitted), FALSE);
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
  return score_one (scorer, (Scoring){.of = {set, partial, partial_data, out}}, run, error);
}

gboolean
limen_scorer_score_part (const LimenScorer *scorer, const LimenImageSet *set, guint place,
                         LimenScores **out, const LimenRun *run, GError **error)
{
  return score_one (scorer, (Scoring){.of = {set, NULL, NULL, out}, .place = place}, run, error);
}
