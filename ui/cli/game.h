/* Inside of limen game: what its commands found, and how that is told. */
#pragma once

#include "model/game/game-report.h"
#include "ui/cli/option.h"
#include "ui/cli/outputs.h"
#include "ui/cli/terminal.h"

/**
 * LimenGameOptions: of limen game
 * @payoff: the name of a game, or a path
 * @method: a LimenMethod
 * @step: NaN: the default of the method
 * @start: (nullable): as limen_game_start_parse() takes it
 * @integrator: a LimenIntegrator
 * @csv, @json: (nullable): a path, or "-"
 */
typedef struct {
  const char *payoff, *start, *csv, *json;
  int method, integrator;
  double step;
  guint64 iterations;
  gboolean unprojected;
  LimenPlotOptions plot;
} LimenGameOptions;

/* clang-format off */
#define LIMEN_OPTION_PAYOFF_ROW(type)                                                              \
  { "--payoff", LIMEN_OPTION_TEXT, offsetof (type, payoff), "FILE|NAME" }
/* clang-format on */

/** limen_game_load: the game of a name, or of a file; @told: (out) (nullable) (transfer full): what
 * was guessed of the file, which is said to @terminal */
gboolean limen_game_load (const char *payoff, LimenTerminal *terminal, LimenPayoff *game,
                          char **told, GError **error);
/** limen_game_hash: (transfer full): limen_hash_files() of @payoff, where it is one */
GHashTable *limen_game_hash (const char *payoff, LimenTerminal *terminal, GError **error);
/** limen_game_check_outputs: @outputs: (n) (nullable elements): none may be the file @payoff, or
 * another */
gboolean
limen_game_check_outputs (const char *const *outputs, guint n, const char *payoff, GError **error);

/** limen_game_print_payoff: "payoffs     rock paper scissors: 3 × 3 (rock, paper, scissors)" */
void limen_game_print_payoff (const LimenPayoff *game, const char *payoff);
void limen_game_report_print (const LimenGameReport *report, const LimenGameOptions *options);
