/* Images of one size in memory, on their way from a file into a set or a photo. */
#pragma once

#include "model/data/reading.h"

/** LIMEN_MAX_BYTES: what one array, or the pixels of one set, may take; an honest file needs less
 */
#define LIMEN_MAX_BYTES ((gsize)2 << 30)

/**
 * LimenImages:
 * @u8: (n, height, width), row-major, or NULL; (n, height, width, 3) of red, green and blue where
 * @is_colour
 * @f32: instead of @u8: the same in [0, 1]
 * @read_as: (nullable): how they were read, where that was to be decided
 */
typedef struct {
  guint n, width, height;
  guint8 *u8;
  float *f32;
  LimenReadAs *read_as;
  gboolean is_colour;
} LimenImages;

typedef enum { LIMEN_PIXELS_U8, LIMEN_PIXELS_F32 } LimenPixelType;

/**
 * limen_images_new: (transfer full): grey; pixels are not set
 * @name: for the message
 *
 * Returns: NULL with LIMEN_ERROR_UNSAFE where they would take more than LIMEN_MAX_BYTES, and with
 * LIMEN_ERROR_FORMAT where there would be none.
 */
LimenImages *limen_images_new (const char *name, guint n, guint width, guint height,
                               LimenPixelType type, GError **error);
/** limen_images_new_with: (transfer full): the same, in colour where @is_colour */
LimenImages *limen_images_new_with (const char *name, guint n, guint width, guint height,
                                    LimenPixelType type, gboolean is_colour, GError **error);
void limen_images_free (LimenImages *images);

/** limen_u8_to_float: the float32 nearest to v/255, for each of the 256 values */
const float *limen_u8_to_float (void);

/** limen_images_orient: (transfer full): the first image, laid out as EXIF's @orientation (1 to 8)
 * asks; consumes @images; NULL with G_IO_ERROR_CANCELLED also where 1 asks for nothing */
LimenImages *limen_images_orient (LimenImages *images, guint orientation, const char *name,
                                  GCancellable *cancellable, GError **error);

/**
 * limen_images_fit: (transfer full): grey images at another size; consumes @images
 *
 * Each axis on its own: shrunk by averaging the area that a new pixel covers, enlarged by linear
 * interpolation between the centres of pixels. Images that have the size already stay as they are.
 */
LimenImages *limen_images_fit (LimenImages *images, guint width, guint height, const char *name,
                               GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenImages, limen_images_free)
