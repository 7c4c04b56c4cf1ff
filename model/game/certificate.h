/* Why a solution is one, and whether it is the only one, in steps that a reader can check by hand.
 */
#pragma once

#include "model/game/solution.h"

/** limen_certificate_write: (transfer full): of @solution without its doubles; @payoff: has the
 * names of strategies; @kernels: whether all extreme points were found, by trying all square
 * subgames; else the solution is that of linear programs. @a_alone, @b_alone: whether a player has
 * one optimal strategy only */
char *limen_certificate_write (const LimenPayoff *payoff, const LimenSolution *solution,
                               gboolean kernels, gboolean a_alone, gboolean b_alone);
