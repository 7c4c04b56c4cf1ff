/* One picture at its own size, grey or in colour. */
#pragma once

#include "model/data/images.h"

/**
 * LimenPhoto:
 * @n_channels: 1 (grey) or 3 (red, green, blue)
 * @pixels: (height, width, n_channels), row-major, in [0, 1]
 */
typedef struct {
  guint width, height, n_channels;
  float *pixels;
} LimenPhoto;

/**
 * limen_photo_load: (transfer full): the picture in the file @path
 * @colour: keep colour: three channels, all alike where the file is grey; else one
 * @asked: (nullable): what black and white are to be, where the file does not say
 *
 * Read as limen_image_decode() reads: raw values, transparency on white, EXIF orientation applied,
 * more than 8 bits kept; of several pages the first.
 *
 * Returns: NULL with the errors of limen_image_decode(), or LIMEN_ERROR_UNREADABLE.
 */
LimenPhoto *limen_photo_load (const char *path, gboolean colour, const LimenReading *asked,
                              GCancellable *cancellable, GError **error);

/** limen_photo_new: (transfer full): all pixels black; NULL with LIMEN_ERROR_UNSAFE where they
 * would take more than LIMEN_MAX_BYTES. @name: for the message */
LimenPhoto *
limen_photo_new (const char *name, guint width, guint height, guint n_channels, GError **error);
/** limen_photo_new_of: (transfer full): image @index of @images, an 8-bit value v as v/255;
 * @colour: of grey ones, too, three channels */
LimenPhoto *limen_photo_new_of (const LimenImages *images, guint index, gboolean colour,
                                const char *name, GError **error);
void limen_photo_free (LimenPhoto *photo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPhoto, limen_photo_free)
