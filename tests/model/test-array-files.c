/* Arrays in files: the images are those that the array has in memory, and what stands below the
 * name of a set is the line of its array. */
#include "model/array-cases.h"

static char *
write_npy (const char *folder, const char *name, const Case *c)
{
  g_autofree guchar *data = g_malloc (MOST * 8);
  gsize size = fill (c, data);
  GString *shape = g_string_new (NULL);
  for (guint i = 0; i < layouts[c->layout].n_dims; i++)
    g_string_append_printf (shape, "%u, ", layouts[c->layout].dims[i]);
  g_autofree char *header = g_strdup_printf (
      "{'descr': '%c%s', 'fortran_order': %s, 'shape': (%s), }\n", c->big ? '>' : '<',
      types[c->type].descr, c->fortran ? "True" : "False", shape->str);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  guint length = (guint)strlen (header);
  const guchar start[10] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (guchar)length, 0};
  g_byte_array_append (file, start, 10);
  g_byte_array_append (file, (const guchar *)header, length);
  g_byte_array_append (file, data, (guint)size);
  g_string_free (shape, TRUE);
  return write_file (folder, name, file->data, file->len);
}

/* What stands below the name of a set is the line of its array, and how many notes there are. */
static void
check_told (const LimenImageSet *set)
{
  const LimenReadAs *read_as = limen_image_set_read_as (set, 0);
  g_autofree char *line = limen_read_as_line (read_as), *told = limen_image_set_reading (set);
  g_auto (GStrv) notes = limen_read_as_notes (read_as), all = limen_image_set_read_notes (set);
  guint n = g_strv_length (notes);
  g_autofree char *expected = n == 0   ? g_strdup (line)
                              : n == 1 ? g_strconcat (line, " · 1 note", NULL)
                                       : g_strdup_printf ("%s · %u notes", line, n);
  g_assert_cmpstr (told, ==, expected);
  g_assert_true (g_strv_equal ((const char *const *)notes, (const char *const *)all));
}

/* A file is read in pieces, or whole where its order asks for that: the images are the same. */
static void
test_files_are_read_as_memory_is (void)
{
  g_autofree char *folder = make_folder ();
  const guint some[] = {1, 4, 9, 10, 11};
  for (guint l = 0; l < G_N_ELEMENTS (layouts); l++)
    for (guint k = 0; k < G_N_ELEMENTS (some) * 2; k++) {
      Case c = {some[k / 2], l, k / 2 < 1 ? BYTES : UNIT, k & 1, k & 1};
      g_autofree char *path = write_npy (folder, "some.npy", &c);
      const char *const paths[] = {path, NULL};
      const LimenImageSetOptions options = {.width = SIDE, .height = SIDE};
      g_autoptr (GError) error = NULL;
      g_autoptr (LimenImageSet) set = limen_image_set_load (paths, &options, NULL, NULL, &error);
      g_autofree float *row = g_new (float, PIXELS);
      g_assert_no_error (error);
      g_assert_cmpuint (limen_image_set_n_images (set), ==, N);
      g_assert_cmpuint (limen_image_set_n_read_as (set), ==, 1);
      check_told (set);
      for (guint i = 0; i < N; i++) {
        limen_image_set_copy_rows (set, i, 1, row);
        for (guint p = 0; p < PIXELS; p++)
          g_assert_cmpfloat_with_epsilon ((double)row[p], expected (&c, i, p / SIDE, p % SIDE),
                                          3e-3);
      }
    }
  remove_folder (folder);
}

static LimenImageSet *
load_at (const char *folder, const char *name, const LimenImageSetOptions *options, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const char *const paths[] = {path, NULL};
  return limen_image_set_load (paths, options, NULL, NULL, error);
}

static GBytes *
file_bytes (const char *folder, const char *name, const Case *c)
{
  g_autofree char *path = write_npy (folder, name, c);
  char *content;
  gsize size;
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  return g_bytes_new_take (content, size);
}

static void
test_arrays_of_an_npz_are_named (void)
{
  g_autofree char *folder = make_folder ();
  const Case plain = {1, 3, BYTES, FALSE, FALSE}, colour = {1, 7, BYTES, FALSE, FALSE};
  g_autoptr (GBytes) a = file_bytes (folder, "a", &plain), b = file_bytes (folder, "b", &colour);
  const Member members[] = {
      {"y_train.npy", a}, {"x_train.npy", a}, {"x_test.npy", b}, {"more:x.npy", a}, {NULL}};
  g_autoptr (GBytes) packed = make_archive ("zip", "none", members);
  g_free (write_bytes (folder, "some.npz", packed));
  const struct {
    const char *name;
    gboolean trains;
    const char *line, *note;
  } cases[] = {
      {"some.npz", FALSE, "x_test read as 0–255, 28 × 28, grey from RGB",
       "Of its 3 arrays of images x_test was taken; the others are named some.npz:x_train, "
       "some.npz:more:x."},
      {"some.npz", TRUE, "x_train read as 0–255, 28 × 28",
       "Of its 3 arrays of images x_train was taken; the others are named some.npz:x_test, "
       "some.npz:more:x."},
      {"some.npz:x_train", FALSE, "x_train read as 0–255, 28 × 28", NULL},
      {"some.npz:x_train.npy", FALSE, "x_train read as 0–255, 28 × 28", NULL},
      {"some.npz:y_train", FALSE, "y_train read as 0–255, 28 × 28", NULL},
      {"some.npz:more:x", FALSE, "more:x read as 0–255, 28 × 28", NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const LimenImageSetOptions options = {.prefers_training = cases[i].trains};
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenImageSet) set = load_at (folder, cases[i].name, &options, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (limen_image_set_n_read_as (set), ==, 1);
    g_autofree char *line = limen_read_as_line (limen_image_set_read_as (set, 0));
    g_auto (GStrv) notes = limen_read_as_notes (limen_image_set_read_as (set, 0));
    g_assert_cmpstr (line, ==, cases[i].line);
    g_assert_cmpstr (notes[0], ==, cases[i].note);
  }
  g_autoptr (GError) error = NULL;
  g_assert_null (load_at (folder, "some.npz:z", NULL, &error));
  assert_sentence (error, "some.npz");
  g_assert_nonnull (strstr (error->message, "x_train, x_test, more:x"));
  g_free (write_npy (folder, "some.npz:x_test", &plain)); /* a file of that name comes first */
  g_autoptr (LimenImageSet) file = load_at (folder, "some.npz:x_test", NULL, NULL);
  g_autofree char *line = limen_read_as_line (limen_image_set_read_as (file, 0));
  g_assert_cmpstr (line, ==, "read as 0–255, 28 × 28");
  remove_folder (folder);
}

static void
test_labels_are_known_by_name (void)
{
  const struct {
    const char *name;
    gboolean expected;
  } cases[] = {
      {"y", TRUE},
      {"y_train", TRUE},
      {"Y_TEST.npy", TRUE},
      {"train_labels", TRUE},
      {"labels.npy", TRUE},
      {"targets", TRUE},
      {"x_train", FALSE},
      {"yard", FALSE},
      {"label_images", FALSE},
      {"train_images", FALSE},
      {"arr_0", FALSE},
      {"a/y.npy", TRUE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (limen_is_named_like_labels (cases[i].name), ==, cases[i].expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/array/files-are-read-as-memory-is", test_files_are_read_as_memory_is);
  g_test_add_func ("/array/arrays-of-an-npz-are-named", test_arrays_of_an_npz_are_named);
  g_test_add_func ("/array/labels-are-known-by-name", test_labels_are_known_by_name);
  return g_test_run ();
}
