/* One picture file becomes one grey image. */
#pragma once

#include "model/data/images.h"

/** LIMEN_MAX_PIXELS: a larger picture is refused before it is unpacked */
#define LIMEN_MAX_PIXELS ((guint64)64 << 20)

/**
 * limen_image_decode: (transfer full): the picture in the file content @bytes, as one image
 * @name: for messages
 *
 * PNG by libpng; JPEG, TIFF, BMP, GIF (its first frame), PNM and what else has a loader by
 * gdk-pixbuf. Values are taken raw: gamma and colour profiles are not applied. Grey of 8 bits or
 * fewer stays as it is, colour becomes (19595 R + 38470 G + 7471 B + 32768) >> 16 (ITU-R BT.601),
 * 16 bits become float32, transparency lies on white, EXIF orientation is applied.
 *
 * Returns: NULL with LIMEN_ERROR_FORMAT, _DAMAGED, _UNSAFE (more than LIMEN_MAX_PIXELS) or
 * G_IO_ERROR_CANCELLED.
 */
LimenImages *
limen_image_decode (GBytes *bytes, const char *name, GCancellable *cancellable, GError **error);
