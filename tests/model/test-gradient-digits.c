/* Variances of single draws hold to the error that they state, whatever σ²: against the closed
 * forms as they are published, in numbers of 34 digits. */
#include "model/prior/sentences.h"
#include "plain-gradient.h"

typedef __float128 Real;

/* -- in many digits -- */

/**
 * Wide: the integrand, L = mean + h·ε − ½ (εᵀMε − tr M), of up to 6 latent variables
 * @g: (k, k): what log p(x|z) adds to M; @data_h: to h
 */
typedef struct {
  gsize k;
  Real g[36], m[36], h[6], data_h[6], prior[6], mean;
} Wide;

static Real
wide_root (double square)
{
  Real root = sqrt (square); /* of which Newton's step doubles the digits */
  root = (root + square / root) / 2;
  return (root + square / root) / 2;
}

static Wide
wide_of (const LimenGradientCase *c)
{
  const LimenGaussianModel *model = c->model;
  gsize k = model->latent;
  Real sigma2 = model->sigma2,
       sum = model->observed * (Real)logl (2 * (long double)G_PI * model->sigma2);
  Wide wide = {.k = k};
  for (gsize i = 0; i < model->observed; i++) {
    Real residual = (Real)c->x[i] - model->b[i];
    for (gsize j = 0; j < k; j++)
      residual -= (Real)model->a[i * k + j] * c->mu[j];
    sum += residual * residual / sigma2;
    for (gsize j = 0; j < k; j++) {
      Real slope = (Real)model->a[i * k + j] * wide_root (c->variance[j]) / sigma2;
      wide.data_h[j] += slope * residual;
      for (gsize l = 0; l < k; l++)
        wide.g[j * k + l] += slope * model->a[i * k + l] * wide_root (c->variance[l]);
    }
  }
  for (gsize j = 0; j < k; j++) {
    Real apart = (Real)c->mu[j] - model->lambda1[j], l2 = model->lambda2[j];
    wide.prior[j] = (Real)c->variance[j] / l2;
    wide.h[j] = wide.data_h[j] - apart * wide_root (c->variance[j]) / l2;
    sum += wide.g[j * k + j] + apart * apart / l2 + wide.prior[j] - 1 -
           (Real)logl ((long double)wide.prior[j]);
    for (gsize l = 0; l < k; l++)
      wide.m[j * k + l] = wide.g[j * k + l] + (j == l ? wide.prior[j] - 1 : 0);
  }
  wide.mean = -sum / 2;
  return wide;
}

/* (M²)_jj, of a symmetric matrix whose diagonal is @shift more */
static Real
square_at (const Real *m, gsize k, gsize j, Real shift)
{
  Real sum = 0;
  for (gsize l = 0; l < k; l++) {
    Real own = m[j * k + l] + (l == j ? shift : 0);
    sum += own * own;
  }
  return sum;
}

static void
wide_density (const Wide *wide, LimenGradientEstimator estimator, const LimenGradientCase *c,
              gsize j, Real out[2])
{
  gsize k = wide->k;
  Real variance = 0, m = wide->m[j * k + j], h = wide->h[j], square = square_at (wide->m, k, j, 0);
  for (gsize l = 0; l < k; l++)
    variance += wide->h[l] * wide->h[l] + square_at (wide->m, k, l, 0) / 2;
  Real raw = wide->mean + c->shift;
  Real f = estimator == LIMEN_LOG_DERIVATIVE ? raw : estimator == LIMEN_LOG_DERIVATIVE_MEAN ? 0 : m;
  out[0] = (f * f + variance - 2 * m * f + h * h + 2 * square) / (Real)c->variance[j];
  f = estimator == LIMEN_LOG_DERIVATIVE_OPTIMAL ? 2 * m : f;
  out[1] = 2 * (f * f + variance) + 8 * (h * h + square - f * m) + 5 * m * m;
}

static void
wide_path (const Wide *wide, LimenGradientEstimator estimator, const LimenGradientCase *c, gsize j,
           Real out[2])
{
  gsize k = wide->k;
  Real shift = estimator == LIMEN_REPARAMETERIZATION      ? wide->prior[j]
               : estimator == LIMEN_REPARAMETERIZATION_KL ? 0
                                                          : wide->prior[j] - 1;
  Real n = wide->g[j * k + j] + shift, square = square_at (wide->g, k, j, shift);
  Real h = estimator == LIMEN_REPARAMETERIZATION_KL ? wide->data_h[j] : wide->h[j];
  out[0] = square / (Real)c->variance[j];
  out[1] = h * h + n * n + square;
}

/* -- against them -- */

/* Cases whose proposal is near the posterior, where most cancels, at any σ² */
static LimenGaussianCase *
near_case (LimenRandom *random, double *v, LimenGradientCase *c)
{
  guint k = 1 + limen_random_below (random, 6), d = 1 + limen_random_below (random, 6);
  LimenGaussianCase *made = random_diagonal_case (random, k, d, v, c);
  LimenGaussianModel *model = made->model;
  model->sigma2 = pow (10, -14 + 20 * limen_random_uniform (random));
  if (limen_random_below (random, 2)) { /* an x that the model explains */
    for (guint i = 0; i < d; i++) {
      made->x[i] = model->b[i] + sqrt (model->sigma2) * limen_random_normal (random);
      for (guint j = 0; j < k; j++)
        made->x[i] += model->a[i * k + j] * model->lambda1[j];
    }
  }
  g_autoptr (LimenGaussian) q = limen_gaussian_case_proposal (made, LIMEN_PROPOSAL_ELBO);
  for (guint j = 0; j < k; j++) {
    made->proposal->mean[j] = q->mean[j];
    v[j] = q->covariance[j * k + j] * (1 + 1e-13 * limen_random_normal (random));
  }
  return made;
}

static guint n_digits, n_numbers; /* those with nine digits, and all */

static void
assert_within (double value, double error, Real truth, const char *name)
{
  double apart = (double)(value - truth);
  if (!(fabs (apart) <= error))
    g_error ("%s: %.17g is off by %g, not by %g at most", name, value, apart, error);
  n_numbers++;
  n_digits += error <= 1e-9 * (double)truth;
}

static void
test_variances (void)
{
  LimenRandom random = limen_random_stream (1, "digits", 0);
  for (guint n = 0; n < 2000; n++) {
    double v[6];
    LimenGradientCase c;
    g_autoptr (LimenGaussianCase) made = near_case (&random, v, &c);
    c.shift = n % 3 ? 0 : 100;
    g_autoptr (LimenDuel) duel = limen_duel_new (&c, 1, n);
    Wide wide = wide_of (&c);
    for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++)
      for (gsize j = 0; j < wide.k; j++) {
        const LimenDuelCloud *cloud = &duel->cloud[e];
        Real truth[2];
        if (e <= LIMEN_LOG_DERIVATIVE_OPTIMAL)
          wide_density (&wide, e, &c, j, truth);
        else
          wide_path (&wide, e, &c, j, truth);
        for (guint part = 0; part < 2; part++)
          assert_within (cloud->variance[part * wide.k + j],
                         cloud->variance_error[part * wide.k + j], truth[part],
                         limen_estimator_word (e));
      }
  }
  g_test_message ("%u of %u have nine digits", n_digits, n_numbers);
  g_assert_cmpuint (n_digits, >=, n_numbers / 100 * 95);
}

/* Proposals that are exactly the posterior, whose variance is not a square in float64: estimators
 * that follow it to the end have no noise, and no gradient is left. Of the second, 1/λ2 and a²/σ²
 * are thirds; of the third, columns of A are orthogonal, but not once s/σ has rounded them. */
static void
test_nothing_is_nothing (void)
{
  static const struct {
    guint k;
    double lambda2, sigma2, a[4], variance;
  } cases[] = {{1, 1, 1, {1, 0}, 0.5}, {1, 6, 3, {1, 0}, 2}, {2, 4, 136, {3, 5, 5, -3}, 2}};
  for (guint n = 0; n < G_N_ELEMENTS (cases); n++) {
    guint k = cases[n].k;
    double mean[2] = {7, 7}, variance[2] = {cases[n].variance, cases[n].variance}, x[2] = {0};
    g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (k, 2);
    memcpy (model->a, cases[n].a, 2 * k * sizeof (double));
    model->sigma2 = cases[n].sigma2;
    for (guint j = 0; j < k; j++) {
      model->lambda1[j] = mean[j];
      model->lambda2[j] = cases[n].lambda2;
      for (guint i = 0; i < 2; i++)
        x[i] += model->a[i * k + j] * mean[j];
    }
    const LimenGradientCase c = {model, x, mean, variance, 0};
    g_autoptr (LimenDuel) duel = limen_duel_new (&c, 1, 0);
    for (guint i = 0; i < 2 * k; i++) {
      g_assert_cmpfloat (duel->exact[i], ==, 0);
      g_assert_cmpfloat (duel->exact_error[i], ==, 0);
      for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++) {
        gboolean none = e == LIMEN_LOG_DERIVATIVE_MEAN || e == LIMEN_LOG_DERIVATIVE_OPTIMAL ||
                        e == LIMEN_STICKING_THE_LANDING;
        g_assert_true ((duel->cloud[e].variance[i] == 0) == none);
        g_assert_true (!none || duel->cloud[e].variance_error[i] == 0);
      }
    }
  }
}

/* Where no data pulls, log p(x|z) alone has neither gradient nor noise, however far q is from the
 * prior. */
static void
test_no_pull_is_no_noise (void)
{
  double mean = 0.3, variance = 0.7, x = 4;
  g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (1, 1);
  model->lambda1[0] = -0.1;
  model->lambda2[0] = 3;
  const LimenGradientCase c = {model, &x, &mean, &variance, 0};
  g_autoptr (LimenDuel) duel = limen_duel_new (&c, 1, 0);
  const LimenDuelCloud *cloud = &duel->cloud[LIMEN_REPARAMETERIZATION_KL];
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpfloat (cloud->variance[i], ==, 0);
    g_assert_cmpfloat (cloud->variance_error[i], ==, 0);
  }
}

/* A gradient far below the last bits of what it is made of is none the less known, and the number
 * and what is said of it agree. */
static void
test_what_is_told_is_said (void)
{
  double mean = 0.3, variance = 1.7, x = 2;
  g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (1, 1);
  model->lambda1[0] = mean;
  model->lambda2[0] = variance;
  model->a[0] = 1;
  model->sigma2 = 1e38;
  const LimenGradientCase c = {model, &x, &mean, &variance, 0};
  g_autoptr (LimenDuel) duel = limen_duel_new (&c, 1, 0);
  g_autofree char *sentence = limen_duel_sentence (duel, 0);
  g_assert_cmpfloat (fabs (duel->exact[0] - 1.7e-38), <=, 1e-53);
  g_assert_cmpfloat (duel->exact_error[0], <, 1e-53);
  g_assert_false (limen_duel_is_flat (duel, 0));
  g_assert_null (strstr (sentence, "is 0"));
  const LimenDuelCloud *mean_baseline = &duel->cloud[LIMEN_LOG_DERIVATIVE_MEAN];
  g_assert_cmpfloat (mean_baseline->variance[0], <, 1e-74);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gradient-digits/variances", test_variances);
  g_test_add_func ("/gradient-digits/nothing-is-nothing", test_nothing_is_nothing);
  g_test_add_func ("/gradient-digits/no-pull-is-no-noise", test_no_pull_is_no_noise);
  g_test_add_func ("/gradient-digits/what-is-told-is-said", test_what_is_told_is_said);
  return g_test_run ();
}
