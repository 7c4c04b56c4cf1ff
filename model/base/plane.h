/* A grid of numbers over a rectangle: what a contour plot or a map is drawn of. */
#pragma once

#include "model/base/error.h"

/**
 * LimenPlane: a density over a rectangle of a plane
 * @columns, @rows: nodes along z1 and z2 (rows = 1 for a latent line)
 * @low, @high: (2): z1 and z2 of the first and the last node
 * @log_density: (rows, columns), row-major, z2 rising with the row: nats
 */
typedef struct {
  guint columns, rows;
  double low[2], high[2];
  double *log_density;
} LimenPlane;

LimenPlane *limen_plane_new (guint columns, guint rows, const double low[2], const double high[2]);
void limen_plane_free (LimenPlane *plane);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPlane, limen_plane_free)
