#include "model/data/image-file-private.h"

#include <string.h>

/* RIFF: "RIFF", a size, "WEBP", then chunks of a name, a size and as many bytes, filled up to an
 * even number (RFC 9649). */

static guint32
read_u32 (const guchar *at)
{
  return at[0] | (guint32)at[1] << 8 | (guint32)at[2] << 16 | (guint32)at[3] << 24;
}

gboolean
limen_webp_is_complete (GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  return size >= 20 && (guint64)read_u32 (data + 4) + 8 <= size + size % 2;
}

guint
limen_webp_orientation (GBytes *bytes)
{
  gsize size, at = 12;
  const guchar *data = g_bytes_get_data (bytes, &size);
  while (at + 8 <= size) {
    gsize length = read_u32 (data + at + 4), left = size - at - 8;
    if (memcmp (data + at, "EXIF", 4) == 0)
      return limen_exif_orientation (data + at + 8, MIN (length, left));
    if (length > left)
      break;
    at += 8 + length + length % 2;
  }
  return 1;
}
