/* Any score on one scale: how many standard deviations of a normal distribution a value is from the
 * middle of those of the fit images, by its rank among them. */
#pragma once

#include <glib.h>

/** LIMEN_NORMAL_SCORES_TAIL: the part of the fit images at either end, or five of them where they
 * are more, among which ranks say little and values are followed instead */
#define LIMEN_NORMAL_SCORES_TAIL 0.001

/**
 * LimenNormalScores: the map, fitted
 * @value, @z: (n): ascending, knots between which it is linear: the distinct values of the fit
 * images without the tails, and Φ⁻¹ of (images below + half of those equal) / images (van der
 * Waerden, 1952, with midranks)
 * @slope: below the first knot and above the last: of the line from there to the quartile on the
 * same side, so that the map goes on in units of the tail and never ends: what no fit image came
 * near still is nearer or farther
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
