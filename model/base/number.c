#include "model/base/number.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MINUS "\u2212"
#define THIN  "\u2009"

char *
limen_format_number (double value, guint decimals)
{
  if (isnan (value))
    return g_strdup ("–");
  if (isinf (value))
    return g_strdup (value < 0 ? MINUS "∞" : "∞");
  char format[8], digits[512];
  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, 15));
  g_ascii_formatd (digits, sizeof digits, format, fabs (value));
  gsize whole = strcspn (digits, ".");
  GString *text =
      g_string_new (value < 0 && strspn (digits, "0.") < strlen (digits) ? MINUS : NULL);
  for (gsize i = 0; i < whole; i++) {
    if (i > 0 && (whole - i) % 3 == 0)
      g_string_append (text, THIN);
    g_string_append_c (text, digits[i]);
  }
  g_string_append (text, digits + whole);
  return g_string_free (text, FALSE);
}

/* -- numbers with an error -- */

#define NO_DECIMALS (-400) /* less than any digit of a float64 */
#define ALL_DIGITS  17

int
limen_decimals (double error, int most)
{
  if (error == 0)
    return most;
  if (!isfinite (error))
    return NO_DECIMALS;
  return (int)fmin (floor (-log10 (2 * fabs (error)) + 1e-12), most);
}

/* Where the first digit of @value, a finite number, is: 0 for ones, −1 for tenths */
static int
place_of (double value)
{
  return value == 0 ? 0 : (int)floor (log10 (fabs (value)));
}

/* "10⁻²⁰" */
static void
append_power (GString *text, int power)
{
  static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  char digits[16];
  g_snprintf (digits, sizeof digits, "%d", abs (power));
  g_string_append (text, power < 0 ? "10⁻" : "10");
  for (const char *digit = digits; *digit; digit++)
    g_string_append (text, raised[*digit - '0']);
}

/* "6.54·10⁸" or "6.54e+08" */
static char *
scientific (double value, int significant, gboolean plain)
{
  char digits[64], format[8];
  g_snprintf (format, sizeof format, "%%.%de", CLAMP (significant, 1, ALL_DIGITS) - 1);
  g_ascii_formatd (digits, sizeof digits, format, value);
  if (plain)
    return g_strdup (digits);
  char *power = strchr (digits, 'e');
  *power = '\0';
  g_autoptr (GString) text = g_string_new (*digits == '-' ? MINUS : NULL);
  g_string_append_printf (text, "%s·", digits + (*digits == '-'));
  append_power (text, atoi (power + 1));
  return g_strdup (text->str);
}

char *
limen_format_significant (double value, int digits)
{
  char plain[64], format[8];
  if (!isfinite (value))
    return limen_format_number (value, 0);
  g_snprintf (format, sizeof format, "%%.%dg", CLAMP (digits, 1, ALL_DIGITS));
  g_ascii_formatd (plain, sizeof plain, format, value);
  char *power = strchr (plain, 'e');
  if (power)
    *power = '\0';
  GString *text = g_string_new (*plain == '-' ? MINUS : NULL);
  g_string_append (text, plain + (*plain == '-'));
  if (power) {
    g_string_append (text, "·");
    append_power (text, atoi (power + 1));
  }
  return g_string_free (text, FALSE);
}

static char *
fixed (double value, int decimals, gboolean plain)
{
  char digits[512], format[8];
  if (!plain)
    return limen_format_number (value, (guint)decimals);
  g_snprintf (format, sizeof format, "%%.%df", decimals);
  return g_strdup (g_ascii_formatd (digits, sizeof digits, format, value));
}

static char *
with_error (LimenNumber number, gboolean plain)
{
  g_autofree char *value = scientific (number.value, 1, plain);
  g_autofree char *error = scientific (number.error, 1, plain);
  return g_strdup_printf ("%s ± %s", value, error);
}

static char *
special (double value, gboolean plain)
{
  if (plain && !isnan (value))
    return g_strdup (value < 0 ? "-infinite" : "infinite");
  return limen_format_number (value, 0);
}

#define UNKNOWN_DECIMALS 2
#define MOST_SIGNIFICANT 10 /* of numbers that are written with a power of ten */

static char *
known (LimenNumber number, int most, gboolean plain)
{
  if (!isfinite (number.value))
    return special (number.value, plain);
  gboolean unknown = isnan (number.error);
  int decimals = unknown ? MIN (most, UNKNOWN_DECIMALS) : limen_decimals (number.error, most);
  int significant = place_of (number.value) + 1 + decimals;
  if (decimals >= 0)
    return fixed (number.value, decimals, plain);
  if (significant < 1)
    return with_error (number, plain);
  return scientific (number.value, MIN (significant, MOST_SIGNIFICANT), plain);
}

#define LOWEST_FIXED  (-5) /* "0.000012", and from there on "1.2·10⁻⁶" */
#define HIGHEST_FIXED 9

static char *
known_digits (LimenNumber number, int most, gboolean plain)
{
  if (!isfinite (number.value))
    return special (number.value, plain);
  int place = place_of (number.value), wanted = most - 1 - place;
  if (place <= HIGHEST_FIXED)
    wanted = MAX (wanted, 0); /* all digits before the point */
  if (isnan (number.error))
    wanted = MIN (wanted, 1 - place);
  int decimals = isnan (number.error) ? wanted : limen_decimals (number.error, wanted);
  int significant = place + 1 + decimals;
  if (number.value == 0 && number.error == 0)
    return g_strdup ("0");
  if (significant < 1)
    return with_error (number, plain);
  return place < LOWEST_FIXED || place > HIGHEST_FIXED || decimals < 0
             ? scientific (number.value, significant, plain)
             : fixed (number.value, decimals, plain);
}

char *
limen_format_known (LimenNumber number, guint most)
{
  return known (number, (int)most, FALSE);
}

char *
limen_known_text (LimenNumber number, guint most)
{
  return known (number, (int)most, TRUE);
}

char *
limen_format_digits (LimenNumber number, guint most)
{
  return known_digits (number, (int)most, FALSE);
}

char *
limen_known_digits (LimenNumber number, guint most)
{
  return known_digits (number, (int)most, TRUE);
}

/* A bound in two digits is rounded up. */
#define ROUND_UP 1.05

static char *
size (LimenNumber number, int most, gboolean plain)
{
  double bound = fmax (number.value, 0) + number.error;
  if (!isfinite (bound) || number.value > number.error || bound == 0)
    return known_digits (number, most, plain);
  g_autofree char *shown =
      known_digits ((LimenNumber){fmax (ROUND_UP * bound, DBL_TRUE_MIN), 0}, 2, plain);
  return g_strconcat ("below ", shown, NULL);
}

char *
limen_format_size (LimenNumber number, guint most)
{
  return size (number, (int)most, FALSE);
}

char *
limen_size_text (LimenNumber number, guint most)
{
  return size (number, (int)most, TRUE);
}

static char *
mean_with_error (double mean, double error, int most, gboolean plain)
{
  if (!isfinite (mean))
    return special (mean, plain);
  if (!isfinite (error) || error <= 0)
    return place_of (mean) > HIGHEST_FIXED ? scientific (mean, 3, plain)
                                           : fixed (mean, most, plain);
  error = fmax (error, DBL_EPSILON * fabs (mean)); /* nearer to it no float64 is */
  int decimals = 1 - place_of (error), significant = place_of (mean) + 1 + decimals;
  if (place_of (error) > HIGHEST_FIXED || decimals > ALL_DIGITS) {
    g_autofree char *large =
        significant < 1 ? g_strdup ("0") : scientific (mean, significant, plain);
    g_autofree char *its = scientific (error, 2, plain);
    return g_strdup_printf ("%s ± %s", large, its);
  }
  decimals = MAX (decimals, 0);
  g_autofree char *shown = fixed (mean, decimals, plain);
  g_autofree char *bar = fixed (error, decimals, plain);
  return g_strdup_printf ("%s ± %s", shown, bar);
}

char *
limen_format_mean (double mean, double error, guint most)
{
  return mean_with_error (mean, error, (int)most, FALSE);
}

char *
limen_mean_text (double mean, double error, guint most)
{
  return mean_with_error (mean, error, (int)most, TRUE);
}
