#include "duel-draw.h"
#include "viz/prior/duel-plot-private.h"

static LimenFrame
frame_of (const LimenDuelPlot *plot, const LimenChartStyle *with, double width, double height)
{
  LimenDuelLayout *layout = limen_duel_layout_new (plot, with, width, height);
  LimenFrame frame = layout->frame;
  layout->frame.x_ticks = layout->frame.y_ticks = NULL;
  limen_duel_layout_free (layout);
  return frame;
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
        LimenFrame frame = frame_of (&plot, &style, width, height);
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
    LimenFrame frame = frame_of (&plot, &with, 600, 500);
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

/* Of the parameters whose draws are seen, and of no others */
static void
test_the_lens_shows_what_is_chosen (void)
{
  guint n = 0;
  for (guint about = 0; n == 0 || about < n; about++) {
    g_autoptr (LimenDuel) duel = usual_duel_about (300, 0, about);
    LimenDuelPlot plot = plot_of (duel, ALL);
    cairo_surface_t *before = draw (&plot, &style, 600, 500);
    n = duel->n_parameters;
    for (guint p = 0; p < n; p++)
      for (guint e = 0; e < LIMEN_N_ESTIMATORS && p != duel->pair[0] && p != duel->pair[1]; e++) {
        LimenDuelCloud *cloud = &duel->cloud[e];
        duel->exact[p] = cloud->variance[p] = 123;
        cloud->measured[p] = (LimenRunningMean){0};
        for (int i = 0; i < 300; i++)
          limen_running_mean_add (&cloud->measured[p], i % 5);
      }
    cairo_surface_t *after = draw (&plot, &style, 600, 500);
    g_assert_cmpmem (cairo_image_surface_get_data (before), 4 * 600 * 500,
                     cairo_image_surface_get_data (after), 4 * 600 * 500);
    cairo_surface_destroy (before);
    cairo_surface_destroy (after);
  }
  g_assert_cmpuint (n, >, 8); /* θ too */
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

/* What is drawn beside the exact gradient without any variance is rounding, and not enlarged. */
static void
test_the_lens_does_not_enlarge_rounding (void)
{
  g_autoptr (LimenDuel) duel = empty_duel (0, 0, 0);
  duel->cloud[LIMEN_REPARAMETERIZATION].variance[0] = 1;
  duel->cloud[LIMEN_REPARAMETERIZATION].variance[1] = 1;
  for (int i = 0; i < 9; i++) {
    add_draw (duel, LIMEN_REPARAMETERIZATION, i - 3, 3 - i);
    add_draw (duel, LIMEN_STICKING_THE_LANDING, (i - 3) * 1e-17, 1e-16);
  }
  LimenDuelPlot plot = plot_of (duel, ALL);
  g_autoptr (LimenDuelLayout) layout = limen_duel_layout_new (&plot, &style, 517, 371);
  g_assert_cmpfloat (layout->lens.factor, >, 0);
  g_assert_cmpfloat (layout->lens.factor, <, 1000);
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
  g_test_add_func ("/duel-plot/the-lens-shows-what-is-chosen", test_the_lens_shows_what_is_chosen);
  g_test_add_func ("/duel-plot/no-lens-where-the-gradient-is-out-of-sight",
                   test_no_lens_where_the_gradient_is_out_of_sight);
  g_test_add_func ("/duel-plot/lens-and-rounding", test_the_lens_does_not_enlarge_rounding);
  return g_test_run ();
}
