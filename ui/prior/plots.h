/* The four pictures of the Prior page. */
#pragma once

#include "ui/plot-area.h"
#include "ui/study/prior/session.h"

typedef struct LimenPriorPlots LimenPriorPlots;

/** LimenPriorArea: clouds of estimates, the bounds of the race, variances, the latent planes */
typedef enum {
  LIMEN_PRIOR_DUEL,
  LIMEN_PRIOR_RACE,
  LIMEN_PRIOR_VARIANCE,
  LIMEN_PRIOR_PLANES,
  LIMEN_PRIOR_N_AREAS,
} LimenPriorArea;

/** limen_prior_plots_new: borrows @session, and follows it */
LimenPriorPlots *limen_prior_plots_new (LimenPriorSession *session);
void limen_prior_plots_free (LimenPriorPlots *plots);
/** limen_prior_plots_area: (transfer none) */
LimenPlotArea *limen_prior_plots_area (LimenPriorPlots *plots, LimenPriorArea which);
