#include "model/data/foreign.h"
#include "model/data/image-file-private.h"

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
    {0, 4, "II+\0", "tiff"}, /* BigTIFF */
    {0, 4, "MM\0+", "tiff"},
    {0, 2, "BM", "bmp"},
    {0, 2, "BA", "bmp"}, /* an array of them, as OS/2 has it */
    {0, 4, "\0\0\1\0", "ico"},
    {0, 4, "\0\0\2\0", "ico"}, /* a cursor */
    {8, 4, "WEBP", "webp"},
    {4, 8, "ftypavif", "avif"},
    {4, 8, "ftypheic", "heif/avif"},
    {0, 2, "\xff\x0a", "jxl"},
    {0, 2, "P1", "pnm"},
    {0, 2, "P2", "pnm"},
    {0, 2, "P3", "pnm"},
    {0, 2, "P4", "pnm"},
    {0, 2, "P5", "pnm"},
    {0, 2, "P6", "pnm"},
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
  if (width > G_MAXUINT32 || height > G_MAXUINT32 || width * height > LIMEN_MAX_PIXELS)
    return limen_fail (error, LIMEN_ERROR_UNSAFE,
                       "%s unpacks to %" G_GUINT64_FORMAT " × %" G_GUINT64_FORMAT
                       " pixels, more than 64 million; scale it down first.",
                       decoder->name, width, height);
  if (decoder->charge &&
      !limen_pixel_charge_add (decoder->charge, width * height, decoder->name, error))
    return FALSE;
  if (width * height > LARGE_PIXELS && !decoder->is_large) {
    g_mutex_lock (&large_lock);
    decoder->is_large = TRUE;
  }
  return TRUE;
}

gboolean
limen_decoder_keeps_colour (const LimenDecoder *decoder)
{
  return decoder->asked && decoder->asked->keeps_colour;
}

LimenImages *
limen_decoder_images (const LimenDecoder *decoder, guint width, guint height, LimenPixelType type,
                      GError **error)
{
  return limen_images_new_with (decoder->name, 1, width, height, type,
                                limen_decoder_keeps_colour (decoder), error);
}

gboolean
limen_decoder_set_damaged (LimenDecoder *decoder, const char *reason, GError **error)
{
  return !g_cancellable_set_error_if_cancelled (decoder->cancellable, error) &&
         limen_fail (error, LIMEN_ERROR_DAMAGED,
                     "%s can't be decoded (%s); fetch it again or save it as PNG.", decoder->name,
                     reason);
}

gboolean
limen_decoder_set_unread (LimenDecoder *decoder, const char *reason, GError **error)
{
  return limen_fail (error, LIMEN_ERROR_FORMAT,
                     "%s is a picture that Limen does not read: %s; save it as PNG.", decoder->name,
                     reason);
}

char *
limen_page_name (const char *name, guint number)
{
  return g_strdup_printf ("%s, page %u", name, number);
}

/* Pages */

static gboolean
is_tiff_stack (GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  return limen_tiff_is_stack (data, size);
}

gboolean
limen_image_is_stack (GBytes *bytes)
{
  const char *type = find_type (bytes);
  if (type && g_str_equal (type, "tiff"))
    return is_tiff_stack (bytes);
  return type && g_str_equal (type, "pnm") && limen_pnm_is_stack (bytes);
}

static LimenImages *
decode_single (LimenDecoder *decoder, const char *type, GError **error)
{
  if (g_str_equal (type, "png"))
    return limen_decode_png (decoder, error);
  if (g_str_equal (type, "jpeg"))
    return limen_decode_jpeg (decoder, error);
  if (g_str_equal (type, "bmp"))
    return limen_decode_bmp (decoder, error);
  if (g_str_equal (type, "gif"))
    return limen_decode_gif (decoder, error);
  if (g_str_equal (type, "ico"))
    return limen_decode_ico (decoder, error);
  return limen_decode_pixbuf (decoder, type, error);
}

static gboolean
decode (LimenDecoder *decoder, const char *type, LimenPageFunc take, gpointer data, GError **error)
{
  if (!type) {
    limen_set_foreign (decoder->bytes, decoder->name, "a picture that Limen reads", error);
    return FALSE;
  }
  if (g_str_equal (type, "tiff"))
    return limen_decode_tiff (decoder, take, data, error);
  if (g_str_equal (type, "pnm"))
    return limen_decode_pnm (decoder, take, data, error);
  LimenImages *images = decode_single (decoder, type, error);
  if (images)
    take (images, 0, NULL, data);
  return images != NULL;
}

static gboolean
decode_all (LimenDecoder decoder, LimenPageFunc take, gpointer data, GError **error)
{
  gboolean ok = decode (&decoder, find_type (decoder.bytes), take, data, error);
  if (decoder.is_large)
    g_mutex_unlock (&large_lock);
  return ok;
}

gboolean
limen_image_decode_pages (GBytes *bytes, const char *name, const LimenReading *asked,
                          LimenPageFunc take, gpointer data, GCancellable *cancellable,
                          GError **error)
{
  return decode_all ((LimenDecoder){bytes, name, asked, cancellable}, take, data, error);
}

typedef struct {
  LimenImages *page;
  GError *problem;
} First;

static gboolean
take_first (LimenImages *page, guint number, GError *problem, gpointer data)
{
  *(First *)data = (First){page, problem};
  return FALSE;
}

LimenImages *
limen_image_decode_within (GBytes *bytes, const char *name, const LimenReading *asked,
                           LimenPixelCharge *charge, GCancellable *cancellable, GError **error)
{
  First first = {NULL};
  LimenDecoder decoder = {bytes, name, asked, cancellable, .charge = charge};
  if (decode_all (decoder, take_first, &first, error) && first.problem)
    g_propagate_error (error, first.problem);
  return first.page;
}

LimenImages *
limen_image_decode (GBytes *bytes, const char *name, const LimenReading *asked,
                    GCancellable *cancellable, GError **error)
{
  return limen_image_decode_within (bytes, name, asked, NULL, cancellable, error);
}
