/* How long work tells how far it is, and how it is stopped: what the model is handed of one run. */
#pragma once

#include "model/base/error.h"

/**
 * LimenRun:
 * @progress: (nullable), with its @progress_data
 * @cancellable: (nullable): ends the work with G_IO_ERROR_CANCELLED
 *
 * Where a function takes one, NULL is a run that nobody watches or stops.
 */
typedef struct {
  LimenProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} LimenRun;

static inline LimenRun
limen_run_of (const LimenRun *run)
{
  return run ? *run : (LimenRun){NULL, NULL, NULL};
}
