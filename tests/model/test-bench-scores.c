/* Each score of the bench beside an independent computation. */
#include "model/bench/combination.h"
#include "model/bench/complexity.h"
#include "model/bench/latent-fit.h"
#include "model/bench/vae-statistics.h"
#include "model/data/images.h"
#include "tests/model/near-asserts.h"
#include "tests/model/random-vae.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_statistics.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Complexity */

/* Bytes between the lengths and checksums of a file's IDAT chunks, found by their name */
static gsize
idat_in_file (const guint8 *pixels, guint width, guint height)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "limen-complexity-XXXXXX", NULL);
  g_autofree char *bytes = NULL;
  gsize length, n = 0;
  int fd = g_mkstemp (path);
  g_assert_cmpint (fd, >=, 0);
  FILE *file = fdopen (fd, "wb");
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (png);
  png_init_io (png, file);
  png_set_IHDR (png, info, width, height, 8, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info (png, info);
  for (guint row = 0; row < height; row++)
    png_write_row (png, pixels + row * width);
  png_write_end (png, info);
  png_destroy_write_struct (&png, &info);
  fclose (file);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  remove (path);
  const char *end = bytes + length;
  for (const char *at = bytes; (at = memmem (at, (gsize)(end - at), "IDAT", 4)); at += 4)
    n += (gsize)(guint8)at[-1] | (gsize)(guint8)at[-2] << 8 | (gsize)(guint8)at[-3] << 16;
  return n;
}

static gsize
zlib_of (const guint8 *pixels, gsize n)
{
  uLongf length = compressBound (n);
  g_autofree guint8 *packed = g_new (guint8, length);
  g_assert_cmpint (compress2 (packed, &length, pixels, n, Z_BEST_COMPRESSION), ==, Z_OK);
  return length;
}

static void
fill_picture (guint kind, LimenRandom *random, guint8 *pixels, guint width, guint height)
{
  for (guint i = 0; i < width * height; i++)
    pixels[i] = kind == 0   ? (guint8)limen_random_below (random, 256)
                : kind == 1 ? 127
                : kind == 2 ? (guint8)(i % width * 9)
                            : (guint8)(i / width * 9 + limen_random_below (random, 4));
}

static void
test_complexity_counts_real_bytes (void)
{
  static const guint sizes[][2] = {{28, 28}, {64, 64}, {7, 5}, {200, 200}};
  gboolean png_wins = FALSE, zlib_wins = FALSE;
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    guint w = sizes[s][0], h = sizes[s][1], n = w * h;
    LimenRandom random = limen_random_stream (1, "pictures", s);
    g_autoptr (LimenCompressor) compressor = limen_compressor_new (w, h);
    g_autofree guint8 *pixels = g_new (guint8, n);
    g_autofree float *x = g_new (float, n);
    for (guint picture = 0; picture < 40; picture++) {
      fill_picture (picture % 4, &random, pixels, w, h);
      for (guint i = 0; i < n; i++)
        x[i] = limen_u8_to_float ()[pixels[i]];
      gsize png = idat_in_file (pixels, w, h), zlib = zlib_of (pixels, n);
      double bits = limen_compressor_bits (compressor, x);
      g_assert_cmpfloat (bits, ==, 8.0 * (double)MIN (png, zlib));
      png_wins = png_wins || png < zlib;
      zlib_wins = zlib_wins || zlib < png;
    }
  }
  g_assert_true (png_wins && zlib_wins); /* the minimum is of something */
}

/* −log2 of the probability of an image whose pixels are each uniform on 256 levels is 8·D: its
 * density is 1; and of twice that density one bit less */
static void
test_complexity_is_a_difference_of_code_lengths (void)
{
  assert_near (limen_complexity_score (0, 1000, 784), 8 * 784 - 1000, 1e-9);
  assert_near (limen_complexity_score (log (2), 1000, 784), 8 * 784 - 1001, 1e-9);
  assert_near (limen_bits_per_dimension (784 * log (4), 784), 6, 1e-12);
  g_assert_cmpfloat (limen_complexity_score (-INFINITY, 1000, 784), ==, INFINITY);
}

/* Latent fit */

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* As it is written in the paper, of u = F(z) in long double */
static double
plain_fit (const float *z, guint n)
{
  g_autofree double *sorted = g_new (double, n);
  long double sum = 0;
  for (guint i = 0; i < n; i++)
    sorted[i] = z[i];
  qsort (sorted, n, sizeof *sorted, compare_doubles);
  for (guint i = 1; i <= n; i++) {
    long double low = 1 / (1 + expl (-(long double)sorted[i - 1]));
    long double rest = 1 / (1 + expl ((long double)sorted[n - i]));
    sum += (2.0L * i - 1) * (logl (low) + logl (rest));
  }
  return (double)(-(long double)n - sum / n);
}

static float
draw_logistic (LimenRandom *random)
{
  double u = limen_random_uniform (random) + 1e-17;
  return (float)log (u / (1 - u));
}

static void
test_latent_fit_is_the_statistic (void)
{
  LimenRandom random = limen_random_stream (3, "latents", 0);
  float z[900], room[1800];
  for (guint round = 0; round < 200; round++) {
    guint n = 1 + limen_random_below (&random, 900);
    float scale = round % 3 == 0 ? 1 : round % 3 == 1 ? 0.2f : 6;
    for (guint i = 0; i < n; i++)
      z[i] = scale * draw_logistic (&random) + (round % 5 == 0 ? 1 : 0);
    double expected = plain_fit (z, n), found = limen_latent_fit (z, n, room);
    assert_near (found, expected, 1e-6 * fabs (expected) + 1e-10);
  }
  z[0] = NAN;
  g_assert_true (isnan (limen_latent_fit (z, 5, room)));
}

/* Anderson and Darling, "A test of goodness of fit" (1954), section 5: 10, 5 and 1 %; Stephens,
 * "EDF statistics for goodness of fit and some comparisons" (1974), table 1, case 0: 2.5 % */
static void
test_latent_fit_has_the_published_quantiles (void)
{
  static const struct {
    double statistic, upper;
  } table[] = {{1.933, 0.10}, {2.492, 0.05}, {3.070, 0.025}, {3.857, 0.01}};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    assert_near (limen_latent_fit_p_value (table[i].statistic, 1000000), table[i].upper, 3e-4);
  g_assert_cmpfloat (limen_latent_fit_p_value (0, 10), ==, 1);
  g_assert_cmpfloat (limen_latent_fit_p_value (1e9, 784), <, 1e-5);
  g_assert_true (isnan (limen_latent_fit_p_value (NAN, 784)));
}

/* For infinitely many draws, A² is Σ χ²_j / (j (j + 1)): its tail by Imhof's integral, "Computing
 * the distribution of quadratic forms in normal variables" (1961), equation 3.2; what is left of
 * the sum is as good as its mean. */
static double
imhof_tail (double statistic)
{
  enum { TERMS = 200, STEPS = 40000 };
  const double step = 0.01, x = statistic - 1.0 / (TERMS + 1);
  double sum = 0;
  for (guint i = 0; i <= STEPS; i++) {
    double u = i * step, angle = -0.5 * x * u, log_size = 0, value;
    for (guint j = 1; j <= TERMS; j++) {
      double part = u / (j * (j + 1.0));
      angle += 0.5 * atan (part);
      log_size += 0.25 * log1p (part * part);
    }
    /* at 0, the derivative of the angle */
    value = i == 0 ? 0.5 * (1 - 1.0 / (TERMS + 1) - x) : sin (angle) * exp (-log_size) / u;
    sum += value * (i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2);
  }
  return 0.5 + sum * step / 3 / G_PI;
}

static void
test_latent_fit_equals_the_limit (void)
{
  static const double statistic[] = {0.3, 0.8, 1.5, 1.933, 2.7, 3.857, 6};
  for (guint i = 0; i < G_N_ELEMENTS (statistic); i++)
    assert_near (limen_latent_fit_p_value (statistic[i], 10000000), imhof_tail (statistic[i]),
                 2e-5);
}

/* For draws from the prior, p is uniform: the largest distance of its distribution function from
 * the diagonal is below Kolmogorov's 99.9 % quantile */
static void
test_latent_fit_p_value_is_uniform (void)
{
  enum { ROUNDS = 4000 };
  static const guint dimensions[] = {4, 30, 784};
  float z[784], room[1568];
  for (guint d = 0; d < G_N_ELEMENTS (dimensions); d++) {
    double p[ROUNDS], farthest = 0;
    LimenRandom random = limen_random_stream (4, "prior", d);
    for (guint round = 0; round < ROUNDS; round++) {
      for (guint i = 0; i < dimensions[d]; i++)
        z[i] = draw_logistic (&random);
      p[round] =
          limen_latent_fit_p_value (limen_latent_fit (z, dimensions[d], room), dimensions[d]);
    }
    qsort (p, ROUNDS, sizeof *p, compare_doubles);
    for (guint i = 0; i < ROUNDS; i++)
      farthest =
          MAX (farthest, MAX (fabs (p[i] - (i + 1.0) / ROUNDS), fabs (p[i] - (double)i / ROUNDS)));
    g_assert_cmpfloat (farthest, <, 1.95 / sqrt (ROUNDS));
  }
}

/* Normal scores */

static double
plain_quantile (const double *sorted, guint n, double p)
{
  guint below = (guint)((n - 1) * p);
  double part = (n - 1) * p - below;
  return below + 1 < n ? (1 - part) * sorted[below] + part * sorted[below + 1] : sorted[n - 1];
}

/* The map by its definition, without knots: from the nearest distinct values on either side */
static double
plain_normal_score (const double *sorted, guint n, double x)
{
  double low = plain_quantile (sorted, n, 0.025), high = plain_quantile (sorted, n, 0.975),
         median = plain_quantile (sorted, n, 0.5), tail = 1.9599639845400545;
  double left = low, right = high, z_left = -tail, z_right = tail;
  if (x < low)
    return -tail + (x - low) * tail / (median - low);
  if (x > high)
    return tail + (x - high) * tail / (high - median);
  for (guint i = 0; i < n; i++) {
    double below = 0, equal = 0;
    if (sorted[i] <= low || sorted[i] >= high)
      continue;
    for (guint j = 0; j < n; j++) {
      below += sorted[j] < sorted[i];
      equal += sorted[j] == sorted[i];
    }
    double z = gsl_cdf_ugaussian_Pinv ((below + equal / 2) / n);
    if (sorted[i] <= x && sorted[i] > left) {
      left = sorted[i];
      z_left = z;
    }
    if (sorted[i] >= x && sorted[i] < right) {
      right = sorted[i];
      z_right = z;
    }
  }
  return left == right ? z_left : z_left + (x - left) / (right - left) * (z_right - z_left);
}

static void
test_normal_scores_equal_their_definition (void)
{
  enum { N_VALUES = 150 };
  for (guint round = 0; round < 20; round++) {
    double fit[N_VALUES], previous = -INFINITY;
    LimenRandom random = limen_random_stream (5, "fit", round);
    for (guint i = 0; i < N_VALUES; i++) /* a heavy tail; every other time with ties */
      fit[i] = exp (limen_random_normal (&random));
    for (guint i = 0; i < N_VALUES && round % 2; i++)
      fit[i] = rint (8 * fit[i]);
    g_autoptr (LimenNormalScores) scores = limen_normal_scores_new (fit, N_VALUES);
    qsort (fit, N_VALUES, sizeof *fit, compare_doubles);
    for (double x = -5; x < 60; x += 0.0937) {
      double z = limen_normal_score_of (scores, x);
      assert_near (z, plain_normal_score (fit, N_VALUES, x), 1e-9);
      g_assert_cmpfloat (z, >, previous); /* no two values are the same */
      previous = z;
    }
  }
}

/* Twice as far out is twice as many standard deviations: noise and grey are apart */
static void
test_normal_scores_do_not_saturate (void)
{
  double fit[1000];
  for (guint i = 0; i < 1000; i++)
    fit[i] = gsl_cdf_ugaussian_Pinv ((i + 0.5) / 1000);
  g_autoptr (LimenNormalScores) scores = limen_normal_scores_new (fit, 1000);
  static const double beyond[] = {4, 8, 40, 4000, -4, -8, -40, -4000};
  for (guint i = 0; i < G_N_ELEMENTS (beyond); i++)
    assert_near (limen_normal_score_of (scores, beyond[i]), beyond[i], 1e-2 * fabs (beyond[i]));
  g_assert_cmpfloat (limen_normal_score_of (scores, INFINITY), ==, 1e6);
  g_assert_cmpfloat (limen_normal_score_of (scores, -INFINITY), ==, -1e6);
  g_assert_cmpfloat (limen_normal_score_of (scores, NAN), ==, 1e6);
}

static void
test_normal_scores_of_few_and_equal (void)
{
  const double same[5] = {2, 2, 2, NAN, INFINITY}, two[2] = {1, 3}, mostly[6] = {0, 0, 0, 0, 0, 1};
  double nearly[200] = {[199] = 1};
  g_assert_null (limen_normal_scores_new (same, 5));
  g_assert_null (limen_normal_scores_new (two, 1));
  g_assert_null (limen_normal_scores_new (NULL, 0));
  g_autoptr (LimenNormalScores) pair = limen_normal_scores_new (two, 2);
  assert_near (limen_normal_score_of (pair, 2), 0, 1e-12);
  assert_near (limen_normal_score_of (pair, 2.95), 1.9599639845, 1e-9);
  g_autoptr (LimenNormalScores) tied = limen_normal_scores_new (mostly, 6);
  assert_near (limen_normal_score_of (tied, 0), -1.9599639845, 1e-9);
  assert_near (limen_normal_score_of (tied, -1), -1.9599639845 - sqrt (6), 1e-9);
  g_assert_cmpfloat (limen_normal_score_of (tied, 2), >, limen_normal_score_of (tied, 1));
  g_autoptr (LimenNormalScores) one = limen_normal_scores_new (nearly, 200);
  g_assert_cmpfloat (limen_normal_score_of (one, 0), ==, 0);
  assert_near (limen_normal_score_of (one, 1), sqrt (200), 1e-9);
  assert_near (limen_normal_score_of (one, -1), -sqrt (200), 1e-9);
}

/* Mahalanobis */

enum { N_FIT = 400, N_COLUMNS = 4 };

static void
draw_columns (LimenRandom *random, double *const *column)
{
  for (guint i = 0; i < N_FIT; i++) {
    double shared = limen_random_normal (random);
    column[0][i] = shared + 0.2 * limen_random_normal (random);
    column[1][i] = exp (shared);
    column[2][i] = limen_random_normal (random);
    column[3][i] = 7; /* says nothing */
  }
}

/* By GSL: covariance, inverse by LU, a quadratic form */
static double
gsl_distance (const LimenCombination *combination, double *const *column, const double *value)
{
  enum { K = 3 };
  gsl_matrix *covariance = gsl_matrix_alloc (K, K), *inverse = gsl_matrix_alloc (K, K);
  gsl_vector *apart = gsl_vector_alloc (K), *solved = gsl_vector_alloc (K);
  gsl_permutation *order = gsl_permutation_alloc (K);
  double z[K][N_FIT], trace = 0, distance;
  int sign;
  for (guint j = 0; j < K; j++) {
    for (guint i = 0; i < N_FIT; i++)
      z[j][i] = limen_normal_score_of (combination->map[j], column[j][i]);
    double mean = gsl_stats_mean (z[j], 1, N_FIT);
    gsl_vector_set (apart, j, limen_normal_score_of (combination->map[j], value[j]) - mean);
  }
  for (guint a = 0; a < K; a++)
    for (guint b = 0; b < K; b++)
      gsl_matrix_set (covariance, a, b, gsl_stats_covariance (z[a], 1, z[b], 1, N_FIT));
  for (guint j = 0; j < K; j++)
    trace += gsl_matrix_get (covariance, j, j);
  for (guint j = 0; j < K; j++)
    *gsl_matrix_ptr (covariance, j, j) += LIMEN_COMBINATION_RIDGE * trace / K;
  gsl_linalg_LU_decomp (covariance, order, &sign);
  gsl_linalg_LU_invert (covariance, order, inverse);
  gsl_blas_dgemv (CblasNoTrans, 1, inverse, apart, 0, solved);
  gsl_blas_ddot (apart, solved, &distance);
  gsl_matrix_free (covariance);
  gsl_matrix_free (inverse);
  gsl_vector_free (apart);
  gsl_vector_free (solved);
  gsl_permutation_free (order);
  return sqrt (distance);
}

static void
test_combination_is_mahalanobis (void)
{
  LimenRandom random = limen_random_stream (6, "columns", 0);
  double memory[N_COLUMNS][N_FIT],
      *column[N_COLUMNS] = {memory[0], memory[1], memory[2], memory[3]};
  draw_columns (&random, column);
  g_autoptr (LimenCombination) combination =
      limen_combination_new ((const double *const *)column, N_COLUMNS, N_FIT);
  g_assert_cmpuint (combination->n_used, ==, 3);
  g_assert_null (combination->map[3]);
  for (guint round = 0; round < 100; round++) {
    double value[N_COLUMNS] = {3 * limen_random_normal (&random), 2 * limen_random_normal (&random),
                               9 * limen_random_normal (&random), limen_random_normal (&random)};
    double expected = gsl_distance (combination, column, value);
    assert_near (limen_combination_distance (combination, value), expected, 1e-6 * expected);
  }
  const double gone[N_COLUMNS] = {-INFINITY, NAN, INFINITY, 0};
  g_assert_true (isfinite (limen_combination_distance (combination, gone)));
}

static void
test_combination_of_nothing_that_varies (void)
{
  const double same[3] = {1, 1, 1}, *const column[1] = {same};
  g_assert_null (limen_combination_new (column, 1, 3));
}

/* Two columns that are one stay a distance: the ridge holds */
static void
test_combination_of_the_same_twice (void)
{
  double one[50];
  for (guint i = 0; i < 50; i++)
    one[i] = i;
  const double *const column[2] = {one, one};
  g_autoptr (LimenCombination) combination = limen_combination_new (column, 2, 50);
  const double middle[2] = {24.5, 24.5}, end[2] = {80, 80};
  assert_near (limen_combination_distance (combination, middle), 0, 1e-6);
  g_assert_cmpfloat (limen_combination_distance (combination, end), >, 2);
}

/* VAE */

static void
plain_statistics (const LimenVae *vae, const LimenImageSet *set, guint index, double *out)
{
  enum { MOST = 64 };
  guint k = vae->shape.latent, n = vae->shape.observed;
  float x[MOST];
  double image[MOST] = {0}, q[MOST], y[MOST], kl = 0, entropy = 0, mean = 0, apart = 0;
  limen_image_set_copy_rows (set, index, 1, x);
  for (guint i = 0; i < n; i++)
    image[i] = x[i];
  plain_mlp (&vae->encoder, image, q);
  plain_mlp (&vae->decoder, q, y);
  for (guint j = 0; j < k; j++) {
    kl += 0.5 * (exp (q[k + j]) + q[j] * q[j] - 1 - q[k + j]);
    entropy += 0.5 * (log (2 * G_PI * G_E) + q[k + j]);
    mean += q[j] * q[j];
  }
  for (guint i = 0; i < n; i++)
    apart += pow (x[i] - (vae->sigma > 0 ? y[i] : 1 / (1 + exp (-y[i]))), 2);
  out[LIMEN_VAE_STATISTIC_RECONSTRUCTION] = plain_log_likelihood (vae, x, q);
  out[LIMEN_VAE_STATISTIC_DIVERGENCE] = kl;
  out[LIMEN_VAE_STATISTIC_ENTROPY] = entropy;
  out[LIMEN_VAE_STATISTIC_RESIDUAL] = sqrt (apart);
  out[LIMEN_VAE_STATISTIC_MEAN] = sqrt (mean);
}

static void
test_vae_statistics (void)
{
  const LimenVaeShape shape = {36, 20, 18, 3};
  g_autoptr (LimenImageSet) set = random_images (20, 6, 6, 4);
  for (guint gaussian = 0; gaussian < 2; gaussian++) {
    g_autoptr (LimenVae) vae = random_vae (shape, gaussian ? 0.3 : 0, 5);
    g_autoptr (LimenVaeDecoder) decoder = limen_vae_decoder_new (vae);
    for (guint i = 0; i < 20; i++) {
      double found[LIMEN_N_VAE_STATISTICS] = {-1}, expected[LIMEN_N_VAE_STATISTICS];
      limen_vae_statistics (vae, decoder, set, i, found);
      plain_statistics (vae, set, i, expected);
      g_assert_cmpfloat (found[0], ==, -1);
      for (guint s = 1; s < LIMEN_N_VAE_STATISTICS; s++)
        assert_near (found[s], expected[s], 1e-6 * fabs (expected[s]));
    }
  }
}

#define ADD(name, function) g_test_add_func ("/bench-scores/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("complexity/counts-real-bytes", test_complexity_counts_real_bytes);
  ADD ("complexity/of-code-lengths", test_complexity_is_a_difference_of_code_lengths);
  ADD ("latent-fit/is-the-statistic", test_latent_fit_is_the_statistic);
  ADD ("latent-fit/published-quantiles", test_latent_fit_has_the_published_quantiles);
  ADD ("latent-fit/equals-the-limit", test_latent_fit_equals_the_limit);
  ADD ("latent-fit/p-value-is-uniform", test_latent_fit_p_value_is_uniform);
  ADD ("normal-scores/equal-their-definition", test_normal_scores_equal_their_definition);
  ADD ("normal-scores/do-not-saturate", test_normal_scores_do_not_saturate);
  ADD ("normal-scores/of-few-and-equal", test_normal_scores_of_few_and_equal);
  ADD ("combination/is-mahalanobis", test_combination_is_mahalanobis);
  ADD ("combination/of-nothing-that-varies", test_combination_of_nothing_that_varies);
  ADD ("combination/of-the-same-twice", test_combination_of_the_same_twice);
  ADD ("vae-statistics/equal-plain", test_vae_statistics);
  return g_test_run ();
}
