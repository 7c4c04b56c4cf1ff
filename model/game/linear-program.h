/* Optimal strategies by linear programming: the simplex method on games up to 10 × 10. */
#pragma once

#include "model/game/rational.h"

/**
 * LimenProgram:
 * @p: (rows): an optimal strategy of A; @value: the most that B gets against it
 * @unique: whether it is the only one
 * @exact: whether payoffs are fractions, and the solution's fit 64 bits: @p_exact: (rows),
 * @value_exact; then @p and @value are the nearest numbers to them
 *
 * All decisions are made between integers; but payoffs that are no fractions are rounded on the way
 * in, to 2⁻⁶⁰ of their range.
 */
typedef struct {
  double p[LIMEN_GAME_MOST];
  double value;
  gboolean unique, exact;
  LimenRational p_exact[LIMEN_GAME_MOST], value_exact;
} LimenProgram;

/** limen_program_solve: for A; for B with limen_payoff_swap() */
void limen_program_solve (const LimenPayoff *payoff, LimenProgram *program);
/** limen_payoff_swap: the same game with the players in each other's place: −Mᵀ */
LimenPayoff limen_payoff_swap (const LimenPayoff *payoff);
