#include "ui/study/typed-number.h"

#include "model/base/number.h"
#include "model/data/cell-number.h"

#include <math.h>
#include <string.h>

/* The digit that @c is when it is raised, or −1 */
static int
raised_digit (gunichar c)
{
  static const gunichar raised[] = {0x2070, 0xB9,   0xB2,   0xB3,   0x2074,
                                    0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
  for (int i = 0; i < (int)G_N_ELEMENTS (raised); i++)
    if (c == raised[i])
      return i;
  return -1;
}

/* Appends "⁻²⁰" as "-20". Returns: where it ends; @from where there is no such power */
static const char *
append_power (GString *plain, const char *from)
{
  const char *at = from, *digits;
  g_autoptr (GString) power = g_string_new (NULL);
  int digit;
  if (g_utf8_get_char (at) == 0x207B) {
    g_string_append_c (power, '-');
    at = g_utf8_next_char (at);
  }
  digits = at;
  for (; (digit = raised_digit (g_utf8_get_char (at))) >= 0; at = g_utf8_next_char (at))
    g_string_append_c (power, (char)('0' + digit));
  if (at == digits)
    return from;
  g_string_append (plain, power->str);
  return at;
}

/* (transfer full): @text with powers of ten as "2.5e-20", which is how a cell has them */
static char *
without_powers (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  while (*text) {
    gunichar c = g_utf8_get_char (text);
    gboolean times = c == 0xB7 || c == 0xD7, alone = plain->len == 0;
    const char *ten = times ? g_utf8_next_char (text) : text;
    gsize before = plain->len;
    if (times != alone && g_str_has_prefix (ten, "10")) {
      g_string_append (plain, alone ? "1e" : "e");
      const char *end = append_power (plain, ten + 2);
      if (end != ten + 2) {
        text = end;
        continue;
      }
      g_string_truncate (plain, before);
    }
    g_string_append_unichar (plain, c);
    text = g_utf8_next_char (text);
  }
  return g_strdup (plain->str);
}

static gboolean
reads (const char *text, LimenDecimal decimal, double *value)
{
  return limen_cell_number (text, strlen (text), decimal, value, NULL) && isfinite (*value);
}

/* (transfer full): with no more decimals than it has */
static char *
shortest (double value)
{
  guint decimals = 0;
  while (decimals < 15 &&
         fabs (value * pow (10, decimals) - rint (value * pow (10, decimals))) > 1e-9)
    decimals++;
  return limen_format_number (value, decimals);
}

static char *
tell (const char *text, double taken, double other)
{
  g_autofree char *is = shortest (taken), *is_not = shortest (other);
  return g_strdup_printf ("“%s” was read as %s, not as %s.", text, is, is_not);
}

gboolean
limen_typed_number (const char *text, gboolean comma, double *value, char **told)
{
  g_return_val_if_fail (text != NULL && value != NULL, FALSE);
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  g_autofree char *plain = without_powers (text);
  double by_point = NAN, by_comma = NAN;
  gboolean point_reads = reads (plain, LIMEN_DECIMAL_POINT, &by_point);
  gboolean comma_reads = reads (plain, LIMEN_DECIMAL_COMMA, &by_comma);
  if (!point_reads && !comma_reads)
    return FALSE;
  gboolean two = point_reads && comma_reads && by_point != by_comma;
  gboolean has_point = strchr (plain, '.') != NULL; /* which Limen writes for decimals only */
  gboolean takes_comma = two ? comma && !has_point : !point_reads;
  *value = takes_comma ? by_comma : by_point;
  if (told)
    *told = two && !(has_point && !comma) ? tell (text, *value, takes_comma ? by_point : by_comma)
                                          : NULL;
  return TRUE;
}
