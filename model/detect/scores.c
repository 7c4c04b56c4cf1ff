#include "model/detect/scores.h"

#include <math.h>
#include <stdlib.h>

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Takes over @value: (n), without NaN. */
static LimenScores *
take_values (LimenMeasure *measure, const char *name, double *value, guint n)
{
  LimenScores *scores = g_new (LimenScores, 1);
  g_atomic_ref_count_init (&scores->references);
  scores->name = g_strdup (name);
  scores->measure = limen_measure_ref (measure);
  scores->n = n;
  scores->value = value;
  scores->sorted = g_memdup2 (value, n * sizeof (double));
  if (n > 0)
    qsort (scores->sorted, n, sizeof (double), compare_doubles);
  return scores;
}

LimenScores *
limen_scores_new_of (LimenMeasure *measure, const char *name, const double *value, guint n)
{
  double worst = measure->side == LIMEN_SIDE_LOW ? -INFINITY : INFINITY, *copy = g_new (double, n);
  for (guint i = 0; i < n; i++)
    copy[i] = isnan (value[i]) ? worst : value[i];
  return take_values (measure, name, copy, n);
}

LimenScores *
limen_scores_new (const char *name, const double *value, guint n)
{
  return limen_scores_new_of (limen_measure_log_likelihood (), name, value, n);
}

LimenScores *
limen_scores_subset (const LimenScores *scores, const char *name, const guint32 *index, guint n)
{
  double *chosen = g_new (double, n);
  for (guint i = 0; i < n; i++)
    chosen[i] = scores->value[index[i]];
  return take_values (scores->measure, name, chosen, n);
}

LimenScores *
limen_scores_ref (LimenScores *scores)
{
  g_atomic_ref_count_inc (&scores->references);
  return scores;
}

void
limen_scores_unref (LimenScores *scores)
{
  if (!g_atomic_ref_count_dec (&scores->references))
    return;
  g_free (scores->name);
  limen_measure_unref (scores->measure);
  g_free (scores->value);
  g_free (scores->sorted);
  g_free (scores);
}

guint
limen_scores_n_below (const LimenScores *scores, double threshold)
{
  guint low = 0, high = scores->n;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (scores->sorted[middle] < threshold)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

guint
limen_scores_n_above (const LimenScores *scores, double threshold)
{
  if (isnan (threshold) || threshold == INFINITY)
    return 0;
  return scores->n - limen_scores_n_below (scores, nextafter (threshold, INFINITY));
}

/* Σ (value − centre)^power over the finite values, with Neumaier's correction (1974), so that the
 * sum of millions is as good as that of a few. @count: (out): how many are finite */
static double
sum_of_powers (const LimenScores *scores, double centre, int power, guint *count)
{
  double sum = 0, correction = 0;
  *count = 0;
  for (guint i = 0; i < scores->n; i++) {
    if (!isfinite (scores->value[i]))
      continue;
    double distance = scores->value[i] - centre, term = power == 2 ? distance * distance : distance;
    double next = sum + term;
    correction += fabs (sum) >= fabs (term) ? (sum - next) + term : (term - next) + sum;
    sum = next;
    ++*count;
  }
  return sum + correction;
}

/* The value of all finite scores where there is only one: their mean is that, to the last bit, and
 * no sum and quotient. */
static gboolean
find_only_value (const LimenScores *scores, double *value)
{
  guint first = limen_scores_n_below (scores, -G_MAXDOUBLE);
  guint end = limen_scores_n_below (scores, INFINITY);
  if (first >= end || scores->sorted[first] != scores->sorted[end - 1])
    return FALSE;
  *value = scores->sorted[first];
  return TRUE;
}

double
limen_scores_mean (const LimenScores *scores)
{
  guint n;
  double only;
  if (find_only_value (scores, &only))
    return only;
  double sum = sum_of_powers (scores, 0, 1, &n);
  return n > 0 ? sum / n : NAN;
}

double
limen_scores_std (const LimenScores *scores)
{
  guint n;
  double squares = sum_of_powers (scores, limen_scores_mean (scores), 2, &n);
  return n > 1 ? sqrt (squares / (n - 1)) : 0;
}
