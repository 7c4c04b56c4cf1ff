#include "model/data/foreign.h"
#include "model/data/image-jpeg.h"

#include <stdint.h>
#include <string.h>

#define MAX_PIXELS (1 << 20) /* larger ones are only slow */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static guint64
side (const guchar *data, gsize size, gsize at)
{
  gint32 value = 0;
  if (at + 4 <= size)
    memcpy (&value, data + at, 4);
  return (guint64)ABS ((gint64)value);
}

/* As far as it can be told in a line */
static gboolean
is_small (const guchar *data, gsize size)
{
  LimenJpegLook look = limen_jpeg_look (data, size);
  if (data[0] == 'B' && side (data, size, 18) * side (data, size, 22) > MAX_PIXELS)
    return FALSE;
  if (data[0] == 'G' && size > 9 && (data[7] > 3 || data[9] > 3))
    return FALSE;
  return (guint64)look.width * look.height * MAX (look.n_scans, 1) <= MAX_PIXELS;
}

static gboolean
take_cb (LimenImages *page, guint number, GError *problem, gpointer data)
{
  guint *n_pages = data;
  gsize n = page ? (gsize)page->width * page->height * (page->is_colour ? 3 : 1) : 0;
  g_assert_true (!page == !!problem);
  for (gsize i = 0; page && page->f32 && i < n; i++)
    g_assert_true (page->f32[i] >= 0 && page->f32[i] <= 1);
  g_clear_pointer (&page, limen_images_free);
  g_clear_error (&problem);
  return ++*n_pages < 50;
}

/* BMP, GIF, ICO, PNM and JPEG; what is none of them is named */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size < 8 || !is_small (data, size))
    return 0;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = limen_foreign_sentence (bytes, "fuzz");
  gboolean is_ours =
      data[0] == 'B' || data[0] == 'P' || data[0] == 0 || data[0] == 'G' || data[0] == 0xff;
  const LimenReading in_colour = {.keeps_colour = TRUE};
  guint n_pages = 0, n_coloured = 0;
  limen_image_is_stack (bytes);
  limen_webp_is_complete (bytes);
  g_assert_cmpuint (limen_webp_orientation (bytes), <=, 8);
  if (is_ours && !limen_image_decode_pages (bytes, "fuzz", NULL, take_cb, &n_pages, NULL, &error))
    g_assert_nonnull (error);
  if (is_ours)
    limen_image_decode_pages (bytes, "fuzz", &in_colour, take_cb, &n_coloured, NULL, NULL);
  g_assert_cmpuint (n_coloured, ==, n_pages);
  return 0;
}
