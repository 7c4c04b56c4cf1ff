/* Which pixels of a photo are a defect: masks beside the photos, as MVTec AD and Anomalib lay them
 * out. */
#pragma once

#include "model/data/photos.h"

/**
 * LimenMask:
 * @region: (height, width), row-major: 0 where there is no defect, else the number of the defect,
 * from 1 on: pixels that touch, by an edge or a corner, are one
 * @n_regions: how many defects there are
 */
typedef struct {
  guint width, height, n_regions;
  guint32 *region;
} LimenMask;

/**
 * limen_masks_find:
 * @problems: (nullable): a LimenProblem for each mask that could be of several of @photos
 *
 * For a photo …/test/scratch/004.png: ground_truth/scratch/004_mask.png or masks/scratch/004.png
 * beside the folder test, or, with or without "_mask", in a folder ground_truth, masks or mask in,
 * beside or above the folder of the photo, with or without the folders that the photo is in.
 * Pictures that are no files have none.
 *
 * Returns: (transfer full) (element-type filename): (n) (nullable elements)
 */
GPtrArray *limen_masks_find (const LimenPhotos *photos, GPtrArray *problems);

/**
 * limen_mask_load: (transfer full)
 * @width, @height: of the photo
 *
 * A pixel is of a defect where it is not black; of a mask with more than 16 greys, as JPEG has it,
 * where it is at least half as bright as its brightest.
 *
 * Returns: NULL with LIMEN_ERROR_MISMATCH for another size, the errors of limen_photo_load(), or
 * G_IO_ERROR_CANCELLED
 */
LimenMask *limen_mask_load (const char *path, guint width, guint height, GCancellable *cancellable,
                            GError **error);
/** limen_mask_new: (transfer full): @is_defect: (height, width) */
LimenMask *limen_mask_new (guint width, guint height, const gboolean *is_defect);
void limen_mask_free (LimenMask *mask);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenMask, limen_mask_free)
