/* The solution of a zero-sum game, exactly. */
#pragma once

#include "model/game/solution.h"

/** limen_solve: games up to 3 × 3 by enumeration of kernels, with all extreme points; larger ones
 * by linear programming, with one optimal strategy each, and uniqueness decided by the same means:
 * all of it between fractions. LIMEN_ERROR_ARGUMENT for payoffs that are not finite */
LimenSolution *limen_solve (const LimenPayoff *payoff, GError **error);
