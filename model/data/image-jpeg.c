#include "model/data/image-decoder.h"

#include <string.h>

#define MARKER_SCAN 0xda
#define MARKER_END  0xd9

/* Passes over what a scan holds: bytes in which 0xff is followed by 0 or by a restart marker. */
static gsize
pass_scan (const guchar *data, gsize size, gsize at)
{
  while (at < size) {
    const guchar *mark = memchr (data + at, 0xff, size - at);
    at = mark ? (gsize)(mark - data) : size;
    if (at + 1 < size && data[at + 1] != 0 && (data[at + 1] & 0xf8) != 0xd0)
      return at;
    at += 2;
  }
  return size;
}

/* Segments of 0xff, a marker and a length (ITU-T T.81, annex B), up to the end marker. */
gboolean
limen_jpeg_is_complete (GBytes *bytes)
{
  gsize size, at = 2;
  const guchar *data = g_bytes_get_data (bytes, &size);
  while (at + 1 < size && data[at] == 0xff) {
    guchar marker = data[at + 1];
    if (marker == MARKER_END)
      return TRUE;
    if (marker == 0xff) /* padding */
      at++;
    else if (at + 3 < size) {
      at += 2 + ((gsize)data[at + 2] << 8) + data[at + 3];
      if (marker == MARKER_SCAN)
        at = pass_scan (data, size, at);
    } else
      return FALSE;
  }
  return FALSE;
}
