/* The panel of the Game page: this point, the experiment, the game and its solution, and, from a
 * panel of their own, the dynamics. */
#pragma once

#include "ui/study/game/session.h"

#include <adwaita.h>

#define LIMEN_TYPE_GAME_PANEL (limen_game_panel_get_type ())
G_DECLARE_FINAL_TYPE (LimenGamePanel, limen_game_panel, LIMEN, GAME_PANEL, AdwBin)

/** limen_game_panel_new: borrows @session, and follows it */
LimenGamePanel *limen_game_panel_new (LimenGameSession *session);
