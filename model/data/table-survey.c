/* What all rows of a table show together: a look at the whole file before a number of it is read.
 */
#include "model/data/table-private.h"

#include <string.h>

/* -- what stays known -- */

static void
keep_row (LimenKept *kept, const LimenRow *row)
{
  *kept = (LimenKept){.row = row->number, .n = row->n};
  kept->text = g_new0 (char *, row->n + 1);
  kept->kind = g_new (LimenCellKind, row->n);
  for (guint i = 0; i < row->n; i++) {
    const LimenCell *cell = &row->cell[i];
    kept->text[i] = g_strndup (cell->at, cell->n);
    kept->kind[i] = limen_cell_kind (cell->at, cell->n);
  }
}

static void
forget_row (LimenKept *kept)
{
  g_strfreev (kept->text);
  g_free (kept->kind);
  *kept = (LimenKept){0};
}

gboolean
limen_table_is_blank (const LimenKept *kept)
{
  return kept->n == 0;
}

static void
keep_spot (LimenSpot *spot, const LimenCell *cell, guint64 row, guint column)
{
  if (!spot->text)
    *spot = (LimenSpot){limen_cell_text (cell), row, column};
}

void
limen_table_reader_clear (LimenTableReader *reader)
{
  LimenKept *rows[] = {&reader->title, &reader->heading, &reader->first};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    forget_row (rows[i]);
  for (guint i = 0; i < 2; i++) {
    g_free (reader->marks[i].point.text);
    g_free (reader->marks[i].comma.text);
    g_free (reader->marks[i].either.text);
  }
  g_clear_pointer (&reader->csv, limen_csv_free);
  g_clear_pointer (&reader->told, g_ptr_array_unref);
  g_clear_pointer (&reader->columns, g_array_unref);
}

void
limen_table_tell (LimenTableReader *reader, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (!g_ptr_array_find_with_equal_func (reader->told, words, g_str_equal, NULL))
    g_ptr_array_add (reader->told, g_steal_pointer (&words));
}

/* -- rows of words before the numbers -- */

/* “NA” and “O” are words among words, and otherwise numbers that failed; so are those behind a
 * single word, the name of their row. */
static gboolean
has_number (const LimenRow *row)
{
  guint words = 0, behind = 0, letters = 0, failed = 0;
  for (guint i = 0; i < row->used; i++) {
    const LimenCell *cell = &row->cell[i];
    LimenCellKind kind = cell->n > 0 ? limen_cell_kind (cell->at, cell->n) : LIMEN_CELL_TEXT;
    gboolean word = cell->n > 0 && kind == LIMEN_CELL_TEXT;
    if (kind != LIMEN_CELL_MISSING && !limen_cell_may_be_word (kind))
      return TRUE;
    words += word;
    behind += word && i > 0;
    letters += kind == LIMEN_CELL_LETTER;
    failed += kind == LIMEN_CELL_MISSING || kind == LIMEN_CELL_NOTHING;
  }
  return failed > 0 ? behind == 0 : words == 0 && letters > 0;
}

static guint
count_words (const LimenRow *row)
{
  guint n = 0;
  for (guint i = 0; i < row->used; i++)
    n += row->cell[i].n > 0;
  return n;
}

static guint
first_used (const LimenRow *row)
{
  guint i = 0;
  while (i < row->used && row->cell[i].n == 0)
    i++;
  return i;
}

/* A line of words over the heading is a title; a second row of words is none of a table of numbers.
 */
static gboolean
take_words (LimenTableReader *reader, const LimenRow *row, GError **error)
{
  guint at = first_used (row);
  if (limen_table_is_blank (&reader->heading)) {
    keep_row (&reader->heading, row);
    return TRUE;
  }
  guint words = 0;
  for (guint i = 0; i < reader->heading.n; i++)
    words += *reader->heading.text[i] != 0;
  if (words > 1 || count_words (row) == 1 || !limen_table_is_blank (&reader->title))
    return limen_table_refuse_cell (reader, &row->cell[at], row->number, at + 1, error);
  reader->title = reader->heading;
  keep_row (&reader->heading, row);
  return TRUE;
}

/* Takes rows of words, and the first with a number. */
static gboolean
take_head (LimenTableReader *reader, GError **error)
{
  LimenRow row;
  GError *failed = NULL;
  while (limen_csv_next (reader->csv, &row, &failed)) {
    if (has_number (&row)) {
      keep_row (&reader->first, &row);
      reader->shape =
          (LimenShape){.rows = 1, .left = first_used (&row), .right = row.used, .before = row.n};
      return TRUE;
    }
    if (!take_words (reader, &row, error))
      return FALSE;
  }
  if (failed) {
    g_propagate_error (error, failed);
    return FALSE;
  }
  const char *wanted = reader->wants->game ? "a row of payoffs for each strategy of A"
                                           : "it rows of two or more numbers, separated by commas";
  for (guint i = 0; i < reader->heading.n; i++)
    if (*reader->heading.text[i]) {
      const LimenCell cell = {reader->heading.text[i], strlen (reader->heading.text[i]), FALSE};
      g_autofree char *shown = limen_cell_text (&cell);
      return limen_refuse (error, LIMEN_ERROR_FORMAT, reader->path,
                           "has text (“%s”) and no row of numbers; give %s", shown, wanted);
    }
  return limen_refuse (error, LIMEN_ERROR_FORMAT, reader->path, "has no row of numbers; give %s",
                       wanted);
}

/* -- rows of numbers -- */

void
limen_table_look_at_marks (LimenMarks *marks, const LimenCell *cell, guint64 row, guint column)
{
  const char *comma = memchr (cell->at, ',', cell->n), *point = memchr (cell->at, '.', cell->n);
  double by_point, by_comma;
  gboolean again = point && memchr (point + 1, '.', (gsize)(cell->at + cell->n - point - 1));
  if (!comma && !point)
    return;
  if (!comma && !again && marks->point.text) /* nothing new, of millions */
    return;
  gboolean p = limen_cell_number (cell->at, cell->n, LIMEN_DECIMAL_POINT, &by_point, NULL);
  gboolean c = limen_cell_number (cell->at, cell->n, LIMEN_DECIMAL_COMMA, &by_comma, NULL);
  if (p && !c)
    keep_spot (&marks->point, cell, row, column);
  else if (c && !p)
    keep_spot (&marks->comma, cell, row, column);
  else if (p && by_point != by_comma && comma)
    keep_spot (&marks->either, cell, row, column);
}

gboolean
limen_table_is_whole (const LimenCell *cell)
{
  gsize digits = 0, zeros;
  while (digits < cell->n && g_ascii_isdigit (cell->at[digits]))
    digits++;
  zeros = digits + 1;
  while (zeros < cell->n && cell->at[zeros] == '0')
    zeros++;
  gboolean marked = digits < cell->n && (cell->at[digits] == '.' || cell->at[digits] == ',');
  return digits > 0 && (digits == cell->n || (marked && zeros == cell->n));
}

/* Whether @cell says @number, plainly */
static gboolean
says (const LimenCell *cell, guint64 number)
{
  char text[24];
  int n = g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, number);
  return cell->n == (gsize)n && memcmp (cell->at, text, cell->n) == 0;
}

gboolean
limen_first_is_words (const LimenFirst *column)
{
  return column->text > 0 && column->text + column->unsure == column->n;
}

static void
look_at_first (LimenTableReader *reader, const LimenCell *cell)
{
  LimenFirst *first = &reader->column;
  LimenCellKind kind = cell->n > 0 ? limen_cell_kind (cell->at, cell->n) : LIMEN_CELL_TEXT;
  guint64 at = ++first->n; /* and the heading's cell over the column of the same number */
  const LimenKept *top = &reader->first;
  first->empty += cell->n == 0;
  first->text += cell->n > 0 && kind == LIMEN_CELL_TEXT;
  first->unsure +=
      kind == LIMEN_CELL_MISSING || (kind != LIMEN_CELL_TEXT && limen_cell_may_be_word (kind));
  first->number += kind == LIMEN_CELL_NUMBER;
  first->integers += limen_table_is_whole (cell);
  for (guint i = 0; i < 3; i++)
    first->from[i] = (at == 1 || first->from[i]) && says (cell, at - 1 + i);
  at += reader->shape.left;
  first->as_heading = (first->n == 1 || first->as_heading) && at < top->n &&
                      strlen (top->text[at]) == cell->n &&
                      memcmp (top->text[at], cell->at, cell->n) == 0;
}

/* No decimal mark, and no exponent */
static gboolean
has_no_mark (const LimenCell *cell)
{
  return !memchr (cell->at, '.', cell->n) && !memchr (cell->at, ',', cell->n) &&
         !memchr (cell->at, 'e', cell->n);
}

static void
look_at_length (LimenShape *shape, const LimenRow *row)
{
  gboolean longer = row->used > shape->before, shorter = row->n < shape->right;
  if (shape->ragged == 0 && (longer || shorter)) {
    shape->ragged = row->number;
    shape->has = longer ? row->used : row->n;
    shape->before = longer ? shape->before : shape->right;
  }
  if (shape->ragged == 0)
    shape->before = MIN (shape->before, row->n);
  shape->left = MIN (shape->left, first_used (row));
  if (shape->ragged == 0)
    shape->right = MAX (shape->right, row->used);
}

static void
look_at_cells (LimenTableReader *reader, const LimenRow *row)
{
  guint left = reader->shape.left, n = MIN (row->used, left + reader->wants->most_columns + 1);
  for (guint i = left; i < n; i++) {
    const LimenCell *cell = &row->cell[i];
    limen_table_look_at_marks (&reader->marks[i > left], cell, row->number, i + 1);
    reader->whole[i > left] += cell->n > 0 && has_no_mark (cell);
  }
}

gboolean
limen_table_survey (LimenTableReader *reader, GError **error)
{
  LimenRow row;
  GError *failed = NULL;
  guint64 most = (guint64)reader->wants->most_rows + 2;
  if (!take_head (reader, error))
    return FALSE;
  while (reader->shape.rows < most && limen_csv_next (reader->csv, &row, &failed)) {
    reader->shape.rows++;
    look_at_length (&reader->shape, &row);
    look_at_first (reader, &row.cell[MIN (reader->shape.left, row.n - 1)]);
    look_at_cells (reader, &row);
  }
  if (failed)
    g_propagate_error (error, failed);
  return !failed;
}
