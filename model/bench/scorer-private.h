/* Inside of a scorer. Only this room needs it. */
#pragma once

#include "model/bench/combination.h"
#include "model/bench/scorer.h"

/**
 * LimenScorer:
 * @kinds: which scores; @parts: what is combined
 * @fit: (nullable): normal images; @fitted: of limen_scorer_kinds_to_fit(), those that are fitted
 * @typical: the mean log-likelihood of the fit images
 * @neighbours, @statistics, @combined: (nullable): where their scores are wanted
 */
struct LimenScorer {
  gatomicrefcount references;
  LimenBenchModels models;
  guint kinds, parts, k, dimension, fitted;
  guint64 seed;
  LimenImageSet *fit;
  double typical;
  LimenNeighbours *neighbours;
  LimenCombination *statistics, *combined;
};

/** limen_scorer_columns_of, limen_scorer_columns_of_all: sets of LIMEN_COLUMN_BIT(): what a score,
 * or each of the set @kinds, is made of */
guint limen_scorer_columns_of (const LimenScorer *scorer, LimenScoreKind kind);
guint limen_scorer_columns_of_all (const LimenScorer *scorer, guint kinds);
/** limen_scorer_kinds_to_fit: a set of LIMEN_SCORE_BIT(): those that need numbers of the fit images
 */
guint limen_scorer_kinds_to_fit (const LimenScorer *scorer);
/** limen_scorer_fit: what the columns of the set @complete suffice for, once each. @columns: of the
 * fit images. FALSE with LIMEN_ERROR_MISMATCH */
gboolean
limen_scorer_fit (LimenScorer *scorer, const LimenColumns *columns, guint complete, GError **error);
/** limen_scorer_is_fitted_for: whether nothing is left to be fitted for @kind */
gboolean limen_scorer_is_fitted_for (const LimenScorer *scorer, LimenScoreKind kind);
/** limen_scorer_value: of image @i by a score that is a number of one column or two, or by a
 * LimenPart */
double
limen_scorer_value (const LimenScorer *scorer, guint part, const LimenColumns *columns, guint i);
/** limen_scorer_distance: the same by one that is a distance of many */
double limen_scorer_distance (const LimenScorer *scorer, LimenScoreKind kind,
                              const LimenColumns *columns, guint i);
