/* Fractions of 64-bit integers: arithmetic that refuses to round, and fractions found in doubles.
 */
#include "model/game/rational.h"

#include <float.h>
#include <math.h>

#define MOST_DENOMINATOR 1000000
/* A fraction that lies this seldom within rounding of an arbitrary double is no coincidence. */
#define COINCIDENCE 0.01L

LimenWide
limen_wide_gcd (LimenWide a, LimenWide b)
{
  while (b != 0) {
    LimenWide rest = a % b;
    a = b;
    b = rest;
  }
  return a < 0 ? -a : a;
}

gboolean
limen_rational_from_wide (LimenWide n, LimenWide d, LimenRational *out)
{
  if (d == 0)
    return FALSE;
  LimenWide gcd = limen_wide_gcd (n, d);
  n /= gcd;
  d /= gcd;
  if (d < 0) {
    n = -n;
    d = -d;
  }
  /* The least 64-bit integer is left out, for its negative is none. */
  if (n > G_MAXINT64 || n < -(LimenWide)G_MAXINT64 || d > G_MAXINT64)
    return FALSE;
  *out = (LimenRational){(gint64)n, (gint64)d};
  return TRUE;
}

gboolean
limen_rational_add (LimenRational a, LimenRational b, LimenRational *out)
{
  return limen_rational_from_wide ((LimenWide)a.n * b.d + (LimenWide)b.n * a.d,
                                   (LimenWide)a.d * b.d, out);
}

gboolean
limen_rational_multiply (LimenRational a, LimenRational b, LimenRational *out)
{
  return limen_rational_from_wide ((LimenWide)a.n * b.n, (LimenWide)a.d * b.d, out);
}

int
limen_rational_compare (LimenRational a, LimenRational b)
{
  LimenWide left = (LimenWide)a.n * b.d, right = (LimenWide)b.n * a.d;
  return (left > right) - (left < right);
}

double
limen_rational_to_double (LimenRational value)
{
  return (double)((long double)value.n / (long double)value.d);
}

/* The distance of doubles around @value */
static long double
spacing (long double value)
{
  return value * (long double)DBL_EPSILON;
}

/* Whether @value = @n / @d to the last bit or two, where the fraction is no accident: either the
 * double is the fraction exactly, or @candidates, how many fractions per unit were tried, is few
 * beside the doubles of that size. */
static gboolean
is_fraction (long double value, gint64 n, gint64 d, long double candidates)
{
  long double error = fabsl (value * (long double)d - (long double)n);
  return error == 0 ||
         (error <= spacing (value) * (long double)d && spacing (value) * candidates <= COINCIDENCE);
}

/* Numbers that people type: up to six places after the point. */
static gboolean
from_decimal (long double value, LimenRational *out)
{
  for (gint64 d = 1; d <= MOST_DENOMINATOR; d *= 10) {
    long double n = roundl (value * (long double)d);
    if (n <= 9e18L && is_fraction (value, (gint64)n, d, (long double)d))
      return limen_rational_from_wide ((LimenWide)n, d, out);
  }
  return FALSE;
}

/* The nearest fraction with a denominator up to MOST_DENOMINATOR, by convergents and, for the last,
 * intermediate fractions (Khinchin, "Continued fractions", theorem 15). @value ≥ 0. */
static void
nearest_fraction (long double value, gint64 *n, gint64 *d)
{
  gint64 n0 = 1, d0 = 0, n1 = (gint64)floorl (value), d1 = 1;
  long double rest = value - floorl (value);
  while (rest > 0 && fabsl (value * (long double)d1 - (long double)n1) >
                         spacing (value) * (long double)d1 / 16) {
    long double next = 1 / rest;
    long double term = floorl (next);
    gint64 room = (MOST_DENOMINATOR - d0) / d1;
    gint64 step = term > (long double)room ? room : (gint64)term;
    gint64 n2 = n0 + step * n1, d2 = d0 + step * d1;
    if (step < term) { /* of the last convergent and the intermediate fraction, the nearer */
      if (step > 0 && fabsl (value - (long double)n2 / (long double)d2) <
                          fabsl (value - (long double)n1 / (long double)d1)) {
        n1 = n2;
        d1 = d2;
      }
      break;
    }
    n0 = n1;
    d0 = d1;
    n1 = n2;
    d1 = d2;
    rest = next - term;
  }
  *n = n1;
  *d = d1;
}

gboolean
limen_rational_from_double (double value, LimenRational *out)
{
  long double size = fabsl ((long double)value);
  *out = (LimenRational){0, 1};
  if (!isfinite (value) || size > 9e18L)
    return FALSE;
  gboolean found = from_decimal (size, out);
  if (!found && size < 9e12L) { /* beyond, a numerator may not fit, and doubles are too coarse */
    gint64 n, d;
    nearest_fraction (size, &n, &d);
    found = is_fraction (size, n, d, (long double)d * (long double)d) &&
            limen_rational_from_wide (n, d, out);
    if (!found)
      limen_rational_from_wide (n, d, out);
  }
  if (value < 0)
    out->n = -out->n;
  return found;
}

char *
limen_rational_text (LimenRational value)
{
  const char *sign = value.n < 0 ? "−" : "";
  guint64 n = value.n < 0 ? -(guint64)value.n : (guint64)value.n;
  if (value.d == 1)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, sign, n);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT "/%" G_GINT64_FORMAT, sign, n, value.d);
}

static gboolean
scale_up (const LimenRational *m, guint n, LimenWide scale, LimenWide *out)
{
  for (guint k = 0; k < n; k++)
    if (__builtin_mul_overflow (scale / m[k].d, (LimenWide)m[k].n, &out[k]))
      return FALSE;
  return TRUE;
}

gboolean
limen_rational_integers (const double *m, guint n, LimenWide *out, LimenWide *base,
                         LimenWide *scale)
{
  g_autofree LimenRational *fraction = g_new (LimenRational, n);
  *scale = 1;
  for (guint k = 0; k < n; k++) {
    if (!limen_rational_from_double (m[k], &fraction[k]))
      return FALSE;
    LimenWide factor = fraction[k].d / limen_wide_gcd (*scale, fraction[k].d);
    if (__builtin_mul_overflow (*scale, factor, scale))
      return FALSE;
  }
  if (!scale_up (fraction, n, *scale, out))
    return FALSE;
  *base = out[0];
  for (guint k = 1; k < n; k++)
    *base = MIN (*base, out[k]);
  for (guint k = 0; k < n; k++)
    if (__builtin_sub_overflow (out[k], *base, &out[k]))
      return FALSE;
  return TRUE;
}
