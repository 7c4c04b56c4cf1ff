/* log p(x) of rows of numbers that are no set of images: windows of photos. */
#pragma once

#include "model/flow/nice.h"

/** LimenNiceRows: scratch of limen_n_workers() workers */
typedef struct LimenNiceRows LimenNiceRows;

/** limen_nice_rows_new: keeps a reference to @nice */
LimenNiceRows *limen_nice_rows_new (LimenNice *nice);
void limen_nice_rows_free (LimenNiceRows *rows);

/** LIMEN_NICE_ROWS_MOST: rows that one call takes */
#define LIMEN_NICE_ROWS_MOST 304
/**
 * limen_nice_rows_log_likelihood:
 * @worker: as of LimenBatchFunc
 * @x: (n, stride), row-major: of each row the first D numbers are looked at
 * @n: at most LIMEN_NICE_ROWS_MOST
 * @out: (n): log p, nats; of a row the same as limen_nice_log_likelihood() tells of an image,
 * whatever else is in the batch
 */
void limen_nice_rows_log_likelihood (LimenNiceRows *rows, guint worker, const float *x, guint n,
                                     guint stride, double *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenNiceRows, limen_nice_rows_free)
