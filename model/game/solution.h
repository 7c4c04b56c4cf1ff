/* What a solution of a zero-sum game is. */
#pragma once

#include "model/game/payoff.h"
#include "model/game/rational.h"

/**
 * LimenSolution: nothing in it is decided by rounded numbers
 * @m: (@rows, @columns), row-major: the payoffs that it solves
 * @exact: whether these are the fractions that limen_rational_from_double() recognizes in all of
 * them; else they are what the doubles are that hold the payoffs, and fractions of them tell nobody
 * anything
 * @n_a, @n_b: extreme points of each player's set of optimal strategies (von Neumann, 1928; Shapley
 * and Snow, "Basic solutions of discrete games", 1950); more than three in order around the polygon
 * that they span
 * @value_exact, @a_exact, @b_exact: the value, (n_a · rows), (n_b · columns)
 * @value, @a, @b: the doubles nearest to them
 * @value_error, @weight_error: by how much @value and each of @a and @b may be off by that
 * @unique: whether both sets are single points
 * @certificate: steps, one a line, that a reader can check by hand
 */
typedef struct {
  guint rows, columns;
  gboolean exact, unique;
  double value, value_error, weight_error;
  guint n_a, n_b;
  double *a, *b;
  mpq_t value_exact;
  LimenRationals *m, *a_exact, *b_exact;
  char *certificate;
} LimenSolution;

/** limen_solution_points: @out: points for B where weights @p of A, or (@b) of B, meet strategy
 * @reply of the other player */
void limen_solution_points (const LimenSolution *solution, gboolean b, const mpq_t *p, guint reply,
                            mpq_ptr out);
void limen_solution_free (LimenSolution *solution);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenSolution, limen_solution_free)
