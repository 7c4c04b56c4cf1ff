/* Which normal photos do what: as model/bench/division.h, of pictures at their own sizes. */
#pragma once

#include "model/bench/division.h"
#include "model/data/photos.h"

/**
 * LimenPhotosDivision:
 * @photos: (LIMEN_BENCH_N_PARTS): a reference to each part; none that is fitted to where nothing is
 * @index: (LIMEN_BENCH_N_PARTS): (nullable elements): which of the normal photos they are,
 * ascending; NULL of a set of its own
 */
typedef struct {
  LimenPhotos *photos[LIMEN_BENCH_N_PARTS];
  guint32 *index[LIMEN_BENCH_N_PARTS];
  LimenBenchCounts counts;
  LimenSplit split;
} LimenPhotosDivision;

/**
 * limen_photos_division_new:
 * @fit, @validation: (nullable): sets of their own
 * @fits: whether anything is fitted to photos at all; else @fit is NULL and no part is left for it
 *
 * Returns: (transfer full): NULL with LIMEN_ERROR_MISMATCH for too few photos, errors of reading
 * them, or G_IO_ERROR_CANCELLED
 */
LimenPhotosDivision *
limen_photos_division_new (LimenPhotos *normal, LimenPhotos *fit, LimenPhotos *validation,
                           gboolean fits, LimenSplit split, GCancellable *cancellable,
                           GError **error);
void limen_photos_division_free (LimenPhotosDivision *division);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPhotosDivision, limen_photos_division_free)
