#include "viz/kit/trend-plot.h"

#include <math.h>

#define WIDTH  500
#define HEIGHT 320

static const LimenChartStyle style = {LIMEN_SCHEME_LIGHT, "sans-serif", 12};

/* Falls steeply from 1000, then from 10 to 1. */
static const double xs[] = {0, 0.1, 1, 2, 3, 4};
static const double ys[] = {1000, 500, 10, 5, 2, 1};

static LimenTrend
falling (void)
{
  return (LimenTrend){"first", LIMEN_COLOUR_FIRST, LIMEN_TREND_LINE, xs, ys, G_N_ELEMENTS (xs), 1};
}

static LimenTrendPlot
plot_of (const LimenTrend *curves, guint n)
{
  return (LimenTrendPlot){curves, n, 8, "epochs", "nats", "nats"};
}

static cairo_surface_t *
draw (const LimenTrendPlot *plot, const LimenChartStyle *with, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  limen_trend_plot_draw (plot, cr, with, width, height);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
pixel_at (cairo_surface_t *surface, double x, double y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  return ((const guint32 *)(data + (int)y * stride))[(int)x] & 0xffffff;
}

static guint32
colour_of (LimenScheme scheme, LimenColour colour)
{
  LimenRgba c = limen_palette_colour (scheme, colour);
  return (guint32)(c.red * 255 + 0.5) << 16 | (guint32)(c.green * 255 + 0.5) << 8 |
         (guint32)(c.blue * 255 + 0.5);
}

static guint
count_pixels (cairo_surface_t *surface, const LimenRect *in, guint32 colour)
{
  guint n = 0;
  for (int y = (int)in->y; y < in->y + in->height; y++)
    for (int x = (int)in->x; x < in->x + in->width; x++)
      n += pixel_at (surface, x, y) == colour;
  return n;
}

static void
test_axes_hold_what_comes_after_the_beginning (void)
{
  LimenTrend curve = falling ();
  LimenTrendPlot plot = plot_of (&curve, 1);
  LimenFrame frame = limen_trend_plot_frame (&plot, &style, WIDTH, HEIGHT);
  g_assert_cmpfloat (frame.x.low, ==, 0);
  g_assert_cmpfloat (frame.x.high, ==, 8);
  g_assert_cmpfloat (frame.y.high, >, 10);
  g_assert_cmpfloat (frame.y.high, <, 12);
  g_assert_cmpfloat (frame.y.low, <, 1);
  g_assert_cmpfloat (frame.y.low, >, 0);
  limen_frame_clear (&frame);
  plot.x_end = 2; /* the curve went further than planned */
  frame = limen_trend_plot_frame (&plot, &style, WIDTH, HEIGHT);
  g_assert_cmpfloat (frame.x.high, ==, 4);
  limen_frame_clear (&frame);
}

static void
test_ticks_are_round_and_apart (void)
{
  LimenTrend curve = falling ();
  LimenTrendPlot plot = plot_of (&curve, 1);
  LimenFrame frame = limen_trend_plot_frame (&plot, &style, WIDTH, HEIGHT);
  g_assert_cmpuint (frame.x_ticks->len, >=, 3);
  g_assert_cmpuint (frame.y_ticks->len, >=, 3);
  for (guint i = 0; i < frame.y_ticks->len; i++) {
    const LimenTick *tick = &g_array_index (frame.y_ticks, LimenTick, i);
    g_assert_cmpfloat (fabs (tick->value * 2 - round (tick->value * 2)), <, 1e-9);
    g_assert_cmpfloat (tick->pixel, >=, frame.plot.y);
    g_assert_cmpfloat (tick->pixel, <=, frame.plot.y + frame.plot.height);
    if (i > 0)
      g_assert_cmpfloat (g_array_index (frame.y_ticks, LimenTick, i - 1).pixel - tick->pixel, >,
                         style.font_size * 1.5);
  }
  limen_frame_clear (&frame);
}

/* Of the line's colour, more or less: its edges are smoothed. */
static guint
count_bluish (cairo_surface_t *surface, const LimenRect *in)
{
  guint n = 0;
  for (int y = (int)in->y; y < in->y + in->height; y++)
    for (int x = (int)in->x; x < in->x + in->width; x++) {
      guint32 pixel = pixel_at (surface, x, y);
      n += (pixel & 0xff) > (pixel >> 16) + 60;
    }
  return n;
}

/* In the scheme's own colours, where the axes say. */
static void
check_curves_in (LimenScheme scheme)
{
  static const double held_x[] = {1, 2, 3, 4}, held_y[] = {9, 8, 7.5, 7};
  LimenChartStyle with = {scheme, "sans-serif", 12};
  LimenTrend curves[] = {
      falling (), {"second", LIMEN_COLOUR_SECOND, LIMEN_TREND_DIAMONDS, held_x, held_y, 4, 7}};
  LimenTrendPlot plot = plot_of (curves, 2);
  LimenFrame frame = limen_trend_plot_frame (&plot, &with, WIDTH, HEIGHT);
  cairo_surface_t *surface = draw (&plot, &with, WIDTH, HEIGHT);
  double x = limen_axis_to_pixel (&frame.x, 3);
  g_assert_cmphex (pixel_at (surface, x, limen_axis_to_pixel (&frame.y, 7.5)), ==,
                   colour_of (scheme, LIMEN_COLOUR_SECOND));
  g_assert_cmphex (pixel_at (surface, x + 2, limen_axis_to_pixel (&frame.y, 7.5)), ==,
                   colour_of (scheme, LIMEN_COLOUR_SECOND));
  LimenRect around = {x - 3, limen_axis_to_pixel (&frame.y, 2) - 3, 6, 6};
  g_assert_cmpuint (count_pixels (surface, &around, colour_of (scheme, LIMEN_COLOUR_FIRST)), >=, 3);
  g_assert_cmphex (pixel_at (surface, 2, HEIGHT - 2), ==, colour_of (scheme, LIMEN_COLOUR_PAPER));
  LimenRect ahead = {limen_axis_to_pixel (&frame.x, 5), limen_axis_to_pixel (&frame.y, 5), 40, 40};
  g_assert_cmpuint (count_pixels (surface, &ahead, colour_of (scheme, LIMEN_COLOUR_FIRST)), ==, 0);
  cairo_surface_destroy (surface);
  limen_frame_clear (&frame);
}

static void
test_curves_lie_where_the_axes_say (void)
{
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
    check_curves_in (scheme);
}

/* The steep beginning comes in from above, and stays within the axes. */
static void
test_nothing_is_drawn_outside_of_the_axes (void)
{
  LimenTrend curve = falling ();
  curve.name = "";
  curve.now = NAN;
  LimenTrendPlot plot = plot_of (&curve, 1);
  LimenFrame frame = limen_trend_plot_frame (&plot, &style, WIDTH, HEIGHT);
  cairo_surface_t *surface = draw (&plot, &style, WIDTH, HEIGHT);
  double x = limen_axis_to_pixel (&frame.x, 1);
  LimenRect above = {0, 0, WIDTH, floor (frame.plot.y)};
  LimenRect entry = {frame.plot.x, frame.plot.y, x - frame.plot.x + 2, 6};
  g_assert_cmpuint (count_bluish (surface, &above), ==, 0);
  g_assert_cmpuint (count_bluish (surface, &entry), >, 0);
  cairo_surface_destroy (surface);
  limen_frame_clear (&frame);
}

static void
test_a_gap_stays_a_gap (void)
{
  static const double y[] = {NAN, 5, 5, INFINITY, 5, 5};
  static const double x[] = {0, 1, 2, 4, 6, 7};
  LimenTrend curve = {"", LIMEN_COLOUR_FIRST, LIMEN_TREND_LINE, x, y, 6, NAN};
  LimenTrendPlot plot = plot_of (&curve, 1);
  LimenFrame frame = limen_trend_plot_frame (&plot, &style, WIDTH, HEIGHT);
  cairo_surface_t *surface = draw (&plot, &style, WIDTH, HEIGHT);
  double row = limen_axis_to_pixel (&frame.y, 5);
  LimenRect there = {limen_axis_to_pixel (&frame.x, 1.5) - 2, row - 3, 4, 6};
  LimenRect gap = {limen_axis_to_pixel (&frame.x, 4) - 10, row - 10, 20, 20};
  g_assert_cmpuint (count_bluish (surface, &there), >=, 4);
  g_assert_cmpuint (count_bluish (surface, &gap), ==, 0);
  cairo_surface_destroy (surface);
  limen_frame_clear (&frame);
}

static void
test_empty_data_and_no_room_draw_a_plain_frame (void)
{
  static const double nan_y[] = {NAN, NAN};
  static const double one_x[] = {0}, one_y[] = {-1700};
  const LimenTrend curves[] = {
      {"none", LIMEN_COLOUR_FIRST, LIMEN_TREND_LINE, NULL, NULL, 0, NAN},
      {"not numbers", LIMEN_COLOUR_SECOND, LIMEN_TREND_DIAMONDS, xs, nan_y, 2, NAN},
      {"one", LIMEN_COLOUR_SECOND, LIMEN_TREND_DIAMONDS, one_x, one_y, 1, -1700},
  };
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    for (int size = 1; size < 200; size += 33) {
      LimenTrendPlot plot = plot_of (&curves[i], 1);
      plot.x_end = i == 1 ? NAN : 0;
      cairo_surface_destroy (draw (&plot, &style, size, size));
    }
  LimenTrendPlot plot = plot_of (curves, 1);
  LimenFrame frame = limen_trend_plot_frame (&plot, &style, WIDTH, HEIGHT);
  g_assert_cmpuint (frame.y_ticks->len + frame.x_ticks->len, ==, 0);
  limen_frame_clear (&frame);
  plot = plot_of (&curves[2], 1);
  frame = limen_trend_plot_frame (&plot, &style, WIDTH, HEIGHT);
  g_assert_cmpfloat (frame.y.low, <, -1700);
  g_assert_cmpfloat (frame.y.high, >, -1700);
  limen_frame_clear (&frame);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trend-plot/axes-hold-what-comes-after-the-beginning",
                   test_axes_hold_what_comes_after_the_beginning);
  g_test_add_func ("/trend-plot/ticks-are-round-and-apart", test_ticks_are_round_and_apart);
  g_test_add_func ("/trend-plot/curves-lie-where-the-axes-say", test_curves_lie_where_the_axes_say);
  g_test_add_func ("/trend-plot/nothing-is-drawn-outside-of-the-axes",
                   test_nothing_is_drawn_outside_of_the_axes);
  g_test_add_func ("/trend-plot/a-gap-stays-a-gap", test_a_gap_stays_a_gap);
  g_test_add_func ("/trend-plot/empty-data-and-no-room-draw-a-plain-frame",
                   test_empty_data_and_no_room_draw_a_plain_frame);
  return g_test_run ();
}
