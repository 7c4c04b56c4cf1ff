/* The command line on small files of our own making. */
#include "run-json.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define SIDE      4
#define N_NORMAL  40
#define N_ANOMALY 25

/* The working directory, with flow.safetensors, normal.idx, anomaly.idx, note.txt and the folder
 * empty */
static float *flow;

#define DETECT "detect --model flow.safetensors --normal normal.idx "
#define BOTH   DETECT "--anomaly anomaly.idx "

static void
expected_scores (const char *idx, guint n, double *scores)
{
  g_autofree char *bytes = NULL;
  g_assert_true (g_file_get_contents (idx, &bytes, NULL, NULL));
  for (guint i = 0; i < n; i++)
    scores[i] = reference_log_likelihood (flow, SIDE, (guint8 *)bytes + 16 + i * SIDE * SIDE);
}

static void
test_refused_input (void)
{
  static const struct {
    const char *line, *names;
  } table[] = {
      {"score --model nowhere.pt normal.idx", "nowhere.pt"},
      {"score --model normal.idx normal.idx", "normal.idx"},
      {"score --model empty normal.idx", "empty"},
      {"score --model flow.safetensors nowhere.idx", "nowhere.idx"},
      {"score --model flow.safetensors note.txt", "note.txt"},
      {"score --model flow.safetensors normal.idx note.txt", "note.txt"},
      {"score --model flow.safetensors note.txt nowhere.idx", "note.txt"},
      {"score --model flow.safetensors empty", "empty"},
      {"score --model flow.safetensors normal.idx --out nowhere/a.csv", "nowhere/a.csv"},
      {"score --model flow.safetensors scores.npy --out scores.npy", "scores.npy"},
      {DETECT "--validation nowhere.idx", "nowhere.idx"},
      {DETECT "--json flow.safetensors", "flow.safetensors"},
      {DETECT "--json r.json --scores r.json", "r.json"},
      {DETECT "--scores empty", "empty"},
      {"inspect note.txt", "note.txt"},
      {"detect --model builtin:nothing --normal normal.idx", "builtin:nothing"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_test_message ("%s", table[i].line);
    g_auto (RunResult) result = run_line (table[i].line);
    g_assert_cmpint (result.status, ==, 1);
    g_assert_cmpstr (result.out, ==, "");
    g_auto (GStrv) lines = lines_of (result.err);
    g_assert_cmpuint (g_strv_length (lines), ==, 1);
    g_assert_true (g_str_has_suffix (lines[0], "."));
    g_assert_nonnull (strstr (lines[0], table[i].names));
  }
  g_assert_false (g_file_test ("r.json", G_FILE_TEST_EXISTS));
}

static void
test_score_is_the_log_likelihood (void)
{
  double expected[N_NORMAL + N_ANOMALY];
  g_auto (RunResult) result = run_well ("score --model flow.safetensors normal.idx anomaly.idx");
  g_auto (GStrv) lines = lines_of (result.out);
  expected_scores ("normal.idx", N_NORMAL, expected);
  expected_scores ("anomaly.idx", N_ANOMALY, expected + N_NORMAL);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + N_NORMAL + N_ANOMALY);
  g_assert_cmpstr (lines[0], ==, "image,log_likelihood");
  for (guint i = 0; i < N_NORMAL + N_ANOMALY; i++)
    g_assert_cmpfloat_with_epsilon (g_ascii_strtod (strrchr (lines[i + 1], ',') + 1, NULL),
                                    expected[i], 1e-3);
}

static void
test_score_as_numpy_array (void)
{
  double expected[N_NORMAL], values[N_NORMAL];
  g_autofree char *bytes = NULL;
  gsize size;
  g_auto (RunResult) result = run_well ("score --model flow.safetensors normal.idx --out s.NPY");
  g_assert_cmpstr (result.out, ==, "");
  g_assert_true (g_file_get_contents ("s.NPY", &bytes, &size, NULL));
  g_assert_cmpuint (size, ==, 128 + sizeof values);
  g_assert_cmpmem (bytes, 8, "\x93NUMPY\x01", 8);
  g_assert_nonnull (g_strstr_len (bytes + 10, 118, "'fortran_order': False, 'shape': (40,), }"));
  g_assert_cmpint (bytes[127], ==, '\n');
  memcpy (values, bytes + 128, sizeof values);
  expected_scores ("normal.idx", N_NORMAL, expected);
  for (guint i = 0; i < N_NORMAL; i++)
    g_assert_cmpfloat_with_epsilon (values[i], expected[i], 1e-3);
  g_unlink ("s.NPY");
}

static void
test_score_quotes_file_names (void)
{
  g_auto (RunResult) result = run_well ("score --model flow.safetensors pictures --out s.csv");
  g_autofree char *csv = NULL;
  g_assert_true (g_file_get_contents ("s.csv", &csv, NULL, NULL));
  g_assert_nonnull (strstr (csv, "\n\"one, \"\"two\"\".png\","));
  g_unlink ("s.csv");
}

static void
test_score_uses_the_rest_of_a_folder (void)
{
  g_file_set_contents ("pictures/note.txt", "no image\n", -1, NULL);
  g_auto (RunResult) result = run_line ("score --model flow.safetensors pictures normal.idx");
  g_unlink ("pictures/note.txt");
  g_auto (GStrv) lines = lines_of (result.out);
  g_assert_cmpint (result.status, ==, 0);
  g_assert_nonnull (strstr (result.err, "note.txt"));
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 1 + N_NORMAL);
}

/* The first ten are printed, and how many more there are; the report has all. */
static void
test_many_files_that_are_left_out (void)
{
  for (guint i = 0; i < 25; i++) {
    g_autofree char *name = g_strdup_printf ("pictures/bad-%02u.png", i);
    g_file_set_contents (name, "no picture", -1, NULL);
  }
  g_auto (RunResult) result =
      run_line ("detect --model flow.safetensors --normal normal.idx pictures --json many.json");
  for (guint i = 0; i < 25; i++) {
    g_autofree char *name = g_strdup_printf ("pictures/bad-%02u.png", i);
    g_unlink (name);
  }
  g_auto (GStrv) lines = lines_of (result.err);
  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 11);
  g_assert_nonnull (strstr (lines[9], "bad-09.png is named like a picture"));
  g_assert_cmpstr (lines[10], ==, "limen: 15 more files were left out.");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_assert_true (json_parser_load_from_file (parser, "many.json", NULL));
  JsonNode *problems = node_at (json_parser_get_root (parser), "sets/0/problems");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (problems)), ==, 25);
  g_unlink ("many.json");
}

static void
test_detect_ends_with_two_lines (void)
{
  double expected[N_NORMAL], anomaly[N_ANOMALY];
  guint type_1 = 0, type_2 = 0;
  expected_scores ("normal.idx", N_NORMAL, expected);
  expected_scores ("anomaly.idx", N_ANOMALY, anomaly);
  double threshold = expected[3] + 0.01;
  for (guint i = 0; i < N_NORMAL / 2; i++)
    type_1 += expected[i] < threshold;
  for (guint i = 0; i < N_ANOMALY; i++)
    type_2 += anomaly[i] >= threshold;
  g_autofree char *line = g_strdup_printf (BOTH "--split ordered --threshold %f", threshold);
  g_autofree char *ending = g_strdup_printf (
      "\n%u type I errors among 20 data\n%u type II errors among 25 data\n", type_1, type_2);
  g_auto (RunResult) result = run_well (line);
  g_assert_true (g_str_has_suffix (result.out, ending));
}

static void
test_detect_without_anomalies (void)
{
  g_auto (RunResult) result = run_well (DETECT "--seed 0");
  g_assert_true (g_str_has_suffix (result.out, " type I errors among 20 data\n"));
  g_assert_null (strstr (result.out, "type II"));
  g_autoptr (JsonNode) root = run_json (DETECT "--json -");
  JsonObject *object = json_node_get_object (root);
  g_assert_true (json_object_get_null_member (object, "auroc"));
  g_assert_cmpfloat (number_at (root, "type_2/n"), ==, 0);
}

static void
test_detect_json (void)
{
  double expected[N_NORMAL], mean = 0, squares = 0;
  g_autoptr (JsonNode) root = run_json (BOTH "--split ordered --sigmas 2 --json -");
  expected_scores ("normal.idx", N_NORMAL, expected);
  for (guint i = 20; i < 40; i++)
    mean += expected[i] / 20;
  for (guint i = 20; i < 40; i++)
    squares += (expected[i] - mean) * (expected[i] - mean);
  double std = sqrt (squares / 19);
  g_assert_cmpfloat (number_at (root, "validation/n"), ==, 20);
  g_assert_cmpfloat_with_epsilon (number_at (root, "validation/mean"), mean, 1e-3);
  g_assert_cmpfloat_with_epsilon (number_at (root, "validation/std"), std, 1e-3);
  g_assert_cmpfloat_with_epsilon (number_at (root, "threshold"), mean - 2 * std, 1e-2);
  g_assert_cmpfloat (number_at (root, "sigmas"), ==, 2);
  g_assert_cmpstr (text_at (root, "software"), ==, "Limen " LIMEN_VERSION);
  g_assert_cmpfloat (number_at (root, "type_1/n"), ==, 20);
  g_assert_cmpfloat (number_at (root, "type_1/rate"), ==, number_at (root, "type_1/errors") / 20);
  g_assert_cmpfloat (number_at (root, "type_2/n"), ==, 25);
  g_assert_cmpfloat (number_at (root, "type_2/interval/1"), >, number_at (root, "type_2/rate"));
  g_assert_cmpfloat (number_at (root, "auroc"), >, 0);
  g_assert_cmpfloat (number_at (root, "model/dimension"), ==, SIDE * SIDE);
  g_assert_cmpfloat (number_at (root, "model/width"), ==, 6);
  g_assert_cmpfloat (number_at (root, "model/depth"), ==, 2);
  g_assert_cmpfloat (number_at (root, "model/couplings"), ==, 2);
}

static void
test_detect_json_names_its_files (void)
{
  g_autoptr (JsonNode) root = run_json (BOTH "--split ordered --json -");
  static const char *const told[][2] = {
      {"model/file", "flow.safetensors"},
      {"sets/1/role", "anomaly"},
      {"sets/1/files/0/file", "anomaly.idx"},
  };
  g_autofree char *flow_hash = hash_of ("flow.safetensors"), *normal_hash = hash_of ("normal.idx");
  const char *model = text_at (root, "model/sha256"),
             *normal = text_at (root, "sets/0/files/0/sha256");
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    g_assert_cmpstr (text_at (root, told[i][0]), ==, told[i][1]);
  g_assert_cmpstr (model, ==, flow_hash);
  g_assert_cmpstr (normal, ==, normal_hash);
  g_assert_cmpfloat (number_at (root, "sets/1/n"), ==, N_ANOMALY);
  g_assert_cmpfloat (number_at (root, "sets/1/width"), ==, SIDE);
}

static void
test_detect_reads_its_own_threshold_back (void)
{
  g_autoptr (JsonNode) by_rule = run_json (BOTH "--seed 3 --sigmas 1 --json -");
  g_autofree char *line = g_strdup_printf (BOTH "--seed=3 --json=- --threshold %.17g",
                                           number_at (by_rule, "threshold"));
  g_autoptr (JsonNode) by_value = run_json (line);
  g_assert_cmpfloat (number_at (by_value, "type_1/errors"), >, 0);
  g_assert_cmpfloat (number_at (by_value, "threshold"), ==, number_at (by_rule, "threshold"));
  g_assert_cmpfloat (number_at (by_value, "type_1/errors"), ==,
                     number_at (by_rule, "type_1/errors"));
  g_assert_cmpfloat (number_at (by_value, "type_2/errors"), ==,
                     number_at (by_rule, "type_2/errors"));
}

static void
test_detect_with_validation_makes_no_split (void)
{
  g_autoptr (JsonNode) root = run_json (DETECT "--validation anomaly.idx normal.idx --json -");
  g_assert_cmpfloat (number_at (root, "type_1/n"), ==, N_NORMAL);
  g_assert_cmpfloat (number_at (root, "validation/n"), ==, N_ANOMALY + N_NORMAL);
}

/* Counts of the CSV's verdicts and those of the JSON are the same. */
static void
test_detect_scores_agree_with_its_counts (void)
{
  g_autoptr (JsonNode) root = run_json (BOTH "--seed 5 --sigmas 1 --scores s.csv --json -");
  g_autofree char *csv = NULL;
  g_assert_true (g_file_get_contents ("s.csv", &csv, NULL, NULL));
  g_auto (GStrv) lines = lines_of (csv);
  guint flagged = 0, passed = 0, validation = 0;
  g_assert_cmpstr (lines[0], ==,
                   "set,image,log_likelihood,verdict,p_value,p_value_conditional,listed");
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + N_NORMAL + N_ANOMALY);
  for (guint i = 1; lines[i]; i++) {
    g_auto (GStrv) fields = g_strsplit (lines[i], ",", 0);
    gboolean below = g_ascii_strtod (fields[2], NULL) < number_at (root, "threshold");
    g_assert_cmpstr (fields[3], ==, below ? "flagged" : "kept");
    g_assert_cmpint (i > N_NORMAL, ==, g_str_equal (fields[0], "anomaly"));
    flagged += below && g_str_equal (fields[0], "normal");
    passed += !below && g_str_equal (fields[0], "anomaly");
    validation += g_str_equal (fields[0], "validation");
  }
  g_assert_cmpfloat (flagged, ==, number_at (root, "type_1/errors"));
  g_assert_cmpfloat (passed, ==, number_at (root, "type_2/errors"));
  g_assert_cmpuint (validation, ==, 20);
  g_unlink ("s.csv");
}

static void
test_detect_draws (void)
{
  static const struct {
    const char *file, *begins;
  } table[] = {{"p.png", "\x89PNG"}, {"p.svg", "<?xml"}, {"p.pdf", "%PDF"}};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *line =
        g_strconcat (BOTH "--size 400x300 --dark --scale 2 --plot ", table[i].file, NULL);
    g_autofree char *bytes = NULL;
    g_auto (RunResult) result = run_well (line);
    g_assert_true (g_file_get_contents (table[i].file, &bytes, NULL, NULL));
    g_assert_true (g_str_has_prefix (bytes, table[i].begins));
    g_unlink (table[i].file);
  }
}

static void
test_detect_signs_its_picture (void)
{
  g_autofree char *bytes = NULL, *hash = hash_of ("flow.safetensors");
  gsize size;
  g_auto (RunResult) result = run_well (BOTH "--threshold 1.5 --plot p.png");
  g_assert_true (g_file_get_contents ("p.png", &bytes, &size, NULL));
  g_assert_nonnull (memmem (bytes, size,
                            "Threshold\0"
                            "1.500000 nats, as given",
                            33));
  g_assert_nonnull (memmem (bytes, size, hash, 64));
  g_unlink ("p.png");
}

static void
test_inspect_says_what_is_in_files (void)
{
  g_auto (RunResult) weights = run_well ("inspect flow.safetensors");
  g_assert_nonnull (strstr (weights.out, "safetensors"));
  g_assert_nonnull (strstr (weights.out, "coupling.1.mid_block.0.0.weight"));
  g_assert_nonnull (strstr (weights.out, "(6, 8)"));
  g_assert_nonnull (strstr (weights.out, "width 6, depth 2, 2 couplings, 320 parameters"));
  g_auto (RunResult) images = run_well ("inspect normal.idx");
  g_assert_nonnull (strstr (images.out, "40 images of 4 × 4 pixels"));
  g_assert_nonnull (strstr (images.out, "by its name: normal"));
}

/* Ones and twos of 4 × 4 pixels as a table with labels; a wrong word is no layout. */
static void
test_inspect_says_how_arrays_are_read (void)
{
  GString *table = g_string_new (NULL);
  for (guint i = 0; i < 3; i++)
    g_string_append_printf (table, "%u,0,0,9,0,0,0,9,0,0,0,9,0,0,0,9,%u\n", 20 + i, 7 * i);
  g_assert_true (g_file_set_contents ("table.csv", table->str, -1, NULL));
  g_auto (RunResult) asks = run_line ("inspect table.csv");
  g_assert_cmpstr (asks.err, ==, "");
  g_assert_nonnull (strstr (asks.out, "1 image of 17 × 3 pixels\n  read as 0–255, 17 × 3\n"));
  g_auto (RunResult) told =
      run_well ("inspect table.csv --layout rows,label-last,transposed --range 0..22");
  g_assert_nonnull (strstr (told.out,
                            "3 images of 4 × 4 pixels\n  read as 0–22, 4 × 4 from rows of "
                            "17, before a label, rows for columns\n"));
  g_auto (RunResult) unclear = run_line ("score --model flow.safetensors table.csv --layout rows");
  g_assert_cmpint (unclear.status, !=, 0); /* both the first and the last may be labels */
  g_assert_nonnull (strstr (unclear.err, "(layout rows,label-first), or 3 images"));
  g_assert_true (g_file_set_contents ("first.csv",
                                      "20,0,0,9,0,0,0,9,0,0,0,9,0,0,0,9,0\n"
                                      "21,0,0,9,0,0,0,9,0,0,0,9,0,0,0,9,0\n"
                                      "25,0,0,9,0,0,0,9,0,0,0,9,0,0,0,9,0\n",
                                      -1, NULL));
  g_auto (RunResult) guessed = run_line ("score --model flow.safetensors first.csv --layout rows");
  g_assert_cmpint (guessed.status, ==, 0);
  g_assert_nonnull (
      strstr (guessed.err, "The first of 17 columns, with values from 20 to 25, was"));
  g_auto (RunResult) wrong = run_line ("inspect table.csv --layout row");
  g_assert_cmpint (wrong.status, ==, 2);
  g_assert_nonnull (strstr (wrong.err, "--layout needs words"));
  g_auto (RunResult) equal = run_line ("inspect table.csv --range 1..1");
  g_assert_cmpint (equal.status, ==, 2);
  g_assert_nonnull (strstr (equal.err, "--range needs two different numbers"));
  g_string_free (table, TRUE);
  g_unlink ("first.csv");
  g_unlink ("table.csv");
}

static void
test_inspect_goes_on_after_a_refusal (void)
{
  g_auto (RunResult) result = run_line ("inspect note.txt nowhere.pt normal.idx");
  g_assert_cmpint (result.status, ==, 1);
  g_assert_nonnull (strstr (result.out, "40 images"));
  g_assert_nonnull (strstr (result.err, "note.txt"));
  g_assert_nonnull (strstr (result.err, "nowhere.pt"));
}

static void
test_output_that_takes_nothing (void)
{
  static const char *const commands[] = {
      "\"$0\" --version > /dev/full",
      "\"$0\" --help > /dev/full",
      "\"$0\" " BOTH "> /dev/full",
      "\"$0\" score --model flow.safetensors normal.idx > /dev/full",
      "\"$0\" inspect normal.idx > /dev/full",
      "\"$0\" " BOTH ">&-",
      "\"$0\" " BOTH "--json - >&-",
  };
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_auto (RunResult) result = run_shell (commands[i]);
    g_test_message ("%s", commands[i]);
    g_assert_cmpint (result.status, ==, 1);
    g_assert_true (g_str_has_prefix (result.err, "limen: Standard output could not be written"));
  }
}

/* With standard output closed, the picture must not be what printing goes to. */
static void
test_closed_output_harms_no_file (void)
{
  g_auto (RunResult) result = run_shell ("\"$0\" " BOTH "--scores s.csv >&- 2>&-");
  g_autofree char *csv = NULL;
  g_assert_cmpint (result.status, ==, 1);
  g_assert_true (g_file_get_contents ("s.csv", &csv, NULL, NULL));
  g_assert_null (strstr (csv, "type I"));
  g_unlink ("s.csv");
}

static gboolean
catches_interrupts (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid), *status = NULL;
  if (!g_file_get_contents (path, &status, NULL, NULL))
    return FALSE;
  const char *caught = strstr (status, "SigCgt:");
  return caught && g_ascii_strtoull (caught + 7, NULL, 16) & 1u << (SIGINT - 1);
}

static void
test_interrupt_leaves_nothing_behind (void)
{
  const char *argv[] = {limen_binary (), "score", "--model",   "flow.safetensors",
                        "large.idx",     "--out", "large.csv", NULL};
  g_autoptr (GError) error = NULL;
  GPid pid;
  int status;
  write_idx ("large.idx", 1, SIDE, 1, 1);
  g_autofree char *bytes = NULL;
  g_assert_true (g_file_get_contents ("large.idx", &bytes, NULL, NULL));
  memcpy (bytes + 4, "\x00\x40\x00\x00", 4); /* 4 million images, most of them a hole in the file */
  g_assert_true (g_file_set_contents ("large.idx", bytes, 32, NULL));
  g_assert_cmpint (truncate ("large.idx", 16 + (off_t)0x400000 * SIDE * SIDE), ==, 0);
  g_spawn_async (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  while (!catches_interrupts (pid))
    g_usleep (1000);
  g_assert_cmpint (kill (pid, SIGINT), ==, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 130);
  g_assert_false (g_file_test ("large.csv", G_FILE_TEST_EXISTS));
  g_unlink ("large.idx");
}

static void
set_up (void)
{
  static const char png[] = /* 1 × 1, grey, 128 */
      "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01"
      "\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55\x00\x00\x00\x0a\x49\x44\x41"
      "\x54\x78\x9c\x63\x68\x00\x00\x00\x82\x00\x81\x77\xcd\x72\xb6\x00\x00\x00\x00\x49"
      "\x45\x4e\x44\xae\x42\x60\x82";
  flow = write_flow ("flow.safetensors", SIDE);
  write_idx ("normal.idx", N_NORMAL, SIDE, 0.5, 1);
  write_idx ("anomaly.idx", N_ANOMALY, SIDE, 1, 2);
  g_mkdir ("empty", 0700);
  g_mkdir ("pictures", 0700);
  g_file_set_contents ("pictures/one, \"two\".png", png, sizeof png - 1, NULL);
  g_file_set_contents ("note.txt", "no images here\n", -1, NULL);
}

/* What is left but these is a mistake, and makes the last line fail. */
static void
tear_down (const char *folder)
{
  static const char *const files[] = {"flow.safetensors", "normal.idx", "anomaly.idx", "note.txt",
                                      "pictures/one, \"two\".png"};
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_unlink (files[i]);
  g_rmdir ("empty");
  g_rmdir ("pictures");
  g_free (flow);
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
  g_test_add_func ("/cli/refused-input", test_refused_input);
  g_test_add_func ("/cli/score/is-the-log-likelihood", test_score_is_the_log_likelihood);
  g_test_add_func ("/cli/score/as-numpy-array", test_score_as_numpy_array);
  g_test_add_func ("/cli/score/quotes-file-names", test_score_quotes_file_names);
  g_test_add_func ("/cli/score/uses-the-rest-of-a-folder", test_score_uses_the_rest_of_a_folder);
  g_test_add_func ("/cli/detect/many-files-that-are-left-out", test_many_files_that_are_left_out);
  g_test_add_func ("/cli/detect/ends-with-two-lines", test_detect_ends_with_two_lines);
  g_test_add_func ("/cli/detect/without-anomalies", test_detect_without_anomalies);
  g_test_add_func ("/cli/detect/json", test_detect_json);
  g_test_add_func ("/cli/detect/json-names-its-files", test_detect_json_names_its_files);
  g_test_add_func ("/cli/detect/reads-its-own-threshold-back",
                   test_detect_reads_its_own_threshold_back);
  g_test_add_func ("/cli/detect/with-validation-makes-no-split",
                   test_detect_with_validation_makes_no_split);
  g_test_add_func ("/cli/detect/scores-agree-with-its-counts",
                   test_detect_scores_agree_with_its_counts);
  g_test_add_func ("/cli/detect/draws", test_detect_draws);
  g_test_add_func ("/cli/detect/signs-its-picture", test_detect_signs_its_picture);
  g_test_add_func ("/cli/inspect/says-what-is-in-files", test_inspect_says_what_is_in_files);
  g_test_add_func ("/cli/inspect/says-how-arrays-are-read", test_inspect_says_how_arrays_are_read);
  g_test_add_func ("/cli/inspect/goes-on-after-a-refusal", test_inspect_goes_on_after_a_refusal);
  g_test_add_func ("/cli/output-that-takes-nothing", test_output_that_takes_nothing);
  g_test_add_func ("/cli/closed-output-harms-no-file", test_closed_output_harms_no_file);
  g_test_add_func ("/cli/interrupt-leaves-nothing-behind", test_interrupt_leaves_nothing_behind);
  int status = g_test_run ();
  tear_down (folder);
  return status;
}
