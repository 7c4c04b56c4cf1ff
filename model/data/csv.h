/* Tables as people have them: rows of cells, as spreadsheets, pandas and R write them (RFC 4180,
 * and what is usual beside it). */
#pragma once

#include "model/base/error.h"

#define LIMEN_CSV_MOST_CELLS 65536 /* of a row; what is beyond is not kept */

/**
 * LimenCell: valid until the next row
 * @at: (n): UTF-8, without quotation marks and blanks around; not terminated
 */
typedef struct {
  const char *at;
  gsize n;
  gboolean quoted;
} LimenCell;

/**
 * LimenRow:
 * @number: of the file, from 1 on: empty rows count, a line break in quotation marks does not
 * @cell: (n), at least 1; @used: up to the last that is not empty
 */
typedef struct {
  guint64 number;
  const LimenCell *cell;
  guint n, used;
} LimenRow;

/** LimenCsv: a file whose separator is known */
typedef struct _LimenCsv LimenCsv;

/**
 * limen_csv_new: @bytes: UTF-8, UTF-16 with a mark, or, where it is no UTF-8, Windows-1252; rows
 * end in LF, CRLF or CR. A first line “sep=;” names the separator; else the first thousand rows
 * decide between tab, semicolon, comma, bar and blanks: it is the one that makes rows of the same
 * length and of numbers. @path: as named in messages
 *
 * Returns: (transfer full): NULL with LIMEN_ERROR_FORMAT for what is no text, which it names
 */
LimenCsv *
limen_csv_new (GBytes *bytes, const char *path, GCancellable *cancellable, GError **error);
/** limen_csv_open: the same of a file, of which only a window is held in memory where it is large
 * and UTF-8; also LIMEN_ERROR_UNREADABLE, LIMEN_ERROR_UNSAFE or G_IO_ERROR_CANCELLED */
LimenCsv *limen_csv_open (const char *path, GCancellable *cancellable, GError **error);
void limen_csv_free (LimenCsv *csv);
/** limen_csv_next: the next row that has something on it, remarks (“# …”) and rules (“---|---”)
 * passed over. FALSE at the end, and with LIMEN_ERROR_DAMAGED for quotation marks that do not
 * match, or G_IO_ERROR_CANCELLED */
gboolean limen_csv_next (LimenCsv *csv, LimenRow *row, GError **error);
/** limen_csv_rewind: the first row is the next one again */
void limen_csv_rewind (LimenCsv *csv);
/** limen_csv_done: how much of it lies behind, 0 to 1 */
double limen_csv_done (const LimenCsv *csv);
/** limen_csv_encoding: (nullable): "UTF-16", "Windows-1252"; NULL: UTF-8, which needs no words */
const char *limen_csv_encoding (const LimenCsv *csv);

/** limen_cell_text: (transfer full): as much of @cell as a sentence holds */
char *limen_cell_text (const LimenCell *cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenCsv, limen_csv_free)
