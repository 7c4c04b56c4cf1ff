/* An axis for scores of any measure, and where on it images are flagged. */
#pragma once

#include "model/detect/lines.h"
#include "viz/kit/axis.h"

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
LimenAxis limen_score_axis (const LimenScores *const *sets, guint n, LimenLines cut);
/** limen_score_axis_is_squeezed: whether equal lengths are not equal differences */
gboolean limen_score_axis_is_squeezed (const LimenAxis *axis);
