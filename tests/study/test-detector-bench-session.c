/* The bench of the page: when it works, what the page judges by, and what it does not lose. */
#include "model/data/builtin.h"
#include "tests/model/random-vae.h"
#include "tests/study/detector-world.h"
#include "ui/study/detector/bench-session.h"

#define LIKELIHOOD LIMEN_SCORE_LOG_LIKELIHOOD
#define COMPLEXITY LIMEN_SCORE_COMPLEXITY

typedef struct {
  World world;
  LimenBenchSession *bench;
  char *told;
  guint *n_changed;
} Bench;

static void
begin_bench (Bench *bench)
{
  *bench = (Bench){0};
  begin (&bench->world);
  bench->bench = limen_bench_session_new (bench->world.session);
  bench->n_changed = count_signal (bench->bench, "changed");
  g_signal_connect (bench->bench, "notice", G_CALLBACK (keep_notice_cb), &bench->told);
}

static void
end_bench (Bench *bench)
{
  g_signal_handlers_disconnect_by_data (bench->bench, &bench->told);
  let_go (bench->bench);
  g_free (bench->told);
  end (&bench->world);
}

static gboolean
is_at_rest (gpointer data)
{
  Bench *bench = data;
  return !limen_bench_session_busy (bench->bench, NULL) && is_idle (bench->world.session);
}

static void
rest (Bench *bench)
{
  wait_until (is_at_rest, bench);
}

static const LimenBenchResult *
result_of (const Bench *bench)
{
  return limen_bench_session_result (bench->bench);
}

/* All files, and all scores of them */
static void
begin_shown (Bench *bench)
{
  begin_bench (bench);
  drop_all (&bench->world);
  limen_bench_session_set_shown (bench->bench, TRUE);
  rest (bench);
  g_assert_nonnull (result_of (bench));
  g_assert_null (bench->told);
}

static void
begin_chosen (Bench *bench, LimenScoreKind kind)
{
  begin_shown (bench);
  limen_bench_session_choose (bench->bench, kind);
  g_assert_cmpint (state_of (&bench->world)->score, ==, kind);
}

static void
assert_judges_by (const Bench *bench, LimenScoreKind kind)
{
  g_assert_cmpint (limen_bench_session_chosen (bench->bench), ==, kind);
  g_assert_cmpint (state_of (&bench->world)->score, ==, kind);
  g_assert_true (limen_detector_measure (detector_of (&bench->world)) ==
                 limen_score_measure (kind));
}

/* That of the bench, over its three parts, of what is on the page now */
static void
assert_is_of_page (const Bench *bench, LimenScoreKind kind)
{
  const LimenDetector *detector = detector_of (&bench->world);
  const LimenBenchResult *result = result_of (bench);
  g_assert_nonnull (result);
  assert_judges_by (bench, kind);
  g_assert_true (result->normal == experiment_of (&bench->world)->set[LIMEN_SET_NORMAL]);
  g_assert_true (result->anomalies == experiment_of (&bench->world)->set[LIMEN_SET_ANOMALY]);
  g_assert_true (detector->normal == result->test[kind]);
  g_assert_true (detector->validation == result->validation[kind]);
  g_assert_true (detector->anomaly == result->anomaly[kind]);
  g_assert_cmpuint (detector->n_fit, ==, result->division->counts.n[LIMEN_BENCH_FIT]);
  g_assert_cmpuint (detector->split.seed, ==, state_of (&bench->world)->split.seed);
}

static char *
write_vae (const Bench *bench, guint observed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenVae) vae = random_vae ((LimenVaeShape){observed, 12, 14, 3}, 0, 2);
  char *path = g_build_filename (bench->world.folder, "vae.safetensors", NULL);
  limen_vae_save (vae, path, LIMEN_NUMBER_F32, &error);
  g_assert_no_error (error);
  return path;
}

/* -- when it works -- */

static void
test_it_works_only_when_shown_or_chosen (void)
{
  Bench bench;
  begin_bench (&bench);
  drop_all (&bench.world);
  g_assert_false (limen_bench_session_busy (bench.bench, NULL));
  g_assert_null (result_of (&bench));
  limen_bench_session_set_shown (bench.bench, TRUE);
  g_assert_true (limen_bench_session_busy (bench.bench, NULL));
  g_assert_true (limen_bench_session_progress (bench.bench, LIKELIHOOD) >= 0);
  g_assert_true (isnan (limen_bench_session_progress (bench.bench, LIMEN_SCORE_IWAE)));
  rest (&bench);
  g_assert_true (isnan (limen_bench_session_progress (bench.bench, LIKELIHOOD)));
  g_assert_cmpuint (*bench.n_changed, >, 0);
  limen_bench_session_set_shown (bench.bench, FALSE);
  limen_detector_session_resample (bench.world.session);
  rest (&bench);
  g_assert_null (result_of (&bench)); /* of another split, and nobody looks */
  end_bench (&bench);
}

static void
test_it_waits_for_a_flow_and_images (void)
{
  Bench bench;
  begin_bench (&bench);
  limen_bench_session_set_shown (bench.bench, TRUE);
  g_assert_false (limen_bench_session_busy (bench.bench, NULL));
  drop (&bench.world, LIMEN_N_SETS, bench.world.normal, NULL, NULL);
  rest (&bench);
  g_assert_null (result_of (&bench));
  drop (&bench.world, LIMEN_N_SETS, bench.world.flow, NULL, NULL);
  rest (&bench);
  g_assert_nonnull (result_of (&bench));
  g_assert_null (result_of (&bench)->anomalies);
  end_bench (&bench);
}

static void
test_other_images_another_flow_another_split_are_worked_out_anew (void)
{
  Bench bench;
  begin_chosen (&bench, COMPLEXITY);
  limen_bench_session_set_shown (bench.bench, FALSE); /* the page judges by it: it goes on */
  assert_is_of_page (&bench, COMPLEXITY);
  g_autofree char *images = write_images (bench.world.folder, "others.npy", 75, 9);
  drop (&bench.world, LIMEN_SET_NORMAL, images, NULL, NULL);
  rest (&bench);
  assert_is_of_page (&bench, COMPLEXITY);
  g_assert_cmpuint (detector_of (&bench.world)->normal->n, ==, 25);
  g_autofree char *flow = write_flow (bench.world.folder, "other.safetensors", 8);
  drop (&bench.world, LIMEN_N_SETS, flow, NULL, NULL);
  rest (&bench);
  assert_is_of_page (&bench, COMPLEXITY);
  g_assert_true (limen_scorer_models (result_of (&bench)->scorer)->flow ==
                 experiment_of (&bench.world)->flow);
  guint64 seed = state_of (&bench.world)->split.seed;
  limen_detector_session_resample (bench.world.session);
  rest (&bench);
  assert_is_of_page (&bench, COMPLEXITY);
  g_assert_cmpuint (detector_of (&bench.world)->split.seed, ==, seed + 1);
  g_assert_null (bench.told);
  end_bench (&bench);
}

/* Splits that are asked for while the bench ends its work are not taken back by its result. */
static void
test_no_split_is_lost_in_a_hurry (void)
{
  Bench bench;
  begin_chosen (&bench, COMPLEXITY);
  for (guint i = 0; i < 20; i++) {
    limen_detector_session_resample (bench.world.session);
    g_usleep (500 * i);
    while (g_main_context_iteration (NULL, FALSE))
      ;
  }
  rest (&bench);
  assert_is_of_page (&bench, COMPLEXITY);
  g_assert_cmpuint (state_of (&bench.world)->split.seed, ==, 20);
  end_bench (&bench);
}

/* -- what the page judges by -- */

static void
test_a_choice_changes_the_page (void)
{
  Bench bench;
  begin_shown (&bench);
  guint *n_data = count_signal (bench.world.session, "data-changed");
  for (guint kind = 1; kind < LIMEN_N_SCORES; kind++) {
    gboolean has = limen_bench_result_has (result_of (&bench), kind);
    LimenScoreKind before = limen_bench_session_chosen (bench.bench);
    guint n = *n_data;
    limen_bench_session_choose (bench.bench, kind);
    assert_is_of_page (&bench, has ? (LimenScoreKind)kind : before == LIKELIHOOD ? kind : before);
    g_assert_cmpuint (*n_data, ==, n + (has ? 1 : 0));
    if (has)
      g_assert_cmpfloat (detector_of (&bench.world)->threshold, ==,
                         result_of (&bench)->row[kind].threshold);
  }
  end_bench (&bench);
}

static void
test_the_likelihood_brings_back_the_halves (void)
{
  Bench bench;
  begin_bench (&bench);
  drop_all (&bench.world);
  g_autoptr (LimenDetector) before = limen_detector_with_rule (
      detector_of (&bench.world), (LimenRule){LIMEN_RULE_SIGMAS, LIMEN_USUAL_SIGMAS});
  LimenSplitVariation variation = limen_detector_session_analysis (bench.world.session)->variation;
  limen_bench_session_set_shown (bench.bench, TRUE);
  rest (&bench);
  limen_bench_session_choose (bench.bench, COMPLEXITY);
  g_assert_cmpuint (detector_of (&bench.world)->normal->n, ==, 20);
  limen_bench_session_choose (bench.bench, LIKELIHOOD);
  rest (&bench);
  assert_judges_by (&bench, LIKELIHOOD);
  const LimenDetector *now = detector_of (&bench.world);
  g_assert_cmpuint (now->normal->n, ==, 30);
  g_assert_cmpuint (now->n_fit, ==, 0);
  g_assert_cmpmem (now->normal->value, 30 * sizeof (double), before->normal->value,
                   30 * sizeof (double));
  g_assert_cmpmem (now->validation->value, 30 * sizeof (double), before->validation->value,
                   30 * sizeof (double));
  g_assert_cmpmem (now->normal_index, 30 * sizeof (guint32), before->normal_index,
                   30 * sizeof (guint32));
  g_assert_cmpfloat (now->threshold, ==, before->threshold);
  g_assert_cmpfloat (now->auroc, ==, before->auroc);
  LimenSplitVariation again = limen_detector_session_analysis (bench.world.session)->variation;
  g_assert_cmpmem (&again, sizeof again, &variation, sizeof variation);
  end_bench (&bench);
}

/* While the halves are made, one may think better of it. */
static void
test_the_way_back_can_be_cancelled (void)
{
  Bench bench;
  begin_chosen (&bench, COMPLEXITY);
  limen_bench_session_choose (bench.bench, LIKELIHOOD);
  limen_detector_session_cancel (bench.world.session);
  rest (&bench);
  assert_is_of_page (&bench, COMPLEXITY);
  limen_bench_session_choose (bench.bench, LIKELIHOOD);
  rest (&bench);
  assert_judges_by (&bench, LIKELIHOOD);
  end_bench (&bench);
}

static void
test_a_threshold_by_hand_is_not_taken_to_another_unit (void)
{
  Bench bench;
  begin_shown (&bench);
  limen_detector_session_set_threshold (bench.world.session,
                                        detector_of (&bench.world)->threshold + 1);
  g_assert_cmpint (state_of (&bench.world)->rule.kind, ==, LIMEN_RULE_VALUE);
  limen_bench_session_choose (bench.bench, COMPLEXITY);
  g_assert_cmpint (state_of (&bench.world)->rule.kind, ==, LIMEN_RULE_SIGMAS);
  g_assert_cmpfloat (state_of (&bench.world)->rule.value, ==, LIMEN_USUAL_SIGMAS);
  g_assert_cmpfloat (detector_of (&bench.world)->threshold, ==,
                     result_of (&bench)->row[COMPLEXITY].threshold);
  limen_detector_session_set_rule (bench.world.session, (LimenRule){LIMEN_RULE_SIGMAS, 2});
  limen_bench_session_choose (bench.bench, LIMEN_SCORE_NEAREST); /* holds in any unit */
  g_assert_cmpfloat (state_of (&bench.world)->rule.value, ==, 2);
  end_bench (&bench);
}

/* As that of the log-likelihood is */
static void
test_a_threshold_by_hand_outlives_another_split (void)
{
  Bench bench;
  begin_chosen (&bench, COMPLEXITY);
  limen_detector_session_set_threshold (bench.world.session,
                                        detector_of (&bench.world)->threshold - 1.5);
  double threshold = detector_of (&bench.world)->threshold;
  limen_detector_session_resample (bench.world.session);
  rest (&bench);
  assert_is_of_page (&bench, COMPLEXITY);
  g_assert_cmpfloat (detector_of (&bench.world)->threshold, ==, threshold);
  g_assert_cmpint (state_of (&bench.world)->rule.kind, ==, LIMEN_RULE_VALUE);
  end_bench (&bench);
}

/* Back to what was there, with the score by which it was judged */
static void
test_undo_brings_back_the_score (void)
{
  Bench bench;
  begin_chosen (&bench, COMPLEXITY);
  double threshold = detector_of (&bench.world)->threshold;
  g_autofree char *other = write_images (bench.world.folder, "other.npy", 66, 5);
  drop (&bench.world, LIMEN_SET_NORMAL, other, NULL, NULL);
  rest (&bench);
  limen_bench_session_choose (bench.bench, LIKELIHOOD);
  rest (&bench);
  assert_judges_by (&bench, LIKELIHOOD);
  limen_detector_session_undo (bench.world.session);
  assert_judges_by (&bench, COMPLEXITY); /* at once: it was kept */
  g_assert_cmpfloat (detector_of (&bench.world)->threshold, ==, threshold);
  rest (&bench);
  assert_is_of_page (&bench, COMPLEXITY);
  g_assert_cmpfloat (detector_of (&bench.world)->threshold, ==, threshold);
  end_bench (&bench);
}

static void
test_undo_to_nothing_leaves_nothing (void)
{
  Bench bench;
  begin_chosen (&bench, COMPLEXITY);
  limen_detector_session_undo (bench.world.session);
  rest (&bench);
  g_assert_null (result_of (&bench));
  g_assert_null (limen_bench_session_models (bench.bench)->flow);
  end_bench (&bench);
}

/* -- VAEs and second flows -- */

static void
test_a_vae_adds_its_scores (void)
{
  Bench bench;
  begin_shown (&bench);
  g_autofree char *path = write_vae (&bench, SIDE * SIDE);
  g_assert_false (limen_bench_result_has (result_of (&bench), LIMEN_SCORE_IWAE));
  limen_bench_session_open (bench.bench, LIMEN_BENCH_VAE, path);
  rest (&bench);
  g_assert_true (limen_bench_result_has (result_of (&bench), LIMEN_SCORE_IWAE));
  limen_bench_session_choose (bench.bench, LIMEN_SCORE_IWAE);
  assert_is_of_page (&bench, LIMEN_SCORE_IWAE);
  g_autofree char *flow = write_flow (bench.world.folder, "other.safetensors", 8);
  drop (&bench.world, LIMEN_N_SETS, flow, NULL, NULL); /* the user's VAE stays */
  rest (&bench);
  assert_is_of_page (&bench, LIMEN_SCORE_IWAE);
  end_bench (&bench);
}

/* Where a score can be had no more, the page is not left with it. */
static void
test_a_vae_that_does_not_fit_takes_its_scores_away (void)
{
  Bench bench;
  begin_shown (&bench);
  g_autofree char *path = write_vae (&bench, SIDE * SIDE);
  limen_bench_session_open (bench.bench, LIMEN_BENCH_VAE, path);
  rest (&bench);
  limen_bench_session_choose (bench.bench, LIMEN_SCORE_IWAE);
  g_autofree char *small = write_vae (&bench, 9);
  limen_bench_session_open (bench.bench, LIMEN_BENCH_VAE, small);
  rest (&bench);
  assert_judges_by (&bench, LIKELIHOOD);
  g_assert_nonnull (result_of (&bench));
  g_assert_false (limen_bench_result_has (result_of (&bench), LIMEN_SCORE_IWAE));
  end_bench (&bench);
}

static void
test_two_models_at_once_are_both_read (void)
{
  Bench bench;
  begin_shown (&bench);
  g_autofree char *vae = write_vae (&bench, SIDE * SIDE);
  g_autofree char *flow = write_flow (bench.world.folder, "second.safetensors", 8);
  limen_bench_session_open (bench.bench, LIMEN_BENCH_VAE, vae);
  limen_bench_session_open (bench.bench, LIMEN_BENCH_REFERENCE, flow);
  rest (&bench);
  for (guint kind = 0; kind < LIMEN_N_SCORES; kind++)
    g_assert_true (limen_bench_result_has (result_of (&bench), kind));
  end_bench (&bench);
}

static void
test_what_can_not_be_read_leaves_what_was_there (void)
{
  for (LimenBenchModel model = 0; model < LIMEN_N_BENCH_MODELS; model++) {
    Bench bench;
    begin_shown (&bench);
    g_autofree char *vae = write_vae (&bench, SIDE * SIDE);
    limen_bench_session_open (bench.bench, LIMEN_BENCH_VAE, vae);
    rest (&bench);
    limen_bench_session_choose (bench.bench, LIMEN_SCORE_IWAE);
    const LimenBenchResult *before = result_of (&bench);
    LimenBenchModels models = *limen_bench_session_models (bench.bench);
    g_autofree char *broken = write_file (bench.world.folder, "broken.pt", "neither nor", 11);
    limen_bench_session_open (bench.bench, model, broken);
    rest (&bench);
    assert_told (bench.told, "broken.pt");
    g_assert_true (result_of (&bench) == before);
    g_assert_cmpmem (&models, sizeof models, limen_bench_session_models (bench.bench),
                     sizeof models);
    assert_is_of_page (&bench, LIMEN_SCORE_IWAE);
    end_bench (&bench);
  }
}

/* The VAE that comes along goes with its flow, and comes back with it. */
static void
test_a_vae_comes_with_its_flow (void)
{
  Bench bench;
  begin_shown (&bench);
  drop (&bench.world, LIMEN_N_SETS, LIMEN_BUILTIN_GLYPHS, LIMEN_BUILTIN_DIGITS ":60", NULL);
  rest (&bench);
  g_assert_nonnull (limen_bench_session_models (bench.bench)->vae);
  drop (&bench.world, LIMEN_N_SETS, bench.world.flow, bench.world.normal, NULL);
  rest (&bench);
  g_assert_null (limen_bench_session_models (bench.bench)->vae);
  end_bench (&bench);
}

/* -- cancel -- */

static void
test_cancelled_work_begins_again_when_it_is_looked_at (void)
{
  Bench bench;
  begin_bench (&bench);
  drop_all (&bench.world);
  limen_bench_session_set_shown (bench.bench, TRUE);
  limen_bench_session_cancel (bench.bench);
  rest (&bench);
  g_assert_null (result_of (&bench));
  g_assert_null (bench.told);
  limen_bench_session_set_shown (bench.bench, TRUE);
  rest (&bench);
  g_assert_nonnull (result_of (&bench));
  end_bench (&bench);
}

static void
test_cancelled_reading_starts_nothing (void)
{
  Bench bench;
  begin_shown (&bench);
  g_autofree char *path = write_vae (&bench, SIDE * SIDE);
  const LimenBenchResult *before = result_of (&bench);
  limen_bench_session_open (bench.bench, LIMEN_BENCH_VAE, path);
  limen_bench_session_cancel (bench.bench);
  rest (&bench);
  g_assert_true (result_of (&bench) == before);
  g_assert_null (limen_bench_session_models (bench.bench)->vae);
  end_bench (&bench);
}

/* Of other images the page shows the likelihood then, and says so. */
static void
test_where_a_choice_is_cancelled_the_page_goes_on_with_what_it_has (void)
{
  Bench bench;
  begin_chosen (&bench, COMPLEXITY);
  limen_detector_session_resample (bench.world.session);
  wait_until (is_idle, bench.world.session);
  limen_bench_session_cancel (bench.bench);
  rest (&bench);
  if (!result_of (&bench)) /* else it was faster */
    assert_judges_by (&bench, LIKELIHOOD);
  end_bench (&bench);
}

static void
test_a_page_that_is_closed_while_it_works_ends (void)
{
  Bench bench;
  begin_bench (&bench);
  drop_all (&bench.world);
  limen_bench_session_set_shown (bench.bench, TRUE);
  g_autofree char *path = write_vae (&bench, SIDE * SIDE);
  limen_bench_session_open (bench.bench, LIMEN_BENCH_VAE, path);
  end_bench (&bench);
}

static void
test_too_few_images_are_told (void)
{
  Bench bench;
  begin_bench (&bench);
  g_autofree char *two = write_images (bench.world.folder, "two.npy", 2, 9);
  drop (&bench.world, LIMEN_SET_NORMAL, bench.world.flow, two, NULL);
  wait_until (is_idle, bench.world.session);
  limen_bench_session_set_shown (bench.bench, TRUE);
  rest (&bench);
  g_assert_null (result_of (&bench));
  g_assert_nonnull (bench.told);
  g_assert_nonnull (limen_detector_session_analysis (bench.world.session));
  end_bench (&bench);
}

/* Unsorted images are judged by the score that the page judges by, whichever it is. */
static void
test_unsorted_images_are_scored (void)
{
  Bench bench;
  begin_chosen (&bench, LIMEN_SCORE_NEAREST);
  g_autofree char *unsorted = write_images (bench.world.folder, "unsorted.npy", 17, 5);
  g_assert_null (limen_detector_session_unsorted (bench.world.session));
  drop (&bench.world, LIMEN_N_SETS, unsorted, NULL, NULL);
  rest (&bench);
  assert_is_of_page (&bench, LIMEN_SCORE_NEAREST);
  const LimenUnsorted *judged = limen_detector_session_unsorted (bench.world.session);
  g_assert_nonnull (judged);
  g_assert_true (judged->scores == result_of (&bench)->unsorted[LIMEN_SCORE_NEAREST]);
  const LimenAnalysis *ready = result_of (&bench)->analysis[LIMEN_SCORE_NEAREST],
                      *taken = limen_detector_session_analysis (bench.world.session);
  g_assert_true (judged == ready->unsorted); /* nothing is worked out when a score is chosen */
  g_assert_true (taken->curve == ready->curve);
  g_assert_true (limen_curve_is_of (taken->curve, taken->detector));
  g_assert_cmpmem (taken->order[LIMEN_SET_UNSORTED], 17 * sizeof (guint32),
                   ready->order[LIMEN_SET_UNSORTED], 17 * sizeof (guint32));
  g_assert_cmpuint (judged->scores->n, ==, 17);
  const LimenDetector *detector = detector_of (&bench.world);
  g_assert_cmpuint (judged->n_ranks, ==, detector->normal->n + detector->validation->n);
  limen_bench_session_choose (bench.bench, LIKELIHOOD);
  rest (&bench);
  judged = limen_detector_session_unsorted (bench.world.session);
  g_assert_true (judged->scores == experiment_of (&bench.world)->scores[LIMEN_SET_UNSORTED]);
  end_bench (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#undef ADD
#define ADD(name) g_test_add_func ("/bench-session/" #name, test_##name)
  ADD (it_works_only_when_shown_or_chosen);
  ADD (unsorted_images_are_scored);
  ADD (it_waits_for_a_flow_and_images);
  ADD (other_images_another_flow_another_split_are_worked_out_anew);
  ADD (no_split_is_lost_in_a_hurry);
  ADD (a_choice_changes_the_page);
  ADD (the_likelihood_brings_back_the_halves);
  ADD (the_way_back_can_be_cancelled);
  ADD (a_threshold_by_hand_is_not_taken_to_another_unit);
  ADD (a_threshold_by_hand_outlives_another_split);
  ADD (undo_brings_back_the_score);
  ADD (undo_to_nothing_leaves_nothing);
  ADD (a_vae_adds_its_scores);
  ADD (a_vae_that_does_not_fit_takes_its_scores_away);
  ADD (two_models_at_once_are_both_read);
  ADD (what_can_not_be_read_leaves_what_was_there);
  ADD (a_vae_comes_with_its_flow);
  ADD (cancelled_work_begins_again_when_it_is_looked_at);
  ADD (cancelled_reading_starts_nothing);
  ADD (where_a_choice_is_cancelled_the_page_goes_on_with_what_it_has);
  ADD (a_page_that_is_closed_while_it_works_ends);
  ADD (too_few_images_are_told);
  return g_test_run ();
}
