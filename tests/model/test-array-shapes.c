/* Shapes that people have and that may be meant in several ways, beside those of test-array.c. */
#include "model/data/array.h"
#include "model/data-files.h"

static const guint8 *numbers;

static LimenImages *
load (const char *name, guint n_dims, const guint *dims, const char *layout, GError **error)
{
  LimenImageSetOptions options = {0};
  LimenArray array = {.data = numbers, .fd = -1, .type = LIMEN_NUMBER_U8, .n_dims = n_dims};
  for (guint i = 0; i < n_dims; i++)
    array.dims[i] = dims[i];
  g_assert_true (limen_array_n_bytes (&array, &array.size));
  if (layout)
    g_assert_true (limen_reading_set_layout (&options.reading, layout, NULL));
  return limen_array_to_images (&array, name, &options, NULL, error);
}

/* Numbers beside the pixels of rows or columns: never one picture, unasked. */
static void
test_numbers_beside_pixels_are_asked_for (void)
{
  const struct {
    guint dims[2];
    const char *says, *layout;
    guint n, width;
  } cases[] = {
      {{50, 786}, "rows of 784 pixels and 2 other numbers", "one", 1, 786},
      {{50, 787}, "rows of 784 pixels and 3 other numbers", "one", 1, 787},
      {{50, 794}, "rows of 784 pixels and 10 other numbers", "one", 1, 794},
      {{50, 795}, "rows of 784 pixels and 11 other numbers", "one", 1, 795},
      {{50, 831}, "rows of 784 pixels and 47 other numbers", "one", 1, 831},
      {{50, 1026}, "rows of 1024 pixels and 2 other numbers", "one", 1, 1026},
      {{50, 3082}, "rows of 3072 pixels and 10 other numbers", "one", 1, 3082},
      {{786, 50}, "columns of 784 pixels and 2 other numbers", "one", 1, 50},
      {{786, 49}, "columns of 784 pixels and 2 other numbers", "rows", 786, 7},
      {{785, 49}, "785 images of 7 × 7 (layout rows)", "columns,label-last", 49, 28},
      {{1025, 64}, "64 images of 32 × 32 (layout columns,label", "columns,label-first", 64, 32},
      {{1024, 64}, "64 images of 32 × 32 (layout columns)", "columns", 64, 32},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("(%u, %u)", cases[i].dims[0], cases[i].dims[1]);
    g_assert_null (load ("some.npy", 2, cases[i].dims, NULL, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
    assert_sentence (error, "some.npy");
    g_assert_nonnull (strstr (error->message, cases[i].says));
    g_clear_error (&error);
    g_autoptr (LimenImages) images = load ("some.npy", 2, cases[i].dims, cases[i].layout, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (images->n, ==, cases[i].n);
    g_assert_cmpuint (images->width, ==, cases[i].width);
  }
}

/* @note: NULL: none speaks of the layout */
static void
test_pictures_whose_rows_may_be_images_are_noted (void)
{
  const struct {
    guint dims[2], n;
    const char *note;
  } cases[] = {
      {{64, 64}, 1, "each of its 64 rows is an image of 8 × 8, choose the layout rows."},
      {{784, 784}, 1, "each of its 784 rows is an image of 28 × 28, choose the layout rows."},
      {{256, 256}, 1, "each of its 256 rows is an image of 16 × 16, choose"},
      {{6, 65},
       1,
       "each of its 6 rows is an image of 8 × 8 and a label, choose the layout rows,label"},
      {{60, 70}, 1, NULL},
      {{4, 99}, 1, "All of (4, 99) was taken for one picture, though few have such sides;"},
      {{9, 70}, 1, "All of (9, 70) was taken for one picture"},
      {{200, 15}, 1, "All of (200, 15) was taken for one picture"},
      {{1024, 784}, 1024, NULL},
      {{4097, 1024}, 4097, NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenImages) images = load ("some.npy", 2, cases[i].dims, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (images->n, ==, cases[i].n);
    g_auto (GStrv) notes = limen_read_as_notes (images->read_as);
    g_autofree char *all = g_strjoinv ("\n", notes);
    g_test_message ("%s", all);
    g_assert_true (cases[i].note ? strstr (all, cases[i].note) != NULL : !strstr (all, "taken"));
  }
}

/* One row of numbers, and a number alone; @layout: what reads it */
static void
test_a_row_may_be_one_image (void)
{
  const struct {
    guint n_dims, dims[1];
    const char *name, *says, *layout;
  } cases[] = {
      {1, {784}, "one.npy", "uint8 (784): labels, or 1 image of 28 × 28 (layout rows);", "rows"},
      {1, {64}, "one.npy", "labels, or 1 image of 8 × 8 (layout rows);", "rows"},
      {1,
       {785},
       "one.npy",
       "labels, or 1 image of 28 × 28 (layout rows,label-first)",
       "rows,label-first"},
      {1,
       {3072},
       "one.npy",
       "32 × 32 in colour (layout rows,channels-first)",
       "channels-last,rows"},
      {1, {101}, "one.npy", "holds labels, not images: it is one row of numbers", NULL},
      {1, {783}, "one.npy", "holds labels, not images: it is one row of numbers", NULL},
      {1, {49}, "one.npy", "holds labels, not images: it is one row of numbers", NULL},
      {1, {784}, "a/y_test.npy", "holds labels, not images: it is one row of numbers", NULL},
      {0, {0}, "one.npy", "holds no images: it is a single number, uint8 ();", NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (load (cases[i].name, cases[i].n_dims, cases[i].dims, NULL, &error));
    g_test_message ("%s", error->message);
    int code = cases[i].layout ? LIMEN_ERROR_MISMATCH : LIMEN_ERROR_FORMAT;
    g_assert_error (error, LIMEN_ERROR, code);
    assert_sentence (error, cases[i].name);
    g_assert_nonnull (strstr (error->message, cases[i].says));
    if (!cases[i].layout)
      continue;
    g_clear_error (&error);
    g_autoptr (LimenImages) images =
        load (cases[i].name, cases[i].n_dims, cases[i].dims, cases[i].layout, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (images->n, ==, 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree guint8 *data = g_malloc (4097 * 1024);
  for (gsize i = 0; i < 4097 * 1024; i++)
    data[i] = (guint8)(64 + i * 7 % 191); /* no labels */
  numbers = data;
  g_test_add_func ("/array-shapes/numbers-beside-pixels-are-asked-for",
                   test_numbers_beside_pixels_are_asked_for);
  g_test_add_func ("/array-shapes/pictures-whose-rows-may-be-images-are-noted",
                   test_pictures_whose_rows_may_be_images_are_noted);
  g_test_add_func ("/array-shapes/a-row-may-be-one-image", test_a_row_may_be_one_image);
  return g_test_run ();
}
