/* A large table of text in UTF-8, a piece of which is in memory at a time. Only csv.c needs it. */
#pragma once

#include "model/base/error.h"

#define LIMEN_CSV_MOST_WHOLE ((gsize)512 << 20) /* bytes of a file that is read whole */

typedef struct LimenCsvWindow LimenCsvWindow;

/**
 * limen_csv_window_open: @at, @end: (out): the first piece
 *
 * The whole file is looked through: what is no UTF-8 or has bytes that text never has is read
 * whole, as a small one, and refused there for what it is.
 *
 * Returns: (transfer full) (nullable): NULL with @error, and without one where @path is to be read
 * whole
 */
LimenCsvWindow *limen_csv_window_open (const char *path, const char **at, const char **end,
                                       GCancellable *cancellable, GError **error);
void limen_csv_window_free (LimenCsvWindow *window);

/** limen_csv_window_goes_on: whether the file does behind the piece in memory */
gboolean limen_csv_window_goes_on (const LimenCsvWindow *window);
/** limen_csv_window_is_full: whether what begins at @from is so long that it is taken for all of a
 * row, wherever it ends */
gboolean limen_csv_window_is_full (const LimenCsvWindow *window, const char *from);
/** limen_csv_window_move: more of the file behind @from: (inout), which moves; @end: (out). FALSE
 * with LIMEN_ERROR_DAMAGED where the file became shorter or a row has more than 64 MB */
gboolean limen_csv_window_move (LimenCsvWindow *window, const char **from, const char **end,
                                const char *path, GError **error);
/** limen_csv_window_done: how much of the file lies before @at, 0 to 1 */
double limen_csv_window_done (const LimenCsvWindow *window, const char *at);
/** limen_csv_window_begin_at: limen_csv_window_rewind() goes to @at, which is in the first piece */
void limen_csv_window_begin_at (LimenCsvWindow *window, const char *at);
void limen_csv_window_rewind (LimenCsvWindow *window, const char **at, const char **end);
