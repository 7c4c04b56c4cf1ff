/* Several scores of an image become one: how far they lie, together, from those of the fit images.
 */
#pragma once

#include "model/bench/normal-scores.h"

/** LIMEN_COMBINATION_RIDGE: of the mean variance of the normal scores, added to each */
#define LIMEN_COMBINATION_RIDGE 1e-3

/**
 * LimenCombination: fitted
 * @n_columns: of scores
 * @map: (n_columns) (nullable elements): to normal scores; NULL where a column is the same for all
 * fit images: it is left out
 * @used: (n_used): the columns that are not
 * @mean: (n_used); @factor: (n_used, n_used): lower Cholesky factor of the covariance of the normal
 * scores of the fit images with the ridge on its diagonal
 */
typedef struct {
  guint n_columns, n_used;
  LimenNormalScores **map;
  guint *used;
  double *mean, *factor;
} LimenCombination;

/** limen_combination_new: @column: (n_columns) of (n): of the fit images. Returns: (transfer full):
 * NULL where no column has two different numbers */
LimenCombination *limen_combination_new (const double *const *column, guint n_columns, guint n);
void limen_combination_free (LimenCombination *combination);
/**
 * limen_combination_distance: of Mahalanobis (1936): √((z − mean)ᵀ (covariance + ridge)⁻¹ (z −
 * mean)) of the normal scores z of an image
 * @value: (n_columns)
 *
 * Returns: finite; high is unusual: in any direction, so that an image of too high a likelihood is,
 * too
 */
double limen_combination_distance (const LimenCombination *combination, const double *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenCombination, limen_combination_free)
