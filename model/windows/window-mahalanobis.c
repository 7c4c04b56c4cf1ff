/* How many standard deviations a window is from the mean of normal ones, in the direction in which
 * it is (Mahalanobis, 1936). */
#include "model/base/matrix.h"
#include "model/base/parallel.h"
#include "model/windows/window-model-private.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_NUMBERS 4096               /* of a window: its covariance takes 128 MB */
#define MOST_BYTES   ((gsize)256 << 20) /* of the covariances of all cells */
/* Variance of a pixel that is known to one of 256 grey levels, and may be anything within */
#define GREY_LEVEL (1 / (12.0 * 255 * 255))

/* The Cholesky factor of a symmetric matrix (LAPACK, in OpenBLAS, which comes without a header for
 * it where it is built without LAPACKE). */
void
dpotrf_ (const char *uplo, const int *n, double *a, const int *lda, int *info, gsize uplo_length);

/* @mean: (cells², D); @whitening: (cells², D, D): W with Wᵀ·W = Σ⁻¹, lower triangular */
typedef struct {
  guint dimension, cells;
  float *mean, *whitening;
} Mahalanobis;

static void
mahalanobis_free (gpointer judge)
{
  Mahalanobis *mahalanobis = judge;
  free (mahalanobis->mean);
  free (mahalanobis->whitening);
  g_free (mahalanobis);
}

/* -- distances -- */

/* Two of (n_workers, LIMEN_WINDOW_BATCH, D) */
static gpointer
room_new (gconstpointer judge)
{
  const Mahalanobis *mahalanobis = judge;
  return limen_floats_new (2 * (gsize)limen_n_workers () * LIMEN_WINDOW_BATCH *
                           mahalanobis->dimension);
}

static void
score (gconstpointer judge, const float *x, guint n, guint cell, guint worker, gpointer room,
       float *out)
{
  const Mahalanobis *mahalanobis = judge;
  gsize dimension = mahalanobis->dimension, size = LIMEN_WINDOW_BATCH * dimension;
  float *apart = (float *)room + 2 * worker * size, *white = apart + size;
  const float *mean = mahalanobis->mean + cell * dimension;
  const float *whitening = mahalanobis->whitening + cell * dimension * dimension;
  for (guint i = 0; i < n; i++)
    for (gsize d = 0; d < dimension; d++)
      apart[i * dimension + d] = x[i * dimension + d] - mean[d];
  /* always as many rows, so that OpenBLAS takes the same way, and rounds alike */
  memset (apart + n * dimension, 0, (size - n * dimension) * sizeof *apart);
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, LIMEN_WINDOW_BATCH, (int)dimension,
               (int)dimension, 1, apart, (int)dimension, whitening, (int)dimension, 0, white,
               (int)dimension);
  for (guint i = 0; i < n; i++) {
    double sum = 0;
    for (gsize d = 0; d < dimension; d++)
      sum += (double)white[i * dimension + d] * white[i * dimension + d];
    out[i] = (float)sqrt (sum);
  }
}

const LimenWindowClass limen_window_mahalanobis_class = {room_new, free, score, mahalanobis_free};

/* -- fitting -- */

/* Of the windows of a cell: @apart: (n, D): from their mean; @covariance: (D, D) */
typedef struct {
  guint n, dimension;
  double *mean, *apart, *covariance;
} Moments;

static Moments
moments_new (guint n, guint dimension)
{
  return (Moments){n, dimension, g_new0 (double, dimension), g_new (double, (gsize)n *dimension),
                   g_new0 (double, (gsize)dimension *dimension)};
}

static void
moments_clear (Moments *moments)
{
  g_free (moments->mean);
  g_free (moments->apart);
  g_free (moments->covariance);
}

/* @index: (n): which of @draw */
static void
measure (Moments *moments, const LimenWindowDraw *draw, const guint32 *index)
{
  gsize dimension = moments->dimension, n = moments->n;
  for (gsize i = 0; i < n; i++)
    for (gsize d = 0; d < dimension; d++)
      moments->mean[d] += draw->x[index[i] * dimension + d] / (double)n;
  for (gsize i = 0; i < n; i++)
    for (gsize d = 0; d < dimension; d++)
      moments->apart[i * dimension + d] = draw->x[index[i] * dimension + d] - moments->mean[d];
  cblas_dsyrk (CblasRowMajor, CblasLower, CblasTrans, (int)dimension, (int)n, 1 / (double)n,
               moments->apart, (int)dimension, 0, moments->covariance, (int)dimension);
}

/* How far to go from the covariance S to m·I, m its mean variance, so that the expected error is
 * least: b²/d². Source: Ledoit and Wolf, "A well-conditioned estimator for large-dimensional
 * covariance matrices" (2004), section 3.3 */
static double
shrinkage (const Moments *moments, double variance)
{
  gsize dimension = moments->dimension, n = moments->n;
  double fourths = 0, squares = 0, off = 0;
  for (gsize i = 0; i < n; i++) {
    double length = cblas_ddot ((int)dimension, moments->apart + i * dimension, 1,
                                moments->apart + i * dimension, 1);
    fourths += length * length;
  }
  for (gsize i = 0; i < dimension; i++)
    for (gsize j = 0; j <= i; j++) {
      double value = moments->covariance[i * dimension + j];
      squares += (i == j ? 1 : 2) * value * value;
      value -= i == j ? variance : 0;
      off += (i == j ? 1 : 2) * value * value;
    }
  double b = (fourths / (double)n - squares) / (double)n;
  return off > 0 ? CLAMP (b / off, 0, 1) : 0;
}

/* Σ = (1 − a)·S + a·m·I + q·I, a by Ledoit and Wolf, q of a grey level; replaced by its factor */
static gboolean
factorize (Moments *moments)
{
  gsize dimension = moments->dimension;
  int n = (int)dimension, info = 0;
  double variance = 0;
  for (gsize d = 0; d < dimension; d++)
    variance += moments->covariance[d * dimension + d] / (double)dimension;
  double a = shrinkage (moments, variance);
  for (gsize i = 0; i < dimension * dimension; i++)
    moments->covariance[i] *= 1 - a;
  for (gsize d = 0; d < dimension; d++)
    moments->covariance[d * dimension + d] += a * variance + GREY_LEVEL;
  dpotrf_ ("U", &n, moments->covariance, &n, &info, 1); /* its columns are our rows */
  return info == 0;
}

/* W = L⁻¹ of Σ = L·Lᵀ */
static void
whiten (const Moments *moments, float *mean, float *whitening)
{
  gsize dimension = moments->dimension;
  g_autofree double *inverse = g_new0 (double, dimension *dimension);
  for (gsize d = 0; d < dimension; d++) {
    inverse[d * dimension + d] = 1;
    mean[d] = (float)moments->mean[d];
  }
  cblas_dtrsm (CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, (int)dimension,
               (int)dimension, 1, moments->covariance, (int)dimension, inverse, (int)dimension);
  for (gsize i = 0; i < dimension * dimension; i++)
    whitening[i] = (float)inverse[i];
}

static gboolean
fit_cell (Mahalanobis *mahalanobis, const LimenWindowDraw *draw, const guint32 *index, guint n,
          guint cell, GError **error)
{
  gsize dimension = mahalanobis->dimension;
  Moments moments = moments_new (n, mahalanobis->dimension);
  measure (&moments, draw, index);
  gboolean ok = factorize (&moments);
  if (ok)
    whiten (&moments, mahalanobis->mean + cell * dimension,
            mahalanobis->whitening + cell * dimension * dimension);
  else
    limen_fail (error, LIMEN_ERROR_MISMATCH,
                "The covariance of normal windows of %u numbers can't be inverted; choose "
                "the nearest window as the model.",
                mahalanobis->dimension);
  moments_clear (&moments);
  return ok;
}

/* -- cells -- */

/* @first: (cells² + 1); @index: (n): the windows of each cell one behind the other
 * Returns: those of the emptiest */
static guint
sort_by_cell (const LimenWindowDraw *draw, guint cells, guint32 *first, guint32 *index)
{
  guint n_cells = cells * cells, least = G_MAXUINT;
  g_autofree guint *cell = g_new (guint, draw->n);
  g_autofree guint32 *next = g_new0 (guint32, n_cells + 1);
  for (guint i = 0; i < draw->n; i++) {
    cell[i] = limen_window_cell (cells, draw->place[2 * i], draw->place[2 * i + 1]);
    next[cell[i] + 1]++;
  }
  for (guint c = 0; c < n_cells; c++) {
    least = MIN (least, next[c + 1]);
    next[c + 1] += next[c];
  }
  memcpy (first, next, (n_cells + 1) * sizeof *first);
  for (guint i = 0; i < draw->n; i++)
    index[next[cell[i]]++] = i;
  return least;
}

gpointer
limen_window_mahalanobis_new (const LimenWindowDraw *draw, guint *cells, GError **error)
{
  gsize dimension = draw->dimension;
  if (dimension > MOST_NUMBERS) {
    limen_fail (error, LIMEN_ERROR_ARGUMENT,
                "A covariance of windows of %u numbers is too large; choose windows of at most %d, "
                "or the nearest window as the model.",
                draw->dimension, MOST_NUMBERS);
    return NULL;
  }
  g_autofree guint32 *first = g_new (guint32, *cells * *cells + 1);
  g_autofree guint32 *index = g_new (guint32, draw->n);
  while (sort_by_cell (draw, *cells, first, index) < 4 * dimension && *cells > 1)
    *cells /= 2;
  while (*cells > 1 && *cells * *cells * dimension * dimension * sizeof (float) > MOST_BYTES)
    *cells /= 2;
  sort_by_cell (draw, *cells, first, index);
  gsize n_cells = (gsize)*cells * *cells;
  Mahalanobis *mahalanobis = g_new (Mahalanobis, 1);
  *mahalanobis = (Mahalanobis){draw->dimension, *cells, limen_floats_new (n_cells * dimension),
                               limen_floats_new (n_cells * dimension * dimension)};
  gboolean ok = TRUE;
  for (guint cell = 0; ok && cell < n_cells; cell++)
    ok = fit_cell (mahalanobis, draw, index + first[cell], first[cell + 1] - first[cell], cell,
                   error);
  if (!ok)
    g_clear_pointer (&mahalanobis, mahalanobis_free);
  return mahalanobis;
}
