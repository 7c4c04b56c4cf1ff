#include "model/base/normals.h"
#include "model/base/parallel.h"
#include "model/prior/gradient-estimator-private.h"

#include <math.h>
#include <string.h>

#define BLOCK LIMEN_GRADIENT_BLOCK

/* -- a block of draws -- */

LimenGradientBlock *
limen_gradient_block_new (const LimenGradientCase *c, const LimenGradientMoments *moments)
{
  gsize k = c->model->latent, d = c->model->observed;
  LimenGradientBlock *block = g_new (LimenGradientBlock, 1);
  block->c = c;
  block->moments = moments;
  block->e = g_new (double, BLOCK *(3 * k + d + 1));
  block->z = block->e + BLOCK * k;
  block->pull = block->z + BLOCK * k;
  block->residual = block->pull + BLOCK * k;
  block->integrand = block->residual + BLOCK * d;
  block->normal = g_new (float, BLOCK *k);
  return block;
}

void
limen_gradient_block_free (LimenGradientBlock *block)
{
  if (!block)
    return;
  g_free (block->e);
  g_free (block->normal);
  g_free (block);
}

static void
add_scaled (double *to, double factor, const double *from)
{
  for (gsize l = 0; l < BLOCK; l++)
    to[l] += factor * from[l];
}

static void
add_squares (double *to, double factor, const double *from, double centre)
{
  for (gsize l = 0; l < BLOCK; l++)
    to[l] += factor * (from[l] - centre) * (from[l] - centre);
}

/* ε, z, and −log q(z) + log r(z) but for constants that the prior has too */
static void
fill_latent (LimenGradientBlock *block, guint64 seed, guint64 index)
{
  const LimenGradientCase *c = block->c;
  gsize k = c->model->latent;
  LimenRandom random = limen_random_stream (seed, "gradient", index);
  limen_random_normals (&random, BLOCK * k, block->normal);
  for (gsize j = 0; j < k; j++) {
    double *e = block->e + BLOCK * j, *z = block->z + BLOCK * j, s = sqrt (c->variance[j]);
    for (gsize l = 0; l < BLOCK; l++) {
      e[l] = block->normal[BLOCK * j + l];
      z[l] = c->mu[j] + s * e[l];
    }
    add_squares (block->integrand, 0.5, e, 0);
    add_squares (block->integrand, -0.5 / c->model->lambda2[j], z, c->model->lambda1[j]);
  }
}

/* x − b − A·z, what that adds to log p(x|z), and to its gradient. Most of A is zeros where
 * variables are independent. */
static void
fill_observed (LimenGradientBlock *block)
{
  const LimenGradientCase *c = block->c;
  gsize k = c->model->latent;
  double precision = 1 / c->model->sigma2;
  memset (block->pull, 0, BLOCK * k * sizeof *block->pull);
  for (gsize i = 0; i < c->model->observed; i++) {
    const double *row = c->model->a + i * k;
    double *residual = block->residual + BLOCK * i;
    for (gsize l = 0; l < BLOCK; l++)
      residual[l] = c->x[i] - c->model->b[i];
    for (gsize j = 0; j < k; j++)
      if (row[j] != 0)
        add_scaled (residual, -row[j], block->z + BLOCK * j);
    for (gsize j = 0; j < k; j++)
      if (row[j] != 0)
        add_scaled (block->pull + BLOCK * j, row[j] * precision, residual);
    add_squares (block->integrand, -0.5 * precision, residual, 0);
  }
}

void
limen_gradient_block_fill (LimenGradientBlock *block, guint64 seed, guint64 index)
{
  const LimenGaussianModel *model = block->c->model;
  double constant = -0.5 * model->observed * log (2 * G_PI * model->sigma2);
  for (gsize j = 0; j < model->latent; j++)
    constant += 0.5 * (log (block->c->variance[j]) - log (model->lambda2[j]));
  for (gsize l = 0; l < BLOCK; l++)
    block->integrand[l] = constant;
  fill_latent (block, seed, index);
  fill_observed (block);
}

/* -- estimates -- */

static void
estimate_by_log_derivative (const LimenGradientBlock *block, LimenGradientEstimator estimator,
                            LimenGradientPart part, gsize j, double *out)
{
  double baseline = limen_gradient_baseline (block->moments, block->c, estimator, part, j);
  double s = sqrt (block->c->variance[j]);
  const double *e = block->e + BLOCK * j, *integrand = block->integrand;
  for (gsize l = 0; l < BLOCK; l++)
    out[l] = (integrand[l] - baseline) * (part == LIMEN_PART_MU ? e[l] / s : e[l] * e[l] - 1);
}

/* ∇_z of what is differentiated along the path: log p(x|z), and log r(z), and −log q(z) at fixed q
 */
static void
fill_path_gradient (const LimenGradientBlock *block, LimenGradientEstimator estimator, gsize j,
                    double *out)
{
  const LimenGradientCase *c = block->c;
  const double *e = block->e + BLOCK * j, *z = block->z + BLOCK * j;
  memcpy (out, block->pull + BLOCK * j, BLOCK * sizeof *out);
  if (estimator == LIMEN_REPARAMETERIZATION_KL)
    return;
  for (gsize l = 0; l < BLOCK; l++)
    out[l] -= (z[l] - c->model->lambda1[j]) / c->model->lambda2[j];
  if (estimator == LIMEN_STICKING_THE_LANDING)
    add_scaled (out, 1 / sqrt (c->variance[j]), e);
}

/* What has no noise: the gradient of −log q where the path does not carry it, of −KL in closed form
 */
static double
known_part (const LimenGradientCase *c, LimenGradientEstimator estimator, LimenGradientPart part,
            gsize j)
{
  double lambda2 = c->model->lambda2[j];
  if (estimator == LIMEN_REPARAMETERIZATION_KL)
    return part == LIMEN_PART_MU ? -(c->mu[j] - c->model->lambda1[j]) / lambda2
                                 : 1 - c->variance[j] / lambda2;
  return estimator == LIMEN_REPARAMETERIZATION && part == LIMEN_PART_LOG_S;
}

static void
estimate_by_path (const LimenGradientBlock *block, LimenGradientEstimator estimator,
                  LimenGradientPart part, gsize j, double *out)
{
  double known = known_part (block->c, estimator, part, j), s = sqrt (block->c->variance[j]);
  const double *e = block->e + BLOCK * j;
  fill_path_gradient (block, estimator, j, out);
  for (gsize l = 0; l < BLOCK; l++)
    out[l] = known + (part == LIMEN_PART_MU ? 1 : s * e[l]) * out[l];
}

/* λ1 and λ2 */
static void
estimate_prior (const LimenGradientBlock *block, LimenGradientEstimator estimator,
                LimenGradientPart part, gsize j, double *out)
{
  const LimenGradientCase *c = block->c;
  double lambda1 = c->model->lambda1[j], lambda2 = c->model->lambda2[j];
  double known = block->moments->exact[limen_gradient_offset (c->model, part) + j];
  for (gsize l = 0; l < BLOCK; l++) {
    double own = block->z[BLOCK * j + l] - lambda1;
    out[l] = part == LIMEN_PART_LAMBDA1 ? own / lambda2 : 0.5 * (own * own / lambda2 - 1) / lambda2;
    out[l] = estimator == LIMEN_REPARAMETERIZATION_KL ? known : out[l];
  }
}

/* A, where @j < k, or b */
static void
estimate_decoder (const LimenGradientBlock *block, gsize i, gsize j, double *out)
{
  double precision = 1 / block->c->model->sigma2;
  const double *residual = block->residual + BLOCK * i;
  const double *z = j < block->moments->k ? block->z + BLOCK * j : NULL;
  for (gsize l = 0; l < BLOCK; l++)
    out[l] = residual[l] * precision * (z ? z[l] : 1);
}

void
limen_gradient_block_estimate (const LimenGradientBlock *block, LimenGradientEstimator estimator,
                               gsize index, double *out)
{
  gsize k = block->c->model->latent, d = block->c->model->observed, j = index % k;
  LimenGradientPart part = (LimenGradientPart)MIN (index / k, LIMEN_PART_A);
  if (part >= LIMEN_PART_A && index >= (4 + d) * k)
    estimate_decoder (block, index - (4 + d) * k, k, out);
  else if (part >= LIMEN_PART_A)
    estimate_decoder (block, index / k - 4, j, out);
  else if (part >= LIMEN_PART_LAMBDA1)
    estimate_prior (block, estimator, part, j, out);
  else if (limen_takes_log_derivative (estimator))
    estimate_by_log_derivative (block, estimator, part, j, out);
  else
    estimate_by_path (block, estimator, part, j, out);
}

/* -- measurement -- */

#define SIDE          8 /* sums side by side: several times as fast as one by one */
#define SMALL_SQUARES 1e-290

/* Σ (value − centre)²/unit² */
static double
sum_squares (const double *value, gsize n, double centre, double unit)
{
  double sum[SIDE] = {0}, all = 0;
  gsize whole = n - n % SIDE;
  for (gsize i = 0; i < whole; i += SIDE)
    for (gsize l = 0; l < SIDE; l++)
      sum[l] += (value[i + l] - centre) / unit * ((value[i + l] - centre) / unit);
  for (gsize i = whole; i < n; i++)
    sum[0] += (value[i] - centre) / unit * ((value[i] - centre) / unit);
  for (gsize l = 0; l < SIDE; l++)
    all += sum[l];
  return all;
}

/* √Σ (value − centre)², of large and of small values too: in units of the largest distance where
 * the squares do not stay in float64 */
static double
spread_of (const double *value, gsize n, double centre)
{
  double squares = sum_squares (value, n, centre, 1), largest = 0;
  if (squares > SMALL_SQUARES && isfinite (squares))
    return sqrt (squares);
  for (gsize i = 0; i < n; i++)
    largest = fmax (largest, fabs (value[i] - centre));
  return largest > 0 ? largest * sqrt (sum_squares (value, n, centre, largest)) : sqrt (squares);
}

/* In two passes, around the first value, so that what does not vary has exactly no variance */
void
limen_gradient_add_many (LimenRunningMean *running, const double *value, gsize n)
{
  double sum[SIDE] = {0}, first = n > 0 ? value[0] : 0, apart = 0;
  LimenRunningMean own = {.n = n};
  gsize whole = n - n % SIDE;
  for (gsize i = 0; i < whole; i += SIDE)
    for (gsize l = 0; l < SIDE; l++)
      sum[l] += value[i + l] - first;
  for (gsize i = whole; i < n; i++)
    sum[0] += value[i] - first;
  for (gsize l = 0; l < SIDE; l++)
    apart += sum[l] / (double)n;
  own.mean = first + apart;
  own.spread = spread_of (value, n, own.mean);
  limen_running_mean_join (running, &own);
}

#define N_BATCHES 256                 /* more would call for progress too often */
#define MEMORY    ((gsize)(64 << 20)) /* for the means of all batches */

typedef struct {
  const LimenGradientCase *c;
  const LimenGradientMoments *moments;
  LimenGradientEstimator estimator;
  guint64 seed, n, n_blocks;
  guint n_batches;
  gsize size;
  LimenGradientBlock **block; /* (workers): each made by its worker at first need */
  LimenRunningMean *mean;     /* (n_batches, size) */
  GCancellable *cancellable;
  gint stopped;
} Plan;

static void
run_batch_cb (guint batch, guint worker, gpointer user_data)
{
  Plan *plan = user_data;
  guint64 first = plan->n_blocks * batch / plan->n_batches;
  guint64 end = plan->n_blocks * (batch + 1) / plan->n_batches;
  LimenRunningMean *mean = plan->mean + plan->size * batch;
  double estimate[BLOCK];
  if (!plan->block[worker])
    plan->block[worker] = limen_gradient_block_new (plan->c, plan->moments);
  for (guint64 b = first; b < end; b++) {
    if (g_cancellable_is_cancelled (plan->cancellable)) {
      g_atomic_int_set (&plan->stopped, TRUE);
      return;
    }
    limen_gradient_block_fill (plan->block[worker], plan->seed, b);
    for (gsize index = 0; index < plan->size; index++) {
      limen_gradient_block_estimate (plan->block[worker], plan->estimator, index, estimate);
      limen_gradient_add_many (&mean[index], estimate, MIN (BLOCK, plan->n - b * BLOCK));
    }
  }
}

static gboolean
run_plan (Plan *plan, const LimenRun *run, GError **error)
{
  guint n_workers = limen_n_workers ();
  plan->block = g_new0 (LimenGradientBlock *, n_workers);
  gboolean done = limen_parallel (plan->n_batches, run_batch_cb, plan, run, error);
  for (guint i = 0; i < n_workers; i++)
    limen_gradient_block_free (plan->block[i]);
  g_free (plan->block);
  if (done && g_atomic_int_get (&plan->stopped)) {
    g_cancellable_set_error_if_cancelled (plan->cancellable, error);
    return FALSE;
  }
  return done;
}

gboolean
limen_gradient_measure (const LimenGradientCase *c, LimenGradientEstimator estimator, guint64 seed,
                        guint64 n, LimenGradientPart until, LimenRunningMean *out,
                        const LimenRun *run, GError **error)
{
  g_return_val_if_fail (n > 0, FALSE);
  gsize size = limen_gradient_offset (c->model, until);
  g_autoptr (LimenGradientMoments) moments = limen_gradient_moments_new (c);
  Plan plan = {c, moments, estimator, seed, n, .size = size};
  plan.cancellable = limen_run_of (run).cancellable;
  plan.n_blocks = (n - 1) / BLOCK + 1;
  gsize most = CLAMP (MEMORY / sizeof *out / MAX (size, 1), 1, N_BATCHES);
  plan.n_batches = (guint)MIN (plan.n_blocks, most);
  g_autofree LimenRunningMean *mean = g_new0 (LimenRunningMean, size * plan.n_batches);
  plan.mean = mean;
  if (!run_plan (&plan, run, error))
    return FALSE;
  memset (out, 0, size * sizeof *out);
  for (guint batch = 0; batch < plan.n_batches; batch++)
    for (gsize index = 0; index < size; index++)
      limen_running_mean_join (&out[index], &mean[size * batch + index]);
  return TRUE;
}
