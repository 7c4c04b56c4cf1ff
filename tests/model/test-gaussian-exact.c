/* Closed forms under linear Gaussian models whose numbers lie far apart, against mpmath and against
 * what can be said by hand. */
#include "model/data-files.h"
#include "model/gaussian-random.h"
#include "model/latent/gaussian-closed.h"

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
  if (!g_subprocess_get_successful (python))
    g_error ("%s", out);
}

/* LIMEN_CASES: how many; all 10,000 take about five minutes */
static void
test_against_many_digits (void)
{
  const char *wanted = g_getenv ("LIMEN_CASES");
  guint n = wanted ? (guint)g_ascii_strtoull (wanted, NULL, 10) : 800;
  g_autoptr (GString) text = g_string_new (NULL);
  if (!has_mpmath ()) {
    g_test_skip ("python3-mpmath is not installed");
    return;
  }
  for (guint i = 0; i < n; i++) {
    LimenRandom random = limen_random_stream (31, "far apart", i);
    g_autoptr (LimenGaussianCase) made = far_apart_case (&random);
    LimenProposalKind kind = (LimenProposalKind)(i % 4);
    if (i % 8 == LIMEN_PROPOSAL_OWN)
      move_proposal (made, &random);
    write_case (text, made, kind);
  }
  check_with_mpmath (text->str);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gaussian-exact/against-many-digits", test_against_many_digits);
  return g_test_run ();
}
