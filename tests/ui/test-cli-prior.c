/* limen prior gradients: numbers, files, and what it refuses. */
#include "model/prior/gradient-estimator.h"
#include "run-json.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* The case of ../shared/reference/bound/iwae_ref_grad_output.txt */
#define CASE_B                                                                                     \
  "{\"lambda1\": [0.5, -0.25], \"lambda2\": [1.5, 0.6],"                                           \
  " \"A\": [[1, 0.8], [0.8, 1], [-0.4, 0.2]], \"b\": [0.1, -0.2, 0.3], \"sigma2\": 0.5,"           \
  " \"x\": [1.2, 0.9, 0.1],"                                                                       \
  " \"proposal\": {\"mean\": [0.9, 0.1], \"covariance\": [[0.5, 0], [0, 0.4]]}}"

#define OWN "prior gradients --case b.json "

static const char *const parts[] = {"mu", "log_s", "lambda1", "lambda2"};

static double at (JsonNode *root, const char *format, ...) G_GNUC_PRINTF (2, 3);

static double
at (JsonNode *root, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *path = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return number_at (root, path);
}

static void
test_exact_gradients (void)
{
  static const double exact[4][2] = {{0.30933333333333335, 0.22466666666666674},
                                     {-1.1333333333333333, -1.0106666666666668},
                                     {0.26666666666666666, 0.5833333333333334},
                                     {-0.18666666666666662, -0.10763888888888895}};
  g_autoptr (JsonNode) root = run_json (OWN "--samples 1 --json -");
  for (guint part = 0; part < 4; part++)
    for (guint i = 0; i < 2; i++)
      g_assert_cmpfloat_with_epsilon (at (root, "exact/%s/%u", parts[part], i), exact[part][i],
                                      1e-10);
  g_assert_cmpuint (n_members (root, "exact"), ==, 4);
  g_assert_cmpuint (n_members (root, "estimators"), ==, LIMEN_N_ESTIMATORS);
}

static const struct {
  const char *name;
  double mu[2], log_s[2];
} published[LIMEN_N_ESTIMATORS] = {
    {"log-derivative",
     {65.04878768127396, 77.59070803826629},
     {101.55636989329834, 94.17832668086537}},
    {"log-derivative-mean",
     {18.765343644444442, 22.07255911111112},
     {38.00568497777778, 34.365491555555565}},
    {"log-derivative-optimal",
     {16.196454755555553, 19.518941333333338},
     {27.730129422222227, 26.19391466666667}},
    {"reparameterization",
     {12.798862222222219, 14.727751111111113},
     {10.998385777777777, 9.954070933333334}},
    {"reparameterization-kl", {10.17664, 9.13664}, {8.494208, 5.7221376}},
    {"sticking-the-landing",
     {6.265528888888888, 7.174417777777779},
     {4.465052444444445, 3.9114042666666675}},
};

static void
test_exact_variances (void)
{
  static const double lambda1[2] = {0.22222222222222227, 1.1111111111111112},
                      lambda2[2] = {0.04049382716049384, 0.9953703703703707};
  g_autoptr (JsonNode) root = run_json (OWN "--samples 1 --json -");
  for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++)
    for (guint i = 0; i < 2; i++) {
      const char *name = published[e].name;
      gboolean closed = e == LIMEN_REPARAMETERIZATION_KL; /* λ: no draw in it */
      g_assert_cmpstr (name, ==, limen_estimator_word (e));
      g_assert_cmpfloat_with_epsilon (at (root, "estimators/%s/exact_variance/mu/%u", name, i),
                                      published[e].mu[i], 1e-9);
      g_assert_cmpfloat_with_epsilon (at (root, "estimators/%s/exact_variance/log_s/%u", name, i),
                                      published[e].log_s[i], 1e-9);
      g_assert_cmpfloat (at (root, "estimators/%s/exact_variance_error/mu/%u", name, i), >, 0);
      g_assert_cmpfloat (at (root, "estimators/%s/exact_variance_error/mu/%u", name, i), <, 1e-11);
      g_assert_cmpfloat_with_epsilon (at (root, "estimators/%s/exact_variance/lambda1/%u", name, i),
                                      closed ? 0 : lambda1[i], 1e-10);
      g_assert_cmpfloat_with_epsilon (at (root, "estimators/%s/exact_variance/lambda2/%u", name, i),
                                      closed ? 0 : lambda2[i], 1e-10);
    }
}

static void
assert_near_exact (JsonNode *root, const char *name, const char *part, guint i)
{
  double exact = at (root, "exact/%s/%u", part, i);
  double mean = at (root, "estimators/%s/mean/%s/%u", name, part, i);
  double error = at (root, "estimators/%s/standard_error/%s/%u", name, part, i);
  double variance = at (root, "estimators/%s/variance/%s/%u", name, part, i);
  double exactly = at (root, "estimators/%s/exact_variance/%s/%u", name, part, i);
  g_test_message ("%s, %s %u: %g, %g ± %g; %g, %g", name, part, i, exact, mean, error, exactly,
                  variance);
  g_assert_cmpfloat (fabs (mean - exact), <=, 4 * error + 1e-10);
  g_assert_cmpfloat (fabs (variance - exactly), <=, 0.06 * exactly + 1e-10);
  g_assert_cmpfloat_with_epsilon (error, sqrt (variance / number_at (root, "samples")), 1e-10);
}

static void
test_estimates (void)
{
  g_autoptr (JsonNode) root = run_json (OWN "--samples 1000000 --seed 4 --json -");
  for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++)
    for (guint part = 0; part < 4; part++)
      for (guint i = 0; i < 2; i++)
        assert_near_exact (root, published[e].name, parts[part], i);
  g_assert_cmpfloat (number_at (root, "samples"), ==, 1000000);
  g_assert_cmpfloat (number_at (root, "seed"), ==, 4);
}

static void
test_one_estimator (void)
{
  g_autoptr (JsonNode) all = run_json (OWN "--samples 3000 --json -");
  g_autoptr (JsonNode) one =
      run_json (OWN "--samples 3000 --estimator log-derivative-mean --json -");
  static const char path[] = "estimators/log-derivative-mean/mean/mu/0";
  g_assert_cmpuint (n_members (one, "estimators"), ==, 1);
  g_assert_cmpfloat (number_at (one, path), ==, number_at (all, path));
  g_assert_cmpfloat (number_at (one, "exact/mu/0"), ==, number_at (all, "exact/mu/0"));
}

/* A constant added to log p: the raw log-derivative alone, by the closed form. */
static void
test_shift (void)
{
  g_autoptr (JsonNode) plain = run_json (OWN "--samples 2000 --json -");
  g_autoptr (JsonNode) moved = run_json (OWN "--samples 2000 --shift 10 --json -");
  g_assert_cmpfloat_with_epsilon (
      number_at (moved, "estimators/log-derivative/exact_variance/mu/0"), 67.35744659478445, 1e-9);
  g_assert_cmpfloat_with_epsilon (
      number_at (moved, "estimators/log-derivative/exact_variance/log_s/1"), 60.96698559437585,
      1e-9);
  g_assert_cmpfloat (number_at (moved, "shift"), ==, 10);
  g_assert_cmpfloat (number_at (moved, "estimators/log-derivative/mean/mu/0"), !=,
                     number_at (plain, "estimators/log-derivative/mean/mu/0"));
  for (guint e = LIMEN_LOG_DERIVATIVE_MEAN; e < LIMEN_N_ESTIMATORS; e++)
    for (guint part = 0; part < 4; part++) {
      const char *name = published[e].name;
      g_assert_cmpfloat_with_epsilon (at (moved, "estimators/%s/mean/%s/1", name, parts[part]),
                                      at (plain, "estimators/%s/mean/%s/1", name, parts[part]),
                                      1e-9);
      g_assert_cmpfloat_with_epsilon (
          at (moved, "estimators/%s/exact_variance/%s/1", name, parts[part]),
          at (plain, "estimators/%s/exact_variance/%s/1", name, parts[part]), 1e-9);
    }
}

static void
test_seed_decides_and_threads_do_not (void)
{
  static const char path[] = "estimators/reparameterization/mean/mu/0";
  assert_threads_do_not_matter (OWN "--samples 30000 --json - --seed 5");
  g_autoptr (JsonNode) a = run_json (OWN "--samples 100 --json - --seed 5");
  g_autoptr (JsonNode) b = run_json (OWN "--samples 100 --json - --seed 6");
  g_assert_cmpfloat (number_at (a, path), !=, number_at (b, path));
}

static void
test_what_is_not_known_is_null (void)
{
  g_autoptr (JsonNode) root = run_json (OWN "--samples 1 --json -");
  g_assert_true (is_null_at (root, "estimators/reparameterization/standard_error/mu/0"));
  g_assert_true (is_null_at (root, "estimators/reparameterization/variance/mu/0"));
  g_assert_true (isfinite (number_at (root, "estimators/reparameterization/mean/mu/0")));
}

static void
test_prints_gradients (void)
{
  g_auto (RunResult) all = run_well (OWN "--samples 500");
  g_auto (RunResult) one = run_well (OWN "--samples 1 --estimator sticking-the-landing");
  g_auto (RunResult) wide = run_well ("prior gradients --case wide.json --samples 50");
  g_auto (GStrv) lines = lines_of (all.out);
  g_assert_nonnull (strstr (all.out, "b.json: 2 latent variables, 3 observed"));
  g_assert_nonnull (strstr (all.out, "∂VLB/∂μ₁ = 0.30933333 "));
  g_assert_nonnull (strstr (all.out, "∂VLB/∂μ₂ = 0.22466667 "));
  for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++)
    g_assert_nonnull (strstr (all.out, published[e].name));
  g_assert_nonnull (strstr (all.out, " 65.0488 "));
  g_assert_nonnull (strstr (all.out, "68\u2009000\n")); /* 65.0488 / (0.0309333)² */
  g_assert_true (g_str_has_suffix (lines[g_strv_length (lines) - 1], "."));
  g_assert_null (strstr (one.out, "\nlog-derivative"));
  g_assert_null (strstr (one.out, "nan"));
  g_assert_nonnull (strstr (wide.out, "(and 2 more, in --json)"));
}

static void
test_interrupt_leaves_nothing_behind (void)
{
  assert_interrupt_leaves_nothing ("prior gradients --case b.json --samples 1000000000");
}

static void
test_names_its_files (void)
{
  g_autofree char *hash = hash_of ("b.json"), *json = NULL;
  g_auto (RunResult) result = run_well (OWN "--samples 20 --json r.json");
  g_assert_true (g_file_get_contents ("r.json", &json, NULL, NULL));
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_assert_cmpstr (text_at (root, "case/file"), ==, "b.json");
  g_assert_cmpstr (text_at (root, "case/sha256"), ==, hash);
  g_assert_true (g_str_has_prefix (text_at (root, "software"), "Limen "));
  g_unlink ("r.json");
}

static void
test_draws (void)
{
  static const struct {
    const char *line, *file, *begins;
  } table[] = {
      {OWN "--samples 2000 --plot p.svg --estimator reparameterization", "p.svg", "<?xml"},
      {"prior gradients --case wide.json --samples 20 --plot p.pdf", "p.pdf", "%PDF"},
      {"prior gradients --case line.json --samples 1 --plot p.png --size 400x900", "p.png",
       "\x89PNG"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *bytes = NULL;
    g_test_message ("%s", table[i].line);
    g_auto (RunResult) result = run_well (table[i].line);
    g_assert_true (g_file_get_contents (table[i].file, &bytes, NULL, NULL));
    g_assert_true (g_str_has_prefix (bytes, table[i].begins));
    g_unlink (table[i].file);
  }
}

static void
test_signs_its_picture (void)
{
  g_autofree char *hash = hash_of ("b.json");
  const char *const told[] = {"Gradient estimates under b.json",
                              "0.3093333333",
                              "log-derivative: 65.048788 exactly",
                              "seed 9",
                              hash,
                              NULL};
  assert_signed (OWN "--samples 3000 --seed 9", told);
}

/* -- what is refused -- */

static void
write_case (const char *name, const char *old, const char *new)
{
  g_auto (GStrv) around = g_strsplit (CASE_B, old, 2);
  g_autofree char *text = g_strjoin (new, around[0], around[1], NULL);
  g_assert_cmpuint (g_strv_length (around), ==, 2);
  g_assert_true (g_file_set_contents (name, text, -1, NULL));
}

static void
test_refused_cases (void)
{
  static const struct {
    const char *old, *new;
  } table[] = {
      {"[1.5, 0.6]", "[1.5, 0]"}, /* λ2 */
      {"[1.5, 0.6]", "[-1.5, 0.6]"},
      {"[1.5, 0.6]", "[1.5, \"much\"]"},
      {"0.5, \"x\"", "0, \"x\""},
      {"[1.2, 0.9, 0.1]", "[1.2, 0.9]"},
      {"[[0.5, 0], [0, 0.4]]", "[[0.5, 0.1], [0.1, 0.4]]"}, /* not diagonal */
      {"[[0.5, 0], [0, 0.4]]", "[[0.5, 0], [0, 0]]"},
      {"\"proposal\"", "\"proposals\""},
      {CASE_B, "not JSON"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    write_case ("bad.json", table[i].old, table[i].new);
    assert_refused ("prior gradients --case bad.json --json r.json --plot p.png", "bad.json");
  }
  g_unlink ("bad.json");
}

static void
test_refused_input (void)
{
  static const struct {
    const char *line, *names;
  } table[] = {
      {"prior gradients --case nowhere.json", "nowhere.json"},
      {"prior gradients --case empty", "empty"},
      {OWN "--json b.json", "b.json"},
      {OWN "--plot nowhere/p.png", "nowhere/p.png"},
      {OWN "--json p.svg --plot p.svg", "p.svg"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    assert_refused (table[i].line, table[i].names);
}

static void
set_up (void)
{
  g_assert_true (g_file_set_contents ("b.json", CASE_B, -1, NULL));
  g_assert_true (g_file_set_contents (
      "line.json",
      "{\"lambda1\": [0], \"lambda2\": [1], \"A\": [[1]], \"b\": [0], \"sigma2\": 1, \"x\": [0],"
      " \"proposal\": {\"mean\": [0.1], \"covariance\": [0.6]}}",
      -1, NULL));
  g_assert_true (g_file_set_contents (
      "wide.json",
      "{\"lambda1\": [0, 0, 1, 0, 0, 0], \"lambda2\": [1, 2, 1, 1, 1, 1],"
      " \"A\": [[1, 0.5, 0, 0, 0, 1], [0, 1, 1, 1, 0.5, 0]], \"b\": [0, 1], \"sigma2\": 0.5,"
      " \"x\": [1, 2], \"proposal\": {\"mean\": [0.3, 0.2, 0.9, 0, 0, 0],"
      " \"covariance\": [0.6, 0.8, 0.7, 0.5, 0.5, 0.5]}}",
      -1, NULL));
  g_mkdir ("empty", 0700);
}

/* What is left but these is a mistake, and makes the last line fail. */
static void
tear_down (const char *folder)
{
  static const char *const files[] = {"b.json", "line.json", "wide.json"};
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_unlink (files[i]);
  g_rmdir ("empty");
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  set_up ();
  g_test_add_func ("/cli/prior/gradients/exact", test_exact_gradients);
  g_test_add_func ("/cli/prior/gradients/exact-variances", test_exact_variances);
  g_test_add_func ("/cli/prior/gradients/estimates", test_estimates);
  g_test_add_func ("/cli/prior/gradients/one-estimator", test_one_estimator);
  g_test_add_func ("/cli/prior/gradients/shift", test_shift);
  g_test_add_func ("/cli/prior/gradients/what-is-not-known-is-null",
                   test_what_is_not_known_is_null);
  g_test_add_func ("/cli/prior/gradients/prints", test_prints_gradients);
  g_test_add_func ("/cli/prior/gradients/names-its-files", test_names_its_files);
  g_test_add_func ("/cli/prior/gradients/refused-cases", test_refused_cases);
  g_test_add_func ("/cli/prior/gradients/seed-decides-and-threads-do-not",
                   test_seed_decides_and_threads_do_not);
  g_test_add_func ("/cli/prior/gradients/interrupt-leaves-nothing-behind",
                   test_interrupt_leaves_nothing_behind);
  g_test_add_func ("/cli/prior/gradients/draws", test_draws);
  g_test_add_func ("/cli/prior/gradients/signs-its-picture", test_signs_its_picture);
  g_test_add_func ("/cli/prior/gradients/refused-input", test_refused_input);
  int status = g_test_run ();
  tear_down (folder);
  return status;
}
