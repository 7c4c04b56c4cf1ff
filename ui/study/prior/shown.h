/* What the pictures of the Prior page show, as values. */
#pragma once

#include "ui/study/prior/session.h"

/* In the duel of the page: all but the mean baseline, which is close to the optimal one there */
#define LIMEN_PRIOR_SHOWN (((1u << LIMEN_N_ESTIMATORS) - 1) & ~(1u << LIMEN_LOG_DERIVATIVE_MEAN))

/** LimenPriorShown: the values of the pictures, borrowed from what they show */
typedef struct {
  LimenDuelPlot duel;
  LimenVariancePlot variance;
  LimenRacePlot race;
  char duel_note[96], variance_title[96], race_note[96];
  double *data; /* owned: the first two columns */
} LimenPriorShown;

/** limen_prior_shown_fill: @duel, @view: (nullable): not there yet */
void limen_prior_shown_fill (LimenPriorShown *shown, const LimenDuel *duel, guint parameter,
                             const LimenRaceView *view, const LimenPoints *points,
                             const LimenRaceState *race, gboolean decoded);
/** limen_prior_shown_fill_duel: the first half of it; @mask: bit 1 << LimenGradientEstimator of
 * each that is drawn; @samples: what was measured, of which a cloud is a first part */
void limen_prior_shown_fill_duel (LimenPriorShown *shown, const LimenDuel *duel, guint parameter,
                                  guint mask, guint64 samples);
/** limen_prior_shown_fill_race: and the second */
void limen_prior_shown_fill_race (LimenPriorShown *shown, const LimenRaceView *view,
                                  const LimenPoints *points, const LimenRaceState *race,
                                  gboolean decoded);
void limen_prior_shown_clear (LimenPriorShown *shown);
