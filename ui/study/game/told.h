/* What the Game page and limen game tell: a picture, what is said in it with files and hashes, and,
 * of the page, a table. */
#pragma once

#include "model/game/game-report.h"
#include "ui/study/game/session.h"
#include "ui/study/told.h"

/** limen_game_told: of a run; borrows what @report borrows, and the @solution of its game */
LimenTold limen_game_told (const LimenGameReport *report, const LimenSolution *solution);
/** limen_game_session_told: of what is shown now; the text is about the method in hand, where it
 * has arrived, and names those that race beside it */
LimenTold limen_game_session_told (LimenGameSession *session);
