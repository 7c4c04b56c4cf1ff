#include "pixels.h"
#include "viz/kit/line-plot-private.h"

#include <string.h>

static const LimenChartStyle style = {LIMEN_SCHEME_LIGHT, "sans-serif", 12};
static const int sizes[][2] = {{260, 180}, {360, 240}, {617, 395}, {1600, 1000}};

/* --- Data: two curves that rise to a level, and estimates of one of them --- */

#define N 60

static double xs[N], first_y[N], second_y[N];
static const double dot_x[] = {1, 10, 100, 1000, 5000}, dot_y[] = {-3, -1.1, -0.4, -0.1, 0};
static const double dot_error[] = {0.3, 0.2, 0.1, NAN, 0};

static const LimenDots dots[] = {
    {LIMEN_COLOUR_FIRST, LIMEN_DOT_SQUARE, dot_x, dot_y, dot_error, G_N_ELEMENTS (dot_x)}};
static const LimenLevel level = {0, "log p(x) = 0", LIMEN_COLOUR_INK, LIMEN_LINE_EXACT};

static LimenLine lines[] = {
    {"blue", LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT, xs, first_y, N},
    {"orange, a longer name", LIMEN_COLOUR_SECOND, LIMEN_LINE_EXACT, xs, second_y, N},
};

static void
make_data (void)
{
  for (guint i = 0; i < N; i++) {
    xs[i] = pow (5000, (double)i / (N - 1));
    first_y[i] = -3 / sqrt (xs[i]);
    second_y[i] = -2 / pow (xs[i], 0.3);
  }
}

static LimenLinePlot
usual_plot (void)
{
  return (LimenLinePlot){.title = "The bound",
                         .note = "nats",
                         .x_caption = "K",
                         .x = {&limen_scale_log, .low = 1, .high = 5000},
                         .y = {&limen_scale_linear, .low = -3.5, .high = 0.1},
                         .level = &level,
                         .n_levels = 1,
                         .line = lines,
                         .n_lines = G_N_ELEMENTS (lines),
                         .dots = dots,
                         .n_dots = G_N_ELEMENTS (dots),
                         .legend = TRUE};
}

static cairo_surface_t *
draw (const LimenLinePlot *plot, const LimenChartStyle *with, int width, int height)
{
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  limen_line_plot_draw (plot, cr, with, width, height);
  finish_picture (surface, cr);
  return surface;
}

/* --- Axes --- */

static const LimenTick *
find_tick (GArray *ticks, const char *label)
{
  for (guint i = 0; i < ticks->len; i++)
    if (strcmp (g_array_index (ticks, LimenTick, i).label, label) == 0)
      return &g_array_index (ticks, LimenTick, i);
  return NULL;
}

static void
test_decades_and_the_end_are_labelled (void)
{
  static const char *const labels[] = {"1", "10", "100", "1\u2009000", "5\u2009000"};
  LimenLinePlot plot = usual_plot ();
  LimenFrame frame = limen_line_plot_frame (&plot, &style, 617, 395);
  g_assert_cmpuint (frame.x_ticks->len, ==, G_N_ELEMENTS (labels));
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    g_assert_nonnull (find_tick (frame.x_ticks, labels[i]));
  g_assert_cmpfloat (find_tick (frame.x_ticks, "1")->pixel, ==, frame.plot.x);
  g_assert_cmpfloat_with_epsilon (find_tick (frame.x_ticks, "5\u2009000")->pixel,
                                  frame.plot.x + frame.plot.width, 1e-6);
  limen_frame_clear (&frame);
}

static void
test_small_gaps_have_short_labels (void)
{
  LimenLinePlot plot = usual_plot ();
  plot.y = (LimenAxis){&limen_scale_log, .low = 2e-7, .high = 3};
  LimenFrame frame = limen_line_plot_frame (&plot, &style, 900, 620);
  g_assert_nonnull (find_tick (frame.y_ticks, "1"));
  g_assert_nonnull (find_tick (frame.y_ticks, "0.0001"));
  g_assert_nonnull (find_tick (frame.y_ticks, "10⁻⁶"));
  limen_frame_clear (&frame);
}

static void
test_frame_leaves_room_for_all_words (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    LimenLinePlot plot = usual_plot ();
    LimenFrame frame = limen_line_plot_frame (&plot, &style, sizes[s][0], sizes[s][1]);
    double level_y = limen_axis_to_pixel (&frame.y, 0);
    g_assert_cmpfloat (frame.plot.width, >, 0.6 * sizes[s][0]);
    g_assert_cmpfloat (frame.plot.height, >, 0.45 * sizes[s][1]);
    g_assert_cmpuint (frame.y_ticks->len, >=, 2);
    g_assert_cmpfloat (frame.y.end, ==, frame.plot.y);
    g_assert_cmpfloat (level_y, >, frame.plot.y);
    limen_frame_clear (&frame);
  }
}

/* --- Pixels --- */

static void
test_lines_dots_and_levels_lie_where_the_axes_say (void)
{
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++) {
    LimenChartStyle with = {scheme, "sans-serif", 12};
    LimenLinePlot plot = usual_plot ();
    LimenFrame frame = limen_line_plot_frame (&plot, &with, 617, 395);
    cairo_surface_t *surface = draw (&plot, &with, 617, 395);
    guint32 first = colour_of (scheme, LIMEN_COLOUR_FIRST);
    double x = limen_axis_to_pixel (&frame.x, xs[20]);
    g_assert_cmpuint (
        count_around (surface, x, limen_axis_to_pixel (&frame.y, first_y[20]), 3, first), >=, 3);
    g_assert_cmpuint (count_around (surface, x, limen_axis_to_pixel (&frame.y, second_y[20]), 3,
                                    colour_of (scheme, LIMEN_COLOUR_SECOND)),
                      >=, 3);
    /* the ring of a dot, hollow, and its bar */
    x = limen_axis_to_pixel (&frame.x, 100);
    g_assert_cmphex (pixel_at (surface, x, limen_axis_to_pixel (&frame.y, -0.4)), ==,
                     colour_of (scheme, LIMEN_COLOUR_PAPER));
    g_assert_cmpuint (count_around (surface, x, limen_axis_to_pixel (&frame.y, -0.4), 5, first), >=,
                      6);
    x = limen_axis_to_pixel (&frame.x, 10);
    guint32 ink = colour_of (scheme, LIMEN_COLOUR_INK);
    g_assert_cmphex (pixel_at (surface, x, limen_axis_to_pixel (&frame.y, -1.27)), !=,
                     colour_of (scheme, LIMEN_COLOUR_PAPER));
    g_assert_cmpuint (count_around (surface, x - 20, limen_axis_to_pixel (&frame.y, 0), 3, ink), >=,
                      5);
    g_assert_cmphex (pixel_at (surface, 2, 392), ==, colour_of (scheme, LIMEN_COLOUR_PAPER));
    cairo_surface_destroy (surface);
    limen_frame_clear (&frame);
  }
}

static void
test_what_is_not_finite_leaves_a_gap (void)
{
  static const double x[] = {0, 1, 2, 4, 6, 7, 8}, y[] = {NAN, 5, 5, INFINITY, 5, 5, 1e300};
  LimenLine line = {NULL, LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT, x, y, G_N_ELEMENTS (x)};
  LimenLinePlot plot = {.x = {&limen_scale_linear, .low = 0, .high = 8},
                        .y = {&limen_scale_linear, .low = 0, .high = 10},
                        .line = &line,
                        .n_lines = 1};
  LimenFrame frame = limen_line_plot_frame (&plot, &style, 500, 300);
  cairo_surface_t *surface = draw (&plot, &style, 500, 300);
  guint32 blue = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_FIRST);
  double row = limen_axis_to_pixel (&frame.y, 5);
  for (double at = 0.5; at < 7; at += 0.5) {
    gboolean there = (at > 1 && at < 2) || (at > 6 && at < 7);
    guint n = count_around (surface, limen_axis_to_pixel (&frame.x, at), row, 3, blue);
    if (there)
      g_assert_cmpuint (n, >=, 3);
    else if (at != 1 && at != 2 && at != 6)
      g_assert_cmpuint (n, ==, 0);
  }
  /* what goes out of sight leaves by the edge, along its own way */
  double end = limen_axis_to_pixel (&frame.x, 7);
  LimenRect up = {end - 3, frame.plot.y, 6, row - frame.plot.y};
  LimenRect later = {end + 6, frame.plot.y, 500, frame.plot.height};
  LimenRect above = {0, 0, 500, frame.plot.y - 2};
  g_assert_cmpuint (count_pixels (surface, &up, blue), >, 0.7 * up.height);
  g_assert_cmpuint (count_pixels (surface, &later, blue), ==, 0);
  g_assert_cmpuint (count_pixels (surface, &above, blue), ==, 0);
  cairo_surface_destroy (surface);
  limen_frame_clear (&frame);
}

static void
test_the_first_line_lies_on_top (void)
{
  static const double x[] = {0, 1}, y[] = {0.5, 0.5};
  const LimenLine over[] = {{NULL, LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT, x, y, 2},
                            {NULL, LIMEN_COLOUR_SECOND, LIMEN_LINE_EXACT, x, y, 2},
                            {NULL, LIMEN_COLOUR_REST, LIMEN_LINE_THIN, x, y, 2}};
  LimenLinePlot plot = {.x = {&limen_scale_linear, .low = 0, .high = 1},
                        .y = {&limen_scale_linear, .low = 0, .high = 1},
                        .line = over,
                        .n_lines = 3};
  cairo_surface_t *surface = draw (&plot, &style, 300, 200);
  LimenRect all = {0, 0, 300, 200};
  g_assert_cmpuint (
      count_pixels (surface, &all, colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_FIRST)), >, 200);
  g_assert_cmpuint (
      count_pixels (surface, &all, colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_SECOND)), ==, 0);
  cairo_surface_destroy (surface);
}

/* --- Words --- */

static void
check_words (const LimenLinePlot *plot, int width, int height)
{
  g_autoptr (LimenLineLayout) layout = limen_line_layout_new (plot, &style, width, height);
  guint n = limen_places_n_labels (layout->places);
  for (guint i = 0; i < n; i++) {
    const LimenRect *a = &limen_places_label (layout->places, i)->rect;
    g_assert_cmpfloat (a->x, >=, 0);
    g_assert_cmpfloat (a->y, >=, 0);
    g_assert_cmpfloat (a->x + a->width, <=, width);
    g_assert_cmpfloat (a->y + a->height, <=, height);
    for (guint k = i + 1; k < n; k++) {
      const LimenRect *b = &limen_places_label (layout->places, k)->rect;
      g_assert_true (a->x + a->width <= b->x || b->x + b->width <= a->x ||
                     a->y + a->height <= b->y || b->y + b->height <= a->y);
    }
  }
}

static gboolean
has_label (const LimenLineLayout *layout, const char *string)
{
  for (guint i = 0; i < limen_places_n_labels (layout->places); i++)
    if (strcmp (limen_places_label (layout->places, i)->string, string) == 0)
      return TRUE;
  return FALSE;
}

static void
test_words_stay_within_and_apart (void)
{
  for (guint kind = 0; kind < 4; kind++)
    for (int width = 100; width < 1000; width += 83)
      for (int height = 60; height < 600; height += 67) {
        LimenLinePlot plot = usual_plot ();
        plot.legend = kind & 1;
        plot.badge = kind & 2 ? "Var(w) = ∞: no 1/K law" : NULL;
        plot.y_caption = kind & 2 ? "nats" : NULL;
        plot.x_caption = kind & 1 ? "steps of the gradient method" : "K";
        check_words (&plot, width, height);
      }
}

static void
test_all_words_are_there_where_there_is_room (void)
{
  for (int legend = 0; legend < 2; legend++) {
    LimenLinePlot plot = usual_plot ();
    plot.legend = legend;
    plot.badge = "Var(w) = ∞";
    g_autoptr (LimenLineLayout) layout = limen_line_layout_new (&plot, &style, 617, 395);
    const char *const all[] = {
        "The bound", "nats", "K", "log p(x) = 0", "blue", "orange, a longer name", "Var(w) = ∞"};
    for (guint i = 0; i < G_N_ELEMENTS (all); i++)
      g_assert_true (has_label (layout, all[i]));
    g_assert_cmpuint (layout->n_keys, ==, legend ? 2 : 0);
    g_assert_cmpfloat (layout->badge.width, >, 0);
  }
}

/* In the lower right, which curves that rise leave free, above the marker's value. */
static void
test_legend_stands_where_nothing_is (void)
{
  LimenLinePlot plot = usual_plot ();
  g_autoptr (LimenLineLayout) layout = limen_line_layout_new (&plot, &style, 617, 395);
  const LimenRect *area = &layout->frame.plot;
  g_assert_cmpuint (layout->n_keys, ==, 2);
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpfloat (layout->key[i].x, >, area->x + 0.5 * area->width);
    g_assert_cmpfloat (layout->key[i].y, >, area->y + 0.5 * area->height);
    g_assert_cmpfloat (layout->key[i].y, <, area->y + area->height - 2.5 * style.font_size);
  }
  g_assert_true (layout->key[0].dots == &dots[0]);
  g_assert_null (layout->key[1].dots);
  cairo_surface_t *surface = draw (&plot, &style, 617, 395);
  g_assert_cmpuint (count_around (surface, layout->key[1].x + 6, layout->key[1].y, 4,
                                  colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_SECOND)),
                    >=, 6);
  cairo_surface_destroy (surface);
}

/* The name of a level near the top is above the plot area: no bar and no marker crosses it. */
static void
test_marker_does_not_cross_the_name_of_the_level (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    LimenLinePlot plot = usual_plot ();
    g_autoptr (LimenLineLayout) layout =
        limen_line_layout_new (&plot, &style, sizes[s][0], sizes[s][1]);
    for (guint i = 0; i < limen_places_n_labels (layout->places); i++) {
      const LimenLabel *label = limen_places_label (layout->places, i);
      if (strcmp (label->string, "log p(x) = 0") == 0)
        g_assert_cmpfloat (label->rect.y + label->rect.height, <=, layout->frame.plot.y);
    }
    g_assert_true (has_label (layout, "log p(x) = 0"));
  }
}

/* --- Ranges --- */

static void
test_range_holds_what_is_drawn (void)
{
  LimenLinePlot plot = usual_plot ();
  double low, high;
  g_assert_true (limen_line_plot_range (&plot, 1, 5000, &low, &high));
  g_assert_cmpfloat (low, <, -3.3); /* the bar of the first dot */
  g_assert_cmpfloat (low, >, -3.7);
  g_assert_cmpfloat (high, >, 0.1); /* that of the third, and the level */
  g_assert_cmpfloat (high, <, 0.4);
  g_assert_true (limen_line_plot_range (&plot, 20, 5000, &low, &high));
  g_assert_cmpfloat (low, <, -2 / pow (20, 0.3));
  g_assert_cmpfloat (low, >, -1.1);
}

static void
test_range_of_a_log_axis_has_room_in_decades (void)
{
  static const double x[] = {0, 1, 2, 3}, y[] = {0, 1e-4, 10, -1};
  LimenLine line = {NULL, LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT, x, y, 4};
  LimenLinePlot plot = {.y = {&limen_scale_log}, .line = &line, .n_lines = 1};
  double low, high;
  g_assert_true (limen_line_plot_range (&plot, -INFINITY, INFINITY, &low, &high));
  g_assert_cmpfloat_with_epsilon (log10 (low), -4 - 0.06 * 5, 1e-9);
  g_assert_cmpfloat_with_epsilon (log10 (high), 1 + 0.06 * 5, 1e-9);
}

static void
test_range_of_nothing_is_none (void)
{
  static const double x[] = {0, 1}, y[] = {NAN, INFINITY}, seven[] = {7, 7};
  LimenLine line = {NULL, LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT, x, y, 2};
  LimenLinePlot plot = {.line = &line, .n_lines = 1};
  double low = 1, high = 2;
  g_assert_false (limen_line_plot_range (&plot, 0, 1, &low, &high));
  line.y = seven;
  g_assert_false (limen_line_plot_range (&plot, 3, 4, &low, &high));
  g_assert_true (limen_line_plot_range (&plot, 0, 1, &low, &high)); /* one value has an axis too */
  g_assert_true (low < 7 && high > 7);
  g_assert_true (limen_line_plot_range (&plot, 0.3, 0.6, &low, &high)); /* passes through */
}

/* --- The marker --- */

static cairo_surface_t *
draw_with_marker (const LimenLinePlot *plot, double x, double y, const char *text)
{
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (617, 395, &cr);
  LimenFrame frame = limen_line_plot_frame (plot, &style, 617, 395);
  limen_line_plot_draw (plot, cr, &style, 617, 395);
  limen_line_plot_draw_marker (&frame, cr, &style, x, y, text, LIMEN_HOLD_NONE);
  limen_frame_clear (&frame);
  finish_picture (surface, cr);
  return surface;
}

static void
test_marker_stands_at_its_value (void)
{
  LimenLinePlot plot = usual_plot ();
  LimenFrame frame = limen_line_plot_frame (&plot, &style, 617, 395);
  guint32 hand = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_HAND);
  static const double handles[] = {-1, -3.4, NAN};
  double x = limen_axis_to_pixel (&frame.x, 50), base = frame.plot.y + frame.plot.height;
  for (guint i = 0; i < G_N_ELEMENTS (handles); i++) {
    cairo_surface_t *surface = draw_with_marker (&plot, 50, handles[i], "K = 50");
    double y = isnan (handles[i]) ? base : limen_axis_to_pixel (&frame.y, handles[i]);
    for (double row = frame.plot.y + 2; row < base - 60; row += 7)
      if (fabs (row - y) > 14)
        g_assert_cmphex (pixel_at (surface, x, row), ==, hand);
    /* the whole handle can be seen, whatever stands at the foot */
    double radius = 0.66 * style.font_size;
    g_assert_cmpuint (count_around (surface, x, y, radius, hand), >, 2.4 * radius * radius);
    g_assert_cmpuint (count_around (surface, x - radius - 1.5, y, 1, 0xffffff), >, 0);
    /* and its value near the foot */
    LimenRect foot = {x - 40, base - 60, 80, 60};
    g_assert_cmpuint (count_pixels (surface, &foot, hand), >, 900);
    cairo_surface_destroy (surface);
  }
  limen_frame_clear (&frame);
}

static void
test_marker_stays_in_the_plot (void)
{
  LimenLinePlot plot = usual_plot ();
  LimenFrame frame = limen_line_plot_frame (&plot, &style, 617, 395);
  guint32 hand = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_HAND);
  LimenRect all = {0, 0, 617, 395}, left = {0, 0, frame.plot.x - 12, 395};
  cairo_surface_t *none = draw_with_marker (&plot, -1, NAN, "K = ?"); /* no log */
  g_assert_cmpuint (count_pixels (none, &all, hand), ==, 0);
  cairo_surface_destroy (none);
  cairo_surface_t *far = draw_with_marker (&plot, 0.01, 1e9, "K = 0.01");
  g_assert_cmpuint (count_pixels (far, &all, hand), >, 500);
  g_assert_cmpuint (count_pixels (far, &left, hand), ==, 0);
  cairo_surface_destroy (far);
  limen_frame_clear (&frame);
}

/* --- Little or nothing --- */

static void
test_no_data_and_no_room_draw_a_plain_frame (void)
{
  static const double nan_y[N] = {NAN};
  LimenLinePlot plots[5] = {usual_plot (), usual_plot (), usual_plot (), usual_plot (), {NULL}};
  LimenLine none[] = {{"none", LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT, NULL, NULL, 0},
                      {"no number", LIMEN_COLOUR_SECOND, LIMEN_LINE_REFERENCE, xs, nan_y, 1}};
  plots[0].line = plots[1].line = none;
  plots[0].legend = FALSE;
  plots[1].y = (LimenAxis){&limen_scale_log, .low = -1, .high = 1};
  plots[2].x.low = NAN;
  plots[3].y.high = plots[3].y.low;
  for (guint i = 0; i < G_N_ELEMENTS (plots); i++)
    for (int size = 1; size < 300; size += 23) {
      cairo_surface_destroy (draw (&plots[i], &style, size, 300 - size));
      cairo_surface_destroy (draw (&plots[i], &style, size, size));
    }
  LimenFrame frame = limen_line_plot_frame (&plots[2], &style, 500, 300);
  g_assert_cmpuint (frame.x_ticks->len, ==, 0);
  g_assert_cmpuint (frame.y_ticks->len, >, 0);
  limen_frame_clear (&frame);
}

/* What lies in the corner of a header, as buttons do, covers no word of it, at any width; and all
 * words are below each other. */
static void
test_words_keep_out_of_the_corner (void)
{
  for (double em = 12; em <= 18; em += 6)
    for (int width = 120; width < 1000; width += 20) {
      LimenChartStyle with = {.scheme = LIMEN_SCHEME_LIGHT,
                              .font_family = "sans-serif",
                              .font_size = em,
                              .aside_width = 9 * em,
                              .aside_height = 3 * em};
      LimenChartHeader header =
          limen_chart_header (&with, "Why it rises: merge two by two",
                              "nats per point, of 2 000 points", "log p(x)", width, 400);
      LimenPlaces *places = limen_places_new (&with, width, 400);
      limen_chart_header_place (&header, places, &with, width);
      double bottom = 0;
      guint n = !!header.title + !!header.note + !!header.caption;
      g_assert_cmpuint (limen_places_n_labels (places), ==, n);
      for (guint i = 0; i < n; i++) {
        const LimenRect *rect = &limen_places_label (places, i)->rect;
        gboolean beside = rect->x + rect->width <= width - with.aside_width;
        g_assert_true (beside || rect->y >= with.aside_height || width < 9 * em);
        bottom = fmax (bottom, rect->y + rect->height);
      }
      g_assert_cmpfloat (header.bottom, >=, bottom - 0.35 * em);
      limen_places_free (places);
    }
}

/* An error that is no number has no bar, not even one that fills the plot. */
static void
test_no_bar_without_a_number (void)
{
  double none[] = {NAN, NAN, NAN, NAN, NAN}, odd[] = {INFINITY, -INFINITY, NAN, 0, -1};
  cairo_surface_t *picture[2];
  for (int i = 0; i < 2; i++) {
    LimenDots own = dots[0];
    LimenLinePlot plot = usual_plot ();
    own.error = i == 0 ? none : odd;
    plot.dots = &own;
    picture[i] = draw (&plot, &style, 617, 395);
  }
  gsize size = (gsize)cairo_image_surface_get_stride (picture[0]) * 395;
  g_assert_cmpmem (cairo_image_surface_get_data (picture[0]), size,
                   cairo_image_surface_get_data (picture[1]), size);
  cairo_surface_destroy (picture[0]);
  cairo_surface_destroy (picture[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  make_data ();
  g_test_add_func ("/chart-header/corner", test_words_keep_out_of_the_corner);
  g_test_add_func ("/line-plot/decades-and-the-end-are-labelled",
                   test_decades_and_the_end_are_labelled);
  g_test_add_func ("/line-plot/small-gaps-have-short-labels", test_small_gaps_have_short_labels);
  g_test_add_func ("/line-plot/frame-leaves-room-for-all-words",
                   test_frame_leaves_room_for_all_words);
  g_test_add_func ("/line-plot/lines-dots-and-levels-lie-where-the-axes-say",
                   test_lines_dots_and_levels_lie_where_the_axes_say);
  g_test_add_func ("/line-plot/what-is-not-finite-leaves-a-gap",
                   test_what_is_not_finite_leaves_a_gap);
  g_test_add_func ("/line-plot/the-first-line-lies-on-top", test_the_first_line_lies_on_top);
  g_test_add_func ("/line-plot/words-stay-within-and-apart", test_words_stay_within_and_apart);
  g_test_add_func ("/line-plot/all-words-are-there-where-there-is-room",
                   test_all_words_are_there_where_there_is_room);
  g_test_add_func ("/line-plot/legend-stands-where-nothing-is",
                   test_legend_stands_where_nothing_is);
  g_test_add_func ("/line-plot/marker-does-not-cross-the-name-of-the-level",
                   test_marker_does_not_cross_the_name_of_the_level);
  g_test_add_func ("/line-plot/range-holds-what-is-drawn", test_range_holds_what_is_drawn);
  g_test_add_func ("/line-plot/range-of-a-log-axis-has-room-in-decades",
                   test_range_of_a_log_axis_has_room_in_decades);
  g_test_add_func ("/line-plot/range-of-nothing-is-none", test_range_of_nothing_is_none);
  g_test_add_func ("/line-plot/marker-stands-at-its-value", test_marker_stands_at_its_value);
  g_test_add_func ("/line-plot/marker-stays-in-the-plot", test_marker_stays_in_the_plot);
  g_test_add_func ("/line-plot/no-data-and-no-room-draw-a-plain-frame",
                   test_no_data_and_no_room_draw_a_plain_frame);
  g_test_add_func ("/line-plot/no-bar-without-a-number", test_no_bar_without_a_number);
  return g_test_run ();
}
