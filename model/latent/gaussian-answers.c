/* What the linear Gaussian model answers in closed form: evidence, bound, posterior. */
#include "model/latent/gaussian-closed.h"
#include "model/latent/gaussian-digits.h"
#include "model/latent/gaussian-model-private.h"

#include <float.h>
#include <math.h>

LimenNumber
limen_gaussian_model_known_evidence (const LimenGaussianModel *model, const double *x)
{
  if (limen_gaussian_is_large (model, x)) {
    g_autoptr (LimenGaussian) posterior = limen_large_posterior (model, x);
    return limen_large_log_evidence (model, x, posterior);
  }
  g_autoptr (LimenDigitsPosterior) posterior =
      limen_digits_posterior_new (model, x, limen_gaussian_bits (model, x));
  double evidence = mpfr_get_d (posterior->log_evidence->at[0], LIMEN_ROUND);
  mpfr_free_cache2 (MPFR_FREE_LOCAL_CACHE);
  return (LimenNumber){evidence, fabs (evidence) * DBL_EPSILON / 2};
}

/* The parts of @posterior but its prior mean and variances, which it was made with */
static void
take_digits (LimenGaussian *posterior, const LimenDigitsPosterior *digits)
{
  gsize k = digits->k;
  const mpfr_t *inverse = digits->inverse->at;
  mpfr_t sum;
  mpfr_init2 (sum, digits->bits);
  limen_reals_give (digits->mean, posterior->mean);
  limen_reals_give (digits->inverse, posterior->factor);
  for (gsize i = 0; i < k; i++)
    for (gsize j = 0; j <= i; j++) {
      limen_reals_dot (sum, inverse + i * k, 1, inverse + j * k, 1, j + 1);
      posterior->covariance[i * k + j] = posterior->covariance[j * k + i] =
          mpfr_get_d (sum, LIMEN_ROUND) + 0.0; /* no −0 */
    }
  limen_reals_diagonal (sum, digits->inverse, k);
  mpfr_log (sum, sum, LIMEN_ROUND);
  posterior->log_determinant = 2 * mpfr_get_d (sum, LIMEN_ROUND);
  mpfr_clear (sum);
}

LimenGaussian *
limen_gaussian_model_posterior (const LimenGaussianModel *model, const double *x)
{
  if (limen_gaussian_is_large (model, x))
    return limen_large_posterior (model, x);
  g_autoptr (LimenDigitsPosterior) digits =
      limen_digits_posterior_new (model, x, limen_gaussian_bits (model, x));
  LimenGaussian *posterior = limen_gaussian_model_prior (model);
  take_digits (posterior, digits);
  mpfr_free_cache2 (MPFR_FREE_LOCAL_CACHE);
  return posterior;
}
