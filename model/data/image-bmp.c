#include "model/data/image-bmp.h"

#include <string.h>

#define FILE_HEADER 14
#define MAX_HEADER  124
#define MAX_OS2     64

/* Numbers in the file, lowest byte first; 0 behind its end */

static guint32
read_number (const LimenBmp *bmp, guint64 at, guint n)
{
  guint32 value = 0;
  if (at > bmp->size || n > bmp->size - at)
    return 0;
  for (guint i = 0; i < n; i++)
    value |= (guint32)bmp->data[at + i] << 8 * i;
  return value;
}

/* A field of the header, which may end before it. */
static guint32
field (const LimenBmp *bmp, guint at, guint n)
{
  return at + n <= bmp->header_size ? read_number (bmp, bmp->header + at, n) : 0;
}

/* Headers: "core" of 12 bytes (OS/2 1), OS/2 2 of 16 to 64 bytes, Windows 40 to 124 */

static void
read_core_fields (LimenBmp *bmp)
{
  bmp->width = field (bmp, 4, 2);
  bmp->height = field (bmp, 6, 2);
  bmp->bits = field (bmp, 10, 2);
  bmp->palette_entry = 3;
}

static void
read_info_fields (LimenBmp *bmp)
{
  guint32 height = field (bmp, 8, 4);
  bmp->width = field (bmp, 4, 4);
  bmp->is_top_down = height > G_MAXINT32;
  bmp->height = bmp->is_top_down ? -height : height;
  bmp->bits = field (bmp, 14, 2);
  bmp->compression = field (bmp, 16, 4);
  bmp->n_colours = field (bmp, 32, 4);
  bmp->palette_entry = 4;
}

/* Of OS/2, 3 and 4 mean Huffman's code and runs of colours. */
static void
name_compression (LimenBmp *bmp)
{
  gboolean is_os2 = bmp->header_size == MAX_OS2 || bmp->header_size < 40;
  if (is_os2 && bmp->compression == 3)
    bmp->compression = LIMEN_BMP_HUFFMAN;
  if (is_os2 && bmp->compression == 4)
    bmp->compression = LIMEN_BMP_RLE24;
}

static gboolean
check_kind (LimenBmp *bmp, GError **error)
{
  guint bits = bmp->bits;
  gboolean is_plain =
      bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
  switch (bmp->compression) {
  case LIMEN_BMP_PLAIN:
    return is_plain ||
           limen_decoder_set_unread (bmp->decoder, "a BMP of an unusual number of bits", error);
  case LIMEN_BMP_RLE8:
    return bits == 8 ||
           limen_decoder_set_damaged (bmp->decoder, "its header contradicts itself", error);
  case LIMEN_BMP_RLE4:
    return bits == 4 ||
           limen_decoder_set_damaged (bmp->decoder, "its header contradicts itself", error);
  case LIMEN_BMP_RLE24:
    return bits == 24 ||
           limen_decoder_set_damaged (bmp->decoder, "its header contradicts itself", error);
  case LIMEN_BMP_MASKS:
  case LIMEN_BMP_MASKS_ALPHA:
    return bits == 16 || bits == 32 ||
           limen_decoder_set_damaged (bmp->decoder, "its header contradicts itself", error);
  case LIMEN_BMP_JPEG:
  case LIMEN_BMP_PNG:
    return TRUE;
  default:
    return limen_decoder_set_unread (bmp->decoder, "a BMP packed by a rare method", error);
  }
}

static gboolean
read_header (LimenBmp *bmp, GError **error)
{
  bmp->header_size = read_number (bmp, bmp->header, 4);
  if (bmp->header > bmp->size || bmp->header_size > bmp->size - bmp->header)
    return limen_decoder_set_damaged (bmp->decoder, "it is cut off", error);
  if (bmp->header_size == 12)
    read_core_fields (bmp);
  else if (bmp->header_size >= 16 && bmp->header_size <= MAX_HEADER)
    read_info_fields (bmp);
  else
    return limen_decoder_set_unread (bmp->decoder, "a BMP with an unknown header", error);
  name_compression (bmp);
  if (bmp->is_icon)
    bmp->height /= 2;
  if (bmp->width == 0 || bmp->height == 0 || bmp->width > G_MAXINT32)
    return limen_decoder_set_damaged (bmp->decoder, "it has no pixels", error);
  return check_kind (bmp, error) &&
         limen_decoder_admit (bmp->decoder, bmp->width, bmp->height, error);
}

/* Masks and palettes */

static void
set_masks (LimenBmp *bmp, guint32 r, guint32 g, guint32 b, guint32 alpha)
{
  const guint32 masks[4] = {r, g, b, alpha};
  for (guint c = 0; c < 4; c++) {
    guint shift = masks[c] ? (guint)__builtin_ctz (masks[c]) : 0;
    bmp->shifts[c] = shift;
    bmp->maxima[c] = masks[c] >> shift;
  }
}

/* Masks belong to the longer headers, and follow the one of 40 bytes. Returns: where they end. */
static guint64
read_masks (LimenBmp *bmp)
{
  guint64 at = bmp->header + 40, end = bmp->header + bmp->header_size;
  gboolean has_alpha = bmp->compression == LIMEN_BMP_MASKS_ALPHA || bmp->header_size >= 56;
  if (bmp->compression != LIMEN_BMP_MASKS && bmp->compression != LIMEN_BMP_MASKS_ALPHA) {
    if (bmp->bits == 16)
      set_masks (bmp, 0x7c00, 0x3e0, 0x1f, 0);
    else
      set_masks (bmp, 0xff0000, 0xff00, 0xff, bmp->is_icon && bmp->bits == 32 ? 0xff000000 : 0);
    return end;
  }
  set_masks (bmp, read_number (bmp, at, 4), read_number (bmp, at + 4, 4),
             read_number (bmp, at + 8, 4), has_alpha ? read_number (bmp, at + 12, 4) : 0);
  return bmp->header_size > 40 ? end : end + (has_alpha ? 16 : 12);
}

/* @at: where it begins. Returns: where it ends. */
static guint64
read_palette (LimenBmp *bmp, guint64 at)
{
  guint n = bmp->bits <= 8 ? 1u << bmp->bits : 0, size = bmp->palette_entry;
  guint64 n_stored = bmp->n_colours > 0 ? bmp->n_colours : n;
  if (bmp->pixels > at)
    n_stored = MIN (n_stored, (bmp->pixels - at) / size);
  bmp->n_colours = (guint)MIN (n, n_stored);
  for (guint i = 0; i < bmp->n_colours; i++) {
    guint32 bgr = read_number (bmp, at + i * size, 3);
    for (guint c = 0; c < 3; c++)
      bmp->colours[i][c] = bgr >> (16 - 8 * c) & 0xff;
  }
  return at + n_stored * size;
}

static gboolean
find_pixels (LimenBmp *bmp, GError **error)
{
  guint64 end = read_palette (bmp, read_masks (bmp));
  if (bmp->pixels < bmp->header + bmp->header_size)
    bmp->pixels = end;
  return bmp->pixels < bmp->size ||
         limen_decoder_set_damaged (bmp->decoder, "it is cut off", error);
}

/* Pictures inside */

static LimenImages *
decode_inside (LimenBmp *bmp, GError **error)
{
  LimenDecoder inside = *bmp->decoder;
  g_autoptr (GBytes) bytes =
      g_bytes_new_from_bytes (inside.bytes, bmp->pixels, bmp->size - bmp->pixels);
  inside.bytes = bytes;
  LimenImages *images = bmp->compression == LIMEN_BMP_PNG ? limen_decode_png (&inside, error)
                                                          : limen_decode_jpeg (&inside, error);
  bmp->decoder->is_large = inside.is_large;
  return images;
}

LimenImages *
limen_decode_dib (LimenDecoder *decoder, gsize offset, gsize pixels, gboolean is_icon,
                  GError **error)
{
  LimenBmp bmp = {.decoder = decoder, .header = offset, .pixels = pixels, .is_icon = is_icon};
  bmp.data = g_bytes_get_data (decoder->bytes, &bmp.size);
  if (!read_header (&bmp, error) || !find_pixels (&bmp, error))
    return NULL;
  if (bmp.compression == LIMEN_BMP_JPEG || bmp.compression == LIMEN_BMP_PNG)
    return decode_inside (&bmp, error);
  return limen_bmp_unpack (&bmp, error);
}

/* An array of OS/2 begins with a header of its own, of the same size. */
LimenImages *
limen_decode_bmp (LimenDecoder *decoder, GError **error)
{
  LimenBmp bmp = {.decoder = decoder};
  bmp.data = g_bytes_get_data (decoder->bytes, &bmp.size);
  gsize start = bmp.size > 1 && bmp.data[1] == 'A' ? FILE_HEADER : 0;
  if (bmp.size > start + FILE_HEADER + 4 && memcmp (bmp.data + start, "BM", 2) == 0)
    return limen_decode_dib (decoder, start + FILE_HEADER, read_number (&bmp, start + 10, 4), FALSE,
                             error);
  if (start > 0)
    limen_decoder_set_unread (decoder, "an array of OS/2 without a BMP in it", error);
  else
    limen_decoder_set_damaged (decoder, "it is cut off", error);
  return NULL;
}
