#include "model/data/image-jpeg.h"

#include <setjmp.h>
#include <stdio.h>

#include <jerror.h>
#include <jpeglib.h>
#include <string.h>

#define MAX_SCANS       100
#define MAX_SCAN_PIXELS ((guint64)1000 << 20)

/* All that must survive a longjmp of libjpeg lives here, not on the stack of the function it
 * leaves. The first fields make it what libjpeg calls. */
typedef struct {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  LimenDecoder *decoder;
  jmp_buf out;
  char reason[JMSG_LENGTH_MAX];
  guchar *row;
  guint orientation;
  LimenImages *images;
  GError *refusal;
} Jpeg;

/* Called by libjpeg */

static void
leave (j_common_ptr common)
{
  Jpeg *self = common->client_data;
  longjmp (self->out, 1);
}

static void
error_cb (j_common_ptr common)
{
  Jpeg *self = common->client_data;
  common->err->format_message (common, self->reason);
  g_strdelimit (self->reason, "\n\r", ' ');
  leave (common);
}

/* What libjpeg goes on after, with pixels it makes up, is damage here. */
static void
message_cb (j_common_ptr common, int level)
{
  int code = common->err->msg_code;
  if (level < 0 && (code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE ||
                    code == JWRN_JPEG_EOF || code == JWRN_MUST_RESYNC))
    error_cb (common);
}

/* Each row of blocks, in each scan */
static void
progress_cb (j_common_ptr common)
{
  Jpeg *self = common->client_data;
  if (g_cancellable_is_cancelled (self->decoder->cancellable))
    leave (common);
}

/* Grey, or colour */

static guint8
grey_of_light (guint r, guint g, guint b, guint black)
{
  guint64 grey = (guint64)19595 * r + 38470 * g + 7471 * b;
  return (guint8)((grey * black / 255 + 32768) >> 16);
}

/* Adobe's programs store how much of the paper stays white instead of how much ink comes on it. */
static void
put_inks (const Jpeg *self, const guchar *inks, gsize at)
{
  LimenImages *images = self->images;
  guchar light[4];
  for (guint i = 0; i < 4; i++)
    light[i] = self->jpeg.saw_Adobe_marker ? inks[i] : 255 - inks[i];
  if (images->is_colour)
    for (guint c = 0; c < 3; c++)
      images->u8[3 * at + c] = grey_of_light (light[c], light[c], light[c], light[3]);
  else
    images->u8[at] = grey_of_light (light[0], light[1], light[2], light[3]);
}

static void
put_row (const Jpeg *self, gsize at)
{
  const guchar *in = self->row;
  guint n = (guint)self->jpeg.output_components;
  for (guint x = 0; x < self->jpeg.output_width; x++, in += n)
    if (n == 4)
      put_inks (self, in, at + x);
    else if (n == 1)
      limen_put_u8 (self->images, at + x, in[0], in[0], in[0], 255);
    else
      limen_put_u8 (self->images, at + x, in[0], in[1], in[2], 255);
}

/* Reading */

static void
start (Jpeg *self)
{
  struct jpeg_decompress_struct *jpeg = &self->jpeg;
  if (jpeg->jpeg_color_space == JCS_GRAYSCALE)
    jpeg->out_color_space = JCS_GRAYSCALE;
  else if (jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK)
    jpeg->out_color_space = JCS_CMYK;
  else
    jpeg->out_color_space = JCS_RGB;
  jpeg_start_decompress (jpeg);
  self->row = g_malloc ((gsize)jpeg->output_width * (guint)jpeg->output_components);
}

static guint
find_orientation (const Jpeg *self)
{
  for (jpeg_saved_marker_ptr marker = self->jpeg.marker_list; marker; marker = marker->next)
    if (marker->data_length > 6 && memcmp (marker->data, "Exif\0\0", 6) == 0)
      return limen_exif_orientation (marker->data, marker->data_length);
  return 1;
}

static gboolean
read_jpeg (Jpeg *self)
{
  struct jpeg_decompress_struct *jpeg = &self->jpeg;
  gsize size;
  const guchar *data = g_bytes_get_data (self->decoder->bytes, &size);
  if (setjmp (self->out))
    return FALSE;
  jpeg_create_decompress (jpeg);
  jpeg->progress = &self->progress;
  jpeg_mem_src (jpeg, data, size);
  jpeg_save_markers (jpeg, JPEG_APP0 + 1, 0xffff);
  jpeg_read_header (jpeg, TRUE);
  self->orientation = find_orientation (self);
  if (!limen_decoder_admit (self->decoder, jpeg->image_width, jpeg->image_height, &self->refusal))
    return FALSE;
  start (self);
  self->images = limen_decoder_images (self->decoder, jpeg->output_width, jpeg->output_height,
                                       LIMEN_PIXELS_U8, &self->refusal);
  while (self->images && jpeg->output_scanline < jpeg->output_height) {
    gsize at = (gsize)jpeg->output_scanline * jpeg->output_width;
    jpeg_read_scanlines (jpeg, &self->row, 1);
    put_row (self, at);
  }
  if (self->images)
    jpeg_finish_decompress (jpeg);
  return self->images != NULL;
}

/* Before anything is unpacked: a few bytes can ask to go over millions of pixels once more. */
static gboolean
is_reasonable (LimenDecoder *decoder, GError **error)
{
  gsize size;
  const guchar *data = g_bytes_get_data (decoder->bytes, &size);
  LimenJpegLook look = limen_jpeg_look (data, size);
  guint64 n_pixels = (guint64)look.width * look.height;
  if (look.is_lossless || (look.bits > 0 && look.bits != 8)) {
    g_autofree char *reason =
        g_strdup_printf ("a %sJPEG of %u bits", look.is_lossless ? "lossless " : "", look.bits);
    limen_decoder_set_unread (decoder, reason, error);
  } else if (look.n_scans > MAX_SCANS || look.n_scans * n_pixels > MAX_SCAN_PIXELS)
    limen_fail (error, LIMEN_ERROR_UNSAFE,
                "%s goes over its %u × %u pixels in %u scans, more than 100 or more than 1,000 "
                "million pixels in all; save it as a plain JPEG or as PNG.",
                decoder->name, look.width, look.height, look.n_scans);
  else if (!look.is_complete)
    limen_decoder_set_damaged (decoder, "it is cut off", error);
  else
    return TRUE;
  return FALSE;
}

LimenImages *
limen_decode_jpeg (LimenDecoder *decoder, GError **error)
{
  Jpeg self = {.decoder = decoder};
  LimenImages *images = NULL;
  if (!is_reasonable (decoder, error))
    return NULL;
  self.jpeg.err = jpeg_std_error (&self.errors);
  self.jpeg.client_data = &self;
  self.errors.error_exit = error_cb;
  self.errors.emit_message = message_cb;
  self.progress.progress_monitor = progress_cb;
  if (read_jpeg (&self))
    images = limen_images_orient (g_steal_pointer (&self.images), self.orientation, decoder->name,
                                  decoder->cancellable, error);
  else if (self.refusal)
    g_propagate_error (error, self.refusal);
  else
    limen_decoder_set_damaged (decoder, *self.reason ? self.reason : "it is cut off", error);
  jpeg_destroy_decompress (&self.jpeg);
  g_clear_pointer (&self.images, limen_images_free);
  g_free (self.row);
  return images;
}
