#include "model/bound/vae-quadrature.h"
#include "model/base/parallel.h"
#include "model/latent/vae-decoder.h"

#include <math.h>

/* Over how many nats the share of the rules falls by a factor of e: 30 below their peak, where they
 * end, it is gone. */
#define FADE 1.0
/* The lattice of q: standard deviations to either side, and nodes across; on a plane more where q
 * is so wide that the steps between them would grow larger than STEP, on a line, where a node costs
 * little and no kink meets its opposite, as many as that */
#define HALF_OF_Q       8.5
#define NODES_OF_Q      101
#define MOST_NODES_OF_Q 251
#define STEP            0.05
#define NODES_ON_LINE   3001
/* Nodes that lie close together are done together, this many across. */
#define TILE 8

/* Lists of nodes */

typedef struct {
  guint latent;
  GArray *z, *log_area, *part;
} List;

static List
list_new (guint latent)
{
  return (List){latent, g_array_new (FALSE, FALSE, sizeof (double)),
                g_array_new (FALSE, FALSE, sizeof (double)),
                g_array_new (FALSE, FALSE, sizeof (guint8))};
}

static void
list_add (List *list, const double *z, double log_area, LimenVaePart part)
{
  guint8 own = (guint8)part;
  g_array_append_val (list->part, own);
  g_array_append_vals (list->z, z, list->latent);
  g_array_append_val (list->log_area, log_area);
}

/* The lattice of q */

/* @nodes, @step: along each of the axes of the factor of q's covariance, @step in standard
 * deviations */
typedef struct {
  const LimenGaussian *q;
  guint nodes[2];
  double step[2], log_cell;
} Proposal;

static Proposal
make_proposal (const LimenGaussian *q)
{
  guint k = q->dimension;
  Proposal proposal = {.q = q, .nodes = {1, 1}, .log_cell = 0.5 * q->log_determinant};
  for (guint j = 0; j < k; j++) {
    double length = k == 1 ? q->factor[0] : hypot (q->factor[j], q->factor[2 + j]); /* column j */
    double wanted = 2 * HALF_OF_Q * length / STEP;
    proposal.nodes[j] = k == 1 ? NODES_ON_LINE : (guint)CLAMP (wanted, NODES_OF_Q, MOST_NODES_OF_Q);
    proposal.step[j] = 2 * HALF_OF_Q / (proposal.nodes[j] - 1);
    proposal.log_cell += log (proposal.step[j]);
  }
  return proposal;
}

static void
add_proposal (const Proposal *proposal, List *list)
{
  enum { ACROSS = 2 * TILE };
  const guint *n = proposal->nodes;
  double z[2];
  for (guint row = 0; row < n[1]; row += ACROSS)
    for (guint column = 0; column < n[0]; column += ACROSS)
      for (guint r = row; r < MIN (row + ACROSS, n[1]); r++)
        for (guint c = column; c < MIN (column + ACROSS, n[0]); c++) {
          double e[] = {(c - 0.5 * (n[0] - 1)) * proposal->step[0],
                        (r - 0.5 * (n[1] - 1)) * proposal->step[1]};
          if (e[0] * e[0] + e[1] * e[1] > HALF_OF_Q * HALF_OF_Q)
            continue;
          limen_gaussian_place (proposal->q, e, z);
          list_add (list, z, proposal->log_cell, (r + c) % 2 ? LIMEN_VAE_BLACK : LIMEN_VAE_WHITE);
        }
}

/* How much of a lattice is gone at @z, as −log: smooth, and 16 or more where the lattice ends.
 * @e2: squared distance from the middle of q, in its standard deviations
 * @below: how far below the peak of the posterior, nats */
static double
out_of_proposal (double e2)
{
  return pow (e2 / 36, 4);
}

static double
out_of_rules (double below)
{
  return below / FADE;
}

/* The share χ of the lattice or the rules in a node. */
static void
divide_between (LimenVaeNodes *nodes, double peak, double lead, const Proposal *proposal)
{
  const LimenGaussian *q = proposal->q;
  guint k = q->dimension;
  double at_middle = limen_gaussian_log_density (q, q->mean);
  for (gsize i = 0; i < nodes->n; i++) {
    double log_q = limen_gaussian_log_density (q, nodes->z + i * k);
    double odds = lead + out_of_proposal (2 * (at_middle - log_q)) -
                  out_of_rules (peak - nodes->log_joint[i]);
    double share_of_q = 1 / (1 + exp (CLAMP (odds, -700, 700)));
    nodes->log_q[i] = log_q;
    nodes->log_area[i] += log (nodes->part[i] >= LIMEN_VAE_FINE ? 1 - share_of_q : share_of_q);
  }
}

/* Their values */

typedef struct {
  const LimenVae *vae;
  const float *x;
  const double *z;
  gsize n;
  double *out;
  LimenVaeDecoder **decoder;
} Values;

static void
run_values (guint batch, guint worker, gpointer data)
{
  const double log_2pi = 1.8378770664093453;
  Values *values = data;
  guint latent = limen_vae_shape (values->vae).latent;
  gsize first = (gsize)batch * LIMEN_VAE_COLUMNS;
  gsize n = MIN (LIMEN_VAE_COLUMNS, values->n - first);
  const double *z = values->z + first * latent;
  double *out = values->out + first;
  if (!values->decoder[worker])
    values->decoder[worker] = limen_vae_decoder_new (values->vae);
  limen_vae_decoder_run_points (values->decoder[worker], z, n, values->x, out);
  for (gsize i = 0; i < n; i++) {
    double squares = latent * log_2pi;
    for (guint j = 0; j < latent; j++)
      squares += z[i * latent + j] * z[i * latent + j];
    out[i] -= 0.5 * squares;
  }
}

gboolean
limen_vae_log_joint (const LimenVae *vae, const float *x, const double *z, gsize n, double *out,
                     GCancellable *cancellable, GError **error)
{
  guint n_workers = limen_n_workers ();
  guint n_batches = (guint)((n + LIMEN_VAE_COLUMNS - 1) / LIMEN_VAE_COLUMNS);
  Values values = {vae, x, z, n, out, g_new0 (LimenVaeDecoder *, n_workers)};
  gboolean ok = limen_parallel (n_batches, run_values, &values,
                                &(LimenRun){.cancellable = cancellable}, error);
  for (guint i = 0; i < n_workers; i++)
    g_clear_pointer (&values.decoder[i], limen_vae_decoder_free);
  g_free (values.decoder);
  return ok;
}

/* All together */

static void
add_points (List *list, const GArray *points, LimenVaePart part)
{
  for (guint i = 0; i < points->len; i++) {
    const LimenVaePoint *point = &g_array_index (points, LimenVaePoint, i);
    list_add (list, point->z, point->log_area, part);
  }
}

/* Returns: the peak */
static double
copy_values (const GArray *points, double *out)
{
  double peak = -INFINITY;
  for (guint i = 0; i < points->len; i++) {
    out[i] = g_array_index (points, LimenVaePoint, i).log_value;
    peak = fmax (peak, out[i]);
  }
  return peak;
}

/* How much the lattice is denser than the rules, each being one over its area. */
static double
lead_of_density (const GArray *points, const Proposal *proposal)
{
  double area = 0;
  for (guint i = 0; i < points->len; i++)
    area += exp (g_array_index (points, LimenVaePoint, i).log_area);
  return proposal->log_cell - log (area / MAX (points->len, 1));
}

LimenVaeNodes *
limen_vae_nodes_new (const LimenVae *vae, const LimenVaePoints *points, double lead, const float *x,
                     const LimenGaussian *q, GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenVaeNodes) nodes = g_new0 (LimenVaeNodes, 1);
  List list = list_new (q->dimension);
  Proposal proposal = make_proposal (q);
  add_points (&list, points->fine, LIMEN_VAE_FINE);
  add_points (&list, points->coarse, LIMEN_VAE_COARSE);
  gsize known = list.log_area->len;
  add_proposal (&proposal, &list);
  nodes->n = list.log_area->len;
  nodes->z = (double *)g_array_free (list.z, FALSE);
  nodes->log_area = (double *)g_array_free (list.log_area, FALSE);
  nodes->part = (guint8 *)g_array_free (list.part, FALSE);
  nodes->log_joint = g_new (double, nodes->n);
  nodes->log_q = g_new (double, nodes->n);
  double peak = copy_values (points->fine, nodes->log_joint);
  copy_values (points->coarse, nodes->log_joint + points->fine->len);
  if (!limen_vae_log_joint (vae, x, nodes->z + known * q->dimension, nodes->n - known,
                            nodes->log_joint + known, cancellable, error))
    return NULL;
  divide_between (nodes, peak, lead + lead_of_density (points->fine, &proposal), &proposal);
  return g_steal_pointer (&nodes);
}

void
limen_vae_nodes_free (LimenVaeNodes *nodes)
{
  g_free (nodes->z);
  g_free (nodes->log_joint);
  g_free (nodes->log_q);
  g_free (nodes->log_area);
  g_free (nodes->part);
  g_free (nodes);
}

double
limen_vae_nodes_weight (const LimenVaeNodes *nodes, gsize i, gboolean half)
{
  switch (nodes->part[i]) {
  case LIMEN_VAE_WHITE:
    return nodes->log_area[i] + (half ? G_LN2 : 0);
  case LIMEN_VAE_BLACK:
    return half ? -INFINITY : nodes->log_area[i];
  case LIMEN_VAE_FINE:
    return half ? -INFINITY : nodes->log_area[i];
  default:
    return half ? nodes->log_area[i] : -INFINITY;
  }
}

double
limen_vae_nodes_sum (const LimenVaeNodes *nodes, const double *value, gboolean half)
{
  LimenLogSum sum = LIMEN_LOG_SUM_EMPTY;
  for (gsize i = 0; i < nodes->n; i++) {
    double weight = limen_vae_nodes_weight (nodes, i, half);
    if (weight > -INFINITY)
      limen_log_sum_add (&sum, value[i] + weight);
  }
  return limen_log_sum (&sum);
}
