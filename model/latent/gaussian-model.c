#include "model/latent/gaussian-model-private.h"

#include <math.h>
#include <string.h>

/* -- the model -- */

LimenGaussianModel *
limen_gaussian_model_new (guint latent, guint observed)
{
  LimenGaussianModel *model = g_new0 (LimenGaussianModel, 1);
  model->latent = latent;
  model->observed = observed;
  model->lambda1 = g_new0 (double, latent);
  model->lambda2 = g_new0 (double, latent);
  model->a = g_new0 (double, (gsize)observed *latent);
  model->b = g_new0 (double, observed);
  model->sigma2 = 1;
  for (guint i = 0; i < latent; i++)
    model->lambda2[i] = 1;
  return model;
}

LimenGaussianModel *
limen_gaussian_model_copy (const LimenGaussianModel *model)
{
  gsize latent = model->latent, observed = model->observed, size = sizeof (double);
  LimenGaussianModel *copy = limen_gaussian_model_new (model->latent, model->observed);
  memcpy (copy->lambda1, model->lambda1, latent * size);
  memcpy (copy->lambda2, model->lambda2, latent * size);
  memcpy (copy->a, model->a, observed * latent * size);
  memcpy (copy->b, model->b, observed * size);
  copy->sigma2 = model->sigma2;
  return copy;
}

void
limen_gaussian_model_free (LimenGaussianModel *model)
{
  if (!model)
    return;
  g_free (model->lambda1);
  g_free (model->lambda2);
  g_free (model->a);
  g_free (model->b);
  g_free (model);
}

static gboolean
all_finite (const double *value, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (value[i]))
      return FALSE;
  return TRUE;
}

/* Bounds of what is computed with: products of a few stay in float64. The noise, and any variance,
 * may be less than the rest by 1e-300. */
#define FAR   1e100
#define SMALL 1e-306

/* The largest precision that a latent variable has on its own, given all the others */
static double
largest_precision (const LimenGaussianModel *model)
{
  double most = 0;
  for (gsize j = 0; j < model->latent; j++) {
    double sum = 1 / model->lambda2[j];
    for (gsize i = 0; i < model->observed; i++) {
      double a = model->a[i * model->latent + j];
      sum += a * a / model->sigma2;
    }
    most = MAX (most, sum);
  }
  return most;
}

/* Trace of the covariance of A·z: what x varies by without its noise */
static double
explained_variance (const LimenGaussianModel *model)
{
  double sum = 0;
  for (gsize i = 0; i < (gsize)model->observed * model->latent; i++)
    sum += model->a[i] * model->a[i] * model->lambda2[i % model->latent];
  return sum;
}

#define TOO_FAR "has numbers too far apart to compute with: "
#define OTHER   "; choose other units"

/* Returns: (nullable) */
static const char *
reach_flaw (const LimenGaussianModel *model)
{
  double least = INFINITY, most = 0;
  for (gsize i = 0; i < model->latent; i++) {
    least = MIN (least, model->lambda2[i]);
    most = MAX (most, model->lambda2[i]);
  }
  if (model->sigma2 >= FAR)
    return TOO_FAR "sigma2 is 1e100 or more" OTHER;
  if (model->sigma2 <= SMALL)
    return TOO_FAR "sigma2 is 1e-306 or less" OTHER;
  if (most >= FAR)
    return TOO_FAR "a variance in lambda2 is 1e100 or more" OTHER;
  if (least <= SMALL)
    return TOO_FAR "a variance in lambda2 is 1e-306 or less" OTHER;
  if (!(explained_variance (model) < FAR))
    return TOO_FAR "the squares of A times lambda2 are 1e100 or more" OTHER;
  if (!(largest_precision (model) < 1 / SMALL))
    return TOO_FAR "the squares of A over sigma2 are 1e306 or more" OTHER;
  return NULL;
}

const char *
limen_gaussian_model_flaw (const LimenGaussianModel *model)
{
  gsize latent = model->latent, observed = model->observed;
  if (latent == 0 || observed == 0)
    return "has no variables; give it at least one latent and one observed";
  if (!all_finite (model->lambda1, latent) || !all_finite (model->lambda2, latent) ||
      !all_finite (model->a, observed * latent) || !all_finite (model->b, observed) ||
      !isfinite (model->sigma2))
    return "has a number that is not finite; give numbers only";
  for (gsize i = 0; i < latent; i++)
    if (model->lambda2[i] <= 0)
      return "has a variance in lambda2 that is not positive; give each a number above 0";
  if (model->sigma2 <= 0)
    return "has a variance sigma2 that is not positive; give it a number above 0";
  return reach_flaw (model);
}

LimenGaussian *
limen_gaussian_model_prior (const LimenGaussianModel *model)
{
  g_autoptr (GError) error = NULL;
  LimenGaussian *prior = limen_gaussian_new_diagonal ("The prior", model->latent, model->lambda1,
                                                      model->lambda2, &error);
  if (!prior)
    g_error ("%s", error->message);
  return prior;
}

/* -- proposals with a name -- */

static void
fill_mean_field_variance (const LimenGaussianModel *model, double *variance)
{
  for (gsize j = 0; j < model->latent; j++) {
    double precision = 1 / model->lambda2[j];
    for (gsize i = 0; i < model->observed; i++)
      precision +=
          model->a[i * model->latent + j] * model->a[i * model->latent + j] / model->sigma2;
    variance[j] = 1 / precision;
  }
}

LimenGaussian *
limen_gaussian_proposal (const LimenGaussianModel *model, const LimenGaussian *posterior,
                         LimenProposalKind kind)
{
  gsize k = model->latent;
  if (kind == LIMEN_PROPOSAL_PRIOR)
    return limen_gaussian_model_prior (model);
  if (kind == LIMEN_PROPOSAL_POSTERIOR)
    return limen_gaussian_copy (posterior);
  g_autofree double *variance = g_new (double, k);
  for (gsize j = 0; j < k; j++)
    variance[j] = posterior->covariance[j * k + j];
  if (kind == LIMEN_PROPOSAL_ELBO)
    fill_mean_field_variance (model, variance);
  return limen_gaussian_new_diagonal ("The proposal", model->latent, posterior->mean, variance,
                                      NULL);
}
