/* Whether the first or the last number of each row is no pixel. Only this room needs it. */
#pragma once

#include "model/data/array-layout.h"

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
