#include "model/data/image-bmp.h"

#include <string.h>

#define NO_COLOUR "it names colours that its palette does not have"

static gboolean
is_cancelled (const LimenBmp *bmp)
{
  return g_cancellable_is_cancelled (bmp->decoder->cancellable);
}

/* Rows stand from the lowest up, unless the height is negative. */
static gsize
first_of_row (const LimenBmp *bmp, guint row)
{
  return (gsize)(bmp->is_top_down ? row : bmp->height - 1 - row) * bmp->width;
}

/* Rows as they are */

/* Rows are filled up to whole words of 32 bits; the last need not be. */
static gsize
row_bytes (const LimenBmp *bmp)
{
  return ((gsize)bmp->width * bmp->bits + 31) / 32 * 4;
}

static gboolean
has_all_rows (const LimenBmp *bmp)
{
  guint64 last = ((guint64)bmp->width * bmp->bits + 7) / 8;
  return (guint64)row_bytes (bmp) * (bmp->height - 1) + last <= bmp->size - bmp->pixels;
}

static void
put_colour (const LimenBmp *bmp, LimenImages *images, gsize at, guint index)
{
  const guint8 *rgb = bmp->colours[index];
  limen_put_u8 (images, at, rgb[0], rgb[1], rgb[2], 255);
}

static gboolean
unpack_indices (const LimenBmp *bmp, const guchar *in, LimenImages *images, gsize at)
{
  guint bits = bmp->bits, mask = (1u << bits) - 1;
  for (guint x = 0; x < bmp->width; x++) {
    gsize bit = (gsize)x * bits;
    guint index = in[bit / 8] >> (8 - bits - bit % 8) & mask;
    if (index >= bmp->n_colours)
      return FALSE;
    put_colour (bmp, images, at + x, index);
  }
  return TRUE;
}

static void
unpack_bgr (const LimenBmp *bmp, const guchar *in, LimenImages *images, gsize at)
{
  for (guint x = 0; x < bmp->width; x++, in += 3)
    limen_put_u8 (images, at + x, in[2], in[1], in[0], 255);
}

/* The part of channel @c in a pixel, from 0 to 1; of alpha 1 where there is none */
static double
part_of (const LimenBmp *bmp, guint32 pixel, guint c)
{
  guint32 max = bmp->maxima[c];
  return max ? (double)(pixel >> bmp->shifts[c] & max) / max : c == 3;
}

static guint
byte_of (double part)
{
  return (guint)(part * 255 + 0.5);
}

static guint32
pixel_at (const LimenBmp *bmp, const guchar *in)
{
  guint32 pixel = in[0] | (guint32)in[1] << 8;
  return bmp->bits == 16 ? pixel : pixel | (guint32)in[2] << 16 | (guint32)in[3] << 24;
}

static void
unpack_masked (const LimenBmp *bmp, const guchar *in, LimenImages *images, gsize at)
{
  for (guint x = 0; x < bmp->width; x++, in += bmp->bits / 8) {
    guint32 pixel = pixel_at (bmp, in);
    double part[4];
    for (guint c = 0; c < 4; c++)
      part[c] = part_of (bmp, pixel, c);
    if (images->u8)
      limen_put_u8 (images, at + x, byte_of (part[0]), byte_of (part[1]), byte_of (part[2]),
                    byte_of (part[3]));
    else if (images->is_colour)
      for (guint c = 0; c < 3; c++)
        images->f32[3 * (at + x) + c] = (float)(part[c] * part[3] + 1 - part[3]);
    else
      images->f32[at + x] =
          (float)(((19595 * part[0] + 38470 * part[1] + 7471 * part[2]) / 65536) * part[3] + 1 -
                  part[3]);
  }
}

static gboolean
unpack_plain (LimenBmp *bmp, LimenImages *images, GError **error)
{
  const guchar *in = bmp->data + bmp->pixels;
  if (!has_all_rows (bmp))
    return limen_decoder_set_damaged (bmp->decoder, "it is cut off", error);
  for (guint row = 0; row < bmp->height; row++, in += row_bytes (bmp)) {
    gsize at = first_of_row (bmp, row);
    if (is_cancelled (bmp))
      return limen_decoder_set_damaged (bmp->decoder, "cancelled", error);
    if (bmp->bits <= 8 && !unpack_indices (bmp, in, images, at))
      return limen_decoder_set_damaged (bmp->decoder, NO_COLOUR, error);
    if (bmp->bits == 24)
      unpack_bgr (bmp, in, images, at);
    else if (bmp->bits > 8)
      unpack_masked (bmp, in, images, at);
  }
  return TRUE;
}

/* Runs */

/* @at: in the file; @x, @row: where the next pixel comes */
typedef struct {
  LimenBmp *bmp;
  LimenImages *images;
  gsize at;
  guint64 x, row;
} Runs;

static gboolean
has_more (const Runs *runs, gsize n)
{
  return runs->at <= runs->bmp->size && n <= runs->bmp->size - runs->at;
}

/* What lies beside the picture is passed over. */
static gboolean
put (Runs *runs, guint index)
{
  LimenBmp *bmp = runs->bmp;
  if (index >= bmp->n_colours)
    return FALSE;
  if (runs->x < bmp->width && runs->row < bmp->height)
    put_colour (bmp, runs->images, first_of_row (bmp, (guint)runs->row) + runs->x, index);
  runs->x++;
  return TRUE;
}

static void
put_bgr (Runs *runs, const guchar *bgr)
{
  LimenBmp *bmp = runs->bmp;
  if (runs->x < bmp->width && runs->row < bmp->height)
    limen_put_u8 (runs->images, first_of_row (bmp, (guint)runs->row) + runs->x, bgr[2], bgr[1],
                  bgr[0], 255);
  runs->x++;
}

/* How many bytes @n pixels take where they stand one by one */
static gsize
literal_bytes (const LimenBmp *bmp, guint n)
{
  return bmp->compression == LIMEN_BMP_RLE4   ? (n + 1) / 2
         : bmp->compression == LIMEN_BMP_RLE8 ? n
                                              : 3 * (gsize)n;
}

/* Pixel @i of a run, or of pixels one by one, whose bytes begin at @bytes */
static gboolean
put_pixel (Runs *runs, const guchar *bytes, guint i, gboolean is_run)
{
  switch (runs->bmp->compression) {
  case LIMEN_BMP_RLE4: {
    guint pair = bytes[is_run ? 0 : i / 2];
    return put (runs, i % 2 ? pair & 15 : pair >> 4);
  }
  case LIMEN_BMP_RLE8:
    return put (runs, bytes[is_run ? 0 : i]);
  default:
    put_bgr (runs, bytes + (is_run ? 0 : 3 * (gsize)i));
    return TRUE;
  }
}

static const char *
put_run (Runs *runs, guint n)
{
  gsize size = literal_bytes (runs->bmp, 1);
  if (!has_more (runs, size))
    return "it is cut off";
  for (guint i = 0; i < n; i++)
    if (!put_pixel (runs, runs->bmp->data + runs->at, i, TRUE))
      return NO_COLOUR;
  runs->at += size;
  return NULL;
}

static const char *
put_literals (Runs *runs, guint n)
{
  gsize size = literal_bytes (runs->bmp, n);
  if (!has_more (runs, size))
    return "it is cut off";
  for (guint i = 0; i < n; i++)
    if (!put_pixel (runs, runs->bmp->data + runs->at, i, FALSE))
      return NO_COLOUR;
  runs->at += size + size % 2; /* filled up to words of 16 bits */
  return NULL;
}

/* A count and a colour, or 0 and: 0 end of row, 1 end of picture, 2 a jump, else so many pixels one
 * by one. Returns: what is wrong; @ended is set at the end. */
static const char *
take_step (Runs *runs, gboolean *ended)
{
  const guchar *in = runs->bmp->data + runs->at;
  if (!has_more (runs, 1))
    return "it is cut off";
  runs->at++;
  if (in[0] > 0)
    return put_run (runs, in[0]);
  if (!has_more (runs, 1) || (in[1] == 2 && !has_more (runs, 3)))
    return "it is cut off";
  runs->at++;
  if (in[1] > 2)
    return put_literals (runs, in[1]);
  *ended = in[1] == 1;
  runs->x = in[1] == 2 ? runs->x + in[2] : 0;
  runs->row += in[1] == 2 ? in[3] : 1;
  runs->at += in[1] == 2 ? 2 : 0;
  return NULL;
}

/* A picture may end with its last pixel instead of the mark for it. */
static gboolean
is_over (const Runs *runs)
{
  const LimenBmp *bmp = runs->bmp;
  gboolean is_full = runs->row == bmp->height - 1 && runs->x >= bmp->width;
  return runs->row >= bmp->height || (is_full && !has_more (runs, 2));
}

static gboolean
unpack_runs (LimenBmp *bmp, LimenImages *images, GError **error)
{
  Runs runs = {bmp, images, bmp->pixels, 0, 0};
  gboolean ended = FALSE;
  const char *reason = NULL;
  /* what no run reaches has the first colour */
  for (gsize i = 0; i < (gsize)bmp->width * bmp->height; i++)
    put_colour (bmp, images, i, 0);
  for (guint i = 0; !ended && !reason && !is_over (&runs); i++) {
    reason = take_step (&runs, &ended);
    if (i % 4096 == 0 && is_cancelled (bmp))
      reason = "cancelled";
  }
  return !reason || limen_decoder_set_damaged (bmp->decoder, reason, error);
}

/* An alpha that is 0 everywhere was never filled in. */
static void
drop_empty_alpha (LimenBmp *bmp)
{
  guint32 seen = 0;
  if (bmp->maxima[3] == 0 || bmp->bits <= 24 || !has_all_rows (bmp))
    return;
  const guchar *in = bmp->data + bmp->pixels;
  for (guint row = 0; row < bmp->height && !seen && !is_cancelled (bmp); row++)
    for (guint x = 0; x < bmp->width && !seen; x++, in += 4)
      seen = pixel_at (bmp, in) >> bmp->shifts[3] & bmp->maxima[3];
  if (!seen)
    bmp->maxima[3] = 0;
}

static void
set_white (LimenImages *images, gsize at)
{
  if (images->u8)
    limen_put_u8 (images, at, 255, 255, 255, 255);
  else
    limen_put_u16 (images, at, 65535, 65535, 65535, 65535);
}

/* The mask of an icon: 1 where the screen shows through, in rows of whole words, the lowest first.
 * A real alpha has said so already. */
static gboolean
apply_icon_mask (LimenBmp *bmp, LimenImages *images, GError **error)
{
  guint64 at = bmp->pixels + (guint64)row_bytes (bmp) * bmp->height;
  gsize stride = ((gsize)bmp->width + 31) / 32 * 4;
  if (bmp->maxima[3] > 0 && bmp->bits == 32)
    return TRUE;
  if (at > bmp->size || stride * bmp->height > bmp->size - at)
    return limen_decoder_set_damaged (bmp->decoder, "its mask is cut off", error);
  for (guint row = 0; row < bmp->height && !is_cancelled (bmp); row++)
    for (guint x = 0; x < bmp->width; x++)
      if (bmp->data[at + row * stride + x / 8] >> (7 - x % 8) & 1)
        set_white (images, first_of_row (bmp, row) + x);
  return TRUE;
}

LimenImages *
limen_bmp_unpack (LimenBmp *bmp, GError **error)
{
  gboolean has_runs = bmp->compression == LIMEN_BMP_RLE4 || bmp->compression == LIMEN_BMP_RLE8 ||
                      bmp->compression == LIMEN_BMP_RLE24;
  gboolean is_deep = FALSE;
  drop_empty_alpha (bmp);
  for (guint c = 0; c < 4; c++)
    is_deep |= bmp->bits > 8 && bmp->maxima[c] > 255;
  g_autoptr (LimenImages) images = limen_decoder_images (
      bmp->decoder, bmp->width, bmp->height, is_deep ? LIMEN_PIXELS_F32 : LIMEN_PIXELS_U8, error);
  if (!images || !(has_runs ? unpack_runs : unpack_plain) (bmp, images, error))
    return NULL;
  if (bmp->is_icon && !apply_icon_mask (bmp, images, error))
    return NULL;
  return g_steal_pointer (&images);
}
