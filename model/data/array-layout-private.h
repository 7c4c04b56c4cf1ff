/* Inside of array-layout.h: whether the first or the last number of each row is no pixel, and what
 * is said of arrays that are not read as images, or not without being asked. */
#pragma once

#include "model/data/array-layout.h"
#include "model/data/npy.h"

/** LIMEN_MOST_LABEL: of EMNIST's classes, which begin at 0 */
#define LIMEN_MOST_LABEL 61

/**
 * limen_array_find_label: looks at the first and at the last number of each image
 * @grid: one with labels at the end
 * @side: (out): where labels or the numbers of the rows are; LIMEN_LABEL_NONE where neither end
 * looks like them, LIMEN_LABEL_AUTO where both do
 *
 * Returns: FALSE with LIMEN_ERROR_DAMAGED or G_IO_ERROR_CANCELLED
 */
gboolean limen_array_find_label (const LimenArray *array, const char *name, const LimenGrid *grid,
                                 LimenLabelSide *side, GCancellable *cancellable, GError **error);

gboolean limen_array_is_empty (const LimenArray *array);

/**
 * limen_array_refuse: sets LIMEN_ERROR_FORMAT (no images) or _MISMATCH (not as @asked, or not
 * without being asked)
 * @ways: (nullable): how a row of numbers may be read as one image
 */
void limen_array_refuse (const LimenArray *array, const char *name, const LimenReading *asked,
                         const char *ways, GError **error);

/**
 * limen_array_check_beside:
 * @way: how the array would be read in the unit @unit, unasked
 * @size: how many pixels were asked for; 0: none
 *
 * Returns: FALSE with LIMEN_ERROR_MISMATCH where its rows or its columns rather are pixels of a
 * usual size with a few other numbers: an index and a label, or one number for each class
 */
gboolean limen_array_check_beside (const LimenArray *array, const char *name, LimenUnit unit,
                                   const char *way, guint64 size, GError **error);
