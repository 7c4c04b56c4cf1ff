/* limen detect --score and limen score --scores: the scores of limen bench, one by one and as
 * columns. */
#include "run-json.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define SIDE      6
#define N_NORMAL  120
#define N_ANOMALY 30
#define N_FIT     50
#define N_MORE    60

#define MODELS "--vae vae.safetensors --reference other.safetensors --k 5 "
#define SETS   "--model flow.safetensors --normal normal.idx --anomaly anomaly.idx "
#define DETECT "detect " SETS MODELS

static const char *const names[] = {"typicality", "complexity", "iwae",    "vae-statistics",
                                    "latent-fit", "combined",   "nearest", "likelihood-ratio"};

static char *
read_text (const char *path)
{
  char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* -- detect -- */

/* Each row of the bench is the detector that judges by that score */
static void
test_is_a_row_of_the_bench (void)
{
  static const char *const same[] = {"auroc", "threshold", "type_1/errors", "type_1/n",
                                     "type_2/errors"};
  g_autoptr (JsonNode) bench = run_json ("bench " SETS MODELS "--sigmas 1 --seed 4 --json -");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *line =
        g_strdup_printf (DETECT "--sigmas 1 --seed 4 --score %s --json -", names[i]);
    g_autofree char *path = g_strconcat ("scores/", names[i], NULL);
    g_autoptr (JsonNode) detect = run_json (line);
    JsonNode *row = node_at (bench, path);
    g_assert_cmpstr (text_at (detect, "score/name"), ==, names[i]);
    g_assert_cmpstr (text_at (detect, "score/unit"), ==, text_at (row, "unit"));
    for (guint k = 0; k < G_N_ELEMENTS (same); k++)
      g_assert_cmpfloat (number_at (detect, same[k]), ==, number_at (row, same[k]));
    g_autofree char *hash = hash_of ("vae.safetensors");
    g_assert_cmpstr (text_at (detect, "other_models/0/sha256"), ==, hash);
    g_assert_nonnull (node_at (detect, "other_models/1"));
  }
}

static void
test_likelihood_is_what_it_was (void)
{
  g_auto (RunResult) plain = run_well ("detect " SETS "--json -");
  g_auto (RunResult) named = run_well ("detect " SETS "--score log-likelihood --json -");
  g_assert_cmpstr (plain.out, ==, named.out);
}

static void
test_tells_which_images_did_what (void)
{
  g_auto (RunResult) thirds = run_well (DETECT "--score nearest");
  g_assert_nonnull (strstr (thirds.out,
                            "\nScores are fitted to 40 normal images, thresholds set by "
                            "40, errors counted among 40.\n"));
  g_auto (RunResult) plain = run_well (DETECT "--score complexity");
  g_assert_nonnull (strstr (plain.out, "40 are left to scores that are fitted, which complexity is "
                                       "not.\n"));
  g_auto (RunResult) same = run_line (DETECT "--score combined --fit normal.idx");
  g_assert_cmpint (same.status, ==, 0);
  g_assert_nonnull (
      strstr (same.err, "Optimistic: the scores were fitted to all 60 normal images"));
}

static void
count_rows (const char *line, guint fit, guint validation, guint normal)
{
  g_autofree char *command = g_strconcat (line, " --csv rows.csv", NULL);
  g_auto (RunResult) result = run_well (command);
  g_autofree char *text = read_text ("rows.csv");
  g_auto (GStrv) rows = lines_of (text);
  guint n[4] = {0};
  for (guint i = 1; rows[i]; i++)
    n[g_str_has_prefix (rows[i], "fit,")          ? 0
      : g_str_has_prefix (rows[i], "validation,") ? 1
      : g_str_has_prefix (rows[i], "normal,")     ? 2
                                                  : 3]++;
  g_assert_cmpstr (rows[0], ==, "set,image,nearest,verdict,p_value,p_value_conditional,listed");
  g_assert_cmpuint (n[0], ==, fit);
  g_assert_cmpuint (n[1], ==, validation);
  g_assert_cmpuint (n[2], ==, normal);
  g_assert_cmpuint (n[3], ==, N_ANOMALY);
  g_unlink ("rows.csv");
}

static void
test_sets_of_their_own (void)
{
  count_rows (DETECT "--score nearest", 40, 40, 40);
  count_rows (DETECT "--score nearest --fit fit.idx", 0, 60, 60);
  count_rows (DETECT "--score nearest --validation more.idx", 60, N_MORE, 60);
  count_rows (DETECT "--score nearest --fit fit.idx --validation more.idx", 0, N_MORE, N_NORMAL);
  g_autoptr (JsonNode) root =
      run_json (DETECT "--score nearest --fit fit.idx --validation more.idx --json -");
  g_assert_cmpstr (text_at (root, "sets/0/role"), ==, "fit");
  g_assert_cmpfloat (number_at (root, "sets/0/n"), ==, N_FIT);
  g_assert_cmpfloat (number_at (root, "type_1/n"), ==, N_NORMAL);
  g_autoptr (JsonNode) thirds = run_json (DETECT "--score nearest --json -");
  g_assert_cmpfloat (number_at (thirds, "sets/0/fitted"), ==, 40);
}

static void
test_threshold_is_in_the_unit_of_the_score (void)
{
  g_autoptr (JsonNode) all = run_json (DETECT "--score nearest --threshold -1 --json -");
  g_autoptr (JsonNode) none = run_json (DETECT "--score nearest --threshold 1e6 --json -");
  g_assert_cmpfloat (number_at (all, "type_1/errors"), ==, number_at (all, "type_1/n"));
  g_assert_cmpfloat (number_at (none, "type_1/errors"), ==, 0);
  g_assert_cmpfloat (number_at (none, "type_2/errors"), ==, N_ANOMALY);
}

/* What is inverted scores as a file of inverted pixels does */
static void
test_inverted_anomalies (void)
{
  g_autofree char *pixels = NULL;
  gsize length;
  g_assert_true (g_file_get_contents ("anomaly.idx", &pixels, &length, NULL));
  for (gsize i = 16; i < length; i++)
    pixels[i] = (char)(255 - (guint8)pixels[i]);
  g_assert_true (g_file_set_contents ("negative.idx", pixels, (gssize)length, NULL));
  static const char *const scores[] = {"log-likelihood", "latent-fit"};
  for (guint i = 0; i < G_N_ELEMENTS (scores); i++) {
    g_autofree char *plain = g_strdup_printf (
        "detect --model flow.safetensors --normal normal.idx --score %s --json - --anomaly ",
        scores[i]);
    g_autofree char *one = g_strconcat (plain, "anomaly.idx --anomaly-inverted", NULL),
                    *other = g_strconcat (plain, "negative.idx", NULL),
                    *third = g_strconcat (plain, "anomaly.idx", NULL);
    g_autoptr (JsonNode) inverted = run_json (one);
    g_autoptr (JsonNode) negative = run_json (other);
    g_autoptr (JsonNode) as_is = run_json (third);
    g_assert_cmpfloat (number_at (inverted, "auroc"), ==, number_at (negative, "auroc"));
    g_assert_cmpfloat (number_at (inverted, "auroc"), !=, number_at (as_is, "auroc"));
    g_assert_true (json_node_get_boolean (node_at (inverted, "sets/1/inverted")));
    g_assert_null (node_at (as_is, "sets/1/inverted"));
  }
  g_unlink ("negative.idx");
}

/* A range is of arrays: that pictures stay as they are is told where it would have turned them. */
static void
test_range_of_pictures (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
  g_assert_cmpint (cairo_surface_write_to_png (surface, "dark.png"), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  const char *line = "detect --model flow.safetensors --normal normal.idx --anomaly dark.png "
                     "--json - --anomaly-range ";
  g_autofree char *turned = g_strconcat (line, "255..0", NULL),
                  *same = g_strconcat (line, "0..255", NULL);
  g_auto (RunResult) warned = run_line (turned);
  g_auto (RunResult) plain = run_line (same);
  g_assert_nonnull (strstr (warned.err, "The range changed nothing: "));
  g_assert_nonnull (strstr (warned.err, "--anomaly-inverted"));
  g_assert_null (strstr (plain.err, "The range changed nothing"));
  g_assert_cmpstr (warned.out, ==, plain.out);
  g_unlink ("dark.png");
}

/* -- score -- */

#define COLUMNS                                                                                    \
  "score --model flow.safetensors " MODELS "normal.idx --fit fit.idx --scores "                    \
  "log-likelihood,typicality,complexity,iwae,vae-statistics,latent-fit,combined,nearest,"          \
  "likelihood-ratio"

static void
test_a_column_each (void)
{
  g_auto (RunResult) all = run_well (COLUMNS);
  g_auto (GStrv) rows = lines_of (all.out);
  g_assert_cmpstr (rows[0], ==,
                   "image,log_likelihood,typicality,complexity,iwae,vae-statistics,latent-fit,"
                   "combined,nearest,likelihood-ratio");
  g_assert_cmpuint (g_strv_length (rows), ==, 1 + N_NORMAL);
  g_auto (RunResult) plain = run_well ("score --model flow.safetensors normal.idx");
  g_auto (GStrv) likelihoods = lines_of (plain.out);
  for (guint i = 1; rows[i]; i++) {
    g_autofree char *begins = g_strconcat (likelihoods[i], ",", NULL);
    g_assert_true (g_str_has_prefix (rows[i], begins));
  }
}

/* What limen detect judges by */
static void
test_columns_are_those_of_detect (void)
{
  g_auto (RunResult) score = run_well ("score --model flow.safetensors " MODELS
                                       "normal.idx --fit fit.idx --scores nearest,combined");
  g_auto (RunResult) detect =
      run_well (DETECT "--fit fit.idx --validation more.idx --score nearest "
                       "--csv rows.csv");
  g_autofree char *text = read_text ("rows.csv");
  g_auto (GStrv) rows = lines_of (text), columns = lines_of (score.out);
  guint n = 0;
  for (guint i = 1; rows[i]; i++) {
    if (!g_str_has_prefix (rows[i], "normal,"))
      continue;
    g_auto (GStrv) row = g_strsplit (rows[i], ",", -1);
    g_auto (GStrv) column = g_strsplit (columns[++n], ",", -1);
    g_assert_cmpstr (row[2], ==, column[1]);
  }
  g_assert_cmpuint (n, ==, N_NORMAL);
  g_unlink ("rows.csv");
}

static void
test_parts_are_the_bytes_of_one_run (void)
{
  g_auto (RunResult) whole = run_line (COLUMNS " --part 1/1");
  g_auto (RunResult) parts =
      run_shell ("for i in $(seq 7); do \"$0\" " COLUMNS " --part $i/7 || exit 1; done");
  g_auto (RunResult) columns = run_line (COLUMNS);
  g_auto (GStrv) rows = lines_of (whole.out), plain = lines_of (columns.out);
  g_assert_cmpint (whole.status + parts.status, ==, 0);
  g_assert_cmpstr (parts.out, ==, whole.out);
  for (guint i = 0; plain[i]; i++)
    g_assert_true (g_str_has_prefix (rows[i], plain[i]));
}

#define NEAREST "score --model flow.safetensors normal.idx --scores nearest,complexity "

static void
test_parts_are_joined (void)
{
  g_auto (RunResult) parts =
      run_shell ("for i in 1 2 3; do \"$0\" " NEAREST
                 "--fit fit.idx --part $i/3 --out part-$i.csv || exit 1; done");
  g_assert_cmpint (parts.status, ==, 0);
  g_autoptr (JsonNode) root =
      run_json ("detect --scores part-1.csv part-2.csv part-3.csv --column nearest --flags high "
                "--json -");
  g_assert_cmpstr (text_at (root, "table/column"), ==, "nearest");
  g_assert_cmpfloat (number_at (root, "table/rows"), ==, N_NORMAL);
  g_auto (RunResult) other = run_line (NEAREST "--fit more.idx --part 2/3 --out part-2.csv");
  g_assert_cmpint (other.status, ==, 0);
  assert_says ("detect --scores part-1.csv part-2.csv part-3.csv --column nearest --flags high", 1,
               "part-2.csv|model");
  g_auto (RunResult) cleared = run_shell ("rm part-1.csv part-2.csv part-3.csv");
}

static void
test_array_of_one_score (void)
{
  g_auto (RunResult) written =
      run_well ("score --model flow.safetensors normal.idx --scores complexity --out one.npy");
  g_autofree char *array = NULL;
  gsize length;
  g_assert_true (g_file_get_contents ("one.npy", &array, &length, NULL));
  g_assert_cmpuint (length, ==, 128 + N_NORMAL * sizeof (double));
  g_auto (RunResult) text =
      run_well ("score --model flow.safetensors normal.idx --scores complexity");
  g_auto (GStrv) rows = lines_of (text.out);
  for (guint i = 0; i < N_NORMAL; i++) {
    double value;
    memcpy (&value, array + 128 + i * sizeof value, sizeof value);
    g_assert_cmpfloat (value, ==, g_ascii_strtod (strrchr (rows[i + 1], ',') + 1, NULL));
  }
  g_unlink ("one.npy");
}

/* -- what is refused -- */

static void
test_refused_words (void)
{
  static const struct {
    const char *line, *says;
  } table[] = {
      {DETECT "--score likelihod", "likelihod|log-likelihood"},
      {DETECT "--score nearst", "did you mean nearest?"},
      {"detect " SETS "--vae vae.safetensors", "--vae|--score NAME"},
      {"detect " SETS "--fit fit.idx", "--fit|--score NAME"},
      {"detect " SETS "--score complexity --fit fit.idx", "--fit|complexity is not fitted"},
      {"detect --scores a.csv --score nearest", "--score |--model"},
      {"score --model flow.safetensors normal.idx --scores nearest", "nearest|--fit PATH"},
      {"score --model flow.safetensors normal.idx --scores combined,iwae", "combined|--fit PATH"},
      {"score --model flow.safetensors normal.idx --scores complexity --fit fit.idx", "--fit"},
      {"score --model flow.safetensors normal.idx --fit fit.idx", "--fit|--scores NAME"},
      {"score --model flow.safetensors normal.idx --scores complexity,complexity", "twice"},
      {"score --model flow.safetensors normal.idx --scores complexity,", "knows no score"},
      {"score --model flow.safetensors normal.idx --scores complexity,latent-fit --out a.npy",
       "--scores|.csv"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_test_message ("%s", table[i].line);
    assert_says (table[i].line, 2, table[i].says);
  }
}

static void
test_refused_input (void)
{
  static const struct {
    const char *line, *names;
  } table[] = {
      {"detect " SETS "--score iwae", "iwae"},
      {"detect " SETS "--score likelihood-ratio", "likelihood-ratio"},
      {"detect " SETS "--score iwae --vae small.safetensors", "small.safetensors"},
      {"detect " SETS "--score nearest --fit nowhere.idx", "nowhere.idx"},
      {"detect " SETS "--score nearest --json vae.safetensors --vae vae.safetensors",
       "vae.safetensors"},
      {"score --model flow.safetensors normal.idx --scores iwae", "iwae"},
      {"score --model flow.safetensors normal.idx --scores nearest --fit nowhere.idx",
       "nowhere.idx"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_test_message ("%s", table[i].line);
    assert_refused (table[i].line, table[i].names);
  }
}

static const char *const files[] = {"flow.safetensors",  "other.safetensors", "vae.safetensors",
                                    "small.safetensors", "normal.idx",        "anomaly.idx",
                                    "fit.idx",           "more.idx"};

static void
set_up (void)
{
  g_free (write_flow ("flow.safetensors", SIDE));
  write_vae ("vae.safetensors", SIDE, 5, 2);
  write_vae ("small.safetensors", 4, 5, 2);
  write_idx ("normal.idx", N_NORMAL, SIDE, 0.7, 1);
  write_idx ("anomaly.idx", N_ANOMALY, SIDE, 1, 2);
  write_idx ("fit.idx", N_FIT, SIDE, 0.7, 3);
  write_idx ("more.idx", N_MORE, SIDE, 0.7, 4);
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
  g_test_add_func ("/cli/by-score/is-a-row-of-the-bench", test_is_a_row_of_the_bench);
  g_test_add_func ("/cli/by-score/likelihood-is-what-it-was", test_likelihood_is_what_it_was);
  g_test_add_func ("/cli/by-score/tells-which-images-did-what", test_tells_which_images_did_what);
  g_test_add_func ("/cli/by-score/sets-of-their-own", test_sets_of_their_own);
  g_test_add_func ("/cli/by-score/threshold-is-in-the-unit-of-the-score",
                   test_threshold_is_in_the_unit_of_the_score);
  g_test_add_func ("/cli/by-score/inverted-anomalies", test_inverted_anomalies);
  g_test_add_func ("/cli/by-score/range-of-pictures", test_range_of_pictures);
  g_test_add_func ("/cli/by-score/a-column-each", test_a_column_each);
  g_test_add_func ("/cli/by-score/columns-are-those-of-detect", test_columns_are_those_of_detect);
  g_test_add_func ("/cli/by-score/parts-are-the-bytes-of-one-run",
                   test_parts_are_the_bytes_of_one_run);
  g_test_add_func ("/cli/by-score/parts-are-joined", test_parts_are_joined);
  g_test_add_func ("/cli/by-score/array-of-one-score", test_array_of_one_score);
  g_test_add_func ("/cli/by-score/refused-words", test_refused_words);
  g_test_add_func ("/cli/by-score/refused-input", test_refused_input);
  int status = g_test_run ();
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_unlink (files[i]);
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return status;
}
