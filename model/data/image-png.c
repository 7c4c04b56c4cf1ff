#include "model/data/image-file-private.h"

#include <png.h>
#include <string.h>

/* All that must survive a longjmp of libpng lives here, not on the stack of the function it leaves.
 */
typedef struct {
  LimenDecoder *decoder;
  const guchar *data;
  gsize size, at;
  png_structp png;
  png_infop info, end;
  guint width, height, n_channels, depth;
  gsize stride;
  guchar *pixels; /* (height, stride): channels of 8 bits, or of 16 in the machine's byte order */
  char reason[120];
  GError *refusal;
} Png;

/* Called by libpng */

static void
read_cb (png_structp png, png_bytep out, size_t n)
{
  Png *self = png_get_io_ptr (png);
  if (n > self->size - self->at)
    png_error (png, "it is cut off");
  memcpy (out, self->data + self->at, n);
  self->at += n;
}

static void
error_cb (png_structp png, png_const_charp message)
{
  Png *self = png_get_error_ptr (png);
  g_strlcpy (self->reason, message, sizeof self->reason);
  g_strdelimit (self->reason, "\n\r", ' ');
  png_longjmp (png, 1);
}

static void
warning_cb (png_structp png, png_const_charp message)
{
}

/* Reading */

static gboolean
is_cancelled (const Png *self)
{
  return g_cancellable_is_cancelled (self->decoder->cancellable);
}

static void
read_pixels (Png *self)
{
  png_set_expand (self->png); /* palette to RGB, 1 to 4 bits to 8, tRNS to alpha */
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    png_set_swap (self->png);
  int n_passes = png_set_interlace_handling (self->png);
  png_read_update_info (self->png, self->info);
  self->n_channels = png_get_channels (self->png, self->info);
  self->depth = png_get_bit_depth (self->png, self->info);
  self->stride = png_get_rowbytes (self->png, self->info);
  self->pixels = g_try_malloc0 (self->stride * self->height); /* 64 million times 8 bytes at most */
  if (!self->pixels)
    png_error (self->png, "there is not enough memory for it");
  for (int pass = 0; pass < n_passes; pass++)
    for (guint y = 0; y < self->height; y++) {
      if (is_cancelled (self))
        png_error (self->png, "cancelled");
      png_read_row (self->png, self->pixels + y * self->stride, NULL);
    }
}

static gboolean
read_png (Png *self)
{
  if (setjmp (png_jmpbuf (self->png)))
    return FALSE;
  png_set_read_fn (self->png, self, read_cb);
  png_set_chunk_cache_max (self->png, 64);
  png_set_chunk_malloc_max (self->png, 1 << 20);
  png_read_info (self->png, self->info);
  self->width = png_get_image_width (self->png, self->info);
  self->height = png_get_image_height (self->png, self->info);
  if (!limen_decoder_admit (self->decoder, self->width, self->height, &self->refusal))
    return FALSE;
  read_pixels (self);
  png_read_end (self->png, self->end); /* the last checksums, and an eXIf behind the pixels */
  return TRUE;
}

/* Of an eXIf chunk, or of the text in which it was kept before there was one. */
static guint
orientation_in (Png *self, png_infop info)
{
  png_uint_32 size = 0;
  png_bytep exif = NULL;
  png_textp texts = NULL;
  int n_texts = 0;
  guint orientation = 1;
  if (png_get_eXIf_1 (self->png, info, &size, &exif))
    return limen_exif_orientation (exif, size);
  png_get_text (self->png, info, &texts, &n_texts);
  for (int i = 0; i < n_texts && orientation == 1; i++)
    if (texts[i].text && (g_str_equal (texts[i].key, "Raw profile type exif") ||
                          g_str_equal (texts[i].key, "Raw profile type APP1")))
      orientation = limen_raw_profile_orientation (texts[i].text);
  return orientation;
}

static guint
find_orientation (Png *self)
{
  guint orientation = orientation_in (self, self->info);
  return orientation > 1 ? orientation : orientation_in (self, self->end);
}

/* Grey, or colour */

static void
put_row_u8 (const Png *self, const guchar *in, LimenImages *images, gsize at)
{
  guint n = self->n_channels;
  if (n == 1 && !images->is_colour) {
    memcpy (images->u8 + at, in, self->width);
    return;
  }
  for (guint x = 0; x < self->width; x++, in += n)
    if (n <= 2)
      limen_put_u8 (images, at + x, in[0], in[0], in[0], n == 2 ? in[1] : 255);
    else
      limen_put_u8 (images, at + x, in[0], in[1], in[2], n == 4 ? in[3] : 255);
}

static void
put_row_u16 (const Png *self, const guint16 *in, LimenImages *images, gsize at)
{
  guint n = self->n_channels;
  for (guint x = 0; x < self->width; x++, in += n)
    if (n == 1 && !images->is_colour)
      images->f32[at + x] = (float)in[0] / 65535.0f;
    else if (n <= 2)
      limen_put_u16 (images, at + x, in[0], in[0], in[0], n == 2 ? in[1] : 65535);
    else
      limen_put_u16 (images, at + x, in[0], in[1], in[2], n == 4 ? in[3] : 65535);
}

static LimenImages *
images_of_png (const Png *self, GError **error)
{
  LimenPixelType type = self->depth == 16 ? LIMEN_PIXELS_F32 : LIMEN_PIXELS_U8;
  LimenImages *images =
      limen_decoder_images (self->decoder, self->width, self->height, type, error);
  for (guint y = 0; images && y < self->height && !is_cancelled (self); y++) {
    const guchar *in = self->pixels + y * self->stride;
    gsize at = (gsize)y * self->width;
    if (type == LIMEN_PIXELS_U8)
      put_row_u8 (self, in, images, at);
    else
      put_row_u16 (self, (const guint16 *)(const void *)in, images, at);
  }
  return images;
}

LimenImages *
limen_decode_png (LimenDecoder *decoder, GError **error)
{
  Png self = {decoder};
  LimenImages *images = NULL;
  self.data = g_bytes_get_data (decoder->bytes, &self.size);
  self.png = png_create_read_struct (PNG_LIBPNG_VER_STRING, &self, error_cb, warning_cb);
  self.info = self.png ? png_create_info_struct (self.png) : NULL;
  self.end = self.info ? png_create_info_struct (self.png) : NULL;
  if (self.end && read_png (&self))
    images = images_of_png (&self, error);
  else if (self.refusal)
    g_propagate_error (error, self.refusal);
  else
    limen_decoder_set_damaged (decoder, self.reason, error);
  if (images)
    images = limen_images_orient (images, find_orientation (&self), decoder->name,
                                  decoder->cancellable, error);
  png_destroy_read_struct (&self.png, &self.info, &self.end);
  g_free (self.pixels);
  return images;
}
