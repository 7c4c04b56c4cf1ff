/* Inside of limen game: what its commands found, and how that is told. */
#pragma once

#include "model/game/game-report.h"
#include "ui/cli/commands.h"

/** limen_game_load: the game of a name, or of a file; @told: (out) (nullable) (transfer full): what was
 * guessed of the file, which is said to @session */
gboolean limen_game_load (const char *payoff, LimenSession *session, LimenPayoff *game, char **told,
                          GError **error);
/** limen_game_check_outputs: @outputs: (n) (nullable elements): none may be the file @payoff, or
 * another */
gboolean
limen_game_check_outputs (const char *const *outputs, guint n, const char *payoff, GError **error);

/** limen_game_print_payoff: "payoffs     rock paper scissors: 3 × 3 (rock, paper, scissors)" */
void limen_game_print_payoff (const LimenPayoff *game, const char *payoff);
void limen_game_report_print (const LimenGameReport *report, const LimenGameOptions *options);
/** limen_game_draw: to options->plot; @solution: of the game */
gboolean limen_game_draw (const LimenGameReport *report, const LimenSolution *solution,
                          const LimenOptions *options, GError **error);
