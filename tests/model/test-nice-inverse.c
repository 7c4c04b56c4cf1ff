/* A flow run backwards. */
#include "model/flow/nice-inverse.h"
#include "tests/model/data-files.h"
#include "tests/model/random-nice.h"

#include <stdlib.h>

static float *
rows_of (const LimenImageSet *set)
{
  guint n = limen_image_set_n_images (set);
  float *rows = g_new (float, (gsize)n *limen_image_set_width (set) * limen_image_set_height (set));
  limen_image_set_copy_rows (set, 0, n, rows);
  return rows;
}

/* The greatest |f⁻¹(f(x)) − x|. */
static double
round_trip_error (const LimenNice *nice, const float *x, guint n)
{
  gsize n_values = (gsize)n * limen_nice_shape (nice).dimension;
  g_autofree float *z = g_new (float, n_values), *back = g_new (float, n_values);
  double worst = 0;
  g_assert_true (limen_nice_to_latent (nice, x, n, z, NULL, NULL));
  g_assert_true (limen_nice_from_latent (nice, z, n, back, NULL, NULL));
  for (gsize i = 0; i < n_values; i++)
    worst = MAX (worst, fabs ((double)back[i] - x[i]));
  return worst;
}

static void
test_undoes_a_flow (void)
{
  static const LimenNiceShape shapes[] = {{64, 50, 2, 4}, {64, 70, 1, 3}, {64, 20, 3, 1}};
  g_autoptr (LimenImageSet) images = random_images (700, 8, 8, 1);
  g_autofree float *x = rows_of (images);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autoptr (LimenNice) nice = random_nice (shapes[i], i);
    g_assert_cmpfloat (round_trip_error (nice, x, 700), <, 1e-5);
  }
}

static void
test_undoes_the_flow_of_the_course_on_mnist (void)
{
  g_autofree char *weights = shared_path ("reference/nice/full/nice.pt");
  g_autofree char *images = weights ? shared_path ("data/mnist/t10k-images-idx3-ubyte.gz") : NULL;
  g_autoptr (GError) error = NULL;
  if (!images)
    return;
  const char *paths[] = {images, NULL};
  LimenImageSetOptions options = {.max_images = 1000};
  g_autoptr (LimenNice) nice = limen_nice_load (weights, NULL, &error);
  g_autoptr (LimenImageSet) set = limen_image_set_load (paths, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autofree float *x = rows_of (set);
  double worst = round_trip_error (nice, x, 1000);
  g_test_message ("worst %g", worst);
  g_assert_cmpfloat (worst, <, 1e-4);
}

/* log p(x) = Σ −|z| − 2 log(1 + exp(−|z|)) + scale */
static void
test_latent_points_have_the_likelihood_of_images (void)
{
  g_autoptr (LimenNice) nice = random_nice ((LimenNiceShape){64, 40, 2, 3}, 5);
  g_autoptr (LimenImageSet) images = random_images (20, 8, 8, 6);
  g_autofree float *x = rows_of (images);
  float z[20 * 64];
  double expected[20];
  g_assert_true (limen_nice_to_latent (nice, x, 20, z, NULL, NULL));
  g_assert_true (limen_nice_log_likelihood (nice, images, expected, NULL, NULL, NULL, NULL));
  for (guint i = 0; i < 20; i++) {
    double sum = 0;
    for (guint d = 0; d < 64; d++) {
      double size = fabs ((double)z[i * 64 + d]);
      sum += nice->scale[d] - size - 2 * log1p (exp (-size));
    }
    g_assert_cmpfloat_with_epsilon (sum, expected[i], 1e-3);
  }
}

/* A flow that changes nothing draws pixels from the standard logistic distribution. */
static void
test_samples_follow_the_prior (void)
{
  g_autoptr (LimenNice) nice = limen_nice_new ((LimenNiceShape){100, 4, 1, 1}, "identity");
  g_autoptr (LimenImageSet) set = limen_nice_sample (nice, 400, 1, 1, NULL, NULL);
  g_autofree float *x = rows_of (set);
  guint n_black = 0, n_white = 0, n_dark = 0, n = 400 * 100;
  for (guint i = 0; i < n; i++) {
    n_black += x[i] == 0;
    n_white += x[i] == 1;
    n_dark += x[i] < 0.5f;
  }
  g_assert_cmpuint (limen_image_set_width (set), ==, 10);
  /* σ(1/256), σ(−255/256), σ(1/2), each within four standard deviations */
  g_assert_cmpfloat_with_epsilon ((double)n_black / n, 0.50098, 0.01);
  g_assert_cmpfloat_with_epsilon ((double)n_white / n, 0.26971, 0.009);
  g_assert_cmpfloat_with_epsilon ((double)n_dark / n, 0.62246, 0.01);
}

static void
test_a_sample_depends_on_seed_and_index (void)
{
  g_autoptr (LimenNice) nice = random_nice ((LimenNiceShape){24, 30, 2, 4}, 7);
  g_autoptr (LimenImageSet) few = limen_nice_sample (nice, 3, 9, 0.8, NULL, NULL);
  g_autoptr (LimenImageSet) many = limen_nice_sample (nice, 700, 9, 0.8, NULL, NULL);
  g_autoptr (LimenImageSet) other = limen_nice_sample (nice, 3, 10, 0.8, NULL, NULL);
  g_autofree float *a = rows_of (few), *b = rows_of (many), *c = rows_of (other);
  g_assert_cmpmem (a, 3 * 24 * sizeof *a, b, 3 * 24 * sizeof *b);
  g_assert_cmpint (memcmp (a, c, 3 * 24 * sizeof *a), !=, 0);
  g_assert_cmpuint (limen_image_set_width (few), ==, 6);
  g_assert_cmpuint (limen_image_set_height (few), ==, 4);
}

static void
test_without_temperature_all_samples_are_one (void)
{
  g_autoptr (LimenNice) nice = random_nice ((LimenNiceShape){36, 30, 2, 4}, 8);
  g_autoptr (LimenImageSet) set = limen_nice_sample (nice, 5, 1, 0, NULL, NULL);
  g_autofree float *x = rows_of (set);
  for (guint i = 1; i < 5; i++)
    g_assert_cmpmem (x, 36 * sizeof *x, x + i * 36, 36 * sizeof *x);
}

static void
test_a_walk_goes_from_image_to_image (void)
{
  g_autoptr (LimenNice) nice = random_nice ((LimenNiceShape){64, 60, 2, 4}, 11);
  g_autoptr (LimenImageSet) images = random_images (50, 8, 8, 12);
  g_autoptr (LimenImageSet) walk = limen_nice_walk (nice, images, 4, images, 31, 9, NULL, NULL);
  g_autofree float *x = rows_of (images), *y = rows_of (walk);
  g_assert_cmpuint (limen_image_set_n_images (walk), ==, 9);
  g_assert_cmpmem (y, 64 * sizeof *y, x + 4 * 64, 64 * sizeof *x);
  g_assert_cmpmem (y + 8 * 64, 64 * sizeof *y, x + 31 * 64, 64 * sizeof *x);
  for (guint i = 1; i < 9; i++)
    g_assert_cmpint (memcmp (y + i * 64, y + (i - 1) * 64, 64 * sizeof *y), !=, 0);
}

static void
test_says_what_it_cannot_make (void)
{
  g_autoptr (LimenNice) nice = random_nice ((LimenNiceShape){64, 10, 1, 1}, 13);
  g_autoptr (LimenImageSet) small = random_images (2, 6, 6, 14), right = random_images (2, 8, 8, 1);
  g_autoptr (GError) none = NULL, many = NULL, one = NULL, size = NULL, stopped = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_assert_null (limen_nice_sample (nice, 0, 1, 1, NULL, &none));
  g_assert_error (none, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  g_assert_null (limen_nice_sample (nice, 1 << 20, 1, 1, NULL, &many));
  g_assert_error (many, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  g_assert_null (limen_nice_walk (nice, right, 0, right, 1, 1, NULL, &one));
  g_assert_error (one, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  g_assert_null (limen_nice_walk (nice, right, 0, small, 1, 5, NULL, &size));
  g_assert_error (size, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  assert_sentence (size, "blobs");
  g_cancellable_cancel (cancellable);
  g_assert_null (limen_nice_sample (nice, 5, 1, 1, cancellable, &stopped));
  g_assert_error (stopped, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nice-inverse/undoes-a-flow", test_undoes_a_flow);
  g_test_add_func ("/nice-inverse/undoes-the-flow-of-the-course-on-mnist",
                   test_undoes_the_flow_of_the_course_on_mnist);
  g_test_add_func ("/nice-inverse/latent-points-have-the-likelihood-of-images",
                   test_latent_points_have_the_likelihood_of_images);
  g_test_add_func ("/nice-inverse/samples-follow-the-prior", test_samples_follow_the_prior);
  g_test_add_func ("/nice-inverse/a-sample-depends-on-seed-and-index",
                   test_a_sample_depends_on_seed_and_index);
  g_test_add_func ("/nice-inverse/without-temperature-all-samples-are-one",
                   test_without_temperature_all_samples_are_one);
  g_test_add_func ("/nice-inverse/a-walk-goes-from-image-to-image",
                   test_a_walk_goes_from_image_to_image);
  g_test_add_func ("/nice-inverse/says-what-it-cannot-make", test_says_what_it_cannot_make);
  return g_test_run ();
}
