/* The pictures of the Game page, and what hands do to them. */
#pragma once

#include "ui/plot-area.h"
#include "ui/study/game/session.h"

typedef struct LimenGamePlots LimenGamePlots;

/** LimenGameArea: A's triangle, B's, the bar below them, the race, what is kept, the spectrum */
typedef enum {
  LIMEN_GAME_A,
  LIMEN_GAME_B,
  LIMEN_GAME_BAR,
  LIMEN_GAME_CURVES,
  LIMEN_GAME_KEPT,
  LIMEN_GAME_SPECTRUM,
  LIMEN_GAME_N_AREAS,
} LimenGameArea;

/** limen_game_plots_new: borrows @session, and follows it */
LimenGamePlots *limen_game_plots_new (LimenGameSession *session);
void limen_game_plots_free (LimenGamePlots *plots);
/** limen_game_plots_area: (transfer none) */
LimenPlotArea *limen_game_plots_area (LimenGamePlots *plots, LimenGameArea which);
