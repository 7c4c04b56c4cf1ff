#include "ui/study/ending.h"
#include "ui/study/job.h"

struct LimenJob {
  gatomicrefcount references;
  LimenJobRunFunc run;
  LimenJobDoneFunc done;
  gpointer input;
  GDestroyNotify free_input, free_result;
  GCancellable *cancellable;
  gint permille;
  gpointer owner; /* until it is told: the task would let go of it on its own thread */
};

void
limen_job_unref (LimenJob *job)
{
  g_return_if_fail (job != NULL);
  if (!g_atomic_ref_count_dec (&job->references))
    return;
  if (job->free_input)
    job->free_input (job->input);
  g_object_unref (job->cancellable);
  g_free (job);
}

static void
progressed_cb (double fraction, gpointer job)
{
  g_atomic_int_set (&((LimenJob *)job)->permille, (int)(fraction * 1000));
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  LimenJob *job = task_data;
  GError *error = NULL;
  const LimenRun run = {progressed_cb, job, cancellable};
  gpointer result = job->run (job->input, &run, &error);
  if (result)
    g_task_return_pointer (task, result, job->free_result);
  else
    g_task_return_error (task, error);
  limen_ending_remove (job);
}

static void
task_finished_cb (GObject *source, GAsyncResult *task, gpointer unused)
{
  g_autoptr (GError) error = NULL;
  LimenJob *job = g_task_get_task_data (G_TASK (task));
  gpointer result = g_task_propagate_pointer (G_TASK (task), &error);
  job->done (result, error, job->owner);
  g_clear_object (&job->owner);
  limen_job_unref (job);
}

void
limen_job_cancel (LimenJob *job)
{
  g_return_if_fail (job != NULL);
  g_cancellable_cancel (job->cancellable);
}

static void
cancel_cb (gpointer job)
{
  limen_job_cancel (job);
}

LimenJob *
limen_job_start (LimenJobRunFunc run, gpointer input, GDestroyNotify free_input,
                 GDestroyNotify free_result, LimenJobDoneFunc done, gpointer owner)
{
  LimenJob *job = g_new0 (LimenJob, 1);
  g_atomic_ref_count_init (&job->references);
  job->run = run;
  job->done = done;
  job->input = input;
  job->free_input = free_input;
  job->free_result = free_result;
  job->cancellable = g_cancellable_new ();
  job->owner = owner ? g_object_ref (owner) : NULL;
  g_autoptr (GTask) task = g_task_new (NULL, job->cancellable, task_finished_cb, NULL);
  g_atomic_ref_count_inc (&job->references); /* of what is told */
  g_atomic_ref_count_inc (&job->references);
  g_task_set_task_data (task, job, (GDestroyNotify)limen_job_unref);
  limen_ending_add (cancel_cb, job);
  g_task_run_in_thread (task, run_in_thread);
  return job;
}

double
limen_job_fraction (LimenJob *job)
{
  g_return_val_if_fail (job != NULL, 0);
  return g_atomic_int_get (&job->permille) / 1000.0;
}
