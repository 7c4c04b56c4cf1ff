#include "model/data/table.h"
#include "model/data/table-private.h"

#include <math.h>
#include <string.h>

/* -- what is no number -- */

/* What @kind is called, and what to do about it; of a word it depends on what it stands among */
static const struct {
  const char *is, *advice;
} refusals[] = {
    [LIMEN_CELL_NUMBER] = {"a number written in another way than the others",
                           "write all of them in the same way, with a decimal point"},
    [LIMEN_CELL_MONEY] = {"an amount of money", "write the number alone"},
    [LIMEN_CELL_PERCENT] = {"a percentage", "write a number, as 3 for 300 %"},
    [LIMEN_CELL_BRACKETS] = {"a number in brackets", "write a minus sign, if that is meant"},
    [LIMEN_CELL_MISTYPED] = {"letters among digits",
                             "write the digits 0 and 1 for O and l, if those are meant"},
    [LIMEN_CELL_LIKE_NUMBER] = {"something like a number",
                                "write one, such as 0.5 or 1/3, or a name in plain words"},
    [LIMEN_CELL_MISSING] = {"a mark for a missing number",
                            "write the numbers, or another name, if it is one"},
    [LIMEN_CELL_NOTHING] = {"a mark for a missing number",
                            "write the numbers, or another name, if it is one"},
    [LIMEN_CELL_LETTER] = {"a letter that looks like a digit",
                           "write the digits 0 and 1 for O and l, if those are meant, or longer "
                           "names"},
};

static LimenError
code_of (const LimenTableReader *reader, LimenError otherwise)
{
  return reader->wants->game ? LIMEN_ERROR_FORMAT : otherwise;
}

static gboolean
refuse_empty (const LimenTableReader *reader, guint64 row, guint column, GError **error)
{
  return limen_refuse (error, code_of (reader, LIMEN_ERROR_DAMAGED), reader->path,
                       "has nothing in column %u of row %" G_GUINT64_FORMAT "; %s", column, row,
                       reader->wants->game ? "fill it in" : "fill it in, or leave that row out");
}

static gboolean
refuse_kind (const LimenTableReader *reader, LimenCellKind kind, const LimenCell *cell, guint64 row,
             guint column, GError **error)
{
  g_autofree char *shown = limen_cell_text (cell);
  const char *is = "text", *advice = "write numbers only, with a decimal point";
  if (kind != LIMEN_CELL_TEXT) {
    gboolean missing = kind == LIMEN_CELL_MISSING || kind == LIMEN_CELL_NOTHING;
    is = refusals[kind].is;
    advice = missing && !reader->wants->game ? "write the number, or leave that row out"
                                             : refusals[kind].advice;
  } else if (reader->wants->game)
    advice = column == reader->shape.left + 1 ? "write a number, or give every row a name"
                                              : "write numbers or fractions such as 1/3";
  return limen_refuse (error, code_of (reader, LIMEN_ERROR_DAMAGED), reader->path,
                       "has %s in row %" G_GUINT64_FORMAT " (“%s”), column %u; %s", is, row, shown,
                       column, advice);
}

gboolean
limen_table_refuse_cell (const LimenTableReader *reader, const LimenCell *cell, guint64 row,
                         guint column, GError **error)
{
  if (cell->n == 0)
    return refuse_empty (reader, row, column, error);
  return refuse_kind (reader, limen_cell_kind (cell->at, cell->n), cell, row, column, error);
}

static gboolean
refuse_size (const LimenTableReader *reader, const LimenCell *cell, guint64 row, guint column,
             double value, GError **error)
{
  g_autofree char *shown = limen_cell_text (cell);
  const char *what = reader->wants->game ? "payoff" : "number";
  if (isfinite (value))
    return limen_refuse (error, code_of (reader, LIMEN_ERROR_DAMAGED), reader->path,
                         "has a %s in row %" G_GUINT64_FORMAT
                         " beyond 1 000 000 000 (%s), column %u; divide all %ss by the same "
                         "number",
                         what, row, shown, column, what);
  return limen_refuse (
      error, code_of (reader, LIMEN_ERROR_DAMAGED), reader->path,
      "has a %s in row %" G_GUINT64_FORMAT " that is not finite (%s), column %u; %s", what, row,
      shown, column, reader->wants->game ? "write a number" : "leave that row out");
}

/* -- names -- */

/* What looks like an amount, or like a slip of the pen, becomes no name even where names stand. */
static gboolean
check_name (const LimenTableReader *reader, const LimenCell *cell, guint64 row, guint column,
            GError **error)
{
  LimenCellKind kind = cell->n > 0 ? limen_cell_kind (cell->at, cell->n) : LIMEN_CELL_TEXT;
  if (!reader->wants->game || kind == LIMEN_CELL_NUMBER || kind == LIMEN_CELL_LIKE_NUMBER ||
      limen_cell_may_be_word (kind))
    return TRUE;
  return limen_table_refuse_cell (reader, cell, row, column, error);
}

static gboolean
take_heading (const LimenTableReader *reader, LimenTable *table, GError **error)
{
  const LimenKept *heading = &reader->heading;
  guint n = heading->n, left = reader->shape.left, from = left + reader->named;
  if (!reader->wants->game || limen_table_is_blank (heading))
    return TRUE;
  for (guint i = left; i < n; i++) {
    const LimenCell cell = {heading->text[i], strlen (heading->text[i]), FALSE};
    if (!check_name (reader, &cell, heading->row, i + 1, error))
      return FALSE;
  }
  guint used = n;
  while (used > 0 && !*heading->text[used - 1])
    used--;
  if (*heading->text[MIN (left, n - 1)] && used - left < reader->width)
    from--; /* without a corner */
  table->column_name = g_new0 (char *, table->columns + 1);
  for (guint j = 0; j < table->columns; j++)
    table->column_name[j] = g_strdup (from + j < n ? heading->text[from + j] : "");
  return TRUE;
}

/* -- rows -- */

static gboolean
take_cell (LimenTableReader *reader, const LimenRow *row, guint i, double *value, GError **error)
{
  const LimenCell none = {"", 0, FALSE}, *cell = i < row->n ? &row->cell[i] : &none;
  gboolean thousands;
  if (cell->n == 0 || !limen_cell_number (cell->at, cell->n, reader->decimal, value, &thousands))
    return limen_table_refuse_cell (reader, cell, row->number, i + 1, error);
  if (!(fabs (*value) <= reader->wants->most))
    return refuse_size (reader, cell, row->number, i + 1, *value, error);
  if (thousands && reader->told->len < 8) {
    g_autofree char *shown = limen_cell_text (cell);
    limen_table_tell (reader, "“%s” is %.15g", shown, *value);
  }
  return TRUE;
}

static gboolean
refuse_length (const LimenTableReader *reader, const LimenRow *row, GError **error)
{
  const LimenShape *shape = &reader->shape;
  guint names = MIN (shape->left + (reader->wants->game && reader->named), shape->has);
  for (guint i = shape->left + 1; i < row->used; i++)
    if (row->cell[i].n > 0 && limen_cell_kind (row->cell[i].at, row->cell[i].n) == LIMEN_CELL_TEXT)
      return limen_table_refuse_cell (reader, &row->cell[i], row->number, i + 1, error);
  return limen_refuse (error, code_of (reader, LIMEN_ERROR_DAMAGED), reader->path,
                       "has another number of %s in row %" G_GUINT64_FORMAT
                       " (%u) than before (%u); give every row as many",
                       reader->wants->game ? "payoffs" : "columns", row->number, shape->has - names,
                       shape->before - names);
}

/* A letter that looks like a digit is a name, but hardly twice. */
static gboolean
stands_for_digit (const LimenTable *table)
{
  const char *name = table->row_name[table->rows];
  for (guint i = 0; i < table->rows && *name && strchr ("OolI", *name) && !name[1]; i++)
    if (g_str_equal (table->row_name[i], name))
      return TRUE;
  return FALSE;
}

/* Numbers are names where they tell strategies apart; others are payoffs that lost their heading.
 */
static gboolean
check_number (const LimenTableReader *reader, const LimenTable *table, const LimenCell *cell,
              guint64 row, GError **error)
{
  const char *name = table->row_name[table->rows], *what = NULL;
  if (cell->n == 0 || limen_cell_kind (cell->at, cell->n) != LIMEN_CELL_NUMBER)
    return TRUE;
  if (limen_cell_is_negative (cell->at, cell->n))
    what = "a number below 0";
  for (guint i = 0; i < table->rows && !what; i++)
    if (g_str_equal (table->row_name[i], name))
      what = "the same number twice";
  if (!what)
    return TRUE;
  g_autofree char *shown = limen_cell_text (cell);
  return limen_refuse (error, LIMEN_ERROR_FORMAT, reader->path,
                       "has %s among the names of rows, in row %" G_GUINT64_FORMAT
                       " (“%s”), column %u; write words, or complete the row above all if "
                       "these are payoffs",
                       what, row, shown, reader->shape.left + 1);
}

static gboolean
take_row (LimenTableReader *reader, LimenTable *table, const LimenRow *row, double *value,
          GError **error)
{
  guint left = reader->shape.left;
  if (reader->named && reader->wants->game) {
    if (!check_name (reader, &row->cell[left], row->number, left + 1, error))
      return FALSE;
    table->row_name[table->rows] = g_strndup (row->cell[left].at, row->cell[left].n);
    if (!check_number (reader, table, &row->cell[left], row->number, error))
      return FALSE;
    if (stands_for_digit (table))
      return refuse_kind (reader, LIMEN_CELL_MISTYPED, &row->cell[left], row->number, left + 1,
                          error);
  }
  for (guint j = 0; j < table->columns; j++)
    if (!take_cell (reader, row, g_array_index (reader->columns, guint, j), &value[j], error))
      return FALSE;
  return TRUE;
}

static gboolean
take_rows (LimenTableReader *reader, LimenTable *table, GError **error)
{
  LimenRow row;
  GError *failed = NULL;
  limen_csv_rewind (reader->csv);
  while (table->rows < reader->shape.rows && limen_csv_next (reader->csv, &row, &failed)) {
    double *value = table->value + (gsize)table->rows * table->columns;
    if (row.number < reader->body)
      continue;
    if (row.number == reader->shape.ragged)
      return refuse_length (reader, &row, error);
    if (!take_row (reader, table, &row, value, error))
      return FALSE;
    table->rows++;
  }
  if (failed)
    g_propagate_error (error, failed);
  return !failed;
}

static gboolean
check_limits (const LimenTableReader *reader, GError **error)
{
  const LimenTableWants *wants = reader->wants;
  gboolean rows = reader->shape.rows > wants->most_rows;
  guint most = rows ? wants->most_rows : wants->most_columns;
  const char *what = rows ? "rows" : "columns";
  if (!rows && reader->columns->len <= wants->most_columns)
    return TRUE;
  if (wants->game)
    return limen_refuse (error, LIMEN_ERROR_FORMAT, reader->path,
                         "has more than %u %s; give each player at most %u strategies", most, what,
                         most);
  return limen_refuse (error, LIMEN_ERROR_UNSAFE, reader->path,
                       "has more than the %u %s that Limen reads; choose some of them", most, what);
}

/* -- the whole -- */

static gboolean
fill (LimenTableReader *reader, LimenTable *table, GError **error)
{
  if (!limen_table_survey (reader, error) || !limen_table_decide (reader, error) ||
      !check_limits (reader, error))
    return FALSE;
  table->columns = reader->columns->len;
  table->value = g_new (double, (gsize)reader->shape.rows * table->columns);
  if (reader->named && reader->wants->game)
    table->row_name = g_new0 (char *, reader->shape.rows + 1);
  return take_heading (reader, table, error) && take_rows (reader, table, error);
}

LimenTable *
limen_table_read (GBytes *bytes, const char *path, const LimenTableWants *wants,
                  GCancellable *cancellable, GError **error)
{
  g_auto (LimenTableReader) reader = {.wants = wants, .path = path};
  g_autoptr (LimenTable) table = g_new0 (LimenTable, 1);
  reader.told = g_ptr_array_new_with_free_func (g_free);
  reader.csv = limen_csv_new (bytes, path, cancellable, error);
  if (!reader.csv)
    return NULL;
  if (limen_csv_encoding (reader.csv))
    limen_table_tell (&reader, "read as %s", limen_csv_encoding (reader.csv));
  if (!fill (&reader, table, error))
    return NULL;
  g_ptr_array_add (reader.told, NULL);
  table->told = reader.told->len > 1 ? g_strjoinv ("; ", (char **)reader.told->pdata) : NULL;
  return g_steal_pointer (&table);
}

void
limen_table_free (LimenTable *table)
{
  if (!table)
    return;
  g_free (table->value);
  g_strfreev (table->row_name);
  g_strfreev (table->column_name);
  g_free (table->told);
  g_free (table);
}
