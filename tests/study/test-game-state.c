/* What the Game page is set to, as a value. */
#include "ui/study/game/state.h"

#include <string.h>

static LimenPayoff
payoff_of (guint rows, guint columns, double scale)
{
  LimenPayoff payoff = {.rows = rows, .columns = columns};
  for (guint i = 0; i < rows * columns; i++)
    payoff.m[i] = scale * ((double)i - 3) / 5;
  return payoff;
}

static LimenGameState
with_payoff (const LimenGameState *state, const LimenPayoff *payoff)
{
  g_autoptr (LimenOrigin) origin = limen_origin_new (NULL, "made up");
  return limen_game_state_with_payoff (state, payoff, origin);
}

static void
assert_on_simplex (const double *p, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++) {
    g_assert_cmpfloat (p[i], >=, 0);
    sum += p[i];
  }
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-12);
  for (guint i = n; i < LIMEN_GAME_MOST; i++)
    g_assert_cmpfloat (p[i], ==, 0);
}

static void
test_a_new_state_is_rock_paper_scissors (void)
{
  g_auto (LimenGameState) state = limen_game_state_new ();
  g_assert_cmpstr (state.origin->name, ==, "rock paper scissors");
  g_assert_null (state.origin->paths[0]);
  g_assert_true (limen_game_state_has_triangles (&state));
  g_assert_cmpstr (state.payoff.row_name[0], ==, "rock");
  g_assert_false (state.frozen || state.answered);
  for (int b = 0; b < 2; b++)
    assert_on_simplex (state.point[b], 3);
}

static void
test_two_new_states_are_equal (void)
{
  g_auto (LimenGameState) one = limen_game_state_new (), other = limen_game_state_new ();
  g_assert_true (limen_game_state_equal (&one, &other));
  g_assert_cmpint (limen_game_state_changes (&one, &other), ==, 0);
}

/* Each setter, once, and what it is given is as it was: nothing is shared. */
static void
test_setters_leave_what_they_are_given (void)
{
  const double p[] = {1, 0, 0};
  g_auto (LimenGameState) state = limen_game_state_new ();
  const LimenGameState before = state;
  LimenGameSettings settings = state.settings;
  LimenGameView view = state.view;
  LimenPayoff payoff = payoff_of (2, 4, 3);
  settings.method = LIMEN_REPLICATOR;
  view.field = FALSE;
  LimenGameState made[] = {with_payoff (&state, &payoff),
                           limen_game_state_with_point (&state, FALSE, p),
                           limen_game_state_with_frozen (&state, TRUE),
                           limen_game_state_with_answered (&state, TRUE),
                           limen_game_state_with_settings (&state, &settings),
                           limen_game_state_with_view (&state, &view)};
  for (guint i = 0; i < G_N_ELEMENTS (made); i++) {
    g_assert_true (limen_game_state_equal (&state, &before));
    g_assert_false (limen_game_state_equal (&state, &made[i]));
    limen_game_state_clear (&made[i]);
  }
}

static void
test_a_point_moves_to_the_simplex (void)
{
  const double outside[] = {3, 1, -2};
  g_auto (LimenGameState) state = limen_game_state_new ();
  g_auto (LimenGameState) next = limen_game_state_with_point (&state, FALSE, outside);
  assert_on_simplex (next.point[0], 3);
  g_assert_cmpfloat (next.point[0][0], ==, 1); /* the nearest corner */
}

static void
test_one_point_moves_alone (void)
{
  const double corner[] = {0, 1, 0};
  g_auto (LimenGameState) state = limen_game_state_new ();
  for (int b = 0; b < 2; b++) {
    g_auto (LimenGameState) next = limen_game_state_with_point (&state, b, corner);
    g_assert_cmpmem (next.point[!b], sizeof corner, state.point[!b], sizeof corner);
    g_assert_cmpmem (next.point[b], sizeof corner, corner, sizeof corner);
  }
}

static void
test_freezing_puts_b_at_the_uniform_point (void)
{
  g_auto (LimenGameState) state = limen_game_state_new ();
  g_auto (LimenGameState) frozen = limen_game_state_with_frozen (&state, TRUE);
  for (guint j = 0; j < 3; j++)
    g_assert_cmpfloat (frozen.point[1][j], ==, 1.0 / 3);
  g_assert_cmpmem (frozen.point[0], sizeof state.point[0], state.point[0], sizeof state.point[0]);
}

/* Also where it was frozen twice, and after A has moved */
static void
test_thawing_brings_back_the_point_of_b (void)
{
  const double corner[] = {0, 1, 0};
  g_auto (LimenGameState) state = limen_game_state_new ();
  g_auto (LimenGameState) frozen = limen_game_state_with_frozen (&state, TRUE);
  g_auto (LimenGameState) again = limen_game_state_with_frozen (&frozen, TRUE);
  g_auto (LimenGameState) thawed = limen_game_state_with_frozen (&again, FALSE);
  g_assert_true (limen_game_state_equal (&state, &thawed));
  g_auto (LimenGameState) moved = limen_game_state_with_point (&frozen, FALSE, corner);
  g_auto (LimenGameState) later = limen_game_state_with_frozen (&moved, FALSE);
  g_assert_cmpmem (later.point[1], sizeof state.point[1], state.point[1], sizeof state.point[1]);
  g_assert_cmpmem (later.point[0], sizeof corner, corner, sizeof corner);
  g_auto (LimenGameState) same = limen_game_state_with_frozen (&state, FALSE);
  g_assert_true (limen_game_state_equal (&state, &same)); /* what is not frozen does not thaw */
}

static void
test_a_frozen_point_stays (void)
{
  const double corner[] = {0, 1, 0};
  g_auto (LimenGameState) state = limen_game_state_new ();
  g_auto (LimenGameState) frozen = limen_game_state_with_frozen (&state, TRUE);
  g_auto (LimenGameState) b = limen_game_state_with_point (&frozen, TRUE, corner);
  g_auto (LimenGameState) a = limen_game_state_with_point (&frozen, FALSE, corner);
  g_assert_true (limen_game_state_equal (&frozen, &b));
  g_assert_cmpfloat (a.point[0][1], ==, 1);
}

static void
test_payoffs_of_the_same_size_keep_the_points (void)
{
  g_auto (LimenGameState) new = limen_game_state_new ();
  g_auto (LimenGameState) state = limen_game_state_with_frozen (&new, TRUE);
  LimenPayoff payoff = payoff_of (3, 3, 1);
  g_auto (LimenGameState) next = with_payoff (&state, &payoff);
  g_assert_cmpmem (next.point, sizeof next.point, state.point, sizeof state.point);
  g_assert_true (next.frozen);
  g_assert_cmpstr (next.origin->name, ==, "made up");
}

static void
test_payoffs_of_another_size_begin_anew (void)
{
  const guint sizes[][2] = {{2, 4}, {3, 2}, {1, 1}, {LIMEN_GAME_MOST, LIMEN_GAME_MOST}};
  g_auto (LimenGameState) new = limen_game_state_new ();
  g_auto (LimenGameState) frozen = limen_game_state_with_frozen (&new, TRUE);
  g_auto (LimenGameState) state = limen_game_state_with_answered (&frozen, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    LimenPayoff payoff = payoff_of (sizes[i][0], sizes[i][1], 1);
    g_auto (LimenGameState) next = with_payoff (&state, &payoff);
    g_assert_false (next.frozen || next.answered);
    g_assert_false (limen_game_state_has_triangles (&next));
    assert_on_simplex (next.point[0], sizes[i][0]);
    assert_on_simplex (next.point[1], sizes[i][1]);
  }
}

/* By another way to the same: nothing of the larger game is left behind. */
static void
test_a_way_over_a_larger_game_leaves_nothing (void)
{
  g_auto (LimenGameState) state = limen_game_state_new ();
  LimenPayoff small = payoff_of (2, 2, 1), large = payoff_of (9, 8, 1);
  g_auto (LimenGameState) straight = with_payoff (&state, &small),
                          way = with_payoff (&state, &large);
  g_auto (LimenGameState) over = with_payoff (&way, &small);
  over.settings.step = straight.settings.step;
  g_assert_true (limen_game_state_equal (&straight, &over));
}

static void
test_larger_payoffs_have_a_smaller_step (void)
{
  g_auto (LimenGameState) state = limen_game_state_new ();
  LimenPayoff payoff = state.payoff;
  for (guint i = 0; i < 9; i++)
    payoff.m[i] *= 100;
  g_auto (LimenGameState) next = with_payoff (&state, &payoff);
  g_assert_cmpfloat_with_epsilon (next.settings.step, state.settings.step / 100, 1e-12);
}

static void
test_payoffs_as_large_keep_the_step (void)
{
  g_auto (LimenGameState) state = limen_game_state_new ();
  LimenPayoff payoff = state.payoff;
  state.settings.step = 0.123;
  payoff.m[0] = 0.5;
  g_auto (LimenGameState) next = with_payoff (&state, &payoff);
  g_assert_cmpfloat (next.settings.step, ==, 0.123);
}

static void
test_another_method_has_its_usual_step_and_strip (void)
{
  g_auto (LimenGameState) state = limen_game_state_new ();
  for (LimenMethod method = 0; method < LIMEN_N_METHODS; method++) {
    LimenGameSettings settings = state.settings;
    settings.method = method;
    settings.step = 0.0123;
    g_auto (LimenGameState) next = limen_game_state_with_settings (&state, &settings);
    if (method == state.settings.method)
      continue;
    g_assert_cmpfloat (next.settings.step, ==, limen_method_default_step (method, &state.payoff));
    g_assert_cmpint (next.view.kept, ==,
                     limen_method_weighs (method) ? LIMEN_KEPT_KL : LIMEN_KEPT_ENERGY);
  }
}

static void
test_the_same_method_keeps_step_and_strip (void)
{
  g_auto (LimenGameState) state = limen_game_state_new ();
  LimenGameSettings settings = state.settings;
  state.view.kept = LIMEN_KEPT_KL;
  settings.step = 0.0123;
  g_auto (LimenGameState) next = limen_game_state_with_settings (&state, &settings);
  g_assert_cmpfloat (next.settings.step, ==, 0.0123);
  g_assert_cmpint (next.view.kept, ==, LIMEN_KEPT_KL);
}

#define RUNS (LIMEN_GAME_CHANGED_RUN | LIMEN_GAME_CHANGED_RACE)

/* What follows from which field: all of them, so that none is forgotten. */
static void
test_every_field_is_a_change_of_its_own (void)
{
  g_autoptr (LimenOrigin) other = limen_origin_new (NULL, "other");
  g_auto (LimenGameState) state = limen_game_state_new ();
  struct {
    LimenGameState state;
    int changes;
  } made[21];
  guint n = 0;
#define MADE(change, flags)                                                                        \
  {                                                                                                \
    LimenGameState s = state;                                                                      \
    change;                                                                                        \
    made[n].state = s;                                                                             \
    made[n++].changes = flags;                                                                     \
  }
  MADE (s.origin = other, LIMEN_GAME_CHANGED_PAYOFF)
  MADE (s.payoff.m[8] = 0.25, LIMEN_GAME_CHANGED_PAYOFF | RUNS)
  MADE (s.payoff.row_name[1][0] = 'x', LIMEN_GAME_CHANGED_PAYOFF | RUNS)
  MADE (s.payoff.column_name[2][0] = 'x', LIMEN_GAME_CHANGED_PAYOFF | RUNS)
  MADE (s.point[0][1] += 0.125, LIMEN_GAME_CHANGED_HAND | RUNS)
  MADE (s.point[1][2] += 0.125, LIMEN_GAME_CHANGED_HAND | RUNS)
  MADE (s.frozen = TRUE, LIMEN_GAME_CHANGED_HAND)
  MADE (s.thawed[1] = 0.5, LIMEN_GAME_CHANGED_HAND)
  MADE (s.answered = TRUE, LIMEN_GAME_CHANGED_HAND)
  MADE (s.settings.method = LIMEN_LOOKAHEAD, LIMEN_GAME_CHANGED_SETTINGS | RUNS)
  MADE (s.settings.integrator = LIMEN_INTEGRATOR_EULER, LIMEN_GAME_CHANGED_SETTINGS | RUNS)
  MADE (s.settings.step *= 2, LIMEN_GAME_CHANGED_SETTINGS | RUNS)
  MADE (s.settings.speed = 0, LIMEN_GAME_CHANGED_SETTINGS)
  MADE (s.settings.beside[0] = LIMEN_N_METHODS,
        LIMEN_GAME_CHANGED_SETTINGS | LIMEN_GAME_CHANGED_RACE)
  MADE (s.settings.beside[2] = LIMEN_EAG_C, LIMEN_GAME_CHANGED_SETTINGS | LIMEN_GAME_CHANGED_RACE)
  MADE (s.settings.iterations = 7, LIMEN_GAME_CHANGED_SETTINGS | LIMEN_GAME_CHANGED_RACE)
  MADE (s.view.field = FALSE, LIMEN_GAME_CHANGED_VIEW)
  MADE (s.view.by_gradients = TRUE, LIMEN_GAME_CHANGED_VIEW)
  MADE (s.view.measure = LIMEN_MEASURE_DISTANCE, LIMEN_GAME_CHANGED_VIEW)
  MADE (s.view.kept = LIMEN_KEPT_KL, LIMEN_GAME_CHANGED_VIEW)
  MADE (s.view.certificate = TRUE, LIMEN_GAME_CHANGED_VIEW)
#undef MADE
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (made));
  for (guint i = 0; i < n; i++) {
    g_test_message ("field %u", i);
    g_assert_cmpint (limen_game_state_changes (&state, &made[i].state), ==, made[i].changes);
    g_assert_cmpint (limen_game_state_changes (&made[i].state, &state), ==, made[i].changes);
    g_assert_false (limen_game_state_equal (&state, &made[i].state));
  }
}

static void
test_what_is_no_state_is_refused (void)
{
  g_test_expect_message ("limen", G_LOG_LEVEL_CRITICAL, "*assertion*");
  g_auto (LimenGameState) none = limen_game_state_with_frozen (NULL, TRUE);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (none.payoff.rows, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func ("/game-state/" name, function)
  TEST ("new-is-rock-paper-scissors", test_a_new_state_is_rock_paper_scissors);
  TEST ("two-new-are-equal", test_two_new_states_are_equal);
  TEST ("setters-leave-what-they-are-given", test_setters_leave_what_they_are_given);
  TEST ("a-point-moves-to-the-simplex", test_a_point_moves_to_the_simplex);
  TEST ("one-point-moves-alone", test_one_point_moves_alone);
  TEST ("freezing-is-uniform", test_freezing_puts_b_at_the_uniform_point);
  TEST ("thawing-brings-back", test_thawing_brings_back_the_point_of_b);
  TEST ("a-frozen-point-stays", test_a_frozen_point_stays);
  TEST ("same-size-keeps-points", test_payoffs_of_the_same_size_keep_the_points);
  TEST ("another-size-begins-anew", test_payoffs_of_another_size_begin_anew);
  TEST ("larger-game-leaves-nothing", test_a_way_over_a_larger_game_leaves_nothing);
  TEST ("larger-payoffs-smaller-step", test_larger_payoffs_have_a_smaller_step);
  TEST ("as-large-keeps-step", test_payoffs_as_large_keep_the_step);
  TEST ("another-method", test_another_method_has_its_usual_step_and_strip);
  TEST ("same-method", test_the_same_method_keeps_step_and_strip);
  TEST ("every-field", test_every_field_is_a_change_of_its_own);
  TEST ("preconditions", test_what_is_no_state_is_refused);
  return g_test_run ();
}
