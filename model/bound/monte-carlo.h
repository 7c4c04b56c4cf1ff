/* The same bound as it is met in practice: estimated from random weights. */
#pragma once

#include "model/base/run.h"
#include "model/latent/gaussian.h"
#include "model/latent/target.h"

/**
 * LimenEstimate: a mean of independent draws
 * @standard_error: of @mean; NaN for fewer than two draws, and where it is beyond float64
 */
typedef struct {
  double mean, standard_error;
  guint64 n;
} LimenEstimate;

/**
 * LimenRunningMean: adds up draws one by one (Welford, 1962)
 * @spread: √Σ (value − mean)², the root, for squares of large and small draws are beyond float64
 */
typedef struct {
  double mean, spread;
  guint64 n;
} LimenRunningMean;

void limen_running_mean_add (LimenRunningMean *running, double value);
/** limen_running_mean_join: as if all that @other was given had been added to @running (Chan, Golub
 * and LeVeque, 1979) */
void limen_running_mean_join (LimenRunningMean *running, const LimenRunningMean *other);
LimenEstimate limen_running_mean_estimate (const LimenRunningMean *running);
/** limen_running_mean_variance: of the draws, unbiased; NaN for fewer than two */
double limen_running_mean_variance (const LimenRunningMean *running);
/** limen_running_mean_of: what @estimate came from */
LimenRunningMean limen_running_mean_of (LimenEstimate estimate);

/**
 * LimenLogSum: log Σ exp(value) of a stream, in constant memory, without overflow
 * @sum: of exp(value − largest)
 */
typedef struct {
  double largest, sum;
} LimenLogSum;

#define LIMEN_LOG_SUM_EMPTY ((LimenLogSum){-G_MAXDOUBLE, 0})
void limen_log_sum_add (LimenLogSum *sum, double value);
double limen_log_sum (const LimenLogSum *sum);

/** limen_log_weights: draws @n times from @q. @z: (n, k) (nullable): the draws; @out: (n): log w =
 * log p(x, z) − log q(z), nats. @index: which of many such sets of draws of @seed */
void limen_log_weights (const LimenTarget *target, const LimenGaussian *q, guint64 seed,
                        guint64 index, gsize n, double *z, double *out);

/**
 * LimenBoundDraws:
 * @k: samples in a bound
 * @n: bounds to average
 */
typedef struct {
  guint k, n;
  guint64 seed;
} LimenBoundDraws;

/**
 * limen_monte_carlo_bound: @run: (nullable)
 *
 * An unbiased estimate of VLB^(k), from n·k draws, in parallel. The same seed gives the same
 * number on any number of threads. FALSE with G_IO_ERROR_CANCELLED.
 */
gboolean
limen_monte_carlo_bound (const LimenTarget *target, const LimenGaussian *q, LimenBoundDraws draws,
                         LimenEstimate *estimate, const LimenRun *run, GError **error);

/**
 * limen_merge_pairs: why the bound rises: log-means of neighbours
 * @log_weight: (n): replaced by n/2 values log ((e^a + e^b)/2) ≥ (a + b)/2, so their mean cannot be
 * lower. n is even.
 *
 * Returns: the mean of the new values
 */
double limen_merge_pairs (double *log_weight, gsize n);
