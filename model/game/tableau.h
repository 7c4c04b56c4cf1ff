/* The simplex method on small tableaus of integers, without rounding. */
#pragma once

#include "model/game/payoff.h"
#include "model/game/rational.h"

/**
 * LimenTableau: max Σ u with P u ≤ 1, u ≥ 0, seen from one of its vertices
 * @n, @m: variables, constraints; variables from @n on are the slacks of constraints, each in a
 * unit in which its constraint is one of integers
 * @t: (m + 1, n + 1): row i: what basis[i] loses for each of the other variables, then what it is;
 * the last row: what the objective gains for each of them, negated, then what it is
 * @scale: all of @t is this many times what it stands for: the determinant of the basis, > 0
 * @basis, @rest: (m), (n): variables that may be positive, and those that are 0 here
 * @barred: (n + m): variables that stay 0
 * @pivots: how many steps were taken
 */
typedef struct {
  guint n, m, pivots;
  mpz_t t[LIMEN_GAME_MOST + 1][LIMEN_GAME_MOST + 1], scale;
  guint basis[LIMEN_GAME_MOST], rest[LIMEN_GAME_MOST];
  gboolean barred[2 * LIMEN_GAME_MOST];
} LimenTableau;

/** limen_tableau_init: at u = 0; @p: (n, m): all > 0, transposed on the way; free with
 * limen_tableau_clear() */
void limen_tableau_init (LimenTableau *t, guint n, guint m, const LimenRationals *p);
void limen_tableau_clear (LimenTableau *t);
void limen_tableau_maximize (LimenTableau *t);
/** limen_tableau_is_alone: whether the optimum reached is the only one; leaves the objective in
 * disorder */
gboolean limen_tableau_is_alone (LimenTableau *t);
