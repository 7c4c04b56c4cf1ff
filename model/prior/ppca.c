#include "model/prior/prior-trainer-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define LOG_2PI 1.8378770664093453

/* Eigenvalues and -vectors of a symmetric matrix (LAPACK, in OpenBLAS, which comes without a header
 * for it where it is built without LAPACKE). Fortran passes the lengths of the strings behind all
 * else. */
void
dsyev_ (const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *values,
        double *work, const int *n_work, int *info, gsize jobz_length, gsize uplo_length);

void
limen_points_moments (const LimenPoints *points, double *mean, double *covariance)
{
  gsize n = points->n, d = points->d;
  g_autofree double *apart = g_new (double, d);
  memset (mean, 0, d * sizeof *mean);
  memset (covariance, 0, d * d * sizeof *covariance);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < d; j++)
      mean[j] += points->x[i * d + j] / (double)n;
  for (gsize i = 0; i < n; i++) {
    for (gsize j = 0; j < d; j++)
      apart[j] = points->x[i * d + j] - mean[j];
    for (gsize j = 0; j < d; j++)
      for (gsize l = 0; l < d; l++)
        covariance[j * d + l] += apart[j] * apart[l] / (double)n;
  }
}

/* Replaces @matrix: (d, d) by nothing of use, and fills in @values: (d), rising */
static gboolean
find_eigenvalues (double *matrix, guint d, double *values)
{
  int n = (int)d, n_work = 34 * n, info = 0; /* blocks of 32 columns, and two more */
  g_autofree double *work = g_new (double, (gsize)n_work);
  dsyev_ ("N", "L", &n, matrix, &n, values, work, &n_work, &info, 1, 1);
  return info == 0;
}

/* A model's covariance has at best the eigenvectors of the points', its k largest eigenvalues where
 * they exceed σ², and σ² in all other directions. An eigenvalue is off by a share of the largest,
 * from the sums over the points and from its search (Golub and Van Loan, "Matrix computations",
 * 2013, section 8.3.2); where it is the model's, too, that cancels, but for the rounding. */
LimenNumber
limen_ppca_maximum (const LimenPoints *points, guint latent, double sigma)
{
  guint d = points->d;
  g_autofree double *mean = g_new (double, d), *values = g_new (double, d);
  g_autofree double *covariance = g_new (double, (gsize)d *d);
  limen_points_moments (points, mean, covariance);
  if (!find_eigenvalues (covariance, d, values))
    return (LimenNumber){NAN, NAN};
  double sum = d * LOG_2PI, error = sum * DBL_EPSILON;
  double off = ((double)points->n + 8.0 * d) * DBL_EPSILON * fabs (values[d - 1]);
  for (guint i = 0; i < d; i++) {
    gboolean is_free = i + latent >= d; /* one of the largest */
    double variance = is_free ? MAX (values[i], sigma * sigma) : sigma * sigma;
    double term = log (variance) + values[i] / variance;
    sum += term;
    error += off / variance +
             4 * DBL_EPSILON * (fabs (log (variance)) + fabs (values[i]) / variance + fabs (sum));
  }
  return (LimenNumber){-0.5 * sum, 0.5 * error};
}

double
limen_ppca_log_likelihood (const LimenPoints *points, guint latent, double sigma)
{
  return limen_ppca_maximum (points, latent, sigma).value;
}

LimenGaussianModel *
limen_standard_prior (const LimenGaussianModel *model)
{
  LimenGaussianModel *standard = limen_gaussian_model_copy (model);
  gsize d = model->observed, k = model->latent;
  for (gsize i = 0; i < d; i++)
    for (gsize j = 0; j < k; j++) {
      standard->b[i] += model->a[i * k + j] * model->lambda1[j];
      standard->a[i * k + j] *= sqrt (model->lambda2[j]);
    }
  for (gsize j = 0; j < k; j++) {
    standard->lambda1[j] = 0;
    standard->lambda2[j] = 1;
  }
  return standard;
}
