#include "model/bench/normal-scores.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <stdlib.h>

#define FARTHEST 1e6

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* @sorted: (n). Between neighbours linear in the rank (Hyndman and Fan, 1996, definition 7) */
static double
quantile (const double *sorted, guint n, double p)
{
  double place = (n - 1) * p;
  guint below = (guint)floor (place), above = MIN (below + 1, n - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

static void
add_knot (LimenNormalScores *scores, double value, double z)
{
  scores->value[scores->n] = value;
  scores->z[scores->n++] = z;
}

/* @sorted: (n): a knot for each distinct value strictly between @low and @high */
static void
add_inner_knots (LimenNormalScores *scores, const double *sorted, guint n, double low, double high)
{
  for (guint first = 0, end; first < n; first = end) {
    for (end = first + 1; end < n && sorted[end] == sorted[first];)
      end++;
    if (sorted[first] > low && sorted[first] < high)
      add_knot (scores, sorted[first], gsl_cdf_ugaussian_Pinv (((double)first + end) / (2.0 * n)));
  }
}

/* Linear between knots, which are at least two; beyond them at the ends' own slopes */
static double
interpolate (const LimenNormalScores *scores, double value)
{
  guint low = 0, high = scores->n - 1;
  while (high - low > 1) {
    guint middle = low + (high - low) / 2;
    if (scores->value[middle] <= value)
      low = middle;
    else
      high = middle;
  }
  double part = (value - scores->value[low]) / (scores->value[high] - scores->value[low]);
  return scores->z[low] + part * (scores->z[high] - scores->z[low]);
}

static double
slope_through (double median, double quantile_of_tail, double z, double std)
{
  double apart = quantile_of_tail - median;
  return apart != 0 ? z / apart : 1 / std;
}

/* @sorted: (n), not all equal */
static void
fit_map (LimenNormalScores *scores, const double *sorted, guint n)
{
  const double z = gsl_cdf_ugaussian_Pinv (LIMEN_NORMAL_SCORES_TAIL);
  double low = quantile (sorted, n, LIMEN_NORMAL_SCORES_TAIL), median = quantile (sorted, n, 0.5),
         high = quantile (sorted, n, 1 - LIMEN_NORMAL_SCORES_TAIL),
         std = gsl_stats_sd (sorted, 1, n);
  if (low < high) {
    add_knot (scores, low, z);
    add_inner_knots (scores, sorted, n, low, high);
    add_knot (scores, high, -z);
  } else {
    add_knot (scores, low, 0); /* nearly all are equal */
  }
  scores->slope[0] = slope_through (median, low, z, std);
  scores->slope[1] = slope_through (median, high, -z, std);
}

LimenNormalScores *
limen_normal_scores_new (const double *fit, guint n)
{
  g_autofree double *sorted = g_new (double, MAX (n, 1));
  guint n_finite = 0;
  for (guint i = 0; i < n; i++)
    if (isfinite (fit[i]))
      sorted[n_finite++] = fit[i];
  if (n_finite > 0)
    qsort (sorted, n_finite, sizeof (double), compare_doubles);
  if (n_finite == 0 || sorted[0] == sorted[n_finite - 1])
    return NULL;
  LimenNormalScores *scores = g_new0 (LimenNormalScores, 1);
  scores->value = g_new (double, n_finite + 2);
  scores->z = g_new (double, n_finite + 2);
  fit_map (scores, sorted, n_finite);
  return scores;
}

void
limen_normal_scores_free (LimenNormalScores *scores)
{
  if (!scores)
    return;
  g_free (scores->value);
  g_free (scores->z);
  g_free (scores);
}

double
limen_normal_score_of (const LimenNormalScores *scores, double value)
{
  guint last = scores->n - 1;
  double z;
  if (isnan (value))
    return FARTHEST;
  if (value < scores->value[0])
    z = scores->z[0] + (value - scores->value[0]) * scores->slope[0];
  else if (value > scores->value[last])
    z = scores->z[last] + (value - scores->value[last]) * scores->slope[1];
  else
    z = last > 0 ? interpolate (scores, value) : scores->z[0];
  return CLAMP (z, -FARTHEST, FARTHEST);
}
