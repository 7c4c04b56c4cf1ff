/* What the duel of estimators shows: clouds of single draws around one exact gradient, and what
 * they cost. A value: the page, the command line and the tests use the same. */
#pragma once

#include "model/prior/gradient-estimator.h"

#define LIMEN_DUEL_MOST 1000 /* draws in a cloud */

/**
 * LimenDuelCloud: of one estimator
 * @draw: (n, 2): of the two parameters of @pair
 * @covariance: (3): exact: of the first of them, of both, of the second; NaN where there is no
 * closed form
 * @measured: (n_parameters): over the draws
 * @variance: (n_parameters): exact, of one draw; @variance_error: by how much each may be off
 */
typedef struct {
  guint n;
  double draw[2 * LIMEN_DUEL_MOST];
  double covariance[3];
  LimenRunningMean *measured;
  double *variance, *variance_error;
} LimenDuelCloud;

/**
 * LimenDuel:
 * @k, @d: of the model
 * @n_parameters: μ, log s, λ1, λ2: 4k, in the order of LimenGradientPart; and, where all are at
 * most 100, A and b behind them
 * @pair: whose draws are kept: two neighbours of one part, or, where it has but one, it and its
 * like
 * @exact: (n_parameters); @exact_error: by how much each may be off
 */
typedef struct {
  guint k, d, n_parameters, pair[2];
  double *exact, *exact_error;
  LimenDuelCloud cloud[LIMEN_N_ESTIMATORS];
} LimenDuel;

/** limen_duel_new: @n: draws, at most LIMEN_DUEL_MOST; of @seed. A few milliseconds for k = 2, up
 * to a quarter of a second for k = 200 */
LimenDuel *limen_duel_new (const LimenGradientCase *c, guint n, guint64 seed);
/** limen_duel_new_about: the same, with the draws of parameter @about kept; of the first where
 * there is no such */
LimenDuel *limen_duel_new_about (const LimenGradientCase *c, guint n, guint64 seed, guint about);
/** limen_duel_place: where in @pair parameter @index is; −1: its draws are not kept */
int limen_duel_place (const LimenDuel *duel, guint index);
/** limen_duel_ref: for who does not change it */
LimenDuel *limen_duel_ref (const LimenDuel *duel);
void limen_duel_unref (LimenDuel *duel);

/** limen_duel_parameter_name: (transfer full): "μ₁", "log s₂", "λ1₁", … */
char *limen_duel_parameter_name (const LimenDuel *duel, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenDuel, limen_duel_unref)
