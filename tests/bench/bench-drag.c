/* What one step of dragging the threshold costs: new threshold, rates, sentence, line redrawn at
 * 1600 × 1000. */
#include "model/base/random.h"
#include "model/detect/detector.h"
#include "viz/detector/histogram-plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define WIDTH  1600
#define HEIGHT 1000
#define STEPS  300

static double
cpu_seconds (void)
{
  struct timespec t;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static LimenScores *
made_up_scores (const char *name, guint n, double mean, double std, double tail)
{
  LimenRandom random = limen_random_stream (1, name, 0);
  g_autofree double *value = g_new (double, n);
  for (guint i = 0; i < n; i++)
    value[i] =
        mean + std * limen_random_normal (&random) - tail * exp (2 * limen_random_normal (&random));
  return limen_scores_new (name, value, n);
}

/* Returns: CPU milliseconds of one step */
static double
measure (guint n)
{
  g_autoptr (LimenScores) normal = made_up_scores ("normal", n / 2, 1700, 300, 50);
  g_autoptr (LimenScores) anomaly = made_up_scores ("anomalies", n - n / 2, -5000, 3000, 2000);
  g_autoptr (LimenDetector) detector = limen_detector_new (
      normal, anomaly, (LimenSplit){LIMEN_SPLIT_RANDOM, 0}, (LimenRule){LIMEN_RULE_SIGMAS, 3});
  LimenHistogramView view = limen_histogram_view_new (detector, LIMEN_HISTOGRAM_SPREAD);
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  g_autoptr (LimenHistogramPlot) plot =
      limen_histogram_plot_new (detector, &view, &style, WIDTH, HEIGHT);
  cairo_surface_t *base = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_surface_t *screen = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (base);
  limen_histogram_plot_draw_base (plot, cr);
  cairo_destroy (cr);
  guint check = 0;
  double start = cpu_seconds ();
  for (int step = 0; step < STEPS; step++) {
    LimenRule rule = {LIMEN_RULE_VALUE, limen_histogram_plot_value_at_x (plot, 500 + 2 * step)};
    g_autoptr (LimenDetector) moved = limen_detector_with_rule (detector, rule);
    g_autofree char *sentence = limen_detector_sentence (moved);
    check += limen_detector_type_1 (moved).errors + limen_detector_type_2 (moved).errors +
             (guint)strlen (sentence);
    cr = cairo_create (screen);
    cairo_set_source_surface (cr, base, 0, 0);
    cairo_paint (cr);
    limen_histogram_plot_draw_threshold (plot, cr, moved->threshold, LIMEN_HOLD_GRABBED);
    cairo_destroy (cr);
  }
  double ms = 1000 * (cpu_seconds () - start) / STEPS;
  cairo_surface_destroy (base);
  cairo_surface_destroy (screen);
  printf ("%9u scores: %.2f ms of CPU per step (check %u)\n", n, ms, check);
  return ms;
}

int
main (void)
{
  double small = measure (20000), large = measure (5000000);
  printf ("at most 4 ms: %s; 5,000,000 scores cost %.2f times as much (at most 2): %s\n",
          small <= 4 ? "yes" : "NO", large / small, large <= 2 * small ? "yes" : "NO");
  return small > 4 || large > 2 * small;
}
