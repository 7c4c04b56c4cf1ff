/* Stochastic gradients of the mean bound of a batch, by each of the estimators. */
#pragma once

#include "model/prior/gradient-estimator.h"
#include "model/prior/prior-networks.h"

/** limen_prior_value: the mean bound, nats per row, of @n rows of @pass->x at draws @pass->e: of
 * log p(x|z) + log r(z) − log q(z|x), once they are encoded */
double limen_prior_value (const LimenPriorLayout *layout, const double *parameters, double sigma2,
                          LimenPriorPass *pass, guint n);

/**
 * limen_prior_gradient: @gradient: (n parameters): an estimate of the derivatives of the mean bound
 * of @n rows of @pass->x, of one draw @pass->e for each
 *
 * All estimators are without bias. The baseline of a row is made of the other rows of the batch
 * ("leave one out"), so that it does not depend on the row's own draw: the mean of their L, or, for
 * each component of ∇ log q, an estimate of what gives it the least variance: Σ L·g² / Σ g². That
 * estimate has noise of its own: late in a training, when the best constant is close to the mean,
 * it costs up to 15 % more than it gains. A batch of one has no baseline. Source: Mnih and
 * Rezende, "Variational inference for Monte Carlo objectives" (2016), section 2.5; Mohamed and
 * others (2020), section 7.4.
 *
 * Returns: the mean bound at the draws
 */
double limen_prior_gradient (const LimenPriorLayout *layout, const double *parameters,
                             double sigma2, LimenGradientEstimator estimator, LimenPriorPass *pass,
                             guint n, double *gradient);
