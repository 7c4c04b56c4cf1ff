#include "model/data/folder.h"
#include "model/data/image-set.h"
#include "model/data/images.h"
#include "model/data-files.h"

#include <math.h>

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
load_paths (const char *const *paths, guint width, guint height)
{
  const LimenImageSetOptions options = {.width = width, .height = height};
  Result result = {.problems = limen_problems_new ()};
  result.set = limen_image_set_load (paths, &options, result.problems, NULL, &result.error);
  g_assert_true (!result.set == !!result.error);
  return result;
}

static Result
load (const char *path, guint width, guint height)
{
  return load_paths ((const char *const[]){path, NULL}, width, height);
}

/* Row @index as bytes, which it must be. */
static void
get_bytes (const LimenImageSet *set, guint index, guchar *out)
{
  guint size = limen_image_set_width (set) * limen_image_set_height (set);
  g_autofree float *row = g_new (float, size);
  limen_image_set_copy_rows (set, index, 1, row);
  for (guint i = 0; i < size; i++) {
    out[i] = (guchar)(row[i] * 255.0f + 0.5f);
    g_assert_cmpfloat (row[i], ==, (float)out[i] / 255.0f);
  }
}

static void
assert_name (const LimenImageSet *set, guint index, const char *expected)
{
  g_autofree char *name = limen_image_set_image_name (set, index);
  g_assert_cmpstr (name, ==, expected);
}

static const LimenProblem *
find_problem (const GPtrArray *problems, const char *name)
{
  for (guint i = 0; i < problems->len; i++) {
    const LimenProblem *problem = problems->pdata[i];
    if (strstr (problem->path, name))
      return problem;
  }
  return NULL;
}

/* A (2, 2, 3) IDX file: bytes 0 to 11 */
static const guchar idx[] = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0,  0,
                             0, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
static const guchar labels[] = {0, 0, 8, 1, 0, 0, 0, 2, 7, 7};

/* Sets in memory */

static void
test_bytes_become_the_nearest_floats (void)
{
  guchar pixels[256];
  float rows[256];
  for (guint v = 0; v < 256; v++)
    pixels[v] = (guchar)v;
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("all", pixels, 4, 16, 4);
  limen_image_set_copy_rows (set, 0, 4, rows);
  for (guint v = 0; v < 256; v++)
    g_assert_cmpfloat (rows[v], ==, (float)v / 255.0f);
  limen_image_set_copy_rows (set, 3, 1, rows);
  g_assert_cmpfloat (rows[0], ==, 192 / 255.0f);
  g_assert_cmpstr (limen_image_set_name (set), ==, "all");
  g_assert_null (limen_image_set_paths (set)[0]);
  g_assert_cmpfloat_with_epsilon (limen_image_set_mean (set), 0.5, 1e-12);
  assert_name (set, 3, "all #3");
}

static void
test_inverted_is_black_for_white (void)
{
  const guchar pixels[4] = {0, 1, 100, 255};
  float rows[4], inverted_rows[4];
  g_autoptr (LimenImageSet) set = limen_image_set_new_from_u8 ("a", pixels, 1, 2, 2);
  g_autoptr (LimenImageSet) inverted = limen_image_set_inverted (set);
  limen_image_set_copy_rows (set, 0, 1, rows);
  limen_image_set_copy_rows (inverted, 0, 1, inverted_rows);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (inverted_rows[i], ==, (float)(255 - pixels[i]) / 255.0f);
  g_assert_cmpfloat_with_epsilon (limen_image_set_mean (inverted), 1 - limen_image_set_mean (set),
                                  1e-12);
  assert_name (inverted, 0, "a #0");
}

/* Files, folders, archives */

static void
test_a_folder_is_read_in_byte_order (void)
{
  g_autofree char *folder = make_folder ();
  const char *const names[] = {"b/1.png", "a.png", "b.png", "Z.png", "b/0/x.png"};
  const char *const sorted[] = {"Z.png", "a.png", "b.png", "b/0/x.png", "b/1.png"};
  const guchar firsts[] = {40, 20, 30, 10, 35}; /* of Z, a, b, x, 1 as listed above */
  const guchar expected[] = {10, 20, 30, 35, 40};
  for (guint i = 0; i < 5; i++) {
    g_autoptr (GBytes) png = make_grey_png (3, 2, firsts[i]);
    g_free (write_bytes (folder, names[i], png));
  }
  g_auto (Result) result = load (folder, 0, 0);
  g_assert_no_error (result.error);
  g_assert_cmpuint (limen_image_set_n_images (result.set), ==, 5);
  g_assert_cmpuint (limen_image_set_width (result.set), ==, 3);
  g_assert_cmpuint (limen_image_set_height (result.set), ==, 2);
  for (guint i = 0; i < 5; i++) {
    guchar bytes[6];
    assert_name (result.set, i, sorted[i]);
    get_bytes (result.set, i, bytes);
    g_assert_cmpuint (bytes[0], ==, expected[i]);
  }
  g_assert_cmpuint (result.problems->len, ==, 0);
  g_assert_cmpstr (limen_image_set_paths (result.set)[0], ==, folder);
  remove_folder (folder);
}

static void
test_what_is_left_out_is_told (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) png = make_grey_png (2, 2, 0);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (png, 0, g_bytes_get_size (png) - 20);
  g_free (write_bytes (folder, "good.png", png));
  g_free (write_bytes (folder, "cut.png", cut));
  g_free (write_file (folder, "fake.jpg", "hello", 5));
  g_free (write_file (folder, "notes.txt", "hello", 5));
  g_free (write_file (folder, "labels-idx1-ubyte", labels, sizeof labels));
  g_free (write_file (folder, "Thumbs.db", "\xd0\xcf", 2));
  g_free (write_file (folder, "empty.csv", "", 0));
  g_free (write_file (folder, ".hidden.png", "hello", 5));
  g_free (write_file (folder, "__MACOSX/a.png", "hello", 5));
  g_auto (Result) result = load (folder, 0, 0);
  g_assert_no_error (result.error);
  g_assert_cmpuint (limen_image_set_n_images (result.set), ==, 1);
  g_assert_cmpuint (result.problems->len, ==, 3);
  g_assert_nonnull (find_problem (result.problems, "cut.png"));
  g_assert_nonnull (find_problem (result.problems, "fake.jpg"));
  const LimenProblem *rest = result.problems->pdata[2];
  g_assert_cmpstr (rest->path, ==, folder);
  g_assert_nonnull (strstr (rest->message, "4 files in "));
  g_assert_nonnull (strstr (rest->message, "Thumbs.db, empty.csv, labels-idx1-ubyte and more."));
  remove_folder (folder);
}

static void
test_arrays_pictures_and_archives_are_joined (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) png = make_grey_png (3, 2, 100), gz = gzip_bytes (idx, sizeof idx);
  g_autoptr (GBytes) array = g_bytes_new_static (idx, sizeof idx);
  const Member inner_members[] = {{"a.png", png}, {NULL}};
  g_autoptr (GBytes) inner = make_archive ("zip", "none", inner_members);
  const Member members[] = {{"deep/a.png", png},
                            {"__MACOSX/._a.png", gz},
                            {"b.idx", array},
                            {".DS_Store", gz},
                            {"inner.gz", gz},
                            {"inner.zip", inner},
                            {NULL}};
  g_autoptr (GBytes) zip = make_archive ("zip", "none", members);
  g_autofree char *a = write_bytes (folder, "x.gz", gz), *b = write_bytes (folder, "y.png", png);
  g_autofree char *c = write_bytes (folder, "z.zip", zip);
  const char *const paths[] = {a, b, c, NULL};
  g_auto (Result) result = load_paths (paths, 0, 0);
  g_assert_no_error (result.error);
  g_assert_cmpuint (limen_image_set_n_images (result.set), ==, 8);
  const char *const names[] = {"x.gz #0",
                               "x.gz #1",
                               "y.png",
                               "z.zip: deep/a.png",
                               "z.zip: b.idx #0",
                               "z.zip: b.idx #1",
                               "z.zip: inner.gz #0",
                               "z.zip: inner.gz #1"};
  const guchar firsts[] = {0, 6, 100, 100, 0, 6, 0, 6};
  for (guint i = 0; i < 8; i++) {
    guchar bytes[6];
    assert_name (result.set, i, names[i]);
    get_bytes (result.set, i, bytes);
    g_assert_cmpuint (bytes[0], ==, firsts[i]);
  }
  g_assert_cmpstr (limen_image_set_name (result.set), ==, "x.gz and 2 more");
  g_assert_cmpuint (result.problems->len, ==, 1); /* the archive inside the archive */
  float all[36], part[36];
  limen_image_set_copy_rows (result.set, 0, 6, all); /* across the parts */
  limen_image_set_copy_rows (result.set, 1, 4, part);
  g_assert_cmpmem (all + 6, 24 * sizeof (float), part, 24 * sizeof (float));
  remove_folder (folder);
}

static void
test_archives_of_pictures_in_every_format (void)
{
  g_autofree char *folder = make_folder ();
  const char *const formats[][2] = {
      {"zip", "none"}, {"ustar", "none"}, {"ustar", "gzip"}, {"ustar", "xz"}, {"ustar", "zstd"}};
  Member members[301] = {0};
  for (guint i = 0; i < 300; i++) /* more than are decoded at once */
    members[i] = (Member){g_strdup_printf ("%03u.png", i), make_grey_png (2, 2, (guchar)i)};
  for (guint f = 0; f < G_N_ELEMENTS (formats); f++) {
    g_autoptr (GBytes) packed = make_archive (formats[f][0], formats[f][1], members);
    g_autofree char *path = write_bytes (folder, "pictures", packed);
    g_auto (Result) result = load (path, 0, 0);
    g_assert_no_error (result.error);
    g_assert_cmpuint (limen_image_set_n_images (result.set), ==, 300);
    for (guint i = 0; i < 300; i++) {
      guchar bytes[4];
      get_bytes (result.set, i, bytes);
      g_assert_cmpuint (bytes[0], ==, i % 256);
    }
    assert_name (result.set, 299, "pictures: 299.png");
  }
  for (guint i = 0; i < 300; i++) {
    g_free ((char *)members[i].name);
    g_bytes_unref (members[i].bytes);
  }
  remove_folder (folder);
}

static void
test_images_of_other_sizes_are_fitted (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) small = make_grey_png (4, 4, 0), large = make_grey_png (8, 8, 0);
  g_free (write_bytes (folder, "a.png", small));
  g_free (write_bytes (folder, "b.png", large));
  g_auto (Result) as_first = load (folder, 0, 0), as_asked = load (folder, 8, 8);
  g_assert_cmpuint (limen_image_set_width (as_first.set), ==, 4);
  g_assert_cmpuint (limen_image_set_n_resampled (as_first.set), ==, 1);
  g_assert_cmpuint (limen_image_set_width (as_asked.set), ==, 8);
  g_assert_cmpuint (limen_image_set_n_resampled (as_asked.set), ==, 1);
  guchar bytes[64];
  float row[16];
  get_bytes (as_asked.set, 1, bytes);
  g_assert_cmpuint (bytes[63], ==, 63);
  limen_image_set_copy_rows (as_first.set, 1, 1, row);
  g_assert_cmpfloat_with_epsilon ((double)row[0], (0 + 1 + 8 + 9) / 4.0 / 255, 1e-6);
  remove_folder (folder);
}

static void
test_max_images_stops (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) png = make_grey_png (3, 2, 9);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *name = g_strdup_printf ("%02u.png", i);
    g_free (write_bytes (folder, name, png));
  }
  g_autofree char *array = write_file (folder, "99.idx", idx, sizeof idx);
  const char *const paths[] = {array, folder, NULL};
  for (guint max = 1; max < 25; max++) {
    const LimenImageSetOptions options = {.max_images = max};
    g_autoptr (LimenImageSet) set = limen_image_set_load (paths, &options, NULL, NULL, NULL);
    g_assert_cmpuint (limen_image_set_n_images (set), ==, MIN (max, 24));
  }
  remove_folder (folder);
}

static void
test_links_are_followed_once (void)
{
  g_autofree char *folder = make_folder (), *loop = g_build_filename (folder, "sub/loop", NULL);
  g_autofree char *dead = g_build_filename (folder, "dead.png", NULL);
  g_autofree char *link = g_build_filename (folder, "link.png", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe.png", NULL);
  g_autoptr (GBytes) png = make_grey_png (2, 2, 0);
  g_free (write_bytes (folder, "sub/a.png", png));
  g_assert_cmpint (symlink ("..", loop), ==, 0);
  g_assert_cmpint (symlink ("sub/a.png", link), ==, 0);
  g_assert_cmpint (symlink ("nowhere", dead), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_auto (Result) result = load (folder, 0, 0);
  g_assert_no_error (result.error);
  g_assert_cmpuint (limen_image_set_n_images (result.set), ==, 2);
  g_assert_nonnull (find_problem (result.problems, "dead.png"));
  g_assert_nonnull (find_problem (result.problems, "pipe.png"));
  remove_folder (folder);
}

static void
test_names_of_any_bytes (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) png = make_grey_png (2, 2, 0);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (png, 0, 40);
  g_free (write_bytes (folder, "\xff\xfe/\xfd.png", png));
  g_free (write_bytes (folder, "\xff\xfe/a\xfd.png", cut));
  g_auto (Result) result = load (folder, 0, 0);
  g_assert_no_error (result.error);
  g_assert_cmpuint (result.problems->len, ==, 1);
  const LimenProblem *problem = result.problems->pdata[0];
  g_autofree char *name = limen_image_set_image_name (result.set, 0);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_true (g_utf8_validate (problem->path, -1, NULL));
  g_assert_true (g_utf8_validate (problem->message, -1, NULL));
  remove_folder (folder);
}

/* Root may read everything, so root becomes nobody for a while. */
static void
test_an_unreadable_folder_is_a_problem (void)
{
  g_autofree char *folder = make_folder (), *locked = g_build_filename (folder, "locked", NULL);
  g_autoptr (GBytes) png = make_grey_png (2, 2, 0);
  g_autofree char *path = write_bytes (folder, "a.png", png);
  gboolean is_root = geteuid () == 0;
  g_mkdir (locked, 0);
  g_chmod (path, 0644);
  g_chmod (folder, 0755);
  if (is_root)
    g_assert_cmpint (seteuid (65534), ==, 0);
  g_auto (Result) result = load (folder, 0, 0);
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_no_error (result.error);
  g_assert_cmpuint (limen_image_set_n_images (result.set), ==, 1);
  g_assert_cmpuint (result.problems->len, ==, 1);
  g_assert_nonnull (find_problem (result.problems, "locked"));
  remove_folder (folder);
}

static void
test_refusals (void)
{
  g_autofree char *folder = make_folder (), *empty = g_build_filename (folder, "empty", NULL);
  g_autofree char *text = write_file (folder, "text", "hello", 5);
  g_autofree char *weights = write_file (folder, "a.pt", "\x80\x02}q.", 5);
  g_autofree char *label = write_file (folder, "labels", labels, sizeof labels);
  g_autoptr (GBytes) gz = gzip_bytes (idx, sizeof idx);
  g_autofree char *cut =
      write_file (folder, "cut.gz", g_bytes_get_data (gz, NULL), g_bytes_get_size (gz) - 9);
  g_mkdir (empty, 0700);
  const struct {
    const char *path, *name;
    LimenError code;
  } cases[] = {
      {empty, "empty", LIMEN_ERROR_FORMAT},
      {text, "text", LIMEN_ERROR_FORMAT},
      {weights, "a.pt", LIMEN_ERROR_FORMAT},
      {label, "labels", LIMEN_ERROR_FORMAT},
      {cut, "cut.gz", LIMEN_ERROR_DAMAGED},
      {"/dev/zero", "/dev/zero", LIMEN_ERROR_UNREADABLE},
      {"/nonexistent/x", "/nonexistent/x", LIMEN_ERROR_UNREADABLE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Result) result = load (cases[i].path, 28, 28);
    g_assert_error (result.error, LIMEN_ERROR, (int)cases[i].code);
    assert_sentence (result.error, cases[i].name);
  }
  g_auto (Result) several = load_paths ((const char *const[]){text, label, NULL}, 0, 0);
  g_assert_error (several.error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
  g_assert_cmpuint (several.problems->len, ==, 2);
  g_auto (Result) none = load_paths ((const char *const[]){NULL}, 0, 0);
  g_assert_nonnull (none.error);
  remove_folder (folder);
}

static void
test_one_bad_file_does_not_cost_the_others (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *a = write_file (folder, "a.idx", idx, sizeof idx);
  g_autofree char *b = write_file (folder, "b.idx", idx, sizeof idx - 1);
  g_auto (Result) result = load_paths ((const char *const[]){b, a, NULL}, 0, 0);
  g_assert_no_error (result.error);
  g_assert_cmpuint (limen_image_set_n_images (result.set), ==, 2);
  g_assert_cmpuint (result.problems->len, ==, 1);
  g_assert_nonnull (find_problem (result.problems, "b.idx"));
  remove_folder (folder);
}

typedef struct {
  GCancellable *cancellable;
  double last;
  guint n_calls;
} Watch;

static void
progress_cb (double fraction, gpointer data)
{
  Watch *watch = data;
  g_assert_cmpfloat (fraction, >=, watch->last);
  g_assert_cmpfloat (fraction, <=, 1);
  watch->last = fraction;
  watch->n_calls++;
  if (watch->cancellable && fraction > 0.3)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_progress_and_cancelling (void)
{
  g_autofree char *folder = make_folder ();
  const char *const paths[] = {folder, NULL};
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Watch watch = {NULL}, stopper = {cancellable};
  g_autoptr (GBytes) png = make_grey_png (2, 2, 0);
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *name = g_strdup_printf ("%u.png", i);
    g_free (write_bytes (folder, name, png));
  }
  g_autoptr (LimenImageSet) set =
      limen_image_set_load (paths, NULL, NULL, &(LimenRun){progress_cb, &watch, NULL}, NULL);
  g_assert_cmpuint (limen_image_set_n_images (set), ==, 1000);
  g_assert_cmpfloat (watch.last, ==, 1);
  g_assert_cmpuint (watch.n_calls, >, 2);
  g_assert_cmpuint (watch.n_calls, <, 300);
  g_assert_null (limen_image_set_load (paths, NULL, NULL,
                                       &(LimenRun){progress_cb, &stopper, cancellable}, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (stopper.last, <, 1);
  remove_folder (folder);
}

/* Who asks for no problems finds them in the notes: in one line what is plainly no image, up to ten
 * others, and how many more. */
static void
test_what_is_left_out_is_noted (void)
{
  g_autofree char *folder = make_folder ();
  const char *const paths[] = {folder, NULL};
  g_autoptr (GBytes) png = make_grey_png (2, 2, 0);
  g_autoptr (GPtrArray) problems = limen_problems_new ();
  g_free (write_bytes (folder, "image.png", png));
  g_free (write_file (folder, "payoff.csv", "1,2\n3,4\n", 8));
  for (guint i = 0; i < 12; i++) {
    g_autofree char *name = g_strdup_printf ("%02u.png", i);
    g_free (write_file (folder, name, "prose", 5));
  }
  g_autoptr (LimenImageSet) set = limen_image_set_load (paths, NULL, NULL, NULL, NULL);
  g_autoptr (LimenImageSet) watched = limen_image_set_load (paths, NULL, problems, NULL, NULL);
  g_auto (GStrv) notes = limen_image_set_read_notes (set);
  g_auto (GStrv) none = limen_image_set_read_notes (watched);
  g_autofree char *told = limen_image_set_reading (set),
                  *nothing = limen_image_set_reading (watched);
  g_assert_cmpuint (g_strv_length (notes), ==, 11);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpstr (notes[i], ==, ((LimenProblem *)problems->pdata[i])->message);
  g_assert_cmpuint (problems->len, ==, 13);
  g_assert_cmpstr (notes[10], ==, "3 more files were left out.");
  g_assert_cmpstr (told, ==, "11 notes");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_null (nothing);
  remove_folder (folder);
}

/* Shared data */

static void
test_mnist_png_equals_idx (void)
{
  g_autofree char *idx_path = shared_path ("data/mnist/t10k-images-idx3-ubyte.gz");
  g_autofree char *folder = idx_path ? shared_path ("data/mnist-png-first-1000-test") : NULL;
  if (!folder)
    return;
  g_auto (Result) array = load (idx_path, 0, 0), pictures = load (folder, 28, 28);
  g_assert_cmpuint (limen_image_set_n_images (array.set), ==, 10000);
  g_assert_cmpuint (limen_image_set_n_images (pictures.set), ==, 1000);
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *name = limen_image_set_image_name (pictures.set, i);
    guint64 number = g_ascii_strtoull (strchr (name, '/') + 1, NULL, 10) - 60000;
    float a[784], b[784];
    limen_image_set_copy_rows (array.set, (guint)number, 1, a);
    limen_image_set_copy_rows (pictures.set, i, 1, b);
    g_assert_cmpmem (a, sizeof a, b, sizeof b);
  }
}

/* The folder packed gives the same images, whatever their order in the archive. */
static void
test_mnist_png_packed_equals_folder (void)
{
  g_autofree char *folder = shared_path ("data/mnist-png-first-1000-test"), *temp = make_folder ();
  g_autoptr (GPtrArray) files = folder ? limen_folder_walk (folder, NULL, NULL, NULL) : NULL;
  g_autofree Member *members = g_new0 (Member, files ? files->len + 1 : 1);
  const char *const formats[][2] = {{"zip", "none"}, {"pax", "gzip"}};
  for (guint i = 0; files && i < files->len; i++) {
    g_autofree char *path = g_build_filename (folder, files->pdata[i], NULL), *content = NULL;
    gsize size;
    g_assert_true (g_file_get_contents (path, &content, &size, NULL));
    members[i] = (Member){files->pdata[i], g_bytes_new (content, size)};
  }
  for (guint f = 0; files && f < 2; f++) {
    g_autoptr (GBytes) packed = make_archive (formats[f][0], formats[f][1], members);
    g_autofree char *path = write_bytes (temp, "a", packed);
    g_auto (Result) from_archive = load (path, 0, 0), from_folder = load (folder, 0, 0);
    g_autofree float *a = g_new (float, 784000), *b = g_new (float, 784000);
    limen_image_set_copy_rows (from_archive.set, 0, 1000, a);
    limen_image_set_copy_rows (from_folder.set, 0, 1000, b);
    g_assert_cmpmem (a, 784000 * sizeof (float), b, 784000 * sizeof (float));
  }
  for (guint i = 0; files && i < files->len; i++)
    g_bytes_unref (members[i].bytes);
  remove_folder (temp);
}

static void
test_kmnist_npz_equals_idx (void)
{
  g_autofree char *idx_path = shared_path ("data/kmnist/t10k-images-idx3-ubyte.gz");
  g_autofree char *npz_path = idx_path ? shared_path ("data/kmnist/kmnist-test-imgs.npz") : NULL;
  if (!npz_path)
    return;
  g_auto (Result) a = load (idx_path, 0, 0), b = load (npz_path, 0, 0);
  g_autofree float *x = g_new (float, 7840000), *y = g_new (float, 7840000);
  limen_image_set_copy_rows (a.set, 0, 10000, x);
  limen_image_set_copy_rows (b.set, 0, 10000, y);
  g_assert_cmpmem (x, 7840000 * sizeof (float), y, 7840000 * sizeof (float));
}

static void
test_all_shared_files_load_or_are_refused (void)
{
  g_autofree char *folder = shared_path ("data");
  g_autoptr (GPtrArray) files = folder ? limen_folder_walk (folder, NULL, NULL, NULL) : NULL;
  guint n_loaded = 0, n_refused = 0;
  for (guint i = 0; files && i < files->len; i++) {
    g_autofree char *path = g_build_filename (folder, files->pdata[i], NULL);
    g_autofree char *base = g_path_get_basename (path);
    g_auto (Result) result = load (path, 28, 28);
    n_loaded += result.set != NULL;
    n_refused += result.set == NULL;
    if (result.error)
      assert_sentence (result.error, base);
  }
  if (files) {
    g_test_message ("%u loaded, %u refused", n_loaded, n_refused);
    g_assert_cmpuint (n_loaded, >, 1300);
    g_assert_cmpuint (n_refused, >, 50);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image-set/what-is-left-out-is-noted", test_what_is_left_out_is_noted);
  g_test_add_func ("/image-set/bytes-become-the-nearest-floats",
                   test_bytes_become_the_nearest_floats);
  g_test_add_func ("/image-set/inverted-is-black-for-white", test_inverted_is_black_for_white);
  g_test_add_func ("/load/a-folder-is-read-in-byte-order", test_a_folder_is_read_in_byte_order);
  g_test_add_func ("/load/what-is-left-out-is-told", test_what_is_left_out_is_told);
  g_test_add_func ("/load/arrays-pictures-and-archives-are-joined",
                   test_arrays_pictures_and_archives_are_joined);
  g_test_add_func ("/load/archives-of-pictures-in-every-format",
                   test_archives_of_pictures_in_every_format);
  g_test_add_func ("/load/images-of-other-sizes-are-fitted", test_images_of_other_sizes_are_fitted);
  g_test_add_func ("/load/max-images-stops", test_max_images_stops);
  g_test_add_func ("/load/links-are-followed-once", test_links_are_followed_once);
  g_test_add_func ("/load/names-of-any-bytes", test_names_of_any_bytes);
  g_test_add_func ("/load/an-unreadable-folder-is-a-problem",
                   test_an_unreadable_folder_is_a_problem);
  g_test_add_func ("/load/refusals", test_refusals);
  g_test_add_func ("/load/one-bad-file-does-not-cost-the-others",
                   test_one_bad_file_does_not_cost_the_others);
  g_test_add_func ("/load/progress-and-cancelling", test_progress_and_cancelling);
  g_test_add_func ("/shared/mnist-png-equals-idx", test_mnist_png_equals_idx);
  g_test_add_func ("/shared/mnist-png-packed-equals-folder", test_mnist_png_packed_equals_folder);
  g_test_add_func ("/shared/kmnist-npz-equals-idx", test_kmnist_npz_equals_idx);
  g_test_add_func ("/shared/all-files-load-or-are-refused",
                   test_all_shared_files_load_or_are_refused);
  return g_test_run ();
}
