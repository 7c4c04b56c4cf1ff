/* How fast a game is played: extragradient steps of rock paper scissors, every iterate stored, on
 * one core, beside the same loop in NumPy, in turns. The script as it is started and a Python that
 * has NumPy are asked for; without them the benchmark is skipped.
 *
 * bench-game PYTHON peer-game.py */
#include "model/game/dynamics.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N      1000000
#define N_PEER 100000 /* iterations of NumPy's, of which each takes as long as the others */
#define ROUNDS 5
#define LEAST  100.0 /* times as many iterations a second */
#define STEP   0.1

static const double start_x[3] = {0.75, 0.125, 0.125}, start_y[3] = {0.125, 0.25, 0.625};

static double
seconds (void)
{
  return (double)g_get_monotonic_time () / G_USEC_PER_SEC;
}

/* @x, @y: (N, 3): iterates 1 to N. Returns: iterations a second */
static double
play (double *x, double *y)
{
  LimenPayoff payoff;
  LimenDynamics d;
  limen_payoff_builtin ("rock-paper-scissors", &payoff, NULL);
  limen_dynamics_start (&d, &payoff, LIMEN_EXTRAGRADIENT, STEP, start_x, start_y, NULL);
  double start = seconds ();
  for (gsize k = 0; k < N; k++) {
    limen_dynamics_step (&d);
    memcpy (x + 3 * k, d.x, sizeof start_x);
    memcpy (y + 3 * k, d.y, sizeof start_y);
  }
  return N / (seconds () - start);
}

/* @x: (3): the iterate that NumPy ends with. Returns: iterations a second; 0 where there is none */
static double
play_in_numpy (char **argv, double *x)
{
  char n[16], step[16];
  g_snprintf (n, sizeof n, "%d", N_PEER);
  g_snprintf (step, sizeof step, "%g", STEP);
  char *command[] = {argv[1], argv[2], n, step, NULL};
  g_autofree char *out = NULL;
  double time;
  int status;
  if (!g_spawn_sync (NULL, command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status,
                     NULL) ||
      !g_spawn_check_wait_status (status, NULL) ||
      sscanf (out, "%lf s, x %lf %lf %lf", &time, &x[0], &x[1], &x[2]) != 4)
    return 0;
  return N_PEER / time;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int
main (int argc, char **argv)
{
  g_autofree double *x = g_new0 (double, 3 * N), *y = g_new0 (double, 3 * N);
  double ratio[ROUNDS], there[3] = {0};
  for (guint round = 0; round < ROUNDS; round++) {
    double theirs = argc > 2 ? play_in_numpy (argv, there) : 0, ours = play (x, y);
    printf ("%d iterations stored: %.0f ns each, %.2f million/s\n", N, 1e9 / ours, ours / 1e6);
    if (theirs == 0) {
      puts ("skipped: there is no NumPy to compare with");
      return 77;
    }
    ratio[round] = ours / theirs;
    printf ("  NumPy: %.1f µs each; %.0f times as fast\n", 1e6 / theirs, ratio[round]);
    for (guint i = 0; i < 3; i++)
      if (!(fabs (x[3 * (N_PEER - 1) + i] - there[i]) <= 1e-12)) {
        printf ("after %d iterations x is %.17g, not %.17g\n", N_PEER, x[3 * (N_PEER - 1) + i],
                there[i]);
        return 1;
      }
  }
  qsort (ratio, ROUNDS, sizeof *ratio, compare_doubles);
  printf ("median %.0f times as fast; at least %.0f: %s\n", ratio[ROUNDS / 2], LEAST,
          ratio[ROUNDS / 2] >= LEAST ? "yes" : "NO");
  return ratio[ROUNDS / 2] < LEAST;
}
