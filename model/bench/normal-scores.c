#include "model/bench/normal-scores.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#define FARTHEST   1e6
#define LEAST_TAIL 5 /* images */

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* @sorted: (n). Fills the distinct values and their normal scores. Returns: how many there are */
static guint
find_knots (const double *sorted, guint n, double *value, double *z)
{
  guint n_knots = 0;
  for (guint first = 0, end; first < n; first = end) {
    for (end = first + 1; end < n && sorted[end] == sorted[first];)
      end++;
    value[n_knots] = sorted[first];
    z[n_knots++] = gsl_cdf_ugaussian_Pinv (((double)first + end) / (2.0 * n));
  }
  return n_knots;
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

/* From the end knot to the quartile on its side; where the tail begins there already, because so
 * many are equal, to the other end. */
static double
slope_at (const LimenNormalScores *scores, guint end)
{
  guint other = scores->n - 1 - end;
  const double quartile = gsl_cdf_ugaussian_Pinv (0.75);
  for (guint i = 1; i < scores->n; i++) {
    guint at = end == 0 ? i : end - i;
    if (end == 0 ? scores->z[at] >= -quartile : scores->z[at] <= quartile) {
      other = at;
      break;
    }
  }
  return (scores->z[end] - scores->z[other]) / (scores->value[end] - scores->value[other]);
}

/* Keeps the knots from @first to @last. */
static void
trim (LimenNormalScores *scores, guint first, guint last)
{
  for (guint i = first; i <= last; i++) {
    scores->value[i - first] = scores->value[i];
    scores->z[i - first] = scores->z[i];
  }
  scores->n = last - first + 1;
}

/* Without the tails, but never less than two knots */
static void
cut_tails (LimenNormalScores *scores, guint n_images)
{
  double tail = MAX (LIMEN_NORMAL_SCORES_TAIL, (double)LEAST_TAIL / n_images);
  double most = -gsl_cdf_ugaussian_Pinv (MIN (tail, 0.2));
  guint first = 0, last = scores->n - 1;
  while (first + 1 < last && scores->z[first] < -most)
    first++;
  while (last > first + 1 && scores->z[last] > most)
    last--;
  trim (scores, first, last);
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
  scores->value = g_new (double, n_finite);
  scores->z = g_new (double, n_finite);
  scores->n = find_knots (sorted, n_finite, scores->value, scores->z);
  cut_tails (scores, n_finite);
  scores->slope[0] = slope_at (scores, 0);
  scores->slope[1] = slope_at (scores, scores->n - 1);
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
    z = interpolate (scores, value);
  return CLAMP (z, -FARTHEST, FARTHEST);
}
