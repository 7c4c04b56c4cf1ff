#include "model/bench/combination.h"
#include "model/latent/cholesky.h"

#include <math.h>

/* @z: (n, k), row-major */
static void
fit_mean (const double *z, guint n, guint k, double *mean)
{
  for (guint j = 0; j < k; j++) {
    mean[j] = 0;
    for (guint i = 0; i < n; i++)
      mean[j] += z[(gsize)i * k + j];
    mean[j] /= n;
  }
}

static void
fit_covariance (const double *z, guint n, guint k, const double *mean, double *covariance)
{
  for (guint a = 0; a < k; a++)
    for (guint b = 0; b <= a; b++) {
      double sum = 0;
      for (guint i = 0; i < n; i++)
        sum += (z[(gsize)i * k + a] - mean[a]) * (z[(gsize)i * k + b] - mean[b]);
      covariance[a * k + b] = covariance[b * k + a] = sum / MAX (n - 1, 1);
    }
}

static void
add_ridge (double *covariance, guint k)
{
  double trace = 0;
  for (guint j = 0; j < k; j++)
    trace += covariance[j * k + j];
  for (guint j = 0; j < k; j++)
    covariance[j * k + j] += LIMEN_COMBINATION_RIDGE * trace / k;
}

/* @out: (n_used) */
static void
map_row (const LimenCombination *combination, const double *value, double *out)
{
  for (guint j = 0; j < combination->n_used; j++)
    out[j] =
        limen_normal_score_of (combination->map[combination->used[j]], value[combination->used[j]]);
}

static void
fit_maps (LimenCombination *combination, const double *const *column, guint n)
{
  guint k = combination->n_columns;
  combination->map = g_new0 (LimenNormalScores *, k);
  combination->used = g_new0 (guint, k);
  for (guint j = 0; j < k; j++) {
    combination->map[j] = limen_normal_scores_new (column[j], n);
    if (combination->map[j])
      combination->used[combination->n_used++] = j;
  }
}

static void
fit_distance (LimenCombination *combination, const double *const *column, guint n)
{
  guint k = combination->n_used;
  g_autofree double *z = g_new (double, (gsize)n *k), *row = g_new (double, combination->n_columns);
  for (guint i = 0; i < n; i++) {
    for (guint j = 0; j < combination->n_columns; j++)
      row[j] = column[j][i];
    map_row (combination, row, z + (gsize)i * k);
  }
  combination->mean = g_new (double, k);
  combination->factor = g_new (double, (gsize)k *k);
  fit_mean (z, n, k, combination->mean);
  fit_covariance (z, n, k, combination->mean, combination->factor);
  add_ridge (combination->factor, k);
}

LimenCombination *
limen_combination_new (const double *const *column, guint n_columns, guint n)
{
  g_autoptr (LimenCombination) combination = g_new0 (LimenCombination, 1);
  combination->n_columns = n_columns;
  fit_maps (combination, column, n);
  if (combination->n_used == 0)
    return NULL;
  fit_distance (combination, column, n);
  if (!limen_cholesky (combination->factor, combination->n_used))
    return NULL; /* not with a ridge on finite numbers that vary */
  return g_steal_pointer (&combination);
}

void
limen_combination_free (LimenCombination *combination)
{
  if (!combination)
    return;
  for (guint j = 0; j < combination->n_columns; j++)
    limen_normal_scores_free (combination->map[j]);
  g_free (combination->map);
  g_free (combination->used);
  g_free (combination->mean);
  g_free (combination->factor);
  g_free (combination);
}

double
limen_combination_distance (const LimenCombination *combination, const double *value)
{
  guint k = combination->n_used;
  g_autofree double *z = g_new (double, k);
  double squares = 0;
  map_row (combination, value, z);
  for (guint j = 0; j < k; j++)
    z[j] -= combination->mean[j];
  limen_cholesky_solve_lower (combination->factor, k, z);
  for (guint j = 0; j < k; j++)
    squares += z[j] * z[j];
  return sqrt (squares);
}
