/* Images of several sets in one, without copies; and where each of them is on the disk. */
#include "model/data/image-place.h"
#include "model/data-files.h"

#include <math.h>

#define SIDE 3

/* (n, SIDE, SIDE): every pixel of image i is @first + i */
static LimenImageSet *
set_of (const char *name, guint n, guint first)
{
  g_autofree guint8 *pixels = g_new (guint8, n * SIDE * SIDE);
  for (guint i = 0; i < n * SIDE * SIDE; i++)
    pixels[i] = (guint8)(first + i / (SIDE * SIDE));
  return limen_image_set_new_from_u8 (name, pixels, n, SIDE, SIDE);
}

static guint
grey_of (const LimenImageSet *set, guint index)
{
  float row[SIDE * SIDE];
  limen_image_set_copy_rows (set, index, 1, row);
  for (guint i = 1; i < SIDE * SIDE; i++)
    g_assert_cmpfloat (row[i], ==, row[0]);
  return (guint)lroundf (255 * row[0]);
}

static void
assert_image (const LimenImageSet *set, guint index, guint grey, const char *name)
{
  g_autofree char *own = limen_image_set_image_name (set, index);
  g_assert_cmpuint (grey_of (set, index), ==, grey);
  g_assert_cmpstr (own, ==, name);
}

/* -- runs -- */

static void
test_runs_keep_pixels_names_and_order (void)
{
  const char *const paths[] = {"a", NULL};
  LimenImageSet *a = set_of ("a", 6, 10), *b = set_of ("b", 4, 100);
  const LimenImageRun runs[] = {{a, 0, 2}, {a, 4, 2}, {b, 1, 2}};
  g_autoptr (LimenImageSet) set = limen_image_set_new_of_runs (a, NULL, paths, runs, 3);
  limen_image_set_unref (a); /* it keeps what it needs */
  limen_image_set_unref (b);
  g_assert_cmpuint (limen_image_set_n_images (set), ==, 6);
  g_assert_cmpstr (limen_image_set_name (set), ==, "a");
  g_assert_cmpstr (limen_image_set_paths (set)[0], ==, "a");
  assert_image (set, 0, 10, "a #0");
  assert_image (set, 1, 11, "a #1");
  assert_image (set, 2, 14, "a #4");
  assert_image (set, 3, 15, "a #5");
  assert_image (set, 4, 101, "b #1");
  assert_image (set, 5, 102, "b #2");
  g_assert_cmpfloat_with_epsilon (limen_image_set_mean (set),
                                  (10 + 11 + 14 + 15 + 101 + 102) / 6.0 / 255, 1e-12);
}

static void
test_runs_of_runs_and_their_negative (void)
{
  const char *const none[] = {NULL};
  g_autoptr (LimenImageSet) a = set_of ("a", 6, 10);
  const LimenImageRun all_but_one[] = {{a, 1, 5}};
  g_autoptr (LimenImageSet) five = limen_image_set_new_of_runs (a, "five", none, all_but_one, 1);
  const LimenImageRun last[] = {{five, 3, 2}, {five, 0, 1}};
  g_autoptr (LimenImageSet) three = limen_image_set_new_of_runs (five, NULL, none, last, 2);
  g_autoptr (LimenImageSet) negative = limen_image_set_inverted (three);
  g_assert_cmpstr (limen_image_set_name (three), ==, "five");
  assert_image (three, 0, 14, "a #4");
  assert_image (three, 1, 15, "a #5");
  assert_image (three, 2, 11, "a #1");
  assert_image (negative, 0, 255 - 14, "a #4");
  assert_image (negative, 2, 255 - 11, "a #1");
}

/* -- places -- */

static char *
write_pgm (const char *folder, const char *name, guint8 grey)
{
  char text[] = "P5 3 3 255\n         ";
  memset (text + 11, grey, 9);
  return write_file (folder, name, text, 20);
}

static void
assert_place (LimenImageSet *set, guint index, const char *path, gboolean is_own)
{
  g_auto (LimenImagePlace) place = limen_image_place (set, index);
  g_assert_cmpstr (place.path, ==, path);
  g_assert_true (!place.is_own == !is_own);
}

static LimenImageSet *
load (const char *one, const char *two)
{
  const char *const paths[] = {one, two, NULL};
  g_autoptr (GError) error = NULL;
  LimenImageSet *set = limen_image_set_load (paths, &(LimenImageSetOptions){0}, NULL, NULL, &error);
  g_assert_no_error (error);
  return set;
}

static void
test_files_of_folders_are_found (void)
{
  g_autofree char *folder = make_folder (), *one = g_build_filename (folder, "one", NULL);
  g_autofree char *two = g_build_filename (folder, "two", NULL);
  g_autofree char *a = write_pgm (one, "sub/a.pgm", 50), *b = write_pgm (one, "b.pgm", 60);
  g_autofree char *c = write_pgm (two, "b.pgm", 70);
  g_autoptr (LimenImageSet) set = load (one, two);
  g_assert_cmpuint (limen_image_set_n_images (set), ==, 3);
  for (guint i = 0; i < 3; i++) {
    guint grey = grey_of (set, i);
    assert_place (set, i, grey == 50 ? a : grey == 60 ? b : c, TRUE);
  }
  g_unlink (a);
  for (guint i = 0; i < 3; i++)
    if (grey_of (set, i) == 50)
      assert_place (set, i, NULL, FALSE);
  remove_folder (folder);
}

static void
test_a_file_and_an_array_and_memory (void)
{
  g_autofree char *folder = make_folder (), *file = write_pgm (folder, "a.pgm", 50);
  g_autofree guint8 *array = g_malloc0 (16 + 3 * 9);
  const guint8 header[16] = {0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 3};
  memcpy (array, header, 16);
  g_autofree char *idx = write_file (folder, "set-idx3-ubyte", array, 16 + 3 * 9);
  g_autoptr (LimenImageSet) set = load (file, idx);
  assert_place (set, 0, file, TRUE);
  assert_place (set, 2, idx, FALSE);
  g_autoptr (LimenImageSet) made = set_of ("made", 2, 1);
  assert_place (made, 1, NULL, FALSE);
  remove_folder (folder);
}

static void
test_a_png_holds_the_pixels (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (LimenImageSet) made = set_of ("made", 2, 77);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = limen_image_png (made, 1, &error);
  g_assert_no_error (error);
  g_autofree char *path = write_bytes (folder, "a.png", png);
  g_autoptr (LimenImageSet) read = load (path, NULL);
  g_assert_cmpuint (limen_image_set_width (read), ==, SIDE);
  assert_image (read, 0, 78, "a.png");
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/image-place/" #name, test_##name)
  ADD (runs_keep_pixels_names_and_order);
  ADD (runs_of_runs_and_their_negative);
  ADD (files_of_folders_are_found);
  ADD (a_file_and_an_array_and_memory);
  ADD (a_png_holds_the_pixels);
  return g_test_run ();
}
