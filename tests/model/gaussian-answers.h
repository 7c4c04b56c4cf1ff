/* Single answers about a linear Gaussian model, which the product takes from one closed form. */
#pragma once

#include "model/bound/importance-bound.h"
#include "model/latent/gaussian-model-private.h"

/* log p(x), nats */
static inline double
gaussian_log_evidence (const LimenGaussianModel *model, const double *x)
{
  return limen_gaussian_model_known_evidence (model, x).value;
}

/* VLB^(1), nats */
static inline double
gaussian_elbo (const LimenGaussianModel *model, const double *x, const LimenGaussian *q)
{
  g_autoptr (LimenClosedForm) form = limen_closed_form_new (model, x, q, LIMEN_PROPOSAL_OWN);
  return form->elbo.value;
}

/* Var_q (w) / p(x)² of the importance weight w = p(x, z) / q(z); INFINITY */
static inline double
gaussian_weight_variance (const LimenGaussianModel *model, const double *x, const LimenGaussian *q)
{
  g_autoptr (LimenClosedForm) form = limen_closed_form_new (model, x, q, LIMEN_PROPOSAL_OWN);
  return form->weight_variance.value;
}

/* Of 1 or 2 latent variables */
static inline LimenImportanceBound *
gaussian_importance_bound (const LimenGaussianModel *model, const double *x, const LimenGaussian *q)
{
  g_autoptr (LimenClosedForm) form = limen_closed_form_new (model, x, q, LIMEN_PROPOSAL_OWN);
  return limen_importance_bound_new_closed (form);
}

/* @gap: (n): of each @k */
static inline void
importance_bound_gaps (const LimenImportanceBound *bound, const double *k, guint n, double *gap)
{
  for (guint i = 0; i < n; i++)
    gap[i] = limen_importance_bound_gap (bound, k[i]);
}

static inline gboolean
gaussian_model_check (const LimenGaussianModel *model, GError **error)
{
  const char *flaw = limen_gaussian_model_flaw (model);
  return !flaw || limen_fail (error, LIMEN_ERROR_ARGUMENT, "The model %s.", flaw);
}
