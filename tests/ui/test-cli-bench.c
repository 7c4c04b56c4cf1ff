/* limen bench on files of our own making. */
#include "run-json.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define SIDE 6

#define BENCH "bench --model flow.safetensors --normal normal.idx --anomaly anomaly.idx "
#define ALL   BENCH "--vae vae.safetensors --reference other.safetensors --k 5"

static const char *const names[] = {"log-likelihood", "typicality",     "complexity",
                                    "iwae",           "vae-statistics", "latent-fit",
                                    "combined",       "nearest",        "likelihood-ratio"};

static void
assert_rate (JsonNode *score, const char *key, guint n)
{
  g_autofree char *count = g_strconcat (key, "/n", NULL),
                  *errors = g_strconcat (key, "/errors", NULL),
                  *rate = g_strconcat (key, "/rate", NULL);
  g_assert_cmpfloat (number_at (score, count), ==, n);
  g_assert_cmpfloat_with_epsilon (number_at (score, rate), number_at (score, errors) / n, 1e-12);
}

static void
test_tells_all_scores (void)
{
  g_autoptr (JsonNode) root = run_json (ALL " --json -");
  g_assert_cmpstr (text_at (root, "recommended"), ==, "combined");
  g_assert_cmpuint (n_members (root, "scores"), ==, G_N_ELEMENTS (names));
  g_assert_cmpuint (n_members (root, "lacking"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_strconcat ("scores/", names[i], NULL);
    JsonNode *score = node_at (root, path);
    g_assert_nonnull (score);
    double auroc = number_at (score, "auroc");
    g_assert_cmpfloat (number_at (score, "auroc_interval/0"), <=, auroc);
    g_assert_cmpfloat (number_at (score, "auroc_interval/1"), >=, auroc);
    g_assert_cmpfloat (number_at (score, "aupr"), >, 0);
    g_assert_cmpfloat (number_at (score, "fpr_at_95_tpr"), <=, 1);
    g_assert_true (isfinite (number_at (score, "threshold")));
    g_assert_nonnull (text_at (score, "unit"));
    assert_rate (score, "type_1", 40);
    assert_rate (score, "type_2", 30);
  }
  g_assert_cmpfloat (number_at (root, "division/fit"), ==, 40);
  g_assert_cmpstr (text_at (root, "combined/of/0"), ==, "complexity");
  g_assert_cmpstr (text_at (root, "combined/of/1"), ==, "reconstruction-error");
  g_assert_cmpstr (text_at (root, "combined/of/2"), ==, "latent-norm");
  g_assert_cmpstr (text_at (root, "scores/complexity/unit"), ==, "bits");
  g_autofree char *hash = hash_of ("flow.safetensors");
  g_assert_cmpstr (text_at (root, "model/sha256"), ==, hash);
}

/* The likelihood is that of limen detect, with the same images in the same roles */
static void
test_likelihood_is_that_of_detect (void)
{
  g_autoptr (JsonNode) bench =
      run_json (BENCH "--fit fit.idx --validation more.idx --sigmas 1 --json -");
  g_autoptr (JsonNode) detect =
      run_json ("detect --model flow.safetensors --normal normal.idx --anomaly anomaly.idx "
                "--validation more.idx --sigmas 1 --json -");
  JsonNode *score = node_at (bench, "scores/log-likelihood");
  static const char *const same[] = {"auroc", "threshold", "type_1/errors", "type_1/n",
                                     "type_2/errors"};
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    g_assert_cmpfloat (number_at (score, same[i]), ==, number_at (detect, same[i]));
  g_assert_cmpfloat (number_at (bench, "division/test"), ==, 120);
}

static void
test_says_what_is_lacking (void)
{
  g_autoptr (JsonNode) root = run_json (BENCH "--json -");
  g_assert_cmpuint (n_members (root, "scores"), ==, 6);
  g_assert_cmpuint (n_members (root, "lacking"), ==, 3);
  g_assert_nonnull (strstr (text_at (root, "lacking/iwae"), "needs a VAE"));
  g_auto (RunResult) result = run_well (BENCH "--seed 0");
  g_assert_nonnull (
      strstr (result.out, "\niwae: This score needs a VAE; open the weights of one.\n"));
  g_assert_nonnull (strstr (result.out, "\n* combined "));
  g_assert_nonnull (strstr (result.out, "Scores are fitted to 40 normal images, thresholds set by "
                                        "40, errors counted among 40.\n"));
}

/* Images of its size, and what it tells of them */
static void
test_a_vae_alone (void)
{
  g_autoptr (JsonNode) root = run_json (
      "bench --vae vae.safetensors --k 5 --normal normal.idx --anomaly anomaly.idx --json -");
  static const char *const told[] = {"iwae", "vae-statistics", "combined", "nearest"};
  g_assert_cmpuint (n_members (root, "scores"), ==, G_N_ELEMENTS (told));
  for (guint i = 0; i < G_N_ELEMENTS (told); i++) {
    g_autofree char *path = g_strconcat ("scores/", told[i], "/auroc", NULL);
    g_assert_cmpfloat (number_at (root, path), >=, 0);
  }
  g_assert_nonnull (strstr (text_at (root, "lacking/log-likelihood"), "needs a flow"));
  g_assert_cmpstr (text_at (root, "recommended"), ==, "combined");
}

static void
test_says_what_is_optimistic (void)
{
  g_auto (RunResult) result = run_line (BENCH "--fit normal.idx --json r.json");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_assert_cmpint (result.status, ==, 0);
  g_assert_nonnull (strstr (result.err,
                            "Optimistic: the scores were fitted to all 60 normal images "
                            "whose errors are counted."));
  g_assert_true (g_file_get_contents ("r.json", &text, NULL, NULL));
  g_autoptr (JsonNode) root = json_from_string (text, &error);
  g_assert_nonnull (strstr (text_at (root, "division/optimistic/0"), "Optimistic: "));
  g_unlink ("r.json");
}

/* What is recommended, and the scores of normal images, do not depend on the anomalies */
static void
test_does_not_look_at_anomalies (void)
{
  g_autoptr (JsonNode) one = run_json (ALL " --json -");
  g_autoptr (JsonNode) other =
      run_json ("bench --model flow.safetensors --normal normal.idx --anomaly fit.idx --vae "
                "vae.safetensors --reference other.safetensors --k 5 --json -");
  g_assert_cmpstr (text_at (one, "recommended"), ==, text_at (other, "recommended"));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *threshold = g_strconcat ("scores/", names[i], "/threshold", NULL);
    g_autofree char *errors = g_strconcat ("scores/", names[i], "/type_1/errors", NULL);
    g_assert_cmpfloat (number_at (one, threshold), ==, number_at (other, threshold));
    g_assert_cmpfloat (number_at (one, errors), ==, number_at (other, errors));
  }
}

static void
test_plot (void)
{
  static const char *const told[] = {"Scores of ", "combined is recommended: ",
                                     "nearest: ",  "Scores are fitted to 40 normal images",
                                     "VAE",        "Second flow",
                                     NULL};
  assert_signed (ALL, told);
  assert_signed (ALL " --dark", told);
}

static void
test_says_how_it_recommends (void)
{
  g_auto (RunResult) result = run_well (BENCH "--seed 0");
  g_assert_nonnull (strstr (result.out, "\ncombined is recommended: by a rule that was fixed "
                                        "beforehand, asks only which models there are, and looks "
                                        "at none of these images.\n"));
}

static void
test_threads_do_not_matter (void)
{
  assert_threads_do_not_matter (ALL " --json -");
}

static void
test_refused_input (void)
{
  static const struct {
    const char *line, *names;
  } table[] = {
      {"bench --model vae.safetensors --normal normal.idx --anomaly anomaly.idx",
       "vae.safetensors"},
      {BENCH "--vae flow.safetensors", "flow.safetensors"},
      {BENCH "--vae small.safetensors", "small.safetensors"},
      {BENCH "--reference small-flow.safetensors", "small-flow.safetensors"},
      {BENCH "--fit nowhere.idx", "nowhere.idx"},
      {BENCH "--fit one.idx", "one.idx"},
      {BENCH "--json flow.safetensors", "flow.safetensors"},
      {"bench --model flow.safetensors --normal one.idx --anomaly anomaly.idx", "one.idx"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_test_message ("%s", table[i].line);
    assert_refused (table[i].line, table[i].names);
  }
}

static const char *const files[] = {"flow.safetensors",
                                    "other.safetensors",
                                    "vae.safetensors",
                                    "small.safetensors",
                                    "small-flow.safetensors",
                                    "normal.idx",
                                    "anomaly.idx",
                                    "fit.idx",
                                    "more.idx",
                                    "one.idx"};

static void
set_up (void)
{
  g_free (write_flow ("flow.safetensors", SIDE));
  g_free (write_flow ("small-flow.safetensors", 4));
  write_vae ("vae.safetensors", SIDE, 5, 2);
  write_vae ("small.safetensors", 4, 5, 2);
  write_idx ("normal.idx", 120, SIDE, 0.7, 1);
  write_idx ("anomaly.idx", 30, SIDE, 1, 2);
  write_idx ("fit.idx", 50, SIDE, 0.7, 3);
  write_idx ("more.idx", 60, SIDE, 0.7, 4);
  write_idx ("one.idx", 1, SIDE, 0.7, 5);
  g_auto (RunResult) trained =
      run_line ("train --data fit.idx --out other.safetensors --width 6 --depth 2 --couplings 2 "
                "--epochs 1 --batch 16");
  g_assert_cmpint (trained.status, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  set_up ();
  g_test_add_func ("/cli/bench/tells-all-scores", test_tells_all_scores);
  g_test_add_func ("/cli/bench/likelihood-is-that-of-detect", test_likelihood_is_that_of_detect);
  g_test_add_func ("/cli/bench/says-what-is-lacking", test_says_what_is_lacking);
  g_test_add_func ("/cli/bench/a-vae-alone", test_a_vae_alone);
  g_test_add_func ("/cli/bench/says-what-is-optimistic", test_says_what_is_optimistic);
  g_test_add_func ("/cli/bench/does-not-look-at-anomalies", test_does_not_look_at_anomalies);
  g_test_add_func ("/cli/bench/plot", test_plot);
  g_test_add_func ("/cli/bench/says-how-it-recommends", test_says_how_it_recommends);
  g_test_add_func ("/cli/bench/threads-do-not-matter", test_threads_do_not_matter);
  g_test_add_func ("/cli/bench/refused-input", test_refused_input);
  int status = g_test_run ();
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_unlink (files[i]);
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return status;
}
