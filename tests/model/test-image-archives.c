#include "model/data/archive.h"
#include "model/data/file-kind.h"
#include "model/data/image-set.h"
#include "model/make-tiff.h"

typedef struct {
  LimenImageSet *set;
  GPtrArray *problems;
  GError *error;
} Result;

static void
result_clear (Result *result)
{
  g_clear_pointer (&result->set, limen_image_set_unref);
  g_clear_pointer (&result->problems, g_ptr_array_unref);
  g_clear_error (&result->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

static Result
load (const char *path)
{
  const char *const paths[] = {path, NULL};
  Result result = {.problems = limen_problems_new ()};
  result.set = limen_image_set_load (paths, NULL, result.problems, NULL, &result.error);
  g_assert_true (!result.set == !!result.error);
  return result;
}

static Result
load_bytes (const char *folder, const char *name, GBytes *bytes)
{
  g_autofree char *path = write_bytes (folder, name, bytes);
  return load (path);
}

static void
assert_name (const LimenImageSet *set, guint index, const char *expected)
{
  g_autofree char *name = limen_image_set_image_name (set, index);
  g_assert_cmpstr (name, ==, expected);
}

static void
assert_first_problem (const GPtrArray *problems, const char *words)
{
  g_assert_cmpuint (problems->len, ==, 1);
  const LimenProblem *problem = problems->pdata[0];
  if (!strstr (problem->message, words))
    g_error ("%s does not say: %s", problem->message, words);
}

/* A zip whose only member is "name.png", then changed by hand in both of its headers: all @n bytes
 * of @name over "name", @flags and @method added. */
static GBytes *
make_odd_zip (GBytes *content, const char *name, guint flags, guint method)
{
  const Member members[] = {{"name.png", content}, {NULL}};
  g_autoptr (GBytes) zip = make_archive ("zip", "none", members);
  gsize size;
  guchar *data = g_memdup2 (g_bytes_get_data (zip, &size), g_bytes_get_size (zip));
  size = g_bytes_get_size (zip);
  for (gsize i = 0; i + 46 < size; i++) {
    gboolean is_local = memcmp (data + i, "PK\3\4", 4) == 0;
    gboolean is_central = memcmp (data + i, "PK\1\2", 4) == 0;
    guchar *fields = data + i + (is_local ? 6 : 8), *at = data + i + (is_local ? 30 : 46);
    if (!is_local && !is_central)
      continue;
    fields[0] |= flags & 0xff;
    fields[1] |= flags >> 8;
    if (method)
      fields[2] = (guchar)method;
    memcpy (at, name, strlen (name));
  }
  return g_bytes_new_take (data, size);
}

/* Names, in a program without a locale */
static void
test_names_of_any_characters (void)
{
  static const struct {
    const char *name;
    guint flags;
    const char *expected;
  } cases[] = {
      {"gr\xc3\xb6", 0x800, "a.zip: grö.png"}, /* UTF-8, and said to be */
      {"gr\xc3\xb6", 0, "a.zip: grö.png"},
      {"gr\x94n", 0, "a.zip: grön.png"}, /* DOS */
      {"name", 0, "a.zip: name.png"},
  };
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) png = make_grey_png (2, 2, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) zip = make_odd_zip (png, cases[i].name, cases[i].flags, 0);
    g_auto (Result) result = load_bytes (folder, "a.zip", zip);
    g_assert_no_error (result.error);
    assert_name (result.set, 0, cases[i].expected);
    g_assert_cmpuint (result.problems->len, ==, 0);
  }
  remove_folder (folder);
}

static void
test_what_is_hidden_in_archives (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) png = make_grey_png (2, 2, 0);
  const Member members[] = {
      {"./a.png", png},          {"./b/./c.png", png},  {"../d.png", png},
      {"./.e.png", png},         {"./.git/f.png", png}, {"__MACOSX/g.png", png},
      {"x/__MACOSX/h.png", png}, {"x/..png", png},      {NULL}};
  g_autoptr (GBytes) tar = make_archive ("ustar", "none", members);
  g_auto (Result) result = load_bytes (folder, "a.tar", tar);
  g_assert_no_error (result.error);
  g_assert_cmpuint (limen_image_set_n_images (result.set), ==, 3);
  assert_name (result.set, 0, "a.tar: a.png");
  assert_name (result.set, 1, "a.tar: b/./c.png");
  assert_name (result.set, 2, "a.tar: ../d.png");
  remove_folder (folder);
}

/* As EMNIST's zip: gzipped IDX files beside others */
static void
test_gzip_inside_zip (void)
{
  static const guchar idx[] = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20, 30, 40};
  static const guchar labels[] = {0, 0, 8, 1, 0, 0, 0, 2, 7, 7};
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) png = make_grey_png (2, 1, 50), text = g_bytes_new_static ("0 48\n", 5);
  g_autoptr (GBytes) gz_idx = gzip_bytes (idx, sizeof idx);
  g_autoptr (GBytes) gz_labels = gzip_bytes (labels, sizeof labels);
  g_autoptr (GBytes) gz_png = gzip_bytes (g_bytes_get_data (png, NULL), g_bytes_get_size (png));
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (gz_idx, 0, g_bytes_get_size (gz_idx) - 9);
  const Member members[] = {{"gzip/images.gz", gz_idx}, {"gzip/labels.gz", gz_labels},
                            {"mapping.txt", text},      {"picture.png.gz", gz_png},
                            {"cut.gz", half},           {NULL}};
  g_autoptr (GBytes) zip = make_archive ("zip", "none", members);
  g_auto (Result) result = load_bytes (folder, "a.zip", zip);
  float pixels[6];
  const float expected[6] = {10, 20, 30, 40, 50, 51};
  g_assert_no_error (result.error);
  g_assert_cmpuint (limen_image_set_n_images (result.set), ==, 3);
  assert_name (result.set, 1, "a.zip: gzip/images.gz #1");
  assert_name (result.set, 2, "a.zip: picture.png.gz");
  limen_image_set_copy_rows (result.set, 0, 3, pixels);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat (pixels[i], ==, expected[i] / 255.0f);
  g_assert_cmpuint (result.problems->len, ==, 2); /* the cut one; labels and text */
  remove_folder (folder);
}

/* True reasons */

static void
test_encrypted_members_are_told (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) png = make_grey_png (2, 2, 0);
  g_autoptr (GBytes) zip = make_odd_zip (png, "name", 1, 0);
  g_auto (Result) all = load_bytes (folder, "a.zip", zip);
  g_assert_error (all.error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
  g_assert_nonnull (strstr (all.error->message, "is encrypted; unpack it with its password"));
  g_assert_cmpuint (all.problems->len, ==, 0);
  g_free (write_bytes (folder, "b.png", png));
  g_auto (Result) some = load (folder);
  g_assert_no_error (some.error);
  assert_first_problem (some.problems, "1 file in ");
  assert_first_problem (some.problems,
                        "is encrypted and was left out: a.zip: name.png; unpack the archive");
  remove_folder (folder);
}

static void
test_rare_methods_are_named (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) png = make_grey_png (2, 2, 0);
  g_autoptr (GBytes) zip = make_odd_zip (png, "name", 0, 9); /* Deflate64 */
  g_autoptr (LimenArchive) archive = limen_archive_open_bytes (zip, "a.zip", NULL);
  g_autoptr (GError) error = NULL;
  const char *name;
  g_assert_true (limen_archive_next (archive, &name, NULL));
  g_assert_null (limen_archive_read (archive, 1000, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "packed by a method that Limen does not read"));
  remove_folder (folder);
}

static void
test_an_archive_of_something_else_is_named (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) some = g_bytes_new_static ("{}", 2);
  const Member members[] = {
      {"metadata.json", some}, {"config.json", some}, {"model.weights.h5", some}, {NULL}};
  g_autoptr (GBytes) zip = make_archive ("zip", "none", members);
  g_auto (Result) result = load_bytes (folder, "net.keras", zip);
  assert_sentence (result.error, "net.keras");
  g_assert_nonnull (strstr (result.error->message, "is a Keras model"));
  g_assert_nonnull (strstr (result.error->message, "load_model(\"net.keras\")"));
  remove_folder (folder);
}

static void
test_pointers_are_explained (void)
{
  static const char text[] = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n";
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) png = make_grey_png (2, 2, 0);
  g_autofree char *path = write_file (folder, "a.png", text, strlen (text));
  g_auto (Result) one = load (path);
  assert_sentence (one.error, "a.png");
  g_assert_nonnull (strstr (one.error->message, "Git LFS pointer"));
  g_assert_nonnull (strstr (one.error->message, "git lfs pull"));
  g_free (write_file (folder, "b.png", text, strlen (text)));
  g_free (write_bytes (folder, "c.png", png));
  g_auto (Result) some = load (folder);
  g_assert_no_error (some.error);
  assert_first_problem (some.problems, "2 files in ");
  assert_first_problem (some.problems, "are Git LFS pointers and were left out: a.png, b.png; run");
  remove_folder (folder);
}

/* Millions of members in a few bytes each */

static GBytes *
repeat (GBytes *one, guint n)
{
  gsize size = g_bytes_get_size (one);
  guchar *all = g_malloc (size * n);
  for (guint i = 0; i < n; i++)
    memcpy (all + i * size, g_bytes_get_data (one, NULL), size);
  return g_bytes_new_take (all, size * n);
}

static void
test_nothing_a_million_times (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) empty = gzip_bytes ("", 0), text = gzip_bytes ("hello", 5);
  g_autoptr (GBytes) many = repeat (empty, 1000000);
  g_autofree char *path = write_bytes (folder, "a.gz", many);
  g_assert_cmpint (limen_file_kind (path, NULL), ==, LIMEN_FILE_ARCHIVE);
  g_auto (Result) result = load (path);
  g_assert_error (result.error, LIMEN_ERROR, LIMEN_ERROR_DAMAGED);
  g_assert_nonnull (strstr (result.error->message, "unpacks to nothing"));
  /* a cancelled one is not read on: the first 64 kB are all that is looked at */
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (limen_archive_open_with ("a.gz", many, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  remove_folder (folder);
}

/* Each filter reads its file in pieces between which it is asked whether to go on. */
static void
test_cancelled_in_every_filter (void)
{
  static const char *const filters[] = {"none", "gzip", "bzip2", "xz", "zstd"};
  g_autoptr (GBytes) png = make_grey_png (2, 2, 0);
  const Member members[] = {{"a.png", png}, {NULL}};
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++) {
    g_autoptr (GBytes) tar = make_archive ("ustar", filters[i], members);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;
    g_cancellable_cancel (cancellable);
    g_autoptr (LimenArchive) archive = limen_archive_open_with ("a", tar, cancellable, &error);
    const char *name;
    g_assert_false (archive && limen_archive_next (archive, &name, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  }
}

/* Stacks */

static void
test_stacks_join_page_by_page (void)
{
  static const guchar a[4] = {1, 2, 3, 4}, b[4] = {5, 6, 7, 8}, big[16] = {9, 9, 9, 9, 9, 9};
  g_autofree char *folder = make_folder ();
  TiffSpec specs[3] = {{.width = 2, .height = 2, .bits = 8, .photometric = 1, .rows = a},
                       {.width = 2, .height = 2, .bits = 8, .photometric = 1, .rows = b},
                       {.width = 4, .height = 4, .bits = 8, .photometric = 1, .rows = big}};
  g_autoptr (GBytes) stack = make_tiff_stack (specs, 3), single = make_tiff (specs);
  g_free (write_bytes (folder, "a.tif", single));
  g_free (write_bytes (folder, "b.tif", stack));
  g_free (write_bytes (folder, "c.tif", single));
  g_auto (Result) result = load (folder);
  float row[4];
  g_assert_no_error (result.error);
  g_assert_cmpuint (limen_image_set_n_images (result.set), ==, 5);
  g_assert_cmpuint (limen_image_set_n_resampled (result.set), ==, 1);
  const char *const names[] = {"a.tif", "b.tif, page 1", "b.tif, page 2", "b.tif, page 3", "c.tif"};
  for (guint i = 0; i < 5; i++)
    assert_name (result.set, i, names[i]);
  limen_image_set_copy_rows (result.set, 2, 1, row);
  g_assert_cmpfloat (row[3], ==, 8 / 255.0f);
  g_autofree char *path = g_build_filename (folder, "b.tif", NULL);
  const char *const paths[] = {path, NULL};
  const LimenImageSetOptions two = {.max_images = 2};
  g_autoptr (LimenImageSet) part = limen_image_set_load (paths, &two, NULL, NULL, NULL);
  g_assert_cmpuint (limen_image_set_n_images (part), ==, 2);
  remove_folder (folder);
}

static void
assert_read_as (const LimenImageSet *set, guint index, const char *expected)
{
  g_autofree char *line = limen_read_as_line (limen_image_set_read_as (set, index));
  g_assert_cmpstr (line, ==, expected);
}

static void
test_how_numbers_were_read_is_told (void)
{
  static const float ones[4] = {0, 0.5f, 1, 0}, bytes[4] = {0, 200, 255, 3};
  g_autofree char *folder = make_folder ();
  TiffSpec spec = {.width = 2, .height = 2, .bits = 32, .format = 3, .photometric = 1};
  spec.rows = ones;
  g_autoptr (GBytes) a = make_tiff (&spec);
  spec.rows = bytes;
  g_autoptr (GBytes) b = make_tiff (&spec);
  g_free (write_bytes (folder, "a.tif", a));
  g_auto (Result) one = load (folder);
  assert_read_as (one.set, 0, "read as 0–1, 2 × 2");
  g_free (write_bytes (folder, "b.tif", b));
  g_auto (Result) both = load (folder);
  g_assert_cmpuint (one.problems->len, ==, 0);
  assert_first_problem (both.problems, "were not all read alike");
  g_autoptr (LimenImageSet) inverted = limen_image_set_inverted (both.set);
  g_assert_cmpuint (limen_image_set_n_read_as (inverted), ==, 2);
  assert_read_as (inverted, 0, "read as 0–1, 2 × 2");
  assert_read_as (inverted, 1, "read as 0–255, 2 × 2");
  const LimenImageSetOptions asked = {.reading.white = 510};
  const char *const paths[] = {folder, NULL};
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();
  g_autoptr (LimenImageSet) alike = limen_image_set_load (paths, &asked, problems, NULL, NULL);
  assert_read_as (alike, 0, "read as 0–510, 2 × 2");
  g_assert_cmpuint (limen_image_set_n_read_as (alike), ==, 1);
  g_assert_cmpuint (problems->len, ==, 0);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/of-any-characters", test_names_of_any_characters);
  g_test_add_func ("/names/what-is-hidden", test_what_is_hidden_in_archives);
  g_test_add_func ("/members/gzip-inside-zip", test_gzip_inside_zip);
  g_test_add_func ("/reasons/encrypted-members-are-told", test_encrypted_members_are_told);
  g_test_add_func ("/reasons/rare-methods-are-named", test_rare_methods_are_named);
  g_test_add_func ("/reasons/an-archive-of-something-else-is-named",
                   test_an_archive_of_something_else_is_named);
  g_test_add_func ("/reasons/pointers-are-explained", test_pointers_are_explained);
  g_test_add_func ("/abuse/nothing-a-million-times", test_nothing_a_million_times);
  g_test_add_func ("/abuse/cancelled-in-every-filter", test_cancelled_in_every_filter);
  g_test_add_func ("/stacks/join-page-by-page", test_stacks_join_page_by_page);
  g_test_add_func ("/numbers/how-they-were-read-is-told", test_how_numbers_were_read_is_told);
  return g_test_run ();
}
