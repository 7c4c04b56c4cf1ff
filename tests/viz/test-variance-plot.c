#include "duel-draw.h"

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

/* A variance that is too little for a bar is told as a number, and is not 0. */
static void
test_little_is_not_nothing (void)
{
  g_autoptr (LimenDuel) duel = empty_duel (1, 1, 0);
  LimenVariancePlot plot = {duel, 0, ALL, "Variance"};
  guint dark[2] = {0};
  duel->cloud[LIMEN_LOG_DERIVATIVE].variance[0] = 1;
  for (guint pass = 0; pass < 2; pass++) {
    duel->cloud[LIMEN_STICKING_THE_LANDING].variance[0] = pass ? 1.7e-80 : 0;
    cairo_surface_t *surface = draw_variance (&plot, LIMEN_SCHEME_LIGHT, 700, 300);
    for (int y = 0; y < 300; y++)
      for (int x = 0; x < 700; x++)
        dark[pass] += (pixel_at (surface, x, y) & 0xff) < 0x80;
    cairo_surface_destroy (surface);
  }
  g_assert_cmpuint (dark[1], >, dark[0] + 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/variance-plot/bars-are-as-long-as-variances-are-large",
                   test_bars_are_as_long_as_variances_are_large);
  g_test_add_func ("/variance-plot/measured-variances-have-the-errors-of-their-draws",
                   test_measured_variances_have_the_errors_of_their_draws);
  g_test_add_func ("/variance-plot/no-variance-is-said-to-be-0", test_no_variance_is_said_to_be_0);
  g_test_add_func ("/variance-plot/little-is-not-nothing", test_little_is_not_nothing);
  return g_test_run ();
}
