/* Triangles of strategies, and their pictures. */
#pragma once

#include "pixels.h"
#include "model/base/random.h"
#include "model/game/equilibrium.h"
#include "viz/kit/picture.h"
#include "viz/game/simplex-hand.h"
#include "viz/game/simplex-plot-private.h"

#include <string.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#define N 10000

static const LimenChartStyle style = {LIMEN_SCHEME_LIGHT, "sans-serif", 12};
static const double uniform[] = {1.0 / 3, 1.0 / 3, 1.0 / 3};
static const int sizes[][2] = {{1, 1},     {3, 40},    {40, 3},    {90, 90},   {216, 180},
                               {300, 320}, {360, 420}, {450, 480}, {800, 520}, {520, 1200}};

/* --- What is drawn --- */

static LimenPayoff
game (const char *name)
{
  LimenPayoff payoff;
  g_assert_true (limen_payoff_builtin (name, &payoff, NULL));
  return payoff;
}

static LimenSimplexPlot
plot_of (const LimenPayoff *payoff, gboolean is_b, const double *p, const double *other)
{
  return (LimenSimplexPlot){.payoff = payoff,
                            .is_b = is_b,
                            .p = p,
                            .other = other,
                            .solution = uniform,
                            .n_solutions = 1,
                            .title = is_b ? "Player B" : "Player A"};
}

static void
random_point (LimenRandom *random, double *p)
{
  double sum = 0;
  for (int i = 0; i < 3; i++)
    sum += p[i] = -log (limen_random_uniform (random) + 1e-300);
  for (int i = 0; i < 3; i++)
    p[i] /= sum;
}

static LimenChartStyle
in_scheme (LimenScheme scheme)
{
  return (LimenChartStyle){scheme, "sans-serif", 12};
}

/* On magenta, which is in no scheme: what is left of it was not drawn on. */
static cairo_surface_t *
draw (const LimenSimplexPlot *plot, LimenScheme scheme, int width, int height, LimenHold hold)
{
  LimenChartStyle with = in_scheme (scheme);
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  cairo_set_source_rgb (cr, 1, 0, 1);
  cairo_paint (cr);
  limen_simplex_plot_draw_base (plot, cr, &with, width, height);
  limen_simplex_plot_draw_top (plot, cr, &with, width, height, hold);
  finish_picture (surface, cr);
  return surface;
}

static guint32
paper_in (LimenScheme scheme)
{
  return colour_of (scheme, LIMEN_COLOUR_PAPER);
}

/* How far a colour is from paper: 0 to 765. */
static int
depth (guint32 pixel, guint32 paper)
{
  int sum = 0;
  for (int shift = 0; shift < 24; shift += 8)
    sum += abs ((int)(pixel >> shift & 255) - (int)(paper >> shift & 255));
  return sum;
}

/* From the right corner towards the left in as many steps. */
static double *
straight (gsize n)
{
  double *p = g_new (double, 3 * n);
  for (gsize i = 0; i < n; i++) {
    double t = (double)i / (double)(n - 1);
    p[3 * i] = 0.4;
    p[3 * i + 1] = 0.6 * t;
    p[3 * i + 2] = 0.6 * (1 - t);
  }
  return p;
}

#pragma GCC diagnostic pop
