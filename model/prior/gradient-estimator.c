#include "model/prior/gradient-estimator.h"
#include "model/prior/gradient-estimator-private.h"

#include <math.h>

/* -- names -- */

static const struct {
  const char *word, *title;
} names[LIMEN_N_ESTIMATORS] = {
    [LIMEN_LOG_DERIVATIVE] = {"log-derivative", "Log-derivative"},
    [LIMEN_LOG_DERIVATIVE_MEAN] = {"log-derivative-mean", "with mean baseline"},
    [LIMEN_LOG_DERIVATIVE_OPTIMAL] = {"log-derivative-optimal", "with optimal baseline"},
    [LIMEN_REPARAMETERIZATION] = {"reparameterization", "Reparameterization"},
    [LIMEN_REPARAMETERIZATION_KL] = {"reparameterization-kl", "with KL in closed form"},
    [LIMEN_STICKING_THE_LANDING] = {"sticking-the-landing", "sticking the landing"},
};

const char *
limen_estimator_word (LimenGradientEstimator estimator)
{
  return names[estimator].word;
}

const char *
limen_estimator_title (LimenGradientEstimator estimator)
{
  return names[estimator].title;
}

/* -- layout -- */

gsize
limen_gradient_offset (const LimenGaussianModel *model, LimenGradientPart part)
{
  gsize k = model->latent, d = model->observed;
  const gsize offset[LIMEN_N_PARTS + 1] = {
      0, k, 2 * k, 3 * k, 4 * k, 4 * k + d * k, (4 + d) * k + d};
  return offset[part];
}

/* -- cases -- */

gboolean
limen_gradient_case_of (const LimenGaussianCase *from, double *variance, LimenGradientCase *to,
                        GError **error)
{
  const LimenGaussian *q = from->proposal;
  gsize k = q->dimension;
  for (gsize i = 0; i < k; i++) {
    for (gsize j = 0; j < k; j++)
      if (i != j && q->covariance[i * k + j] != 0)
        return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                           "The proposal is not diagonal; give its covariance as variances "
                           "alone, for the gradients are those of μ and log s.");
    variance[i] = q->covariance[i * k + i];
  }
  *to = (LimenGradientCase){from->model, from->x, q->mean, variance, 0};
  return TRUE;
}

LimenGaussianCase *
limen_isotropic_case (guint dimension, double offset, double width)
{
  g_return_val_if_fail (dimension > 0 && isfinite (offset), NULL);
  g_return_val_if_fail (width * width > 0 && isfinite (width * width), NULL);
  LimenGaussianCase *made = g_new0 (LimenGaussianCase, 1);
  g_autofree double *mean = g_new (double, dimension), *variance = g_new (double, dimension);
  made->model = limen_gaussian_model_new (dimension, dimension);
  made->x = g_new0 (double, dimension);
  for (gsize i = 0; i < dimension; i++) {
    made->model->a[i * dimension + i] = 1;
    mean[i] = offset;
    variance[i] = width * width;
  }
  made->proposal = limen_gaussian_new_diagonal ("The proposal", dimension, mean, variance, NULL);
  return made;
}

/* -- exact -- */

void
limen_gradient_residual (const LimenGradientCase *c, double *out)
{
  gsize k = c->model->latent;
  for (gsize i = 0; i < c->model->observed; i++) {
    out[i] = c->x[i] - c->model->b[i];
    for (gsize j = 0; j < k; j++)
      out[i] -= c->model->a[i * k + j] * c->mu[j];
  }
}

double
limen_gradient_samples_needed (double gradient, double variance)
{
  double tenth = gradient / 10;
  return gradient == 0 ? INFINITY : variance / (tenth * tenth);
}
