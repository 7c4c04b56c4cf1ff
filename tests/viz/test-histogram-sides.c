/* The histogram where high scores are flagged, and where both ends are. */
#include "histogram-draw.h"

static const int sizes[][2] = {{360, 300}, {900, 500}, {1600, 1000}};

/* --- Above: the mirror image --- */

static void
test_above_is_below_turned_round (void)
{
  LimenDetector *low = usual_detector (), *high = detector_above ();
  low->threshold = 194;
  high->threshold = -194;
  for (LimenHistogramScale scale = 0; scale <= LIMEN_HISTOGRAM_CLIPPED; scale++) {
    LimenHistogramView a = limen_histogram_view_new (low, scale);
    LimenHistogramView b = limen_histogram_view_new (high, scale);
    g_assert_cmpfloat_with_epsilon (b.origin, -a.origin, 1e-9);
    g_assert_cmpfloat_with_epsilon (b.width, a.width, 1e-9);
    g_assert_cmpfloat_with_epsilon (b.low, -a.high, 1e-9 * fabs (a.high));
    g_assert_cmpfloat_with_epsilon (b.high, -a.low, 1e-9 * fabs (a.low));
    for (guint i = 0; i < low->normal->n; i += 97)
      g_assert_cmpfloat_with_epsilon (limen_histogram_view_place (&a, low->normal->value[i]),
                                      1 - limen_histogram_view_place (&b, -low->normal->value[i]),
                                      1e-9);
  }
  free_detector (low);
  free_detector (high);
}

/* A few hundred of the best have room, whatever lies far above. */
static void
test_usual_images_are_readable_of_each_side (void)
{
  LimenDetector *all[] = {detector_above (), detector_between ()};
  for (guint k = 0; k < G_N_ELEMENTS (all); k++) {
    const LimenScores *normal = all[k]->normal, *anomaly = all[k]->anomaly;
    LimenHistogramPlot *plot =
        plot_of (all[k], LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 900, 500);
    double width = limen_histogram_plot_x_of_value (plot, normal->sorted[4750]) -
                   limen_histogram_plot_x_of_value (plot, normal->sorted[250]);
    g_assert_cmpfloat (width, >, 0.15 * plot->frame.plot.width);
    g_assert_cmpfloat (plot->view.low, <, fmin (normal->sorted[0], anomaly->sorted[0]));
    g_assert_cmpfloat (plot->view.high, >, anomaly->sorted[anomaly->n - 1]);
    limen_histogram_plot_free (plot);
    free_detector (all[k]);
  }
}

/* Of scores of any size; all of them in a few bars would be none. */
static void
test_small_scores_have_bars_of_their_own (void)
{
  g_autoptr (LimenMeasure) measure = limen_measure_new ("p", "p", "", LIMEN_SIDE_HIGH);
  for (double size = 1e-30; size < 1e12; size *= 1e7)
    for (LimenHistogramScale scale = 0; scale <= LIMEN_HISTOGRAM_CLIPPED; scale++) {
      double value[1000];
      for (guint i = 0; i < 1000; i++)
        value[i] = size * (1 + i / 999.0);
      LimenDetector *detector =
          detector_of (NULL, limen_scores_new_of (measure, "small", value, 1000), NULL);
      detector->mean = detector->std = detector->threshold = NAN;
      LimenHistogramPlot *plot = plot_of (detector, scale, LIMEN_SCHEME_LIGHT, 900, 500);
      guint filled = 0;
      for (guint i = 0; i < plot->n_bins; i++)
        filled += plot->set[LIMEN_HISTOGRAM_NORMAL].count[i] > 0;
      g_assert_cmpuint (filled, >, 10);
      limen_histogram_plot_free (plot);
      free_detector (detector);
    }
}

/* --- Lines and regions --- */

static void
test_each_side_is_tinted_where_it_flags (void)
{
  LimenDetector *above = detector_above (), *between = detector_between ();
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
    for (guint k = 0; k < 2 * G_N_ELEMENTS (sizes); k++) {
      LimenDetector *detector = k % 2 ? between : above;
      LimenHistogramPlot *plot =
          plot_of (detector, LIMEN_HISTOGRAM_SPREAD, scheme, sizes[k / 2][0], sizes[k / 2][1]);
      LimenRect area = limen_histogram_plot_area (plot);
      LimenRgba paper = limen_palette_colour (scheme, LIMEN_COLOUR_PAPER),
                flagged = over (scheme, LIMEN_COLOUR_FLAGGED, paper),
                kept = over (scheme, LIMEN_COLOUR_KEPT, paper);
      double line[2], threshold = k % 2 ? detector->threshold : 194;
      guint n = limen_histogram_plot_lines (plot, threshold, line);
      g_assert_cmpuint (n, ==, 1 + k % 2);
      cairo_surface_t *surface = draw (plot, threshold, LIMEN_HOLD_NONE);
      for (guint i = 0; i < n; i++)
        assert_colour (surface, limen_histogram_plot_x_of_value (plot, line[i]),
                       area.y + area.height - 4, limen_palette_colour (scheme, LIMEN_COLOUR_HAND));
      assert_colour (surface, area.x + 3, area.y + 2, n == 2 ? flagged : kept);
      assert_colour (surface, area.x + area.width - 3, area.y + 2, flagged);
      if (n == 2) {
        double middle = limen_histogram_plot_x_of_value (plot, detector->mean);
        g_assert_cmpfloat (line[0], <, detector->mean);
        g_assert_cmpfloat (line[1], >, detector->mean);
        assert_colour (surface, middle, area.y + 2, kept);
      }
      cairo_surface_destroy (surface);
      limen_histogram_plot_free (plot);
    }
  free_detector (above);
  free_detector (between);
}

/* Whether bars of @set in the bins left of @from or right of @to are drawn stronger with the lines
 * than without them, and those between are not */
static void
assert_strong (const LimenHistogramPlot *plot, LimenHistogramIndex set, double threshold,
               gboolean inside, double from, double to)
{
  cairo_surface_t *before = draw (plot, NAN, LIMEN_HOLD_NONE);
  cairo_surface_t *after = draw (plot, threshold, LIMEN_HOLD_NONE);
  double base = plot->frame.plot.y + plot->frame.plot.height, y = base - 5;
  LimenScheme scheme = plot->style.scheme;
  guint n_strong = 0, n_weak = 0;
  for (guint i = 0; i < plot->n_bins; i++) {
    double x = (plot->edge_pixel[i] + plot->edge_pixel[i + 1]) / 2;
    if (base - plot->set[set].top[i] < 9 || plot->edge_pixel[i + 1] - plot->edge_pixel[i] < 3 ||
        fabs (x - from) < 12 || fabs (x - to) < 12)
      continue;
    gboolean is_inside = x > from && x < to;
    LimenRgba tinted = over (scheme, is_inside ? LIMEN_COLOUR_KEPT : LIMEN_COLOUR_FLAGGED,
                             pixel_at (before, x, y));
    LimenRgba strong = over (scheme,
                             set == LIMEN_HISTOGRAM_NORMAL ? LIMEN_COLOUR_FIRST_STRONG
                                                           : LIMEN_COLOUR_SECOND_STRONG,
                             tinted);
    if (is_inside == inside && difference (pixel_at (after, x, y), strong) <= 0.013)
      n_strong++;
    else if (is_inside != inside && difference (pixel_at (after, x, y), strong) > 0.05)
      n_weak++;
    else
      g_assert_not_reached ();
  }
  g_assert_cmpuint (n_strong, >, 0);
  g_assert_cmpuint (n_weak, >, 0);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

static void
test_errors_are_stronger_of_each_side (void)
{
  LimenDetector *above = detector_above (), *between = detector_between ();
  LimenHistogramPlot *plot = plot_of (above, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 900, 500);
  double x = limen_histogram_plot_x_of_value (plot, -1700);
  assert_strong (plot, LIMEN_HISTOGRAM_NORMAL, -1700, FALSE, -INFINITY, x);
  x = limen_histogram_plot_x_of_value (plot, 20000);
  assert_strong (plot, LIMEN_HISTOGRAM_ANOMALY, 20000, TRUE, -INFINITY, x);
  limen_histogram_plot_free (plot);
  plot = plot_of (between, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 900, 500);
  for (guint set = LIMEN_HISTOGRAM_NORMAL; set <= LIMEN_HISTOGRAM_ANOMALY; set++) {
    double distance = set == LIMEN_HISTOGRAM_NORMAL ? 1 : 30;
    double from = limen_histogram_plot_x_of_value (plot, between->mean - distance);
    double to = limen_histogram_plot_x_of_value (plot, between->mean + distance);
    assert_strong (plot, set, between->mean + distance, set == LIMEN_HISTOGRAM_ANOMALY, from, to);
  }
  limen_histogram_plot_free (plot);
  free_detector (above);
  free_detector (between);
}

/* --- Values --- */

static void
test_two_values_keep_apart (void)
{
  LimenDetector *detector = detector_between ();
  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++) {
    LimenHistogramPlot *plot =
        plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, sizes[k][0], sizes[k][1]);
    LimenRect area = limen_histogram_plot_area (plot);
    for (double distance = 0; distance < 1000; distance = distance * 1.3 + 0.01) {
      LimenHistogramLine line[2];
      double threshold = detector->mean + (k % 2 ? -distance : distance);
      g_assert_cmpuint (limen_histogram_place_lines (plot, threshold, line), ==, 2);
      g_assert_cmpfloat (line[0].x, <=, line[1].x);
      for (guint i = 0; i < 2; i++) {
        const LimenRect *pill = &line[i].pill;
        g_assert_cmpfloat (pill->width, >, 0);
        g_assert_cmpfloat (pill->x, >=, area.x - 0.01);
        g_assert_cmpfloat (pill->x + pill->width, <=, area.x + area.width + 0.01);
        g_assert_nonnull (strstr (line[i].text, "\u00a0bits"));
        g_free (line[i].text);
      }
      g_assert_cmpfloat (line[0].pill.x + line[0].pill.width, <=, line[1].pill.x - 3);
    }
    limen_histogram_plot_free (plot);
  }
  free_detector (detector);
}

/* Where there is hardly room for one value, that of the threshold itself is there. */
static void
test_one_value_in_a_narrow_plot (void)
{
  LimenDetector *detector = detector_between ();
  LimenHistogramPlot *plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 130, 200);
  for (int side = 0; side < 2; side++) {
    LimenHistogramLine line[2];
    limen_histogram_place_lines (plot, detector->mean + (side ? 2 : -2), line);
    g_assert_cmpfloat (line[side].pill.width, >, 0);
    g_assert_cmpfloat (line[!side].pill.width, ==, 0);
    g_free (line[0].text);
    g_free (line[1].text);
  }
  limen_histogram_plot_free (plot);
  free_detector (detector);
}

static void
test_values_have_the_unit_of_the_measure (void)
{
  LimenDetector *above = detector_above (), *between = detector_between ();
  LimenHistogramPlot *plot = plot_of (above, LIMEN_HISTOGRAM_LINEAR, LIMEN_SCHEME_LIGHT, 900, 500);
  g_autofree char *none = limen_histogram_threshold_text (plot, 194);
  g_assert_cmpstr (none, ==, "194");
  limen_histogram_plot_free (plot);
  plot = plot_of (between, LIMEN_HISTOGRAM_LINEAR, LIMEN_SCHEME_LIGHT, 900, 500);
  g_autofree char *bits = limen_histogram_threshold_text (plot, 12);
  g_assert_cmpstr (bits, ==, "12\u00a0bits");
  limen_histogram_plot_free (plot);
  free_detector (above);
  free_detector (between);
}

static void
test_captions_say_what_and_where (void)
{
  static const struct {
    gboolean both;
    double width;
    const char *caption;
  } cases[] = {
      {FALSE, 900, "distance to the nearest; the axis is squeezed far above the best"},
      {FALSE, 360, "distance to the nearest, squeezed far right"},
      {TRUE, 900, "balance (bits); the axis is squeezed far from the middle"},
      {TRUE, 300, "balance (bits), squeezed on both sides"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LimenDetector *detector = cases[i].both ? detector_between () : detector_above ();
    LimenHistogramPlot *plot =
        plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, cases[i].width, 400);
    const LimenLabel *label = find_label (plot, cases[i].both ? "balance" : "distance");
    g_assert_nonnull (label);
    g_assert_cmpstr (label->string, ==, cases[i].caption);
    g_assert_null (find_label (plot, "nats"));
    g_assert_null (find_label (plot, "likelihood"));
    limen_histogram_plot_free (plot);
    free_detector (detector);
  }
}

/* An even axis, whole or cut, is not squeezed anywhere. */
static void
test_only_a_squeezed_axis_says_so (void)
{
  LimenDetector *all[] = {usual_detector (), detector_above (), detector_between ()};
  for (guint k = 0; k < G_N_ELEMENTS (all); k++) {
    for (LimenHistogramScale scale = 0; scale <= LIMEN_HISTOGRAM_CLIPPED; scale++) {
      LimenHistogramPlot *plot = plot_of (all[k], scale, LIMEN_SCHEME_LIGHT, 900, 500);
      g_assert_true ((find_label (plot, "squeezed") != NULL) == (scale == LIMEN_HISTOGRAM_SPREAD));
      limen_histogram_plot_free (plot);
    }
    free_detector (all[k]);
  }
}

/* --- The hand --- */

static void
test_each_line_is_taken_by_itself (void)
{
  LimenDetector *detector = detector_between ();
  LimenHistogramPlot *plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 900, 500);
  double mean = detector->mean, threshold = mean - 3, line[2], middle = 300;
  g_assert_cmpuint (limen_histogram_plot_lines (plot, threshold, line), ==, 2);
  for (guint i = 0; i < 2; i++) {
    double x = limen_histogram_plot_x_of_value (plot, line[i]);
    g_assert_true (limen_histogram_plot_hits_line (plot, threshold, i, x + 11, middle));
    g_assert_false (limen_histogram_plot_hits_line (plot, threshold, !i, x, middle));
    g_assert_true (limen_histogram_plot_hits_threshold (plot, threshold, x, middle));
  }
  double between = limen_histogram_plot_x_of_value (plot, mean);
  g_assert_false (limen_histogram_plot_hits_threshold (plot, threshold, between, middle));
  g_assert_false (limen_histogram_plot_hits_threshold (plot, NAN, between, middle));
  /* moved, the other one mirrors it; none passes the mean */
  g_assert_cmpfloat (limen_histogram_plot_threshold (plot, 0, mean - 7), ==, mean - 7);
  g_assert_cmpfloat (limen_histogram_plot_threshold (plot, 0, mean + 7), ==, mean);
  g_assert_cmpfloat (limen_histogram_plot_threshold (plot, 1, mean + 7), ==, mean + 7);
  g_assert_cmpfloat (limen_histogram_plot_threshold (plot, 1, mean - 7), ==, mean);
  limen_histogram_plot_free (plot);
  free_detector (detector);
}

static void
test_each_hold_is_seen_on_its_own_line (void)
{
  LimenDetector *detector = detector_between ();
  LimenHistogramPlot *plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, LIMEN_SCHEME_LIGHT, 900, 500);
  double line[2], threshold = detector->mean + 3;
  limen_histogram_plot_lines (plot, threshold, line);
  cairo_surface_t *none = draw (plot, threshold, LIMEN_HOLD_NONE);
  cairo_surface_t *held = draw (plot, threshold, LIMEN_HOLD_FOCUSED);
  double left = limen_histogram_plot_x_of_value (plot, line[0]);
  double right = limen_histogram_plot_x_of_value (plot, line[1]);
  guint changed[2] = {0, 0};
  for (int y = 0; y < 500; y++)
    for (int x = 0; x < 900; x++)
      if (difference (pixel_at (none, x, y), pixel_at (held, x, y)) > 0.02) {
        changed[0] += fabs (x - left) < 30;
        changed[1] += fabs (x - right) < 30;
      }
  g_assert_cmpuint (changed[0], ==, 0);
  g_assert_cmpuint (changed[1], >, 20);
  cairo_surface_destroy (none);
  cairo_surface_destroy (held);
  limen_histogram_plot_free (plot);
  free_detector (detector);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/histogram-sides/" #name, test_##name)
  ADD (above_is_below_turned_round);
  ADD (usual_images_are_readable_of_each_side);
  ADD (small_scores_have_bars_of_their_own);
  ADD (each_side_is_tinted_where_it_flags);
  ADD (errors_are_stronger_of_each_side);
  ADD (two_values_keep_apart);
  ADD (one_value_in_a_narrow_plot);
  ADD (values_have_the_unit_of_the_measure);
  ADD (captions_say_what_and_where);
  ADD (only_a_squeezed_axis_says_so);
  ADD (each_line_is_taken_by_itself);
  ADD (each_hold_is_seen_on_its_own_line);
  return g_test_run ();
}
