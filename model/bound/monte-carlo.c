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
  running->mean += from_old / (double)running->n;
  running->squares += from_old * (value - running->mean);
}

void
limen_running_mean_join (LimenRunningMean *running, const LimenRunningMean *other)
{
  double n = (double)running->n, m = (double)other->n, apart = other->mean - running->mean;
  if (other->n == 0)
    return;
  running->mean += apart * m / (n + m);
  running->squares += other->squares + apart * apart * n * m / (n + m);
  running->n += other->n;
}

LimenEstimate
limen_running_mean_estimate (const LimenRunningMean *running)
{
  double n = (double)running->n;
  double error = running->n > 1 ? sqrt (running->squares / (n - 1) / n) : NAN;
  return (LimenEstimate){running->n > 0 ? running->mean : NAN, error, running->n};
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
