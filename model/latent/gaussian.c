#include "model/latent/gaussian.h"
#include "model/latent/cholesky.h"
#include "model/latent/reals.h"

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

/* -- factors -- */

typedef enum { DEFINITE, NOT_DEFINITE, NOT_TOLD } Definite;

#define FIRST_BITS 256
#define MOST_COST  1e6 /* multiplications of FIRST_BITS: a tenth of a second */

/* Bits with which a pivot that is less than half of them hold is 0: determinants are whole
 * multiples of the unit of the numbers to the power of k. */
static mpfr_prec_t
deciding_bits (const double *covariance, gsize k)
{
  int least = G_MAXINT, most = -G_MAXINT;
  for (gsize i = 0; i < k * k; i++)
    if (covariance[i] != 0) {
      least = MIN (least, ilogb (covariance[i]) - 53);
      most = MAX (most, ilogb (covariance[i]) + 1);
    }
  return 2 * (mpfr_prec_t)k * (most - least + 1) + FIRST_BITS;
}

/* @factor: the lower triangle of the covariance on entry, with @bits; its factor */
static Definite
factorize_with (LimenReals *factor, gsize k, gboolean decides)
{
  mpfr_t least;
  mpfr_init2 (least, factor->bits);
  gboolean positive = limen_reals_cholesky (factor, k, least);
  gboolean told = mpfr_regular_p (least) && mpfr_get_exp (least) > -(mpfr_exp_t)factor->bits / 2;
  mpfr_clear (least);
  return told ? (positive ? DEFINITE : NOT_DEFINITE) : decides ? NOT_DEFINITE : NOT_TOLD;
}

/* The numbers as they are, exact binary fractions */
static Definite
factorize_exactly (LimenGaussian *gaussian)
{
  gsize k = gaussian->dimension;
  mpfr_prec_t enough = deciding_bits (gaussian->covariance, k);
  Definite definite = NOT_TOLD;
  mpfr_t determinant;
  for (mpfr_prec_t bits = FIRST_BITS; definite == NOT_TOLD; bits *= 2) {
    if (pow ((double)k, 3) * pow ((double)bits / FIRST_BITS, 1.5) > MOST_COST)
      return NOT_TOLD;
    g_autoptr (LimenReals) factor = limen_reals_new (k * k, bits);
    limen_reals_take (factor, gaussian->covariance);
    definite = factorize_with (factor, k, bits >= enough);
    if (definite != DEFINITE)
      continue;
    limen_reals_give (factor, gaussian->factor);
    mpfr_init2 (determinant, bits);
    limen_reals_diagonal (determinant, factor, k);
    mpfr_log (determinant, determinant, LIMEN_ROUND);
    gaussian->log_determinant = 2 * mpfr_get_d (determinant, LIMEN_ROUND);
    mpfr_clear (determinant);
    mpfr_free_cache2 (MPFR_FREE_LOCAL_CACHE);
  }
  return definite;
}

/* In float64 where that is sure */
static Definite
gaussian_factorize (LimenGaussian *gaussian)
{
  gsize k = gaussian->dimension;
  memcpy (gaussian->factor, gaussian->covariance, k * k * sizeof (double));
  if (!limen_cholesky (gaussian->factor, k))
    return factorize_exactly (gaussian);
  gaussian->log_determinant = limen_cholesky_log_determinant (gaussian->factor, k);
  return DEFINITE;
}

int
limen_gaussian_lost_bits (const LimenGaussian *gaussian)
{
  gsize k = gaussian->dimension;
  double lost = 0;
  for (gsize i = 0; i < k; i++)
    lost += log2 (gaussian->covariance[i * k + i]) / 2 - log2 (gaussian->factor[i * k + i]);
  return (int)ceil (fmax (2 * lost, 0));
}

/* -- one -- */

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
          ASYMMETRY * sqrt (covariance[i * k + i]) * sqrt (covariance[j * k + j]))
        return "has a covariance that is not symmetric; write the same number on both sides of its "
               "diagonal";
  return NULL;
}

static gboolean
refuse (GError **error, const char *name, const char *reason)
{
  return limen_fail (error, LIMEN_ERROR_ARGUMENT, "%s %s.", name, reason);
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
    Definite definite = gaussian_factorize (gaussian);
    if (definite == NOT_DEFINITE)
      flaw = "has a covariance that is not positive definite; make its correlations smaller";
    else if (definite == NOT_TOLD)
      flaw = "has a covariance that is not positive definite, or too near to a singular one to "
             "tell; make its correlations smaller";
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
  return gaussian_factorize (between) == DEFINITE ? g_steal_pointer (&between)
                                                  : limen_gaussian_copy (s < 0.5 ? from : to);
}
