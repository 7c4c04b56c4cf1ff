#include "model/data/image-set.h"
#include "model/data-files.h"

static void
test_names_of_roles (void)
{
  const struct {
    const char *path;
    LimenRole role;
  } cases[] = {
      {"/x/good", LIMEN_ROLE_NORMAL},
      {"/x/train", LIMEN_ROLE_NORMAL},
      {"/x/Normal/", LIMEN_ROLE_NORMAL},
      {"/x/my-normal-images", LIMEN_ROLE_NORMAL},
      {"/x/normal.zip", LIMEN_ROLE_NORMAL},
      {"/x/good/0/1.png", LIMEN_ROLE_NORMAL},
      {"/x/DEFECT", LIMEN_ROLE_ANOMALY},
      {"/x/bad", LIMEN_ROLE_ANOMALY},
      {"/x/anomaly", LIMEN_ROLE_ANOMALY},
      {"/x/abnormal", LIMEN_ROLE_ANOMALY},
      {"/x/some defects", LIMEN_ROLE_ANOMALY},
      {"/x/train/defect", LIMEN_ROLE_ANOMALY},
      {"/x/defect/good", LIMEN_ROLE_NORMAL},
      {"/x/goodness", LIMEN_ROLE_UNKNOWN},
      {"/x/paranormal", LIMEN_ROLE_UNKNOWN},
      {"/x/gooddefect", LIMEN_ROLE_UNKNOWN},
      {"/x/normal-and-defect", LIMEN_ROLE_UNKNOWN},
      {"/x/\xc3\xa9good", LIMEN_ROLE_UNKNOWN},
      {"/good/a/b/c.png", LIMEN_ROLE_UNKNOWN}, /* too far up to be meant */
      {"/x/test", LIMEN_ROLE_UNKNOWN},
      {"/", LIMEN_ROLE_UNKNOWN},
      {"/x/defect/train", LIMEN_ROLE_UNKNOWN},
      {"/x/defect/test/train", LIMEN_ROLE_UNKNOWN},
      {"/x/good/train", LIMEN_ROLE_NORMAL},
      {"/x/train/PNEUMONIA", LIMEN_ROLE_UNKNOWN},
      {"/x/train/cat.npy", LIMEN_ROLE_UNKNOWN},
      {"/x/train/left_eye.png", LIMEN_ROLE_NORMAL},
      {"/x/train/0/17.png", LIMEN_ROLE_NORMAL},
      {"/x/train/def_front", LIMEN_ROLE_ANOMALY},
      {"/x/test/not_good", LIMEN_ROLE_ANOMALY},
      {"/x/non-normal", LIMEN_ROLE_ANOMALY},
      {"/tiles/no_defect", LIMEN_ROLE_NORMAL},
      {"/tiles/defect-free", LIMEN_ROLE_NORMAL},
      {"/Tile-Defect/MT_Free", LIMEN_ROLE_NORMAL},
      {"/Tile-Defect/MT_Fray", LIMEN_ROLE_ANOMALY},
      {"/anomaly-detection/data", LIMEN_ROLE_UNKNOWN},
      {"/anomaly-detection/data/normal", LIMEN_ROLE_NORMAL},
      {"/good/anomaly-detection/data", LIMEN_ROLE_UNKNOWN},
      {"/good/maybe-defect/0.png", LIMEN_ROLE_UNKNOWN},
      {"/x/positive", LIMEN_ROLE_UNKNOWN},
      {"/x/defect/positive", LIMEN_ROLE_ANOMALY},
      {"/x/defect/no", LIMEN_ROLE_NORMAL},
      {"/x/good/no 1.jpg", LIMEN_ROLE_NORMAL},
      {"/x/unsorted", LIMEN_ROLE_UNSORTED},
      {"/x/Mixed", LIMEN_ROLE_UNSORTED},
      {"/x/unlabelled.zip", LIMEN_ROLE_UNSORTED},
      {"/x/unlabeled_images_2", LIMEN_ROLE_UNSORTED},
      {"/x/unsorted/0/17.png", LIMEN_ROLE_UNSORTED},
      {"/good/unsorted", LIMEN_ROLE_UNSORTED},
      {"/x/unlabeled/train", LIMEN_ROLE_UNSORTED},
      {"/x/unlabeled_train", LIMEN_ROLE_UNSORTED},
      {"/x/unsorted/good", LIMEN_ROLE_NORMAL},
      {"/x/mixed-defects", LIMEN_ROLE_UNKNOWN},
      {"/x/mixed numbers", LIMEN_ROLE_UNKNOWN},
      {"/x/sorted", LIMEN_ROLE_UNKNOWN},
      {"", LIMEN_ROLE_UNKNOWN},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (limen_role_from_path (cases[i].path) != cases[i].role)
      g_error ("%s is not of role %d", cases[i].path, cases[i].role);
}

/* Makes @tree, sorts @dropped (one path in it), and compares with lists of paths joined by blanks.
 */
static void
assert_all_sorted (const char *const *tree, const char *dropped, const char *normal,
                   const char *anomaly, const char *unsorted, const char *unknown)
{
  g_autofree char *root = make_folder (), *path = g_build_filename (root, dropped, NULL);
  const char *const paths[] = {path, NULL};
  const char *const expected[4] = {normal, anomaly, unsorted, unknown};
  char **found[4];
  for (; *tree; tree++) {
    g_autofree char *folder = g_build_filename (root, *tree, NULL);
    g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  }
  limen_sort_into_roles (paths, &found[0], &found[1], &found[2], &found[3]);
  for (guint i = 0; i < 4; i++) {
    for (guint k = 0; found[i][k]; k++)
      memmove (found[i][k], found[i][k] + strlen (root) + 1, strlen (found[i][k]) - strlen (root));
    g_autofree char *joined = g_strjoinv (" ", found[i]);
    g_assert_cmpstr (joined, ==, expected[i]);
    g_strfreev (found[i]);
  }
  remove_folder (root);
}

static void
assert_sorted (const char *const *tree, const char *dropped, const char *normal,
               const char *anomaly, const char *unknown)
{
  assert_all_sorted (tree, dropped, normal, anomaly, "", unknown);
}

static void
test_a_folder_of_both_roles_is_split (void)
{
  const char *const tree[] = {"set/normal", "set/defect", "set/docs", NULL};
  assert_sorted (tree, "set", "set/normal", "set/defect", "");
}

static void
test_roles_are_found_at_any_depth (void)
{
  const char *const tree[] = {"a/b/c/Good", "a/b/d/e/Bad-ones", NULL};
  assert_sorted (tree, "a", "a/b/c/Good", "a/b/d/e/Bad-ones", "");
}

static void
test_a_folder_of_one_role_stays_whole (void)
{
  const char *const tree[] = {"normal/0", "normal/1", "train/good", "other/x", NULL};
  assert_sorted (tree, "normal", "normal", "", "");
  assert_sorted (tree, "train", "train", "", "");
  assert_sorted (tree, "other", "", "", "other");
}

static void
test_mvtec (void)
{
  const char *const tree[] = {"bottle/train/good",
                              "bottle/test/good",
                              "bottle/test/broken_large",
                              "bottle/test/contamination",
                              "bottle/ground_truth/broken_large",
                              NULL};
  assert_sorted (tree, "bottle", "bottle/test/good bottle/train",
                 "bottle/test/broken_large bottle/test/contamination", "");
  assert_sorted (tree, "bottle/test", "bottle/test/good",
                 "bottle/test/broken_large bottle/test/contamination", "");
  assert_sorted (tree, "bottle/train", "bottle/train", "", "");
}

/* Beside a normal one, names that are no words are kinds of defects, under train as under test. */
static void
test_neighbours_tell_what_names_do_not (void)
{
  const char *const tree[] = {"chest/train/NORMAL",
                              "chest/train/PNEUMONIA",
                              "chest/test/NORMAL",
                              "chest/test/PNEUMONIA",
                              "casting/train/ok_front",
                              "casting/train/def_front",
                              "concrete/Positive",
                              "concrete/Negative",
                              "mri/yes",
                              "mri/no",
                              "bracket/test/good",
                              "bracket/test/not_good",
                              "bracket/test/ground_truth",
                              "alone/positive",
                              "asked/defect/yes",
                              "asked/defect/no",
                              "pets/train/cats",
                              "pets/train/dogs",
                              "Tile-Defect/MT_Free",
                              "Tile-Defect/MT_Blowhole",
                              "all-defects/good",
                              "classes/train/0",
                              "anomaly-detection/data",
                              NULL};
  assert_sorted (tree, "chest", "chest/test/NORMAL chest/train/NORMAL",
                 "chest/test/PNEUMONIA chest/train/PNEUMONIA", "");
  assert_sorted (tree, "chest/train/PNEUMONIA", "", "chest/train/PNEUMONIA", "");
  assert_sorted (tree, "casting", "casting/train/ok_front", "casting/train/def_front", "");
  assert_sorted (tree, "concrete", "concrete/Negative", "concrete/Positive", "");
  assert_sorted (tree, "concrete/Positive", "", "concrete/Positive", "");
  assert_sorted (tree, "mri/no", "mri/no", "", "");
  assert_sorted (tree, "bracket", "bracket/test/good", "bracket/test/not_good", "");
  assert_sorted (tree, "bracket/test/ground_truth", "", "", "bracket/test/ground_truth");
  assert_sorted (tree, "alone/positive", "", "", "alone/positive");
  assert_sorted (tree, "asked/defect/no", "asked/defect/no", "", "");
  assert_sorted (tree, "asked", "asked/defect/no", "asked/defect/yes", "");
  assert_sorted (tree, "pets/train/cats", "", "", "pets/train/cats");
  assert_sorted (tree, "pets/train", "pets/train", "", "");
  assert_sorted (tree, "classes/train/0", "classes/train/0", "", "");
  assert_sorted (tree, "Tile-Defect/MT_Free", "Tile-Defect/MT_Free", "", "");
  assert_sorted (tree, "Tile-Defect/MT_Blowhole", "", "Tile-Defect/MT_Blowhole", "");
  assert_sorted (tree, "all-defects", "", "", "all-defects");
  assert_sorted (tree, "anomaly-detection/data", "", "", "anomaly-detection/data");
}

/* Outside of test and train, a name that says nothing is a kind of defect only where it holds
 * images: others are notes and the like. */
static void
test_neighbours_without_images_are_none (void)
{
  g_autoptr (GBytes) png = make_grey_png (4, 4, 0);
  g_autofree char *root = make_folder ();
  g_autofree char *good = g_build_filename (root, "good", NULL);
  g_autofree char *rust = g_build_filename (root, "rust", NULL);
  g_autofree char *plans = g_build_filename (root, "plans", NULL);
  g_autofree char *picture = write_bytes (rust, "a.png", png);
  const char *const paths[] = {root, NULL};
  g_auto (GStrv) normal = NULL, anomaly = NULL, unsorted = NULL, unknown = NULL;
  g_mkdir (good, 0700);
  g_mkdir (plans, 0700);
  limen_sort_into_roles (paths, &normal, &anomaly, &unsorted, &unknown);
  g_assert_true (g_strv_equal ((const char *const *)normal, (const char *const[]){good, NULL}));
  g_assert_true (g_strv_equal ((const char *const *)anomaly, (const char *const[]){rust, NULL}));
  g_assert_cmpint (limen_role_from_path (picture), ==, LIMEN_ROLE_ANOMALY);
  g_assert_cmpint (limen_role_from_path (plans), ==, LIMEN_ROLE_UNKNOWN);
  remove_folder (root);
}

/* Parts for training and testing within each role: the role is that of the folder above. */
static void
test_parts_of_each_role (void)
{
  const char *const tree[] = {"a/good/train",
                              "a/good/test",
                              "a/broken/train",
                              "a/broken/test",
                              "b/x/defects/images/train",
                              "b/y/normal/images/train",
                              "Defects/train",
                              "Defects/test/good",
                              "Defects/test/dent",
                              "c/faulty/train/good",
                              "c/faulty/train/bad",
                              "c/faulty/val",
                              NULL};
  assert_sorted (tree, "a", "a/good", "a/broken", "");
  assert_sorted (tree, "a/broken", "", "a/broken", "");
  assert_sorted (tree, "a/broken/train", "", "", "a/broken/train");
  assert_sorted (tree, "a/good/train", "a/good/train", "", "");
  assert_sorted (tree, "b", "b/y/normal", "b/x/defects", "");
  assert_sorted (tree, "b/x/defects/images/train", "", "", "b/x/defects/images/train");
  assert_sorted (tree, "Defects", "Defects/test/good Defects/train", "Defects/test/dent", "");
  assert_sorted (tree, "c", "c/faulty/train/good", "c/faulty/train/bad", "");
}

/* A name that is no word beside a normal one is a kind of defect where its parts have images. */
static void
test_parts_of_neighbours (void)
{
  g_autoptr (GBytes) png = make_grey_png (4, 4, 0);
  g_autofree char *root = make_folder ();
  g_autofree char *normal_path = g_build_filename (root, "healthy", NULL);
  g_autofree char *mildew = g_build_filename (root, "mildew", NULL);
  g_autofree char *train = g_build_filename (mildew, "train", NULL);
  g_autofree char *trained = g_build_filename (normal_path, "train", NULL);
  const char *const paths[] = {root, NULL};
  g_auto (GStrv) normal = NULL, anomaly = NULL, unsorted = NULL, unknown = NULL;
  g_mkdir_with_parents (train, 0700);
  g_mkdir_with_parents (trained, 0700);
  g_free (write_bytes (train, "a.png", png));
  limen_sort_into_roles (paths, &normal, &anomaly, &unsorted, &unknown);
  g_assert_true (
      g_strv_equal ((const char *const *)normal, (const char *const[]){normal_path, NULL}));
  g_assert_true (g_strv_equal ((const char *const *)anomaly, (const char *const[]){mildew, NULL}));
  g_assert_cmpint (limen_role_from_path (train), ==, LIMEN_ROLE_UNKNOWN);
  g_assert_cmpint (limen_role_from_path (trained), ==, LIMEN_ROLE_NORMAL);
  remove_folder (root);
}

/* What nobody sorted is no kind of defect, wherever it stands. */
static void
test_unsorted_images (void)
{
  const char *const tree[] = {"set/test/good",
                              "set/test/dent",
                              "set/test/unsorted",
                              "two/normal",
                              "two/mixed",
                              "one/unlabelled/0",
                              NULL};
  assert_all_sorted (tree, "set", "set/test/good", "set/test/dent", "set/test/unsorted", "");
  assert_all_sorted (tree, "set/test/unsorted", "", "", "set/test/unsorted", "");
  assert_all_sorted (tree, "two", "two/normal", "", "two/mixed", "");
  assert_all_sorted (tree, "one/unlabelled", "", "", "one/unlabelled", "");
  assert_all_sorted (tree, "one", "", "", "", "one");
}

static void
test_unknown_names_beside_both_roles_are_no_defects (void)
{
  const char *const tree[] = {"set/test/good", "set/test/bad", "set/test/notes", NULL};
  assert_sorted (tree, "set", "set/test/good", "set/test/bad", "");
}

static void
test_a_role_within_the_other_wins (void)
{
  const char *const tree[] = {"train/good", "train/bad", NULL};
  assert_sorted (tree, "train", "train/good", "train/bad", "");
}

static void
test_several_drops_keep_their_order (void)
{
  const char *const paths[] = {"/x/bad/2", "/x/good/2", "/x/bad/1", "/x/y", "/x/good/1", NULL};
  g_auto (GStrv) normal = NULL, anomaly = NULL, unsorted = NULL, unknown = NULL;
  limen_sort_into_roles (paths, &normal, &anomaly, &unsorted, &unknown);
  g_assert_true (g_strv_equal ((const char *const *)normal,
                               (const char *const[]){"/x/good/2", "/x/good/1", NULL}));
  g_assert_true (g_strv_equal ((const char *const *)anomaly,
                               (const char *const[]){"/x/bad/2", "/x/bad/1", NULL}));
  g_assert_true (g_strv_equal ((const char *const *)unknown, (const char *const[]){"/x/y", NULL}));
}

static void
test_links_in_circles_end (void)
{
  g_autofree char *root = make_folder (), *good = g_build_filename (root, "good", NULL);
  g_autofree char *bad = g_build_filename (root, "bad", NULL);
  g_autofree char *loop = g_build_filename (good, "loop", NULL);
  const char *const paths[] = {root, NULL};
  g_auto (GStrv) normal = NULL, anomaly = NULL, unsorted = NULL, unknown = NULL;
  g_mkdir (good, 0700);
  g_mkdir (bad, 0700);
  g_assert_cmpint (symlink ("..", loop), ==, 0);
  limen_sort_into_roles (paths, &normal, &anomaly, &unsorted, &unknown);
  g_assert_cmpuint (g_strv_length (normal), ==, 1);
  g_assert_cmpstr (normal[0], ==, good);
  g_assert_cmpuint (g_strv_length (anomaly), ==, 1);
  g_assert_cmpstr (anomaly[0], ==, bad);
  remove_folder (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roles/names", test_names_of_roles);
  g_test_add_func ("/roles/a-folder-of-both-is-split", test_a_folder_of_both_roles_is_split);
  g_test_add_func ("/roles/found-at-any-depth", test_roles_are_found_at_any_depth);
  g_test_add_func ("/roles/a-folder-of-one-stays-whole", test_a_folder_of_one_role_stays_whole);
  g_test_add_func ("/roles/mvtec", test_mvtec);
  g_test_add_func ("/roles/neighbours-tell", test_neighbours_tell_what_names_do_not);
  g_test_add_func ("/roles/neighbours-without-images", test_neighbours_without_images_are_none);
  g_test_add_func ("/roles/parts-of-each-role", test_parts_of_each_role);
  g_test_add_func ("/roles/parts-of-neighbours", test_parts_of_neighbours);
  g_test_add_func ("/roles/unsorted", test_unsorted_images);
  g_test_add_func ("/roles/unknown-names-beside-both-are-no-defects",
                   test_unknown_names_beside_both_roles_are_no_defects);
  g_test_add_func ("/roles/a-role-within-the-other-wins", test_a_role_within_the_other_wins);
  g_test_add_func ("/roles/several-drops-keep-their-order", test_several_drops_keep_their_order);
  g_test_add_func ("/roles/links-in-circles-end", test_links_in_circles_end);
  return g_test_run ();
}
