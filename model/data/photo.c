#include "model/data/photo.h"

#include "model/data/file.h"
#include "model/data/image-file.h"

#include <string.h>

#define MAX_FILE_BYTES ((gsize)256 << 20)

LimenPhoto *
limen_photo_new (const char *name, guint width, guint height, guint n_channels, GError **error)
{
  gsize size = sizeof (float);
  gpointer pixels = NULL;
  if (g_size_checked_mul (&size, size, width) && g_size_checked_mul (&size, size, height) &&
      g_size_checked_mul (&size, size, n_channels) && size > 0 && size <= LIMEN_MAX_BYTES)
    pixels = g_try_malloc0 (size);
  if (!pixels) {
    limen_fail (error, LIMEN_ERROR_UNSAFE,
                "%s needs too much memory (%u × %u pixels); scale it down first.", name, width,
                height);
    return NULL;
  }
  LimenPhoto *photo = g_new (LimenPhoto, 1);
  *photo = (LimenPhoto){width, height, n_channels, pixels};
  return photo;
}

void
limen_photo_free (LimenPhoto *photo)
{
  g_free (photo->pixels);
  g_free (photo);
}

static void
copy_pixels (const LimenImages *images, gsize at, gsize n, float *out)
{
  const float *table = limen_u8_to_float ();
  if (images->f32)
    memcpy (out, images->f32 + at, n * sizeof (float));
  else
    for (gsize i = 0; i < n; i++)
      out[i] = table[images->u8[at + i]];
}

/* From the last pixel on: what is read is not yet overwritten. */
static void
triple (float *pixels, gsize n)
{
  for (gsize i = n; i-- > 0;)
    pixels[3 * i] = pixels[3 * i + 1] = pixels[3 * i + 2] = pixels[i];
}

LimenPhoto *
limen_photo_new_of (const LimenImages *images, guint index, gboolean colour, const char *name,
                    GError **error)
{
  gsize n = (gsize)images->width * images->height, n_stored = images->is_colour ? 3 * n : n;
  guint n_channels = images->is_colour || colour ? 3 : 1;
  LimenPhoto *photo = limen_photo_new (name, images->width, images->height, n_channels, error);
  if (!photo)
    return NULL;
  copy_pixels (images, index * n_stored, n_stored, photo->pixels);
  if (colour && !images->is_colour)
    triple (photo->pixels, n);
  return photo;
}

LimenPhoto *
limen_photo_load (const char *path, gboolean colour, const LimenReading *asked,
                  GCancellable *cancellable, GError **error)
{
  LimenReading reading = asked ? *asked : (LimenReading){0};
  g_autofree char *shown = limen_display_name (path);
  g_autoptr (GBytes) bytes = limen_file_read (path, MAX_FILE_BYTES, cancellable, error);
  reading.keeps_colour = colour;
  g_autoptr (LimenImages) images =
      bytes ? limen_image_decode (bytes, shown, &reading, cancellable, error) : NULL;
  return images ? limen_photo_new_of (images, 0, colour, shown, error) : NULL;
}
