#include "curve-draw.h"
#include "references.h"

static void
draw_at (cairo_t *cr, LimenCurve *curve, LimenCurveKind kind, const LimenChartStyle *with,
         double width, double height, double threshold, LimenHold hold)
{
  g_autoptr (LimenCurvePlot) plot = limen_curve_plot_new (curve, kind, 0.05, with, width, height);
  limen_curve_plot_draw (plot, cr, threshold, hold);
}

static void
draw_roc (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenCurve) curve = curve_of (400, 300, 1.8, 0);
  draw_at (cr, curve, LIMEN_CURVE_ROC, with, width, height, -1, LIMEN_HOLD_GRABBED);
}

static void
draw_det (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenCurve) curve = curve_of (4000, 3000, 1.8, 0);
  draw_at (cr, curve, LIMEN_CURVE_DET, with, width, height, -2, LIMEN_HOLD_FOCUSED);
}

static void
draw_precision (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenCurve) curve = curve_of (4000, 3000, 3, 0);
  draw_at (cr, curve, LIMEN_CURVE_PRECISION_RECALL, with, width, height, -2.2, LIMEN_HOLD_NONE);
}

/* Few scores, most of them tied */
static void
draw_tied (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenCurve) curve = curve_of (40, 30, 1.2, 1);
  draw_at (cr, curve, LIMEN_CURVE_ROC, with, width, height, -0.5, LIMEN_HOLD_HOVERED);
}

static void
draw_tied_precision (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenCurve) curve = curve_of (40, 30, 1.2, 1);
  draw_at (cr, curve, LIMEN_CURVE_PRECISION_RECALL, with, width, height, -0.5, LIMEN_HOLD_HOVERED);
}

/* Beside each other: the curve follows the edges. */
static void
draw_parted (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenCurve) curve = curve_of (500, 500, 12, 0);
  draw_at (cr, curve, LIMEN_CURVE_DET, with, width, height, -6, LIMEN_HOLD_GRABBED);
}

static void
draw_empty (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  draw_at (cr, NULL, LIMEN_CURVE_ROC, with, width, height, 0, LIMEN_HOLD_NONE);
}

static void
draw_dots (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  LimenRedrawOne one[140];
  make_redrawn (one, 140);
  LimenRedrawDots dots = {one, 140, 200};
  limen_redraw_dots_draw (&dots, cr, with, width, height);
}

static const LimenReference plots[] = {
    {"detector-roc", draw_roc, {300, 480, 800}},
    {"detector-det", draw_det, {300, 480, 800}},
    {"detector-precision", draw_precision, {300, 480, 800}},
    {"detector-roc-tied", draw_tied, {300, 480, 800}},
    {"detector-precision-tied", draw_tied_precision, {300, 480, 800}},
    {"detector-det-parted", draw_parted, {300, 480, 800}},
    {"detector-roc-empty", draw_empty, {300, 480, 800}},
    {"redraw-dots", draw_dots, {440, 300, 300}},
};

int
main (int argc, char **argv)
{
  return limen_references_run (argc, argv, plots, G_N_ELEMENTS (plots));
}
