/* Payoffs from a CSV file. */
#include "model/data/file.h"
#include "model/game/payoff.h"

#include <math.h>
#include <string.h>

#define MOST_BYTES 65536
#define MOST_SHOWN 40 /* characters of foreign text in a sentence */

typedef struct {
  const char *path;
  LimenPayoff *payoff;
  gboolean has_columns; /* whether a first row of names was there */
} Reader;

static gboolean
refuse (const Reader *reader, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (const Reader *reader, GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *predicate = g_strdup_vprintf (format, arguments);
  g_autofree char *shown = limen_display_name (reader->path);
  va_end (arguments);
  g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT, "%s %s.", shown, predicate);
  return FALSE;
}

/* Of a field: what a sentence can hold. */
static char *
shorten (const char *field)
{
  g_autofree char *start = g_utf8_substring (field, 0, MIN (g_utf8_strlen (field, -1), MOST_SHOWN));
  for (char *c = start; *c; c++)
    if ((guchar)*c < ' ')
      *c = '?';
  return g_steal_pointer (&start);
}

/* Decimal, of which nothing is left over; no hexadecimal ones, and no empty ones. */
static gboolean
parse_decimal (const char *text, double *value)
{
  char *end;
  if (!*text || strpbrk (text, "xX"))
    return FALSE;
  *value = g_ascii_strtod (text, &end);
  return *end == 0;
}

gboolean
limen_payoff_parse_number (const char *text, double *value)
{
  g_autoptr (GString) plain = g_string_new (text);
  double below = 1;
  g_string_replace (plain, "−", "-", 0);
  g_auto (GStrv) part = g_strsplit (plain->str, "/", 3);
  if (!part[0] || !parse_decimal (g_strstrip (part[0]), value))
    return FALSE;
  if (!part[1])
    return TRUE;
  if (part[2] || !parse_decimal (g_strstrip (part[1]), &below))
    return FALSE;
  *value /= below;
  return TRUE;
}

static char
find_separator (const char *line)
{
  for (const char *c = ";,\t"; *c; c++)
    if (strchr (line, *c))
      return *c;
  return ' ';
}

/* (transfer full): fields without blanks and quotation marks around */
static GStrv
split_line (const char *line)
{
  char separator[] = {find_separator (line), 0};
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) part = g_strsplit (line, separator, -1);
  for (char **p = part; *p; p++) {
    char *text = g_strstrip (*p);
    gsize n = strlen (text);
    if (n >= 2 && text[0] == '"' && text[n - 1] == '"') {
      text[n - 1] = 0;
      text = g_strstrip (text + 1);
    }
    if (*separator == ' ' && !*text)
      continue;
    g_strv_builder_add (builder, text);
  }
  return g_strv_builder_end (builder);
}

/* Whether @field is meant as a number: one with a decimal comma is no name of a strategy, and is
 * refused as a payoff. */
static gboolean
is_number (const char *field)
{
  double value;
  g_autofree char *with_point = g_strdelimit (g_strdup (field), ",", '.');
  return limen_payoff_parse_number (with_point, &value);
}

static gboolean
has_number (GStrv field)
{
  for (; *field; field++)
    if (is_number (*field))
      return TRUE;
  return FALSE;
}

static void
set_name (char *to, const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  const char *end;
  g_strlcpy (to, valid, 24);
  if (!g_utf8_validate (to, -1, &end)) /* cut within a character */
    to[end - to] = 0;
}

static gboolean
read_payoff (const Reader *reader, const char *field, guint line, double *value, GError **error)
{
  g_autofree char *shown = shorten (field);
  if (!*field)
    return refuse (reader, error, "has nothing at a place in row %u; fill it in", line);
  if (!limen_payoff_parse_number (field, value))
    return refuse (reader, error,
                   "has text in row %u (“%s”); write numbers or fractions such as 1/3", line,
                   shown);
  if (!isfinite (*value))
    return refuse (reader, error, "has a payoff in row %u that is not finite (%s); write a number",
                   line, shown);
  if (fabs (*value) > 1e9)
    return refuse (reader, error,
                   "has a payoff in row %u beyond 1 000 000 000 (%s); divide all payoffs by the "
                   "same number",
                   line, shown);
  return TRUE;
}

/* A row of payoffs, with or without the strategy's name in front. */
static gboolean
read_row (Reader *reader, GStrv field, guint line, GError **error)
{
  LimenPayoff *payoff = reader->payoff;
  guint n = g_strv_length (field), first = 0, row = payoff->rows;
  if (row == LIMEN_GAME_MOST)
    return refuse (reader, error, "has more than %u rows; give each player at most %u strategies",
                   LIMEN_GAME_MOST, LIMEN_GAME_MOST);
  if (n > 1 && !is_number (field[0])) {
    set_name (payoff->row_name[row], field[0]);
    first = 1;
  }
  if (n - first > LIMEN_GAME_MOST)
    return refuse (reader, error,
                   "has more than %u columns; give each player at most %u strategies",
                   LIMEN_GAME_MOST, LIMEN_GAME_MOST);
  if (row == 0)
    payoff->columns = n - first;
  if (n - first != payoff->columns)
    return refuse (reader, error,
                   "has another number of payoffs in row %u (%u) than before (%u); give every row "
                   "as many",
                   line, n - first, payoff->columns);
  for (guint j = 0; j < payoff->columns; j++)
    if (!read_payoff (reader, field[first + j], line, &payoff->m[row * payoff->columns + j], error))
      return FALSE;
  payoff->rows++;
  return TRUE;
}

/* A first row of names has one for each column, or one more, over the names of rows. */
static gboolean
take_names (const Reader *reader, GStrv heading, GError **error)
{
  LimenPayoff *payoff = reader->payoff;
  guint n = heading ? g_strv_length (heading) : 0;
  if (n > 0 && n != payoff->columns && n != payoff->columns + 1)
    return refuse (reader, error, "has %u names over %u columns; give each column one", n,
                   payoff->columns);
  for (guint j = 0; j < payoff->columns; j++)
    if (n > 0 && *heading[n - payoff->columns + j])
      set_name (payoff->column_name[j], heading[n - payoff->columns + j]);
    else
      g_snprintf (payoff->column_name[j], sizeof payoff->column_name[j], "B%u", j + 1);
  for (guint i = 0; i < payoff->rows; i++)
    if (!*payoff->row_name[i] && n > 0 && payoff->rows == payoff->columns)
      g_strlcpy (payoff->row_name[i], payoff->column_name[i], sizeof payoff->row_name[i]);
    else if (!*payoff->row_name[i])
      g_snprintf (payoff->row_name[i], sizeof payoff->row_name[i], "A%u", i + 1);
  return TRUE;
}

static gboolean
read_lines (Reader *reader, const char *text, GError **error)
{
  g_autoptr (GString) plain = g_string_new (text); /* all three kinds of ends of lines */
  g_string_replace (plain, "\r\n", "\n", 0);
  g_string_replace (plain, "\r", "\n", 0);
  g_auto (GStrv) line = g_strsplit (plain->str, "\n", -1);
  g_auto (GStrv) heading = NULL;
  for (char **l = line; *l; l++) {
    g_auto (GStrv) field = split_line (*l);
    guint number = (guint)(l - line) + 1;
    if (!*g_strstrip (*l) || !*field) /* nothing but blanks, or quotation marks around nothing */
      continue;
    if (!heading && reader->payoff->rows == 0 && !has_number (field)) {
      heading = g_steal_pointer (&field);
      continue;
    }
    if (!read_row (reader, field, number, error))
      return FALSE;
  }
  g_autofree char *shown = heading ? shorten (heading[0]) : NULL;
  if (reader->payoff->rows == 0)
    return heading ? refuse (reader, error,
                             "has text (“%s”) and no row of numbers; give a row of payoffs for "
                             "each strategy of A",
                             shown)
                   : refuse (reader, error,
                             "has no row of numbers; give a row of payoffs for each strategy of A");
  return take_names (reader, heading, error);
}

gboolean
limen_payoff_parse (GBytes *bytes, const char *path, LimenPayoff *payoff, GError **error)
{
  static const char mark[] = "\xEF\xBB\xBF"; /* that some programs put before UTF-8 */
  Reader reader = {.path = path, .payoff = payoff};
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);
  *payoff = (LimenPayoff){0};
  if (n >= 3 && memcmp (data, mark, 3) == 0) {
    data += 3;
    n -= 3;
  }
  if (n > 0 && memchr (data, 0, n))
    return refuse (&reader, error,
                   "is not a table of numbers; save it as plain text, a CSV file in UTF-8");
  g_autofree char *text = g_utf8_make_valid (data ? data : "", (gssize)n);
  return read_lines (&reader, text, error);
}

gboolean
limen_payoff_load (const char *path, LimenPayoff *payoff, GError **error)
{
  g_autoptr (GBytes) bytes = limen_file_read (path, MOST_BYTES, NULL, error);
  return bytes && limen_payoff_parse (bytes, path, payoff, error);
}
