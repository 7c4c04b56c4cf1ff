/* What other validation sets would have said: how often an interval misses the truth where the
 * threshold was fixed beforehand, and where it was chosen by looking. */
#pragma once

#include "model/base/run.h"
#include "model/detect/lines.h"

/**
 * LimenRedrawOne: one validation set that was drawn
 * @fixed_missed: the 95 % interval of Clopper and Pearson at the line of the user does not hold the
 * true rate there
 * @somewhere_missed: for some threshold, that interval does not hold the true rate
 * @band_left: for some threshold, the 95 % band does not
 * @rate: share of the set that is flagged at the line of the user
 * @low, @high: the interval there
 */
typedef struct {
  gboolean fixed_missed, somewhere_missed, band_left;
  double rate, low, high;
} LimenRedrawOne;

/**
 * limen_redraw: draws @n_sets validation sets of @n images each, with replacement, from the scores
 * of @population, which is the truth: the rate at a threshold is its share that is flagged there
 * @lines: of the user, of which the side is that of the measure of the scores. Where both sides are
 * flagged, thresholds are pairs of lines about the middle of these
 * @one: (out) (n_sets)
 *
 * The same numbers for the same @seed on any number of threads. In O(n log n) a set.
 * Returns: FALSE with an error where @population is empty, @n is 0 or above LIMEN_BAND_MOST, @lines
 * are none, or it was cancelled
 */
gboolean limen_redraw (const LimenScores *population, LimenLines lines, guint n, guint n_sets,
                       guint64 seed, LimenRedrawOne *one, const LimenRun *run, GError **error);
