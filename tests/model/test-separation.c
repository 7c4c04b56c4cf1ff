/* AUROC, its interval, average precision and the rate at 95 %, beside slow plain references. */
#include "model/base/random.h"
#include "model/bench/separation.h"
#include "tests/model/near-asserts.h"

static LimenScores *
scores_of (LimenSide side, const double *value, guint n)
{
  g_autoptr (LimenMeasure) measure = limen_measure_new ("s", "s", "", side);
  return limen_scores_new_of (measure, "set", value, n);
}

/* Numbers with ties: of a few levels, around @mean */
static void
draw_levels (LimenRandom *random, double mean, double *value, guint n)
{
  for (guint i = 0; i < n; i++)
    value[i] = round (2 * (mean + limen_random_normal (random)));
}

/* Plain references */

static double
plain_above (double u, double other)
{
  return u > other ? 1 : u == other ? 0.5 : 0;
}

/* DeLong et al. (1988), as it is written: each structural component by a loop over all pairs */
static double
plain_delong (const double *x, guint n, const double *y, guint m, double *auroc)
{
  double sum = 0, variance = 0;
  for (guint i = 0; i < m; i++)
    for (guint j = 0; j < n; j++)
      sum += plain_above (y[i], x[j]);
  *auroc = sum / ((double)n * m);
  for (guint i = 0; i < m; i++) {
    double v = 0;
    for (guint j = 0; j < n; j++)
      v += plain_above (y[i], x[j]) / n;
    variance += (v - *auroc) * (v - *auroc) / (m - 1.0) / m;
  }
  for (guint j = 0; j < n; j++) {
    double v = 0;
    for (guint i = 0; i < m; i++)
      v += plain_above (y[i], x[j]) / m;
    variance += (v - *auroc) * (v - *auroc) / (n - 1.0) / n;
  }
  return variance;
}

static guint
n_at_least (const double *u, guint n, double threshold)
{
  guint count = 0;
  for (guint i = 0; i < n; i++)
    count += u[i] >= threshold;
  return count;
}

/* Each anomaly's own threshold: precision there, averaged over anomalies, is Σ ΔR·P */
static double
plain_average_precision (const double *x, guint n, const double *y, guint m)
{
  double sum = 0;
  for (guint i = 0; i < m; i++) {
    double found = n_at_least (y, m, y[i]);
    sum += found / (found + n_at_least (x, n, y[i])) / m;
  }
  return sum;
}

/* The least threshold among the normal images' own that keeps 95 % of them */
static double
plain_rate (const double *x, guint n, const double *y, guint m)
{
  double threshold = INFINITY;
  for (guint j = 0; j < n; j++) {
    guint kept = 0;
    for (guint k = 0; k < n; k++)
      kept += x[k] <= x[j];
    if (kept * 100ul >= n * 95ul)
      threshold = MIN (threshold, x[j]);
  }
  guint passed = 0;
  for (guint i = 0; i < m; i++)
    passed += y[i] <= threshold;
  return (double)passed / m;
}

static void
assert_as_plain (const LimenSeparation *found, const double *x, guint n, const double *y, guint m)
{
  double auroc, variance = plain_delong (x, n, y, m, &auroc);
  assert_near (found->auroc, auroc, 1e-12);
  assert_near (found->aupr, plain_average_precision (x, n, y, m), 1e-12);
  assert_near (found->fpr_at_95_tpr, plain_rate (x, n, y, m), 1e-15);
  if (auroc > 0 && auroc < 1 && variance > 0) {
    double logit = log (auroc / (1 - auroc)), low = log (found->auroc_low / (1 - found->auroc_low));
    assert_near ((logit - low) / 1.959963984540054 * auroc * (1 - auroc), sqrt (variance), 1e-9);
    double high = log (found->auroc_high / (1 - found->auroc_high));
    assert_near (logit - low, high - logit, 1e-9);
  }
}

static void
test_equals_plain_references (void)
{
  LimenRandom random = limen_random_stream (1, "separation", 0);
  for (guint round = 0; round < 300; round++) {
    guint n = 2 + limen_random_below (&random, 60), m = 2 + limen_random_below (&random, 60);
    double x[62], y[62], u[62], v[62];
    LimenSide side = (LimenSide)(round % 3);
    draw_levels (&random, 0, x, n);
    draw_levels (&random, side == LIMEN_SIDE_LOW ? -1 : 1, y, m);
    g_autoptr (LimenScores) normal = scores_of (side, x, n), anomaly = scores_of (side, y, m);
    LimenSeparation found = limen_separation (normal, anomaly, 0.25);
    for (guint i = 0; i < n; i++)
      u[i] = limen_unusualness (x[i], side, 0.25);
    for (guint i = 0; i < m; i++)
      v[i] = limen_unusualness (y[i], side, 0.25);
    assert_as_plain (&found, u, n, v, m);
  }
}

static void
test_is_the_rank_statistic_of_low_scores (void)
{
  LimenRandom random = limen_random_stream (2, "separation", 0);
  double x[500], y[300];
  draw_levels (&random, 1, x, 500);
  draw_levels (&random, 0, y, 300);
  g_autoptr (LimenScores) normal = limen_scores_new ("n", x, 500);
  g_autoptr (LimenScores) anomaly = limen_scores_new ("a", y, 300);
  g_assert_cmpfloat (limen_separation (normal, anomaly, NAN).auroc, ==,
                     limen_auroc (normal, anomaly));
}

static void
test_side_orients (void)
{
  const double low[3] = {-3, -2, -1}, middle[3] = {-0.1, 0, 0.1}, high[2] = {5, 6};
  const struct {
    LimenSide side;
    const double *anomaly;
    double auroc;
  } table[] = {{LIMEN_SIDE_LOW, low, 1},   {LIMEN_SIDE_LOW, high, 0}, {LIMEN_SIDE_HIGH, low, 0},
               {LIMEN_SIDE_HIGH, high, 1}, {LIMEN_SIDE_BOTH, low, 1}, {LIMEN_SIDE_BOTH, high, 1}};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (LimenScores) normal = scores_of (table[i].side, middle, 3);
    g_autoptr (LimenScores) anomaly = scores_of (table[i].side, table[i].anomaly, 2);
    LimenSeparation found = limen_separation (normal, anomaly, 0);
    g_assert_cmpfloat (found.auroc, ==, table[i].auroc);
    g_assert_cmpfloat (found.fpr_at_95_tpr, ==, 1 - table[i].auroc);
  }
}

/* Of Φ((mean)/√2) for normal scores one standard deviation apart, and others: how often the
 * interval has the truth in it */
static void
test_interval_covers (void)
{
  enum { SETS = 2000, N = 150, M = 120 };
  static const double apart[] = {0.3, 1, 1.8};
  for (guint c = 0; c < G_N_ELEMENTS (apart); c++) {
    double truth = 0.5 * erfc (-apart[c] / 2), x[N], y[M];
    guint covered = 0;
    for (guint set = 0; set < SETS; set++) {
      LimenRandom random = limen_random_stream (10 + c, "coverage", set);
      for (guint i = 0; i < N; i++)
        x[i] = limen_random_normal (&random);
      for (guint i = 0; i < M; i++)
        y[i] = apart[c] + limen_random_normal (&random);
      g_autoptr (LimenScores) normal = scores_of (LIMEN_SIDE_HIGH, x, N);
      g_autoptr (LimenScores) anomaly = scores_of (LIMEN_SIDE_HIGH, y, M);
      LimenSeparation found = limen_separation (normal, anomaly, 0);
      covered += found.auroc_low <= truth && truth <= found.auroc_high;
    }
    g_test_message ("AUROC %.3f: %.2f %% of %u intervals cover it", truth, 100.0 * covered / SETS,
                    SETS);
    g_assert_cmpfloat (covered, >=, 0.94 * SETS);
    g_assert_cmpfloat (covered, <=, 0.96 * SETS);
  }
}

static void
test_interval_has_a_width_without_variance (void)
{
  double x[30], y[20], same[20] = {0};
  for (guint i = 0; i < 30; i++)
    x[i] = -1 - (double)i;
  for (guint i = 0; i < 20; i++)
    y[i] = 1 + (double)i;
  g_autoptr (LimenScores) low = scores_of (LIMEN_SIDE_HIGH, x, 30);
  g_autoptr (LimenScores) high = scores_of (LIMEN_SIDE_HIGH, y, 20);
  g_autoptr (LimenScores) tied = scores_of (LIMEN_SIDE_HIGH, same, 20);
  g_autoptr (LimenScores) one = scores_of (LIMEN_SIDE_HIGH, same, 1);
  LimenSeparation perfect = limen_separation (low, high, 0),
                  worst = limen_separation (high, low, 0);
  assert_near (perfect.auroc_low, pow (0.025, 1.0 / 20), 1e-9);
  g_assert_cmpfloat (perfect.auroc_high, ==, 1);
  g_assert_cmpfloat (worst.auroc_low, ==, 0);
  assert_near (worst.auroc_high, 1 - pow (0.025, 1.0 / 20), 1e-9);
  LimenSeparation equal = limen_separation (tied, tied, 0);
  g_assert_cmpfloat (equal.auroc, ==, 0.5);
  assert_near (equal.auroc_high - equal.auroc, sqrt (log (40) / 40), 1e-12);
  LimenSeparation single = limen_separation (low, one, 0);
  assert_near (single.auroc_low, 0.025, 1e-9);
  g_assert_cmpfloat (single.auroc_high, ==, 1);
}

static void
test_empty_is_not_a_number (void)
{
  g_autoptr (LimenScores) none = scores_of (LIMEN_SIDE_HIGH, NULL, 0);
  g_assert_true (isnan (limen_separation (none, none, 0).auroc));
  g_assert_true (isnan (limen_separation (none, none, 0).auroc_low));
}

static void
test_infinite_scores_have_their_place (void)
{
  const double x[3] = {0, 1, INFINITY}, y[3] = {INFINITY, INFINITY, 0.5};
  g_autoptr (LimenScores) normal = scores_of (LIMEN_SIDE_HIGH, x, 3);
  g_autoptr (LimenScores) anomaly = scores_of (LIMEN_SIDE_HIGH, y, 3);
  LimenSeparation found = limen_separation (normal, anomaly, 0);
  assert_near (found.auroc, (2.5 + 2.5 + 1) / 9, 1e-15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/separation/equals-plain-references", test_equals_plain_references);
  g_test_add_func ("/separation/is-the-rank-statistic", test_is_the_rank_statistic_of_low_scores);
  g_test_add_func ("/separation/side-orients", test_side_orients);
  g_test_add_func ("/separation/interval-covers", test_interval_covers);
  g_test_add_func ("/separation/interval-has-a-width", test_interval_has_a_width_without_variance);
  g_test_add_func ("/separation/empty-is-not-a-number", test_empty_is_not_a_number);
  g_test_add_func ("/separation/infinite-scores", test_infinite_scores_have_their_place);
  return g_test_run ();
}
