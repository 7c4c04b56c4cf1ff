/* One image under a VAE with a latent plane: evidence, posterior and bound, exactly. */
#include "model/bound/vae-quadrature.h"

#include <math.h>

/* Nodes of the picture of the posterior, along a plane's side and along a line */
#define SIDE_OF_PLANE 161
#define NODES_OF_LINE 1001
/* The picture shows where the posterior is at most so far below its peak (nats), and q as many
 * standard deviations. */
#define SHOWN_DEPTH 10.0
#define SHOWN_OF_Q  4.0
/* log of the least mass that a node is given: with less, a float64 could not hold what its weight
 * is multiplied with, and the mass of the posterior there would be lost. */
#define LEAST_MASS (-690.0)
/* Nodes with less of q and of the posterior than that are left out: even the largest K of the page
 * does not see them. */
#define TOLERANCE            2e-7 /* of a quadrature of the posterior, nats */
#define NOTHING_OF_Q         1e-14
#define NOTHING_OF_POSTERIOR 1e-12

/* The bound */

/* How much further than sums of two resolutions are apart the finer may be off. */
#define SAFETY 2
/* By how much the rules are preferred to the lattice, nats; how much of q may be missed by that
 * before the rules are made as fine as q needs; and how much then, before the lattice is given its
 * share. */
#define LEAD        14.0
#define MISSED_OF_Q 1e-5
#define MOST_MISSED 1e-4

/* log v and mass of each node, or of the coarser half of them. @level: the evidence as they see it:
 * of the bound, only its distance from there is taken. */
static LimenImportanceBound *
bound_of (const LimenVaeNodes *nodes, gboolean half)
{
  g_autofree double *log_weight = g_new (double, nodes->n), *mass = g_new (double, nodes->n);
  double level = limen_vae_nodes_sum (nodes, nodes->log_joint, half);
  gsize n = 0;
  for (gsize i = 0; i < nodes->n; i++) {
    double log_area = limen_vae_nodes_weight (nodes, i, half);
    double log_posterior = nodes->log_joint[i] + log_area - level;
    double log_mass = MAX (nodes->log_q[i] + log_area, LEAST_MASS);
    if (log_area == -INFINITY ||
        (log_mass < log (NOTHING_OF_Q) && log_posterior < log (NOTHING_OF_POSTERIOR)))
      continue;
    log_weight[n] = log_posterior - log_mass;
    mass[n++] = exp (log_mass);
  }
  return limen_importance_bound_new (log_weight, mass, n);
}

/* What of the mass of q the nodes miss, or see twice. */
static double
missed_of_q (const LimenVaeNodes *nodes)
{
  return fabs (expm1 (limen_vae_nodes_sum (nodes, nodes->log_q, FALSE)));
}

/* From all nodes; what the coarser half of them says otherwise is the error, and what they miss of
 * posterior and q. */
static void
make_bound (LimenVaeExact *exact, const LimenVaeNodes *nodes)
{
  exact->bound = bound_of (nodes, FALSE);
  g_autoptr (LimenImportanceBound) half = bound_of (nodes, TRUE);
  double level = limen_vae_nodes_sum (nodes, nodes->log_joint, FALSE), apart = 0;
  for (guint i = 0; i < LIMEN_BOUND_N_DOTS; i++) {
    double gap = limen_importance_bound_gap (exact->bound, limen_bound_dots[i]);
    apart = fmax (apart, fabs (gap - limen_importance_bound_gap (half, limen_bound_dots[i])));
  }
  exact->bound_error = exact->log_evidence_error + SAFETY * apart +
                       fabs (level - exact->log_evidence) + missed_of_q (nodes);
}

/* @nodes: (inout): becomes @other where that misses less. */
static void
take_better (LimenVaeNodes **nodes, LimenVaeNodes *other)
{
  if (!other)
    return;
  gboolean better = missed_of_q (other) < missed_of_q (*nodes);
  limen_vae_nodes_free (better ? *nodes : other);
  *nodes = better ? other : *nodes;
}

/* The rules of the posterior, where they are fine enough for q; else others that are; else those
 * together with the lattice, each in proportion to its density. */
static LimenVaeNodes *
find_nodes (const LimenVaeExact *exact, const LimenVaePosterior *posterior,
            GCancellable *cancellable, GError **error)
{
  const LimenVaePoints *points = &posterior->points;
  const LimenGaussian *q = exact->q;
  LimenVaeNodes *nodes =
      limen_vae_nodes_new (exact->vae, points, LEAD, exact->x, q, cancellable, error);
  if (nodes && missed_of_q (nodes) > MISSED_OF_Q) {
    g_auto (LimenVaePoints) finer = limen_vae_points_new (q);
    LimenVaeIntegrand joint = limen_vae_joint_integrand (exact->vae, q->mean);
    LimenVaeIntegral again;
    if (limen_vae_integrate (exact->vae, exact->x, &joint, TOLERANCE, &again, &finer, cancellable,
                             NULL))
      take_better (&nodes,
                   limen_vae_nodes_new (exact->vae, &finer, LEAD, exact->x, q, cancellable, NULL));
  }
  if (nodes && missed_of_q (nodes) > MOST_MISSED)
    take_better (&nodes,
                 limen_vae_nodes_new (exact->vae, points, 0, exact->x, q, cancellable, NULL));
  if (nodes && g_cancellable_set_error_if_cancelled (cancellable, error))
    g_clear_pointer (&nodes, limen_vae_nodes_free);
  return nodes;
}

/* The picture */

static void
include (double z, double *low, double *high)
{
  *low = MIN (*low, z);
  *high = MAX (*high, z);
}

static void
find_window (const LimenVaeExact *exact, const LimenVaeNodes *nodes, double low[2], double high[2])
{
  const LimenGaussian *q = exact->q;
  guint k = q->dimension;
  double peak = -INFINITY;
  for (gsize i = 0; i < nodes->n; i++)
    peak = MAX (peak, nodes->log_joint[i]);
  for (guint j = 0; j < k; j++) {
    double reach = SHOWN_OF_Q * sqrt (q->covariance[j * k + j]);
    low[j] = q->mean[j] - reach;
    high[j] = q->mean[j] + reach;
    for (gsize i = 0; i < nodes->n; i++)
      if (nodes->log_joint[i] > peak - SHOWN_DEPTH)
        include (nodes->z[i * k + j], &low[j], &high[j]);
  }
}

static gboolean
draw_posterior (LimenVaeExact *exact, const LimenVaeNodes *nodes, GCancellable *cancellable,
                GError **error)
{
  double low[2] = {0}, high[2] = {0};
  guint k = exact->q->dimension;
  find_window (exact, nodes, low, high);
  LimenPlane *plane = exact->posterior =
      k == 1 ? limen_plane_new (NODES_OF_LINE, 1, low, high)
             : limen_plane_new (SIDE_OF_PLANE, SIDE_OF_PLANE, low, high);
  gsize n = (gsize)plane->columns * plane->rows;
  g_autofree double *z = g_new (double, n *k);
  for (guint r = 0; r < plane->rows; r++)
    for (guint c = 0; c < plane->columns; c++) {
      double *at = z + ((gsize)r * plane->columns + c) * k;
      at[0] = low[0] + (high[0] - low[0]) * c / (plane->columns - 1);
      if (k == 2)
        at[1] = low[1] + (high[1] - low[1]) * r / (plane->rows - 1);
    }
  if (!limen_vae_log_joint (exact->vae, exact->x, z, n, plane->log_density, cancellable, error))
    return FALSE;
  double level = isfinite (exact->log_evidence)
                     ? exact->log_evidence
                     : limen_vae_nodes_sum (nodes, nodes->log_joint, FALSE);
  for (gsize i = 0; i < n; i++)
    plane->log_density[i] -= level;
  return TRUE;
}

/* Together */

LimenVaeExact *
limen_vae_exact_new (LimenVaeMap *map, const float *x, const LimenGaussian *q,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenVaeExact) exact = g_new0 (LimenVaeExact, 1);
  exact->vae = limen_vae_ref (map->vae);
  exact->x = g_memdup2 (x, limen_vae_shape (map->vae).observed * sizeof *x);
  exact->q = q ? limen_gaussian_copy (q) : limen_vae_encode (map->vae, x);
  g_autoptr (LimenVaePosterior) posterior = limen_vae_map_posterior (map, x, cancellable, error);
  if (!posterior)
    return NULL;
  gboolean known = posterior->evidence.error < LIMEN_VAE_MOST_ERROR;
  exact->log_evidence = known ? posterior->evidence.log_value : NAN;
  exact->log_evidence_error = known ? posterior->evidence.error : NAN;
  exact->bound_error = NAN;
  if (!limen_vae_weight_variance (map->vae, exact->x, exact->q, exact->log_evidence,
                                  exact->log_evidence_error, &exact->variance, cancellable, error))
    return NULL;
  g_autoptr (LimenVaeNodes) nodes = find_nodes (exact, posterior, cancellable, error);
  if (!nodes)
    return NULL;
  if (known)
    make_bound (exact, nodes);
  return draw_posterior (exact, nodes, cancellable, error) ? g_steal_pointer (&exact) : NULL;
}

void
limen_vae_proposal_into_study (const LimenVae *vae, const float *x, const LimenGaussian *q,
                               LimenBoundStudy *study, guint index)
{
  LimenVarianceKind kind = limen_vae_variance_kind (vae, x, q);
  limen_bound_study_set (study, index, limen_gaussian_copy (q), NULL, NAN,
                         kind == LIMEN_VARIANCE_INFINITE ? INFINITY : NAN);
  study->proposal[index].variance_kind = kind;
}

void
limen_vae_exact_into_study (LimenVaeExact *exact, LimenBoundStudy *study, guint index)
{
  LimenImportanceBound *bound = g_steal_pointer (&exact->bound);
  double elbo = bound ? exact->log_evidence - limen_importance_bound_gap (bound, 1) : NAN;
  study->log_evidence = exact->log_evidence;
  study->log_evidence_error = exact->log_evidence_error;
  limen_bound_study_set (study, index, limen_gaussian_copy (exact->q), bound, elbo,
                         exact->variance.value);
  LimenBoundProposal *proposal = &study->proposal[index];
  proposal->bound_error = exact->bound_error;
  proposal->variance_kind = exact->variance.kind;
  proposal->weight_variance_error = exact->variance.error;
}

void
limen_vae_exact_free (LimenVaeExact *exact)
{
  if (!exact)
    return;
  limen_vae_unref (exact->vae);
  g_free (exact->x);
  limen_gaussian_free (exact->q);
  limen_plane_free (exact->posterior);
  limen_importance_bound_free (exact->bound);
  g_free (exact);
}
