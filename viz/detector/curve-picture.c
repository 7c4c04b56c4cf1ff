#include "viz/detector/curve-picture.h"

#include "viz/kit/sheet.h"

#define MARGIN 16

void
limen_curve_picture_draw (cairo_t *cr, double width, double height, gpointer data)
{
  const LimenCurvePicture *picture = data;
  LimenChartStyle style = limen_chart_style (picture->scheme);
  g_autofree char *sentence = limen_detector_sentence (picture->detector);
  double top = limen_sheet_begin (cr, &style, sentence, width, height, MARGIN, MARGIN / 2.0).y;
  if (top <= MARGIN) /* no sentence, no space below it */
    top = 0;
  g_autoptr (LimenCurvePlot) plot = limen_curve_plot_new (
      picture->curve, picture->kind, picture->share, &style, width, height - top);
  cairo_translate (cr, 0, top);
  limen_curve_plot_draw (plot, cr, picture->detector->threshold, LIMEN_HOLD_NONE);
}
