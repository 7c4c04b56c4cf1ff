/* Any score on one scale: how many standard deviations of a normal distribution a value is from the
 * middle of those of the fit images, by its rank among them. */
#pragma once

#include <glib.h>

/** LIMEN_NORMAL_SCORES_TAIL: the part of the fit images at either end beyond which values are
 * followed instead of ranks: ranks would squeeze a heavy tail, and end with the last image */
#define LIMEN_NORMAL_SCORES_TAIL 0.025

/**
 * LimenNormalScores: the map, fitted
 * @value, @z: (n): ascending, knots between which it is linear: the 2.5 % and the 97.5 % quantile,
 * with Φ⁻¹ of 0.025 and 0.975, and each distinct value between them, with Φ⁻¹ of (images below +
 * half of those equal) / images (van der Waerden, 1952, with midranks)
 * @slope: below the first knot and above the last: that of the line from there through the median
 * at 0; 1/standard deviation where the knot is the median, because so many are equal. The map never
 * ends: of two images that are both like none that was fitted to, one is still farther out
 */
typedef struct {
  guint n;
  double *value, *z;
  double slope[2];
} LimenNormalScores;

/** limen_normal_scores_new: @fit: (n): values of the fit images, those that are not finite left
 * out. Returns: (transfer full): NULL where fewer than two of them differ: then there is no scale
 */
LimenNormalScores *limen_normal_scores_new (const double *fit, guint n);
void limen_normal_scores_free (LimenNormalScores *scores);
/** limen_normal_score_of: of @value; finite, at most 1e6 in size, whatever @value is; NaN is as far
 * out as that */
double limen_normal_score_of (const LimenNormalScores *scores, double value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenNormalScores, limen_normal_scores_free)
