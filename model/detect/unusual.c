#include "model/detect/unusual.h"

#include <math.h>

/* From both ends towards the mean */
static void
fill_distances (const LimenScores *scores, double mean, double *distance)
{
  guint left = 0, right = scores->n;
  for (guint i = 0; i < scores->n; i++) {
    double below = fabs (scores->sorted[left] - mean),
           above = fabs (scores->sorted[right - 1] - mean);
    distance[i] = fmax (below, above);
    if (below >= above)
      left++;
    else
      right--;
  }
}

double *
limen_unusual (const LimenScores *scores, double mean)
{
  g_return_val_if_fail (scores != NULL, NULL);
  guint n = scores->n;
  double *unusual = g_new (double, MAX (n, 1));
  LimenSide side = scores->measure->side;
  if (side == LIMEN_SIDE_BOTH)
    fill_distances (scores, mean, unusual);
  else
    for (guint i = 0; i < n; i++)
      unusual[i] = side == LIMEN_SIDE_HIGH ? scores->sorted[n - 1 - i] : -scores->sorted[i];
  return unusual;
}
