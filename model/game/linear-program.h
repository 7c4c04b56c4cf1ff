/* Optimal strategies by linear programming: the simplex method on games up to 10 × 10. */
#pragma once

#include "model/game/payoff.h"

/**
 * LimenProgram:
 * @p: (rows): an optimal strategy of A; @value: the most that B gets against it
 * @unique: whether it is the only one
 */
typedef struct {
  double p[LIMEN_GAME_MOST];
  double value;
  gboolean unique;
} LimenProgram;

/** limen_program_solve: for A; for B with limen_payoff_swap() */
void limen_program_solve (const LimenPayoff *payoff, LimenProgram *program);
/** limen_payoff_swap: the same game with the players in each other's place: −Mᵀ */
LimenPayoff limen_payoff_swap (const LimenPayoff *payoff);
