/* A VAE and no flow: the page judges by what the VAE tells. */
#include "tests/model/random-vae.h"
#include "tests/study/detector-world.h"
#include "ui/study/detector/bench-session.h"
#include "ui/study/detector/told.h"

typedef struct {
  World world;
  LimenBenchSession *bench;
  char *told, *vae;
} Alone;

static gboolean
is_at_rest (gpointer data)
{
  Alone *alone = data;
  return !limen_bench_session_busy (alone->bench, NULL) && is_idle (alone->world.session);
}

/* Images and a VAE of @n_pixels */
static void
begin_alone (Alone *alone, guint n_pixels)
{
  *alone = (Alone){.told = NULL};
  begin (&alone->world);
  alone->bench = limen_bench_session_new (alone->world.session);
  g_signal_connect (alone->bench, "notice", G_CALLBACK (keep_notice_cb), &alone->told);
  g_autoptr (LimenVae) vae = random_vae ((LimenVaeShape){n_pixels, 8, 8, 2}, 0, 1);
  alone->vae = g_build_filename (alone->world.folder, "vae.safetensors", NULL);
  g_assert_true (limen_vae_save (vae, alone->vae, LIMEN_NUMBER_F32, NULL));
  drop (&alone->world, LIMEN_N_SETS, alone->world.normal, alone->world.anomaly, NULL);
  wait_until (is_idle, alone->world.session);
  g_assert_null (limen_detector_session_analysis (alone->world.session));
  limen_bench_session_open (alone->bench, LIMEN_BENCH_VAE, alone->vae);
  wait_until (is_at_rest, alone);
}

static void
end_alone (Alone *alone)
{
  g_signal_handlers_disconnect_by_data (alone->bench, &alone->told);
  g_object_unref (alone->bench);
  g_unlink (alone->vae);
  g_free (alone->vae);
  g_free (alone->told);
  end (&alone->world);
}

static void
assert_judges_by (const Alone *alone, LimenScoreKind kind)
{
  g_assert_cmpint (limen_bench_session_chosen (alone->bench), ==, kind);
  g_assert_true (limen_detector_measure (detector_of (&alone->world)) ==
                 limen_score_measure (kind));
}

static void
test_the_page_judges_by_what_is_recommended (void)
{
  Alone alone;
  begin_alone (&alone, SIDE * SIDE);
  const LimenBenchResult *result = limen_bench_session_result (alone.bench);
  g_assert_nonnull (result);
  g_assert_null (alone.told);
  g_assert_false (limen_bench_result_has (result, LIMEN_SCORE_LOG_LIKELIHOOD));
  g_assert_true (limen_bench_result_has (result, LIMEN_SCORE_VAE_STATISTICS));
  assert_judges_by (&alone, limen_scorer_recommended (result->scorer));
  limen_bench_session_choose (alone.bench, LIMEN_SCORE_IWAE);
  assert_judges_by (&alone, LIMEN_SCORE_IWAE);
  g_auto (LimenTold) told = limen_detector_session_told (alone.world.session, NULL);
  end_alone (&alone);
}

static void
test_another_split_is_worked_out_anew (void)
{
  Alone alone;
  begin_alone (&alone, SIDE * SIDE);
  limen_bench_session_choose (alone.bench, LIMEN_SCORE_IWAE);
  limen_detector_session_resample (alone.world.session);
  wait_until (is_at_rest, &alone);
  g_assert_cmpuint (detector_of (&alone.world)->split.seed, ==,
                    state_of (&alone.world)->split.seed);
  assert_judges_by (&alone, LIMEN_SCORE_IWAE);
  end_alone (&alone);
}

static void
test_a_flow_that_comes_later_gives_the_rest (void)
{
  Alone alone;
  begin_alone (&alone, SIDE * SIDE);
  drop (&alone.world, LIMEN_N_SETS, alone.world.flow, NULL, NULL);
  wait_until (is_at_rest, &alone);
  g_assert_true (limen_bench_result_has (limen_bench_session_result (alone.bench),
                                         LIMEN_SCORE_LOG_LIKELIHOOD));
  end_alone (&alone);
}

static void
test_a_vae_of_other_images_is_told_and_judges_nothing (void)
{
  Alone alone;
  begin_alone (&alone, 9);
  g_assert_nonnull (alone.told);
  g_assert_null (limen_detector_session_analysis (alone.world.session));
  end_alone (&alone);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#undef ADD
#define ADD(name) g_test_add_func ("/vae-alone/" #name, test_##name)
  ADD (the_page_judges_by_what_is_recommended);
  ADD (another_split_is_worked_out_anew);
  ADD (a_flow_that_comes_later_gives_the_rest);
  ADD (a_vae_of_other_images_is_told_and_judges_nothing);
  return g_test_run ();
}
