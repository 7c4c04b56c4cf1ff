#include "model/data/builtin.h"
#include "model/data/file-kind.h"
#include "model/data/image-set.h"
#include "model/flow/nice.h"

#include <string.h>

static LimenImageSet *
load (const char *path)
{
  const char *paths[] = {path, NULL};
  g_autoptr (GError) error = NULL;
  LimenImageSet *set = limen_image_set_load (paths, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return set;
}

static void
test_names_are_kinds (void)
{
  g_assert_true (limen_is_builtin ("builtin:anything"));
  g_assert_false (limen_is_builtin ("./builtin:mnist"));
  g_assert_cmpint (limen_file_kind ("builtin:mnist", NULL), ==, LIMEN_FILE_SAFETENSORS);
  g_assert_cmpint (limen_file_kind ("builtin:hiragana", NULL), ==, LIMEN_FILE_GLYPHS);
  g_assert_cmpint (limen_file_kind ("builtin:digits:10:3", NULL), ==, LIMEN_FILE_GLYPHS);
}

static void
test_unknown_names_are_refused (void)
{
  const char *const names[] = {
      "builtin:",           "builtin:nothing",      "builtin:mnist:5",
      "builtin:digits:",    "builtin:digits:0",     "builtin:digits:-4",
      "builtin:digits:9:x", "builtin:digits:9:9:9", "builtin:digits:1000001"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", names[i]);
    g_assert_cmpint (limen_file_kind (names[i], &error), ==, LIMEN_FILE_UNKNOWN);
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
    g_assert_true (g_str_has_prefix (error->message, names[i]));
  }
}

static void
test_images_come_by_number_and_seed (void)
{
  g_autoptr (LimenImageSet) usual = load ("builtin:digits"), few = load ("builtin:digits:30:5");
  g_autoptr (LimenImageSet) again = load ("builtin:digits:40:5"),
                            other = load ("builtin:digits:30:6");
  float a[784], b[784], c[784];
  g_assert_cmpuint (limen_image_set_n_images (usual), >=, 1000);
  g_assert_cmpuint (limen_image_set_n_images (few), ==, 30);
  g_assert_cmpstr (limen_image_set_name (few), ==, "generated digits");
  limen_image_set_copy_rows (few, 29, 1, a);
  limen_image_set_copy_rows (again, 29, 1, b);
  limen_image_set_copy_rows (other, 29, 1, c);
  g_assert_cmpmem (a, sizeof a, b, sizeof b);
  g_assert_cmpint (memcmp (a, c, sizeof a), !=, 0);
}

static void
test_flows_load_by_name (void)
{
  const char *const names[] = {LIMEN_BUILTIN_GLYPHS, LIMEN_BUILTIN_MNIST};
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenNice) nice = limen_nice_load (names[i], NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (limen_nice_shape (nice).dimension, ==, 784);
    g_assert_cmpstr (limen_nice_path (nice), ==, names[i]);
  }
}

static void
test_images_are_no_weights (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_nice_load ("builtin:digits", NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/builtin/names-are-kinds", test_names_are_kinds);
  g_test_add_func ("/builtin/unknown-names-are-refused", test_unknown_names_are_refused);
  g_test_add_func ("/builtin/images-come-by-number-and-seed", test_images_come_by_number_and_seed);
  g_test_add_func ("/builtin/flows-load-by-name", test_flows_load_by_name);
  g_test_add_func ("/builtin/images-are-no-weights", test_images_are_no_weights);
  return g_test_run ();
}
