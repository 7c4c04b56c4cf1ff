/* Why a solution is the only one, where a few linear equations show it. */
#pragma once

#include "model/game/solution.h"

/**
 * LimenProof: a unique solution, whose players use @size strategies each
 * @a, @b: (rows), (columns): whether the strategy is used
 * @determinant: of the equations Σ_i p_i m_ij = v for all j that are used and Σ_i p_i = 1 in p and
 * v; not 0
 */
typedef struct {
  guint size;
  gboolean a[LIMEN_GAME_MOST], b[LIMEN_GAME_MOST];
  mpq_t determinant;
} LimenProof;

/** limen_prove_unique: FALSE where @solution is not exact, or not unique. TRUE: every strategy that
 * is not used is worse than v against the other player's; so an optimal strategy, too, leaves it
 * out, makes all that are used earn v, and solves the equations. @proof: (out): free with
 * limen_proof_clear() in any case */
gboolean limen_prove_unique (const LimenSolution *solution, LimenProof *proof);
void limen_proof_clear (LimenProof *proof);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenProof, limen_proof_clear)
