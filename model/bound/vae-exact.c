/* One image under a VAE with a latent plane: evidence, posterior and bound, exactly. */
#include "model/bound/vae-quadrature.h"

#include <math.h>
#include <string.h>

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
#define NOTHING_OF_Q         1e-14
#define NOTHING_OF_POSTERIOR 1e-12

LimenPlane *
limen_plane_new (guint columns, guint rows, const double low[2], const double high[2])
{
  LimenPlane *plane = g_new0 (LimenPlane, 1);
  plane->columns = columns;
  plane->rows = rows;
  memcpy (plane->low, low, sizeof plane->low);
  memcpy (plane->high, high, sizeof plane->high);
  plane->log_density = g_new0 (double, (gsize)columns *rows);
  return plane;
}

void
limen_plane_free (LimenPlane *plane)
{
  if (!plane)
    return;
  g_free (plane->log_density);
  g_free (plane);
}

/* The bound */

/* log v and mass of each node; and Var_q (v) = Σ mass·v² − 1, E v being 1. */
static void
make_bound (LimenVaeExact *exact, const LimenVaeNodes *nodes)
{
  g_autofree double *log_weight = g_new (double, nodes->n), *mass = g_new (double, nodes->n);
  double squares = 0;
  gsize n = 0;
  for (gsize i = 0; i < nodes->n; i++) {
    double log_posterior = nodes->log_joint[i] + nodes->log_area[i] - exact->log_evidence;
    double log_mass = MAX (nodes->log_q[i] + nodes->log_area[i], LEAST_MASS);
    squares += exp (2 * log_posterior - log_mass);
    if (log_mass < log (NOTHING_OF_Q) && log_posterior < log (NOTHING_OF_POSTERIOR))
      continue;
    log_weight[n] = log_posterior - log_mass;
    mass[n++] = exp (log_mass);
  }
  exact->weight_variance = MAX (squares - 1, 0);
  exact->bound = limen_importance_bound_new (log_weight, mass, n);
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
  for (gsize i = 0; i < n; i++)
    plane->log_density[i] -= exact->log_evidence;
  return TRUE;
}

/* Together */

LimenVaeExact *
limen_vae_exact_new (LimenVaeMap *map, const float *x, const LimenGaussian *q,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenVaeExact) exact = g_new0 (LimenVaeExact, 1);
  g_autofree double *joint = g_new (double, (gsize)map->columns * map->rows);
  exact->vae = limen_vae_ref (map->vae);
  exact->x = g_memdup2 (x, limen_vae_shape (map->vae).observed * sizeof *x);
  exact->q = q ? limen_gaussian_copy (q) : limen_vae_encode (map->vae, x);
  if (!limen_vae_map_joint (map, x, joint, cancellable, error))
    return NULL;
  g_autoptr (LimenVaeNodes) nodes =
      limen_vae_nodes_new (map, joint, x, exact->q, cancellable, error);
  if (!nodes)
    return NULL;
  exact->log_evidence = limen_vae_nodes_log_evidence (nodes);
  exact->log_evidence_error = exact->bound_error = NAN;
  make_bound (exact, nodes);
  return draw_posterior (exact, nodes, cancellable, error) ? g_steal_pointer (&exact) : NULL;
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
