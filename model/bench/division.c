#include "model/bench/division.h"
#include "model/base/error.h"
#include "model/data/image-prints.h"

#include <stdlib.h>

static int
compare_indices (const void *a, const void *b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return (x > y) - (x < y);
}

gboolean
limen_bench_divide (const char *name, guint n_images, const guint32 *given, const gboolean *has_own,
                    LimenSplit split, guint32 **index, guint *n, GError **error)
{
  static const LimenBenchPart order_of_parts[] = {LIMEN_BENCH_TEST, LIMEN_BENCH_VALIDATION,
                                                  LIMEN_BENCH_FIT};
  guint n_parts = 0, first = 0;
  for (guint p = 0; p < LIMEN_BENCH_N_PARTS; p++)
    n_parts += !has_own[p];
  if (n_images < n_parts)
    return limen_fail (error, LIMEN_ERROR_MISMATCH,
                       "%s has %u image%s, too few to fit scores, to set thresholds and to count "
                       "errors each with others; choose more normal images.",
                       name, n_images, n_images == 1 ? "" : "s");
  g_autofree guint32 *order =
      given ? g_memdup2 (given, n_images * sizeof *given) : limen_split_order (split, n_images);
  for (guint p = 0, left = n_parts; p < G_N_ELEMENTS (order_of_parts); p++) {
    LimenBenchPart part = order_of_parts[p];
    if (has_own[part])
      continue;
    n[part] = --left > 0 ? n_images / n_parts : n_images - first;
    index[part] = g_memdup2 (order + first, n[part] * sizeof *order);
    qsort (index[part], n[part], sizeof *order, compare_indices);
    first += n[part];
  }
  return TRUE;
}

/* (transfer full): the images with the numbers @index */
static LimenImageSet *
take_part (const LimenImageSet *normal, const guint32 *index, guint n)
{
  guint n_images = limen_image_set_n_images (normal);
  g_autofree gboolean *left_out = g_new (gboolean, n_images);
  for (guint i = 0; i < n_images; i++)
    left_out[i] = TRUE;
  for (guint i = 0; i < n; i++)
    left_out[index[i]] = FALSE;
  return limen_image_set_without (normal, left_out);
}

static gboolean
divide (LimenBenchDivision *division, const LimenImageSet *normal, const guint32 *order,
        GError **error)
{
  gboolean has_own[LIMEN_BENCH_N_PARTS];
  guint n[LIMEN_BENCH_N_PARTS] = {0};
  for (guint p = 0; p < LIMEN_BENCH_N_PARTS; p++)
    has_own[p] = division->set[p] != NULL;
  if (!limen_bench_divide (limen_image_set_name (normal), limen_image_set_n_images (normal), order,
                           has_own, division->split, division->index, n, error))
    return FALSE;
  for (guint p = 0; p < LIMEN_BENCH_N_PARTS; p++)
    if (!has_own[p])
      division->set[p] = take_part (normal, division->index[p], n[p]);
  return TRUE;
}

gboolean
limen_bench_count_shared (LimenBenchCounts *counts, LimenBenchSharedFunc shared, gpointer division,
                          GCancellable *cancellable, GError **error)
{
  const struct {
    LimenBenchPart part, of;
    guint *n;
  } pair[] = {
      {LIMEN_BENCH_VALIDATION, LIMEN_BENCH_FIT, &counts->n_validation_fitted},
      {LIMEN_BENCH_TEST, LIMEN_BENCH_FIT, &counts->n_test_fitted},
      {LIMEN_BENCH_TEST, LIMEN_BENCH_VALIDATION, &counts->n_test_validated},
  };
  for (guint i = 0; i < G_N_ELEMENTS (pair); i++) {
    LimenBenchPart part = pair[i].part, of = pair[i].of;
    *pair[i].n = 0;
    if (counts->n[part] > 0 && counts->n[of] > 0 && (counts->own[part] || counts->own[of]) &&
        !shared (division, part, of, pair[i].n, cancellable, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
shared_cb (gpointer data, LimenBenchPart part, LimenBenchPart of, guint *n,
           GCancellable *cancellable, GError **error)
{
  const LimenBenchDivision *division = data;
  g_autoptr (LimenImagePrints) prints =
      limen_image_prints_new (division->set[of], cancellable, error);
  return prints && limen_image_prints_count (prints, division->set[part], n, cancellable, error);
}

static gboolean
count (LimenBenchDivision *division, GCancellable *cancellable, GError **error)
{
  LimenBenchCounts *counts = &division->counts;
  for (guint p = 0; p < LIMEN_BENCH_N_PARTS; p++) {
    counts->n[p] = limen_image_set_n_images (division->set[p]);
    counts->own[p] = !division->index[p];
  }
  return limen_bench_count_shared (counts, shared_cb, division, cancellable, error);
}

LimenBenchDivision *
limen_bench_division_new (LimenImageSet *normal, LimenImageSet *fit, LimenImageSet *validation,
                          LimenSplit split, GCancellable *cancellable, GError **error)
{
  return limen_bench_division_new_in_order (normal, NULL, fit, validation, split, cancellable,
                                            error);
}

LimenBenchDivision *
limen_bench_division_new_in_order (LimenImageSet *normal, const guint32 *order, LimenImageSet *fit,
                                   LimenImageSet *validation, LimenSplit split,
                                   GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenBenchDivision) division = g_new0 (LimenBenchDivision, 1);
  division->split = split;
  if (fit)
    division->set[LIMEN_BENCH_FIT] = limen_image_set_ref (fit);
  if (validation)
    division->set[LIMEN_BENCH_VALIDATION] = limen_image_set_ref (validation);
  if (fit && validation)
    division->set[LIMEN_BENCH_TEST] = limen_image_set_ref (normal);
  else if (!divide (division, normal, order, error))
    return NULL;
  return count (division, cancellable, error) ? g_steal_pointer (&division) : NULL;
}

void
limen_bench_division_free (LimenBenchDivision *division)
{
  if (!division)
    return;
  for (guint p = 0; p < LIMEN_BENCH_N_PARTS; p++) {
    g_clear_pointer (&division->set[p], limen_image_set_unref);
    g_free (division->index[p]);
  }
  g_free (division);
}
