#include "model/data/image-file-private.h"

#include <stdint.h>
#include <string.h>

#define MAX_PIXELS (1 << 16) /* larger ones are only slow */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static guint32
number_at (const guchar *data, gsize size, gsize at, guint n)
{
  guint32 value = 0;
  for (guint i = 0; i < n && at + n <= size; i++)
    value |= (guint32)data[at + i] << 8 * (data[0] == 'M' ? n - 1 - i : i);
  return value;
}

/* The width, height or sides of a tile in the first directory are no large numbers. */
static gboolean
is_small (const guchar *data, gsize size)
{
  gboolean is_big = number_at (data, size, 2, 2) == 43;
  gsize at = number_at (data, size, is_big ? 8 : 4, 4), entry = is_big ? 20 : 12;
  guint n = number_at (data, size, at, 2);
  guint64 sides[2] = {1, 1};
  at += is_big ? 8 : 2;
  for (guint i = 0; i < n && at + entry <= size; i++, at += entry) {
    guint tag = number_at (data, size, at, 2), type = number_at (data, size, at + 2, 2);
    guint32 value = number_at (data, size, at + (is_big ? 12 : 8), type == 3 ? 2 : 4);
    if (tag == 256 || tag == 257 || tag == 322 || tag == 323)
      sides[tag % 2] = MAX (sides[tag % 2], value);
  }
  return sides[0] * sides[1] <= MAX_PIXELS;
}

typedef struct {
  guint n_pages, last;
} Seen;

static gboolean
take_cb (LimenImages *page, guint number, GError *problem, gpointer data)
{
  Seen *seen = data;
  g_assert_true (!page == !!problem);
  g_assert_true (number == 0 || number > seen->last);
  seen->last = number;
  if (page) {
    gsize n = (gsize)page->width * page->height * (page->is_colour ? 3 : 1);
    g_assert_true (page->n == 1 && n > 0 && !page->u8 != !page->f32);
    for (gsize i = 0; i < n && page->f32; i++)
      g_assert_true (page->f32[i] >= 0 && page->f32[i] <= 1);
    limen_images_free (page);
  } else {
    g_assert_true (strstr (problem->message, "fuzz") || problem->domain == G_IO_ERROR);
    g_error_free (problem);
  }
  return ++seen->n_pages < 50;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size < 8 || !is_small (data, size))
    return 0;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  const LimenReading in_colour = {.keeps_colour = TRUE};
  Seen seen = {0}, coloured = {0};
  limen_image_is_stack (bytes);
  if (memcmp (data, "II", 2) != 0 && memcmp (data, "MM", 2) != 0)
    return 0;
  gboolean ok = limen_image_decode_pages (bytes, "fuzz", NULL, take_cb, &seen, NULL, &error);
  g_assert_true (ok == !error);
  limen_image_decode_pages (bytes, "fuzz", &in_colour, take_cb, &coloured, NULL, NULL);
  g_assert_cmpuint (coloured.n_pages, ==, seen.n_pages);
  return 0;
}
