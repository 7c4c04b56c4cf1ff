#include "model/base/random.h"
#include "model/detect/band.h"
#include "model/detect/curve.h"
#include "sides.h"

#include <string.h>

#define MEAN 0.25 /* of the validation scores; exact, and on no score */

static LimenDetector *
detector_of (LimenSide side, const double *normal, guint n1, const double *anomaly, guint n2)
{
  LimenMeasure *measure = measure_of_side (side);
  const double centre[] = {MEAN - 1, MEAN + 1};
  g_autoptr (LimenScores) validation = limen_scores_new_of (measure, "validation", centre, 2);
  g_autoptr (LimenScores) first = limen_scores_new_of (measure, "normal", normal, n1);
  g_autoptr (LimenScores) second = limen_scores_new_of (measure, "anomalies", anomaly, n2);
  return limen_detector_new_with_validation (validation, first, second,
                                             (LimenRule){LIMEN_RULE_SIGMAS, 3});
}

/* Whole numbers within ±@wide: many ties; or, for 0, normal numbers without any */
static void
draw (LimenRandom *random, double *value, guint n, double shift, guint wide)
{
  for (guint i = 0; i < n; i++) {
    double x = limen_random_normal (random) + shift;
    value[i] = wide ? CLAMP (round (x * wide / 3), -(double)wide, wide) : x;
  }
}

static LimenDetector *
random_detector (LimenSide side, guint n1, guint n2, guint wide, guint64 seed)
{
  g_autofree double *normal = g_new (double, n1), *anomaly = g_new (double, n2);
  LimenRandom random = limen_random_stream (seed, "curve", 0);
  draw (&random, normal, n1, 0, wide);
  draw (&random, anomaly, n2, -0.7, wide);
  return detector_of (side, normal, n1, anomaly, n2);
}

/* --- The area --- */

/* Pairs, one after the other */
static double
auroc_slowly (LimenSide side, const LimenScores *normal, const LimenScores *anomaly)
{
  double sum = 0;
  for (guint i = 0; i < normal->n; i++)
    for (guint k = 0; k < anomaly->n; k++) {
      double a = normal->value[i], b = anomaly->value[k];
      double by = side == LIMEN_SIDE_LOW    ? a - b
                  : side == LIMEN_SIDE_HIGH ? b - a
                                            : fabs (b - MEAN) - fabs (a - MEAN);
      sum += by > 0 ? 1 : by == 0 ? 0.5 : 0;
    }
  return sum / normal->n / anomaly->n;
}

static void
test_the_area_is_the_rank_statistic (void)
{
  static const guint wides[] = {0, 1, 3, 20};
  for (LimenSide side = 0; side < N_SIDES; side++)
    for (guint w = 0; w < G_N_ELEMENTS (wides); w++)
      for (guint64 seed = 0; seed < 20; seed++) {
        g_autoptr (LimenDetector) detector =
            random_detector (side, 1 + 17 * (guint)seed, 200 - 9 * (guint)seed, wides[w], seed);
        g_autoptr (LimenCurve) curve = limen_curve_new (detector);
        double ranks = limen_auroc_about (detector->normal, detector->anomaly, detector->mean);
        g_assert_cmpfloat_with_epsilon (curve->auroc, ranks, 1e-12);
        g_assert_cmpfloat_with_epsilon (
            curve->auroc, auroc_slowly (side, detector->normal, detector->anomaly), 1e-12);
      }
}

/* Thinned, but not the area. */
static void
test_the_area_is_that_of_all_points (void)
{
  for (LimenSide side = 0; side < N_SIDES; side++) {
    g_autoptr (LimenDetector) detector = random_detector (side, 120000, 80000, 5000, 3);
    g_autoptr (LimenCurve) curve = limen_curve_new (detector);
    g_assert_cmpfloat_with_epsilon (
        curve->auroc, limen_auroc_about (detector->normal, detector->anomaly, detector->mean),
        1e-12);
  }
}

/* --- Points --- */

static guint
n_flagged_slowly (const LimenCurve *curve, const LimenScores *scores, double threshold)
{
  guint n = 0;
  for (guint i = 0; i < scores->n; i++)
    n += is_flagged_by (curve->side, curve->mean, threshold, scores->value[i]);
  return n;
}

static void
check_counts (const LimenCurve *curve, guint i)
{
  const LimenCurvePoint *point = &curve->point[i];
  guint k1, k2;
  if (!isfinite (point->threshold)) /* only ends */
    g_assert_true (i == 0 || i == curve->n - 1);
  else {
    g_assert_cmpuint (point->k1, ==, n_flagged_slowly (curve, curve->normal, point->threshold));
    g_assert_cmpuint (point->k2, ==, n_flagged_slowly (curve, curve->anomaly, point->threshold));
    g_assert_true (limen_curve_at (curve, point->threshold, &k1, &k2));
    g_assert_cmpuint (k1, ==, point->k1);
    g_assert_cmpuint (k2, ==, point->k2);
    g_assert_cmpuint (limen_curve_index (curve, point->threshold), ==, i);
  }
  if (i > 0) {
    g_assert_cmpuint (point->k1, >=, point[-1].k1);
    g_assert_cmpuint (point->k2, >=, point[-1].k2);
    g_assert_cmpuint (point->k1 + point->k2, >, point[-1].k1 + point[-1].k2);
  }
}

static void
check_ends (const LimenCurve *curve)
{
  const LimenCurvePoint *first = &curve->point[0], *last = &curve->point[curve->n - 1];
  g_assert_cmpuint (first->k1 + first->k2, ==, 0);
  g_assert_cmpuint (last->k1, ==, curve->n1);
  g_assert_cmpuint (last->k2, ==, curve->n2);
}

/* How unusual scores are, of both sets, each once */
static guint
n_levels (const LimenCurve *curve)
{
  g_autoptr (GHashTable) levels =
      g_hash_table_new_full (g_double_hash, g_double_equal, g_free, NULL);
  const LimenScores *sets[] = {curve->normal, curve->anomaly};
  for (int set = 0; set < 2; set++)
    for (guint i = 0; i < sets[set]->n; i++) {
      double score = sets[set]->value[i];
      double level = curve->side == LIMEN_SIDE_BOTH ? fabs (score - curve->mean) : score;
      g_hash_table_add (levels, g_memdup2 (&level, sizeof level));
    }
  return g_hash_table_size (levels);
}

static void
test_few_points_are_all_there (void)
{
  static const guint wides[] = {0, 1, 4};
  for (LimenSide side = 0; side < N_SIDES; side++)
    for (guint w = 0; w < G_N_ELEMENTS (wides); w++)
      for (guint64 seed = 0; seed < 10; seed++) {
        g_autoptr (LimenDetector) detector =
            random_detector (side, 1 + 3 * (guint)seed, 30 - 3 * (guint)seed, wides[w], seed);
        g_autoptr (LimenCurve) curve = limen_curve_new (detector);
        g_assert_cmpuint (curve->n, ==, n_levels (curve) + 1);
        check_ends (curve);
        for (guint i = 0; i < curve->n; i++)
          check_counts (curve, i);
      }
}

/* Either rate moves by less than a thousandth, and a fortieth of itself and of the rest, or by one
 * image, where scores have no ties. */
static void
check_step (guint from, guint to, guint n)
{
  double step = to - (double)from, rest = n - (double)to;
  if (step <= 1)
    return;
  g_assert_cmpfloat (step, <=, 0.001 * n + 1);
  g_assert_cmpfloat (step, <=, 0.025 * from + 1);
  g_assert_cmpfloat (step, <=, 0.025 * rest + 1);
}

static void
test_many_points_are_thinned_and_exact (void)
{
  for (LimenSide side = 0; side < N_SIDES; side++) {
    g_autoptr (LimenDetector) detector = random_detector (side, 300000, 40000, 0, 5);
    g_autoptr (LimenCurve) curve = limen_curve_new (detector);
    g_assert_cmpuint (curve->n, <, 6000);
    check_ends (curve);
    for (guint i = 1; i < curve->n; i++) {
      check_step (curve->point[i - 1].k1, curve->point[i].k1, curve->n1);
      check_step (curve->point[i - 1].k2, curve->point[i].k2, curve->n2);
    }
    for (guint i = 0; i < curve->n; i += 61)
      check_counts (curve, i);
  }
}

/* A step of many images at once is a step of scores that are tied. */
static void
test_ties_are_one_step (void)
{
  double normal[4000], anomaly[3000];
  for (guint i = 0; i < 4000; i++)
    normal[i] = i < 100 ? -5 : i < 1100 ? 0.0 : 1.0 + i;
  for (guint i = 0; i < 3000; i++)
    anomaly[i] = i < 2000 ? -5 : 0;
  g_autoptr (LimenDetector) detector = detector_of (LIMEN_SIDE_LOW, normal, 4000, anomaly, 3000);
  g_autoptr (LimenCurve) curve = limen_curve_new (detector);
  const guint expected[][2] = {{0, 0}, {100, 2000}, {1100, 3000}};
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_assert_cmpuint (curve->point[i].k1, ==, expected[i][0]);
    g_assert_cmpuint (curve->point[i].k2, ==, expected[i][1]);
  }
}

/* Scores that no threshold parts from infinity: the curve ends there all the same. */
static void
test_infinite_scores_have_their_place (void)
{
  const double normal[] = {-INFINITY, 1, 2, INFINITY}, anomaly[] = {-INFINITY, -INFINITY, 0, 2};
  for (LimenSide side = 0; side < N_SIDES; side++) {
    g_autoptr (LimenDetector) detector = detector_of (side, normal, 4, anomaly, 4);
    g_autoptr (LimenCurve) curve = limen_curve_new (detector);
    check_ends (curve);
    for (guint i = 0; i < curve->n; i++)
      check_counts (curve, i);
    g_assert_cmpfloat_with_epsilon (
        curve->auroc, limen_auroc_about (detector->normal, detector->anomaly, detector->mean),
        1e-12);
    double threshold = curve->point[1].threshold;
    for (int i = 0; i < 20; i++) {
      threshold = limen_curve_step (curve, threshold, i < 10 ? 1 : -1);
      g_assert_true (isfinite (threshold));
    }
  }
  const double alone[] = {-INFINITY};
  g_autoptr (LimenDetector) nothing = detector_of (LIMEN_SIDE_LOW, alone, 1, alone, 1);
  g_autoptr (LimenCurve) line = limen_curve_new (nothing);
  g_assert_cmpuint (line->n, ==, 2);
  g_assert_cmpfloat (line->auroc, ==, 0.5);
  g_assert_cmpfloat (limen_curve_step (line, 5, 1), ==, 5);
}

/* --- Steps --- */

static void
test_steps_go_through_all_points (void)
{
  for (LimenSide side = 0; side < N_SIDES; side++) {
    g_autoptr (LimenDetector) detector = random_detector (side, 40, 30, 6, 8);
    g_autoptr (LimenCurve) curve = limen_curve_new (detector);
    double threshold = curve->point[0].threshold;
    for (guint i = 1; i < curve->n; i++) {
      threshold = limen_curve_step (curve, threshold, 1);
      g_assert_cmpfloat (threshold, ==, curve->point[i].threshold);
    }
    g_assert_cmpfloat (limen_curve_step (curve, threshold, 1), ==, threshold);
    for (guint i = curve->n - 1; i-- > 0;) {
      threshold = limen_curve_step (curve, threshold, -1);
      g_assert_cmpfloat (threshold, ==, curve->point[i].threshold);
    }
    g_assert_cmpfloat (limen_curve_step (curve, threshold, -1), ==, threshold);
    g_assert_cmpfloat (limen_curve_step (curve, threshold, 4), ==, curve->point[4].threshold);
    g_assert_cmpfloat (limen_curve_step (curve, threshold, 4000), ==,
                       curve->point[curve->n - 1].threshold);
    g_assert_cmpfloat (limen_curve_step (curve, threshold, 0), ==, threshold);
  }
}

/* Between two points that are kept there are others: from there both are one step away. */
static void
test_steps_from_between_come_to_the_next (void)
{
  g_autoptr (LimenDetector) detector = random_detector (LIMEN_SIDE_LOW, 100000, 100000, 0, 8);
  g_autoptr (LimenCurve) curve = limen_curve_new (detector);
  guint found = 0;
  for (guint i = 0; i + 1 < curve->n; i++) {
    const LimenCurvePoint *point = &curve->point[i];
    guint64 here = (guint64)point->k1 + point->k2, next = (guint64)point[1].k1 + point[1].k2, at;
    double middle = (point->threshold + point[1].threshold) / 2;
    guint k1, k2;
    limen_curve_at (curve, middle, &k1, &k2);
    at = (guint64)k1 + k2;
    if (at == here || at == next)
      continue;
    g_assert_cmpfloat (limen_curve_step (curve, middle, 1), ==, point[1].threshold);
    g_assert_cmpfloat (limen_curve_step (curve, middle, -1), ==, point->threshold);
    g_assert_cmpfloat (limen_curve_step (curve, middle, -2), ==,
                       i > 0 ? point[-1].threshold : point->threshold);
    found++;
  }
  g_assert_cmpuint (found, >, 100);
}

/* --- The band --- */

static void
test_bands_are_those_of_the_counts (void)
{
  g_autoptr (LimenDetector) detector = random_detector (LIMEN_SIDE_HIGH, 300, 900, 30, 2);
  g_autoptr (LimenCurve) curve = limen_curve_new (detector);
  for (guint i = 0; i < curve->n; i++) {
    const LimenCurvePoint *point = &curve->point[i];
    double low, high;
    limen_band (point->k1, 300, 0.975, &low, &high);
    g_assert_cmpfloat (point->low[0], ==, low);
    g_assert_cmpfloat (point->high[0], ==, high);
    limen_band (point->k2, 900, 0.975, &low, &high);
    g_assert_cmpfloat (point->low[1], ==, low);
    g_assert_cmpfloat (point->high[1], ==, high);
  }
}

/* Normal images are uniform on (0, 1), anomalies their cubes: below t lie t of one and ∛t of the
 * other. Between two scores a threshold may be anywhere, and the counts are those of the point. */
static gboolean
is_truth_inside (const LimenCurve *curve)
{
  const double *a = curve->normal->sorted, *b = curve->anomaly->sorted;
  for (guint i = 0; i < curve->n; i++) {
    const LimenCurvePoint *point = &curve->point[i];
    double from = fmax (point->k1 ? a[point->k1 - 1] : 0, point->k2 ? b[point->k2 - 1] : 0);
    double to =
        fmin (point->k1 < curve->n1 ? a[point->k1] : 1, point->k2 < curve->n2 ? b[point->k2] : 1);
    if (from < point->low[0] || to > point->high[0] || cbrt (from) < point->low[1] ||
        cbrt (to) > point->high[1])
      return FALSE;
  }
  return TRUE;
}

#define SETS 2000

static void
test_both_bands_hold_together (void)
{
  LimenRandom random = limen_random_stream (4, "truth", 0);
  guint inside = 0;
  for (guint set = 0; set < SETS; set++) {
    double normal[40], anomaly[60];
    for (guint i = 0; i < 40; i++)
      normal[i] = limen_random_uniform (&random);
    for (guint i = 0; i < 60; i++) {
      double u = limen_random_uniform (&random);
      anomaly[i] = u * u * u;
    }
    g_autoptr (LimenDetector) detector = detector_of (LIMEN_SIDE_LOW, normal, 40, anomaly, 60);
    g_autoptr (LimenCurve) curve = limen_curve_new (detector);
    inside += is_truth_inside (curve);
  }
  double rate = (double)inside / SETS, expected = 0.975 * 0.975;
  g_test_message ("inside in %.2f %% of %d sets", 100 * rate, SETS);
  g_assert_cmpfloat (fabs (rate - expected), <, 4 * sqrt (expected * (1 - expected) / SETS));
}

/* --- What it is of --- */

static void
test_without_a_set_there_is_none (void)
{
  const double value[] = {1, 2, 3};
  g_autoptr (LimenDetector) one = detector_of (LIMEN_SIDE_LOW, value, 3, value, 0);
  g_autoptr (LimenDetector) other = detector_of (LIMEN_SIDE_LOW, value, 0, value, 3);
  g_assert_null (limen_curve_new (one));
  g_assert_null (limen_curve_new (other));
  g_autoptr (LimenScores) balance =
      limen_scores_new_of (measure_of_side (LIMEN_SIDE_BOTH), "balance", value, 3);
  g_autoptr (LimenDetector) middleless =
      limen_detector_new_with_validation (NULL, balance, balance, (LimenRule){LIMEN_RULE_VALUE, 1});
  g_assert_null (limen_curve_new (middleless));
}

static void
test_a_new_threshold_needs_no_new_curve (void)
{
  g_autoptr (LimenDetector) detector = random_detector (LIMEN_SIDE_BOTH, 30, 30, 0, 1);
  g_autoptr (LimenDetector) moved =
      limen_detector_with_rule (detector, (LimenRule){LIMEN_RULE_VALUE, 2});
  g_autoptr (LimenDetector) other = random_detector (LIMEN_SIDE_BOTH, 30, 30, 0, 1);
  g_autoptr (LimenCurve) curve = limen_curve_new (detector);
  g_assert_true (limen_curve_is_of (curve, moved));
  g_assert_false (limen_curve_is_of (curve, other));
}

static void
test_precision_is_of_the_share_to_come (void)
{
  g_assert_cmpfloat_with_epsilon (limen_curve_precision (0.5, 0.1, 0.9), 0.9, 1e-15);
  g_assert_cmpfloat_with_epsilon (limen_curve_precision (0.01, 0.01, 1), 0.01 / 0.0199, 1e-15);
  g_assert_cmpfloat (limen_curve_precision (0.01, 0, 0.5), ==, 1);
  g_assert_cmpfloat (limen_curve_precision (0.01, 0.5, 0), ==, 0);
  g_assert_true (isnan (limen_curve_precision (0.01, 0, 0)));
}

static void
test_normal_deviates_go_both_ways (void)
{
  g_assert_cmpfloat_with_epsilon (limen_probit (0.975), 1.959963984540054, 1e-12);
  for (double z = -5; z <= 5; z += 0.37)
    g_assert_cmpfloat_with_epsilon (limen_probit (limen_probit_inverse (z)), z, 1e-8);
  g_assert_cmpfloat (limen_probit (0), ==, -INFINITY);
  g_assert_cmpfloat (limen_probit (1), ==, INFINITY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/detector-curve/" #name, test_##name)
  ADD (the_area_is_the_rank_statistic);
  ADD (the_area_is_that_of_all_points);
  ADD (few_points_are_all_there);
  ADD (many_points_are_thinned_and_exact);
  ADD (ties_are_one_step);
  ADD (infinite_scores_have_their_place);
  ADD (steps_go_through_all_points);
  ADD (steps_from_between_come_to_the_next);
  ADD (bands_are_those_of_the_counts);
  ADD (both_bands_hold_together);
  ADD (without_a_set_there_is_none);
  ADD (a_new_threshold_needs_no_new_curve);
  ADD (precision_is_of_the_share_to_come);
  ADD (normal_deviates_go_both_ways);
#undef ADD
  return g_test_run ();
}
