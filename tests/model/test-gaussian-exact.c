/* Closed forms under linear Gaussian models whose numbers lie far apart, against mpmath and against
 * what can be said by hand. */
#include "tests/model/gradient-answers.h"
#include "tests/model/gaussian-answers.h"
#include "model/data-files.h"
#include "model/gaussian-random.h"
#include "model/latent/gaussian-closed.h"
#include "model/latent/gaussian-digits.h"
#include "model/latent/gaussian-model-private.h"
#include "model/prior/gradient-estimator.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

static void
assert_near (double value, double expected, double tolerance)
{
  if (!(fabs (value - expected) <= tolerance))
    g_error ("%.17g is not %.17g within %g", value, expected, tolerance);
}

/* -- random cases -- */

/* σ² from 1e-14 to 1e6; x from the model itself in two of three cases: then its residuals are as
 * small as the noise */
static LimenGaussianCase *
far_apart_case (LimenRandom *random)
{
  guint k = 1 + limen_random_below (random, 20), d = 1 + limen_random_below (random, 20);
  LimenGaussianCase *made = random_case (random, k, d);
  LimenGaussianModel *model = made->model;
  model->sigma2 = exp (G_LN10 * (-14 + 20 * limen_random_uniform (random)));
  gboolean from_model = limen_random_below (random, 3) > 0;
  for (guint j = 0; j < k; j++)
    model->lambda2[j] = exp (2 * limen_random_normal (random));
  for (guint i = 0; i < d && from_model; i++)
    made->x[i] = model->b[i] + sqrt (model->sigma2) * limen_random_normal (random);
  for (guint j = 0; j < k && from_model; j++) {
    double z = model->lambda1[j] + sqrt (model->lambda2[j]) * limen_random_normal (random);
    for (guint i = 0; i < d; i++)
      made->x[i] += model->a[i * k + j] * z;
  }
  return made;
}

/* A proposal with the numbers of the posterior, moved a little or not at all, where rounding leaves
 * it one; or around the posterior; or anywhere */
static void
move_proposal (LimenGaussianCase *made, LimenRandom *random)
{
  guint k = made->model->latent;
  g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (made->model, made->x);
  double far =
      limen_random_below (random, 3) == 0 ? 0 : exp (-16 * G_LN10 * limen_random_uniform (random));
  for (guint j = 0; j < k; j++)
    posterior->mean[j] += far * posterior->factor[j * k + j] * limen_random_normal (random);
  for (guint i = 0; i < k * k; i++)
    posterior->covariance[i] *= 1 + far;
  LimenGaussian *q = limen_gaussian_new ("q", k, posterior->mean, posterior->covariance, NULL);
  if (!q)
    return;
  limen_gaussian_free (made->proposal);
  made->proposal = q;
}

static void
write_numbers (GString *text, const double *value, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, " %a", value[i]);
}

/* As gaussian-mpmath.py reads it */
static void
write_case (GString *text, const LimenGaussianCase *made, LimenProposalKind kind)
{
  static const char *const names[LIMEN_N_PROPOSALS] = {"prior", "elbo", "moments", "own"};
  const LimenGaussianModel *model = made->model;
  gsize k = model->latent, d = model->observed;
  g_autoptr (LimenClosedForm) form = limen_closed_form_new (model, made->x, made->proposal, kind);
  g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (model, made->x);
  const double results[] = {form->log_evidence.value, form->elbo.value, form->gap.value,
                            form->log_weight_variance.value};
  g_string_append_printf (text, "%zu %zu %s", k, d, names[kind]);
  write_numbers (text, &model->sigma2, 1);
  write_numbers (text, model->lambda1, k);
  write_numbers (text, model->lambda2, k);
  write_numbers (text, model->a, d * k);
  write_numbers (text, model->b, d);
  write_numbers (text, made->x, d);
  write_numbers (text, made->proposal->mean, k);
  write_numbers (text, made->proposal->covariance, k * k);
  write_numbers (text, results, G_N_ELEMENTS (results));
  write_numbers (text, posterior->mean, k);
  write_numbers (text, posterior->covariance, k * k);
  g_string_append_c (text, '\n');
}

/* The gradient at a diagonal proposal with the variances of a mean-field one, rounded, where all
 * that is left of its sums is rounding, or of the prior */
static void
write_gradient (GString *text, const LimenGaussianCase *made, LimenProposalKind kind)
{
  const LimenGaussianModel *model = made->model;
  gsize k = model->latent, d = model->observed;
  gsize size = limen_gradient_offset (model, LIMEN_N_PARTS);
  g_autoptr (LimenGaussian) q = limen_gaussian_case_proposal (made, kind);
  g_autofree double *variance = g_new (double, k), *out = g_new (double, size);
  for (gsize j = 0; j < k; j++)
    variance[j] = q->covariance[j * k + j];
  const LimenGradientCase c = {model, made->x, q->mean, variance, 0};
  gradient_exact (&c, out);
  g_string_append_printf (text, "%zu %zu gradient", k, d);
  write_numbers (text, &model->sigma2, 1);
  write_numbers (text, model->lambda1, k);
  write_numbers (text, model->lambda2, k);
  write_numbers (text, model->a, d * k);
  write_numbers (text, model->b, d);
  write_numbers (text, made->x, d);
  write_numbers (text, q->mean, k);
  write_numbers (text, variance, k);
  write_numbers (text, out, size);
  g_string_append_c (text, '\n');
}

static gboolean
has_mpmath (void)
{
  g_autoptr (GSubprocess) python = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                                                     "python3", "-c", "import mpmath", NULL);
  return python && g_subprocess_wait_check (python, NULL, NULL);
}

static void
check_with_mpmath (const char *cases)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "model", "gaussian-mpmath.py", NULL);
  g_autofree char *out = NULL, *folder = make_folder ();
  g_autofree char *path = write_file (folder, "cases", cases, strlen (cases));
  g_autoptr (GSubprocess) python =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error,
                        "python3", script, path, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (python, NULL, NULL, &out, NULL, &error));
  remove_folder (folder);
  g_test_message ("%s", out);
  if (!g_subprocess_get_if_exited (python) || g_subprocess_get_exit_status (python) != 0)
    g_error ("the script ended with status %d: %s", g_subprocess_get_status (python), out);
}

#define BATCH 250

static void
check_batch (guint first, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = first; i < first + n; i++) {
    LimenRandom random = limen_random_stream (31, "far apart", i);
    g_autoptr (LimenGaussianCase) made = far_apart_case (&random);
    LimenProposalKind kind = (LimenProposalKind)(i % 4);
    if (i % 8 == LIMEN_PROPOSAL_OWN)
      move_proposal (made, &random);
    write_case (text, made, kind);
    if (i % 4 == 0)
      write_gradient (text, made, i % 8 ? LIMEN_PROPOSAL_PRIOR : LIMEN_PROPOSAL_ELBO);
  }
  check_with_mpmath (text->str);
}

/* LIMEN_CASES: how many; all 10,000 take about five minutes */
static void
test_against_many_digits (void)
{
  const char *wanted = g_getenv ("LIMEN_CASES");
  guint n = wanted ? (guint)g_ascii_strtoull (wanted, NULL, 10) : 750;
  if (!has_mpmath ()) {
    g_test_skip ("python3-mpmath is not installed");
    return;
  }
  for (guint first = 0; first < n; first += BATCH)
    check_batch (first, MIN (BATCH, n - first));
}

/* -- by hand -- */

/* Two latent variables, one observation: log p(x) is that of N(0, a²λ2 + σ²), a number, whatever σ²
 */
static LimenGaussianCase *
thin_case (double sigma2)
{
  LimenGaussianCase *made = g_new0 (LimenGaussianCase, 1);
  const double zero[] = {0, 0}, one[] = {1, 1};
  made->model = limen_gaussian_model_new (2, 1);
  made->model->lambda2[0] = 1.8;
  made->model->lambda2[1] = 1.7;
  made->model->a[0] = 1.3;
  made->model->a[1] = 0.7;
  made->model->sigma2 = sigma2;
  made->x = g_new (double, 1);
  made->x[0] = 1.2;
  made->proposal = limen_gaussian_new_diagonal ("q", 2, zero, one, NULL);
  return made;
}

static void
test_no_noise_is_too_small (void)
{
  for (int power = -300; power <= 80; power++) {
    double sigma2 = pow (10, power), variance = 1.8 * 1.69 + 1.7 * 0.49 + sigma2;
    double expected = -0.5 * (log (2 * G_PI * variance) + 1.44 / variance);
    g_autoptr (LimenGaussianCase) made = thin_case (sigma2);
    for (int kind = 0; kind < LIMEN_N_PROPOSALS; kind++) {
      g_autoptr (LimenClosedForm) form =
          limen_closed_form_new (made->model, made->x, made->proposal, kind);
      assert_near (form->log_evidence.value, expected, 4e-15 * fabs (expected));
      g_assert_cmpfloat (form->log_evidence.error, <=, 4e-16 * fabs (expected));
      g_assert_true (isfinite (form->gap.value) && isfinite (form->elbo.value));
      g_test_message ("1e%d, %d: %g", power, kind, form->gap.value);
      g_assert_true ((kind == LIMEN_PROPOSAL_POSTERIOR) == (form->gap.value == 0));
    }
  }
}

/* Of moment-matched proposals it rises as 1/σ² (by hand: P is [[c, r], [r, c]] with a correlation
 * of almost −1, so that 2P − I has an eigenvalue of σ⁴), of those with the highest bound it is
 * infinite. */
static void
test_variance_at_next_to_no_noise (void)
{
  double constant = NAN;
  for (int power = -8; power >= -300; power -= 4) {
    double sigma2 = pow (10, power);
    g_autoptr (LimenGaussianCase) made = thin_case (sigma2);
    g_autoptr (LimenClosedForm) moments =
        limen_closed_form_new (made->model, made->x, NULL, LIMEN_PROPOSAL_MOMENTS);
    g_autoptr (LimenClosedForm) elbo =
        limen_closed_form_new (made->model, made->x, NULL, LIMEN_PROPOSAL_ELBO);
    if (isnan (constant))
      constant = moments->weight_variance.value * sigma2;
    assert_near (moments->weight_variance.value * sigma2, constant, 1e-6);
    assert_near (constant, 0.65393187, 1e-6);
    g_assert_true (elbo->weight_variance.value == INFINITY);
  }
}

/* One variable, posterior N(1/2, 1/2): E w² is finite from a variance of 1/4 on, but not at it. */
static void
test_where_the_variance_ends (void)
{
  static const double variances[] = {0.25, 0.25 + 0x1p-54, 0.25 - 0x1p-54, 0.3, 0.2, 1e-300, 1e100};
  g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (1, 1);
  const double x = 1, mean = 0.5;
  model->a[0] = 1;
  for (gsize i = 0; i < G_N_ELEMENTS (variances); i++) {
    double p = 2 * variances[i], r = 4 * variances[i] - 1;
    g_autoptr (LimenGaussian) q = limen_gaussian_new_diagonal ("q", 1, &mean, &variances[i], NULL);
    g_autoptr (LimenClosedForm) form = limen_closed_form_new (model, &x, q, LIMEN_PROPOSAL_OWN);
    g_assert_true (isinf (form->weight_variance.value) == (variances[i] <= 0.25));
    if (variances[i] > 0.25)
      assert_near (form->weight_variance.value / (p / sqrt (r) - 1), 1, 1e-14);
    g_assert_true (isinf (form->log_weight_variance.value) == isinf (form->weight_variance.value));
  }
}

/* Observations that say next to nothing: C of q and V of the posterior differ by less than any bits
 * that are tried first, and the gap is the square of that: ¼·tr (C − V)² beside Λ = I */
static void
test_squares_beyond_the_first_bits (void)
{
  static const double far[] = {1e30, 1e45, 3e58, 5e61, 1e70, 1e99};
  for (guint i = 0; i < G_N_ELEMENTS (far); i++) {
    double least = 1 / far[i], off = 0.3 * least, zero[] = {0, 0}, x = 0;
    g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (2, 1);
    model->a[0] = model->a[1] = 1;
    model->sigma2 = far[i];
    g_autoptr (LimenGaussian) q =
        limen_gaussian_new ("q", 2, zero, (double[]){1, off, off, 1}, NULL);
    double own = (1.3 * 1.3 + 1) * least * least / 2, prior = least * least;
    for (LimenProposalKind kind = 0; kind < LIMEN_N_PROPOSALS; kind++) {
      if (kind != LIMEN_PROPOSAL_OWN && kind != LIMEN_PROPOSAL_PRIOR)
        continue;
      double gap = kind == LIMEN_PROPOSAL_OWN ? own : prior;
      g_autoptr (LimenClosedForm) form = limen_closed_form_new (model, &x, q, kind);
      assert_near (form->gap.value, gap, 1e-14 * gap);
      assert_near (form->weight_variance.value, 2 * gap, 2e-14 * gap);
      assert_near (form->log_weight_variance.value, log (2 * gap), 1e-12);
      g_assert_cmpfloat (form->gap.error, <=, 1e-15 * gap);
    }
  }
}

/* Twice the precision of the posterior, 1 + s, exceeds that of q, 2, by 2·s: E v² = (1 + s)/(2·√s),
 * finite however small s is; for s = 0 it is infinite */
static void
test_variance_ends_nowhere_else (void)
{
  static const double a[] = {1e-12, 1e-20, 1e-60, 1e-110};
  double mean = 0, variance = 0.5, x = 0;
  g_autoptr (LimenGaussian) q = limen_gaussian_new_diagonal ("q", 1, &mean, &variance, NULL);
  g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (1, 1);
  model->sigma2 = 1e70;
  for (guint i = 0; i < G_N_ELEMENTS (a); i++) {
    model->a[0] = a[i];
    g_autoptr (LimenClosedForm) form = limen_closed_form_new (model, &x, q, LIMEN_PROPOSAL_OWN);
    double expected = -G_LN2 - log (a[i]) + log (model->sigma2) / 2;
    assert_near (form->log_weight_variance.value, expected, 1e-12 * expected);
    g_assert_true (isfinite (form->weight_variance.value));
  }
  model->a[0] = 0;
  g_autoptr (LimenClosedForm) none = limen_closed_form_new (model, &x, q, LIMEN_PROPOSAL_OWN);
  g_assert_true (isinf (none->weight_variance.value));
}

/* Too large for float64, but not infinite */
static void
test_variance_beyond_float64 (void)
{
  g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (1, 1);
  const double x = 1, mean = 60, variance = 0.26;
  model->a[0] = 1;
  g_autoptr (LimenGaussian) q = limen_gaussian_new_diagonal ("q", 1, &mean, &variance, NULL);
  g_autoptr (LimenClosedForm) form = limen_closed_form_new (model, &x, q, LIMEN_PROPOSAL_OWN);
  double d2 = 59.5 * 59.5 / variance, r = 4 * variance - 1;
  double expected = log (2 * variance) - 0.5 * log (r) + 0.5 * (d2 + d2 / r);
  g_assert_true (isnan (form->weight_variance.value));
  assert_near (form->log_weight_variance.value, expected, 1e-14 * expected);
}

static void
test_what_float64_cannot_hold_is_refused (void)
{
  static const struct {
    double sigma2, a, lambda2;
    gboolean refused;
  } table[] = {
      {1e-300, 1, 1, FALSE},
      {1e-300, 1e-100, 1e-90, FALSE},
      {1e-307, 1, 1, TRUE},
      {1e-300, 1e10, 1, TRUE},
      {1, 1e60, 1, TRUE},
      {1, 1, 1e-307, TRUE},
      {1, 1, 1e101, TRUE},
      {1e101, 1, 1, TRUE},
      {1e90, 1e-200, 1e-300, FALSE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (LimenGaussianModel) model = limen_gaussian_model_new (1, 1);
    g_autoptr (GError) error = NULL;
    const double x = 1;
    model->sigma2 = table[i].sigma2;
    model->a[0] = table[i].a;
    model->lambda2[0] = table[i].lambda2;
    g_assert_true (gaussian_model_check (model, &error) == !table[i].refused);
    if (error)
      assert_sentence (error, "too far apart");
    for (int kind = 0; !error && kind < LIMEN_N_PROPOSALS; kind++) {
      if (kind == LIMEN_PROPOSAL_OWN)
        continue;
      g_autoptr (LimenClosedForm) form = limen_closed_form_new (model, &x, NULL, kind);
      g_assert_true (isfinite (form->log_evidence.value));
    }
  }
}

/* -- models that are computed in float64 -- */

/* The bound on their error holds, and says something. */
static void
test_large_models_know_their_error (void)
{
  static const struct {
    guint k, d;
    double sigma2, share;
  } table[] = {{90, 3, 1, 1e-10},  {90, 3, 1e-12, 1e-9},  {90, 3, 1e-200, 1e-9},
               {60, 300, 1, 1e-9}, {90, 150, 1e-6, 1e-5}, {120, 120, 10, 1e-8}};
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    LimenRandom random = limen_random_stream (32, "large", i);
    g_autoptr (LimenGaussianCase) made = random_case (&random, table[i].k, table[i].d);
    made->model->sigma2 = table[i].sigma2;
    g_autoptr (LimenDigitsPosterior) exact = limen_digits_posterior_new (
        made->model, made->x, limen_gaussian_bits (made->model, made->x));
    g_autoptr (LimenGaussian) posterior = limen_large_posterior (made->model, made->x);
    LimenNumber evidence = limen_large_log_evidence (made->model, made->x, posterior);
    double expected = mpfr_get_d (exact->log_evidence->at[0], LIMEN_ROUND);
    g_test_message ("%g ± %g: %g off", evidence.value, evidence.error, evidence.value - expected);
    assert_near (evidence.value, expected, evidence.error);
    g_assert_cmpfloat (evidence.error, <, table[i].share * fabs (expected));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gaussian-exact/against-many-digits", test_against_many_digits);
  g_test_add_func ("/gaussian-exact/no-noise-is-too-small", test_no_noise_is_too_small);
  g_test_add_func ("/gaussian-exact/variance-at-next-to-no-noise",
                   test_variance_at_next_to_no_noise);
  g_test_add_func ("/gaussian-exact/where-the-variance-ends", test_where_the_variance_ends);
  g_test_add_func ("/gaussian-exact/squares-beyond-the-first-bits",
                   test_squares_beyond_the_first_bits);
  g_test_add_func ("/gaussian-exact/variance-ends-nowhere-else", test_variance_ends_nowhere_else);
  g_test_add_func ("/gaussian-exact/variance-beyond-float64", test_variance_beyond_float64);
  g_test_add_func ("/gaussian-exact/refused", test_what_float64_cannot_hold_is_refused);
  g_test_add_func ("/gaussian-exact/large-models", test_large_models_know_their_error);
  return g_test_run ();
}
