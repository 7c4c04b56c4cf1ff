/* VLB^(K) of a VAE over many images, from draws: an image to a core. */
#include "model/base/normals.h"
#include "model/base/parallel.h"
#include "model/bound/vae-bound.h"
#include "model/latent/vae-decoder.h"

#include <math.h>
#include <string.h>

#define COLUMNS LIMEN_VAE_COLUMNS
#define REPORTS 200 /* of progress and of tables, at most */

/* @decoder: (nullable): until the worker has its first image
 * @e: (latent, COLUMNS): standard normal numbers
 * @log_weight, @weight: (samples) */
typedef struct {
  LimenVaeDecoder *decoder;
  float *x, *e;
  double *log_weight, *weight;
} Worker;

/* @mean, @error2: (n, n_k): of each image: the mean of its bounds, and the square of that mean's
 * standard error, NaN where there is one bound
 * @running, @sum_error2, @n_done: of the images that are done, in the order in which they come;
 * guarded by @lock */
typedef struct {
  LimenVaeSetPlan plan;
  LimenRun run;
  Worker *worker;
  double *mean, *error2;
  GMutex lock;
  guint n_done;
  LimenRunningMean *running;
  double *sum_error2;
  LimenVaeSetBound *table;
} Job;

/* One image */

static gboolean
take_image (const LimenVaeSetPlan *plan, guint index, float *x, GError **error)
{
  return plan->greys ? limen_vae_take_greys (plan->vae, plan->set, index, x, error)
                     : limen_vae_take_image (plan->vae, plan->set, index, x, error);
}

/* Draws a run of z ~ q; log w = log p(x|z) + log p(z) − log q(z), where both densities have the
 * same constant. */
static void
draw_run (const Job *job, Worker *worker, const LimenGaussian *q, LimenRandom *random, guint n,
          double *log_weight)
{
  guint latent = q->dimension;
  float *offset = limen_vae_decoder_offsets (worker->decoder);
  limen_random_normals (random, (gsize)latent * COLUMNS, worker->e);
  for (guint j = 0; j < latent; j++) {
    float deviation = (float)q->factor[(gsize)j * latent + j];
    for (guint c = 0; c < COLUMNS; c++)
      offset[j * COLUMNS + c] = deviation * worker->e[j * COLUMNS + c];
  }
  limen_vae_decoder_run (worker->decoder, q->mean, n, worker->x, log_weight);
  for (guint j = 0; j < latent; j++)
    for (guint c = 0; c < n; c++) {
      double z = q->mean[j] + offset[j * COLUMNS + c], e = worker->e[j * COLUMNS + c];
      log_weight[c] += 0.5 * (e * e - z * z);
    }
  for (guint c = 0; c < n; c++)
    log_weight[c] += 0.5 * q->log_determinant;
}

/* log (1/k) Σ exp: @weight is exp(log_weight − @largest), which may have come out as 0 throughout
 */
static double
log_mean (const double *log_weight, const double *weight, guint k, double largest)
{
  double sum = 0;
  for (guint i = 0; i < k; i++)
    sum += weight[i];
  if (sum > 1e-280)
    return largest + log (sum / k);
  LimenLogSum stream = LIMEN_LOG_SUM_EMPTY;
  for (guint i = 0; i < k; i++)
    limen_log_sum_add (&stream, log_weight[i]);
  return limen_log_sum (&stream) - log (k);
}

static LimenRunningMean
average_bounds (const Job *job, const Worker *worker, guint k, double largest)
{
  LimenRunningMean bounds = {0};
  for (guint b = 0; b < job->plan.samples / k; b++) {
    gsize first = (gsize)b * k;
    limen_running_mean_add (&bounds, k == 1 ? worker->log_weight[first]
                                            : log_mean (worker->log_weight + first,
                                                        worker->weight + first, k, largest));
  }
  return bounds;
}

static void
note_bounds (const Job *job, const Worker *worker, guint image)
{
  double largest = worker->log_weight[0];
  for (guint i = 1; i < job->plan.samples; i++)
    largest = MAX (largest, worker->log_weight[i]);
  for (guint i = 0; i < job->plan.samples; i++)
    worker->weight[i] = exp (worker->log_weight[i] - largest);
  for (guint i = 0; i < job->plan.n_k; i++) {
    LimenRunningMean bounds = average_bounds (job, worker, job->plan.k[i], largest);
    LimenEstimate estimate = limen_running_mean_estimate (&bounds);
    job->mean[(gsize)image * job->plan.n_k + i] = estimate.mean;
    job->error2[(gsize)image * job->plan.n_k + i] =
        estimate.standard_error * estimate.standard_error;
  }
}

/* All images */

static LimenVaeSetBound
make_row (guint k, const LimenRunningMean *means, double sum_error2)
{
  return (LimenVaeSetBound){k, limen_running_mean_estimate (means),
                            sqrt (sum_error2) / (double)means->n};
}

/* Whether progress from @before to @after of @n crosses one of the marks at which it is told. */
static gboolean
is_mark (guint before, guint after, guint n)
{
  return n <= REPORTS || (guint64)before * REPORTS / n != (guint64)after * REPORTS / n;
}

static void
tell_table (Job *job, guint image)
{
  g_mutex_lock (&job->lock);
  job->n_done++;
  for (guint i = 0; i < job->plan.n_k; i++) {
    limen_running_mean_add (&job->running[i], job->mean[(gsize)image * job->plan.n_k + i]);
    job->sum_error2[i] += job->error2[(gsize)image * job->plan.n_k + i];
    job->table[i] = make_row (job->plan.k[i], &job->running[i], job->sum_error2[i]);
  }
  if (job->plan.done && is_mark (job->n_done - 1, job->n_done, job->plan.n))
    job->plan.done (job->table, job->plan.n_k, job->n_done, job->plan.done_data);
  g_mutex_unlock (&job->lock);
}

static void
run_image (guint image, guint worker_index, gpointer data)
{
  Job *job = data;
  Worker *worker = &job->worker[worker_index];
  LimenRandom random = limen_random_stream (job->plan.seed, "set bound",
                                            (guint64)job->plan.place + job->plan.first + image);
  if (!worker->decoder)
    worker->decoder = limen_vae_decoder_new (job->plan.vae);
  take_image (&job->plan, job->plan.first + image, worker->x, NULL);
  g_autoptr (LimenGaussian) q = limen_vae_encode (job->plan.vae, worker->x);
  for (guint first = 0; first < job->plan.samples; first += COLUMNS) {
    if (g_cancellable_is_cancelled (job->run.cancellable))
      return;
    draw_run (job, worker, q, &random, MIN (COLUMNS, job->plan.samples - first),
              worker->log_weight + first);
  }
  note_bounds (job, worker, image);
  tell_table (job, image);
}

static void
tell_progress (double fraction, gpointer data)
{
  Job *job = data;
  guint n = (guint)lround (fraction * job->plan.n);
  if (job->run.progress && is_mark (n - 1, n, job->plan.n))
    job->run.progress (fraction, job->run.progress_data);
}

/* In the order of the images, so that the last digit does not depend on which was done first. */
static void
make_table (const Job *job, LimenVaeSetBound *out)
{
  for (guint i = 0; i < job->plan.n_k; i++) {
    LimenRunningMean means = {0};
    double sum_error2 = 0;
    for (guint image = 0; image < job->plan.n; image++) {
      limen_running_mean_add (&means, job->mean[(gsize)image * job->plan.n_k + i]);
      sum_error2 += job->error2[(gsize)image * job->plan.n_k + i];
    }
    out[i] = make_row (job->plan.k[i], &means, sum_error2);
  }
}

static Worker *
workers_new (LimenVaeShape shape, guint samples)
{
  Worker *workers = g_new0 (Worker, limen_n_workers ());
  for (guint i = 0; i < limen_n_workers (); i++)
    workers[i] = (Worker){
        .x = g_new (float, shape.observed),
        .e = g_new (float, (gsize)shape.latent *COLUMNS),
        .log_weight = g_new (double, samples),
        .weight = g_new (double, samples),
    };
  return workers;
}

static void
job_clear (Job *job)
{
  for (guint i = 0; i < limen_n_workers (); i++) {
    Worker *worker = &job->worker[i];
    g_clear_pointer (&worker->decoder, limen_vae_decoder_free);
    g_free (worker->x);
    g_free (worker->e);
    g_free (worker->log_weight);
    g_free (worker->weight);
  }
  g_free (job->worker);
  g_free (job->mean);
  g_free (job->error2);
  g_free (job->running);
  g_free (job->sum_error2);
  g_free (job->table);
  g_mutex_clear (&job->lock);
}

static gboolean
check (const Job *job, GError **error)
{
  const char *flaw = NULL;
  guint n_images = limen_image_set_n_images (job->plan.set);
  g_autofree float *x = g_new (float, limen_vae_shape (job->plan.vae).observed);
  if (job->plan.n == 0 || job->plan.first >= n_images || job->plan.n > n_images - job->plan.first)
    flaw =
        "The images of a table must be in the set; choose at least one, and not more than it has.";
  for (guint i = 0; i < job->plan.n_k; i++)
    if (job->plan.k[i] == 0)
      flaw = "A bound needs at least one sample; choose K from 1 on.";
    else if (job->plan.k[i] > job->plan.samples)
      flaw = "There must be as many draws for an image as the largest K; choose a smaller K.";
  if (flaw)
    limen_fail (error, LIMEN_ERROR_ARGUMENT, "%s", flaw);
  return !flaw && take_image (&job->plan, job->plan.first, x, error);
}

gboolean
limen_vae_set_bound (const LimenVaeSetPlan *plan, LimenVaeSetBound *out, const LimenRun *run,
                     GError **error)
{
  Job job = {.plan = *plan, .run = limen_run_of (run)};
  guint n = plan->n, n_k = plan->n_k;
  for (guint i = 0; i < n_k && plan->samples == 0; i++)
    job.plan.samples = MAX (job.plan.samples, plan->k[i]);
  if (!check (&job, error))
    return FALSE;
  g_mutex_init (&job.lock);
  job.worker = workers_new (limen_vae_shape (plan->vae), job.plan.samples);
  job.mean = g_new (double, (gsize)n *n_k);
  job.error2 = g_new (double, (gsize)n *n_k);
  job.running = g_new0 (LimenRunningMean, n_k);
  job.sum_error2 = g_new0 (double, n_k);
  job.table = g_new0 (LimenVaeSetBound, n_k);
  gboolean ok = limen_parallel (n, run_image, &job,
                                &(LimenRun){tell_progress, &job, job.run.cancellable}, error);
  /* the last images may have been given up after all had been started */
  ok = ok && !g_cancellable_set_error_if_cancelled (job.run.cancellable, error);
  if (ok)
    make_table (&job, out);
  if (ok && plan->each)
    memcpy (plan->each, job.mean, (gsize)n * n_k * sizeof (double));
  job_clear (&job);
  return ok;
}
