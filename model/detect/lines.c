#include "model/detect/lines.h"

#include <math.h>

LimenLines
limen_lines_new (LimenSide side, double mean, double threshold)
{
  if (side == LIMEN_SIDE_LOW)
    return (LimenLines){threshold, isnan (threshold) ? NAN : INFINITY};
  if (side == LIMEN_SIDE_HIGH)
    return (LimenLines){isnan (threshold) ? NAN : -INFINITY, threshold};
  double mirrored = mean + (mean - threshold);
  if (isnan (mirrored))
    return (LimenLines){NAN, NAN};
  return (LimenLines){fmin (threshold, mirrored), fmax (threshold, mirrored)};
}

gboolean
limen_lines_flag (LimenLines lines, double score)
{
  return score < lines.low || score > lines.high;
}

guint
limen_lines_n_flagged (LimenLines lines, const LimenScores *scores)
{
  g_return_val_if_fail (scores != NULL, 0);
  return limen_scores_n_below (scores, lines.low) + limen_scores_n_above (scores, lines.high);
}
