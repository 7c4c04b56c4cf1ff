#include "cpu-time.h"
#include "model/game-reference.h"
#include "model/game/curve.h"
#include "model/random-dynamics.h"

static LimenSolution *
solve (const LimenPayoff *game)
{
  g_autoptr (GError) error = NULL;
  LimenSolution *solution = limen_solve (game, &error);
  g_assert_no_error (error);
  return solution;
}

/* From (@x, @y); @step: 0: the default */
static gboolean
run (LimenGameCurve *curve, const LimenPayoff *game, LimenMethod method, double step,
     const double *x, const double *y, guint64 n, guint per_decade, GCancellable *cancellable,
     GError **error)
{
  g_autoptr (LimenSolution) solution = solve (game);
  LimenDynamics d;
  if (step == 0)
    step = limen_method_default_step (method, game);
  return limen_dynamics_start (&d, game, method, step, x, y, error) &&
         limen_game_curve_fill (curve, &d, solution, n, per_decade, cancellable, error);
}

static void
fill (LimenGameCurve *curve, const LimenPayoff *game, LimenMethod method, double step,
      const double (*start)[3], guint64 n, guint per_decade)
{
  g_autoptr (GError) error = NULL;
  run (curve, game, method, step, start[0], start[1], n, per_decade, NULL, &error);
  g_assert_no_error (error);
}

/* -- places -- */

static void
assert_places (const LimenGameCurve *curve, guint64 n)
{
  g_assert_cmpuint (curve->n, >=, 1);
  g_assert_cmpuint (curve->n, <=, LIMEN_GAME_PLACES);
  g_assert_cmpfloat (curve->k[0], ==, 1);
  for (guint i = 1; i < curve->n; i++)
    g_assert_cmpfloat (curve->k[i], >, curve->k[i - 1]);
  g_assert_cmpfloat (curve->k[curve->n - 1], ==, (double)n);
}

static void
test_places_ascend_to_the_last (void)
{
  static const guint64 n[] = {1, 2, 10, 999, 1000, 12345, 100000};
  static const guint per_decade[] = {0, 1, 10, 30, 200, 100000};
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  for (guint i = 0; i < G_N_ELEMENTS (n) * G_N_ELEMENTS (per_decade); i++) {
    LimenGameCurve curve;
    guint per = per_decade[i % G_N_ELEMENTS (per_decade)];
    fill (&curve, &game, LIMEN_EXTRAGRADIENT, 0, starts[0], n[i / G_N_ELEMENTS (per_decade)], per);
    assert_places (&curve, n[i / G_N_ELEMENTS (per_decade)]);
    for (guint j = 0; j < curve.n && j < MIN (per, 200) / 3; j++)
      g_assert_cmpfloat (curve.k[j], ==, j + 1);
  }
}

/* What is recorded is what a run of its own is like there. */
static void
test_places_are_those_of_a_run (void)
{
  LimenPayoff game = builtin_game ("biased-rock-paper-scissors");
  double x_star[3], y_star[3], x[3], y[3];
  g_assert_true (limen_payoff_interior (&game, x_star, y_star));
  for (LimenMethod method = 0; method < LIMEN_N_METHODS; method++) {
    LimenGameCurve curve;
    fill (&curve, &game, method, 0, starts[1], 700, 20);
    LimenDynamics d = start_method (&game, method, 0, starts[1][0], starts[1][1]);
    g_assert_cmpuint (curve.method, ==, method);
    g_assert_cmpuint (curve.gradients, ==, limen_method_gradients (method));
    g_assert_cmpfloat (curve.step, ==, d.step);
    for (guint i = 0; i < curve.n; i++) {
      gboolean touched = FALSE;
      while (d.k < (guint64)curve.k[i]) {
        limen_dynamics_step (&d);
        touched = touched || d.touched;
      }
      LimenInvariant kept = limen_dynamics_invariant (&d, x_star, y_star);
      limen_dynamics_average (&d, x, y);
      g_assert_cmpfloat (curve.gap[i], ==, limen_exploit (&game, d.x, d.y).gap);
      g_assert_cmpfloat (curve.average_gap[i], ==, limen_exploit (&game, x, y).gap);
      assert_near (curve.distance[i], kept.distance, 1e-12);
      assert_near (curve.energy[i], kept.energy, 1e-12);
      if (isfinite (kept.kl))
        assert_near (curve.kl[i], kept.kl, 1e-9 * (1 + kept.kl));
      else
        g_assert_true (isinf (curve.kl[i]));
      g_assert_cmpint (curve.touched[i], ==, touched);
    }
  }
}

/* Of many solutions none is the one that a distance would be from. */
static void
test_many_solutions_have_no_distance (void)
{
  LimenPayoff game = builtin_game ("many-solutions");
  LimenGameCurve curve;
  fill (&curve, &game, LIMEN_EXTRAGRADIENT, 0, starts[1], 1000, 10);
  for (guint i = 0; i < curve.n; i++) {
    g_assert_true (isnan (curve.distance[i]) && isnan (curve.kl[i]) && isnan (curve.energy[i]));
    g_assert_true (isfinite (curve.gap[i]) && isfinite (curve.average_gap[i]));
  }
  g_assert_true (isnan (curve.rate));
  g_assert_cmpfloat (curve.gap[curve.n - 1], <, 1e-3);
}

static void
test_bad_steps_are_refused (void)
{
  static const double bad[] = {-1, NAN, INFINITY};
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    LimenGameCurve curve;
    g_autoptr (GError) error = NULL;
    g_assert_false (
        run (&curve, &game, LIMEN_LOOKAHEAD, bad[i], third, third, 10, 10, NULL, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  }
}

/* -- cancelling -- */

static double cancelled_at; /* seconds on the processor */

static gpointer
cancel_soon_cb (gpointer data)
{
  g_usleep (30000);
  cancelled_at = cpu_seconds ();
  g_cancellable_cancel (data);
  return NULL;
}

/* Of the slowest steps there are: proximal points at an edge */
static void
test_cancelling (void)
{
  LimenRandom random = limen_random_stream (1, "cancel", 0);
  LimenPayoff game = random_game (&random, 10, 10);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  double p[10] = {1};
  for (guint round = 0; round < 2; round++) { /* in the midst, and before */
    LimenGameCurve curve;
    g_autoptr (GError) error = NULL;
    cancelled_at = cpu_seconds (); /* until the thread says so, which has it from here on */
    GThread *thread = round ? NULL : g_thread_new ("cancel", cancel_soon_cb, cancellable);
    gboolean done =
        run (&curve, &game, LIMEN_PROXIMAL_POINT, 1, p, p, G_MAXINT64, 10, cancellable, &error);
    double now = cpu_seconds ();
    g_assert_false (done);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    if (thread)
      g_thread_join (thread);
    g_test_message ("after %.1f ms", 1000 * (now - cancelled_at));
    g_assert_cmpfloat (now - cancelled_at, <, 0.1 * SANITIZED_TIMES);
  }
}

/* -- rates -- */

static void
test_rate_is_the_decay_of_extragradient (void)
{
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  LimenGameCurve curve;
  fill (&curve, &game, LIMEN_EXTRAGRADIENT, 0.1, starts[0], 1000, 30);
  guint last = curve.n - 1, before = last - 10;
  double steps = curve.k[last] - curve.k[before];
  assert_near (pow (curve.distance[last] / curve.distance[before], 1 / steps), curve.rate, 1e-9);
  assert_near (curve.rate, sqrt (1 - 0.03 + 0.0009), 1e-14);
}

/* Distances from 1e-3 down to 1e-10 */
static double
measure_decay (const LimenPayoff *game, LimenMethod method, const double *x, const double *y)
{
  LimenDynamics d = start_method (game, method, 0, starts[1][0], starts[1][1]);
  double first = 0, distance = 1;
  guint64 from = 0;
  while (distance > 1e-10 && d.k < 1000000) {
    limen_dynamics_step (&d);
    distance = limen_dynamics_invariant (&d, x, y).distance;
    if (from == 0 && distance < 1e-3) {
      from = d.k;
      first = distance;
    }
  }
  return log (distance / first) / (double)(d.k - from);
}

static void
test_rates_are_decays (void)
{
  guint n = 0;
  for (guint round = 0; round < 2 * LIMEN_N_METHODS; round++) {
    LimenMethod method = round / 2;
    LimenPayoff game = builtin_game (limen_payoff_names ()[round % 2]);
    LimenGameCurve curve;
    double x[3], y[3];
    g_assert_true (limen_payoff_interior (&game, x, y));
    fill (&curve, &game, method, 0, starts[1], 10, 10);
    if (isnan (curve.rate))
      continue;
    double decay = measure_decay (&game, method, x, y);
    g_test_message ("%s: %g a step, told %g", limen_method_word (method), exp (decay), curve.rate);
    assert_near (decay / log (curve.rate), 1, 0.05);
    n++;
  }
  g_assert_cmpuint (n, ==, 16); /* eight methods */
}

/* -- slopes -- */

#define PLACES 41

/* Least squares at numpy's places, 41 from 1,000 to 100,000 */
static double
fit (const double *k, const double *gap)
{
  double sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (guint i = 0; i < PLACES; i++) {
    double a = log (k[i]), b = log (fmax (gap[i], 1e-300));
    sx += a;
    sy += b;
    sxx += a * a;
    sxy += a * b;
  }
  return (sxy - sx * sy / PLACES) / (sxx - sx * sx / PLACES);
}

typedef struct {
  const char *name;
  LimenMethod method;
} Slope;

static const Slope slopes[] = {
    {"gda_sim", LIMEN_SIMULTANEOUS_GDA},
    {"gda_alt", LIMEN_ALTERNATING_GDA},
    {"mwu_0.1", LIMEN_MULTIPLICATIVE_WEIGHTS},
    {"mwu_alt_0.1", LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS},
    {"omwu_0.1", LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS},
    {"eg_0.1", LIMEN_EXTRAGRADIENT},
    {"verlet_0.1", LIMEN_REPLICATOR},
    {"eag_c", LIMEN_EAG_C},
    {"eag_v", LIMEN_EAG_V},
    {"simgd_a_p.6", LIMEN_ANCHORED_SIMULTANEOUS_GDA},
    {"rm_sim", LIMEN_REGRET_MATCHING},
    {"rm+_sim", LIMEN_REGRET_MATCHING_PLUS},
    {"fictitious(last=empirical)", LIMEN_FICTITIOUS_PLAY},
};

static void
compare_slopes (JsonNode *row, const LimenPayoff *game, LimenMethod method,
                const double (*start)[3])
{
  double k[PLACES], gap[PLACES], average_gap[PLACES], x[3], y[3];
  LimenDynamics d = start_method (game, method, 0, start[0], start[1]);
  for (guint i = 0; i < PLACES; i++) {
    k[i] = round (pow (10, 3 + i / 20.0));
    advance (&d, (guint64)k[i]);
    limen_dynamics_average (&d, x, y);
    gap[i] = limen_exploit (game, d.x, d.y).gap;
    average_gap[i] = limen_exploit (game, x, y).gap;
  }
  double last = fit (k, gap), average = fit (k, average_gap);
  g_test_message ("%s: slopes %.5f of iterates, %.5f of their mean", limen_method_word (method),
                  last, average);
  if (gap[PLACES - 1] > 1e-12) /* and not the slope of rounding */
    assert_near (last, read_number (row, "last"), 1e-5);
  assert_near (average, read_number (row, "avg"), 1e-5);
}

static void
test_slopes_meet_the_reference (void)
{
  static const double plays[2][3] = {{1, 0, 0}, {0, 1, 0}};
  g_autoptr (JsonNode) root = load_reference ("reference/games/games_slopes.json");
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  for (guint i = 0; i < 9; i++)
    game.m[i] = -game.m[i]; /* the players' parts exchanged */
  for (guint i = 0; root && i < G_N_ELEMENTS (slopes); i++) {
    LimenGameCurve curve;
    LimenMethod method = slopes[i].method;
    JsonNode *row = find_member (root, slopes[i].name);
    const double (*start)[3] = method == LIMEN_FICTITIOUS_PLAY ? plays : starts[0];
    compare_slopes (row, &game, method, start);
    fill (&curve, &game, method, 0, start, 100000, 20);
    double last = read_number (row, "last_1e5"), average = read_number (row, "avg_1e5");
    assert_near (curve.gap[curve.n - 1], last, 1e-7 * last + 1e-13);
    assert_near (curve.average_gap[curve.n - 1], average, 1e-7 * average);
  }
}

static void
test_measured_slopes (void)
{
  LimenPayoff game = builtin_game ("rock-paper-scissors");
  LimenGameCurve curve;
  fill (&curve, &game, LIMEN_EAG_C, 0, starts[0], 100000, 30);
  assert_near (curve.measured_slope, -1, 0.03);
  fill (&curve, &game, LIMEN_EXTRAGRADIENT, 0, starts[0], 100000, 30);
  assert_near (curve.measured_average_slope, -1, 0.1);
  fill (&curve, &game, LIMEN_REGRET_MATCHING, 0, starts[0], 100000, 30);
  assert_near (curve.measured_average_slope, -0.5, 0.1);
  fill (&curve, &game, LIMEN_EXTRAGRADIENT, 0, starts[0], 5, 30); /* too few places */
  g_assert_true (isnan (curve.measured_slope) && isnan (curve.measured_average_slope));
}

/* -- units -- */

static void
assert_same_race (const LimenGameCurve *one, const LimenGameCurve *other, double times)
{
  g_assert_cmpuint (one->n, ==, other->n);
  for (guint i = 0; i < one->n; i++) {
    g_assert_cmpfloat (other->gap[i], ==, times * one->gap[i]);
    g_assert_cmpfloat (other->average_gap[i], ==, times * one->average_gap[i]);
    g_assert_cmpfloat (other->distance[i], ==, one->distance[i]);
    g_assert_cmpfloat (other->energy[i], ==, one->energy[i]);
    g_assert_true (other->kl[i] == one->kl[i] || isnan (one->kl[i]));
  }
  const double told[][2] = {{one->rate, other->rate},
                            {one->slope, other->slope},
                            {one->average_slope, other->average_slope},
                            {one->measured_slope, other->measured_slope},
                            {one->measured_average_slope, other->measured_average_slope}};
  for (guint i = 0; i < G_N_ELEMENTS (told); i++) {
    g_assert_true (isnan (told[i][0]) == isnan (told[i][1]));
    g_assert_true (isnan (told[i][0]) || fabs (told[i][0] - told[i][1]) <= 1e-12);
  }
}

/* Points are counted in any unit: whatever is told of a game is told of its multiples. Powers of 2,
 * of which nothing is rounded; payoffs that are no fractions, so that all are solved alike. */
static void
test_units_of_points_change_nothing (void)
{
  LimenRandom random = limen_random_stream (1, "units", 0);
  for (guint n = 0; n < 12; n++) {
    LimenPayoff game = builtin_game ("rock-paper-scissors"), scaled;
    for (guint i = 0; i < 9; i++)
      game.m[i] += (n % 3) * 0.1 * limen_random_normal (&random) + 1e-9 * G_PI;
    scaled = game;
    double times = ldexp (1, n % 2 ? -47 : 26);
    for (guint i = 0; i < 9; i++)
      scaled.m[i] *= times;
    g_autoptr (LimenSolution) solution = solve (&game), other = solve (&scaled);
    g_assert_cmpfloat (other->value, ==, times * solution->value);
    for (LimenMethod method = 0; method < LIMEN_N_METHODS; method++) {
      LimenGameCurve one, two;
      fill (&one, &game, method, 0, starts[n % 2], 3000, 30);
      fill (&two, &scaled, method, 0, starts[n % 2], 3000, 30);
      assert_same_race (&one, &two, times);
    }
  }
}

/* -- what is proven -- */

static void
assert_claims (const char *game_name, LimenMethod method, double step, const double (*start)[3],
               double slope, double average_slope)
{
  LimenGameCurve curve;
  LimenPayoff game = builtin_game (game_name);
  fill (&curve, &game, method, step, start, 300, 30);
  g_test_message ("%s of %s: %g, %g", limen_method_word (method), game_name, curve.slope,
                  curve.average_slope);
  g_assert_true (isnan (slope) ? isnan (curve.slope) : curve.slope == slope);
  g_assert_true (isnan (average_slope) ? isnan (curve.average_slope)
                                       : curve.average_slope == average_slope);
}

static void
test_claims (void)
{
  static const struct {
    LimenMethod method;
    double slope, average;
  } row[] = {{LIMEN_SIMULTANEOUS_GDA, NAN, NAN},
             {LIMEN_ALTERNATING_GDA, NAN, -1},
             {LIMEN_EXTRAGRADIENT, -0.5, -1},
             {LIMEN_OPTIMISTIC_GDA, -0.5, -1},
             {LIMEN_PROXIMAL_POINT, -0.5, -1},
             {LIMEN_MULTIPLICATIVE_WEIGHTS, NAN, NAN},
             {LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS, NAN, NAN},
             {LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS, NAN, -1},
             {LIMEN_MIRROR_PROX, NAN, -1},
             {LIMEN_REPLICATOR, NAN, NAN},
             {LIMEN_FICTITIOUS_PLAY, NAN, NAN},
             {LIMEN_REGRET_MATCHING, NAN, -0.5},
             {LIMEN_REGRET_MATCHING_PLUS, NAN, -0.5},
             {LIMEN_EAG_C, -1, NAN},
             {LIMEN_EAG_V, -1, NAN},
             {LIMEN_ANCHORED_SIMULTANEOUS_GDA, -0.4, NAN},
             {LIMEN_CONSENSUS, NAN, NAN},
             {LIMEN_LOOKAHEAD, NAN, NAN},
             {LIMEN_NEGATIVE_MOMENTUM, NAN, NAN}};
  g_assert_cmpuint (G_N_ELEMENTS (row), ==, LIMEN_N_METHODS);
  for (guint i = 0; i < G_N_ELEMENTS (row); i++)
    assert_claims ("rock-paper-scissors", row[i].method, 0, starts[0], row[i].slope,
                   row[i].average);
}

/* Steps too long, projections, edges and solutions at them: nothing is proven then. */
static void
test_claims_have_conditions (void)
{
  static const double corners[2][3] = {{1, 0, 0}, {0, 1, 0}};
  const char *const inside = "rock-paper-scissors", *const edge = "matching-pennies";
  assert_claims (inside, LIMEN_EXTRAGRADIENT, 0.58, starts[0], NAN, NAN);
  assert_claims (inside, LIMEN_OPTIMISTIC_GDA, 0.25, starts[0], NAN, NAN);
  assert_claims (inside, LIMEN_PROXIMAL_POINT, 10, starts[0], -0.5, -1);
  assert_claims (inside, LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS, 0.6, starts[0], NAN, NAN);
  assert_claims (inside, LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS, 0, corners, NAN, NAN);
  assert_claims (inside, LIMEN_MIRROR_PROX, 0, corners, NAN, NAN);
  assert_claims (inside, LIMEN_EAG_C, 0.08, starts[0], NAN, NAN);
  assert_claims (inside, LIMEN_EAG_V, 0.45, starts[0], NAN, NAN);
  assert_claims (inside, LIMEN_ANCHORED_SIMULTANEOUS_GDA, 0, starts[1], NAN, NAN); /* touches */
  assert_claims (inside, LIMEN_ALTERNATING_GDA, 0, starts[1], NAN, NAN);           /* too */
  assert_claims (edge, LIMEN_EXTRAGRADIENT, 0, starts[0], -0.5, -1);
  assert_claims (edge, LIMEN_MIRROR_PROX, 0, starts[0], NAN, NAN);
  assert_claims (edge, LIMEN_EAG_C, 0, starts[0], NAN, NAN);
  assert_claims ("many-solutions", LIMEN_ALTERNATING_GDA, 0, starts[0], NAN, NAN);
  LimenPayoff game = builtin_game (inside);
  LimenGameCurve curve;
  fill (&curve, &game, LIMEN_MIRROR_PROX, 0, corners, 100, 10);
  g_assert_true (isnan (curve.rate)); /* it never leaves that corner */
}

/* The largest gap in units of k^@slope */
static double
find_constant (const LimenGameCurve *curve, const double *gap, double slope)
{
  double most = 0;
  for (guint i = 0; i < curve->n && isfinite (slope); i++)
    if (gap[i] > 1e-12)
      most = fmax (most, gap[i] * pow (curve->k[i], -slope));
  return most;
}

/* Constants of such bounds are D²/(2η), D being at most 2, and small multiples of it, of which
 * random games need but a part. That of regrets, which have no step, is √n times what one reply can
 * differ from another, 18, for each player. */
static void
test_claims_hold_in_random_games (void)
{
  LimenRandom random = limen_random_stream (1, "claims", 0);
  double worst[LIMEN_N_METHODS] = {0}, worst_average[LIMEN_N_METHODS] = {0};
  for (guint round = 0; round < 20 * LIMEN_N_METHODS; round++) {
    LimenPayoff game = random_game (&random, 3, 3);
    LimenGameCurve curve;
    LimenMethod method = round % LIMEN_N_METHODS;
    double start[2][3], unit = limen_method_has_step (method) ? 1 : 36 * sqrt (3);
    random_strategy (&random, 3, start[0]);
    random_strategy (&random, 3, start[1]);
    fill (&curve, &game, method, 0, start, 20000, 20);
    unit /= curve.step;
    worst[method] = fmax (worst[method], find_constant (&curve, curve.gap, curve.slope) / unit);
    worst_average[method] =
        fmax (worst_average[method],
              find_constant (&curve, curve.average_gap, curve.average_slope) / unit);
  }
  for (guint i = 0; i < LIMEN_N_METHODS; i++) {
    g_test_message ("%s: constants %.3g and %.3g", limen_method_word (i), worst[i],
                    worst_average[i]);
    g_assert_cmpfloat (worst[i], <=, 2);
    g_assert_cmpfloat (worst_average[i], <=, 10);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/race/places/ascend-to-the-last", test_places_ascend_to_the_last);
  g_test_add_func ("/race/places/those-of-a-run", test_places_are_those_of_a_run);
  g_test_add_func ("/race/places/many-solutions", test_many_solutions_have_no_distance);
  g_test_add_func ("/race/bad-steps", test_bad_steps_are_refused);
  g_test_add_func ("/race/cancelling", test_cancelling);
  g_test_add_func ("/race/rate/extragradient", test_rate_is_the_decay_of_extragradient);
  g_test_add_func ("/race/rate/decays", test_rates_are_decays);
  g_test_add_func ("/race/slopes/reference", test_slopes_meet_the_reference);
  g_test_add_func ("/race/slopes/measured", test_measured_slopes);
  g_test_add_func ("/race/units", test_units_of_points_change_nothing);
  g_test_add_func ("/race/claims/table", test_claims);
  g_test_add_func ("/race/claims/conditions", test_claims_have_conditions);
  g_test_add_func ("/race/claims/random-games", test_claims_hold_in_random_games);
  return g_test_run ();
}
