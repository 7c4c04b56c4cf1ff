#include "ui/study/detector/range.h"

#include <math.h>

#define ROOM 0.01 /* of what the scores take, on each side */

/* 1, 2 or 5 times a power of ten */
static double
round_step (double step)
{
  double power = pow (10, floor (log10 (step))), digit = step / power;
  return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
}

/* By the finite scores */
static void
extend (const LimenScores *scores, double *low, double *high)
{
  if (!scores)
    return;
  guint first = limen_scores_n_below (scores, -G_MAXDOUBLE);
  guint end = limen_scores_n_below (scores, INFINITY);
  if (first >= end)
    return;
  *low = MIN (*low, scores->sorted[first]);
  *high = MAX (*high, scores->sorted[end - 1]);
}

static LimenThresholdRange
range_of_nats (double low, double high, double std)
{
  double room = MAX (high - low, 1) * ROOM;
  double step = round_step (std > 1e-3 ? std / 50 : 1e-3 / 50);
  return (LimenThresholdRange){floor (low - room), ceil (high + room), step};
}

/* All of one number: a hundredth of it has room, or 1 around 0. */
static LimenThresholdRange
range_of_any (double low, double high, double std)
{
  double size = high - low;
  if (!isfinite (size)) /* no scores */
    return (LimenThresholdRange){0, 1, 0.1};
  if (!(size > 0))
    size = low != 0 ? fabs (low) : 1;
  double grid = round_step (size * ROOM), step = round_step ((std > 0 ? std : size / 10) / 50);
  return (LimenThresholdRange){floor (low / grid - 1) * grid, ceil (high / grid + 1) * grid, step};
}

LimenThresholdRange
limen_threshold_range (const LimenDetector *detector, double value)
{
  g_return_val_if_fail (detector != NULL, (LimenThresholdRange){0});
  double low = INFINITY, high = -INFINITY;
  extend (detector->validation, &low, &high);
  extend (detector->normal, &low, &high);
  extend (detector->anomaly, &low, &high);
  if (isfinite (value)) {
    low = fmin (low, value);
    high = fmax (high, value);
  }
  return limen_detector_measure (detector) == limen_measure_log_likelihood ()
             ? range_of_nats (low, high, detector->std)
             : range_of_any (low, high, detector->std);
}
