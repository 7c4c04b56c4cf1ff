/* What the shape of an array is taken for. Only this room needs it. */
#pragma once

#include "model/data/array.h"

/**
 * LimenGrid: pixel (x, y) of image i in channel c is number first + i·image + y·row + x·column +
 * c·channel
 * @n_channels: 1 to 4: of an even number the last is opacity
 * @label: the number of image i that is its label is label + i·image, where the reading has one
 */
typedef struct {
  guint n, height, width, n_channels;
  gsize first, image, row, column, channel, label;
} LimenGrid;

/**
 * limen_array_lay_out: decides what options->reading leaves open
 * @done: (out): the reading with unit, label and channels decided
 *
 * Reads numbers only to tell a column of labels. Returns: LIMEN_ARRAY_NONE with LIMEN_ERROR_FORMAT
 * (no images), _MISMATCH (it may be read in several ways, or not as asked), _DAMAGED or
 * G_IO_ERROR_CANCELLED.
 */
LimenArrayLook limen_array_lay_out (const LimenArray *array, const char *name,
                                    const LimenImageSetOptions *options, LimenReading *done,
                                    LimenGrid *grid, GCancellable *cancellable, GError **error);
