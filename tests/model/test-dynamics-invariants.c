/* What a method keeps, and how it loses the rest. */
#include "model/game-reference.h"
#include "model/random-dynamics.h"

/* The reference's invariants are of the game with the players' parts exchanged. */
static LimenPayoff
transposed_game (void)
{
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  for (guint i = 0; i < 9; i++)
    game.m[i] = -game.m[i];
  return game;
}

static double
kl_of (const LimenDynamics *d)
{
  return limen_dynamics_invariant (d, third, third).kl;
}

/* -- the replicator flow -- */

/* Over time, how Σ KL wanders about its mean, and how it drifts */
typedef struct {
  double start, least, most, end, drift, spread;
} Course;

/* @drift: the slope by least squares, times the length of the run; @spread: standard deviation */
static Course
follow_kl (LimenDynamics *d, guint64 n_steps)
{
  Course course = {kl_of (d), INFINITY, -INFINITY, 0, 0, 0};
  double n = (double)n_steps, st = 0, sv = 0, stt = 0, stv = 0, svv = 0;
  for (guint64 k = 1; k <= n_steps; k++) {
    limen_dynamics_step (d);
    double kl = kl_of (d), t = (double)k / n, v = kl - course.start;
    course.least = fmin (course.least, kl);
    course.most = fmax (course.most, kl);
    st += t;
    sv += v;
    stt += t * t;
    stv += t * v;
    svv += v * v;
  }
  course.end = kl_of (d);
  course.drift = (stv - st * sv / n) / (stt - st * st / n);
  course.spread = sqrt (svv / n - sv * sv / (n * n));
  return course;
}

static Course
follow_replicator (guint start, LimenIntegrator integrator, double step, guint64 n_steps)
{
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  LimenDynamics d =
      start_method (&game, LIMEN_REPLICATOR, step, starts[start][0], starts[start][1]);
  d.integrator = integrator;
  return follow_kl (&d, n_steps);
}

static void
test_verlet_keeps_divergence (void)
{
  for (guint start = 0; start < 2; start++) {
    Course c = follow_replicator (start, LIMEN_INTEGRATOR_VERLET, 0.05, 20000);
    g_test_message ("S%u: %.6f, from %.3g below to %.3g above, spread %.3g, drift %.3g", start + 1,
                    c.start, c.start - c.least, c.most - c.start, c.spread, c.drift);
    g_assert_cmpfloat (c.most - c.start, <, 1e-4);
    g_assert_cmpfloat (c.start - c.least, <, 1e-4);
    g_assert_cmpfloat (c.spread, >, 1e-7);
    g_assert_cmpfloat (fabs (c.drift), <, c.spread / 5);
  }
}

/* With half the step, a quarter of the error: the method is of second order. */
static void
test_verlet_is_of_second_order (void)
{
  Course whole = follow_replicator (1, LIMEN_INTEGRATOR_VERLET, 0.1, 4000);
  Course half = follow_replicator (1, LIMEN_INTEGRATOR_VERLET, 0.05, 8000);
  assert_near ((whole.most - whole.least) / (half.most - half.least), 4, 0.2);
}

static void
test_other_integrators_lose_divergence (void)
{
  for (guint start = 0; start < 2; start++) {
    Course euler = follow_replicator (start, LIMEN_INTEGRATOR_EULER, 0.05, 2000);
    g_assert_cmpfloat (euler.least, >=, euler.start);
    g_assert_cmpfloat (euler.end, >, 2 * euler.start);
    Course runge_kutta = follow_replicator (start, LIMEN_INTEGRATOR_RUNGE_KUTTA, 0.2, 20000);
    g_assert_cmpfloat (fabs (runge_kutta.drift), >, runge_kutta.spread); /* all of it is drift */
  }
}

static void
test_divergences_meet_the_reference (void)
{
  static const struct {
    LimenMethod method;
    LimenIntegrator integrator;
    const char *name;
  } row[] = {{LIMEN_REPLICATOR, LIMEN_INTEGRATOR_RUNGE_KUTTA, "replicator_rk4"},
             {LIMEN_REPLICATOR, LIMEN_INTEGRATOR_VERLET, "replicator_verlet"},
             {LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS, 0, "alt_mwu"},
             {LIMEN_MULTIPLICATIVE_WEIGHTS, 0, "mwu"},
             {LIMEN_REPLICATOR, LIMEN_INTEGRATOR_EULER, "replicator_euler"},
             {LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS, 0, "omwu"}};
  g_autoptr (JsonNode) root = load_reference ("reference/games/games_ref.json");
  LimenPayoff game = transposed_game ();
  for (guint i = 0; root && i < 2 * G_N_ELEMENTS (row); i++) {
    g_autofree char *path = g_strdup_printf ("facts|invariants|S%u|%s_KL_min_max_end_n1000",
                                             i % 2 + 1, row[i / 2].name);
    double expected[3];
    LimenDynamics d =
        start_method (&game, row[i / 2].method, 0.1, starts[i % 2][0], starts[i % 2][1]);
    d.integrator = row[i / 2].integrator;
    Course c = follow_kl (&d, 1000);
    read_vector (root, path, 3, expected);
    assert_near (fmin (c.least, c.start), expected[0], 1e-10);
    assert_near (fmax (c.most, c.start), expected[1], 1e-10);
    assert_near (c.end, expected[2], 1e-10);
  }
}

/* -- multiplicative weights -- */

/* log of Σ x exp (−η M y), and of Σ y exp (η Mᵀx) */
static double
log_sums (const LimenDynamics *d)
{
  double gx[3], gy[3], a = 0, b = 0;
  limen_payoff_of_a (&d->payoff, d->y, gx);
  limen_payoff_for_b (&d->payoff, d->x, gy);
  for (guint i = 0; i < 3; i++) {
    a += d->x[i] * exp (-d->step * gx[i]);
    b += d->y[i] * exp (d->step * gy[i]);
  }
  return log (a) + log (b);
}

/* Each step adds log Z_A + log Z_B ≥ 0, in every game, about an interior solution. */
static void
test_multiplicative_weights_go_away (void)
{
  for (guint round = 0; round < 2; round++) {
    LimenPayoff game = builtin_game (limen_payoff_names ()[round]);
    double x[3], y[3];
    g_assert_true (limen_payoff_interior (&game, x, y));
    LimenDynamics d =
        start_method (&game, LIMEN_MULTIPLICATIVE_WEIGHTS, 0, starts[1][0], starts[1][1]);
    for (guint k = 0; k < 500; k++) {
      double before = limen_dynamics_invariant (&d, x, y).kl, growth = log_sums (&d);
      limen_dynamics_step (&d);
      g_assert_cmpfloat (growth, >=, -1e-15);
      assert_near (limen_dynamics_invariant (&d, x, y).kl - before, growth, 1e-13);
    }
  }
}

static void
test_first_growth_meets_the_reference (void)
{
  g_autoptr (JsonNode) root = load_reference ("reference/games/games_ref.json");
  LimenPayoff game = transposed_game ();
  for (guint start = 0; root && start < 2; start++) {
    g_autofree char *path = g_strdup_printf ("facts|invariants|S%u", start + 1);
    JsonNode *facts = find_member (root, path);
    LimenDynamics d =
        start_method (&game, LIMEN_MULTIPLICATIVE_WEIGHTS, 0.1, starts[start][0], starts[start][1]);
    double before = kl_of (&d);
    assert_near (before, read_number (facts, "KL0"), 1e-15);
    assert_near (log_sums (&d), read_number (facts, "mwu_logZ_sum_step1"), 1e-15);
    limen_dynamics_step (&d);
    assert_near (kl_of (&d) - before, read_number (facts, "mwu_dKL_step1"), 1e-14);
  }
}

/* -- alternating GDA -- */

static void
test_alternating_keeps_energy (void)
{
  for (guint round = 0; round < 4; round++) {
    LimenPayoff game = builtin_game (limen_payoff_names ()[round / 2]);
    double x[3], y[3];
    g_assert_true (limen_payoff_interior (&game, x, y));
    LimenDynamics d =
        start_method (&game, LIMEN_ALTERNATING_GDA, 0, starts[round % 2][0], starts[round % 2][1]);
    d.projected = FALSE;
    double first = limen_dynamics_invariant (&d, x, y).energy, worst = 0;
    for (guint k = 0; k < 20000; k++) {
      limen_dynamics_step (&d);
      worst = fmax (worst, fabs (limen_dynamics_invariant (&d, x, y).energy - first));
    }
    g_test_message ("at most %.2g off", worst);
    g_assert_cmpfloat (worst, <, 1e-12);
  }
}

/* Let n = x̃ − x' be what a projection takes away of the step from x to x̃. Then the energy changes
 * by −n·(x − x*) − n·(x' − x*). At the edge x'_i = 0 that is −c (2 x*_i − x_i) with c > 0: a fall,
 * as long as a step cannot bring a player there from beyond x_i = 2 x*_i. */
static void
test_projection_takes_energy_away (void)
{
  LimenRandom random = limen_random_stream (1, "energy", 0);
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  guint n_touched = 0;
  for (guint round = 0; round < 1000; round++) {
    double x[3], y[3], step = 0.01 + 0.3 * limen_random_uniform (&random);
    random_strategy (&random, 3, x);
    random_strategy (&random, 3, y);
    LimenDynamics d = start_method (&game, LIMEN_ALTERNATING_GDA, step, x, y);
    for (guint k = 0; k < 200; k++) {
      double before = limen_dynamics_invariant (&d, third, third).energy;
      limen_dynamics_step (&d);
      double change = limen_dynamics_invariant (&d, third, third).energy - before;
      n_touched += (guint)d.touched;
      g_assert_cmpfloat (change, <=, 1e-15);
      if (!d.touched)
        g_assert_cmpfloat (change, >=, -1e-15);
    }
  }
  g_assert_cmpuint (n_touched, >, 1000);
}

/* -- the anchored methods' theorems -- */

/* ‖F‖² ≤ 260 R² ‖z₀ − z*‖²/(k + 1)² of EAG-C with α = 1/(8 R), and 27 R² ‖z₀ − z*‖²/((k + 1)(k +
 * 2)) of EAG-V with α₀ = 0.618/R (Yoon and Ryu, 2021, theorems 1 and 2); here ‖F‖² = 3 distance².
 */
static void
test_anchored_methods_keep_their_bounds (void)
{
  g_autoptr (JsonNode) root = load_reference ("reference/games/games_ref.json");
  LimenPayoff game = transposed_game ();
  for (guint round = 0; round < 4; round++) {
    gboolean varying = round % 2;
    LimenDynamics d = start_method (&game, varying ? LIMEN_EAG_V : LIMEN_EAG_C, 0,
                                    starts[round / 2][0], starts[round / 2][1]);
    d.projected = FALSE;
    double first = limen_dynamics_invariant (&d, third, third).distance;
    for (guint k = 1; k <= 1000; k++) {
      limen_dynamics_step (&d);
      double distance = limen_dynamics_invariant (&d, third, third).distance;
      double square = 3 * distance * distance;
      double bound =
          3 * first * first * (varying ? 27 / ((k + 1.0) * (k + 2)) : 260 / ((k + 1.0) * (k + 1)));
      g_assert_cmpfloat (square, <=, bound);
      if (root && (k == 1 || k == 10 || k == 100 || k == 1000)) {
        g_autofree char *path = g_strdup_printf ("facts|anchored_sq_grad_norm|S%u|%u|eag_%c",
                                                 round / 2 + 1, k, varying ? 'v' : 'c');
        assert_near (square, read_number (root, path), 1e-12);
      }
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/invariants/verlet-keeps-divergence", test_verlet_keeps_divergence);
  g_test_add_func ("/invariants/verlet-is-of-second-order", test_verlet_is_of_second_order);
  g_test_add_func ("/invariants/other-integrators-lose-divergence",
                   test_other_integrators_lose_divergence);
  g_test_add_func ("/invariants/divergences-meet-the-reference",
                   test_divergences_meet_the_reference);
  g_test_add_func ("/invariants/multiplicative-weights-go-away",
                   test_multiplicative_weights_go_away);
  g_test_add_func ("/invariants/first-growth-meets-the-reference",
                   test_first_growth_meets_the_reference);
  g_test_add_func ("/invariants/alternating-keeps-energy", test_alternating_keeps_energy);
  g_test_add_func ("/invariants/projection-takes-energy-away", test_projection_takes_energy_away);
  g_test_add_func ("/invariants/anchored-methods-keep-their-bounds",
                   test_anchored_methods_keep_their_bounds);
  return g_test_run ();
}
