/* A normal distribution over a few latent variables, in float64. */
#pragma once

#include "model/base/error.h"

/**
 * LimenGaussian: N(mean, covariance)
 * @mean: (k)
 * @covariance: (k, k), row-major, symmetric, positive definite
 * @factor: (k, k), row-major: its lower Cholesky factor
 * @log_determinant: of @covariance
 */
typedef struct {
  guint dimension;
  double *mean, *covariance, *factor;
  double log_determinant;
} LimenGaussian;

/**
 * limen_gaussian_new:
 * @mean: (k); @covariance: (k, k): copied
 *
 * Returns: (transfer full): or NULL with LIMEN_ERROR_ARGUMENT where a number is not finite, or
 * @covariance not symmetric or not positive definite, which is decided of the numbers as they are,
 * or of so many variables that it would take too long; the sentence begins with @name: "The
 * proposal"
 */
LimenGaussian *limen_gaussian_new (const char *name, guint dimension, const double *mean,
                                   const double *covariance, GError **error);
/** limen_gaussian_new_diagonal: @variance: (k), each > 0 */
LimenGaussian *limen_gaussian_new_diagonal (const char *name, guint dimension, const double *mean,
                                            const double *variance, GError **error);
LimenGaussian *limen_gaussian_copy (const LimenGaussian *gaussian);
void limen_gaussian_free (LimenGaussian *gaussian);

/** limen_gaussian_log_density: @z: (k). Returns: nats */
double limen_gaussian_log_density (const LimenGaussian *gaussian, const double *z);
/** limen_gaussian_lost_bits: how many a factorization of the covariance loses at most: −log2 of the
 * determinant of the correlations */
int limen_gaussian_lost_bits (const LimenGaussian *gaussian);
/** limen_gaussian_place: @z = mean + factor·@e, both (k): a draw where @e is one of N(0, I) */
void limen_gaussian_place (const LimenGaussian *gaussian, const double *e, double *z);
/** limen_gaussian_between: (transfer full): mean and covariance a part @t of the way from @from (0)
 * to @to (1) */
LimenGaussian *
limen_gaussian_between (const LimenGaussian *from, const LimenGaussian *to, double t);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenGaussian, limen_gaussian_free)
