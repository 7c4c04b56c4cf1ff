#include "pixels.h"
#include "model/base/random.h"
#include "viz/prior/race-plot-private.h"

#include <string.h>

#define N        600
#define N_POINTS 500

static const LimenChartStyle style = {LIMEN_SCHEME_LIGHT, "sans-serif", 12};
static const int sizes[][2] = {{260, 180}, {360, 600}, {517, 371}, {900, 300}, {1600, 1000}};

/* --- Data: three runners that come near to −2.5 --- */

typedef struct {
  double step[N], bound[LIMEN_RACE_MOST][N], path[LIMEN_RACE_MOST][2 * N];
  double mean[LIMEN_RACE_MOST][2 * N_POINTS], sample[LIMEN_RACE_MOST][2 * N_POINTS];
  double data[2 * N_POINTS];
  LimenRaceRunner runner[LIMEN_RACE_MOST];
} Race;

static Race *
usual_race (guint n)
{
  static const char *const names[] = {"reparameterization", "log-derivative, mean baseline",
                                      "sticking the landing"};
  Race *race = g_new0 (Race, 1);
  LimenRandom random = limen_random_stream (1, "race", 0);
  for (guint i = 0; i < 2 * N_POINTS; i++)
    race->data[i] = limen_random_normal (&random);
  for (guint r = 0; r < LIMEN_RACE_MOST; r++) {
    LimenRaceRunner *runner = &race->runner[r];
    for (guint i = 0; i < N; i++) {
      race->step[i] = i;
      race->bound[r][i] = -2.56 - (12 + r) * exp (-0.02 * (r + 1) * i) -
                          0.02 * fabs (limen_random_normal (&random));
      race->path[r][2 * i] = 1.5 - 0.002 * i;
      race->path[r][2 * i + 1] = -1 + 0.001 * (r + 1) * i;
    }
    for (guint i = 0; i < 2 * N_POINTS; i++) {
      race->mean[r][i] = 0.5 + 0.8 * limen_random_normal (&random);
      race->sample[r][i] = race->data[i] + 0.1 * limen_random_normal (&random);
    }
    *runner = (LimenRaceRunner){
        .name = names[r],
        .step = race->step,
        .bound = race->bound[r],
        .n = n,
        .mean = race->mean[r],
        .n_points = n > 0 ? N_POINTS : 0,
        .lambda1 = {race->path[r][2 * MAX (n, 1) - 2], race->path[r][2 * MAX (n, 1) - 1]},
        .lambda2 = {1 + 0.2 * r, 0.6},
        .path = race->path[r],
        .n_path = n,
        .sample = race->sample[r],
        .n_samples = n > 0 ? N_POINTS : 0};
  }
  return race;
}

static LimenRacePlot
plot_of (const Race *race, guint n_runners)
{
  return (LimenRacePlot){.title = "Training race",
                         .note = "nats per point",
                         .runner = race->runner,
                         .n_runners = n_runners,
                         .best = -2.5,
                         .n_steps = N,
                         .data = race->data,
                         .n_data = N_POINTS};
}

typedef void (*DrawFunc) (const LimenRacePlot *plot, cairo_t *cr, const LimenChartStyle *style,
                          double width, double height);

static cairo_surface_t *
draw (DrawFunc func, const LimenRacePlot *plot, LimenScheme scheme, int width, int height)
{
  LimenChartStyle with = {scheme, "sans-serif", 12};
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  func (plot, cr, &with, width, height);
  finish_picture (surface, cr);
  return surface;
}

/* --- Bounds --- */

static void
test_runners_have_colours_of_their_own (void)
{
  for (guint a = 0; a < LIMEN_RACE_MOST; a++) {
    g_assert_cmpint (limen_race_colour (a), !=, LIMEN_COLOUR_HAND);
    g_assert_cmpint (limen_race_colour (a), !=, LIMEN_COLOUR_REST);
    for (guint b = a + 1; b < LIMEN_RACE_MOST; b++)
      g_assert_cmpint (limen_race_colour (a), !=, limen_race_colour (b));
  }
}

static LimenAxis
axis_of (const LimenRacePlot *plot)
{
  LimenRaceLines lines;
  return limen_race_line_plot (plot, &style, 600, &lines).y;
}

/* Of the height, from the top. */
static double
depth_of (const LimenAxis *axis, double value)
{
  LimenAxis placed = *axis;
  placed.start = 1;
  placed.end = 0;
  return limen_axis_to_pixel (&placed, value);
}

static void
test_the_axis_holds_all_bounds_and_spreads_the_late_ones (void)
{
  static const guint ns[] = {2, 3, 10, 60, 200, 600};
  for (guint i = 0; i < G_N_ELEMENTS (ns); i++)
    for (int known = 0; known < 2; known++) {
      g_autofree Race *race = usual_race (ns[i]);
      LimenRacePlot plot = plot_of (race, 3);
      plot.best = known ? plot.best : NAN;
      LimenAxis axis = axis_of (&plot);
      double late = 0;
      for (guint r = 0; r < 3; r++)
        for (guint k = 0; k < ns[i]; k++) {
          double depth = depth_of (&axis, race->bound[r][k]);
          g_assert_cmpfloat (depth, >=, 0);
          g_assert_cmpfloat (depth, <=, 1);
          late += k == ns[i] - 1 ? depth / 3 : 0;
        }
      /* the first is near the foot; in the end there is room to compare */
      g_assert_cmpfloat (depth_of (&axis, race->bound[2][0]), >, 0.9);
      if (ns[i] == 600) {
        g_assert_cmpfloat (late, >, 0.06);
        g_assert_cmpfloat (late, <, 0.4);
      }
      if (known) /* always at the top */
        g_assert_cmpfloat_with_epsilon (depth_of (&axis, -2.5), 0.035, 0.02);
    }
}

/* While a race is run the axis changes now and then, not at every step. */
static void
test_the_axis_does_not_crawl (void)
{
  guint changes = 0;
  LimenAxis last = {0};
  for (guint n = 2; n <= N; n++) {
    g_autofree Race *race = usual_race (n);
    LimenRacePlot plot = plot_of (race, 3);
    LimenAxis axis = axis_of (&plot);
    changes += axis.scale != last.scale || axis.width != last.width || axis.low != last.low;
    last = axis;
  }
  g_assert_cmpuint (changes, >, 2);
  g_assert_cmpuint (changes, <, 16);
}

static void
test_a_bound_above_the_best_would_be_seen (void)
{
  g_autofree Race *race = usual_race (N);
  LimenRacePlot plot = plot_of (race, 1);
  race->bound[0][300] = -2;
  LimenAxis axis = axis_of (&plot);
  g_assert_cmpfloat (depth_of (&axis, -2), >=, 0);
  g_assert_cmpfloat (depth_of (&axis, -2), <, depth_of (&axis, -2.5));
}

static void
test_lines_lie_where_the_axes_say (void)
{
  g_autofree Race *race = usual_race (301);
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++) {
    LimenRacePlot plot = plot_of (race, 3);
    LimenRaceLines lines;
    LimenLinePlot lines_plot = limen_race_line_plot (&plot, &style, 600, &lines);
    LimenFrame frame = limen_line_plot_frame (&lines_plot, &style, 600, 500);
    cairo_surface_t *surface = draw (limen_race_plot_draw, &plot, scheme, 600, 500);
    for (guint r = 0; r < 3; r++)
      for (guint i = 10; i <= 300; i += 29) {
        double x = limen_axis_to_pixel (&frame.x, i);
        double y = limen_axis_to_pixel (&frame.y, race->bound[r][i]);
        if (i < 60 || i == 300) /* later they cross each other */
          g_assert_cmpuint (
              count_around (surface, x, y, 4, colour_of (scheme, limen_race_colour (r))), >=, 1);
      }
    double best = limen_axis_to_pixel (&frame.y, -2.5);
    guint32 ink = colour_of (scheme, LIMEN_COLOUR_INK);
    g_assert_cmpuint (count_around (surface, 400, best, 2, ink), >=, 4);
    /* nothing yet where nobody has been */
    LimenRect future = {limen_axis_to_pixel (&frame.x, 330), frame.plot.y + 20, 100, 60};
    for (guint r = 0; r < 3; r++)
      g_assert_cmpuint (count_pixels (surface, &future, colour_of (scheme, limen_race_colour (r))),
                        ==, 0);
    cairo_surface_destroy (surface);
    limen_frame_clear (&frame);
  }
}

static void
test_the_first_step_is_seen (void)
{
  g_autofree Race *race = usual_race (1);
  LimenRacePlot plot = plot_of (race, 1);
  LimenRaceLines lines;
  LimenLinePlot lines_plot = limen_race_line_plot (&plot, &style, 600, &lines);
  LimenFrame frame = limen_line_plot_frame (&lines_plot, &style, 600, 500);
  cairo_surface_t *surface = draw (limen_race_plot_draw, &plot, LIMEN_SCHEME_LIGHT, 600, 500);
  double y = limen_axis_to_pixel (&frame.y, race->bound[0][0]);
  guint32 blue = colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_FIRST);
  g_assert_cmpuint (count_around (surface, frame.plot.x, y, 6, blue), >=, 4);
  cairo_surface_destroy (surface);
  limen_frame_clear (&frame);
}

/* --- Planes --- */

static double
unit (const LimenAxis *axis)
{
  return fabs (axis->end - axis->start) / (axis->high - axis->low);
}

static void
test_planes_are_alike_and_hold_what_is_on_them (void)
{
  g_autofree Race *race = usual_race (N);
  for (guint n = 1; n <= LIMEN_RACE_MOST; n++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      for (int decoded = 0; decoded < 2; decoded++) {
        LimenRacePlot plot = plot_of (race, n);
        plot.decoded = decoded;
        g_autoptr (LimenRaceLayout) layout =
            limen_race_layout_new (&plot, &style, sizes[i][0], sizes[i][1]);
        for (guint r = 0; r < n; r++) {
          const LimenFrame *frame = &layout->frame[r];
          const LimenAxis *axes[2] = {&frame->x, &frame->y};
          g_assert_cmpfloat (fabs (unit (&frame->x) / unit (&frame->y) - 1), <, 1e-9);
          g_assert_cmpfloat (fabs (frame->plot.width - layout->frame[0].plot.width), <=, 1);
          g_assert_cmpfloat (fabs (frame->plot.height - layout->frame[0].plot.height), <=, 1);
          g_assert_cmpfloat (frame->plot.x + frame->plot.width, <=, sizes[i][0]);
          g_assert_cmpfloat (frame->plot.y + frame->plot.height, <=, sizes[i][1]);
          for (int k = 0; k < 2; k++) {
            const double *z = decoded ? race->data : race->mean[r];
            const LimenRaceRunner *runner = &race->runner[r];
            guint outside = 0;
            for (guint p = 0; p < N_POINTS; p++)
              outside += z[2 * p + k] < axes[k]->low || z[2 * p + k] > axes[k]->high;
            g_assert_cmpuint (outside, <=, N_POINTS / 50);
            double half = 2 * sqrt (runner->lambda2[k]);
            if (!decoded) {
              g_assert_cmpfloat (axes[k]->low, <=, MIN (runner->lambda1[k] - half, -2));
              g_assert_cmpfloat (axes[k]->high, >=, MAX (runner->lambda1[k] + half, 2));
            }
          }
        }
      }
}

static void
test_planes_stand_side_by_side_where_that_makes_them_larger (void)
{
  g_autofree Race *race = usual_race (N);
  LimenRacePlot plot = plot_of (race, 3);
  g_autoptr (LimenRaceLayout) wide = limen_race_layout_new (&plot, &style, 900, 300);
  g_autoptr (LimenRaceLayout) tall = limen_race_layout_new (&plot, &style, 300, 900);
  g_assert_true (wide->beside);
  g_assert_cmpfloat (wide->frame[1].plot.x, >, wide->frame[0].plot.x + wide->frame[0].plot.width);
  g_assert_cmpfloat (wide->frame[1].plot.y, ==, wide->frame[0].plot.y);
  g_assert_false (tall->beside);
  g_assert_cmpfloat (tall->frame[1].plot.y, >, tall->frame[0].plot.y + tall->frame[0].plot.height);
  g_assert_cmpfloat_with_epsilon (tall->frame[1].plot.x, tall->frame[0].plot.x, 1);
}

static void
test_the_plane_does_not_crawl (void)
{
  guint changes = 0;
  double last = NAN;
  for (guint n = 1; n < N; n++) {
    g_autofree Race *race = usual_race (n);
    LimenRacePlot plot = plot_of (race, 3);
    g_autoptr (LimenRaceLayout) layout = limen_race_layout_new (&plot, &style, 517, 355);
    changes += layout->low[0] != last;
    last = layout->low[0];
  }
  g_assert_cmpuint (changes, <, 5);
}

static void
test_ellipses_and_the_path_lie_where_the_axes_say (void)
{
  g_autofree Race *race = usual_race (N);
  for (guint r = 0; r < 3; r++)
    race->runner[r].n_points = 0; /* they would lie in the way */
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++) {
    LimenRacePlot plot = plot_of (race, 2);
    g_autoptr (LimenRaceLayout) layout = limen_race_layout_new (&plot, &style, 700, 420);
    cairo_surface_t *surface = draw (limen_race_plot_draw_planes, &plot, scheme, 700, 420);
    guint32 hand = colour_of (scheme, LIMEN_COLOUR_HAND);
    for (guint r = 0; r < 2; r++) {
      const LimenFrame *frame = &layout->frame[r];
      const LimenRaceRunner *runner = &race->runner[r];
      guint dashes = 0, n = 90;
      for (guint i = 0; i < n; i++) {
        double c = cos (2 * G_PI * i / n), s = sin (2 * G_PI * i / n);
        double x = runner->lambda1[0] + 2 * sqrt (runner->lambda2[0]) * c;
        double y = runner->lambda1[1] + 2 * sqrt (runner->lambda2[1]) * s;
        g_assert_cmpuint (count_around (surface, limen_axis_to_pixel (&frame->x, x),
                                        limen_axis_to_pixel (&frame->y, y), 2, hand),
                          >=, 1);
        dashes += pixel_at (surface, limen_axis_to_pixel (&frame->x, 2 * c),
                            limen_axis_to_pixel (&frame->y, 2 * s)) !=
                  colour_of (scheme, LIMEN_COLOUR_PAPER);
      }
      g_assert_cmpuint (dashes, >, n / 3); /* with gaps */
      g_assert_cmpuint (dashes, <, n - n / 8);
      double now[2] = {limen_axis_to_pixel (&frame->x, runner->lambda1[0]),
                       limen_axis_to_pixel (&frame->y, runner->lambda1[1])};
      g_assert_cmpuint (count_around (surface, now[0], now[1], 3, hand), >=, 30);
      double start[2] = {limen_axis_to_pixel (&frame->x, runner->path[0]),
                         limen_axis_to_pixel (&frame->y, runner->path[1])};
      g_assert_cmphex (pixel_at (surface, start[0], start[1]), ==,
                       colour_of (scheme, LIMEN_COLOUR_PAPER));
      double half[2] = {limen_axis_to_pixel (&frame->x, runner->path[N]),
                        limen_axis_to_pixel (&frame->y, runner->path[N + 1])};
      g_assert_cmpuint (count_around (surface, half[0], half[1], 2, hand), >=, 1);
    }
    cairo_surface_destroy (surface);
  }
}

/* Marks of one colour on paper: how many pixels are that hue rather than another's. */
static guint
n_coloured (cairo_surface_t *surface, const LimenRect *in, guint32 colour)
{
  guint n = 0;
  for (int y = (int)in->y; y < in->y + in->height; y++)
    for (int x = (int)in->x; x < in->x + in->width; x++) {
      guint32 pixel = pixel_at (surface, x, y);
      double along = 0, size = 0, ink = 0;
      for (int shift = 0; shift < 24; shift += 8) {
        double p = 255 - (pixel >> shift & 255), c = 255 - (colour >> shift & 255);
        along += p * c;
        size += p * p;
        ink += c * c;
      }
      n += size > 40 * 40 && along > 0.985 * sqrt (size * ink);
    }
  return n;
}

static void
test_points_are_in_the_colours_of_their_runners (void)
{
  g_autofree Race *race = usual_race (N);
  for (int decoded = 0; decoded < 2; decoded++) {
    LimenRacePlot plot = plot_of (race, 3);
    plot.decoded = decoded;
    g_autoptr (LimenRaceLayout) layout = limen_race_layout_new (&plot, &style, 900, 420);
    cairo_surface_t *surface =
        draw (limen_race_plot_draw_planes, &plot, LIMEN_SCHEME_LIGHT, 900, 420);
    for (guint r = 0; r < 3; r++)
      for (guint other = 0; other < 3; other++) {
        guint n = n_coloured (surface, &layout->frame[r].plot,
                              colour_of (LIMEN_SCHEME_LIGHT, limen_race_colour (other)));
        if (other == r)
          g_assert_cmpuint (n, >, 1000);
        else
          g_assert_cmpuint (n, <, 200);
      }
    cairo_surface_destroy (surface);
  }
}

static void
test_decoded_planes_show_data_and_no_prior (void)
{
  g_autofree Race *race = usual_race (N);
  LimenRacePlot plot = plot_of (race, 1);
  plot.decoded = TRUE;
  race->runner[0].n_samples = 0;
  g_autoptr (LimenRaceLayout) layout = limen_race_layout_new (&plot, &style, 500, 420);
  cairo_surface_t *surface =
      draw (limen_race_plot_draw_planes, &plot, LIMEN_SCHEME_LIGHT, 500, 420);
  const LimenRect *area = &layout->frame[0].plot;
  g_assert_cmpuint (n_coloured (surface, area, colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_REST)),
                    >, 500);
  g_assert_cmpuint (count_pixels (surface, area, colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_HAND)),
                    ==, 0);
  cairo_surface_destroy (surface);
}

/* --- Words --- */

static gboolean
overlap (const LimenRect *a, const LimenRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
         b->y < a->y + a->height;
}

static void
check_words (const LimenRaceLayout *layout)
{
  guint n = limen_places_n_labels (layout->places);
  for (guint i = 0; i < n; i++) {
    const LimenRect *a = &limen_places_label (layout->places, i)->rect;
    g_assert_true (a->x >= 0 && a->y >= 0 && a->x + a->width <= layout->width &&
                   a->y + a->height <= layout->height);
    for (guint k = i + 1; k < n; k++)
      g_assert_false (overlap (a, &limen_places_label (layout->places, k)->rect));
    for (guint r = 0; r < layout->n && layout->height >= 120; r++)
      g_assert_false (overlap (a, &layout->frame[r].plot));
  }
}

static void
test_words_stay_within_and_apart (void)
{
  g_autofree Race *race = usual_race (N);
  for (int width = 60; width < 1200; width += 94)
    for (int height = 40; height < 900; height += 66)
      for (guint n = 0; n <= LIMEN_RACE_MOST; n++) {
        LimenRacePlot plot = plot_of (race, n);
        plot.decoded = (width + n) % 2;
        g_autoptr (LimenRaceLayout) layout = limen_race_layout_new (&plot, &style, width, height);
        check_words (layout);
      }
}

static void
test_names_take_two_rows_where_one_is_too_short (void)
{
  g_autofree Race *race = usual_race (N);
  LimenRacePlot plot = plot_of (race, 3);
  g_autoptr (LimenRaceLayout) wide = limen_race_layout_new (&plot, &style, 1000, 400);
  g_autoptr (LimenRaceLayout) narrow = limen_race_layout_new (&plot, &style, 580, 380);
  g_autoptr (LimenRaceLayout) small = limen_race_layout_new (&plot, &style, 260, 180);
  g_assert_cmpuint (wide->name_rows, ==, 1);
  g_assert_cmpuint (narrow->name_rows, ==, 2);
  g_assert_cmpuint (small->name_rows, ==, 0);
  gboolean found[2] = {FALSE, FALSE};
  for (guint i = 0; i < limen_places_n_labels (narrow->places); i++) {
    const char *string = limen_places_label (narrow->places, i)->string;
    found[0] |= strcmp (string, "log-derivative,") == 0;
    found[1] |= strcmp (string, "mean baseline") == 0;
  }
  g_assert_true (found[0] && found[1]);
}

/* --- What can go wrong --- */

static void
draw_everywhere (const LimenRacePlot *plot)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme += 3) {
      cairo_surface_destroy (draw (limen_race_plot_draw, plot, scheme, sizes[i][0], sizes[i][1]));
      cairo_surface_destroy (
          draw (limen_race_plot_draw_planes, plot, scheme, sizes[i][0], sizes[i][1]));
    }
}

static void
test_odd_races_are_drawn (void)
{
  const LimenRacePlot none = {.best = NAN};
  draw_everywhere (&none);
  for (int kind = 0; kind < 6; kind++) {
    g_autofree Race *race = usual_race (kind == 0 ? 0 : 20);
    LimenRacePlot plot = plot_of (race, 3);
    LimenRaceRunner *runner = &race->runner[0];
    for (guint i = 0; i < 20; i++) {
      if (kind == 1) /* diverged */
        race->bound[0][i] = i < 5 ? -1 : i % 2 ? NAN : -INFINITY;
      if (kind == 2) /* all the same, and all as good as can be */
        race->bound[0][i] = race->bound[1][i] = race->bound[2][i] = -2.5;
      if (kind == 3)
        race->bound[0][i] = -1e300;
      if (kind == 4)
        race->mean[0][i] = i % 2 ? NAN : 1e300;
    }
    if (kind == 4)
      runner->lambda2[0] = INFINITY;
    if (kind == 5) { /* a point each, the same */
      plot.best = NAN;
      plot.n_data = 0;
      for (guint r = 0; r < 3; r++)
        race->runner[r].n = race->runner[r].n_points = race->runner[r].n_samples = 1;
    }
    draw_everywhere (&plot);
    plot.decoded = TRUE;
    draw_everywhere (&plot);
  }
}

/* --- The whole --- */

static void
test_pictures_of_parts_are_drawn (void)
{
  g_autoptr (LimenGaussianCase) gaussian_case = limen_gaussian_case_example ();
  double v[2];
  LimenGradientCase c;
  g_assert_true (limen_gradient_case_of (gaussian_case, v, &c, NULL));
  g_autoptr (LimenDuel) duel = limen_duel_new (&c, 100, 1);
  g_autofree Race *race = usual_race (200);
  LimenRacePlot race_plot = plot_of (race, 3);
  LimenDuelPlot duel_plot = {duel, 0x3f, "Estimator duel", NULL, 0};
  LimenVariancePlot variance_plot = {duel, 0, 0x3f, "Variance"};
  guint32 ink = colour_of (LIMEN_SCHEME_DARK, LIMEN_COLOUR_INK);
  for (int parts = 0; parts < 16; parts++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
      LimenPriorPicture picture = {LIMEN_SCHEME_DARK, parts & 1 ? "A sentence." : NULL,
                                   parts & 2 ? &duel_plot : NULL, parts & 4 ? &variance_plot : NULL,
                                   parts & 8 ? &race_plot : NULL};
      cairo_t *cr;
      cairo_surface_t *surface = new_picture (sizes[i][0], sizes[i][1], &cr);
      limen_prior_picture_draw (cr, sizes[i][0], sizes[i][1], &picture);
      finish_picture (surface, cr);
      LimenRect all = {0, 0, sizes[i][0], sizes[i][1]}, top = {0, 14, sizes[i][0], 24};
      if (parts > 1)
        g_assert_cmpuint (count_pixels (surface, &all, ink), >, 20);
      if (parts == 1 && sizes[i][1] >= 240)
        g_assert_cmpuint (count_pixels (surface, &top, ink), >, 20);
      if (parts == 0)
        g_assert_cmpuint (
            count_pixels (surface, &all, colour_of (LIMEN_SCHEME_DARK, LIMEN_COLOUR_PAPER)), ==,
            (guint)(sizes[i][0] * sizes[i][1]));
      cairo_surface_destroy (surface);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/race-plot/runners-have-colours-of-their-own",
                   test_runners_have_colours_of_their_own);
  g_test_add_func ("/race-plot/the-axis-holds-all-bounds-and-spreads-the-late-ones",
                   test_the_axis_holds_all_bounds_and_spreads_the_late_ones);
  g_test_add_func ("/race-plot/the-axis-does-not-crawl", test_the_axis_does_not_crawl);
  g_test_add_func ("/race-plot/a-bound-above-the-best-would-be-seen",
                   test_a_bound_above_the_best_would_be_seen);
  g_test_add_func ("/race-plot/lines-lie-where-the-axes-say", test_lines_lie_where_the_axes_say);
  g_test_add_func ("/race-plot/the-first-step-is-seen", test_the_first_step_is_seen);
  g_test_add_func ("/race-planes/planes-are-alike-and-hold-what-is-on-them",
                   test_planes_are_alike_and_hold_what_is_on_them);
  g_test_add_func ("/race-planes/planes-stand-side-by-side-where-that-makes-them-larger",
                   test_planes_stand_side_by_side_where_that_makes_them_larger);
  g_test_add_func ("/race-planes/the-plane-does-not-crawl", test_the_plane_does_not_crawl);
  g_test_add_func ("/race-planes/ellipses-and-the-path-lie-where-the-axes-say",
                   test_ellipses_and_the_path_lie_where_the_axes_say);
  g_test_add_func ("/race-planes/points-are-in-the-colours-of-their-runners",
                   test_points_are_in_the_colours_of_their_runners);
  g_test_add_func ("/race-planes/decoded-planes-show-data-and-no-prior",
                   test_decoded_planes_show_data_and_no_prior);
  g_test_add_func ("/race-planes/words-stay-within-and-apart", test_words_stay_within_and_apart);
  g_test_add_func ("/race-planes/names-take-two-rows-where-one-is-too-short",
                   test_names_take_two_rows_where_one_is_too_short);
  g_test_add_func ("/race-plot/odd-races-are-drawn", test_odd_races_are_drawn);
  g_test_add_func ("/prior-picture/pictures-of-parts-are-drawn", test_pictures_of_parts_are_drawn);
  return g_test_run ();
}
