#include "model/bench/row.h"

#include <math.h>

/* One score has no standard deviation: 0 would be one. */
static double
spread (const LimenScores *validation)
{
  guint n_finite = 0;
  for (guint i = 0; i < validation->n && n_finite < 2; i++)
    n_finite += isfinite (validation->value[i]) != 0;
  return n_finite > 1 ? limen_scores_std (validation) : NAN;
}

static guint
n_flagged (const LimenScores *scores, double threshold, double mean)
{
  LimenSide side = scores->measure->side;
  double limit = limen_unusualness (threshold, side, mean);
  guint n = 0;
  for (guint i = 0; i < scores->n; i++)
    n += limen_unusualness (scores->value[i], side, mean) > limit;
  return n;
}

LimenBenchRow
limen_bench_row (const LimenScores *validation, const LimenScores *normal,
                 const LimenScores *anomaly, double sigmas)
{
  double side = validation->measure->side == LIMEN_SIDE_LOW ? -1 : 1;
  LimenBenchRow row = {.measure = validation->measure,
                       .mean = limen_scores_mean (validation),
                       .std = spread (validation)};
  row.threshold = row.std > 0 ? row.mean + side * sigmas * row.std : NAN;
  row.separation = limen_separation (normal, anomaly, row.mean);
  if (isnan (row.threshold)) {
    row.type_1 = limen_error_rate (0, 0);
    row.type_2 = limen_error_rate (0, 0);
    return row;
  }
  row.type_1 = limen_error_rate (n_flagged (normal, row.threshold, row.mean), normal->n);
  row.type_2 =
      limen_error_rate (anomaly->n - n_flagged (anomaly, row.threshold, row.mean), anomaly->n);
  return row;
}
