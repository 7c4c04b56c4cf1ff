/* What the decoders of picture files share. Only image-*.c need it. */
#pragma once

#include "model/data/image-file.h"

/**
 * LimenDecoder: one picture on its way
 * @asked: (nullable): how to read numbers of which the file does not say what is white
 * @is_large: it has so many pixels that only one such picture is unpacked at a time
 * @charge: (nullable): what its pixels are taken from
 */
typedef struct {
  GBytes *bytes;
  const char *name;
  const LimenReading *asked;
  GCancellable *cancellable;
  gboolean is_large;
  LimenPixelCharge *charge;
} LimenDecoder;

/** limen_decoder_admit: to be called as soon as the size is known, before pixels are unpacked */
gboolean limen_decoder_admit (LimenDecoder *decoder, guint64 width, guint64 height, GError **error);
/** limen_decoder_keeps_colour: red, green and blue are wanted instead of grey */
gboolean limen_decoder_keeps_colour (const LimenDecoder *decoder);
/** limen_decoder_images: (transfer full): one image to be filled, grey or in colour as is wanted */
LimenImages *limen_decoder_images (const LimenDecoder *decoder, guint width, guint height,
                                   LimenPixelType type, GError **error);
/** limen_decoder_set_unread: LIMEN_ERROR_FORMAT: it is sound, but @reason keeps Limen from it.
 * Returns: FALSE */
gboolean limen_decoder_set_unread (LimenDecoder *decoder, const char *reason, GError **error);
/** limen_decoder_set_damaged: LIMEN_ERROR_DAMAGED with @reason, or G_IO_ERROR_CANCELLED. Returns:
 * FALSE */
gboolean limen_decoder_set_damaged (LimenDecoder *decoder, const char *reason, GError **error);

/** limen_decode_png: (transfer full): see limen_image_decode() */
LimenImages *limen_decode_png (LimenDecoder *decoder, GError **error);
/** limen_decode_jpeg: (transfer full): see limen_image_decode() */
LimenImages *limen_decode_jpeg (LimenDecoder *decoder, GError **error);
/** limen_decode_bmp: (transfer full): see limen_image_decode(); Windows' and OS/2's headers */
LimenImages *limen_decode_bmp (LimenDecoder *decoder, GError **error);
/** limen_decode_ico: (transfer full): the largest picture of an icon or a cursor */
LimenImages *limen_decode_ico (LimenDecoder *decoder, GError **error);
/**
 * limen_decode_dib:
 * @offset: where the header stands in decoder->bytes
 * @pixels: where the rows begin, 0 where they follow the header and its palette
 * @is_icon: the height counts a mask of one bit a pixel that follows the rows
 *
 * Returns: (transfer full): a BMP without its file header
 */
LimenImages *limen_decode_dib (LimenDecoder *decoder, gsize offset, gsize pixels, gboolean is_icon,
                               GError **error);
/** limen_decode_tiff: page by page; FALSE with @error where there is none to be taken */
gboolean
limen_decode_tiff (LimenDecoder *decoder, LimenPageFunc take, gpointer data, GError **error);
/** limen_tiff_is_stack: whether a second directory follows the first; nothing is checked */
gboolean limen_tiff_is_stack (const guchar *data, gsize size);
/** limen_decode_pnm: P1 to P6, page by page: after the rows of one another may follow */
gboolean
limen_decode_pnm (LimenDecoder *decoder, LimenPageFunc take, gpointer data, GError **error);
/** limen_pnm_is_stack: whether one picture follows another */
gboolean limen_pnm_is_stack (GBytes *bytes);
/** limen_page_name: (transfer full): "stack.tif, page 2" */
char *limen_page_name (const char *name, guint number);
/** limen_decode_pixbuf: (transfer full): @type is a gdk-pixbuf format, "webp" */
LimenImages *limen_decode_pixbuf (LimenDecoder *decoder, const char *type, GError **error);

/** limen_decode_gif: (transfer full): its first frame, so that an animation costs no more than a
 * still */
LimenImages *limen_decode_gif (LimenDecoder *decoder, GError **error);

/** limen_webp_is_complete: FALSE where it is cut off: the loader would make up what is missing */
gboolean limen_webp_is_complete (GBytes *bytes);
/** limen_webp_orientation: 1 to 8, of the EXIF in a WebP; 1 where there is none */
guint limen_webp_orientation (GBytes *bytes);

/** limen_exif_orientation: 1 to 8, of a TIFF structure as EXIF has it; 1 where there is none */
guint limen_exif_orientation (const guchar *data, gsize size);

/** limen_raw_profile_orientation: the same, of a PNG text "Raw profile type exif", as ImageMagick
 * writes it */
guint limen_raw_profile_orientation (const char *text);

/** limen_grey_u8: BT.601 in 16.16 fixed point, on white where alpha < 255 */
static inline guint8
limen_grey_u8 (guint r, guint g, guint b, guint alpha)
{
  guint64 grey = (guint64)19595 * r + 38470 * g + 7471 * b;
  if (alpha < 255)
    grey = (grey * alpha + (guint64)(255 - alpha) * 255 * 65536 + 127) / 255;
  return (guint8)((grey + 32768) >> 16);
}

/** limen_grey_u16: the same of 16-bit channels, in [0, 1] */
static inline float
limen_grey_u16 (guint r, guint g, guint b, guint alpha)
{
  double grey = (19595.0 * r + 38470.0 * g + 7471.0 * b) / 65536 / 65535;
  double opacity = alpha / 65535.0;
  return (float)(grey * opacity + (1 - opacity));
}

/** limen_put_u8: pixel @at of @images becomes this colour, or its grey, on white where alpha < 255;
 * what is grey itself is not changed by limen_grey_u8() */
static inline void
limen_put_u8 (LimenImages *images, gsize at, guint r, guint g, guint b, guint alpha)
{
  if (!images->is_colour) {
    images->u8[at] = limen_grey_u8 (r, g, b, alpha);
    return;
  }
  images->u8[3 * at] = limen_grey_u8 (r, r, r, alpha);
  images->u8[3 * at + 1] = limen_grey_u8 (g, g, g, alpha);
  images->u8[3 * at + 2] = limen_grey_u8 (b, b, b, alpha);
}

/** limen_put_u16: the same of 16-bit channels */
static inline void
limen_put_u16 (LimenImages *images, gsize at, guint r, guint g, guint b, guint alpha)
{
  if (!images->is_colour) {
    images->f32[at] = limen_grey_u16 (r, g, b, alpha);
    return;
  }
  images->f32[3 * at] = limen_grey_u16 (r, r, r, alpha);
  images->f32[3 * at + 1] = limen_grey_u16 (g, g, g, alpha);
  images->f32[3 * at + 2] = limen_grey_u16 (b, b, b, alpha);
}
