/* Duels of estimators, the usual one and ones made by hand, and their pictures. */
#pragma once

#include "pixels.h"
#include "model/base/random.h"
#include "viz/kit/dot-stamps.h"
#include "viz/prior/duel-plot-private.h"

#include <string.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#define ALL ((1u << LIMEN_N_ESTIMATORS) - 1)

static const LimenChartStyle style = {LIMEN_SCHEME_LIGHT, "sans-serif", 12};
static const int sizes[][2] = {{260, 180}, {360, 600}, {517, 371},
                               {600, 500}, {900, 300}, {1600, 1000}};

/* --- Data: the case of the page, and duels made by hand --- */

static LimenDuel *
usual_duel_about (guint n, double shift, guint about)
{
  g_autoptr (LimenGaussianCase) gaussian_case = limen_gaussian_case_example ();
  double v[2];
  LimenGradientCase c;
  g_assert_true (limen_gradient_case_of (gaussian_case, v, &c, NULL));
  c.shift = shift;
  return limen_duel_new_about (&c, n, 1, about);
}

static LimenDuel *
usual_duel (guint n, double shift)
{
  return usual_duel_about (n, shift, 0);
}

/* Two parameters of μ; all clouds with @variance and with no draws yet. */
static LimenDuel *
empty_duel (double exact_x, double exact_y, double variance)
{
  LimenDuel *duel = g_atomic_rc_box_new0 (LimenDuel);
  duel->k = duel->d = 2;
  duel->n_parameters = 8;
  duel->pair[1] = 1;
  duel->exact = g_new0 (double, 8);
  duel->exact_error = g_new0 (double, 8);
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

#pragma GCC diagnostic pop
