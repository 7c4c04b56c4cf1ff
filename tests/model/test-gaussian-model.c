#include "tests/model/gaussian-answers.h"
#include "tests/model/near-asserts.h"
#include "model/data-files.h"
#include "model/gaussian-random.h"
#include "model/latent/gaussian-closed.h"
#include "model/latent/gaussian-model-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* -- normal distributions -- */

static void
test_density_and_factor (void)
{
  const double mean[] = {1, -2}, covariance[] = {4, 1.2, 1.2, 0.9}, z[] = {2, -1.5};
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenGaussian) q = limen_gaussian_new ("q", 2, mean, covariance, &error);
  g_assert_no_error (error);
  const double factor[] = {2, 0, 0.6, sqrt (0.54)}, e[] = {1, 2};
  double determinant = 4 * 0.9 - 1.44, place[2];
  /* the inverse of [[a, b], [b, c]] is [[c, −b], [−b, a]]/determinant */
  double distance = (0.9 * 1 - 2 * 1.2 * 0.5 + 4 * 0.25) / determinant;
  assert_all_near (q->factor, factor, 4, 1e-15);
  assert_near (q->log_determinant, log (determinant), 1e-15);
  assert_near (limen_gaussian_log_density (q, z),
               -log (2 * G_PI) - 0.5 * log (determinant) - 0.5 * distance, 1e-14);
  limen_gaussian_place (q, e, place);
  const double expected[] = {3, -2 + 0.6 + 2 * sqrt (0.54)};
  assert_all_near (place, expected, 2, 1e-14);
  g_autoptr (LimenGaussian) copy = limen_gaussian_copy (q);
  assert_all_near (copy->factor, q->factor, 4, 0);
  assert_near (limen_gaussian_log_density (copy, z), limen_gaussian_log_density (q, z), 0);
}

static void
test_density_of_many_variables (void)
{
  double mean[40] = {0}, variance[40], z[40], expected = 0;
  for (int i = 0; i < 40; i++) {
    variance[i] = 0.1 + i;
    z[i] = sqrt (variance[i]);
    expected -= 0.5 * (log (2 * G_PI * variance[i]) + 1);
  }
  g_autoptr (LimenGaussian) q = limen_gaussian_new_diagonal ("q", 40, mean, variance, NULL);
  assert_near (limen_gaussian_log_density (q, z), expected, 1e-12);
}

static void
test_between_goes_from_one_to_the_other (void)
{
  const double mean[] = {1, 2, 5, 6}, covariance[] = {1, 0, 0, 1, 3, 1, 1, 2};
  g_autoptr (LimenGaussian) a = limen_gaussian_new ("a", 2, mean, covariance, NULL);
  g_autoptr (LimenGaussian) b = limen_gaussian_new ("b", 2, mean + 2, covariance + 4, NULL);
  const double t[] = {0, 0.25, 1, 7}, at[] = {0, 0.25, 1, 1};
  for (int i = 0; i < 4; i++) {
    g_autoptr (LimenGaussian) between = limen_gaussian_between (a, b, t[i]);
    assert_near (between->mean[0], 1 + 4 * at[i], 1e-15);
    assert_near (between->covariance[0], 1 + 2 * at[i], 1e-15);
    assert_near (between->covariance[1], at[i], 1e-15);
    assert_near (between->log_determinant, log ((1 + 2 * at[i]) * (1 + at[i]) - at[i] * at[i]),
                 1e-14);
  }
}

static void
test_what_is_no_normal_distribution (void)
{
  const struct {
    double mean, covariance[4];
    const char *word;
  } cases[] = {
      {0, {1, 0, 0, 0}, "variance that is not positive"},
      {0, {1, 0, 0, -1}, "variance that is not positive"},
      {0, {1, 1, 1, 1}, "not positive definite"},
      {0, {1, 2, 2, 1}, "not positive definite"},
      {0, {0.25, 0.75, 0.75, 2.25}, "not positive definite"},
      {0, {1, 1 + DBL_EPSILON, 1 + DBL_EPSILON, 1}, "not positive definite"},
      {0, {1, 0.5, 0.4, 1}, "not symmetric"},
      {0, {NAN, 0, 0, 1}, "not finite"},
      {0, {1, NAN, NAN, 1}, "not finite"},
      {0, {INFINITY, 0, 0, 1}, "not finite"},
      {NAN, {1, 0, 0, 1}, "not finite"},
      {INFINITY, {1, 0, 0, 1}, "not finite"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    const double mean[] = {0, cases[i].mean};
    g_assert_null (limen_gaussian_new ("The proposal", 2, mean, cases[i].covariance, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    g_assert_true (g_str_has_prefix (error->message, "The proposal "));
    assert_sentence (error, cases[i].word);
  }
  g_autoptr (GError) error = NULL;
  const double mean[] = {0, 0}, variance[] = {1, 0};
  g_assert_null (limen_gaussian_new_diagonal ("q", 2, mean, variance, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
}

/* Positive definite as the numbers stand, though float64 has no digit of the last pivot */
static void
test_next_to_singular (void)
{
  static const double scale[] = {1, 0x1p-300, 0x1p400};
  for (guint i = 0; i < G_N_ELEMENTS (scale); i++) {
    double zero[] = {0, 0}, x = 0, s = scale[i], off = (1 - 0x1p-53) * s;
    double log_determinant = log (0x1p-52 - 0x1p-106), width = sqrt (s);
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenGaussian) q =
        limen_gaussian_new ("q", 2, zero, (double[]){s, off, off, s}, &error);
    g_assert_no_error (error);
    assert_near (q->factor[2], width * (1 - 0x1p-53), 1e-15 * width);
    assert_near (q->factor[3], width * exp (log_determinant / 2), 1e-22 * width);
    assert_near (q->log_determinant, log_determinant + 2 * log (s), 1e-12);
    if (s != 1)
      continue;
    g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (2, 1);
    g_autoptr (LimenClosedForm) form = limen_closed_form_new (model, &x, q, LIMEN_PROPOSAL_OWN);
    assert_near (form->gap.value, -log_determinant / 2, 1e-13);
    g_assert_cmpfloat (form->gap.error, <, 1e-14);
  }
}

/* Of many variables it is not told at any cost. */
static void
test_many_next_to_singular (void)
{
  enum { MANY = 200 };
  g_autofree double *mean = g_new0 (double, MANY), *one = g_new (double, MANY *MANY);
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < MANY * MANY; i++)
    one[i] = 1;
  gint64 begin = g_get_monotonic_time ();
  g_assert_null (limen_gaussian_new ("It", MANY, mean, one, &error));
  assert_sentence (error, "too near to a singular one to tell");
  g_clear_error (&error);
  g_assert_null (limen_gaussian_new ("It", 20, mean, one, &error));
  assert_sentence (error, "is not positive definite; make");
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 60 * G_USEC_PER_SEC);
}

/* -- the model -- */

/* Source: iwae_ref.py, case B */
static void
test_reference_case (void)
{
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  const double mean[] = {0.97143731065, 0.101491493824};
  const double covariance[] = {0.411835819156, -0.24906781636, -0.24906781636, 0.349568865066};
  g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (example->model, example->x);
  assert_near (gaussian_log_evidence (example->model, example->x), -3.1719585125043706, 1e-10);
  assert_all_near (posterior->mean, mean, 2, 1e-10);
  assert_all_near (posterior->covariance, covariance, 4, 1e-10);
}

static void
test_reference_proposals (void)
{
  static const struct {
    double elbo, variance;
  } expected[LIMEN_N_PROPOSALS] = {
      [LIMEN_PROPOSAL_PRIOR] = {-6.970094828774, 1.623924043},
      [LIMEN_PROPOSAL_ELBO] = {-3.453809700510, INFINITY},
      [LIMEN_PROPOSAL_MOMENTS] = {-3.647273486233, 0.7571661617},
      [LIMEN_PROPOSAL_OWN] = {-3.808950193829, 0.5684993272},
      [LIMEN_PROPOSAL_POSTERIOR] = {-3.171958512504, 0},
  };
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  for (int i = 0; i < LIMEN_N_PROPOSALS; i++) {
    g_autoptr (LimenGaussian) q = limen_gaussian_case_proposal (example, i);
    double variance = gaussian_weight_variance (example->model, example->x, q);
    assert_near (gaussian_elbo (example->model, example->x, q), expected[i].elbo, 2e-12);
    if (isinf (expected[i].variance))
      g_assert_true (isinf (variance));
    else
      assert_near (variance, expected[i].variance, 1e-9);
  }
}

/* No diagonal proposal near it has a higher elbo. */
static void
test_elbo_optimal_is_optimal (void)
{
  LimenRandom random = limen_random_stream (1, "optimal", 0);
  g_autoptr (LimenGaussianCase) made = random_case (&random, 3, 4);
  g_autoptr (LimenGaussian) best = limen_gaussian_case_proposal (made, LIMEN_PROPOSAL_ELBO);
  double elbo = gaussian_elbo (made->model, made->x, best);
  for (int i = 0; i < 200; i++) {
    double mean[3], variance[3];
    for (int j = 0; j < 3; j++) {
      mean[j] = best->mean[j] + 0.01 * limen_random_normal (&random);
      variance[j] = best->covariance[4 * j] * exp (0.01 * limen_random_normal (&random));
    }
    g_autoptr (LimenGaussian) q = limen_gaussian_new_diagonal ("q", 3, mean, variance, NULL);
    g_assert_cmpfloat (gaussian_elbo (made->model, made->x, q), <, elbo);
  }
}

/* log N(x; A·λ1 + b, A·diag λ2·Aᵀ + σ²I) */
static double
evidence_by_marginal (const LimenGaussianModel *model, const double *x)
{
  gsize k = model->latent, d = model->observed;
  g_autofree double *mean = g_new (double, d), *covariance = g_new (double, d *d);
  for (gsize i = 0; i < d; i++) {
    mean[i] = model->b[i];
    for (gsize j = 0; j < k; j++)
      mean[i] += model->a[i * k + j] * model->lambda1[j];
    for (gsize l = 0; l < d; l++) {
      covariance[i * d + l] = i == l ? model->sigma2 : 0;
      for (gsize j = 0; j < k; j++)
        covariance[i * d + l] += model->a[i * k + j] * model->a[l * k + j] * model->lambda2[j];
    }
  }
  g_autoptr (LimenGaussian) marginal =
      limen_gaussian_new ("x", model->observed, mean, covariance, NULL);
  return limen_gaussian_log_density (marginal, x);
}

/* Bayes' rule holds at any z: p(x) p(z|x) = p(x, z). */
static void
test_any_dimension (void)
{
  const guint shapes[][2] = {{1, 1}, {1, 5}, {2, 3}, {3, 2}, {7, 4}, {20, 30}, {150, 60}};
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    guint k = shapes[i][0], d = shapes[i][1];
    LimenRandom random = limen_random_stream (2, "dimension", i);
    g_autoptr (LimenGaussianCase) made = random_case (&random, k, d);
    LimenTarget target = limen_gaussian_case_target (made);
    g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (made->model, made->x);
    double evidence = gaussian_log_evidence (made->model, made->x);
    g_autofree double *z = g_new (double, 2 * k);
    double joint[2];
    for (guint j = 0; j < 2 * k; j++)
      z[j] = limen_random_normal (&random);
    target.log_joint (z, 2, joint, target.data);
    g_assert_cmpuint (target.dimension, ==, k);
    assert_near (evidence, evidence_by_marginal (made->model, made->x), 1e-10 * fabs (evidence));
    for (int j = 0; j < 2; j++)
      assert_near (limen_gaussian_log_density (posterior, z + j * k), joint[j] - evidence,
                   1e-9 * fabs (joint[j]));
    assert_near (gaussian_elbo (made->model, made->x, posterior), evidence,
                 1e-10 * fabs (evidence));
    assert_near (gaussian_weight_variance (made->model, made->x, posterior), 0, 1e-9);
    g_assert_cmpfloat (gaussian_elbo (made->model, made->x, made->proposal), <, evidence);
  }
}

/* By the trapezoidal rule: E w² / p² − 1, where it is finite. */
static void
test_weight_variance_is_that_of_the_weights (void)
{
  LimenRandom random = limen_random_stream (3, "variance", 0);
  guint n_finite = 0;
  for (int i = 0; i < 40; i++) {
    g_autoptr (LimenGaussianCase) made = random_case (&random, 1, 2);
    LimenTarget target = limen_gaussian_case_target (made);
    double variance = gaussian_weight_variance (made->model, made->x, made->proposal);
    double evidence = gaussian_log_evidence (made->model, made->x), sum = -1;
    g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (made->model, made->x);
    g_assert_true (isinf (variance) ==
                   (posterior->covariance[0] >= 2 * made->proposal->covariance[0]));
    if (!(variance < 100))
      continue;
    n_finite++;
    double step = 0.01 * made->proposal->factor[0];
    for (int j = -10000; j <= 10000; j++) {
      double z = made->proposal->mean[0] + j * step, joint;
      double log_q = limen_gaussian_log_density (made->proposal, &z);
      target.log_joint (&z, 1, &joint, target.data);
      sum += step * exp (2 * (joint - evidence) - log_q);
    }
    assert_near (sum, variance, 1e-9 * (1 + variance));
  }
  g_assert_cmpuint (n_finite, >, 10);
}

static void
test_extreme_models_have_a_posterior (void)
{
  const double x[] = {1, 1, 1};
  const double scale[][3] = {{1e-8, 1, 1},  {1e8, 1, 1},  {1, 1e-12, 1},   {1, 1e12, 1},
                             {1, 1, 1e-12}, {1, 1, 1e12}, {1e6, 1e6, 1e-6}};
  for (gsize i = 0; i < G_N_ELEMENTS (scale); i++) {
    g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
    LimenGaussianModel *model = example->model;
    for (int j = 0; j < 6; j++)
      model->a[j] *= scale[i][0];
    for (int j = 0; j < 2; j++)
      model->lambda2[j] *= scale[i][1];
    model->sigma2 *= scale[i][2];
    g_autoptr (GError) error = NULL;
    g_assert_true (gaussian_model_check (model, &error));
    g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (model, x);
    double evidence = gaussian_log_evidence (model, x);
    double elbo = gaussian_elbo (model, x, posterior);
    g_assert_true (isfinite (evidence));
    assert_near (elbo, evidence, 1e-6 * fabs (evidence));
  }
}

/* As the closed form has it, from twice as many bits, within what either says; and a model too
 * large for many bits against one with the same evidence: variables that nothing depends on */
static void
test_known_evidence (void)
{
  g_autoptr (LimenGaussianCase) c = limen_gaussian_case_example ();
  for (int power = -14; power <= 6; power++) {
    c->model->sigma2 = pow (10, power);
    LimenNumber known = limen_gaussian_model_known_evidence (c->model, c->x);
    g_autoptr (LimenClosedForm) form =
        limen_closed_form_new (c->model, c->x, c->proposal, LIMEN_PROPOSAL_OWN);
    g_assert_cmpfloat (fabs (known.value - form->log_evidence.value), <=,
                       known.error + form->log_evidence.error);
    g_assert_cmpfloat (known.error, <, 2e-16 * fabs (known.value));
    g_autoptr (LimenGaussianModel) large = limen_gaussian_model_new (200, c->model->observed);
    for (guint i = 0; i < c->model->latent; i++) {
      large->lambda1[i] = c->model->lambda1[i];
      large->lambda2[i] = c->model->lambda2[i];
      for (guint row = 0; row < large->observed; row++)
        large->a[row * 200 + i] = c->model->a[row * c->model->latent + i];
    }
    memcpy (large->b, c->model->b, large->observed * sizeof *large->b);
    large->sigma2 = c->model->sigma2;
    LimenNumber of_large = limen_gaussian_model_known_evidence (large, c->x);
    g_assert_cmpfloat (of_large.error, >, known.error);
    g_assert_cmpfloat (fabs (known.value - of_large.value), <=, of_large.error);
  }
}

static void
test_model_check (void)
{
  g_autoptr (LimenGaussianModel) fine = limen_gaussian_model_new (2, 3);
  g_autoptr (GError) none = NULL;
  g_assert_true (gaussian_model_check (fine, &none));
  g_assert_no_error (none);
  double *const numbers[] = {&fine->lambda1[1], &fine->lambda2[1], &fine->a[5], &fine->b[2],
                             &fine->sigma2};
  const double values[] = {NAN, INFINITY, 0, -1, 1e300};
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (values); j++) {
      gboolean is_variance = i == 1 || i == 4;
      g_autoptr (GError) error = NULL;
      double before = *numbers[i];
      *numbers[i] = values[j];
      gboolean wrong = j < 2 || (j < 4 && is_variance) || (j == 4 && (i == 2 || is_variance));
      g_assert_true (gaussian_model_check (fine, &error) == !wrong);
      *numbers[i] = before;
      if (!wrong)
        continue;
      g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
      assert_sentence (error, "The model ");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gaussian/density-and-factor", test_density_and_factor);
  g_test_add_func ("/gaussian/density-of-many-variables", test_density_of_many_variables);
  g_test_add_func ("/gaussian/between", test_between_goes_from_one_to_the_other);
  g_test_add_func ("/gaussian/what-is-none", test_what_is_no_normal_distribution);
  g_test_add_func ("/gaussian/next-to-singular", test_next_to_singular);
  g_test_add_func ("/gaussian/many-next-to-singular", test_many_next_to_singular);
  g_test_add_func ("/model/reference-case", test_reference_case);
  g_test_add_func ("/model/reference-proposals", test_reference_proposals);
  g_test_add_func ("/model/elbo-optimal-is-optimal", test_elbo_optimal_is_optimal);
  g_test_add_func ("/model/any-dimension", test_any_dimension);
  g_test_add_func ("/model/weight-variance", test_weight_variance_is_that_of_the_weights);
  g_test_add_func ("/model/extremes", test_extreme_models_have_a_posterior);
  g_test_add_func ("/model/known-evidence", test_known_evidence);
  g_test_add_func ("/model/check", test_model_check);
  return g_test_run ();
}
