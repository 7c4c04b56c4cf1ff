/* A mixed strategy as bars, for games whose players have more strategies than a triangle has
 * corners.
 */
#pragma once

#include "viz/kit/chart.h"

/**
 * LimenMixPlot:
 * @colour: of the player
 * @name: (n): of the strategies
 * @p: (n): the weights now: bars; @average, @solution: (n) (nullable): a ring, and a cross
 * @points: (n): what each strategy earns its player against the other's present mix
 * @best: best replies, as bits; 0 where all are: then none stands out
 *
 * A plain value; borrows everything.
 */
typedef struct {
  const char *title;
  LimenColour colour;
  const char *const *name;
  const double *p, *average, *solution, *points;
  guint n, best;
} LimenMixPlot;

/** limen_mix_plot_draw: opaque */
void limen_mix_plot_draw (const LimenMixPlot *plot, cairo_t *cr, const LimenChartStyle *style,
                          double width, double height);
