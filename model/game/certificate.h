/* Why a solution is one, and whether it is the only one, in steps that a reader can check by hand.
 */
#pragma once

#include "model/base/number.h"
#include "model/game/equilibrium.h"

/** limen_game_decimal: (transfer full): "0.3333333333", "1.1111e−11": the digits that hold, at most
 * ten of them, without zeros at the end; "5·10⁻¹⁸ ± 1·10⁻¹⁶" where none does */
char *limen_game_decimal (LimenNumber number);

/** limen_solution_value_error: by how much the value, and what optimal strategies earn, may be off:
 * as far as the bounds on it from either player are apart, and rounding */
double limen_solution_value_error (const LimenPayoff *payoff, const LimenSolution *solution);
/** limen_certificate_write: (transfer full): @kernels: whether all extreme points were found, by
 * trying all square subgames; else the solution is that of linear programs. @a_alone, @b_alone:
 * whether a player has one optimal strategy only */
char *limen_certificate_write (const LimenPayoff *payoff, const LimenSolution *solution,
                               gboolean kernels, gboolean a_alone, gboolean b_alone);
