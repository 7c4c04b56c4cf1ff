/* The four pictures of the Bound page, and what hands do to them. */
#pragma once

#include "ui/study/bound/session.h"
#include "ui/plot-area.h"
#include "viz/bound/bound-plot.h"

typedef struct LimenBoundPlots LimenBoundPlots;

/** LimenBoundArea: the latent plane, the bound, the gap, the merges */
typedef enum {
  LIMEN_BOUND_PLANE,
  LIMEN_BOUND_CURVES,
  LIMEN_BOUND_GAP,
  LIMEN_BOUND_MERGE,
  LIMEN_BOUND_N_AREAS,
} LimenBoundArea;

/** limen_bound_plots_new: borrows @session, and follows it */
LimenBoundPlots *limen_bound_plots_new (LimenBoundSession *session);
void limen_bound_plots_free (LimenBoundPlots *plots);

/** limen_bound_plots_area: (transfer none) */
LimenPlotArea *limen_bound_plots_area (LimenBoundPlots *plots, LimenBoundArea which);

/**
 * LimenBoundPlane: the latent plane as it is drawn
 * @plot: borrows from all that follows, and from the scene
 */
typedef struct {
  LimenPlanePlot plot;
  LimenPlanePoints points;
  LimenPlaneLabel label[2];
  char foot[96];
} LimenBoundPlane;

/** limen_bound_plane_fill: of @scene, with the proposal drawn at @q; @hand: whether the user can
 * take it */
void limen_bound_plane_fill (LimenBoundPlane *plane, const LimenScene *scene,
                             const LimenGaussian *q, guint k, gboolean implied);
/** limen_bound_merge_plot: of @scene; borrows it */
LimenMergePlot limen_bound_merge_plot (const LimenScene *scene, double log_evidence);
