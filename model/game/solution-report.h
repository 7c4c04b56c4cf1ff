/* What the solution of a game says in JSON. */
#pragma once

#include "model/game/solution.h"

/** limen_solution_report_json: (transfer full): one object and a newline; fractions, in full, are
 * null where the solution is not exact. @payoff: the name of @game, or its path; @told: (nullable):
 * what was guessed of that; @sha256: (nullable): of limen_hash_files() */
char *limen_solution_report_json (const LimenSolution *solution, const LimenPayoff *game,
                                  const char *payoff, const char *told, GHashTable *sha256);
