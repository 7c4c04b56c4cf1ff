/* Masks of defects: found beside photos, read, and parted into regions. */
#include "model/data-files.h"
#include "model/windows/masks.h"

static void
write_picture (const char *folder, const char *name)
{
  g_autoptr (GBytes) bytes = make_grey_png (4, 3, 0);
  g_autofree char *path = write_bytes (folder, name, bytes);
}

static LimenPhotos *
load (const char *folder, const char *inside)
{
  g_autofree char *path = g_build_filename (folder, inside, NULL);
  const char *const paths[] = {path, NULL};
  g_autoptr (GError) error = NULL;
  LimenPhotos *photos = limen_photos_load (paths, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return photos;
}

/* Each layout with the photo, what is opened, and where its mask is (NULL: it is none of its own)
 */
static void
test_layouts (void)
{
  static const struct {
    const char *photo, *opened, *mask;
    gboolean is_found;
  } cases[] = {
      {"test/scratch/004.png", "test/scratch", "ground_truth/scratch/004_mask.png", TRUE},
      {"test/scratch/004.png", "test", "ground_truth/scratch/004_mask.png", TRUE},
      {"test/scratch/004.png", ".", "masks/scratch/004.png", TRUE},
      {"test/scratch/004.png", "test", "masks/test/scratch/004.png", TRUE},
      {"Images/Anomaly/004.png", "Images", "Masks/Anomaly/004.tif", TRUE},
      {"bad/004.png", "bad", "masks/bad/004.png", TRUE},
      {"bad/004.png", "bad", "masks/004.png", TRUE},
      {"bad/004.png", "bad", "bad/mask/004_mask.bmp", TRUE},
      {"bad/004.png", "bad", "ground_truth/bad/004.png", TRUE},
      {"test/scratch/004.png", "test", "ground_truth/hole/004_mask.png", FALSE},
      {"test/scratch/004.png", "test", "ground_truth/scratch/005_mask.png", FALSE},
      {"test/scratch/004.png", "test", "ground_truth/scratch/004_mask.txt", FALSE},
      {"test/scratch/004.png", "test", "masks/004.png", FALSE}, /* of any kind of defect */
      {"a/b/test/scratch/004.png", "a", "masks/scratch/004.png", FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *folder = make_folder ();
    write_picture (folder, cases[i].photo);
    g_autoptr (LimenPhotos) photos = load (folder, cases[i].opened);
    write_picture (folder, cases[i].mask);
    g_autoptr (GPtrArray) masks = limen_masks_find (photos, NULL);
    g_autofree char *expected = g_build_filename (folder, cases[i].mask, NULL);
    g_test_message ("%s for %s", cases[i].mask, cases[i].photo);
    g_assert_cmpuint (masks->len, ==, limen_photos_n (photos));
    g_assert_cmpstr (masks->pdata[0], ==, cases[i].is_found ? expected : NULL);
    remove_folder (folder);
  }
}

/* One mask for photos of two folders is of neither, and that is told. */
static void
test_shared (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GPtrArray) problems = limen_problems_new ();
  write_picture (folder, "test/hole/000.png");
  write_picture (folder, "test/scratch/000.png");
  write_picture (folder, "test/scratch/001.png");
  write_picture (folder, "test/masks/000.png");
  write_picture (folder, "test/masks/001.png");
  g_autofree char *hole = g_build_filename (folder, "test/hole", NULL);
  g_autofree char *scratch = g_build_filename (folder, "test/scratch", NULL);
  const char *const paths[] = {hole, scratch, NULL};
  g_autoptr (LimenPhotos) photos = limen_photos_load (paths, NULL, NULL, NULL, NULL);
  g_autoptr (GPtrArray) masks = limen_masks_find (photos, problems);
  g_assert_null (masks->pdata[0]);
  g_assert_null (masks->pdata[1]);
  g_assert_nonnull (masks->pdata[2]);
  g_assert_cmpuint (problems->len, ==, 1);
  const LimenProblem *problem = problems->pdata[0];
  g_assert_nonnull (strstr (problem->message, "000.png could be the mask of"));
  remove_folder (folder);
}

/* By corners, too; what only meets at the edges of the picture is apart. */
static void
test_regions (void)
{
  static const char drawn[] = "#..#."
                              ".#..#"
                              ".....";
  gboolean is_defect[15];
  for (guint i = 0; i < 15; i++)
    is_defect[i] = drawn[i] == '#';
  g_autoptr (LimenMask) mask = limen_mask_new (5, 3, is_defect);
  g_assert_cmpuint (mask->n_regions, ==, 2);
  static const guint32 expected[] = {1, 0, 0, 2, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 0};
  for (guint i = 0; i < 15; i++)
    g_assert_cmpuint (mask->region[i], ==, expected[i]);
}

/* Against a plain computation: labels spread until nothing changes. */
static void
test_random_regions (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  for (guint trial = 0; trial < 200; trial++) {
    guint width = (guint)g_rand_int_range (random, 1, 12);
    guint height = (guint)g_rand_int_range (random, 1, 12), n = width * height, n_labels = 0;
    gboolean is_defect[144], changed = TRUE;
    guint label[144] = {0};
    for (guint i = 0; i < n; i++) {
      is_defect[i] = g_rand_double (random) < 0.4;
      label[i] = is_defect[i] ? i + 1 : 0;
    }
    while (changed) {
      changed = FALSE;
      for (guint i = 0; i < n; i++)
        for (guint k = 0; k < n; k++) {
          int dx = (int)(i % width) - (int)(k % width), dy = (int)(i / width) - (int)(k / width);
          if (ABS (dx) <= 1 && ABS (dy) <= 1 && label[i] && label[k] && label[k] < label[i]) {
            label[i] = label[k];
            changed = TRUE;
          }
        }
    }
    for (guint i = 0; i < n; i++)
      n_labels += label[i] == i + 1;
    g_autoptr (LimenMask) mask = limen_mask_new (width, height, is_defect);
    g_assert_cmpuint (mask->n_regions, ==, n_labels);
    for (guint i = 0; i < n; i++)
      for (guint k = 0; k < n; k++)
        g_assert_true ((label[i] == label[k]) == (mask->region[i] == mask->region[k]));
  }
}

static guint
count_of (const LimenMask *mask)
{
  guint n = 0;
  for (guint i = 0; i < mask->width * mask->height; i++)
    n += mask->region[i] > 0;
  return n;
}

/* Classes of defects are numbered from 1 on; of many greys only what is bright counts. */
static void
test_values (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GError) error = NULL;
  guchar classes[32] = {0, 1, 2, 255}, greys[32];
  for (guint i = 0; i < 32; i++)
    greys[i] = (guchar)(i * 8);
  g_autoptr (GBytes) few =
      make_png (8, 4, PNG_COLOR_TYPE_GRAY, 8, PNG_INTERLACE_NONE, NULL, classes);
  g_autoptr (GBytes) many =
      make_png (8, 4, PNG_COLOR_TYPE_GRAY, 8, PNG_INTERLACE_NONE, NULL, greys);
  g_autofree char *a = write_bytes (folder, "few.png", few);
  g_autofree char *b = write_bytes (folder, "many.png", many);
  g_autoptr (LimenMask) first = limen_mask_load (a, 8, 4, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (LimenMask) second = limen_mask_load (b, 8, 4, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_of (first), ==, 3);
  g_assert_cmpuint (count_of (second), ==, 16); /* 124 is half of 248 */
  g_assert_null (limen_mask_load (b, 4, 8, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  assert_sentence (error, "many.png");
  remove_folder (folder);
}

static void
test_broken (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) bytes = make_grey_png (8, 4, 0);
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  for (gsize n = 0; n < size; n += 3) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = write_file (folder, "cut.png", data, n);
    g_assert_null (limen_mask_load (path, 8, 4, NULL, &error));
    assert_sentence (error, "cut.png");
  }
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/masks/layouts", test_layouts);
  g_test_add_func ("/masks/shared", test_shared);
  g_test_add_func ("/masks/regions", test_regions);
  g_test_add_func ("/masks/random-regions", test_random_regions);
  g_test_add_func ("/masks/values", test_values);
  g_test_add_func ("/masks/broken", test_broken);
  return g_test_run ();
}
