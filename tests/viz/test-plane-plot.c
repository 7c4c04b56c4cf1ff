#include "pixels.h"
#include "model/base/random.h"
#include "viz/kit/plane-plot-private.h"

#include <string.h>

static const LimenChartStyle style = {LIMEN_SCHEME_LIGHT, "sans-serif", 12};
static const int sizes[][2] = {{260, 180}, {395, 395}, {600, 500}, {1600, 1000}};

/* --- Data: a normal distribution, tilted, and its density over a grid --- */

static const double mean[2] = {1, 0.1};
static const double covariance[4] = {0.41, -0.25, -0.25, 0.35};

static LimenGaussian *
tilted (void)
{
  return limen_gaussian_new ("The distribution", 2, mean, covariance, NULL);
}

static LimenPlane
plane_of (const LimenGaussian *gaussian, guint columns, guint rows, double *log_density)
{
  LimenPlane plane = {columns, rows, {-2.5, -3}, {4.5, 3}, log_density};
  for (guint r = 0; r < rows; r++)
    for (guint c = 0; c < columns; c++) {
      double z[2] = {plane.low[0] + (plane.high[0] - plane.low[0]) * c / (columns - 1),
                     plane.low[1] + (plane.high[1] - plane.low[1]) * r / (rows - 1)};
      log_density[r * columns + c] = limen_gaussian_log_density (gaussian, z);
    }
  return plane;
}

static cairo_surface_t *
draw (const LimenPlanePlot *plot, const LimenChartStyle *with, int width, int height)
{
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  limen_plane_plot_draw (plot, cr, with, width, height);
  finish_picture (surface, cr);
  return surface;
}

/* --- Axes --- */

static double
unit (const LimenAxis *axis)
{
  return fabs (axis->end - axis->start) / (axis->high - axis->low);
}

static double
text_width (const char *string)
{
  return limen_text_rect (&style, &(LimenText){.size = 1}, string, 0, 0).width;
}

static void
check_frame (const LimenPlanePlot *plot, int width, int height)
{
  LimenFrame frame = limen_plane_plot_frame (plot, &style, width, height);
  double step[2] = {0, 0};
  g_assert_cmpfloat (fabs (unit (&frame.x) / unit (&frame.y) - 1), <, 1e-9);
  g_assert_cmpfloat (frame.x.low, <=, plot->low[0] + 1e-9);
  g_assert_cmpfloat (frame.x.high, >=, plot->high[0] - 1e-9);
  g_assert_cmpfloat (frame.y.low, <=, plot->low[1] + 1e-9);
  g_assert_cmpfloat (frame.y.high, >=, plot->high[1] - 1e-9);
  for (int i = 0; i < 2; i++) {
    const GArray *ticks = i ? frame.y_ticks : frame.x_ticks;
    for (guint k = 0; k < ticks->len; k++) {
      const LimenTick *tick = &g_array_index (ticks, LimenTick, k);
      double left = i ? frame.plot.x - 0.9 * style.font_size - text_width (tick->label)
                      : tick->pixel - text_width (tick->label) / 2;
      g_assert_cmpfloat (left, >, -1);
      g_assert_cmpfloat (left + text_width (tick->label), <, width + 1);
      if (k > 0)
        step[i] = tick->value - (tick - 1)->value;
    }
  }
  if (step[0] > 0 && step[1] > 0)
    g_assert_cmpfloat_with_epsilon (step[0], step[1], 1e-9 * step[0]);
  limen_frame_clear (&frame);
}

static void
test_a_unit_is_as_long_on_both_axes (void)
{
  LimenRandom random = limen_random_stream (5, "planes", 0);
  for (guint i = 0; i < 300; i++) {
    double size = pow (10, 6 * limen_random_uniform (&random) - 3);
    LimenPlanePlot plot = {.title = "Latent plane", .foot = i % 2 ? "50 samples" : NULL};
    for (int k = 0; k < 2; k++) {
      plot.low[k] = size * (limen_random_uniform (&random) - 0.7);
      plot.high[k] = plot.low[k] + size * (0.1 + limen_random_uniform (&random));
    }
    check_frame (&plot, (int)(200 + 900 * limen_random_uniform (&random)),
                 (int)(160 + 600 * limen_random_uniform (&random)));
  }
}

/* --- Regions and contours --- */

static void
test_levels_of_a_normal_distribution (void)
{
  g_autoptr (LimenGaussian) gaussian = tilted ();
  g_autofree double *log_density = g_new (double, 200 * 160);
  LimenPlane plane = plane_of (gaussian, 200, 160, log_density);
  double top = limen_gaussian_log_density (gaussian, mean);
  /* r standard deviations hold 1 − exp (−r²/2) */
  for (double r = 0.5; r < 3.2; r += 0.5)
    g_assert_cmpfloat_with_epsilon (limen_plane_level (&plane, 1 - exp (-r * r / 2)),
                                    top - r * r / 2, 0.02);
}

/* Standard deviations from the mean. */
static double
distance (const LimenGaussian *gaussian, const double z[2])
{
  double top = limen_gaussian_log_density (gaussian, gaussian->mean);
  return sqrt (fmax (2 * (top - limen_gaussian_log_density (gaussian, z)), 0));
}

static void
test_contours_of_a_normal_distribution_are_ellipses (void)
{
  g_autoptr (LimenGaussian) gaussian = tilted ();
  g_autofree double *log_density = g_new (double, 100 * 90);
  LimenPlane plane = plane_of (gaussian, 100, 90, log_density);
  double top = limen_gaussian_log_density (gaussian, mean);
  for (double r = 0.5; r < 3; r += 0.5) {
    g_autoptr (GArray) lines = limen_plane_contours (&plane, top - r * r / 2);
    g_assert_cmpuint (lines->len, ==, 1);
    const LimenContour *line = &g_array_index (lines, LimenContour, 0);
    g_assert_true (line->closed);
    g_assert_cmpuint (line->n, >, 20);
    double turned = 0;
    for (guint i = 0; i < line->n; i++) {
      const double *a = &line->z[2 * i], *b = &line->z[2 * ((i + 1) % line->n)];
      g_assert_cmpfloat_with_epsilon (distance (gaussian, a), r, 0.02);
      double angle =
          atan2 (b[1] - mean[1], b[0] - mean[0]) - atan2 (a[1] - mean[1], a[0] - mean[0]);
      turned += remainder (angle, 2 * G_PI);
      g_assert_cmpfloat (hypot (b[0] - a[0], b[1] - a[1]), <, 0.15);
    }
    g_assert_cmpfloat_with_epsilon (fabs (turned), 2 * G_PI, 1e-6); /* once around */
  }
}

static void
test_contours_of_corners_saddles_and_holes (void)
{
  static double two[] = {0, 0, 0, 0, 0, /* two peaks */
                         0, 9, 0, 9, 0, 0, 0, 0, 0, 0};
  static double saddle[] = {9, 0, 0, 9};
  static double cut[] = {-INFINITY, -INFINITY, 9, -INFINITY, NAN, 9, -INFINITY, -INFINITY, 9};
  LimenPlane plane = {5, 3, {0, 0}, {4, 2}, two};
  g_autoptr (GArray) peaks = limen_plane_contours (&plane, 3);
  g_assert_cmpuint (peaks->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    g_assert_true (g_array_index (peaks, LimenContour, i).closed);
    g_assert_cmpuint (g_array_index (peaks, LimenContour, i).n, ==, 4);
  }
  plane = (LimenPlane){2, 2, {0, 0}, {1, 1}, saddle};
  g_autoptr (GArray) joined = limen_plane_contours (&plane, 3);
  g_autoptr (GArray) apart = limen_plane_contours (&plane, 6);
  for (int k = 0; k < 2; k++) { /* the middle, 4.5, is on one side of the level or on the other */
    const GArray *lines = k ? apart : joined;
    g_assert_cmpuint (lines->len, ==, 2);
    for (guint i = 0; i < 2; i++) {
      const LimenContour *line = &g_array_index (lines, LimenContour, i);
      g_assert_cmpuint (line->n, ==, 2);
      g_assert_false (line->closed);
      /* around the low corners where the high ones are joined, else around the high ones */
      gboolean falls = (line->z[2] - line->z[0]) * (line->z[3] - line->z[1]) < 0;
      g_assert_cmpint (falls, ==, k);
    }
  }
  plane = (LimenPlane){3, 3, {0, 0}, {2, 2}, cut};
  g_autoptr (GArray) open = limen_plane_contours (&plane, 3);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_false (g_array_index (open, LimenContour, 0).closed);
  g_assert_cmpuint (g_array_index (open, LimenContour, 0).n, ==, 3);
  for (guint i = 0; i < 9; i++)
    cut[i] = -INFINITY;
  g_assert_true (isnan (limen_plane_level (&plane, 0.5)));
  g_autoptr (GArray) none = limen_plane_contours (&plane, limen_plane_level (&plane, 0.5));
  g_assert_cmpuint (none->len, ==, 0);
}

/* --- Pixels --- */

static double
lightness (guint32 pixel)
{
  return (pixel >> 16) + (pixel >> 8 & 255) + (pixel & 255);
}

static void
test_shade_is_strongest_where_the_density_is (void)
{
  g_autoptr (LimenGaussian) gaussian = tilted ();
  g_autofree double *log_density = g_new (double, 120 * 100);
  LimenPlane plane = plane_of (gaussian, 120, 100, log_density);
  LimenPlanePlot plot = {
      .low = {-1, -2}, .high = {3, 2}, .shade = &plane, .shade_colour = LIMEN_COLOUR_INK};
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++) {
    LimenChartStyle with = {scheme, "sans-serif", 12};
    LimenFrame frame = limen_plane_plot_frame (&plot, &with, 600, 500);
    cairo_surface_t *surface = draw (&plot, &with, 600, 500);
    double paper = lightness (colour_of (scheme, LIMEN_COLOUR_PAPER)), last = INFINITY;
    double f = sqrt (0.5); /* along the long axis, more or less: away from grid lines */
    for (double t = 0.07; t < 1.6; t += 0.2) {
      double x = limen_axis_to_pixel (&frame.x, mean[0] + f * t);
      double y = limen_axis_to_pixel (&frame.y, mean[1] - f * t);
      double shade = fabs (lightness (pixel_at (surface, x, y)) - paper);
      g_assert_cmpfloat (shade, <, last + 3);
      last = shade;
    }
    /* the density is the same on both sides of the mean */
    double other = fabs (lightness (pixel_at (surface, limen_axis_to_pixel (&frame.x, 0.62),
                                              limen_axis_to_pixel (&frame.y, 0.48))) -
                         paper);
    double one = fabs (lightness (pixel_at (surface, limen_axis_to_pixel (&frame.x, 1.38),
                                            limen_axis_to_pixel (&frame.y, -0.28))) -
                       paper);
    g_assert_cmpfloat (one, >, 90);
    g_assert_cmpfloat (fabs (one - other), <, 12);
    cairo_surface_destroy (surface);
    limen_frame_clear (&frame);
  }
}

static void
test_ellipses_and_crosses_lie_where_the_axes_say (void)
{
  g_autoptr (LimenGaussian) gaussian = tilted ();
  const LimenPlaneEllipse ellipses[] = {{gaussian, 1.5, LIMEN_COLOUR_SECOND, LIMEN_LINE_EXACT},
                                        {gaussian, 0, LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT}};
  LimenPlanePlot plot = {.low = {-1, -2}, .high = {3, 2}, .ellipse = ellipses, .n_ellipses = 2};
  LimenFrame frame = limen_plane_plot_frame (&plot, &style, 600, 500);
  cairo_surface_t *surface = draw (&plot, &style, 600, 500);
  guint32 orange = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_SECOND);
  for (int i = 0; i < 24; i++) {
    double e[2] = {1.5 * cos (i * G_PI / 12), 1.5 * sin (i * G_PI / 12)}, z[2];
    limen_gaussian_place (gaussian, e, z);
    double x = limen_axis_to_pixel (&frame.x, z[0]), y = limen_axis_to_pixel (&frame.y, z[1]);
    g_assert_cmpuint (count_around (surface, x, y, 2, orange), >=, 1);
  }
  double x = limen_axis_to_pixel (&frame.x, mean[0]), y = limen_axis_to_pixel (&frame.y, mean[1]);
  guint32 blue = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_FIRST);
  g_assert_cmpuint (count_around (surface, x, y, 6, blue), >=, 4);
  g_assert_cmpuint (count_around (surface, x, y, 6, orange), ==, 0);
  cairo_surface_destroy (surface);
  limen_frame_clear (&frame);
}

static void
test_areas_of_points_are_their_weights (void)
{
  static const double z[] = {0, 0, 1, 0, 2, 0, 3, 0, 0, 1}, weight[] = {1, 0.25, 0.5, 0, NAN};
  g_autofree double *equal = g_new (double, 400), *many = g_new0 (double, 800);
  LimenPlanePoints points = {z, weight, 5, LIMEN_COLOUR_FIRST, LIMEN_DOT_DISC};
  LimenPlanePlot plot = {.low = {-1, -1}, .high = {4, 2}, .points = &points, .n_points = 1};
  LimenFrame frame = limen_plane_plot_frame (&plot, &style, 600, 500);
  LimenPointScale scale = limen_plane_point_scale (&points, &frame, &style);
  double largest = limen_plane_point_radius (&points, &scale, 0);
  g_assert_cmpfloat_with_epsilon (limen_plane_point_radius (&points, &scale, 1), largest / 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (limen_plane_point_radius (&points, &scale, 2),
                                  largest * sqrt (0.5), 1e-9);
  for (guint i = 3; i < 5; i++) { /* still to be seen */
    g_assert_cmpfloat (limen_plane_point_radius (&points, &scale, i), >, 0.5);
    g_assert_cmpfloat (limen_plane_point_radius (&points, &scale, i), <, 1.5);
  }
  cairo_surface_t *surface = draw (&plot, &style, 600, 500);
  double x = limen_axis_to_pixel (&frame.x, 2), y = limen_axis_to_pixel (&frame.y, 0);
  g_assert_cmpfloat (lightness (pixel_at (surface, x + 3, y + 2)), <, 3 * 255 - 100);
  g_assert_cmphex (pixel_at (surface, x + largest + 2, y + 4), ==, 0xffffff);
  cairo_surface_destroy (surface);
  /* many that weigh the same do not hide the plane */
  for (guint i = 0; i < 400; i++)
    equal[i] = 1;
  points = (LimenPlanePoints){many, equal, 400, LIMEN_COLOUR_FIRST, LIMEN_DOT_DISC};
  scale = limen_plane_point_scale (&points, &frame, &style);
  g_assert_cmpfloat (scale.radius, <, 0.5 * largest);
  limen_frame_clear (&frame);
}

/* --- Words --- */

static void
test_names_stay_within_and_apart (void)
{
  g_autoptr (LimenGaussian) gaussian = tilted ();
  g_autofree double *log_density = g_new (double, 60 * 50);
  LimenPlane plane = plane_of (gaussian, 60, 50, log_density);
  const LimenPlaneLabel labels[] = {{"posterior p(z|x)", {1, 0.1}, LIMEN_COLOUR_INK},
                                    {"proposal q(z|x)", {1, 0.1}, LIMEN_COLOUR_HAND},
                                    {"moment-matched", {99, -99}, LIMEN_COLOUR_SECOND},
                                    {"nowhere", {NAN, 0}, LIMEN_COLOUR_INK}};
  LimenPlanePlot plot = {.title = "Latent plane",
                         .note = "what K samples do to q",
                         .foot = "50 samples, sized by weight",
                         .low = {-1, -2},
                         .high = {3, 2},
                         .contours = &plane,
                         .label = labels,
                         .n_labels = 4};
  for (int width = 60; width < 1000; width += 94)
    for (int height = 40; height < 700; height += 66) {
      g_autoptr (LimenPlaneLayout) layout = limen_plane_layout_new (&plot, &style, width, height);
      guint n = limen_places_n_labels (layout->places);
      if (width >= 340 && height >= 300)
        g_assert_cmpuint (n, ==, 6);
      for (guint i = 0; i < n; i++) {
        const LimenRect *a = &limen_places_label (layout->places, i)->rect;
        g_assert_true (a->x >= 0 && a->y >= 0 && a->x + a->width <= width &&
                       a->y + a->height <= height);
        for (guint k = i + 1; k < n; k++) {
          const LimenRect *b = &limen_places_label (layout->places, k)->rect;
          g_assert_true (a->x + a->width <= b->x || b->x + b->width <= a->x ||
                         a->y + a->height <= b->y || b->y + b->height <= a->y);
        }
      }
    }
}

/* --- The hand --- */

static LimenGaussian *
random_gaussian (LimenRandom *random)
{
  double turn = 2 * G_PI * limen_random_uniform (random), c = cos (turn), s = sin (turn);
  double a = exp (2 * limen_random_normal (random)), b = exp (2 * limen_random_normal (random));
  double m[2] = {limen_random_normal (random), limen_random_normal (random)};
  double v[4] = {a * c * c + b * s * s, (a - b) * c * s, (a - b) * c * s, a * s * s + b * c * c};
  return limen_gaussian_new ("The distribution", 2, m, v, NULL);
}

static void
assert_same (const LimenGaussian *a, const LimenGaussian *b, double tolerance)
{
  double size = a->covariance[0] + a->covariance[3];
  for (int i = 0; i < 2; i++)
    g_assert_cmpfloat_with_epsilon (a->mean[i], b->mean[i], tolerance);
  for (int i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (a->covariance[i], b->covariance[i], tolerance * size);
}

static void
test_handles_and_back (void)
{
  LimenRandom random = limen_random_stream (6, "handles", 0);
  for (guint i = 0; i < 1000; i++) {
    g_autoptr (LimenGaussian) gaussian = random_gaussian (&random);
    double radius = 0.5 + 2 * limen_random_uniform (&random);
    LimenEllipseHandles handles = limen_ellipse_handles (gaussian, radius, NULL);
    double across = 0;
    for (int k = 0; k < 2; k++) {
      g_assert_cmpfloat_with_epsilon (distance (gaussian, handles.end[k]), radius, 1e-6);
      across += (handles.end[0][k] - handles.mean[k]) * (handles.end[1][k] - handles.mean[k]);
    }
    g_assert_cmpfloat (fabs (across), <,
                       1e-9 * (gaussian->covariance[0] + gaussian->covariance[3]));
    for (int index = 0; index < 3; index++) { /* a handle that goes nowhere changes nothing */
      g_autoptr (LimenGaussian) same = limen_ellipse_from_handles (
          &handles, radius, index, index ? handles.end[index - 1] : handles.mean);
      assert_same (gaussian, same, 1e-9);
    }
  }
}

static void
test_handles_at_first_point_right_and_up (void)
{
  const double m[2] = {2, 3}, flat[2] = {4, 1}, tall[2] = {1, 4}, circle[2] = {1, 1};
  const double *const variances[] = {flat, tall, circle};
  for (guint i = 0; i < 3; i++) {
    g_autoptr (LimenGaussian) gaussian =
        limen_gaussian_new_diagonal ("The distribution", 2, m, variances[i], NULL);
    LimenEllipseHandles handles = limen_ellipse_handles (gaussian, 1, NULL);
    g_assert_cmpfloat_with_epsilon (handles.end[0][0], 2 + sqrt (variances[i][0]), 1e-12);
    g_assert_cmpfloat_with_epsilon (handles.end[0][1], 3, 1e-12);
    g_assert_cmpfloat_with_epsilon (handles.end[1][0], 2, 1e-12);
    g_assert_cmpfloat_with_epsilon (handles.end[1][1], 3 + sqrt (variances[i][1]), 1e-12);
  }
}

static void
test_the_mean_moves_all (void)
{
  g_autoptr (LimenGaussian) gaussian = tilted ();
  LimenEllipseHandles handles = limen_ellipse_handles (gaussian, 1, NULL);
  const double to[2] = {-3, 2};
  g_autoptr (LimenGaussian) moved = limen_ellipse_from_handles (&handles, 1, 0, to);
  g_assert_cmpfloat (moved->mean[0], ==, -3);
  g_assert_cmpfloat (moved->mean[1], ==, 2);
  for (int i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (moved->covariance[i], covariance[i], 1e-12);
}

/* An end is led around the mean, at changing distance, through circles: the handle stays under the
 * pointer, the other keeps its length and its side. */
static void
test_dragging_an_end_turns_the_ellipse (void)
{
  for (int index = 1; index < 3; index++) {
    const double m[2] = {0.3, -0.2}, variance[2] = {1, 0.25};
    g_autoptr (LimenGaussian) gaussian =
        limen_gaussian_new_diagonal ("The distribution", 2, m, variance, NULL);
    LimenEllipseHandles handles = limen_ellipse_handles (gaussian, 1, NULL);
    int other = 2 - index;
    double kept = index == 1 ? 0.5 : 1;
    double start = index == 1 ? 0 : G_PI / 2, size = index == 1 ? 1 : 0.5;
    for (int step = 0; step <= 400; step++) {
      double angle = start + step * G_PI / 50, held = size + kept * (1 - cos (step * G_PI / 40));
      double z[2] = {m[0] + held * cos (angle), m[1] + held * sin (angle)};
      LimenGaussian *next = limen_ellipse_from_handles (&handles, 1, index, z);
      LimenEllipseHandles moved = limen_ellipse_handles (next, 1, &handles);
      double side = index == 1 ? 1 : -1; /* the second is a quarter turn ahead of the first */
      g_assert_cmpfloat_with_epsilon (moved.end[index - 1][0], z[0], 1e-7);
      g_assert_cmpfloat_with_epsilon (moved.end[index - 1][1], z[1], 1e-7);
      g_assert_cmpfloat_with_epsilon (moved.end[other][0], m[0] - side * kept * sin (angle), 1e-7);
      g_assert_cmpfloat_with_epsilon (moved.end[other][1], m[1] + side * kept * cos (angle), 1e-7);
      limen_gaussian_free (gaussian);
      gaussian = next;
      handles = moved;
    }
  }
}

/* A fast hand: more than an eighth of a turn from one event to the next. */
static void
test_an_end_that_is_led_far_stays_itself (void)
{
  LimenRandom random = limen_random_stream (7, "handles", 0);
  for (guint i = 0; i < 1000; i++) {
    g_autoptr (LimenGaussian) gaussian = random_gaussian (&random);
    LimenEllipseHandles handles = limen_ellipse_handles (gaussian, 1, NULL);
    int index = 1 + i % 2;
    const double z[2] = {handles.mean[0] + limen_random_normal (&random),
                         handles.mean[1] + limen_random_normal (&random)};
    g_autoptr (LimenGaussian) next = limen_ellipse_from_handles (&handles, 1, index, z);
    for (int k = 0; k < 2; k++)
      handles.end[index - 1][k] = z[k];
    LimenEllipseHandles moved = limen_ellipse_handles (next, 1, &handles);
    for (int k = 0; k < 2; k++)
      g_assert_cmpfloat_with_epsilon (moved.end[index - 1][k], z[k], 1e-5);
  }
}

static void
test_an_ellipse_never_collapses (void)
{
  g_autoptr (LimenGaussian) gaussian = tilted ();
  LimenEllipseHandles handles = limen_ellipse_handles (gaussian, 2, NULL);
  const double far[2] = {1e6, 1e6}, nan[2] = {NAN, 0};
  g_autoptr (LimenGaussian) thin = limen_ellipse_from_handles (&handles, 2, 1, handles.mean);
  g_assert_nonnull (thin);
  LimenEllipseHandles small = limen_ellipse_handles (thin, 2, &handles);
  double length = hypot (small.end[0][0] - small.mean[0], small.end[0][1] - small.mean[1]);
  g_assert_cmpfloat_with_epsilon (length, 0.001, 1e-6);
  /* in the direction that it had */
  double along = (small.end[0][0] - small.mean[0]) * (handles.end[0][0] - handles.mean[0]) +
                 (small.end[0][1] - small.mean[1]) * (handles.end[0][1] - handles.mean[1]);
  double full = hypot (handles.end[0][0] - handles.mean[0], handles.end[0][1] - handles.mean[1]);
  g_assert_cmpfloat (along, >, 0.999 * length * full);
  g_autoptr (LimenGaussian) wide = limen_ellipse_from_handles (&small, 2, 2, far);
  g_assert_nonnull (wide);
  g_autoptr (LimenGaussian) same = limen_ellipse_from_handles (&handles, 2, 1, nan);
  assert_same (gaussian, same, 1e-9);
}

static void
test_hand_is_drawn_with_its_handles (void)
{
  g_autoptr (LimenGaussian) gaussian = tilted ();
  LimenPlanePlot plot = {.low = {-1, -2}, .high = {3, 2}};
  LimenFrame frame = limen_plane_plot_frame (&plot, &style, 600, 500);
  LimenEllipseHandles handles = limen_ellipse_handles (gaussian, 1, NULL);
  const LimenHold hold[3] = {LIMEN_HOLD_NONE, LIMEN_HOLD_HOVERED, LIMEN_HOLD_FOCUSED};
  guint32 hand = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_HAND);
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (600, 500, &cr);
  limen_plane_plot_draw (&plot, cr, &style, 600, 500);
  limen_plane_draw_hand (&frame, cr, &style, gaussian, 1, &handles, hold);
  finish_picture (surface, cr);
  for (int i = 0; i < 3; i++) {
    const double *z = i ? handles.end[i - 1] : handles.mean;
    double x = limen_axis_to_pixel (&frame.x, z[0]), y = limen_axis_to_pixel (&frame.y, z[1]);
    g_assert_cmphex (pixel_at (surface, x, y), ==, hand);
    g_assert_cmpuint (count_around (surface, x, y, 8, hand), >, 140);
  }
  double e[2] = {cos (2), sin (2)}, z[2];
  limen_gaussian_place (gaussian, e, z);
  g_assert_cmpuint (count_around (surface, limen_axis_to_pixel (&frame.x, z[0]),
                                  limen_axis_to_pixel (&frame.y, z[1]), 3, hand),
                    >=, 3);
  cairo_surface_destroy (surface);
  limen_frame_clear (&frame);
}

/* --- Little or nothing --- */

static void
test_no_data_and_no_room_draw_a_plain_plane (void)
{
  const double wide[2] = {1e12, 1e12}, tiny[2] = {1e-14, 1e-14}, one = 1,
               line_density[] = {0, 1, 0};
  g_autoptr (LimenGaussian) huge = limen_gaussian_new_diagonal ("It", 2, mean, wide, NULL);
  g_autoptr (LimenGaussian) small = limen_gaussian_new_diagonal ("It", 2, mean, tiny, NULL);
  g_autoptr (LimenGaussian) line = limen_gaussian_new_diagonal ("It", 1, mean, &one, NULL);
  const double z[] = {NAN, 0, 1e300, -1e300, INFINITY, 0};
  const LimenPlaneEllipse ellipses[] = {{huge, 1, LIMEN_COLOUR_INK, LIMEN_LINE_EXACT},
                                        {small, 2, LIMEN_COLOUR_INK, LIMEN_LINE_REFERENCE},
                                        {line, 1, LIMEN_COLOUR_INK, LIMEN_LINE_EXACT}};
  const LimenPlanePoints points[] = {{z, NULL, 3, LIMEN_COLOUR_FIRST, LIMEN_DOT_TRIANGLE},
                                     {NULL, NULL, 0, LIMEN_COLOUR_FIRST, LIMEN_DOT_DISC}};
  LimenPlane latent_line = {3, 1, {-1, 0}, {1, 0}, (double *)line_density};
  LimenPlanePlot plots[3] = {
      {.low = {NAN, 1}, .high = {0, 1}, .ellipse = ellipses, .n_ellipses = 3},
      {.title = "Latent plane", .low = {-1, -1}, .high = {1, 1}, .points = points, .n_points = 2},
      {.low = {-2, -1},
       .high = {2, 1},
       .shade = &latent_line,
       .contours = &latent_line,
       .shade_colour = LIMEN_COLOUR_FIRST}};
  for (guint i = 0; i < G_N_ELEMENTS (plots); i++)
    for (int size = 1; size < 300; size += 23) {
      cairo_surface_destroy (draw (&plots[i], &style, size, 300 - size));
      cairo_surface_destroy (draw (&plots[i], &style, size, size));
    }
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    cairo_surface_destroy (draw (&plots[0], &style, sizes[s][0], sizes[s][1]));
  /* a latent line is shaded from top to bottom */
  LimenFrame frame = limen_plane_plot_frame (&plots[2], &style, 400, 300);
  cairo_surface_t *surface = draw (&plots[2], &style, 400, 300);
  double x = limen_axis_to_pixel (&frame.x, 0.05);
  g_assert_cmphex (pixel_at (surface, x, frame.plot.y + 5), !=, 0xffffff);
  g_assert_cmphex (pixel_at (surface, x, frame.plot.y + frame.plot.height - 5), !=, 0xffffff);
  cairo_surface_destroy (surface);
  limen_frame_clear (&frame);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plane-plot/a-unit-is-as-long-on-both-axes",
                   test_a_unit_is_as_long_on_both_axes);
  g_test_add_func ("/plane-plot/levels-of-a-normal-distribution",
                   test_levels_of_a_normal_distribution);
  g_test_add_func ("/plane-plot/contours-of-a-normal-distribution-are-ellipses",
                   test_contours_of_a_normal_distribution_are_ellipses);
  g_test_add_func ("/plane-plot/contours-of-corners-saddles-and-holes",
                   test_contours_of_corners_saddles_and_holes);
  g_test_add_func ("/plane-plot/shade-is-strongest-where-the-density-is",
                   test_shade_is_strongest_where_the_density_is);
  g_test_add_func ("/plane-plot/ellipses-and-crosses-lie-where-the-axes-say",
                   test_ellipses_and_crosses_lie_where_the_axes_say);
  g_test_add_func ("/plane-plot/areas-of-points-are-their-weights",
                   test_areas_of_points_are_their_weights);
  g_test_add_func ("/plane-plot/names-stay-within-and-apart", test_names_stay_within_and_apart);
  g_test_add_func ("/plane-plot/handles-and-back", test_handles_and_back);
  g_test_add_func ("/plane-plot/handles-at-first-point-right-and-up",
                   test_handles_at_first_point_right_and_up);
  g_test_add_func ("/plane-plot/the-mean-moves-all", test_the_mean_moves_all);
  g_test_add_func ("/plane-plot/dragging-an-end-turns-the-ellipse",
                   test_dragging_an_end_turns_the_ellipse);
  g_test_add_func ("/plane-plot/an-end-that-is-led-far-stays-itself",
                   test_an_end_that_is_led_far_stays_itself);
  g_test_add_func ("/plane-plot/an-ellipse-never-collapses", test_an_ellipse_never_collapses);
  g_test_add_func ("/plane-plot/hand-is-drawn-with-its-handles",
                   test_hand_is_drawn_with_its_handles);
  g_test_add_func ("/plane-plot/no-data-and-no-room-draw-a-plain-plane",
                   test_no_data_and_no_room_draw_a_plain_plane);
  return g_test_run ();
}
