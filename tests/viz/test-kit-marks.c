#include "references.h"
#include "viz/kit/trend-plot.h"
#include "viz/kit/heat-map.h"
#include "viz/kit/image-grid.h"
#include "viz/kit/line-plot.h"

#include <math.h>

/* --- A training's curves --- */

#define EPOCHS 40

static void
draw_curve (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  double x[EPOCHS], train[EPOCHS], validation[EPOCHS];
  for (int i = 0; i < EPOCHS; i++) {
    x[i] = i;
    train[i] = 60 + 900 * exp (-0.3 * i) + 2 * sin (3 * i);
    validation[i] = i == 20 ? NAN : 70 + 900 * exp (-0.28 * i);
  }
  const LimenTrend curves[] = {
      {"training images", LIMEN_COLOUR_FIRST, LIMEN_TREND_LINE, x, train, EPOCHS, train[39]},
      {"validation images", LIMEN_COLOUR_SECOND, LIMEN_TREND_DIAMONDS, x, validation, EPOCHS,
       validation[39]}};
  const LimenTrendPlot plot = {curves, 2, 60, "epochs", "negative log-likelihood, nats", "nats"};
  limen_trend_plot_draw (&plot, cr, with, width, height);
}

static void
draw_first_epoch (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  const double x[] = {0}, y[] = {961.5};
  const LimenTrend curve = {"training images", LIMEN_COLOUR_FIRST, LIMEN_TREND_LINE, x, y, 1, y[0]};
  const LimenTrendPlot plot = {&curve, 1, 60, "epochs", "negative log-likelihood, nats", "nats"};
  limen_trend_plot_draw (&plot, cr, with, width, height);
}

/* --- Lines of all kinds, dots of all shapes --- */

#define DOTS 5

static void
draw_lines (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  static const double x[DOTS] = {1, 10, 100, 1000, 10000};
  static const double error[DOTS] = {0.4, 0.3, 0.2, 0.1, NAN};
  static const LimenColour colour[] = {LIMEN_COLOUR_FIRST, LIMEN_COLOUR_SECOND, LIMEN_COLOUR_THIRD};
  static const char *const names[] = {"exact", "thin", "reference"};
  double y[6][DOTS];
  LimenLine line[3];
  LimenDots dots[6];
  for (int s = 0; s < 6; s++) {
    for (int i = 0; i < DOTS; i++)
      y[s][i] = s == 1 && i == 2 ? NAN : 1.2 * s - 3 / (1.0 + i);
    dots[s] = (LimenDots){colour[s % 3], (LimenDotShape)s, x, y[s], s % 2 ? NULL : error, DOTS};
    if (s < 3)
      line[s] = (LimenLine){names[s], colour[s], (LimenLineKind)s, x, y[s], DOTS};
  }
  const LimenLevel level = {6.4, "limit", LIMEN_COLOUR_INK, LIMEN_LINE_EXACT};
  const LimenLinePlot plot = {.title = "Lines of three kinds",
                              .note = "dots of six shapes",
                              .x_caption = "K",
                              .y_caption = "nats",
                              .badge = "a remark in a frame",
                              .x = {.scale = &limen_scale_log, .low = 1, .high = 10000},
                              .y = {.scale = &limen_scale_linear, .low = -4, .high = 7},
                              .level = &level,
                              .n_levels = 1,
                              .line = line,
                              .n_lines = 3,
                              .dots = dots,
                              .n_dots = 6,
                              .legend = with->scheme == LIMEN_SCHEME_DARK};
  limen_line_plot_draw (&plot, cr, with, width, height);
}

/* What no logarithm has, and what leaves the plot. */
static void
draw_log (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  static const double x[] = {1, 2, 5, 20, 50, 100, 300, 1000};
  static const double y[] = {1e3, 30, 1, 0, 1e-3, -1, 1e-4, 1e-9};
  static const double near[] = {0.5, 0.4, NAN, 0.2, 0.1, 0.05, 0.02, INFINITY};
  const LimenLine line[] = {{"falls out of view", LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT, x, y, 8},
                            {"stays near", LIMEN_COLOUR_SECOND, LIMEN_LINE_REFERENCE, x, near, 8}};
  const LimenDots dots = {LIMEN_COLOUR_FIRST, LIMEN_DOT_DISC, x, y, near, 8};
  const LimenLinePlot plot = {.title = "Lines that end",
                              .x_caption = "iterations k",
                              .x = {.scale = &limen_scale_log, .low = 1, .high = 1000},
                              .y = {.scale = &limen_scale_log, .low = 1e-5, .high = 10},
                              .line = line,
                              .n_lines = 2,
                              .dots = &dots,
                              .n_dots = 1,
                              .legend = TRUE};
  limen_line_plot_draw (&plot, cr, with, width, height);
}

/* --- Images --- */

#define IMAGES 12
#define EDGE   6

static void
draw_grid (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  static const guint32 index[IMAGES + 1] = {3, 0, 1, 2, 11, 5, 6, 7, 8, 9, 10, 4, 99};
  guint8 pixel[IMAGES * EDGE * EDGE];
  for (guint i = 0; i < G_N_ELEMENTS (pixel); i++)
    pixel[i] = (guint8)(i * 37 % 256);
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("steps", pixel, IMAGES, EDGE, EDGE);
  LimenImageGrid grid = {.set = set,
                         .index = index,
                         .n = IMAGES + 1,
                         .columns = width < 600 ? 4 : 8,
                         .tile = width < 600 ? 70 : 90,
                         .gap = 6,
                         .border = LIMEN_COLOUR_SECOND,
                         .border_width = 2,
                         .caption = "flagged, the lowest log-likelihood first"};
  limen_palette_set (cr, with->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  limen_image_grid_draw (&grid, cr, with);
}

/* --- Maps over a picture --- */

static void
draw_heat (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  float grey[EDGE * EDGE], heat[EDGE * EDGE], change[EDGE * EDGE];
  for (guint i = 0; i < EDGE * EDGE; i++) {
    grey[i] = i * 37 % 256 / 255.0F;
    heat[i] = (float)pow (1.25, i);
    change[i] = (float)sin (i);
  }
  cairo_surface_t *picture = limen_grey_surface (grey, EDGE, EDGE);
  const LimenHeatMap map[] = {
      {.picture = picture, .keeps_room = TRUE},
      {picture, EDGE, EDGE, heat, .low = 0, .high = 900, .opacity = 0.8, .unit = "nats"},
      {picture, EDGE, EDGE, heat, .scale = &limen_scale_log, .low = 3, .high = 9000, .opacity = 1},
      {picture, EDGE, EDGE, change, .low = -0.5, .high = 0.5, .both_ways = TRUE, .opacity = 1,
       .smooth = TRUE, .unit = "brightness, of 1"}};
  limen_chart_begin (cr, with, width, height);
  for (guint i = 0; i < G_N_ELEMENTS (map); i++) {
    gboolean narrow = width < 600;
    double each = narrow ? width / 2 : width / 4, high = narrow ? height / 2 : height;
    cairo_save (cr);
    cairo_translate (cr, narrow ? i % 2 * each + 4 : i * each + 4, narrow ? i / 2 * high + 4 : 4);
    limen_heat_map_draw (&map[i], cr, with, each - 8, high - 8);
    cairo_restore (cr);
  }
  cairo_restore (cr);
  cairo_surface_destroy (picture);
}

static const LimenReference plots[] = {
    {"curve", draw_curve, {300, 400, 700}},     {"curve-first", draw_first_epoch, {300, 400, 700}},
    {"line", draw_lines, {300, 450, 800}},      {"line-log", draw_log, {300, 450, 800}},
    {"image-grid", draw_grid, {340, 240, 240}}, {"heat-map", draw_heat, {460, 280, 440}},
};

int
main (int argc, char **argv)
{
  return limen_references_run (argc, argv, plots, G_N_ELEMENTS (plots));
}
