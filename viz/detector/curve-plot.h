/* The picture of a curve: ROC, DET or precision over recall, with its band; the point of a
 * threshold slides along it. */
#pragma once

#include "model/detect/curve.h"
#include "viz/kit/chart.h"

/**
 * LimenCurveKind:
 * @LIMEN_CURVE_ROC: hits over false alarms
 * @LIMEN_CURVE_DET: misses over false alarms, both as normal deviates (Martin et al., "The DET
 * curve in assessment of detection task performance", 1997); nothing is fitted
 * @LIMEN_CURVE_PRECISION_RECALL: precision over recall
 */
typedef enum {
  LIMEN_CURVE_ROC,
  LIMEN_CURVE_DET,
  LIMEN_CURVE_PRECISION_RECALL,
  LIMEN_N_CURVE_KINDS
} LimenCurveKind;

/**
 * LimenCurvePlot:
 *
 * All that does not change while the point moves: layout, ticks, pixels of curve and band, places
 * of words. Immutable, holds a reference to the curve.
 */
typedef struct LimenCurvePlot LimenCurvePlot;

/**
 * limen_curve_plot_new:
 * @curve: (nullable): an empty frame
 * @share: of anomalies among the images to come, in (0, 1): only precision needs it
 *
 * In O(points of the curve), whatever the number of scores.
 */
LimenCurvePlot *limen_curve_plot_new (LimenCurve *curve, LimenCurveKind kind, double share,
                                      const LimenChartStyle *style, double width, double height);
void limen_curve_plot_free (LimenCurvePlot *plot);

/**
 * limen_curve_plot_draw_base: opaque, the same for every threshold: draw it once into a surface of
 * the screen's scale and paint that at each step of a drag.
 *
 * The band is the union of the rectangles that the bands of both rates make at each point; where
 * scores are tied, a point is far from the next, and the band goes along the straight line between
 * them, as the curve does. Of precision it is what these rectangles become.
 */
void limen_curve_plot_draw_base (const LimenCurvePlot *plot, cairo_t *cr);
/** limen_curve_plot_draw_point: over the base: the point of @threshold, its rectangle of the band,
 * and both of its rates in words. NaN draws nothing; nor does precision where nothing is flagged */
void limen_curve_plot_draw_point (const LimenCurvePlot *plot, cairo_t *cr, double threshold,
                                  LimenHold hold);
/** limen_curve_plot_draw: base and point */
void
limen_curve_plot_draw (const LimenCurvePlot *plot, cairo_t *cr, double threshold, LimenHold hold);

/** limen_curve_plot_area: the area between the axes */
LimenRect limen_curve_plot_area (const LimenCurvePlot *plot);
/** limen_curve_plot_place: pixels of the point of @threshold. Returns: FALSE where it has none */
gboolean
limen_curve_plot_place (const LimenCurvePlot *plot, double threshold, double *x, double *y);
/** limen_curve_plot_hits_point: within the 12 pixels around it, or on its pill */
gboolean
limen_curve_plot_hits_point (const LimenCurvePlot *plot, double threshold, double x, double y);
/**
 * limen_curve_plot_threshold_at: the threshold of the point of the curve that is nearest to a
 * pixel, wherever that is; keys step with limen_curve_step()
 *
 * Returns: NaN where there is no point
 */
double limen_curve_plot_threshold_at (const LimenCurvePlot *plot, double x, double y);
/** limen_curve_plot_text: (transfer full): the rates of the point of @threshold, as its pill says
 * them: "2.6 % false alarms · 99.8 % hits"; "" where it has none */
char *limen_curve_plot_text (const LimenCurvePlot *plot, double threshold);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenCurvePlot, limen_curve_plot_free)
