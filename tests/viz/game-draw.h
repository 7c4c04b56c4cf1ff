/* Races of methods, and their pictures. */
#pragma once

#include "pixels.h"
#include "model/base/random.h"
#include "viz/game/game-picture-private.h"
#include "viz/kit/picture.h"

#include <string.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static const LimenChartStyle style = {LIMEN_SCHEME_LIGHT, "sans-serif", 12};
static const int sizes[][2] = {{1, 1},     {7, 90},    {90, 7},     {150, 120}, {320, 230},
                               {420, 300}, {690, 260}, {1000, 400}, {1600, 700}};

/* --- Races --- */

#define N 200

/* Made up, so that what is to be seen is known: gap = k^slope, or rate^k; the mean: 1 / k. */
static LimenGameCurve
curve_of (LimenMethod method, double slope, double rate)
{
  LimenGameCurve c = {.method = method,
                      .largest = 1,
                      .n = N,
                      .gradients = limen_method_gradients (method),
                      .rate = rate,
                      .slope = slope,
                      .average_slope = -1,
                      .measured_slope = slope,
                      .measured_average_slope = -1.017};
  for (guint i = 0; i < N; i++) {
    double k = i < 20 ? i + 1 : floor (21 * pow (10000.0 / 21, (i - 20) / (N - 21.0)) + 0.5);
    c.k[i] = k;
    c.gap[i] = isfinite (rate) ? pow (rate, k) : pow (k, isfinite (slope) ? slope : 0);
    c.average_gap[i] = 1 / k;
    c.distance[i] = 0.7 * c.gap[i];
    c.kl[i] = 1 + 0.3 * sin (0.1 * k);
    c.energy[i] = 0.4;
  }
  return c;
}

typedef struct {
  LimenGameCurve curve[LIMEN_GAME_MOST_RUNNERS];
} Curves;

static Curves *
usual_curves (void)
{
  Curves *curves = g_new (Curves, 1);
  curves->curve[0] = curve_of (LIMEN_EXTRAGRADIENT, -0.5, NAN);
  curves->curve[1] = curve_of (LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS, NAN, 0.99);
  curves->curve[2] = curve_of (LIMEN_ALTERNATING_GDA, NAN, NAN);
  curves->curve[3] = curve_of (LIMEN_EAG_C, -1, NAN);
  curves->curve[4] = curve_of (LIMEN_REGRET_MATCHING_PLUS, -0.25, NAN);
  curves->curve[5] = curve_of (LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS, -0.1, NAN);
  return curves;
}

static LimenGameCurves
race_of (const Curves *curves, guint n)
{
  return (LimenGameCurves){.curve = curves->curve, .n_curves = n, .k = 100};
}

typedef enum { RACE, ENERGY, KL } Which;

static cairo_surface_t *
draw (const LimenGameCurves *race, Which which, LimenScheme scheme, int width, int height)
{
  LimenChartStyle with = {scheme, "sans-serif", 12};
  cairo_t *cr;
  cairo_surface_t *surface = new_picture (width, height, &cr);
  cairo_set_source_rgb (cr, 1, 0, 1);
  cairo_paint (cr);
  if (which == RACE)
    limen_game_curves_draw (race, cr, &with, width, height);
  else
    limen_game_kept_draw (race, which == KL ? LIMEN_KEPT_KL : LIMEN_KEPT_ENERGY, cr, &with, width,
                          height);
  finish_picture (surface, cr);
  return surface;
}

#pragma GCC diagnostic pop
