/* What pictures of the Game page show, and its animation. */
#include "ui/study/ending.h"
#include "tests/study/heard.h"
#include "ui/study/game/animation.h"
#include "ui/study/game/shown.h"

#include <glib/gstdio.h>
#include <string.h>

static LimenGameSession *
session_of (const char *table)
{
  LimenGameSession *session = limen_game_session_new ();
  if (table) {
    char *path = write_lone_file ("payoffs.csv", table, -1);
    limen_game_session_open (session, path);
    remove_lone_file (path);
  }
  return session;
}

static void
set_view (LimenGameSession *session, LimenGameView view)
{
  g_auto (LimenGameState) next =
      limen_game_state_with_view (limen_game_session_state (session), &view);
  g_assert_true (limen_game_session_set (session, &next));
}

static void
test_three_strategies_are_triangles (void)
{
  g_autoptr (LimenGameSession) session = session_of (NULL);
  LimenGameShown shown;
  limen_game_shown_fill (&shown, session);
  const LimenSolution *solution = limen_game_session_solution (session);
  g_assert_true (shown.has_triangles);
  for (int b = 0; b < 2; b++) {
    g_assert_true (shown.triangle[b].p == shown.point[b]);
    g_assert_true (shown.triangle[b].other == shown.now[!b]);
    g_assert_cmpint (shown.triangle[b].is_b, ==, b);
    g_assert_true (shown.triangle[b].solution == (b ? solution->b : solution->a));
    g_assert_cmpuint (shown.triangle[b].n_trails, ==, 0); /* one place is no trail */
  }
  g_assert_cmpstr (shown.triangle[1].title, ==, "Player B");
}

static void
test_other_games_are_mixes (void)
{
  g_autoptr (LimenGameSession) session = session_of (",left,right\nup,3,1\ndown,1,2\n");
  LimenGameShown shown;
  limen_game_shown_fill (&shown, session);
  g_assert_false (shown.has_triangles);
  g_assert_cmpuint (shown.mix[0].n, ==, 2);
  g_assert_cmpstr (shown.mix[0].name[1], ==, "down");
  g_assert_cmpstr (shown.mix[1].name[0], ==, "left");
  /* p_A = (3/4, 1/4), p_B = (1/4, 3/4): B gets (5/2, 5/4) of its two, A gives (3/2, 7/4) */
  g_assert_cmpfloat (shown.mix[1].points[0], ==, 2.5);
  g_assert_cmpfloat (shown.mix[1].points[1], ==, 1.25);
  g_assert_cmpuint (shown.mix[1].best, ==, 1);
  g_assert_cmpfloat (shown.mix[0].points[0], ==, -1.5);
  g_assert_cmpfloat (shown.mix[0].points[1], ==, -1.75);
  g_assert_cmpuint (shown.mix[0].best, ==, 1);
}

/* Where all of a player's strategies earn the same, none is named the best; of several, each is. */
static void
test_ties_have_no_best (void)
{
  g_autoptr (LimenGameSession) tied = session_of ("3,3\n3,3\n");
  g_autoptr (LimenGameSession) two = session_of ("2,2,0\n2,2,0\n");
  LimenGameShown shown;
  limen_game_shown_fill (&shown, tied);
  g_assert_cmpuint (shown.mix[0].best, ==, 0);
  g_assert_cmpuint (shown.mix[1].best, ==, 0);
  limen_game_shown_fill (&shown, two);
  g_assert_cmpuint (shown.mix[0].best, ==, 0);
  g_assert_cmpuint (shown.mix[1].best, ==, 3);
}

static void
test_an_average_comes_with_the_first_step (void)
{
  g_autoptr (LimenGameSession) session = session_of (NULL);
  LimenGameShown shown;
  limen_game_shown_fill (&shown, session);
  g_assert_null (shown.triangle[0].average);
  limen_game_session_advance (session, 2, 60000);
  limen_game_shown_fill (&shown, session);
  g_assert_true (shown.triangle[0].average == shown.average[0]);
  g_assert_cmpuint (shown.trail[1].n, ==, 3);
  g_assert_cmpuint (shown.triangle[1].n_trails, ==, 1);
  double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
  limen_dynamics_average (limen_game_session_run (session), x, y);
  g_assert_cmpmem (shown.average[1], 3 * sizeof *y, y, 3 * sizeof *y);
  g_assert_cmpfloat (shown.race.k, ==, 2);
}

static void
test_an_answer_changes_the_map_of_a_alone (void)
{
  g_autoptr (LimenGameSession) session = session_of (NULL);
  g_auto (LimenGameState) next =
      limen_game_state_with_answered (limen_game_session_state (session), TRUE);
  LimenGameShown shown;
  limen_game_shown_fill (&shown, session);
  g_assert_cmpint (shown.triangle[0].map, ==, LIMEN_MAP_PAYOFF);
  limen_game_session_set (session, &next);
  limen_game_shown_fill (&shown, session);
  g_assert_cmpint (shown.triangle[0].map, ==, LIMEN_MAP_EXPLOITABILITY);
  g_assert_cmpint (shown.triangle[1].map, ==, LIMEN_MAP_PAYOFF);
}

static void
test_the_view_is_followed (void)
{
  g_autoptr (LimenGameSession) session = session_of (NULL);
  LimenGameShown shown;
  for (int on = 0; on < 2; on++) {
    set_view (session, (LimenGameView){.field = on,
                                       .by_gradients = !on,
                                       .measure = on ? LIMEN_MEASURE_GAP : LIMEN_MEASURE_DISTANCE,
                                       .kept = on ? LIMEN_KEPT_ENERGY : LIMEN_KEPT_KL});
    limen_game_shown_fill (&shown, session);
    g_assert_cmpint (shown.triangle[0].arrows, ==, on);
    g_assert_cmpint (shown.triangle[1].streamlines, ==, on);
    g_assert_cmpint (shown.race.by_gradients, ==, !on);
    g_assert_cmpint (shown.race.measure, ==, on ? LIMEN_MEASURE_GAP : LIMEN_MEASURE_DISTANCE);
    g_assert_cmpint (shown.kept, ==, on ? LIMEN_KEPT_ENERGY : LIMEN_KEPT_KL);
  }
}

static void
test_the_field_is_that_of_the_method (void)
{
  g_autoptr (LimenGameSession) session = session_of (NULL);
  LimenGameState next = *limen_game_session_state (session);
  LimenGameShown shown;
  limen_game_shown_fill (&shown, session);
  g_assert_false (shown.triangle[0].replicator);
  next.settings.method = LIMEN_REPLICATOR;
  limen_game_session_set (session, &next);
  limen_game_shown_fill (&shown, session);
  g_assert_true (shown.triangle[0].replicator);
}

static void
test_the_bar_is_full_at_twice_the_largest_payoff (void)
{
  g_autoptr (LimenGameSession) session = session_of ("0,7\n-3,0\n");
  LimenGameShown shown;
  limen_game_shown_fill (&shown, session);
  g_assert_cmpfloat (limen_game_shown_bar_scale (&shown), ==, 14);
  g_assert_cmpfloat (shown.exploit.gap, ==, limen_game_session_hand (session).exploit.gap);
}

static void
test_a_copy_lives_on (void)
{
  LimenGameSession *session = session_of (NULL);
  limen_game_session_advance (session, 10, 60000);
  LimenGameShown shown;
  limen_game_shown_fill (&shown, session);
  g_autofree double *trail = g_memdup2 (shown.trail[0].p, 33 * sizeof (double));
  LimenGameShown *copy = limen_game_shown_copy (session);
  g_object_unref (session);
  g_assert_cmpuint (copy->trail[0].n, ==, 11);
  g_assert_cmpmem (copy->trail[0].p, 33 * sizeof (double), trail, 33 * sizeof (double));
  g_assert_true (copy->triangle[0].trail == &copy->trail[0]);
  g_assert_true (copy->triangle[0].payoff == &copy->payoff);
  g_assert_cmpfloat (copy->triangle[1].solution[2], ==, 1.0 / 3);
  limen_game_shown_free (copy);
}

static void
count_cb (guint *count)
{
  ++*count;
}

/* Numbers that are read change a few times a second, and the last of them are shown in the end. */
static void
test_moments_are_few_and_the_last_comes (void)
{
  g_autoptr (LimenGameSession) session = session_of (NULL);
  guint moments = 0;
  g_signal_connect_swapped (session, "moment-changed", G_CALLBACK (count_cb), &moments);
  for (guint i = 0; i < 50; i++)
    limen_game_session_advance (session, 1, 60000);
  g_assert_cmpuint (moments, <, 5);
  while (limen_game_session_hand (session).k != 50)
    g_main_context_iteration (NULL, TRUE);
}

/* -- the animation -- */

typedef struct {
  gboolean is_done;
  GBytes *path;
  GError *error;
} Told;

static void
animated_cb (gpointer result, const GError *error, gpointer owner)
{
  Told *told = g_object_get_data (owner, "told");
  *told = (Told){TRUE, result, error ? g_error_copy (error) : NULL};
}

/* A big-endian number of a chunk of a PNG */
static guint32
chunk_number (const char *bytes, gsize n, const char *chunk, gsize offset)
{
  const char *at = memmem (bytes, n, chunk, 4);
  guint32 number;
  g_assert_nonnull (at);
  memcpy (&number, at + 4 + offset, sizeof number);
  return GUINT32_FROM_BE (number);
}

static void
test_an_animation_has_its_frames (void)
{
  g_autoptr (LimenGameSession) session = session_of (NULL);
  char *path = write_lone_file ("moves.png", "", 0);
  g_autofree char *bytes = NULL;
  gsize n;
  Told told = {0};
  const LimenGameAnimation how = {LIMEN_ANIMATION_PNG, 640, 3, 0};
  g_object_set_data (G_OBJECT (session), "told", &told);
  g_autoptr (LimenJob) job =
      limen_game_animate (session, &how, LIMEN_SCHEME_LIGHT, path, animated_cb, session);
  while (!told.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (told.error);
  g_assert_cmpmem (g_bytes_get_data (told.path, NULL), g_bytes_get_size (told.path), path,
                   strlen (path));
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  g_assert_cmpuint (chunk_number (bytes, n, "acTL", 0), ==, 37); /* 12.5 a second */
  g_assert_cmpuint (chunk_number (bytes, n, "IHDR", 0), ==, 640);
  g_assert_nonnull (memmem (bytes, n, "extragradient plays rock paper scissors", 39));
  g_assert_nonnull (memmem (bytes, n, "After 300 iterations of extragradient", 37));
  g_assert_cmpuint (limen_game_session_run (session)->k, ==, 0); /* the run is no part of it */
  g_bytes_unref (told.path);
  remove_lone_file (path);
}

/* As it is offered: a GIF of no more than 3 MB, also of the method whose trail is the longest */
static void
test_the_usual_animation_is_small (void)
{
  g_autoptr (LimenGameSession) session = session_of (NULL);
  LimenGameState next = *limen_game_session_state (session);
  char *path = write_lone_file ("moves.gif", "", 0);
  g_autofree char *bytes = NULL;
  gsize n;
  Told told = {0};
  const LimenGameAnimation how = limen_game_animation_usual ();
  next.settings.method = LIMEN_MULTIPLICATIVE_WEIGHTS;
  limen_game_session_set (session, &next);
  limen_game_session_advance (session, 3000, 60000);
  g_object_set_data (G_OBJECT (session), "told", &told);
  g_autoptr (LimenJob) job =
      limen_game_animate (session, &how, LIMEN_SCHEME_DARK, path, animated_cb, session);
  while (!told.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (told.error);
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  g_assert_cmpmem (bytes, 6, "GIF89a", 6);
  g_assert_cmpuint (n, >, 100000);
  g_assert_cmpuint (n, <=, 3000000);
  g_bytes_unref (told.path);
  remove_lone_file (path);
}

static void
test_a_cancelled_animation_leaves_no_file (void)
{
  g_autoptr (LimenGameSession) session = session_of (NULL);
  char *path = write_lone_file ("moves.png", "", 0);
  Told told = {0};
  const LimenGameAnimation how = limen_game_animation_usual ();
  g_unlink (path);
  g_object_set_data (G_OBJECT (session), "told", &told);
  g_autoptr (LimenJob) job =
      limen_game_animate (session, &how, LIMEN_SCHEME_LIGHT, path, animated_cb, session);
  limen_job_cancel (job);
  while (!told.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (told.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_error (&told.error);
  remove_lone_file (path);
}

static void
test_a_game_without_triangles_does_not_move (void)
{
  g_autoptr (LimenGameSession) session = session_of ("0,7\n-3,0\n");
  const LimenGameAnimation how = limen_game_animation_usual ();
  g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*has_triangles*");
  g_assert_null (limen_game_animate (session, &how, LIMEN_SCHEME_LIGHT, "x", animated_cb, session));
  g_test_assert_expected_messages ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func ("/game-shown/" name, function)
  TEST ("triangles", test_three_strategies_are_triangles);
  TEST ("mixes", test_other_games_are_mixes);
  TEST ("ties", test_ties_have_no_best);
  TEST ("average", test_an_average_comes_with_the_first_step);
  TEST ("answer", test_an_answer_changes_the_map_of_a_alone);
  TEST ("view", test_the_view_is_followed);
  TEST ("field", test_the_field_is_that_of_the_method);
  TEST ("bar", test_the_bar_is_full_at_twice_the_largest_payoff);
  TEST ("copy", test_a_copy_lives_on);
  TEST ("moments", test_moments_are_few_and_the_last_comes);
  TEST ("animation", test_an_animation_has_its_frames);
  TEST ("animation-usual", test_the_usual_animation_is_small);
  TEST ("animation-cancelled", test_a_cancelled_animation_leaves_no_file);
  TEST ("animation-needs-triangles", test_a_game_without_triangles_does_not_move);
  int failed = g_test_run ();
  limen_ending_wait ();
  return failed;
}
