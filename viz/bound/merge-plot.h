/* Why the bound rises in K: a tree of log-means of importance weights, merged two by two. */
#pragma once

#include "viz/kit/chart.h"

#define LIMEN_MERGE_LEVELS 6

/**
 * LimenMergePlot:
 * @title: (nullable)
 * @value: values of each level, nats: n_leaves at level 0, half as many at each further one
 * @n_leaves: a power of two, at least 2^(LIMEN_MERGE_LEVELS − 1)
 * @level: log p(x), NaN: not known
 * @level_name: "log p(x)"
 * @exact: (LIMEN_MERGE_LEVELS) (nullable): VLB^(1, 2, 4, …): what the mean of a level is on average
 *
 * All values come of one draw of n_leaves weights. The mean of each level cannot be below that of
 * the level before; but it is of one draw, and may lie above @level, which @exact does not.
 */
typedef struct {
  const char *title;
  const double *value[LIMEN_MERGE_LEVELS];
  guint n_leaves;
  double level;
  const char *level_name;
  const double *exact;
} LimenMergePlot;

/** limen_merge_plot_draw: opaque, from (0, 0) to (@width, @height) */
void limen_merge_plot_draw (const LimenMergePlot *plot, cairo_t *cr, const LimenChartStyle *style,
                            double width, double height);
