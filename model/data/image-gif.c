#include "model/data/image-file-private.h"

#include <string.h>

/* A cursor in a GIF (CompuServe, "Graphics Interchange Format, version 89a"). */
typedef struct {
  const guchar *data;
  gsize size, at;
} Cursor;

static gboolean
advance (Cursor *cursor, gsize n)
{
  if (n > cursor->size - cursor->at)
    return FALSE;
  cursor->at += n;
  return TRUE;
}

/* A colour table of 2^(k + 1) entries follows where the highest bit of @flags is set. */
static gboolean
pass_colours (Cursor *cursor, guchar flags)
{
  return !(flags & 0x80) || advance (cursor, (gsize)3 << ((flags & 7) + 1));
}

/* Blocks of a length and as many bytes, up to one of length 0. */
static gboolean
pass_blocks (Cursor *cursor)
{
  while (cursor->at < cursor->size) {
    guchar length = cursor->data[cursor->at];
    if (!advance (cursor, (gsize)length + 1))
      return FALSE;
    if (length == 0)
      return TRUE;
  }
  return FALSE;
}

/* A graphic control extension says which colour the background shows through, until the next frame.
 */
static void
look_at_extension (const Cursor *cursor, int *transparent)
{
  const guchar *block = cursor->data + cursor->at;
  if (cursor->size - cursor->at >= 8 && block[1] == 0xf9 && block[2] >= 4)
    *transparent = block[3] & 1 ? block[6] : -1;
}

/* Leaves the cursor behind the image descriptor of the first frame. */
static const guchar *
find_frame (Cursor *cursor, int *transparent)
{
  if (cursor->size < 13 || !advance (cursor, 13) || !pass_colours (cursor, cursor->data[10]))
    return NULL;
  while (cursor->at < cursor->size) {
    const guchar *block = cursor->data + cursor->at;
    if (*block == ',')
      return advance (cursor, 10) ? block : NULL;
    look_at_extension (cursor, transparent);
    if (*block != '!' || !advance (cursor, 2) || !pass_blocks (cursor))
      return NULL;
  }
  return NULL;
}

static guint
read_u16 (const guchar *at)
{
  return at[0] | (guint)at[1] << 8;
}

/* Codes: LZW of up to 12 bits, the lowest bit first, in blocks of a length and as many bytes */

#define MAX_CODES 4096

/* A code stands for what @prefixes stands for, then @suffixes; below @clear, for itself.
 * @pending: what the current code stands for, last first */
typedef struct {
  const guchar *data;
  gsize at, block_end, end;
  guint32 bits;
  guint n_bits, min_size, size, clear, n_codes;
  int previous;
  guint16 prefixes[MAX_CODES];
  guint8 suffixes[MAX_CODES], firsts[MAX_CODES], pending[MAX_CODES + 1];
  guint n_pending;
} Lzw;

static gboolean
next_byte (Lzw *lzw, guint *byte)
{
  if (lzw->at == lzw->block_end) {
    if (lzw->at >= lzw->end || lzw->data[lzw->at] == 0)
      return FALSE;
    lzw->block_end = MIN (lzw->at + 1 + lzw->data[lzw->at], lzw->end);
    lzw->at++;
  }
  if (lzw->at >= lzw->block_end)
    return FALSE;
  *byte = lzw->data[lzw->at++];
  return TRUE;
}

static int
next_code (Lzw *lzw)
{
  guint byte;
  while (lzw->n_bits < lzw->size) {
    if (!next_byte (lzw, &byte))
      return -1;
    lzw->bits |= byte << lzw->n_bits;
    lzw->n_bits += 8;
  }
  int code = (int)(lzw->bits & ((1u << lzw->size) - 1));
  lzw->bits >>= lzw->size;
  lzw->n_bits -= lzw->size;
  return code;
}

static void
forget (Lzw *lzw)
{
  lzw->size = lzw->min_size + 1;
  lzw->n_codes = lzw->clear + 2;
  lzw->previous = -1;
}

static void
learn (Lzw *lzw, guint8 suffix)
{
  if (lzw->n_codes == MAX_CODES)
    return;
  lzw->prefixes[lzw->n_codes] = (guint16)lzw->previous;
  lzw->suffixes[lzw->n_codes] = suffix;
  lzw->firsts[lzw->n_codes] = lzw->firsts[lzw->previous];
  lzw->n_codes++;
  if (lzw->n_codes == 1u << lzw->size && lzw->size < 12)
    lzw->size++;
}

/* Takes the next code apart. Returns: FALSE at the end, and for a code that stands for nothing. */
static gboolean
expand (Lzw *lzw)
{
  int code = next_code (lzw);
  while (code == (int)lzw->clear) {
    forget (lzw);
    code = next_code (lzw);
  }
  gboolean is_next = code == (int)lzw->n_codes && lzw->previous >= 0;
  if (code < 0 || code == (int)lzw->clear + 1 || (code >= (int)lzw->n_codes && !is_next))
    return FALSE;
  guint8 first = lzw->firsts[is_next ? lzw->previous : code];
  if (is_next)
    lzw->pending[lzw->n_pending++] = first;
  int at = is_next ? lzw->previous : code;
  for (; at > (int)lzw->clear; at = lzw->prefixes[at])
    lzw->pending[lzw->n_pending++] = lzw->suffixes[at];
  lzw->pending[lzw->n_pending++] = (guint8)at;
  if (lzw->previous >= 0)
    learn (lzw, first);
  lzw->previous = code;
  return TRUE;
}

static Lzw *
lzw_new (const Cursor *cursor)
{
  Lzw *lzw = g_new0 (Lzw, 1);
  lzw->data = cursor->data;
  lzw->end = cursor->size;
  lzw->min_size = cursor->data[cursor->at];
  lzw->at = lzw->block_end = cursor->at + 1;
  lzw->clear = 1u << lzw->min_size;
  for (guint i = 0; i < lzw->clear; i++)
    lzw->firsts[i] = (guint8)i;
  forget (lzw);
  return lzw;
}

/* Pixels */

typedef struct {
  LimenDecoder *decoder;
  const guchar *frame;
  guint8 greys[256];
  guint n_colours;
  LimenImages *images;
} Gif;

/* Of the frame, or of the whole; what shows through is white. */
static gboolean
read_colours (Gif *gif, const Cursor *cursor, int transparent)
{
  gboolean is_local = gif->frame[9] & 0x80;
  guchar flags = is_local ? gif->frame[9] : cursor->data[10];
  const guchar *rgb = is_local ? gif->frame + 10 : cursor->data + 13;
  if (!(flags & 0x80))
    return FALSE;
  gif->n_colours = 2u << (flags & 7);
  for (guint i = 0; i < gif->n_colours; i++, rgb += 3)
    gif->greys[i] = limen_grey_u8 (rgb[0], rgb[1], rgb[2], 255);
  if (transparent >= 0) {
    gif->greys[transparent] = 255;
    gif->n_colours = MAX (gif->n_colours, (guint)transparent + 1);
  }
  return TRUE;
}

/* Row @i of those that are stored: of an interlaced frame each eighth, then those between. */
static guint
row_of (const Gif *gif, guint i)
{
  guint height = read_u16 (gif->frame + 7);
  if (!(gif->frame[9] & 0x40))
    return i;
  static const guint firsts[] = {0, 4, 2, 1}, steps[] = {8, 8, 4, 2};
  for (guint pass = 0; pass < 4; pass++) {
    guint n = height > firsts[pass] ? (height - firsts[pass] + steps[pass] - 1) / steps[pass] : 0;
    if (i < n)
      return firsts[pass] + i * steps[pass];
    i -= n;
  }
  return height;
}

/* What lies beside the screen is not seen. */
static gboolean
put_row (const Gif *gif, Lzw *lzw, guint row)
{
  guint left = read_u16 (gif->frame + 1), y = read_u16 (gif->frame + 3) + row;
  guint width = read_u16 (gif->frame + 5);
  LimenImages *images = gif->images;
  guint8 *out = y < images->height ? images->u8 + (gsize)y * images->width : NULL;
  for (guint x = left; x < left + width; x++) {
    if (lzw->n_pending == 0 && !expand (lzw))
      return FALSE;
    guint index = lzw->pending[--lzw->n_pending];
    if (index >= gif->n_colours)
      return FALSE;
    if (out && x < images->width)
      out[x] = gif->greys[index];
  }
  return TRUE;
}

static gboolean
put_frame (const Gif *gif, const Cursor *cursor)
{
  g_autofree Lzw *lzw = lzw_new (cursor);
  guint height = read_u16 (gif->frame + 7);
  for (guint i = 0; i < height; i++)
    if (g_cancellable_is_cancelled (gif->decoder->cancellable) ||
        !put_row (gif, lzw, row_of (gif, i)))
      return FALSE;
  return TRUE;
}

/* A screen of no size is as large as its frame. */
static gboolean
make_screen (Gif *gif, const Cursor *cursor, GError **error)
{
  guint width = read_u16 (cursor->data + 6), height = read_u16 (cursor->data + 8);
  guint frame_width = read_u16 (gif->frame + 5), frame_height = read_u16 (gif->frame + 7);
  width = width ? width : frame_width;
  height = height ? height : frame_height;
  if (!limen_decoder_admit (gif->decoder, MAX (width, frame_width), MAX (height, frame_height),
                            error))
    return FALSE;
  gif->images = limen_images_new (gif->decoder->name, 1, width, height, LIMEN_PIXELS_U8, error);
  if (gif->images)
    memset (gif->images->u8, 255, (gsize)width * height);
  return gif->images != NULL;
}

/* @cursor: before the codes of the frame, a size and blocks */
static gboolean
has_all_blocks (Cursor cursor)
{
  return advance (&cursor, 1) && pass_blocks (&cursor);
}

LimenImages *
limen_decode_gif (LimenDecoder *decoder, GError **error)
{
  Cursor cursor = {0};
  int transparent = -1;
  Gif gif = {decoder};
  cursor.data = g_bytes_get_data (decoder->bytes, &cursor.size);
  gif.frame = find_frame (&cursor, &transparent);
  if (!gif.frame || !pass_colours (&cursor, gif.frame[9]) || !has_all_blocks (cursor))
    limen_decoder_set_damaged (decoder, "its first frame is cut off", error);
  else if (cursor.data[cursor.at] < 1 || cursor.data[cursor.at] > 8)
    limen_decoder_set_damaged (decoder, "its codes are of an impossible size", error);
  else if (!read_colours (&gif, &cursor, transparent))
    limen_decoder_set_damaged (decoder, "it has no colours", error);
  else if (make_screen (&gif, &cursor, error) && !put_frame (&gif, &cursor)) {
    limen_decoder_set_damaged (decoder, "its first frame is cut off or damaged", error);
    g_clear_pointer (&gif.images, limen_images_free);
  }
  return gif.images;
}
