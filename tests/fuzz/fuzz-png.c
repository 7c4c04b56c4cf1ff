#include "model/data/image-jpeg.h"

#include <stdint.h>
#include <string.h>

#define MAX_PIXELS (1 << 20) /* larger ones are only slow */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static guint32
read_u32 (const guchar *at)
{
  return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

static guint32
checksum (const guchar *data, gsize size)
{
  guint32 crc = 0xffffffff;
  for (gsize i = 0; i < size; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++)
      crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
  }
  return ~crc;
}

/* Puts the chunks' checksums right, so that what is altered in them gets past the first look. */
static void
repair (guchar *data, gsize size)
{
  gsize at = 8;
  while (at + 12 <= size && read_u32 (data + at) <= size - at - 12) {
    gsize length = read_u32 (data + at);
    guint32 crc = GUINT32_TO_BE (checksum (data + at + 4, length + 4));
    memcpy (data + at + 8 + length, &crc, 4);
    at += 12 + length;
  }
}

static gboolean
is_small (const guchar *data, gsize size)
{
  return size < 24 || (guint64)read_u32 (data + 16) * read_u32 (data + 20) <= MAX_PIXELS;
}

/* The own parsers that look at other formats before gdk-pixbuf does. */
static void
check_others (GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  limen_jpeg_look (data, size);
  g_autofree char *text = g_strndup (size ? (const char *)data : "", size);
  g_assert_cmpuint (limen_exif_orientation (data, size), <=, 8);
  g_assert_cmpuint (limen_raw_profile_orientation (text), <=, 8);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guchar *copy = g_memdup2 (data, size);
  g_autoptr (GBytes) bytes = NULL;
  if (size % 2 == 0)
    repair (copy, size);
  bytes = g_bytes_new_take (copy, size);
  check_others (bytes);
  if (size >= 8 && memcmp (copy, "\x89PNG\r\n\x1a\n", 8) == 0 && is_small (copy, size)) {
    const LimenReading in_colour = {.keeps_colour = TRUE};
    g_autoptr (LimenImages) images = limen_image_decode (bytes, "fuzz", NULL, NULL, NULL);
    g_autoptr (LimenImages) colour = limen_image_decode (bytes, "fuzz", &in_colour, NULL, NULL);
    g_assert_true (!images == !colour);
    if (images)
      g_assert_true (images->n == 1 && !images->u8 != !images->f32 &&
                     images->width == colour->width && images->height == colour->height &&
                     !images->u8 == !colour->u8 && colour->is_colour);
  }
  return 0;
}
