/* The gradients that a prior is trained by: against differences of the bound, and among each other.
 */
#include "tests/model/trainer-batch.h"
#include "tests/model/trainer-inside.h"

#include <math.h>

#define ROWS 7

/* A difference of four values: its error is of the fourth power of the distance. */
static double
difference (LimenPriorTrainer *trainer, const guint *rows, const double *e, gsize i)
{
  static const double part[] = {-2, -1, 1, 2}, weight[] = {1, -8, 8, -1};
  double *parameter = trainer->parameters + i, at = *parameter, sum = 0;
  const double h = 1e-3;
  for (int j = 0; j < 4; j++) {
    *parameter = at + part[j] * h;
    sum += weight[j] * trainer_value (trainer, rows, ROWS, e);
  }
  *parameter = at;
  return sum / (12 * h);
}

static void
check_gradient (guint hidden, guint latent, const char *set)
{
  const guint rows[ROWS] = {3, 0, 7, 7, 12, 19, 1};
  g_autoptr (LimenPoints) points = limen_points_builtin (set, 20, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.hidden = hidden;
  settings.latent = latent;
  settings.sigma = 0.7;
  g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
  shake (trainer, hidden);
  gsize n = trainer->layout.n;
  g_autofree double *gradient = g_new (double, n), *e = g_new (double, ROWS *latent);
  LimenRandom random = limen_random_stream (2, "e", 0);
  for (guint i = 0; i < ROWS * latent; i++)
    e[i] = limen_random_normal (&random);
  trainer_gradient (trainer, rows, ROWS, e, gradient);
  double worst = 0;
  for (gsize i = 0; i < n; i++) {
    double measured = difference (trainer, rows, e, i);
    double off = fabs (gradient[i] - measured) / MAX (fabs (measured), 1e-3);
    if (!(off <= 1e-6))
      g_error ("parameter %u: %.12g is not %.12g", (guint)i, gradient[i], measured);
    worst = MAX (worst, off);
  }
  g_test_message ("%u parameters, at most %.2g off", (guint)n, worst);
}

static void
test_gradient_is_that_of_the_bound (void)
{
  check_gradient (32, 2, "two-moons");
  check_gradient (5, 3, "linear");
  check_gradient (4, 1, "ring");
  check_gradient (0, 2, "linear");
  check_gradient (0, 3, "mixture");
}

/* @sum, @square: (n_parameters): of draws of an estimate less @expected, or where that is NULL less
 * reparameterization at the same draws, whose mean is known to be right */
static void
measure (Batch *batch, LimenGradientEstimator estimator, guint n_draws, const double *expected,
         double *sum, double *square)
{
  gsize n = batch->layout.n;
  g_autofree double *a = g_new (double, n), *b = g_new (double, n);
  memset (sum, 0, n * sizeof *sum);
  memset (square, 0, n * sizeof *square);
  for (guint i = 0; i < n_draws; i++) {
    draw (batch, i);
    limen_prior_gradient (&batch->layout, batch->parameters, batch->sigma2, estimator, batch->pass,
                          batch->n, a);
    if (!expected)
      limen_prior_gradient (&batch->layout, batch->parameters, batch->sigma2,
                            LIMEN_REPARAMETERIZATION, batch->pass, batch->n, b);
    for (gsize j = 0; j < n; j++) {
      double apart = a[j] - (expected ? expected[j] : b[j]);
      sum[j] += apart;
      square[j] += apart * apart;
    }
  }
}

/* @floor: what rounding, or the differences that @expected is from, may add */
static void
check_mean (Batch *batch, LimenGradientEstimator estimator, guint n_draws, const double *expected,
            double floor)
{
  gsize n = batch->layout.n;
  g_autofree double *sum = g_new (double, n), *square = g_new (double, n);
  measure (batch, estimator, n_draws, expected, sum, square);
  double worst = 0;
  for (gsize j = 0; j < n; j++) {
    double mean = sum[j] / n_draws, variance = square[j] / n_draws - mean * mean;
    double standard_error = sqrt (MAX (variance, 0) / n_draws);
    if (!(fabs (mean) <= 4 * standard_error + floor))
      g_error ("%s, parameter %u: %.6g ± %.6g off", limen_estimator_word (estimator), (guint)j,
               mean, standard_error);
    worst = MAX (worst, standard_error > floor ? fabs (mean) / standard_error : 0);
  }
  g_test_message ("%s: %u parameters, at most %.2f standard errors off",
                  limen_estimator_word (estimator), (guint)n, worst);
}

/* With batches of three, where a baseline that knew of its own row would show at once */
static void
test_estimators_agree_in_the_mean (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("banana", 3, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.hidden = 5;
  settings.sigma = 0.8;
  g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
  shake (trainer, 1);
  Batch batch;
  open_batch (&batch, &settings, trainer, points);
  for (int estimator = 0; estimator < LIMEN_N_ESTIMATORS; estimator++)
    check_mean (&batch, (LimenGradientEstimator)estimator, 60000, NULL, 1e-12);
  limen_prior_pass_free (batch.pass);
}

/* Where maps are affine the bound itself is exact, and its differences are what all estimators must
 * meet. */
static void
test_estimators_meet_the_exact_gradient (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("linear", 4, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.hidden = 0;
  settings.sigma = 0.9;
  g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
  shake (trainer, 1);
  Batch batch;
  open_batch (&batch, &settings, trainer, points);
  g_autofree double *exact = g_new (double, batch.layout.n);
  for (gsize i = 0; i < batch.layout.n; i++) {
    double *parameter = trainer->parameters + i, at = *parameter;
    *parameter = at + 1e-4;
    double above = limen_prior_trainer_report (trainer).bound;
    *parameter = at - 1e-4;
    exact[i] = (above - limen_prior_trainer_report (trainer).bound) / 2e-4;
    *parameter = at;
  }
  for (int estimator = 0; estimator < LIMEN_N_ESTIMATORS; estimator++)
    check_mean (&batch, (LimenGradientEstimator)estimator, 60000, exact, 1e-6);
  limen_prior_pass_free (batch.pass);
}

/* Of one draw, summed over the weights of the encoder */
static double
encoder_variance (Batch *batch, LimenGradientEstimator estimator)
{
  gsize n = batch->layout.n;
  g_autofree double *sum = g_new (double, n), *square = g_new (double, n);
  g_autofree double *zero = g_new0 (double, n);
  double total = 0;
  measure (batch, estimator, 1000, zero, sum, square);
  for (gsize j = 0; j < batch->layout.decoder[0].at; j++)
    total += square[j] / 1000 - (sum[j] / 1000) * (sum[j] / 1000);
  return total;
}

static void
fill_variances (guint hidden, guint n_steps, double variance[LIMEN_N_ESTIMATORS])
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("two-moons", 128, 7, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.hidden = hidden;
  g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
  step (trainer, n_steps);
  Batch batch;
  open_batch (&batch, &settings, trainer, points);
  for (int i = 0; i < LIMEN_N_ESTIMATORS; i++) {
    variance[i] = encoder_variance (&batch, (LimenGradientEstimator)i);
    g_test_message ("%u hidden, step %u, %s: %.4g", hidden, n_steps,
                    limen_estimator_word ((LimenGradientEstimator)i), variance[i]);
  }
  limen_prior_pass_free (batch.pass);
}

/* What the page is about */
static void
test_variances (void)
{
  double v[LIMEN_N_ESTIMATORS];
  fill_variances (0, 0, v);
  g_assert_cmpfloat (v[LIMEN_LOG_DERIVATIVE], >, 1.3 * v[LIMEN_LOG_DERIVATIVE_MEAN]);
  g_assert_cmpfloat (v[LIMEN_LOG_DERIVATIVE_MEAN], >, 1.1 * v[LIMEN_LOG_DERIVATIVE_OPTIMAL]);
  g_assert_cmpfloat (v[LIMEN_LOG_DERIVATIVE_OPTIMAL], >, 3 * v[LIMEN_REPARAMETERIZATION]);
  fill_variances (0, 1000, v);
  g_assert_cmpfloat (v[LIMEN_REPARAMETERIZATION], >, 5 * v[LIMEN_STICKING_THE_LANDING]);
  fill_variances (32, 100, v);
  g_assert_cmpfloat (v[LIMEN_LOG_DERIVATIVE], >, 3 * v[LIMEN_LOG_DERIVATIVE_MEAN]);
  g_assert_cmpfloat (v[LIMEN_REPARAMETERIZATION], >, v[LIMEN_REPARAMETERIZATION_KL]);
  g_assert_cmpfloat (v[LIMEN_REPARAMETERIZATION_KL], >, 2 * v[LIMEN_STICKING_THE_LANDING]);
}

/* A batch of one has no others to make a baseline of. */
static void
test_batch_of_one (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("ring", 30, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.batch = 1;
  settings.n_steps = 50;
  settings.estimator = LIMEN_LOG_DERIVATIVE_OPTIMAL;
  g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
  step (trainer, 50);
  g_assert_true (isfinite (limen_prior_trainer_report (trainer).bound));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gradient/differences", test_gradient_is_that_of_the_bound);
  g_test_add_func ("/gradient/agreement", test_estimators_agree_in_the_mean);
  g_test_add_func ("/gradient/exact", test_estimators_meet_the_exact_gradient);
  g_test_add_func ("/gradient/variance", test_variances);
  g_test_add_func ("/gradient/batch-of-one", test_batch_of_one);
  return g_test_run ();
}
