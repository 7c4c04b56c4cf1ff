#include "model/data/image-decoder.h"

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

/* Leaves the cursor behind the image descriptor of the first frame. */
static const guchar *
find_frame (Cursor *cursor)
{
  if (cursor->size < 13 || !advance (cursor, 13) || !pass_colours (cursor, cursor->data[10]))
    return NULL;
  while (cursor->at < cursor->size) {
    const guchar *block = cursor->data + cursor->at;
    if (*block == ',')
      return advance (cursor, 10) ? block : NULL;
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

GBytes *
limen_gif_first_frame (LimenDecoder *decoder, guint *width, guint *height, GError **error)
{
  Cursor cursor = {0};
  cursor.data = g_bytes_get_data (decoder->bytes, &cursor.size);
  const guchar *frame = find_frame (&cursor);
  if (!frame || !pass_colours (&cursor, frame[9]) || !advance (&cursor, 1) ||
      !pass_blocks (&cursor)) {
    limen_decoder_set_damaged (decoder, "its first frame is cut off", error);
    return NULL;
  }
  *width = MAX (read_u16 (cursor.data + 6), read_u16 (frame + 1) + read_u16 (frame + 5));
  *height = MAX (read_u16 (cursor.data + 8), read_u16 (frame + 3) + read_u16 (frame + 7));
  guchar *still = g_malloc (cursor.at + 1);
  memcpy (still, cursor.data, cursor.at);
  still[cursor.at] = ';';
  return g_bytes_new_take (still, cursor.at + 1);
}
