/* How fast a full flow scores, beside what the same cores do in a bare matrix product, and in how
 * much memory. */
#include "model/base/matrix.h"
#include "model/base/parallel.h"
#include "model/flow/nice.h"

#include <cblas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define M      512
#define N      1000
#define ROUNDS 24

static double
seconds (void)
{
  return (double)g_get_monotonic_time () / G_USEC_PER_SEC;
}

static double
peak_megabytes (void)
{
  g_autofree char *status = NULL;
  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  const char *line = status ? strstr (status, "VmHWM:") : NULL;
  return line ? g_ascii_strtod (line + strlen ("VmHWM:"), NULL) / 1024 : 0;
}

static void
multiply (guint batch, guint worker, gpointer data)
{
  float **x = data;
  float *y = x[1 + worker];
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, M, N, N, 1, x[0] + (gsize)N * N, N, x[0],
               N, 0, y, N);
}

/* Both cores multiply (512, 1000) by (1000, 1000), each its own, as the flow's batches do; and, the
 * other way to use both, OpenBLAS's own threads do it together: the better of the two. Returns:
 * operations per second */
static double
product_rate (void)
{
  guint n_workers = limen_n_workers ();
  g_autofree float **x = g_new0 (float *, n_workers + 1);
  x[0] = limen_floats_new ((gsize)N * N + (gsize)M * N);
  for (gsize i = 0; i < (gsize)N * N + (gsize)M * N; i++)
    x[0][i] = (float)(i % 101) / 101 - 0.5f;
  for (guint i = 0; i < n_workers; i++)
    x[1 + i] = limen_floats_new ((gsize)M * N);
  openblas_set_num_threads (1);
  limen_parallel (n_workers, multiply, x, NULL, NULL);
  double start = seconds ();
  limen_parallel (ROUNDS * n_workers, multiply, x, NULL, NULL);
  double apart = ROUNDS * n_workers * 2.0 * M * N * N / (seconds () - start);
  openblas_set_num_threads ((int)n_workers);
  multiply (0, 0, x);
  start = seconds ();
  for (guint i = 0; i < ROUNDS * n_workers; i++)
    multiply (i, 0, x);
  double together = ROUNDS * n_workers * 2.0 * M * N * N / (seconds () - start);
  openblas_set_num_threads (1);
  for (guint i = 0; i <= n_workers; i++)
    free (x[i]);
  return MAX (apart, together);
}

/* Multiplications and additions for one image, as the architecture says, whether they are skipped
 * or not */
static double
operations (LimenNiceShape s)
{
  double inner = (double)s.width * s.width * (s.depth - 1);
  return 2 * s.couplings * ((double)s.dimension * s.width + inner);
}

static LimenImageSet *
load (const char *shared, const char *name)
{
  g_autofree char *path =
      g_build_filename (shared, "data", name, "t10k-images-idx3-ubyte.gz", NULL);
  const char *paths[] = {path, NULL};
  LimenImageSetOptions options = {28, 28, 0};
  return limen_image_set_load (paths, &options, NULL, NULL, NULL);
}

int
main (void)
{
  const char *shared = g_getenv ("LIMEN_SHARED_DIR");
  g_autofree char *path =
      g_build_filename (shared ? shared : "", "reference/nice/full/nice.pt", NULL);
  g_autoptr (LimenNice) nice = limen_nice_load (path, NULL, NULL);
  g_autoptr (LimenImageSet) mnist = nice ? load (shared, "mnist") : NULL;
  g_autoptr (LimenImageSet) kmnist = mnist ? load (shared, "kmnist") : NULL;
  if (!kmnist) {
    puts ("skipped: the full flow and its images are not beside the project");
    return 77;
  }
  guint n_mnist = limen_image_set_n_images (mnist), n = n_mnist + limen_image_set_n_images (kmnist);
  g_autofree double *scores = g_new (double, n);
  double rate[3], product[3];
  LimenNiceShape shape = limen_nice_shape (nice);
  double weights = operations (shape) / 2 * 4 / 1e6, peak = 0;
  for (int round = 0; round < 3; round++) {
    double start = seconds ();
    limen_nice_log_likelihood (nice, mnist, scores, NULL, NULL, NULL, NULL);
    limen_nice_log_likelihood (nice, kmnist, scores + n_mnist, NULL, NULL, NULL, NULL);
    rate[round] = n / (seconds () - start);
    if (round == 0)
      peak = peak_megabytes ();
    product[round] = product_rate ();
    printf ("%u images: %.0f images/s, %.1f G operations/s nominal; sgemm (%d, %d) x (%d, %d) on "
            "%u cores: "
            "%.1f G/s; fraction %.2f\n",
            n, rate[round], rate[round] * operations (shape) / 1e9, M, N, N, N, limen_n_workers (),
            product[round] / 1e9, rate[round] * operations (shape) / product[round]);
  }
  printf ("peak memory %.0f MB, weights %.0f MB, difference %.0f MB (at most 120)\n", peak, weights,
          peak - weights);
  return peak - weights > 120;
}
