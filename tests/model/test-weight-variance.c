#include "model/bound/recession.h"
#include "model/bound/vae-bound.h"
#include "tests/model/plain-integral.h"

static const LimenVaeShape plane = {24, 12, 14, 2}, line = {40, 20, 30, 1}, space = {40, 20, 30, 5};

static LimenGaussian *
diagonal (guint k, const double *mean, const double *variance)
{
  return limen_gaussian_new_diagonal ("q", k, mean, variance, NULL);
}

static LimenGaussian *
tilted (double a, double b, double d)
{
  return limen_gaussian_new ("q", 2, (double[]){0.3, -0.2}, (double[]){a, b, b, d}, NULL);
}

/* -- by hand -- */

/* One pixel, and units max (w·z, 0), each of which adds @out to its logit. */
static LimenVae *
small_vae (guint latent, double sigma, guint n_units, const double *weight, const double *out)
{
  LimenVae *vae = limen_vae_new ((LimenVaeShape){1, 1, n_units, latent}, sigma, "small");
  LimenLinear *first = &vae->decoder.layer[0], *second = &vae->decoder.layer[1];
  for (guint h = 0; h < n_units; h++) {
    for (guint j = 0; j < latent; j++)
      first->weight[j * first->stride + h] = (float)weight[h * latent + j];
    first->bias[h] = 1;
    second->weight[h * second->stride] = (float)out[h];
  }
  return vae;
}

/* A latent line with the logit l(z) = rise·|z| + …, and x = 0 or 1: log p(x|z) falls by rise·|z|
 * for x = 0, and not at all for x = 1. */
static void
test_line_of_bernoulli (void)
{
  static const struct {
    double rise, variance, mean;
    float x;
    LimenVarianceKind kind;
  } cases[] = {
      {0, 0.51, 9, 0, LIMEN_VARIANCE_FINITE},
      {0, 0.49, 0, 0, LIMEN_VARIANCE_INFINITE},
      {50, 0.49999, 0, 0, LIMEN_VARIANCE_INFINITE},
      {50, 0.50001, 9, 0, LIMEN_VARIANCE_FINITE},
      {0, 1, 0, 0, LIMEN_VARIANCE_FINITE},
      /* at ½: log p falls by rise·|z|, twice; −2μ·z must not outgrow it */
      {0, 0.5, 0, 0, LIMEN_VARIANCE_INFINITE},
      {0, 0.5, 0.1, 0, LIMEN_VARIANCE_INFINITE},
      {2, 0.5, 0, 0, LIMEN_VARIANCE_FINITE},
      {2, 0.5, 1.9, 0, LIMEN_VARIANCE_FINITE},
      {2, 0.5, -1.9, 0, LIMEN_VARIANCE_FINITE},
      {2, 0.5, 2.1, 0, LIMEN_VARIANCE_INFINITE},
      {2, 0.5, -2.1, 0, LIMEN_VARIANCE_INFINITE},
      {2, 0.5, 0, 1, LIMEN_VARIANCE_INFINITE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LimenVae) vae =
        small_vae (1, 0, 2, (double[]){1, -1}, (double[]){cases[i].rise, cases[i].rise});
    g_autoptr (LimenGaussian) q = diagonal (1, &cases[i].mean, &cases[i].variance);
    g_assert_cmpint (limen_vae_variance_kind (vae, &cases[i].x, q), ==, cases[i].kind);
  }
}

/* Of a Gaussian decoder with means rise·max (z, 0) the squares help on one side only. */
static void
test_line_of_gaussian (void)
{
  static const double both[] = {1, -1}, one[] = {1, 1};
  static const struct {
    const double *weight;
    double rise, sigma, variance;
    LimenVarianceKind kind;
  } cases[] = {
      {both, 1, 1, 0.51, LIMEN_VARIANCE_FINITE},
      {both, 0, 1, 0.49, LIMEN_VARIANCE_INFINITE},
      {both, 0, 1, 0.5, LIMEN_VARIANCE_UNKNOWN},
      /* Q = ½(1/s² − 2) − rise²/σ²: with s² = ¼ it is 1 − rise²/σ² */
      {both, 1.1, 1, 0.25, LIMEN_VARIANCE_FINITE},
      {both, 0.9, 1, 0.25, LIMEN_VARIANCE_INFINITE},
      {both, 1, 0.5, 0.25, LIMEN_VARIANCE_FINITE},
      {both, 1, 1.5, 0.25, LIMEN_VARIANCE_INFINITE},
      {one, 100, 0.1, 0.25, LIMEN_VARIANCE_INFINITE},
  };
  float x = 0.5;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LimenVae) vae =
        small_vae (1, cases[i].sigma, 2, cases[i].weight, (double[]){cases[i].rise, cases[i].rise});
    g_autoptr (LimenGaussian) q = diagonal (1, (double[]){0.3}, &cases[i].variance);
    g_assert_cmpint (limen_vae_variance_kind (vae, &x, q), ==, cases[i].kind);
  }
}

/* On the plane: three units a third of a turn apart see every direction, two do not. */
static void
test_plane (void)
{
  static const double star[] = {1, 0, -0.5, 0.8660254, -0.5, -0.8660254}, out[] = {3, 3, 3};
  const LimenVarianceKind finite = LIMEN_VARIANCE_FINITE, infinite = LIMEN_VARIANCE_INFINITE;
  g_autoptr (LimenVae) all = small_vae (2, 0, 3, star, out), two = small_vae (2, 0, 2, star, out);
  g_autoptr (LimenVae) squares = small_vae (2, 0.1, 3, star, out),
                       fewer = small_vae (2, 0.1, 2, star, out);
  g_autoptr (LimenGaussian) round = tilted (0.5, 0, 0.5), above = tilted (0.75, 0.2499, 0.75),
                            below = tilted (0.75, 0.2501, 0.75), at = tilted (0.75, 0.25, 0.75),
                            edge = tilted (0.5, 0, 0.8), thin = tilted (0.5, 0.01, 0.8),
                            low = tilted (0.45, 0, 0.45);
  float x = 0;
  const struct {
    const LimenVae *vae;
    const LimenGaussian *q;
    LimenVarianceKind kind;
  } cases[] = {{all, above, finite},     {two, above, finite},   {all, below, infinite},
               {all, thin, infinite},    {all, at, finite},      {all, edge, finite},
               {all, round, finite},     {two, round, infinite}, {squares, below, finite},
               {squares, round, finite}, {squares, low, finite}, {fewer, below, finite},
               {fewer, low, infinite}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (limen_vae_variance_kind (cases[i].vae, &x, cases[i].q), ==, cases[i].kind);
}

static void
test_any_number_of_dimensions (void)
{
  static const double mean[5] = {1, -2, 0.5, 0, 3}, above[] = {0.6, 2, 0.51, 1, 5},
                      below[] = {0.6, 2, 0.49, 1, 5};
  float x[40];
  random_pixels (40, 1, x);
  g_autoptr (LimenVae) bernoulli = random_vae (space, 0, 1), gaussian = random_vae (space, 1e4, 1),
                       narrow = random_vae (space, 0.01, 1);
  g_autoptr (LimenGaussian) high = diagonal (5, mean, above), low = diagonal (5, mean, below);
  g_assert_cmpint (limen_vae_variance_kind (bernoulli, x, high), ==, LIMEN_VARIANCE_FINITE);
  g_assert_cmpint (limen_vae_variance_kind (bernoulli, x, low), ==, LIMEN_VARIANCE_INFINITE);
  g_assert_cmpint (limen_vae_variance_kind (gaussian, x, high), ==, LIMEN_VARIANCE_FINITE);
  g_assert_cmpint (limen_vae_variance_kind (gaussian, x, low), ==, LIMEN_VARIANCE_INFINITE);
  g_assert_cmpint (limen_vae_variance_kind (narrow, x, low), ==, LIMEN_VARIANCE_UNKNOWN);
}

/* -- by what is seen from far away -- */

/* log of p(x, z)² / q(z) */
static double
log_square (const LimenVae *vae, const float *x, const LimenGaussian *q, const double *z)
{
  return 2 * plain_log_joint (vae, x, z) - limen_gaussian_log_density (q, z);
}

/* The greatest E (z) / |z|² on a wide circle, or at both ends of a line. */
static double
greatest_far_away (const LimenVae *vae, const float *x, const LimenGaussian *q)
{
  const double far = 1e7;
  guint n = vae->shape.latent == 1 ? 2 : 4000;
  double greatest = -INFINITY;
  for (guint i = 0; i < n; i++) {
    double angle = 2 * G_PI * i / n, z[] = {far * cos (angle), far * sin (angle)};
    greatest = fmax (greatest, log_square (vae, x, q, z) / (far * far));
  }
  return greatest;
}

/* Random decoders and proposals with variances around ½: E is judged far out, where it is its
 * quadratic part up to 1e-7 or so. */
static void
test_random_ones_from_far_away (void)
{
  LimenRandom random = limen_random_stream (3, "far", 0);
  guint count[3] = {0};
  for (guint turn = 0; turn < 60; turn++) {
    const LimenVaeShape shape = {6, 3, 4, 1 + turn % 2};
    double sigma = turn % 3 == 0 ? 0 : 0.3 + limen_random_uniform (&random);
    double s[2], mean[2], correlation = turn % 5 ? 1.6 * limen_random_uniform (&random) - 0.8 : 0;
    g_autoptr (LimenVae) vae = random_vae (shape, sigma, turn);
    float x[6];
    random_pixels (6, turn, x);
    for (guint j = 0; j < 2; j++) {
      s[j] = 0.2 + 1.2 * limen_random_uniform (&random);
      mean[j] = limen_random_normal (&random);
    }
    double c = correlation * s[0] * s[1];
    g_autoptr (LimenGaussian) q = limen_gaussian_new (
        "q", shape.latent, mean, (double[]){s[0] * s[0], c, c, s[1] * s[1]}, NULL);
    LimenVarianceKind kind = limen_vae_variance_kind (vae, x, q);
    double seen = greatest_far_away (vae, x, q);
    count[kind]++;
    if (kind == LIMEN_VARIANCE_INFINITE)
      g_assert_cmpfloat (seen, >, -2e-6);
    else if (kind == LIMEN_VARIANCE_FINITE)
      g_assert_cmpfloat (seen, <, 0);
  }
  g_assert_cmpuint (count[LIMEN_VARIANCE_INFINITE], >, 12);
  g_assert_cmpuint (count[LIMEN_VARIANCE_FINITE], >, 12);
  g_assert_cmpuint (count[LIMEN_VARIANCE_UNKNOWN], ==, 0);
}

/* -- values -- */

typedef struct {
  const LimenVae *vae;
  const float *x;
  const LimenGaussian *q;
} Square;

static double
log_square_cb (const double *z, gpointer data)
{
  const Square *square = data;
  return log_square (square->vae, square->x, square->q, z);
}

static double
log_joint_cb (const double *z, gpointer data)
{
  const Square *square = data;
  return plain_log_joint (square->vae, square->x, z);
}

static void
check_value (LimenVaeShape shape, double sigma, guint64 seed, const double *variance)
{
  g_autoptr (LimenVae) vae = random_vae (shape, sigma, seed);
  g_autoptr (LimenVaeMap) map = limen_vae_map_new (vae, NULL);
  float x[40];
  random_pixels (40, seed, x);
  double mean[] = {0.3, -0.4};
  g_autoptr (LimenGaussian) q = diagonal (shape.latent, mean, variance);
  g_autoptr (LimenVaeExact) exact = limen_vae_exact_new (map, x, q, NULL, NULL);
  Square square = {vae, x, q};
  PlainIntegral plain = {vae, {-14, -14}, {14, 14}, 30, 500, log_square_cb, &square};
  PlainIntegral of_joint = plain;
  double log_square_sum = plain_integrate (&plain, plain_shrink (&plain));
  of_joint.log_f = log_joint_cb;
  double log_evidence = plain_integrate (&of_joint, plain_shrink (&of_joint));
  double value = expm1 (log_square_sum - 2 * log_evidence);
  g_test_message ("%.10g ±%.1e, plain %.10g", exact->variance.value, exact->variance.error, value);
  g_assert_cmpint (exact->variance.kind, ==, LIMEN_VARIANCE_FINITE);
  g_assert_cmpfloat_with_epsilon (exact->variance.value, value,
                                  exact->variance.error + 1e-7 * (1 + value));
  g_assert_cmpfloat (exact->variance.error, <, 1e-5 * (1 + value));
}

static void
test_finite_values (void)
{
  static const double variances[][2] = {{1, 1}, {0.55, 0.7}, {3, 0.8}};
  for (guint i = 0; i < G_N_ELEMENTS (variances); i++) {
    check_value (line, 0, i, variances[i]);
    check_value (line, 0.5, i, variances[i]);
  }
  check_value (plane, 0, 1, variances[0]);
  check_value (plane, 0.8, 2, variances[1]);
}

/* What diverges has no value, whatever a lattice would say. */
static void
test_infinite_has_no_value (void)
{
  g_autoptr (LimenVae) vae = random_vae (plane, 0, 4);
  g_autoptr (LimenVaeMap) map = limen_vae_map_new (vae, NULL);
  float x[40];
  random_pixels (40, 4, x);
  g_autoptr (LimenGaussian) q = diagonal (2, (double[]){0, 0}, (double[]){0.49, 3});
  g_autoptr (LimenVaeExact) exact = limen_vae_exact_new (map, x, q, NULL, NULL);
  g_autoptr (LimenBoundStudy) study = limen_bound_study_new (NAN);
  limen_bound_study_add (study, "q", NULL, NULL, NAN, NAN);
  limen_vae_exact_into_study (exact, study, 0);
  g_assert_cmpint (exact->variance.kind, ==, LIMEN_VARIANCE_INFINITE);
  g_assert_cmpfloat (study->proposal[0].weight_variance, ==, INFINITY);
  g_assert_cmpint (study->proposal[0].variance_kind, ==, LIMEN_VARIANCE_INFINITE);
  g_assert_cmpfloat (study->log_evidence_error, ==, exact->log_evidence_error);
  g_assert_cmpfloat (study->proposal[0].bound_error, ==, exact->bound_error);
  g_autofree char *reason = limen_variance_reason (LIMEN_VARIANCE_INFINITE, q, TRUE);
  g_assert_cmpstr (reason, ==, "at least one standard deviation of q is below 0.71");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/weight-variance/line-of-bernoulli", test_line_of_bernoulli);
  g_test_add_func ("/weight-variance/line-of-gaussian", test_line_of_gaussian);
  g_test_add_func ("/weight-variance/plane", test_plane);
  g_test_add_func ("/weight-variance/any-number-of-dimensions", test_any_number_of_dimensions);
  g_test_add_func ("/weight-variance/random-ones-from-far-away", test_random_ones_from_far_away);
  g_test_add_func ("/weight-variance/finite-values", test_finite_values);
  g_test_add_func ("/weight-variance/infinite-has-no-value", test_infinite_has_no_value);
  return g_test_run ();
}
