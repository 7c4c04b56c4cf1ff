/* The command line against reference values and other people's files, where they are. */
#include "run-limen.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define N_REFERENCE 64

static char *shared, *folder; /* where the references are, and where to write */

static char *
in_shared (const char *name)
{
  return g_build_filename (shared, name, NULL);
}

static char *
in_folder (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static gboolean
skipped (void)
{
  g_autofree char *probe = in_shared ("reference/nice/expected.json");
  if (g_file_test (probe, G_FILE_TEST_EXISTS))
    return FALSE;
  g_test_skip ("the reference data are not here");
  return TRUE;
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

/* The first 64 of the MNIST test images, as an IDX file of their own */
static char *
first_images (void)
{
  g_autofree char *gz = in_shared ("data/mnist/t10k-images-idx3-ubyte.gz");
  char *path = in_folder ("first.idx");
  guint8 bytes[16 + N_REFERENCE * 784];
  g_autoptr (GFile) file = g_file_new_for_path (gz);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) raw = g_file_read (file, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GZlibDecompressor) unpack = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) stream =
      g_converter_input_stream_new (G_INPUT_STREAM (raw), G_CONVERTER (unpack));
  g_assert_true (g_input_stream_read_all (stream, bytes, sizeof bytes, NULL, NULL, NULL));
  memcpy (bytes + 4, (guint8[]){0, 0, 0, N_REFERENCE}, 4);
  g_assert_true (g_file_set_contents (path, (char *)bytes, sizeof bytes, NULL));
  return path;
}

static void
assert_scores (const char *csv, JsonArray *expected)
{
  g_auto (GStrv) lines = g_strsplit (csv, "\n", 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 2 + N_REFERENCE);
  for (guint i = 0; i < N_REFERENCE; i++)
    g_assert_cmpfloat_with_epsilon (g_ascii_strtod (strrchr (lines[i + 1], ',') + 1, NULL),
                                    json_array_get_double_element (expected, i), 0.01);
}

static void
test_good_checkpoints (void)
{
  if (skipped ())
    return;
  g_autofree char *json = in_shared ("reference/nice/expected.json"), *images = first_images ();
  g_autoptr (JsonNode) root = load_json (json);
  JsonObject *checkpoints =
      json_object_get_object_member (json_node_get_object (root), "checkpoints");
  g_autoptr (GList) names = json_object_get_members (checkpoints);
  g_assert_cmpuint (g_list_length (names), ==, 19);
  for (GList *l = names; l; l = l->next) {
    JsonObject *checkpoint = json_object_get_object_member (checkpoints, l->data);
    g_autofree char *path = g_build_filename (shared, "reference/nice/good", l->data, NULL);
    const char *words[] = {"score", "--model", path, images, NULL};
    g_test_message ("%s", (char *)l->data);
    g_auto (RunResult) result = run_limen (words);
    g_assert_cmpstr (result.err, ==, "");
    g_assert_cmpint (result.status, ==, 0);
    assert_scores (result.out, json_object_get_array_member (checkpoint, "logp"));
  }
  g_unlink (images);
}

/* Nothing in a file of weights is run: the working directory, where such code would leave its
 * trace, stays empty. */
static void
test_bad_checkpoints (void)
{
  if (skipped ())
    return;
  g_autofree char *bad = in_shared ("reference/nice/bad"), *images = first_images ();
  g_autoptr (GDir) dir = g_dir_open (bad, 0, NULL);
  const char *name;
  guint n = 0;
  for (; (name = g_dir_read_name (dir)); n++) {
    g_autofree char *path = g_build_filename (bad, name, NULL);
    const char *words[] = {"score", "--model", path, images, NULL};
    g_test_message ("%s", name);
    g_auto (RunResult) result = run_limen (words);
    g_assert_cmpint (result.status, ==, 1);
    g_assert_cmpstr (result.out, ==, "");
    g_assert_nonnull (strstr (result.err, name));
    g_assert_true (g_str_has_suffix (result.err, ".\n"));
    g_assert_true (strchr (result.err, '\n') == result.err + strlen (result.err) - 1);
  }
  g_assert_cmpuint (n, ==, 20);
  g_unlink (images);
}

static void
assert_close (JsonNode *root, const char *object, const char *member, double expected,
              double tolerance)
{
  JsonObject *at = json_node_get_object (root);
  if (object)
    at = json_object_get_object_member (at, object);
  g_test_message ("%s.%s", object ? object : "", member);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (at, member), expected, tolerance);
}

/* NumPy's file of 10,000 float64 values, past its header of 128 bytes, against rows of the CSV */
static void
assert_rows (char **rows, const char *npy)
{
  g_autofree char *path = g_build_filename (shared, "reference/nice/full", npy, NULL),
                  *bytes = NULL;
  g_autofree double *values = g_new (double, 10000);
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  memcpy (values, bytes + 128, 80000);
  for (guint i = 0; i < 10000; i++) {
    g_auto (GStrv) fields = g_strsplit (rows[i], ",", 0);
    g_assert_cmpfloat_with_epsilon (g_ascii_strtod (fields[2], NULL), values[i], 0.01);
  }
}

static void
test_full_detector (void)
{
  if (skipped ())
    return;
  g_autofree char *model = in_shared ("reference/nice/full/nice.pt"),
                  *normal = in_shared ("data/mnist/t10k-images-idx3-ubyte.gz"),
                  *anomaly = in_shared ("data/kmnist/t10k-images-idx3-ubyte.gz"),
                  *json = in_folder ("result.json"), *csv = in_folder ("scores.csv"), *text = NULL;
  const char *words[] = {"detect",    "--model",  model,     "--normal", normal,
                         "--anomaly", anomaly,    "--split", "ordered",  "--json",
                         json,        "--scores", csv,       NULL};
  g_auto (RunResult) result = run_limen (words);
  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpint (result.status, ==, 0);
  g_assert_true (g_str_has_suffix (
      result.out, "\n130 type I errors among 5000 data\n21 type II errors among 10000 data\n"));
  g_autoptr (JsonNode) root = load_json (json);
  assert_close (root, "validation", "mean", 1672.467, 0.01);
  assert_close (root, "validation", "std", 492.725, 0.01);
  assert_close (root, NULL, "threshold", 194.292, 0.01);
  assert_close (root, NULL, "auroc", 0.9996087, 1e-6);
  assert_close (root, "type_1", "errors", 130, 0.1);
  assert_close (root, "type_2", "errors", 21, 0.1);
  g_assert_true (g_file_get_contents (csv, &text, NULL, NULL));
  g_auto (GStrv) rows = g_strsplit (text, "\n", 0);
  g_assert_cmpuint (g_strv_length (rows), ==, 20002);
  assert_rows (rows + 1, "mnist-test-log-likelihood.npy");
  assert_rows (rows + 10001, "kmnist-test-log-likelihood.npy");
  g_unlink (json);
  g_unlink (csv);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *given = g_canonicalize_filename (
      g_getenv ("LIMEN_SHARED_DIR") ? g_getenv ("LIMEN_SHARED_DIR") : "", NULL);
  shared = given;
  g_autofree char *own = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  folder = own;
  g_assert_cmpint (g_chdir (folder), ==, 0);
  g_test_add_func ("/cli/reference/good-checkpoints", test_good_checkpoints);
  g_test_add_func ("/cli/reference/bad-checkpoints", test_bad_checkpoints);
  g_test_add_func ("/cli/reference/full-detector", test_full_detector);
  int status = g_test_run ();
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing was left in it */
  return status;
}
