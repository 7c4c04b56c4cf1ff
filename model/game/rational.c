#include "model/game/rational.h"

#include <float.h>
#include <math.h>

#define MOST_DENOMINATOR 1000000
/* A fraction that lies this seldom within rounding of an arbitrary double is no coincidence. */
#define COINCIDENCE 0.01L

/* -- several -- */

LimenRationals *
limen_rationals_new (guint n)
{
  LimenRationals *out = g_malloc (sizeof *out + n * sizeof *out->at);
  out->n = n;
  for (guint k = 0; k < n; k++)
    mpq_init (out->at[k]);
  return out;
}

LimenRationals *
limen_rationals_from_doubles (const double *m, guint n, gboolean *recognized)
{
  LimenRationals *out = limen_rationals_new (n);
  gboolean all = TRUE;
  for (guint k = 0; k < n; k++)
    all = limen_rational_from_double (m[k], out->at[k]) && all;
  for (guint k = 0; k < n && !all; k++)
    mpq_set_d (out->at[k], m[k]);
  if (recognized)
    *recognized = all;
  return out;
}

double *
limen_rationals_to_doubles (const LimenRationals *rationals)
{
  double *out = g_new (double, rationals->n);
  for (guint k = 0; k < rationals->n; k++)
    out[k] = limen_rational_to_double (rationals->at[k]);
  return out;
}

void
limen_rationals_free (LimenRationals *rationals)
{
  for (guint k = 0; rationals && k < rationals->n; k++)
    mpq_clear (rationals->at[k]);
  g_free (rationals);
}

/* -- found in doubles -- */

/* The distance of doubles around @value */
static long double
spacing (long double value)
{
  return value * (long double)DBL_EPSILON;
}

/* Whether @value = @n / @d to the last bit or two */
static gboolean
is_near (long double value, long double n, long double d)
{
  return fabsl (value * d - n) <= spacing (value) * d;
}

/* Numbers that people type: up to six places after the point. */
static gboolean
find_decimal (long double value, double *n, double *d)
{
  for (*d = 1; *d <= MOST_DENOMINATOR && spacing (value) * *d <= COINCIDENCE; *d *= 10) {
    *n = (double)roundl (value * *d);
    if (is_near (value, *n, *d))
      return TRUE;
  }
  return FALSE;
}

/* A fraction that is nearer than 1 / (2 d²) is a convergent (Legendre; Khinchin, "Continued
 * fractions", theorem 19), and no two are as near as COINCIDENCE asks. */
static gboolean
find_convergent (long double value, double *n, double *d)
{
  double n_last = 1, d_last = 0;
  long double rest = value - floorl (value);
  *n = (double)floorl (value);
  *d = 1;
  while (*d <= MOST_DENOMINATOR && spacing (value) * *d * *d <= COINCIDENCE) {
    if (is_near (value, *n, *d))
      return TRUE;
    if (rest <= 0)
      return FALSE;
    double term = (double)floorl (1 / rest), n_next = n_last + term * *n,
           d_next = d_last + term * *d;
    n_last = *n;
    d_last = *d;
    *n = n_next;
    *d = d_next;
    rest = 1 / rest - term;
  }
  return FALSE;
}

/* Beyond this doubles are coarser than integers. */
#define LARGEST 0x1p53

gboolean
limen_rational_from_double (double value, mpq_ptr out)
{
  double n, d, size = fabs (value);
  mpq_set_ui (out, 0, 1);
  if (!isfinite (value))
    return FALSE;
  if (find_decimal (size, &n, &d) || find_convergent (size, &n, &d)) {
    mpz_set_d (mpq_numref (out), copysign (n, value));
    mpz_set_d (mpq_denref (out), d);
    mpq_canonicalize (out);
    return TRUE;
  }
  mpq_set_d (out, value);
  return size <= LARGEST && mpz_cmp_ui (mpq_denref (out), MOST_DENOMINATOR) <= 0;
}

/* -- and back -- */

/* 56 or 57 bits of the quotient, or as many as reach two places beyond those of the least double;
 * the last is set where others follow, so that halves are told from what is more. */
double
limen_rational_to_double (mpq_srcptr value)
{
  mpz_t n, d, rest;
  guint64 bits = 0;
  glong shift = 56 + (glong)mpz_sizeinbase (mpq_denref (value), 2) -
                (glong)mpz_sizeinbase (mpq_numref (value), 2);
  shift = MIN (shift, 1076);
  mpz_inits (n, d, rest, NULL);
  mpz_mul_2exp (n, mpq_numref (value), (gulong)MAX (shift, 0));
  mpz_mul_2exp (d, mpq_denref (value), (gulong)MAX (-shift, 0));
  mpz_tdiv_qr (n, rest, n, d);
  mpz_export (&bits, NULL, -1, sizeof bits, 0, 0, n);
  bits |= mpz_sgn (rest) != 0;
  mpz_clears (n, d, rest, NULL);
  return copysign (ldexp ((double)bits, (int)MIN (-shift, 4000)), mpq_sgn (value));
}

/* -- for people -- */

static char *
with_minus (const char *text)
{
  GString *out = g_string_new (text);
  g_string_replace (out, "-", "−", 0);
  return g_string_free (out, FALSE);
}

char *
limen_rational_text (mpq_srcptr value)
{
  gsize size = mpz_sizeinbase (mpq_numref (value), 10) + mpz_sizeinbase (mpq_denref (value), 10);
  g_autofree char *text = g_malloc (size + 3); /* a minus, a slash and an end */
  return with_minus (mpq_get_str (text, 10, value));
}

char *
limen_rational_decimal (mpq_srcptr value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return with_minus (
      g_ascii_formatd (text, sizeof text, "%.10g", limen_rational_to_double (value)));
}

gboolean
limen_rational_is_readable (mpq_srcptr value)
{
  g_autofree char *text = limen_rational_text (value);
  return g_utf8_strlen (text, -1) <= LIMEN_RATIONAL_READABLE;
}

char *
limen_rational_told (mpq_srcptr value, gboolean exact)
{
  if (exact && limen_rational_is_readable (value))
    return limen_rational_text (value);
  g_autofree char *decimal = limen_rational_decimal (value);
  return g_strconcat (exact ? "≈ " : "", decimal, NULL);
}
