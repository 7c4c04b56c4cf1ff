#include "model/data/image-file-private.h"

#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT      3
#define MAX_PROFILE     (64 << 10)

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

/* A newline, a word, a number of bytes, then the bytes in hexadecimal, in lines. */
guint
limen_raw_profile_orientation (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint digit = 0, n_digits = 0;
  while (g_ascii_isspace (*text))
    text++;
  for (int line = 0; line < 2 && text; line++)
    text = strchr (text, '\n') ? strchr (text, '\n') + 1 : NULL;
  for (; text && *text && bytes->len < MAX_PROFILE; text++) {
    if (!g_ascii_isxdigit (*text))
      continue;
    digit = digit << 4 | (guint)g_ascii_xdigit_value (*text);
    if (++n_digits % 2 == 0)
      g_byte_array_append (bytes, (const guchar[]){(guchar)digit}, 1);
  }
  return limen_exif_orientation (bytes->data, bytes->len);
}
