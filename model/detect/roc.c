#include "model/detect/scores.h"

#include <math.h>

/* One merge of the two sorted sets counts U, in halves so that ties stay whole numbers: for each
 * anomaly, two for every normal image above it and one for every equal one. Exact for sets of up to
 * 2^31 images. */
double
limen_auroc (const LimenScores *normal, const LimenScores *anomaly)
{
  const double *values = normal->sorted;
  guint n = normal->n, below = 0, not_above = 0;
  guint64 halves = 0;
  if (n == 0 || anomaly->n == 0)
    return NAN;
  for (guint i = 0; i < anomaly->n; i++) {
    double score = anomaly->sorted[i];
    while (below < n && values[below] < score)
      below++;
    while (not_above < n && values[not_above] <= score)
      not_above++;
    halves += 2 * (guint64)(n - not_above) + (not_above - below);
  }
  return (double)halves / (2.0 * n * anomaly->n);
}
