#include "model/latent/gaussian.h"
#include "model/latent/cholesky.h"

#include <math.h>
#include <string.h>

#define ASYMMETRY                                                                                  \
  1e-9 /* relative: what a covariance may lose when it is written with 10 digits                   \
        */
#define LOG_2PI 1.8378770664093453

static LimenGaussian *
gaussian_alloc (guint k)
{
  LimenGaussian *gaussian = g_new0 (LimenGaussian, 1);
  gaussian->dimension = k;
  gaussian->mean = g_new0 (double, k);
  gaussian->covariance = g_new0 (double, (gsize)k *k);
  gaussian->factor = g_new0 (double, (gsize)k *k);
  return gaussian;
}

void
limen_gaussian_free (LimenGaussian *gaussian)
{
  if (!gaussian)
    return;
  g_free (gaussian->mean);
  g_free (gaussian->covariance);
  g_free (gaussian->factor);
  g_free (gaussian);
}

static gboolean
gaussian_factorize (LimenGaussian *gaussian)
{
  gsize k = gaussian->dimension;
  memcpy (gaussian->factor, gaussian->covariance, k * k * sizeof (double));
  if (!limen_cholesky (gaussian->factor, k))
    return FALSE;
  gaussian->log_determinant = limen_cholesky_log_determinant (gaussian->factor, k);
  return TRUE;
}

static gboolean
all_finite (const double *value, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (value[i]))
      return FALSE;
  return TRUE;
}

/* Returns: (nullable): what is wrong with the matrix */
static const char *
covariance_flaw (const double *covariance, gsize k)
{
  for (gsize i = 0; i < k; i++)
    if (covariance[i * k + i] <= 0)
      return "has a variance that is not positive; give each a number above 0";
  for (gsize i = 0; i < k; i++)
    for (gsize j = 0; j < i; j++)
      if (fabs (covariance[i * k + j] - covariance[j * k + i]) >
          ASYMMETRY * sqrt (covariance[i * k + i] * covariance[j * k + j]))
        return "has a covariance that is not symmetric; write the same number on both sides of its "
               "diagonal";
  return NULL;
}

static gboolean
refuse (GError **error, const char *name, const char *reason)
{
  g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT, "%s %s.", name, reason);
  return FALSE;
}

LimenGaussian *
limen_gaussian_new (const char *name, guint dimension, const double *mean, const double *covariance,
                    GError **error)
{
  gsize k = dimension;
  g_autoptr (LimenGaussian) gaussian = NULL;
  const char *flaw = NULL;
  if (k == 0)
    flaw = "has no variable; give it at least one";
  else if (!all_finite (mean, k) || !all_finite (covariance, k * k))
    flaw = "has a number that is not finite; give numbers only";
  else
    flaw = covariance_flaw (covariance, k);
  if (!flaw) {
    gaussian = gaussian_alloc (dimension);
    memcpy (gaussian->mean, mean, k * sizeof *mean);
    for (gsize i = 0; i < k; i++)
      for (gsize j = 0; j < k; j++)
        gaussian->covariance[i * k + j] = (covariance[i * k + j] + covariance[j * k + i]) / 2;
    if (!gaussian_factorize (gaussian))
      flaw = "has a covariance that is not positive definite; make its correlations smaller";
  }
  return flaw ? refuse (error, name, flaw), NULL : g_steal_pointer (&gaussian);
}

LimenGaussian *
limen_gaussian_new_diagonal (const char *name, guint dimension, const double *mean,
                             const double *variance, GError **error)
{
  g_autofree double *covariance = g_new0 (double, (gsize)dimension *dimension);
  for (gsize i = 0; i < dimension; i++)
    covariance[i * dimension + i] = variance[i];
  return limen_gaussian_new (name, dimension, mean, covariance, error);
}

LimenGaussian *
limen_gaussian_copy (const LimenGaussian *gaussian)
{
  gsize k = gaussian->dimension, size = sizeof (double);
  LimenGaussian *copy = gaussian_alloc (gaussian->dimension);
  memcpy (copy->mean, gaussian->mean, k * size);
  memcpy (copy->covariance, gaussian->covariance, k * k * size);
  memcpy (copy->factor, gaussian->factor, k * k * size);
  copy->log_determinant = gaussian->log_determinant;
  return copy;
}

double
limen_gaussian_log_density (const LimenGaussian *gaussian, const double *z)
{
  double few[16], distance = 0;
  gsize k = gaussian->dimension;
  g_autofree double *many = k > G_N_ELEMENTS (few) ? g_new (double, k) : NULL;
  double *e = many ? many : few;
  for (gsize i = 0; i < k; i++)
    e[i] = z[i] - gaussian->mean[i];
  limen_cholesky_solve_lower (gaussian->factor, k, e);
  for (gsize i = 0; i < k; i++)
    distance += e[i] * e[i];
  return -0.5 * ((double)k * LOG_2PI + gaussian->log_determinant + distance);
}

void
limen_gaussian_place (const LimenGaussian *gaussian, const double *e, double *z)
{
  gsize k = gaussian->dimension;
  for (gsize i = 0; i < k; i++) {
    z[i] = gaussian->mean[i];
    for (gsize j = 0; j <= i; j++)
      z[i] += gaussian->factor[i * k + j] * e[j];
  }
}

/* A mean of positive definite matrices is one. */
LimenGaussian *
limen_gaussian_between (const LimenGaussian *from, const LimenGaussian *to, double t)
{
  g_return_val_if_fail (from->dimension == to->dimension, NULL);
  gsize k = from->dimension;
  double s = CLAMP (t, 0, 1);
  g_autoptr (LimenGaussian) between = gaussian_alloc (from->dimension);
  for (gsize i = 0; i < k; i++)
    between->mean[i] = (1 - s) * from->mean[i] + s * to->mean[i];
  for (gsize i = 0; i < k * k; i++)
    between->covariance[i] = (1 - s) * from->covariance[i] + s * to->covariance[i];
  return gaussian_factorize (between) ? g_steal_pointer (&between)
                                      : limen_gaussian_copy (s < 0.5 ? from : to);
}
