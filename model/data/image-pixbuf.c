#include "model/data/image-file-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define CHUNK_SIZE ((gsize)8 << 10) /* given to a loader between two looks at the cancellable */

typedef struct {
  LimenDecoder *decoder;
  guint orientation;
  GError *refusal;
} Load;

/* A size of 0 × 0 makes the loader give up before it unpacks. */
static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, Load *load)
{
  if (!load->refusal && !limen_decoder_admit (load->decoder, (guint64)MAX (width, 0),
                                              (guint64)MAX (height, 0), &load->refusal))
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static gboolean
feed (GdkPixbufLoader *loader, GBytes *bytes, Load *load, GError **error)
{
  gsize size, at = 0;
  const guchar *data = g_bytes_get_data (bytes, &size);
  gboolean ok = TRUE;
  while (ok && at < size && !load->refusal &&
         !g_cancellable_is_cancelled (load->decoder->cancellable)) {
    gsize n = MIN (size - at, CHUNK_SIZE);
    ok = gdk_pixbuf_loader_write (loader, data + at, n, error);
    at += n;
  }
  return gdk_pixbuf_loader_close (loader, ok ? error : NULL) && ok;
}

static LimenImages *
images_of_pixbuf (GdkPixbuf *pixbuf, LimenDecoder *decoder, GError **error)
{
  guint width = (guint)gdk_pixbuf_get_width (pixbuf),
        height = (guint)gdk_pixbuf_get_height (pixbuf);
  guint n_channels = (guint)gdk_pixbuf_get_n_channels (pixbuf);
  gsize stride = (gsize)gdk_pixbuf_get_rowstride (pixbuf);
  const guchar *pixels = gdk_pixbuf_read_pixels (pixbuf);
  LimenImages *images = limen_decoder_images (decoder, width, height, LIMEN_PIXELS_U8, error);
  gsize at = 0;
  for (guint y = 0; images && y < height && !g_cancellable_is_cancelled (decoder->cancellable);
       y++) {
    const guchar *in = pixels + y * stride;
    for (guint x = 0; x < width; x++, in += n_channels)
      limen_put_u8 (images, at++, in[0], in[1], in[2], n_channels == 4 ? in[3] : 255);
  }
  return images;
}

static LimenImages *
take_pixbuf (GdkPixbufLoader *loader, Load *load, GError **error)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (!pixbuf ||
      (gdk_pixbuf_get_n_channels (pixbuf) != 3 && gdk_pixbuf_get_n_channels (pixbuf) != 4)) {
    limen_decoder_set_damaged (load->decoder, "it ends before its first row", error);
    return NULL;
  }
  const char *option = gdk_pixbuf_get_option (pixbuf, "orientation");
  guint orientation = option ? (guint)g_ascii_strtoull (option, NULL, 10) : load->orientation;
  LimenImages *images = images_of_pixbuf (pixbuf, load->decoder, error);
  return images ? limen_images_orient (images, orientation, load->decoder->name,
                                       load->decoder->cancellable, error)
                : NULL;
}

static void
set_refused (Load *load, GError *reason, GError **error)
{
  if (load->refusal)
    g_propagate_error (error, g_steal_pointer (&load->refusal));
  else
    limen_decoder_set_damaged (load->decoder, reason ? reason->message : "it is cut off", error);
}

static LimenImages *
load_with (GdkPixbufLoader *loader, GBytes *bytes, guint orientation, LimenDecoder *decoder,
           GError **error)
{
  Load load = {decoder, orientation};
  g_autoptr (GError) reason = NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &load);
  gboolean complete = feed (loader, bytes, &load, &reason);
  if (complete && !load.refusal && !g_cancellable_is_cancelled (decoder->cancellable))
    return take_pixbuf (loader, &load, error);
  set_refused (&load, reason, error);
  g_clear_error (&load.refusal);
  return NULL;
}

/* What is given to gdk-pixbuf, or NULL where that may not be decoded. */
static GBytes *
check_bytes (LimenDecoder *decoder, const char *type, GError **error)
{
  if (!g_str_equal (type, "webp") || limen_webp_is_complete (decoder->bytes))
    return g_bytes_ref (decoder->bytes);
  limen_decoder_set_damaged (decoder, "it is cut off", error);
  return NULL;
}

/* Debian's name of what reads it */
static const char *
package_of (const char *type)
{
  return g_str_equal (type, "webp")        ? "webp-pixbuf-loader"
         : g_str_equal (type, "heif/avif") ? "heif-gdk-pixbuf"
         : g_str_equal (type, "avif")      ? "libavif-gdk-pixbuf"
         : g_str_equal (type, "jxl")       ? "libjxl-gdk-pixbuf"
                                           : "one";
}

LimenImages *
limen_decode_pixbuf (LimenDecoder *decoder, const char *type, GError **error)
{
  g_autoptr (GBytes) bytes = check_bytes (decoder, type, error);
  g_autoptr (GdkPixbufLoader) loader = bytes ? gdk_pixbuf_loader_new_with_type (type, NULL) : NULL;
  if (loader)
    return load_with (loader, bytes,
                      g_str_equal (type, "webp") ? limen_webp_orientation (bytes) : 1, decoder,
                      error);
  if (bytes)
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s is a picture of type %s, for which no gdk-pixbuf loader is installed; install "
                "%s or save it as PNG.",
                decoder->name, type, package_of (type));
  return NULL;
}
