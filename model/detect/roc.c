#include "model/detect/scores.h"
#include "model/detect/unusual.h"

#include <math.h>

/* One merge of two ascending lists counts U, in halves so that ties stay whole numbers: for each
 * anomaly, two for every normal image above it and one for every equal one. Exact for sets of up to
 * 2^31 images. */
static guint64
count_halves_above (const double *normal, guint n, const double *anomaly, guint n_anomalies)
{
  guint below = 0, not_above = 0;
  guint64 halves = 0;
  for (guint i = 0; i < n_anomalies; i++) {
    double score = anomaly[i];
    while (below < n && normal[below] < score)
      below++;
    while (not_above < n && normal[not_above] <= score)
      not_above++;
    halves += 2 * (guint64)(n - not_above) + (not_above - below);
  }
  return halves;
}

/* (transfer full): (n): |score − @mean|, ascending */
static double *
distances (const LimenScores *scores, double mean)
{
  double *distance = limen_unusual (scores, mean);
  for (guint i = 0; i < scores->n / 2; i++) {
    double farther = distance[i], *nearer = &distance[scores->n - 1 - i];
    distance[i] = *nearer;
    *nearer = farther;
  }
  return distance;
}

static guint64
count_halves_nearer (const LimenScores *normal, const LimenScores *anomaly, double mean)
{
  g_autofree double *n = distances (normal, mean), *a = distances (anomaly, mean);
  return 2 * (guint64)normal->n * anomaly->n - count_halves_above (n, normal->n, a, anomaly->n);
}

double
limen_auroc_about (const LimenScores *normal, const LimenScores *anomaly, double mean)
{
  LimenSide side = normal->measure->side;
  guint64 halves;
  if (normal->n == 0 || anomaly->n == 0 || (side == LIMEN_SIDE_BOTH && isnan (mean)))
    return NAN;
  if (side == LIMEN_SIDE_BOTH)
    halves = count_halves_nearer (normal, anomaly, mean);
  else
    halves = count_halves_above (normal->sorted, normal->n, anomaly->sorted, anomaly->n);
  if (side == LIMEN_SIDE_HIGH)
    halves = 2 * (guint64)normal->n * anomaly->n - halves;
  return (double)halves / (2.0 * normal->n * anomaly->n);
}

double
limen_auroc (const LimenScores *normal, const LimenScores *anomaly)
{
  return limen_auroc_about (normal, anomaly, NAN);
}
