#include "model/data/image-file-private.h"

#include <string.h>

/* An icon is a directory of pictures of several sizes, each a BMP without its file header or a PNG:
 * 0, 1 or 2 for a cursor, how many; then for each: width, height, colours, 0, planes, bits, size
 * and offset. */
#define HEADER 6
#define ENTRY  16

static guint32
read_number (const guchar *at, guint n)
{
  guint32 value = 0;
  for (guint i = 0; i < n; i++)
    value |= (guint32)at[i] << 8 * i;
  return value;
}

/* The largest, of two alike the one of more bits; a side of 0 stands for 256. */
static guint32
worth_of (const guchar *entry, gboolean is_cursor)
{
  guint width = entry[0] ? entry[0] : 256, height = entry[1] ? entry[1] : 256;
  guint bits = is_cursor ? 0 : MIN (read_number (entry + 6, 2), 255);
  return width * height * 256 + bits;
}

static const guchar *
find_entry (const guchar *data, gsize size)
{
  guint n = size >= HEADER ? read_number (data + 4, 2) : 0;
  const guchar *best = NULL;
  for (guint i = 0; i < n && HEADER + (i + 1) * (gsize)ENTRY <= size; i++) {
    const guchar *entry = data + HEADER + i * ENTRY;
    if (!best || worth_of (entry, data[2] == 2) > worth_of (best, data[2] == 2))
      best = entry;
  }
  return best;
}

LimenImages *
limen_decode_ico (LimenDecoder *decoder, GError **error)
{
  gsize size;
  const guchar *data = g_bytes_get_data (decoder->bytes, &size);
  const guchar *entry = find_entry (data, size);
  guint32 length = entry ? read_number (entry + 8, 4) : 0;
  guint32 offset = entry ? read_number (entry + 12, 4) : 0;
  if (!entry || length < 8 || offset > size || length > size - offset) {
    limen_decoder_set_damaged (decoder, "it is cut off", error);
    return NULL;
  }
  LimenDecoder inside = *decoder;
  g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (decoder->bytes, offset, length);
  inside.bytes = bytes;
  LimenImages *images = memcmp (data + offset, "\x89PNG", 4) == 0
                            ? limen_decode_png (&inside, error)
                            : limen_decode_dib (&inside, 0, 0, TRUE, error);
  decoder->is_large = inside.is_large;
  return images;
}
