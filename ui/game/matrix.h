/* Payoffs to edit: a grid of entries, points for B. */
#pragma once

#include "ui/study/game/session.h"

#include <adwaita.h>

#define LIMEN_TYPE_GAME_MATRIX (limen_game_matrix_get_type ())
G_DECLARE_FINAL_TYPE (LimenGameMatrix, limen_game_matrix, LIMEN, GAME_MATRIX, AdwBin)

/** limen_game_matrix_new: borrows @session, and follows it. Games larger than 3 × 3 are named, not
 * shown */
LimenGameMatrix *limen_game_matrix_new (LimenGameSession *session);
