/* Shared by the files of the duel's pictures, and their tests. */
#pragma once

#include "viz/prior/duel-plot.h"
#include "viz/kit/plane-plot-private.h"

/**
 * LimenDuelLens: a circle that magnifies what is around the exact gradient
 * @x, @y, @radius: pixels; radius 0: there is none
 * @centre: what is in its middle; @unit: pixels for one
 * @factor: so many times larger than the plane, a round number
 * @step: of its grid
 */
typedef struct {
  double x, y, radius, centre[2], unit, factor, step;
} LimenDuelLens;

/** LimenDuelKey: a row of the legend: a mark before a name
 * @estimator: LIMEN_N_ESTIMATORS: the arrow of the exact gradient
 */
typedef struct {
  LimenGradientEstimator estimator;
  double x, y; /* of the mark's middle */
} LimenDuelKey;

/**
 * LimenDuelLayout: a plot with all its words
 * @order: (n_shown): estimators, the widest cloud first: it lies behind
 * @outside: of all draws that are shown
 */
typedef struct {
  const LimenDuelPlot *plot;
  const LimenChartStyle *style;
  double width, height;
  LimenGradientEstimator order[LIMEN_N_ESTIMATORS];
  guint n_shown;
  guint outside, n_draws;
  LimenFrame frame;
  LimenDuelLens lens;
  LimenPlaces *places;
  LimenDuelKey key[LIMEN_N_ESTIMATORS + 1];
  guint n_keys;
} LimenDuelLayout;

LimenDuelLayout *limen_duel_layout_new (const LimenDuelPlot *plot, const LimenChartStyle *style,
                                        double width, double height);
void limen_duel_layout_free (LimenDuelLayout *layout);

/** limen_estimator_is_variant: whether it is a kind of the one before it: its name says only how it
 * differs */
gboolean limen_estimator_is_variant (LimenGradientEstimator estimator);

/** limen_duel_spread: half the side of what is seen */
double limen_duel_spread (const LimenDuelPlot *plot);
/** limen_duel_sort_clouds: finds what is shown of @layout's plot; limen_duel_count_outside: of its
 * frame */
void limen_duel_sort_clouds (LimenDuelLayout *layout);
void limen_duel_count_outside (LimenDuelLayout *layout);
/** limen_duel_moments: mean and covariance (3) of the draws of a cloud */
void limen_duel_moments (const LimenDuelCloud *cloud, double mean[2], double covariance[3]);
/** limen_duel_half_axes: two conjugate half axes, pixels, of the ellipse @radius standard
 * deviations from the mean. FALSE where the covariance is not one */
gboolean
limen_duel_half_axes (const double covariance[3], double radius, double unit, double half[2][2]);
/** limen_duel_draw_arrow: from (x0, y0) to (x1, y1), pixels; a dot where it is too short for one */
void limen_duel_draw_arrow (cairo_t *cr, const LimenChartStyle *style, double x0, double y0,
                            double x1, double y1);

/** limen_duel_lens: of @layout, whose frame is there: what it shows if it is to be drawn around
 * (@x,
 * @y) */
LimenDuelLens limen_duel_lens (const LimenDuelLayout *layout, double x, double y, double radius);
/** limen_duel_leads: lines (x0, y0, x1, y1), pixels, from the plane to the lens of @layout, whose
 * words are there; they cross none. Returns: how many of the two */
guint limen_duel_leads (const LimenDuelLayout *layout, double leads[2][4]);
/** limen_duel_lens_draw: with the lines that lead to it */
void limen_duel_lens_draw (const LimenDuelLayout *layout, cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenDuelLayout, limen_duel_layout_free)
