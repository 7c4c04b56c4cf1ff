#include "model/bench/latent-fit.h"

#include <math.h>
#include <string.h>

gsize
limen_latent_fit_room (guint n)
{
  return 2 * (gsize)n;
}

/* Bits of a float32, so that they rise with the number. */
static guint32
key_of (float value)
{
  guint32 bits;
  memcpy (&bits, &value, sizeof bits);
  return bits & 0x80000000u ? ~bits : bits | 0x80000000u;
}

/* One pass of a radix sort, by the byte at @shift; it keeps the order of equal ones. */
static void
sort_by_byte (const float *from, guint n, guint shift, float *to)
{
  guint start[256] = {0}, sum = 0;
  for (guint i = 0; i < n; i++)
    start[key_of (from[i]) >> shift & 255]++;
  for (guint b = 0; b < 256; b++) {
    guint count = start[b];
    start[b] = sum;
    sum += count;
  }
  for (guint i = 0; i < n; i++)
    to[start[key_of (from[i]) >> shift & 255]++] = from[i];
}

/* With F logistic, −log F(z) = softplus(−z) and −log(1 − F(z)) = softplus(z): no number is lost,
 * however far out. The second term of z_(i) stands in the sum at n + 1 − i. Both are the larger of
 * ∓z and 0, and log(1 + exp(−|z|)), whose weights are 2n together: it is the logarithm of a
 * product, taken of as many factors, each at most 2, as a double holds. */
double
limen_latent_fit (const float *z, guint n, float *room)
{
  enum { FACTORS = 512 };
  float *sorted = room, *other = room + n;
  double sum = 0, rest = 0;
  sort_by_byte (z, n, 0, other);
  sort_by_byte (other, n, 8, sorted);
  sort_by_byte (sorted, n, 16, other);
  sort_by_byte (other, n, 24, sorted);
  for (guint first = 0; first < n; first += FACTORS) {
    double product = 1;
    for (guint i = first; i < MIN (first + FACTORS, n); i++) {
      double value = sorted[i], below = 2.0 * i + 1, above = 2.0 * (n - i) - 1;
      product *= 1 + exp (-fabs (value));
      sum += value < 0 ? below * -value : above * value;
    }
    rest += log (product);
  }
  for (guint i = 0; i < n; i++)
    if (isnan (z[i]))
      return NAN; /* no number of the sum, which a comparison may have passed over */
  return sum / n + 2 * rest - n;
}

/* @c: (n): by Horner's rule, the constant first */
static double
polynomial (const double *c, guint n, double x)
{
  double y = 0;
  for (guint i = n; i-- > 0;)
    y = y * x + c[i];
  return y;
}

/* P(A² < z) for infinitely many draws: section 4 of the paper */
static double
limit_of (double z)
{
  static const double low[] = {2.00012, 0.247105, -0.0649821, 0.0347962, -0.011672, 0.00168691};
  static const double high[] = {1.0776, -2.30695, 0.43424, -0.082433, 0.008056, -0.0003146};
  if (z <= 0)
    return 0;
  return z < 2 ? exp (-1.2337141 / z) / sqrt (z) * polynomial (low, G_N_ELEMENTS (low), z)
               : exp (-exp (polynomial (high, G_N_ELEMENTS (high), z)));
}

/* What is to be added to it for n draws: section 3 */
static double
correction (guint n, double x)
{
  static const double high[] = {-130.2137, 745.2337, -1705.091, 1950.646, -1116.360, 255.7844};
  static const double middle[] = {-0.00022633, 6.54034, -14.6538, 14.458, -8.259, 1.91864};
  double border = 0.01265 + 0.1757 / n;
  if (x > 0.8)
    return polynomial (high, G_N_ELEMENTS (high), x) / n;
  if (x < border) {
    double t = x / border;
    return sqrt (t) * (1 - t) * (49 * t - 102) *
           (0.0037 / ((double)n * n) + 0.00078 / n + 0.00006) / n;
  }
  double t = (x - border) / (0.8 - border);
  return polynomial (middle, G_N_ELEMENTS (middle), t) * (0.04213 + 0.01365 / n) / n;
}

double
limen_latent_fit_p_value (double statistic, guint n)
{
  double below = limit_of (statistic);
  if (isnan (statistic))
    return NAN;
  return CLAMP (1 - (below + correction (n, below)), 0, 1);
}
