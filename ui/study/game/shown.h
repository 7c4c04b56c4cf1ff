/* What the pictures of a game show, as values: on the screen borrowed from the session, for export
 * copied, and of the command line borrowed from a record. */
#pragma once

#include "model/game/game-record.h"
#include "ui/study/game/session.h"
#include "viz/game/mix-plot.h"

/**
 * LimenGameShown:
 * @triangle, @mix: of A and of B; triangles where each has three strategies, mixes elsewhere
 * @has_triangles: which of them
 * @point: in the hand; @now: where the method is, which is there before its first step
 */
typedef struct {
  LimenPayoff payoff;
  gboolean has_triangles;
  LimenSimplexPlot triangle[2];
  LimenMixPlot mix[2];
  LimenExploit exploit;
  LimenGameCurves race;
  LimenGameKept kept;

  double point[2][LIMEN_GAME_MOST], now[2][LIMEN_GAME_MOST], average[2][LIMEN_GAME_MOST];
  double points[2][LIMEN_GAME_MOST];
  const char *name[2][LIMEN_GAME_MOST];
  LimenTrail trail[2];
  gpointer owned[5]; /* where it does not borrow */
} LimenGameShown;

/** limen_game_shown_fill: borrows from @session */
void limen_game_shown_fill (LimenGameShown *shown, LimenGameSession *session);
/** limen_game_shown_copy: (transfer full): lives on without the session */
LimenGameShown *limen_game_shown_copy (LimenGameSession *session);
/** limen_game_shown_of_record: (transfer full): where a run of the command line ended; borrows
 * @record and the @solution of its game. Triangles only where no iterate left them */
LimenGameShown *
limen_game_shown_of_record (const LimenGameRecord *record, const LimenSolution *solution);
void limen_game_shown_free (LimenGameShown *copy);
/** limen_game_shown_bar_scale: the gap that fills the bar */
double limen_game_shown_bar_scale (const LimenGameShown *shown);
