#include "model/flow/nice-rows.h"
#include "model/flow/nice-columns.h"

#include <string.h>

G_STATIC_ASSERT (LIMEN_NICE_ROWS_MOST == LIMEN_BATCH_IMAGES);

struct LimenNiceRows {
  LimenNice *nice;
  LimenNiceColumns *worker;
};

LimenNiceRows *
limen_nice_rows_new (LimenNice *nice)
{
  LimenNiceRows *rows = g_new (LimenNiceRows, 1);
  *rows = (LimenNiceRows){limen_nice_ref (nice), limen_nice_columns_new (nice->shape)};
  return rows;
}

void
limen_nice_rows_free (LimenNiceRows *rows)
{
  limen_nice_columns_free (rows->worker);
  limen_nice_unref (rows->nice);
  g_free (rows);
}

void
limen_nice_rows_log_likelihood (LimenNiceRows *rows, guint worker, const float *x, guint n,
                                guint stride, double *out)
{
  guint dimension = rows->nice->shape.dimension;
  g_return_if_fail (n <= LIMEN_NICE_ROWS_MOST && stride >= dimension);
  LimenNiceColumns *columns = &rows->worker[worker];
  for (guint i = 0; i < n; i++)
    memcpy (columns->rows + (gsize)i * dimension, x + (gsize)i * stride,
            dimension * sizeof (float));
  limen_nice_columns_split (columns, dimension, n);
  limen_nice_columns_run (columns, rows->nice, n, FALSE);
  limen_nice_columns_log_likelihood (columns, rows->nice, n, out);
}
