/* The importance-weighted bound, exactly and for every K.
 *
 * VLB^(K) = E log (1/K) Σ w_i, z_i ~ q, w = p(x, z) / q(z) (Burda, Grosse and Salakhutdinov,
 * "Importance weighted autoencoders", 2016, equation 8). With v = w / p(x) and the Laplace
 * transform L(r) = E_q exp(−r·v), Frullani's integral for the logarithm gives VLB^(K) = log p(x) +
 * ∫ [exp(−K·e^y) − L(e^y)^K] dy   over all real y: one table of L serves every K > 0, without Monte
 * Carlo. */
#pragma once

#include "model/latent/gaussian-closed.h"

typedef struct LimenImportanceBound LimenImportanceBound;

/**
 * limen_importance_bound_new:
 * @log_weight: (n): log v = log w − log p(x) at the nodes of a quadrature
 * @mass: (n): weights of the nodes under q: Σ mass = 1 up to the error of the quadrature
 *
 * Tabulates L. Both sums, Σ mass and Σ mass·v, are brought to 1, so that the bound lies below log
 * p(x) and rises in K whatever the quadrature missed. Nodes of mass 0 or log v = −∞ are fine.
 */
LimenImportanceBound *
limen_importance_bound_new (const double *log_weight, const double *mass, gsize n);
/** limen_importance_bound_new_closed: (nullable): for a linear Gaussian model of 1 or 2 latent
 * variables; borrows nothing. Of more latent variables only where the weights hardly differ and
 * their moments say all, without limen_importance_bound_implied(); else NULL */
LimenImportanceBound *limen_importance_bound_new_closed (const LimenClosedForm *form);
void limen_importance_bound_free (LimenImportanceBound *bound);

/** limen_importance_bound_mean_weight: Σ mass·v as given: how far from 1 tells what the quadrature
 * missed */
double limen_importance_bound_mean_weight (const LimenImportanceBound *bound);
/** limen_importance_bound_gap: log p(x) − VLB^(@k) ≥ 0, nats; @k > 0, not only whole */
double limen_importance_bound_gap (const LimenImportanceBound *bound, double k);
/**
 * limen_importance_bound_error: by how much limen_importance_bound_gap() may be off at @k, nats: of
 * a linear Gaussian model twice what a second computation with fewer nodes differs by, and what
 * rounding makes; NaN of nodes that were given, for there is no telling how well they were chosen
 */
double limen_importance_bound_error (const LimenImportanceBound *bound, double k);
/** limen_importance_bound_slope: d log gap / d log K at @k: −1 where the weights have a variance
 * and K is large; NaN where there is no gap */
double limen_importance_bound_slope (const LimenImportanceBound *bound, double k);
/**
 * limen_importance_bound_implied: log ψ_K(v) for each @log_weight: (n): the distribution that K
 * samples imply, of one drawn from them in proportion to its weight, has the density
 * p(z|x)·ψ_K(v(z)), ψ_K(v) = K ∫ exp(−r·v) L(r)^(K−1) dr: q itself for K = 1, and the posterior in
 * the end (Cremer, Morris and Duvenaud, "Reinterpreting importance-weighted autoencoders", 2017,
 * equation 7)
 */
void limen_importance_bound_implied (const LimenImportanceBound *bound, double k,
                                     const double *log_weight, gsize n, double *log_psi);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenImportanceBound, limen_importance_bound_free)
