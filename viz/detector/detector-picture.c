#include "viz/detector/detector-picture.h"

#define MARGIN 16

void
limen_detector_picture_draw (cairo_t *cr, double width, double height, gpointer data)
{
  const LimenDetectorPicture *picture = data;
  LimenChartStyle style = limen_chart_style (picture->scheme);
  g_autofree char *sentence = limen_detector_sentence (picture->detector);
  LimenText text = {.colour = LIMEN_COLOUR_INK, .size = 1.6};
  limen_palette_set (cr, picture->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  /* the sentence gives way to the plot where there is no room for it */
  LimenRect title = limen_text_rect (&style, &text, sentence, MARGIN, MARGIN);
  if (title.width > width - 2 * MARGIN) {
    text.size *= (width - 2 * MARGIN) / title.width;
    title = limen_text_rect (&style, &text, sentence, MARGIN, MARGIN);
  }
  double top = height > 240 && text.size > 0.6 ? title.y + title.height + MARGIN / 2.0 : 0;
  if (top > 0)
    limen_text_draw (cr, &style, &text, sentence, MARGIN, MARGIN);
  g_autoptr (LimenHistogramPlot) plot =
      limen_histogram_plot_new (picture->detector, &picture->view, &style, width, height - top);
  cairo_translate (cr, 0, top);
  limen_histogram_plot_draw (plot, cr, picture->detector->threshold, LIMEN_HOLD_NONE);
}
