#include "tests/model/gaussian-answers.h"
#include "tests/model/near-asserts.h"
#include "tests/model/normal-line.h"
#include "model/gaussian-random.h"
#include "model/plain-bound.h"

#include <math.h>
#include <string.h>

/* -- reference values: iwae_ref.py, its output to ten digits -- */

#define N_K 8
static const double reference_k[N_K] = {1, 2, 5, 10, 50, 100, 500, 5000};

/* Case B: the linear Gaussian model in the plane */
static const double case_b[LIMEN_N_PROPOSALS][N_K] = {
    [LIMEN_PROPOSAL_PRIOR] = {-6.9700948288, -4.4006049344, -3.4325306664, -3.2704316215,
                              -3.1887130044, -3.1802033257, -3.1735873365, -3.1721209537},
    [LIMEN_PROPOSAL_ELBO] = {-3.4538097005, -3.3605498523, -3.2903656428, -3.2549114033,
                             -3.2069034360, -3.1957271435, -3.1815127553, -3.1745177542},
    [LIMEN_PROPOSAL_MOMENTS] = {-3.6472734862, -3.3409434695, -3.2321384407, -3.2028171704,
                                -3.1787371409, -3.1754541357, -3.1726898078, -3.1720334937},
    [LIMEN_PROPOSAL_OWN] = {-3.8089501938, -3.3744733963, -3.2327806824, -3.2008091618,
                            -3.1776261864, -3.1747939166, -3.1725265459, -3.1720153565},
    [LIMEN_PROPOSAL_POSTERIOR] = {-3.1719585125, -3.1719585125, -3.1719585125, -3.1719585125,
                                  -3.1719585125, -3.1719585125, -3.1719585125, -3.1719585125},
};

static void
test_linear_gaussian_reference (void)
{
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  double evidence = gaussian_log_evidence (example->model, example->x);
  for (int kind = 0; kind < LIMEN_N_PROPOSALS; kind++) {
    g_autoptr (LimenGaussian) q = limen_gaussian_case_proposal (example, kind);
    g_autoptr (LimenImportanceBound) bound =
        gaussian_importance_bound (example->model, example->x, q);
    double gap[N_K];
    importance_bound_gaps (bound, reference_k, N_K, gap);
    for (int i = 0; i < N_K; i++) {
      assert_near (evidence - gap[i], case_b[kind][i], 1e-8);
      assert_near (gap[i], limen_importance_bound_gap (bound, reference_k[i]), 0);
    }
    double elbo = gaussian_elbo (example->model, example->x, q);
    assert_near (evidence - gap[0], elbo, 1e-12);
    assert_near (limen_importance_bound_mean_weight (bound), 1, 1e-12);
  }
}

/* Case A: log v = τ·e − τ²/2, e ~ N(0, 1) */
static void
test_log_normal_reference (void)
{
  static const struct {
    double tau, bound[N_K];
  } cases[] = {
      {0.5,
       {-0.1250000000, -0.0658842012, -0.0274443603, -0.0139450613, -0.0028293305, -0.0014173718,
        -0.0002839144, -0.0000284014}},
      {1,
       {-0.5000000000, -0.2904852728, -0.1355449655, -0.0737211975, -0.0164231638, -0.0083811793,
        -0.0017089032, -0.0001717314}},
      {2,
       {-2.0000000000, -1.3577511343, -0.8013581894, -0.5295410754, -0.1886169102, -0.1164889750,
        -0.0343765640, -0.0046957845}},
      {3,
       {-4.5000000000, -3.3544347959, -2.2891225513, -1.7174954520, -0.8733237393, -0.6461810179,
        -0.3084421765, -0.0930054919}},
  };
  static double e[3000], mass[3000], log_v[3000];
  fill_line (14, 3000, e, mass);
  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++) {
    double tau = cases[c].tau;
    for (int i = 0; i < 3000; i++)
      log_v[i] = tau * e[i] - tau * tau / 2;
    g_autoptr (LimenImportanceBound) bound = limen_importance_bound_new (log_v, mass, 3000);
    for (int i = 0; i < N_K; i++)
      assert_near (-limen_importance_bound_gap (bound, reference_k[i]), cases[c].bound[i], 1e-8);
    assert_near (limen_importance_bound_gap (bound, 1), tau * tau / 2, 1e-12);
  }
}

#define MANY 24000

/* Case C: z ~ N(0, 1), x|z ~ N(z², 0.3²), x = 1, with a posterior of two modes. K = 1 in closed
 * form, by the moments of z under q: the table of the reference ends at y = 2000, which is too
 * early for the first two. */
static void
test_two_modes_reference (void)
{
  static const struct {
    double mean, deviation, bound[N_K];
  } cases[] = {
      {0,
       1,
       {-10.8260768400, -2.82277787, -1.72525795, -1.49138294, -1.35975662, -1.34691791,
        -1.33704750, -1.33487207}},
      {0,
       0.9,
       {-7.2158818001, -2.57311893, -1.72322918, -1.49236573, -1.35999402, -1.34703413, -1.33707035,
        -1.33487435}},
      {0.978,
       0.155,
       {-2.0887304617, -2.06613375, -2.05267322, -2.04632426, -2.03787371, -2.03580217, -2.03278535,
        -2.03050831}},
      {0.978,
       0.3,
       {-2.9571527680, -2.21013176, -2.07090764, -2.04507071, -2.02526813, -2.02177315, -2.01553101,
        -2.00370173}},
  };
  const double evidence = -1.334631346540;
  static double e[MANY], mass[MANY], log_v[MANY];
  fill_line (24, MANY, e, mass);
  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++) {
    for (int i = 0; i < MANY; i++) {
      double z = cases[c].mean + cases[c].deviation * e[i], residual = (1 - z * z) / 0.3;
      double log_joint = -0.5 * (residual * residual + z * z) - log (0.3) - log (2 * G_PI);
      double log_q = -0.5 * e[i] * e[i] - 0.5 * log (2 * G_PI) - log (cases[c].deviation);
      log_v[i] = log_joint - log_q - evidence;
    }
    g_autoptr (LimenImportanceBound) bound = limen_importance_bound_new (log_v, mass, MANY);
    assert_near (limen_importance_bound_mean_weight (bound), 1, 1e-9);
    for (int i = 0; i < N_K; i++)
      assert_near (evidence - limen_importance_bound_gap (bound, reference_k[i]), cases[c].bound[i],
                   1e-8);
  }
}

/* -- the theorem -- */

#define SIDE 25

/* Weights of the case at SIDE or SIDE² nodes: few, for the theorem holds whatever they miss. */
static LimenImportanceBound *
coarse_bound (const LimenGaussianCase *made)
{
  double e[SIDE], along[SIDE], z[2 * SIDE * SIDE], mass[SIDE * SIDE], log_v[SIDE * SIDE];
  gsize k = made->model->latent, n = k == 1 ? SIDE : SIDE * SIDE;
  LimenTarget target = limen_gaussian_case_target (made);
  double evidence = gaussian_log_evidence (made->model, made->x);
  fill_line (6, SIDE, e, along);
  for (gsize i = 0; i < n; i++) {
    const double node[2] = {e[i % SIDE], e[i / SIDE]};
    mass[i] = along[i % SIDE] * (k == 1 ? 1 : along[i / SIDE]);
    limen_gaussian_place (made->proposal, node, z + i * k);
  }
  target.log_joint (z, n, log_v, target.data);
  for (gsize i = 0; i < n; i++)
    log_v[i] -= limen_gaussian_log_density (made->proposal, z + i * k) + evidence;
  return limen_importance_bound_new (log_v, mass, n);
}

static void
assert_bound_rises (const LimenImportanceBound *bound, LimenRandom *random)
{
  double small = exp (6 * limen_random_uniform (random));
  double large = small * exp (4 * limen_random_uniform (random));
  double wide = limen_importance_bound_gap (bound, small);
  double narrow = limen_importance_bound_gap (bound, large);
  g_assert_cmpfloat (narrow, >=, 0);
  g_assert_cmpfloat (narrow, <=, wide + 1e-13 * (1 + wide));
}

/* log p(x) ≥ VLB^(K) ≥ VLB^(M) for K ≥ M: 10,000 random models, proposals and pairs */
static void
test_rises_and_stays_below (void)
{
  for (guint i = 0; i < 10000; i++) {
    LimenRandom random = limen_random_stream (11, "theorem", i);
    guint k = 1 + limen_random_below (&random, 2);
    g_autoptr (LimenGaussianCase) made =
        random_case (&random, k, 1 + limen_random_below (&random, 4));
    g_autoptr (LimenImportanceBound) bound = coarse_bound (made);
    assert_bound_rises (bound, &random);
  }
}

/* The same with the nodes that the page uses, and with the closed form for K = 1. */
static void
test_random_models_meet_the_closed_form (void)
{
  for (guint i = 0; i < 400; i++) {
    LimenRandom random = limen_random_stream (12, "closed form", i);
    guint k = 1 + i % 2;
    g_autoptr (LimenGaussianCase) made =
        random_case (&random, k, 1 + limen_random_below (&random, 4));
    g_autoptr (LimenImportanceBound) bound =
        gaussian_importance_bound (made->model, made->x, made->proposal);
    double gap = gaussian_log_evidence (made->model, made->x) -
                 gaussian_elbo (made->model, made->x, made->proposal);
    assert_near (limen_importance_bound_gap (bound, 1), gap, 1e-11 * (1 + gap));
    assert_bound_rises (bound, &random);
  }
}

/* Any weights at all: few, wide apart, some without mass, some nothing. */
static void
test_any_weights_rise (void)
{
  for (guint i = 0; i < 2000; i++) {
    LimenRandom random = limen_random_stream (13, "any weights", i);
    double log_weight[30], mass[30], spread = exp (8 * limen_random_uniform (&random));
    gsize n = 1 + limen_random_below (&random, 30);
    for (gsize j = 0; j < n; j++) {
      log_weight[j] = spread * limen_random_normal (&random);
      mass[j] = limen_random_below (&random, 5) == 0 ? 0 : limen_random_uniform (&random);
    }
    mass[0] = 0.5;
    g_autoptr (LimenImportanceBound) bound = limen_importance_bound_new (log_weight, mass, n);
    assert_bound_rises (bound, &random);
  }
}

/* -- errors -- */

/* What is said of the error holds at K = 1, where there is a closed form, however far scales are
 * apart. */
static void
test_error_at_one_sample (void)
{
  guint n_sharp = 0;
  for (guint i = 0; i < 200; i++) {
    LimenRandom random = limen_random_stream (15, "error", i);
    guint k = 1 + i % 2;
    g_autoptr (LimenGaussianCase) made =
        random_case (&random, k, 1 + limen_random_below (&random, 4));
    made->model->sigma2 = exp (G_LN10 * (-14 + 20 * limen_random_uniform (&random)));
    LimenProposalKind kind = (LimenProposalKind)limen_random_below (&random, 4);
    g_autoptr (LimenClosedForm) form =
        limen_closed_form_new (made->model, made->x, made->proposal, kind);
    g_autoptr (LimenImportanceBound) bound = limen_importance_bound_new_closed (form);
    double error = limen_importance_bound_error (bound, 1), gap = form->gap.value;
    assert_near (limen_importance_bound_gap (bound, 1), gap, error + form->gap.error);
    n_sharp += error <= 1e-9 * (1 + gap);
  }
  g_assert_cmpuint (n_sharp, >, 100);
}

/* ... and with more samples, against a sum over a grid, which knows twelve digits of the gap at
 * best
 */
static void
test_error_of_many_samples (void)
{
  guint n_compared = 0;
  for (guint i = 0; i < 60; i++) {
    LimenRandom random = limen_random_stream (16, "error", i);
    g_autoptr (LimenGaussianCase) made = random_case (&random, 1, 2);
    long double mean[PLAIN_MOST], covariance[PLAIN_MOST][PLAIN_MOST];
    PlainPosterior posterior = plain_posterior (made->model, made->x);
    plain_proposal (made->model, &posterior, made->proposal, LIMEN_PROPOSAL_OWN, mean, covariance);
    PlainWeights weights = plain_weights (&posterior, mean, covariance);
    g_autoptr (LimenImportanceBound) bound =
        gaussian_importance_bound (made->model, made->x, made->proposal);
    for (double k = 2; k < 2e6; k *= 13) {
      double expected = plain_gap (&weights, k, 0.1);
      if (isnan (expected))
        continue;
      n_compared++;
      assert_near (limen_importance_bound_gap (bound, k), expected,
                   limen_importance_bound_error (bound, k) + 1e-10 * expected + 1e-13);
    }
  }
  g_assert_cmpuint (n_compared, >, 150);
}

/* Where weights hardly differ the gap is a series; it goes on where the table ends. */
static void
test_small_variances (void)
{
  const double variance = 0.5, x = 1;
  g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (1, 1);
  model->a[0] = 1;
  for (double far = 1e-8; far < 0.02; far *= 1.7) {
    double mean = 0.5 + far;
    g_autoptr (LimenGaussian) q = limen_gaussian_new_diagonal ("q", 1, &mean, &variance, NULL);
    g_autoptr (LimenClosedForm) form = limen_closed_form_new (model, &x, q, LIMEN_PROPOSAL_OWN);
    g_autoptr (LimenImportanceBound) bound = limen_importance_bound_new_closed (form);
    double error = limen_importance_bound_error (bound, 1);
    assert_near (limen_importance_bound_gap (bound, 1), form->gap.value, error);
    for (double k = 10; k < 2e6; k *= 100) {
      double law = form->weight_variance.value / (2 * k),
             gap = limen_importance_bound_gap (bound, k);
      assert_near (gap, law,
                   law * (10 * form->weight_variance.value / k + 1e-9) +
                       limen_importance_bound_error (bound, k));
      assert_near (limen_importance_bound_slope (bound, k), -1, 0.01);
    }
  }
}

/* The series needs no table, and so no plane. */
static void
test_small_variances_in_space (void)
{
  static const double one[] = {1, 1, 1}, x = 0;
  g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (3, 1);
  for (double far = 1e-30; far < 1e-3; far *= 300) {
    double mean[] = {far, 0, -far};
    g_autoptr (LimenGaussian) q = limen_gaussian_new_diagonal ("q", 3, mean, one, NULL);
    g_autoptr (LimenClosedForm) form = limen_closed_form_new (model, &x, q, LIMEN_PROPOSAL_OWN);
    g_autoptr (LimenImportanceBound) bound = limen_importance_bound_new_closed (form);
    assert_near (limen_importance_bound_gap (bound, 1), far * far, 1e-12 * far * far);
    for (double k = 10; k < 2e6; k *= 100) {
      double gap = limen_importance_bound_gap (bound, k), law = far * far / k;
      assert_near (gap, law, law * (3 * far * far + 1e-12));
      g_assert_cmpfloat (limen_importance_bound_error (bound, k), <, 1e-6 * gap);
    }
  }
  g_autoptr (LimenGaussian) far = limen_gaussian_new_diagonal ("q", 3, one, one, NULL);
  g_autoptr (LimenClosedForm) form = limen_closed_form_new (model, &x, far, LIMEN_PROPOSAL_OWN);
  g_assert_null (limen_importance_bound_new_closed (form));
  g_autoptr (LimenClosedForm) same = limen_closed_form_new (model, &x, far, LIMEN_PROPOSAL_PRIOR);
  g_autoptr (LimenImportanceBound) tight = limen_importance_bound_new_closed (same);
  g_assert_cmpfloat (limen_importance_bound_gap (tight, 7), ==, 0);
  g_assert_cmpfloat (limen_importance_bound_error (tight, 7), ==, 0);
}

static void
test_tight_for_the_posterior (void)
{
  for (guint i = 0; i < 500; i++) {
    LimenRandom random = limen_random_stream (14, "tight", i);
    g_autoptr (LimenGaussianCase) made = random_case (&random, 1 + i % 2, 3);
    g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (made->model, made->x);
    g_autoptr (LimenImportanceBound) bound =
        gaussian_importance_bound (made->model, made->x, posterior);
    for (int j = 0; j < N_K; j++)
      assert_near (limen_importance_bound_gap (bound, reference_k[j]), 0, 1e-9);
  }
}

/* -- weights of few values, where the expectation is a sum -- */

/* −E log mean, of @k weights of which a binomial number has log v = @high */
static double
gap_of_two (double low, double high, double p, int k)
{
  double mean = p * exp (high) + (1 - p) * exp (low), sum = 0, ways = 1;
  for (int i = 0; i <= k; i++) {
    double log_mean = i == 0 ? low : high + log (((double)i + (k - i) * exp (low - high)) / k);
    sum += ways * pow (p, i) * pow (1 - p, k - i) * (log (mean) - log_mean);
    ways = ways * (k - i) / (i + 1);
  }
  return sum;
}

static void
test_two_weights (void)
{
  static const double cases[][3] = {{-1, 0.5, 0.5},  {-3, 2, 0.1},    {-20, 1, 0.9},
                                    {-300, 1, 0.5},  {-3000, 1, 0.5}, {-10000, 0, 0.25},
                                    {-1e7, 0, 0.75}, {0, 30, 1e-3},   {-5, 50, 1e-12}};
  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
    for (int k = 1; k <= 20; k++) {
      double low = cases[c][0], high = cases[c][1], p = cases[c][2];
      const double log_weight[] = {low, high}, mass[] = {1 - p, p};
      g_autoptr (LimenImportanceBound) bound = limen_importance_bound_new (log_weight, mass, 2);
      double expected = gap_of_two (low, high, p, k);
      assert_near (limen_importance_bound_gap (bound, k), expected, 2e-12 * (1 + expected));
    }
}

/* A factor common to all weights, or to all masses, changes nothing. */
static void
test_sums_are_brought_to_one (void)
{
  static double e[200], mass[200], log_v[200];
  fill_line (9, 200, e, mass);
  for (int i = 0; i < 200; i++)
    log_v[i] = e[i] - 0.5;
  g_autoptr (LimenImportanceBound) bound = limen_importance_bound_new (log_v, mass, 200);
  for (int i = 0; i < 200; i++) {
    log_v[i] += 1234;
    mass[i] *= 1e-6;
  }
  g_autoptr (LimenImportanceBound) moved = limen_importance_bound_new (log_v, mass, 200);
  for (int i = 0; i < N_K; i++)
    assert_near (limen_importance_bound_gap (moved, reference_k[i]),
                 limen_importance_bound_gap (bound, reference_k[i]), 1e-11);
  for (int i = 0; i < 200; i++)
    log_v[i] -= 1234 - log (2);
  g_autoptr (LimenImportanceBound) doubled = limen_importance_bound_new (log_v, mass, 200);
  assert_near (limen_importance_bound_mean_weight (doubled), 2e-6, 1e-14);
}

static void
test_nodes_without_mass_or_weight (void)
{
  const double log_weight[] = {-1, 0.5, -INFINITY, 700, -INFINITY, NAN};
  const double mass[] = {0.5, 0.5, 0, 0, 1e-30, 0};
  g_autoptr (LimenImportanceBound) plain = limen_importance_bound_new (log_weight, mass, 2);
  g_autoptr (LimenImportanceBound) bound = limen_importance_bound_new (log_weight, mass, 6);
  assert_near (limen_importance_bound_gap (bound, 3), limen_importance_bound_gap (plain, 3), 1e-15);
  const double half[] = {0.5, 0, 0.5};
  g_autoptr (LimenImportanceBound) lost = limen_importance_bound_new (log_weight, half, 3);
  g_assert_true (isinf (limen_importance_bound_gap (lost, 3))); /* log of a mean of zeros */
  g_autoptr (LimenImportanceBound) empty = limen_importance_bound_new (log_weight, half, 0);
  g_assert_true (isinf (limen_importance_bound_gap (empty, 3)));
}

/* -- slope -- */

static void
test_slope_is_the_derivative (void)
{
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  for (int kind = 0; kind < LIMEN_PROPOSAL_POSTERIOR; kind++) {
    g_autoptr (LimenGaussian) q = limen_gaussian_case_proposal (example, kind);
    g_autoptr (LimenImportanceBound) bound =
        gaussian_importance_bound (example->model, example->x, q);
    for (int i = 0; i < N_K; i++) {
      double k = reference_k[i], h = 1e-3;
      double rise = log (limen_importance_bound_gap (bound, k * exp (h)) /
                         limen_importance_bound_gap (bound, k * exp (-h)));
      assert_near (limen_importance_bound_slope (bound, k), rise / (2 * h), 1e-5);
    }
  }
}

/* −1 with a variance, that of rounding too; where it is infinite, the exponent of the reference */
static void
test_slope_of_many_samples (void)
{
  static const double expected[LIMEN_N_PROPOSALS] = {-1, -0.5668, -1, -1, -1};
  static const double tolerance[LIMEN_N_PROPOSALS] = {1e-3, 6e-3, 1e-2, 1e-3, 1e-3};
  g_autoptr (LimenGaussianCase) example = limen_gaussian_case_example ();
  for (int kind = 0; kind < LIMEN_N_PROPOSALS; kind++) {
    g_autoptr (LimenGaussian) q = limen_gaussian_case_proposal (example, kind);
    g_autoptr (LimenImportanceBound) bound =
        gaussian_importance_bound (example->model, example->x, q);
    assert_near (limen_importance_bound_slope (bound, 10000), expected[kind], tolerance[kind]);
  }
  g_autoptr (LimenClosedForm) same =
      limen_closed_form_new (example->model, example->x, NULL, LIMEN_PROPOSAL_POSTERIOR);
  g_autoptr (LimenImportanceBound) tight = limen_importance_bound_new_closed (same);
  g_assert_true (isnan (limen_importance_bound_slope (tight, 10000)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bound/reference/linear-gaussian", test_linear_gaussian_reference);
  g_test_add_func ("/bound/reference/log-normal", test_log_normal_reference);
  g_test_add_func ("/bound/reference/two-modes", test_two_modes_reference);
  g_test_add_func ("/bound/rises-and-stays-below", test_rises_and_stays_below);
  g_test_add_func ("/bound/closed-form", test_random_models_meet_the_closed_form);
  g_test_add_func ("/bound/any-weights", test_any_weights_rise);
  g_test_add_func ("/bound/error/one-sample", test_error_at_one_sample);
  g_test_add_func ("/bound/error/many-samples", test_error_of_many_samples);
  g_test_add_func ("/bound/small-variances", test_small_variances);
  g_test_add_func ("/bound/small-variances-in-space", test_small_variances_in_space);
  g_test_add_func ("/bound/tight", test_tight_for_the_posterior);
  g_test_add_func ("/bound/two-weights", test_two_weights);
  g_test_add_func ("/bound/sums-are-one", test_sums_are_brought_to_one);
  g_test_add_func ("/bound/nodes-without-mass", test_nodes_without_mass_or_weight);
  g_test_add_func ("/slope/derivative", test_slope_is_the_derivative);
  g_test_add_func ("/slope/many-samples", test_slope_of_many_samples);
  return g_test_run ();
}
