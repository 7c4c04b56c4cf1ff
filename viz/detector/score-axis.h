/* An axis for scores of any measure, and where on it images are flagged. */
#pragma once

#include "model/detect/scores.h"
#include "viz/kit/axis.h"

/**
 * LimenScoreCut: the ends of what is kept: an image is flagged whose score is < @low or > @high
 * @low, @high: infinite where nothing is flagged beyond; both NaN: there is no threshold, and
 * nothing is flagged
 */
typedef struct {
  double low, high;
} LimenScoreCut;

/** limen_score_cut_flags: whether an image that scores @value is flagged */
gboolean limen_score_cut_flags (LimenScoreCut cut, double value);

/**
 * limen_score_axis:
 * @sets: (n): (nullable) each; the first with finite scores is the one to be seen best: the normal
 * images
 * @cut: its ends are within the axis too, unless they are so far off that they would squash the
 * scores
 *
 * Linear where that shows the middle half of the first set well, else squeezed away from its median
 * (limen_scale_spread): which side of it is unusual does not matter then.
 *
 * Returns: with pixels 0 to 1, all finite scores within
 */
LimenAxis limen_score_axis (const LimenScores *const *sets, guint n, LimenScoreCut cut);
/** limen_score_axis_is_squeezed: whether equal lengths are not equal differences */
gboolean limen_score_axis_is_squeezed (const LimenAxis *axis);
