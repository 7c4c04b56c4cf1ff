/* Curves of made-up scores, and sets that were drawn anew. */
#pragma once

#include "model/base/random.h"
#include "viz/detector/curve-plot-private.h"
#include "viz/detector/redraw-dots.h"

#include <math.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

/* @grain: scores are multiples of it; 0: they are not tied */
static LimenScores *
scores_about (const char *name, guint n, double mean, double grain, guint64 index)
{
  g_autofree double *value = g_new (double, n);
  LimenRandom random = limen_random_stream (7, "curves", index);
  for (guint i = 0; i < n; i++) {
    value[i] = mean + limen_random_normal (&random);
    if (grain > 0)
      value[i] = grain * round (value[i] / grain);
  }
  return limen_scores_new (name, value, n);
}

/* Anomalies score lower by so many standard deviations. */
static LimenCurve *
curve_of (guint n1, guint n2, double apart, double grain)
{
  g_autoptr (LimenScores) normal = scores_about ("digits", n1, 0, grain, 0);
  g_autoptr (LimenScores) anomaly = scores_about ("letters", n2, -apart, grain, 1);
  g_autoptr (LimenDetector) detector = limen_detector_new_with_validation (
      normal, normal, anomaly, (LimenRule){LIMEN_RULE_SIGMAS, 3});
  return limen_curve_new (detector);
}

static LimenCurvePlot *
curve_plot_of (LimenCurve *curve, LimenCurveKind kind, double width, double height)
{
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  return limen_curve_plot_new (curve, kind, 0.01, &style, width, height);
}

/* One in twenty misses at the line, every other one somewhere. @one: (out) (n) */
static void
make_redrawn (LimenRedrawOne *one, guint n)
{
  LimenRandom random = limen_random_stream (7, "redrawn", 0);
  for (guint i = 0; i < n; i++) {
    double u = limen_random_uniform (&random);
    one[i] = (LimenRedrawOne){.fixed_missed = u < 0.05,
                              .somewhere_missed = u < 0.5,
                              .band_left = limen_random_uniform (&random) < 0.05};
  }
}

#pragma GCC diagnostic pop
