#include "model/data/image-decoder.h"

#include <string.h>

#define LARGE_PIXELS ((guint64)4 << 20)

static GMutex large_lock; /* held from limen_decoder_admit() to the end of limen_image_decode() */

static const struct {
  guint offset, size;
  const char *bytes, *type;
} magics[] = {
    {0, 8, "\x89PNG\r\n\x1a\n", "png"},
    {0, 3, "\xff\xd8\xff", "jpeg"},
    {0, 4, "GIF8", "gif"},
    {0, 4, "II*\0", "tiff"},
    {0, 4, "MM\0*", "tiff"},
    {0, 2, "BM", "bmp"},
    {8, 4, "WEBP", "webp"},
    {4, 8, "ftypavif", "avif"},
    {4, 8, "ftypheic", "heif/avif"},
    {0, 2, "\xff\x0a", "jxl"},
    {0, 1, "P", "pnm"},
};

static const char *
find_type (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (size >= magics[i].offset + magics[i].size &&
        memcmp (data + magics[i].offset, magics[i].bytes, magics[i].size) == 0)
      return magics[i].type;
  return NULL;
}

gboolean
limen_decoder_admit (LimenDecoder *decoder, guint64 width, guint64 height, GError **error)
{
  if (width > G_MAXUINT32 || height > G_MAXUINT32 || width * height > LIMEN_MAX_PIXELS) {
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_UNSAFE,
                 "%s unpacks to %" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT
                 " pixels, more than 64 million; scale it down first.",
                 decoder->name, width, height);
    return FALSE;
  }
  if (width * height > LARGE_PIXELS && !decoder->is_large) {
    g_mutex_lock (&large_lock);
    decoder->is_large = TRUE;
  }
  return TRUE;
}

void
limen_decoder_set_damaged (LimenDecoder *decoder, const char *reason, GError **error)
{
  if (!g_cancellable_set_error_if_cancelled (decoder->cancellable, error))
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_DAMAGED,
                 "%s can't be decoded (%s); fetch it again or save it as PNG.", decoder->name,
                 reason);
}

LimenImages *
limen_image_decode (GBytes *bytes, const char *name, GCancellable *cancellable, GError **error)
{
  LimenDecoder decoder = {bytes, name, cancellable};
  const char *type = find_type (bytes);
  LimenImages *images = NULL;
  if (!type)
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
                 "%s is not a picture that Limen reads; save it as PNG.", name);
  else if (g_str_equal (type, "png"))
    images = limen_decode_png (&decoder, error);
  else
    images = limen_decode_pixbuf (&decoder, type, error);
  if (decoder.is_large)
    g_mutex_unlock (&large_lock);
  return images;
}
