/* η of the uniform band, computed once by tools/make-band-table. */
#pragma once

#include <glib.h>

/** LIMEN_BAND_EACH: up to which every n has an entry */
#define LIMEN_BAND_EACH 200

/**
 * LimenBandTable:
 * @n_beyond: entries of larger n
 * @n: (n_beyond): ascending, the first is LIMEN_BAND_EACH
 * @each: (2, LIMEN_BAND_EACH): η of n = 1, 2, …, for confidence 0.95 and 0.975
 * @beyond: (2, n_beyond): η of those n
 */
typedef struct {
  guint n_beyond;
  const guint *n;
  const double *each[2], *beyond[2];
} LimenBandTable;

extern const LimenBandTable limen_band_table;
