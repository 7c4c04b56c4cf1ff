/* Fingerprints of images: by which it is seen that some of a set were in another one, too. */
#pragma once

#include "model/data/image-set.h"

/**
 * LimenImagePrints:
 *
 * An immutable, reference-counted list of 64 bits for each image of a set, which depend on its
 * pixels and its size alone. Different images have the same with a probability of about 2⁻⁶⁴.
 */
typedef struct LimenImagePrints LimenImagePrints;

/** limen_image_prints_new: of all images of @set. NULL with G_IO_ERROR_CANCELLED */
LimenImagePrints *
limen_image_prints_new (const LimenImageSet *set, GCancellable *cancellable, GError **error);
LimenImagePrints *limen_image_prints_ref (LimenImagePrints *prints);
void limen_image_prints_unref (LimenImagePrints *prints);

/**
 * limen_image_prints_count:
 * @n: (out): how many images of @set have the pixels of an image of @prints
 *
 * Returns: FALSE with G_IO_ERROR_CANCELLED
 */
gboolean limen_image_prints_count (const LimenImagePrints *prints, const LimenImageSet *set,
                                   guint *n, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenImagePrints, limen_image_prints_unref)
