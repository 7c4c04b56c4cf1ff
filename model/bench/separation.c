#include "model/bench/separation.h"
#include "model/detect/detector.h"

#include <math.h>
#include <stdlib.h>

#define Z_975 1.959963984540054 /* the 97.5 % quantile of N(0, 1) */
#define KEPT  0.95              /* of the normal images, by the threshold of fpr_at_95_tpr */

double
limen_unusualness (double value, LimenSide side, double mean)
{
  if (side == LIMEN_SIDE_BOTH)
    return fabs (value - mean);
  return side == LIMEN_SIDE_LOW ? -value : value;
}

/* How unusual each image of a set is, ascending: (n) */
typedef struct {
  guint n;
  double *u;
} Sample;

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static Sample
sample_new (const LimenScores *scores, double mean)
{
  LimenSide side = scores->measure->side;
  Sample sample = {scores->n, g_new (double, MAX (scores->n, 1))};
  for (guint i = 0; i < sample.n; i++) {
    guint from = side == LIMEN_SIDE_LOW ? sample.n - 1 - i : i;
    sample.u[i] = limen_unusualness (scores->sorted[from], side, mean);
  }
  if (side == LIMEN_SIDE_BOTH)
    qsort (sample.u, sample.n, sizeof (double), compare_doubles);
  return sample;
}

/* The mean over @of of the share of @other that each is above, ties half: in halves of a pair, so
 * that it is exact; and the sum of the squared deviations of these shares from it, DeLong's (n − 1)
 * S. */
static double
mean_share_above (const Sample *of, const Sample *other, double *squares)
{
  g_autofree guint64 *halves = g_new (guint64, of->n);
  guint64 below = 0, not_above = 0, sum = 0;
  for (guint i = 0; i < of->n; i++) {
    while (below < other->n && other->u[below] < of->u[i])
      below++;
    while (not_above < other->n && other->u[not_above] <= of->u[i])
      not_above++;
    halves[i] = below + not_above;
    sum += halves[i];
  }
  double scale = 2.0 * other->n, mean = (double)sum / of->n;
  *squares = 0;
  for (guint i = 0; i < of->n; i++)
    *squares += ((double)halves[i] - mean) * ((double)halves[i] - mean) / (scale * scale);
  return (double)sum / (scale * of->n);
}

static void
set_interval_of_pairs (LimenSeparation *separation, guint n_pairs)
{
  LimenErrorRate none = limen_error_rate (0, n_pairs);
  double reach = sqrt (log (40) / (2.0 * n_pairs)), auroc = separation->auroc;
  if (auroc == 1 || auroc == 0) {
    separation->auroc_low = auroc == 1 ? 1 - none.high : 0;
    separation->auroc_high = auroc == 1 ? 1 : none.high;
  } else {
    separation->auroc_low = MAX (auroc - reach, 0);
    separation->auroc_high = MIN (auroc + reach, 1);
  }
}

/* logit A ± z·√variance/(A (1 − A)): an interval that stays within (0, 1) */
static void
set_interval (LimenSeparation *separation, double variance)
{
  double a = separation->auroc, logit = log (a / (1 - a));
  double reach = Z_975 * sqrt (variance) / (a * (1 - a));
  separation->auroc_low = 1 / (1 + exp (reach - logit));
  separation->auroc_high = 1 / (1 + exp (-reach - logit));
}

static double
average_precision (const Sample *normal, const Sample *anomaly)
{
  guint false_ones = 0, true_ones = 0;
  double sum = 0;
  while (true_ones < anomaly->n) {
    double step = anomaly->u[anomaly->n - 1 - true_ones];
    guint before = true_ones;
    while (true_ones < anomaly->n && anomaly->u[anomaly->n - 1 - true_ones] >= step)
      true_ones++;
    while (false_ones < normal->n && normal->u[normal->n - 1 - false_ones] >= step)
      false_ones++;
    sum += (double)(true_ones - before) * true_ones / ((double)true_ones + false_ones);
  }
  return sum / anomaly->n;
}

static double
share_taken_for_normal (const Sample *normal, const Sample *anomaly)
{
  guint kept = (guint)ceil (KEPT * normal->n - 1e-9 * normal->n),
        n = 0; /* 0.95·n may be a hair above */
  double threshold = normal->u[MAX (kept, 1) - 1];
  while (n < anomaly->n && anomaly->u[n] <= threshold)
    n++;
  return (double)n / anomaly->n;
}

static void
measure (LimenSeparation *separation, const Sample *normal, const Sample *anomaly)
{
  double of_anomalies, of_normal, n = normal->n, m = anomaly->n;
  separation->auroc = mean_share_above (anomaly, normal, &of_anomalies);
  mean_share_above (normal, anomaly, &of_normal);
  double variance = of_anomalies / ((m - 1) * m) + of_normal / ((n - 1) * n);
  if (variance > 0 && isfinite (variance) && separation->auroc > 0 && separation->auroc < 1)
    set_interval (separation, variance);
  else
    set_interval_of_pairs (separation, MIN (normal->n, anomaly->n));
  separation->aupr = average_precision (normal, anomaly);
  separation->fpr_at_95_tpr = share_taken_for_normal (normal, anomaly);
}

LimenSeparation
limen_separation (const LimenScores *normal, const LimenScores *anomaly, double mean)
{
  LimenSeparation separation = {NAN, NAN, NAN, NAN, NAN};
  g_return_val_if_fail (normal->measure->side == anomaly->measure->side, separation);
  if (normal->n == 0 || anomaly->n == 0)
    return separation;
  Sample of_normal = sample_new (normal, mean), of_anomaly = sample_new (anomaly, mean);
  measure (&separation, &of_normal, &of_anomaly);
  g_free (of_normal.u);
  g_free (of_anomaly.u);
  return separation;
}
