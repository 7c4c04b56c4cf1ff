/* All extreme optimal strategies of a game up to 3 × 3, by its square subgames. */
#pragma once

#include "model/game/solution.h"

#define LIMEN_KERNEL_MOST 3

/** limen_kernels_find: fills in the value of @solution and the extreme points of both sets of
 * optimal strategies, of its payoffs; no more than LIMEN_KERNEL_MOST rows or columns */
void limen_kernels_find (LimenSolution *solution);
