/* The order of pixels that the names of the columns of a table tell. Only this room needs it. */
#pragma once

#include <glib.h>

/** limen_csv_count_name: the number that @name ends with; @start: (out): where it begins. Returns:
 * FALSE where there is none of at most 7 digits */
gboolean limen_csv_count_name (const char *name, guint *number, gsize *start);

/**
 * limen_csv_order:
 * @names: (n): "pixel0", "pixel1", "pixel10" and so on, each number from 0 or 1 on once; or "1x1",
 * "1x10", "1x2": row and column
 *
 * Returns: (transfer full) (nullable): (n): which pixel each column is; NULL where they are in
 * order, and where their names do not tell
 */
guint *limen_csv_order (const char *const *names, guint n);

/** limen_csv_counts_once: whether @numbers: (n) are all from 0 to n − 1, or from 1 to n, in any
 * order. Then @least: (out) is 0 or 1 */
gboolean limen_csv_counts_once (const guint *numbers, guint n, guint *least);
