/* The nodes of a quadrature over importance weights: what of them counts, and where. */
#pragma once

#include <glib.h>

/* log v above which a weight is simply there, at any y of a table: its mass is below e^−64. */
#define LIMEN_HIGHEST_LOG_V 64.0

/**
 * LimenNode:
 * @y: −log v: where its exp(−r·v) falls
 */
typedef struct {
  double y, mass;
} LimenNode;

/**
 * LimenNodes: as given, to be read by limen_nodes_take()
 * @log_mean, @total: what brings Σ mass·v and Σ mass to 1
 * @highest, @lowest: log v of those that count
 * @mean_weight, @never: as of LimenImportanceTable
 */
typedef struct {
  const double *log_weight, *mass;
  gsize n;
  double total, log_mean, lowest, highest, mean_weight;
  gboolean never;
} LimenNodes;

LimenNodes limen_nodes_measure (const double *log_weight, const double *mass, gsize n);
/** limen_nodes_take: FALSE where node @i does not count */
gboolean limen_nodes_take (const LimenNodes *nodes, gsize i, double *log_v, double *mass);
/** limen_nodes_below: (transfer full): LimenNode of all with log v below @log_v, y rising */
GArray *limen_nodes_below (const LimenNodes *nodes, double log_v);
