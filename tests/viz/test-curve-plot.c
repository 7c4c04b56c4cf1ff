#include "curve-draw.h"
#include "model/detect/band.h"
#include "pixels.h"

#include <string.h>

static const int sizes[][2] = {{240, 200}, {360, 300}, {700, 520}, {1600, 900}};

/** Case: a curve of some data */
typedef struct {
  guint n1, n2;
  double apart, grain;
} Case;

static const Case cases[] = {{400, 300, 1.8, 0}, {40, 30, 1.2, 1},      {20000, 10000, 2, 0},
                             {500, 500, 12, 0},  {300, 200, -1.5, 0.3}, {1, 1, 1, 0}};

typedef void (*Check) (const LimenCurvePlot *plot);

/* Of all data, kinds and sizes. */
static void
check_all (Check check)
{
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++) {
    g_autoptr (LimenCurve) curve =
        curve_of (cases[c].n1, cases[c].n2, cases[c].apart, cases[c].grain);
    for (LimenCurveKind kind = 0; kind < LIMEN_N_CURVE_KINDS; kind++)
      for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
        g_autoptr (LimenCurvePlot) plot = curve_plot_of (curve, kind, sizes[s][0], sizes[s][1]);
        check (plot);
      }
  }
}

static double
rate (guint k, guint n)
{
  return (double)k / n;
}

/* --- Places --- */

/* Where the axes say, by their labels; 0 and 100 of normal deviates are at half an image. */
static double
expected_pixel (const LimenAxis *axis, double value, guint n)
{
  double half = 50.0 / MAX (n, 2);
  if (axis->scale == &limen_scale_probit)
    value = CLAMP (value, half, 100 - half);
  return limen_axis_to_pixel (axis, value);
}

static void
check_places (const LimenCurvePlot *plot)
{
  const LimenCurve *curve = plot->curve;
  for (guint i = 0; i < curve->n; i += 1 + curve->n / 50) {
    const LimenCurvePoint *point = &curve->point[i];
    double f = rate (point->k1, curve->n1), h = rate (point->k2, curve->n2), x, y;
    if (!isfinite (point->threshold))
      continue;
    gboolean has = limen_curve_plot_place (plot, point->threshold, &x, &y);
    double across = plot->kind == LIMEN_CURVE_PRECISION_RECALL ? h : f;
    double up = plot->kind == LIMEN_CURVE_ROC   ? h
                : plot->kind == LIMEN_CURVE_DET ? 1 - h
                                                : 0.01 * h / (0.01 * h + 0.99 * f);
    g_assert_cmpint (has, ==, !isnan (up));
    if (!has)
      continue;
    g_assert_cmpfloat_with_epsilon (x, expected_pixel (&plot->frame.x, 100 * across, curve->n1),
                                    1e-6);
    g_assert_cmpfloat_with_epsilon (y, expected_pixel (&plot->frame.y, 100 * up, curve->n2), 1e-6);
  }
}

static void
test_points_lie_where_the_axes_say (void)
{
  check_all (check_places);
}

/* Nothing is nearer to a pixel than the point whose threshold is given. */
static void
check_nearest (const LimenCurvePlot *plot)
{
  LimenRandom random = limen_random_stream (3, "pointer", 0);
  for (int trial = 0; trial < 30; trial++) {
    double x = plot->width * (1.4 * limen_random_uniform (&random) - 0.2), px, py;
    double y = plot->height * (1.4 * limen_random_uniform (&random) - 0.2), least = INFINITY;
    double threshold = limen_curve_plot_threshold_at (plot, x, y);
    g_assert_true (isfinite (threshold));
    g_assert_true (limen_curve_plot_place (plot, threshold, &px, &py));
    for (guint i = 0; i < plot->curve->n; i++) {
      double qx, qy, at = plot->curve->point[i].threshold;
      if (isfinite (at) && limen_curve_plot_place (plot, at, &qx, &qy))
        least = fmin (least, hypot (qx - x, qy - y));
    }
    g_assert_cmpfloat_with_epsilon (hypot (px - x, py - y), least, 0.001);
  }
}

static void
test_the_nearest_point_is_found (void)
{
  check_all (check_nearest);
}

static void
check_hits (const LimenCurvePlot *plot)
{
  const LimenCurve *curve = plot->curve;
  double x, y, threshold = curve->point[curve->n / 2].threshold;
  LimenRect pill;
  if (!limen_curve_plot_place (plot, threshold, &x, &y))
    return;
  g_assert_true (limen_curve_plot_hits_point (plot, threshold, x + 8, y - 8));
  g_assert_false (limen_curve_plot_hits_point (plot, threshold, x - 1000, y));
  g_autofree char *text = limen_curve_plot_pill (plot, threshold, x, y, &pill);
  if (text)
    g_assert_true (limen_curve_plot_hits_point (plot, threshold, pill.x + 5, pill.y + 5));
  g_assert_false (limen_curve_plot_hits_point (plot, NAN, x, y));
}

static void
test_the_point_and_its_pill_are_hit (void)
{
  check_all (check_hits);
}

/* --- Axes --- */

static void
check_ticks (const LimenCurvePlot *plot)
{
  const GArray *both[] = {plot->frame.x_ticks, plot->frame.y_ticks};
  for (int axis = 0; axis < 2; axis++) {
    guint n = both[axis]->len;
    const LimenTick *first = &g_array_index (both[axis], LimenTick, 0);
    g_assert_cmpuint (n, >=, 2);
    g_assert_cmpstr (first->label, ==, "0");
    if (axis == 0 || plot->height > 250)
      g_assert_cmpstr (g_array_index (both[axis], LimenTick, n - 1).label, ==, "100");
    for (guint i = 1; i < n; i++)
      g_assert_cmpfloat (fabs (first[i].pixel - first[i - 1].pixel), >, 12);
  }
}

static void
test_axes_go_from_none_to_all (void)
{
  check_all (check_ticks);
}

static void
test_normal_deviates_are_even (void)
{
  LimenAxis axis = {&limen_scale_probit, .low = 0.1, .high = 99.9, .start = 0, .end = 1000};
  const double percent[] = {2.2750131948179195, 15.865525393145708, 50, 84.13447460685429};
  double step = limen_axis_to_pixel (&axis, percent[1]) - limen_axis_to_pixel (&axis, percent[0]);
  for (guint i = 1; i < G_N_ELEMENTS (percent); i++)
    g_assert_cmpfloat_with_epsilon (limen_axis_to_pixel (&axis, percent[i]) -
                                        limen_axis_to_pixel (&axis, percent[i - 1]),
                                    step, 1e-6);
  for (double pixel = 0; pixel <= 1000; pixel += 50)
    g_assert_cmpfloat_with_epsilon (
        limen_axis_to_pixel (&axis, limen_axis_from_pixel (&axis, pixel)), pixel, 1e-6);
}

/* --- Curve and band --- */

static double
distance_to_path (const GArray *path, gboolean closed, double x, double y)
{
  const double *at = (const double *)(gpointer)path->data;
  double least = INFINITY;
  guint n = path->len / 2;
  for (guint i = 0; i + !closed < n; i++) {
    const double *a = at + 2 * i, *b = at + 2 * ((i + 1) % n);
    double dx = b[0] - a[0], dy = b[1] - a[1], length = dx * dx + dy * dy;
    double t = length > 0 ? ((x - a[0]) * dx + (y - a[1]) * dy) / length : 0;
    t = CLAMP (t, 0, 1);
    least = fmin (least, hypot (a[0] + t * dx - x, a[1] + t * dy - y));
  }
  return least;
}

static gboolean
is_around (const GArray *path, double x, double y)
{
  const double *at = (const double *)(gpointer)path->data;
  guint n = path->len / 2;
  int turns = 0;
  for (guint i = 0; i < n; i++) {
    const double *a = at + 2 * i, *b = at + 2 * ((i + 1) % n);
    double side = (b[0] - a[0]) * (y - a[1]) - (x - a[0]) * (b[1] - a[1]);
    turns += a[1] <= y && b[1] > y && side > 0;
    turns -= a[1] > y && b[1] <= y && side < 0;
  }
  return turns != 0;
}

/* The line goes through all points, thinned or not: also those in between. */
static void
check_line (const LimenCurvePlot *plot)
{
  const LimenCurve *curve = plot->curve;
  double x, y;
  for (guint i = 0; i < curve->normal->n; i += 1 + curve->normal->n / 40)
    if (limen_curve_plot_place (plot, curve->normal->sorted[i], &x, &y))
      g_assert_cmpfloat (distance_to_path (plot->line, FALSE, x, y), <, 1.5);
}

static void
test_the_line_goes_through_all_points (void)
{
  check_all (check_line);
}

/* What the two bands say at a threshold lies in the region that is drawn. */
static void
check_band (const LimenCurvePlot *plot)
{
  const LimenCurve *curve = plot->curve;
  for (guint i = 0; i < curve->n; i += 1 + curve->n / 40) {
    const LimenCurvePoint *point = &curve->point[i];
    double low[2], high[2], x, y;
    limen_band (point->k1, curve->n1, 0.975, &low[0], &high[0]);
    limen_band (point->k2, curve->n2, 0.975, &low[1], &high[1]);
    for (int a = 0; a <= 4; a++)
      for (int b = 0; b <= 4; b++) {
        double f = low[0] + a * (high[0] - low[0]) / 4, h = low[1] + b * (high[1] - low[1]) / 4;
        if (limen_curve_plot_pixel (plot, f, h, &x, &y) && !is_around (plot->band, x, y))
          g_assert_cmpfloat (distance_to_path (plot->band, TRUE, x, y), <, 1);
      }
  }
}

static void
test_the_band_holds_all_rectangles (void)
{
  check_all (check_band);
}

/* It is no wider either: a pixel of the region is in a rectangle of some threshold, where scores
 * are not tied. */
static void
test_the_band_is_no_wider (void)
{
  g_autoptr (LimenCurve) curve = curve_of (400, 300, 1.8, 0);
  g_autoptr (LimenCurvePlot) plot = curve_plot_of (curve, LIMEN_CURVE_ROC, 700, 520);
  LimenRect area = limen_curve_plot_area (plot);
  guint inside = 0;
  for (double x = area.x; x < area.x + area.width; x += 7)
    for (double y = area.y; y < area.y + area.height; y += 7) {
      double f = limen_axis_from_pixel (&plot->frame.x, x) / 100, slack = 0.003;
      double h = limen_axis_from_pixel (&plot->frame.y, y) / 100;
      gboolean held = FALSE;
      for (guint i = 0; i < curve->n && !held; i++) {
        const LimenCurvePoint *point = &curve->point[i];
        held = f >= point->low[0] - slack && f <= point->high[0] + slack &&
               h >= point->low[1] - slack && h <= point->high[1] + slack;
      }
      if (is_around (plot->band, x, y)) {
        g_assert_true (held);
        inside++;
      }
    }
  g_assert_cmpuint (inside, >, 100);
}

/* Along a tie the detector flags by lot: rates go straight, precision bends. */
static void
test_ties_are_straight_between_even_axes (void)
{
  g_autoptr (LimenCurve) curve = curve_of (40, 30, 1.2, 1);
  for (LimenCurveKind kind = 0; kind < LIMEN_N_CURVE_KINDS; kind++) {
    g_autoptr (LimenCurvePlot) plot = curve_plot_of (curve, kind, 700, 520);
    for (guint i = 2; i < curve->n; i++) {
      const LimenCurvePoint *a = &curve->point[i - 1], *b = &curve->point[i];
      double x, y;
      for (double t = 0.1; t < 1; t += 0.1)
        if (limen_curve_plot_pixel (plot, (a->k1 + t * (b->k1 - (double)a->k1)) / curve->n1,
                                    (a->k2 + t * (b->k2 - (double)a->k2)) / curve->n2, &x, &y))
          g_assert_cmpfloat (distance_to_path (plot->line, FALSE, x, y), <, 1);
    }
  }
}

/* --- The point --- */

static cairo_surface_t *
draw (const LimenCurvePlot *plot, double threshold)
{
  cairo_t *cr;
  cairo_surface_t *surface = new_picture ((int)plot->width, (int)plot->height, &cr);
  limen_curve_plot_draw (plot, cr, threshold, LIMEN_HOLD_NONE);
  finish_picture (surface, cr);
  return surface;
}

static gboolean
overlap (const LimenRect *a, const LimenRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
         b->y < a->y + a->height;
}

static guint n_pills;

static void
check_pill (const LimenCurvePlot *plot)
{
  LimenRect area = limen_curve_plot_area (plot), pill;
  for (double threshold = -14; threshold < 4; threshold += 0.2) {
    double x, y;
    if (!limen_curve_plot_place (plot, threshold, &x, &y))
      continue;
    g_autofree char *text = limen_curve_plot_pill (plot, threshold, x, y, &pill);
    n_pills += text != NULL;
    if (!text)
      continue;
    g_assert_cmpfloat (pill.x, >=, area.x);
    g_assert_cmpfloat (pill.y, >=, area.y);
    g_assert_cmpfloat (pill.x + pill.width, <=, area.x + area.width);
    g_assert_cmpfloat (pill.y + pill.height, <=, area.y + area.height);
    for (guint i = 0; i < limen_places_n_labels (plot->places); i++)
      g_assert_false (overlap (&pill, &limen_places_label (plot->places, i)->rect));
    LimenRect handle = {x - 8, y - 8, 16, 16};
    g_assert_false (overlap (&pill, &handle));
  }
}

static void
test_the_pill_keeps_off_all_words (void)
{
  n_pills = 0;
  check_all (check_pill);
  g_assert_cmpuint (n_pills, >, 4000);
}

static void
test_the_pill_says_both_rates (void)
{
  static const char *const expected[] = {
      "25\u00a0% false alarms · 75\u00a0% hits",
      "25\u00a0% false alarms · 25\u00a0% misses",
      "2.9\u00a0% precision · 75\u00a0% recall",
  };
  const double normal[] = {1, 5, 6, 7}, anomaly[] = {0, 0.5, 2, 8};
  g_autoptr (LimenScores) first = limen_scores_new ("normal", normal, 4);
  g_autoptr (LimenScores) second = limen_scores_new ("anomalies", anomaly, 4);
  g_autoptr (LimenDetector) detector =
      limen_detector_new_with_validation (first, first, second, (LimenRule){LIMEN_RULE_VALUE, 3});
  g_autoptr (LimenCurve) curve = limen_curve_new (detector);
  for (LimenCurveKind kind = 0; kind < LIMEN_N_CURVE_KINDS; kind++) {
    g_autoptr (LimenCurvePlot) plot = curve_plot_of (curve, kind, 700, 520);
    g_autofree char *text = limen_curve_plot_text (plot, 3);
    g_autofree char *none = limen_curve_plot_text (plot, NAN);
    g_assert_cmpstr (text, ==, expected[kind]);
    g_assert_cmpstr (none, ==, "");
  }
}

static gboolean
same_pixels (cairo_surface_t *a, cairo_surface_t *b)
{
  gsize size = (gsize)cairo_image_surface_get_stride (a) * cairo_image_surface_get_height (a);
  return memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b), size) == 0;
}

static void
check_handle (const LimenCurvePlot *plot)
{
  const LimenCurve *curve = plot->curve;
  double threshold = curve->point[curve->n / 2].threshold, x, y;
  if (!limen_curve_plot_place (plot, threshold, &x, &y))
    return;
  cairo_surface_t *without = draw (plot, NAN), *with = draw (plot, threshold);
  guint32 hand = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_HAND);
  g_assert_cmpuint (count_around (with, x, y, 8, hand), >, 100);
  g_assert_cmpuint (count_around (without, x, y, 8, hand), ==, 0);
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
}

static void
test_the_handle_is_at_the_point (void)
{
  check_all (check_handle);
}

/* Precision has no value there, and no point. */
static void
test_where_nothing_is_flagged_there_is_no_precision (void)
{
  g_autoptr (LimenCurve) curve = curve_of (400, 300, 1.8, 0);
  double none = curve->point[0].threshold, x, y;
  for (LimenCurveKind kind = 0; kind < LIMEN_N_CURVE_KINDS; kind++) {
    g_autoptr (LimenCurvePlot) plot = curve_plot_of (curve, kind, 500, 400);
    gboolean undefined = kind == LIMEN_CURVE_PRECISION_RECALL;
    cairo_surface_t *with = draw (plot, none), *without = draw (plot, NAN);
    g_assert_cmpint (limen_curve_plot_place (plot, none, &x, &y), ==, !undefined);
    g_assert_cmpint (same_pixels (with, without), ==, undefined);
    cairo_surface_destroy (with);
    cairo_surface_destroy (without);
  }
}

static void
test_without_a_curve_there_is_a_frame (void)
{
  for (LimenCurveKind kind = 0; kind < LIMEN_N_CURVE_KINDS; kind++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
      g_autoptr (LimenCurvePlot) plot = curve_plot_of (NULL, kind, sizes[s][0], sizes[s][1]);
      cairo_surface_t *surface = draw (plot, 1);
      g_assert_true (isnan (limen_curve_plot_threshold_at (plot, 100, 100)));
      g_assert_false (limen_curve_plot_hits_point (plot, 1, 100, 100));
      cairo_surface_destroy (surface);
    }
  g_autoptr (LimenCurve) curve = curve_of (400, 300, 1.8, 0);
  for (int side = 1; side < 60; side += 7) { /* as a window that is being made smaller */
    g_autoptr (LimenCurvePlot) plot = curve_plot_of (curve, LIMEN_CURVE_DET, side, side);
    cairo_surface_t *surface = draw (plot, -1);
    cairo_surface_destroy (surface);
  }
}

/* --- Dots --- */

static void
test_dots_are_counted (void)
{
  LimenRedrawOne one[3] = {{.fixed_missed = TRUE, .somewhere_missed = TRUE},
                           {.somewhere_missed = TRUE, .band_left = TRUE},
                           {.somewhere_missed = TRUE}};
  LimenRedrawDots dots = {one, 3, 3};
  g_autofree char *text = limen_redraw_dots_text (&dots);
  g_assert_cmpstr (text, ==,
                   "95\u00a0% interval at your line: 1 of 3 missed the truth\n"
                   "95\u00a0% interval, wherever the line is put: 3 of 3 missed the truth\n"
                   "95\u00a0% band, wherever the line is put: 1 of 3 missed the truth");
}

static guint
dark_pixels (const LimenRedrawDots *dots, double width)
{
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  double height = limen_redraw_dots_height (dots, &style, width);
  cairo_t *cr;
  cairo_surface_t *surface = new_picture ((int)width, (int)height, &cr);
  limen_redraw_dots_draw (dots, cr, &style, width, height);
  finish_picture (surface, cr);
  guint n = count_pixels (surface, &(LimenRect){0, 0, width, height},
                          colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_INK));
  cairo_surface_destroy (surface);
  return n;
}

/* So many more dots are filled. */
static void
test_what_is_missed_is_filled (void)
{
  LimenRedrawOne one[200] = {{0}};
  LimenRedrawDots dots = {one, 200, 200};
  guint none = dark_pixels (&dots, 700);
  one[0].band_left = TRUE;
  guint first = dark_pixels (&dots, 700) - none;
  g_assert_cmpuint (first, >, 15);
  for (guint i = 0; i < 100; i++)
    one[i].band_left = one[i].somewhere_missed = TRUE;
  guint many = dark_pixels (&dots, 700) - none;
  g_assert_cmpuint (many, >, 180 * first);
  g_assert_cmpuint (many, <, 220 * first + 200);
}

static void
test_dots_have_room_at_all_widths (void)
{
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  LimenRedrawDots dots = {NULL, 0, 200};
  double last = INFINITY;
  for (double width = 100; width < 900; width += 50) {
    double height = limen_redraw_dots_height (&dots, &style, width);
    g_assert_cmpfloat (height, <=, last);
    g_assert_cmpfloat (height, >, 3 * 200 * 12.0 * 12 / width * 0.5);
    dark_pixels (&dots, width);
    last = height;
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/curve-plot/" #name, test_##name)
  ADD (points_lie_where_the_axes_say);
  ADD (the_nearest_point_is_found);
  ADD (the_point_and_its_pill_are_hit);
  ADD (axes_go_from_none_to_all);
  ADD (normal_deviates_are_even);
  ADD (the_line_goes_through_all_points);
  ADD (the_band_holds_all_rectangles);
  ADD (the_band_is_no_wider);
  ADD (ties_are_straight_between_even_axes);
  ADD (the_pill_keeps_off_all_words);
  ADD (the_pill_says_both_rates);
  ADD (the_handle_is_at_the_point);
  ADD (where_nothing_is_flagged_there_is_no_precision);
  ADD (without_a_curve_there_is_a_frame);
  ADD (dots_are_counted);
  ADD (what_is_missed_is_filled);
  ADD (dots_have_room_at_all_widths);
#undef ADD
  return g_test_run ();
}
