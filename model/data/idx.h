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
