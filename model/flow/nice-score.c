/* log p(x) of many images: batches of them side by side, a batch to a core. */
#include "model/base/parallel.h"
#include "model/flow/nice-columns.h"

typedef struct {
  const LimenNice *nice;
  const LimenImageSet *set;
  double *out;
  LimenNiceWatch watch;
  LimenNiceColumns *worker;
} Job;

static void
score_batch (guint batch, guint worker_index, gpointer data)
{
  Job *job = data;
  LimenNiceColumns *worker = &job->worker[worker_index];
  guint dimension = job->nice->shape.dimension, first = batch * LIMEN_BATCH_IMAGES;
  guint n = MIN (LIMEN_BATCH_IMAGES, limen_image_set_n_images (job->set) - first);
  limen_image_set_copy_rows (job->set, first, n, worker->rows);
  limen_nice_columns_split (worker, dimension, n);
  limen_nice_columns_run (worker, job->nice, n, FALSE);
  if (g_cancellable_is_cancelled (worker->cancellable))
    return;
  limen_nice_columns_log_likelihood (worker, job->nice, n, job->out + first);
  if (job->watch.latents) {
    limen_nice_columns_join (worker, dimension, n);
    limen_nice_columns_scale (worker, job->nice, n, FALSE);
    job->watch.latents (first, n, worker->rows, worker_index, job->watch.data);
  }
  if (job->watch.scored)
    job->watch.scored (first, n, job->watch.data);
}

static gboolean
check_size (const LimenNice *nice, const LimenImageSet *set, GError **error)
{
  guint width = limen_image_set_width (set), height = limen_image_set_height (set);
  if ((guint64)width * height == nice->shape.dimension)
    return TRUE;
  g_autofree char *shown = limen_display_name (nice->path);
  return limen_fail (
      error, LIMEN_ERROR_MISMATCH,
      "%s has images of %u × %u pixels, but %s was made for %u pixels; choose a flow and "
      "images that fit each other.",
      limen_image_set_name (set), width, height, shown, nice->shape.dimension);
}

gboolean
limen_nice_watch (const LimenNice *nice, const LimenImageSet *set, double *out,
                  const LimenNiceWatch *watch, const LimenRun *run, GError **error)
{
  if (!check_size (nice, set, error))
    return FALSE;
  guint n = limen_image_set_n_images (set);
  Job job = {nice, set, out, *watch, limen_nice_columns_new (nice->shape)};
  for (guint i = 0; i < limen_n_workers (); i++)
    job.worker[i].cancellable = limen_run_of (run).cancellable;
  gboolean ok = limen_parallel ((n + LIMEN_BATCH_IMAGES - 1) / LIMEN_BATCH_IMAGES, score_batch,
                                &job, run, error);
  /* the last batches may have been given up after all had been started */
  ok = ok && !g_cancellable_set_error_if_cancelled (limen_run_of (run).cancellable, error);
  limen_nice_columns_free (job.worker);
  return ok;
}

gboolean
limen_nice_log_likelihood (const LimenNice *nice, const LimenImageSet *set, double *out,
                           LimenScoredFunc scored, gpointer scored_data, const LimenRun *run,
                           GError **error)
{
  return limen_nice_watch (nice, set, out, &(LimenNiceWatch){NULL, scored, scored_data}, run,
                           error);
}

gboolean
limen_nice_prefers_inverted (const LimenNice *nice, const LimenImageSet *set, gboolean *inverted,
                             GCancellable *cancellable, GError **error)
{
  enum { SAMPLE = 300 };
  guint n_all = limen_image_set_n_images (set), n = MIN (n_all, SAMPLE), n_better = 0;
  double plain[SAMPLE], other[SAMPLE];
  const LimenRun run = {.cancellable = cancellable};
  g_autoptr (LimenImageSet) sample = limen_image_set_sample (set, n);
  g_autoptr (LimenImageSet) negative = limen_image_set_inverted (sample);
  if (!limen_nice_log_likelihood (nice, sample, plain, NULL, NULL, &run, error) ||
      !limen_nice_log_likelihood (nice, negative, other, NULL, NULL, &run, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    n_better += other[i] > plain[i];
  *inverted = 4 * n_better >= 3 * n;
  return TRUE;
}
