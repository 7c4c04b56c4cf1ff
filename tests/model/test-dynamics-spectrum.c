/* One step near the solution: its eigenvalues, and the step sizes at which they leave the unit
 * disc. */
#include "model/game-reference.h"
#include "model/random-dynamics.h"

#define REFERENCE "reference/games/games_ref.json"

/* -- formulas for rock paper scissors -- */

static double
radius_of (LimenMethod method, double eta)
{
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  return limen_method_radius (method, LIMEN_INTEGRATOR_VERLET, &game, eta);
}

static void
test_radii_are_those_of_formulas (void)
{
  LimenRandom random = limen_random_stream (1, "eta", 0);
  const double optimistic = 1 / (2 * sqrt (3)), alternating = 2 / sqrt (3);
  for (guint round = 0; round < 1000; round++) {
    double eta = 2 * limen_random_uniform (&random) + 1e-3, square = eta * eta;
    double small = optimistic * limen_random_uniform (&random) + 1e-9;
    assert_near (radius_of (LIMEN_SIMULTANEOUS_GDA, eta), sqrt (1 + 3 * square), 1e-12);
    assert_near (radius_of (LIMEN_EXTRAGRADIENT, eta), sqrt (1 - 3 * square + 9 * square * square),
                 1e-12 * (1 + square * square));
    assert_near (radius_of (LIMEN_PROXIMAL_POINT, eta), 1 / sqrt (1 + 3 * square), 1e-12);
    assert_near (radius_of (LIMEN_ALTERNATING_GDA, eta * alternating / 2.01), 1, 1e-12);
    if (small < optimistic)
      assert_near (radius_of (LIMEN_OPTIMISTIC_GDA, small),
                   sqrt ((1 + sqrt (1 - 12 * small * small)) / 2), 1e-12);
    assert_near (radius_of (LIMEN_MULTIPLICATIVE_WEIGHTS, eta), sqrt (1 + square / 3), 1e-12);
    assert_near (radius_of (LIMEN_MIRROR_PROX, eta), sqrt (1 - square / 3 + square * square / 9),
                 1e-12);
    assert_near (radius_of (LIMEN_REPLICATOR, eta), 1, 1e-12);
  }
}

static void
test_radii_meet_the_reference (void)
{
  static const struct {
    LimenMethod method;
    const char *name;
  } column[] = {
      {LIMEN_SIMULTANEOUS_GDA, "gda_sim"},
      {LIMEN_ALTERNATING_GDA, "gda_alt"},
      {LIMEN_EXTRAGRADIENT, "eg"},
      {LIMEN_OPTIMISTIC_GDA, "ogda"},
      {LIMEN_PROXIMAL_POINT, "ppm"},
      {LIMEN_CONSENSUS, "consensus_gamma1"},
      {LIMEN_NEGATIVE_MOMENTUM, "negmom_alt_beta_minus0_5"},
      {LIMEN_LOOKAHEAD, "lookahead_k5_a0_5"},
      {LIMEN_MULTIPLICATIVE_WEIGHTS, "mwu_at_uniform"},
      {LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS, "omwu_at_uniform"},
      {LIMEN_MIRROR_PROX, "mirrorprox_at_uniform"},
  };
  g_autoptr (JsonNode) root = load_reference (REFERENCE);
  if (!root)
    return;
  JsonObject *table = json_node_get_object (find_member (root, "facts|spectral_radius"));
  g_autoptr (GList) etas = json_object_get_members (table);
  g_assert_cmpuint (g_list_length (etas), >=, 14);
  for (GList *eta = etas; eta; eta = eta->next)
    for (guint i = 0; i < G_N_ELEMENTS (column); i++) {
      JsonNode *row = json_object_get_member (table, eta->data);
      double expected = read_number (row, column[i].name);
      double radius = radius_of (column[i].method, g_ascii_strtod (eta->data, NULL));
      /* a double eigenvalue at 1/(2√3): numpy's is off by the root of its rounding */
      double tolerance =
          column[i].method == LIMEN_OPTIMISTIC_GDA && g_str_has_prefix (eta->data, "0.288") ? 1e-7
                                                                                            : 1e-12;
      g_test_message ("%s %s", column[i].name, (char *)eta->data);
      assert_near (radius, expected, tolerance * fmax (1, expected));
    }
}

static void
test_thresholds_meet_the_reference (void)
{
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  const struct {
    LimenMethod method;
    double exact;
    const char *name;
  } row[] = {
      {LIMEN_EXTRAGRADIENT, 1 / sqrt (3), "eg"},
      {LIMEN_OPTIMISTIC_GDA, 1 / 3.0, "ogda"},
      {LIMEN_ALTERNATING_GDA, 2 / sqrt (3), "gda_alt"},
      {LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS, 1, "omwu"},
      {LIMEN_MIRROR_PROX, sqrt (3), NULL},
      {LIMEN_REPLICATOR, 6 / sqrt (3), NULL},
      {LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS, 6 / sqrt (3), NULL},
      {LIMEN_CONSENSUS, 0.5, NULL}, /* 2/(1 + σ²) */
      {LIMEN_EAG_C, 1 / (8 * sqrt (3)), NULL},
      {LIMEN_EAG_V, 3 / (4 * sqrt (3)), NULL},
  };
  g_autoptr (JsonNode) root = load_reference (REFERENCE);
  for (guint i = 0; i < G_N_ELEMENTS (row); i++) {
    double threshold = limen_method_threshold (row[i].method, LIMEN_INTEGRATOR_VERLET, &game);
    g_test_message ("%s", limen_method_word (row[i].method));
    assert_near (threshold, row[i].exact, 1e-9);
    if (root && row[i].name) {
      g_autofree char *path = g_strdup_printf ("facts|threshold_eta|%s", row[i].name);
      assert_near (threshold, read_number (root, path), 1e-9);
    }
  }
}

static void
test_thresholds_that_are_none (void)
{
  LimenPayoff game = builtin_game ("rock-paper-scissors"), many = builtin_game ("many-solutions");
  g_assert_true (
      isnan (limen_method_threshold (LIMEN_SIMULTANEOUS_GDA, LIMEN_INTEGRATOR_VERLET, &game)));
  g_assert_true (isnan (
      limen_method_threshold (LIMEN_MULTIPLICATIVE_WEIGHTS, LIMEN_INTEGRATOR_VERLET, &game)));
  g_assert_true (
      isnan (limen_method_threshold (LIMEN_FICTITIOUS_PLAY, LIMEN_INTEGRATOR_VERLET, &game)));
  g_assert_true (
      isnan (limen_method_threshold (LIMEN_REGRET_MATCHING, LIMEN_INTEGRATOR_VERLET, &game)));
  /* Euler's steps lead away at any size; the series of e^is stays in the disc up to s = √8 */
  g_assert_true (isnan (limen_method_threshold (LIMEN_REPLICATOR, LIMEN_INTEGRATOR_EULER, &game)));
  assert_near (limen_method_threshold (LIMEN_REPLICATOR, LIMEN_INTEGRATOR_RUNGE_KUTTA, &game),
               sqrt (8) * sqrt (3), 1e-9);
  assert_near (limen_method_radius (LIMEN_REPLICATOR, LIMEN_INTEGRATOR_EULER, &game, 0.1),
               sqrt (1 + 0.01 / 3), 1e-12);
  g_assert_true (
      isinf (limen_method_threshold (LIMEN_PROXIMAL_POINT, LIMEN_INTEGRATOR_VERLET, &game)));
  g_assert_true (isinf (
      limen_method_threshold (LIMEN_ANCHORED_SIMULTANEOUS_GDA, LIMEN_INTEGRATOR_VERLET, &game)));
  g_assert_true (
      isnan (limen_method_threshold (LIMEN_EXTRAGRADIENT, LIMEN_INTEGRATOR_VERLET, &many)));
  g_assert_true (
      isnan (limen_method_radius (LIMEN_EXTRAGRADIENT, LIMEN_INTEGRATOR_VERLET, &many, 0.1)));
  g_assert_true (isnan (limen_method_radius (LIMEN_EAG_C, LIMEN_INTEGRATOR_VERLET, &game, 0.1)));
  g_assert_true (isnan (
      limen_method_radius (LIMEN_REGRET_MATCHING_PLUS, LIMEN_INTEGRATOR_VERLET, &game, 0.1)));
}

/* -- games of random payoffs -- */

/* A square game with a solution of full support, no weight of which is below 0.02: the payoffs are
 * random ones, corrected so that two random strategies earn the same against all replies. */
static LimenPayoff
random_interior_game (LimenRandom *random, guint n, double *x, double *y)
{
  for (;;) {
    LimenPayoff game = random_game (random, n, n);
    double a[LIMEN_GAME_MOST], b[LIMEN_GAME_MOST], least = 1, value = 0, sum = 0;
    for (guint i = 0; i < n; i++)
      sum += x[i] = 0.2 + limen_random_uniform (random);
    for (guint i = 0; i < n; i++)
      x[i] /= sum;
    sum = 0;
    for (guint i = 0; i < n; i++)
      sum += y[i] = 0.2 + limen_random_uniform (random);
    for (guint i = 0; i < n; i++)
      y[i] /= sum;
    limen_payoff_of_a (&game, y, a);
    limen_payoff_for_b (&game, x, b);
    for (guint i = 0; i < n; i++)
      value += x[i] * a[i];
    for (guint i = 0; i < n; i++)
      for (guint j = 0; j < n; j++) /* afterwards M y = 0 and Mᵀx = 0 */
        game.m[i * n + j] += value - a[i] - b[j];
    double found_x[LIMEN_GAME_MOST], found_y[LIMEN_GAME_MOST];
    if (!limen_payoff_interior (&game, found_x, found_y))
      continue;
    for (guint i = 0; i < n; i++)
      least = fmin (least, fmin (x[i], y[i]));
    if (least < 0.02)
      continue;
    assert_all_near (found_x, x, n, 1e-9);
    assert_all_near (found_y, y, n, 1e-9);
    return game;
  }
}

static gboolean
has_spectrum (LimenMethod method)
{
  return limen_method_has_step (method) && method != LIMEN_EAG_C && method != LIMEN_EAG_V &&
         method != LIMEN_ANCHORED_SIMULTANEOUS_GDA;
}

/* A method near the solution (x, y) of a game of n strategies, as a map of the 2n − 2 coordinates
 * of deviations within the simplices */
typedef struct {
  const LimenPayoff *game;
  LimenMethod method;
  double step;
  const double *x, *y;
  guint n;
  LimenIntegrator integrator;
} Local;

#define MOST_PLANE  (2 * LIMEN_GAME_MOST)     /* coordinates of deviations */
#define MOST_MEMORY (2 * 2 * LIMEN_GAME_MOST) /* and of those of the step before */

void dgeev_ (const char *jobvl, const char *jobvr, const int *n, double *a, const int *lda,
             double *wr, double *wi, double *vl, const int *ldvl, double *vr, const int *ldvr,
             double *work, const int *n_work, int *info, gsize jobvl_length, gsize jobvr_length);

/* The @l-th of n − 1 directions within a simplex, at right angles: (1, ..., 1, −l − 1, 0, ...) */
static double
direction (guint l, guint i)
{
  double length = sqrt ((l + 1.0) * (l + 2.0));
  return i <= l ? 1 / length : i == l + 1 ? -(l + 1.0) / length : 0;
}

/* @out: (2n − 2): coordinates after @k steps from the solution, moved by @h along coordinate @c */
static void
deviate (const Local *local, guint c, double h, guint k, double *out)
{
  double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
  guint n = local->n, half = n - 1;
  for (guint i = 0; i < n; i++) {
    x[i] = local->x[i] + (c < half ? h * direction (c, i) : 0);
    y[i] = local->y[i] + (c >= half ? h * direction (c - half, i) : 0);
  }
  LimenDynamics d = start_method (local->game, local->method, local->step, x, y);
  d.integrator = local->integrator;
  advance (&d, k);
  g_assert_false (d.touched);
  for (guint l = 0; l < half; l++) {
    out[l] = out[half + l] = 0;
    for (guint i = 0; i < n; i++) {
      out[l] += direction (l, i) * (d.x[i] - local->x[i]);
      out[half + l] += direction (l, i) * (d.y[i] - local->y[i]);
    }
  }
}

/* @s: (size, size), by columns: the derivative of @k steps, by central differences */
static void
differentiate (const Local *local, guint k, double *s)
{
  const double h = 1e-5;
  guint size = 2 * local->n - 2;
  for (guint c = 0; c < size; c++) {
    double above[MOST_PLANE], below[MOST_PLANE];
    deviate (local, c, h, k, above);
    deviate (local, c, -h, k, below);
    for (guint i = 0; i < size; i++)
      s[c * size + i] = (above[i] - below[i]) / (2 * h);
  }
}

/* @a = @b @c⁻¹, by elimination of columns; all (size, size) by columns, @b and @c are lost. */
static void
divide (double *b, double *c, guint size, double *a)
{
  for (guint p = 0; p < size; p++) {
    guint best = p;
    for (guint q = p + 1; q < size; q++)
      best = fabs (c[q * size + p]) > fabs (c[best * size + p]) ? q : best;
    for (guint i = 0; i < size; i++) {
      double t = c[p * size + i], u = b[p * size + i];
      c[p * size + i] = c[best * size + i];
      b[p * size + i] = b[best * size + i];
      c[best * size + i] = t;
      b[best * size + i] = u;
    }
    double pivot = c[p * size + p];
    for (guint i = 0; i < size; i++) {
      c[p * size + i] /= pivot;
      b[p * size + i] /= pivot;
    }
    for (guint q = 0; q < size; q++) {
      double factor = c[q * size + p];
      for (guint i = 0; i < size && q != p; i++) {
        c[q * size + i] -= factor * c[p * size + i];
        b[q * size + i] -= factor * b[p * size + i];
      }
    }
  }
  memcpy (a, b, size * size * sizeof *a);
}

static gboolean
remembers (LimenMethod method)
{
  return method == LIMEN_OPTIMISTIC_GDA || method == LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS ||
         method == LIMEN_NEGATIVE_MOMENTUM;
}

/* One step, z' = S z; of methods that remember, z' = A z + B z_before, which begin with
 * z_before = z: then one step is S = A + B and two are A S + B, so A = (S₂ − S)(S − 1)⁻¹.
 * Returns: the size of @t, by columns */
static guint
measure_step (const Local *local, double *t)
{
  guint size = 2 * local->n - 2;
  double s[MOST_PLANE * MOST_PLANE], s2[MOST_PLANE * MOST_PLANE], a[MOST_PLANE * MOST_PLANE];
  double minus[MOST_PLANE * MOST_PLANE];
  differentiate (local, 1, s);
  if (!remembers (local->method)) {
    memcpy (t, s, size * size * sizeof *t);
    return size;
  }
  differentiate (local, 2, s2);
  for (guint i = 0; i < size * size; i++) {
    s2[i] -= s[i];
    minus[i] = s[i] - (i / size == i % size);
  }
  divide (s2, minus, size, a);
  for (guint c = 0; c < size; c++)
    for (guint i = 0; i < size; i++) { /* (z, z_before)' = [A, B; 1, 0] (z, z_before) */
      t[c * 2 * size + i] = a[c * size + i];
      t[(size + c) * 2 * size + i] = s[c * size + i] - a[c * size + i];
      t[c * 2 * size + size + i] = i == c;
      t[(size + c) * 2 * size + size + i] = 0;
    }
  return 2 * size;
}

/* The eigenvalues measured are those told, each once. Returns: how far apart they are at most */
static double
compare_spectra (const Local *local)
{
  double t[MOST_MEMORY * MOST_MEMORY], wr[MOST_MEMORY], wi[MOST_MEMORY], work[16 * MOST_MEMORY];
  double re[LIMEN_SPECTRUM_MOST], im[LIMEN_SPECTRUM_MOST], none, worst = 0;
  int size = (int)measure_step (local, t), one = 1, n_work = 16 * MOST_MEMORY, info;
  guint n =
      limen_method_spectrum (local->method, local->integrator, local->game, local->step, re, im);
  dgeev_ ("N", "N", &size, t, &size, wr, wi, &none, &one, &none, &one, work, &n_work, &info, 1, 1);
  g_assert_cmpint (info, ==, 0);
  if (n != (guint)size)
    g_error ("%s: %u eigenvalues, not %d", limen_method_word (local->method), n, size);
  for (guint i = 0; i < n; i++) {
    guint nearest = i;
    for (guint j = i; j < n; j++)
      if (hypot (wr[j] - re[i], wi[j] - im[i]) < hypot (wr[nearest] - re[i], wi[nearest] - im[i]))
        nearest = j;
    worst = fmax (worst, hypot (wr[nearest] - re[i], wi[nearest] - im[i]));
    wr[nearest] = wr[i];
    wi[nearest] = wi[i];
  }
  return worst;
}

/* Below and above all thresholds */
static void
test_spectrum_meets_differences (void)
{
  LimenRandom random = limen_random_stream (1, "interior", 0);
  double worst[LIMEN_N_METHODS] = {0};
  for (guint round = 0; round < 200; round++) {
    double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
    guint n = round % 4 == 0 ? 2 : round % 2 ? 3 : 5;
    LimenPayoff game = random_interior_game (&random, n, x, y);
    for (LimenMethod method = 0; method < LIMEN_N_METHODS; method++) {
      Local local = {&game, method, limen_method_default_step (method, &game), x, y, n};
      local.step *= 0.2 + 10 * limen_random_uniform (&random);
      /* one integrator after the other, of which only the replicator knows */
      local.integrator = round % 3;
      if (has_spectrum (method))
        worst[method] = fmax (worst[method], compare_spectra (&local));
    }
  }
  for (LimenMethod method = 0; method < LIMEN_N_METHODS; method++) {
    g_test_message ("%s: at most %.2g", limen_method_word (method), worst[method]);
    g_assert_cmpfloat (worst[method], <=, 1e-6);
  }
}

/* A run that starts 1e-6 away comes nearer below the threshold; above it goes away. */
static void
test_thresholds_are_where_runs_turn (void)
{
  static const LimenMethod turns[] = {
      LIMEN_EXTRAGRADIENT,    LIMEN_OPTIMISTIC_GDA, LIMEN_CONSENSUS,
      LIMEN_LOOKAHEAD,        LIMEN_MIRROR_PROX,    LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS,
      LIMEN_NEGATIVE_MOMENTUM};
  LimenRandom random = limen_random_stream (1, "turns", 0);
  for (guint round = 0; round < 30 * G_N_ELEMENTS (turns); round++) {
    LimenMethod method = turns[round % G_N_ELEMENTS (turns)];
    double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST], at[LIMEN_GAME_MOST];
    double scale = pow (10, 5 * limen_random_uniform (&random) - 1), distance[2];
    LimenPayoff game = random_interior_game (&random, 3, x, y);
    for (guint i = 0; i < 9; i++)
      game.m[i] *= scale;
    double threshold = limen_method_threshold (method, LIMEN_INTEGRATOR_VERLET, &game);
    if (!(threshold > 0 && isfinite (threshold)))
      g_error ("%s has the threshold %g at payoffs of %g", limen_method_word (method), threshold,
               scale);
    for (guint i = 0; i < 3; i++)
      at[i] = x[i] + 1e-6 * direction (0, i);
    for (guint above = 0; above < 2; above++) {
      double step = threshold * (above ? 1.05 : 0.95);
      LimenDynamics d = start_method (&game, method, step, at, y);
      advance (&d, 4000);
      distance[above] = limen_dynamics_invariant (&d, x, y).distance;
      g_assert_true ((limen_method_radius (method, LIMEN_INTEGRATOR_VERLET, &game, step) > 1) ==
                     above);
    }
    g_assert_cmpfloat (distance[0], <, 1e-6);
    g_assert_cmpfloat (distance[1], >, 1e-4);
  }
}

/* -- interior solutions -- */

static void
test_interior (void)
{
  double x[3], y[3];
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  g_assert_true (limen_payoff_interior (&game, x, y));
  assert_all_near (x, third, 3, 1e-15);
  assert_all_near (y, third, 3, 1e-15);
  assert_near (limen_payoff_norm (&game), sqrt (3), 1e-14);
  game = builtin_game ("biased-rock-paper-scissors");
  const double biased[] = {1 / 16.0, 10 / 16.0, 5 / 16.0};
  g_assert_true (limen_payoff_interior (&game, x, y));
  assert_all_near (x, biased, 3, 1e-14);
  assert_all_near (y, biased, 3, 1e-14);
  game = builtin_game ("many-solutions");
  g_assert_false (limen_payoff_interior (&game, x, y));
  game = builtin_game ("matching-pennies");
  g_assert_false (limen_payoff_interior (&game, x, y));
  game = (LimenPayoff){.rows = 2, .columns = 3, .m = {1, -1, 0, -1, 1, 0}};
  g_assert_false (limen_payoff_interior (&game, x, y));
  game = (LimenPayoff){.rows = 1, .columns = 1, .m = {3}};
  g_assert_false (limen_payoff_interior (&game, x, y));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spectrum/formulas", test_radii_are_those_of_formulas);
  g_test_add_func ("/spectrum/reference/radii", test_radii_meet_the_reference);
  g_test_add_func ("/spectrum/reference/thresholds", test_thresholds_meet_the_reference);
  g_test_add_func ("/spectrum/thresholds-that-are-none", test_thresholds_that_are_none);
  g_test_add_func ("/spectrum/differences", test_spectrum_meets_differences);
  g_test_add_func ("/spectrum/thresholds-are-where-runs-turn", test_thresholds_are_where_runs_turn);
  g_test_add_func ("/spectrum/interior", test_interior);
  return g_test_run ();
}
