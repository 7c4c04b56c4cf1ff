#include "viz/detector/detector-picture.h"

#include "viz/kit/sheet.h"

#define MARGIN 16

void
limen_detector_picture_draw (cairo_t *cr, double width, double height, gpointer data)
{
  const LimenDetectorPicture *picture = data;
  LimenChartStyle style = limen_chart_style (picture->scheme);
  g_autofree char *sentence = limen_detector_sentence (picture->detector);
  double top = limen_sheet_begin (cr, &style, sentence, width, height, MARGIN, MARGIN / 2.0).y;
  if (top <= MARGIN) /* no sentence, no space below it */
    top = 0;
  g_autoptr (LimenHistogramPlot) plot =
      limen_histogram_plot_new (picture->detector, &picture->view, &style, width, height - top);
  cairo_translate (cr, 0, top);
  limen_histogram_plot_draw (plot, cr, picture->detector->threshold, LIMEN_HOLD_NONE);
  if (picture->n_marks > 0)
    limen_histogram_marks_draw (plot, cr, picture->mark, picture->n_marks);
}
