#include "viz/detector/scatter-picture.h"

#include "viz/kit/sheet.h"

#define MARGIN 16

void
limen_scatter_picture_draw (cairo_t *cr, double width, double height, gpointer data)
{
  const LimenScatterPicture *picture = data;
  LimenChartStyle style = limen_chart_style (picture->scheme);
  double top =
      limen_sheet_begin (cr, &style, picture->sentence, width, height, MARGIN, MARGIN / 2.0).y;
  if (top <= MARGIN) /* no sentence, no space below it */
    top = 0;
  g_autoptr (LimenScatterPlot) plot =
      limen_scatter_plot_new (picture->points, &style, width, height - top);
  LimenScatterTop lines = {.cut = {picture->cut[0], picture->cut[1]}};
  cairo_translate (cr, 0, top);
  limen_scatter_plot_draw_base (plot, cr, picture->selected);
  if (picture->points)
    limen_scatter_plot_draw_top (plot, cr, &lines);
}
