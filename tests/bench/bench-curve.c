/* What curves cost: the points and the band of all scores, and of each kind the plot, its base, and
 * one step of a drag, which finds the point nearest to the pointer and draws it there. */
#include "model/base/random.h"
#include "viz/detector/curve-plot.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#define WIDTH  1600
#define HEIGHT 1000
#define BASES  20
#define STEPS  200

static double
cpu_ms (void)
{
  struct timespec t;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return 1000 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
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

/** Cost: CPU milliseconds; @nearest: of finding the point, which @step holds too */
typedef struct {
  double plot, base, step, nearest;
} Cost;

static void
draw_step (const LimenCurvePlot *plot, cairo_surface_t *base, cairo_surface_t *screen, double x,
           double y)
{
  double threshold = limen_curve_plot_threshold_at (plot, x, y);
  cairo_t *cr = cairo_create (screen);
  cairo_set_source_surface (cr, base, 0, 0);
  cairo_paint (cr);
  limen_curve_plot_draw_point (plot, cr, threshold, LIMEN_HOLD_GRABBED);
  cairo_destroy (cr);
}

static Cost
measure (LimenCurve *curve, LimenCurveKind kind)
{
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  cairo_surface_t *base = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_surface_t *screen = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  Cost cost = {0};
  double start = cpu_ms (), check = 0;
  g_autoptr (LimenCurvePlot) plot = limen_curve_plot_new (curve, kind, 0.01, &style, WIDTH, HEIGHT);
  cost.plot = cpu_ms () - start;
  start = cpu_ms ();
  for (int i = 0; i < BASES; i++) {
    cairo_t *cr = cairo_create (base);
    limen_curve_plot_draw_base (plot, cr);
    cairo_destroy (cr);
  }
  cost.base = (cpu_ms () - start) / BASES;
  start = cpu_ms ();
  for (int i = 0; i < STEPS; i++)
    draw_step (plot, base, screen, WIDTH * (i + 0.5) / STEPS, 0.3 * HEIGHT);
  cost.step = (cpu_ms () - start) / STEPS;
  start = cpu_ms ();
  for (int i = 0; i < STEPS; i++)
    check += limen_curve_plot_threshold_at (plot, WIDTH * (i + 0.5) / STEPS, 0.3 * HEIGHT);
  cost.nearest = (cpu_ms () - start) / STEPS;
  cairo_surface_destroy (base);
  cairo_surface_destroy (screen);
  if (isnan (check))
    printf ("no point\n");
  return cost;
}

/* @worst: (in, out) */
static void
measure_all (guint n, Cost *worst)
{
  static const char *const names[] = {"ROC", "DET", "precision and recall"};
  g_autoptr (LimenScores) normal = made_up_scores ("normal", n / 2, 1700, 300, 50);
  g_autoptr (LimenScores) anomaly = made_up_scores ("anomalies", n - n / 2, 1200, 600, 200);
  g_autoptr (LimenDetector) detector = limen_detector_new_with_validation (
      normal, normal, anomaly, (LimenRule){LIMEN_RULE_SIGMAS, 3});
  double start = cpu_ms ();
  g_autoptr (LimenCurve) curve = limen_curve_new (detector);
  printf ("%9u scores: %.0f ms of CPU for the curve of %u points\n", n, cpu_ms () - start,
          curve->n);
  for (LimenCurveKind kind = 0; kind < LIMEN_N_CURVE_KINDS; kind++) {
    Cost cost = measure (curve, kind);
    printf ("%20s: %.1f ms to lay out, %.2f for the base, %.2f for a step, %.3f of it to find "
            "the point\n",
            names[kind], cost.plot, cost.base, cost.step, cost.nearest);
    worst->base = fmax (worst->base, cost.base);
    worst->step = fmax (worst->step, cost.step);
  }
}

int
main (void)
{
  Cost worst = {0};
  measure_all (20000, &worst);
  measure_all (5000000, &worst);
  gboolean quick = worst.base <= 8 && worst.step <= 4;
  printf ("bases at most 8 ms, steps at most 4: %s\n", quick ? "yes" : "NO");
  return !quick;
}
