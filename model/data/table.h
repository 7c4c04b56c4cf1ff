/* A table of numbers, with or without names: what a CSV file means. Payoffs and points are read by
 * it. */
#pragma once

#include "model/base/error.h"

/**
 * LimenTableWants: what a table is read for
 * @game: names of rows and columns are kept, and what is at fault is a payoff; else rows are
 * points, and a column of names or an index is left out, and one that the heading calls a label,
 * class or the like where two or more numbers remain
 * @most_rows, @most_columns: of numbers
 * @most: the largest |number|
 */
typedef struct {
  gboolean game;
  guint most_rows, most_columns;
  double most;
} LimenTableWants;

/**
 * LimenTable:
 * @value: (rows, columns), row-major, finite
 * @row_name: (rows) (nullable), @column_name: (columns) (nullable): where the file has some and
 * they are wanted; elements may be empty
 * @told: (nullable): what was guessed on the way: "decimal commas; index column left out"
 */
typedef struct {
  guint rows, columns;
  double *value;
  char **row_name, **column_name;
  char *told;
} LimenTable;

/**
 * limen_table_read: @bytes: as limen_csv_new(). What separates the cells, what is the decimal mark,
 * whether the first row and column are names: the whole file decides, and where it leaves doubt, it
 * is refused. Nothing that looks like a number becomes a name, unless the file says by its heading
 * that names stand there; empty rows and columns around the table are passed over.
 *
 * Returns: (transfer full): NULL with LIMEN_ERROR_FORMAT where there is no table,
 * LIMEN_ERROR_DAMAGED with the row, column and text of what is no number, LIMEN_ERROR_UNSAFE beyond
 * the limits (both LIMEN_ERROR_FORMAT of a game), or G_IO_ERROR_CANCELLED
 */
LimenTable *limen_table_read (GBytes *bytes, const char *path, const LimenTableWants *wants,
                              GCancellable *cancellable, GError **error);
void limen_table_free (LimenTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenTable, limen_table_free)
