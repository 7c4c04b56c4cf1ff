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

/* The @tail quantile of logit X, X ~ Beta(@a, @b), by the expansion of Cornish and Fisher (1938) in
 * its cumulants, polygamma functions of a and b. */
static double
logit_quantile_expansion (double a, double b, double tail)
{
  double z = gsl_cdf_ugaussian_Pinv (tail);
  double variance = gsl_sf_psi_1 (a) + gsl_sf_psi_1 (b);
  double skew = (gsl_sf_psi_n (2, a) - gsl_sf_psi_n (2, b)) / pow (variance, 1.5);
  double kurtosis = (gsl_sf_psi_n (3, a) + gsl_sf_psi_n (3, b)) / (variance * variance);
  double w = z + (z * z - 1) * skew / 6 + (z * z * z - 3 * z) * kurtosis / 24 -
             (2 * z * z * z - 5 * z) * skew * skew / 36;
  return gsl_sf_psi (a) - gsl_sf_psi (b) + sqrt (variance) * w;
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
