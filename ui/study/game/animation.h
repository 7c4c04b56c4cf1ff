/* The method at work, as an animated PNG. */
#pragma once

#include "ui/study/game/session.h"
#include "ui/study/job.h"

/** limen_game_animate: draws and writes beside the window: what the run has done so far, or, where
 * it has done less, its first few hundred iterations. @done gets the path as GBytes */
LimenJob *limen_game_animate (LimenGameSession *session, LimenScheme scheme, const char *path,
                              LimenJobDoneFunc done, gpointer owner);
