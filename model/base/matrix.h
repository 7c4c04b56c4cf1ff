/* Row-major float32 matrices over BLAS. Each call runs on the caller's core only: parallel.h
 * spreads batches over cores, so that sums never depend on the number of threads. */
#pragma once

#include <glib.h>

/**
 * LimenMatrix:
 * @data: (rows, columns), row-major, 64-byte aligned
 */
typedef struct {
  guint rows, columns;
  float *data;
} LimenMatrix;

/** limen_matrix_new: returns: (transfer full): all zeros; free with limen_matrix_clear() */
LimenMatrix limen_matrix_new (guint rows, guint columns);
void limen_matrix_clear (LimenMatrix *matrix);

/** limen_floats_new: returns: (transfer full): @n zeros, 64-byte aligned; free with free() */
float *limen_floats_new (gsize n);
