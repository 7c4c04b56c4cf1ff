/* A histogram of one score, small enough for a row of a table. */
#pragma once

#include "viz/detector/score-axis.h"
#include "viz/kit/chart.h"

/**
 * LimenScoreRow:
 * @normal, @anomaly: (nullable): one score of two sets
 * @cut: where it flags
 *
 * A plain value that borrows.
 */
typedef struct {
  const LimenScores *normal, *anomaly;
  LimenLines cut;
} LimenScoreRow;

#define LIMEN_SCORE_ROW_WIDTH  120 /* pixels, as it is meant */
#define LIMEN_SCORE_ROW_HEIGHT 28

/**
 * limen_score_row_draw: into @rect of what is there: the two shapes, each as high as its own
 * highest bar, so that the heights of one set are not those of the other; regions tinted and lines
 * as on the large histogram. All images are counted, what is not finite at the edge; O(width · log
 * n).
 */
void limen_score_row_draw (cairo_t *cr, const LimenChartStyle *style, const LimenRect *rect,
                           const LimenScoreRow *row);
/** limen_score_row_bins: the bars of one set over @axis, as limen_score_row_draw() counts them:
 * @count: (out): (n_bins) */
void
limen_score_row_bins (const LimenScores *scores, const LimenAxis *axis, guint n_bins, guint *count);
