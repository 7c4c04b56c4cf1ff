#include "model/data/images.h"

LimenImages *
limen_images_new_with (const char *name, guint n, guint width, guint height, LimenPixelType type,
                       gboolean is_colour, GError **error)
{
  g_autoptr (LimenImages) images = g_new0 (LimenImages, 1);
  gsize size = (type == LIMEN_PIXELS_U8 ? 1 : sizeof (float)) * (is_colour ? 3 : 1);
  gpointer pixels = NULL;
  *images = (LimenImages){n, width, height, .is_colour = is_colour};
  if (n == 0 || width == 0 || height == 0) {
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s holds no images (its size is %u × %u × %u); choose another file.", name, n,
                height, width);
    return NULL;
  }
  if (g_size_checked_mul (&size, size, n) && g_size_checked_mul (&size, size, width) &&
      g_size_checked_mul (&size, size, height) && size <= LIMEN_MAX_BYTES)
    pixels = g_try_malloc (size);
  if (!pixels) {
    limen_fail (error, LIMEN_ERROR_UNSAFE,
                "%s needs too much memory (%u images of %u × %u pixels); choose a part of it.",
                name, n, width, height);
    return NULL;
  }
  if (type == LIMEN_PIXELS_U8)
    images->u8 = pixels;
  else
    images->f32 = pixels;
  return g_steal_pointer (&images);
}

LimenImages *
limen_images_new (const char *name, guint n, guint width, guint height, LimenPixelType type,
                  GError **error)
{
  return limen_images_new_with (name, n, width, height, type, FALSE, error);
}

void
limen_images_free (LimenImages *images)
{
  g_free (images->u8);
  g_free (images->f32);
  g_clear_pointer (&images->read_as, limen_read_as_unref);
  g_free (images);
}

const float *
limen_u8_to_float (void)
{
  static float table[256];
  static gsize ready;
  if (g_once_init_enter (&ready)) {
    for (int v = 0; v < 256; v++)
      table[v] = (float)v / 255.0f;
    g_once_init_leave (&ready, 1);
  }
  return table;
}

/* Where pixel (x, y) of the upright image stands in the stored one, EXIF 2.3, tag 0x0112. */
static gsize
stored_index (guint orientation, guint width, guint height, guint x, guint y)
{
  guint column = orientation >= 5 ? y : x, row = orientation >= 5 ? x : y;
  if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
    column = width - 1 - column;
  if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
    row = height - 1 - row;
  return (gsize)row * width + column;
}

static void
orient_row (const LimenImages *stored, guint orientation, guint y, LimenImages *upright)
{
  guint n = stored->is_colour ? 3 : 1;
  gsize to = (gsize)y * upright->width * n;
  for (guint x = 0; x < upright->width; x++, to += n) {
    gsize from = stored_index (orientation, stored->width, stored->height, x, y) * n;
    for (guint c = 0; c < n; c++)
      if (stored->u8)
        upright->u8[to + c] = stored->u8[from + c];
      else
        upright->f32[to + c] = stored->f32[from + c];
  }
}

LimenImages *
limen_images_orient (LimenImages *images, guint orientation, const char *name,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenImages) stored = images, upright = NULL;
  gboolean is_turned = orientation >= 5 && orientation <= 8;
  guint width = is_turned ? stored->height : stored->width;
  guint height = is_turned ? stored->width : stored->height;
  if (orientation >= 2 && orientation <= 8)
    upright = limen_images_new_with (name, 1, width, height,
                                     stored->u8 ? LIMEN_PIXELS_U8 : LIMEN_PIXELS_F32,
                                     stored->is_colour, error);
  else
    upright = g_steal_pointer (&stored);
  for (guint y = 0; upright && stored && y < height; y++)
    if (!g_cancellable_is_cancelled (cancellable))
      orient_row (stored, orientation, y, upright);
  if (upright && g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (upright && stored)
    upright->read_as = g_steal_pointer (&stored->read_as);
  if (upright && upright->read_as) {
    upright->read_as->width = width;
    upright->read_as->height = height;
  }
  return g_steal_pointer (&upright);
}
