#include "model/data/idx.h"
#include "model/data-files.h"

static const LimenImageSetOptions any_size;

/* A header of @type and @dims (ended by −1), then @n_data bytes 0, 1, 2, ... */
static GBytes *
make_idx (guchar type, const gint64 *dims, gsize n_data)
{
  GByteArray *array = g_byte_array_new ();
  guchar n_dims = 0;
  while (dims[n_dims] >= 0)
    n_dims++;
  g_byte_array_append (array, (const guchar[]){0, 0, type, n_dims}, 4);
  for (guint i = 0; i < n_dims; i++) {
    guint32 dim = GUINT32_TO_BE ((guint32)dims[i]);
    g_byte_array_append (array, (const guchar *)&dim, 4);
  }
  for (gsize i = 0; i < n_data; i++)
    g_byte_array_append (array, (const guchar[]){(guchar)i}, 1);
  return g_byte_array_free_to_bytes (array);
}

static LimenImages *
images_of (GBytes *bytes, const LimenImageSetOptions *options, GError **error)
{
  LimenArray array;
  if (!limen_idx_parse (bytes, "some.idx", &array, error))
    return NULL;
  return limen_array_to_images (&array, "some.idx", options, NULL, error);
}

static void
test_8_bit_images_keep_their_bytes (void)
{
  g_autoptr (GBytes) bytes = make_idx (8, (const gint64[]){3, 4, 5, -1}, 60);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenImages) images = images_of (bytes, &any_size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (images->n, ==, 3);
  g_assert_cmpuint (images->height, ==, 4);
  g_assert_cmpuint (images->width, ==, 5);
  for (guint i = 0; i < 60; i++)
    g_assert_cmpuint (images->u8[i], ==, i);
}

static void
test_rows_become_squares_or_what_is_asked (void)
{
  g_autoptr (GBytes) square = make_idx (8, (const gint64[]){2, 9, -1}, 18);
  g_autoptr (GBytes) other = make_idx (8, (const gint64[]){2, 16, -1}, 32);
  const LimenImageSetOptions wide = {.width = 8, .height = 2};
  g_autoptr (LimenImages) a = images_of (square, &any_size, NULL),
                          b = images_of (other, &wide, NULL);
  g_assert_cmpuint (a->n, ==, 2);
  g_assert_cmpuint (a->width, ==, 3);
  g_assert_cmpuint (a->height, ==, 3);
  g_assert_cmpuint (b->n, ==, 2);
  g_assert_cmpuint (b->width, ==, 8);
  g_assert_cmpuint (b->height, ==, 2);
}

static void
test_max_images_takes_the_first (void)
{
  g_autoptr (GBytes) bytes = make_idx (8, (const gint64[]){10, 2, 2, -1}, 40);
  const LimenImageSetOptions few = {.max_images = 3};
  g_autoptr (LimenImages) images = images_of (bytes, &few, NULL);
  g_assert_cmpuint (images->n, ==, 3);
  g_assert_cmpuint (images->u8[11], ==, 11);
}

/* One image of 1 × 2 with the values 0 and 200, or their bytes in the other types. */
static void
test_other_types_are_read_big_endian (void)
{
  const struct {
    guchar type, size;
    guchar data[16];
  } cases[] = {
      {0x0b, 2, {0, 0, 0, 200}},
      {0x0c, 4, {0, 0, 0, 0, 0, 0, 0, 200}},
      {0x0d, 4, {0, 0, 0, 0, 0x43, 0x48, 0, 0}},                         /* 200.0f */
      {0x0e, 8, {0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x69, 0, 0, 0, 0, 0, 0}}, /* 200.0 */
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) header = make_idx (cases[i].type, (const gint64[]){1, 1, 2, -1}, 0);
    g_autoptr (GByteArray) array = g_byte_array_new ();
    g_byte_array_append (array, g_bytes_get_data (header, NULL), 16);
    g_byte_array_append (array, cases[i].data, 2 * cases[i].size);
    g_autoptr (GBytes) bytes = g_bytes_new (array->data, array->len);
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenImages) images = images_of (bytes, &any_size, &error);
    g_assert_no_error (error);
    g_assert_nonnull (images->u8); /* whole numbers up to 255 need no more */
    g_assert_cmpuint (images->u8[0], ==, 0);
    g_assert_cmpuint (images->u8[1], ==, 200);
  }
}

static void
test_signed_bytes_are_refused_when_negative (void)
{
  g_autoptr (GBytes) fine = make_idx (9, (const gint64[]){1, 2, 64, -1}, 128);
  g_autoptr (GBytes) negative = make_idx (9, (const gint64[]){1, 2, 65, -1}, 130);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenImages) images = images_of (fine, &any_size, NULL);
  g_assert_cmpuint (images->u8[127], ==, 127);
  g_assert_null (images_of (negative, &any_size, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  assert_sentence (error, "some.idx");
}

static void
test_labels_are_refused (void)
{
  g_autoptr (GBytes) bytes = make_idx (8, (const gint64[]){101, -1}, 101);
  g_autoptr (GError) error = NULL;
  g_assert_null (images_of (bytes, &any_size, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
  assert_sentence (error, "some.idx");
  g_assert_nonnull (strstr (error->message, "holds labels, not images"));
}

static void
test_bad_files_are_refused (void)
{
  const struct {
    guchar type;
    gint64 dims[10];
    gsize n_data;
    LimenError code;
  } cases[] = {
      {8, {3, 4, 5, -1}, 59, LIMEN_ERROR_DAMAGED},
      {8, {3, 4, 5, -1}, 61, LIMEN_ERROR_DAMAGED},
      {8, {0xffffffff, 0xffffffff, 0xffffffff, -1}, 60, LIMEN_ERROR_DAMAGED},
      {14, {0x80000000, 0x80000000, 4, -1}, 0, LIMEN_ERROR_DAMAGED}, /* 2^67 bytes */
      {14, {0x80000000, 0x40000000, 1, -1}, 0, LIMEN_ERROR_DAMAGED}, /* 2^64 wraps to 0 */
      {8, {0, 28, 28, -1}, 0, LIMEN_ERROR_FORMAT},
      {8, {5, 0, 0xffffffff, -1}, 0, LIMEN_ERROR_FORMAT},
      {8, {-1}, 1, LIMEN_ERROR_FORMAT},
      {10, {1, 2, 2, -1}, 4, LIMEN_ERROR_FORMAT},
      {8, {1, 1, 1, 1, 1, 1, 1, 1, 1, -1}, 1, LIMEN_ERROR_FORMAT},
      {8, {1, 2, 2, 2, 2, -1}, 16, LIMEN_ERROR_FORMAT},
      {8, {2, 10, 10, 5, -1}, 1000, LIMEN_ERROR_FORMAT}, /* no colours */
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = make_idx (cases[i].type, cases[i].dims, cases[i].n_data);
    g_autoptr (GError) error = NULL;
    g_test_message ("case %u", i);
    g_assert_null (images_of (bytes, &any_size, &error));
    g_assert_error (error, LIMEN_ERROR, (int)cases[i].code);
    assert_sentence (error, "some.idx");
  }
}

static void
test_cut_off_headers_are_refused (void)
{
  g_autoptr (GBytes) bytes = make_idx (8, (const gint64[]){3, 4, 5, -1}, 60);
  for (gsize size = 0; size < 76; size++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, size);
    g_autoptr (GError) error = NULL;
    g_assert_null (images_of (cut, &any_size, &error));
    assert_sentence (error, "some.idx");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/idx/8-bit-images-keep-their-bytes", test_8_bit_images_keep_their_bytes);
  g_test_add_func ("/idx/rows-become-squares-or-what-is-asked",
                   test_rows_become_squares_or_what_is_asked);
  g_test_add_func ("/idx/max-images-takes-the-first", test_max_images_takes_the_first);
  g_test_add_func ("/idx/other-types-are-read-big-endian", test_other_types_are_read_big_endian);
  g_test_add_func ("/idx/signed-bytes-are-refused-when-negative",
                   test_signed_bytes_are_refused_when_negative);
  g_test_add_func ("/idx/labels-are-refused", test_labels_are_refused);
  g_test_add_func ("/idx/bad-files-are-refused", test_bad_files_are_refused);
  g_test_add_func ("/idx/cut-off-headers-are-refused", test_cut_off_headers_are_refused);
  return g_test_run ();
}
