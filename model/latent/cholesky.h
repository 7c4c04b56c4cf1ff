/* Small symmetric positive definite matrices: (k, k), row-major, float64. */
#pragma once

#include <glib.h>

/**
 * limen_cholesky: replaces @a by its lower factor L, A = L·Lᵀ, with zeros above
 *
 * Reads the lower triangle only. Returns: FALSE where @a is not positive definite, or so little
 * that rounding alone could have made it so.
 */
gboolean limen_cholesky (double *a, gsize k);
/** limen_cholesky_log_determinant: of L·Lᵀ */
double limen_cholesky_log_determinant (const double *l, gsize k);
/** limen_cholesky_solve_lower: replaces @b: (k) by L⁻¹·b */
void limen_cholesky_solve_lower (const double *l, gsize k, double *b);
/** limen_cholesky_solve: replaces @b: (k) by (L·Lᵀ)⁻¹·b */
void limen_cholesky_solve (const double *l, gsize k, double *b);
/** limen_cholesky_add: @u: (k, k): an upper factor, replaced by that of Uᵀ·U + row·rowᵀ; @row: (k),
 * used up. Its diagonal only grows, so that a small matrix is not lost beside a large row (Gill,
 * Golub, Murray and Saunders, "Methods for modifying matrix factorizations", 1974, method C1 by
 * rotations) */
void limen_cholesky_add (double *u, gsize k, double *row);
