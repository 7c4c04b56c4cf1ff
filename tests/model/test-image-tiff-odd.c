/* TIFF files that are not read, and such as were made to hurt. */
#include "model/tiff-asserts.h"

#include <fcntl.h>
#include <unistd.h>

#define WIDTH  21
#define HEIGHT 19

static const guchar bytes_a[4] = {0, 50, 100, 255};

/* What is not read says what it is */

static const TiffField plain_fields[] = {{256, 4, 1, 2}, {257, 4, 1, 2}, {258, 3, 1, 8},
                                         {259, 3, 1, 1}, {262, 3, 1, 1}, {273, 4, 1, G_MAXUINT32},
                                         {277, 3, 1, 1}, {278, 4, 1, 2}, {279, 4, 1, 4}};

/* The plain 2 × 2 file with one field changed */
static GBytes *
with_field (guint tag, guint32 value, guint32 next)
{
  TiffField fields[G_N_ELEMENTS (plain_fields)];
  memcpy (fields, plain_fields, sizeof fields);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].tag == tag)
      fields[i].value = value;
  return make_raw_tiff (fields, G_N_ELEMENTS (fields), next, bytes_a, 4);
}

static void
test_the_plain_file_is_read (void)
{
  g_autoptr (GBytes) bytes = with_field (0, 0, 0);
  g_autoptr (LimenImages) images = decode (bytes);
  g_assert_cmpmem (images->u8, 4, bytes_a, 4);
}

static void
test_what_is_not_read_is_named (void)
{
  static const struct {
    guint tag;
    guint32 value;
    LimenError code;
    const char *words;
  } cases[] = {
      {259, 34712, LIMEN_ERROR_FORMAT, "packed by method 34712"}, /* JPEG 2000 */
      {262, 32803, LIMEN_ERROR_FORMAT, "raw picture"},
      {262, 3, LIMEN_ERROR_FORMAT, "palette"},
      {262, 2, LIMEN_ERROR_FORMAT, "1 of the 3 channels"},
      {258, 33, LIMEN_ERROR_FORMAT, "33 bits"},
      {277, 5, LIMEN_ERROR_FORMAT, "5 channels"},
      {256, 100000000, LIMEN_ERROR_UNSAFE, "100000000"},
      {257, 4000000000u, LIMEN_ERROR_UNSAFE, "4000000000"},
      {273, 4000000, LIMEN_ERROR_DAMAGED, "can't be decoded"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = with_field (cases[i].tag, cases[i].value, 0);
    assert_refused (bytes, cases[i].code, cases[i].words);
  }
}

/* Files that were made to hurt */

static void
test_directories_in_circles_end (void)
{
  g_autoptr (GBytes) bytes = with_field (0, 0, 8); /* the next directory is the first */
  g_auto (Taken) taken = take_all (bytes, TRUE);
  g_assert_cmpuint (taken.pages->len, ==, 1);
  g_assert_cmpuint (taken.problems->len, ==, 1);
}

static void
test_tiles_larger_than_the_picture_are_bounded (void)
{
  const TiffField fields[] = {{256, 4, 1, 2},       {257, 4, 1, 2},       {258, 3, 1, 8},
                              {259, 3, 1, 1},       {262, 3, 1, 1},       {277, 3, 1, 1},
                              {322, 4, 1, 1 << 20}, {323, 4, 1, 1 << 20}, {324, 4, 1, G_MAXUINT32},
                              {325, 4, 1, 4}};
  g_autoptr (GBytes) bytes = make_raw_tiff (fields, G_N_ELEMENTS (fields), 0, bytes_a, 4);
  assert_refused (bytes, LIMEN_ERROR_UNSAFE, "1048576");
}

static void
test_many_channels_are_bounded (void)
{
  TiffField fields[G_N_ELEMENTS (plain_fields)];
  memcpy (fields, plain_fields, sizeof fields);
  fields[0].value = fields[1].value = fields[7].value = 4096;
  fields[4].value = 2;
  fields[6].value = 60000;
  g_autoptr (GBytes) bytes = make_raw_tiff (fields, G_N_ELEMENTS (fields), 0, bytes_a, 4);
  g_autoptr (GError) error = NULL;
  g_assert_null (limen_image_decode (bytes, "some.tif", NULL, NULL, &error));
  assert_sentence (error, "some.tif");
}

/* Many directories in one another's bytes: each is passed over in no time, but there is no end. */
static void
test_pages_that_share_are_bounded (void)
{
  GByteArray *array = g_byte_array_new ();
  const TiffField wide = {700, 1, 30000, 8}; /* of 30,000 bytes */
  g_byte_array_append (array, (const guint8 *)"II*\0\x08\0\0\0", 8);
  for (guint32 i = 0; i < 500; i++) {
    const TiffField fields[] = {{256, 4, 1, 1},
                                {257, 4, 1, 1},
                                {258, 3, 1, 8},
                                {262, 3, 1, 1},
                                {273, 4, 1, 8},
                                {279, 4, 1, 1},
                                wide};
    const guint16 n = G_N_ELEMENTS (fields);
    guint32 next = array->len + 2 + sizeof fields + 4;
    g_byte_array_append (array, (const guint8 *)&n, 2);
    g_byte_array_append (array, (const guint8 *)fields, sizeof fields);
    g_byte_array_append (array, (const guint8 *)&next, 4);
  }
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (array);
  g_auto (Taken) taken = take_all (bytes, TRUE);
  const GError *last = taken.problems->pdata[taken.problems->len - 1];
  g_assert_nonnull (strstr (last->message, "share too much"));
  g_assert_cmpuint (taken.numbers->len, <, 500);
}

static void
test_cut_off_anywhere (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint16 rows[WIDTH * HEIGHT];
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    rows[i] = (guint16)g_rand_int (rand);
  TiffSpec spec = {.width = WIDTH, .height = HEIGHT, .bits = 16, .photometric = 1, .rows = rows};
  for (guint way = 0; way < 4; way++) {
    spec.compression = way % 2 ? COMPRESSION_ADOBE_DEFLATE : COMPRESSION_NONE;
    spec.tile = way >= 2 ? 16 : 0;
    g_autoptr (GBytes) whole = make_tiff (&spec);
    g_autoptr (LimenImages) expected = decode (whole);
    guint n_refused = 0, n_cuts = 0;
    for (gsize size = 0; size < g_bytes_get_size (whole); size += 1 + size / 40, n_cuts++) {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (LimenImages) images = limen_image_decode (part, "some.tif", NULL, NULL, &error);
      n_refused += !images;
      if (images) /* all that was cut off is a note */
        g_assert_cmpmem (images->f32, sizeof rows * 2, expected->f32, sizeof rows * 2);
      else
        assert_sentence (error, "some.tif");
    }
    g_assert_cmpuint (n_refused, >=, n_cuts - 2);
  }
}

/* libtiff prints to standard error, unless each open file has handlers of its own: from as many
 * threads as there may be. */

static gpointer
decode_bad_and_good (gpointer data)
{
  g_autoptr (GBytes) good = with_field (0, 0, 0);
  for (guint i = 0; i < 200; i++) {
    g_autoptr (GBytes) bad = with_field (plain_fields[i % 9].tag, 0xfffffff0u - i, i % 3 * 8);
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenImages) none = limen_image_decode (bad, "some.tif", NULL, NULL, &error);
    g_assert_true (!none == !!error);
    g_autoptr (LimenImages) images = decode (good);
    g_assert_cmpmem (images->u8, 4, bytes_a, 4);
  }
  return NULL;
}

static void
test_threads_and_silence (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "said", NULL);
  g_autofree char *said = NULL;
  GThread *threads[4];
  fflush (stderr);
  int kept = dup (STDERR_FILENO), fd = g_open (path, O_CREAT | O_WRONLY, 0600);
  dup2 (fd, STDERR_FILENO);
  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("decode", decode_bad_and_good, NULL);
  for (guint i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  fflush (stderr);
  dup2 (kept, STDERR_FILENO);
  close (kept);
  close (fd);
  g_assert_true (g_file_get_contents (path, &said, NULL, NULL));
  g_assert_cmpstr (said, ==, "");
  remove_folder (folder);
}

static void
test_cancelling_is_no_damage (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) bytes = with_field (0, 0, 0);
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (limen_image_decode (bytes, "some.tif", NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

typedef struct {
  guint n_pages;
  GError *problem;
} Seen;

static gboolean
count_cb (LimenImages *page, guint number, GError *problem, gpointer data)
{
  Seen *seen = data;
  seen->n_pages += page != NULL;
  g_clear_pointer (&page, limen_images_free);
  if (problem)
    seen->problem = problem;
  return TRUE;
}

/* Where a stack has too many pixels, it is said that all other pages are missing. */
static void
test_pages_left_out_are_told (void)
{
  g_autofree guchar *rows = g_malloc0 (8000 * 8000);
  TiffSpec specs[18];
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    specs[i] = (TiffSpec){.width = 8000,
                          .height = 8000,
                          .bits = 8,
                          .photometric = 1,
                          .compression = COMPRESSION_PACKBITS,
                          .rows = rows};
  g_autoptr (GBytes) bytes = make_tiff_stack (specs, G_N_ELEMENTS (specs));
  g_autoptr (GError) error = NULL;
  Seen seen = {0};
  g_assert_true (limen_image_decode_pages (bytes, "some.tif", NULL, count_cb, &seen, NULL, &error));
  g_assert_cmpuint (seen.n_pages, ==, 16);
  assert_sentence (seen.problem, "some.tif, page 17 and all pages after it are left out");
  g_clear_error (&seen.problem);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tiff/the-plain-file-is-read", test_the_plain_file_is_read);
  g_test_add_func ("/tiff/what-is-not-read-is-named", test_what_is_not_read_is_named);
  g_test_add_func ("/tiff/directories-in-circles-end", test_directories_in_circles_end);
  g_test_add_func ("/tiff/tiles-larger-than-the-picture-are-bounded",
                   test_tiles_larger_than_the_picture_are_bounded);
  g_test_add_func ("/tiff/many-channels-are-bounded", test_many_channels_are_bounded);
  g_test_add_func ("/tiff/pages-that-share-are-bounded", test_pages_that_share_are_bounded);
  g_test_add_func ("/tiff/pages-left-out-are-told", test_pages_left_out_are_told);
  g_test_add_func ("/tiff/cut-off-anywhere", test_cut_off_anywhere);
  g_test_add_func ("/tiff/threads-and-silence", test_threads_and_silence);
  g_test_add_func ("/tiff/cancelling-is-no-damage", test_cancelling_is_no_damage);
  return g_test_run ();
}
