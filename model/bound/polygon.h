/* Convex polygons of the latent plane, and segments of the latent line: cutting them by lines, and
 * rules of quadrature on them. */
#pragma once

#include <glib.h>

#define LIMEN_POLYGON_MOST 24 /* corners */

/**
 * LimenPolygon:
 * @n: corners, in order; 2: a segment of the line
 * @x: (n, 2): the second coordinate of a segment is 0
 */
typedef struct {
  guint n;
  double x[LIMEN_POLYGON_MOST][2];
} LimenPolygon;

/** limen_polygon_box: [−half, half] in @dimension = 1 or 2 coordinates */
LimenPolygon limen_polygon_box (guint dimension, double half);
/** limen_polygon_middle: mean of the corners */
void limen_polygon_middle (const LimenPolygon *polygon, double middle[2]);
/**
 * limen_polygon_cut: by the line weight·x + bias = 0
 * @above: (out): what lies where weight·x + bias > 0; @polygon keeps the rest
 *
 * Returns: FALSE, with nothing changed, where the line passes by
 */
gboolean
limen_polygon_cut (LimenPolygon *polygon, const double weight[2], double bias, LimenPolygon *above);
/** limen_polygon_halve: @polygon across the middle of its longest diagonal; the other half */
LimenPolygon limen_polygon_halve (LimenPolygon *polygon);

/** limen_polygon_n_nodes: of the rule of @order */
gsize limen_polygon_n_nodes (const LimenPolygon *polygon, guint order);
/**
 * limen_polygon_nodes: a rule of Gauss and Legendre with @order = 2, 3, 5 or 7 nodes along each
 * side of the quadrangles (and one triangle) that make up the polygon: all weights are positive,
 * and functions that are analytic on it are integrated with an error that falls geometrically
 * @x: (out): (n_nodes, 2); @weight: (out): (n_nodes)
 */
void limen_polygon_nodes (const LimenPolygon *polygon, guint order, double (*x)[2], double *weight);
