/* limen bound on VAEs of our own making, and on the reference where it is. */
#include "model/data/builtin.h"
#include "model/weights/builtin-weights.h"
#include "run-json.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define SIDE     4
#define N_IMAGES 8

#define PLANE "bound --vae plane.safetensors --images images.idx "

static void
test_image_exactly (void)
{
  static const guint k[] = {1, 5, 50};
  for (guint gaussian = 0; gaussian < 2; gaussian++) {
    g_autofree char *line = g_strconcat (PLANE "--index 2 --k 1,5,50 --samples 3000 --json -",
                                         gaussian ? " --sigma 0.3" : "", NULL);
    g_autoptr (JsonNode) root = run_json (line);
    assert_estimates_agree (root, k, 3);
    g_assert_cmpfloat (number_at (root, "vlb/1"), <, number_at (root, "vlb/5"));
    g_assert_cmpfloat (number_at (root, "vlb/50"), <, number_at (root, "log_evidence"));
    g_assert_cmpfloat (number_at (root, "variance_of_weight"), >, 0);
    g_assert_cmpstr (text_at (root, "vae/likelihood"), ==, gaussian ? "gaussian" : "bernoulli");
  }
}

static void
test_image_of_many_latent_variables (void)
{
  g_autoptr (JsonNode) root =
      run_json ("bound --vae cube.safetensors --images images.idx --k 1,8 --samples 500 --json -");
  g_assert_true (is_null_at (root, "log_evidence"));
  /* an encoder whose variances are below ½: that is proven in any number of dimensions */
  g_assert_cmpstr (text_at (root, "variance_of_weight"), ==, "infinite");
  g_assert_cmpstr (text_at (root, "variance_of_weight_is"), ==, "infinite");
  g_assert_cmpuint (n_members (root, "vlb"), ==, 0);
  g_assert_cmpfloat (number_at (root, "monte_carlo/8/mean"), >,
                     number_at (root, "monte_carlo/1/mean"));
  g_auto (RunResult) said =
      run_well ("bound --vae cube.safetensors --images images.idx --k 1,8 --samples 500");
  g_assert_nonnull (strstr (said.out, "log p(x)    not below the bound, estimated at -"));
  g_assert_nonnull (strstr (said.out,
                            "Var(w/p(x)) infinite\n"
                            "            at least one standard deviation of q is below 0.71\n"));
  g_assert_true (
      g_str_has_suffix (said.out, "log p(x) is at least the bound, not its estimate.\n"));
}

static void
test_inspect_knows_it (void)
{
  g_auto (RunResult) result = run_well ("inspect plane.safetensors");
  g_assert_true (g_str_has_suffix (result.out, "  a VAE: 16 pixels, 2 latent variables, 6 hidden "
                                               "units to encode and 6 to decode\n"));
}

/* The mean over images is the mean of what each has by itself. */
static void
test_set_is_the_mean_of_its_images (void)
{
  double exact = 0;
  for (guint i = 0; i < 4; i++) {
    g_autofree char *line = g_strdup_printf (PLANE "--k 5 --samples 0 --json - --index %u", i);
    g_autoptr (JsonNode) root = run_json (line);
    exact += number_at (root, "vlb/5") / 4;
  }
  g_autoptr (JsonNode) set = run_json (PLANE "--k 1,5 --count 4 --samples 2000 --json -");
  double draws = number_at (set, "monte_carlo/5/mc_standard_error");
  g_assert_cmpfloat (draws, >, 0);
  g_assert_cmpfloat (fabs (number_at (set, "monte_carlo/5/mean") - exact), <, 4.5 * draws);
  g_assert_cmpfloat (number_at (set, "monte_carlo/5/standard_error"), >, draws);
  g_assert_cmpfloat (number_at (set, "n_images"), ==, 4);
  g_assert_true (is_null_at (set, "log_evidence"));
  g_assert_cmpuint (n_members (set, "vlb"), ==, 0);
  g_auto (RunResult) said = run_well (PLANE "--count 8");
  g_assert_nonnull (strstr (said.out, "images      the first 8 of 8 in images.idx\n"));
  g_assert_nonnull (strstr (said.out, "\n5000 "));
  g_assert_true (g_str_has_suffix (said.out,
                                   " nats on average, two standard errors; log p(x) is at least "
                                   "the bound, not its estimate.\n"));
}

static void
test_what_is_on_board (void)
{
  g_autoptr (GBytes) weights = limen_builtin_weights (LIMEN_BUILTIN_VAE, NULL);
  if (!weights) {
    g_test_skip ("there is no VAE on board");
    return;
  }
  g_autoptr (JsonNode) root = run_json ("bound --vae builtin:vae --images builtin:digits:20 "
                                        "--index 7 --k 1,50 --samples 50 --json -");
  g_assert_cmpuint (strlen (text_at (root, "vae/sha256")), ==, 64);
  g_assert_cmpfloat (number_at (root, "vlb/50"), >, number_at (root, "vlb/1"));
  g_assert_cmpfloat (number_at (root, "log_evidence"), >, number_at (root, "vlb/50"));
  g_assert_cmpfloat (fabs (number_at (root, "monte_carlo/1/mean") - number_at (root, "vlb/1")), <,
                     5 * number_at (root, "monte_carlo/1/standard_error"));
}

/* -- the reference -- */

static char *
in_shared (const char *name)
{
  const char *root = g_getenv ("LIMEN_SHARED_DIR");
  g_autofree char *path = g_build_filename (root ? root : "", name, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_canonicalize_filename (path, NULL);
  g_test_skip ("the reference data are not here");
  return NULL;
}

static JsonNode *
load_json (const char *path)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

#define MNIST "data/mnist/t10k-images-idx3-ubyte.gz"

static void
test_reference_plane (void)
{
  static const guint images[] = {0, 15}, k[] = {1, 2, 5, 10, 50, 100, 500, 5000};
  g_autofree char *vae = in_shared ("reference/bound/vae/vae-2d.pt"), *mnist = in_shared (MNIST),
                  *json = in_shared ("reference/bound/vae/vae-expected.json");
  if (!vae || !mnist || !json)
    return;
  g_autoptr (JsonNode) expected = load_json (json);
  for (guint i = 0; i < G_N_ELEMENTS (images); i++) {
    g_autofree char *index = g_strdup_printf ("%u", images[i]);
    g_autofree char *at = g_strdup_printf ("vae-2d/%u/", images[i]);
    const char *words[] = {"bound",
                           "--vae",
                           vae,
                           "--images",
                           mnist,
                           "--index",
                           index,
                           "--samples",
                           "0",
                           "--k",
                           "1,2,5,10,50,100,500,5000",
                           "--json",
                           "-",
                           NULL};
    g_auto (RunResult) result = run_limen (words);
    g_assert_cmpstr (result.err, ==, "");
    g_autoptr (JsonNode) root = json_from_string (result.out, NULL);
    g_autofree char *evidence = g_strconcat (at, "log_evidence", NULL);
    g_assert_cmpfloat_with_epsilon (number_at (root, "log_evidence"),
                                    number_at (expected, evidence), 1e-3);
    for (guint j = 0; j < G_N_ELEMENTS (k); j++) {
      g_autofree char *vlb = g_strdup_printf ("%svlb/%u", at, k[j]);
      g_assert_cmpfloat_with_epsilon (value_at (root, "vlb/%u", k[j]), number_at (expected, vlb),
                                      1e-3);
    }
  }
}

static void
test_reference_set (void)
{
  static const guint k[] = {1, 5, 50, 100};
  g_autofree char *vae = in_shared ("reference/bound/vae/vae-20d.pt"), *mnist = in_shared (MNIST),
                  *json = in_shared ("reference/bound/vae/vae-expected.json");
  if (!vae || !mnist || !json)
    return;
  g_autoptr (JsonNode) expected = load_json (json);
  const char *words[] = {"bound", "--vae",      vae,         "--images", mnist,    "--count", "100",
                         "--k",   "1,5,50,100", "--samples", "4",        "--json", "-",       NULL};
  g_auto (RunResult) result = run_limen (words);
  g_assert_cmpstr (result.err, ==, "");
  g_autoptr (JsonNode) root = json_from_string (result.out, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (k); i++) {
    g_autofree char *at = g_strdup_printf ("vae-20d mean over MNIST test 0..99/%u/", k[i]);
    g_autofree char *mean = g_strconcat (at, "mean", NULL),
                    *error = g_strconcat (at, "mc_standard_error", NULL);
    double own = value_at (root, "monte_carlo/%u/mc_standard_error", k[i]);
    double apart = value_at (root, "monte_carlo/%u/mean", k[i]) - number_at (expected, mean);
    g_test_message ("K = %u: %f from the reference, ± %f", k[i], apart, own);
    g_assert_cmpfloat (own, <, 0.2);
    g_assert_cmpfloat (fabs (apart), <, 4 * hypot (own, number_at (expected, error)));
  }
}

/* What differs in nothing else but numbers */
static void
test_signs_what_it_is_of (void)
{
  assert_signed (PLANE "--index 2 --k 1,5 --samples 20 --sigma 0.5",
                 (const char *const[]){"Gaussian, sigma 0.5", "q(z|x): mean (", NULL});
  assert_signed (PLANE "--k 1,5 --count 5 --samples 1",
                 (const char *const[]){"Bernoulli", "mean ± standard error, 5 images", NULL});
}

static void
set_up (void)
{
  write_vae ("plane.safetensors", SIDE, 6, 2);
  write_vae ("cube.safetensors", SIDE, 6, 3);
  write_idx ("images.idx", N_IMAGES, SIDE, 1, 1);
}

/* What is left but these is a mistake, and makes the last line fail. */
static void
tear_down (const char *folder)
{
  static const char *const files[] = {"plane.safetensors", "cube.safetensors", "images.idx"};
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_unlink (files[i]);
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  const char *shared = g_getenv ("LIMEN_SHARED_DIR");
  g_autofree char *absolute = g_canonicalize_filename (shared ? shared : "", NULL);
  g_setenv ("LIMEN_SHARED_DIR", absolute, TRUE);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  set_up ();
  g_test_add_func ("/cli/bound/image/exactly", test_image_exactly);
  g_test_add_func ("/cli/bound/image/of-many-latent-variables",
                   test_image_of_many_latent_variables);
  g_test_add_func ("/cli/bound/set/is-the-mean-of-its-images", test_set_is_the_mean_of_its_images);
  g_test_add_func ("/cli/bound/set/signs-what-it-is-of", test_signs_what_it_is_of);
  g_test_add_func ("/cli/inspect/vae", test_inspect_knows_it);
  g_test_add_func ("/cli/bound/what-is-on-board", test_what_is_on_board);
  g_test_add_func ("/cli/bound/reference/plane", test_reference_plane);
  g_test_add_func ("/cli/bound/reference/set", test_reference_set);
  int status = g_test_run ();
  tear_down (folder);
  return status;
}
