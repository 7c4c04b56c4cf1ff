/* One piece of work that takes longer than a frame: runs beside the window, knows how far it is,
 * can be cancelled; limen_ending_wait() ends all of them. */
#pragma once

#include "model/base/run.h"

typedef struct LimenJob LimenJob;

/**
 * LimenJobRunFunc: the work itself, on a thread of its own. It passes @run, which tells the job how
 * far it is, to the model.
 *
 * Returns: (transfer full): the result, or NULL with @error
 */
typedef gpointer (*LimenJobRunFunc) (gpointer input, const LimenRun *run, GError **error);

/**
 * LimenJobDoneFunc: on the main thread, once, whatever happened.
 * @result: (transfer full) (nullable): NULL where @error is set
 */
typedef void (*LimenJobDoneFunc) (gpointer result, const GError *error, gpointer owner);

/**
 * limen_job_start:
 * @input: (transfer full): freed with @free_input after @done
 * @owner: a GObject, kept alive until @done has been called
 */
LimenJob *limen_job_start (LimenJobRunFunc run, gpointer input, GDestroyNotify free_input,
                           GDestroyNotify free_result, LimenJobDoneFunc done, gpointer owner);
/** limen_job_cancel: @done still comes, with G_IO_ERROR_CANCELLED */
void limen_job_cancel (LimenJob *job);
void limen_job_unref (LimenJob *job);

/** limen_job_fraction: how much is done, 0 to 1 */
double limen_job_fraction (LimenJob *job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenJob, limen_job_unref)
