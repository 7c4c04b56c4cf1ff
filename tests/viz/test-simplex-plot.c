#include "simplex-draw.h"

/* --- Points and pixels --- */

static void
test_points_survive_the_way_to_pixels_and_back (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  LimenSimplexPlot plot = plot_of (&payoff, FALSE, uniform, uniform);
  LimenRandom random = limen_random_stream (1, "simplex", 0);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, sizes[s][0], sizes[s][1]);
    for (int i = 0; i < 500; i++) {
      double p[3], q[3], x, y;
      random_point (&random, p);
      if (i < 3) { /* the corners */
        memset (p, 0, sizeof p);
        p[i] = 1;
      }
      limen_simplex_to_pixel (&frame, p, &x, &y);
      limen_simplex_from_pixel (&frame, x, y, q);
      for (int c = 0; c < 3; c++)
        g_assert_cmpfloat (fabs (p[c] - q[c]), <, 1e-9);
    }
  }
}

static void
test_pixels_outside_are_the_nearest_point (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  LimenSimplexPlot plot = plot_of (&payoff, TRUE, uniform, uniform);
  LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, 360, 420);
  LimenRandom random = limen_random_stream (2, "simplex", 0);
  for (int i = 0; i < 2000; i++) {
    double x = 1600 * limen_random_uniform (&random) - 600;
    double y = 1600 * limen_random_uniform (&random) - 600, p[3], q[3];
    limen_simplex_from_pixel (&frame, x, y, p);
    limen_simplex_barycentric (&frame, x, y, q);
    limen_simplex_project (q, 3);
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      g_assert_cmpfloat (p[c], >=, 0);
      g_assert_cmpfloat (fabs (p[c] - q[c]), <, 1e-9);
      sum += p[c];
    }
    g_assert_cmpfloat (fabs (sum - 1), <, 1e-12);
  }
}

static void
test_the_triangle_is_equilateral_and_within (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  LimenSimplexPlot plot = plot_of (&payoff, FALSE, uniform, uniform);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, sizes[s][0], sizes[s][1]);
    double side[3];
    for (int i = 0; i < 3; i++) {
      const double *a = frame.corner[i], *b = frame.corner[(i + 1) % 3];
      side[i] = hypot (a[0] - b[0], a[1] - b[1]);
      g_assert_cmpfloat (fabs (side[i] - side[0]), <, 1e-9);
      if (sizes[s][0] < 90 || sizes[s][1] < 90)
        continue;
      g_assert_cmpfloat (a[0], >=, 0);
      g_assert_cmpfloat (a[1], >=, 0);
      g_assert_cmpfloat (a[0], <=, sizes[s][0]);
      g_assert_cmpfloat (a[1], <=, sizes[s][1]);
    }
    g_assert_cmpfloat (side[0], >, 0.99);
  }
}

/* --- The map --- */

static cairo_surface_t *
draw_map (const LimenSimplexPlot *plot, LimenScheme scheme, int width, int height,
          gboolean recorded)
{
  LimenChartStyle with = in_scheme (scheme);
  LimenSimplexFrame frame = limen_simplex_frame (plot, &with, width, height);
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  limen_palette_set (cr, scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  if (recorded) { /* as in a vector format */
    cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
    cairo_t *to = cairo_create (recording);
    limen_simplex_draw_map (plot, &frame, to, &with);
    cairo_destroy (to);
    cairo_set_source_surface (cr, recording, 0, 0);
    cairo_paint (cr);
    cairo_surface_destroy (recording);
  } else
    limen_simplex_draw_map (plot, &frame, cr, &with);
  finish_picture (surface, cr);
  return surface;
}

static void
test_the_map_is_flat_against_the_uniform_strategy (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  const double p[] = {0.7, 0.2, 0.1};
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
    for (int b = 0; b < 2; b++)
      for (int recorded = 0; recorded < 2; recorded++) {
        LimenSimplexPlot plot = plot_of (&payoff, b, p, uniform);
        cairo_surface_t *surface = draw_map (&plot, scheme, 360, 420, recorded);
        LimenRect all = {0, 0, 360, 420};
        g_assert_cmpuint (count_pixels (surface, &all, paper_in (scheme)), ==, 360 * 420);
        cairo_surface_destroy (surface);
      }
}

static void
test_blue_is_where_a_earns_and_orange_where_b_does (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  LimenRandom random = limen_random_stream (3, "simplex", 0);
  for (int i = 0; i < 40; i++)
    for (int b = 0; b < 2; b++) {
      double other[3], p[3], x, y;
      random_point (&random, other);
      LimenSimplexPlot plot = plot_of (&payoff, b, uniform, other);
      LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, 360, 420);
      cairo_surface_t *surface = draw_map (&plot, LIMEN_SCHEME_LIGHT, 360, 420, i % 2);
      for (int k = 0; k < 20; k++) {
        random_point (&random, p);
        limen_simplex_to_pixel (&frame, p, &x, &y);
        guint32 pixel = pixel_at (surface, x, y);
        double value = limen_simplex_map_value (&plot, p);
        double for_b = limen_exploit (&payoff, b ? other : p, b ? p : other).value;
        g_assert_cmpfloat (fabs (value - for_b), <, 1e-12);
        int warm = (int)(pixel >> 16 & 255) - (int)(pixel & 255);
        if (fmin (p[0], fmin (p[1], p[2])) > 0.02 && fabs (value) > 0.04)
          g_assert_true (value > 0 ? warm > 0 : warm < 0);
      }
      cairo_surface_destroy (surface);
    }
}

static void
test_the_map_is_the_same_as_pixels_and_as_paths (void)
{
  static const char *const names[] = {"rock-paper-scissors", "biased-rock-paper-scissors",
                                      "many-solutions"};
  const double other[] = {0.6, 0.1, 0.3};
  for (guint g = 0; g < G_N_ELEMENTS (names); g++)
    for (int kind = 0; kind < 4; kind++) {
      LimenPayoff payoff = game (names[g]);
      LimenSimplexPlot plot = plot_of (&payoff, kind & 1, uniform, other);
      plot.map = kind & 2 ? LIMEN_MAP_EXPLOITABILITY : LIMEN_MAP_PAYOFF;
      LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, 360, 420);
      cairo_surface_t *a = draw_map (&plot, LIMEN_SCHEME_DARK, 360, 420, FALSE);
      cairo_surface_t *b = draw_map (&plot, LIMEN_SCHEME_DARK, 360, 420, TRUE);
      for (int y = 0; y < 420; y += 3)
        for (int x = 0; x < 360; x += 3) {
          double p[3];
          limen_simplex_barycentric (&frame, x + 0.5, y + 0.5, p);
          if (fmin (p[0], fmin (p[1], p[2])) > 0.01)
            g_assert_cmpint (depth (pixel_at (a, x, y), pixel_at (b, x, y)), <=, 9);
        }
      cairo_surface_destroy (a);
      cairo_surface_destroy (b);
    }
}

static void
test_exploitability_is_least_at_the_solution (void)
{
  static const char *const names[] = {"rock-paper-scissors", "biased-rock-paper-scissors",
                                      "matching-pennies", "many-solutions"};
  for (guint g = 0; g < G_N_ELEMENTS (names); g++)
    for (int b = 0; b < 2; b++) {
      LimenPayoff payoff = game (names[g]);
      g_autoptr (LimenSolution) solution = limen_solve (&payoff, NULL);
      const double *best = b ? solution->b : solution->a;
      LimenSimplexPlot plot = plot_of (&payoff, b, uniform, uniform);
      plot.map = LIMEN_MAP_EXPLOITABILITY;
      LimenSimplexFrame frame = limen_simplex_frame (&plot, &style, 360, 420);
      cairo_surface_t *surface = draw_map (&plot, LIMEN_SCHEME_LIGHT, 360, 420, FALSE);
      double most = limen_payoff_largest (&payoff), x, y;
      for (guint s = 0; s < (b ? solution->n_b : solution->n_a); s++)
        g_assert_cmpfloat (fabs (limen_simplex_map_value (&plot, best + 3 * s)), <, 1e-9 * most);
      limen_simplex_to_pixel (&frame, best, &x, &y);
      /* a pixel within the triangle, of several where the solution is at its edge */
      int least = depth (pixel_at (surface, fmin (x, 358), fmin (y, 418)), 0xffffff);
      for (int v = 0; v < 420; v++)
        for (int u = 0; u < 360; u++) {
          double p[3];
          limen_simplex_barycentric (&frame, u + 0.5, v + 0.5, p);
          if (fmin (p[0], fmin (p[1], p[2])) < 0)
            continue;
          double value = limen_simplex_map_value (&plot, p);
          LimenExploit e = limen_exploit (&payoff, b ? solution->a : p, b ? p : solution->b);
          g_assert_cmpfloat (fabs (value - e.gap), <, 1e-9 * most);
          if (fmin (p[0], fmin (p[1], p[2])) > 0.01)
            g_assert_cmpint (depth (pixel_at (surface, u, v), 0xffffff), >=, least - 8);
        }
      g_assert_cmpint (least, <, 12);
      cairo_surface_destroy (surface);
    }
}

/* --- The whole --- */

static void
test_every_size_is_painted_whole (void)
{
  LimenPayoff payoff = game ("biased-rock-paper-scissors");
  static const double points[][3] = {
      {1.0 / 3, 1.0 / 3, 1.0 / 3}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0.5, 0.5, 0}};
  static const double many[] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  g_autofree double *trail_points = straight (300);
  LimenTrail trail = {trail_points, 300, LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT};
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
      for (guint i = 0; i < G_N_ELEMENTS (points); i++) {
        LimenSimplexPlot plot =
            plot_of (&payoff, i % 2, points[i], points[(i + scheme) % G_N_ELEMENTS (points)]);
        plot.arrows = plot.streamlines = TRUE;
        plot.map = (i + scheme) % 2 ? LIMEN_MAP_PAYOFF : LIMEN_MAP_EXPLOITABILITY;
        plot.solution = many;
        plot.n_solutions = i % 4;
        plot.trail = &trail;
        plot.n_trails = 1;
        plot.average = points[(i + 1) % G_N_ELEMENTS (points)];
        int width = sizes[s][0], height = sizes[s][1];
        cairo_surface_t *surface =
            draw (&plot, scheme, width, height, (LimenHold)(i | LIMEN_HOLD_FOCUSED));
        LimenRect all = {0, 0, width, height};
        g_assert_cmpuint (count_pixels (surface, &all, 0xff00ff), ==, 0);
        cairo_surface_destroy (surface);
      }
}

static void
test_nothing_is_drawn_beside_the_picture (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  const double other[] = {1, 0, 0};
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    int width = sizes[s][0], height = sizes[s][1];
    LimenSimplexPlot plot = plot_of (&payoff, TRUE, other, other);
    cairo_t *cr;
    cairo_surface_t *surface = new_picture (width + 60, height + 60, &cr);
    cairo_set_source_rgb (cr, 1, 0, 1);
    cairo_paint (cr);
    cairo_translate (cr, 30, 30);
    limen_simplex_plot_draw_base (&plot, cr, &style, width, height);
    limen_simplex_plot_draw_top (&plot, cr, &style, width, height, LIMEN_HOLD_GRABBED);
    finish_picture (surface, cr);
    LimenRect all = {0, 0, width + 60, height + 60};
    g_assert_cmpuint (count_pixels (surface, &all, 0xff00ff), ==,
                      (guint)((width + 60) * (height + 60) - width * height));
    cairo_surface_destroy (surface);
  }
}

static void
draw_for_file (cairo_t *cr, double width, double height, gpointer plot)
{
  limen_simplex_plot_draw_base (plot, cr, &style, width, height);
  limen_simplex_plot_draw_top (plot, cr, &style, width, height, LIMEN_HOLD_NONE);
}

/* A trail of 10,000 is paths in a vector format, not thousands of them, and no picture of pixels.
 */
static void
test_vector_formats_have_paths (void)
{
  LimenPayoff payoff = game ("rock-paper-scissors");
  const double other[] = {0.5, 0.3, 0.2};
  g_autofree double *p = straight (N);
  LimenTrail trail = {p, N, LIMEN_COLOUR_SECOND, LIMEN_LINE_EXACT};
  LimenSimplexPlot plot = plot_of (&payoff, TRUE, uniform, other);
  plot.trail = &trail;
  plot.n_trails = 1;
  LimenPicture picture = {LIMEN_PICTURE_SVG, 450, 480, 1, draw_for_file, &plot, NULL};
  for (int map = 0; map < 2; map++) {
    plot.map = map ? LIMEN_MAP_EXPLOITABILITY : LIMEN_MAP_PAYOFF;
    picture.format = LIMEN_PICTURE_SVG;
    g_autoptr (GBytes) svg = limen_picture_to_bytes (&picture, NULL);
    g_autofree char *text = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
    g_assert_nonnull (strstr (text, "linearGradient"));
    g_assert_null (strstr (text, "<image"));
    g_assert_cmpuint (g_bytes_get_size (svg), <, 400000);
    picture.format = LIMEN_PICTURE_PDF;
    g_autoptr (GBytes) pdf = limen_picture_to_bytes (&picture, NULL);
    g_assert_nonnull (pdf);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simplex-plot/points-survive-the-way-to-pixels-and-back",
                   test_points_survive_the_way_to_pixels_and_back);
  g_test_add_func ("/simplex-plot/pixels-outside-are-the-nearest-point",
                   test_pixels_outside_are_the_nearest_point);
  g_test_add_func ("/simplex-plot/the-triangle-is-equilateral-and-within",
                   test_the_triangle_is_equilateral_and_within);
  g_test_add_func ("/simplex-map/the-map-is-flat-against-the-uniform-strategy",
                   test_the_map_is_flat_against_the_uniform_strategy);
  g_test_add_func ("/simplex-map/blue-is-where-a-earns-and-orange-where-b-does",
                   test_blue_is_where_a_earns_and_orange_where_b_does);
  g_test_add_func ("/simplex-map/the-map-is-the-same-as-pixels-and-as-paths",
                   test_the_map_is_the_same_as_pixels_and_as_paths);
  g_test_add_func ("/simplex-map/exploitability-is-least-at-the-solution",
                   test_exploitability_is_least_at_the_solution);
  g_test_add_func ("/simplex-plot/every-size-is-painted-whole", test_every_size_is_painted_whole);
  g_test_add_func ("/simplex-plot/nothing-is-drawn-beside-the-picture",
                   test_nothing_is_drawn_beside_the_picture);
  g_test_add_func ("/simplex-plot/vector-formats-have-paths", test_vector_formats_have_paths);
  return g_test_run ();
}
