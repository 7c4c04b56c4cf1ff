#include "ui/study/detector/bench.h"

/* -- how far it is -- */

LimenBenchTally *
limen_bench_tally_new (void)
{
  LimenBenchTally *tally = g_new0 (LimenBenchTally, 1);
  g_atomic_ref_count_init (&tally->references);
  return tally;
}

LimenBenchTally *
limen_bench_tally_ref (LimenBenchTally *tally)
{
  g_return_val_if_fail (tally != NULL, NULL);
  g_atomic_ref_count_inc (&tally->references);
  return tally;
}

void
limen_bench_tally_unref (LimenBenchTally *tally)
{
  g_return_if_fail (tally != NULL);
  if (!g_atomic_ref_count_dec (&tally->references))
    return;
  g_clear_pointer (&tally->so_far, limen_bench_result_unref);
  g_free (tally);
}

/* Of one set that is scored: @before images were scored with it */
typedef struct {
  LimenBenchTally *tally;
  guint before;
} Counting;

static void
count_cb (LimenScoreKind kind, const double *value, guint n, gpointer data)
{
  const Counting *counting = data;
  g_atomic_int_set (&counting->tally->done[kind], (int)(counting->before + n));
}

/* -- the parts of the work -- */

/* A piece of a run, from @from to @to of all that is to be done */
typedef struct {
  const LimenRun *whole;
  double from, to;
} Piece;

static void
piece_cb (double fraction, gpointer data)
{
  const Piece *piece = data;
  piece->whole->progress (piece->from + fraction * (piece->to - piece->from),
                          piece->whole->progress_data);
}

static LimenRun
run_of (Piece *piece)
{
  gboolean told = piece->whole && piece->whole->progress;
  return (LimenRun){told ? piece_cb : NULL, piece, piece->whole ? piece->whole->cancellable : NULL};
}

/* Images to be read in all, those that are fitted to first */
typedef struct {
  guint fit, all;
} Amount;

static guint
n_images (const LimenImageSet *set)
{
  return set ? limen_image_set_n_images (set) : 0;
}

static Amount
amount_of (const LimenBenchResult *result, const LimenBenchInput *input)
{
  const guint *n = result->division->counts.n;
  guint fit = n[LIMEN_BENCH_FIT];
  return (Amount){fit, fit + n[LIMEN_BENCH_VALIDATION] + n[LIMEN_BENCH_TEST] +
                           n_images (input->anomaly) + n_images (input->unsorted)};
}

static gboolean
fit (LimenBenchResult *result, const LimenBenchInput *input, const LimenRun *run, GError **error)
{
  Amount amount = amount_of (result, input);
  Piece piece = {run, 0, (double)amount.fit / amount.all};
  LimenRun part = run_of (&piece);
  LimenScorerOptions options = {
      .models = input->models, .kinds = input->kinds, .k = input->k, .seed = input->draws};
  result->scorer =
      limen_scorer_new (&options, result->division->set[LIMEN_BENCH_FIT], &part, error);
  return result->scorer != NULL;
}

static void
fill_row (LimenBenchResult *result, LimenScoreKind kind, double sigmas)
{
  LimenScores *test = result->test[kind];
  g_autoptr (LimenScores) none = limen_scores_new_of (test->measure, "", NULL, 0);
  result->row[kind] = limen_bench_row (
      result->validation[kind], test, result->anomaly[kind] ? result->anomaly[kind] : none, sigmas);
}

typedef struct {
  LimenBenchResult *result;
  const LimenBenchInput *input;
} Filling;

static LimenDetector *
detector_of (const LimenBenchResult *result, LimenScoreKind kind, LimenRule rule)
{
  const LimenBenchDivision *division = result->division;
  gboolean own = division->counts.own[LIMEN_BENCH_FIT];
  LimenDivided divided = {result->validation[kind],
                          result->test[kind],
                          division->index[LIMEN_BENCH_VALIDATION],
                          division->index[LIMEN_BENCH_TEST],
                          own ? 0 : division->counts.n[LIMEN_BENCH_FIT],
                          division->split};
  return limen_detector_new_divided (&divided, result->anomaly[kind], rule);
}

static void
ready_cb (LimenScoreKind kind, gpointer data)
{
  const Filling *filling = data;
  LimenBenchResult *result = filling->result;
  LimenRule rule = {LIMEN_RULE_SIGMAS, filling->input->sigmas};
  fill_row (result, kind, filling->input->sigmas);
  result->analysis[kind] =
      limen_analysis_of (detector_of (result, kind, rule), result->unsorted[kind]);
  g_atomic_int_set (&filling->result->ready[kind], TRUE);
}

static gboolean
score_sets (LimenBenchResult *result, const LimenBenchInput *input, const LimenRun *run,
            GError **error)
{
  const struct {
    LimenImageSet *set;
    LimenScores **out;
  } work[] = {{result->division->set[LIMEN_BENCH_VALIDATION], result->validation},
              {result->division->set[LIMEN_BENCH_TEST], result->test},
              {input->anomaly, result->anomaly},
              {input->unsorted, result->unsorted}};
  Amount amount = amount_of (result, input);
  LimenScorerSet sets[G_N_ELEMENTS (work)];
  Counting counting[G_N_ELEMENTS (work)];
  Filling filling = {result, input};
  Piece piece = {run, (double)amount.fit / amount.all, 1};
  LimenRun part = run_of (&piece);
  guint n = 0, n_sets = 0;
  g_atomic_int_set (&input->tally->n_images, (int)(amount.all - amount.fit));
  for (guint i = 0; i < G_N_ELEMENTS (work); i++) {
    if (!work[i].set)
      continue;
    counting[n_sets] = (Counting){input->tally, n};
    sets[n_sets] = (LimenScorerSet){work[i].set, count_cb, &counting[n_sets], work[i].out};
    n += limen_image_set_n_images (work[i].set);
    n_sets++;
  }
  return limen_scorer_score_sets (result->scorer, sets, n_sets, ready_cb, &filling, &part, error);
}

/* -- input and result -- */

void
limen_bench_input_free (LimenBenchInput *input)
{
  g_return_if_fail (input != NULL);
  g_clear_pointer (&input->models.flow, limen_nice_unref);
  g_clear_pointer (&input->models.vae, limen_vae_unref);
  g_clear_pointer (&input->models.reference, limen_nice_unref);
  g_clear_pointer (&input->normal, limen_image_set_unref);
  g_clear_pointer (&input->anomaly, limen_image_set_unref);
  g_clear_pointer (&input->unsorted, limen_image_set_unref);
  g_clear_pointer (&input->fit, limen_image_set_unref);
  g_clear_pointer (&input->validation, limen_image_set_unref);
  g_clear_pointer (&input->tally, limen_bench_tally_unref);
  g_free (input->order);
  g_free (input);
}

LimenBenchResult *
limen_bench_result_new (const LimenBenchInput *input, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (input != NULL && input->normal != NULL, NULL);
  g_autoptr (LimenBenchResult) result = g_new0 (LimenBenchResult, 1);
  g_atomic_ref_count_init (&result->references);
  LimenRun whole = limen_run_of (run);
  result->normal = limen_image_set_ref (input->normal);
  result->anomalies = input->anomaly ? limen_image_set_ref (input->anomaly) : NULL;
  result->unsorted_images = input->unsorted ? limen_image_set_ref (input->unsorted) : NULL;
  result->division =
      limen_bench_division_new_in_order (input->normal, input->order, input->fit, input->validation,
                                         input->split, whole.cancellable, error);
  if (!result->division || !fit (result, input, &whole, error))
    return NULL;
  g_atomic_pointer_set (&input->tally->so_far, limen_bench_result_ref (result));
  return score_sets (result, input, &whole, error) ? g_steal_pointer (&result) : NULL;
}

LimenBenchResult *
limen_bench_result_ref (LimenBenchResult *result)
{
  g_return_val_if_fail (result != NULL, NULL);
  g_atomic_ref_count_inc (&result->references);
  return result;
}

void
limen_bench_result_unref (LimenBenchResult *result)
{
  g_return_if_fail (result != NULL);
  if (!g_atomic_ref_count_dec (&result->references))
    return;
  for (guint kind = 0; kind < LIMEN_N_SCORES; kind++) {
    g_clear_pointer (&result->validation[kind], limen_scores_unref);
    g_clear_pointer (&result->test[kind], limen_scores_unref);
    g_clear_pointer (&result->anomaly[kind], limen_scores_unref);
    g_clear_pointer (&result->unsorted[kind], limen_scores_unref);
    g_clear_pointer (&result->analysis[kind], limen_analysis_free);
  }
  g_clear_pointer (&result->scorer, limen_scorer_unref);
  g_clear_pointer (&result->division, limen_bench_division_free);
  g_clear_pointer (&result->normal, limen_image_set_unref);
  g_clear_pointer (&result->anomalies, limen_image_set_unref);
  g_clear_pointer (&result->unsorted_images, limen_image_set_unref);
  g_free (result);
}

gboolean
limen_bench_result_has (const LimenBenchResult *result, LimenScoreKind kind)
{
  return result && kind < LIMEN_N_SCORES && g_atomic_int_get (&result->ready[kind]);
}

LimenDetector *
limen_bench_result_detector (const LimenBenchResult *result, LimenScoreKind kind, LimenRule rule)
{
  g_return_val_if_fail (limen_bench_result_has (result, kind), NULL);
  return detector_of (result, kind, rule);
}
