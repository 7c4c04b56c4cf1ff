/* How often decoders look at the cancellable: counted, not timed. Linked so that each look is seen
 * here first. */
#include "model/data/image-file.h"

#include <string.h>

#define SIDE 512

static guint n_looks, stops_at;

gboolean __wrap_g_cancellable_is_cancelled (GCancellable *cancellable);

gboolean
__wrap_g_cancellable_is_cancelled (GCancellable *cancellable)
{
  return ++n_looks >= stops_at;
}

static void
put_u32 (guchar *at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guchar)(value >> (8 * i));
}

/* 32 bits with an alpha that was never filled in: all pixels are looked at before any is unpacked
 */
static GBytes *
make_bmp (void)
{
  const guint32 header = 108, start = 14 + header;
  gsize size = start + (gsize)SIDE * SIDE * 4;
  guchar *data = g_malloc0 (size);
  memcpy (data, "BM", 2);
  put_u32 (data + 10, start);
  put_u32 (data + 14, header);
  put_u32 (data + 18, SIDE);
  put_u32 (data + 22, SIDE);
  data[26] = 1;
  data[28] = 32;
  data[30] = 3; /* masks follow */
  for (guint c = 0; c < 4; c++)
    put_u32 (data + 54 + 4 * c, c == 3 ? 0xff000000 : 0xff0000u >> (8 * c));
  return g_bytes_new_take (data, size);
}

/* Cancelled at any look, the decoder gives up after no more than a few others. */
static void
test_a_bitmap_is_looked_at_row_by_row (void)
{
  g_autoptr (GBytes) bytes = make_bmp ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  n_looks = 0;
  stops_at = G_MAXUINT;
  g_autoptr (LimenImages) images =
      limen_image_decode (bytes, "some.bmp", NULL, cancellable, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_looks, >=, 2 * SIDE); /* once a row for the alpha, once for its pixels */
  for (guint at = 1; at < 2 * SIDE; at += 100) {
    n_looks = 0;
    stops_at = at;
    g_autoptr (LimenImages) none = limen_image_decode (bytes, "some.bmp", NULL, cancellable, NULL);
    g_assert_null (none);
    g_assert_cmpuint (n_looks, <, at + 4);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cancel/a-bitmap-is-looked-at-row-by-row",
                   test_a_bitmap_is_looked_at_row_by_row);
  return g_test_run ();
}
