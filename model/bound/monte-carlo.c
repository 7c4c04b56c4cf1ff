#include "model/bound/monte-carlo.h"
#include "model/base/parallel.h"
#include "model/base/random.h"

#include <math.h>

#define LOG_2PI 1.8378770664093453

/* -- sums -- */

void
limen_running_mean_add (LimenRunningMean *running, double value)
{
  double from_old = value - running->mean;
  running->n++;
  double n = (double)running->n;
  running->mean += from_old / n;
  running->spread = hypot (running->spread, from_old * sqrt ((n - 1) / n));
}

void
limen_running_mean_join (LimenRunningMean *running, const LimenRunningMean *other)
{
  double n = (double)running->n, m = (double)other->n, apart = other->mean - running->mean;
  if (other->n == 0)
    return;
  if (running->n == 0) {
    *running = *other; /* to the last bit: what does not vary must not seem to */
    return;
  }
  running->mean += apart * (m / (n + m));
  running->spread =
      hypot (hypot (running->spread, other->spread), apart * sqrt (n) * sqrt (m / (n + m)));
  running->n += other->n;
}

LimenEstimate
limen_running_mean_estimate (const LimenRunningMean *running)
{
  double n = (double)running->n;
  double error = running->n > 1 ? running->spread / sqrt ((n - 1) * n) : NAN;
  return (LimenEstimate){running->n > 0 ? running->mean : NAN, isfinite (error) ? error : NAN,
                         running->n};
}

double
limen_running_mean_variance (const LimenRunningMean *running)
{
  double deviation = running->spread / sqrt ((double)running->n - 1);
  return running->n > 1 ? deviation * deviation : NAN;
}

LimenRunningMean
limen_running_mean_of (LimenEstimate estimate)
{
  double n = (double)estimate.n;
  return (LimenRunningMean){
      estimate.mean, estimate.n > 1 ? estimate.standard_error * sqrt ((n - 1) * n) : 0, estimate.n};
}

void
limen_log_sum_add (LimenLogSum *sum, double value)
{
  if (value <= sum->largest) {
    sum->sum += exp (value - sum->largest);
  } else if (value > sum->largest) {
    sum->sum = sum->sum * exp (sum->largest - value) + 1;
    sum->largest = value;
  } else {
    sum->sum = NAN;
  }
}

double
limen_log_sum (const LimenLogSum *sum)
{
  return sum->sum > 0 ? sum->largest + log (sum->sum) : sum->sum == 0 ? -INFINITY : NAN;
}

double
limen_merge_pairs (double *log_weight, gsize n)
{
  double sum = 0;
  for (gsize i = 0; i < n / 2; i++) {
    double a = log_weight[2 * i], b = log_weight[2 * i + 1];
    double larger = MAX (a, b), apart = fabs (a - b);
    /* (a + b)/2 is larger − apart/2; the rest is log cosh (apart/2) ≥ 0 */
    log_weight[i] = isfinite (apart) ? larger + log1p (expm1 (-apart) / 2) : larger - G_LN2;
    sum += log_weight[i];
  }
  return n >= 2 ? sum / (double)(n / 2) : NAN;
}

/* -- draws -- */

/* @out: (n): standard normal numbers, two from each pair of uniform ones (Box and Muller, 1958) */
static void
fill_normal (LimenRandom *random, double *out, gsize n)
{
  for (gsize i = 0; i < n; i += 2) {
    double u = 1 - limen_random_uniform (random), v = limen_random_uniform (random);
    double radius = sqrt (-2 * log (u)), sine, cosine;
    sincos (2 * G_PI * v, &sine, &cosine);
    out[i] = radius * cosine;
    if (i + 1 < n)
      out[i + 1] = radius * sine;
  }
}

/* log q(z) comes from the numbers e that z is made of: z = mean + factor·e. @e, @z: (n, k) */
static void
fill_weights (const LimenTarget *target, const LimenGaussian *q, const double *e, gsize n,
              const double *z, double *out)
{
  gsize k = q->dimension;
  double constant = 0.5 * ((double)k * LOG_2PI + q->log_determinant);
  target->log_joint (z, n, out, target->data);
  for (gsize i = 0; i < n; i++) {
    double squares = 0;
    for (gsize j = 0; j < k; j++)
      squares += e[i * k + j] * e[i * k + j];
    out[i] += constant + 0.5 * squares;
  }
}

void
limen_log_weights (const LimenTarget *target, const LimenGaussian *q, guint64 seed, guint64 index,
                   gsize n, double *z, double *out)
{
  gsize k = q->dimension;
  LimenRandom random = limen_random_stream (seed, "log weights", index);
  g_autofree double *own = z ? NULL : g_new (double, n *k), *e = g_new (double, n *k);
  double *draws = z ? z : own;
  fill_normal (&random, e, n * k);
  for (gsize i = 0; i < n && (z || !target->log_weight); i++)
    limen_gaussian_place (q, e + i * k, draws + i * k);
  if (target->log_weight)
    target->log_weight (e, n, out, target->weights);
  else
    fill_weights (target, q, e, n, draws, out);
}

/* -- the bound -- */

#define SET_SIZE  2048 /* draws at once */
#define N_BATCHES 256  /* more would call for progress too often */

/* The draws of all bounds, in sets of at most SET_SIZE: whole bounds where they are small, a part
 * of one where it is large. Which draw belongs where depends on k and n only. */
typedef struct {
  const LimenTarget *target;
  const LimenGaussian *q;
  LimenBoundDraws draws;
  guint64 n_sets;
  guint bounds_in_set, sets_in_bound, n_batches;
  LimenRunningMean *mean; /* (n_sets): of whole bounds */
  LimenLogSum *sum;       /* (n_sets): of a part of one */
  GCancellable *cancellable;
  gint stopped;
} Plan;

static void
run_whole_bounds (const Plan *plan, guint64 set, double *log_weight)
{
  guint64 first = set * plan->bounds_in_set, m = MIN (plan->bounds_in_set, plan->draws.n - first);
  limen_log_weights (plan->target, plan->q, plan->draws.seed, set, m * plan->draws.k, NULL,
                     log_weight);
  for (gsize i = 0; i < m; i++) {
    LimenLogSum sum = LIMEN_LOG_SUM_EMPTY;
    for (gsize j = 0; j < plan->draws.k; j++)
      limen_log_sum_add (&sum, log_weight[i * plan->draws.k + j]);
    limen_running_mean_add (&plan->mean[set], limen_log_sum (&sum) - log (plan->draws.k));
  }
}

static void
run_part (const Plan *plan, guint64 set, double *log_weight)
{
  guint64 part = set % plan->sets_in_bound, first = part * SET_SIZE;
  gsize m = MIN (SET_SIZE, plan->draws.k - first);
  limen_log_weights (plan->target, plan->q, plan->draws.seed, set, m, NULL, log_weight);
  plan->sum[set] = LIMEN_LOG_SUM_EMPTY;
  for (gsize j = 0; j < m; j++)
    limen_log_sum_add (&plan->sum[set], log_weight[j]);
}

static void
run_batch_cb (guint batch, guint worker, gpointer data)
{
  Plan *plan = data;
  guint64 first = plan->n_sets * batch / plan->n_batches;
  guint64 end = plan->n_sets * (batch + 1) / plan->n_batches;
  g_autofree double *log_weight = g_new (double, SET_SIZE);
  for (guint64 set = first; set < end; set++) {
    if (g_cancellable_is_cancelled (plan->cancellable)) {
      g_atomic_int_set (&plan->stopped, 1);
      return;
    }
    if (plan->sum)
      run_part (plan, set, log_weight);
    else
      run_whole_bounds (plan, set, log_weight);
  }
}

static LimenEstimate
join_sets (const Plan *plan)
{
  LimenRunningMean all = {0};
  for (guint64 set = 0; plan->mean && set < plan->n_sets; set++)
    limen_running_mean_join (&all, &plan->mean[set]);
  for (guint64 i = 0; plan->sum && i < plan->draws.n; i++) {
    LimenLogSum sum = LIMEN_LOG_SUM_EMPTY;
    for (guint part = 0; part < plan->sets_in_bound; part++)
      limen_log_sum_add (&sum, limen_log_sum (&plan->sum[i * plan->sets_in_bound + part]));
    limen_running_mean_add (&all, limen_log_sum (&sum) - log (plan->draws.k));
  }
  return limen_running_mean_estimate (&all);
}

gboolean
limen_monte_carlo_bound (const LimenTarget *target, const LimenGaussian *q, LimenBoundDraws draws,
                         LimenEstimate *estimate, const LimenRun *run, GError **error)
{
  LimenRun watched = limen_run_of (run);
  guint k = draws.k;
  g_return_val_if_fail (k > 0 && target->dimension == q->dimension, FALSE);
  Plan plan = {.target = target, .q = q, .draws = draws, .cancellable = watched.cancellable};
  plan.bounds_in_set = MAX (SET_SIZE / k, 1);
  plan.sets_in_bound = (k + SET_SIZE - 1) / SET_SIZE;
  plan.n_sets =
      ((guint64)draws.n + plan.bounds_in_set - 1) / plan.bounds_in_set * plan.sets_in_bound;
  plan.n_batches = (guint)MIN (plan.n_sets, N_BATCHES);
  g_autofree LimenRunningMean *mean = k <= SET_SIZE ? g_new0 (LimenRunningMean, plan.n_sets) : NULL;
  g_autofree LimenLogSum *sum = k <= SET_SIZE ? NULL : g_new0 (LimenLogSum, plan.n_sets);
  plan.mean = mean;
  plan.sum = sum;
  if (!limen_parallel (plan.n_batches, run_batch_cb, &plan, run, error))
    return FALSE;
  if (g_atomic_int_get (&plan.stopped)) {
    g_cancellable_set_error_if_cancelled (watched.cancellable, error);
    return FALSE;
  }
  *estimate = join_sets (&plan);
  return TRUE;
}
