#include "model/bound/importance-nodes.h"

#include <math.h>

/* Less than this is neither a mass nor a mass times a weight. */
#define NOTHING 1e-25
/* A share of draws without any weight that rounding may have left. */
#define NO_TAIL 1e-18

gboolean
limen_nodes_take (const LimenNodes *nodes, gsize i, double *log_v, double *mass)
{
  *mass = nodes->mass[i] / nodes->total;
  *log_v = nodes->log_weight[i] - nodes->log_mean;
  if (!(*mass > 0) || !isfinite (*log_v))
    return FALSE;
  return *mass > NOTHING || (*log_v > 0 && *mass * exp (fmin (*log_v, 700)) > NOTHING);
}

static double
largest_weight (const LimenNodes *nodes)
{
  double largest = -INFINITY;
  for (gsize i = 0; i < nodes->n; i++)
    if (nodes->mass[i] > 0)
      largest = fmax (largest, nodes->log_weight[i]);
  return largest;
}

LimenNodes
limen_nodes_measure (const double *log_weight, const double *mass, gsize n)
{
  LimenNodes nodes = {.log_weight = log_weight, .mass = mass, .n = n};
  double top = largest_weight (&nodes), sum = 0, lost = 0;
  for (gsize i = 0; i < n; i++) {
    if (!(mass[i] > 0))
      continue;
    nodes.total += mass[i];
    if (log_weight[i] > -INFINITY)
      sum += mass[i] * exp (log_weight[i] - top);
    else
      lost += mass[i];
  }
  nodes.log_mean = top + log (sum / nodes.total);
  nodes.mean_weight = sum * exp (top);
  nodes.never = !(sum > 0) || lost > NO_TAIL * nodes.total;
  nodes.lowest = LIMEN_HIGHEST_LOG_V;
  nodes.highest = -INFINITY;
  for (gsize i = 0; i < n && !nodes.never; i++) {
    double log_v, share;
    if (!limen_nodes_take (&nodes, i, &log_v, &share))
      continue;
    nodes.lowest = MIN (nodes.lowest, log_v);
    nodes.highest = MAX (nodes.highest, MIN (log_v, LIMEN_HIGHEST_LOG_V));
  }
  return nodes;
}

static int
compare_nodes (gconstpointer a, gconstpointer b)
{
  const LimenNode *left = a, *right = b;
  return (left->y > right->y) - (left->y < right->y);
}

GArray *
limen_nodes_below (const LimenNodes *nodes, double log_v)
{
  GArray *below = g_array_new (FALSE, FALSE, sizeof (LimenNode));
  for (gsize i = 0; i < nodes->n && nodes->lowest < log_v; i++) {
    LimenNode node;
    double own;
    if (!limen_nodes_take (nodes, i, &own, &node.mass) || own >= log_v)
      continue;
    node.y = -own;
    g_array_append_val (below, node);
  }
  g_array_sort (below, compare_nodes);
  return below;
}
