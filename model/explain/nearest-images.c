#include "model/explain/nearest-images.h"
#include "model/base/matrix.h"
#include "model/base/parallel.h"

#include <math.h>
#include <stdlib.h>

#define BLOCK 128 /* images that a task compares with */

/* @square: (n): squared distances; @row: (n_workers): room for BLOCK images of each */
typedef struct {
  const LimenImageSet *set;
  const double *x;
  gsize dimension;
  double *square;
  float **row;
} Search;

static double
squared_distance (const float *row, const double *x, gsize n)
{
  double sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += (row[i] - x[i]) * (row[i] - x[i]);
  return sum;
}

static void
compare_block (guint block, guint worker, gpointer data)
{
  Search *search = data;
  guint first = block * BLOCK, n = MIN (BLOCK, limen_image_set_n_images (search->set) - first);
  limen_image_set_copy_rows (search->set, first, n, search->row[worker]);
  for (guint i = 0; i < n; i++)
    search->square[first + i] = squared_distance (search->row[worker] + i * search->dimension,
                                                  search->x, search->dimension);
}

/* @near: (inout): (*n), the nearest first; @one joins them where it is near enough */
static void
take (LimenNearImage *near, guint *n, guint most, LimenNearImage one)
{
  if (*n == most && one.distance >= near[most - 1].distance)
    return;
  guint place = *n < most ? (*n)++ : most - 1;
  for (; place > 0 && near[place - 1].distance > one.distance; place--)
    near[place] = near[place - 1];
  near[place] = one;
}

gboolean
limen_nearest_images (const LimenImageSet *set, const double *x, guint itself, guint most,
                      LimenNearImage *near, guint *n, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (set != NULL && x != NULL && most > 0 && near != NULL && n != NULL, FALSE);
  guint n_images = limen_image_set_n_images (set), n_workers = limen_n_workers ();
  Search search = {set, x, (gsize)limen_image_set_width (set) * limen_image_set_height (set),
                   g_new (double, n_images), g_new (float *, n_workers)};
  for (guint w = 0; w < n_workers; w++)
    search.row[w] = limen_floats_new (BLOCK * search.dimension);
  gboolean whole =
      limen_parallel ((n_images + BLOCK - 1) / BLOCK, compare_block, &search, run, error);
  *n = 0;
  for (guint i = 0; whole && i < n_images; i++)
    if (i != itself)
      take (near, n, most, (LimenNearImage){i, sqrt (search.square[i])});
  for (guint w = 0; w < n_workers; w++)
    free (search.row[w]);
  g_free (search.row);
  g_free (search.square);
  return whole;
}
