/* The four pictures of the Bound page, and what hands do to them. */
#pragma once

#include "ui/study/bound/session.h"
#include "ui/plot-area.h"
#include "ui/study/bound/shown.h"

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
