#include "model/detect/beta.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>

/* GSL's inverse of the incomplete beta function gives NaN for 10 errors in 5000 already. The
 * function itself is good while the smaller of its parameters is below some thousands; it is
 * inverted here. */
#define LARGE 1000

static double
from_logit (double y)
{
  return 1 / (1 + exp (-y));
}

/* The expansion of Cornish and Fisher (1937) in standardized cumulants, to their order n⁻²:
 * Abramowitz and Stegun, "Handbook of mathematical functions" (1964), 26.2.49 */
static double
cornish_fisher (double z, double skew, double kurtosis, double fifth, double sixth)
{
  double z2 = z * z, z4 = z2 * z2, skew2 = skew * skew;
  double w = z + (z2 - 1) * skew / 6;
  w += z * ((z2 - 3) * kurtosis / 24 - (2 * z2 - 5) * skew2 / 36);
  w += (z4 - 6 * z2 + 3) * fifth / 120 - (z4 - 5 * z2 + 2) * skew * kurtosis / 24 +
       (12 * z4 - 53 * z2 + 17) * skew * skew2 / 324;
  w +=
      z * ((z4 - 10 * z2 + 15) * sixth / 720 - (3 * z4 - 24 * z2 + 29) * kurtosis * kurtosis / 384 -
           (2 * z4 - 17 * z2 + 21) * skew * fifth / 180 +
           (14 * z4 - 103 * z2 + 107) * skew2 * kurtosis / 288 -
           (252 * z4 - 1688 * z2 + 1511) * skew2 * skew2 / 7776);
  return w;
}

/* The @tail quantile of logit X, X ~ Beta(@a, @b), whose cumulants are polygamma functions of a and
 * b */
static double
logit_quantile_expansion (double a, double b, double tail)
{
  double variance = gsl_sf_psi_1 (a) + gsl_sf_psi_1 (b), sigma = sqrt (variance);
  double skew = (gsl_sf_psi_n (2, a) - gsl_sf_psi_n (2, b)) / (variance * sigma);
  double kurtosis = (gsl_sf_psi_n (3, a) + gsl_sf_psi_n (3, b)) / (variance * variance);
  double fifth = (gsl_sf_psi_n (4, a) - gsl_sf_psi_n (4, b)) / (variance * variance * sigma);
  double sixth = (gsl_sf_psi_n (5, a) + gsl_sf_psi_n (5, b)) / (variance * variance * variance);
  double z = gsl_cdf_ugaussian_Pinv (tail);
  return gsl_sf_psi (a) - gsl_sf_psi (b) + sigma * cornish_fisher (z, skew, kurtosis, fifth, sixth);
}

static void
keep_gsl_quiet (void)
{
  static gsize quiet = 0;
  if (g_once_init_enter (&quiet)) {
    gsl_set_error_handler_off (); /* GSL's own would end the program */
    g_once_init_leave (&quiet, 1);
  }
}

/* The same, exactly. The logarithm of the distribution function of logit X is concave, so Newton's
 * method on it comes to the root from any start. */
static double
logit_quantile (double a, double b, double tail)
{
  keep_gsl_quiet ();
  double y = logit_quantile_expansion (a, b, tail), step = 1;
  if (MIN (a, b) > LARGE)
    return y;
  for (int i = 0; i < 50 && fabs (step) > 1e-12; i++) {
    double x = from_logit (y), rest = from_logit (-y);
    double below = a < b ? gsl_cdf_beta_P (x, a, b) : gsl_cdf_beta_Q (rest, b, a);
    double density = exp (a * log (x) + b * log (rest) - gsl_sf_lnbeta (a, b));
    step = log (below / tail) * below / density;
    y -= step;
  }
  return y;
}

double
limen_beta_quantile (double a, double b, double tail)
{
  return from_logit (logit_quantile (a, b, tail));
}

double
limen_beta_upper_quantile (double a, double b, double tail)
{
  return from_logit (-logit_quantile (b, a, tail));
}
