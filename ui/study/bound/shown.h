/* What the pictures of the Bound page show, as values; on the screen and in an export. */
#pragma once

#include "ui/study/bound/scene.h"
#include "viz/bound/bound-plot.h"

#define LIMEN_BOUND_RADIUS 1.5 /* standard deviations at which the hand's ellipse is drawn */

/**
 * LimenBoundPlane: the latent plane as it is drawn
 * @plot: borrows from all that follows, and from the scene
 */
typedef struct {
  LimenPlanePlot plot;
  LimenPlanePoints points;
  LimenPlaneLabel label[2];
  double handle[5][2]; /* the mean, and both ends of both axes */
  char foot[96];
} LimenBoundPlane;

/** limen_bound_plane_fill: of @scene, with the proposal drawn at @q */
void limen_bound_plane_fill (LimenBoundPlane *plane, const LimenScene *scene,
                             const LimenGaussian *q, guint k, gboolean implied);
/** limen_bound_merge_plot: of @scene; borrows it */
LimenMergePlot limen_bound_merge_plot (const LimenScene *scene, double log_evidence);
