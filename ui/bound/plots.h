/* The four pictures of the Bound page, and what hands do to them. */
#pragma once

#include "ui/study/bound/session.h"
#include "ui/plot-area.h"
#include "ui/study/bound/shown.h"

typedef struct LimenBoundPlots LimenBoundPlots;

/** limen_bound_plots_new: borrows @session, and follows it */
LimenBoundPlots *limen_bound_plots_new (LimenBoundSession *session);
void limen_bound_plots_free (LimenBoundPlots *plots);

/** limen_bound_plots_plane etc.: (transfer none): the latent plane, the bound, the gap, the merges
 */
LimenPlotArea *limen_bound_plots_plane (LimenBoundPlots *plots);
LimenPlotArea *limen_bound_plots_bound (LimenBoundPlots *plots);
LimenPlotArea *limen_bound_plots_gap (LimenBoundPlots *plots);
LimenPlotArea *limen_bound_plots_merge (LimenBoundPlots *plots);
