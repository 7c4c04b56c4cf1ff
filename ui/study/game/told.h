/* What is told of a game in a picture, with files and hashes, for window and command line alike. */
#pragma once

#include "model/game/game-report.h"
#include "viz/game/game-picture.h"

/**
 * LimenGameTold:
 * @picture: for limen_game_picture_draw(), as long as the report and the solution it was made of
 * live
 * @text: pairs of key and value, NULL-terminated
 */
typedef struct {
  LimenGamePicture picture;
  char **text;
  char *sentence;
  LimenGameCurves race;
  LimenExploit exploit;
  LimenSimplexPlot triangle[2];
  LimenTrail trail[2];
  double *iterates[2];
} LimenGameTold;

/** limen_game_told_new: (transfer full): @solution: of the game */
LimenGameTold *limen_game_told_new (const LimenGameReport *report, const LimenSolution *solution,
                                    LimenScheme scheme);
void limen_game_told_free (LimenGameTold *told);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenGameTold, limen_game_told_free)
