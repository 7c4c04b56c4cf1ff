/* What the first row and column of a table are, and its decimal mark: decided from all rows, or
 * refused. */
#include "model/data/table-private.h"

#include <string.h>

/* -- words over a column of names -- */

static gboolean
is_one_of (const char *word, const char *const *words)
{
  for (; *words; words++)
    if (g_ascii_strcasecmp (word, *words) == 0)
      return TRUE;
  return FALSE;
}

/* What tools and people write over names of rows, which may then be numbers */
static gboolean
names_rows (const char *corner, gboolean game)
{
  static const char *const of_games[] = {"strategy", "strategies", "name", "names",
                                         "index",    "A\\B",       "A/B",  "A \\ B",
                                         "A / B",    "A|B",        "#",    NULL};
  static const char *const of_points[] = {"index", "id", "row", "#", "no.", "nr.", NULL};
  return g_str_has_prefix (corner, "Unnamed: ") || is_one_of (corner, game ? of_games : of_points);
}

/* -- the first row with a number: a heading of numbers? -- */

static const char *
corner_of (const LimenTableReader *reader, const LimenKept *kept)
{
  return reader->shape.left < kept->n ? kept->text[reader->shape.left] : "";
}

static guint
used_of (const LimenKept *kept)
{
  guint used = 0;
  for (guint i = 0; i < kept->n; i++)
    if (*kept->text[i])
      used = i + 1;
  return used;
}

/* Whether the first row's cell number @i can be a name: a payoff below 0 is none, nor what failed
 */
static gboolean
can_be_name (const LimenKept *first, guint i)
{
  if (i >= first->n || !*first->text[i])
    return FALSE;
  LimenCellKind kind = first->kind[i];
  if (kind == LIMEN_CELL_NUMBER)
    return !limen_cell_is_negative (first->text[i], strlen (first->text[i]));
  return kind != LIMEN_CELL_NOTHING && kind != LIMEN_CELL_LETTER;
}

/* Whether all cells right of the corner are there, and no two the same */
static gboolean
has_distinct_names (const LimenTableReader *reader)
{
  const LimenKept *first = &reader->first;
  if (reader->shape.right > reader->shape.left + reader->wants->most_columns + 1)
    return FALSE; /* as many as are refused anyway */
  for (guint i = reader->shape.left + 1; i < reader->shape.right; i++) {
    if (!can_be_name (first, i))
      return FALSE;
    for (guint k = reader->shape.left + 1; k < i; k++)
      if (g_str_equal (first->text[i], first->text[k]))
        return FALSE;
  }
  return reader->shape.right > reader->shape.left + 1;
}

/* 0, 1, 2, …: what pandas writes over columns without names */
static gboolean
counts_columns (const LimenTableReader *reader)
{
  const LimenKept *first = &reader->first;
  guint n = used_of (first) - MIN (reader->shape.left, used_of (first));
  for (guint i = 0; i < n; i++) {
    char text[12];
    g_snprintf (text, sizeof text, "%u", i);
    if (!g_str_equal (first->text[reader->shape.left + i], text))
      return FALSE;
  }
  return n >= 2;
}

/* Over names of rows: nothing stands in the corner; or a word for names; or the numbers over the
 * columns, two at least, are those before the rows. */
static gboolean
is_heading_with_corner (const LimenTableReader *reader)
{
  const LimenFirst *column = &reader->column;
  const char *corner = corner_of (reader, &reader->first);
  gboolean all = column->n > 0 && column->empty == 0 && has_distinct_names (reader);
  if (!*corner)
    return all;
  return all && reader->first.kind[reader->shape.left] == LIMEN_CELL_TEXT &&
         (names_rows (corner, reader->wants->game) ||
          (column->as_heading && column->n > 1 &&
           column->n + 1 == reader->shape.right - reader->shape.left));
}

/* Over numbers only: whole numbers that count the columns above what all have decimals. */
static gboolean
is_heading_alone (LimenTableReader *reader)
{
  gboolean counts = counts_columns (reader) && reader->whole[0] + reader->whole[1] == 0;
  if (reader->column.n == 0 || !limen_table_is_blank (&reader->heading) || !counts)
    return FALSE;
  limen_table_tell (reader, "first row read as names of columns");
  return TRUE;
}

/* Takes the first row for the heading, where it is. */
static void
find_heading (LimenTableReader *reader)
{
  LimenKept *heading = &reader->heading;
  guint words = 0;
  for (guint i = 0; i < heading->n; i++)
    words += *heading->text[i] != 0;
  gboolean may_be_title = words <= 1;
  reader->body = reader->first.row;
  reader->explicit = reader->numbered = may_be_title && is_heading_with_corner (reader);
  if (reader->explicit || (may_be_title && is_heading_alone (reader))) {
    LimenKept none = {0};
    if (!limen_table_is_blank (heading))
      reader->title = *heading;
    *heading = reader->first;
    reader->first = none;
    reader->body = heading->row + 1;
    reader->shape.rows--;
  }
}

/* A single word is the name of a single column, or a title. */
static void
find_title (LimenTableReader *reader)
{
  LimenKept *heading = &reader->heading;
  guint words = 0, at = 0;
  for (guint i = 0; i < heading->n; i++)
    if (*heading->text[i]) {
      words++;
      at = i;
    }
  if (words == 1 && at == 0 && !reader->explicit && limen_table_is_blank (&reader->title) &&
      (reader->width > 2 || (reader->width == 2 && !limen_first_is_words (&reader->column)))) {
    reader->title = *heading;
    *heading = (LimenKept){0};
  }
  for (guint i = 0; i < reader->title.n; i++)
    if (*reader->title.text[i]) {
      const LimenCell cell = {reader->title.text[i], strlen (reader->title.text[i]), FALSE};
      g_autofree char *shown = limen_cell_text (&cell);
      limen_table_tell (reader, "row %" G_GUINT64_FORMAT " (“%s”) passed over", reader->title.row,
                        shown);
      break;
    }
}

/* -- the first column: names? -- */

/* The first row of numbers belongs to the column, where it is no heading. */
static void
add_first_row (LimenTableReader *reader)
{
  const LimenKept *first = &reader->first;
  if (limen_table_is_blank (first))
    reader->column.counts = reader->column.from[0] || reader->column.from[1];
  for (guint i = reader->shape.left; i < first->n; i++) {
    const LimenCell cell = {first->text[i], strlen (first->text[i]), FALSE};
    LimenFirst *column = &reader->column;
    if (cell.n > 0)
      limen_table_look_at_marks (&reader->marks[i > reader->shape.left], &cell, first->row, i + 1);
    if (i > reader->shape.left) {
      reader->whole[1] += cell.n > 0 && !strpbrk (cell.at, ".,e");
      continue;
    }
    column->n++;
    column->empty += cell.n == 0;
    LimenCellKind kind = cell.n > 0 ? first->kind[i] : LIMEN_CELL_TEXT;
    column->text += cell.n > 0 && kind == LIMEN_CELL_TEXT;
    column->unsure +=
        kind == LIMEN_CELL_MISSING || (kind != LIMEN_CELL_TEXT && limen_cell_may_be_word (kind));
    column->number += kind == LIMEN_CELL_NUMBER;
    column->integers += limen_table_is_whole (&cell);
    for (guint from = 0; from < 2; from++)
      column->counts = column->counts || (g_str_equal (cell.at, from == 0 ? "0" : "1") &&
                                          (column->n == 1 || column->from[from + 1]));
  }
}

/* Columns that count rows and that nobody named, beside numbers that all have decimals: what pandas
 * and R write before each row where they write no heading. */
static gboolean
is_bare_index (const LimenTableReader *reader)
{
  return !reader->wants->game && reader->column.counts && reader->column.n >= 3 &&
         reader->width >= 3 && reader->whole[1] == 0;
}

static gboolean
refuse_names (const LimenTableReader *reader, guint names, GError **error)
{
  return limen_refuse (error, reader->wants->game ? LIMEN_ERROR_FORMAT : LIMEN_ERROR_DAMAGED,
                       reader->path, "has %u names over %u columns; give each column one", names,
                       reader->width);
}

/* The heading is over all columns, the corner included, or over all but the first. */
static gboolean
fit_heading (LimenTableReader *reader, GError **error)
{
  const LimenKept *heading = &reader->heading;
  const LimenFirst *column = &reader->column;
  const char *corner = corner_of (reader, heading);
  guint used = used_of (heading), names = used - MIN (reader->shape.left, used);
  gboolean all_text = limen_first_is_words (column), game = reader->wants->game;
  if (reader->explicit) {
    reader->named = TRUE;
    return TRUE;
  }
  if (!*corner && column->empty < column->n) {
    reader->named = reader->explicit = reader->width > 1;
    return names <= reader->width || refuse_names (reader, names, error);
  }
  if (names + 1 == reader->width && (all_text || (!game && column->counts && column->n > 1))) {
    reader->named = reader->explicit = TRUE;
    return TRUE;
  }
  if (names != reader->width)
    return refuse_names (reader, names, error);
  gboolean known = names_rows (corner, game);
  gboolean numbers = (game ? column->number : column->integers) == column->n;
  reader->named =
      reader->width > 1 && ((game && all_text) || (known && all_text) || (known && numbers));
  reader->explicit = reader->named;
  return TRUE;
}

static gboolean
find_names (LimenTableReader *reader, GError **error)
{
  const LimenFirst *column = &reader->column;
  gboolean headed = !limen_table_is_blank (&reader->heading);
  if (headed && !fit_heading (reader, error))
    return FALSE;
  if (!headed)
    reader->named = (reader->wants->game && reader->width > 1 && limen_first_is_words (column)) ||
                    is_bare_index (reader);
  if (!reader->named)
    return TRUE;
  if (reader->wants->game && reader->numbered && column->number > 0)
    limen_table_tell (reader, "first row and column read as names");
  else if (reader->numbered)
    limen_table_tell (reader, "first row read as names of columns");
  else if (reader->wants->game && column->number > 0)
    limen_table_tell (reader, "first column read as names");
  if (!reader->wants->game)
    limen_table_tell (reader, "%s left out",
                      column->integers == column->n ? "index column"
                      : column->number == column->n ? "first column, which has no name,"
                                                    : "column of names");
  return TRUE;
}

/* -- which columns are numbers of the table -- */

/* The heading's word over cell number @i of a row, or ""; @used: as used_of() the heading */
static const char *
word_over (const LimenTableReader *reader, guint used, guint i)
{
  const LimenKept *heading = &reader->heading;
  gboolean no_corner = *corner_of (reader, heading) && used - reader->shape.left < reader->width;
  guint at = no_corner && i > 0 ? i - 1 : i;
  return at < used ? heading->text[at] : "";
}

/* What tells points apart is no coordinate of theirs. */
static gboolean
is_label (const char *word)
{
  static const char *const words[] = {
      "label",    "labels",    "class",       "classes", "target", "digit",
      "species",  "category",  "category_id", "cluster", "group",  "class_id",
      "label_id", "classname", "class_name",  "variety", NULL};
  return is_one_of (word, words);
}

/* Unless fewer than two numbers are left of a point. */
static void
find_columns (LimenTableReader *reader)
{
  guint from = reader->shape.left + reader->named, end = reader->shape.right, labels = 0;
  guint used = used_of (&reader->heading);
  for (guint i = from; i < end && !reader->wants->game; i++)
    labels += is_label (word_over (reader, used, i));
  gboolean leaves = labels > 0 && end - from >= labels + 2;
  reader->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = from; i < end; i++)
    if (leaves && is_label (word_over (reader, used, i)))
      limen_table_tell (reader, "column “%s” left out", word_over (reader, used, i));
    else
      g_array_append_val (reader->columns, i);
}

/* -- the decimal mark -- */

static gboolean
refuse_both (const LimenTableReader *reader, const LimenSpot *comma, const LimenSpot *point,
             GError **error)
{
  return limen_refuse (
      error, reader->wants->game ? LIMEN_ERROR_FORMAT : LIMEN_ERROR_DAMAGED, reader->path,
      "has a decimal comma in row %" G_GUINT64_FORMAT
      " (“%s”), column %u, and a decimal point in row %" G_GUINT64_FORMAT
      " (“%s”), column %u; write all numbers with a decimal point",
      comma->row, comma->text, comma->column, point->row, point->text, point->column);
}

static gboolean
find_decimal (LimenTableReader *reader, GError **error)
{
  const LimenSpot *point = NULL, *comma = NULL, *either = NULL;
  for (guint i = reader->named; i < 2; i++) {
    const LimenMarks *marks = &reader->marks[i];
    point = point ? point : marks->point.text ? &marks->point : NULL;
    comma = comma ? comma : marks->comma.text ? &marks->comma : NULL;
    either = either ? either : marks->either.text ? &marks->either : NULL;
  }
  if (point && comma)
    return refuse_both (reader, comma, point, error);
  reader->decimal = comma ? LIMEN_DECIMAL_COMMA : LIMEN_DECIMAL_POINT;
  if (comma)
    limen_table_tell (reader, "decimal commas");
  if (comma || point || !either)
    return TRUE;
  return limen_refuse (
      error, reader->wants->game ? LIMEN_ERROR_FORMAT : LIMEN_ERROR_DAMAGED, reader->path,
      "has “%s” in row %" G_GUINT64_FORMAT
      ", column %u, and nothing in it tells whether its comma is a decimal one or parts thousands; "
      "write it with a decimal point, or without a comma",
      either->text, either->row, either->column);
}

/* -- all of it -- */

gboolean
limen_table_decide (LimenTableReader *reader, GError **error)
{
  LimenShape *shape = &reader->shape;
  find_heading (reader);
  add_first_row (reader);
  reader->width = shape->right - shape->left;
  find_title (reader);
  const LimenKept *heading = &reader->heading;
  for (guint i = 0; i < MIN (heading->n, shape->left); i++)
    if (*heading->text[i])
      shape->left = i;
  reader->width = shape->right - shape->left;
  if (shape->rows == 0)
    return limen_refuse (error, LIMEN_ERROR_FORMAT, reader->path,
                         "has names and no row of numbers; give it one");
  if (!find_names (reader, error))
    return FALSE;
  find_columns (reader);
  return find_decimal (reader, error);
}
