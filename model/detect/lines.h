/* What a threshold flags, by the side of a measure that is unusual. */
#pragma once

#include "model/detect/scores.h"

/**
 * LimenLines: the ends of what is kept: an image is flagged whose score is < @low or > @high
 * @low, @high: infinite where nothing is flagged beyond; both NaN: there is no threshold, and
 * nothing is flagged
 */
typedef struct {
  double low, high;
} LimenLines;

/**
 * limen_lines_new:
 * @mean: of the validation scores; only of LIMEN_SIDE_BOTH it says something: the lines are
 * @threshold and its mirror image, 2·@mean − @threshold. NaN where there is none: no lines then
 */
LimenLines limen_lines_new (LimenSide side, double mean, double threshold);
gboolean limen_lines_flag (LimenLines lines, double score);
/** limen_lines_n_flagged: of all of @scores, in O(log n) */
guint limen_lines_n_flagged (LimenLines lines, const LimenScores *scores);
