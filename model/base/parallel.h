/* Batches over cores. */
#pragma once

#include "model/base/run.h"

/**
 * LimenBatchFunc:
 * @batch: which batch, 0 to n − 1
 * @worker: which of the workers runs it, 0 to limen_n_workers() − 1: index of its scratch memory
 */
typedef void (*LimenBatchFunc) (guint batch, guint worker, gpointer user_data);

/** limen_n_workers: returns: how many batches run at once: LIMEN_THREADS or the number of cores */
guint limen_n_workers (void);

/**
 * limen_parallel:
 * @n_batches: how many batches there are
 * @batch: does one of them; results must depend on the batch only, never on the worker
 * @run: (nullable): told after each batch
 *
 * Runs all batches, each on one worker, and returns when all are done. Batches start in order.
 * Returns: FALSE with G_IO_ERROR_CANCELLED when it was stopped between two batches.
 */
gboolean limen_parallel (guint n_batches, LimenBatchFunc batch, gpointer user_data,
                         const LimenRun *run, GError **error);
