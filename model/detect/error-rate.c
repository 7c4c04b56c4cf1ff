#include "model/detect/band.h"
#include "model/detect/beta.h"
#include "model/detect/detector.h"

#include <math.h>

#define TAIL       0.025
#define CONFIDENCE 0.95

/* Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the
 * binomial" (1934): the bounds are quantiles of Beta(errors, n − errors + 1) and Beta(errors + 1, n
 * − errors). */
LimenErrorRate
limen_error_rate (guint errors, guint n)
{
  LimenErrorRate rate = {errors, n, n > 0 ? (double)errors / n : NAN, 0, 1};
  if (errors > 0)
    rate.low = limen_beta_quantile (errors, (double)n - errors + 1, TAIL);
  if (errors < n)
    rate.high = limen_beta_upper_quantile (errors + 1.0, (double)n - errors, TAIL);
  return rate;
}

LimenErrorRate
limen_error_rate_anywhere (guint errors, guint n)
{
  LimenErrorRate rate = {errors, n, n > 0 ? (double)errors / n : NAN, 0, 1, TRUE};
  limen_band (errors, n, CONFIDENCE, &rate.low, &rate.high);
  return rate;
}
