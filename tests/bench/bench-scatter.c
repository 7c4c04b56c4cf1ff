/* What the scatter of two scores costs: its base drawn anew, as after a selection, and one step of
 * dragging a line or a lasso over it. */
#include "tests/viz/scatter-draw.h"

#include <stdio.h>
#include <time.h>

#define WIDTH   1000
#define HEIGHT  640
#define CORNERS 200
#define TIMES   20

typedef struct {
  LimenScatterPlot *plot;
  cairo_surface_t *base, *screen;
  double corner[CORNERS][2];
  Bits bits;
} Scene;

static double
cpu_seconds (void)
{
  struct timespec t;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void
draw_base (Scene *scene)
{
  cairo_t *cr = cairo_create (scene->base);
  limen_scatter_plot_draw_base (scene->plot, cr, NULL);
  cairo_destroy (cr);
}

static void
draw_step (Scene *scene)
{
  cairo_t *cr = cairo_create (scene->screen);
  LimenScatterTop top = {.cut = {usual_cuts[0], usual_cuts[1]},
                         .corner = (const double (*)[2])scene->corner,
                         .n_corners = CORNERS};
  cairo_set_source_surface (cr, scene->base, 0, 0);
  cairo_paint (cr);
  limen_scatter_plot_draw_top (scene->plot, cr, &top);
  cairo_destroy (cr);
}

static void
select_inside (Scene *scene)
{
  limen_scatter_plot_inside (scene->plot, (const double (*)[2])scene->corner, CORNERS,
                             scene->bits.of);
}

/* Returns: CPU milliseconds of one call */
static double
cost (void (*work) (Scene *scene), Scene *scene)
{
  work (scene); /* once for what is made at first */
  double start = cpu_seconds ();
  for (int i = 0; i < TIMES; i++)
    work (scene);
  return 1000 * (cpu_seconds () - start) / TIMES;
}

/* @base, @step: (out): CPU milliseconds */
static void
measure (guint n, double *base, double *step)
{
  g_autoptr (LimenScatterPoints) points = points_of (n / 2, n - n / 2, 1);
  g_autoptr (LimenScatterPlot) plot = scatter_of (points, LIMEN_SCHEME_LIGHT, WIDTH, HEIGHT);
  Scene scene = {.plot = plot, .bits = bits_for (points)};
  scene.base = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  scene.screen = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  for (int i = 0; i < CORNERS; i++) {
    scene.corner[i][0] = 0.7 * WIDTH + 0.2 * WIDTH * cos (2 * G_PI * i / CORNERS);
    scene.corner[i][1] = 0.5 * HEIGHT + 0.3 * HEIGHT * sin (2 * G_PI * i / CORNERS);
  }
  *base = cost (draw_base, &scene);
  *step = cost (draw_step, &scene);
  double selected = cost (select_inside, &scene), start = cpu_seconds ();
  g_autofree char *said = limen_scatter_points_sentence (points, usual_cuts);
  printf (
      "%9u images: %.2f ms of CPU for the base, %.2f for a step, %.1f to select, %.1f to tell\n", n,
      *base, *step, selected, 1000 * (cpu_seconds () - start));
  cairo_surface_destroy (scene.base);
  cairo_surface_destroy (scene.screen);
  free_bits (&scene.bits);
}

int
main (void)
{
  double base, step, base_of_many, step_of_many;
  measure (100000, &base, &step);
  measure (5000000, &base_of_many, &step_of_many);
  gboolean quick = base <= 8 && step <= 4 && step_of_many <= 4;
  printf ("base of 100,000 at most 8 ms, steps at most 4: %s\n", quick ? "yes" : "NO");
  return !quick;
}
