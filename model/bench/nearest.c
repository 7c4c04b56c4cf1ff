#include "model/bench/nearest.h"
#include "model/base/matrix.h"

#include <cblas.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#define BLOCK 512 /* images that are compared with at once */

/* @x: (n, D); @squares, @norm: (n): sums of squares of the rows, and their roots */
struct LimenNeighbours {
  guint n, dimension;
  float *x;
  double *squares, *norm;
};

static double
sum_of_squares (const float *x, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += (double)x[i] * x[i];
  return sum;
}

LimenNeighbours *
limen_neighbours_new (const LimenImageSet *set)
{
  LimenNeighbours *neighbours = g_new (LimenNeighbours, 1);
  guint n = limen_image_set_n_images (set);
  guint dimension = limen_image_set_width (set) * limen_image_set_height (set);
  neighbours->n = n;
  neighbours->dimension = dimension;
  neighbours->x = limen_floats_new ((gsize)n * dimension);
  neighbours->squares = g_new (double, n);
  neighbours->norm = g_new (double, n);
  limen_image_set_copy_rows (set, 0, n, neighbours->x);
  for (guint i = 0; i < n; i++) {
    neighbours->squares[i] = sum_of_squares (neighbours->x + (gsize)i * dimension, dimension);
    neighbours->norm[i] = sqrt (neighbours->squares[i]);
  }
  return neighbours;
}

void
limen_neighbours_free (LimenNeighbours *neighbours)
{
  if (!neighbours)
    return;
  free (neighbours->x);
  g_free (neighbours->squares);
  g_free (neighbours->norm);
  g_free (neighbours);
}

gsize
limen_neighbours_room (void)
{
  return (gsize)LIMEN_NEIGHBOURS_BATCH * BLOCK;
}

static double
squared_distance (const float *a, const float *b, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++) {
    double apart = (double)a[i] - b[i];
    sum += apart * apart;
  }
  return sum;
}

/* @products: (n): of @x with the images from @first on. @best: (inout): the least squared distance;
 * only images whose product says that they may come below it are measured: a sum of D products of
 * float32, in any order, is off by at most D·ε·|x|·|y|. */
static void
search (const LimenNeighbours *neighbours, const float *x, double squares, guint skip, guint first,
        guint n, const float *products, double *best)
{
  guint dimension = neighbours->dimension;
  double slack = 2 * (dimension + 2) * (double)FLT_EPSILON * sqrt (squares);
  for (guint i = 0; i < n; i++) {
    double least = squares + neighbours->squares[first + i] - 2.0 * products[i] -
                   slack * neighbours->norm[first + i];
    if (least >= *best || first + i == skip)
      continue;
    double exact = squared_distance (x, neighbours->x + (gsize)(first + i) * dimension, dimension);
    *best = MIN (*best, exact);
  }
}

void
limen_neighbours_distances (const LimenNeighbours *neighbours, const float *x, guint n,
                            const guint *skip, float *room, double *out)
{
  guint dimension = neighbours->dimension;
  g_return_if_fail (n <= LIMEN_NEIGHBOURS_BATCH);
  double squares[LIMEN_NEIGHBOURS_BATCH];
  for (guint i = 0; i < n; i++) {
    squares[i] = sum_of_squares (x + (gsize)i * dimension, dimension);
    out[i] = INFINITY;
  }
  for (guint first = 0; first < neighbours->n; first += BLOCK) {
    guint m = MIN (BLOCK, neighbours->n - first);
    cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int)n, (int)m, (int)dimension, 1, x,
                 (int)dimension, neighbours->x + (gsize)first * dimension, (int)dimension, 0, room,
                 BLOCK);
    for (guint i = 0; i < n; i++)
      search (neighbours, x + (gsize)i * dimension, squares[i], skip ? skip[i] : G_MAXUINT, first,
              m, room + (gsize)i * BLOCK, &out[i]);
  }
  for (guint i = 0; i < n; i++)
    out[i] = sqrt (out[i]);
}
