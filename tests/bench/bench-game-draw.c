/* What a frame of the Game page costs while a method plays: both triangles, drawn whole: map,
 * field, trails of 10,000 iterates of two methods, handles. */
#include "model/game/dynamics.h"
#include "viz/game/simplex-plot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WIDTH  520 /* of a triangle in a window of 1600 × 1000 */
#define HEIGHT 480
#define POINTS 10000
#define RUNS   61
#define MOST   8.0 /* ms of CPU */

typedef struct {
  LimenPayoff payoff;
  double *p[2][2]; /* of two methods, of A and of B: (POINTS, 3) */
  double average[2][3];
  LimenMethod method;
  LimenSimplexMap map;
} Scene;

static const double start[2][3] = {{0.75, 0.125, 0.125}, {0.125, 0.25, 0.625}};

static double
cpu_ms (void)
{
  struct timespec t;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static void
play (Scene *scene)
{
  const LimenMethod methods[] = {scene->method, LIMEN_SIMULTANEOUS_GDA};
  for (int m = 0; m < 2; m++) {
    LimenDynamics dynamics;
    if (!limen_dynamics_start (&dynamics, &scene->payoff, methods[m], 0.1, start[0], start[1],
                               NULL))
      abort ();
    for (int k = 0; k < POINTS; k++) {
      memcpy (scene->p[m][0] + 3 * k, dynamics.x, 3 * sizeof (double));
      memcpy (scene->p[m][1] + 3 * k, dynamics.y, 3 * sizeof (double));
      limen_dynamics_step (&dynamics);
    }
    if (m == 0)
      limen_dynamics_average (&dynamics, scene->average[0], scene->average[1]);
  }
}

typedef enum { BASE = 1, TOP = 2 } Part;

static void
draw_player (const Scene *scene, int b, Part part, cairo_t *cr)
{
  static const double uniform[] = {1.0 / 3, 1.0 / 3, 1.0 / 3};
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  LimenTrail trail[] = {
      {scene->p[0][b], POINTS, b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST, LIMEN_LINE_EXACT},
      {scene->p[1][b], POINTS, LIMEN_COLOUR_REST, LIMEN_LINE_REFERENCE}};
  LimenSimplexPlot plot = {.payoff = &scene->payoff,
                           .is_b = b,
                           .p = start[b],
                           .other = start[1 - b],
                           .map = scene->map,
                           .arrows = TRUE,
                           .streamlines = TRUE,
                           .replicator = scene->method == LIMEN_REPLICATOR,
                           .trail = trail,
                           .n_trails = 2,
                           .average = scene->average[b],
                           .solution = uniform,
                           .n_solutions = 1,
                           .title = b ? "Player B" : "Player A"};
  cairo_save (cr);
  cairo_translate (cr, b * WIDTH, 0);
  if (part & BASE)
    limen_simplex_plot_draw_base (&plot, cr, &style, WIDTH, HEIGHT);
  if (part & TOP)
    limen_simplex_plot_draw_top (&plot, cr, &style, WIDTH, HEIGHT, LIMEN_HOLD_GRABBED);
  cairo_restore (cr);
}

/* @recorded: the top first into a recording, as a window does, which is then played back */
static double
one_frame (const Scene *scene, gboolean recorded, cairo_surface_t *screen)
{
  double begin = cpu_ms ();
  cairo_t *cr = cairo_create (screen);
  for (int b = 0; b < 2; b++)
    draw_player (scene, b, recorded ? BASE : BASE | TOP, cr);
  if (recorded) {
    cairo_rectangle_t all = {0, 0, 2 * WIDTH, HEIGHT};
    cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &all);
    cairo_t *to = cairo_create (recording);
    for (int b = 0; b < 2; b++)
      draw_player (scene, b, TOP, to);
    cairo_destroy (to);
    cairo_set_source_surface (cr, recording, 0, 0);
    cairo_paint (cr);
    cairo_surface_destroy (recording);
  }
  cairo_destroy (cr);
  return cpu_ms () - begin;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Returns: whether it took too long */
static gboolean
measure (const Scene *scene, const char *name, gboolean recorded)
{
  double ms[RUNS];
  cairo_surface_t *screen = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 2 * WIDTH, HEIGHT);
  for (int i = 0; i < RUNS; i++)
    ms[i] = one_frame (scene, recorded, screen);
  cairo_surface_destroy (screen);
  qsort (ms, RUNS, sizeof *ms, compare);
  printf ("%-28s %-9s %5.2f ms of CPU (median of %d; at most %.0f): %s\n", name,
          recorded ? "recorded" : "direct", ms[RUNS / 2], RUNS, MOST,
          ms[RUNS / 2] <= MOST ? "yes" : "NO");
  return ms[RUNS / 2] > MOST;
}

int
main (void)
{
  static const struct {
    const char *name;
    LimenMethod method;
    LimenSimplexMap map;
  } table[] = {{"extragradient, payoffs", LIMEN_EXTRAGRADIENT, LIMEN_MAP_PAYOFF},
               {"alternating GDA, payoffs", LIMEN_ALTERNATING_GDA, LIMEN_MAP_PAYOFF},
               {"replicator, exploitability", LIMEN_REPLICATOR, LIMEN_MAP_EXPLOITABILITY},
               {"regret matching, payoffs", LIMEN_REGRET_MATCHING, LIMEN_MAP_PAYOFF}};
  Scene scene = {0};
  int slow = 0;
  if (!limen_payoff_builtin ("rock-paper-scissors", &scene.payoff, NULL))
    return 1;
  for (int m = 0; m < 2; m++)
    for (int b = 0; b < 2; b++)
      scene.p[m][b] = g_new (double, 3 * POINTS);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    scene.method = table[i].method;
    scene.map = table[i].map;
    play (&scene);
    for (int recorded = 0; recorded < 2; recorded++)
      slow |= measure (&scene, table[i].name, recorded);
  }
  for (int m = 0; m < 2; m++)
    for (int b = 0; b < 2; b++)
      g_free (scene.p[m][b]);
  return slow;
}
