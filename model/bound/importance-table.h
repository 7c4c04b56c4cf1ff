/* The Laplace transform of importance weights, L(r) = E_q exp(−r·v), on a grid in y = log r. */
#pragma once

#include <glib.h>

/* Distance of two y. What ∫ f(y) dy loses as a sum is the Fourier transform of f at the frequency
 * 1/step; for exp(−e^y) that is |Γ(2πi/step)| = 6e−24, and L(e^y) is a mean of shifted ones. */
#define LIMEN_TABLE_STEP (3 * LIMEN_BIN_STEP)
/* Distance of two bins of log v. */
#define LIMEN_BIN_STEP 0.0625
/* A number is read from, or given to, as many neighbours on a grid. */
#define LIMEN_POINTS 16

/**
 * LimenTablePiece: a stretch of y in which L falls
 * @first: y of its first entry; the others follow at LIMEN_TABLE_STEP
 * @begin, @end: of its entries, the end not being one
 * @log_after: log L behind it
 */
typedef struct {
  double first, log_after;
  gsize begin, end;
} LimenTablePiece;

/**
 * LimenImportanceTable: entries with y rising. Most are those of pieces; where L stands still
 * between two pieces there is one for all of the way.
 * @width: (n): of y
 * @rate: (n): r = e^y
 * @log_laplace: (n): log L(r) ≤ 0
 * @excess: (n): log L(r) + r ≥ 0 (Jensen), exact to rounding where r is small
 * @n_steps: of the weights so small that their L is a staircase, behind the last entry
 * @step_width: (n_steps): of y from the step before, or the last entry, to this one
 * @log_height: (n_steps + 1): log L before it; log 0 after the last
 * @mean_weight: Σ mass·v as given
 * @never: whether v = 0 has a probability, so that the bound is −∞ for every K
 */
typedef struct {
  gsize n, n_pieces, n_steps;
  LimenTablePiece *piece;
  double *width, *rate, *log_laplace, *excess, *step_width, *log_height;
  double mean_weight;
  gboolean never;
} LimenImportanceTable;

/** limen_importance_table_fill: @log_weight, @mass: (n), as of limen_importance_bound_new() */
void limen_importance_table_fill (LimenImportanceTable *table, const double *log_weight,
                                  const double *mass, gsize n);
void limen_importance_table_clear (LimenImportanceTable *table);

/** limen_dot: Σ a_i·b_i, both (n) */
double limen_dot (const double *a, const double *b, gsize n);
/** limen_lagrange_weights: @weight: (LIMEN_POINTS): of the polynomial through the values at −7, …,
 * 8, read at @t in [0, 1) */
void limen_lagrange_weights (double t, double *weight);
