#include "histogram-draw.h"

/* --- Counting --- */

static void
check_counts (const LimenHistogramPlot *plot, const LimenDetector *detector)
{
  const LimenScores *sets[LIMEN_N_HISTOGRAMS];
  limen_histogram_sets (detector, sets);
  for (guint s = 0; s < LIMEN_N_HISTOGRAMS; s++) {
    guint total = plot->set[s].below + plot->set[s].above, bin = plot->n_bins / 2, inside = 0;
    for (guint i = 0; i < plot->n_bins; i++)
      total += plot->set[s].count[i];
    g_assert_cmpuint (total, ==, sets[s]->n);
    for (guint i = 0; i < sets[s]->n; i++)
      inside += sets[s]->value[i] >= plot->edge[bin] && sets[s]->value[i] < plot->edge[bin + 1];
    g_assert_cmpuint (inside, ==, plot->set[s].count[bin]);
  }
}

static void
test_bins_sum_to_all (void)
{
  LimenDetector *detector = usual_detector ();
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  detector->normal->value[7] = detector->normal->sorted[0] = -INFINITY;
  for (LimenHistogramScale scale = 0; scale <= LIMEN_HISTOGRAM_CLIPPED; scale++) {
    LimenHistogramView view = limen_histogram_view_new (detector, scale);
    for (int zoom = 0; zoom < 8; zoom++) {
      LimenHistogramPlot *plot = limen_histogram_plot_new (detector, &view, &style, 700, 400);
      if (zoom > 0)
        check_counts (plot, detector);
      g_assert_cmpfloat (plot->edge[0], <=, view.low);
      g_assert_cmpfloat (plot->edge[plot->n_bins], >=, view.high);
      g_assert_cmpuint (plot->n_bins, <=, 600);
      limen_histogram_plot_free (plot);
      view = limen_histogram_view_zoom (&view, 1700, 2);
      view = limen_histogram_view_pan (&view, 0.1);
    }
  }
  free_detector (detector);
}

static void
test_bins_stay_under_a_pan (void)
{
  LimenDetector *detector = usual_detector ();
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  LimenHistogramView view = limen_histogram_view_new (detector, LIMEN_HISTOGRAM_SPREAD);
  LimenHistogramView moved = limen_histogram_view_pan (&view, 0.0137);
  LimenHistogramPlot *a = limen_histogram_plot_new (detector, &view, &style, 700, 400);
  LimenHistogramPlot *b = limen_histogram_plot_new (detector, &moved, &style, 700, 400);
  double edge = a->edge[a->n_bins / 2], nearest = INFINITY;
  for (guint i = 0; i <= b->n_bins; i++)
    nearest = fmin (nearest, fabs (b->edge[i] - edge));
  g_assert_cmpfloat (nearest, <, 1e-6 * fabs (edge));
  limen_histogram_plot_free (a);
  limen_histogram_plot_free (b);
  free_detector (detector);
}

static void
test_heights_are_shares_or_counts (void)
{
  LimenDetector *detector = usual_detector ();
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  for (int kind = 0; kind < 4; kind++) {
    LimenHistogramView view = limen_histogram_view_new (detector, LIMEN_HISTOGRAM_SPREAD);
    view = limen_histogram_view_with_heights (&view, kind & 1, kind >> 1);
    LimenHistogramPlot *plot = limen_histogram_plot_new (detector, &view, &style, 700, 400);
    for (guint s = 0; s < LIMEN_N_HISTOGRAMS; s++)
      for (guint i = 0; i < plot->n_bins; i++) {
        guint count = plot->set[s].count[i];
        double height = limen_axis_from_pixel (&plot->frame.y, plot->set[s].top[i]);
        double expected = kind & 1 ? count : 100.0 * count / plot->set[s].n;
        if (count > 0)
          g_assert_cmpfloat (fabs (height - expected), <, 1e-9 * expected + 1e-12);
        g_assert_cmpfloat (plot->set[s].top[i], >=, plot->frame.plot.y + plot->strip);
      }
    limen_histogram_plot_free (plot);
  }
  free_detector (detector);
}

/* --- The view --- */

static void
test_first_sight_is_readable (void)
{
  LimenDetector *detector = usual_detector ();
  LimenHistogramPlot *plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 900, 500);
  const LimenScores *normal = detector->normal, *anomaly = detector->anomaly;
  double width = plot->frame.plot.width;
  double normal_width = limen_histogram_plot_x_of_value (plot, normal->sorted[4750]) -
                        limen_histogram_plot_x_of_value (plot, normal->sorted[250]);
  double anomaly_width = limen_histogram_plot_x_of_value (plot, anomaly->sorted[9500]) -
                         limen_histogram_plot_x_of_value (plot, anomaly->sorted[500]);
  g_assert_cmpfloat (normal_width, >, 0.15 * width);
  g_assert_cmpfloat (anomaly_width, >, 0.2 * width);
  g_assert_cmpfloat (plot->view.low, <, anomaly->sorted[0]);
  g_assert_cmpfloat (plot->view.high, >, normal->sorted[4999]);
  limen_histogram_plot_free (plot);
  free_detector (detector);
}

/* One image far off, on either side, must not squash the rest. */
static void
test_outliers_do_not_squash_the_rest (void)
{
  for (int side = 0; side < 2; side++) {
    LimenDetector *detector = usual_detector ();
    for (int s = 0; s < 2; s++) {
      LimenScores *set = s ? detector->normal : detector->validation;
      set->sorted[side ? set->n - 1 : 0] = side ? 1e6 : -1e9;
    }
    LimenHistogramPlot *plot =
        plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 900, 500);
    double width = limen_histogram_plot_x_of_value (plot, detector->normal->sorted[4750]) -
                   limen_histogram_plot_x_of_value (plot, detector->normal->sorted[250]);
    g_assert_cmpfloat (width, >, 0.1 * plot->frame.plot.width);
    limen_histogram_plot_free (plot);
    free_detector (detector);
  }
}

static void
test_view_zooms_and_pans (void)
{
  LimenDetector *detector = usual_detector ();
  for (LimenHistogramScale scale = 0; scale <= LIMEN_HISTOGRAM_CLIPPED; scale++) {
    const LimenHistogramView view = limen_histogram_view_new (detector, scale);
    LimenHistogramView in = limen_histogram_view_zoom (&view, 1000, 3);
    LimenHistogramView out = limen_histogram_view_zoom (&in, 1000, 1 / 3.0);
    LimenHistogramView right = limen_histogram_view_pan (&view, 0.25);
    LimenHistogramView back = limen_histogram_view_pan (&right, -0.25);
    g_assert_true (in.low > view.low && in.high < view.high && in.low < 1000 && in.high > 1000);
    g_assert_cmpfloat (fabs (out.low - view.low), <, 1e-6 * fabs (view.low));
    g_assert_cmpfloat (fabs (out.high - view.high), <, 1e-6 * fabs (view.high));
    g_assert_true (right.low > view.low && right.high > view.high);
    g_assert_cmpfloat (fabs (back.low - view.low), <, 1e-6 * fabs (view.low));
  }
  free_detector (detector);
}

static void
test_a_cut_tail_is_counted (void)
{
  LimenDetector *detector = usual_detector ();
  LimenHistogramPlot *plot =
      plot_of (detector, LIMEN_HISTOGRAM_CLIPPED, LIMEN_SCHEME_LIGHT, 900, 500);
  g_autofree char *count =
      limen_format_number (limen_scores_n_below (detector->anomaly, plot->view.low), 0);
  g_autofree char *edge = limen_format_number (plot->view.low, 0);
  g_autofree char *expected = g_strdup_printf ("‹ %s below %s", count, edge);
  g_assert_cmpuint (plot->set[LIMEN_HISTOGRAM_ANOMALY].tail_below, >, 1000);
  g_assert_nonnull (find_label (plot, expected));
  limen_histogram_plot_free (plot);
  plot = plot_of (detector, LIMEN_HISTOGRAM_LINEAR, LIMEN_SCHEME_LIGHT, 900, 500);
  g_assert_null (find_label (plot, "below −"));
  limen_histogram_plot_free (plot);
  free_detector (detector);
}

/* --- Drawing --- */

static const int sizes[][2] = {{360, 300}, {900, 500}, {1600, 1000}};

static void
test_line_and_regions_are_where_they_should_be (void)
{
  LimenDetector *detector = usual_detector ();
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes); k++) {
      LimenHistogramPlot *plot =
          plot_of (detector, LIMEN_HISTOGRAM_SPREAD, scheme, sizes[k][0], sizes[k][1]);
      LimenRect area = limen_histogram_plot_area (plot);
      LimenRgba paper = limen_palette_colour (scheme, LIMEN_COLOUR_PAPER);
      for (double x = round (area.x + 30); x < area.x + area.width - 30; x += 97) {
        double threshold = limen_histogram_plot_value_at_x (plot, x + 0.5);
        g_assert_cmpfloat_with_epsilon (limen_histogram_plot_x_of_value (plot, threshold), x + 0.5,
                                        1e-6);
        cairo_surface_t *surface = draw (plot, threshold, LIMEN_HOLD_FOCUSED);
        /* The foot of the line, under its handle, and the two corners at the top. */
        assert_colour (surface, x, area.y + area.height - 4,
                       limen_palette_colour (scheme, LIMEN_COLOUR_HAND));
        assert_colour (surface, area.x + 3, area.y + 2, over (scheme, LIMEN_COLOUR_FLAGGED, paper));
        assert_colour (surface, area.x + area.width - 3, area.y + 2,
                       over (scheme, LIMEN_COLOUR_KEPT, paper));
        assert_colour (surface, 2, 2, paper);
        assert_colour (surface, plot->width - 2, plot->height - 2, paper);
        cairo_surface_destroy (surface);
      }
      limen_histogram_plot_free (plot);
    }
  free_detector (detector);
}

/* The middle of a bar of @set that is at least @least pixels high, as far from the line as can be.
 */
static gboolean
find_bar (const LimenHistogramPlot *plot, LimenHistogramIndex set, gboolean left_of, double line,
          double *x)
{
  double base = plot->frame.plot.y + plot->frame.plot.height, farthest = 8;
  gboolean found = FALSE;
  for (guint i = 0; i < plot->n_bins; i++) {
    double middle = (plot->edge_pixel[i] + plot->edge_pixel[i + 1]) / 2;
    double distance = left_of ? line - middle : middle - line;
    if (base - plot->set[set].top[i] > 8 && distance > farthest) {
      farthest = distance;
      *x = middle;
      found = TRUE;
    }
  }
  return found;
}

static void
test_wrong_sides_are_stronger (void)
{
  LimenDetector *detector = usual_detector ();
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++) {
    LimenHistogramPlot *plot = plot_of (detector, LIMEN_HISTOGRAM_SPREAD, scheme, 900, 500);
    double base = plot->frame.plot.y + plot->frame.plot.height, y = base - 5, x = 0;
    double line = limen_histogram_plot_x_of_value (plot, 1700);
    cairo_surface_t *before = draw (plot, NAN, LIMEN_HOLD_NONE);
    cairo_surface_t *after = draw (plot, 1700, LIMEN_HOLD_NONE);
    g_assert_true (find_bar (plot, LIMEN_HISTOGRAM_NORMAL, TRUE, line, &x));
    LimenRgba tinted = over (scheme, LIMEN_COLOUR_FLAGGED, pixel_at (before, x, y));
    assert_colour (after, x, y, over (scheme, LIMEN_COLOUR_FIRST_STRONG, tinted));
    g_assert_cmpfloat (difference (pixel_at (before, x, y), pixel_at (after, x, y)), >, 0.15);
    /* On the right side the same set keeps its colour but for the tint. */
    g_assert_true (find_bar (plot, LIMEN_HISTOGRAM_NORMAL, FALSE, line, &x));
    assert_colour (after, x, y, over (scheme, LIMEN_COLOUR_KEPT, pixel_at (before, x, y)));
    cairo_surface_destroy (after);

    line = limen_histogram_plot_x_of_value (plot, -20000);
    after = draw (plot, -20000, LIMEN_HOLD_NONE);
    g_assert_true (find_bar (plot, LIMEN_HISTOGRAM_ANOMALY, FALSE, line, &x));
    tinted = over (scheme, LIMEN_COLOUR_KEPT, pixel_at (before, x, y));
    assert_colour (after, x, y, over (scheme, LIMEN_COLOUR_SECOND_STRONG, tinted));
    cairo_surface_destroy (after);
    cairo_surface_destroy (before);
    limen_histogram_plot_free (plot);
  }
  free_detector (detector);
}

static gboolean
same_pixels (cairo_surface_t *a, cairo_surface_t *b)
{
  return memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b),
                 (gsize)cairo_image_surface_get_stride (a) * cairo_image_surface_get_height (a)) ==
         0;
}

static void
test_a_cached_base_gives_the_same_picture (void)
{
  LimenDetector *detector = usual_detector ();
  LimenHistogramPlot *plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_DARK, 640, 360);
  cairo_surface_t *whole = draw (plot, 194, LIMEN_HOLD_GRABBED);
  cairo_surface_t *base = draw (plot, NAN, LIMEN_HOLD_NONE);
  g_assert_false (same_pixels (whole, base));
  cairo_t *cr = cairo_create (base);
  limen_histogram_plot_draw_threshold (plot, cr, 194, LIMEN_HOLD_GRABBED);
  cairo_destroy (cr);
  g_assert_true (same_pixels (whole, base));
  cairo_surface_destroy (whole);
  cairo_surface_destroy (base);
  limen_histogram_plot_free (plot);
  free_detector (detector);
}

static void
test_each_hold_looks_different (void)
{
  LimenDetector *detector = usual_detector ();
  LimenHistogramPlot *plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 500, 300);
  static const LimenHold holds[] = {LIMEN_HOLD_NONE, LIMEN_HOLD_HOVERED, LIMEN_HOLD_GRABBED,
                                    LIMEN_HOLD_FOCUSED};
  cairo_surface_t *drawn[G_N_ELEMENTS (holds)];
  for (guint i = 0; i < G_N_ELEMENTS (holds); i++) {
    drawn[i] = draw (plot, 194, holds[i]);
    for (guint k = 0; k < i; k++)
      g_assert_false (same_pixels (drawn[i], drawn[k]));
  }
  for (guint i = 0; i < G_N_ELEMENTS (holds); i++)
    cairo_surface_destroy (drawn[i]);
  limen_histogram_plot_free (plot);
  free_detector (detector);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/histogram/bins-sum-to-all", test_bins_sum_to_all);
  g_test_add_func ("/histogram/bins-stay-under-a-pan", test_bins_stay_under_a_pan);
  g_test_add_func ("/histogram/heights-are-shares-or-counts", test_heights_are_shares_or_counts);
  g_test_add_func ("/histogram/first-sight-is-readable", test_first_sight_is_readable);
  g_test_add_func ("/histogram/outliers-do-not-squash-the-rest",
                   test_outliers_do_not_squash_the_rest);
  g_test_add_func ("/histogram/view-zooms-and-pans", test_view_zooms_and_pans);
  g_test_add_func ("/histogram/a-cut-tail-is-counted", test_a_cut_tail_is_counted);
  g_test_add_func ("/histogram/line-and-regions-are-where-they-should-be",
                   test_line_and_regions_are_where_they_should_be);
  g_test_add_func ("/histogram/wrong-sides-are-stronger", test_wrong_sides_are_stronger);
  g_test_add_func ("/histogram/a-cached-base-gives-the-same-picture",
                   test_a_cached_base_gives_the_same_picture);
  g_test_add_func ("/histogram/each-hold-looks-different", test_each_hold_looks_different);
  return g_test_run ();
}
