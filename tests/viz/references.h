/* Plots compared with what they drew when they were last looked at: references/PLOT-WIDTH.txt. */
#pragma once

#include "marks.h"

/**
 * LimenReference: a plot of fixed data
 * @draw: the same for every run
 * @height: at 360, 900 and 1600 pixels of width
 */
typedef struct {
  const char *name;
  void (*draw) (cairo_t *cr, const LimenChartStyle *style, double width, double height);
  double height[3];
} LimenReference;

/** limen_references_run: main() of a program that tests @plots: each at three widths, and at one in
 * the dark: that it draws what is kept, that no two texts overlap and that none is cut.
 * LIMEN_RENEW=1 in the environment keeps what is drawn now. */
int limen_references_run (int argc, char **argv, const LimenReference *plots, guint n);
