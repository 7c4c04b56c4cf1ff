#include "model/detect/beta.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
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

/* The first six cumulants of the logarithm of a gamma variable of shape @a: ψ(a) and its
 * derivatives, by their asymptotic series; to rounding above LARGE, and to some digits from 10 on.
 * Abramowitz and Stegun, 6.3.18 and 6.4.11 */
static void
log_gamma_cumulants (double a, double *cumulant)
{
  double r = 1 / a, r2 = r * r;
  cumulant[0] = log (a) - r / 2 - r2 * (1 / 12.0 - r2 / 120);
  cumulant[1] = r * (1 + r / 2 + r2 * (1 / 6.0 - r2 / 30));
  cumulant[2] = -r2 * (1 + r + r2 * (1 / 2.0 - r2 / 6));
  cumulant[3] = r * r2 * (2 + 3 * r + r2 * (2 - r2));
  cumulant[4] = -r2 * r2 * (6 + 12 * r + r2 * (10 - 7 * r2));
  cumulant[5] = r * r2 * r2 * (24 + 60 * r + r2 * (60 - 56 * r2));
}

/* The quantile @z of logit X, X ~ Beta(@a, @b), which is the difference of two such variables */
static double
logit_quantile_expansion (double a, double b, double z)
{
  double of_a[6], of_b[6];
  log_gamma_cumulants (a, of_a);
  log_gamma_cumulants (b, of_b);
  double variance = of_a[1] + of_b[1], sigma = sqrt (variance), square = variance * variance;
  double w = cornish_fisher (z, (of_a[2] - of_b[2]) / (variance * sigma),
                             (of_a[3] + of_b[3]) / square, (of_a[4] - of_b[4]) / (square * sigma),
                             (of_a[5] + of_b[5]) / (square * variance));
  return of_a[0] - of_b[0] + sigma * w;
}

/* Left of it: P(X ≤ x) ≤ xᵃ / (a B(a, b)) for b ≥ 1 */
static double
logit_quantile_bound (double a, double b, double tail)
{
  double log_x = (log (tail * a) + gsl_sf_lnbeta (a, b)) / a;
  return log_x - log (-expm1 (log_x));
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

/* The logarithm of the distribution function of logit X is concave, so Newton's method on it comes
 * to the root from any start on its left, and from one that is near. */
static double
logit_quantile (double a, double b, double tail)
{
  keep_gsl_quiet ();
  double least = MIN (a, b), z = gsl_cdf_ugaussian_Pinv (tail), step = 1;
  double y = least < 10 ? logit_quantile_bound (a, b, tail) : logit_quantile_expansion (a, b, z);
  if (least > LARGE)
    return y;
  for (int i = 0; i < 50 && fabs (step) > 1e-12; i++) {
    double x = from_logit (y), rest = from_logit (-y);
    double below = a <= b ? gsl_cdf_beta_P (x, a, b) : gsl_cdf_beta_Q (rest, b, a);
    double density = exp (a * log (x) + b * log (rest) - gsl_sf_lnbeta (a, b));
    /* far left GSL may find nothing below */
    step = below > 0 ? CLAMP (log (below / tail) * below / density, -1, 1) : -0.25;
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
