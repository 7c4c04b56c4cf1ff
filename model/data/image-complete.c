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
static gboolean
is_complete_jpeg (const guchar *data, gsize size)
{
  gsize at = 2;
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

static guint32
read_u32 (const guchar *at)
{
  return at[0] | (guint32)at[1] << 8 | (guint32)at[2] << 16 | (guint32)at[3] << 24;
}

/* What can be told: rows of whole 32-bit words from the given offset on, where not run-length
 * encoded. */
static gboolean
is_complete_bmp (const guchar *data, gsize size)
{
  if (size < 34 || read_u32 (data + 14) < 40)
    return size >= 26;
  guint32 compression = read_u32 (data + 30), height = read_u32 (data + 22);
  guint64 bits = (guint64)read_u32 (data + 18) * (data[28] | (guint)data[29] << 8);
  guint64 rows = height > G_MAXINT32 ? -height : height; /* negative: from the top */
  if (compression == 1 || compression == 2)
    return TRUE;
  return bits < G_MAXUINT32 && read_u32 (data + 10) + (bits + 31) / 32 * 4 * rows <= size;
}

/* The next number of a header in which # begins a comment; 0 at the end. */
static guint64
next_number (const guchar *data, gsize size, gsize *at)
{
  guint64 value = 0;
  while (*at < size && !g_ascii_isdigit (data[*at])) {
    gboolean is_comment = data[*at] == '#';
    while (is_comment && *at < size && data[*at] != '\n')
      ++*at;
    *at += *at < size;
  }
  for (; *at < size && g_ascii_isdigit (data[*at]) && value < 100000; ++*at)
    value = value * 10 + (guint64)(data[*at] - '0');
  return value;
}

/* "P5" (grey) or "P6" (colour), width, height, white, one blank, then the pixels */
static gboolean
is_complete_pnm (const guchar *data, gsize size)
{
  gsize at = 2;
  guint64 width = next_number (data, size, &at), height = next_number (data, size, &at);
  guint64 white = next_number (data, size, &at);
  guint64 channels = size > 1 && data[1] == '6' ? 3 : 1;
  guint64 needed = width * height * channels * (white > 255 ? 2 : 1);
  return white > 0 && needed < size && size - needed > at;
}

gboolean
limen_picture_is_complete (GBytes *bytes, const char *type)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  if (g_str_equal (type, "jpeg"))
    return is_complete_jpeg (data, size);
  if (g_str_equal (type, "bmp"))
    return is_complete_bmp (data, size);
  return !g_str_equal (type, "pnm") || is_complete_pnm (data, size);
}
