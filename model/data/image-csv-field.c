#include "model/data/image-csv-field.h"

#include <math.h>
#include <string.h>

#define MOST_DIGITS 64 /* of one number */
#define MINUS       "\u2212"

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

/* Not the zero that ends @set. */
static gboolean
is_among (char c, const char *set)
{
  return c && strchr (set, c);
}

static LimenCsvField
strip (const char *at, gsize n)
{
  while (n > 0 && is_blank (*at))
    at++, n--;
  while (n > 0 && is_blank (at[n - 1]))
    n--;
  return (LimenCsvField){at, n};
}

/* Where the field ends that begins at @at: quotes hide separators. */
static const char *
end_of_field (const char *at, const char *end, char separator)
{
  gboolean quoted = FALSE;
  for (; at < end && (quoted || *at != separator); at++)
    quoted ^= *at == '"';
  return at;
}

/* Takes the next field off @text. Returns: FALSE at the end; a separator at the very end begins one
 * more field, which is empty. Blanks as separators may be many. */
gboolean
limen_csv_next_field (const char **text, const char *end, char separator, LimenCsvField *field)
{
  if (separator == ' ')
    while (*text < end && is_blank (**text))
      (*text)++;
  if (*text > end || (separator == ' ' && *text == end))
    return FALSE;
  const char *stop = end_of_field (*text, end, separator);
  *field = strip (*text, (gsize)(stop - *text));
  *text = stop + 1;
  if (field->n >= 2 && field->at[0] == '"' && field->at[field->n - 1] == '"')
    *field = strip (field->at + 1, field->n - 2);
  return TRUE;
}

/* Up to three digits: what nearly all fields are */
static gboolean
parse_short (LimenCsvField field, double *value)
{
  guint number = 0;
  if (field.n == 0 || field.n > 3)
    return FALSE;
  for (gsize i = 0; i < field.n; i++) {
    if (!g_ascii_isdigit (field.at[i]))
      return FALSE;
    number = 10 * number + (guint)(field.at[i] - '0');
  }
  *value = number;
  return TRUE;
}

/* A decimal number, perhaps with an exponent: nothing else that strtod() would take */
gboolean
limen_csv_number (LimenCsvField field, char separator, double *value)
{
  char digits[MOST_DIGITS + 1], *end;
  gboolean negative = FALSE;
  if (parse_short (field, value))
    return TRUE;
  if (field.n > strlen (MINUS) && memcmp (field.at, MINUS, strlen (MINUS)) == 0) {
    negative = TRUE;
    field = (LimenCsvField){field.at + strlen (MINUS), field.n - strlen (MINUS)};
  }
  if (field.n == 0 || field.n > MOST_DIGITS)
    return FALSE;
  for (gsize i = 0; i < field.n; i++) {
    char c = field.at[i];
    digits[i] = c == ',' && separator != ',' ? '.' : c;
    if (!g_ascii_isdigit (digits[i]) && !is_among (digits[i], "+-.eE"))
      return FALSE;
  }
  digits[field.n] = 0;
  *value = g_ascii_strtod (digits, &end);
  if (negative)
    *value = -*value;
  return end != digits && !*end && fabs (*value) <= (double)G_MAXFLOAT;
}

static gsize
count_outside_quotes (const char *at, const char *end, char c)
{
  gsize n = 0;
  gboolean quoted = FALSE;
  for (; at < end; at++) {
    quoted ^= *at == '"';
    n += !quoted && *at == c;
  }
  return n;
}

/* A semicolon or a tabulator separates even where there are commas: those are decimal ones. */
char
limen_csv_find_separator (const char *at, const char *end)
{
  static const char separators[] = {';', '\t', ','};
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (count_outside_quotes (at, end, separators[i]) > 0)
      return separators[i];
  return ' ';
}

/* A line of separators and quotes only is an empty row of a spreadsheet. */
gboolean
limen_csv_is_empty (const char *at, const char *end)
{
  for (; at < end; at++)
    if (!is_blank (*at) && !is_among (*at, ",;\""))
      return FALSE;
  return TRUE;
}

/* Recognition */

static gboolean
is_text (const guchar *data, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if ((data[i] < ' ' && !is_among ((char)data[i], "\t\r\n")) || data[i] == 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
is_of_numbers (const char *at, const char *end)
{
  gsize n = 0, total = (gsize)(end - at);
  for (; at < end; at++)
    n += g_ascii_isdigit (*at) || is_among (*at, " \t\r\n,;.+-eE\"");
  return n >= total - total / 10;
}

/* Whether all fields of a line are numbers, which words with blanks between them are not */
static gboolean
has_only_numbers (const char *at, const char *end)
{
  LimenCsvField field;
  double value;
  while (limen_csv_next_field (&at, end, ' ', &field))
    if (!limen_csv_number (field, ' ', &value))
      return FALSE;
  return TRUE;
}

/* The first line that says something; @end: (out) */
static const char *
first_line (const char *at, const char *all, const char **end)
{
  for (;; at = *end + 1) {
    const char *stop = at < all ? memchr (at, '\n', (gsize)(all - at)) : NULL;
    *end = stop ? stop : all;
    gboolean is_sep = *end - at >= 5 && *end - at <= 6 && g_ascii_strncasecmp (at, "sep=", 4) == 0;
    if (!stop || (!limen_csv_is_empty (at, *end) && *at != '#' && *at != '\r' && !is_sep))
      return at;
  }
}

gboolean
limen_image_csv_looks_like (const guchar *data, gsize size)
{
  const char *at = (const char *)data, *all = at + size, *end;
  if (size >= 3 && memcmp (data, LIMEN_CSV_BOM, 3) == 0)
    at += 3;
  if (size == 0 || !is_text (data, size))
    return FALSE;
  at = first_line (at, all, &end);
  if (at >= end)
    return FALSE;
  char separator = limen_csv_find_separator (at, end);
  LimenCsvField field;
  guint n = 0;
  for (const char *rest = at; n < LIMEN_IMAGE_CSV_LEAST_COLUMNS;)
    if (limen_csv_next_field (&rest, end, separator, &field))
      n++;
    else
      return FALSE;
  if (separator == ' ' && !has_only_numbers (at, end))
    return FALSE;
  return end >= all || is_of_numbers (end, all);
}
