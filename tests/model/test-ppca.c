#include "tests/model/gaussian-answers.h"
#include "model/gaussian-random.h"
#include "model/prior/prior-trainer.h"

static void
assert_near (double value, double expected, double tolerance)
{
  if (!(fabs (value - expected) <= tolerance))
    g_error ("%.16g is not %.16g within %g", value, expected, tolerance);
}

static double
log_likelihood (const LimenGaussianModel *model, const LimenPoints *points)
{
  double sum = 0;
  for (gsize i = 0; i < points->n; i++)
    sum += gaussian_log_evidence (model, points->x + i * points->d);
  return sum / points->n;
}

/* -- the highest log-likelihood -- */

/* Four points on two axes: variances 4 and 1, mean (1, −2). A model with one latent variable and
 * σ² = 0.5 takes in the larger one whole. */
static void
test_by_hand (void)
{
  double sqrt8 = sqrt (8), sqrt2 = sqrt (2);
  double x[] = {1 + sqrt8, -2, 1 - sqrt8, -2, 1, -2 + sqrt2, 1, -2 - sqrt2};
  const LimenPoints points = {(char *)"by hand", 4, 2, x};
  double log_2pi = log (2 * G_PI), sigma = sqrt (0.5);
  double none = -0.5 * (2 * log_2pi + 2 * log (0.5) + 5 / 0.5);
  double one = -0.5 * (2 * log_2pi + log (4) + 1 + log (0.5) + 1 / 0.5);
  double both = -0.5 * (2 * log_2pi + log (4) + 1 + log (1) + 1);
  assert_near (limen_ppca_log_likelihood (&points, 0, sigma), none, 1e-13);
  assert_near (limen_ppca_log_likelihood (&points, 1, sigma), one, 1e-13);
  assert_near (limen_ppca_log_likelihood (&points, 2, sigma), both, 1e-13);
  assert_near (limen_ppca_log_likelihood (&points, 7, sigma), both, 1e-13);
}

/* Where the noise is larger than all variances, the best A is 0. */
static void
test_large_noise (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("linear", 500, 2, NULL);
  g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (2, 5);
  for (gsize i = 0; i < points->n * 5u; i++)
    model->b[i % 5] += points->x[i] / points->n;
  model->sigma2 = 100;
  assert_near (limen_ppca_log_likelihood (points, 2, 10), log_likelihood (model, points), 1e-12);
}

/* Eigenvectors by repeated multiplication, in place of LAPACK: columns of @a are √(λ − σ²)·u. */
static void
fill_best_a (const LimenPoints *points, const double *mean, guint k, double sigma2, double *a)
{
  gsize d = points->d;
  g_autofree double *rest = g_new0 (double, d *d), *u = g_new (double, d), *v = g_new (double, d);
  for (gsize i = 0; i < points->n; i++)
    for (gsize j = 0; j < d; j++)
      for (gsize l = 0; l < d; l++)
        rest[j * d + l] +=
            (points->x[i * d + j] - mean[j]) * (points->x[i * d + l] - mean[l]) / points->n;
  for (gsize c = 0; c < k; c++) {
    double length = 0;
    for (gsize j = 0; j < d; j++)
      u[j] = 1 + 0.1 * (double)j;
    for (int round = 0; round < 5000; round++) {
      length = 0;
      for (gsize j = 0; j < d; j++) {
        v[j] = 0;
        for (gsize l = 0; l < d; l++)
          v[j] += rest[j * d + l] * u[l];
        length += v[j] * v[j];
      }
      length = sqrt (length);
      for (gsize j = 0; j < d; j++)
        u[j] = v[j] / length;
    }
    for (gsize j = 0; j < d; j++) {
      a[j * k + c] = sqrt (MAX (length - sigma2, 0)) * u[j];
      for (gsize l = 0; l < d; l++)
        rest[j * d + l] -= length * u[j] * u[l];
    }
  }
}

/* The model that the theory names reaches it, and none of those around it more. */
static void
test_best_model (void)
{
  LimenRandom random = limen_random_stream (1, "ppca", 0);
  g_autoptr (LimenPoints) points = limen_points_builtin ("linear", 400, 5, NULL);
  for (guint k = 1; k <= 3; k++) {
    g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (k, 5);
    for (gsize i = 0; i < points->n * 5u; i++)
      model->b[i % 5] += points->x[i] / points->n;
    model->sigma2 = 0.04;
    fill_best_a (points, model->b, k, model->sigma2, model->a);
    double best = limen_ppca_log_likelihood (points, k, 0.2);
    assert_near (log_likelihood (model, points), best, 1e-10);
    for (int round = 0; round < 200; round++) {
      g_autoptr (LimenGaussianModel) other = limen_gaussian_model_copy (model);
      double size = exp (-6 * limen_random_uniform (&random));
      for (gsize i = 0; i < 5 * k; i++)
        other->a[i] += size * limen_random_normal (&random);
      for (gsize i = 0; i < 5; i++)
        other->b[i] += size * limen_random_normal (&random);
      g_assert_cmpfloat (log_likelihood (other, points), <, best);
    }
  }
}

static void
test_many_columns (void)
{
  LimenRandom random = limen_random_stream (3, "ppca", 1);
  guint d = LIMEN_POINTS_MOST_COLUMNS, n = 400;
  g_autofree double *x = g_new (double, (gsize)n *d);
  for (gsize i = 0; i < (gsize)n * d; i++)
    x[i] = limen_random_normal (&random);
  const LimenPoints points = {(char *)"noise", n, d, x};
  double last = -INFINITY;
  for (guint k = 0; k <= d; k++) {
    double now = limen_ppca_log_likelihood (&points, k, 0.5);
    g_assert_cmpfloat (now, >, last);
    last = now;
  }
  assert_near (limen_ppca_log_likelihood (&points, d + 1, 0.5), last, 0);
}

/* -- another prior, the same p(x) -- */

static void
test_standard_prior_leaves_the_evidence (void)
{
  LimenRandom random = limen_random_stream (1, "identifiability", 0);
  double worst = 0;
  for (int i = 0; i < 10000; i++) {
    guint k = 1 + limen_random_below (&random, 6), d = 1 + limen_random_below (&random, 8);
    g_autoptr (LimenGaussianCase) made = random_case (&random, k, d);
    g_autoptr (LimenGaussianModel) standard = limen_standard_prior (made->model);
    for (guint j = 0; j < k; j++) {
      g_assert_cmpfloat (standard->lambda1[j], ==, 0);
      g_assert_cmpfloat (standard->lambda2[j], ==, 1);
    }
    double before = gaussian_log_evidence (made->model, made->x);
    double after = gaussian_log_evidence (standard, made->x);
    double off = fabs (after - before) / MAX (1, fabs (before));
    g_assert_cmpfloat (off, <=, 1e-12);
    worst = MAX (worst, off);
  }
  g_test_message ("at most %.2g", worst);
}

static void
test_standard_prior_by_hand (void)
{
  g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (2, 1);
  model->lambda1[0] = 3;
  model->lambda1[1] = -1;
  model->lambda2[0] = 4;
  model->lambda2[1] = 0.25;
  model->a[0] = 2;
  model->a[1] = 8;
  model->b[0] = 0.5;
  model->sigma2 = 7;
  g_autoptr (LimenGaussianModel) standard = limen_standard_prior (model);
  assert_near (standard->a[0], 4, 0);
  assert_near (standard->a[1], 4, 0);
  assert_near (standard->b[0], 0.5 + 6 - 8, 0);
  assert_near (standard->sigma2, 7, 0);
  assert_near (model->a[0], 2, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ppca/by-hand", test_by_hand);
  g_test_add_func ("/ppca/large-noise", test_large_noise);
  g_test_add_func ("/ppca/best-model", test_best_model);
  g_test_add_func ("/ppca/many-columns", test_many_columns);
  g_test_add_func ("/standard-prior/evidence", test_standard_prior_leaves_the_evidence);
  g_test_add_func ("/standard-prior/by-hand", test_standard_prior_by_hand);
  return g_test_run ();
}
