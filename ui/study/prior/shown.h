/* What the pictures of the Prior page show, as values. */
#pragma once

#include "ui/study/prior/session.h"

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
void limen_prior_shown_clear (LimenPriorShown *shown);
