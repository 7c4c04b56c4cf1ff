#include "model/base/random.h"
#include "viz/detector/histogram-plot-private.h"

#include <math.h>
#include <string.h>

/* --- Data: like a flow's scores of digits, and of another script with a very long tail --- */

static LimenScores *
normal_scores (const char *name, guint n, guint64 seed)
{
  g_autofree double *value = g_new (double, n);
  LimenRandom random = limen_random_stream (seed, "scores", 0);
  for (guint i = 0; i < n; i++)
    value[i] = 2160 - 300 * exp (0.7 * limen_random_normal (&random));
  return limen_scores_new (name, value, n);
}

static LimenScores *
anomaly_scores (const char *name, guint n, guint64 seed)
{
  g_autofree double *value = g_new (double, n);
  LimenRandom random = limen_random_stream (seed, "scores", 1);
  for (guint i = 0; i < n; i++)
    value[i] = 1800 - 16000 * exp (1.1 * limen_random_normal (&random));
  return limen_scores_new (name, value, n);
}

static LimenDetector *
detector_of (LimenScores *validation, LimenScores *normal, LimenScores *anomaly)
{
  LimenDetector *detector = g_new0 (LimenDetector, 1);
  detector->validation = validation;
  detector->normal = normal;
  detector->anomaly = anomaly;
  return detector;
}

static void
free_detector (LimenDetector *detector)
{
  g_clear_pointer (&detector->validation, limen_scores_unref);
  g_clear_pointer (&detector->normal, limen_scores_unref);
  g_clear_pointer (&detector->anomaly, limen_scores_unref);
  g_free (detector);
}

static LimenDetector *
usual_detector (void)
{
  return detector_of (normal_scores ("validation", 5000, 1), normal_scores ("MNIST test", 5000, 2),
                      anomaly_scores ("KMNIST test", 10000, 3));
}

static LimenHistogramPlot *
plot_of (const LimenDetector *detector, LimenHistogramScale scale, LimenScheme scheme, double width,
         double height)
{
  LimenHistogramView view = limen_histogram_view_new (detector, scale);
  LimenChartStyle style = limen_chart_style (scheme);
  return limen_histogram_plot_new (detector, &view, &style, width, height);
}

/* --- Pictures and their pixels --- */

static cairo_surface_t *
draw (const LimenHistogramPlot *plot, double threshold, LimenHold hold)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)plot->width, (int)plot->height);
  cairo_t *cr = cairo_create (surface);
  limen_histogram_plot_draw (plot, cr, threshold, hold);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static LimenRgba
pixel_at (cairo_surface_t *surface, double x, double y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint32 p = ((const guint32 *)(data + (int)y * stride))[(int)x];
  return (LimenRgba){(p >> 16 & 255) / 255.0, (p >> 8 & 255) / 255.0, (p & 255) / 255.0, 1};
}

static LimenRgba
over (LimenScheme scheme, LimenColour colour, LimenRgba below)
{
  LimenRgba top = limen_palette_colour (scheme, colour);
  double a = top.alpha;
  return (LimenRgba){top.red * a + below.red * (1 - a), top.green * a + below.green * (1 - a),
                     top.blue * a + below.blue * (1 - a), 1};
}

static double
difference (LimenRgba a, LimenRgba b)
{
  return fmax (fabs (a.red - b.red), fmax (fabs (a.green - b.green), fabs (a.blue - b.blue)));
}

static void
assert_colour (cairo_surface_t *surface, double x, double y, LimenRgba expected)
{
  g_assert_cmpfloat (difference (pixel_at (surface, x, y), expected), <=, 0.013);
}

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

static const LimenLabel *
find_label (const LimenHistogramPlot *plot, const char *part)
{
  for (guint i = 0; i < plot->n_labels; i++)
    if (strstr (plot->label[i].string, part))
      return &plot->label[i];
  return NULL;
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
find_bar (const LimenHistogramPlot *plot, LimenHistogramIndex set, gboolean left_of, double line, double *x)
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

/* --- Labels --- */

static void
check_labels (const LimenHistogramPlot *plot)
{
  for (guint i = 0; i < plot->n_labels; i++) {
    const LimenRect *a = &plot->label[i].rect;
    g_assert_cmpfloat (a->x, >=, 0);
    g_assert_cmpfloat (a->y, >=, 0);
    g_assert_cmpfloat (a->x + a->width, <=, plot->width);
    g_assert_cmpfloat (a->y + a->height, <=, plot->height);
    for (guint k = 0; k < i; k++) {
      const LimenRect *b = &plot->label[k].rect;
      g_assert_true (a->x + a->width <= b->x || b->x + b->width <= a->x ||
                     a->y + a->height <= b->y || b->y + b->height <= a->y);
    }
  }
}

static void
test_labels_keep_apart (void)
{
  static const char *const names[] = {"a", "MNIST test", "t10k-images-idx3-ubyte.gz",
                                      "a very long name of a folder with many images.tar.gz",
                                      "not \xff valid"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    LimenDetector *detector =
        detector_of (normal_scores (names[i], 500, 1), normal_scores (names[i], 500, 2),
                     i % 2 ? normal_scores (names[i], 900, 3) : anomaly_scores (names[i], 900, 3));
    for (int width = 120; width < 1500; width += 113)
      for (int height = 100; height < 900; height += 191) {
        LimenHistogramPlot *plot =
            plot_of (detector, (LimenHistogramScale)(width % 3), LIMEN_SCHEME_LIGHT, width, height);
        check_labels (plot);
        limen_histogram_plot_free (plot);
      }
    free_detector (detector);
  }
}

static void
test_sets_are_named_with_their_counts (void)
{
  LimenDetector *detector = usual_detector ();
  LimenHistogramPlot *plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 900, 500);
  const LimenLabel *normal = find_label (plot, "MNIST test · 5\u2009000");
  const LimenLabel *anomaly = find_label (plot, "KMNIST test · 10\u2009000");
  g_assert_nonnull (normal);
  g_assert_nonnull (anomaly);
  g_assert_nonnull (find_label (plot, "validation"));
  g_assert_cmpfloat (anomaly->rect.x + anomaly->rect.width, <, normal->rect.x);
  limen_histogram_plot_free (plot);
  free_detector (detector);
}

/* --- Partial results --- */

static LimenScores *
scores_of (const char *name, const double *value, guint n)
{
  return limen_scores_new (name, value, n);
}

static void
draw_everywhere (LimenDetector *detector)
{
  static const double thresholds[] = {NAN, -INFINITY, INFINITY, 0, 194.3, -1e300, 1e300};
  for (LimenHistogramScale scale = 0; scale <= LIMEN_HISTOGRAM_CLIPPED; scale++)
    for (guint i = 0; i < G_N_ELEMENTS (thresholds); i++)
      for (int kind = 0; kind < 4; kind++) {
        LimenHistogramView view = limen_histogram_view_new (detector, scale);
        view = limen_histogram_view_with_heights (&view, kind & 1, kind >> 1);
        g_assert_true (isfinite (view.low) && isfinite (view.high) && view.low < view.high);
        LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
        LimenHistogramPlot *plot = limen_histogram_plot_new (detector, &view, &style, 300, 200);
        cairo_surface_t *surface = draw (plot, thresholds[i], LIMEN_HOLD_NONE);
        check_labels (plot);
        if (!isnan (thresholds[i])) {
          double x = limen_histogram_plot_x_of_value (plot, thresholds[i]);
          g_assert_cmpfloat (x, >=, plot->frame.plot.x);
          g_assert_cmpfloat (x, <=, plot->frame.plot.x + plot->frame.plot.width);
        }
        cairo_surface_destroy (surface);
        limen_histogram_plot_free (plot);
      }
  if (detector)
    free_detector (detector);
}

static void
test_partial_results_are_drawn (void)
{
  const double equal[] = {5, 5, 5, 5}, infinite[] = {-INFINITY, -INFINITY}, one[] = {-3e9};
  const double mixed[] = {-INFINITY, 1, 2, 3, 1e200};
  draw_everywhere (NULL);
  draw_everywhere (detector_of (NULL, NULL, NULL));
  draw_everywhere (detector_of (scores_of ("v", NULL, 0), scores_of ("n", NULL, 0), NULL));
  draw_everywhere (detector_of (NULL, NULL, anomaly_scores ("a", 100, 1)));
  draw_everywhere (detector_of (NULL, normal_scores ("n", 100, 1), NULL));
  draw_everywhere (detector_of (normal_scores ("v", 3, 1), NULL, scores_of ("a", NULL, 0)));
  draw_everywhere (detector_of (NULL, scores_of ("n", equal, 4), scores_of ("a", equal, 4)));
  draw_everywhere (detector_of (scores_of ("v", infinite, 2), scores_of ("n", infinite, 2), NULL));
  draw_everywhere (detector_of (scores_of ("v", one, 1), scores_of ("n", mixed, 5), NULL));
}

static void
test_no_size_is_too_small (void)
{
  LimenDetector *detector = usual_detector ();
  for (int width = 0; width < 90; width += 11)
    for (int height = 0; height < 90; height += 11) {
      LimenHistogramPlot *plot =
          plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, width, height);
      cairo_surface_t *surface = draw (plot, 194, LIMEN_HOLD_FOCUSED);
      cairo_surface_destroy (surface);
      limen_histogram_plot_free (plot);
    }
  free_detector (detector);
}

/* --- The pointer --- */

static void
test_the_line_is_easy_to_grab (void)
{
  LimenDetector *detector = usual_detector ();
  LimenHistogramPlot *plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 900, 500);
  double x = limen_histogram_plot_x_of_value (plot, 194);
  LimenRect area = limen_histogram_plot_area (plot);
  double y = area.y + area.height - 10;
  g_assert_true (limen_histogram_plot_hits_threshold (plot, 194, x - 12, y));
  g_assert_true (limen_histogram_plot_hits_threshold (plot, 194, x + 12, y));
  g_assert_false (limen_histogram_plot_hits_threshold (plot, 194, x + 20, y));
  g_assert_true (limen_histogram_plot_hits_threshold (plot, 194, x + 30, area.y + plot->strip / 2));
  g_assert_false (limen_histogram_plot_hits_threshold (plot, 194, x, area.y - 3));
  g_assert_false (limen_histogram_plot_hits_threshold (plot, 194, x, area.y + area.height + 5));
  g_assert_false (limen_histogram_plot_hits_threshold (plot, NAN, x, y));
  /* A value out of view waits at the edge. */
  g_assert_true (limen_histogram_plot_hits_threshold (plot, 9e9, area.x + area.width, y));
  g_assert_cmpfloat (limen_histogram_plot_value_at_x (plot, -50), ==, plot->view.low);
  g_assert_cmpfloat (limen_histogram_plot_value_at_x (plot, 5000), ==, plot->view.high);
  limen_histogram_plot_free (plot);
  free_detector (detector);
}

static void
test_the_value_stands_on_the_line (void)
{
  LimenDetector *detector = usual_detector ();
  LimenHistogramPlot *plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 900, 500);
  g_autofree char *text = limen_histogram_threshold_text (plot, -12345.6);
  g_autofree char *left = limen_histogram_threshold_text (plot, -9e9);
  g_assert_cmpstr (text, ==, "−12\u2009346\u00a0nats");
  g_assert_true (g_str_has_prefix (left, "‹ "));
  for (double x = plot->frame.plot.x; x <= plot->frame.plot.x + plot->frame.plot.width; x += 7) {
    LimenRect pill = limen_histogram_pill_rect (plot, x, text);
    g_assert_cmpfloat (pill.x, >=, plot->frame.plot.x);
    g_assert_cmpfloat (pill.x + pill.width, <=, plot->frame.plot.x + plot->frame.plot.width + 1e-9);
  }
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
  g_test_add_func ("/histogram/labels-keep-apart", test_labels_keep_apart);
  g_test_add_func ("/histogram/sets-are-named-with-their-counts",
                   test_sets_are_named_with_their_counts);
  g_test_add_func ("/histogram/partial-results-are-drawn", test_partial_results_are_drawn);
  g_test_add_func ("/histogram/no-size-is-too-small", test_no_size_is_too_small);
  g_test_add_func ("/histogram/the-line-is-easy-to-grab", test_the_line_is_easy_to_grab);
  g_test_add_func ("/histogram/the-value-stands-on-the-line", test_the_value_stands_on_the_line);
  return g_test_run ();
}
