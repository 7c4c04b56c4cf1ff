#include "game-draw.h"

static void
test_runners_have_colours_and_shapes_of_their_own (void)
{
  g_assert_cmpint (limen_game_curves_colour (0), ==, LIMEN_COLOUR_HAND);
  for (guint a = 0; a < LIMEN_GAME_MOST_RUNNERS; a++)
    for (guint b = a + 1; b < LIMEN_GAME_MOST_RUNNERS; b++) {
      g_assert_cmpint (limen_game_curves_colour (a), !=, limen_game_curves_colour (b));
      g_assert_cmpint (limen_game_shape (a), !=, limen_game_shape (b));
    }
}

/* --- Axes and lines --- */

static gboolean
is_in (const LimenAxis *axis, double value)
{
  return value >= axis->low * (1 - 1e-9) && value <= axis->high * (1 + 1e-9);
}

static void
test_the_axes_hold_what_lasts_and_cut_what_falls (void)
{
  g_autofree Curves *curves = usual_curves ();
  for (int kind = 0; kind < 4; kind++) {
    LimenGameCurves race = race_of (curves, kind == 2 ? 1 : 6);
    curves->curve[0].slope = kind == 1 ? -3 : -0.5;
    for (guint i = 0; i < N; i++) {
      double k = curves->curve[0].k[i];
      curves->curve[0].gap[i] = kind == 2   ? pow (0.99, k)
                                : kind == 3 ? 0
                                            : pow (k, curves->curve[0].slope);
      if (kind == 2) /* everything falls out of sight */
        curves->curve[0].average_gap[i] = pow (0.98, k);
    }
    g_autoptr (LimenGameLayout) layout = limen_game_layout_new (&race, &style, 700, 300);
    g_assert_cmpfloat (layout->plot.y.low, >=, 1e-15);
    for (guint r = 0; r < race.n_curves; r++)
      for (guint i = 0; i < N; i++) {
        double gap = curves->curve[r].gap[i];
        g_assert_true (is_in (&layout->plot.x, layout->lines.x[r][i]));
        if (r != 1 && kind < 2)
          g_assert_true (is_in (&layout->plot.y, gap));
        if (!isnan (layout->lines.y[r][i]))
          g_assert_true (layout->lines.y[r][i] <= layout->plot.y.high);
      }
    if (kind == 0) /* 0.99^10000 does not press the others into a line at the top */
      g_assert_cmpfloat (layout->plot.y.low, >, 1e-9);
    if (kind == 2)
      g_assert_cmpfloat (layout->plot.y.low, <, 1e-14);
  }
}

static void
test_what_is_nothing_leaves_a_gap (void)
{
  static const double nothing[] = {0, -1, 9e-17, NAN, INFINITY, -INFINITY};
  g_autofree Curves *curves = usual_curves ();
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    curves->curve[0].gap[50 + 10 * i] = curves->curve[0].average_gap[53 + 10 * i] = nothing[i];
  LimenGameCurves race = race_of (curves, 2);
  g_autoptr (LimenGameLayout) layout = limen_game_layout_new (&race, &style, 700, 300);
  for (guint i = 0; i < N; i++) {
    gboolean hole = FALSE, average_hole = FALSE;
    for (guint h = 0; h < G_N_ELEMENTS (nothing); h++) {
      hole |= i == 50 + 10 * h;
      average_hole |= i == 53 + 10 * h;
    }
    g_assert_cmpint (isnan (layout->lines.y[0][i]), ==, hole);
    g_assert_cmpint (isnan (layout->lines.average[0][i]), ==, average_hole);
  }
}

/* In another unit of points, lines and axis are what they were, in that unit. */
static void
test_units_of_points_change_nothing (void)
{
  const double times = ldexp (1, -50);
  g_autofree Curves *curves = usual_curves (), *small = usual_curves ();
  for (guint r = 0; r < 2; r++) {
    LimenGameCurve *curve = &small->curve[r];
    curve->largest = times;
    for (guint i = 0; i < N; i++) {
      curve->gap[i] *= times;
      curve->average_gap[i] *= times;
    }
  }
  LimenGameCurves race = race_of (curves, 2), other = race_of (small, 2);
  g_autoptr (LimenGameLayout) one = limen_game_layout_new (&race, &style, 700, 300);
  g_autoptr (LimenGameLayout) two = limen_game_layout_new (&other, &style, 700, 300);
  g_assert_cmpfloat (two->plot.y.low, ==, times * one->plot.y.low);
  g_assert_cmpfloat (two->plot.y.high, ==, times * one->plot.y.high);
  g_assert_cmpuint (two->lines.n_references, ==, one->lines.n_references);
  for (guint r = 0; r < 2; r++)
    for (guint i = 0; i < N; i++) {
      double y = one->lines.y[r][i], average = one->lines.average[r][i];
      g_assert_true (two->lines.y[r][i] == times * y || isnan (y));
      g_assert_true (two->lines.average[r][i] == times * average || isnan (average));
      g_assert_true (isnan (y) == isnan (two->lines.y[r][i]));
    }
}

static void
test_lines_lie_where_the_axes_say (void)
{
  g_autofree Curves *curves = usual_curves ();
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
    for (int by_gradients = 0; by_gradients < 2; by_gradients++) {
      LimenGameCurves race = race_of (curves, 1);
      race.by_gradients = by_gradients;
      race.k = 0;
      g_autoptr (LimenGameLayout) layout = limen_game_layout_new (&race, &style, 800, 420);
      cairo_surface_t *surface = draw (&race, RACE, scheme, 800, 420);
      double unit = by_gradients ? curves->curve[0].gradients : 1;
      for (guint i = 3; i < N - 1; i += 7)
        g_assert_cmpuint (
            count_around (surface,
                          limen_axis_to_pixel (&layout->frame.x, unit * curves->curve[0].k[i]),
                          limen_axis_to_pixel (&layout->frame.y, curves->curve[0].gap[i]), 2,
                          colour_of (scheme, LIMEN_COLOUR_HAND)),
            >=, 1);
      cairo_surface_destroy (surface);
    }
}

static void
test_the_line_of_the_hand_is_at_its_iteration (void)
{
  g_autofree Curves *curves = usual_curves ();
  for (int kind = 0; kind < 4; kind++) {
    LimenGameCurves race = race_of (curves, 3);
    race.by_gradients = kind & 1;
    race.k = kind & 2 ? 0 : 37;
    curves->curve[0].gap[0] = 1;
    g_autoptr (LimenGameLayout) layout = limen_game_layout_new (&race, &style, 800, 420);
    cairo_surface_t *surface = draw (&race, RACE, LIMEN_SCHEME_LIGHT, 800, 420);
    const LimenRect *area = &layout->frame.plot;
    double x =
        limen_axis_to_pixel (&layout->frame.x, 37.0 * (kind & 1 ? curves->curve[0].gradients : 1));
    LimenRect column = {floor (x), area->y + 4, 1, area->height - 8};
    guint n = count_pixels (surface, &column, colour_of (LIMEN_SCHEME_LIGHT, LIMEN_COLOUR_HAND));
    if (race.k > 0)
      g_assert_cmpuint (n, >, 0.8 * column.height);
    else
      g_assert_cmpuint (n, <, 0.2 * column.height);
    cairo_surface_destroy (surface);
  }
}

static void
test_dots_are_where_each_runner_is (void)
{
  g_autofree Curves *curves = usual_curves ();
  LimenGameCurves race = race_of (curves, 4);
  race.k = 777; /* between places */
  for (int by_gradients = 0; by_gradients < 2; by_gradients++) {
    race.by_gradients = by_gradients;
    g_autoptr (LimenGameLayout) layout = limen_game_layout_new (&race, &style, 800, 420);
    g_assert_cmpuint (layout->plot.n_dots, ==, 4);
    double own = 777.0 * curves->curve[0].gradients;
    for (guint r = 0; r < 4; r++) {
      double g = curves->curve[r].gradients;
      double k = by_gradients ? floor (own / g) : 777;
      g_assert_cmpfloat (fabs (layout->lines.dot[r][0] - (by_gradients ? k * g : k)), <, 1e-6);
      if (r != 1) { /* straight between places */
        double slope = isfinite (curves->curve[r].slope) ? curves->curve[r].slope : 0;
        g_assert_cmpfloat (fabs (layout->lines.dot[r][1] / pow (k, slope) - 1), <, 1e-9);
      }
    }
  }
}

/* --- What is proven --- */

static void
test_words_say_what_is_measured_and_proven (void)
{
  static const struct {
    double rate, slope, average_slope, measured, measured_average;
    LimenGameMeasure measure;
    const char *words;
  } table[] = {
      {0.98534, -0.5, -1, -5, -1, LIMEN_MEASURE_GAP, "ρ = 0.9853 a step"},
      {0.9999876, -0.5, -1, -5, -1, LIMEN_MEASURE_DISTANCE, "ρ = 0.999988 a step"},
      {NAN, -1, NAN, -1.004, -0.8, LIMEN_MEASURE_GAP, "measured slope −1.00, proven −1"},
      {NAN, -0.5, -1, -0.52, -1.01, LIMEN_MEASURE_GAP, "measured slope −0.52, proven −0.5"},
      {NAN, -0.5, -1, -0.5, -1.01, LIMEN_MEASURE_DISTANCE,
       "average: measured slope −1.01, proven −1"},
      {NAN, NAN, -2.0 / 3, 0.1, -0.71, LIMEN_MEASURE_GAP,
       "average: measured slope −0.71, proven −2/3"},
      {NAN, NAN, -0.5, NAN, NAN, LIMEN_MEASURE_GAP, "average: proven slope −0.5"},
      {NAN, NAN, NAN, -0.008, -1, LIMEN_MEASURE_GAP, "measured slope −0.01"},
      {NAN, NAN, NAN, NAN, NAN, LIMEN_MEASURE_GAP, ""},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    LimenGameCurve c = curve_of (LIMEN_EAG_C, NAN, NAN);
    c.rate = table[i].rate;
    c.slope = table[i].slope;
    c.average_slope = table[i].average_slope;
    c.measured_slope = table[i].measured;
    c.measured_average_slope = table[i].measured_average;
    const LimenGamePace pace = {&c, table[i].measure == LIMEN_MEASURE_GAP};
    g_autofree char *words = limen_game_say (LIMEN_SAY_PACE, &pace);
    g_assert_cmpstr (words ? words : "", ==, table[i].words);
  }
}

/* With the proven slope, just above what was measured; it touches nothing from below. */
static void
test_references_have_the_proven_slope_and_lie_above (void)
{
  static const double slopes[] = {-0.5, -1, -0.4}, rates[] = {0.9, 0.99, 0.9985};
  g_autofree Curves *curves = usual_curves ();
  for (int kind = 0; kind < 6; kind++) {
    gboolean linear = kind >= 3;
    double slope = linear ? NAN : slopes[kind], rate = linear ? rates[kind - 3] : NAN;
    curves->curve[0] = curve_of (LIMEN_EXTRAGRADIENT, slope, rate);
    for (guint i = 0; i < N; i++) /* not smooth */
      curves->curve[0].gap[i] *= 1 + 0.5 * sin (i);
    LimenGameCurves race = race_of (curves, 2);
    g_autoptr (LimenGameLayout) layout = limen_game_layout_new (&race, &style, 800, 420);
    const LimenGameLines *lines = &layout->lines;
    const double *k = curves->curve[0].k, *y = lines->reference[0];
    g_assert_cmpuint (lines->n_references, ==, 2);
    for (guint i = 1; i < N; i++) {
      if (isnan (y[i]) || k[i] == k[i - 1])
        continue;
      double found = log (y[i] / y[i - 1]);
      double proven = linear ? (k[i] - k[i - 1]) * log (rate) : slope * log (k[i] / k[i - 1]);
      g_assert_cmpfloat (fabs (found - proven), <, 1e-6 * fmax (fabs (proven), 1));
      if (k[i] > 22 && curves->curve[0].gap[i] > 1e-12) {
        g_assert_cmpfloat (y[i], >, 1.9 * curves->curve[0].gap[i]);
        g_assert_cmpfloat (y[i], <, 20 * curves->curve[0].gap[i]);
      }
    }
  }
}

/* --- The legend --- */

static gboolean
overlap (const LimenRect *a, const LimenRect *b)
{
  return a->x < b->x + b->width - 0.01 && b->x < a->x + a->width - 0.01 &&
         a->y < b->y + b->height - 0.01 && b->y < a->y + a->height - 0.01;
}

static void
check_keys (const LimenGameLayout *layout, int width, int height)
{
  LimenRect room = {0, 0, layout->width, layout->height};
  if (layout->beside) /* the axis has a label that sticks out of the plot's column */
    room.width = layout->frame.plot.x + layout->frame.plot.width;
  for (guint i = 0; i < layout->n_keys; i++) {
    const LimenRect *a = &layout->key[i].rect;
    g_assert_nonnull (layout->key[i].name);
    g_assert_cmpfloat (a->x, >=, 0);
    g_assert_cmpfloat (a->y, >=, 0);
    g_assert_cmpfloat (a->x + a->width, <=, width);
    g_assert_cmpfloat (a->y + a->height, <=, height);
    g_assert_false (overlap (a, &room));
    for (guint k = 0; k < i; k++)
      g_assert_false (overlap (a, &layout->key[k].rect));
  }
}

static void
test_names_keep_within_and_apart (void)
{
  g_autofree Curves *curves = usual_curves ();
  for (int width = 320; width <= 1600; width += 40)
    for (int height = 200; height <= 700; height += 50)
      for (guint n = 1; n <= LIMEN_GAME_MOST_RUNNERS; n += width % 3 ? 2 : 5) {
        LimenGameCurves race = race_of (curves, n);
        race.by_gradients = height % 100 != 0;
        g_autoptr (LimenGameLayout) layout = limen_game_layout_new (&race, &style, width, height);
        check_keys (layout, width, height);
        g_assert_cmpfloat (layout->frame.plot.height, >=, 0.25 * height);
        if (height >= 350 || width >= 640 || n < 4)
          for (guint r = 0; r < n; r++) { /* every runner has its name */
            guint found = 0;
            for (guint i = 0; i < layout->n_keys; i++)
              found += layout->key[i].line == &layout->lines.line[r];
            g_assert_cmpuint (found, ==, 1);
          }
      }
  for (int width = 1; width < 320; width += 13)
    for (int height = 1; height < 200; height += 13) {
      LimenGameCurves race = race_of (curves, 6);
      g_autoptr (LimenGameLayout) layout = limen_game_layout_new (&race, &style, width, height);
      check_keys (layout, width, height);
    }
}

/* --- The spectrum --- */

static void
test_the_spectrum_is_on_the_complex_plane (void)
{
  static const double re[] = {0.8, 0.8, 1.2, 0, -0.6}, im[] = {0.3, -0.3, 0.4, 1, 0.8};
  static const LimenColour colours[] = {LIMEN_COLOUR_FIRST, LIMEN_COLOUR_FIRST, LIMEN_COLOUR_SECOND,
                                        LIMEN_COLOUR_HAND, LIMEN_COLOUR_HAND};
  for (LimenScheme scheme = 0; scheme < LIMEN_N_SCHEMES; scheme++)
    for (int wide = 0; wide < 2; wide++) {
      LimenChartStyle with = {scheme, "sans-serif", 12};
      int width = wide ? 600 : 330, height = 340;
      LimenFrame f = limen_spectrum_frame (re, im, 5, &with, width, height);
      cairo_t *cr;
      cairo_surface_t *surface = new_picture (width, height, &cr);
      const LimenSpectrum spectrum = {LIMEN_EXTRAGRADIENT, LIMEN_INTEGRATOR_VERLET, re, im, 5};
      limen_spectrum_draw (&spectrum, cr, &with, width, height);
      finish_picture (surface, cr);
      double across = (f.x.end - f.x.start) / (f.x.high - f.x.low);
      double up = (f.y.start - f.y.end) / (f.y.high - f.y.low);
      g_assert_cmpfloat (fabs (across / up - 1), <, 1e-9);
      for (int i = 0; i < 5; i++)
        g_assert_cmpuint (count_around (surface, limen_axis_to_pixel (&f.x, re[i]),
                                        limen_axis_to_pixel (&f.y, im[i]), 3,
                                        colour_of (scheme, colours[i])),
                          >=, 20);
      guint ring = 0;
      for (int i = 0; i < 360; i++) {
        double x = limen_axis_to_pixel (&f.x, cos (i * G_PI / 180));
        double y = limen_axis_to_pixel (&f.y, sin (i * G_PI / 180));
        ring += pixel_at (surface, x, y) != colour_of (scheme, LIMEN_COLOUR_PAPER);
      }
      g_assert_cmpuint (ring, >, 350);
      cairo_surface_destroy (surface);
      limen_frame_clear (&f);
    }
}

static void
test_the_radius_is_in_words (void)
{
  static const struct {
    double re, im, width;
    LimenMethod method;
    const char *words;
  } table[] = {
      {0.98534278, 0, 900, LIMEN_EXTRAGRADIENT,
       "ρ = 0.985343, inside: once near, it comes nearer in the long run"},
      {0.98534278, 0, 190, LIMEN_EXTRAGRADIENT, "ρ = 0.985343, inside"},
      {0.98534278, 0, 40, LIMEN_EXTRAGRADIENT, "ρ = 0.985343"},
      {0.6, 0.8, 900, LIMEN_ALTERNATING_GDA,
       "ρ = 1.000000, on the circle: once near, it stays near"},
      {-1, 0, 900, LIMEN_ALTERNATING_GDA,
       "ρ = 1.000000, on the circle, two as one: it may be led away"},
      {-1, 0, 250, LIMEN_ALTERNATING_GDA, "ρ = 1.000000, on the circle"},
      {0.6, 0.8, 900, LIMEN_EXTRAGRADIENT, "ρ = 1.000000, at the circle: too close to tell"},
      {1.5, 0, 900, LIMEN_EXTRAGRADIENT,
       "ρ = 1.500000, outside: however near, it is led away in the long run"}};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    const LimenSpectrum spectrum = {table[i].method, LIMEN_INTEGRATOR_VERLET, &table[i].re,
                                    &table[i].im, 1};
    g_autofree char *words = limen_spectrum_words (&spectrum, &style, table[i].width);
    g_assert_cmpstr (words, ==, table[i].words);
  }
}

/* --- What can go wrong --- */

static void
draw_everywhere (const LimenGameCurves *race)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (Which which = RACE; which <= KL; which++) {
      LimenScheme scheme = (LimenScheme)((i + which) % LIMEN_N_SCHEMES);
      cairo_surface_t *surface = draw (race, which, scheme, sizes[i][0], sizes[i][1]);
      LimenRect all = {0, 0, sizes[i][0], sizes[i][1]};
      g_assert_cmpuint (count_pixels (surface, &all, 0xff00ff), ==, 0);
      cairo_surface_destroy (surface);
    }
}

static void
test_odd_races_are_drawn (void)
{
  for (int kind = 0; kind < 9; kind++) {
    g_autofree Curves *curves = usual_curves ();
    LimenGameCurves race = race_of (curves, kind == 0 ? 0 : LIMEN_GAME_MOST_RUNNERS + (kind == 1));
    race.n_curves = MIN (race.n_curves, LIMEN_GAME_MOST_RUNNERS);
    race.measure = kind % 2 ? LIMEN_MEASURE_DISTANCE : LIMEN_MEASURE_GAP;
    for (guint r = 0; r < LIMEN_GAME_MOST_RUNNERS; r++) {
      LimenGameCurve *c = &curves->curve[r];
      c->n = kind == 2 ? 0 : kind == 3 ? 1 : N;
      for (guint i = 0; i < N; i++) {
        double value = kind == 4   ? 0
                       : kind == 5 ? NAN
                       : kind == 6 ? 1e300
                       : kind == 7 ? 1
                                   : c->gap[i];
        c->gap[i] = c->average_gap[i] = c->distance[i] = value;
        c->kl[i] = kind == 6 ? -1e300 : kind == 8 ? INFINITY : value;
        c->energy[i] = value;
        c->touched[i] = kind == 7;
      }
    }
    race.k = kind == 8 ? 1e9 : kind == 7 ? 0.5 : 50;
    draw_everywhere (&race);
  }
}

static void
test_odd_spectra_are_drawn (void)
{
  static const double re[] = {0, 1e300, NAN, 1e9, 0.5}, im[] = {0, 0, 1, INFINITY, -1e12};
  for (guint n = 0; n <= 5; n++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
      cairo_t *cr;
      cairo_surface_t *surface = new_picture (sizes[i][0], sizes[i][1], &cr);
      cairo_set_source_rgb (cr, 1, 0, 1);
      cairo_paint (cr);
      const LimenSpectrum spectrum = {LIMEN_EAG_C, LIMEN_INTEGRATOR_VERLET, re, im, n};
      limen_spectrum_draw (&spectrum, cr, &style, sizes[i][0], sizes[i][1]);
      finish_picture (surface, cr);
      LimenRect all = {0, 0, sizes[i][0], sizes[i][1]};
      g_assert_cmpuint (count_pixels (surface, &all, 0xff00ff), ==, 0);
      cairo_surface_destroy (surface);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/game-race/runners-have-colours-and-shapes-of-their-own",
                   test_runners_have_colours_and_shapes_of_their_own);
  g_test_add_func ("/game-race/the-axes-hold-what-lasts-and-cut-what-falls",
                   test_the_axes_hold_what_lasts_and_cut_what_falls);
  g_test_add_func ("/game-race/what-is-nothing-leaves-a-gap", test_what_is_nothing_leaves_a_gap);
  g_test_add_func ("/game-plot/units", test_units_of_points_change_nothing);
  g_test_add_func ("/game-race/lines-lie-where-the-axes-say", test_lines_lie_where_the_axes_say);
  g_test_add_func ("/game-race/the-line-of-the-hand-is-at-its-iteration",
                   test_the_line_of_the_hand_is_at_its_iteration);
  g_test_add_func ("/game-race/dots-are-where-each-runner-is", test_dots_are_where_each_runner_is);
  g_test_add_func ("/game-race/words-say-what-is-measured-and-proven",
                   test_words_say_what_is_measured_and_proven);
  g_test_add_func ("/game-race/references-have-the-proven-slope-and-lie-above",
                   test_references_have_the_proven_slope_and_lie_above);
  g_test_add_func ("/game-race/names-keep-within-and-apart", test_names_keep_within_and_apart);
  g_test_add_func ("/spectrum/the-spectrum-is-on-the-complex-plane",
                   test_the_spectrum_is_on_the_complex_plane);
  g_test_add_func ("/spectrum/the-radius-is-in-words", test_the_radius_is_in_words);
  g_test_add_func ("/game-race/odd-races-are-drawn", test_odd_races_are_drawn);
  g_test_add_func ("/spectrum/odd-spectra-are-drawn", test_odd_spectra_are_drawn);
  return g_test_run ();
}
