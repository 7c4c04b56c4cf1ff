#include "model/base/random.h"
#include "sides.h"

#include <math.h>

static void
test_keeps_order_and_sorts_beside (void)
{
  const double value[4] = {3, -INFINITY, 7, 3};
  g_autoptr (LimenScores) scores = limen_scores_new ("set", value, 4);
  g_assert_cmpstr (scores->name, ==, "set");
  g_assert_cmpmem (scores->value, 4 * sizeof (double), value, sizeof value);
  const double sorted[4] = {-INFINITY, 3, 3, 7};
  g_assert_cmpmem (scores->sorted, 4 * sizeof (double), sorted, sizeof sorted);
}

static void
test_nan_becomes_minus_infinity (void)
{
  const double value[3] = {1, NAN, -NAN};
  g_autoptr (LimenScores) scores = limen_scores_new ("set", value, 3);
  g_assert_cmpfloat (scores->value[1], ==, -INFINITY);
  g_assert_cmpfloat (scores->value[2], ==, -INFINITY);
  g_assert_cmpfloat (scores->sorted[2], ==, 1);
}

/* What has no score is flagged whichever side is. */
static void
test_nan_is_worst_of_its_measure (void)
{
  const double value[2] = {NAN, 1};
  const guint32 first = 0;
  g_autoptr (LimenMeasure) distance = limen_measure_new ("d", "distance", "", LIMEN_SIDE_HIGH);
  g_autoptr (LimenScores) scores = limen_scores_new_of (distance, "set", value, 2);
  g_autoptr (LimenScores) one = limen_scores_subset (scores, "one", &first, 1);
  g_assert_cmpfloat (scores->sorted[1], ==, INFINITY);
  g_assert_cmpfloat (one->value[0], ==, INFINITY);
  g_assert_true (one->measure == distance);
}

static void
test_subset_follows_index (void)
{
  const double value[4] = {40, 10, 30, 20};
  const guint32 index[3] = {2, 0, 3};
  g_autoptr (LimenScores) all = limen_scores_new ("all", value, 4);
  g_autoptr (LimenScores) some = limen_scores_subset (all, "some", index, 3);
  g_autoptr (LimenScores) none = limen_scores_subset (all, "none", NULL, 0);
  const double expected[3] = {30, 40, 20}, sorted[3] = {20, 30, 40};
  g_assert_cmpmem (some->value, 3 * sizeof (double), expected, sizeof expected);
  g_assert_cmpmem (some->sorted, 3 * sizeof (double), sorted, sizeof sorted);
  g_assert_cmpuint (none->n, ==, 0);
  g_assert_cmpuint (limen_scores_n_below (none, 0), ==, 0);
}

static void
test_below_is_strict (void)
{
  const double value[6] = {5, 1, 5, -INFINITY, 5, 9};
  g_autoptr (LimenScores) scores = limen_scores_new ("set", value, 6);
  g_assert_cmpuint (limen_scores_n_below (scores, 5), ==, 2);
  g_assert_cmpuint (limen_scores_n_below (scores, nextafter (5, 6)), ==, 5);
  g_assert_cmpuint (limen_scores_n_below (scores, -INFINITY), ==, 0);
  g_assert_cmpuint (limen_scores_n_below (scores, INFINITY), ==, 6);
  g_assert_cmpuint (limen_scores_n_below (scores, NAN), ==, 0);
}

static void
test_mean_and_std_of_the_finite (void)
{
  const double value[6] = {2, INFINITY, 4, -INFINITY, 9, 1}, one[1] = {8};
  g_autoptr (LimenScores) scores = limen_scores_new ("set", value, 6);
  g_autoptr (LimenScores) single = limen_scores_new ("one", one, 1);
  g_autoptr (LimenScores) empty = limen_scores_new ("none", NULL, 0);
  g_assert_cmpfloat_with_epsilon (limen_scores_mean (scores), 4, 1e-15);
  g_assert_cmpfloat_with_epsilon (limen_scores_std (scores), sqrt (38.0 / 3), 1e-15);
  g_assert_cmpfloat (limen_scores_mean (single), ==, 8);
  g_assert_cmpfloat (limen_scores_std (single), ==, 0);
  g_assert_true (isnan (limen_scores_mean (empty)));
  g_assert_cmpfloat (limen_scores_std (empty), ==, 0);
}

/* A plain running sum of these is 0. */
static void
test_sums_are_compensated (void)
{
  const guint n = 1000000;
  g_autofree double *value = g_new (double, n);
  for (guint i = 0; i < n; i++)
    value[i] = 1;
  value[0] = 1e16;
  value[n - 1] = -1e16;
  g_autoptr (LimenScores) scores = limen_scores_new ("set", value, n);
  g_assert_cmpfloat_with_epsilon (limen_scores_mean (scores), 0.999998, 1e-12);
}

static void
test_above_is_strict (void)
{
  const double value[6] = {5, 1, 5, INFINITY, 5, 9};
  g_autoptr (LimenScores) scores = limen_scores_new ("set", value, 6);
  g_assert_cmpuint (limen_scores_n_above (scores, 5), ==, 2);
  g_assert_cmpuint (limen_scores_n_above (scores, nextafter (5, 0)), ==, 5);
  g_assert_cmpuint (limen_scores_n_above (scores, G_MAXDOUBLE), ==, 1);
  g_assert_cmpuint (limen_scores_n_above (scores, -INFINITY), ==, 6);
  g_assert_cmpuint (limen_scores_n_above (scores, INFINITY), ==, 0);
  g_assert_cmpuint (limen_scores_n_above (scores, NAN), ==, 0);
}

/* How unusual a score is: more is more */
static double
unusual (LimenSide side, double mean, double score)
{
  return side == LIMEN_SIDE_LOW ? -score : side == LIMEN_SIDE_HIGH ? score : fabs (score - mean);
}

static double
auroc_by_pairs_about (const LimenScores *normal, const LimenScores *anomaly, double mean)
{
  LimenSide side = normal->measure->side;
  double wins = 0;
  for (guint i = 0; i < normal->n; i++)
    for (guint j = 0; j < anomaly->n; j++) {
      double a = unusual (side, mean, normal->value[i]),
             b = unusual (side, mean, anomaly->value[j]);
      wins += b > a ? 1 : a == b ? 0.5 : 0;
    }
  return wins / ((double)normal->n * anomaly->n);
}

static double
auroc_by_pairs (const LimenScores *normal, const LimenScores *anomaly)
{
  return auroc_by_pairs_about (normal, anomaly, NAN);
}

static LimenScores *
coarse_scores_of (LimenSide side, guint64 index, guint n, guint levels)
{
  LimenRandom random = limen_random_stream (11, "test", index);
  double value[64];
  for (guint i = 0; i < n; i++)
    value[i] = limen_random_below (&random, levels);
  return limen_scores_new_of (measure_of_side (side), "coarse", value, n);
}

static LimenScores *
coarse_scores (guint64 index, guint n, guint levels)
{
  return coarse_scores_of (LIMEN_SIDE_LOW, index, n, levels);
}

static void
test_auroc_counts_pairs_and_ties (void)
{
  for (guint round = 0; round < 200; round++) {
    g_autoptr (LimenScores) a = coarse_scores (2 * round, 1 + round % 40, 3 + round % 17);
    g_autoptr (LimenScores) b = coarse_scores (2 * round + 1, 1 + round % 23, 3 + round % 11);
    g_assert_cmpfloat (limen_auroc (a, b), ==, auroc_by_pairs (a, b));
    g_assert_cmpfloat_with_epsilon (limen_auroc (b, a), 1 - limen_auroc (a, b), 1e-15);
  }
}

/* 1 is always that the anomalies are the more unusual ones. */
static void
test_auroc_is_of_the_unusual_side (void)
{
  for (guint round = 0; round < 300; round++) {
    LimenSide side = round % N_SIDES;
    double mean = (round % 7) * 1.5;
    g_autoptr (LimenScores) a = coarse_scores_of (side, 2 * round, 1 + round % 40, 3 + round % 17);
    g_autoptr (LimenScores) b =
        coarse_scores_of (side, 2 * round + 1, 1 + round % 23, 3 + round % 11);
    g_assert_cmpfloat (limen_auroc_about (a, b, mean), ==, auroc_by_pairs_about (a, b, mean));
    if (side != LIMEN_SIDE_BOTH)
      g_assert_cmpfloat (limen_auroc (a, b), ==, auroc_by_pairs_about (a, b, mean));
  }
  const double inside[2] = {-1, 1}, outside[3] = {-INFINITY, -2, INFINITY};
  g_autoptr (LimenScores) near =
      limen_scores_new_of (measure_of_side (LIMEN_SIDE_BOTH), "near", inside, 2);
  g_autoptr (LimenScores) far =
      limen_scores_new_of (measure_of_side (LIMEN_SIDE_BOTH), "far", outside, 3);
  g_assert_cmpfloat (limen_auroc_about (near, far, 0), ==, 1);
  g_assert_cmpfloat (limen_auroc_about (far, near, 0), ==, 0);
  g_assert_true (isnan (limen_auroc_about (near, far, NAN)));
}

static void
test_auroc_of_extremes (void)
{
  const double low[2] = {-INFINITY, 1}, high[2] = {2, 3};
  g_autoptr (LimenScores) a = limen_scores_new ("low", low, 2);
  g_autoptr (LimenScores) b = limen_scores_new ("high", high, 2);
  g_autoptr (LimenScores) empty = limen_scores_new ("none", NULL, 0);
  g_assert_cmpfloat (limen_auroc (b, a), ==, 1);
  g_assert_cmpfloat (limen_auroc (a, b), ==, 0);
  g_assert_cmpfloat (limen_auroc (a, a), ==, 0.5);
  g_assert_true (isnan (limen_auroc (a, empty)));
  g_assert_true (isnan (limen_auroc (empty, a)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scores/keeps-order-and-sorts-beside", test_keeps_order_and_sorts_beside);
  g_test_add_func ("/scores/nan-becomes-minus-infinity", test_nan_becomes_minus_infinity);
  g_test_add_func ("/scores/nan-is-worst-of-its-measure", test_nan_is_worst_of_its_measure);
  g_test_add_func ("/scores/subset-follows-index", test_subset_follows_index);
  g_test_add_func ("/scores/below-is-strict", test_below_is_strict);
  g_test_add_func ("/scores/above-is-strict", test_above_is_strict);
  g_test_add_func ("/scores/auroc-is-of-the-unusual-side", test_auroc_is_of_the_unusual_side);
  g_test_add_func ("/scores/mean-and-std-of-the-finite", test_mean_and_std_of_the_finite);
  g_test_add_func ("/scores/sums-are-compensated", test_sums_are_compensated);
  g_test_add_func ("/auroc/counts-pairs-and-ties", test_auroc_counts_pairs_and_ties);
  g_test_add_func ("/auroc/of-extremes", test_auroc_of_extremes);
  return g_test_run ();
}
