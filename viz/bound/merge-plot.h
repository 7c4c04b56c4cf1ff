/* Why the bound rises in K: a tree of log-means of importance weights, merged two by two. */
#pragma once

#include "viz/kit/chart.h"

#define LIMEN_MERGE_LEVELS 4

/**
 * LimenMergePlot:
 * @title: (nullable)
 * @value: values of each level, nats: n_leaves at level 0, half as many at each further one
 * @n_leaves: a power of two, at least 2^(LIMEN_MERGE_LEVELS − 1)
 * @level: log p(x), NaN: not known
 * @level_name: "log p(x)"
 *
 * The mean of each level, a line across its values, cannot be below that of the level before.
 */
typedef struct {
  const char *title;
  const double *value[LIMEN_MERGE_LEVELS];
  guint n_leaves;
  double level;
  const char *level_name;
} LimenMergePlot;

/** limen_merge_plot_draw: opaque, from (0, 0) to (@width, @height) */
void limen_merge_plot_draw (const LimenMergePlot *plot, cairo_t *cr, const LimenChartStyle *style,
                            double width, double height);
