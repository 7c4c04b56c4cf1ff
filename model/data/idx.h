/* MNIST's file format: big-endian arrays behind a header of 4 + 4·dimensions bytes (LeCun, Cortes
 * and Burges, "The MNIST database of handwritten digits"). */
#pragma once

#include "model/data/array.h"

/**
 * limen_idx_parse:
 * @bytes: a whole file, unpacked; @array points into it
 * @name: for the message
 *
 * Returns: FALSE with LIMEN_ERROR_FORMAT or LIMEN_ERROR_DAMAGED (not exactly as long as it says).
 */
gboolean limen_idx_parse (GBytes *bytes, const char *name, LimenArray *array, GError **error);
/** limen_idx_parse_start: the same of a file of @file_size bytes, of which the first 36, or all,
 * are
 * @start: @array has an offset and no data */
gboolean limen_idx_parse_start (GBytes *start, guint64 file_size, const char *name,
                                LimenArray *array, GError **error);
