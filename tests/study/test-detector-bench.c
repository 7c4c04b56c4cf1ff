/* All scores of an experiment as one result: those of the scorer, over parts that share no image.
 */
#include "model/detect/report.h"
#include "tests/model/random-vae.h"
#include "tests/study/heard.h"
#include "ui/study/detector/bench.h"

#include <glib/gstdio.h>

enum { SIDE = 8, D = SIDE * SIDE, N_NORMAL = 90, N_ANOMALY = 40, N_FIT = 50 };

static LimenBenchInput *
input_new (gboolean has_anomaly, gboolean has_fit)
{
  LimenBenchInput *input = g_new0 (LimenBenchInput, 1);
  input->models = (LimenBenchModels){random_nice ((LimenNiceShape){D, 16, 1, 2}, 1),
                                     random_vae ((LimenVaeShape){D, 12, 14, 3}, 0, 2), NULL};
  input->normal = random_images (N_NORMAL, SIDE, SIDE, 3);
  input->anomaly = has_anomaly ? random_images (N_ANOMALY, SIDE, SIDE, 4) : NULL;
  input->fit = has_fit ? random_images (N_FIT, SIDE, SIDE, 5) : NULL;
  input->split = (LimenSplit){LIMEN_SPLIT_RANDOM, 7};
  input->sigmas = 2;
  input->tally = limen_bench_tally_new ();
  return input;
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenBenchInput, limen_bench_input_free)

static LimenBenchResult *
result_of (const LimenBenchInput *input)
{
  g_autoptr (GError) error = NULL;
  LimenBenchResult *result = limen_bench_result_new (input, NULL, &error);
  g_assert_no_error (error);
  return result;
}

static void
assert_same_scores (const LimenScores *a, const LimenScores *b)
{
  g_assert_cmpuint (a->n, ==, b->n);
  g_assert_true (a->measure == b->measure);
  g_assert_cmpmem (a->value, a->n * sizeof (double), b->value, b->n * sizeof (double));
}

/* By hand: the division, a scorer of its fit part, and each of the other parts. */
static void
check_by_hand (const LimenBenchInput *input)
{
  g_autoptr (LimenBenchResult) result = result_of (input);
  g_autoptr (LimenBenchDivision) division =
      limen_bench_division_new (input->normal, input->fit, NULL, input->split, NULL, NULL);
  LimenScorerOptions options = {.models = input->models};
  g_autoptr (LimenScorer) scorer =
      limen_scorer_new (&options, division->set[LIMEN_BENCH_FIT], NULL, NULL);
  LimenImageSet *sets[] = {division->set[LIMEN_BENCH_VALIDATION], division->set[LIMEN_BENCH_TEST],
                           input->anomaly};
  LimenScores **found[] = {result->validation, result->test, result->anomaly};
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++) {
    LimenScores *expected[LIMEN_N_SCORES] = {NULL};
    if (sets[i])
      g_assert_true (limen_scorer_score (scorer, sets[i], NULL, NULL, expected, NULL, NULL));
    for (guint kind = 0; kind < LIMEN_N_SCORES; kind++) {
      g_assert_cmpint (found[i][kind] != NULL, ==, expected[kind] != NULL);
      if (expected[kind])
        assert_same_scores (found[i][kind], expected[kind]);
      g_clear_pointer (&expected[kind], limen_scores_unref);
    }
  }
}

static void
test_numbers_are_those_of_the_scorer (void)
{
  for (guint i = 0; i < 4; i++) {
    g_autoptr (LimenBenchInput) input = input_new (i & 1, i & 2);
    check_by_hand (input);
  }
}

static void
test_rows_are_those_of_the_scores (void)
{
  g_autoptr (LimenBenchInput) input = input_new (TRUE, FALSE);
  g_autoptr (LimenBenchResult) result = result_of (input);
  guint n = 0;
  for (guint kind = 0; kind < LIMEN_N_SCORES; kind++) {
    if (!limen_bench_result_has (result, kind))
      continue;
    LimenBenchRow row = limen_bench_row (result->validation[kind], result->test[kind],
                                         result->anomaly[kind], input->sigmas);
    g_assert_cmpfloat (result->row[kind].threshold, ==, row.threshold);
    g_assert_cmpfloat (result->row[kind].separation.auroc, ==, row.separation.auroc);
    g_assert_cmpuint (result->row[kind].type_2.n, ==, N_ANOMALY);
    n++;
  }
  g_assert_cmpuint (n, ==, LIMEN_N_SCORES - 1); /* there is no second flow */
  g_assert_false (limen_bench_result_has (result, LIMEN_SCORE_LIKELIHOOD_RATIO));
  g_assert_false (limen_bench_result_has (NULL, LIMEN_SCORE_LOG_LIKELIHOOD));
  g_assert_false (limen_bench_result_has (result, LIMEN_N_SCORES));
}

/* Without anomalies thresholds and type I errors are there all the same. */
static void
test_anomalies_are_not_needed (void)
{
  g_autoptr (LimenBenchInput) input = input_new (FALSE, FALSE);
  g_autoptr (LimenBenchResult) result = result_of (input);
  g_assert_null (result->anomalies);
  for (guint kind = 0; kind < LIMEN_N_SCORES; kind++) {
    if (!limen_bench_result_has (result, kind))
      continue;
    g_assert_null (result->anomaly[kind]);
    g_assert_true (isfinite (result->row[kind].threshold));
    g_assert_true (isnan (result->row[kind].separation.auroc));
    g_assert_cmpuint (result->row[kind].type_1.n, ==, N_NORMAL / 3);
    g_assert_cmpuint (result->row[kind].type_2.n, ==, 0);
    g_autoptr (LimenDetector) detector =
        limen_bench_result_detector (result, kind, (LimenRule){LIMEN_RULE_SIGMAS, input->sigmas});
    g_assert_null (detector->anomaly);
    g_assert_cmpfloat (detector->threshold, ==, result->row[kind].threshold);
  }
}

/* The detector that the page gets says of the line what the row says. */
static void
check_detector (const LimenBenchInput *input, guint n_fit)
{
  g_autoptr (LimenBenchResult) result = result_of (input);
  for (guint kind = 0; kind < LIMEN_N_SCORES; kind++) {
    if (!limen_bench_result_has (result, kind))
      continue;
    g_autoptr (LimenDetector) detector =
        limen_bench_result_detector (result, kind, (LimenRule){LIMEN_RULE_SIGMAS, input->sigmas});
    LimenErrorRate type_1 = limen_detector_type_1 (detector),
                   type_2 = limen_detector_type_2 (detector);
    const LimenBenchRow *row = &result->row[kind];
    g_assert_cmpfloat (detector->threshold, ==, row->threshold);
    g_assert_cmpuint (type_1.errors, ==, row->type_1.errors);
    g_assert_cmpuint (type_1.n, ==, row->type_1.n);
    g_assert_cmpuint (type_2.errors, ==, row->type_2.errors);
    g_assert_cmpfloat (fabs (detector->auroc - row->separation.auroc), <, 1e-12);
    g_assert_cmpuint (detector->n_fit, ==, n_fit);
    g_assert_true (limen_detector_measure (detector) == limen_score_measure (kind));
    g_assert_cmpuint (detector->split.seed, ==, 7);
  }
}

static void
test_the_detector_says_what_the_row_says (void)
{
  g_autoptr (LimenBenchInput) input = input_new (TRUE, FALSE);
  check_detector (input, N_NORMAL / 3);
}

/* Nothing of the normal set is fitted to then. */
static void
test_a_fit_set_of_its_own (void)
{
  g_autoptr (LimenBenchInput) input = input_new (TRUE, TRUE);
  check_detector (input, 0);
  g_autoptr (LimenBenchResult) result = result_of (input);
  g_assert_true (result->division->counts.own[LIMEN_BENCH_FIT]);
  g_assert_cmpuint (limen_scorer_n_fit (result->scorer), ==, N_FIT);
  g_assert_cmpuint (result->test[0]->n + result->validation[0]->n, ==, N_NORMAL);
}

static void
test_no_image_does_two_jobs (void)
{
  g_autoptr (LimenBenchInput) input = input_new (TRUE, FALSE);
  g_autoptr (LimenBenchResult) result = result_of (input);
  g_autoptr (LimenDetector) detector = limen_bench_result_detector (
      result, LIMEN_SCORE_COMPLEXITY, (LimenRule){LIMEN_RULE_SIGMAS, 3});
  guint8 jobs[N_NORMAL] = {0};
  for (guint i = 0; i < detector->normal->n; i++)
    jobs[detector->normal_index[i]]++;
  for (guint i = 0; i < detector->validation->n; i++)
    jobs[detector->validation_index[i]]++;
  for (guint i = 0; i < detector->n_fit; i++)
    jobs[result->division->index[LIMEN_BENCH_FIT][i]]++;
  for (guint i = 0; i < N_NORMAL; i++)
    g_assert_cmpuint (jobs[i], ==, 1);
}

/* -- what is exported -- */

/* Each image of the normal set has its row, in its order: those that were fitted to have neither
 * score nor verdict. */
static void
check_rows (char **row, const LimenBenchResult *result)
{
  const guint32 *index = result->division->index[LIMEN_BENCH_FIT];
  guint n_fit = 0, n_validation = 0;
  g_assert_true (g_str_has_prefix (row[0], "set,image,complexity"));
  for (guint i = 0; i < N_NORMAL; i++) {
    gboolean fitted = n_fit < result->division->counts.n[LIMEN_BENCH_FIT] && index[n_fit] == i;
    g_assert_cmpint (g_str_has_prefix (row[i + 1], "fit,"), ==, fitted);
    g_assert_cmpint (g_str_has_suffix (row[i + 1], ",,,,,"), ==, fitted);
    n_fit += fitted;
    n_validation += g_str_has_prefix (row[i + 1], "validation,");
  }
  g_assert_cmpuint (n_fit, ==, N_NORMAL / 3);
  g_assert_cmpuint (n_validation, ==, N_NORMAL / 3);
  for (guint i = 0; i < N_ANOMALY; i++)
    g_assert_true (g_str_has_prefix (row[1 + N_NORMAL + i], "anomaly,"));
}

static void
test_exported_rows_say_who_was_fitted_to (void)
{
  g_autoptr (LimenBenchInput) input = input_new (TRUE, FALSE);
  g_autoptr (LimenBenchResult) result = result_of (input);
  g_autoptr (LimenDetector) detector = limen_bench_result_detector (
      result, LIMEN_SCORE_COMPLEXITY, (LimenRule){LIMEN_RULE_SIGMAS, 3});
  const LimenReport report = {.detector = detector,
                              .normal = {.images = input->normal},
                              .anomaly = {.images = input->anomaly}};
  g_autofree char *folder = g_dir_make_tmp ("limen-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "scores.csv", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  limen_report_save_scores (&report, path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) row = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (row), ==, 1 + N_NORMAL + N_ANOMALY + 1); /* and after the last */
  check_rows (row, result);
  g_unlink (path);
  g_rmdir (folder);
}

/* -- how far it is -- */

typedef struct {
  GCancellable *cancellable; /* nullable: cancelled when @at is done */
  double at, last;
  guint n;
} Progress;

static void
progress_cb (double fraction, gpointer data)
{
  Progress *progress = data;
  g_assert_cmpfloat (fraction, >=, progress->last - 1e-12);
  g_assert_cmpfloat (fraction, <=, 1 + 1e-12);
  progress->last = fraction;
  progress->n++;
  if (progress->cancellable && fraction >= progress->at)
    g_cancellable_cancel (progress->cancellable);
}

/* Of what is made of numbers of the fit images, these count as well; neighbours are kept as they
 * are.
 */
static void
test_the_tally_counts_all_images (void)
{
  g_autoptr (LimenBenchInput) input = input_new (TRUE, FALSE);
  Progress progress = {0};
  LimenRun run = {progress_cb, &progress, NULL};
  g_autoptr (LimenBenchResult) result = limen_bench_result_new (input, &run, NULL);
  int n = 2 * (N_NORMAL / 3) + N_ANOMALY;
  for (guint kind = 0; kind < LIMEN_N_SCORES; kind++) {
    gboolean fits = limen_score_is_fitted (kind) && kind != LIMEN_SCORE_NEAREST;
    int all = limen_bench_result_has (result, kind) ? n + (fits ? N_NORMAL / 3 : 0) : 0;
    g_assert_cmpint (input->tally->all[kind], ==, all);
    g_assert_cmpint (input->tally->done[kind], ==, all);
  }
  g_assert_cmpuint (progress.n, >, 2);
  g_assert_cmpfloat (progress.last, >, 1 - 1e-9);
}

static void
test_it_can_be_cancelled_at_any_point (void)
{
  static const double at[] = {0, 0.2, 0.5, 0.9};
  for (guint i = 0; i < G_N_ELEMENTS (at); i++) {
    g_autoptr (LimenBenchInput) input = input_new (TRUE, FALSE);
    g_autoptr (GError) error = NULL;
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    Progress progress = {cancellable, at[i]};
    LimenRun run = {progress_cb, &progress, cancellable};
    g_assert_null (limen_bench_result_new (input, &run, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  }
}

/* @n_there: scores that were there at each step, which may only become more
 * @likelihood_alone: whether that one was there before those that take longer */
typedef struct {
  const LimenBenchInput *input;
  guint n_there;
  int n_placed;
  gboolean likelihood_alone;
  GCancellable *cancellable;                 /* nullable: cancelled then */
  int place[LIMEN_N_SCORES];                 /* as the how manieth each was there, from 1 on */
  gboolean moved_unfinished[LIMEN_N_SCORES]; /* some of its images were done, and not all */
} Watch;

static void
watch_cb (double fraction, gpointer data)
{
  Watch *watch = data;
  const LimenBenchResult *so_far = g_atomic_pointer_get (&watch->input->tally->so_far);
  guint n = 0;
  for (guint kind = 0; kind < LIMEN_N_SCORES; kind++) {
    int done = g_atomic_int_get (&watch->input->tally->done[kind]);
    watch->moved_unfinished[kind] |=
        done > 0 && done < g_atomic_int_get (&watch->input->tally->all[kind]);
    if (!limen_bench_result_has (so_far, kind))
      continue;
    if (watch->place[kind] == 0)
      watch->place[kind] = ++watch->n_placed;
    g_assert_cmpuint (so_far->test[kind]->n, ==, N_NORMAL / 3);
    g_assert_cmpuint (so_far->anomaly[kind]->n, ==, N_ANOMALY);
    g_assert_true (so_far->row[kind].separation.auroc >= 0);
    n++;
  }
  g_assert_cmpuint (n, >=, watch->n_there);
  watch->n_there = n;
  watch->likelihood_alone |= limen_bench_result_has (so_far, LIMEN_SCORE_LOG_LIKELIHOOD) &&
                             !limen_bench_result_has (so_far, LIMEN_SCORE_NEAREST) &&
                             !limen_bench_result_has (so_far, LIMEN_SCORE_IWAE);
  if (watch->likelihood_alone && watch->cancellable)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_each_score_is_there_before_all_are (void)
{
  g_autoptr (LimenBenchInput) input = input_new (TRUE, FALSE);
  Watch watch = {input};
  LimenRun run = {watch_cb, &watch, NULL};
  g_autoptr (LimenBenchResult) result = limen_bench_result_new (input, &run, NULL);
  g_assert_true (watch.likelihood_alone);
  g_assert_true (result == input->tally->so_far);
}

/* The bound of the fit images takes longest, and only what is fitted to it waits for it; how far it
 * is, each row tells. */
static void
test_no_score_waits_for_the_fit_of_another (void)
{
  static const LimenScoreKind early[] = {LIMEN_SCORE_LOG_LIKELIHOOD, LIMEN_SCORE_TYPICALITY,
                                         LIMEN_SCORE_LATENT_FIT, LIMEN_SCORE_COMPLEXITY,
                                         LIMEN_SCORE_NEAREST};
  g_autoptr (LimenBenchInput) input = input_new (TRUE, FALSE);
  Watch watch = {input};
  LimenRun run = {watch_cb, &watch, NULL};
  input->k = 2000;
  g_autoptr (LimenBenchResult) result = limen_bench_result_new (input, &run, NULL);
  watch_cb (1, &watch);
  g_assert_cmpint (watch.place[LIMEN_SCORE_IWAE], >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (early); i++)
    g_assert_cmpint (watch.place[early[i]], <, watch.place[LIMEN_SCORE_IWAE]);
  g_assert_cmpint (watch.place[LIMEN_SCORE_VAE_STATISTICS], >, watch.place[LIMEN_SCORE_IWAE]);
  g_assert_true (watch.moved_unfinished[LIMEN_SCORE_VAE_STATISTICS]);
}

/* What was there already stays, for whoever looks at it. */
static void
test_what_was_there_outlives_a_cancel (void)
{
  g_autoptr (LimenBenchInput) input = input_new (TRUE, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch watch = {input, .cancellable = cancellable};
  LimenRun run = {watch_cb, &watch, cancellable};
  g_assert_null (limen_bench_result_new (input, &run, NULL));
  const LimenBenchResult *so_far = input->tally->so_far;
  g_assert_true (limen_bench_result_has (so_far, LIMEN_SCORE_LOG_LIKELIHOOD));
  g_assert_false (limen_bench_result_has (so_far, LIMEN_SCORE_IWAE));
  LimenDetector *detector = limen_bench_result_detector (so_far, LIMEN_SCORE_LOG_LIKELIHOOD,
                                                         (LimenRule){LIMEN_RULE_SIGMAS, 3});
  g_assert_cmpuint (detector->anomaly->n, ==, N_ANOMALY);
  limen_detector_free (detector);
}

static void
test_too_few_images_are_refused (void)
{
  g_autoptr (LimenBenchInput) input = input_new (TRUE, FALSE);
  g_autoptr (GError) error = NULL;
  limen_image_set_unref (input->normal);
  input->normal = random_images (2, SIDE, SIDE, 3);
  g_assert_null (limen_bench_result_new (input, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/detector-bench/" #name, test_##name)
  ADD (numbers_are_those_of_the_scorer);
  ADD (rows_are_those_of_the_scores);
  ADD (anomalies_are_not_needed);
  ADD (the_detector_says_what_the_row_says);
  ADD (each_score_is_there_before_all_are);
  ADD (no_score_waits_for_the_fit_of_another);
  ADD (what_was_there_outlives_a_cancel);
  ADD (a_fit_set_of_its_own);
  ADD (no_image_does_two_jobs);
  ADD (exported_rows_say_who_was_fitted_to);
  ADD (the_tally_counts_all_images);
  ADD (it_can_be_cancelled_at_any_point);
  ADD (too_few_images_are_refused);
#undef ADD
  return g_test_run ();
}
