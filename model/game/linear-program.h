/* Optimal strategies by linear programming: the simplex method on games up to 10 × 10. */
#pragma once

#include "model/game/payoff.h"
#include "model/game/rational.h"

/**
 * LimenProgram:
 * @p: (rows): an optimal strategy of A; @value: the most that B gets against it
 * @unique: whether it is the only one
 * @pivots: steps of the simplex method that this took
 */
typedef struct {
  LimenRationals *p;
  mpq_t value;
  gboolean unique;
  guint pivots;
} LimenProgram;

/** limen_program_solve: for A; for B with limen_payoff_swap(). Free with limen_program_clear() */
void limen_program_solve (const LimenPayoff *payoff, LimenProgram *program);
void limen_program_clear (LimenProgram *program);
/** limen_payoff_swap: the same game with the players in each other's place: −Mᵀ */
LimenPayoff limen_payoff_swap (const LimenPayoff *payoff);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenProgram, limen_program_clear)
