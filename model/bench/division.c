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

/* @order: (n_all): of images; those from @first on become the part */
static void
take_part (LimenBenchDivision *division, LimenBenchPart part, const LimenImageSet *normal,
           const guint32 *order, guint first, guint n)
{
  g_autofree gboolean *left_out = g_new (gboolean, limen_image_set_n_images (normal));
  guint32 *index = g_memdup2 (order + first, n * sizeof *order);
  qsort (index, n, sizeof *index, compare_indices);
  for (guint i = 0; i < limen_image_set_n_images (normal); i++)
    left_out[i] = TRUE;
  for (guint i = 0; i < n; i++)
    left_out[index[i]] = FALSE;
  division->index[part] = index;
  division->set[part] = limen_image_set_without (normal, left_out);
}

static gboolean
divide (LimenBenchDivision *division, const LimenImageSet *normal, const guint32 *given,
        guint n_parts, GError **error)
{
  static const LimenBenchPart order_of_parts[] = {LIMEN_BENCH_TEST, LIMEN_BENCH_VALIDATION,
                                                  LIMEN_BENCH_FIT};
  guint n = limen_image_set_n_images (normal), first = 0, left = n_parts;
  if (n < n_parts)
    return limen_fail (error, LIMEN_ERROR_MISMATCH,
                       "%s has %u image%s, too few to fit scores, to set thresholds and to count "
                       "errors each with others; choose more normal images.",
                       limen_image_set_name (normal), n, n == 1 ? "" : "s");
  g_autofree guint32 *order =
      given ? g_memdup2 (given, n * sizeof *given) : limen_split_order (division->split, n);
  for (guint p = 0; p < G_N_ELEMENTS (order_of_parts); p++) {
    if (division->set[order_of_parts[p]])
      continue;
    guint size = --left > 0 ? n / n_parts : n - first;
    take_part (division, order_of_parts[p], normal, order, first, size);
    first += size;
  }
  return TRUE;
}

/* How many images of @part the part @of has, too, where not both were drawn from one set */
static gboolean
count_shared (const LimenBenchDivision *division, LimenBenchPart part, LimenBenchPart of, guint *n,
              GCancellable *cancellable, GError **error)
{
  *n = 0;
  if (division->index[part] && division->index[of])
    return TRUE;
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
  return count_shared (division, LIMEN_BENCH_VALIDATION, LIMEN_BENCH_FIT,
                       &counts->n_validation_fitted, cancellable, error) &&
         count_shared (division, LIMEN_BENCH_TEST, LIMEN_BENCH_FIT, &counts->n_test_fitted,
                       cancellable, error) &&
         count_shared (division, LIMEN_BENCH_TEST, LIMEN_BENCH_VALIDATION,
                       &counts->n_test_validated, cancellable, error);
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
  guint n_parts = 1 + !fit + !validation;
  division->split = split;
  if (fit)
    division->set[LIMEN_BENCH_FIT] = limen_image_set_ref (fit);
  if (validation)
    division->set[LIMEN_BENCH_VALIDATION] = limen_image_set_ref (validation);
  if (n_parts == 1)
    division->set[LIMEN_BENCH_TEST] = limen_image_set_ref (normal);
  else if (!divide (division, normal, order, n_parts, error))
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
