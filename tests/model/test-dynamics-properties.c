/* What holds for every method, game and start. */
#include "model/random-dynamics.h"

#include <string.h>

static void
assert_sound (const LimenDynamics *d, const char *what)
{
  double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
  limen_dynamics_average (d, x, y);
  assert_strategy (what, d->x, d->payoff.rows, 1e-12);
  assert_strategy (what, d->y, d->payoff.columns, 1e-12);
  assert_strategy (what, x, d->payoff.rows, 1e-12);
  assert_strategy (what, y, d->payoff.columns, 1e-12);
  LimenExploit exploit = limen_exploit (&d->payoff, d->x, d->y);
  g_assert_true (isfinite (exploit.gap) && exploit.gap >= 0);
}

static void
run_from (LimenRandom *random, const LimenPayoff *game, LimenMethod method, double step, guint k)
{
  double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
  random_strategy (random, game->rows, x);
  random_strategy (random, game->columns, y);
  LimenDynamics d = start_method (game, method, step, x, y);
  if (method == LIMEN_REPLICATOR)
    d.integrator = limen_random_below (random, 3);
  for (guint i = 0; i < k; i++) {
    limen_dynamics_step (&d);
    assert_sound (&d, limen_method_word (method));
  }
  g_assert_cmpuint (d.k, ==, k);
}

/* Steps of a tenth to ten times the default */
static void
test_iterates_are_strategies (void)
{
  LimenRandom random = limen_random_stream (1, "starts", 0);
  LimenPayoff fixed = builtin_game ("rock-paper-scissors");
  for (guint round = 0; round < 10000; round++) {
    LimenPayoff game = random_game (&random, 2 + limen_random_below (&random, 9),
                                    2 + limen_random_below (&random, 9));
    const LimenPayoff *played = round % 2 ? &game : &fixed;
    guint k = 1 + limen_random_below (&random, 50);
    double factor = pow (10, 2 * limen_random_uniform (&random) - 1);
    for (LimenMethod method = 0; method < LIMEN_N_METHODS; method++) {
      double step = limen_method_default_step (method, played) * factor;
      if (method != LIMEN_PROXIMAL_POINT || round % 10 < 2) /* it takes longer */
        run_from (&random, played, method, step, k);
    }
  }
}

/* Without projection weights may fall below 0, but their sum stays 1, of all games. */
static void
test_sums_stay (void)
{
  LimenRandom random = limen_random_stream (1, "sums", 0);
  for (guint round = 0; round < 300; round++) {
    LimenPayoff game = random_game (&random, 2 + limen_random_below (&random, 4),
                                    2 + limen_random_below (&random, 4));
    for (LimenMethod method = 0; method < LIMEN_N_METHODS; method++) {
      double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST], sum_x = 0, sum_y = 0, far = 1;
      random_strategy (&random, game.rows, x);
      random_strategy (&random, game.columns, y);
      LimenDynamics d = start_method (&game, method, 0, x, y);
      d.projected = FALSE;
      advance (&d, 30);
      for (guint i = 0; i < game.rows; i++) {
        sum_x += d.x[i];
        far = fmax (far, fabs (d.x[i]));
      }
      for (guint j = 0; j < game.columns; j++) {
        sum_y += d.y[j];
        far = fmax (far, fabs (d.y[j]));
      }
      assert_near (sum_x, 1, 1e-12 * far);
      assert_near (sum_y, 1, 1e-12 * far);
    }
  }
}

/* From corners, and from where a player never plays a strategy */
static void
test_starts_at_edges_and_corners (void)
{
  LimenRandom random = limen_random_stream (1, "edges", 0);
  LimenPayoff game = builtin_game ("biased-rock-paper-scissors");
  for (guint round = 0; round < 49 * LIMEN_N_METHODS; round++) {
    guint a = 1 + round % 7, b = 1 + round / 7 % 7; /* sets of strategies */
    double x[3], y[3];
    for (guint i = 0; i < 3; i++) {
      x[i] = a >> i & 1 ? 1.0 / __builtin_popcount (a) : 0;
      y[i] = b >> i & 1 ? 1.0 / __builtin_popcount (b) : 0;
    }
    LimenMethod method = round / 49;
    LimenDynamics d = start_method (&game, method, 0, x, y);
    d.integrator = limen_random_below (&random, 3);
    for (guint i = 0; i < 300; i++) {
      limen_dynamics_step (&d);
      assert_sound (&d, limen_method_word (method));
    }
    gboolean weighs = (method >= LIMEN_MULTIPLICATIVE_WEIGHTS && method <= LIMEN_REPLICATOR);
    for (guint i = 0; i < 3 && weighs; i++) { /* what is not played is never learned */
      g_assert_true ((d.x[i] > 0) <= (x[i] > 0));
      g_assert_true ((d.y[i] > 0) <= (y[i] > 0));
    }
  }
}

/* Up to the largest and smallest step that is taken at all */
static void
test_steps_of_any_size (void)
{
  LimenRandom random = limen_random_stream (1, "steps", 0);
  for (guint round = 0; round < 200 * LIMEN_N_METHODS; round++) {
    LimenMethod method = round % LIMEN_N_METHODS;
    LimenPayoff game = random_game (&random, 2 + limen_random_below (&random, 9),
                                    2 + limen_random_below (&random, 9));
    double scale = pow (10, 16 * limen_random_uniform (&random) - 8);
    for (guint i = 0; i < 100; i++)
      game.m[i] *= scale;
    double size = 12 * limen_random_uniform (&random) - 6;
    if (round < 4 * LIMEN_N_METHODS)
      size = round < 2 * LIMEN_N_METHODS ? 5.9999999 : -5.9999999;
    run_from (&random, &game, method, pow (10, size) / limen_payoff_largest (&game), 30);
  }
}

/* The recursion of EAG-V divides by 1 − R²α²: at R α = 1, far above what is proven, too, it goes
 * on. */
static void
test_eag_v_beyond_its_bound (void)
{
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  double norm = limen_payoff_norm (&game);
  const double step[] = {
      0.75 / norm, 0.9 / norm, 1 / norm, nextafter (1 / norm, 2), nextafter (1 / norm, 0),
      1.1 / norm,  10 / norm};
  for (guint i = 0; i < G_N_ELEMENTS (step); i++) {
    LimenDynamics d = start_method (&game, LIMEN_EAG_V, step[i], starts[1][0], starts[1][1]);
    for (guint k = 0; k < 1000; k++) {
      limen_dynamics_step (&d);
      assert_sound (&d, "eag-v");
    }
  }
}

/* A number added to all payoffs changes who wins by how much, and nothing else. */
static void
test_added_numbers_change_nothing (void)
{
  LimenRandom random = limen_random_stream (1, "added", 0);
  for (guint round = 0; round < 100 * LIMEN_N_METHODS; round++) {
    LimenMethod method = round / 100;
    LimenPayoff game = random_game (&random, 2 + limen_random_below (&random, 5),
                                    2 + limen_random_below (&random, 5));
    LimenPayoff added = game;
    double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
    random_strategy (&random, game.rows, x);
    random_strategy (&random, game.columns, y);
    for (guint i = 0; i < game.rows * game.columns; i++)
      added.m[i] += 16;
    double step = limen_method_default_step (method, &added);
    LimenDynamics a = start_method (&game, method, step, x, y);
    LimenDynamics b = start_method (&added, method, step, x, y);
    a.integrator = b.integrator = round % 3;
    a.projected = b.projected = round % 4 > 0;
    for (guint k = 0; k < 30; k++) {
      limen_dynamics_step (&a);
      limen_dynamics_step (&b);
      assert_all_near (a.x, b.x, game.rows, 1e-9);
      assert_all_near (a.y, b.y, game.columns, 1e-9);
    }
  }
}

/* Whose turn is first is all that tells the players apart: with −Mᵀ for M, their parts are
 * exchanged. */
static void
test_players_may_change_seats (void)
{
  LimenRandom random = limen_random_stream (1, "seats", 0);
  for (guint round = 0; round < 100 * LIMEN_N_METHODS; round++) {
    LimenMethod method = round / 100;
    guint n = 2 + limen_random_below (&random, 5), m = 2 + limen_random_below (&random, 5);
    LimenPayoff game = random_game (&random, n, m), other = {.rows = m, .columns = n};
    double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
    random_strategy (&random, n, x);
    random_strategy (&random, m, y);
    for (guint i = 0; i < n * m; i++)
      other.m[i % m * n + i / m] = -game.m[i];
    LimenDynamics a = start_method (&game, method, 0, x, y);
    LimenDynamics b = start_method (&other, method, 0, y, x);
    a.integrator = b.integrator = 1 + round % 2; /* Verlet moves A by halves */
    gboolean in_turn = method == LIMEN_ALTERNATING_GDA || method == LIMEN_NEGATIVE_MOMENTUM ||
                       method == LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS;
    for (guint k = 0; k < 30 && !in_turn; k++) {
      limen_dynamics_step (&a);
      limen_dynamics_step (&b);
      assert_all_near (a.x, b.y, n, 1e-9);
      assert_all_near (a.y, b.x, m, 1e-9);
    }
  }
}

/* A solution is where nothing moves, for methods that converge at all. */
static void
test_the_solution_stays (void)
{
  LimenPayoff game = builtin_game ("biased-rock-paper-scissors");
  double x[3], y[3];
  g_assert_true (limen_payoff_interior (&game, x, y));
  for (LimenMethod method = 0; method < LIMEN_N_METHODS; method++) {
    if (!limen_method_has_step (method))
      continue; /* plays are whole, and regrets of 0 are rounding */
    LimenDynamics d = start_method (&game, method, 0, x, y);
    advance (&d, 100);
    assert_all_near (d.x, x, 3, 1e-13);
    assert_all_near (d.y, y, 3, 1e-13);
    g_assert_false (d.touched);
  }
}

/* The mean of iterates 1 to k; before the first, the start. */
static void
test_average (void)
{
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  LimenDynamics d = start_method (&game, LIMEN_MIRROR_PROX, 0, starts[0][0], starts[0][1]);
  double x[3], y[3], sum_x[3] = {0}, sum_y[3] = {0};
  limen_dynamics_average (&d, x, y);
  assert_all_near (x, starts[0][0], 3, 0);
  assert_all_near (y, starts[0][1], 3, 0);
  for (guint k = 1; k <= 100; k++) {
    limen_dynamics_step (&d);
    limen_dynamics_average (&d, x, y);
    for (guint i = 0; i < 3; i++) {
      sum_x[i] += d.x[i];
      sum_y[i] += d.y[i];
      assert_near (x[i], sum_x[i] / k, 1e-15);
      assert_near (y[i], sum_y[i] / k, 1e-15);
    }
  }
}

/* A plain value: a copy goes on as the first does. */
static void
test_copies_go_on (void)
{
  LimenPayoff game = builtin_game ("biased-rock-paper-scissors");
  for (LimenMethod method = 0; method < LIMEN_N_METHODS; method++) {
    LimenDynamics a = start_method (&game, method, 0, starts[1][0], starts[1][1]);
    advance (&a, 17);
    LimenDynamics b = a;
    advance (&a, 50);
    advance (&b, 50);
    g_assert_cmpmem (a.x, sizeof a.x, b.x, sizeof b.x);
    g_assert_cmpmem (a.y, sizeof a.y, b.y, sizeof b.y);
  }
}

/* -- the field -- */

static double
sum_of (const double *v, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += v[i];
  return sum;
}

static double
largest_of (const double *v, guint n)
{
  double largest = 0;
  for (guint i = 0; i < n; i++)
    largest = fmax (largest, fabs (v[i]));
  return largest;
}

/* Within the simplex: nothing is lost or won in sum, and what is not played is not taken from. */
static void
assert_tangent (const double *p, const double *v, guint n)
{
  assert_near (sum_of (v, n), 0, 2e-7); /* rounding, over the 1e-7 that it looks ahead */
  for (guint i = 0; i < n; i++)
    if (p[i] == 0)
      g_assert_cmpfloat (v[i], >=, -2e-7);
}

static void
test_field_is_tangent (void)
{
  LimenRandom random = limen_random_stream (1, "field", 0);
  for (guint round = 0; round < 10000; round++) {
    double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST], vx[LIMEN_GAME_MOST], vy[LIMEN_GAME_MOST];
    LimenPayoff game = random_game (&random, 2 + limen_random_below (&random, 9),
                                    2 + limen_random_below (&random, 9));
    random_strategy (&random, game.rows, x);
    random_strategy (&random, game.columns, y);
    limen_game_field (&game, round % 2 == 0, x, y, vx, vy);
    assert_tangent (x, vx, game.rows);
    assert_tangent (y, vy, game.columns);
    /* neither player loses by following it */
    double gx[LIMEN_GAME_MOST], gy[LIMEN_GAME_MOST], a = 0, b = 0;
    limen_payoff_of_a (&game, y, gx);
    limen_payoff_for_b (&game, x, gy);
    for (guint i = 0; i < game.rows; i++)
      a += vx[i] * gx[i];
    for (guint j = 0; j < game.columns; j++)
      b += vy[j] * gy[j];
    g_assert_cmpfloat (a, <=, 1e-5);
    g_assert_cmpfloat (b, >=, -1e-5);
  }
}

/* A short step of simultaneous GDA, and of the replicator's weights, goes where the field points,
 * at edges, too. */
static void
test_field_is_where_steps_go (void)
{
  LimenRandom random = limen_random_stream (1, "steps go", 0);
  const double h = 1e-6;
  for (guint round = 0; round < 2000; round++) {
    gboolean replicator = round % 2 == 0;
    double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST], vx[LIMEN_GAME_MOST], vy[LIMEN_GAME_MOST];
    LimenPayoff game = random_game (&random, 3, 4);
    random_strategy (&random, 3, x);
    random_strategy (&random, 4, y);
    limen_game_field (&game, replicator, x, y, vx, vy);
    LimenDynamics d = start_method (
        &game, replicator ? LIMEN_MULTIPLICATIVE_WEIGHTS : LIMEN_SIMULTANEOUS_GDA, h, x, y);
    limen_dynamics_step (&d);
    for (guint i = 0; i < 3; i++)
      if (x[i] == 0 || x[i] > 1e-4)
        assert_near ((d.x[i] - x[i]) / h, vx[i], 1e-3);
    for (guint j = 0; j < 4; j++)
      if (y[j] == 0 || y[j] > 1e-4)
        assert_near ((d.y[j] - y[j]) / h, vy[j], 1e-3);
  }
}

static void
test_field_vanishes_at_the_solution (void)
{
  LimenPayoff game = builtin_game ("biased-rock-paper-scissors");
  double x[3], y[3], vx[3], vy[3];
  g_assert_true (limen_payoff_interior (&game, x, y));
  for (gboolean replicator = FALSE; replicator <= TRUE; replicator++) {
    limen_game_field (&game, replicator, x, y, vx, vy);
    g_assert_cmpfloat (largest_of (vx, 3), <=, 1e-8);
    g_assert_cmpfloat (largest_of (vy, 3), <=, 1e-8);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dynamics/iterates-are-strategies", test_iterates_are_strategies);
  g_test_add_func ("/dynamics/sums-stay", test_sums_stay);
  g_test_add_func ("/dynamics/edges-and-corners", test_starts_at_edges_and_corners);
  g_test_add_func ("/dynamics/steps-of-any-size", test_steps_of_any_size);
  g_test_add_func ("/dynamics/eag-v-beyond-its-bound", test_eag_v_beyond_its_bound);
  g_test_add_func ("/dynamics/added-numbers", test_added_numbers_change_nothing);
  g_test_add_func ("/dynamics/seats", test_players_may_change_seats);
  g_test_add_func ("/dynamics/the-solution-stays", test_the_solution_stays);
  g_test_add_func ("/dynamics/average", test_average);
  g_test_add_func ("/dynamics/copies-go-on", test_copies_go_on);
  g_test_add_func ("/dynamics/field/is-tangent", test_field_is_tangent);
  g_test_add_func ("/dynamics/field/is-where-steps-go", test_field_is_where_steps_go);
  g_test_add_func ("/dynamics/field/vanishes-at-the-solution", test_field_vanishes_at_the_solution);
  return g_test_run ();
}
