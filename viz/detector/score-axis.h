/* An axis for scores of any measure, and where on it images are flagged. */
#pragma once

#include "model/detect/scores.h"
#include "viz/kit/axis.h"

/**
 * limen_score_axis:
 * @sets: (n): (nullable) each; the first with finite scores is the one to be seen best: the normal
 * images
 * @threshold: is within the axis too, unless it is so far off that it would squash the scores; NaN:
 * none
 *
 * Linear where that shows the middle half of the first set well, else squeezed away from its median
 * (limen_scale_spread): which side of it is unusual does not matter then.
 *
 * Returns: with pixels 0 to 1, all finite scores within
 */
LimenAxis limen_score_axis (const LimenScores *const *sets, guint n, double threshold);
/** limen_score_axis_is_squeezed: whether equal lengths are not equal differences */
gboolean limen_score_axis_is_squeezed (const LimenAxis *axis);

/**
 * LimenScoreCut: where one score flags
 * @threshold: in the measure's unit; NaN: nowhere
 * @mean: of the validation scores: only where both sides are flagged does it count
 */
typedef struct {
  double threshold, mean;
} LimenScoreCut;

/** limen_score_cut_mirror: the other end of what is kept, of a measure that flags both sides: as
 * far from the mean; NaN where there is none */
double limen_score_cut_mirror (LimenScoreCut cut, LimenSide side);
/** limen_score_cut_flags: whether an image that scores @value is flagged */
gboolean limen_score_cut_flags (LimenScoreCut cut, LimenSide side, double value);
