#include "model/data/archive.h"
#include "model/data/npy.h"
#include "model/data-files.h"

#include <math.h>

static const LimenImageSetOptions any_size;

static GBytes *
make_npy (int version, const char *header, gconstpointer data, gsize size)
{
  GByteArray *array = g_byte_array_new ();
  guint length = (guint)strlen (header);
  const guchar start[12] = {
      0x93, 'N', 'U', 'M', 'P', 'Y', (guchar)version, 0, (guchar)length, (guchar)(length >> 8),
      0,    0};
  g_byte_array_append (array, start, version == 1 ? 10 : 12);
  g_byte_array_append (array, (const guchar *)header, length);
  g_byte_array_append (array, data, (guint)size);
  return g_byte_array_free_to_bytes (array);
}

static GBytes *
make_array (const char *descr, const char *order, const char *shape, gconstpointer data, gsize size)
{
  g_autofree char *header = g_strdup_printf (
      "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }   \n", descr, order, shape);
  return make_npy (1, header, data, size);
}

static LimenImages *
images_of (GBytes *bytes, const LimenImageSetOptions *options, GError **error)
{
  LimenArray array;
  if (!limen_npy_parse (bytes, "some.npy", &array, error))
    return NULL;
  return limen_array_to_images (&array, "some.npy", options, NULL, error);
}

static void
assert_size (const LimenImages *images, guint n, guint height, guint width)
{
  g_assert_nonnull (images);
  g_assert_cmpuint (images->n, ==, n);
  g_assert_cmpuint (images->height, ==, height);
  g_assert_cmpuint (images->width, ==, width);
}

static void
test_shapes (void)
{
  const struct {
    const char *shape;
    LimenImageSetOptions options;
    guint n, height, width;
  } cases[] = {
      {"(2, 3, 4)", {0}, 2, 3, 4},       {"(2, 1, 3, 4)", {0}, 2, 3, 4},
      {"(2, 3, 4, 1)", {0}, 2, 3, 4},    {"(6, 4)", {0}, 6, 2, 2},
      {"(4, 6)", {0}, 1, 4, 6},          {"(4, 6)", {3, 2, 0}, 4, 2, 3},
      {"(2, 12)", {6, 2, 0}, 2, 2, 6},   {"(8L, 3L)", {0}, 1, 8, 3},
      {"(24, 1, 1)", {0}, 24, 1, 1},     {"( 1,24 , 1 ,)", {0}, 1, 24, 1},
      {"(6, 2, 2)", {0, 0, 5}, 5, 2, 2},
  };
  guchar data[24];
  for (guint i = 0; i < 24; i++)
    data[i] = (guchar)(10 * i);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = make_array ("|u1", "False", cases[i].shape, data, 24);
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenImages) images = images_of (bytes, &cases[i].options, &error);
    g_assert_no_error (error);
    assert_size (images, cases[i].n, cases[i].height, cases[i].width);
    g_assert_cmpmem (images->u8, cases[i].n * cases[i].height * cases[i].width, data,
                     cases[i].n * cases[i].height * cases[i].width);
  }
}

/* Element (i, y, x) of a Fortran-ordered (2, 3, 4) array stands at i + 2 (y + 3 x). */
static void
test_fortran_order (void)
{
  guint16 data[24];
  for (guint i = 0; i < 24; i++)
    data[i] = GUINT16_TO_LE ((guint16)(1000 + i));
  g_autoptr (GBytes) bytes = make_array ("<u2", "True", "(2, 3, 4)", data, sizeof data);
  g_autoptr (LimenImages) images = images_of (bytes, &any_size, NULL);
  assert_size (images, 2, 3, 4);
  for (guint i = 0; i < 2; i++)
    for (guint y = 0; y < 3; y++)
      for (guint x = 0; x < 4; x++)
        g_assert_cmpfloat (images->f32[(i * 3 + y) * 4 + x], ==,
                           (float)(1000 + i + 2 * (y + 3 * x)) / 65535.0f);
}

static void
test_fortran_order_of_bytes_and_rows (void)
{
  guchar data[8] = {0, 1, 2, 3, 4, 5, 6, 7}; /* (2, 4): row 0 is 0 2 4 6 */
  g_autoptr (GBytes) bytes = make_array ("|u1", "True", "(2, 4)", data, 8);
  g_autoptr (LimenImages) images = images_of (bytes, &any_size, NULL);
  const guchar expected[8] = {0, 2, 4, 6, 1, 3, 5, 7};
  assert_size (images, 2, 2, 2);
  g_assert_cmpmem (images->u8, 8, expected, 8);
}

/* Each type holds the values 0, 1, 2 and 100, in both byte orders. */
static void
test_types_and_byte_orders (void)
{
  const char *const types[] = {"u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8"};
  const double values[4] = {0, 1, 2, 100};
  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    for (guint big = 0; big < 2; big++) {
      guint size = (guint)(types[t][1] - '0');
      guchar data[32];
      for (guint k = 0; k < 4; k++) {
        float f32 = (float)values[k];
        guint64 bits = (guint64)values[k];
        guint32 bits32;
        memcpy (&bits32, &f32, 4);
        if (types[t][0] == 'f' && size == 4)
          bits = bits32;
        else if (types[t][0] == 'f')
          memcpy (&bits, &values[k], 8);
        for (guint b = 0; b < size; b++)
          data[k * size + b] = (guchar)(bits >> 8 * (big ? size - 1 - b : b));
      }
      g_autofree char *descr = g_strdup_printf ("%c%s", big ? '>' : '<', types[t]);
      g_autoptr (GBytes) bytes = make_array (descr, "False", "(1, 2, 2)", data, 4 * size);
      g_autoptr (GError) error = NULL;
      g_autoptr (LimenImages) images = images_of (bytes, &any_size, &error);
      g_assert_no_error (error);
      for (guint k = 0; k < 4; k++)
        g_assert_cmpuint (images->u8[k], ==, (guint)values[k]);
    }
}

static void
test_half_precision (void)
{
  /* 0, 1, 0.5, the smallest subnormal 2^−24, 0.333251953125, −0 */
  const guint16 data[6] = {0, 0x3c00, 0x3800, 1, 0x3555, 0x8000};
  const float expected[6] = {0, 1, 0.5f, 0x1p-24f, 0.333251953125f, 0};
  g_autoptr (GBytes) bytes = make_array ("<f2", "False", "(1, 2, 3)", data, sizeof data);
  g_autoptr (LimenImages) images = images_of (bytes, &any_size, NULL);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat (images->f32[i], ==, expected[i]);
}

static void
test_ranges (void)
{
  const struct {
    double values[4];
    double white; /* 0: refused */
  } cases[] = {
      {{0, 0.25, 0.5, 1}, 1},    {{0, 0.1, 0.2, 0.3}, 1},   {{0, 0.5, 1.5, 2}, 255},
      {{0, 254.5, 1, 255}, 255}, {{0, 256, 1, 2}, 65535},   {{0, 65535, 1, 2.5}, 65535},
      {{0, 65535.5, 1, 2}, 0},   {{-0.001, 0, 1, 1}, 0},    {{NAN, 0, 1, 1}, 0},
      {{INFINITY, 0, 1, 1}, 0},  {{0, 0, 0, -INFINITY}, 0},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes =
        make_array ("<f8", "False", "(1, 2, 2)", cases[i].values, sizeof cases[i].values);
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenImages) images = images_of (bytes, &any_size, &error);
    if (cases[i].white == 0) {
      g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
      assert_sentence (error, "some.npy");
      continue;
    }
    for (guint k = 0; k < 4; k++)
      g_assert_cmpfloat (images->f32[k], ==, (float)(cases[i].values[k] / cases[i].white));
  }
}

static void
test_masks_are_black_and_white (void)
{
  const guchar mask[4] = {0, 1, 1, 0};
  const gint64 whole[4] = {0, 1, 1, 0};
  g_autoptr (GBytes) a = make_array ("|b1", "False", "(1, 2, 2)", mask, 4);
  g_autoptr (GBytes) b = make_array ("<i8", "False", "(1, 2, 2)", whole, 32);
  g_autoptr (GBytes) c = make_array ("|u1", "False", "(1, 2, 2)", mask, 4);
  g_autoptr (LimenImages) bools = images_of (a, &any_size, NULL),
                          integers = images_of (b, &any_size, NULL),
                          bytes = images_of (c, &any_size, NULL);
  const guchar expected[4] = {0, 255, 255, 0};
  g_assert_cmpmem (bools->u8, 4, expected, 4);
  g_assert_cmpmem (integers->u8, 4, expected, 4);
  g_assert_cmpmem (bytes->u8, 4, expected, 4);
}

static void
test_headers_of_every_version (void)
{
  const char *const headers[] = {
      "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 2), }\n",
      "{\"shape\":(1,2,2),\"descr\":\"u1\",\"fortran_order\":False}",
      "  {'fortran_order':False , 'shape' : (1 , 2, 2 ,) ,'descr':'=u1'} \n\n",
  };
  for (int version = 1; version <= 3; version++)
    for (guint i = 0; i < G_N_ELEMENTS (headers); i++) {
      g_autoptr (GBytes) bytes = make_npy (version, headers[i], "abcd", 4);
      g_autoptr (GError) error = NULL;
      g_autoptr (LimenImages) images = images_of (bytes, &any_size, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (images->u8, 4, "abcd", 4);
    }
}

static void
test_bad_headers_are_refused (void)
{
#define ITEM(descr, order, shape)                                                                  \
  "{'descr': " descr ", 'fortran_order': " order ", 'shape': " shape "}"
  const struct {
    const char *header;
    LimenError code;
  } cases[] = {
      {"", LIMEN_ERROR_DAMAGED},
      {"{", LIMEN_ERROR_DAMAGED},
      {"{}", LIMEN_ERROR_DAMAGED},
      {"[]", LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "False", "(1, 2, 2)") " x", LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "false", "(1, 2, 2)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "0", "(1, 2, 2)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1", "False", "(1, 2, 2)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u\\x31'", "False", "(1, 2, 2)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "False", "(1, 2, -2)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "False", "(1, 2, 2"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "False", "(4)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "False", "[1, 2, 2]"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "False", "(,)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "False", "(1, 2, 3)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "False", "(1,1,1,1,1,1,1,1,1)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "False", "(99999999999999999999, 1, 1)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'<f8'", "False", "(2305843009213693952, 1, 1)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "False", "(4294967296, 4294967296, 1)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "False", "(1, 2, 2), 'more': 1"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "False", "(1, 2, 2), 'descr': '|u1'"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|u1'", "False", "(1, 2, 2), 'shape': (1, 2, 2)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("__import__('os')", "False", "(1, 2, 2)"), LIMEN_ERROR_DAMAGED},
      {ITEM ("'|O'", "False", "(1, 2, 2)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'<c8'", "False", "(1, 2, 2)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'<U4'", "False", "(1, 2, 2)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'<f16'", "False", "(1, 2, 2)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'<M8[s]'", "False", "(1, 2, 2)"), LIMEN_ERROR_FORMAT},
      {ITEM ("''", "False", "(1, 2, 2)"), LIMEN_ERROR_FORMAT},
      {ITEM ("[('x', '<f4'), ('y', '<f4')]", "False", "(4,)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'|u1'", "False", "()"), LIMEN_ERROR_FORMAT},
      {ITEM ("'|u1'", "False", "(4,)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'|u1'", "False", "(4, 1)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'|u1'", "False", "(0, 2, 2)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'|u1'", "False", "(2, 0)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'|u1'", "False", "(0, 0)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'|u1'", "False", "(0, 785)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'|u1'", "False", "(0, 5000000000, 5000000000, 7)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'|u1'", "False", "(1, 1, 1, 2, 2)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'|u1'", "False", "(1, 1, 2, 2, 1, 1)"), LIMEN_ERROR_FORMAT},
      {ITEM ("'|u1'", "False", "(1, 2, 1, 2)"), LIMEN_ERROR_FORMAT},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = make_npy (1, cases[i].header, "abcd", 4);
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", cases[i].header);
    g_assert_null (images_of (bytes, &any_size, &error));
    g_assert_error (error, LIMEN_ERROR, (int)cases[i].code);
    assert_sentence (error, "some.npy");
  }
}

static void
test_cut_off_files_are_refused (void)
{
  g_autoptr (GBytes) bytes = make_array ("|u1", "False", "(1, 2, 2)", "abcd", 4);
  for (gsize size = 0; size < g_bytes_get_size (bytes); size++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, size);
    g_autoptr (GError) error = NULL;
    g_assert_null (images_of (cut, &any_size, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_DAMAGED);
  }
}

static void
test_colour_becomes_grey (void)
{
  g_autofree guchar *data = g_malloc (2 * 10 * 10 * 3);
  for (guint k = 0; k < 600; k++)
    data[k] = (guchar)(k % 3 * 100);
  g_autoptr (GBytes) many = make_array ("|u1", "False", "(2, 10, 10, 3)", data, 600);
  g_autoptr (GBytes) one = make_array ("|u1", "False", "(20, 10, 3)", data, 600);
  g_autoptr (LimenImages) a = images_of (many, &any_size, NULL),
                          b = images_of (one, &any_size, NULL);
  assert_size (a, 2, 10, 10);
  assert_size (b, 1, 20, 10);
  for (guint k = 0; k < 200; k++)
    g_assert_true (a->u8[k] == 82 && b->u8[k] == 82); /* 0.587·100 + 0.114·200 = 81.5 */
}

static void
test_npz_finds_the_images (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree guchar *data = g_malloc0 (128);
  g_autoptr (GBytes) labels = make_array ("|u1", "False", "(8,)", data, 8);
  g_autoptr (GBytes) table = make_array ("|u1", "False", "(8, 5)", data, 40);
  g_autoptr (GBytes) rows = make_array ("|u1", "False", "(8, 16)", data, 128);
  g_autoptr (GBytes) images = make_array ("|u1", "False", "(8, 4, 4)", data, 128);
  g_autoptr (GBytes) objects = make_array ("|O", "False", "(8,)", data, 64);
  const LimenImageSetOptions asked = {.width = 8, .height = 2};
  const struct {
    Member members[5];
    const LimenImageSetOptions *options;
    const char *expected;
  } cases[] = {
      {{{"y.npy", labels}, {"t.npy", table}, {"r.npy", rows}, {"x.npy", images}}, &any_size, "x"},
      {{{"y.npy", labels}, {"t.npy", table}, {"r.npy", rows}}, &any_size, "r"},
      {{{"y.npy", labels}, {"t.npy", table}}, &any_size, "t"},
      {{{"r.npy", rows}, {"x.npy", images}}, &asked, "r"},
      {{{"o.npy", objects}, {"x.npy", images}}, &any_size, "x"},
      {{{"y.npy", labels}, {"o.npy", objects}}, &any_size, NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) packed = make_archive ("zip", "none", cases[i].members);
    g_autofree char *path = write_bytes (folder, "some.npz", packed), *member = NULL;
    g_auto (GStrv) members = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) chosen =
        limen_npz_choose (path, NULL, cases[i].options, &member, &members, NULL, &error);
    if (cases[i].expected) {
      g_assert_no_error (error);
      g_assert_cmpstr (member, ==, cases[i].expected);
    } else {
      g_assert_null (chosen);
      assert_sentence (error, "some.npz");
    }
  }
  remove_folder (folder);
}

/* What is announced is refused by the header; the few bytes behind it are not looked at. */
static void
test_npz_too_large_is_refused_by_its_header (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree guchar *data = g_malloc0 (128);
  g_autoptr (GBytes) images = make_array ("|u1", "False", "(8, 4, 4)", data, 128);
  g_autoptr (GBytes) large = make_array ("<f4", "False", "(700000, 28, 28)", data, 128);
  const Member both[] = {{"large.npy", large}, {"x.npy", images}, {NULL}};
  const Member alone[] = {{"large.npy", large}, {NULL}};
  const struct {
    const Member *members;
    const char *wanted, *expected;
  } cases[] = {{alone, NULL, NULL},
               {alone, "large", NULL},
               {both, "large", NULL},
               {both, NULL, "x"},
               {both, "x", "x"}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) packed = make_archive ("zip", "none", cases[i].members);
    g_autofree char *path = write_bytes (folder, "some.npz", packed), *member = NULL;
    g_auto (GStrv) members = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) chosen =
        limen_npz_choose (path, cases[i].wanted, &any_size, &member, &members, NULL, &error);
    g_assert_true (!chosen == !cases[i].expected);
    g_assert_cmpstr (member, ==, cases[i].expected);
    if (chosen)
      continue;
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_UNSAFE);
    assert_sentence (error, "some.npz");
    assert_sentence (error, "2 GiB");
  }
  remove_folder (folder);
}

/* A line for each array: what it is, or why it is none */
static char **
list_arrays (const char *path, GError **error)
{
  g_autoptr (LimenArchive) archive = limen_archive_open (path, error);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  const char *name;
  if (!archive)
    return NULL;
  while (limen_archive_next (archive, &name, NULL)) {
    g_autoptr (GError) local = NULL;
    g_autoptr (GBytes) start = limen_archive_read_start (archive, LIMEN_NPY_MOST_START, &local);
    g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".npy")), *shape = NULL;
    LimenArray array;
    if (start && limen_npy_parse_start (start, G_MAXUINT64, name, &array, &local))
      shape = limen_array_to_string (&array);
    g_autofree char *line = g_strdup_printf ("%s: %s", stem, shape ? shape : local->message);
    g_strv_builder_add (lines, line);
  }
  return g_strv_builder_end (lines);
}

static void
test_npz_lists_all_arrays (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree guchar *data = g_malloc0 (128);
  g_autoptr (GBytes) labels = make_array (">i4", "False", "(8,)", data, 32);
  g_autoptr (GBytes) images = make_array ("|u1", "True", "(8, 4, 4)", data, 128);
  const Member members[] = {{"y.npy", labels}, {"x.npy", images}, {NULL}};
  g_autoptr (GBytes) packed = make_archive ("zip", "none", members);
  g_autofree char *path = write_bytes (folder, "some.npz", packed);
  g_auto (GStrv) list = list_arrays (path, NULL);
  g_assert_cmpuint (g_strv_length (list), ==, 2);
  g_assert_cmpstr (list[0], ==, "y: int32 (8)");
  g_assert_cmpstr (list[1], ==, "x: uint8 (8, 4, 4)");
  remove_folder (folder);
}

/* What xtensor wrote in both byte orders and both layouts is the same array. */
static void
test_files_of_other_writers_agree (void)
{
  g_autofree char *folder = shared_path ("data/npy/xtensor");
  const char *const names[] = {"double.le.npy", "double.be.npy", "double_fortran.le.npy",
                               "double_fortran.be.npy"};
  g_autoptr (LimenImages) first = NULL;
  for (guint i = 0; folder && i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL), *content = NULL;
    gsize size;
    g_assert_true (g_file_get_contents (path, &content, &size, NULL));
    g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&content), size);
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenImages) images = images_of (bytes, &any_size, &error);
    g_assert_no_error (error);
    assert_size (images, 3, 3, 3);
    if (first)
      g_assert_cmpmem (images->f32, 27 * sizeof (float), first->f32, 27 * sizeof (float));
    else
      first = g_steal_pointer (&images);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/npy/shapes", test_shapes);
  g_test_add_func ("/npy/fortran-order", test_fortran_order);
  g_test_add_func ("/npy/fortran-order-of-bytes-and-rows", test_fortran_order_of_bytes_and_rows);
  g_test_add_func ("/npy/types-and-byte-orders", test_types_and_byte_orders);
  g_test_add_func ("/npy/half-precision", test_half_precision);
  g_test_add_func ("/npy/ranges", test_ranges);
  g_test_add_func ("/npy/masks-are-black-and-white", test_masks_are_black_and_white);
  g_test_add_func ("/npy/headers-of-every-version", test_headers_of_every_version);
  g_test_add_func ("/npy/bad-headers-are-refused", test_bad_headers_are_refused);
  g_test_add_func ("/npy/cut-off-files-are-refused", test_cut_off_files_are_refused);
  g_test_add_func ("/npy/colour-becomes-grey", test_colour_becomes_grey);
  g_test_add_func ("/npz/finds-the-images", test_npz_finds_the_images);
  g_test_add_func ("/npz/too-large", test_npz_too_large_is_refused_by_its_header);
  g_test_add_func ("/npz/lists-all-arrays", test_npz_lists_all_arrays);
  g_test_add_func ("/npy/files-of-other-writers-agree", test_files_of_other_writers_agree);
  return g_test_run ();
}
