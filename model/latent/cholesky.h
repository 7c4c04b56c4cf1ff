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
