/* The equations of a square part of a game. */
#pragma once

#include "model/game/payoff.h"
#include "model/game/rational.h"

/**
 * LimenBorder: what makes @size strategies of a player, @own, earn the same against each of the
 * other's, @replies: weights p and a value v with Σ_i p_i m_ij = v for all j, and Σ_i p_i = 1
 * @m: (rows, columns), row-major, of the whole game
 * @b: whether the player is B, whose strategies are columns
 */
typedef struct {
  const LimenRationals *m;
  guint columns, size;
  gboolean b;
  guint own[LIMEN_GAME_MOST], replies[LIMEN_GAME_MOST];
} LimenBorder;

/** limen_border_solve: @p: (out) (rows, or columns): weights of all strategies of the player, some
 * of which may be negative; @value: (out); both (nullable). @determinant: (out): of the equations.
 * FALSE: it is 0, and there are no weights or many */
gboolean
limen_border_solve (const LimenBorder *border, mpq_t *p, mpq_ptr value, mpq_ptr determinant);
