#include "model/bench/photos-division.h"

#include "model/base/error.h"

static gboolean
divide (LimenPhotosDivision *division, LimenPhotos *normal, gboolean fits, GError **error)
{
  gboolean has_own[LIMEN_BENCH_N_PARTS];
  guint n[LIMEN_BENCH_N_PARTS] = {0};
  for (guint p = 0; p < LIMEN_BENCH_N_PARTS; p++)
    has_own[p] = division->photos[p] || (p == LIMEN_BENCH_FIT && !fits);
  if (has_own[LIMEN_BENCH_FIT] && has_own[LIMEN_BENCH_VALIDATION]) {
    division->photos[LIMEN_BENCH_TEST] = limen_photos_ref (normal);
    return TRUE;
  }
  if (!limen_bench_divide (limen_photos_name (normal), limen_photos_n (normal), NULL, has_own,
                           division->split, division->index, n, error))
    return FALSE;
  for (guint p = 0; p < LIMEN_BENCH_N_PARTS; p++)
    if (!has_own[p])
      division->photos[p] = limen_photos_some (normal, division->index[p], n[p]);
  return TRUE;
}

/* -- photos that do two jobs -- */

/* (transfer full): by its size and its pixels */
static char *
print_of (const LimenPhotos *photos, guint index, GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenPhoto) photo = limen_photos_get (photos, index, cancellable, error);
  if (!photo)
    return NULL;
  const guint size[] = {photo->width, photo->height, photo->n_channels};
  gsize n = (gsize)photo->width * photo->height * photo->n_channels;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (sum, (const guchar *)size, sizeof size);
  g_checksum_update (sum, (const guchar *)photo->pixels, (gssize)(n * sizeof (float)));
  return g_strdup (g_checksum_get_string (sum));
}

/* @of: (LIMEN_BENCH_N_PARTS) (nullable elements) (element-type utf8): of each photo of a part, once
 * it was asked for: to make them photos are read again */
typedef struct {
  const LimenPhotosDivision *division;
  GPtrArray *of[LIMEN_BENCH_N_PARTS];
} Prints;

/* (transfer none) */
static const GPtrArray *
prints_of (Prints *prints, LimenBenchPart part, GCancellable *cancellable, GError **error)
{
  const LimenPhotos *photos = prints->division->photos[part];
  if (prints->of[part])
    return prints->of[part];
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < limen_photos_n (photos); i++) {
    char *print = print_of (photos, i, cancellable, error);
    if (!print)
      return NULL;
    g_ptr_array_add (made, print);
  }
  return prints->of[part] = g_steal_pointer (&made);
}

static gboolean
shared_cb (gpointer data, LimenBenchPart part, LimenBenchPart of, guint *n,
           GCancellable *cancellable, GError **error)
{
  const GPtrArray *here = prints_of (data, part, cancellable, error);
  const GPtrArray *there = here ? prints_of (data, of, cancellable, error) : NULL;
  if (!there)
    return FALSE;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < there->len; i++)
    g_hash_table_add (known, there->pdata[i]);
  for (guint i = 0; i < here->len; i++)
    *n += g_hash_table_contains (known, here->pdata[i]);
  return TRUE;
}

static gboolean
count (LimenPhotosDivision *division, GCancellable *cancellable, GError **error)
{
  LimenBenchCounts *counts = &division->counts;
  Prints prints = {.division = division};
  for (guint p = 0; p < LIMEN_BENCH_N_PARTS; p++) {
    counts->n[p] = division->photos[p] ? limen_photos_n (division->photos[p]) : 0;
    counts->own[p] = !division->index[p];
  }
  gboolean counted = limen_bench_count_shared (counts, shared_cb, &prints, cancellable, error);
  for (guint p = 0; p < LIMEN_BENCH_N_PARTS; p++)
    g_clear_pointer (&prints.of[p], g_ptr_array_unref);
  return counted;
}

LimenPhotosDivision *
limen_photos_division_new (LimenPhotos *normal, LimenPhotos *fit, LimenPhotos *validation,
                           gboolean fits, LimenSplit split, GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (LimenPhotosDivision) division = g_new0 (LimenPhotosDivision, 1);
  division->split = split;
  if (fit)
    division->photos[LIMEN_BENCH_FIT] = limen_photos_ref (fit);
  if (validation)
    division->photos[LIMEN_BENCH_VALIDATION] = limen_photos_ref (validation);
  return divide (division, normal, fits, error) && count (division, cancellable, error)
             ? g_steal_pointer (&division)
             : NULL;
}

void
limen_photos_division_free (LimenPhotosDivision *division)
{
  if (!division)
    return;
  for (guint p = 0; p < LIMEN_BENCH_N_PARTS; p++) {
    g_clear_pointer (&division->photos[p], limen_photos_unref);
    g_free (division->index[p]);
  }
  g_free (division);
}
