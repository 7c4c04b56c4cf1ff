#include "model/data/csv.h"
#include "model/data/cell-number.h"
#include "model/data/csv-window.h"
#include "model/data/file.h"

#include <string.h>

#define LOOK       4096 /* rows between two looks at the cancellable */
#define TRIED      1000 /* rows that decide which separator it is */
#define MOST_WIDTH 1024 /* from here on rows count as equally long for that */
#define MOST_SHOWN 40   /* characters of foreign text in a sentence */

struct _LimenCsv {
  char *path;
  GBytes *text;           /* UTF-8 */
  LimenCsvWindow *window; /* instead, of a file that is not read whole */
  const char *encoding;
  const char *begin, *at, *end;
  guint64 first_number, number;
  char separator;
  GArray *cells;         /* of the row in hand */
  GStringChunk *scratch; /* of its cells whose quotation marks were doubled */
  guint n_chunks;
  GCancellable *cancellable;
};

char *
limen_cell_text (const LimenCell *cell)
{
  GString *shown = g_string_new (NULL);
  guint n = 0;
  for (const char *c = cell->at; c < cell->at + cell->n; c = g_utf8_next_char (c)) {
    gunichar u = g_utf8_get_char_validated (c, cell->at + cell->n - c);
    if (n++ == MOST_SHOWN) {
      g_string_append (shown, "…");
      break;
    }
    g_string_append_unichar (shown, g_unichar_isprint (u) ? u : '?');
  }
  return g_string_free (shown, FALSE);
}

/* -- bytes to text -- */

static gboolean
begins (GBytes *bytes, const char *with, gsize n)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  return size >= n && memcmp (data, with, n) == 0;
}

/* What people take for a table, by its first bytes. Returns: (nullable): "is …; …" */
static const char *
foreign (GBytes *bytes)
{
  static const struct {
    const char *start, *is;
  } kinds[] = {
      {"NFG ", "is a game in Gambit's format, which Limen does not read; write the points for B as "
               "a CSV file, a row for each strategy of the first player"},
      {"EFG ",
       "is a game tree in Gambit's format, which Limen does not read; write its normal form "
       "as a CSV file, the points for B in a row for each strategy of A"},
      {"PK\3\4", "is a spreadsheet or another zip file; save its table of numbers as CSV"},
      {"\xD0\xCF\x11\xE0", "is an old spreadsheet; save its table of numbers as CSV"},
      {"%PDF", "is a PDF; copy its table of numbers into a CSV file"},
      {"<", "is a page or a document (it begins with “<”), no table of numbers; save it as CSV"},
      {"{", "is JSON or another text in braces, no table of numbers; write it as a CSV file, a row "
            "a line"},
      {"[", "is a list in brackets, no table of numbers; write it as a CSV file, a row a line, "
            "without brackets"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (begins (bytes, kinds[i].start, strlen (kinds[i].start)) && !begins (bytes, "<NA>", 4))
      return kinds[i].is;
  return NULL;
}

/* Bytes that text never has: of images and archives, and of UTF-16 without a mark. */
static gboolean
has_control_characters (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (((guchar)text[i] < ' ' && !g_ascii_isspace (text[i]) && text[i] != '\v'))
      return TRUE;
  return FALSE;
}

/* (transfer full) (nullable) */
static GBytes *
convert (GBytes *bytes, gsize skip, const char *from)
{
  gsize n, written;
  const char *data = g_bytes_get_data (bytes, &n);
  char *text = g_convert (data + skip, (gssize)(n - skip), "UTF-8", from, NULL, &written, NULL);
  return text ? g_bytes_new_take (text, written) : NULL;
}

/* (transfer full) (nullable): UTF-8 without a mark */
static GBytes *
decode (GBytes *bytes, const char **encoding)
{
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);
  gboolean wide = begins (bytes, "\xFF\xFE\0\0", 4) || begins (bytes, "\0\0\xFE\xFF", 4);
  *encoding = NULL;
  if (begins (bytes, "\xFF\xFE", 2) || begins (bytes, "\xFE\xFF", 2)) {
    *encoding = "UTF-16";
    return wide ? NULL : convert (bytes, 2, *data == '\xFF' ? "UTF-16LE" : "UTF-16BE");
  }
  gsize skip = begins (bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
  if (n == skip || g_utf8_validate_len (data + skip, n - skip, NULL))
    return g_bytes_new_from_bytes (bytes, skip, n - skip);
  if (memchr (data, 0, n))
    return NULL;
  *encoding = "Windows-1252";
  return convert (bytes, skip, *encoding);
}

static gboolean
take_text (LimenCsv *csv, GBytes *bytes, GError **error)
{
  const char *is = foreign (bytes);
  gsize n;
  if (is)
    return limen_refuse (error, LIMEN_ERROR_FORMAT, csv->path, "%s", is);
  csv->text = decode (bytes, &csv->encoding);
  csv->begin = csv->text ? g_bytes_get_data (csv->text, &n) : NULL;
  if (!csv->text || has_control_characters (csv->begin, n))
    return limen_refuse (error, LIMEN_ERROR_FORMAT, csv->path,
                         "is not a table of numbers; save it as plain text, a CSV file with a row "
                         "in each line, in UTF-8");
  if (!csv->begin) /* of no bytes */
    csv->begin = "";
  csv->at = csv->begin;
  csv->end = csv->begin + n;
  return TRUE;
}

/* -- cells -- */

/* Of a character that starts at @c: bytes of it where it is a blank, no-break and thin ones too, 0
 * where it is not. A separator is never one. */
static gsize
blank_at (const LimenCsv *csv, const char *c)
{
  if ((guchar)*c < 128)
    return *c != csv->separator && (*c == ' ' || *c == '\t' || *c == '\v' || *c == '\f');
  gunichar u = g_utf8_get_char (c);
  gboolean blank = u == 0xA0 || u == 0x2007 || u == 0x2009 || u == 0x202F || u == 0xFEFF;
  return blank ? (gsize)(g_utf8_next_char (c) - c) : 0;
}

static LimenCell
trim_cell (const LimenCsv *csv, LimenCell cell)
{
  gsize size;
  while (cell.n > 0 && ((size = blank_at (csv, cell.at)) > 0 || *cell.at == ' ')) {
    size = MAX (size, 1);
    cell.at += size;
    cell.n -= size;
  }
  while (cell.n > 0) {
    const char *last = g_utf8_find_prev_char (cell.at, cell.at + cell.n);
    if (!last || (blank_at (csv, last) == 0 && *last != ' '))
      break;
    cell.n = (gsize)(last - cell.at);
  }
  return cell;
}

static gboolean
at_end_of_row (const LimenCsv *csv)
{
  return csv->at == csv->end || *csv->at == '\n' || *csv->at == '\r';
}

static void
skip_blanks (LimenCsv *csv)
{
  gsize size;
  while (csv->at < csv->end && (size = blank_at (csv, csv->at)) > 0)
    csv->at += size;
}

/* "" within quotation marks is one of them. */
static LimenCell
undouble (LimenCsv *csv, const char *from, gsize n)
{
  g_autoptr (GString) text = g_string_sized_new (n);
  for (gsize i = 0; i < n; i++) {
    g_string_append_c (text, from[i]);
    i += from[i] == '"'; /* and not the one behind it */
  }
  csv->n_chunks++;
  return (LimenCell){g_string_chunk_insert_len (csv->scratch, text->str, (gssize)text->len),
                     text->len, TRUE};
}

/* From the quotation mark on. */
static gboolean
read_quoted (LimenCsv *csv, LimenCell *cell, GError **error)
{
  const char *from = ++csv->at;
  gboolean doubled = FALSE;
  for (;;) {
    const char *mark = memchr (csv->at, '"', (gsize)(csv->end - csv->at));
    if (!mark)
      return limen_refuse (error, LIMEN_ERROR_DAMAGED, csv->path,
                           "has a quotation mark in row %" G_GUINT64_FORMAT
                           " that is never closed; close it, or take it out",
                           csv->number);
    csv->at = mark + 1;
    if (csv->at == csv->end || *csv->at != '"') {
      *cell = (LimenCell){from, (gsize)(mark - from), TRUE};
      break;
    }
    doubled = TRUE;
    csv->at++;
  }
  if (doubled)
    *cell = undouble (csv, cell->at, cell->n);
  skip_blanks (csv);
  if (at_end_of_row (csv) || *csv->at == csv->separator)
    return TRUE;
  return limen_refuse (error, LIMEN_ERROR_DAMAGED, csv->path,
                       "has a quotation mark in row %" G_GUINT64_FORMAT
                       " that is closed before its cell ends; double those within a cell",
                       csv->number);
}

static gboolean
read_cell (LimenCsv *csv, LimenCell *cell, GError **error)
{
  skip_blanks (csv);
  if (csv->at < csv->end && *csv->at == '"') {
    if (!read_quoted (csv, cell, error))
      return FALSE;
  } else {
    const char *from = csv->at;
    while (!at_end_of_row (csv) && *csv->at != csv->separator)
      csv->at++;
    *cell = (LimenCell){from, (gsize)(csv->at - from), FALSE};
  }
  *cell = trim_cell (csv, *cell);
  return TRUE;
}

/* -- rows -- */

static void
clear_row (LimenCsv *csv)
{
  g_array_set_size (csv->cells, 0);
  if (csv->n_chunks > 0)
    g_string_chunk_clear (csv->scratch);
  csv->n_chunks = 0;
}

static void
skip_separators (LimenCsv *csv)
{
  while (csv->separator == ' ' && csv->at < csv->end && *csv->at == ' ')
    csv->at++;
}

static void
end_row (LimenCsv *csv)
{
  gboolean carriage = csv->at < csv->end && *csv->at == '\r';
  if (csv->at < csv->end)
    csv->at++;
  if (carriage && csv->at < csv->end && *csv->at == '\n')
    csv->at++;
}

/* The next row, whatever is on it. */
static gboolean
read_row (LimenCsv *csv, LimenRow *row, GError **error)
{
  LimenCell cell;
  clear_row (csv);
  csv->number++;
  skip_separators (csv);
  for (;;) {
    if (!read_cell (csv, &cell, error))
      return FALSE;
    if (csv->cells->len < LIMEN_CSV_MOST_CELLS)
      g_array_append_val (csv->cells, cell);
    if (at_end_of_row (csv))
      break;
    csv->at++;
    skip_separators (csv);
    if (csv->separator == ' ' && at_end_of_row (csv))
      break;
  }
  end_row (csv);
  *row = (LimenRow){csv->number, (const LimenCell *)(void *)csv->cells->data, csv->cells->len, 0};
  for (guint i = 0; i < row->n; i++)
    if (row->cell[i].n > 0)
      row->used = i + 1;
  return TRUE;
}

/* "# made by hand; in metres", and the line that NumPy puts first; but not the heading of a column
 * of numbers, “#”, nor “#1”, which may be a name, nor “#N/A”, which was a number. */
static gboolean
is_remark (const LimenRow *row)
{
  const LimenCell *c = &row->cell[0];
  if (c->quoted || c->n == 0 || *c->at != '#')
    return FALSE;
  if (limen_cell_kind (c->at, c->n) == LIMEN_CELL_MISSING) /* unless it is a line across */
    return row->used == 1 && c->n > 1 && c->at[1] == '#';
  return c->n > 1 ? c->at[1] == ' ' || c->at[1] == '#' || c->at[1] == '!' || row->used == 1
                  : row->used == 1 || c->at[1] == ' ';
}

/* Of a table in Markdown: what is under its heading */
static gboolean
is_rule (const LimenRow *row)
{
  gboolean any = FALSE;
  for (guint i = 0; i < row->used; i++) {
    const LimenCell *c = &row->cell[i];
    gsize bars = 0;
    for (gsize k = 0; k < c->n; k++) {
      if (!strchr ("-=:+", c->at[k]))
        return FALSE;
      bars += c->at[k] == '-' || c->at[k] == '=';
    }
    if (c->n > 0 && bars < 2)
      return FALSE;
    any = any || c->n > 0;
  }
  return any;
}

/* A row that reaches the end of the window may go on behind it: then it is read once more. */
static gboolean
read_whole_row (LimenCsv *csv, LimenRow *row, GError **error)
{
  for (;;) {
    g_autoptr (GError) local = NULL;
    const char *start = csv->at;
    guint64 number = csv->number;
    gboolean ok = read_row (csv, row, &local);
    gboolean cut = csv->window && limen_csv_window_goes_on (csv->window) &&
                   (ok ? csv->at == csv->end : !limen_csv_window_is_full (csv->window, start));
    if (!cut && !ok)
      g_propagate_error (error, g_steal_pointer (&local));
    if (!cut)
      return ok;
    csv->number = number;
    if (!limen_csv_window_move (csv->window, &start, &csv->end, csv->path, error))
      return FALSE;
    csv->at = start;
  }
}

gboolean
limen_csv_next (LimenCsv *csv, LimenRow *row, GError **error)
{
  while (csv->at < csv->end || (csv->window && limen_csv_window_goes_on (csv->window))) {
    if (csv->number % LOOK == 0 && g_cancellable_set_error_if_cancelled (csv->cancellable, error))
      return FALSE;
    if (!read_whole_row (csv, row, error))
      return FALSE;
    if (row->used > 0 && !is_remark (row) && !is_rule (row))
      return TRUE;
  }
  return FALSE;
}

void
limen_csv_rewind (LimenCsv *csv)
{
  if (csv->window)
    limen_csv_window_rewind (csv->window, &csv->begin, &csv->end);
  csv->at = csv->begin;
  csv->number = csv->first_number;
}

double
limen_csv_done (const LimenCsv *csv)
{
  if (csv->window)
    return limen_csv_window_done (csv->window, csv->at);
  return csv->end > csv->begin ? (double)(csv->at - csv->begin) / (double)(csv->end - csv->begin)
                               : 1;
}

/* -- which separator -- */

/* “sep=;”, as spreadsheets write and read it, with quotation marks or without. Behind “sep=” there
 * was a tabulator that an editor took away, or nothing: @empty. */
static gboolean
take_separator_line (LimenCsv *csv, gboolean *empty)
{
  const char *line = csv->begin, *end = line;
  while (end < csv->end && *end != '\n' && *end != '\r')
    end++;
  const char *last = end;
  if (last - line >= 6 && *line == '"' && last[-1] == '"') {
    line++;
    last--;
  }
  if (last - line < 4 || last - line > 6 || g_ascii_strncasecmp (line, "sep=", 4) != 0)
    return FALSE;
  gboolean tab = last - line == 6 && line[4] == '\\' && line[5] == 't';
  if (!tab && last - line == 6)
    return FALSE;
  char separator = tab ? '\t' : last - line == 4 ? '\t' : line[4];
  if (g_ascii_isalnum (separator) || strchr ("\"-+.", separator) || (guchar)separator >= 128)
    return FALSE;
  csv->separator = separator;
  csv->at = end;
  end_row (csv);
  csv->begin = csv->at;
  if (csv->window)
    limen_csv_window_begin_at (csv->window, csv->begin);
  csv->first_number = csv->number = 1;
  *empty = last - line == 4 && !memchr (csv->begin, '\t', (gsize)(csv->end - csv->begin));
  return TRUE;
}

/* How good a separator is: rows as long as most, all of numbers but for the first cell */
typedef struct {
  guint good, width;
} Score;

static gboolean
is_of_numbers (const LimenRow *row)
{
  guint numbers = 0;
  for (guint i = 0; i < row->used; i++) {
    const LimenCell *cell = &row->cell[i];
    gboolean number = cell->n > 0 && limen_cell_kind (cell->at, cell->n) == LIMEN_CELL_NUMBER;
    numbers += number;
    if (!number && cell->n > 0 && i > 0)
      return FALSE;
  }
  return numbers > 0;
}

static Score
try_separator (LimenCsv *csv, char separator)
{
  guint count[MOST_WIDTH + 1] = {0}, good[MOST_WIDTH + 1] = {0}, n = 0;
  Score score = {0, 1};
  LimenRow row;
  csv->separator = separator;
  limen_csv_rewind (csv);
  while (n++ < TRIED && limen_csv_next (csv, &row, NULL)) {
    guint width = MIN (row.used, MOST_WIDTH);
    count[width]++;
    good[width] += width > 1 && is_of_numbers (&row);
  }
  for (guint width = 2; width <= MOST_WIDTH; width++)
    if (good[width] > score.good || (score.good == 0 && score.width == 1 && count[width] > 0))
      score = (Score){good[width], width};
  limen_csv_rewind (csv);
  return score;
}

static void
find_separator (LimenCsv *csv)
{
  static const char kinds[] = "\t;,| ";
  Score best = {0, 1};
  char found = ',';
  for (const char *c = kinds; *c; c++) {
    Score score;
    if (!memchr (csv->begin, *c, (gsize)(csv->end - csv->begin)))
      continue;
    score = try_separator (csv, *c);
    if (score.good > best.good || (best.good == 0 && best.width == 1 && score.width > 1)) {
      best = score;
      found = *c;
    }
  }
  csv->separator = found;
}

/* -- the object -- */

static LimenCsv *
new_csv (const char *path, GCancellable *cancellable)
{
  LimenCsv *csv = g_new0 (LimenCsv, 1);
  csv->path = g_strdup (path);
  csv->cells = g_array_new (FALSE, FALSE, sizeof (LimenCell));
  csv->scratch = g_string_chunk_new (256);
  csv->cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  return csv;
}

/* Takes over @csv, whose text is there. Returns: (nullable) */
static LimenCsv *
with_separator (LimenCsv *taken, GError **error)
{
  g_autoptr (LimenCsv) csv = taken;
  gboolean empty = FALSE;
  if (!take_separator_line (csv, &empty))
    find_separator (csv);
  if (empty) {
    limen_refuse (error, LIMEN_ERROR_FORMAT, csv->path,
                  "has “sep=” in row 1 and no separator behind it; write the one that its rows "
                  "have, as in “sep=;”, or leave that row out");
    return NULL;
  }
  limen_csv_rewind (csv);
  return g_steal_pointer (&csv);
}

LimenCsv *
limen_csv_new (GBytes *bytes, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenCsv) csv = new_csv (path, cancellable);
  return take_text (csv, bytes, error) ? with_separator (g_steal_pointer (&csv), error) : NULL;
}

LimenCsv *
limen_csv_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (LimenCsv) csv = new_csv (path, cancellable);
  csv->window = limen_csv_window_open (path, &csv->begin, &csv->end, cancellable, &local);
  if (csv->window) {
    csv->at = csv->begin;
    return with_separator (g_steal_pointer (&csv), error);
  }
  if (local) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  g_autoptr (GBytes) bytes = limen_file_read (path, LIMEN_CSV_MOST_WHOLE, cancellable, error);
  return bytes ? limen_csv_new (bytes, path, cancellable, error) : NULL;
}

void
limen_csv_free (LimenCsv *csv)
{
  if (!csv)
    return;
  g_free (csv->path);
  g_clear_pointer (&csv->text, g_bytes_unref);
  g_clear_pointer (&csv->window, limen_csv_window_free);
  g_array_unref (csv->cells);
  g_string_chunk_free (csv->scratch);
  g_clear_object (&csv->cancellable);
  g_free (csv);
}

const char *
limen_csv_encoding (const LimenCsv *csv)
{
  return csv->encoding;
}
