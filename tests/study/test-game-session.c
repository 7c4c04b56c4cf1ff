/* The Game page's session, without a window: its states, files and words. */
#include "tests/study/game-world.h"

#include <math.h>
#include <string.h>

/* -- states -- */

static void
test_it_begins_with_a_new_state (void)
{
  Study study;
  g_auto (LimenGameState) state = limen_game_state_new ();
  begin (&study);
  g_assert_true (limen_game_state_equal (limen_game_session_state (study.session), &state));
  g_assert_cmpfloat (limen_game_session_solution (study.session)->value, ==, 0);
  g_assert_cmpuint (limen_game_session_run (study.session)->k, ==, 0);
  end (&study);
}

static void
test_the_same_state_says_nothing (void)
{
  Study study;
  begin (&study);
  LimenGameState same = *limen_game_session_state (study.session);
  limen_game_session_advance (study.session, 5, 1000);
  heard_assert (&study.heard, "run-changed");
  g_assert_true (limen_game_session_set (study.session, &same));
  heard_assert (&study.heard, "");
  g_assert_cmpuint (limen_game_session_run (study.session)->k, ==, 5);
  end (&study);
}

static void
test_a_point_begins_run_and_race_anew (void)
{
  const double corner[] = {0, 0, 1};
  Study study;
  begin (&study);
  limen_game_session_advance (study.session, 5, 1000);
  heard_assert (&study.heard, "run-changed");
  g_auto (LimenGameState) next =
      limen_game_state_with_point (limen_game_session_state (study.session), FALSE, corner);
  g_assert_true (limen_game_session_set (study.session, &next));
  heard_assert (&study.heard, "points-changed run-changed");
  const LimenDynamics *run = limen_game_session_run (study.session);
  g_assert_cmpuint (run->k, ==, 0);
  g_assert_cmpmem (run->x, sizeof corner, corner, sizeof corner);
  wait_for_race (&study);
  heard_assert (&study.heard, "race-changed");
  end (&study);
}

static void
test_what_is_asked_leaves_the_run (void)
{
  Study study;
  begin (&study);
  limen_game_session_advance (study.session, 5, 1000);
  heard_assert (&study.heard, "run-changed");
  g_auto (LimenGameState) next =
      limen_game_state_with_answered (limen_game_session_state (study.session), TRUE);
  limen_game_session_set (study.session, &next);
  heard_assert (&study.heard, "points-changed");
  g_assert_cmpuint (limen_game_session_run (study.session)->k, ==, 5);
  end (&study);
}

static void
test_view_and_speed_leave_the_run (void)
{
  Study study;
  begin (&study);
  limen_game_session_advance (study.session, 5, 1000);
  LimenGameState next = *limen_game_session_state (study.session);
  heard_assert (&study.heard, "run-changed");
  next.view.field = FALSE;
  limen_game_session_set (study.session, &next);
  heard_assert (&study.heard, "settings-changed");
  next.settings.speed = 600;
  limen_game_session_set (study.session, &next);
  heard_assert (&study.heard, "settings-changed");
  g_assert_cmpuint (limen_game_session_run (study.session)->k, ==, 5);
  end (&study);
}

static void
test_a_method_begins_anew (void)
{
  Study study;
  begin (&study);
  const LimenGameState *state = limen_game_session_state (study.session);
  LimenGameSettings settings = state->settings;
  settings.method = LIMEN_REPLICATOR;
  settings.integrator = LIMEN_INTEGRATOR_RUNGE_KUTTA;
  g_auto (LimenGameState) next = limen_game_state_with_settings (state, &settings);
  limen_game_session_set (study.session, &next);
  heard_assert (&study.heard, "settings-changed run-changed");
  const LimenDynamics *run = limen_game_session_run (study.session);
  g_assert_cmpint (run->method, ==, LIMEN_REPLICATOR);
  g_assert_cmpint (run->integrator, ==, LIMEN_INTEGRATOR_RUNGE_KUTTA);
  g_assert_cmpfloat (run->step, ==, next.settings.step);
  end (&study);
}

static void
test_payoffs_are_solved (void)
{
  g_autoptr (LimenOrigin) origin = limen_origin_new (NULL, "your own payoffs");
  LimenPayoff payoff = {.rows = 2, .columns = 2, .m = {3, 1, 1, 2}}; /* value 5/3 */
  Study study;
  begin (&study);
  g_auto (LimenGameState) next =
      limen_game_state_with_payoff (limen_game_session_state (study.session), &payoff, origin);
  g_assert_true (limen_game_session_set (study.session, &next));
  heard_assert (&study.heard, "game-changed settings-changed points-changed run-changed");
  g_assert_cmpfloat_with_epsilon (limen_game_session_solution (study.session)->value, 5.0 / 3,
                                  1e-12);
  end (&study);
}

static void
test_a_refused_step_leaves_what_was (void)
{
  Study study;
  begin (&study);
  LimenGameState before = *limen_game_session_state (study.session), next = before;
  limen_game_session_advance (study.session, 5, 1000);
  heard_assert (&study.heard, "run-changed");
  next.settings.step = -1;
  g_assert_false (limen_game_session_set (study.session, &next));
  heard_assert (&study.heard, "settings-changed"); /* for the row that showed it */
  heard_assert_notice (&study.heard, (const char *[]){"step", NULL});
  g_assert_true (limen_game_state_equal (limen_game_session_state (study.session), &before));
  g_assert_cmpuint (limen_game_session_run (study.session)->k, ==, 5);
  end (&study);
}

static void
test_refused_payoffs_leave_what_was (void)
{
  g_autoptr (LimenOrigin) origin = limen_origin_new (NULL, "too large");
  Study study;
  begin (&study);
  LimenGameState before = *limen_game_session_state (study.session);
  LimenPayoff payoff = before.payoff;
  const LimenSolution *solution = limen_game_session_solution (study.session);
  payoff.m[4] = NAN;
  g_auto (LimenGameState) next = limen_game_state_with_payoff (&before, &payoff, origin);
  g_assert_false (limen_game_session_set (study.session, &next));
  g_assert_true (limen_game_state_equal (limen_game_session_state (study.session), &before));
  g_assert_true (limen_game_session_solution (study.session) == solution);
  g_assert_cmpuint (study.heard.notices->len, ==, 1);
  end (&study);
}

/* -- files -- */

static void
test_a_file_is_opened (void)
{
  const char text[] = ",left,right\nup,3,1\ndown,1,2\n";
  char *path = write_lone_file ("payoffs.csv", text, -1);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  Study study;
  begin (&study);
  limen_game_session_open (study.session, path);
  heard_assert (&study.heard, "game-changed settings-changed points-changed run-changed");
  heard_assert_no_notice (&study.heard);
  const LimenGameState *state = limen_game_session_state (study.session);
  g_assert_cmpuint (state->payoff.rows, ==, 2);
  g_assert_cmpfloat (state->payoff.m[0], ==, 3);
  g_assert_cmpstr (state->payoff.column_name[1], ==, "right");
  g_assert_cmpstr (state->origin->name, ==, "payoffs.csv");
  g_assert_cmpstr (state->origin->paths[0], ==, path);
  g_assert_null (state->origin->paths[1]);
  g_assert_cmpstr (g_hash_table_lookup (state->origin->sha256, path), ==, hash);
  end (&study);
  remove_lone_file (path);
}

static void
test_what_was_guessed_of_a_file_is_told (void)
{
  char *path = write_lone_file ("komma.csv", "1,5;0\n0;2,5\n", -1);
  Study study;
  begin (&study);
  limen_game_session_open (study.session, path);
  heard_assert_notice (&study.heard, (const char *[]){"komma.csv", "decimal commas", NULL});
  g_assert_cmpfloat (limen_game_session_state (study.session)->payoff.m[0], ==, 1.5);
  end (&study);
  remove_lone_file (path);
}

static void
test_refused_files_leave_what_was (void)
{
  const struct {
    const char *text, *told;
  } cases[] = {{"1,2\n3,four\n", "four"}, {"1,2\n3\n", "row"}, {"", "refused.csv"}};
  Study study;
  begin (&study);
  LimenGameState before = *limen_game_session_state (study.session);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    char *path = write_lone_file ("refused.csv", cases[i].text, -1);
    limen_game_session_open (study.session, path);
    heard_assert_notice (&study.heard, (const char *[]){"refused.csv", cases[i].told, NULL});
    remove_lone_file (path);
  }
  limen_game_session_open (study.session, "/nowhere/gone.csv");
  heard_assert_notice (&study.heard, (const char *[]){"gone.csv", NULL});
  heard_assert (&study.heard, "");
  g_assert_true (limen_game_state_equal (limen_game_session_state (study.session), &before));
  end (&study);
}

static void
test_the_second_of_two_files_is_there_in_the_end (void)
{
  char *first = write_lone_file ("first.csv", "1,2\n3,4\n", -1);
  char *second = write_lone_file ("second.csv", "0,5\n5,0\n", -1);
  Study study;
  begin (&study);
  limen_game_session_open (study.session, first);
  limen_game_session_open (study.session, second);
  g_assert_cmpstr (limen_game_session_state (study.session)->origin->name, ==, "second.csv");
  g_assert_cmpfloat (limen_game_session_run (study.session)->payoff.m[1], ==, 5);
  end (&study);
  remove_lone_file (first);
  remove_lone_file (second);
}

/* -- words -- */

static void
test_the_sentence_follows_the_hand (void)
{
  const double centre[] = {1.0 / 3, 1.0 / 3, 1.0 / 3};
  Study study;
  LimenColour colour;
  begin (&study);
  g_autofree char *bold = NULL, *saddle_bold = NULL;
  g_autofree char *away = limen_game_session_sentence (study.session, &bold, &colour);
  g_assert_true (g_str_has_prefix (away, "From here"));
  g_auto (LimenGameState) a =
      limen_game_state_with_point (limen_game_session_state (study.session), FALSE, centre);
  g_auto (LimenGameState) next = limen_game_state_with_point (&a, TRUE, centre);
  limen_game_session_set (study.session, &next);
  g_autofree char *saddle = limen_game_session_sentence (study.session, &saddle_bold, &colour);
  g_assert_nonnull (strstr (saddle, "saddle point"));
  g_assert_cmpstr (saddle_bold, ==, "saddle point");
  g_assert_cmpint (colour, ==, LIMEN_COLOUR_HAND);
  g_assert_cmpfloat_with_epsilon (limen_game_session_hand (study.session).exploit.gap, 0, 1e-12);
  end (&study);
}

/* Sentence and numbers are of where the method is, and of the points in hand once it is back. */
static void
test_what_is_said_follows_the_method (void)
{
  Study study;
  LimenColour colour;
  begin (&study);
  g_autofree char *bold = NULL, *bold_again = NULL;
  g_autofree char *before = limen_game_session_sentence (study.session, &bold_again, &colour);
  limen_game_session_advance (study.session, 7, 60000);
  limen_game_session_advance (study.session, 13, 60000);
  limen_game_session_look (study.session);
  const LimenDynamics *run = limen_game_session_run (study.session);
  LimenGameHand hand = limen_game_session_hand (study.session);
  LimenExploit there = limen_exploit (&run->payoff, run->x, run->y);
  g_autofree char *said = limen_game_session_sentence (study.session, &bold, &colour);
  g_assert_cmpuint (hand.k, ==, 20);
  g_assert_cmpfloat (hand.exploit.gap, ==, there.gap);
  g_assert_true (g_str_has_prefix (said, "At iteration 20 "));
  limen_game_session_reset (study.session);
  g_clear_pointer (&bold, g_free);
  g_autofree char *after = limen_game_session_sentence (study.session, &bold, &colour);
  g_assert_cmpstr (after, ==, before);
  end (&study);
}

/* A method moves both: then nobody is held at the uniform point. */
static void
test_a_method_moves_a_frozen_player (void)
{
  Study study;
  begin (&study);
  g_auto (LimenGameState) frozen =
      limen_game_state_with_frozen (limen_game_session_state (study.session), TRUE);
  limen_game_session_set (study.session, &frozen);
  g_assert_true (limen_game_session_hand (study.session).frozen);
  limen_game_session_advance (study.session, 1, 60000);
  limen_game_session_look (study.session);
  LimenGameHand hand = limen_game_session_hand (study.session);
  g_autofree char *words = limen_game_say (LIMEN_SAY_ANSWER, &hand);
  g_assert_false (hand.frozen);
  g_assert_true (g_str_has_prefix (words, "The method moves both players now."));
  end (&study);
}

static void
test_what_is_no_session_is_refused (void)
{
  g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*assertion*");
  g_assert_null (limen_game_session_state (NULL));
  g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*assertion*");
  g_autoptr (LimenGameSession) session = limen_game_session_new ();
  g_assert_false (limen_game_session_set (session, NULL));
  g_test_assert_expected_messages ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func ("/game-session/" name, function)
  TEST ("begins-with-a-new-state", test_it_begins_with_a_new_state);
  TEST ("same-state-says-nothing", test_the_same_state_says_nothing);
  TEST ("a-point-begins-anew", test_a_point_begins_run_and_race_anew);
  TEST ("what-is-asked-leaves-the-run", test_what_is_asked_leaves_the_run);
  TEST ("view-and-speed-leave-the-run", test_view_and_speed_leave_the_run);
  TEST ("a-method-begins-anew", test_a_method_begins_anew);
  TEST ("payoffs-are-solved", test_payoffs_are_solved);
  TEST ("refused-step", test_a_refused_step_leaves_what_was);
  TEST ("refused-payoffs", test_refused_payoffs_leave_what_was);
  TEST ("file", test_a_file_is_opened);
  TEST ("what-was-guessed-is-told", test_what_was_guessed_of_a_file_is_told);
  TEST ("refused-files", test_refused_files_leave_what_was);
  TEST ("second-of-two-files", test_the_second_of_two_files_is_there_in_the_end);
  TEST ("sentence", test_the_sentence_follows_the_hand);
  TEST ("said-follows-method", test_what_is_said_follows_the_method);
  TEST ("a-method-moves-a-frozen-player", test_a_method_moves_a_frozen_player);
  TEST ("preconditions", test_what_is_no_session_is_refused);
  return g_test_run ();
}
