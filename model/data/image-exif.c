#include "model/data/image-decoder.h"

#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT      3

static guint32
read_number (const guchar *at, guint size, gboolean big_endian)
{
  guint32 value = 0;
  for (guint i = 0; i < size; i++)
    value |= (guint32)at[i] << 8 * (big_endian ? size - 1 - i : i);
  return value;
}

/* A byte order mark, 42, the offset of a directory: a count and entries of tag, type, count, value.
 */
guint
limen_exif_orientation (const guchar *data, gsize size)
{
  if (size >= 14 && memcmp (data, "Exif\0\0", 6) == 0) {
    data += 6;
    size -= 6;
  }
  gboolean big_endian = size >= 8 && data[0] == 'M';
  gsize at = size >= 8 ? read_number (data + 4, 4, big_endian) : size;
  guint n_entries = at + 2 <= size ? read_number (data + at, 2, big_endian) : 0;
  at += 2;
  for (guint i = 0; i < n_entries && at + 12 <= size; i++, at += 12) {
    guint value = read_number (data + at + 8, 2, big_endian);
    if (read_number (data + at, 2, big_endian) == TAG_ORIENTATION &&
        read_number (data + at + 2, 2, big_endian) == TYPE_SHORT)
      return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
