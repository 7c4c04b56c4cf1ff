#include "model/flow/nice-columns.h"
#include "model/base/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS LIMEN_BATCH_COLUMNS

LimenNiceColumns *
limen_nice_columns_new (LimenNiceShape shape)
{
  guint n_workers = limen_n_workers ();
  LimenNiceColumns *columns = g_new0 (LimenNiceColumns, n_workers + 1); /* the last marks the end */
  for (guint i = 0; i < n_workers; i++) {
    columns[i].mlp = limen_mlp_scratch_new (MAX (shape.width, shape.dimension / 2));
    for (guint j = 0; j < 2; j++)
      columns[i].half[j] = limen_floats_new ((gsize)shape.dimension / 2 * COLUMNS);
    columns[i].rows = limen_floats_new ((gsize)shape.dimension * LIMEN_BATCH_IMAGES);
  }
  return columns;
}

void
limen_nice_columns_free (LimenNiceColumns *columns)
{
  for (LimenNiceColumns *c = columns; c->rows; c++) {
    limen_mlp_scratch_clear (&c->mlp);
    free (c->half[0]);
    free (c->half[1]);
    free (c->rows);
  }
  g_free (columns);
}

void
limen_nice_columns_split (LimenNiceColumns *columns, guint dimension, guint n)
{
  for (guint d = 0; d < dimension; d++) {
    float *row = columns->half[d % 2] + (gsize)(d / 2) * COLUMNS;
    memset (row, 0, COLUMNS * sizeof (float));
    for (guint i = 0; i < n; i++)
      row[LIMEN_BATCH_MARGIN + i] = columns->rows[(gsize)i * dimension + d];
  }
}

void
limen_nice_columns_join (LimenNiceColumns *columns, guint dimension, guint n)
{
  for (guint d = 0; d < dimension; d++) {
    const float *row = columns->half[d % 2] + (gsize)(d / 2) * COLUMNS + LIMEN_BATCH_MARGIN;
    for (guint i = 0; i < n; i++)
      columns->rows[(gsize)i * dimension + d] = row[i];
  }
}

void
limen_nice_columns_scale (LimenNiceColumns *columns, const LimenNice *nice, guint n, gboolean back)
{
  guint dimension = nice->shape.dimension;
  for (guint d = 0; d < dimension; d++) {
    float factor = expf (back ? -nice->scale[d] : nice->scale[d]);
    for (guint i = 0; i < n; i++)
      columns->rows[(gsize)i * dimension + d] *= factor;
  }
}

void
limen_nice_columns_run (LimenNiceColumns *columns, const LimenNice *nice, guint n, gboolean back)
{
  gsize size = (gsize)nice->shape.dimension / 2 * COLUMNS;
  for (guint k = 0; k < nice->shape.couplings; k++) {
    if (g_cancellable_is_cancelled (columns->cancellable))
      return;
    guint i = back ? nice->shape.couplings - 1 - k : k;
    float *moved = columns->half[i % 2];
    const float *shift =
        limen_mlp_forward (&nice->coupling[i], columns->half[(i + 1) % 2], n, &columns->mlp);
    for (gsize j = 0; j < size; j++)
      moved[j] += back ? -shift[j] : shift[j];
  }
}

/* Σ softplus(z) + softplus(−z) = Σ |z| + 2 log Π (1 + exp(−|z|)): one logarithm for many entries.
 * The product of 512 factors in (1, 2] is far from overflow. */
static void
add_logistic_row (const float *row, float scale, guint n, double *sum, double *product)
{
  for (guint i = 0; i < n; i++) {
    float z = fabsf (row[i] * scale);
    sum[i] += z;
    product[i] *= 1 + (z < 40 ? expf (-z) : 0); /* exp(−40) is lost beside 1 */
  }
}

void
limen_nice_columns_log_likelihood (const LimenNiceColumns *columns, const LimenNice *nice, guint n,
                                   double *out)
{
  double sum[LIMEN_BATCH_IMAGES] = {0}, product[LIMEN_BATCH_IMAGES], scales = 0;
  for (guint i = 0; i < n; i++)
    product[i] = 1;
  for (guint d = 0; d < nice->shape.dimension; d++) {
    const float *row = columns->half[d % 2] + (gsize)(d / 2) * COLUMNS + LIMEN_BATCH_MARGIN;
    scales += nice->scale[d];
    add_logistic_row (row, expf (nice->scale[d]), n, sum, product);
    if (d % 512 == 511 || d + 1 == nice->shape.dimension)
      for (guint i = 0; i < n; i++) {
        sum[i] += 2 * log (product[i]);
        product[i] = 1;
      }
  }
  for (guint i = 0; i < n; i++)
    out[i] = isnan (sum[i]) ? -INFINITY : scales - sum[i];
}
