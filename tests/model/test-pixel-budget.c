/* Small files that unpack to much, one after the other, end at a stated limit. */
#include "model/data/image-file.h"
#include "model/data/image-set.h"
#include "model/data-files.h"

#define N_LARGE 31 /* of 64 million pixels that fit in the limit's 2,000 million */

/* A picture that announces 64 million pixels and is cut off behind that: what counts is what is
 * announced, before rows are made of it. */
static GBytes *
make_large (void)
{
  static const char header[] = "P5\n8000 8000\n255\n";
  return g_bytes_new_static (header, sizeof header - 1);
}

/* A small picture, @n large ones, and another small one, in the order of their names */
typedef struct {
  guint n;
  Member members[N_LARGE + 5];
} Pictures;

static Pictures
pictures_new (guint n_large)
{
  Pictures pictures = {.n = n_large + 2};
  for (guint i = 0; i < pictures.n; i++) {
    gboolean small = i == 0 || i == pictures.n - 1;
    pictures.members[i] = (Member){g_strdup_printf ("%03u.%s", i, small ? "png" : "pgm"),
                                   small ? make_grey_png (8, 8, (guchar)i) : make_large ()};
  }
  return pictures;
}

static void
pictures_clear (Pictures *pictures)
{
  for (guint i = 0; i < pictures->n; i++) {
    g_free ((char *)pictures->members[i].name);
    g_bytes_unref (pictures->members[i].bytes);
  }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pictures, pictures_clear)

/* How many images are read of @paths; @over: whether the last that is told is the limit, and names
 * the picture @at */
static void
assert_read (const char *const *paths, guint n_images, gboolean over, const char *at)
{
  g_autoptr (GPtrArray) problems = limen_problems_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenImageSet) set = limen_image_set_load (paths, NULL, problems, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (limen_image_set_n_images (set), ==, n_images);
  guint told = 0;
  for (guint i = 0; i < problems->len; i++) {
    const LimenProblem *problem = problems->pdata[i];
    gboolean is_limit = strstr (problem->message, "million pixels that Limen reads") != NULL;
    told += is_limit;
    if (is_limit && !strstr (problem->message, at))
      g_error ("“%s” does not name %s", problem->message, at);
  }
  g_assert_cmpuint (told, ==, over);
}

static void
test_archive (void)
{
  for (guint more = 0; more < 3; more++) {
    g_auto (Pictures) pictures = pictures_new (N_LARGE + more);
    g_autofree char *folder = make_folder ();
    g_autoptr (GBytes) zip = make_archive ("zip", "none", pictures.members);
    g_autofree char *path = write_bytes (folder, "all.zip", zip);
    const char *const paths[] = {path, NULL};
    assert_read (paths, more > 0 ? 1 : 2, more > 0, "all.zip: 032.pgm and what follows");
    remove_folder (folder);
  }
}

static void
write_all (const char *folder, const Pictures *pictures, char **paths)
{
  for (guint i = 0; i < pictures->n; i++)
    paths[i] = write_bytes (folder, pictures->members[i].name, pictures->members[i].bytes);
}

static void
test_folder (void)
{
  for (guint more = 0; more < 2; more++) {
    g_auto (Pictures) pictures = pictures_new (N_LARGE + more);
    g_autofree char *folder = make_folder ();
    g_auto (GStrv) files = g_new0 (char *, N_LARGE + 6);
    write_all (folder, &pictures, files);
    const char *const paths[] = {folder, NULL};
    assert_read (paths, more > 0 ? 1 : 2, more > 0, "032.pgm and what follows");
    remove_folder (folder);
  }
}

/* Files that were chosen together: what still fits is read. */
static void
test_files (void)
{
  g_auto (Pictures) pictures = pictures_new (N_LARGE + 1);
  g_autofree char *folder = make_folder ();
  g_auto (GStrv) files = g_new0 (char *, N_LARGE + 6);
  write_all (folder, &pictures, files);
  assert_read ((const char *const *)files, 2, TRUE, "032.pgm");
  remove_folder (folder);
}

/* The next archive has a limit of its own. */
static void
test_archives_beside_each_other (void)
{
  g_auto (Pictures) pictures = pictures_new (N_LARGE);
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) zip = make_archive ("zip", "none", pictures.members);
  g_autofree char *a = write_bytes (folder, "a.zip", zip), *b = write_bytes (folder, "b.zip", zip);
  const char *const paths[] = {a, b, NULL};
  assert_read (paths, 4, FALSE, "");
  remove_folder (folder);
}

/* Nothing else in it: then it is the reason. */
static void
test_nothing_else (void)
{
  g_auto (Pictures) pictures = pictures_new (N_LARGE + 1);
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) zip = make_archive ("zip", "none", pictures.members + 1);
  g_autofree char *path = write_bytes (folder, "all.zip", zip);
  const char *const paths[] = {path, NULL};
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_image_set_load (paths, NULL, NULL, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_UNSAFE);
  assert_sentence (error, "all.zip: 032.pgm");
  assert_sentence (error, "million pixels that Limen reads");
  remove_folder (folder);
}

/* Files on disk pay for what is in them: photographs of any number are read. */
static void
test_bytes_pay (void)
{
  g_autofree char *folder = make_folder (), *data = g_malloc0 (1 << 20);
  g_autofree char *path = write_file (folder, "a.bin", data, 1 << 20);
  LimenPixelBudget budget = {0};
  g_autoptr (GError) error = NULL;
  limen_pixel_budget_add_file (&budget, path);
  guint64 more = (guint64)LIMEN_BUDGET_PER_BYTE << 20;
  g_assert_true (limen_pixel_budget_take (&budget, LIMEN_BUDGET_LEAST, "a", &error));
  g_assert_false (limen_pixel_budget_take (&budget, more + 1, "a", &error));
  assert_sentence (error, "2536 million pixels");
  g_assert_true (limen_pixel_budget_take (&budget, more, "a", NULL));
  g_assert_false (limen_pixel_budget_take (&budget, 1, "a", NULL));
  remove_folder (folder);
}

/* Beside each other, pictures are refused as soon as they announce too much, before any row. */
static void
test_a_picture_is_refused_before_its_rows (void)
{
  g_autoptr (GBytes) bytes = make_large ();
  LimenPixelBudget budget = {.used = LIMEN_BUDGET_LEAST - 64000000};
  LimenPixelCharge first = {.budget = &budget}, second = {.budget = &budget};
  g_autoptr (GError) fits = NULL, over = NULL;
  limen_pixel_budget_begin (&budget);
  g_assert_null (limen_image_decode_within (bytes, "a.pgm", NULL, &first, NULL, &fits));
  g_assert_error (fits, LIMEN_ERROR, LIMEN_ERROR_DAMAGED);
  g_assert_null (limen_image_decode_within (bytes, "b.pgm", NULL, &second, NULL, &over));
  g_assert_error (over, LIMEN_ERROR, LIMEN_ERROR_UNSAFE);
  g_assert_false (first.refused);
  g_assert_true (second.refused);
  g_assert_cmpuint (second.n_pixels, ==, 64000000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pixel-budget/archive", test_archive);
  g_test_add_func ("/pixel-budget/folder", test_folder);
  g_test_add_func ("/pixel-budget/files", test_files);
  g_test_add_func ("/pixel-budget/archives", test_archives_beside_each_other);
  g_test_add_func ("/pixel-budget/nothing-else", test_nothing_else);
  g_test_add_func ("/pixel-budget/bytes-pay", test_bytes_pay);
  g_test_add_func ("/pixel-budget/before-rows", test_a_picture_is_refused_before_its_rows);
  return g_test_run ();
}
