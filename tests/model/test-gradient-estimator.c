#include "tests/model/gradient-answers.h"
#include "tests/model/gaussian-answers.h"
#include "model/prior/sentences.h"
#include "plain-gradient.h"

#include "model/prior/gradient-estimator.h"

#include <gio/gio.h>

static LimenGaussianCase *
example_case (LimenProposalKind kind, double *v, LimenGradientCase *c)
{
  LimenGaussianCase *example = limen_gaussian_case_example ();
  LimenGaussian *q = limen_gaussian_case_proposal (example, kind);
  limen_gaussian_free (example->proposal);
  example->proposal = q;
  g_assert_true (limen_gradient_case_of (example, v, c, NULL));
  return example;
}

static gsize
size_of (const LimenGradientCase *c)
{
  return limen_gradient_offset (c->model, LIMEN_N_PARTS);
}

/* -- names and layout -- */

static void
test_words (void)
{
  for (guint i = 0; i < LIMEN_N_ESTIMATORS; i++) {
    g_assert_true (strlen (limen_estimator_title (i)) > 0);
    for (const char *word = limen_estimator_word (i); *word; word++)
      g_assert_true (g_ascii_islower (*word) || *word == '-');
    for (guint j = 0; j < i; j++) {
      g_assert_cmpstr (limen_estimator_word (i), !=, limen_estimator_word (j));
      g_assert_cmpstr (limen_estimator_title (i), !=, limen_estimator_title (j));
    }
  }
}

static void
test_layout (void)
{
  g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (3, 5);
  const gsize expected[] = {0, 3, 6, 9, 12, 27, 32};
  for (guint part = 0; part <= LIMEN_N_PARTS; part++)
    g_assert_cmpuint (limen_gradient_offset (model, part), ==, expected[part]);
}

/* -- exact gradients -- */

/* The numbers of the reference, which are these fractions */
static void
test_exact_of_the_example (void)
{
  const double expected[] = {116 / 375.0, 337 / 1500.0, -17 / 15.0, -379 / 375.0,
                             4 / 15.0,    7 / 12.0,     -14 / 75.0, -31 / 288.0};
  double v[2], out[17];
  LimenGradientCase c;
  g_autoptr (LimenGaussianCase) example = example_case (LIMEN_PROPOSAL_OWN, v, &c);
  gradient_exact (&c, out);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_near (out[i], expected[i], 1e-14);
}

static void
test_exact_at_the_best_proposal (void)
{
  double v[2], out[17];
  LimenGradientCase c;
  g_autoptr (LimenGaussianCase) example = example_case (LIMEN_PROPOSAL_ELBO, v, &c);
  gradient_exact (&c, out);
  for (gsize i = 0; i < 4; i++)
    assert_near (out[i], 0, 1e-14);
}

static double
bound_of (const LimenGradientCase *c)
{
  g_autoptr (LimenGaussian) q = proposal_of (c);
  return gaussian_elbo (c->model, c->x, q);
}

/* Of VLB, moved by @step along @value, or, where it is a variance, along the logarithm of its root
 */
static double
central_difference (const LimenGradientCase *c, double *value, gboolean scale, double step)
{
  double before = *value;
  *value = scale ? before * exp (2 * step) : before + step;
  double above = bound_of (c);
  *value = scale ? before * exp (-2 * step) : before - step;
  double below = bound_of (c);
  *value = before;
  return (above - below) / (2 * step);
}

static void
assert_exact_is_slope (const LimenGaussianCase *own, double *v, const LimenGradientCase *c)
{
  gsize k = c->model->latent, d = c->model->observed;
  g_autofree double *out = g_new (double, size_of (c));
  double *value[] = {own->proposal->mean, v,
                     own->model->lambda1, own->model->lambda2,
                     own->model->a,       own->model->b};
  const gsize n[] = {k, k, k, k, d * k, d};
  gradient_exact (c, out);
  for (guint part = 0; part < LIMEN_N_PARTS; part++)
    for (gsize i = 0; i < n[part]; i++) {
      double exact = out[limen_gradient_offset (c->model, part) + i];
      double step = part == LIMEN_PART_LAMBDA2 ? 1e-4 * value[part][i] : 1e-4;
      double slope = central_difference (c, &value[part][i], part == LIMEN_PART_LOG_S, step);
      assert_near (exact, slope, 2e-6 * (1 + fabs (exact)) * (1 + fabs (bound_of (c))));
    }
}

static void
test_exact_is_the_slope_of_the_bound (void)
{
  const guint shape[][2] = {{2, 3}, {1, 1}, {1, 4}, {7, 5}, {3, 12}};
  LimenRandom random = limen_random_stream (3, "slope", 0);
  double v[16];
  LimenGradientCase c;
  g_autoptr (LimenGaussianCase) example = example_case (LIMEN_PROPOSAL_OWN, v, &c);
  assert_exact_is_slope (example, v, &c);
  for (gsize i = 0; i < G_N_ELEMENTS (shape); i++) {
    g_autoptr (LimenGaussianCase) own =
        random_diagonal_case (&random, shape[i][0], shape[i][1], v, &c);
    assert_exact_is_slope (own, v, &c);
  }
}

/* -- closed forms -- */

/* All moments of the slow reference, exactly: its means are the gradient, its variances the closed
 * forms, whatever the model. */
static void
test_closed_forms (void)
{
  const guint shape[][2] = {{1, 1}, {1, 3}, {2, 1}, {2, 3}, {3, 2}, {4, 5}};
  LimenRandom random = limen_random_stream (5, "closed", 0);
  for (gsize i = 0; i < 4 * G_N_ELEMENTS (shape); i++) {
    const guint *own = shape[i % G_N_ELEMENTS (shape)];
    double v[4], covariance, exact[64], mean[64], variance[64], closed[64];
    LimenGradientCase c;
    g_autoptr (LimenGaussianCase) made = random_diagonal_case (&random, own[0], own[1], v, &c);
    c.shift = limen_random_normal (&random);
    gradient_exact (&c, exact);
    for (guint estimator = 0; estimator < LIMEN_N_ESTIMATORS; estimator++) {
      plain_moments (&c, estimator, mean, variance, &covariance);
      limen_gradient_variance (&c, estimator, closed);
      for (gsize j = 0; j < size_of (&c); j++) {
        double scale = fabs (exact[j]) + sqrt (variance[j]);
        assert_near (mean[j], exact[j], 1e-11 * scale);
        assert_near (closed[j], variance[j], 1e-10 * scale * scale);
      }
    }
  }
}

/* reference: iwae_ref_grad.py, closed (): μ1, μ2, log s1, log s2 */
static const double own_variance[LIMEN_N_ESTIMATORS][4] = {
    {65.04878768127396, 77.59070803826629, 101.55636989329834, 94.17832668086537},
    {18.765343644444442, 22.07255911111112, 38.00568497777778, 34.365491555555565},
    {16.196454755555553, 19.518941333333338, 27.730129422222227, 26.19391466666667},
    {12.798862222222219, 14.727751111111113, 10.998385777777777, 9.954070933333334},
    {10.17664, 9.136640000000002, 8.494208000000002, 5.722137600000002},
    {6.265528888888888, 7.174417777777779, 4.465052444444445, 3.9114042666666675},
};
static const double best_variance[LIMEN_N_ESTIMATORS][4] = {
    {56.41176327520451, 66.46010860860034, 28.166621462307827, 28.166621462307816},
    {5.515543766578247, 6.498000000000002, 4.309018567639257, 4.309018567639257},
    {5.515543766578247, 6.498000000000002, 4.309018567639257, 4.309018567639257},
    {6.105181255526083, 7.192666666666667, 2.430901856763927, 2.430901856763925},
    {4.876014588859416, 4.411941644562335, 1.8778813502923732, 1.3927852864255672},
    {1.8385145888594159, 2.166000000000001, 0.43090185676392573, 0.43090185676392573},
};

static void
test_variance_of_the_example (void)
{
  const double lambda[] = {0.5 / 2.25, 0.4 / 0.36, 0.04049382716049383, 0.9953703703703703};
  double v[2], out[17];
  LimenGradientCase c, best;
  g_autoptr (LimenGaussianCase) example = example_case (LIMEN_PROPOSAL_OWN, v, &c);
  double best_s[2];
  g_autoptr (LimenGaussianCase) optimal = example_case (LIMEN_PROPOSAL_ELBO, best_s, &best);
  for (guint estimator = 0; estimator < LIMEN_N_ESTIMATORS; estimator++) {
    limen_gradient_variance (&c, estimator, out);
    for (gsize i = 0; i < 4; i++) {
      assert_near (out[i], own_variance[estimator][i], 1e-12 * out[i]);
      assert_near (out[4 + i], estimator == LIMEN_REPARAMETERIZATION_KL ? 0 : lambda[i], 1e-15);
    }
    limen_gradient_variance (&best, estimator, out);
    for (gsize i = 0; i < 4; i++)
      assert_near (out[i], best_variance[estimator][i], 1e-12 * out[i]);
  }
}

/* The posterior in one dimension is diagonal: there log w does not vary, and neither does what
 * sticks the landing. */
static void
test_sticking_the_landing_lands (void)
{
  LimenRandom random = limen_random_stream (6, "land", 0);
  double v[1], out[6], draws[2 * 50];
  LimenGradientCase c;
  g_autoptr (LimenGaussianCase) made = random_diagonal_case (&random, 1, 1, v, &c);
  LimenGaussian *posterior = limen_gaussian_case_proposal (made, LIMEN_PROPOSAL_POSTERIOR);
  limen_gaussian_free (made->proposal);
  made->proposal = posterior;
  g_assert_true (limen_gradient_case_of (made, v, &c, NULL));
  limen_gradient_variance (&c, LIMEN_STICKING_THE_LANDING, out);
  gradient_draws (&c, LIMEN_STICKING_THE_LANDING, 1, 0, 50, LIMEN_PART_LAMBDA1, draws);
  assert_near (out[0], 0, 1e-20);
  assert_near (out[1], 0, 1e-20);
  for (guint i = 0; i < 100; i++)
    assert_near (draws[i], 0, 1e-12);
  limen_gradient_variance (&c, LIMEN_REPARAMETERIZATION, out);
  g_assert_cmpfloat (out[0], >, 0);
}

/* -- dimensions and wiggles -- */

static void
isotropic_variance (guint dimension, double *of_mu1)
{
  LimenGradientCase c;
  g_autofree double *v = g_new (double, dimension);
  g_autoptr (LimenGaussianCase) made = limen_isotropic_case (dimension, 0.1, sqrt (2 / 3.0));
  g_assert_true (limen_gradient_case_of (made, v, &c, NULL));
  g_autofree double *out = g_new (double, size_of (&c));
  for (guint estimator = 0; estimator < LIMEN_N_ESTIMATORS; estimator++) {
    limen_gradient_variance (&c, estimator, out);
    of_mu1[estimator] = out[0];
  }
}

/* reference: iwae_ref_grad_output.txt, G2; with the mean as baseline by its closed () */
static void
test_dimensions (void)
{
  const struct {
    guint dimension;
    double raw, mean, optimal;
  } row[] = {{1, 4.323526, 0.496667, 0.330000},         {2, 13.330761, 0.620000, 0.453333},
             {5, 70.694723, 0.990000, 0.823333},        {10, 267.442183, 1.606667, 1.440000},
             {20, 1040.215309, 2.840000, 2.673333},     {50, 6392.760350, 6.540000, 6.373333},
             {100, 25427.754291, 12.706667, 12.540000}, {200, 101425.562947, 25.040000, 24.873333}};
  for (gsize i = 0; i < G_N_ELEMENTS (row); i++) {
    double out[LIMEN_N_ESTIMATORS];
    isotropic_variance (row[i].dimension, out);
    assert_near (out[LIMEN_LOG_DERIVATIVE], row[i].raw, 5e-7);
    assert_near (out[LIMEN_LOG_DERIVATIVE_MEAN], row[i].mean, 5e-7);
    assert_near (out[LIMEN_LOG_DERIVATIVE_OPTIMAL], row[i].optimal, 5e-7);
    assert_near (out[LIMEN_REPARAMETERIZATION], 2.666667, 5e-7);
    assert_near (out[LIMEN_REPARAMETERIZATION_KL], 0.666667, 5e-7);
    assert_near (out[LIMEN_STICKING_THE_LANDING], 0.166667, 5e-7);
  }
}

/* Below 20 dimensions the log-derivative trick with the best baseline wins; from 20 on it loses. */
static void
test_dimensions_cross (void)
{
  for (guint dimension = 1; dimension <= 40; dimension++) {
    double out[LIMEN_N_ESTIMATORS];
    isotropic_variance (dimension, out);
    gboolean wins = out[LIMEN_LOG_DERIVATIVE_OPTIMAL] < out[LIMEN_REPARAMETERIZATION];
    g_assert_cmpint (wins, ==, dimension < 20);
    g_assert_cmpfloat (out[LIMEN_LOG_DERIVATIVE_MEAN], >=, out[LIMEN_LOG_DERIVATIVE_OPTIMAL]);
  }
}

/* reference: iwae_ref_grad_output.txt, G3 */
static void
test_wiggle (void)
{
  const double row[][5] = {
      {0.5, +0.479175, 0.43234, 0.00078, 556.7086}, {1, +0.843081, 1.15318, 0.03951, 29.1877},
      {2, +1.001183, 1.76102, 1.09571, 1.6072},     {3, +0.605422, 2.49850, 4.12211, 0.6061},
      {4, +0.196159, 2.39960, 7.95954, 0.3015},     {6, -0.015144, 2.00773, 17.99977, 0.1115},
      {8, -0.001979, 2.00000, 32.00000, 0.0625},    {12, -0.000000, 2.00000, 72.00000, 0.0278}};
  for (gsize i = 0; i < G_N_ELEMENTS (row); i++) {
    LimenWiggle wiggle = limen_wiggle (0.3, 0.5, row[i][0]);
    assert_near (wiggle.gradient, row[i][1], 5.1e-7);
    assert_near (wiggle.mean_baseline, row[i][2], 5.1e-6);
    assert_near (wiggle.reparameterization, row[i][3], 5.1e-6);
    assert_near (wiggle.mean_baseline / wiggle.reparameterization, row[i][4], 5.1e-5);
    g_assert_cmpint (wiggle.mean_baseline < wiggle.reparameterization, ==, row[i][0] >= 3);
  }
}

/* The same by the trapezoidal rule, which is exact to rounding for such a smooth density */
static LimenWiggle
wiggle_by_quadrature (double mu, double s, double omega)
{
  double mass[4001], f[4001], mean = 0, weighted = 0, squares = 0, e;
  LimenWiggle sum = {0};
  for (int i = 0; i <= 4000; i++) {
    e = (i - 2000) * 0.006;
    mass[i] = exp (-0.5 * e * e) / sqrt (2 * G_PI) * 0.006;
    f[i] = sin (omega * (mu + s * e));
    mean += mass[i] * f[i];
    weighted += mass[i] * f[i] * e * e;
    squares += mass[i] * e * e;
    sum.gradient += mass[i] * omega * cos (omega * (mu + s * e));
  }
  for (int i = 0; i <= 4000; i++) {
    e = (i - 2000) * 0.006;
    double by_density = f[i] * e / s - sum.gradient, score = e / s;
    double by_path = omega * cos (omega * (mu + s * e)) - sum.gradient;
    sum.log_derivative += mass[i] * by_density * by_density;
    sum.mean_baseline += mass[i] * pow (by_density - mean * score, 2);
    sum.best_baseline += mass[i] * pow (by_density - weighted / squares * score, 2);
    sum.reparameterization += mass[i] * by_path * by_path;
  }
  return sum;
}

/* Whose variance is lower depends on the baseline: at ω = 2.1 the mean is a bad one. */
static void
test_wiggle_names_its_baseline (void)
{
  LimenWiggle wiggle = limen_wiggle (0.3, 0.5, 2.1);
  assert_near (wiggle.log_derivative, 1.274, 5e-4);
  assert_near (wiggle.mean_baseline, 1.829, 5e-4);
  assert_near (wiggle.reparameterization, 1.323, 5e-4);
  g_autofree char *words = limen_claim_say (limen_wiggle_claims, LIMEN_WIGGLE_N_CLAIMS, &wiggle);
  g_assert_cmpstr (words, ==,
                   "The log-derivative trick wins without a baseline and with the best one; with "
                   "the mean as baseline, reparameterization does.");
}

/* Whether it wiggles or hardly moves at all */
static void
test_wiggle_by_quadrature (void)
{
  const double omega[] = {1e-4, 0.01, 0.3, 1, 2.7, 5, 11}, mu[] = {0, 0.3, 2, -5};
  for (gsize i = 0; i < G_N_ELEMENTS (omega); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (mu); j++)
      for (double s = 0.1; s < 2; s *= 2.5) {
        LimenWiggle one = limen_wiggle (mu[j], s, omega[i]);
        LimenWiggle two = wiggle_by_quadrature (mu[j], s, omega[i]);
        double least = 1e-20 + 1e-14 * omega[i] * omega[i];
        assert_near (one.gradient, two.gradient, 1e-12 * omega[i]);
        assert_near (one.log_derivative, two.log_derivative, 1e-10 * two.log_derivative + least);
        assert_near (one.mean_baseline, two.mean_baseline, 1e-10 * two.mean_baseline + least);
        assert_near (one.best_baseline, two.best_baseline, 1e-10 * two.mean_baseline + least);
        assert_near (one.reparameterization, two.reparameterization,
                     1e-9 * two.reparameterization + least * 1e-3);
      }
}

/* -- what a digit costs, and what is refused -- */

static void
test_samples_needed (void)
{
  assert_near (limen_gradient_samples_needed (116 / 375.0, 65.04878768127396), 67980.72, 0.01);
  assert_near (limen_gradient_samples_needed (-2, 1), 25, 1e-12);
  g_assert_cmpfloat (limen_gradient_samples_needed (3, 0), ==, 0);
  g_assert_true (isinf (limen_gradient_samples_needed (0, 1)));
  g_assert_true (isinf (limen_gradient_samples_needed (0, 0)));
  g_assert_true (isinf (limen_gradient_samples_needed (1e-300, 1)));
}

static void
test_only_diagonal_proposals (void)
{
  const double mean[] = {0.5, 0.5}, covariance[] = {0.5, 0.01, 0.01, 0.4};
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  g_autoptr (GError) error = NULL;
  double v[2];
  LimenGradientCase c;
  limen_gaussian_free (example->proposal);
  example->proposal = limen_gaussian_new ("q", 2, mean, covariance, NULL);
  g_assert_false (limen_gradient_case_of (example, v, &c, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  g_assert_true (g_str_has_prefix (error->message, "The proposal "));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_true (limen_gradient_case_of (example, v, &c, NULL) == FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/words", test_words);
  g_test_add_func ("/names/layout", test_layout);
  g_test_add_func ("/exact/example", test_exact_of_the_example);
  g_test_add_func ("/exact/best-proposal", test_exact_at_the_best_proposal);
  g_test_add_func ("/exact/slope-of-the-bound", test_exact_is_the_slope_of_the_bound);
  g_test_add_func ("/variance/closed-forms", test_closed_forms);
  g_test_add_func ("/variance/example", test_variance_of_the_example);
  g_test_add_func ("/variance/sticking-the-landing", test_sticking_the_landing_lands);
  g_test_add_func ("/crossing/dimensions", test_dimensions);
  g_test_add_func ("/crossing/twenty", test_dimensions_cross);
  g_test_add_func ("/crossing/wiggle", test_wiggle);
  g_test_add_func ("/crossing/wiggle-names-its-baseline", test_wiggle_names_its_baseline);
  g_test_add_func ("/crossing/wiggle-by-quadrature", test_wiggle_by_quadrature);
  g_test_add_func ("/cost/one-digit", test_samples_needed);
  g_test_add_func ("/refusal/not-diagonal", test_only_diagonal_proposals);
  return g_test_run ();
}
