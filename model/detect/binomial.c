#include "model/detect/binomial.h"

#include <float.h>
#include <math.h>

#define EXACT_STIRLING 16

/* ln n! − ln (√(2πn) (n/e)^n) */
static double
stirling_error (double n)
{
  int sign; /* lgamma() would write it to a variable that all threads share */
  if (n < EXACT_STIRLING)
    return n > 0 ? lgamma_r (n + 1, &sign) - (n + 0.5) * log (n) + n - 0.5 * log (2 * G_PI) : 0;
  double s = 1 / (n * n);
  return (1.0 / 12 -
          s * (1.0 / 360 -
               s * (1.0 / 1260 - s * (1.0 / 1680 - s * (1.0 / 1188 - s * 691.0 / 360360))))) /
         n;
}

/* x ln (x / m) + m − x, without a difference of large numbers where x is near m */
static double
deviance (double x, double m)
{
  double v = (x - m) / (x + m);
  if (fabs (v) >= 0.1)
    return x * log (x / m) + m - x;
  double sum = (x - m) * v, term = 2 * x * v, previous = NAN;
  for (guint j = 3; sum != previous; j += 2) {
    previous = sum;
    term *= v * v;
    sum += term / j;
  }
  return sum;
}

/* P(Bin(n, p) = k), 0 < p < 1 */
static double
probability (guint k, guint n, double p)
{
  if (k == 0)
    return exp (n * log1p (-p));
  if (k == n)
    return exp (n * log (p));
  double x = k, y = (double)n - k;
  double exponent = stirling_error (n) - stirling_error (x) - stirling_error (y) -
                    deviance (x, n * p) - deviance (y, n * (1 - p));
  return exp (exponent) * sqrt (n / (2 * G_PI * x * y));
}

/* Σ_{j ≤ k}, good where k is not above the mean */
static double
add_down (guint k, guint n, double p)
{
  double term = probability (k, n, p), sum = term;
  for (guint j = k; j > 0 && term > DBL_EPSILON / 16 * sum; j--) {
    term *= j / ((double)n - j + 1) * ((1 - p) / p);
    sum += term;
  }
  return sum;
}

/* Σ_{j > k}, good where k is not below the mean */
static double
add_up (guint k, guint n, double p)
{
  double term = probability (k + 1, n, p), sum = term;
  for (guint j = k + 1; j < n && term > DBL_EPSILON / 16 * sum; j++) {
    term *= ((double)n - j) / (j + 1.0) * (p / (1 - p));
    sum += term;
  }
  return sum;
}

double
limen_binomial_at_most (guint k, guint n, double p)
{
  g_return_val_if_fail (p >= 0 && p <= 1, NAN);
  if (k >= n || p == 0)
    return 1;
  if (p == 1)
    return 0;
  return k < n * p ? add_down (k, n, p) : 1 - add_up (k, n, p);
}

double
limen_binomial_more_than (guint k, guint n, double p)
{
  g_return_val_if_fail (p >= 0 && p <= 1, NAN);
  if (k >= n || p == 0)
    return 0;
  if (p == 1)
    return 1;
  return k < n * p ? 1 - add_down (k, n, p) : add_up (k, n, p);
}
