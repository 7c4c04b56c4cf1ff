/* Clouds of gradient estimates around the exact one, with a lens on the middle. */
#pragma once

#include "model/prior/duel.h"
#include "viz/kit/line-plot.h"

/**
 * LimenDuelPlot:
 * @shown: bit 1 << LimenGradientEstimator for each cloud that is drawn
 * @title, @note: (nullable)
 * @spread: half the side of what is seen; 0: so that nearly all of the shown draws are
 *
 * The exact gradient is an arrow from 0; a circle magnifies what is around it: the means of the
 * draws as crosses with ±1 standard error. Ellipses are exact, 2 standard deviations.
 *
 * A plain value; borrows @duel.
 */
typedef struct {
  const LimenDuel *duel;
  guint shown;
  const char *title, *note;
  double spread;
} LimenDuelPlot;

/** limen_estimator_colour, limen_estimator_shape: the same on all pictures */
LimenColour limen_estimator_colour (LimenGradientEstimator estimator);
LimenDotShape limen_estimator_shape (LimenGradientEstimator estimator);

/** limen_duel_plot_draw: opaque, from (0, 0) to (@width, @height) */
void limen_duel_plot_draw (const LimenDuelPlot *plot, cairo_t *cr, const LimenChartStyle *style,
                           double width, double height);

/**
 * LimenVariancePlot: a bar for each estimator: the exact variance of one draw of parameter @index,
 * the measured one as a dot, ± 2 standard errors where they are known (of the parameters whose
 * draws there are), and how many draws one more correct decimal takes
 */
typedef struct {
  const LimenDuel *duel;
  guint index, shown;
  const char *title;
} LimenVariancePlot;
void limen_variance_plot_draw (const LimenVariancePlot *plot, cairo_t *cr,
                               const LimenChartStyle *style, double width, double height);
