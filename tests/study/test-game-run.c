/* The Game page's session, without a window: how methods race and run. */
#include "tests/study/game-world.h"

#include <math.h>
#include <string.h>

static void
assert_same_curve (const LimenGameCurve *curve, const LimenGameState *state, LimenMethod method,
                   double step)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenSolution) solution = limen_solve (&state->payoff, &error);
  g_autofree LimenGameCurve *alone = g_new0 (LimenGameCurve, 1);
  LimenDynamics start;
  limen_dynamics_start (&start, &state->payoff, method, step, state->point[0], state->point[1],
                        &error);
  g_assert_no_error (error);
  start.integrator = state->settings.integrator;
  limen_game_curve_fill (alone, &start, solution, state->settings.iterations, 40, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (curve->method, ==, method);
  g_assert_cmpuint (curve->n, ==, alone->n);
  g_assert_cmpmem (curve->k, sizeof curve->k, alone->k, sizeof alone->k);
  g_assert_cmpmem (curve->gap, sizeof curve->gap, alone->gap, sizeof alone->gap);
  g_assert_cmpmem (curve->energy, sizeof curve->energy, alone->energy, sizeof alone->energy);
}

/* -- the race -- */

static void
test_a_race_is_that_of_the_model (void)
{
  Study study;
  guint n;
  begin (&study);
  const LimenGameState *state = limen_game_session_state (study.session);
  const LimenGameCurve *curves = limen_game_session_curves (study.session, &n);
  g_assert_cmpuint (n, ==, 4);
  assert_same_curve (&curves[0], state, state->settings.method, state->settings.step);
  for (guint i = 0; i < 3; i++)
    assert_same_curve (&curves[1 + i], state, state->settings.beside[i],
                       limen_method_default_step (state->settings.beside[i], &state->payoff));
  end (&study);
}

static void
test_nobody_and_the_same_do_not_race (void)
{
  Study study;
  guint n;
  begin (&study);
  LimenGameState next = *limen_game_session_state (study.session);
  next.settings.beside[0] = next.settings.method;
  next.settings.beside[1] = LIMEN_N_METHODS;
  next.settings.iterations = 50;
  limen_game_session_set (study.session, &next);
  wait_for_race (&study);
  const LimenGameCurve *curves = limen_game_session_curves (study.session, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (curves[1].method, ==, LIMEN_MULTIPLICATIVE_WEIGHTS);
  g_assert_cmpfloat (curves[0].k[curves[0].n - 1], ==, 50);
  end (&study);
}

/* While a point is dragged, races are shown as they are done, and in the end that of its last
 * place. */
static void
test_the_last_wish_is_the_last_race (void)
{
  Study study;
  guint n;
  begin (&study);
  LimenGameState next = *limen_game_session_state (study.session);
  next.settings.iterations = 20000;
  for (guint i = 1; i <= 20; i++) {
    const double p[] = {i / 20.0, 1 - i / 20.0, 0};
    memcpy (next.point[0], p, sizeof p);
    limen_game_session_set (study.session, &next);
  }
  g_string_truncate (study.heard.said, 0);
  wait_for_race (&study); /* of the first place */
  g_string_truncate (study.heard.said, 0);
  wait_for_race (&study);
  heard_assert (&study.heard, "race-changed"); /* of all the others one */
  const LimenGameCurve *curves = limen_game_session_curves (study.session, &n);
  assert_same_curve (&curves[0], &next, next.settings.method, next.settings.step);
  end (&study);
}

static void
test_a_session_may_end_while_its_race_runs (void)
{
  LimenGameSession *session = limen_game_session_new ();
  LimenGameState next = *limen_game_session_state (session);
  next.settings.iterations = 1000000;
  limen_game_session_set (session, &next);
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *)&session);
  g_object_unref (session);
  g_assert_null (session);
  limen_ending_wait ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* -- the run -- */

static void
test_a_run_is_that_of_the_model (void)
{
  LimenDynamics alone;
  Study study;
  gsize n;
  begin (&study);
  const LimenGameState *state = limen_game_session_state (study.session);
  limen_dynamics_start (&alone, &state->payoff, state->settings.method, state->settings.step,
                        state->point[0], state->point[1], NULL);
  limen_game_session_advance (study.session, 30, 60000);
  for (guint i = 0; i < 30; i++)
    limen_dynamics_step (&alone);
  const LimenDynamics *run = limen_game_session_run (study.session);
  g_assert_cmpuint (run->k, ==, 30);
  g_assert_cmpmem (run->x, sizeof run->x, alone.x, sizeof alone.x);
  const double *trail = limen_game_session_trail (study.session, TRUE, &n);
  g_assert_cmpuint (n, ==, 31);
  g_assert_cmpmem (trail, 3 * sizeof *trail, state->point[1], 3 * sizeof *trail);
  g_assert_cmpmem (trail + 90, 3 * sizeof *trail, alone.y, 3 * sizeof *trail);
  end (&study);
}

/* As far as it was told to, or as there is time. */
static void
test_a_run_ends_with_its_time (void)
{
  Study study;
  begin (&study);
  limen_game_session_advance (study.session, 3000, 600000);
  g_assert_cmpuint (limen_game_session_run (study.session)->k, ==, 3000);
  gint64 start = g_get_monotonic_time ();
  limen_game_session_advance (study.session, G_MAXUINT64, 20);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 20000);
  g_assert_cmpuint (limen_game_session_run (study.session)->k, >, 3000);
  end (&study);
}

static void
test_back_is_from_the_start_again (void)
{
  Study study;
  begin (&study);
  limen_game_session_advance (study.session, 7, 60000);
  LimenDynamics seventh = *limen_game_session_run (study.session);
  limen_game_session_advance (study.session, 20, 60000);
  limen_game_session_go_to (study.session, 7);
  g_assert_true (limen_game_session_rests (study.session));
  const LimenDynamics *run = limen_game_session_run (study.session);
  g_assert_cmpuint (run->k, ==, 7);
  g_assert_cmpmem (run->x, sizeof run->x, seventh.x, sizeof seventh.x);
  end (&study);
}

/* A long way takes several frames, and the trail stays short; how it began stays. */
static void
test_a_long_way_is_gone_frame_by_frame (void)
{
  Study study;
  guint frames = 0;
  gsize n;
  begin (&study);
  limen_game_session_go_to (study.session, 300000);
  for (; !limen_game_session_rests (study.session); frames++)
    limen_game_session_go_on (study.session);
  g_assert_cmpuint (frames, >, 0);
  g_assert_cmpuint (limen_game_session_run (study.session)->k, ==, 300000);
  limen_game_session_go_on (study.session);
  g_assert_cmpuint (limen_game_session_run (study.session)->k, ==, 300000);
  const double *trail = limen_game_session_trail (study.session, FALSE, &n);
  g_assert_cmpuint (n, <=, 20000);
  g_assert_cmpuint (n, >=, 10000);
  g_assert_cmpmem (trail, 3 * sizeof *trail, limen_game_session_state (study.session)->point[0],
                   3 * sizeof *trail);
  end (&study);
}

static void
test_reset_goes_back_to_the_points_in_hand (void)
{
  Study study;
  gsize n;
  begin (&study);
  limen_game_session_advance (study.session, 9, 60000);
  heard_assert (&study.heard, "run-changed");
  limen_game_session_reset (study.session);
  heard_assert (&study.heard, "run-changed");
  const LimenDynamics *run = limen_game_session_run (study.session);
  g_assert_cmpuint (run->k, ==, 0);
  g_assert_cmpfloat (run->y[2], ==, limen_game_session_state (study.session)->point[1][2]);
  limen_game_session_trail (study.session, FALSE, &n);
  g_assert_cmpuint (n, ==, 1);
  end (&study);
}

static void
test_without_triangles_there_is_no_trail (void)
{
  char *path = write_lone_file ("two.csv", "1,2\n3,4\n", -1);
  Study study;
  gsize n = 1;
  begin (&study);
  limen_game_session_open (study.session, path);
  limen_game_session_advance (study.session, 5, 60000);
  limen_game_session_trail (study.session, FALSE, &n);
  g_assert_cmpuint (n, ==, 0);
  end (&study);
  remove_lone_file (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func ("/game-run/" name, function)
  TEST ("race-is-that-of-the-model", test_a_race_is_that_of_the_model);
  TEST ("nobody-does-not-race", test_nobody_and_the_same_do_not_race);
  TEST ("last-wish-is-last-race", test_the_last_wish_is_the_last_race);
  TEST ("ends-while-its-race-runs", test_a_session_may_end_while_its_race_runs);
  TEST ("run-is-that-of-the-model", test_a_run_is_that_of_the_model);
  TEST ("run-ends-with-its-time", test_a_run_ends_with_its_time);
  TEST ("back-is-from-the-start", test_back_is_from_the_start_again);
  TEST ("a-long-way", test_a_long_way_is_gone_frame_by_frame);
  TEST ("reset", test_reset_goes_back_to_the_points_in_hand);
  TEST ("no-triangles-no-trail", test_without_triangles_there_is_no_trail);
  return g_test_run ();
}
