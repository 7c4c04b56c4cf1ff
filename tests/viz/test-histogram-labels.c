/* Labels of a histogram, partial results, and the pointer. */
#include "histogram-draw.h"

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
  g_test_add_func ("/histogram/labels-keep-apart", test_labels_keep_apart);
  g_test_add_func ("/histogram/sets-are-named-with-their-counts",
                   test_sets_are_named_with_their_counts);
  g_test_add_func ("/histogram/partial-results-are-drawn", test_partial_results_are_drawn);
  g_test_add_func ("/histogram/no-size-is-too-small", test_no_size_is_too_small);
  g_test_add_func ("/histogram/the-line-is-easy-to-grab", test_the_line_is_easy_to_grab);
  g_test_add_func ("/histogram/the-value-stands-on-the-line", test_the_value_stands_on_the_line);
  return g_test_run ();
}
