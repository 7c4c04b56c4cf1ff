/* One picture file becomes one image, or as many as it has pages. */
#pragma once

#include "model/data/images.h"
#include "model/data/pixel-budget.h"

/** LIMEN_MAX_PIXELS: a larger picture is refused before it is unpacked */
#define LIMEN_MAX_PIXELS ((guint64)64 << 20)

/**
 * limen_image_decode: (transfer full): the picture in the file content @bytes, as one image
 * @name: for messages
 * @asked: (nullable): what black and white are to be, where they are known otherwise, and whether
 * colour is kept
 *
 * PNG by libpng; JPEG by libjpeg; TIFF by libtiff; BMP, GIF (its first frame), ICO and PNM here;
 * WebP and what else has a loader by gdk-pixbuf. Of several pages the first. Values are taken raw:
 * gamma and colour profiles are not applied. Grey of 8 bits or fewer stays as it is, colour becomes
 * (19595 R + 38470 G + 7471 B + 32768) >> 16 (ITU-R BT.601) unless it is kept, more than 8 bits
 * become float32,
 * transparency lies on white, EXIF orientation is applied. What white is follows from the number of
 * bits; of floats, signed integers and integers of more than 16 bits, which only TIFF has, it is
 * decided as of an array, from all values of all pages. Of these, and of TIFF's integers of more
 * than 8 bits where @asked has a range, LimenImages.read_as says what was done.
 *
 * Returns: NULL with LIMEN_ERROR_FORMAT, _DAMAGED, _MISMATCH (the range must be asked for), _UNSAFE
 * (more than LIMEN_MAX_PIXELS) or G_IO_ERROR_CANCELLED.
 */
LimenImages *limen_image_decode (GBytes *bytes, const char *name, const LimenReading *asked,
                                 GCancellable *cancellable, GError **error);

/** limen_image_decode_within: the same, within a budget: LIMEN_ERROR_UNSAFE, too, where its pixels
 * are more than is left. @charge: (nullable) */
LimenImages *
limen_image_decode_within (GBytes *bytes, const char *name, const LimenReading *asked,
                           LimenPixelCharge *charge, GCancellable *cancellable, GError **error);

/** limen_image_is_stack: whether the picture has a second page; looks at little of it */
gboolean limen_image_is_stack (GBytes *bytes);

/**
 * LimenPageFunc:
 * @page: (transfer full) (nullable): one page
 * @number: from 1 on, or 0 for the only page
 * @problem: (transfer full) (nullable): where there is no @page, why
 *
 * Returns: whether to go on
 */
typedef gboolean (*LimenPageFunc) (LimenImages *page, guint number, GError *problem, gpointer data);

/**
 * limen_image_decode_pages: gives all pages to @take, one after the other
 *
 * Returns: FALSE with @error, as limen_image_decode(), where none was given
 */
gboolean limen_image_decode_pages (GBytes *bytes, const char *name, const LimenReading *asked,
                                   LimenPageFunc take, gpointer data, GCancellable *cancellable,
                                   GError **error);
