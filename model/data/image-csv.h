/* Tables of numbers in which each row is an image, as Kaggle and spreadsheets have them. Only this
 * room needs it. */
#pragma once

#include "model/data/array.h"

typedef struct LimenImageCsv LimenImageCsv;

/**
 * limen_image_csv_new:
 * @keeps_labels: columns that are named like labels are numbers like others
 *
 * Commas, semicolons, tabulators or blanks stand between numbers, quotes (RFC 4180) around them or
 * not; behind a semicolon or tabulator a comma is a decimal point. A first line of names, one of
 * numbers that count the columns, "sep=;", lines that begin with "#", empty lines and separators at
 * the end of lines are passed over. By their name, or having none, columns of labels and of row
 * numbers are left out; where the names count the pixels, those are put in that order.
 */
LimenImageCsv *limen_image_csv_new (const char *name, gboolean keeps_labels);
void limen_image_csv_free (LimenImageCsv *csv);

/** limen_image_csv_push: the next @n bytes. Returns: FALSE with LIMEN_ERROR_FORMAT, which names the
 * line, or _UNSAFE (more than 2 GB of numbers, or lines of more than 16 MB) */
gboolean limen_image_csv_push (LimenImageCsv *csv, const guchar *data, gsize n, GError **error);

/**
 * limen_image_csv_end:
 * @array: (out): (rows, columns), uint8 where that holds all numbers, else float32; lives as long
 * as
 * @csv
 * @left_out: (out) (transfer full) (nullable): the names of columns that were left out
 */
gboolean
limen_image_csv_end (LimenImageCsv *csv, LimenArray *array, char **left_out, GError **error);

/** limen_image_csv_is_reordered: whether its columns did not stand in the order that they are
 * named in */
gboolean limen_image_csv_is_reordered (const LimenImageCsv *csv);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenImageCsv, limen_image_csv_free)
