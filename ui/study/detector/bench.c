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

/* -- the parts of the work -- */

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

static void
progress_cb (LimenScoreKind kind, guint done, guint n, gpointer data)
{
  LimenBenchTally *tally = ((Filling *)data)->input->tally;
  g_atomic_int_set (&tally->all[kind], (int)n);
  g_atomic_int_set (&tally->done[kind], (int)done);
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
  LimenScorerSet sets[G_N_ELEMENTS (work)];
  Filling filling = {result, input};
  LimenScorerWatch watch = {ready_cb, progress_cb, &filling};
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (work); i++)
    if (work[i].set)
      sets[n++] = (LimenScorerSet){.set = work[i].set, .out = work[i].out};
  return limen_scorer_score_sets (result->scorer, sets, n, &watch, run, error);
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
  if (!result->division)
    return NULL;
  LimenScorerOptions options = {
      .models = input->models, .kinds = input->kinds, .k = input->k, .seed = input->draws};
  result->scorer = limen_scorer_new_later (&options, result->division->set[LIMEN_BENCH_FIT], error);
  if (!result->scorer)
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
