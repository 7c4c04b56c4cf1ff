/* What the numbers of an array are: their range, and what it says of black and white. Only this
 * room needs it. */
#pragma once

#include "model/data/array-layout.h"

/**
 * LimenValues: of all pixels of an array
 * @finite: none is infinite or no number; @whole: none has a fraction
 * @label_low, @label_high: of the labels, where there are; @labels_count: they count the images,
 * from 0 or 1 on
 */
typedef struct {
  double low, high, label_low, label_high;
  gboolean finite, whole, labels_count;
  guint64 n_labels;
} LimenValues;

/** limen_array_survey: FALSE with LIMEN_ERROR_DAMAGED or G_IO_ERROR_CANCELLED */
gboolean limen_array_survey (const LimenArray *array, const LimenGrid *grid,
                             const LimenReading *reading, const char *name, LimenValues *values,
                             GCancellable *cancellable, GError **error);

/**
 * limen_array_choose_range: sets black and white of @reading, where they are not asked for, to the
 * scale that @values of @type are of: 0 to 1, 0 to 255, 0 to 65535, −1 to 1 or −0.5 to 0.5
 *
 * Returns: FALSE with LIMEN_ERROR_MISMATCH where none fits or none is plain: then it must be asked.
 */
gboolean limen_array_choose_range (LimenNumberType type, const LimenValues *values,
                                   LimenReading *reading, const char *name, GError **error);

/** limen_array_count_outside: @n: (out): how many numbers lie outside of black to white. Returns:
 * as limen_array_survey() */
gboolean limen_array_count_outside (const LimenArray *array, const LimenGrid *grid,
                                    const LimenReading *reading, const char *name, guint64 *n,
                                    GCancellable *cancellable, GError **error);
