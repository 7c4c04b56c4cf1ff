#include "tests/model/gaussian-answers.h"
#include "model/base/random.h"
#include "model/bound/importance-bound.h"
#include "model/bound/monte-carlo.h"

#include <math.h>
#include <string.h>

static void
assert_near (double value, double expected, double tolerance)
{
  if (!(fabs (value - expected) <= tolerance))
    g_error ("%.16g is not %.16g within %g", value, expected, tolerance);
}

/* -- sums -- */

static void
test_running_mean (void)
{
  LimenRandom random = limen_random_stream (1, "mean", 0);
  LimenRunningMean whole = {0}, parts[3] = {0}, joined = {0}, empty = {0};
  double value[1000], sum = 0, squares = 0;
  for (int i = 0; i < 1000; i++) {
    value[i] = 1e6 + limen_random_normal (&random);
    limen_running_mean_add (&whole, value[i]);
    limen_running_mean_add (&parts[i < 17 ? 0 : i < 600 ? 1 : 2], value[i]);
    sum += value[i];
  }
  for (int i = 0; i < 1000; i++)
    squares += (value[i] - sum / 1000) * (value[i] - sum / 1000);
  for (int i = 0; i < 3; i++)
    limen_running_mean_join (&joined, &parts[i]);
  limen_running_mean_join (&joined, &empty);
  const LimenRunningMean *all[] = {&whole, &joined};
  for (int i = 0; i < 2; i++) {
    LimenEstimate estimate = limen_running_mean_estimate (all[i]);
    g_assert_cmpuint (estimate.n, ==, 1000);
    assert_near (estimate.mean, sum / 1000, 1e-9);
    assert_near (estimate.standard_error, sqrt (squares / 999 / 1000), 1e-12);
  }
}

/* Draws whose squares are beyond float64, or nothing in it: the error is that of the same draws in
 * other units */
static void
test_errors_of_any_size (void)
{
  static const double units[] = {1, 3e-300, 1e-170, 1e-30, 1e155, 7e220, 2e305};
  for (guint u = 0; u < G_N_ELEMENTS (units); u++) {
    LimenRandom random = limen_random_stream (5, "units", 0);
    LimenRunningMean whole = {0}, parts[2] = {0};
    double sum = 0, squares = 0, value[400];
    for (guint i = 0; i < 400; i++) {
      value[i] = limen_random_normal (&random) - 2;
      sum += value[i];
      limen_running_mean_add (&whole, value[i] * units[u]);
      limen_running_mean_add (&parts[i < 33], value[i] * units[u]);
    }
    for (guint i = 0; i < 400; i++)
      squares += (value[i] - sum / 400) * (value[i] - sum / 400);
    limen_running_mean_join (&parts[0], &parts[1]);
    LimenRunningMean again = limen_running_mean_of (limen_running_mean_estimate (&whole));
    const LimenRunningMean *all[] = {&whole, &parts[0], &again};
    for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
      LimenEstimate estimate = limen_running_mean_estimate (all[i]);
      assert_near (estimate.mean / units[u], sum / 400, 1e-12);
      assert_near (estimate.standard_error / units[u], sqrt (squares / 399 / 400), 1e-12);
    }
  }
}

static void
test_few_draws_have_no_error (void)
{
  LimenRunningMean running = {0};
  g_assert_true (isnan (limen_running_mean_estimate (&running).mean));
  limen_running_mean_add (&running, 3);
  LimenEstimate one = limen_running_mean_estimate (&running);
  assert_near (one.mean, 3, 0);
  g_assert_true (isnan (one.standard_error));
  limen_running_mean_add (&running, 5);
  assert_near (limen_running_mean_estimate (&running).standard_error, 1, 1e-15);
}

static void
test_log_sum (void)
{
  const double values[] = {-2, 1, 0.5, 1, -700, 3};
  const double shifts[] = {0, 800, -800, 1e9};
  for (gsize s = 0; s < G_N_ELEMENTS (shifts); s++) {
    LimenLogSum sum = LIMEN_LOG_SUM_EMPTY;
    double expected = 0;
    g_assert_true (isinf (limen_log_sum (&sum)) && limen_log_sum (&sum) < 0);
    for (gsize i = 0; i < G_N_ELEMENTS (values); i++) {
      limen_log_sum_add (&sum, values[i] + shifts[s]);
      expected += exp (values[i]);
    }
    assert_near (limen_log_sum (&sum), shifts[s] + log (expected), 1e-15 * (10 + fabs (shifts[s])));
  }
}

static void
test_log_sum_of_extremes (void)
{
  LimenLogSum sum = LIMEN_LOG_SUM_EMPTY;
  limen_log_sum_add (&sum, -INFINITY);
  g_assert_true (isinf (limen_log_sum (&sum)));
  limen_log_sum_add (&sum, -1e5);
  limen_log_sum_add (&sum, -INFINITY);
  assert_near (limen_log_sum (&sum), -1e5, 1e-10);
  limen_log_sum_add (&sum, NAN);
  g_assert_true (isnan (limen_log_sum (&sum)));
}

/* -- draws -- */

static void
test_log_weights (void)
{
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  LimenTarget target = limen_gaussian_case_target (example);
  static double z[2001], a[1001], b[1001];
  g_autoptr (LimenGaussian) q = limen_gaussian_case_proposal (example, LIMEN_PROPOSAL_POSTERIOR);
  limen_log_weights (&target, q, 7, 3, 1000, z, a);
  limen_log_weights (&target, q, 7, 3, 1000, NULL, b);
  double evidence = gaussian_log_evidence (example->model, example->x);
  double mean[2] = {0}, product = 0;
  for (int i = 0; i < 1000; i++) {
    assert_near (a[i], evidence, 1e-12); /* the weights of the posterior are all the same */
    g_assert_cmpfloat (a[i], ==, b[i]);
    for (int j = 0; j < 2; j++)
      mean[j] += z[2 * i + j] / 1000;
    product += (z[2 * i] - q->mean[0]) * (z[2 * i + 1] - q->mean[1]) / 1000;
  }
  for (int j = 0; j < 2; j++)
    assert_near (mean[j], q->mean[j], 4 * sqrt (q->covariance[3 * j] / 1000));
  assert_near (product, q->covariance[1], 0.06);
  limen_log_weights (&target, example->proposal, 7, 3, 10, NULL, a);
  limen_log_weights (&target, example->proposal, 7, 4, 10, NULL, b);
  g_assert_cmpfloat (a[0], !=, b[0]);
  limen_log_weights (&target, example->proposal, 8, 3, 10, NULL, b);
  g_assert_cmpfloat (a[0], !=, b[0]);
}

/* log w = log p(x, z) − log q(z) at the very draws, for any proposal and an odd number of them */
static void
test_log_weights_are_those_of_the_draws (void)
{
  const double mean[] = {1, -1}, covariance[] = {0.5, 0.3, 0.3, 0.7};
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  LimenTarget target = limen_gaussian_case_target (example);
  g_autoptr (LimenGaussian) q = limen_gaussian_new ("q", 2, mean, covariance, NULL);
  double z[202], log_weight[101], joint[101];
  limen_log_weights (&target, q, 1, 0, 101, z, log_weight);
  target.log_joint (z, 101, joint, target.data);
  for (int i = 0; i < 101; i++)
    assert_near (log_weight[i], joint[i] - limen_gaussian_log_density (q, z + 2 * i), 1e-12);
}

/* -- the bound -- */

static LimenEstimate
estimate_of (const LimenGaussianCase *gaussian_case, guint k, guint n, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  LimenEstimate estimate;
  LimenTarget target = limen_gaussian_case_target (gaussian_case);
  g_assert_true (limen_monte_carlo_bound (&target, gaussian_case->proposal,
                                          (LimenBoundDraws){k, n, seed}, &estimate, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (estimate.n, ==, n);
  return estimate;
}

static double
exact_bound (const LimenGaussianCase *gaussian_case, double k)
{
  g_autoptr (LimenImportanceBound) bound =
      gaussian_importance_bound (gaussian_case->model, gaussian_case->x, gaussian_case->proposal);
  return gaussian_log_evidence (gaussian_case->model, gaussian_case->x) -
         limen_importance_bound_gap (bound, k);
}

/* 1,000 experiments of 400 bounds each: ±2 standard errors hold 95.4 % of what is normal. */
static void
test_error_bars_cover_the_exact_value (void)
{
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  double exact = exact_bound (example, 10);
  guint covered = 0;
  for (guint seed = 0; seed < 1000; seed++) {
    LimenEstimate estimate = estimate_of (example, 10, 400, seed);
    covered += fabs (estimate.mean - exact) <= 2 * estimate.standard_error;
  }
  g_test_message ("%u of 1000", covered);
  g_assert_cmpuint (covered, >=, 930);
  g_assert_cmpuint (covered, <=, 970);
}

static void
test_estimates_meet_the_exact_value (void)
{
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  const guint k[] = {1, 2, 3, 100, 2047, 2048, 2049, 5000, 10000};
  for (gsize i = 0; i < G_N_ELEMENTS (k); i++) {
    LimenEstimate estimate = estimate_of (example, k[i], MAX (400000 / k[i], 50), 5);
    g_assert_cmpfloat (estimate.standard_error, >, 0);
    assert_near (estimate.mean, exact_bound (example, k[i]), 4 * estimate.standard_error);
  }
}

static void
test_any_number_of_threads (void)
{
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  const guint shapes[][2] = {{1, 5000}, {10, 777}, {3000, 40}, {5000, 1}};
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_setenv ("LIMEN_THREADS", "1", TRUE);
    LimenEstimate one = estimate_of (example, shapes[i][0], shapes[i][1], 9);
    g_setenv ("LIMEN_THREADS", "2", TRUE);
    LimenEstimate two = estimate_of (example, shapes[i][0], shapes[i][1], 9);
    g_unsetenv ("LIMEN_THREADS");
    g_assert_cmpmem (&one.mean, sizeof one.mean, &two.mean, sizeof two.mean);
    g_assert_cmpmem (&one.standard_error, sizeof (double), &two.standard_error, sizeof (double));
  }
}

static void
count_cb (double fraction, gpointer data)
{
  g_assert_cmpfloat (fraction, <=, 1);
  ++*(guint *)data;
}

static void
cancel_cb (double fraction, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_progress_and_cancel (void)
{
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LimenTarget target = limen_gaussian_case_target (example);
  LimenEstimate estimate = {1, 2, 3};
  LimenBoundDraws draws = {3, 500000, 1};
  guint calls = 0;
  g_assert_true (limen_monte_carlo_bound (&target, example->proposal, draws, &estimate,
                                          &(LimenRun){count_cb, &calls, cancellable}, &error));
  g_assert_cmpuint (calls, >, 10);
  g_assert_cmpuint (calls, <=, 300);
  estimate = (LimenEstimate){1, 2, 3};
  g_assert_false (limen_monte_carlo_bound (&target, example->proposal, draws, &estimate,
                                           &(LimenRun){cancel_cb, cancellable, cancellable},
                                           &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (estimate.n, ==, 3);
}

/* -- why it rises -- */

static void
test_merging_never_lowers_the_mean (void)
{
  LimenRandom random = limen_random_stream (4, "merge", 0);
  static double value[1024], before[1024];
  for (int round = 0; round < 200; round++) {
    double spread = exp (10 * limen_random_uniform (&random) - 5), mean = 0;
    LimenLogSum sum = LIMEN_LOG_SUM_EMPTY;
    for (int i = 0; i < 1024; i++) {
      value[i] = spread * limen_random_normal (&random);
      limen_log_sum_add (&sum, value[i]);
      mean += value[i] / 1024;
    }
    for (gsize n = 1024; n > 1; n /= 2) {
      memcpy (before, value, sizeof value);
      double merged = limen_merge_pairs (value, n);
      g_assert_cmpfloat (merged, >=, mean - 1e-15 * spread);
      for (gsize i = 0; i < n / 2; i++)
        g_assert_cmpfloat (value[i], >=, (before[2 * i] + before[2 * i + 1]) / 2 - 1e-15 * spread);
      mean = merged;
    }
    assert_near (mean, limen_log_sum (&sum) - log (1024), 1e-13 * (10 + 4 * spread));
  }
}

static void
test_merging_extremes (void)
{
  double value[] = {-INFINITY, -INFINITY, 2, -INFINITY, 5, 5, 1000, -1000};
  double mean = limen_merge_pairs (value, 8);
  g_assert_true (isinf (value[0]) && value[0] < 0 && isinf (mean));
  assert_near (value[1], 2 - log (2), 1e-15);
  assert_near (value[2], 5, 0);
  assert_near (value[3], 1000 - log (2), 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sums/running-mean", test_running_mean);
  g_test_add_func ("/sums/errors-of-any-size", test_errors_of_any_size);
  g_test_add_func ("/sums/few-draws", test_few_draws_have_no_error);
  g_test_add_func ("/sums/log-sum", test_log_sum);
  g_test_add_func ("/sums/log-sum-of-extremes", test_log_sum_of_extremes);
  g_test_add_func ("/draws/posterior", test_log_weights);
  g_test_add_func ("/draws/weights", test_log_weights_are_those_of_the_draws);
  g_test_add_func ("/bound/coverage", test_error_bars_cover_the_exact_value);
  g_test_add_func ("/bound/exact-value", test_estimates_meet_the_exact_value);
  g_test_add_func ("/bound/threads", test_any_number_of_threads);
  g_test_add_func ("/bound/progress-and-cancel", test_progress_and_cancel);
  g_test_add_func ("/merge/never-lowers", test_merging_never_lowers_the_mean);
  g_test_add_func ("/merge/extremes", test_merging_extremes);
  return g_test_run ();
}
