/* What the exact bound costs while a proposal is dragged: a new q in the plane, its table, and the
 * curve at 80 K; at most a frame of 16 ms. And the plane of the implied distribution. */
#include "tests/model/gaussian-answers.h"
#include "model/bound/importance-bound.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#define MOST_MS 16
#define STEPS   200
#define N_K     80
#define SIDE    200

static double
cpu_ms (void)
{
  struct timespec t;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

/* @q, moved a little */
static LimenGaussian *
drag (const LimenGaussian *q, int step)
{
  const double mean[] = {q->mean[0] + 0.001 * step, q->mean[1] - 0.001 * step};
  return limen_gaussian_new ("The proposal", 2, mean, q->covariance, NULL);
}

/* Returns: CPU milliseconds for each new proposal; @check: so that nothing is left out */
static double
measure_curve (const LimenGaussianCase *example, const LimenGaussian *from, double *check)
{
  double k[N_K], gap[N_K], start = cpu_ms ();
  for (int i = 0; i < N_K; i++)
    k[i] = pow (5000, i / (N_K - 1.0));
  for (int step = 0; step < STEPS; step++) {
    g_autoptr (LimenGaussian) q = drag (from, step);
    g_autoptr (LimenImportanceBound) bound =
        gaussian_importance_bound (example->model, example->x, q);
    importance_bound_gaps (bound, k, N_K, gap);
    *check += gap[N_K / 2];
  }
  return (cpu_ms () - start) / STEPS;
}

/* Returns: CPU milliseconds for log ψ at SIDE × SIDE points */
static double
measure_plane (const LimenGaussianCase *example, const LimenGaussian *q, double *check)
{
  static double log_v[SIDE * SIDE], log_psi[SIDE * SIDE];
  LimenTarget target = limen_gaussian_case_target (example);
  double evidence = gaussian_log_evidence (example->model, example->x);
  g_autoptr (LimenImportanceBound) bound =
      gaussian_importance_bound (example->model, example->x, q);
  for (int i = 0; i < SIDE * SIDE; i++) {
    const double z[] = {-5 + 0.05 * (i % SIDE), -5 + 0.05 * (i / SIDE)};
    target.log_joint (z, 1, &log_v[i], target.data);
    log_v[i] -= evidence + limen_gaussian_log_density (q, z);
  }
  double start = cpu_ms ();
  for (int step = 0; step < 20; step++) {
    limen_importance_bound_implied (bound, 2 + step, log_v, SIDE * SIDE, log_psi);
    *check += log_psi[SIDE * SIDE / 2];
  }
  return (cpu_ms () - start) / 20;
}

int
main (void)
{
  static const struct {
    LimenProposalKind kind;
    const char *name;
  } proposals[] = {{LIMEN_PROPOSAL_OWN, "offset"},
                   {LIMEN_PROPOSAL_MOMENTS, "moment-matched"},
                   {LIMEN_PROPOSAL_ELBO, "ELBO-optimal"},
                   {LIMEN_PROPOSAL_PRIOR, "prior"}};
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  double worst = 0, check = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (proposals); i++) {
    g_autoptr (LimenGaussian) q = limen_gaussian_case_proposal (example, proposals[i].kind);
    double curve = measure_curve (example, q, &check), plane = measure_plane (example, q, &check);
    printf ("%-15s %.2f ms of CPU for a new proposal with %d K, %.2f ms for the implied plane\n",
            proposals[i].name, curve, N_K, plane);
    worst = MAX (worst, curve);
  }
  printf ("at most %d ms: %s (check %g)\n", MOST_MS, worst <= MOST_MS ? "yes" : "NO", check);
  return worst > MOST_MS;
}
