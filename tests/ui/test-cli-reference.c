/* The command line against reference values and other people's files, where they are. */
#include "run-limen.h"

#include <archive.h>
#include <archive_entry.h>
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

static char **
score_lines (const char *images)
{
  g_autofree char *model = in_shared ("reference/nice/good/f32.safetensors");
  const char *words[] = {"score", "--model", model, images, NULL};
  g_auto (RunResult) result = run_limen (words);
  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpint (result.status, ==, 0);
  return g_strsplit (result.out, "\n", 0);
}

/* Lines of the pictures <label>/<60000 + i>.png have the very score of line i of the IDX file. */
static void
assert_same_scores (const char *pictures, char **idx_lines)
{
  g_auto (GStrv) lines = score_lines (pictures);
  g_assert_cmpuint (g_strv_length (lines), ==, 1002);
  for (guint i = 1; i <= 1000; i++) {
    guint64 number = g_ascii_strtoull (strrchr (lines[i], '/') + 1, NULL, 10);
    g_assert_cmpuint (number, >=, 60000);
    g_assert_cmpuint (number, <, 61000);
    g_assert_cmpstr (strrchr (lines[i], ','), ==, strrchr (idx_lines[1 + number - 60000], ','));
  }
}

static void
add_picture (struct archive *archive, const char *name, const char *path)
{
  g_autofree char *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  struct archive_entry *entry = archive_entry_new ();
  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (la_int64_t)size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (archive, bytes, size), ==, size);
  archive_entry_free (entry);
}

static void
pack (const char *pictures, const char *path, gboolean zip)
{
  struct archive *archive = archive_write_new ();
  if (zip)
    archive_write_set_format_zip (archive);
  else
    archive_write_set_format_pax_restricted (archive);
  if (!zip)
    archive_write_add_filter_gzip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  for (char label = '0'; label <= '9'; label++) {
    g_autofree char *digit = g_strdup_printf ("%s/%c", pictures, label);
    g_autoptr (GDir) dir = g_dir_open (digit, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name (dir))) {
      g_autofree char *member = g_strdup_printf ("%c/%s", label, name);
      g_autofree char *full = g_build_filename (digit, name, NULL);
      add_picture (archive, member, full);
    }
  }
  g_assert_cmpint (archive_write_free (archive), ==, ARCHIVE_OK);
}

static void
test_pictures_score_as_the_array (void)
{
  if (skipped ())
    return;
  g_autofree char *idx = in_shared ("data/mnist/t10k-images-idx3-ubyte.gz"),
                  *pictures = in_shared ("data/mnist-png-first-1000-test"),
                  *zip = in_folder ("first.zip"), *tar = in_folder ("first.tar.gz");
  g_auto (GStrv) expected = score_lines (idx);
  assert_same_scores (pictures, expected);
  pack (pictures, zip, TRUE);
  assert_same_scores (zip, expected);
  pack (pictures, tar, FALSE);
  assert_same_scores (tar, expected);
  g_unlink (zip);
  g_unlink (tar);
}

static void
test_npz_scores_as_idx (void)
{
  if (skipped ())
    return;
  g_autofree char *idx = in_shared ("data/kmnist/t10k-images-idx3-ubyte.gz"),
                  *npz = in_shared ("data/kmnist/kmnist-test-imgs.npz");
  g_auto (GStrv) a = score_lines (idx), b = score_lines (npz);
  g_assert_cmpuint (g_strv_length (a), ==, 10002);
  g_assert_cmpuint (g_strv_length (b), ==, 10002);
  for (guint i = 1; i <= 10000; i++)
    g_assert_cmpstr (strrchr (a[i], ','), ==, strrchr (b[i], ','));
}

static void
list_files (const char *folder_path, GPtrArray *files)
{
  g_autoptr (GDir) dir = g_dir_open (folder_path, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir))) {
    char *path = g_build_filename (folder_path, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      list_files (path, files);
    else
      g_ptr_array_add (files, g_steal_pointer (&path));
    g_free (path);
  }
}

/* Every file that other people's programs wrote is told of, one way or the other. */
static void
test_inspect_every_file (void)
{
  if (skipped ())
    return;
  g_autofree char *data = in_shared ("data");
  g_autoptr (GPtrArray) words = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  g_ptr_array_add (words, g_strdup ("inspect"));
  list_files (data, words);
  g_assert_cmpuint (words->len, >, 1000);
  g_auto (RunResult) result = run_limen ((const char *const *)words->pdata);
  g_assert_cmpint (result.status, ==, 1); /* some are damaged on purpose */
  for (guint i = 1; i < words->len; i++) {
    g_test_message ("%s", (char *)words->pdata[i]);
    g_assert_true (strstr (result.out, words->pdata[i]) || strstr (result.err, words->pdata[i]));
  }
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
  g_test_add_func ("/cli/reference/pictures-score-as-the-array", test_pictures_score_as_the_array);
  g_test_add_func ("/cli/reference/npz-scores-as-idx", test_npz_scores_as_idx);
  g_test_add_func ("/cli/reference/inspect-every-file", test_inspect_every_file);
  int status = g_test_run ();
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing was left in it */
  return status;
}
