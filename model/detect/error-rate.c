#include "model/detect/detector.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>

#define TAIL 0.025
/* GSL's inverse of the incomplete beta function gives NaN for 10 errors in 5000 already. The
 * function itself is good while the smaller of its parameters is below some thousands; it is
 * inverted here. */
#define LARGE 1000

static double
from_logit (double y)
{
  return 1 / (1 + exp (-y));
}

/* The TAIL quantile of logit X, X ~ Beta(@a, @b), by the expansion of Cornish and Fisher (1938) in
 * its cumulants, polygamma functions of a and b. Above LARGE its tail is 0.025 within 7e-8. */
static double
logit_quantile_expansion (double a, double b)
{
  double z = gsl_cdf_ugaussian_Pinv (TAIL);
  double variance = gsl_sf_psi_1 (a) + gsl_sf_psi_1 (b);
  double skew = (gsl_sf_psi_n (2, a) - gsl_sf_psi_n (2, b)) / pow (variance, 1.5);
  double kurtosis = (gsl_sf_psi_n (3, a) + gsl_sf_psi_n (3, b)) / (variance * variance);
  double w = z + (z * z - 1) * skew / 6 + (z * z * z - 3 * z) * kurtosis / 24 -
             (2 * z * z * z - 5 * z) * skew * skew / 36;
  return gsl_sf_psi (a) - gsl_sf_psi (b) + sqrt (variance) * w;
}

/* The same, exactly. The logarithm of the distribution function of logit X is concave, so Newton's
 * method on it comes to the root from any start. */
static double
logit_quantile (double a, double b)
{
  double y = logit_quantile_expansion (a, b), step = 1;
  if (MIN (a, b) > LARGE)
    return y;
  for (int i = 0; i < 50 && fabs (step) > 1e-12; i++) {
    double x = from_logit (y), rest = from_logit (-y);
    double below = a < b ? gsl_cdf_beta_P (x, a, b) : gsl_cdf_beta_Q (rest, b, a);
    double density = exp (a * log (x) + b * log (rest) - gsl_sf_lnbeta (a, b));
    step = log (below / TAIL) * below / density;
    y -= step;
  }
  return y;
}

/* Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the
 * binomial" (1934): the bounds are quantiles of Beta(errors, n − errors + 1) and Beta(errors + 1, n
 * − errors). */
LimenErrorRate
limen_error_rate (guint errors, guint n)
{
  static gsize quiet = 0;
  if (g_once_init_enter (&quiet)) {
    gsl_set_error_handler_off (); /* GSL's own would end the program */
    g_once_init_leave (&quiet, 1);
  }
  LimenErrorRate rate = {errors, n, n > 0 ? (double)errors / n : NAN, 0, 1};
  if (errors > 0)
    rate.low = from_logit (logit_quantile (errors, (double)n - errors + 1));
  if (errors < n)
    rate.high = from_logit (-logit_quantile ((double)n - errors, errors + 1.0));
  return rate;
}
