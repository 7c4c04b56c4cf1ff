/* Two scores of images, and their scatter: the paradox, made up. */
#pragma once

#include "model/base/random.h"
#include "viz/detector/scatter-plot-private.h"

#include <math.h>
#include <string.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static const LimenLines no_cuts[2] = {{NAN, NAN}, {NAN, NAN}};
static const LimenLines usual_cuts[2] = {{1000, INFINITY}, {-INFINITY, 350}};

/* Normal images: likelihoods with a tail; the complexity goes along with them. Anomalies: as likely
 * or more, but too simple for it. */
static void
make_values (LimenScatterSet set, guint n, guint64 seed, double *x, double *y)
{
  LimenRandom random = limen_random_stream (seed, "scatter", set);
  for (guint i = 0; i < n; i++) {
    double a = limen_random_normal (&random), b = limen_random_normal (&random);
    double tail = exp (0.7 * a);
    x[i] = set == LIMEN_SCATTER_NORMAL ? 2160 - 300 * tail : 2200 - 200 * tail;
    y[i] = set == LIMEN_SCATTER_NORMAL ? 100 + 40 * tail + 50 * b : 520 + 90 * tail + 80 * b;
  }
}

static LimenMeasure *
complexity (void)
{
  return limen_measure_new ("complexity", "complexity-corrected code length", "bits",
                            LIMEN_SIDE_HIGH);
}

/* @scores: (out) */
static void
make_scores (LimenScatterSet set, guint n, guint64 seed, LimenScores *scores[2])
{
  const char *name = set == LIMEN_SCATTER_NORMAL ? "Fashion-MNIST test" : "MNIST test";
  g_autofree double *x = g_new (double, n + 1), *y = g_new (double, n + 1);
  g_autoptr (LimenMeasure) up = complexity ();
  make_values (set, n, seed, x, y);
  scores[0] = limen_scores_new (name, x, n);
  scores[1] = limen_scores_new_of (up, name, y, n);
}

static void
drop_scores (LimenScores *scores[2])
{
  limen_scores_unref (scores[0]);
  limen_scores_unref (scores[1]);
}

static LimenScatterPoints *
points_of (guint n_normal, guint n_anomaly, guint64 seed)
{
  LimenScores *normal[2], *anomaly[2];
  make_scores (LIMEN_SCATTER_NORMAL, n_normal, seed, normal);
  make_scores (LIMEN_SCATTER_ANOMALY, n_anomaly, seed, anomaly);
  LimenScatterPoints *points = limen_scatter_points_new (normal, anomaly, usual_cuts);
  drop_scores (normal);
  drop_scores (anomaly);
  return points;
}

/* Of single pairs of numbers: @xy: (n, 2) */
static LimenScatterPoints *
points_at (LimenSide side, const double (*xy)[2], guint n, guint n_normal)
{
  LimenScores *scores[LIMEN_N_SCATTER_SETS][2];
  g_autofree double *value = g_new (double, n + 1);
  for (int axis = 0; axis < 2; axis++) {
    g_autoptr (LimenMeasure) measure = limen_measure_new ("m", axis ? "up" : "across", "", side);
    for (guint i = 0; i < n; i++)
      value[i] = xy[i][axis];
    scores[0][axis] = limen_scores_new_of (measure, "normal", value, n_normal);
    scores[1][axis] = limen_scores_new_of (measure, "anomalies", value + n_normal, n - n_normal);
  }
  LimenScatterPoints *points = limen_scatter_points_new (scores[0], scores[1], no_cuts);
  drop_scores (scores[0]);
  drop_scores (scores[1]);
  return points;
}

static LimenScatterPlot *
scatter_of (LimenScatterPoints *points, LimenScheme scheme, double width, double height)
{
  LimenChartStyle style = limen_chart_style (scheme);
  return limen_scatter_plot_new (points, &style, width, height);
}

/** Bits: a selection of both sets, nothing selected */
typedef struct {
  guint64 *of[LIMEN_N_SCATTER_SETS];
} Bits;

static Bits
bits_for (const LimenScatterPoints *points)
{
  Bits bits;
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    bits.of[set] = g_new0 (guint64, (points->n[set] + 63) / 64 + 1);
  return bits;
}

static void
free_bits (Bits *bits)
{
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    g_free (bits->of[set]);
}

static gboolean
has_bit (const Bits *bits, LimenScatterSet set, guint i)
{
  return bits->of[set][i / 64] >> (i % 64) & 1;
}

#pragma GCC diagnostic pop
