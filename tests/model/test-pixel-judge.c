/* Maps and masks judged together, and maps as files. */
#include "model/data-files.h"
#include "model/windows/map-file.h"
#include "model/windows/pixel-judge.h"

#include <math.h>

#define COLUMNS 5
#define ROWS    4

/* One value a pixel, so that a map is what is judged: windows of one pixel, if there were any */
static LimenWindowMap
map_of (float *value)
{
  return (LimenWindowMap){COLUMNS, ROWS, COLUMNS, ROWS, 0.5, 0.5, 1, 1, value};
}

static void
fill (float *value, double low, double high, guint first_high, guint n_high)
{
  for (guint i = 0; i < COLUMNS * ROWS; i++) {
    gboolean is_high = i >= first_high && i < first_high + n_high;
    value[i] = (float)((is_high ? high : low) + 0.001 * i);
  }
}

static char *
write_mask (const char *folder, const char *name, guint first, guint n)
{
  guchar pixels[COLUMNS * ROWS] = {0};
  for (guint i = first; i < first + n; i++)
    pixels[i] = 255;
  g_autoptr (GBytes) bytes =
      make_png (COLUMNS, ROWS, PNG_COLOR_TYPE_GRAY, 8, PNG_INTERLACE_NONE, NULL, pixels);
  return write_bytes (folder, name, bytes);
}

static void
keep (LimenPixelJudge *judge, float *value, const char *mask)
{
  const LimenWindowMap map = map_of (value);
  g_autoptr (GError) error = NULL;
  limen_pixel_judge_keep (judge, &map, mask, &error);
  g_assert_no_error (error);
}

/* Two defects, of which one is found, and a normal photo; a mask of another size does not count. */
static void
test_measures (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *one = write_mask (folder, "one.png", 5, 4);
  g_autofree char *two = write_mask (folder, "two.png", 0, 2);
  g_autoptr (GBytes) wrong = make_grey_png (2, 2, 9);
  g_autofree char *odd = write_bytes (folder, "odd.png", wrong);
  g_autoptr (LimenPixelJudge) judge = limen_pixel_judge_new ();
  g_autoptr (GPtrArray) problems = limen_problems_new ();
  g_autoptr (GError) error = NULL;
  float value[COLUMNS * ROWS];
  LimenPixelMeasures measures;
  guint n_masks;
  fill (value, 0, 5, 5, 4);
  keep (judge, value, one);
  fill (value, 0, -5, 0, 2);
  keep (judge, value, two);
  fill (value, 0, 0, 0, 0);
  keep (judge, value, NULL);
  fill (value, 9, 9, 0, 0);
  keep (judge, value, odd);
  g_assert_true (limen_pixel_judge_measures (judge, problems, &measures, &n_masks, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_masks, ==, 2);
  g_assert_cmpuint (measures.n_regions, ==, 2);
  g_assert_cmpuint (measures.n_defect, ==, 6);
  g_assert_cmpuint (measures.n_other, ==, 3 * COLUMNS * ROWS - 6);
  g_assert_cmpfloat_with_epsilon (measures.auroc, 4.0 / 6, 1e-12);
  g_assert_cmpfloat_with_epsilon (measures.aupro, 0.5, 1e-12);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (((LimenProblem *)problems->pdata[0])->message, "odd.png"));
  remove_folder (folder);
}

/* A mask that goes away between both rounds is an error, not a photo without defects. */
static void
remove_cb (double fraction, gpointer path)
{
  g_unlink (path);
}

static void
test_changes (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *mask = write_mask (folder, "one.png", 5, 4);
  g_autoptr (LimenPixelJudge) judge = limen_pixel_judge_new ();
  g_autoptr (GPtrArray) problems = limen_problems_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  float value[COLUMNS * ROWS];
  LimenPixelMeasures measures;
  guint n_masks;
  fill (value, 0, 5, 5, 4);
  keep (judge, value, mask);
  const LimenRun run = {.progress = remove_cb, .progress_data = mask};
  g_assert_false (limen_pixel_judge_measures (judge, problems, &measures, &n_masks, &run, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_false (limen_pixel_judge_measures (judge, problems, &measures, &n_masks,
                                              &(LimenRun){.cancellable = cancellable}, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  remove_folder (folder);
}

static void
assert_file_name (guint index, const char *name, const char *expected)
{
  g_autofree char *file = limen_window_map_file_name (index, name);
  g_assert_true (g_utf8_validate (file, -1, NULL));
  g_assert_null (strchr (file, '/'));
  g_assert_cmpuint (strlen (file), <=, 255);
  if (expected)
    g_assert_cmpstr (file, ==, expected);
}

static void
test_file_names (void)
{
  g_autofree char *lengthy = g_strnfill (4000, 'a'), *umlauts = g_strdup ("");
  for (guint i = 0; i < 300; i++) {
    char *longer = g_strconcat (umlauts, "ü", NULL);
    g_free (umlauts);
    umlauts = longer;
    assert_file_name (i, umlauts, NULL);
  }
  assert_file_name (17, "scratch/004.png", "000017-scratch-004.png.npy");
  assert_file_name (0, "../../etc/passwd", "000000-..-..-etc-passwd.npy");
  assert_file_name (0, "/", "000000--.npy");
  assert_file_name (0, "", "000000-.npy");
  assert_file_name (1234567, "a.zip: b\n\"c\"", "1234567-a.zip--b--c-.npy");
  assert_file_name (3, "Stück #4", "000003-Stück--4.npy");
  assert_file_name (3, "\xff\xfe", NULL);
  assert_file_name (3, lengthy, NULL);
}

static void
test_save (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "a.npy", NULL);
  g_autoptr (GError) error = NULL;
  float value[COLUMNS * ROWS];
  g_autofree char *data = NULL;
  gsize length;
  fill (value, 1, 2, 3, 4);
  const LimenWindowMap map = map_of (value);
  g_assert_true (limen_window_map_save_npy (&map, path, &error));
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_cmpmem (data + length - sizeof value, sizeof value, value, sizeof value);
  g_autofree char *nowhere = g_build_filename (folder, "no/where.npy", NULL);
  g_assert_false (limen_window_map_save_npy (&map, nowhere, &error));
  assert_sentence (error, "where.npy");
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pixel-judge/measures", test_measures);
  g_test_add_func ("/pixel-judge/changes", test_changes);
  g_test_add_func ("/pixel-judge/file-names", test_file_names);
  g_test_add_func ("/pixel-judge/save", test_save);
  return g_test_run ();
}
