#include "model/game-reference.h"
#include "model/random-dynamics.h"

#define REFERENCE "reference/games/games_ref.json"

/* -- names and steps -- */

static void
test_words (void)
{
  for (LimenMethod method = 0; method < LIMEN_N_METHODS; method++) {
    const char *word = limen_method_word (method);
    g_assert_cmpuint (limen_method_from_word (word), ==, method);
    g_assert_cmpuint (strlen (limen_method_title (method)), >, 0);
    g_assert_cmpuint (limen_method_gradients (method), >=, 1);
    g_assert_cmpfloat (limen_method_default_step (method, NULL), >, 0);
  }
  g_assert_cmpuint (limen_method_from_word ("sgd"), ==, LIMEN_N_METHODS);
}

/* Payoffs ten times as large, steps a tenth as long: the same run. */
static void
test_default_steps_do_not_know_the_unit_of_payoffs (void)
{
  LimenPayoff game = builtin_game ("rock-paper-scissors"), large = game;
  for (guint i = 0; i < 9; i++)
    large.m[i] *= 16;
  for (LimenMethod method = 0; method < LIMEN_N_METHODS; method++) {
    LimenDynamics a = start_method (&game, method, 0, starts[1][0], starts[1][1]);
    LimenDynamics b = start_method (&large, method, 0, starts[1][0], starts[1][1]);
    advance (&a, 20);
    advance (&b, 20);
    assert_all_near (a.x, b.x, 3, 1e-13);
    assert_all_near (a.y, b.y, 3, 1e-13);
  }
}

static void
test_bad_steps_are_refused (void)
{
  const double bad[] = {0, -0.1, NAN, INFINITY, 1e300, 1e-300};
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  LimenDynamics d;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (
        limen_dynamics_start (&d, &game, LIMEN_EXTRAGRADIENT, bad[i], third, third, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    assert_sentence (error, "step size");
  }
  g_autoptr (GError) error = NULL;
  game.m[3] = NAN;
  g_assert_false (limen_dynamics_start (&d, &game, LIMEN_EXTRAGRADIENT, 0.1, third, third, &error));
  assert_sentence (error, "row 2, column 1");
}

/* -- numpy's iterates -- */

typedef struct {
  const char *name;
  LimenMethod method;
  double step; /* 0: the default is meant */
  LimenIntegrator integrator;
  gboolean leaves[2]; /* whether the reference leaves the simplex, from S1 and from S2 */
} Row;

static const Row rows[] = {
    {"gda_sim_eta0.1", LIMEN_SIMULTANEOUS_GDA, 0.1, 0, {0, 0}},
    {"gda_sim_unprojected_eta0.1", LIMEN_SIMULTANEOUS_GDA, 0.1, 0, {1, 1}},
    {"gda_alt_eta0.1", LIMEN_ALTERNATING_GDA, 0.1, 0, {0, 0}},
    {"eg_eta0.1", LIMEN_EXTRAGRADIENT, 0.1, 0, {0, 0}},
    {"eg_etaopt_1/sqrt6", LIMEN_EXTRAGRADIENT, 0.40824829046386301637, 0, {0, 0}},
    {"ogda_eta0.1", LIMEN_OPTIMISTIC_GDA, 0.1, 0, {0, 0}},
    {"ogda_etaopt_1/(2sqrt3)", LIMEN_OPTIMISTIC_GDA, 0.28867513459481288225, 0, {0, 0}},
    {"ppm_eta0.1", LIMEN_PROXIMAL_POINT, 0.1, 0, {0, 1}},
    {"mwu_eta0.1", LIMEN_MULTIPLICATIVE_WEIGHTS, 0.1, 0, {0, 0}},
    {"mwu_alt_eta0.1", LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS, 0.1, 0, {0, 0}},
    {"omwu_eta0.1", LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS, 0.1, 0, {0, 0}},
    {"mirrorprox_eta0.1", LIMEN_MIRROR_PROX, 0.1, 0, {0, 0}},
    {"replicator_euler_h0.1", LIMEN_REPLICATOR, 0.1, LIMEN_INTEGRATOR_EULER, {0, 0}},
    {"replicator_rk4_h0.1", LIMEN_REPLICATOR, 0.1, LIMEN_INTEGRATOR_RUNGE_KUTTA, {0, 0}},
    {"replicator_verlet_h0.1", LIMEN_REPLICATOR, 0.1, LIMEN_INTEGRATOR_VERLET, {0, 0}},
    {"eag_c_alpha_1/(8sqrt3)", LIMEN_EAG_C, 0, 0, {0, 0}},
    {"eag_v_alpha0_0.618/sqrt3", LIMEN_EAG_V, 0, 0, {0, 0}},
    {"simgd_anchor_p0.6_gamma2", LIMEN_ANCHORED_SIMULTANEOUS_GDA, 0, 0, {0, 1}},
    {"rm_sim", LIMEN_REGRET_MATCHING, 0, 0, {0, 0}},
    {"rm_plus_sim", LIMEN_REGRET_MATCHING_PLUS, 0, 0, {0, 0}},
};

static void
assert_agrees (JsonNode *place, const char *member, double value, double tolerance)
{
  double expected = read_number (place, member);
  assert_near (value, expected, tolerance * (1 + fabs (expected)));
}

static void
assert_all_agree (JsonNode *place, const char *member, const double *value, double tolerance)
{
  double expected[3];
  read_vector (place, member, 3, expected);
  for (guint i = 0; i < 3; i++)
    assert_near (value[i], expected[i], tolerance * (1 + fabs (expected[i])));
}

static void
compare_place (JsonNode *place, const LimenDynamics *d, double tolerance)
{
  LimenInvariant kept = limen_dynamics_invariant (d, third, third);
  double x[3], y[3];
  limen_dynamics_average (d, x, y);
  assert_all_agree (place, "x", d->x, tolerance);
  assert_all_agree (place, "y", d->y, tolerance);
  assert_all_agree (place, "avg_x", x, tolerance);
  assert_all_agree (place, "avg_y", y, tolerance);
  assert_agrees (place, "gap", limen_exploit (&d->payoff, d->x, d->y).gap, tolerance);
  assert_agrees (place, "avg_gap", limen_exploit (&d->payoff, x, y).gap, tolerance);
  assert_agrees (place, "dist", kept.distance, tolerance);
  if (json_node_is_null (find_member (place, "klsum")))
    g_assert_true (isinf (kept.kl));
  else
    assert_agrees (place, "klsum", kept.kl, tolerance);
}

static void
test_iterates_meet_the_reference (void)
{
  g_autoptr (JsonNode) root = load_reference (REFERENCE);
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  for (guint i = 0; root && i < 2 * G_N_ELEMENTS (rows); i++) {
    const Row *row = &rows[i / 2];
    g_autofree char *path = g_strdup_printf ("iterates|points_for_B/S%u/%s", i % 2 + 1, row->name);
    JsonNode *run = find_member (root, path);
    LimenDynamics d =
        start_method (&game, row->method, row->step, starts[i % 2][0], starts[i % 2][1]);
    d.integrator = row->integrator;
    d.projected = !row->leaves[i % 2];
    gboolean unbounded = row->method == LIMEN_SIMULTANEOUS_GDA && !d.projected;
    g_test_message ("%s", path);
    for (guint k = 1; k <= 1000; k *= 10) {
      g_autofree char *member = g_strdup_printf ("%u", k);
      advance (&d, k);
      compare_place (find_member (run, member), &d, unbounded ? 1e-8 : 1e-10);
    }
  }
}

static void
compare_plays (JsonNode *run, LimenDynamics *d)
{
  for (guint k = 1; k <= 1000; k *= 10) {
    g_autofree char *member = g_strdup_printf ("%u", k);
    JsonNode *place = find_member (run, member);
    JsonArray *a = json_node_get_array (find_member (place, "counts_A"));
    JsonArray *b = json_node_get_array (find_member (place, "counts_B"));
    advance (d, k);
    for (guint i = 0; i < 3; i++) {
      g_assert_cmpfloat (d->x[i], ==, (double)json_array_get_int_element (a, i) / (k + 1));
      g_assert_cmpfloat (d->y[i], ==, (double)json_array_get_int_element (b, i) / (k + 1));
    }
    assert_agrees (place, "gap_float", limen_exploit (&d->payoff, d->x, d->y).gap, 1e-15);
  }
}

static void
test_fictitious_play_counts_as_the_reference (void)
{
  static const double rock[] = {1, 0, 0}, paper[] = {0, 1, 0};
  g_autoptr (JsonNode) root = load_reference (REFERENCE);
  if (!root)
    return;
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  LimenDynamics d = start_method (&game, LIMEN_FICTITIOUS_PLAY, 0, rock, rock);
  compare_plays (find_member (root, "iterates|points_for_B/fictitious_play_rock_vs_rock"), &d);
  d = start_method (&game, LIMEN_FICTITIOUS_PLAY, 0, rock, paper);
  compare_plays (find_member (root, "iterates|points_for_B/fictitious_play_rock_vs_paper"), &d);
}

/* -- methods without a row there, once more and slowly -- */

typedef struct {
  const LimenPayoff *game;
  guint n, m;
  double eta, x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST], x_before[LIMEN_GAME_MOST],
      y_before[LIMEN_GAME_MOST];
} Plain;

/* @v + @scale @g, projected by taking a share of all that is left until none is below 0 */
static void
plain_move (double *v, double scale, const double *g, guint n)
{
  gboolean out[LIMEN_GAME_MOST] = {0}, again = TRUE;
  for (guint i = 0; i < n; i++)
    v[i] += scale * g[i];
  while (again) {
    double sum = -1, left = 0;
    for (guint i = 0; i < n; i++)
      if (!out[i]) {
        sum += v[i];
        left++;
      }
    again = FALSE;
    for (guint i = 0; i < n; i++) {
      v[i] = out[i] ? 0 : v[i] - sum / left;
      if (v[i] < 0)
        out[i] = again = TRUE;
    }
  }
}

/* ½(‖ΠM y‖² + ‖ΠMᵀx‖²) = ½ of the squares of each player's differences to the mean */
static double
half_square (const Plain *p, const double *x, const double *y)
{
  double a[LIMEN_GAME_MOST], b[LIMEN_GAME_MOST], sum = 0, mean_a = 0, mean_b = 0;
  limen_payoff_of_a (p->game, y, a);
  limen_payoff_for_b (p->game, x, b);
  for (guint i = 0; i < p->n; i++)
    mean_a += a[i] / p->n;
  for (guint j = 0; j < p->m; j++)
    mean_b += b[j] / p->m;
  for (guint i = 0; i < p->n; i++)
    sum += (a[i] - mean_a) * (a[i] - mean_a) / 2;
  for (guint j = 0; j < p->m; j++)
    sum += (b[j] - mean_b) * (b[j] - mean_b) / 2;
  return sum;
}

/* Of a quadratic function, differences are derivatives. */
static double
slope_along (const Plain *p, double *z)
{
  double at = *z;
  *z = at + 1;
  double above = half_square (p, p->x, p->y);
  *z = at - 1;
  double below = half_square (p, p->x, p->y);
  *z = at;
  return (above - below) / 2;
}

static void
plain_consensus (Plain *p)
{
  double gx[LIMEN_GAME_MOST], gy[LIMEN_GAME_MOST], half = limen_payoff_half_range (p->game);
  limen_payoff_of_a (p->game, p->y, gx);
  limen_payoff_for_b (p->game, p->x, gy);
  for (guint i = 0; i < p->n; i++)
    gx[i] += slope_along (p, &p->x[i]) / half;
  for (guint j = 0; j < p->m; j++)
    gy[j] -= slope_along (p, &p->y[j]) / half;
  plain_move (p->x, -p->eta, gx, p->n);
  plain_move (p->y, p->eta, gy, p->m);
}

static void
plain_lookahead (Plain *p)
{
  Plain ahead = *p;
  for (guint round = 0; round < 5; round++) {
    double gx[LIMEN_GAME_MOST], gy[LIMEN_GAME_MOST];
    limen_payoff_of_a (p->game, ahead.y, gx);
    limen_payoff_for_b (p->game, ahead.x, gy);
    plain_move (ahead.x, -p->eta, gx, p->n);
    plain_move (ahead.y, p->eta, gy, p->m);
  }
  for (guint i = 0; i < p->n; i++)
    p->x[i] = (p->x[i] + ahead.x[i]) / 2;
  for (guint j = 0; j < p->m; j++)
    p->y[j] = (p->y[j] + ahead.y[j]) / 2;
}

/* z' = P(z ∓ η g − ½(z − z before)), A first */
static void
plain_negative_momentum (Plain *p)
{
  double g[LIMEN_GAME_MOST], z[LIMEN_GAME_MOST];
  limen_payoff_of_a (p->game, p->y, g);
  for (guint i = 0; i < p->n; i++)
    z[i] = p->x[i] - 0.5 * (p->x[i] - p->x_before[i]);
  plain_move (z, -p->eta, g, p->n);
  memcpy (p->x_before, p->x, sizeof z);
  memcpy (p->x, z, sizeof z);
  limen_payoff_for_b (p->game, p->x, g);
  for (guint j = 0; j < p->m; j++)
    z[j] = p->y[j] - 0.5 * (p->y[j] - p->y_before[j]);
  plain_move (z, p->eta, g, p->m);
  memcpy (p->y_before, p->y, sizeof z);
  memcpy (p->y, z, sizeof z);
}

static void
compare_with_plain (LimenMethod method, void (*step) (Plain *p))
{
  LimenRandom random = limen_random_stream (1, "plain", method);
  for (guint round = 0; round < 300; round++) {
    guint n = 2 + limen_random_below (&random, 5), m = 2 + limen_random_below (&random, 5);
    LimenPayoff game = random_game (&random, n, m);
    double eta = limen_method_default_step (method, &game) * 3 * limen_random_uniform (&random);
    Plain p = {.game = &game, .n = n, .m = m, .eta = eta + 1e-6};
    random_strategy (&random, n, p.x);
    random_strategy (&random, m, p.y);
    memcpy (p.x_before, p.x, sizeof p.x);
    memcpy (p.y_before, p.y, sizeof p.y);
    LimenDynamics d = start_method (&game, method, p.eta, p.x, p.y);
    for (guint k = 0; k < 60; k++) {
      step (&p);
      limen_dynamics_step (&d);
      assert_all_near (d.x, p.x, n, 1e-11);
      assert_all_near (d.y, p.y, m, 1e-11);
    }
  }
}

static void
test_methods_meet_plain_ones (void)
{
  compare_with_plain (LIMEN_CONSENSUS, plain_consensus);
  compare_with_plain (LIMEN_LOOKAHEAD, plain_lookahead);
  compare_with_plain (LIMEN_NEGATIVE_MOMENTUM, plain_negative_momentum);
}

/* z' = P(z − ηF(z')), at edges, too. What η M makes of the rounding of z' grows with η. */
static void
check_fixed_point (LimenRandom *random, double eta, guint *touched)
{
  guint n = 1 + limen_random_below (random, 10), m = 1 + limen_random_below (random, 10);
  LimenPayoff game = random_game (random, n, m);
  double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST], gx[LIMEN_GAME_MOST], gy[LIMEN_GAME_MOST];
  random_strategy (random, n, x);
  random_strategy (random, m, y);
  LimenDynamics d = start_method (&game, LIMEN_PROXIMAL_POINT, eta, x, y);
  limen_dynamics_step (&d);
  *touched += (guint)d.touched;
  assert_strategy ("proximal point", d.x, n, 1e-14);
  assert_strategy ("proximal point", d.y, m, 1e-14);
  limen_payoff_of_a (&game, d.y, gx);
  limen_payoff_for_b (&game, d.x, gy);
  plain_move (x, -eta, gx, n);
  plain_move (y, eta, gy, m);
  assert_all_near (d.x, x, n, 1e-12 * (1 + eta * eta));
  assert_all_near (d.y, y, m, 1e-12 * (1 + eta * eta));
}

static void
test_proximal_point_is_a_fixed_point (void)
{
  LimenRandom random = limen_random_stream (1, "proximal", 0);
  guint touched = 0, n = 10000;
  for (guint round = 0; round < n; round++)
    check_fixed_point (&random, pow (10, 6 * limen_random_uniform (&random) - 4), &touched);
  g_assert_cmpuint (touched, >, n / 4);
  g_assert_cmpuint (touched, <, n - n / 8);
}

/* However long its step: a few lead to the solution. */
static void
test_proximal_point_with_long_steps (void)
{
  LimenRandom random = limen_random_stream (1, "long", 0);
  for (guint round = 0; round < 200; round++) {
    guint n = 2 + limen_random_below (&random, 9), m = 2 + limen_random_below (&random, 9);
    LimenPayoff game = random_game (&random, n, m);
    double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
    random_strategy (&random, n, x);
    random_strategy (&random, m, y);
    LimenDynamics d = start_method (&game, LIMEN_PROXIMAL_POINT, 1000, x, y);
    advance (&d, 20);
    g_assert_cmpfloat (limen_exploit (&game, d.x, d.y).gap, <, 1e-9);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dynamics/words", test_words);
  g_test_add_func ("/dynamics/default-steps", test_default_steps_do_not_know_the_unit_of_payoffs);
  g_test_add_func ("/dynamics/bad-steps", test_bad_steps_are_refused);
  g_test_add_func ("/dynamics/reference/iterates", test_iterates_meet_the_reference);
  g_test_add_func ("/dynamics/reference/fictitious-play",
                   test_fictitious_play_counts_as_the_reference);
  g_test_add_func ("/dynamics/plain/methods", test_methods_meet_plain_ones);
  g_test_add_func ("/dynamics/proximal-point/is-a-fixed-point",
                   test_proximal_point_is_a_fixed_point);
  g_test_add_func ("/dynamics/proximal-point/long-steps", test_proximal_point_with_long_steps);
  return g_test_run ();
}
