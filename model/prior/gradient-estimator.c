#include "model/prior/gradient-estimator.h"
#include "model/prior/gradient-private.h"

#include <math.h>
#include <string.h>

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
limen_gradient_case_of (const LimenGaussianCase *from, double *s, LimenGradientCase *to,
                        GError **error)
{
  const LimenGaussian *q = from->proposal;
  gsize k = q->dimension;
  for (gsize i = 0; i < k; i++) {
    for (gsize j = 0; j < k; j++)
      if (i != j && q->covariance[i * k + j] != 0) {
        g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT,
                             "The proposal is not diagonal; give its covariance as variances "
                             "alone, for the gradients are those of μ and log s.");
        return FALSE;
      }
    s[i] = sqrt (q->covariance[i * k + i]);
  }
  *to = (LimenGradientCase){from->model, from->x, q->mean, s, 0};
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

/* VLB = −½ (‖r‖² + Σ_ij a_ij² s_j²) / σ² − ½ Σ_j ((μ_j − λ1_j)² + s_j²) / λ2_j − ½ Σ_j log λ2_j +
 * Σ_j log s_j + a constant, with r = x − b − A·μ: term by term. */
static void
add_exact_of_prior (const LimenGradientCase *c, double *out)
{
  gsize k = c->model->latent;
  double *mu = out, *log_s = out + k, *lambda1 = out + 2 * k, *lambda2 = out + 3 * k;
  for (gsize j = 0; j < k; j++) {
    double l2 = c->model->lambda2[j], apart = c->mu[j] - c->model->lambda1[j];
    double variance = c->s[j] * c->s[j];
    mu[j] -= apart / l2;
    log_s[j] += 1 - variance / l2;
    lambda1[j] = apart / l2;
    lambda2[j] = 0.5 * ((variance + apart * apart) / l2 - 1) / l2;
  }
}

void
limen_gradient_exact (const LimenGradientCase *c, double *out)
{
  gsize k = c->model->latent, d = c->model->observed;
  double *mu = out, *log_s = out + k, *a = out + 4 * k, *b = a + d * k;
  g_autofree double *residual = g_new (double, d);
  limen_gradient_residual (c, residual);
  memset (out, 0, 2 * k * sizeof *out);
  for (gsize i = 0; i < d; i++) {
    const double *row = c->model->a + i * k;
    b[i] = residual[i] / c->model->sigma2;
    for (gsize j = 0; j < k; j++) {
      double variance = c->s[j] * c->s[j];
      mu[j] += row[j] * b[i];
      log_s[j] -= row[j] * row[j] * variance / c->model->sigma2;
      a[i * k + j] = b[i] * c->mu[j] - row[j] * variance / c->model->sigma2;
    }
  }
  add_exact_of_prior (c, out);
}

double
limen_gradient_samples_needed (double gradient, double variance)
{
  double tenth = gradient / 10;
  return gradient == 0 ? INFINITY : variance / (tenth * tenth);
}
