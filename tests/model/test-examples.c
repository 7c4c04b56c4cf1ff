#include "data-files.h"
#include "model/data/builtin.h"
#include "model/data/examples.h"

#include <glib/gstdio.h>
#include <string.h>

/* A place of its own for each test; the data folders of the system and of the user are in it, and
 * GLib asks for them once only. */
static char *world;

static void
put (const char *path)
{
  g_autofree char *whole = g_build_filename (world, path, NULL);
  g_autofree char *folder = g_path_get_dirname (whole);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (whole, "x", 1, NULL));
}

static void
take_away (const char *path)
{
  g_autofree char *whole = g_build_filename (world, path, NULL);
  g_assert_cmpint (g_remove (whole), ==, 0);
}

static const LimenExample *
find (const GPtrArray *examples, const char *name)
{
  for (guint i = 0; i < examples->len; i++) {
    const LimenExample *example = examples->pdata[i];
    if (g_str_equal (example->name, name))
      return example;
  }
  g_assert_not_reached ();
}

static GPtrArray *
look (const char *near)
{
  g_autofree char *path = near ? g_build_filename (world, near, NULL) : NULL;
  const char *paths[] = {path, NULL};
  return limen_examples (near ? paths : NULL);
}

/* @path: below the world */
static void
assert_path (const char *found, const char *path)
{
  g_autofree char *whole = g_build_filename (world, path, NULL);
  g_assert_cmpstr (found, ==, whole);
}

static void
test_the_paradox_needs_no_file (void)
{
  g_autoptr (GPtrArray) examples = look (NULL);
  const LimenExample *paradox = examples->pdata[0];
  const char *paths[] = {paradox->flow, paradox->normal, paradox->anomaly};
  g_assert_cmpstr (paradox->name, ==, "paradox");
  g_assert_null (paradox->missing);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (limen_builtin_what (paths[i], NULL), ==,
                     i == 0 ? LIMEN_BUILTIN_WEIGHTS : LIMEN_BUILTIN_IMAGES);
}

static void
test_models_are_brought_along_and_names_differ (void)
{
  g_autoptr (GPtrArray) examples = look (NULL);
  g_assert_cmpuint (examples->len, ==, 4);
  for (guint i = 0; i < examples->len; i++) {
    const LimenExample *example = examples->pdata[i];
    g_assert_true (find (examples, example->name) == example);
    g_assert_cmpint (limen_builtin_what (example->flow, NULL), ==, LIMEN_BUILTIN_WEIGHTS);
    if (example->vae)
      g_assert_cmpint (limen_builtin_what (example->vae, NULL), ==, LIMEN_BUILTIN_WEIGHTS);
    g_assert_true (g_str_has_suffix (example->shows, "."));
  }
}

/* The sentence names the set, its file and each place, and is one sentence a set. */
static void
test_what_is_missing_is_told (void)
{
  g_autoptr (GPtrArray) examples = look ("pictures/cat.png");
  const LimenExample *example = find (examples, "fashion-mnist");
  const char *const places[] = {"pictures", "system/datasets", "system/limen/datasets",
                                "user/datasets"};
  g_assert_null (example->normal);
  g_assert_null (example->anomaly);
  g_assert_nonnull (strstr (example->missing, "Fashion-MNIST's test images were not found"));
  g_assert_nonnull (strstr (example->missing, " MNIST's test images were not found"));
  g_assert_nonnull (strstr (example->missing, "t10k-images-idx3-ubyte.gz"));
  g_assert_nonnull (strstr (example->missing, "dataset-fashion-mnist"));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *place = g_build_filename (world, places[i], NULL);
    g_test_message ("%s", place);
    g_assert_nonnull (strstr (example->missing, place));
  }
}

static void
test_debian_s_package_is_found (void)
{
  put ("system/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz");
  g_autoptr (GPtrArray) examples = look (NULL);
  const LimenExample *example = find (examples, "fashion-mnist");
  assert_path (example->normal, "system/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz");
  g_assert_null (example->anomaly);
  g_assert_false (g_str_has_prefix (example->missing, "Fashion"));
  take_away ("system/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz");
}

/* By the folder's name only: the four sets have files of one name. */
static void
test_sets_beside_an_open_file_are_found (void)
{
  static const struct {
    const char *near, *mnist, *kmnist;
  } layouts[] = {
      {"a/mnist/t10k-labels-idx1-ubyte.gz", "a/mnist/t10k-images-idx3-ubyte.gz",
       "a/kmnist/t10k-images-idx3-ubyte.gz"},
      {"b/MNIST/raw/train-images-idx3-ubyte", "b/MNIST/raw/t10k-images-idx3-ubyte",
       "b/KMNIST/raw/t10k-images-idx3-ubyte"},
      {"c", "c/mnist/t10k-images.idx3-ubyte", "c/kmnist/t10k-images-idx3-ubyte.gz"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++) {
    put (layouts[i].mnist);
    put (layouts[i].kmnist);
    g_autoptr (GPtrArray) examples = look (layouts[i].near);
    const LimenExample *example = find (examples, "mnist-kmnist");
    g_assert_null (example->missing);
    assert_path (example->normal, layouts[i].mnist);
    assert_path (example->anomaly, layouts[i].kmnist);
    g_assert_null (find (examples, "fashion-mnist")->normal);
  }
}

static void
test_omniglot_is_inverted (void)
{
  put ("d/mnist/t10k-images-idx3-ubyte.gz");
  put ("d/omniglot/images_evaluation/Angelic/character01/0965_01.png");
  g_autoptr (GPtrArray) examples = look ("d/mnist");
  const LimenExample *example = find (examples, "mnist-omniglot");
  g_assert_null (example->missing);
  assert_path (example->anomaly, "d/omniglot/images_evaluation");
  g_assert_true (example->inverts_anomaly);
  g_assert_false (find (examples, "mnist-kmnist")->inverts_anomaly);
}

int
main (int argc, char **argv)
{
  world = g_dir_make_tmp ("limen-examples-XXXXXX", NULL);
  g_autofree char *system = g_build_filename (world, "system", NULL);
  g_autofree char *user = g_build_filename (world, "user", NULL);
  g_setenv ("XDG_DATA_DIRS", system, TRUE);
  g_setenv ("XDG_DATA_HOME", user, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/examples/the-paradox-needs-no-file", test_the_paradox_needs_no_file);
  g_test_add_func ("/examples/models-are-brought-along",
                   test_models_are_brought_along_and_names_differ);
  g_test_add_func ("/examples/what-is-missing-is-told", test_what_is_missing_is_told);
  g_test_add_func ("/examples/debian-s-package-is-found", test_debian_s_package_is_found);
  g_test_add_func ("/examples/sets-beside-an-open-file", test_sets_beside_an_open_file_are_found);
  g_test_add_func ("/examples/omniglot-is-inverted", test_omniglot_is_inverted);
  int failed = g_test_run ();
  remove_folder (world);
  g_free (world);
  return failed;
}
