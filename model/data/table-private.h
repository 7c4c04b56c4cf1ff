/* A table on its way: what its rows show, and what that means. */
#pragma once

#include "model/data/cell-number.h"
#include "model/data/csv.h"
#include "model/data/table.h"

/** LimenTold: a cell that stays known after its row is gone: @text: (nullable): none */
typedef struct {
  char *text;
  guint64 row;
  guint column;
} LimenSpot;

/** LimenKept: a row of cells that stays known: @text: (n), without blanks around */
typedef struct {
  guint64 row;
  guint n;
  char **text;
  LimenCellKind *kind;
} LimenKept;

/**
 * LimenShape: what all rows from the first with a number on show
 * @rows: how many; @left: empty columns before all; @right: up to the last that is not empty
 * @ragged: number of the first row of another length, 0: none; @has, @before: its cells, and those
 * of rows before
 */
typedef struct {
  guint64 rows, ragged;
  guint left, right, has, before;
} LimenShape;

/**
 * LimenFirst: cells of the first column, of the rows of LimenShape but the first
 * @text, @number, @empty: how many of each kind; @unsure: of marks for missing numbers and
 * of those that may be words beside others
 * @from: whether they count on from 0, 1, 2; @counts: whether, in the end, all of the column count
 * rows from 0 or 1 on
 * @as_heading: whether they repeat the first row
 * @integers: how many are whole numbers, 2 or 2.0
 */
typedef struct {
  guint64 n, text, unsure, number, empty, integers;
  gboolean from[3], counts, as_heading;
} LimenFirst;

/** limen_first_is_words: whether all of a column are words, or marks among words */
gboolean limen_first_is_words (const LimenFirst *column);

/** LimenMarks: of cells that may be numbers: the first of which only a decimal point, or only a
 * decimal comma, makes one; and the first of which both make one, but not the same */
typedef struct {
  LimenSpot point, comma, either;
} LimenMarks;

/**
 * LimenTableReader:
 * @title, @heading, @first: rows of words before the numbers, and the first row with a number
 * @whole: number of cells that have no decimal mark: [0] of the first column, [1] of the others; of
 * rows after the first
 * @body: number of the first row of numbers
 * @width: cells of a row from @shape.left on, the name included
 * @named: whether the first of them is a name; @explicit: because the heading says so; @numbered:
 * which is a row with numbers
 */
typedef struct {
  const LimenTableWants *wants;
  LimenCsv *csv;
  const char *path;
  GPtrArray *told; /* (element-type utf8) */

  LimenKept title, heading, first;
  LimenShape shape;
  LimenFirst column;
  LimenMarks marks[2]; /* of the first column, and of the others */
  guint64 whole[2];

  guint64 body;
  guint width;
  gboolean named, explicit, numbered;
  LimenDecimal decimal;
  GArray *columns; /* (element-type guint): cells of a row that are numbers of the table */
} LimenTableReader;

void limen_table_reader_clear (LimenTableReader *reader);
/** limen_table_tell: what was guessed; each only once */
void limen_table_tell (LimenTableReader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** limen_table_refuse_cell: of a cell that is no number: why. Returns: FALSE */
gboolean limen_table_refuse_cell (const LimenTableReader *reader, const LimenCell *cell,
                                  guint64 row, guint column, GError **error);
void
limen_table_look_at_marks (LimenMarks *marks, const LimenCell *cell, guint64 row, guint column);
/** limen_table_is_whole: whether it is a whole number without a sign, 2 or 2.0 */
gboolean limen_table_is_whole (const LimenCell *cell);
gboolean limen_table_is_blank (const LimenKept *kept);

/** limen_table_survey: the whole file once. FALSE where there is no row of numbers, two of words,
 * or more rows than wanted */
gboolean limen_table_survey (LimenTableReader *reader, GError **error);
/** limen_table_decide: what its first row and column are, and its decimal mark */
gboolean limen_table_decide (LimenTableReader *reader, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenTableReader, limen_table_reader_clear)
