#include "model/detect/p-values.h"
#include "model/detect/single.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

double
limen_p_value_marginal (guint n_as_unusual, guint n)
{
  g_return_val_if_fail (n_as_unusual <= n, NAN);
  return n == 0 ? NAN : (1.0 + n_as_unusual) / (1.0 + n);
}

/* ln n!; lgamma() would write to a variable that all threads share */
static double
log_factorial (double n)
{
  int sign;
  return lgamma_r (n + 1, &sign);
}

/* ln n (n − 1) … (n − k + 1) */
static double
log_falling (double n, double k)
{
  return log_factorial (n) - log_factorial (n - k);
}

double
limen_p_value_conditional (guint n_as_unusual, guint n, double delta)
{
  g_return_val_if_fail (n_as_unusual <= n && delta > 0 && delta < 1, NAN);
  if (n == 0)
    return NAN;
  guint k = MAX (n / 2, 1), less_unusual = n - n_as_unusual;
  if (less_unusual < k) /* a factor is 0 */
    return 1;
  return -expm1 ((log (delta) + (log_falling (less_unusual, k) - log_falling (n, k))) / k);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

guint
limen_benjamini_hochberg (const double *p, guint n, double q, gboolean *chosen)
{
  g_return_val_if_fail (p != NULL || n == 0, 0);
  g_autofree double *sorted = g_new (double, MAX (n, 1));
  guint n_judged = 0, m = 0;
  for (guint i = 0; i < n; i++)
    if (!isnan (p[i]))
      sorted[n_judged++] = p[i];
  qsort (sorted, n_judged, sizeof (double), compare_doubles);
  for (guint i = n_judged; i > 0 && m == 0; i--)
    if (sorted[i - 1] <= q * i / n_judged * (1 + 4 * DBL_EPSILON))
      m = i;
  for (guint i = 0; chosen && i < n; i++)
    chosen[i] = m > 0 && p[i] <= sorted[m - 1];
  return m;
}

double *
limen_p_values (const LimenDetector *detector, const LimenScores *scores, double delta)
{
  g_return_val_if_fail (detector != NULL && scores != NULL, NULL);
  double *p = g_new (double, MAX (scores->n, 1));
  for (guint i = 0; i < scores->n; i++) {
    const LimenSingle single = {detector, scores->value[i], scores->measure};
    guint n, as_unusual = limen_single_n_as_unusual (&single, &n);
    p[i] = delta > 0 ? limen_p_value_conditional (as_unusual, n, delta)
                     : limen_p_value_marginal (as_unusual, n);
  }
  return p;
}

/* -- images without labels -- */

static guint
count_ranks (const LimenDetector *detector, const LimenScores *scores)
{
  guint n;
  const LimenSingle any = {detector, 0, scores->measure};
  limen_single_n_as_unusual (&any, &n);
  return n;
}

LimenUnsorted *
limen_unsorted_new (const LimenDetector *detector, LimenScores *scores, double q, double delta)
{
  g_return_val_if_fail (detector != NULL && scores != NULL && delta > 0 && delta < 1, NULL);
  LimenUnsorted *unsorted = g_new0 (LimenUnsorted, 1);
  g_atomic_ref_count_init (&unsorted->references);
  unsorted->scores = limen_scores_ref (scores);
  unsorted->n_ranks = count_ranks (detector, scores);
  unsorted->q = q;
  unsorted->delta = delta;
  unsorted->p = limen_p_values (detector, scores, 0);
  unsorted->p_conditional = limen_p_values (detector, scores, delta);
  unsorted->listed = g_new0 (gboolean, MAX (scores->n, 1));
  unsorted->n_listed = limen_benjamini_hochberg (unsorted->p, scores->n, q, unsorted->listed);
  return unsorted;
}

guint
limen_unsorted_n_flagged (const LimenUnsorted *unsorted, const LimenDetector *detector)
{
  g_return_val_if_fail (unsorted != NULL && detector != NULL, 0);
  gboolean same = limen_measure_same (unsorted->scores->measure, limen_detector_measure (detector));
  return same ? limen_lines_n_flagged (limen_detector_lines (detector), unsorted->scores) : 0;
}

LimenUnsorted *
limen_unsorted_ref (LimenUnsorted *unsorted)
{
  g_atomic_ref_count_inc (&unsorted->references);
  return unsorted;
}

void
limen_unsorted_unref (LimenUnsorted *unsorted)
{
  if (!g_atomic_ref_count_dec (&unsorted->references))
    return;
  limen_scores_unref (unsorted->scores);
  g_free (unsorted->p);
  g_free (unsorted->p_conditional);
  g_free (unsorted->listed);
  g_free (unsorted);
}
