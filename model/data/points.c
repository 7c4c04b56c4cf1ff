#include "model/data/file.h"
#include "model/data/points-parse.h"

#include <math.h>
#include <string.h>

#define MAX_BYTES ((gsize)512 << 20)
#define MAX_FIELD 127  /* characters of a number */
#define LOOK      4096 /* rows between two looks at the cancellable */

/* The file as far as it is read.
 * @separator: of this file: the first of ; , tab and space that its first row of numbers has
 * @at, @end: of what is left
 * @row: of the file, from 1 on
 * @value: what was read, row by row
 */
typedef struct {
  const char *path;
  char separator;
  const char *at, *end;
  guint64 row;
  guint n, d;
  GArray *value;
} Reader;

typedef struct {
  const char *at, *end;
} Text;

static gboolean refuse (GError **error, LimenError code, const char *path, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static gboolean
refuse (GError **error, LimenError code, const char *path, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *predicate = g_strdup_vprintf (format, arguments);
  g_autofree char *shown = limen_display_name (path);
  va_end (arguments);
  g_set_error (error, LIMEN_ERROR, code, "%s %s.", shown, predicate);
  return FALSE;
}

/* -- text -- */

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

static Text
trim (Text text)
{
  while (text.at < text.end && is_blank (*text.at))
    text.at++;
  while (text.at < text.end && is_blank (text.end[-1]))
    text.end--;
  return text;
}

/* The next line, without its end, which is \n, \r or both. */
static Text
next_line (Reader *reader)
{
  Text line = {reader->at, reader->at};
  while (line.end < reader->end && *line.end != '\n' && *line.end != '\r')
    line.end++;
  reader->at = MIN (line.end + 1, reader->end);
  if (line.end < reader->end && *line.end == '\r' && reader->at < reader->end &&
      *reader->at == '\n')
    reader->at++;
  reader->row++;
  return trim (line);
}

/* The next line that has something on it; an empty one at the end of the file. */
static Text
next_row (Reader *reader)
{
  Text line = {reader->at, reader->at};
  while (line.at == line.end && reader->at < reader->end)
    line = next_line (reader);
  return line;
}

static char
find_separator (Text line)
{
  static const char kinds[] = ";,\t";
  for (const char *c = kinds; *c; c++)
    if (memchr (line.at, *c, (gsize)(line.end - line.at)))
      return *c;
  return ' ';
}

/* Takes the first field off @rest. @rest->at is NULL once the last one is taken. Any number of
 * spaces separates as one. */
static Text
next_field (Text *rest, char separator)
{
  Text field = {rest->at, rest->at};
  while (field.end < rest->end && *field.end != separator)
    field.end++;
  if (field.end == rest->end) {
    rest->at = NULL;
    return trim (field);
  }
  rest->at = field.end + 1;
  while (separator == ' ' && *rest->at == ' ') /* the line ends in something else */
    rest->at++;
  return trim (field);
}

/* A quotation mark on both sides is no part of a number. */
static gboolean
parse_number (Text field, double *value)
{
  char digits[MAX_FIELD + 1], *end;
  if (field.end - field.at >= 2 && *field.at == '"' && field.end[-1] == '"')
    field = trim ((Text){field.at + 1, field.end - 1});
  gsize n = (gsize)(field.end - field.at);
  if (n == 0 || n > MAX_FIELD || memchr (field.at, 'x', n) || memchr (field.at, 'X', n))
    return FALSE;
  memcpy (digits, field.at, n);
  digits[n] = 0;
  *value = g_ascii_strtod (digits, &end);
  return end == digits + n;
}

/* As much of foreign text as a sentence holds */
static char *
printable (Text text)
{
  const gsize most = 40;
  gsize n = (gsize)(text.end - text.at);
  g_autofree char *valid = g_utf8_make_valid (text.at, (gssize)MIN (n, most));
  GString *shown = g_string_new (NULL);
  for (const char *c = valid; *c; c = g_utf8_next_char (c))
    g_string_append_unichar (shown,
                             g_unichar_isprint (g_utf8_get_char (c)) ? g_utf8_get_char (c) : '?');
  return g_string_free (g_string_append (shown, n > most ? "…" : ""), FALSE);
}

/* -- rows -- */

/* Names of columns, or a remark: no field is a number. */
static gboolean
is_heading (Text line)
{
  char separator = find_separator (line);
  double value;
  while (line.at)
    if (parse_number (next_field (&line, separator), &value))
      return FALSE;
  return TRUE;
}

static gboolean
refuse_field (const Reader *reader, Text field, guint column, GError **error)
{
  if (field.at == field.end)
    return refuse (error, LIMEN_ERROR_DAMAGED, reader->path,
                   "has nothing in column %u of row %" G_GUINT64_FORMAT
                   "; fill it in, or leave that row out",
                   column, reader->row);
  g_autofree char *shown = printable (field);
  return refuse (error, LIMEN_ERROR_DAMAGED, reader->path,
                 "has text in row %" G_GUINT64_FORMAT
                 " (“%s”); write numbers only, with a decimal point",
                 reader->row, shown);
}

static gboolean
read_field (Reader *reader, Text field, guint column, GError **error)
{
  double value;
  if (column > LIMEN_POINTS_MOST_COLUMNS)
    return refuse (error, LIMEN_ERROR_UNSAFE, reader->path,
                   "has more than the %u columns that Limen reads; choose some of them",
                   LIMEN_POINTS_MOST_COLUMNS);
  if (!parse_number (field, &value))
    return refuse_field (reader, field, column, error);
  if (!isfinite (value)) {
    g_autofree char *shown = printable (field);
    return refuse (error, LIMEN_ERROR_DAMAGED, reader->path,
                   "has a number in row %" G_GUINT64_FORMAT
                   " that is not finite (%s); leave that row out",
                   reader->row, shown);
  }
  g_array_append_val (reader->value, value);
  return TRUE;
}

static gboolean
read_row (Reader *reader, Text line, GError **error)
{
  guint column = 0;
  if (reader->n == LIMEN_POINTS_MOST_ROWS)
    return refuse (error, LIMEN_ERROR_UNSAFE, reader->path,
                   "has more than the %u rows that Limen reads; choose some of them",
                   LIMEN_POINTS_MOST_ROWS);
  while (line.at)
    if (!read_field (reader, next_field (&line, reader->separator), ++column, error))
      return FALSE;
  if (reader->n++ == 0)
    reader->d = column;
  if (column == reader->d)
    return TRUE;
  return refuse (error, LIMEN_ERROR_DAMAGED, reader->path,
                 "has another number of columns in row %" G_GUINT64_FORMAT
                 " (%u) than before (%u); give every row as many",
                 reader->row, column, reader->d);
}

static gboolean
read_rows (Reader *reader, GCancellable *cancellable, GError **error)
{
  Text line = next_row (reader);
  if (line.at < line.end && is_heading (line))
    line = next_row (reader);
  reader->separator = find_separator (line);
  for (; line.at < line.end; line = next_row (reader)) {
    if (reader->n % LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (!read_row (reader, line, error))
      return FALSE;
  }
  return TRUE;
}

/* -- files -- */

/* Bytes that text never has: of images, archives, and of text in 16 bits a character. */
static gboolean
has_control_characters (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if ((guchar)text[i] < ' ' && !g_ascii_isspace (text[i]) && text[i] != '\v')
      return TRUE;
  return FALSE;
}

static gboolean
check_size (const Reader *reader, GError **error)
{
  if (reader->n == 0)
    return refuse (error, LIMEN_ERROR_FORMAT, reader->path,
                   "has no row of numbers; give it rows of two or more, separated by commas");
  if (reader->d < 2)
    return refuse (error, LIMEN_ERROR_FORMAT, reader->path,
                   "has one number in every row; give each two or more, separated by commas");
  if (reader->n < 2)
    return refuse (error, LIMEN_ERROR_FORMAT, reader->path,
                   "has one row of numbers; give it two or more");
  return TRUE;
}

LimenPoints *
limen_points_parse (GBytes *bytes, const char *path, GCancellable *cancellable, GError **error)
{
  static const char mark[] = "\xEF\xBB\xBF"; /* that some programs put before UTF-8 */
  gsize n;
  const char *text = g_bytes_get_data (bytes, &n);
  Reader reader = {.path = path, .at = text, .end = text + n};
  if (n >= 3 && memcmp (text, mark, 3) == 0)
    reader.at += 3;
  if (has_control_characters (text, n)) {
    refuse (error, LIMEN_ERROR_FORMAT, path,
            "is not a table of numbers; save it as plain text, a CSV file in UTF-8");
    return NULL;
  }
  g_autoptr (GArray) value = reader.value = g_array_new (FALSE, FALSE, sizeof (double));
  if (!read_rows (&reader, cancellable, error) || !check_size (&reader, error))
    return NULL;
  LimenPoints *points = g_new (LimenPoints, 1);
  g_autofree char *name = g_path_get_basename (path);
  *points = (LimenPoints){limen_display_name (name), reader.n, reader.d,
                          (double *)(void *)g_array_steal (value, NULL)};
  return points;
}

LimenPoints *
limen_points_load (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = limen_file_read (path, MAX_BYTES, cancellable, error);
  return bytes ? limen_points_parse (bytes, path, cancellable, error) : NULL;
}

void
limen_points_free (LimenPoints *points)
{
  if (!points)
    return;
  g_free (points->name);
  g_free (points->x);
  g_free (points);
}
