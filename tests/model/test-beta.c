/* Quantiles of beta distributions, by sums and integrals with 40 digits (mpmath), and what holds of
 * all. */
#include "tests/model/near-asserts.h"
#include "model/detect/beta.h"

#include <gsl/gsl_cdf.h>

/* Parts of the spread: GSL's function where one of a, b is at most 1000, the expansion above */
static void
test_known_quantiles (void)
{
  static const struct {
    double a, b, tail, x;
  } table[] = {
      {1, 1, 0.3, 0.3},
      {1, 1e7, 0.00025, 2.5003125520618431e-11},
      {1e7, 1, 0.00025, 0.99999917059537995},
      {8, 1e6, 1e-4, 1.3869634456307343e-6},
      {1e6, 8, 1e-4, 0.9999770378944757},
      {3, 4, 1e-12, 3.684133294738866e-5},
      {20, 2000, 0.00045, 0.0041617342709691341},
      {1981, 20, 0.00045, 0.98096775575221932},
      {999, 100000, 2.4e-4, 0.0088399849021547285},
      {1001, 1001, 2.4e-4, 0.46103585989403626},
      {1001, 9000, 0.0004, 0.090302737343681831},
      {9000, 1001, 0.0004, 0.88957692202827264},
      {1001, 1e7, 0.00015, 8.9053630181290831e-5},
      {1e7, 1001, 0.00015, 0.99988806936207009},
      {5e6, 5e6, 0.00015, 0.49942837105015946},
      {50000, 1e6, 0.025, 0.047212532072065175},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    double a = table[i].a, b = table[i].b;
    double spread = sqrt (a * b / (a + b + 1)) / (a + b);
    double error = fmin (a, b) > 1000 ? 1.2e-8 * spread : 2e-10 * spread + 2e-16;
    assert_near (limen_beta_quantile (a, b, table[i].tail), table[i].x, error);
    assert_near (limen_beta_upper_quantile (b, a, table[i].tail), 1 - table[i].x, error);
  }
}

/* From the smallest shapes to those where the expansion begins, and however small the tail: what is
 * below the quantile is the tail. */
static void
test_tails_are_met (void)
{
  for (double a = 1; a < 1500; a = ceil (a * 1.7))
    for (double b = 1; b < 1500; b = ceil (b * 1.6))
      for (double tail = 0.5; tail > 1e-13; tail /= 29) {
        double x = limen_beta_quantile (a, b, tail);
        double error = fmin (a, b) > 1000 ? tail > 1e-4 ? 1e-7 : 0.1 : 1e-9;
        assert_near (gsl_cdf_beta_P (x, a, b) / tail, 1, error);
        g_assert_cmpfloat (x, >, 0);
        g_assert_cmpfloat (x, <, 1);
      }
}

/* Without a step where the expansion takes over, and below the upper one */
static void
test_order (void)
{
  double last = 0;
  for (double k = 900; k < 1100; k++) {
    double x = limen_beta_quantile (k, 20000 - k, 0.0004);
    double upper = limen_beta_upper_quantile (k, 20000 - k, 0.0004);
    g_assert_cmpfloat (x, >, last);
    g_assert_cmpfloat (x, <, upper);
    if (last > 0)
      assert_near ((x - last) * 20000, 1 - 3.3529 / (2 * sqrt (k)), 0.03);
    last = x;
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/beta/known-quantiles", test_known_quantiles);
  g_test_add_func ("/beta/tails-are-met", test_tails_are_met);
  g_test_add_func ("/beta/order", test_order);
  return g_test_run ();
}
