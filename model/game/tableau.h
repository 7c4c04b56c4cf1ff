/* The simplex method on small tableaus of integers, without rounding. */
#pragma once

#include "model/game/big.h"
#include "model/game/payoff.h"

/**
 * LimenTableau: max Σ u with P u ≤ 1, u ≥ 0, seen from one of its vertices
 * @n, @m: variables, constraints; variables from @n on are the slacks of constraints
 * @t: (m + 1, n + 1): row i: what basis[i] loses for each of the other variables, then what it is;
 * the last row: what the objective gains for each of them, negated, then what it is
 * @width: limbs of each number
 * @scale: all of @t is this many times what it stands for: the determinant of the basis, > 0
 * @basis, @rest: (m), (n): variables that may be positive, and those that are 0 here
 * @barred: (n + m): variables that stay 0
 */
typedef struct {
  guint n, m, width;
  LimenBig t[LIMEN_GAME_MOST + 1][LIMEN_GAME_MOST + 1], scale;
  guint basis[LIMEN_GAME_MOST], rest[LIMEN_GAME_MOST];
  gboolean barred[2 * LIMEN_GAME_MOST];
} LimenTableau;

#define LIMEN_TABLEAU_MOST_BITS 61

/** limen_tableau_begin: at u = 0; @p: (n, m): 1 to 2^LIMEN_TABLEAU_MOST_BITS − 1, transposed on the
 * way */
void limen_tableau_begin (LimenTableau *t, guint n, guint m, const gint64 *p);
void limen_tableau_maximize (LimenTableau *t);
/** limen_tableau_is_alone: whether the optimum reached is the only one; leaves the objective in
 * disorder */
gboolean limen_tableau_is_alone (LimenTableau *t);
