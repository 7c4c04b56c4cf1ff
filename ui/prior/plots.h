/* The four pictures of the Prior page. */
#pragma once

#include "ui/plot-area.h"
#include "ui/study/prior/session.h"
#include "viz/prior/race-plot.h"

typedef struct LimenPriorPlots LimenPriorPlots;

/** limen_prior_plots_new: borrows @session, and follows it */
LimenPriorPlots *limen_prior_plots_new (LimenPriorSession *session);
void limen_prior_plots_free (LimenPriorPlots *plots);
/** limen_prior_plots_duel etc.: (transfer none) */
LimenPlotArea *limen_prior_plots_duel (LimenPriorPlots *plots);
LimenPlotArea *limen_prior_plots_race (LimenPriorPlots *plots);
LimenPlotArea *limen_prior_plots_variance (LimenPriorPlots *plots);
LimenPlotArea *limen_prior_plots_planes (LimenPriorPlots *plots);
/** limen_prior_plots_set_parameter: of which the variances are shown: its place among those of the
 * duel */
void limen_prior_plots_set_parameter (LimenPriorPlots *plots, guint index);
guint limen_prior_plots_parameter (LimenPriorPlots *plots);
/** limen_prior_plots_set_decoded: data and decoded samples instead of the latent planes */
void limen_prior_plots_set_decoded (LimenPriorPlots *plots, gboolean decoded);

/** LimenPriorShown: the values of the pictures, borrowed from what they show */
typedef struct {
  LimenDuelPlot duel;
  LimenVariancePlot variance;
  LimenRacePlot race;
  char duel_note[96], variance_title[96], race_note[96], race_title[64];
  double *data; /* owned: the first two columns */
} LimenPriorShown;

/** limen_prior_shown_fill: @view: (nullable) */
void limen_prior_shown_fill (LimenPriorShown *shown, const LimenDuel *duel, guint parameter,
                             const LimenRaceView *view, const LimenPoints *points,
                             const LimenRaceState *race, gboolean decoded);
void limen_prior_shown_clear (LimenPriorShown *shown);
