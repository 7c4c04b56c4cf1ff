#include "model/data/image-prints.h"

#include <stdlib.h>
#include <string.h>

#define BATCH 256 /* images whose pixels are copied at once */
#define MIX   G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

/* @bits: (n), ascending */
struct LimenImagePrints {
  guint64 *bits;
  guint n;
};

/* @pixels: (n), by their bits: a pixel that is the same has the same */
static guint64
print_of (const float *pixels, guint n, guint width)
{
  guint64 print = width * MIX + n;
  for (guint i = 0; i < n; i++) {
    guint32 word;
    memcpy (&word, &pixels[i], sizeof word);
    print = (print ^ word) * MIX;
    print ^= print >> 32;
  }
  return print;
}

/* (transfer full): of each image, in their order */
static guint64 *
prints_of (const LimenImageSet *set, GCancellable *cancellable, GError **error)
{
  guint n = limen_image_set_n_images (set), width = limen_image_set_width (set);
  guint n_pixels = width * limen_image_set_height (set);
  g_autofree float *rows = g_new (float, (gsize)BATCH *n_pixels);
  g_autofree guint64 *bits = g_new (guint64, n);
  for (guint first = 0; first < n; first += BATCH) {
    guint more = MIN (BATCH, n - first);
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    limen_image_set_copy_rows (set, first, more, rows);
    for (guint i = 0; i < more; i++)
      bits[first + i] = print_of (rows + (gsize)i * n_pixels, n_pixels, width);
  }
  return g_steal_pointer (&bits);
}

static int
compare (const void *a, const void *b)
{
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
  return (x > y) - (x < y);
}

LimenImagePrints *
limen_image_prints_new (const LimenImageSet *set, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (set != NULL, NULL);
  guint64 *bits = prints_of (set, cancellable, error);
  if (!bits)
    return NULL;
  LimenImagePrints *prints = g_atomic_rc_box_new0 (LimenImagePrints);
  prints->bits = bits;
  prints->n = limen_image_set_n_images (set);
  qsort (bits, prints->n, sizeof *bits, compare);
  return prints;
}

LimenImagePrints *
limen_image_prints_ref (LimenImagePrints *prints)
{
  g_return_val_if_fail (prints != NULL, NULL);
  return g_atomic_rc_box_acquire (prints);
}

static void
clear (gpointer prints)
{
  g_free (((LimenImagePrints *)prints)->bits);
}

void
limen_image_prints_unref (LimenImagePrints *prints)
{
  g_return_if_fail (prints != NULL);
  g_atomic_rc_box_release_full (prints, clear);
}

gboolean
limen_image_prints_count (const LimenImagePrints *prints, const LimenImageSet *set, guint *n,
                          GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (prints != NULL && set != NULL && n != NULL, FALSE);
  g_autofree guint64 *bits = prints_of (set, cancellable, error);
  if (!bits)
    return FALSE;
  *n = 0;
  for (guint i = 0; i < limen_image_set_n_images (set); i++)
    *n += bsearch (&bits[i], prints->bits, prints->n, sizeof *bits, compare) != NULL;
  return TRUE;
}
