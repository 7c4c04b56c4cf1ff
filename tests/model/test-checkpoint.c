/* The table of tensors, safetensors, and files that other programs wrote. */
#include "tests/model/weights-asserts.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <sys/stat.h>

/* safetensors */

/* A file of @header and then @n bytes that count 0, 1, 2, … */
static GBytes *
safetensors_file (const char *header, gsize n)
{
  GByteArray *file = g_byte_array_new ();
  guint64 length = GUINT64_TO_LE (strlen (header));
  g_byte_array_append (file, (const guint8 *)&length, 8);
  g_byte_array_append (file, (const guint8 *)header, (guint)strlen (header));
  for (gsize i = 0; i < n; i++) {
    guint8 byte = (guint8)i;
    g_byte_array_append (file, &byte, 1);
  }
  return g_byte_array_free_to_bytes (file);
}

#define ENTRY(name, dtype, shape, place)                                                           \
  "\"" name "\":{\"dtype\":\"" dtype "\",\"shape\":" shape ",\"data_offsets\":" place "}"

static void
test_safetensors (void)
{
  g_autoptr (LimenCheckpoint) checkpoint = assert_loads (safetensors_file (
      "{" ENTRY ("b.two", "U8", "[2,2]", "[5,9]") ",\"__metadata__\":{\"a\":\"[[\"}," ENTRY (
          "one", "I32", "[]", "[1,5]") "," ENTRY ("none", "F64", "[0,3]",
                                                  "[9,9]") "," ENTRY ("first", "BOOL", "[1]",
                                                                      "[0,1]") "}  ",
      9));
  const char *order[] = {"first", "one", "b.two", "none"};
  g_assert_cmpstr (limen_checkpoint_format (checkpoint), ==, "safetensors");
  g_assert_cmpuint (limen_checkpoint_n_tensors (checkpoint), ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (limen_checkpoint_tensor (checkpoint, i)->name, ==, order[i]);
  assert_tensor (checkpoint, "first", "(1,)", (double[]){0});
  assert_tensor (checkpoint, "one", "()", (double[]){0x04030201});
  assert_tensor (checkpoint, "b.two", "(2, 2)", (double[]){5, 6, 7, 8});
  assert_tensor (checkpoint, "none", "(0, 3)", NULL);
}

static void
test_safetensors_refused (void)
{
  static const struct {
    const char *header;
    gsize n;
    const char *said;
  } files[] = {
      {"{" ENTRY ("a", "U8", "[2]", "[0,2]") "," ENTRY ("b", "U8", "[2]", "[1,3]") "}", 3,
       "overlap"},
      {"{" ENTRY ("a", "U8", "[2]", "[0,2]") "," ENTRY ("b", "U8", "[2]", "[3,5]") "}", 5, "gap"},
      {"{" ENTRY ("a", "U8", "[2]", "[1,3]") "}", 3, "gap"},
      {"{" ENTRY ("a", "U8", "[2]", "[0,2]") "}", 1, "beyond its end"},
      {"{" ENTRY ("a", "U8", "[2]", "[0,2]") "}", 3, "behind its last tensor"},
      {"{" ENTRY ("a", "F32", "[2]", "[0,9]") "}", 9, "does not fit its shape"},
      {"{" ENTRY ("a", "F32", "[3]", "[0,8]") "}", 8, "beyond the end"},
      {"{" ENTRY ("a", "F32", "[1]", "[0,8]") "}", 8, "does not fit its shape"},
      {"{" ENTRY ("a", "U8", "[-2]", "[0,2]") "}", 2, "negative"},
      {"{" ENTRY ("a", "U8", "[4611686018427387904,4]", "[0,2]") "}", 2, "larger than any memory"},
      {"{" ENTRY ("a", "U8", "[4611686018427387904,4,0]", "[0,0]") "}", 0,
       "larger than any memory"},
      {"{" ENTRY ("a", "U8", "[99999999999999999999]", "[0,2]") "}", 2, "tensor a"},
      {"{" ENTRY ("a", "U8", "[2.0]", "[0,2]") "}", 2, "no possible shape"},
      {"{" ENTRY ("a", "U8", "[1,1,1,1,1,1,1,1,1]", "[0,1]") "}", 1, "no possible shape"},
      {"{" ENTRY ("a", "U8", "2", "[0,2]") "}", 2, "no possible shape"},
      {"{" ENTRY ("a", "U8", "[2]", "[2,0]") "}", 2, "no possible place"},
      {"{" ENTRY ("a", "U8", "[2]", "[-2,0]") "}", 2, "no possible place"},
      {"{" ENTRY ("a", "U8", "[2]", "[0,2,4]") "}", 2, "no possible place"},
      {"{" ENTRY ("a\\nb", "f8-e4m3", "[2]", "[0,2]") "}", 2, "tensor a?b has a type"},
      {"{\"a\":{}}", 0, "has a type"},
      {"{\"a\":7}", 0, "not described"},
      {"{\"a\":", 0, "not the JSON"},
      {"{} {}", 0, "net.pt"},
      {"{\"a\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}", 0, "not the JSON"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_test_message ("%s", files[i].header);
    assert_refused (safetensors_file (files[i].header, files[i].n), LIMEN_ERROR_DAMAGED,
                    files[i].said);
  }
}

static void
test_safetensors_header_is_bounded (void)
{
  const char long_header[] = "\0\0\0\0\0\0\0\x10{}";
  g_autofree char *brackets = g_strnfill (3 << 20, '['), *spaces = g_strnfill (5 << 20, ' ');
  brackets[0] = spaces[0] = '{';
  assert_refused (g_bytes_new (long_header, 10), LIMEN_ERROR_DAMAGED, "longer than the file");
  assert_refused (safetensors_file (brackets, 0), LIMEN_ERROR_DAMAGED, "not the JSON");
  assert_refused (safetensors_file (spaces, 0), LIMEN_ERROR_UNSAFE, "4 MiB");
}

static void
test_safetensors_every_cut_and_every_changed_byte (void)
{
  gsize n;
  g_autoptr (GBytes) file = safetensors_file (
      "{" ENTRY ("a", "F32", "[2,1]", "[0,8]") "," ENTRY ("b", "BF16", "[2]", "[8,12]") "}", 12);
  const guint8 *data = g_bytes_get_data (file, &n);
  for (gsize i = 0; i < n; i++) {
    g_autoptr (GBytes) cut = g_bytes_new (data, i);
    assert_loads_or_refused (cut);
    for (guint bit = 0; bit < 8; bit++) {
      g_autofree guint8 *copy = g_memdup2 (data, n);
      copy[i] ^= 1 << bit;
      g_autoptr (GBytes) changed = g_bytes_new (copy, n);
      assert_loads_or_refused (changed);
    }
  }
}

/* The table */

static void
test_prefix_is_the_shortest_then_the_first (void)
{
  g_autoptr (LimenCheckpoint) checkpoint = assert_loads (safetensors_file (
      "{" ENTRY ("old.model.w", "U8", "[1]", "[0,1]") "," ENTRY (
          "ab.w", "U8", "[1]",
          "[1,2]") "," ENTRY ("cd.w", "U8", "[1]",
                              "[2,3]") "," ENTRY ("xv", "U8", "[1]",
                                                  "[3,4]") "," ENTRY ("v.b", "U8", "[1]",
                                                                      "[4,5]") "}",
      5));
  g_autofree char *of_w = limen_checkpoint_find_prefix (checkpoint, "w"),
                  *of_model = limen_checkpoint_find_prefix (checkpoint, "model.w"),
                  *of_bare = limen_checkpoint_find_prefix (checkpoint, "v.b");
  g_assert_cmpstr (of_w, ==, "ab.");
  g_assert_cmpstr (of_model, ==, "old.");
  g_assert_cmpstr (of_bare, ==, "");
  g_assert_null (limen_checkpoint_find_prefix (checkpoint, "v"));
}

/* Files */

static void
test_git_lfs_pointer_is_explained (void)
{
  const char pointer[] =
      "version https://git-lfs.github.com/spec/v1\n"
      "oid sha256:3e2792c848f1bfa55a8572df811347a22c6c99c1bd3e572fd95c969fc0c89822\n"
      "size 1500000\n";
  assert_refused (g_bytes_new (pointer, strlen (pointer)), LIMEN_ERROR_FORMAT, "git lfs pull");
  assert_refused (g_bytes_new (pointer, strlen (pointer)), LIMEN_ERROR_FORMAT, "1.5");
  assert_refused (g_bytes_new (pointer, 60), LIMEN_ERROR_FORMAT, "a note of 60 bytes");
}

static void
test_what_is_no_weights (void)
{
  assert_refused (g_bytes_new (NULL, 0), LIMEN_ERROR_DAMAGED, "is empty");
  assert_refused (g_bytes_new ("hello", 5), LIMEN_ERROR_FORMAT, "neither a PyTorch nor");
  assert_refused (g_bytes_new ("\x89PNG\r\n\x1a\n____", 12), LIMEN_ERROR_FORMAT, "neither");
  assert_refused (g_bytes_new ("\x89HDF\r\n\x1a\n____", 12), LIMEN_ERROR_FORMAT,
                  "s.save_file(d, \"net.safetensors\")");
}

static void
assert_unreadable (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_checkpoint_load (path, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  assert_told (error->message, path);
}

static void
test_unreadable_paths (void)
{
  g_autofree char *dir = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  g_autofree char *pipe = g_build_filename (dir, "pipe.pt", NULL),
                  *none = g_build_filename (dir, "no.pt", NULL);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_unreadable (none);
  assert_unreadable (dir);
  assert_unreadable (pipe); /* and does not wait for a writer */
  g_unlink (pipe);
  g_rmdir (dir);
}

static void
test_a_file_on_disk (void)
{
  g_autofree char *dir = g_dir_make_tmp ("limen-test-XXXXXX", NULL),
                  *path = g_build_filename (dir, "ä.safetensors", NULL);
  g_autoptr (GBytes) file = safetensors_file (
      "{" ENTRY ("a", "U8", "[2]", "[0,2]") "," ENTRY ("b", "U8", "[2]", "[2,4]") "}", 4);
  g_autoptr (GError) error = NULL;
  gsize n;
  const void *data = g_bytes_get_data (file, &n);
  g_assert_true (g_file_set_contents (path, data, (gssize)n, NULL));
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_load (path, NULL, &error);
  g_assert_no_error (error);
  assert_tensor (checkpoint, "b", "(2,)", (double[]){2, 3});

  /* Nothing but this reference holds the storage of a dropped tensor: its memory is handed over,
   * not copied. */
  GBytes *storage = g_bytes_ref (limen_checkpoint_find (checkpoint, "a")->storage);
  const void *before = g_bytes_get_data (storage, NULL);
  limen_checkpoint_drop (checkpoint, "a");
  limen_checkpoint_drop (checkpoint, "a");
  g_autofree void *after = g_bytes_unref_to_data (storage, &n);
  g_assert_true (after == before);
  g_assert_cmpuint (limen_checkpoint_n_tensors (checkpoint), ==, 1);
  g_assert_null (limen_checkpoint_find (checkpoint, "a"));

  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_assert_null (limen_checkpoint_load (path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_unlink (path);
  g_rmdir (dir);
}

/* Files that other programs wrote, beside the project */

static char *
shared_path (const char *name)
{
  const char *shared = g_getenv ("LIMEN_SHARED_DIR");
  g_autofree char *path = shared ? g_build_filename (shared, name, NULL) : NULL;
  if (path && g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  g_test_skip ("the shared data are not there");
  return NULL;
}

static LimenCheckpoint *
load_in (const char *dir, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (dir, name, NULL);
  LimenCheckpoint *checkpoint = limen_checkpoint_load (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (checkpoint);
  return checkpoint;
}

/* Rounding to a type of @dtype moves a number by at most this part of it. */
static double
precision (LimenNumberType dtype)
{
  return dtype == LIMEN_NUMBER_F16 ? 0x1p-11 : dtype == LIMEN_NUMBER_BF16 ? 0x1p-8 : 0;
}

static void
assert_same_numbers (const LimenTensor *tensor, const LimenTensor *reference)
{
  gsize n = (gsize)limen_tensor_n_elements (reference);
  g_autofree float *numbers = g_new (float, n), *expected = g_new (float, n);
  g_assert_nonnull (tensor);
  g_assert_cmpint (limen_tensor_n_elements (tensor), ==, (gint64)n);
  limen_tensor_copy_floats (tensor, numbers);
  limen_tensor_copy_floats (reference, expected);
  for (gsize i = 0; i < n; i++) /* 2^-24: the smallest step of half precision */
    g_assert_true (fabs (numbers[i] - expected[i]) <=
                   precision (tensor->dtype) * fabs (expected[i]) +
                       (tensor->dtype == LIMEN_NUMBER_F16 ? 0x1p-25 : 0));
}

static void
check_good (const char *dir, const char *name, JsonObject *arch, const LimenCheckpoint *reference)
{
  g_autoptr (LimenCheckpoint) checkpoint = load_in (dir, name);
  gint64 couplings = json_object_get_int_member (arch, "couplings"),
         depth = json_object_get_int_member (arch, "depth"),
         width = json_object_get_int_member (arch, "width");
  g_autofree char *prefix = limen_checkpoint_find_prefix (checkpoint, "scaling.scale");
  guint n_of_flow = 0;
  g_test_message ("%s: prefix \"%s\"", name, prefix);
  g_assert_nonnull (prefix);
  for (guint i = 0; i < limen_checkpoint_n_tensors (checkpoint); i++) {
    const LimenTensor *tensor = limen_checkpoint_tensor (checkpoint, i);
    if (!g_str_has_prefix (tensor->name, prefix))
      continue;
    n_of_flow++;
    if (width == 48)
      assert_same_numbers (tensor,
                           limen_checkpoint_find (reference, tensor->name + strlen (prefix)));
  }
  g_assert_cmpint (n_of_flow, ==, couplings * (depth + 1) * 2 + 1);
  g_autofree char *first = g_strconcat (prefix, "coupling.0.in_block.0.weight", NULL);
  const LimenTensor *weight = limen_checkpoint_find (checkpoint, first);
  g_assert_cmpint (weight->shape[0], ==, width);
  g_assert_cmpint (weight->shape[1], ==, 392);
}

static void
test_good_flows (void)
{
  g_autofree char *dir = shared_path ("reference/nice/good"),
                  *json = shared_path ("reference/nice/expected.json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  if (!dir || !json)
    return;
  g_assert_true (json_parser_load_from_file (parser, json, NULL));
  g_autoptr (LimenCheckpoint) reference = load_in (dir, "state-dict.pt");
  JsonObject *root = json_node_get_object (json_parser_get_root (parser)),
             *files = json_object_get_object_member (root, "checkpoints");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  g_assert_cmpuint (json_object_get_size (files), ==, 19);
  json_object_iter_init (&iter, files);
  while (json_object_iter_next (&iter, &name, &node))
    check_good (dir, name, json_object_get_object_member (json_node_get_object (node), "arch"),
                reference);
}

static void
test_bad_files (void)
{
  static const struct {
    const char *name;
    LimenError code;
    const char *said;
  } files[] = {
      {"empty.pt", LIMEN_ERROR_DAMAGED, "empty"},
      {"evil-bare.pkl", LIMEN_ERROR_UNSAFE, "posix.system"},
      {"evil-beside-good-tensors.pt", LIMEN_ERROR_UNSAFE, "commands.getoutput"},
      {"evil-eval.pt", LIMEN_ERROR_UNSAFE, "__builtin__.eval"},
      {"evil-os-system.pt", LIMEN_ERROR_UNSAFE, "posix.system"},
      {"garbled-pickle.pt", LIMEN_ERROR_DAMAGED, "pickle"},
      {"huge-header.safetensors", LIMEN_ERROR_DAMAGED, "header"},
      {"lfs-pointer.pt", LIMEN_ERROR_FORMAT, "git lfs pull"},
      {"missing-storage.pt", LIMEN_ERROR_DAMAGED, "missing"},
      {"no-pickle.pt", LIMEN_ERROR_FORMAT, "data.pkl"},
      {"overflow-shape.safetensors", LIMEN_ERROR_DAMAGED, "larger than any memory"},
      {"overlap.safetensors", LIMEN_ERROR_DAMAGED, "does not fit"},
      {"short-storage.pt", LIMEN_ERROR_DAMAGED, "cut off"},
      {"text.pt", LIMEN_ERROR_FORMAT, "neither"},
      {"truncated.pt", LIMEN_ERROR_DAMAGED, "damaged"},
      {"whole-module.pt", LIMEN_ERROR_UNSAFE, "torch.save(model.state_dict(), …)"},
  };
  g_autofree char *dir = shared_path ("reference/nice/bad");
  g_autofree char *made_by_python = g_build_filename (g_get_tmp_dir (), "limen-pwned", NULL);
  for (gsize i = 0; dir && i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (dir, files[i].name, NULL);
    g_autoptr (GError) error = NULL;
    g_assert_null (limen_checkpoint_load (path, NULL, &error));
    g_assert_error (error, LIMEN_ERROR, (int)files[i].code);
    assert_told (error->message, files[i].name);
    g_assert_nonnull (strstr (error->message, files[i].said));
    g_assert_false (g_file_test (made_by_python, G_FILE_TEST_EXISTS));
  }
}

/* Loads all files below @path; returns how many could be. */
static guint
load_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GError) error = NULL;
  guint n = 0;
  for (const char *name; dir && (name = g_dir_read_name (dir));) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    n += load_all (child);
  }
  if (dir)
    return n;
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_load (path, NULL, &error);
  if (!checkpoint)
    assert_told (error->message, path);
  return checkpoint != NULL;
}

static void
test_files_of_other_programs (void)
{
  static const struct {
    const char *path, *tensor, *shape;
    double values[24];
  } files[] = {
      {"candle/test.pt", "test", "(2, 4)", {1, 2, 3, 4, 5, 6, 7, 8}},
      {"candle/test_with_key.pt", "model_state_dict.test", "(2, 4)", {1, 2, 3, 4, 5, 6, 7, 8}},
      {"candle/fortran_tensor_3d.pth",
       "tensor_fortran",
       "(2, 3, 4)",
       {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24}},
      {"burn-reader/reader/test_data/float16.pt", "tensor", "(3,)", {1.5, -2.25, 3.125}},
      {"burn-reader/reader/test_data/bfloat16.pt", "tensor", "(3,)", {1.5, -2.5, 3.5}},
      {"burn-reader/reader/test_data/int16.pt", "tensor", "(3,)", {1000, -2000, 3000}},
      {"burn-reader/reader/test_data/bool.pt", "tensor", "(5,)", {1, 0, 1, 1, 0}},
      {"burn-reader/reader/test_data/scalar.pt", "tensor", "()", {42}},
      {"burn-reader/reader/test_data/empty.pt", "tensor", "(0,)", {0}},
      {"burn-reader/reader/test_data/legacy_uncloned_views.pt",
       "tensor2",
       "(10,)",
       {50, 51, 52, 53, 54, 55, 56, 57, 58, 59}},
  };
  g_autofree char *dir = shared_path ("data/checkpoints");
  for (gsize i = 0; dir && i < G_N_ELEMENTS (files); i++) {
    g_autoptr (LimenCheckpoint) checkpoint = load_in (dir, files[i].path);
    assert_tensor (checkpoint, files[i].tensor, files[i].shape, files[i].values);
  }
  if (dir)
    g_assert_cmpuint (load_all (dir), ==, 34);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/safetensors/read", test_safetensors);
  g_test_add_func ("/safetensors/refused", test_safetensors_refused);
  g_test_add_func ("/safetensors/header-is-bounded", test_safetensors_header_is_bounded);
  g_test_add_func ("/safetensors/every-cut-and-every-changed-byte",
                   test_safetensors_every_cut_and_every_changed_byte);
  g_test_add_func ("/checkpoint/prefix-is-the-shortest-then-the-first",
                   test_prefix_is_the_shortest_then_the_first);
  g_test_add_func ("/checkpoint/git-lfs-pointer-is-explained", test_git_lfs_pointer_is_explained);
  g_test_add_func ("/checkpoint/what-is-no-weights", test_what_is_no_weights);
  g_test_add_func ("/checkpoint/unreadable-paths", test_unreadable_paths);
  g_test_add_func ("/checkpoint/a-file-on-disk", test_a_file_on_disk);
  g_test_add_func ("/checkpoint/good-flows", test_good_flows);
  g_test_add_func ("/checkpoint/bad-files", test_bad_files);
  g_test_add_func ("/checkpoint/files-of-other-programs", test_files_of_other_programs);
  return g_test_run ();
}
