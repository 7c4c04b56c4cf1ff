#include "model/data/image-prints.h"

#include <stdlib.h>
#include <string.h>

#define BATCH 256 /* images whose pixels are copied at once */
#define MIX   G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

/* @bits: (n), ascending, each once */
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

/* @bits: (n) (transfer full): in any order, and several times the same */
static LimenImagePrints *
prints_new (guint64 *bits, guint n)
{
  LimenImagePrints *prints = g_atomic_rc_box_new0 (LimenImagePrints);
  prints->bits = bits;
  qsort (bits, n, sizeof *bits, compare);
  for (guint i = 0; i < n; i++)
    if (i == 0 || bits[i] != bits[i - 1])
      bits[prints->n++] = bits[i];
  return prints;
}

LimenImagePrints *
limen_image_prints_new (const LimenImageSet *set, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (set != NULL, NULL);
  guint64 *bits = prints_of (set, cancellable, error);
  if (!bits)
    return NULL;
  return prints_new (bits, limen_image_set_n_images (set));
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

LimenImagePrints *
limen_image_prints_joined (const LimenImagePrints *one, const LimenImagePrints *other)
{
  g_return_val_if_fail (one || other, NULL);
  guint n = one ? one->n : 0, more = other ? other->n : 0;
  guint64 *bits = g_new (guint64, n + more);
  if (n > 0)
    memcpy (bits, one->bits, n * sizeof *bits);
  if (more > 0)
    memcpy (bits + n, other->bits, more * sizeof *bits);
  return prints_new (bits, n + more);
}

guint
limen_image_prints_n (const LimenImagePrints *prints)
{
  g_return_val_if_fail (prints != NULL, 0);
  return prints->n;
}

char *
limen_image_prints_to_text (const LimenImagePrints *prints)
{
  g_return_val_if_fail (prints != NULL, NULL);
  if (prints->n > LIMEN_MOST_PRINTS_IN_TEXT)
    return NULL;
  g_autofree guint64 *bits = g_new (guint64, prints->n);
  for (guint i = 0; i < prints->n; i++)
    bits[i] = GUINT64_TO_LE (prints->bits[i]);
  return g_base64_encode ((const guchar *)bits, prints->n * sizeof *bits);
}

LimenImagePrints *
limen_image_prints_new_from_text (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  gsize n, length = strlen (text), inside = strspn (text, digits);
  if (length % 4 || length - inside > 2 || strspn (text + inside, "=") != length - inside)
    return NULL;
  guint64 *bits = (guint64 *)g_base64_decode (text, &n);
  if (n == 0 || n % sizeof *bits || n / sizeof *bits > LIMEN_MOST_PRINTS_IN_TEXT) {
    g_free (bits);
    return NULL;
  }
  for (gsize i = 0; i < n / sizeof *bits; i++)
    bits[i] = GUINT64_FROM_LE (bits[i]);
  return prints_new (bits, (guint)(n / sizeof *bits));
}
