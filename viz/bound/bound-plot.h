/* The pictures of a study of the bound. */
#pragma once

#include "model/bound/sentences.h"
#include "viz/bound/merge-plot.h"
#include "viz/kit/plane-plot.h"

/**
 * LimenBoundPlot: VLB^(K) against K, and the gap to log p(x), log–log, made once for a study
 * @bound: exact curves, the evidence, dots with ±2 standard errors
 * @gap: exact curves, and Var(w) / (2K p²), or a badge where Var(w) is infinite
 *
 * @bound and @gap borrow from this.
 */
typedef struct {
  LimenLinePlot bound, gap;
  gpointer memory;
} LimenBoundPlot;

/** limen_bound_plot_new: keeps no reference to @study */
LimenBoundPlot *limen_bound_plot_new (const LimenBoundStudy *study);
void limen_bound_plot_free (LimenBoundPlot *plot);

#define LIMEN_BOUND_MOST_LINES 16

/** LimenBoundMarked: what limen_bound_marked() makes its plot of */
typedef struct {
  LimenLine line[LIMEN_BOUND_MOST_LINES];
  double x[2], y[2];
} LimenBoundMarked;

/** limen_bound_marked: @plot with a line at @k, NaN: none, among the others: words keep off it.
 * Borrows
 * @plot and @memory */
LimenLinePlot limen_bound_marked (const LimenLinePlot *plot, double k, LimenBoundMarked *memory);

/** limen_bound_colour: of proposal @index of a study */
LimenColour limen_bound_colour (guint index);

/**
 * LimenBoundPicture: the exported picture: sentence, plane (nullable), bound, gap, merges
 * (nullable)
 * @k: where the marker stands
 * @value: VLB^(@k) of the first proposal, for its handle; NaN: none
 *
 * A plain value; everything is borrowed.
 */
typedef struct {
  LimenScheme scheme;
  const char *sentence, *contest;
  const LimenBoundPlot *plot;
  const LimenPlanePlot *plane;
  const LimenMergePlot *merge;
  double k, value;
} LimenBoundPicture;

/** limen_bound_picture_draw: a LimenDrawFunc whose @user_data is a LimenBoundPicture */
void limen_bound_picture_draw (cairo_t *cr, double width, double height, gpointer picture);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenBoundPlot, limen_bound_plot_free)
