/* Why a solution is one, and whether it is the only one, in steps that a reader can check by hand.
 */
#pragma once

#include "model/game/equilibrium.h"
#include "model/game/kernels.h"

/** limen_certificate_write: (transfer full): @kernels: (nullable): where the solution is theirs;
 * else it is that of linear programs */
char *limen_certificate_write (const LimenPayoff *payoff, const LimenSolution *solution,
                               const LimenKernels *kernels);
