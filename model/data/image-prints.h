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

/** LIMEN_MOST_PRINTS_IN_TEXT: of so many images limen_image_prints_to_text() makes a text */
#define LIMEN_MOST_PRINTS_IN_TEXT 250000

/** limen_image_prints_joined: (transfer full): of the images of either; one of them
 * may be NULL */
LimenImagePrints *
limen_image_prints_joined (const LimenImagePrints *one, const LimenImagePrints *other);
/** limen_image_prints_n: how many different images they are of */
guint limen_image_prints_n (const LimenImagePrints *prints);
/** limen_image_prints_to_text: (transfer full) (nullable): for a file: their bits, ascending,
 * little-endian, in base64 (RFC 4648, section 4); NULL where they are too many */
char *limen_image_prints_to_text (const LimenImagePrints *prints);
/** limen_image_prints_new_from_text: (nullable): NULL where it is no such text */
LimenImagePrints *limen_image_prints_new_from_text (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenImagePrints, limen_image_prints_unref)
