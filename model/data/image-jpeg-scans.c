#include "model/data/image-jpeg.h"

#include <string.h>

#define MARKER_LOSSLESS 0xc3
#define MARKER_LS       0xf7
#define MARKER_SCAN     0xda
#define MARKER_END      0xd9

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

/* A start of frame names the way of coding, the bits of a sample, height and width. */
static void
look_at_frame (const guchar *data, gsize size, gsize at, LimenJpegLook *look)
{
  guchar marker = data[at + 1];
  gboolean is_frame =
      (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) ||
      marker == MARKER_LS;
  if (!is_frame || at + 9 > size || look->bits > 0)
    return;
  look->bits = data[at + 4];
  look->height = (guint)data[at + 5] << 8 | data[at + 6];
  look->width = (guint)data[at + 7] << 8 | data[at + 8];
  look->is_lossless = marker == MARKER_LOSSLESS || marker == 0xcb || marker == MARKER_LS;
}

/* Segments of 0xff, a marker and a length (ITU-T T.81, annex B), up to the end marker. */
LimenJpegLook
limen_jpeg_look (const guchar *data, gsize size)
{
  LimenJpegLook look = {0};
  gsize at = 2;
  while (at + 1 < size && data[at] == 0xff && !look.is_complete) {
    guchar marker = data[at + 1];
    look.is_complete = marker == MARKER_END;
    if (marker == 0xff) /* padding */
      at++;
    else if (at + 3 < size) {
      look_at_frame (data, size, at, &look);
      at += 2 + ((gsize)data[at + 2] << 8) + data[at + 3];
      if (marker != MARKER_SCAN)
        continue;
      look.n_scans++;
      at = pass_scan (data, size, at);
    } else
      break;
  }
  return look;
}
