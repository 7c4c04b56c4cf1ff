/* What is said of arrays that are not read as images, or not without being asked. Only this room
 * needs it. */
#pragma once

#include "model/data/array-layout.h"

gboolean limen_array_is_empty (const LimenArray *array);

/** limen_is_usual_size: whether @n pixels are 28 × 28, 32 × 32 or 64 × 64, in which nearly all
 * small images are */
gboolean limen_is_usual_size (guint64 n);

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
