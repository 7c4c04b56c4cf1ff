/* Networks in several files, as Hugging Face writes them. */
#include "model/data/file-kind.h"
#include "model/weights/checkpoint-write.h"
#include "model/weights/shards.h"
#include "tests/model/data-files.h"
#include "tests/model/weights-asserts.h"

static const double values[] = {1, -2, 3.5};

static LimenCheckpoint *
tensors (const char *const *names)
{
  const float floats[] = {1, -2, 3.5f};
  const gint64 shape[] = {3};
  LimenCheckpoint *checkpoint = limen_checkpoint_new ("shard", "");
  for (; *names; names++)
    g_assert_true (
        limen_checkpoint_add_floats (checkpoint, *names, LIMEN_NUMBER_F32, 1, shape, floats, NULL));
  return checkpoint;
}

static void
write_shard (const char *folder, const char *name, const char *const *names)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (LimenCheckpoint) checkpoint = tensors (names);
  g_assert_true (limen_checkpoint_save (checkpoint, path, NULL));
}

static void
write_text (const char *folder, const char *name, const char *text)
{
  g_free (write_file (folder, name, text, strlen (text)));
}

/* a and b in the first file, c in the second */
static char *
make_network (const char *stem, const char *suffix)
{
  char *folder = make_folder ();
  g_autofree char *first = g_strdup_printf ("%s-00001-of-00002%s", stem, suffix);
  g_autofree char *second = g_strdup_printf ("%s-00002-of-00002%s", stem, suffix);
  g_autofree char *index = g_strdup_printf ("%s%s.index.json", stem, suffix);
  g_autofree char *json = g_strdup_printf (
      "{\n  \"metadata\": {\"total_size\": 36},\n  \"weight_map\": {\"n.a\": \"%s\", \"n.b\": "
      "\"%s\", \"n.c\": \"%s\"}}\n",
      first, first, second);
  write_shard (folder, first, (const char *const[]){"n.a", "n.b", NULL});
  write_shard (folder, second, (const char *const[]){"n.c", NULL});
  write_text (folder, index, json);
  write_text (folder, "config.json", "{\"architectures\": []}");
  return folder;
}

static void
assert_whole (const char *folder, const char *name, const char *format)
{
  static const char *const names[] = {"n.a", "n.b", "n.c"};
  g_autoptr (GError) error = NULL;
  g_autofree char *path = *name ? g_build_filename (folder, name, NULL) : g_strdup (folder);
  g_test_message ("%s", path);
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_load (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (limen_checkpoint_n_tensors (checkpoint), ==, 3);
  g_assert_cmpuint (limen_checkpoint_n_files (checkpoint), ==, 2);
  g_assert_cmpstr (limen_checkpoint_format (checkpoint), ==, format);
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpstr (limen_checkpoint_tensor (checkpoint, i)->name, ==, names[i]);
    assert_tensor (checkpoint, names[i], "(3,)", values);
  }
  g_assert_cmpint (limen_file_kind_is_weights (limen_file_kind (path, NULL)), ==, TRUE);
}

static void
refuse (const char *folder, const char *name, LimenError code, const char *said)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_null (limen_checkpoint_load (path, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, (int)code);
  assert_told (error->message, "");
  g_assert_nonnull (strstr (error->message, said));
}

/* The index, the folder, or any of the files stand for all of them; without the index, too. */
static void
test_all_ways_to_name_it (void)
{
  static const struct {
    const char *stem, *suffix, *format;
  } networks[] = {
      {"model", ".safetensors", "safetensors"},
      {"diffusion_pytorch_model", ".safetensors", "safetensors"},
      {"model-v2-of-it", ".safetensors", "safetensors"},
      {"pytorch_model", ".pt", "PyTorch zip"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (networks); i++) {
    const char *stem = networks[i].stem, *suffix = networks[i].suffix, *format = networks[i].format;
    g_autofree char *folder = make_network (stem, suffix);
    g_autofree char *first = g_strdup_printf ("%s-00001-of-00002%s", stem, suffix);
    g_autofree char *second = g_strdup_printf ("%s-00002-of-00002%s", stem, suffix);
    g_autofree char *index = g_strdup_printf ("%s%s.index.json", stem, suffix);
    const char *ways[] = {index, "", first, second};
    for (gsize j = 0; j < G_N_ELEMENTS (ways); j++)
      assert_whole (folder, ways[j], format);
    g_autofree char *index_path = g_build_filename (folder, index, NULL);
    g_assert_cmpint (limen_file_kind (index_path, NULL), ==, LIMEN_FILE_SHARDS);
    g_assert_cmpint (limen_file_kind (folder, NULL), ==, LIMEN_FILE_SHARDS);
    g_unlink (index_path);
    for (gsize j = 1; j < G_N_ELEMENTS (ways); j++)
      assert_whole (folder, ways[j], format);
    remove_folder (folder);
  }
}

/* An index by any other name is known by its content. */
static void
test_content_tells_an_index (void)
{
  g_autofree char *folder = make_network ("model", ".safetensors");
  g_autofree char *path = g_build_filename (folder, "model.safetensors.index.json", NULL),
                  *renamed = g_build_filename (folder, "which-is-where.txt", NULL);
  g_assert_cmpint (g_rename (path, renamed), ==, 0);
  assert_whole (folder, "which-is-where.txt", "safetensors");
  remove_folder (folder);
}

static void
test_one_file_in_a_folder (void)
{
  g_autofree char *folder = make_folder (), *missing = NULL;
  write_shard (folder, "model.safetensors", (const char *const[]){"n.a", NULL});
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_load (folder, NULL, NULL);
  g_assert_nonnull (checkpoint);
  assert_tensor (checkpoint, "n.a", "(3,)", values);
  g_assert_cmpuint (limen_checkpoint_n_files (checkpoint), ==, 1);
  remove_folder (folder);
}

/* A folder of pictures stays one. */
static void
test_other_folders_are_no_weights (void)
{
  g_autofree char *folder = make_folder ();
  write_text (folder, "labels.json", "{\"a.png\": 1}");
  write_text (folder, "a.png", "picture");
  g_assert_cmpint (limen_file_kind (folder, NULL), ==, LIMEN_FILE_FOLDER);
  remove_folder (folder);
}

static void
test_a_part_of_it (void)
{
  g_autofree char *folder = make_network ("model", ".safetensors");
  g_autofree char *asked = g_strconcat (folder, "/model.safetensors.index.json:n", NULL);
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_load (asked, NULL, NULL);
  g_assert_nonnull (checkpoint);
  g_assert_cmpstr (limen_checkpoint_part (checkpoint), ==, "n");
  g_assert_true (g_str_has_suffix (limen_checkpoint_path (checkpoint), ".index.json"));
  remove_folder (folder);
}

/* Nothing but files beside the index is opened, whatever it asks for. */
static void
test_names_that_lead_elsewhere (void)
{
  static const char *const names[] = {"../secret.safetensors",
                                      "/etc/passwd",
                                      "a/b.safetensors",
                                      "..\\\\secret.safetensors",
                                      "..",
                                      ".",
                                      "",
                                      "C:\\\\secret.safetensors",
                                      "a\\nb.safetensors",
                                      "a/../b.safetensors"};
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *folder = make_folder ();
    g_autofree char *json = g_strdup_printf ("{\"weight_map\": {\"a\": \"%s\"}}", names[i]);
    write_text (folder, "model.safetensors.index.json", json);
    refuse (folder, "model.safetensors.index.json", LIMEN_ERROR_UNSAFE, "beside the index");
    remove_folder (folder);
  }
}

static void
test_indexes_that_are_none (void)
{
  static const char *const texts[] = {
      "{",
      "{}",
      "{\"weight_map\": {}}",
      "{\"weight_map\": []}",
      "{\"weight_map\": \"model.safetensors\"}",
      "{\"weight_map\": {\"a\": \"b\"}} {}",
      "{\"weight_map\": {\"a\": \"b\",}",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *folder = make_folder ();
    write_text (folder, "model.safetensors.index.json", texts[i]);
    refuse (folder, "model.safetensors.index.json", LIMEN_ERROR_DAMAGED, "no index of weights");
    remove_folder (folder);
  }
}

static void
test_names_that_are_no_text (void)
{
  static const char *const files[] = {"7", "null", "{\"a\": \"b\"}", "[\"a\"]", "true"};
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *folder = make_folder ();
    g_autofree char *json = g_strdup_printf ("{\"weight_map\": {\"a\": %s}}", files[i]);
    write_text (folder, "model.safetensors.index.json", json);
    refuse (folder, "model.safetensors.index.json", LIMEN_ERROR_UNSAFE, "the file \"\"");
    remove_folder (folder);
  }
}

static void
test_files_that_are_missing_or_wrong (void)
{
  static const char index[] = "model.safetensors.index.json",
                    first[] = "model-00001-of-00002.safetensors",
                    second[] = "model-00002-of-00002.safetensors";
  g_autofree char *folder = make_network ("model", ".safetensors");
  g_autofree char *second_path = g_build_filename (folder, second, NULL),
                  *index_path = g_build_filename (folder, index, NULL);
  write_shard (folder, second, (const char *const[]){"n.d", NULL});
  refuse (folder, index, LIMEN_ERROR_DAMAGED, "the tensor n.c is in model-00002-of-00002");
  write_text (folder, second, "no weights");
  refuse (folder, index, LIMEN_ERROR_FORMAT, second);
  g_unlink (second_path);
  refuse (folder, index, LIMEN_ERROR_UNREADABLE, "model-00002-of-00002.safetensors is not in its");
  refuse (folder, first, LIMEN_ERROR_UNREADABLE, "model-00002-of-00002.safetensors is not in its");
  g_unlink (index_path);
  refuse (folder, first, LIMEN_ERROR_UNREADABLE, "model-00002-of-00002.safetensors is not in its");
  remove_folder (folder);
}

/* What the index does not list is left where it is; what two files hold is the listed one's. */
static void
test_the_index_decides (void)
{
  g_autofree char *folder = make_folder ();
  write_shard (folder, "x.safetensors", (const char *const[]){"a", "b", NULL});
  write_shard (folder, "y.safetensors", (const char *const[]){"b", "c", "d", NULL});
  write_text (folder, "net.index.json",
              "{\"weight_map\": {\"b\": \"y.safetensors\", \"a\": \"x.safetensors\"}}");
  g_autofree char *path = g_build_filename (folder, "net.index.json", NULL);
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_load (path, NULL, NULL);
  g_assert_nonnull (checkpoint);
  g_assert_cmpuint (limen_checkpoint_n_tensors (checkpoint), ==, 2);
  g_assert_nonnull (limen_checkpoint_find (checkpoint, "a"));
  g_assert_nonnull (limen_checkpoint_find (checkpoint, "b"));
  remove_folder (folder);
}

/* An index among the files it lists is no file of weights, so nothing goes round in circles. */
static void
test_an_index_that_lists_itself (void)
{
  g_autofree char *folder = make_folder ();
  write_text (folder, "net.index.json", "{\"weight_map\": {\"a\": \"net.index.json\"}}");
  refuse (folder, "net.index.json", LIMEN_ERROR_FORMAT, "neither a PyTorch nor a safetensors");
  remove_folder (folder);
}

static void
test_cancelled (void)
{
  g_autofree char *folder = make_network ("model", ".safetensors");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (limen_checkpoint_load (folder, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shards/all-ways-to-name-it", test_all_ways_to_name_it);
  g_test_add_func ("/shards/content-tells-an-index", test_content_tells_an_index);
  g_test_add_func ("/shards/one-file-in-a-folder", test_one_file_in_a_folder);
  g_test_add_func ("/shards/other-folders-are-no-weights", test_other_folders_are_no_weights);
  g_test_add_func ("/shards/a-part-of-it", test_a_part_of_it);
  g_test_add_func ("/shards/names-that-lead-elsewhere", test_names_that_lead_elsewhere);
  g_test_add_func ("/shards/indexes-that-are-none", test_indexes_that_are_none);
  g_test_add_func ("/shards/names-that-are-no-text", test_names_that_are_no_text);
  g_test_add_func ("/shards/files-that-are-missing-or-wrong", test_files_that_are_missing_or_wrong);
  g_test_add_func ("/shards/the-index-decides", test_the_index_decides);
  g_test_add_func ("/shards/an-index-that-lists-itself", test_an_index_that_lists_itself);
  g_test_add_func ("/shards/cancelled", test_cancelled);
  return g_test_run ();
}
