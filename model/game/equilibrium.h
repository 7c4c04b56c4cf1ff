/* The solution of a zero-sum game, exactly where its payoffs are rational. */
#pragma once

#include "model/game/payoff.h"

/** LimenRational: numerator / denominator, in lowest terms, denominator > 0 */
typedef struct {
  gint64 n, d;
} LimenRational;

/**
 * LimenSolution:
 * @exact: whether all is exact: payoffs are fractions with denominators up to 1,000,000, and
 * nothing overflowed
 * @value: of the game; @value_error: by how much it may be off, and what each player earns with
 * optimal strategies; @weight_error: by how much each of @a and @b may be off: of games up to 3 × 3
 * @n_a, @n_b: extreme points of each player's set of optimal strategies (von Neumann, 1928; Shapley
 * and Snow, "Basic solutions of discrete games", 1950); more than three in order around the polygon
 * that they span
 * @a, @b: (n_a, rows), (n_b, columns): as floating-point numbers; @a_exact, @b_exact, @value_exact:
 * where @exact
 * @unique: whether both sets are single points
 * @certificate: steps, one a line, that a reader can check by hand
 */
typedef struct {
  gboolean exact, unique;
  double value, value_error, weight_error;
  LimenRational value_exact;
  guint n_a, n_b;
  double *a, *b;
  LimenRational *a_exact, *b_exact;
  char *certificate;
} LimenSolution;

/** limen_solve: games up to 3 × 3 by enumeration of kernels, with all extreme points; larger ones
 * by linear programming between integers, with one optimal strategy each, and uniqueness decided by
 * the same means. LIMEN_ERROR_ARGUMENT for payoffs that are not finite */
LimenSolution *limen_solve (const LimenPayoff *payoff, GError **error);
void limen_solution_free (LimenSolution *solution);

/** limen_rational_from_double: nearest fraction with a denominator up to 1,000,000, and whether it
 * is that number to the last bit or two */
gboolean limen_rational_from_double (double value, LimenRational *out);
/** limen_rational_text: (transfer full): "1/3", "−2", "0" */
char *limen_rational_text (LimenRational value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenSolution, limen_solution_free)
