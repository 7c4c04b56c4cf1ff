#include "model/detect/detector.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <math.h>

#define TAIL 0.025

/* The quantiles of Beta distributions that bound a binomial proportion: Clopper and Pearson, "The
 * use of confidence or fiducial limits illustrated in the case of the binomial" (1934). */
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
    rate.low = gsl_cdf_beta_Pinv (TAIL, errors, (double)n - errors + 1);
  if (errors < n)
    rate.high = gsl_cdf_beta_Qinv (TAIL, errors + 1.0, (double)n - errors);
  return rate;
}
