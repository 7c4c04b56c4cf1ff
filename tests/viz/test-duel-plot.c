#include "pixels.h"
#include "model/base/random.h"
#include "viz/kit/dot-stamps.h"
#include "viz/prior/duel-plot-private.h"

#include <string.h>

#define ALL ((1u << LIMEN_N_ESTIMATORS) - 1)

static const LimenChartStyle style = {LIMEN_SCHEME_LIGHT, "sans-serif", 12};
static const int sizes[][2] = {{260, 180}, {360, 600}, {517, 371},
                               {600, 500}, {900, 300}, {1600, 1000}};

/* --- Data: the case of the page, and duels made by hand --- */

static LimenDuel *
usual_duel (guint n, double shift)
{
  g_autoptr (LimenGaussianCase) gaussian_case = limen_gaussian_case_example ();
  double s[2];
  LimenGradientCase c;
  g_assert_true (limen_gradient_case_of (gaussian_case, s, &c, NULL));
  c.shift = shift;
  return limen_duel_new (&c, n, 1);
}

/* Two parameters of μ; all clouds with @variance and with no draws yet. */
static LimenDuel *
empty_duel (double exact_x, double exact_y, double variance)
{
  LimenDuel *duel = g_new0 (LimenDuel, 1);
  duel->k = duel->d = 2;
  duel->n_parameters = 8;
  duel->exact = g_new0 (double, 8);
  duel->exact_error = g_new0 (double, 8);
  duel->unsure = g_new0 (double, 8);
  duel->exact[0] = exact_x;
  duel->exact[1] = exact_y;
  for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++) {
    LimenDuelCloud *cloud = &duel->cloud[e];
    cloud->measured = g_new0 (LimenRunningMean, 8);
    cloud->variance = g_new0 (double, 8);
    cloud->variance_error = g_new0 (double, 8);
    cloud->variance[0] = cloud->variance[1] = variance;
    cloud->covariance[0] = cloud->covariance[2] = variance;
  }
  return duel;
}

static void
add_draw (LimenDuel *duel, LimenGradientEstimator e, double x, double y)
{
  LimenDuelCloud *cloud = &duel->cloud[e];
  cloud->draw[2 * cloud->n] = x;
  cloud->draw[2 * cloud->n++ + 1] = y;
  limen_running_mean_add (&cloud->measured[0], x);
  limen_running_mean_add (&cloud->measured[1], y);
}

static LimenDuelPlot
plot_of (const LimenDuel *duel, guint shown)
{
  return (LimenDuelPlot){duel, shown, "Estimator duel", "300 single-sample gradients each", 0};
}

static cairo_surface_t *
draw (const LimenDuelPlot *plot, const LimenChartStyle *with, int width, int height)
{
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  limen_duel_plot_draw (plot, cr, with, width, height);
  finish_picture (surface, cr);
  return surface;
}

static double
unit (const LimenAxis *axis)
{
  return fabs (axis->end - axis->start) / (axis->high - axis->low);
}

/* --- Marks --- */

static void
test_each_estimator_has_a_colour_and_a_shape_of_its_own (void)
{
  for (guint a = 0; a < LIMEN_N_ESTIMATORS; a++)
    for (guint b = a + 1; b < LIMEN_N_ESTIMATORS; b++) {
      g_assert_cmpint (limen_estimator_colour (a), !=, limen_estimator_colour (b));
      g_assert_cmpint (limen_estimator_shape (a), !=, limen_estimator_shape (b));
    }
  g_assert_cmpint (limen_estimator_colour (LIMEN_LOG_DERIVATIVE), ==, LIMEN_COLOUR_SECOND);
  g_assert_cmpint (limen_estimator_colour (LIMEN_REPARAMETERIZATION), ==, LIMEN_COLOUR_FIRST);
}

/* Σ of opacity, and where its middle is. */
static double
sum_of (cairo_surface_t *surface, double *x, double *y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  double sum = 0, sum_x = 0, sum_y = 0;
  for (int row = 0; row < cairo_image_surface_get_height (surface); row++)
    for (int i = 0; i < cairo_image_surface_get_width (surface); i++) {
      double alpha = (((const guint32 *)(data + row * stride))[i] >> 24) / 255.0;
      sum += alpha;
      sum_x += alpha * (i + 0.5);
      sum_y += alpha * (row + 0.5);
    }
  *x = sum_x / sum;
  *y = sum_y / sum;
  return sum;
}

static void
test_shapes_have_the_same_area (void)
{
  for (LimenDotShape shape = LIMEN_DOT_DISC; shape <= LIMEN_DOT_CROSS; shape++) {
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 100, 100);
    cairo_t *cr = cairo_create (surface);
    double x, y;
    limen_dot_path (cr, shape, 50, 50, 20);
    cairo_fill (cr);
    finish_picture (surface, cr);
    g_assert_cmpfloat_with_epsilon (sum_of (surface, &x, &y), G_PI * 400, 15);
    g_assert_cmpfloat_with_epsilon (x, 50, 0.1);
    g_assert_cmpfloat_with_epsilon (y, 50, 0.1);
    cairo_surface_destroy (surface);
  }
}

/* At any scale and offset a stamp is what a path would be, within a quarter of a pixel. */
static void
test_stamps_are_as_paths (void)
{
  LimenRandom random = limen_random_stream (1, "stamps", 0);
  for (guint i = 0; i < 300; i++) {
    int scale = 1 + i % 3;
    double at[2] = {20 + 5 * limen_random_uniform (&random),
                    20 + 5 * limen_random_uniform (&random)};
    double sum[2], x[2], y[2], shift = floor (10 * limen_random_uniform (&random)) / 4;
    for (int path = 0; path < 2; path++) {
      cairo_surface_t *surface =
          cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 60 * scale, 60 * scale);
      if (i % 2)
        cairo_surface_set_device_scale (surface, scale, scale);
      cairo_t *cr = cairo_create (surface);
      if (i % 2 == 0)
        cairo_scale (cr, scale, scale);
      cairo_translate (cr, shift, 2 * shift);
      LimenStamps stamps;
      limen_stamps_begin (&stamps, cr, &style, i % 6, LIMEN_COLOUR_FIRST, 0.5, 2.6);
      g_assert_cmpfloat (stamps.scale, ==, scale);
      if (path)
        stamps.scale = 0;
      limen_stamps_put (&stamps, at[0], at[1]);
      limen_stamps_put (&stamps, NAN, 3);
      limen_stamps_put (&stamps, 3, 1e9);
      limen_stamps_end (&stamps);
      finish_picture (surface, cr);
      sum[path] = sum_of (surface, &x[path], &y[path]);
      cairo_surface_destroy (surface);
    }
    g_assert_cmpfloat_with_epsilon (sum[0], sum[1], 0.04 * sum[1]);
    g_assert_cmpfloat_with_epsilon (x[0], x[1], 0.18);
    g_assert_cmpfloat_with_epsilon (y[0], y[1], 0.18);
  }
}

static void
test_stamps_become_paths_where_there_are_no_pixels (void)
{
  cairo_surface_t *record = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 40, 40);
  cairo_t *cr[2] = {cairo_create (record), cairo_create (image)};
  cairo_rotate (cr[1], 0.3);
  for (int i = 0; i < 2; i++) {
    LimenStamps stamps;
    limen_stamps_begin (&stamps, cr[i], &style, LIMEN_DOT_DISC, LIMEN_COLOUR_FIRST, 0.5, 2);
    g_assert_cmpfloat (stamps.scale, ==, 0);
    limen_stamps_put (&stamps, 20, 10);
    limen_stamps_end (&stamps);
  }
  double x, y, width, height;
  cairo_recording_surface_ink_extents (record, &x, &y, &width, &height);
  g_assert_cmpfloat (width, >, 3);
  g_assert_cmpfloat (width, <, 7);
  g_assert_cmpfloat_with_epsilon (x + width / 2, 20, 1);
  finish_picture (record, cr[0]);
  finish_picture (image, cr[1]);
  cairo_surface_destroy (record);
  cairo_surface_destroy (image);
}

/* --- The plane --- */

static void
test_a_unit_is_as_long_on_both_axes (void)
{
  g_autoptr (LimenDuel) duel = usual_duel (100, 0);
  LimenDuelPlot plot = plot_of (duel, ALL);
  for (int width = 200; width < 1400; width += 170)
    for (int height = 150; height < 1000; height += 140)
      for (plot.spread = 0; plot.spread < 2; plot.spread++) {
        LimenFrame frame = limen_duel_plot_frame (&plot, &style, width, height);
        g_assert_cmpfloat (fabs (unit (&frame.x) / unit (&frame.y) - 1), <, 1e-9);
        g_assert_cmpfloat (frame.x.high, >=, limen_duel_spread (&plot) * (1 - 1e-9));
        g_assert_cmpfloat (frame.y.high, >=, limen_duel_spread (&plot) * (1 - 1e-9));
        g_assert_cmpfloat_with_epsilon (frame.x.low, -frame.x.high, 1e-9 * frame.x.high);
        limen_frame_clear (&frame);
      }
}

static void
test_nearly_all_of_each_cloud_is_seen (void)
{
  for (int shift = 0; shift <= 100; shift += 50) {
    g_autoptr (LimenDuel) duel = usual_duel (1000, shift);
    for (guint shown = 1; shown <= ALL; shown++) {
      LimenDuelPlot plot = plot_of (duel, shown);
      double spread = limen_duel_spread (&plot);
      guint far = 0;
      for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++) {
        const LimenDuelCloud *cloud = &duel->cloud[e];
        guint outside = 0;
        for (guint i = 0; i < cloud->n && (shown >> e & 1); i++)
          outside += fmax (fabs (cloud->draw[2 * i]), fabs (cloud->draw[2 * i + 1])) > spread;
        g_assert_cmpuint (outside, <=, cloud->n / 25);
        far += shown >> e & 1 && 2 * sqrt (cloud->covariance[0]) > 0.15 * spread;
      }
      g_assert_cmpuint (far, >=, 1); /* and not much else */
    }
  }
}

static void
test_draws_and_ellipses_lie_where_the_axes_say (void)
{
  g_autoptr (LimenDuel) duel = empty_duel (1, -0.5, 4);
  duel->cloud[LIMEN_LOG_DERIVATIVE].covariance[1] = 2.4;
  add_draw (duel, LIMEN_LOG_DERIVATIVE, -6, -7);
  add_draw (duel, LIMEN_LOG_DERIVATIVE, 7, 5.5);
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++) {
    LimenChartStyle with = {scheme, "sans-serif", 12};
    LimenDuelPlot plot = plot_of (duel, 1 << LIMEN_LOG_DERIVATIVE);
    plot.spread = 9;
    LimenFrame frame = limen_duel_plot_frame (&plot, &with, 600, 500);
    cairo_surface_t *surface = draw (&plot, &with, 600, 500);
    guint32 paper = colour_of (scheme, LIMEN_COLOUR_PAPER);
    guint32 orange = colour_of (scheme, LIMEN_COLOUR_SECOND);
    for (int i = 0; i < 2; i++) {
      double x = limen_axis_to_pixel (&frame.x, i ? 7 : -6);
      double y = limen_axis_to_pixel (&frame.y, i ? 5.5 : -7);
      g_assert_cmphex (pixel_at (surface, x, y), !=, paper);
      g_assert_cmpuint (count_around (surface, x, y, 3, paper), <=, 24);
      g_assert_cmphex (pixel_at (surface, x + 6, y + 6), ==, paper);
    }
    for (int i = 0; i < 24; i++) {
      double c = cos (i * G_PI / 12), s = sin (i * G_PI / 12); /* the factor of (4, 2.4, 4) */
      double x = limen_axis_to_pixel (&frame.x, 1 + 2 * 2 * c);
      double y = limen_axis_to_pixel (&frame.y, -0.5 + 2 * (1.2 * c + 1.6 * s));
      if (hypot (x - limen_axis_to_pixel (&frame.x, 0), y - limen_axis_to_pixel (&frame.y, 0)) > 40)
        g_assert_cmpuint (count_around (surface, x, y, 2, orange), >=, 1);
    }
    cairo_surface_destroy (surface);
    limen_frame_clear (&frame);
  }
}

static void
test_what_lies_outside_is_counted (void)
{
  g_autoptr (LimenDuel) duel = usual_duel (400, 0);
  LimenDuelPlot plot = plot_of (duel, 1 << LIMEN_LOG_DERIVATIVE | 1 << LIMEN_REPARAMETERIZATION);
  for (plot.spread = 0; plot.spread < 40; plot.spread += 4) {
    g_autoptr (LimenDuelLayout) layout = limen_duel_layout_new (&plot, &style, 517, 371);
    const LimenRect *area = &layout->frame.plot;
    guint outside = 0;
    for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++)
      for (guint i = 0; i < duel->cloud[e].n && plot.shown >> e & 1; i++) {
        double x = limen_axis_to_pixel (&layout->frame.x, duel->cloud[e].draw[2 * i]);
        double y = limen_axis_to_pixel (&layout->frame.y, duel->cloud[e].draw[2 * i + 1]);
        outside +=
            x < area->x || x > area->x + area->width || y < area->y || y > area->y + area->height;
      }
    g_assert_cmpuint (layout->outside, ==, outside);
    g_assert_cmpuint (layout->n_draws, ==, 800);
    g_autofree char *said = outside == 1
                                ? g_strdup ("1 of the 800 points lies outside.")
                                : g_strdup_printf ("%u of the 800 points lie outside.", outside);
    gboolean found = FALSE;
    for (guint i = 0; i < limen_places_n_labels (layout->places); i++)
      found |= strstr (limen_places_label (layout->places, i)->string, said) != NULL;
    g_assert_cmpint (found, ==, outside > 0);
  }
}

/* A picture where the wide cloud is drawn first: a draw of the narrow one lies on top. */
static void
test_the_widest_cloud_lies_behind (void)
{
  g_autoptr (LimenDuel) duel = usual_duel (200, 0);
  LimenDuelPlot plot = plot_of (duel, ALL);
  g_autoptr (LimenDuelLayout) layout = limen_duel_layout_new (&plot, &style, 517, 371);
  g_assert_cmpuint (layout->n_shown, ==, LIMEN_N_ESTIMATORS);
  for (guint i = 0; i + 1 < layout->n_shown; i++) {
    const double *a = duel->cloud[layout->order[i]].covariance;
    const double *b = duel->cloud[layout->order[i + 1]].covariance;
    g_assert_cmpfloat (a[0] + a[2], >=, b[0] + b[2]);
  }
}

/* --- The lens --- */

static gboolean
is_round (double factor)
{
  static const double digits[] = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8};
  double power = pow (10, floor (log10 (factor) + 1e-9));
  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    if (fabs (factor / power - digits[i]) < 1e-9)
      return TRUE;
  return FALSE;
}

static void
test_the_lens_shows_the_means_with_their_errors (void)
{
  static const guint draws[] = {2, 20, 300, 1000};
  for (guint k = 0; k < G_N_ELEMENTS (draws); k++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
      g_autoptr (LimenDuel) duel = usual_duel (draws[k], 0);
      LimenDuelPlot plot = plot_of (duel, ALL);
      g_autoptr (LimenDuelLayout) layout =
          limen_duel_layout_new (&plot, &style, sizes[i][0], sizes[i][1]);
      const LimenDuelLens *lens = &layout->lens;
      g_assert_cmpfloat (lens->radius, >, 30);
      g_assert_true (is_round (lens->factor));
      g_assert_cmpfloat_with_epsilon (lens->unit, lens->factor * unit (&layout->frame.x),
                                      1e-9 * lens->unit);
      double reach = lens->radius / lens->unit, furthest = 0;
      for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++) {
        LimenEstimate x = limen_running_mean_estimate (&duel->cloud[e].measured[0]);
        LimenEstimate y = limen_running_mean_estimate (&duel->cloud[e].measured[1]);
        furthest = fmax (furthest, hypot (x.mean - lens->centre[0], y.mean - lens->centre[1]) +
                                       fmax (x.standard_error, y.standard_error));
      }
      g_assert_cmpfloat (lens->factor, >=, 2);
      if (draws[k] >= 20)
        g_assert_cmpfloat (furthest, <, reach);
      if (lens->factor > 2) /* and fill it */
        g_assert_cmpfloat (furthest, >, 0.55 * reach);
      /* at least two lines of its grid, and not many */
      g_assert_cmpfloat (reach / lens->step, >, 1);
      g_assert_cmpfloat (reach / lens->step, <, 5);
    }
}

/* After a shift the raw log-derivative says nothing any more; the others can still be read. */
static void
test_a_shift_moves_one_mean_only (void)
{
  g_autoptr (LimenDuel) before = usual_duel (300, 0), after = usual_duel (300, 1000);
  LimenDuelPlot plots[2] = {plot_of (before, ALL & ~1u), plot_of (after, ALL)};
  g_autoptr (LimenDuelLayout) a = limen_duel_layout_new (&plots[0], &style, 517, 371);
  g_autoptr (LimenDuelLayout) b = limen_duel_layout_new (&plots[1], &style, 517, 371);
  double reach_a = a->lens.radius / a->lens.unit, reach_b = b->lens.radius / b->lens.unit;
  g_assert_cmpfloat (reach_b, <, 2 * reach_a);
  g_assert_cmpfloat (b->lens.factor, >, 100);
}

/* Cross and arrow in the lens, in pixels. */
static void
test_the_lens_is_true_to_scale (void)
{
  g_autoptr (LimenDuel) duel = empty_duel (1, 0.5, 4);
  for (int i = 0; i < 200; i++) /* the mean is (1.2, 0), the error 2/√200 */
    add_draw (duel, LIMEN_REPARAMETERIZATION, 1.2 + (i % 2 ? 2 : -2), i % 4 < 2 ? 2 : -2);
  LimenDuelPlot plot = plot_of (duel, 1 << LIMEN_REPARAMETERIZATION);
  g_autoptr (LimenDuelLayout) layout = limen_duel_layout_new (&plot, &style, 600, 500);
  const LimenDuelLens *lens = &layout->lens;
  cairo_surface_t *surface = draw (&plot, &style, 600, 500);
  guint32 blue = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_FIRST);
  guint32 ink = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_INK);
  double x = lens->x + lens->unit * (1.2 - lens->centre[0]);
  double y = lens->y - lens->unit * (0 - lens->centre[1]);
  double error = lens->unit * 2 * sqrt (200.0 / 199 / 200);
  for (double t = -0.9; t <= 0.9; t += 0.1) {
    g_assert_cmpuint (count_around (surface, x + t * error, y, 2, blue), >=, 1);
    g_assert_cmpuint (count_around (surface, x, y + t * error, 2, blue), >=, 1);
  }
  LimenRect beyond = {x + error + 3, y - 1, 8, 2}; /* the arms end there */
  g_assert_cmpuint (count_pixels (surface, &beyond, blue), ==, 0);
  /* the head of the arrow */
  double head[2] = {lens->x + lens->unit * (1 - lens->centre[0]),
                    lens->y - lens->unit * (0.5 - lens->centre[1])};
  g_assert_cmpuint (count_around (surface, head[0] - 3, head[1] + 1.5, 2, ink), >=, 2);
  g_assert_cmpuint (count_around (surface, head[0] + 6, head[1] - 3, 2, ink), ==, 0);
  cairo_surface_destroy (surface);
}

static void
test_no_lens_where_the_gradient_is_out_of_sight (void)
{
  g_autoptr (LimenDuel) duel = empty_duel (50, 0, 1);
  for (int i = 0; i < 20; i++)
    add_draw (duel, LIMEN_LOG_DERIVATIVE, 50 + i % 2, i % 3);
  LimenDuelPlot plot = plot_of (duel, ALL);
  g_autoptr (LimenDuelLayout) all = limen_duel_layout_new (&plot, &style, 517, 371);
  g_assert_cmpfloat (all->lens.radius, >, 0);
  /* the arrow comes from far away */
  g_assert_cmpfloat_with_epsilon (all->lens.centre[0], 50, 1e-9);
  plot.spread = 5;
  g_autoptr (LimenDuelLayout) near = limen_duel_layout_new (&plot, &style, 517, 371);
  g_assert_cmpfloat (near->lens.radius, ==, 0);
  cairo_surface_destroy (draw (&plot, &style, 517, 371));
}

/* --- Words --- */

static gboolean
overlap (const LimenRect *a, const LimenRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
         b->y < a->y + a->height;
}

static gboolean
in_lens (const LimenDuelLens *lens, const LimenRect *rect)
{
  double x = CLAMP (lens->x, rect->x, rect->x + rect->width);
  double y = CLAMP (lens->y, rect->y, rect->y + rect->height);
  return hypot (x - lens->x, y - lens->y) < lens->radius;
}

static void
check_ticks (const LimenDuelLayout *layout)
{
  const LimenRect *area = &layout->frame.plot;
  const LimenText text = {.size = 1};
  for (int vertical = 0; vertical < 2; vertical++) {
    const GArray *ticks = vertical ? layout->frame.y_ticks : layout->frame.x_ticks;
    for (guint i = 0; i < ticks->len; i++) {
      const LimenTick *tick = &g_array_index (ticks, LimenTick, i);
      LimenRect rect = limen_text_rect (&style, &text, tick->label, 0, 0);
      rect.x = vertical ? area->x - 0.9 * 12 - rect.width : tick->pixel - rect.width / 2;
      rect.y = vertical ? tick->pixel - rect.height / 2 : area->y + area->height + 0.55 * 12;
      g_assert_true (rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= layout->width &&
                     rect.y + rect.height <= layout->height);
      g_assert_false (layout->lens.radius > 0 && in_lens (&layout->lens, &rect));
      rect.y += 0.5; /* there is no ink in the first half pixel */
      for (guint k = 0; k < limen_places_n_labels (layout->places); k++)
        g_assert_false (overlap (&rect, &limen_places_label (layout->places, k)->rect));
    }
  }
}

/* Lines from the plane to the lens keep off words, and are nearly always two. */
static guint n_leads, leads_missing;

static void
check_leads (const LimenDuelLayout *layout)
{
  double leads[2][4];
  guint n = limen_duel_leads (layout, leads);
  for (guint i = 0; i < n; i++) {
    const LimenDuelLens *lens = &layout->lens;
    g_assert_cmpfloat_with_epsilon (hypot (leads[i][2] - lens->x, leads[i][3] - lens->y),
                                    lens->radius, 1e-6);
    for (guint k = 0; k < limen_places_n_labels (layout->places); k++)
      g_assert_false (limen_segment_clip (&limen_places_label (layout->places, k)->rect, leads[i]));
  }
  n_leads += n;
  leads_missing += 2 - n;
}

static void
check_words (const LimenDuelLayout *layout)
{
  const LimenDuelLens *lens = &layout->lens;
  guint n = limen_places_n_labels (layout->places);
  for (guint i = 0; i < n; i++) {
    const LimenRect *a = &limen_places_label (layout->places, i)->rect;
    g_assert_true (a->x >= 0 && a->y >= 0 && a->x + a->width <= layout->width &&
                   a->y + a->height <= layout->height);
    g_assert_false (lens->radius > 0 && in_lens (lens, a));
    for (guint k = i + 1; k < n; k++)
      g_assert_false (overlap (a, &limen_places_label (layout->places, k)->rect));
  }
  if (lens->radius > 0) {
    LimenRect around = {lens->x - lens->radius, lens->y - lens->radius, 2 * lens->radius,
                        2 * lens->radius};
    g_assert_false (overlap (&around, &layout->frame.plot));
    g_assert_true (around.x >= 0 && around.x + around.width <= layout->width);
    g_assert_true (around.y >= 0 && around.y + around.height <= layout->height);
    check_leads (layout);
  }
  if (layout->width >= 180 && layout->height >= 120)
    check_ticks (layout);
}

static void
test_words_stay_within_and_apart (void)
{
  g_autoptr (LimenDuel) duel = usual_duel (50, 0), shifted = usual_duel (50, 1e7);
  static const guint shown[] = {ALL, 1, 9, 0};
  for (int width = 60; width < 1300; width += 53)
    for (int height = 40; height < 900; height += 47)
      for (guint i = 0; i < G_N_ELEMENTS (shown); i++) {
        LimenDuelPlot plot = plot_of ((width + height) % 2 ? duel : shifted, shown[i]);
        g_autoptr (LimenDuelLayout) layout = limen_duel_layout_new (&plot, &style, width, height);
        check_words (layout);
      }
  g_assert_cmpuint (n_leads, >, 1000);
  g_assert_cmpuint (leads_missing, <, n_leads / 50);
}

static gboolean
has_word (const LimenDuelLayout *layout, const char *word)
{
  for (guint i = 0; i < limen_places_n_labels (layout->places); i++)
    if (strstr (limen_places_label (layout->places, i)->string, word))
      return TRUE;
  return FALSE;
}

static void
test_all_words_are_there_where_there_is_room (void)
{
  static const int roomy[][2] = {{517, 371}, {600, 500}, {360, 600}, {800, 320}, {1600, 1000}};
  g_autoptr (LimenDuel) duel = usual_duel (300, 0);
  LimenDuelPlot plot = plot_of (duel, ALL);
  for (guint i = 0; i < G_N_ELEMENTS (roomy); i++) {
    g_autoptr (LimenDuelLayout) layout =
        limen_duel_layout_new (&plot, &style, roomy[i][0], roomy[i][1]);
    g_assert_cmpuint (layout->n_keys, ==, LIMEN_N_ESTIMATORS + 1);
    for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++)
      g_assert_true (has_word (layout, limen_estimator_title (e)));
    static const char *const words[] = {"Estimator duel",
                                        "300 single-sample",
                                        "Exact gradient",
                                        "points lie outside",
                                        "Lens × ",
                                        "grid ",
                                        "means ± 1 s.e.",
                                        "∂μ₁",
                                        "∂μ₂"};
    for (guint k = 0; k < G_N_ELEMENTS (words); k++)
      g_assert_true (has_word (layout, words[k]));
  }
}

/* --- What can go wrong --- */

static void
test_odd_clouds_are_drawn (void)
{
  g_autoptr (LimenDuel) zero = empty_duel (0, 0, 0), nan = empty_duel (NAN, 1, NAN);
  g_autoptr (LimenDuel) huge = empty_duel (1e90, -1e90, 1e180),
                        tiny = empty_duel (1e-90, 0, 1e-180);
  for (int i = 0; i < 5; i++) {
    add_draw (zero, LIMEN_STICKING_THE_LANDING, 0, 0);
    add_draw (nan, LIMEN_LOG_DERIVATIVE, i ? NAN : 1, INFINITY);
    add_draw (huge, LIMEN_LOG_DERIVATIVE, i * 1e90, -i * 1e90);
    add_draw (tiny, LIMEN_REPARAMETERIZATION, i * 1e-90, 1e-90);
  }
  add_draw (tiny, LIMEN_LOG_DERIVATIVE, 0, 0); /* a single one */
  const LimenDuel *duels[] = {zero, nan, huge, tiny, NULL};
  for (guint i = 0; i < G_N_ELEMENTS (duels); i++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
      for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++) {
        LimenChartStyle with = {scheme, "sans-serif", 12};
        LimenDuelPlot plot = plot_of (duels[i], ALL);
        LimenVariancePlot variance = {duels[i], 0, ALL, NULL};
        cairo_t *cr;
        cairo_surface_destroy (draw (&plot, &with, sizes[k][0], sizes[k][1]));
        cairo_surface_t *surface = new_picture (sizes[k][0], sizes[k][1], &cr);
        limen_variance_plot_draw (&variance, cr, &with, sizes[k][0], sizes[k][1]);
        finish_picture (surface, cr);
        cairo_surface_destroy (surface);
      }
}

/* --- Variances --- */

static cairo_surface_t *
draw_variance (const LimenVariancePlot *plot, LimenScheme scheme, int width, int height)
{
  LimenChartStyle with = {scheme, "sans-serif", 12};
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  limen_variance_plot_draw (plot, cr, &with, width, height);
  finish_picture (surface, cr);
  return surface;
}

/* In high contrast bars are opaque: the longest run of exactly @colour in any row. */
static int
longest_run (cairo_surface_t *surface, guint32 colour, int *end)
{
  int longest = 0;
  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0, run = 0; x < cairo_image_surface_get_width (surface); x++) {
      run = pixel_at (surface, x, y) == colour ? run + 1 : 0;
      if (run > longest) {
        longest = run;
        *end = x;
      }
    }
  return longest;
}

static void
test_bars_are_as_long_as_variances_are_large (void)
{
  static const LimenGradientEstimator some[] = {LIMEN_LOG_DERIVATIVE, LIMEN_LOG_DERIVATIVE_OPTIMAL,
                                                LIMEN_REPARAMETERIZATION};
  g_autoptr (LimenDuel) duel = empty_duel (1, 1, 0);
  double variance = 2000;
  guint shown = 0;
  int run[3], end[3];
  for (guint i = 0; i < 3; i++, variance /= 10) {
    duel->cloud[some[i]].variance[0] = variance;
    shown |= 1u << some[i];
  }
  LimenVariancePlot plot = {duel, 0, shown, "Variance"};
  cairo_surface_t *surface = draw_variance (&plot, LIMEN_SCHEME_LIGHT_CONTRAST, 700, 300);
  for (guint i = 0; i < 3; i++)
    run[i] = longest_run (surface,
                          colour_of (LIMEN_SCHEME_LIGHT_CONTRAST, limen_estimator_colour (some[i])),
                          &end[i]);
  /* a decade is as long everywhere; the axis begins with 10 */
  g_assert_cmpint (run[2], >, 20);
  g_assert_cmpint (ABS ((end[0] - end[1]) - (end[1] - end[2])), <=, 1);
  g_assert_cmpfloat_with_epsilon (run[2], (end[1] - end[2]) * log10 (2), 2);
  cairo_surface_destroy (surface);
}

/* Draws of variance 4 about an exact variance of 4: the dot is at the end of the bar, and its bar
 * as long as the draws say: none where all are as far from the mean. */
static void
test_measured_variances_have_the_errors_of_their_draws (void)
{
  guint32 ink = colour_of (LIMEN_SCHEME_LIGHT_CONTRAST, LIMEN_COLOUR_INK), n[3];
  int wide[3];
  for (int kind = 0; kind < 3; kind++) {
    g_autoptr (LimenDuel) duel = empty_duel (1, 1, 4);
    /* ±2; or heavy tails; or of a parameter without draws */
    for (int i = 0; i < 1000; i++) {
      double draw = kind == 1 ? (i % 100 ? 0 : i % 200 ? 20 : -20) : i % 2 ? 2 : -2;
      add_draw (duel, LIMEN_LOG_DERIVATIVE, draw, draw);
    }
    duel->cloud[0].variance[4] = 4;
    duel->cloud[0].measured[4] = duel->cloud[0].measured[0];
    LimenVariancePlot plot = {duel, kind == 2 ? 4 : 0, 1, NULL};
    cairo_surface_t *surface = draw_variance (&plot, LIMEN_SCHEME_LIGHT_CONTRAST, 700, 140);
    /* between the name and the number of samples */
    LimenRect middle = {130, 30, 470, 70};
    n[kind] = count_pixels (surface, &middle, ink);
    int left = 700, right = 0;
    for (int y = 30; y < 100; y++)
      for (int x = 130; x < 600; x++)
        if (pixel_at (surface, x, y) == ink) {
          left = MIN (left, x);
          right = MAX (right, x);
        }
    wide[kind] = right - left;
    cairo_surface_destroy (surface);
  }
  g_assert_cmpint (wide[0], <, 12);
  g_assert_cmpint (wide[2], <, 12);
  g_assert_cmpint (wide[1], >, 80);
  g_assert_cmpuint (n[0], >, 10);
}

static void
test_no_variance_is_said_to_be_0 (void)
{
  g_autoptr (LimenDuel) duel = usual_duel (100, 0);
  guint32 sky = colour_of (LIMEN_SCHEME_LIGHT_CONTRAST, LIMEN_COLOUR_FIRST_LIGHT);
  for (guint index = 0; index < 8; index++) { /* μ, log s, λ1, λ2 */
    LimenVariancePlot plot = {duel, index, ALL, NULL};
    cairo_surface_t *surface = draw_variance (&plot, LIMEN_SCHEME_LIGHT_CONTRAST, 517, 355);
    int end = 0, run = longest_run (surface, sky, &end);
    g_assert_true (index < 4 ? run > 20 : run < 3);
    cairo_surface_destroy (surface);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duel-plot/each-estimator-has-a-colour-and-a-shape-of-its-own",
                   test_each_estimator_has_a_colour_and_a_shape_of_its_own);
  g_test_add_func ("/duel-plot/shapes-have-the-same-area", test_shapes_have_the_same_area);
  g_test_add_func ("/duel-plot/stamps-are-as-paths", test_stamps_are_as_paths);
  g_test_add_func ("/duel-plot/stamps-become-paths-where-there-are-no-pixels",
                   test_stamps_become_paths_where_there_are_no_pixels);
  g_test_add_func ("/duel-plot/a-unit-is-as-long-on-both-axes",
                   test_a_unit_is_as_long_on_both_axes);
  g_test_add_func ("/duel-plot/nearly-all-of-each-cloud-is-seen",
                   test_nearly_all_of_each_cloud_is_seen);
  g_test_add_func ("/duel-plot/draws-and-ellipses-lie-where-the-axes-say",
                   test_draws_and_ellipses_lie_where_the_axes_say);
  g_test_add_func ("/duel-plot/what-lies-outside-is-counted", test_what_lies_outside_is_counted);
  g_test_add_func ("/duel-plot/the-widest-cloud-lies-behind", test_the_widest_cloud_lies_behind);
  g_test_add_func ("/duel-plot/the-lens-shows-the-means-with-their-errors",
                   test_the_lens_shows_the_means_with_their_errors);
  g_test_add_func ("/duel-plot/a-shift-moves-one-mean-only", test_a_shift_moves_one_mean_only);
  g_test_add_func ("/duel-plot/the-lens-is-true-to-scale", test_the_lens_is_true_to_scale);
  g_test_add_func ("/duel-plot/no-lens-where-the-gradient-is-out-of-sight",
                   test_no_lens_where_the_gradient_is_out_of_sight);
  g_test_add_func ("/duel-plot/words-stay-within-and-apart", test_words_stay_within_and_apart);
  g_test_add_func ("/duel-plot/all-words-are-there-where-there-is-room",
                   test_all_words_are_there_where_there_is_room);
  g_test_add_func ("/duel-plot/odd-clouds-are-drawn", test_odd_clouds_are_drawn);
  g_test_add_func ("/variance-plot/bars-are-as-long-as-variances-are-large",
                   test_bars_are_as_long_as_variances_are_large);
  g_test_add_func ("/variance-plot/measured-variances-have-the-errors-of-their-draws",
                   test_measured_variances_have_the_errors_of_their_draws);
  g_test_add_func ("/variance-plot/no-variance-is-said-to-be-0", test_no_variance_is_said_to_be_0);
  return g_test_run ();
}
