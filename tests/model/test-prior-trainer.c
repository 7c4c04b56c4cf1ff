/* Training of a prior: what is reported, how far it comes, what it refuses. */
#include "tests/model/gaussian-answers.h"
#include "tests/model/near-asserts.h"
#include "tests/model/trainer-batch.h"

#include <math.h>

/* -- reports -- */

static void
test_report_is_that_of_the_model (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("linear", 60, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.hidden = 0;
  g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
  shake (trainer, 3);
  LimenPriorReport report = limen_prior_trainer_report (trainer);
  g_autoptr (LimenGaussianModel) model = limen_prior_trainer_model (trainer);
  double mean[60 * 2], s[60 * 2], evidence = 0, bound = 0;
  limen_prior_trainer_encode (trainer, 60, mean, s);
  for (gsize i = 0; i < 60; i++) {
    const double *x = points->x + 5 * i;
    double variance[] = {s[2 * i] * s[2 * i], s[2 * i + 1] * s[2 * i + 1]};
    g_autoptr (LimenGaussian) q =
        limen_gaussian_new_diagonal ("q", 2, mean + 2 * i, variance, NULL);
    evidence += gaussian_log_evidence (model, x) / 60;
    bound += gaussian_elbo (model, x, q) / 60;
  }
  assert_near (model->sigma2, 0.3 * 0.3, 1e-15);
  assert_near (report.log_likelihood, evidence, 1e-11 * fabs (evidence));
  assert_near (report.bound, bound, 1e-11 * fabs (bound));
  for (int j = 0; j < 2; j++) {
    assert_near (report.lambda1[j], model->lambda1[j], 0);
    assert_near (report.lambda2[j], model->lambda2[j], 0);
  }
}

/* The bound of the hidden layers' VAE, estimated by the report, against very many draws */
static void
test_estimated_bound (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("two-moons", 500, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
  step (trainer, 600);
  LimenPriorReport report = limen_prior_trainer_report (trainer);
  Batch batch;
  double sum = 0, square = 0;
  open_batch (&batch, &settings, trainer, points);
  for (guint i = 0; i < 200; i++) {
    draw (&batch, i);
    limen_prior_encode (&batch.layout, batch.parameters, batch.pass, batch.n);
    double value =
        limen_prior_value (&batch.layout, batch.parameters, batch.sigma2, batch.pass, batch.n);
    sum += value / 200;
    square += value * value / 200;
  }
  double spread = sqrt (square - sum * sum); /* of 500 draws; the report has 2,000 */
  g_test_message ("%.4f, and %.4f within %.4f of many", report.bound, sum, spread / sqrt (200));
  g_assert_true (isnan (report.log_likelihood));
  g_assert_null (limen_prior_trainer_model (trainer));
  assert_near (report.bound, sum, 4 * spread / 2);
  limen_prior_pass_free (batch.pass);
}

static void
test_report_repeats_itself (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("ring", 900, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
  step (trainer, 10);
  double first = limen_prior_trainer_report (trainer).bound, x[2], mean[4], s[4];
  limen_prior_trainer_sample (trainer, 1, 4, x);
  limen_prior_trainer_encode (trainer, 2, mean, s);
  g_assert_cmpfloat (limen_prior_trainer_report (trainer).bound, ==, first);
  g_assert_cmpuint (limen_prior_trainer_report (trainer).step, ==, 10);
}

/* -- training -- */

/* What the runs are to reach, of 5,000 points of a linear Gaussian model: @within of the highest
 * log-likelihood, with the bound below the log-likelihood at every step that is looked at. */
static void
check_linear (LimenGradientEstimator estimator, gboolean trainable, double within)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("linear", 5000, 11, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.hidden = 0;
  settings.n_steps = 6000;
  settings.learning_rate = 0.02;
  settings.estimator = estimator;
  settings.trainable = trainable;
  settings.seed = 1;
  double best = limen_ppca_log_likelihood (points, settings.latent, settings.sigma);
  g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
  LimenPriorReport report = limen_prior_trainer_report (trainer);
  g_assert_cmpfloat (report.log_likelihood, <, best - 5);
  while (!limen_prior_trainer_is_done (trainer)) {
    step (trainer, 1);
    report = limen_prior_trainer_report (trainer);
    g_assert_cmpfloat (report.bound, <=, report.log_likelihood);
    g_assert_cmpfloat (report.log_likelihood, <=, best + 1e-12 * fabs (best));
  }
  g_test_message ("%s, prior %s: %.5f nat below %.4f, the bound %.5f",
                  limen_estimator_word (estimator), trainable ? "trainable" : "fixed",
                  best - report.log_likelihood, best, best - report.bound);
  assert_near (report.log_likelihood, best, within);
  for (guint j = 0; j < settings.latent && !trainable; j++) {
    g_assert_cmpfloat (report.lambda1[j], ==, 0);
    g_assert_cmpfloat (report.lambda2[j], ==, 1);
  }
}

static void
test_linear_vae_reaches_the_maximum (void)
{
  check_linear (LIMEN_REPARAMETERIZATION, TRUE, 0.01);
  check_linear (LIMEN_REPARAMETERIZATION, FALSE, 0.01);
  check_linear (LIMEN_REPARAMETERIZATION_KL, TRUE, 0.01);
  check_linear (LIMEN_STICKING_THE_LANDING, TRUE, 0.01);
  check_linear (LIMEN_LOG_DERIVATIVE_MEAN, TRUE, 0.05);
  check_linear (LIMEN_LOG_DERIVATIVE_MEAN, FALSE, 0.05);
  check_linear (LIMEN_LOG_DERIVATIVE_OPTIMAL, TRUE, 0.05);
}

/* Bent data, which no linear model fits so well, by every estimator */
static void
test_hidden_layers_learn_what_is_bent (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("banana", 2000, 2, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.latent = 1;
  double linear = limen_ppca_log_likelihood (points, 1, settings.sigma);
  for (int i = 0; i < LIMEN_N_ESTIMATORS; i++) {
    settings.estimator = (LimenGradientEstimator)i;
    g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
    step (trainer, (guint)settings.n_steps);
    double bound = limen_prior_trainer_report (trainer).bound;
    g_test_message ("%s: %.3f; linear at best %.3f", limen_estimator_word (settings.estimator),
                    bound, linear);
    g_assert_cmpfloat (bound, >, linear + 0.3);
    g_assert_true (limen_prior_trainer_is_done (trainer));
  }
}

static void
test_same_seed_same_bits (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("mixture", 300, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  for (int i = 0; i < LIMEN_N_ESTIMATORS; i++) {
    settings.estimator = (LimenGradientEstimator)i;
    settings.seed = 8;
    g_autoptr (LimenPriorTrainer) a = make_trainer (&settings, points);
    g_autoptr (LimenPriorTrainer) b = make_trainer (&settings, points);
    settings.seed = 9;
    g_autoptr (LimenPriorTrainer) c = make_trainer (&settings, points);
    for (int round = 0; round < 40; round++) {
      step (a, 1);
      step (b, 1);
      step (c, 1);
      limen_prior_trainer_report (b); /* changes nothing */
    }
    gsize size = a->layout.n * sizeof (double);
    g_assert_cmpmem (a->parameters, size, b->parameters, size);
    g_assert_true (memcmp (a->parameters, c->parameters, size) != 0);
  }
}

/* The decoder's first gradient is the same for all: one start, one batch, one set of draws. Adam's
 * first step goes by its signs alone. */
static void
test_estimators_share_start_and_draws (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("ring", 300, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  LimenPriorLayout layout = limen_prior_layout (2, settings.latent, settings.hidden);
  gsize first = layout.decoder[0].at, n = layout.lambda1 - first;
  g_autoptr (LimenPriorTrainer) reference = make_trainer (&settings, points);
  step (reference, 1);
  for (int i = 0; i < LIMEN_N_ESTIMATORS; i++) {
    settings.estimator = (LimenGradientEstimator)i;
    g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
    step (trainer, 1);
    g_assert_cmpmem (trainer->parameters + first, n * sizeof (double),
                     reference->parameters + first, n * sizeof (double));
  }
}

/* Ten points in batches of four: five batches are two epochs, the third of them in both. */
static void
test_every_point_is_seen_once_an_epoch (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("ring", 10, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.batch = 4;
  g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
  guint seen[20], count[2][10] = {0};
  for (guint at = 0; at < 20; at++) {
    if (at % 4 == 0)
      step (trainer, 1);
    const double *x = trainer->pass->x + 2 * (at % 4);
    for (seen[at] = 0; memcmp (x, points->x + 2 * seen[at], 2 * sizeof *x) != 0;)
      g_assert_cmpuint (++seen[at], <, 10);
    count[at / 10][seen[at]]++;
  }
  for (guint i = 0; i < 10; i++) {
    g_assert_cmpuint (count[0][i], ==, 1);
    g_assert_cmpuint (count[1][i], ==, 1);
  }
  g_assert_true (memcmp (seen, seen + 10, 10 * sizeof *seen) != 0);
}

static void
test_batch_of_more_than_all (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("ring", 20, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.batch = 1000;
  settings.n_steps = 3;
  g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
  step (trainer, 3);
  g_assert_true (limen_prior_trainer_is_done (trainer));
  double bound = limen_prior_trainer_report (trainer).bound;
  step (trainer, 1); /* goes no further */
  g_assert_cmpuint (limen_prior_trainer_report (trainer).step, ==, 3);
  g_assert_cmpfloat (limen_prior_trainer_report (trainer).bound, ==, bound);
}

static void
test_divergence_is_a_sentence (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("two-moons", 300, 1, NULL);
  const double rates[] = {1, 5, 100};
  for (gsize rate = 0; rate < G_N_ELEMENTS (rates); rate++)
    for (int hidden = 0; hidden <= 32; hidden += 32)
      for (int i = 0; i < LIMEN_N_ESTIMATORS; i++) {
        g_autoptr (GError) error = NULL, again = NULL;
        LimenPriorSettings settings = limen_prior_defaults ();
        settings.hidden = (guint)hidden;
        settings.learning_rate = rates[rate];
        settings.n_steps = 300;
        settings.estimator = (LimenGradientEstimator)i;
        g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
        while (!limen_prior_trainer_is_done (trainer) &&
               limen_prior_trainer_step (trainer, &error)) {
          LimenPriorReport report = limen_prior_trainer_report (trainer);
          g_assert_true (isfinite (report.bound) && isfinite (report.lambda2[0]));
        }
        if (rates[rate] < 100 && !error)
          continue; /* some get away with it */
        g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
        g_assert_true (g_str_has_suffix (error->message, "."));
        g_assert_nonnull (strstr (error->message, "diverged at step"));
        g_assert_true (isfinite (limen_prior_trainer_report (trainer).bound));
        g_assert_false (limen_prior_trainer_step (trainer, &again));
        g_assert_cmpstr (again->message, ==, error->message);
      }
}

static void
test_refusals (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("ring", 10, 1, NULL);
  const struct {
    LimenPriorSettings settings;
    const char *says;
  } cases[] = {
      {{0, 32, 0.3, TRUE, 0, 64, 10, 0.01, 0}, "latent"},
      {{65, 32, 0.3, TRUE, 0, 64, 10, 0.01, 0}, "latent"},
      {{2, 1025, 0.3, TRUE, 0, 64, 10, 0.01, 0}, "hidden"},
      {{2, 32, 0, TRUE, 0, 64, 10, 0.01, 0}, "σ"},
      {{2, 32, -1, TRUE, 0, 64, 10, 0.01, 0}, "σ"},
      {{2, 32, NAN, TRUE, 0, 64, 10, 0.01, 0}, "σ"},
      {{2, 32, INFINITY, TRUE, 0, 64, 10, 0.01, 0}, "σ"},
      {{2, 32, 0.3, TRUE, LIMEN_N_ESTIMATORS, 64, 10, 0.01, 0}, "estimator"},
      {{2, 32, 0.3, TRUE, 0, 0, 10, 0.01, 0}, "batch"},
      {{2, 32, 0.3, TRUE, 0, 64, 0, 0.01, 0}, "steps"},
      {{2, 32, 0.3, TRUE, 0, 64, 10, 0, 0}, "learning rate"},
      {{2, 32, 0.3, TRUE, 0, 64, 10, NAN, 0}, "learning rate"},
      {{2, 32, 0.3, TRUE, 0, 64, 10, 101, 0}, "learning rate"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (limen_prior_trainer_new (&cases[i].settings, points, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    g_assert_true (g_str_has_suffix (error->message, "."));
    if (!strstr (error->message, cases[i].says))
      g_error ("“%s” does not speak of %s", error->message, cases[i].says);
  }
}

static void
test_refuses_points_out_of_reach (void)
{
  LimenPriorSettings settings = limen_prior_defaults ();
  const double far[] = {1e200, -1e13, NAN, INFINITY};
  for (gsize i = 0; i < G_N_ELEMENTS (far); i++) {
    g_autoptr (GError) error = NULL;
    double x[] = {1, 2, far[i], 3};
    const LimenPoints points = {(char *)"far.csv", 2, 2, x};
    g_assert_null (limen_prior_trainer_new (&settings, &points, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    g_assert_nonnull (strstr (error->message, "far.csv"));
  }
}

/* Numbers that are large, but not refused: a sentence or a result, never NaN */
static void
test_large_points (void)
{
  LimenPriorSettings settings = limen_prior_defaults ();
  double x[] = {1e12, 2, 1, -1e12, 3, 4};
  const LimenPoints points = {(char *)"far.csv", 3, 2, x};
  for (int hidden = 0; hidden <= 32; hidden += 32)
    for (int i = 0; i < LIMEN_N_ESTIMATORS; i++) {
      g_autoptr (GError) error = NULL;
      settings.hidden = (guint)hidden;
      settings.sigma = 1e-4;
      settings.estimator = (LimenGradientEstimator)i;
      g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, &points);
      for (int round = 0; round < 20 && limen_prior_trainer_step (trainer, &error); round++)
        ;
      LimenPriorReport report = limen_prior_trainer_report (trainer);
      g_assert_true (isfinite (report.bound));
      g_assert_true (hidden > 0 || isfinite (report.log_likelihood));
    }
}

/* -- λ -- */

static void
test_optimal_lambda (void)
{
  for (int hidden = 0; hidden <= 16; hidden += 16) {
    g_autoptr (LimenPoints) points = limen_points_builtin ("linear", 500, 1, NULL);
    LimenPriorSettings settings = limen_prior_defaults ();
    settings.hidden = (guint)hidden;
    g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
    step (trainer, 30);
    double mean[1000], s[1000], first = 0, second = 0;
    limen_prior_trainer_encode (trainer, 500, mean, s);
    for (int i = 0; i < 500; i++)
      first += mean[2 * i] / 500;
    for (int i = 0; i < 500; i++)
      second += (s[2 * i] * s[2 * i] + (mean[2 * i] - first) * (mean[2 * i] - first)) / 500;
    double before = limen_prior_trainer_report (trainer).bound;
    limen_prior_trainer_optimal_lambda (trainer);
    LimenPriorReport report = limen_prior_trainer_report (trainer);
    assert_near (report.lambda1[0], first, 1e-12);
    assert_near (report.lambda2[0], second, 1e-12 * second);
    double best = report.bound;
    g_test_message ("from %.4f to %.4f", before, best);
    g_assert_cmpfloat (best, >, before + 0.01);
    for (gsize i = trainer->layout.n - 4, end = i + 4; i < end; i++)
      for (double by = -0.1; by <= 0.1; by += 0.2) {
        trainer->parameters[i] += by;
        g_assert_cmpfloat (limen_prior_trainer_report (trainer).bound, <, best);
        trainer->parameters[i] -= by;
      }
  }
}

/* A trainable prior becomes N(0, I) by another encoder and decoder: nothing else moves. */
static void
test_fixing_the_prior_moves_nothing (void)
{
  for (int hidden = 0; hidden <= 16; hidden += 16) {
    g_autoptr (LimenPoints) points = limen_points_builtin ("linear", 500, 1, NULL);
    LimenPriorSettings settings = limen_prior_defaults ();
    settings.hidden = (guint)hidden;
    g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
    shake (trainer, 6);
    double a[20], b[20];
    LimenPriorReport before = limen_prior_trainer_report (trainer);
    limen_prior_trainer_sample (trainer, 4, 3, a);
    limen_prior_trainer_set_trainable (trainer, FALSE);
    LimenPriorReport after = limen_prior_trainer_report (trainer);
    limen_prior_trainer_sample (trainer, 4, 3, b);
    assert_near (after.bound, before.bound, 1e-11 * fabs (before.bound));
    if (hidden == 0)
      assert_near (after.log_likelihood, before.log_likelihood,
                   1e-11 * fabs (before.log_likelihood));
    for (int i = 0; i < 20; i++)
      assert_near (b[i], a[i], 1e-12 * (1 + fabs (a[i])));
    step (trainer, 50);
    for (int j = 0; j < 2; j++) {
      g_assert_cmpfloat (limen_prior_trainer_report (trainer).lambda1[j], ==, 0);
      g_assert_cmpfloat (limen_prior_trainer_report (trainer).lambda2[j], ==, 1);
    }
    limen_prior_trainer_set_trainable (trainer, TRUE);
    step (trainer, 50);
    g_assert_cmpfloat (limen_prior_trainer_report (trainer).lambda2[0], !=, 1);
  }
}

/* With the prior fixed, the best one is taken over by encoder and decoder. */
static void
test_optimal_lambda_of_a_fixed_prior (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("banana", 500, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.trainable = FALSE;
  g_autoptr (LimenPriorTrainer) fixed = make_trainer (&settings, points);
  step (fixed, 20);
  double before = limen_prior_trainer_report (fixed).bound;
  limen_prior_trainer_optimal_lambda (fixed);
  LimenPriorReport report = limen_prior_trainer_report (fixed);
  g_assert_cmpfloat (report.bound, >, before);
  g_assert_cmpfloat (report.lambda1[0], ==, 0);
  g_assert_cmpfloat (report.lambda2[0], ==, 1);
}

/* -- what it has learned -- */

static void
test_samples_of_the_affine_model (void)
{
  static double x[20000 * 5];
  g_autoptr (LimenPoints) points = limen_points_builtin ("linear", 50, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  settings.hidden = 0;
  g_autoptr (LimenPriorTrainer) trainer = make_trainer (&settings, points);
  shake (trainer, 2);
  g_autoptr (LimenGaussianModel) model = limen_prior_trainer_model (trainer);
  limen_prior_trainer_sample (trainer, 20000, 1, x);
  for (gsize i = 0; i < 5; i++) {
    double mean = model->b[i], variance = 0, measured = 0, square = 0;
    for (gsize j = 0; j < 2; j++) {
      mean += model->a[2 * i + j] * model->lambda1[j];
      variance += model->a[2 * i + j] * model->a[2 * i + j] * model->lambda2[j];
    }
    for (gsize row = 0; row < 20000; row++) {
      measured += x[5 * row + i] / 20000;
      square += (x[5 * row + i] - mean) * (x[5 * row + i] - mean) / 20000;
    }
    assert_near (measured, mean, 4 * sqrt (variance / 20000));
    assert_near (square, variance, 4 * variance * sqrt (2.0 / 20000));
  }
}

static void
test_estimator_changes_on_the_way (void)
{
  g_autoptr (LimenPoints) points = limen_points_builtin ("ring", 300, 1, NULL);
  LimenPriorSettings settings = limen_prior_defaults ();
  g_autoptr (LimenPriorTrainer) stays = make_trainer (&settings, points);
  g_autoptr (LimenPriorTrainer) changes = make_trainer (&settings, points);
  step (stays, 20);
  step (changes, 20);
  limen_prior_trainer_set_estimator (changes, LIMEN_LOG_DERIVATIVE);
  step (stays, 1);
  step (changes, 1);
  gsize size = stays->layout.n * sizeof (double);
  g_assert_true (memcmp (stays->parameters, changes->parameters, size) != 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/model", test_report_is_that_of_the_model);
  g_test_add_func ("/report/estimate", test_estimated_bound);
  g_test_add_func ("/report/repeats", test_report_repeats_itself);
  g_test_add_func ("/training/linear", test_linear_vae_reaches_the_maximum);
  g_test_add_func ("/training/bent", test_hidden_layers_learn_what_is_bent);
  g_test_add_func ("/training/bits", test_same_seed_same_bits);
  g_test_add_func ("/training/shared-start", test_estimators_share_start_and_draws);
  g_test_add_func ("/training/batches", test_every_point_is_seen_once_an_epoch);
  g_test_add_func ("/training/large-batch", test_batch_of_more_than_all);
  g_test_add_func ("/training/divergence", test_divergence_is_a_sentence);
  g_test_add_func ("/training/refusals", test_refusals);
  g_test_add_func ("/training/out-of-reach", test_refuses_points_out_of_reach);
  g_test_add_func ("/training/large", test_large_points);
  g_test_add_func ("/lambda/optimal", test_optimal_lambda);
  g_test_add_func ("/lambda/fixing", test_fixing_the_prior_moves_nothing);
  g_test_add_func ("/lambda/optimal-fixed", test_optimal_lambda_of_a_fixed_prior);
  g_test_add_func ("/learned/samples", test_samples_of_the_affine_model);
  g_test_add_func ("/learned/estimator", test_estimator_changes_on_the_way);
  return g_test_run ();
}
