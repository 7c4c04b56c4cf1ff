/* A batch of images side by side on its way through a flow, in either direction. */
#pragma once

#include "model/flow/nice-private.h"

/**
 * LimenNiceColumns: what one worker needs
 * @half: [0] the even entries, [1] the odd ones, each (D/2, LIMEN_BATCH_COLUMNS)
 * @rows: (LIMEN_BATCH_IMAGES, D)
 * @cancellable: (nullable) (transfer none): a batch of a large flow takes longer than people wait:
 * it is given up between two couplings, and is of no use then
 */
typedef struct {
  LimenMlpScratch mlp;
  float *half[2];
  float *rows;
  GCancellable *cancellable;
} LimenNiceColumns;

/** limen_nice_columns_new: (n_workers): one for each of limen_n_workers() */
LimenNiceColumns *limen_nice_columns_new (LimenNiceShape shape);
void limen_nice_columns_free (LimenNiceColumns *columns);

/** limen_nice_columns_split: from the @n first of @rows to the even and the odd entries */
void limen_nice_columns_split (LimenNiceColumns *columns, guint dimension, guint n);
/** limen_nice_columns_join: and back */
void limen_nice_columns_join (LimenNiceColumns *columns, guint dimension, guint n);

/** limen_nice_columns_scale: @rows: z = exp(scale)·h; where @back, from z to h */
void
limen_nice_columns_scale (LimenNiceColumns *columns, const LimenNice *nice, guint n, gboolean back);

/** limen_nice_columns_run: all couplings, from images on; where @back, from the last to the first,
 * each undone */
void
limen_nice_columns_run (LimenNiceColumns *columns, const LimenNice *nice, guint n, gboolean back);
/** limen_nice_columns_log_likelihood: log p(x) of each of the @n images that
 * limen_nice_columns_run() brought to the end, nats */
void limen_nice_columns_log_likelihood (const LimenNiceColumns *columns, const LimenNice *nice,
                                        guint n, double *out);
