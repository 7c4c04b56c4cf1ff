/* limen prior train: what it reaches, its files, and what it refuses. */
#include "run-json.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define LINEAR "prior train --data builtin:linear --hidden 0 --estimator reparameterization "
#define MOONS                                                                                      \
  "prior train --data builtin:two-moons:300 --steps 40 --estimator sticking-the-landing "
#define LEARN " --estimator reparameterization"

static void
test_training_reaches_the_maximum (void)
{
  static const char *const priors[] = {"trainable", "fixed"};
  for (guint i = 0; i < G_N_ELEMENTS (priors); i++) {
    g_autofree char *line =
        g_strconcat (LINEAR "--steps 3000 --learning-rate 0.02 --json - --prior ", priors[i], NULL);
    g_autoptr (JsonNode) root = run_json (line);
    double most = number_at (root, "maximum_likelihood"), bound = number_at (root, "bound");
    double log_likelihood = number_at (root, "log_likelihood");
    g_test_message ("%s: %.6f ≤ %.6f ≤ %.6f", priors[i], bound, log_likelihood, most);
    g_assert_cmpfloat (log_likelihood, <=, most);
    g_assert_cmpfloat (log_likelihood, >, most - 0.02);
    g_assert_cmpfloat (bound, >, most - 0.04);
    g_assert_true (is_null_at (root, "bound_standard_error"));
    g_assert_cmpfloat (number_at (root, "bound_error"), <, 1e-9);
    g_assert_cmpfloat (number_at (root, "log_likelihood_error"), <, 1e-9);
    g_assert_cmpfloat (number_at (root, "maximum_likelihood_error"), <, 1e-9);
    g_assert_cmpstr (text_at (root, "settings/prior"), ==, priors[i]);
    g_assert_cmpfloat (number_at (root, "settings/steps"), ==, 3000);
    g_assert_cmpfloat (number_at (root, "data/columns"), ==, 5);
    if (i == 0)
      continue;
    g_assert_cmpfloat (number_at (root, "lambda1/0"), ==, 0);
    g_assert_cmpfloat (number_at (root, "lambda2/1"), ==, 1);
  }
}

static JsonArray *
array_at (JsonNode *root, const char *path)
{
  JsonNode *node = node_at (root, path);
  g_assert_nonnull (node);
  return json_node_get_array (node);
}

static void
test_bound_stays_below (void)
{
  g_autoptr (JsonNode) root = run_json (LINEAR "--steps 1500 --json -");
  JsonArray *step = array_at (root, "curve/step"), *bound = array_at (root, "curve/bound");
  JsonArray *log_likelihood = array_at (root, "curve/log_likelihood");
  guint n = json_array_get_length (step);
  g_assert_cmpuint (n, ==, json_array_get_length (bound));
  g_assert_cmpuint (n, >, 100);
  g_assert_cmpint (json_array_get_int_element (step, 0), ==, 0);
  g_assert_cmpint (json_array_get_int_element (step, n - 1), ==, 1500);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpfloat (json_array_get_double_element (bound, i), <,
                       json_array_get_double_element (log_likelihood, i));
    g_assert_true (i == 0 ||
                   json_array_get_int_element (step, i) > json_array_get_int_element (step, i - 1));
  }
  g_assert_cmpfloat (json_array_get_double_element (bound, n - 1), ==, number_at (root, "bound"));
}

static void
test_networks_learn (void)
{
  g_autoptr (JsonNode) root = run_json ("prior train --data builtin:two-moons:500:3 --seed 2 "
                                        "--steps 400 --estimator reparameterization --json -");
  JsonArray *bound = array_at (root, "curve/bound");
  g_assert_true (is_null_at (root, "log_likelihood"));
  g_assert_true (is_null_at (root, "maximum_likelihood"));
  g_assert_true (is_null_at (root, "bound_error"));
  g_assert_cmpfloat (number_at (root, "bound_standard_error"), >, 0);
  g_assert_cmpfloat (number_at (root, "bound_points"), ==, 500);
  g_assert_cmpfloat (number_at (root, "bound"), >, json_array_get_double_element (bound, 0) + 1);
  g_assert_cmpfloat (number_at (root, "data/n"), ==, 500);
  g_assert_cmpstr (text_at (root, "data/file"), ==, "builtin:two-moons:500:3");
  g_assert_cmpfloat (number_at (root, "lambda2/0"), >, 0);
}

/* Twelve points on a line with some noise, and a first row of words */
static void
write_points (const char *name)
{
  g_autoptr (GString) text = g_string_new ("first,second\n");
  for (guint i = 0; i < 12; i++)
    g_string_append_printf (text, "%u,%.2f\n", i, 0.5 * i + (i * 7 % 5) * 0.1);
  g_assert_true (g_file_set_contents (name, text->str, -1, NULL));
}

static void
test_curve_as_csv (void)
{
  g_autofree char *csv = NULL, *hash = hash_of ("points.csv");
  g_autoptr (JsonNode) root = run_json ("prior train --data points.csv --hidden 0 --latent 1 "
                                        "--estimator reparameterization-kl --steps 30 --batch 4 "
                                        "--out c.csv --json -");
  g_assert_cmpstr (text_at (root, "data/sha256"), ==, hash);
  g_assert_true (g_file_get_contents ("c.csv", &csv, NULL, NULL));
  g_auto (GStrv) lines = lines_of (csv);
  g_assert_cmpstr (lines[0], ==, "step,bound,log_likelihood");
  g_assert_cmpuint (g_strv_length (lines), ==, 32);
  for (guint i = 0; i <= 30; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i + 1], ",", -1);
    g_assert_cmpuint (g_strv_length (cells), ==, 3);
    g_assert_cmpfloat (g_ascii_strtod (cells[0], NULL), ==, i);
    g_assert_cmpfloat (g_ascii_strtod (cells[1], NULL), ==, value_at (root, "curve/bound/%u", i));
    g_assert_cmpfloat (g_ascii_strtod (cells[2], NULL), ==,
                       value_at (root, "curve/log_likelihood/%u", i));
  }
  g_unlink ("c.csv");
  g_auto (RunResult) moons = run_well (MOONS "--out c.csv");
  g_autofree char *empty = NULL;
  g_assert_true (g_file_get_contents ("c.csv", &empty, NULL, NULL));
  g_assert_true (g_str_has_suffix (empty, ",\n")); /* log p(x) is not known */
  g_unlink ("c.csv");
}

static void
test_prints_training (void)
{
  g_auto (RunResult) linear = run_well (LINEAR "--steps 50");
  g_auto (RunResult) moons = run_well (MOONS "--prior fixed");
  g_assert_nonnull (strstr (linear.out, "builtin:linear: 2\u2009000 points of 5 numbers\n"));
  g_assert_nonnull (strstr (linear.out, "2 latent variables, affine maps, sigma 0.3, trainable"));
  g_assert_nonnull (strstr (linear.out, "\nlog p(x) "));
  g_assert_nonnull (strstr (linear.out, "After 50 steps by reparameterization the bound stands"));
  g_assert_null (strstr (moons.out, "\nlog p(x) "));
  g_assert_nonnull (strstr (moons.out, "32 hidden units, sigma 0.3, fixed prior\n"));
  g_assert_nonnull (strstr (moons.out, "\nlambda2     1, 1\n"));
  g_assert_nonnull (strstr (moons.out, " ± "));
  g_assert_true (g_str_has_suffix (
      moons.out, "log p(x) is at least the bound, not its estimate, on average.\n"));
}

static void
test_interrupt_leaves_nothing_behind (void)
{
  assert_interrupt_leaves_nothing ("prior train --data builtin:ring --steps 100000000" LEARN);
}

static void
test_threads_do_not_matter (void)
{
  assert_threads_do_not_matter (MOONS "--json - --seed 5");
  g_autoptr (JsonNode) a = run_json (MOONS "--json - --seed 5");
  g_autoptr (JsonNode) b = run_json (MOONS "--json - --seed 6");
  g_assert_cmpfloat (number_at (a, "bound"), !=, number_at (b, "bound"));
}

static void
test_draws (void)
{
  static const struct {
    const char *line, *file, *begins;
  } table[] = {
      {LINEAR "--steps 30 --plot p.svg", "p.svg", "<?xml"},
      {MOONS "--latent 1 --plot p.png --dark --size 360x640", "p.png", "\x89PNG"},
      {MOONS "--latent 3 --plot p.pdf", "p.pdf", "%PDF"},
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
  g_autofree char *hash = hash_of ("points.csv");
  const char *const told[] = {
      "A VAE with a fixed prior learns", "Maximum likelihood", "seed 9", "sigma 0.5", hash, NULL};
  assert_signed ("prior train --data points.csv --hidden 0 --sigma 0.5 --prior fixed --batch 6 "
                 "--estimator log-derivative-mean --steps 40 --seed 9",
                 told);
}

/* -- what is refused -- */

static void
test_refused_points (void)
{
  static const struct {
    const char *text, *says;
  } table[] = {
      {"1,2\n3,four\n5,6\n", "has text in row 2 (“four”)"},
      {"1,2\n3,4,5\n6,7\n", "another number of columns in row 2"},
      {"1,2\n3\n6,7\n", "another number of columns in row 2"},
      {"a,b\n1,2\n3,nan\n", "row 3 that is not finite"},
      {"1,2\ninf,4\n", "row 2 that is not finite"},
      {"1,2\n3,1e999\n", "row 2 that is not finite"},
      {"1e13,2\n3,4\n", "too large to train with"},
      {"1\n2\n3\n", "one number in every row"},
      {"1,2\n", "one row of numbers"},
      {"a,b\n", "no row of numbers"},
      {"a,b\nc,d\n", "has text in row 2"},
      {"\n\n", "no row of numbers"},
      {"", "bad.csv"},
      {"\x89PNG\r\n\x1a\n", "not a table of numbers"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_assert_true (g_file_set_contents ("bad.csv", table[i].text, -1, NULL));
    assert_refused ("prior train --data bad.csv --estimator log-derivative --json r.json "
                    "--plot p.png",
                    "bad.csv");
    assert_refused ("prior train --data bad.csv --estimator log-derivative --json r.json "
                    "--plot p.png",
                    table[i].says);
  }
  g_unlink ("bad.csv");
}

static void
test_refused_input (void)
{
  static const struct {
    const char *line, *names;
  } table[] = {
      {"prior train --data nowhere.csv" LEARN, "nowhere.csv"},
      {"prior train --data empty" LEARN, "empty"},
      {"prior train --data points.csv --out points.csv" LEARN, "points.csv"},
      {"prior train --data points.csv --out c.csv --json c.csv" LEARN, "c.csv"},
      {"prior train --data points.csv --json nowhere/r.json" LEARN, "nowhere/r.json"},
      {"prior train --data builtin:nothing" LEARN, "“nothing” is no set of points"},
      {"prior train --data builtin:" LEARN, "no set of points"},
      {"prior train --data builtin:ring:1" LEARN, "builtin:ring:1"},
      {"prior train --data builtin:ring:many" LEARN, "builtin:ring:many"},
      {"prior train --data builtin:ring:20:-1" LEARN, "builtin:ring:20:-1"},
      {"prior train --data builtin:ring:20:1:2" LEARN, "builtin:ring:20:1:2"},
      {"prior train --data builtin:ring:99999999" LEARN, "builtin:ring:99999999"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    assert_refused (table[i].line, table[i].names);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  write_points ("points.csv");
  g_mkdir ("empty", 0700);
  g_test_add_func ("/cli/prior/train/reaches-the-maximum", test_training_reaches_the_maximum);
  g_test_add_func ("/cli/prior/train/bound-stays-below", test_bound_stays_below);
  g_test_add_func ("/cli/prior/train/networks-learn", test_networks_learn);
  g_test_add_func ("/cli/prior/train/curve-as-csv", test_curve_as_csv);
  g_test_add_func ("/cli/prior/train/prints", test_prints_training);
  g_test_add_func ("/cli/prior/train/threads-do-not-matter", test_threads_do_not_matter);
  g_test_add_func ("/cli/prior/train/interrupt-leaves-nothing-behind",
                   test_interrupt_leaves_nothing_behind);
  g_test_add_func ("/cli/prior/train/draws", test_draws);
  g_test_add_func ("/cli/prior/train/signs-its-picture", test_signs_its_picture);
  g_test_add_func ("/cli/prior/train/refused-points", test_refused_points);
  g_test_add_func ("/cli/prior/train/refused-input", test_refused_input);
  int status = g_test_run ();
  g_unlink ("points.csv");
  g_rmdir ("empty");
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* what is left is a mistake */
  return status;
}
