#include "model/detect/detector.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Solved from sums of binomial terms in 40 decimal digits */
static void
test_exact_intervals (void)
{
  static const struct {
    guint errors, n;
    double low, high;
  } table[] = {
      {1, 10, 0.00252857854446, 0.44501611702819},
      {5, 10, 0.18708602844739, 0.81291397155260},
      {10, 5000, 0.00095948131774, 0.00367498548086},
      {130, 5000, 0.02176757458304, 0.03079731036156},
      {21, 10000, 0.00130038847422, 0.00320829114523},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    LimenErrorRate rate = limen_error_rate (table[i].errors, table[i].n);
    g_assert_cmpfloat (rate.rate, ==, (double)table[i].errors / table[i].n);
    g_assert_cmpfloat_with_epsilon (rate.low, table[i].low, 1e-13);
    g_assert_cmpfloat_with_epsilon (rate.high, table[i].high, 1e-13);
  }
}

/* Without errors the upper bound solves (1 − p)^n = 0.025. */
static void
test_none_and_all (void)
{
  for (double n = 1; n < 4e9; n *= 7) {
    LimenErrorRate none = limen_error_rate (0, (guint)n),
                   all = limen_error_rate ((guint)n, (guint)n);
    g_assert_cmpfloat (none.low, ==, 0);
    g_assert_cmpfloat (all.high, ==, 1);
    double bound = -expm1 (log (0.025) / (guint)n);
    g_assert_cmpfloat_with_epsilon (none.high / bound, 1, 1e-9);
    g_assert_cmpfloat_with_epsilon (1 - all.low, none.high, 1e-15);
  }
}

static void
test_nothing_tested (void)
{
  LimenErrorRate rate = limen_error_rate (0, 0);
  g_assert_true (isnan (rate.rate));
  g_assert_cmpfloat (rate.low, ==, 0);
  g_assert_cmpfloat (rate.high, ==, 1);
}

/* At its bounds, the observed number of errors has exactly a tail of 2.5 %. */
static void
test_bounds_have_their_tails (void)
{
  for (guint n = 2; n < 3000; n = n * 3 / 2 + 1)
    for (guint errors = 1; errors < n; errors++) {
      LimenErrorRate rate = limen_error_rate (errors, n);
      double lower = gsl_cdf_beta_P (rate.low, errors, n - errors + 1.0);
      double upper = gsl_cdf_beta_Q (rate.high, errors + 1.0, (double)n - errors);
      g_assert_cmpfloat_with_epsilon (lower, 0.025, 1e-7);
      g_assert_cmpfloat_with_epsilon (upper, 0.025, 1e-7);
    }
}

/* Where GSL's own inverse returns NaN */
static void
test_millions_of_images (void)
{
  double previous = 0;
  for (guint errors = 0; errors <= 5000000; errors += errors < 3000 ? 1 : errors / 7) {
    LimenErrorRate rate = limen_error_rate (errors, 5000000);
    g_assert_cmpfloat (rate.low, <=, rate.rate);
    g_assert_cmpfloat (rate.rate, <, rate.high);
    g_assert_cmpfloat (rate.high, >, previous);
    previous = rate.high;
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error-rate/exact-intervals", test_exact_intervals);
  g_test_add_func ("/error-rate/none-and-all", test_none_and_all);
  g_test_add_func ("/error-rate/nothing-tested", test_nothing_tested);
  g_test_add_func ("/error-rate/bounds-have-their-tails", test_bounds_have_their_tails);
  g_test_add_func ("/error-rate/millions-of-images", test_millions_of_images);
  return g_test_run ();
}
