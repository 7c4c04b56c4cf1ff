/* A measure of each side, and what a threshold flags by each, by the definition. */
#pragma once

#include "model/detect/detector.h"

#include <math.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#define N_SIDES 3

/* Log-likelihoods in nats where low scores are flagged; distances without a unit where high ones
 * are, and a balance in bits where both ends are. Never freed. */
static LimenMeasure *
measure_of_side (LimenSide side)
{
  static LimenMeasure *measure[N_SIDES];
  if (side == LIMEN_SIDE_LOW)
    return limen_measure_log_likelihood ();
  if (!measure[side])
    measure[side] = side == LIMEN_SIDE_HIGH
                        ? limen_measure_new ("distance", "distance to the nearest", "", side)
                        : limen_measure_new ("balance", "balance", "bits", side);
  return measure[side];
}

static gboolean
is_flagged_by (LimenSide side, double mean, double threshold, double score)
{
  return side == LIMEN_SIDE_LOW    ? score < threshold
         : side == LIMEN_SIDE_HIGH ? score > threshold
                                   : fabs (score - mean) > fabs (threshold - mean);
}

#pragma GCC diagnostic pop
