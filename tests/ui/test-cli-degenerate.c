/* Scores that are not finite, one validation image, and images that are all the same. */
#include "run-json.h"

#include <glib/gstdio.h>
#include <string.h>

#define SIDE 4

/* A flow whose first layer has weights of 3e38: what is black stays finite, all else overflows. */
static void
write_diverged (const char *path)
{
  g_autofree float *numbers = write_flow (path, SIDE);
  g_autofree char *bytes = NULL;
  gsize n;
  guint64 length;
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  memcpy (&length, bytes, 8);
  for (guint i = 0; i < 6 * SIDE * SIDE / 2; i++) {
    float huge = 3e38f;
    memcpy (bytes + 8 + GUINT64_FROM_LE (length) + i * sizeof huge, &huge, sizeof huge);
  }
  g_assert_true (g_file_set_contents (path, bytes, (gssize)n, NULL));
}

/* 3 black images, 2 bright ones between them: numbers 1 and 3 */
static void
write_partly_black (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize n;
  write_idx (path, 5, SIDE, 1, 5);
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  for (guint i = 0; i < 5; i += 2)
    memset (bytes + 16 + i * SIDE * SIDE, 0, SIDE * SIDE);
  g_assert_true (g_file_set_contents (path, bytes, (gssize)n, NULL));
}

static void
assert_says_no_nan (const RunResult *result)
{
  g_assert_null (strstr (result->out, "nan"));
  g_assert_null (strstr (result->err, "nan"));
  g_assert_null (strstr (result->out, "inf"));
}

static void
test_no_finite_score_is_refused (void)
{
  static const char *const lines[] = {
      "score --model diverged.safetensors bright.idx",
      "score --model diverged.safetensors bright.idx --out x.csv",
      "score --model diverged.safetensors bright.idx --out x.npy",
      "detect --model diverged.safetensors --normal bright.idx --json x.json",
      "detect --model diverged.safetensors --normal black.idx --anomaly bright.idx --threshold 0",
      "detect --model diverged.safetensors --normal black.idx --validation bright.idx",
  };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_test_message ("%s", lines[i]);
    g_auto (RunResult) result = run_line (lines[i]);
    g_assert_cmpint (result.status, ==, 1);
    g_assert_cmpstr (result.out, ==, "");
    g_assert_nonnull (strstr (result.err, "none of the 12 images of bright.idx a finite"));
    g_assert_nonnull (strstr (result.err, "diverged.safetensors"));
    assert_says_no_nan (&result);
    g_assert_false (g_file_test ("x.csv", G_FILE_TEST_EXISTS));
    g_assert_false (g_file_test ("x.npy", G_FILE_TEST_EXISTS));
    g_assert_false (g_file_test ("x.json", G_FILE_TEST_EXISTS));
  }
}

static void
test_some_scores_are_left_out_by_name (void)
{
  g_auto (RunResult) scored = run_line ("score --model diverged.safetensors partly.idx");
  g_auto (GStrv) lines = lines_of (scored.out), told = lines_of (scored.err);
  g_assert_cmpint (scored.status, ==, 0);
  assert_says_no_nan (&scored);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[1], "partly.idx #0,"));
  g_assert_true (g_str_has_prefix (lines[2], "partly.idx #2,"));
  g_assert_true (g_str_has_prefix (lines[3], "partly.idx #4,"));
  g_assert_cmpuint (g_strv_length (told), ==, 2);
  g_assert_nonnull (strstr (told[0], "partly.idx #1 was left out"));
  g_assert_nonnull (strstr (told[1], "partly.idx #3 was left out"));
  g_auto (RunResult) array =
      run_line ("score --model diverged.safetensors partly.idx --out partly.npy");
  g_assert_cmpint (array.status, ==, 1);
  g_assert_nonnull (strstr (array.err, "2 of 5 scores are not finite"));
  g_assert_false (g_file_test ("partly.npy", G_FILE_TEST_EXISTS));
}

static void
test_what_is_left_out_is_counted (void)
{
  g_auto (RunResult) result =
      run_line ("detect --model diverged.safetensors --normal black.idx --anomaly partly.idx "
                "--threshold -20 --json r.json --scores r.csv");
  g_assert_cmpint (result.status, ==, 0);
  assert_says_no_nan (&result);
  g_autofree char *json = NULL, *csv = NULL;
  g_assert_true (g_file_get_contents ("r.json", &json, NULL, NULL));
  g_assert_true (g_file_get_contents ("r.csv", &csv, NULL, NULL));
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_assert_cmpfloat (number_at (root, "type_2/n"), ==, 3);
  g_assert_cmpfloat (number_at (root, "sets/0/not_finite"), ==, 0);
  g_assert_cmpfloat (number_at (root, "sets/1/not_finite"), ==, 2);
  g_assert_cmpfloat (number_at (root, "sets/1/n"), ==, 3);
  g_assert_nonnull (strstr (json, "partly.idx #1"));
  g_assert_null (strstr (csv, "partly.idx #1"));
  g_assert_null (strstr (csv, "inf"));
}

static void
test_no_spread_sets_no_threshold (void)
{
  static const struct {
    const char *line, *says;
  } table[] = {
      {"detect --model flow.safetensors --normal one.idx", "One validation image"},
      {"detect --model flow.safetensors --normal two.idx", "One validation image"},
      {"detect --model flow.safetensors --normal bright.idx --validation one.idx",
       "One validation image"},
      {"detect --model flow.safetensors --normal black.idx", "4 validation scores is 0"},
      {"detect --model flow.safetensors --normal bright.idx --validation black.idx --sigmas 0",
       "8 validation scores is 0"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_test_message ("%s", table[i].line);
    g_auto (RunResult) refused = run_line (table[i].line);
    g_assert_cmpint (refused.status, ==, 1);
    g_assert_cmpstr (refused.out, ==, "");
    g_assert_nonnull (strstr (refused.err, table[i].says));
    assert_says_no_nan (&refused);
    if (strstr (table[i].line, "--sigmas"))
      continue;
    g_autofree char *with = g_strconcat (table[i].line, " --threshold -5 --json r.json", NULL);
    g_auto (RunResult) taken = run_line (with);
    g_assert_cmpint (taken.status, ==, 0);
    assert_says_no_nan (&taken);
  }
}

/* What a standard deviation of one is, JSON does not know; of equal scores it is 0. */
static void
test_json_of_no_spread (void)
{
  g_autoptr (JsonNode) one =
      run_json ("detect --model flow.safetensors --normal two.idx --threshold -5 --json -");
  g_autoptr (JsonNode) equal =
      run_json ("detect --model flow.safetensors --normal black.idx --threshold -5 --json -");
  g_assert_true (is_null_at (one, "validation/std"));
  g_assert_cmpfloat (number_at (equal, "validation/std"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  g_autofree float *flow = write_flow ("flow.safetensors", SIDE);
  write_diverged ("diverged.safetensors");
  write_idx ("bright.idx", 12, SIDE, 1, 2);
  write_idx ("black.idx", 8, SIDE, 0, 3);
  write_idx ("one.idx", 1, SIDE, 1, 4);
  write_idx ("two.idx", 2, SIDE, 1, 4);
  write_partly_black ("partly.idx");
  g_test_add_func ("/degenerate/no-finite-score", test_no_finite_score_is_refused);
  g_test_add_func ("/degenerate/some-left-out", test_some_scores_are_left_out_by_name);
  g_test_add_func ("/degenerate/left-out-counted", test_what_is_left_out_is_counted);
  g_test_add_func ("/degenerate/no-spread", test_no_spread_sets_no_threshold);
  g_test_add_func ("/degenerate/json-of-no-spread", test_json_of_no_spread);
  int status = g_test_run ();
  g_autofree char *remove = g_strdup_printf ("cd / && rm -r '%s'", folder);
  g_auto (RunResult) removed = run_shell (remove);
  return status;
}
