#include "model/bound/vae-quadrature.h"
#include "model/base/parallel.h"
#include "model/latent/vae-decoder.h"

#include <math.h>
#include <string.h>

/* How far below its peak the posterior counts, nats */
#define DEPTH 40.0
/* Nodes that the lattice of the posterior should have at least; those that are enough; and those
 * that it may have where q is so narrow that it would fall between fewer. From a node of the map to
 * the next there are at most MOST_PARTS. */
#define POSTERIOR_NODES        3000
#define ENOUGH_POSTERIOR_NODES 12000
#define MOST_POSTERIOR_NODES   30000
#define MOST_PARTS             16
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
  GArray *z, *log_area, *half;
} List;

static List
list_new (guint latent)
{
  return (List){latent, g_array_new (FALSE, FALSE, sizeof (double)),
                g_array_new (FALSE, FALSE, sizeof (double)),
                g_array_new (FALSE, FALSE, sizeof (guint8))};
}

static void
list_add (List *list, const double *z, double log_area, guint half)
{
  guint8 own = (guint8)half;
  g_array_append_val (list->half, own);
  g_array_append_vals (list->z, z, list->latent);
  g_array_append_val (list->log_area, log_area);
}

/* The lattice of the posterior */

/* @marked: (rows, columns): whether the cell around a node of the map, or one beside it, has mass
 * @parts: into which the side of such a cell is divided
 * @stride: or which of the nodes along either axis count; one of the two is 1
 * @step: of the lattice */
typedef struct {
  const LimenVaeMap *map;
  const double *joint;
  double peak;
  guint8 *marked;
  gsize n_marked;
  guint parts, stride;
  double step;
} Region;

static void
mark (Region *region, guint column, guint row)
{
  const LimenVaeMap *map = region->map;
  for (guint r = row - MIN (row, 1); r <= MIN (row + 1, map->rows - 1); r++)
    for (guint c = column - MIN (column, 1); c <= MIN (column + 1, map->columns - 1); c++) {
      guint8 *cell = &region->marked[(gsize)r * map->columns + c];
      region->n_marked += !*cell;
      *cell = 1;
    }
}

/* About its least standard deviation */
static double
width_of_q (const LimenGaussian *q)
{
  const double *c = q->covariance;
  return q->dimension == 1 ? sqrt (c[0]) : sqrt ((c[0] * c[3] - c[1] * c[2]) / (c[0] + c[3]));
}

/* Decides how fine the lattice is. */
static void
choose_step (Region *region, const LimenGaussian *q)
{
  double n = (double)MAX (region->n_marked, 1), power = 1.0 / q->dimension;
  double parts = pow (POSTERIOR_NODES / n, power), most = pow (MOST_POSTERIOR_NODES / n, power);
  double for_q = region->map->step / (1.5 * width_of_q (q));
  region->parts = (guint)CLAMP (lround (MAX (parts, MIN (for_q, most))), 1, MOST_PARTS);
  if (region->parts == 1)
    region->stride = (guint)MAX (pow (n / ENOUGH_POSTERIOR_NODES, power), 1);
  region->step = region->map->step * region->stride / region->parts;
}

static Region
find_region (const LimenVaeMap *map, const double *joint, const LimenGaussian *q)
{
  gsize n = (gsize)map->columns * map->rows;
  Region region = {map, joint, -INFINITY, g_new0 (guint8, n), 0, 1, 1, map->step};
  for (gsize i = 0; i < n; i++)
    region.peak = MAX (region.peak, joint[i]);
  for (guint r = 0; r < map->rows; r++)
    for (guint c = 0; c < map->columns; c++)
      if (joint[(gsize)r * map->columns + c] > region.peak - DEPTH)
        mark (&region, c, r);
  choose_step (&region, q);
  return region;
}

/* The nodes of one cell: the middles of its parts. */
static void
add_cell (const Region *region, guint column, guint row, List *list)
{
  const LimenVaeMap *map = region->map;
  double step = region->step;
  double z1 = limen_vae_map_node (map, column, map->columns);
  double z2 = limen_vae_map_node (map, row, map->rows);
  guint across = region->parts, along = map->rows == 1 ? 1 : region->parts;
  for (guint r = 0; r < along; r++)
    for (guint c = 0; c < across; c++) {
      double z[] = {z1 + (c - 0.5 * (across - 1)) * step, z2 + (r - 0.5 * (along - 1)) * step};
      guint at = (row + column) / region->stride + (row + column) * (region->parts - 1) + r + c;
      list_add (list, z, list->latent * log (step), at % 2);
    }
}

static void
add_region (const Region *region, List *list)
{
  const LimenVaeMap *map = region->map;
  guint stride = region->stride, tile = TILE * stride;
  for (guint row = 0; row < map->rows; row += tile)
    for (guint column = 0; column < map->columns; column += tile)
      for (guint r = row; r < MIN (row + tile, map->rows); r += stride)
        for (guint c = column; c < MIN (column + tile, map->columns); c += stride)
          if (region->marked[(gsize)r * map->columns + c])
            add_cell (region, c, r, list);
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
          list_add (list, z, proposal->log_cell, (r + c) % 2);
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
out_of_region (const LimenVaeMap *map, const double *z, guint latent, double below)
{
  double out = pow (MAX (below, 0) / (0.5 * DEPTH), 4);
  if (!map) /* points are wherever the posterior is */
    return out;
  double half = limen_vae_map_node (map, map->columns - 1, map->columns);
  for (guint j = 0; j < latent; j++)
    out += pow (z[j] / (0.86 * half), 20);
  return out;
}

/* The share χ of a lattice in a node: in proportion to how many nodes either lattice has there, as
 * far as it is not gone. @n_region: how many of the nodes are of the lattice of the posterior: the
 * first */
static void
divide_between (LimenVaeNodes *nodes, gsize n_region, const Region *region,
                const Proposal *proposal)
{
  const LimenGaussian *q = proposal->q;
  guint k = q->dimension;
  double log_ratio = proposal->log_cell - k * log (region->step);
  double at_middle = limen_gaussian_log_density (q, q->mean);
  for (gsize i = 0; i < nodes->n; i++) {
    const double *z = nodes->z + i * k;
    double log_q = limen_gaussian_log_density (q, z);
    double odds = log_ratio + out_of_proposal (2 * (at_middle - log_q)) -
                  out_of_region (region->map, z, k, region->peak - nodes->log_joint[i]);
    double share_of_q = 1 / (1 + exp (CLAMP (odds, -700, 700)));
    nodes->log_q[i] = log_q;
    nodes->log_area[i] += log (i < n_region ? 1 - share_of_q : share_of_q);
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
  gboolean ok = limen_parallel (n_batches, run_values, &values, NULL, NULL, cancellable, error);
  for (guint i = 0; i < n_workers; i++)
    g_clear_pointer (&values.decoder[i], limen_vae_decoder_free);
  g_free (values.decoder);
  return ok;
}

/* All together */

/* Takes @list: of the first nodes the joint density is known already. @known: (n_known) (nullable)
 */
static LimenVaeNodes *
nodes_of_list (List *list, const LimenVae *vae, const double *known, gsize n_known, const float *x,
               GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenVaeNodes) nodes = g_new0 (LimenVaeNodes, 1);
  nodes->n = list->log_area->len;
  nodes->z = (double *)g_array_free (list->z, FALSE);
  nodes->log_area = (double *)g_array_free (list->log_area, FALSE);
  nodes->half = (guint8 *)g_array_free (list->half, FALSE);
  nodes->log_joint = g_new (double, nodes->n);
  nodes->log_q = g_new (double, nodes->n);
  if (n_known > 0)
    memcpy (nodes->log_joint, known, n_known * sizeof *known);
  gboolean ok = limen_vae_log_joint (vae, x, nodes->z + n_known * list->latent, nodes->n - n_known,
                                     nodes->log_joint + n_known, cancellable, error);
  return ok ? g_steal_pointer (&nodes) : NULL;
}

LimenVaeNodes *
limen_vae_nodes_new (const LimenVaeMap *map, const double *joint, const float *x,
                     const LimenGaussian *q, GCancellable *cancellable, GError **error)
{
  List list = list_new (q->dimension);
  Region region = find_region (map, joint, q);
  Proposal proposal = make_proposal (q);
  add_region (&region, &list);
  gsize n_region = list.log_area->len;
  add_proposal (&proposal, &list);
  LimenVaeNodes *nodes = nodes_of_list (&list, map->vae, NULL, 0, x, cancellable, error);
  if (nodes)
    divide_between (nodes, n_region, &region, &proposal);
  g_free (region.marked);
  return nodes;
}

/* As if the points were a lattice over as much of the plane. */
static Region
region_of_points (const GArray *points, guint latent)
{
  Region region = {.peak = -INFINITY};
  double area = 0;
  for (guint i = 0; i < points->len; i++) {
    const LimenVaePoint *point = &g_array_index (points, LimenVaePoint, i);
    region.peak = fmax (region.peak, point->log_value);
    area += exp (point->log_area);
  }
  region.step = pow (area / MAX (points->len, 1), 1.0 / latent);
  return region;
}

LimenVaeNodes *
limen_vae_nodes_new_around (const LimenVaeMap *map, const GArray *points, const float *x,
                            const LimenGaussian *q, GCancellable *cancellable, GError **error)
{
  List list = list_new (q->dimension);
  Region region = region_of_points (points, q->dimension);
  Proposal proposal = make_proposal (q);
  g_autofree double *known = g_new (double, points->len);
  for (guint i = 0; i < points->len; i++) {
    const LimenVaePoint *point = &g_array_index (points, LimenVaePoint, i);
    list_add (&list, point->z, point->log_area, LIMEN_VAE_BOTH_HALVES);
    known[i] = point->log_value;
  }
  add_proposal (&proposal, &list);
  LimenVaeNodes *nodes = nodes_of_list (&list, map->vae, known, points->len, x, cancellable, error);
  if (nodes)
    divide_between (nodes, points->len, &region, &proposal);
  return nodes;
}

void
limen_vae_nodes_free (LimenVaeNodes *nodes)
{
  g_free (nodes->z);
  g_free (nodes->log_joint);
  g_free (nodes->log_q);
  g_free (nodes->log_area);
  g_free (nodes->half);
  g_free (nodes);
}

double
limen_vae_nodes_log_evidence (const LimenVaeNodes *nodes)
{
  LimenLogSum sum = LIMEN_LOG_SUM_EMPTY;
  for (gsize i = 0; i < nodes->n; i++)
    limen_log_sum_add (&sum, nodes->log_joint[i] + nodes->log_area[i]);
  return limen_log_sum (&sum);
}
