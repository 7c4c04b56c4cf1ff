#include "model/base/number.h"

#include <math.h>
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
