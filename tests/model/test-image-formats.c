#include "model/data/image-file.h"
#include "model/data-files.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>

static LimenImages *
decode (GBytes *bytes, guint width, guint height)
{
  g_autoptr (GError) error = NULL;
  LimenImages *images = limen_image_decode (bytes, "some.file", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (images->width, ==, width);
  g_assert_cmpuint (images->height, ==, height);
  return images;
}

static void
assert_refused (GBytes *bytes, LimenError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenImages) none = limen_image_decode (bytes, "some.file", NULL, NULL, &error);
  if (none)
    g_error ("was read instead of refused: %s", words);
  g_assert_error (error, LIMEN_ERROR, (int)code);
  assert_sentence (error, "some.file");
  if (!strstr (error->message, words))
    g_error ("%s does not say: %s", error->message, words);
}

static double
pixel (const LimenImages *images, gsize i)
{
  return images->u8 ? images->u8[i] / 255.0 : (double)images->f32[i];
}

static guint
bt601 (guint r, guint g, guint b)
{
  return (19595 * r + 38470 * g + 7471 * b + 32768) >> 16;
}

static void
append (GByteArray *array, guint64 value, guint n)
{
  for (guint i = 0; i < n; i++)
    g_byte_array_append (array, (const guint8[]){i < 8 ? (guint8)(value >> 8 * i) : 0}, 1);
}

/* BMP */

/* What is 0 is not written, but for fields of a header that is as long. */
typedef struct {
  guint header, bits, compression, n_colours, gap;
  int width, height;
  guint32 masks[4];
  guint n_masks; /* behind a header of 40 bytes, or in a longer one */
  gconstpointer palette, rows;
  gsize palette_size, rows_size;
} BmpSpec;

/* The header and what follows, as it also stands in an icon */
static GByteArray *
make_dib (const BmpSpec *spec)
{
  GByteArray *dib = g_byte_array_new ();
  append (dib, spec->header, 4);
  append (dib, (guint32)spec->width, spec->header == 12 ? 2 : 4);
  append (dib, (guint32)spec->height, spec->header == 12 ? 2 : 4);
  append (dib, 1, 2);
  append (dib, spec->bits, 2);
  if (spec->header > 16) {
    append (dib, spec->compression, 4);
    append (dib, spec->rows_size, 4);
    append (dib, 0, 8);
    append (dib, spec->n_colours, 4);
    append (dib, 0, 4);
  }
  for (guint i = 0; i < spec->n_masks; i++)
    append (dib, spec->masks[i], 4);
  while (dib->len < spec->header)
    append (dib, 0, 1);
  g_byte_array_append (dib, spec->palette, (guint)spec->palette_size);
  return dib;
}

static GBytes *
make_bmp (const BmpSpec *spec)
{
  GByteArray *dib = make_dib (spec), *bmp = g_byte_array_new ();
  g_byte_array_append (bmp, (const guint8 *)"BM", 2);
  append (bmp, 14 + dib->len + spec->gap + spec->rows_size, 4);
  append (bmp, 0, 4);
  append (bmp, 14 + dib->len + spec->gap, 4);
  g_byte_array_append (bmp, dib->data, dib->len);
  append (bmp, 0, spec->gap);
  g_byte_array_append (bmp, spec->rows, (guint)spec->rows_size);
  g_byte_array_unref (dib);
  return g_byte_array_free_to_bytes (bmp);
}

/* Colours of a palette in blue, green, red: greys of 17 i, with a fourth byte where there is one */
static gsize
grey_palette (guint n, guint entry, guchar *out)
{
  for (guint i = 0; i < n; i++)
    memset (out + i * entry, (int)(17 * i), entry);
  return (gsize)n * entry;
}

/* A picture of 3 × 2 whose pixels, from the upper left on, are 0 1 2 / 3 4 5, of all that is plain
 */
static void
test_bmp_of_few_bits_in_every_header (void)
{
  static const guint headers[] = {12, 16, 40, 52, 56, 64, 108, 124};
  static const guchar eight[] = {3, 4, 5, 0, 0, 1, 2, 0};
  static const guchar four[] = {0x34, 0x50, 0, 0, 0x01, 0x20, 0, 0};
  static const guchar two[] = {0x34, 0, 0, 0, 0x18, 0, 0, 0}; /* 0 3 1 under 0 1 2 */
  static const guchar one[] = {0xa0, 0, 0, 0, 0x40, 0, 0, 0};
  const struct {
    guint bits;
    const guchar *rows;
    guchar expected[6];
  } cases[] = {{8, eight, {0, 17, 34, 51, 68, 85}},
               {4, four, {0, 17, 34, 51, 68, 85}},
               {2, two, {0, 17, 34, 0, 51, 17}},
               {1, one, {0, 17, 0, 17, 0, 17}}};
  guchar palette[64];
  for (guint h = 0; h < G_N_ELEMENTS (headers); h++)
    for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
      for (guint gap = 0; gap <= 100; gap += 50) {
        guint n = 1u << MIN (cases[c].bits, 4);
        BmpSpec spec = {headers[h], cases[c].bits, .width = 3, .height = 2, .gap = gap};
        gboolean counts = headers[h] > 16;
        if (cases[c].bits == 8 && !counts)
          continue; /* 256 colours are asked for */
        spec.n_colours = counts ? n : 0;
        spec.palette = palette;
        spec.palette_size = grey_palette (n, headers[h] == 12 ? 3 : 4, palette);
        spec.rows = cases[c].rows;
        spec.rows_size = 8;
        g_autoptr (GBytes) bytes = make_bmp (&spec);
        g_autoptr (LimenImages) images = decode (bytes, 3, 2);
        g_assert_cmpmem (images->u8, 6, cases[c].expected, 6);
      }
}

static void
test_bmp_of_true_colours (void)
{
  /* from the lowest row up: (1, 2, 3) and (4, 5, 6) over (7, 8, 9) and (10, 11, 12) */
  static const guchar bgr[] = {9, 8, 7, 12, 11, 10, 0, 0, 3, 2, 1, 6, 5, 4, 0, 0};
  static const guchar bgrx[] = {9, 8, 7, 0, 12, 11, 10, 0, 3, 2, 1, 0, 6, 5, 4, 0};
  const guchar expected[4] = {(guchar)bt601 (1, 2, 3), (guchar)bt601 (4, 5, 6),
                              (guchar)bt601 (7, 8, 9), (guchar)bt601 (10, 11, 12)};
  for (guint header = 12; header <= 40; header += 28)
    for (guint bits = 24; bits <= 32; bits += 8)
      for (int sign = 1; sign >= (header == 12 ? 1 : -1); sign -= 2) {
        BmpSpec spec = {header, bits, .width = 2, .height = 2 * sign, .gap = 3};
        spec.rows = bits == 24 ? bgr : bgrx;
        spec.rows_size = 16;
        g_autoptr (GBytes) bytes = make_bmp (&spec);
        g_autoptr (LimenImages) images = decode (bytes, 2, 2);
        for (guint i = 0; i < 4; i++) /* from the top where the height is negative */
          g_assert_cmpuint (images->u8[i], ==, expected[sign < 0 ? i ^ 2 : i]);
      }
}

static void
check_masks (guint bits, guint compression, guint header, const guint32 *masks, guint n_masks,
             guint64 value, double expected)
{
  BmpSpec spec = {header, bits, compression, .width = 1, .height = 1};
  guchar rows[8] = {0};
  if (n_masks > 0)
    memcpy (spec.masks, masks, n_masks * sizeof *masks);
  spec.n_masks = n_masks;
  for (guint i = 0; i < 4; i++)
    rows[i] = (guchar)(value >> 8 * i);
  spec.rows = rows;
  spec.rows_size = 4;
  g_autoptr (GBytes) bytes = make_bmp (&spec);
  g_autoptr (LimenImages) images = decode (bytes, 1, 1);
  g_assert_cmpfloat_with_epsilon (pixel (images, 0), expected, images->u8 ? 1.5 / 255 : 1e-6);
}

static double
luma (double r, double g, double b)
{
  return (19595 * r + 38470 * g + 7471 * b) / 65536;
}

static void
test_bmp_of_masks (void)
{
  const guint32 m565[3] = {0xf800, 0x7e0, 0x1f}, m8888[4] = {0xff0000, 0xff00, 0xff, 0xff000000};
  const guint32 ten[3] = {0x3ff00000, 0xffc00, 0x3ff}, odd[4] = {0xff, 0xff00, 0xff0000, 0};
  double five = luma (10 / 31.0, 20 / 31.0, 30 / 31.0);
  check_masks (16, 0, 40, NULL, 0, 10 << 10 | 20 << 5 | 30, five);
  check_masks (16, 3, 40, m565, 3, 10 << 11 | 20 << 5 | 30, luma (10 / 31.0, 20 / 63.0, 30 / 31.0));
  check_masks (32, 3, 40, ten, 3, 1023 << 20 | 512 << 10 | 1, luma (1, 512 / 1023.0, 1 / 1023.0));
  check_masks (32, 3, 108, odd, 4, 0x00102030, luma (0x30, 0x20, 0x10) / 255);
  /* half transparent, on white; and an alpha that nobody filled in */
  check_masks (32, 3, 108, m8888, 4, 0x80000000, 1 - 128 / 255.0);
  check_masks (32, 3, 108, m8888, 4, 0x00102030, luma (0x10, 0x20, 0x30) / 255);
  check_masks (32, 6, 40, m8888, 4, 0x80000000, 1 - 128 / 255.0);
  /* without masks, the fourth byte is nothing */
  check_masks (32, 0, 40, NULL, 0, 0x80000000, 0);
}

static void
test_bmp_of_runs (void)
{
  static const guchar rle8[] = {2, 3, 0, 3, 1, 2, 4, 0, /* 3 3 1 2 4 */
                                0, 0,                   /* next row */
                                0, 2, 1, 0,             /* one to the right */
                                3, 5, 0, 1};            /* 0 5 5 5 0 */
  static const guchar rle4[] = {5, 0x12, 0, 0, 0, 5, 0x34, 0x51, 0x20, 0, 0, 1};
  static const guchar rle24[] = {2, 9, 9, 9, 0, 3, 1, 1, 1, 2, 2, 2, 3, 3, 3, 0, /* 9 9 1 2 3 */
                                 0, 0, 5, 7, 7, 7, 0, 1};
  const struct {
    guint bits, compression, header;
    const guchar *rows;
    gsize size;
    guchar expected[10];
  } cases[] = {
      {8, 1, 40, rle8, sizeof rle8, {0, 85, 85, 85, 0, 51, 51, 17, 34, 68}},
      {8, 1, 64, rle8, sizeof rle8, {0, 85, 85, 85, 0, 51, 51, 17, 34, 68}},
      {4, 2, 40, rle4, sizeof rle4, {51, 68, 85, 17, 34, 17, 34, 17, 34, 17}},
      {24, 4, 64, rle24, sizeof rle24, {7, 7, 7, 7, 7, 9, 9, 1, 2, 3}},
  };
  guchar palette[64];
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    BmpSpec spec = {cases[i].header, cases[i].bits, cases[i].compression, .width = 5, .height = 2};
    spec.n_colours = cases[i].bits == 24 ? 0 : 16;
    spec.palette = palette;
    spec.palette_size = grey_palette (spec.n_colours, 4, palette);
    spec.rows = cases[i].rows;
    spec.rows_size = cases[i].size;
    g_autoptr (GBytes) bytes = make_bmp (&spec);
    g_autoptr (LimenImages) images = decode (bytes, 5, 2);
    g_assert_cmpmem (images->u8, 10, cases[i].expected, 10);
    for (spec.rows_size = 1; spec.rows_size + 2 < cases[i].size; spec.rows_size++) {
      g_autoptr (GBytes) cut = make_bmp (&spec);
      g_autoptr (GError) error = NULL;
      g_autoptr (LimenImages) none = limen_image_decode (cut, "some.file", NULL, NULL, &error);
      if (none) /* all pixels were there */
        g_assert_cmpmem (none->u8, 10, cases[i].expected, 10);
      else
        assert_sentence (error, "some.file");
      g_assert_true (!none || spec.rows_size + 4 > cases[i].size);
    }
  }
}

static void
test_bmp_arrays_of_os2 (void)
{
  static const guchar bgr[] = {5, 5, 5, 0};
  BmpSpec spec = {12, 24, .width = 1, .height = 1, .rows = bgr, .rows_size = 4};
  GByteArray *array = g_byte_array_new ();
  g_autoptr (GBytes) bmp = make_bmp (&spec);
  g_byte_array_append (array, (const guint8 *)"BA\x28\0\0\0\0\0\0\0\0\0\0\0", 14);
  g_byte_array_append (array, g_bytes_get_data (bmp, NULL), (guint)g_bytes_get_size (bmp));
  array->data[14 + 10] += 14; /* offsets are from the beginning of the file */
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (array);
  g_autoptr (LimenImages) images = decode (bytes, 1, 1);
  g_assert_cmpuint (images->u8[0], ==, 5);
}

static void
test_bmp_with_a_png_inside (void)
{
  g_autoptr (GBytes) png = make_grey_png (2, 2, 7);
  BmpSpec spec = {40, 0, 5, .width = 2, .height = 2};
  spec.rows = g_bytes_get_data (png, &spec.rows_size);
  g_autoptr (GBytes) bytes = make_bmp (&spec);
  g_autoptr (LimenImages) images = decode (bytes, 2, 2);
  g_assert_cmpmem (images->u8, 4, "\7\10\11\12", 4);
}

static void
test_bmp_refusals (void)
{
  static const guchar rows[8] = {9};
  static const struct {
    BmpSpec spec;
    LimenError code;
    const char *words;
  } cases[] = {
      {{40, 8, .n_colours = 2, .width = 3, .height = 2}, LIMEN_ERROR_DAMAGED, "palette"},
      {{40, 24, .width = 3, .height = 2}, LIMEN_ERROR_DAMAGED, "cut off"},
      {{40, 24, .width = 30000, .height = 30000}, LIMEN_ERROR_UNSAFE, "64 million"},
      {{40, 24, .width = 1, .height = 0}, LIMEN_ERROR_DAMAGED, "no pixels"},
      {{40, 24, .width = -1, .height = 1}, LIMEN_ERROR_DAMAGED, "no pixels"},
      {{40, 24, 1, .width = 1, .height = 1}, LIMEN_ERROR_DAMAGED, "contradicts"},
      {{64, 1, 3, .width = 1, .height = 1}, LIMEN_ERROR_FORMAT, "rare method"},
      {{40, 64, .width = 1, .height = 1}, LIMEN_ERROR_FORMAT, "number of bits"},
      {{13, 24, .width = 1, .height = 1}, LIMEN_ERROR_FORMAT, "unknown header"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    BmpSpec spec = cases[i].spec;
    spec.rows = rows;
    spec.rows_size = sizeof rows;
    spec.palette = rows;
    spec.palette_size = spec.n_colours * 4;
    g_autoptr (GBytes) bytes = make_bmp (&spec);
    assert_refused (bytes, cases[i].code, cases[i].words);
  }
}

/* Icons */

static GBytes *
make_ico (const guint8 *entries, guint n, const GByteArray *pictures)
{
  GByteArray *ico = g_byte_array_new ();
  append (ico, 0x10000, 4);
  append (ico, n, 2);
  g_byte_array_append (ico, entries, 16 * n);
  g_byte_array_append (ico, pictures->data, pictures->len);
  return g_byte_array_free_to_bytes (ico);
}

/* A mask of one bit a pixel follows the rows; where it is 1 the screen shows through. */
static void
test_icon_with_a_mask (void)
{
  static const guchar rows[] = {9,    9, 9, 12, 12,   12, 0, 0,
                                3,    3, 3, 6,  6,    6,  0, 0, /* the mask: */
                                0x40, 0, 0, 0,  0x80, 0,  0, 0};
  BmpSpec spec = {40, 24, .width = 2, .height = 4};
  g_autoptr (GByteArray) dib = make_dib (&spec);
  g_byte_array_append (dib, rows, sizeof rows);
  const guint8 entry[16] = {2, 2, 0, 0, 1, 0, 24, 0, (guint8)dib->len, 0, 0, 0, 22};
  g_autoptr (GBytes) bytes = make_ico (entry, 1, dib);
  g_autoptr (LimenImages) images = decode (bytes, 2, 2);
  g_assert_cmpmem (images->u8, 4, "\xff\6\11\xff", 4);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, g_bytes_get_size (bytes) - 1);
  assert_refused (cut, LIMEN_ERROR_DAMAGED, "cut off");
}

static void
test_icon_of_32_bits_and_the_largest_of_several (void)
{
  static const guchar rows[] = {50,   50, 50, 255, 0, 0, 0, 0, /* alpha decides, not the mask */
                                0xff, 0,  0,  0};
  BmpSpec spec = {40, 32, .width = 2, .height = 2};
  g_autoptr (GByteArray) pictures = make_dib (&spec);
  g_autoptr (GBytes) png = make_grey_png (3, 1, 200);
  g_byte_array_append (pictures, rows, sizeof rows);
  guint8 first = (guint8)pictures->len, second = (guint8)g_bytes_get_size (png);
  g_byte_array_append (pictures, g_bytes_get_data (png, NULL), second);
  const guint8 entries[32] = {2,
                              1,
                              0,
                              0,
                              1,
                              0,
                              32,
                              0,
                              first,
                              0,
                              0,
                              0,
                              38,
                              0,
                              0,
                              0,
                              3,
                              1,
                              0,
                              0,
                              1,
                              0,
                              8,
                              0,
                              second,
                              0,
                              0,
                              0,
                              (guint8)(38 + first)};
  g_autoptr (GBytes) both = make_ico (entries, 2, pictures);
  g_autoptr (LimenImages) largest = decode (both, 3, 1);
  g_assert_cmpmem (largest->u8, 3, "\xc8\xc9\xca", 3);
  guint8 single[16];
  memcpy (single, entries, 16);
  single[12] = 22;
  g_autoptr (GBytes) one = make_ico (single, 1, pictures);
  g_autoptr (LimenImages) images = decode (one, 2, 1);
  g_assert_cmpmem (images->u8, 2, "\x32\xff", 2);
}

/* PNM */

static void
test_every_pnm (void)
{
  static const struct {
    const char *content;
    gsize size;
    double expected[4];
  } cases[] = {
#define TEXT(text) text, sizeof (text) - 1
      {TEXT ("P1\n# black is 1\n2 2\n0 1\n1 0\n"), {1, 0, 0, 1}},
      {TEXT ("P1 2 2 0110"), {1, 0, 0, 1}},
      {TEXT ("P2\n2 2\n# white\n7\n0 1 6 7"), {0, 1 / 7.0, 6 / 7.0, 1}},
      {TEXT ("P2 2 2 65535 0 1 6 65535\n"), {0, 1 / 65535.0, 6 / 65535.0, 1}},
      {TEXT ("P3 2 2 255 0 0 0  255 0 0  0 255 0  255 255 255"),
       {0, 19595 / 65536.0, 38470 / 65536.0, 1}},
      {TEXT ("P4 2 2\n\x40\x80"), {1, 0, 0, 1}},
      {TEXT ("P5 2 2 255\n\x00\x40\x80\xff"), {0, 64 / 255.0, 128 / 255.0, 1}},
      {TEXT ("P5 2 2 15\n\x00\x01\x02\x0f"), {0, 1 / 15.0, 2 / 15.0, 1}},
      {TEXT ("P5 2 2 100\n\x00\x01\x02\x64"), {0, 0.01, 0.02, 1}},
      {TEXT ("P5 2 2 65535\n\x00\x00\x00\x01\x01\x00\xff\xff"), {0, 1 / 65535.0, 256 / 65535.0, 1}},
      {TEXT ("P5 2 2 1000\n\x00\x00\x00\x01\x01\xf4\x03\xe8"), {0, 0.001, 0.5, 1}},
      {TEXT ("P6 2 2 255\n\0\0\0\xff\0\0\0\xff\0\xff\xff\xff"),
       {0, 19595 / 65536.0, 38470 / 65536.0, 1}},
      {TEXT ("P6 2 2 65535\n\0\0\0\0\0\0\xff\xff\0\0\0\0\0\0\xff\xff\0\0\xff\xff\xff\xff\xff\xff"),
       {0, 19595 / 65536.0, 38470 / 65536.0, 1}},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].content, cases[i].size);
    g_autoptr (LimenImages) images = decode (bytes, 2, 2);
    for (guint k = 0; k < 4; k++)
      g_assert_cmpfloat_with_epsilon (pixel (images, k), cases[i].expected[k],
                                      images->u8 ? 0.51 / 255 : 1e-6);
    const char *blank = strrchr (cases[i].content, ' '); /* of text, before its last number */
    gsize kept = cases[i].content[1] <= '3' ? (gsize)(blank - cases[i].content) : cases[i].size - 3;
    g_autoptr (GBytes) cut = g_bytes_new_static (cases[i].content, kept);
    assert_refused (cut, LIMEN_ERROR_DAMAGED, "some.file");
  }
}

static gboolean
count_cb (LimenImages *page, guint number, GError *problem, gpointer data)
{
  guint *sum = data;
  g_assert_no_error (problem);
  *sum = *sum * 1000 + page->u8[0] * number;
  limen_images_free (page);
  return TRUE;
}

static void
test_pnm_one_after_the_other (void)
{
  g_autoptr (GBytes) bytes =
      g_bytes_new_static (TEXT ("P5 2 1 255\n\x01\x02P5 1 1 255\n\x05\nP4 1 1\n\x00"));
  guint sum = 0;
  g_assert_true (limen_image_is_stack (bytes));
  g_assert_true (limen_image_decode_pages (bytes, "some.file", NULL, count_cb, &sum, NULL, NULL));
  g_assert_cmpuint (sum, ==, (1 * 1000 + 10) * 1000 + 3 * 255);
}

static void
test_pnm_refusals (void)
{
  static const char *const bad[] = {
      "P2 2 2 7 0 1 6 8", "P2 2 2 7 0 1 x 7",     "P1 2 2 0 1 2 0",     "P2 0 2 7",
      "P5 2 2 0\n....",   "P2 2 2 65536 1 1 1 1", "P5 2 2 7\n\1\2\3\10"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));
    assert_refused (bytes, LIMEN_ERROR_DAMAGED, "some.file");
  }
  g_autoptr (GBytes) huge = g_bytes_new_static (TEXT ("P5 100000 100000 255\n"));
  assert_refused (huge, LIMEN_ERROR_UNSAFE, "64 million");
}

/* JPEG */

static GBytes *
make_jpeg (int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  char *buffer;
  gsize size;
  gdk_pixbuf_fill (pixbuf, 0x406080ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "jpeg", NULL, NULL));
  return g_bytes_new_take (buffer, size);
}

/* Puts @n scans without content before the end, each of which goes over all pixels. */
static GBytes *
with_scans (GBytes *jpeg, guint n)
{
  gsize size;
  const guchar *data = g_bytes_get_data (jpeg, &size);
  GByteArray *array = g_byte_array_new ();
  g_byte_array_append (array, data, (guint)size - 2);
  for (guint i = 0; i < n; i++)
    g_byte_array_append (array, (const guint8 *)"\xff\xda\0\x08\1\1\0\1\x3f\0", 10);
  g_byte_array_append (array, (const guint8 *)"\xff\xd9", 2);
  return g_byte_array_free_to_bytes (array);
}

static void
test_scans_of_jpeg_are_bounded (void)
{
  g_autoptr (GBytes) small = make_jpeg (16, 16), large = make_jpeg (8000, 8000);
  g_autoptr (LimenImages) images = decode (small, 16, 16);
  g_assert_cmpint (abs ((int)images->u8[0] - (int)bt601 (0x40, 0x60, 0x80)), <=, 1);
  g_autoptr (GBytes) many = with_scans (small, 100), wide = with_scans (large, 17);
  assert_refused (many, LIMEN_ERROR_UNSAFE, "in 101 scans, more than 100 or");
  assert_refused (wide, LIMEN_ERROR_UNSAFE, "8000 × 8000 pixels in 18 scans");
}

static void
test_jpeg_that_is_none_of_8_bits_is_named (void)
{
  g_autoptr (GBytes) jpeg = make_jpeg (16, 16);
  gsize size;
  g_autofree guchar *copy = g_memdup2 (g_bytes_get_data (jpeg, &size), g_bytes_get_size (jpeg));
  size = g_bytes_get_size (jpeg);
  for (gsize i = 0; i + 4 < size; i++)
    if (copy[i] == 0xff && copy[i + 1] == 0xc0) {
      copy[i + 4] = 12;
      g_autoptr (GBytes) twelve = g_bytes_new (copy, size);
      assert_refused (twelve, LIMEN_ERROR_FORMAT, "JPEG of 12 bits");
      copy[i + 1] = 0xc3;
      g_autoptr (GBytes) lossless = g_bytes_new (copy, size);
      assert_refused (lossless, LIMEN_ERROR_FORMAT, "lossless JPEG");
      return;
    }
  g_assert_not_reached ();
}

/* A bit that is wrong in the rows would be made up for, not told, by libjpeg alone. */
static void
test_altered_jpeg_is_refused_or_sound (void)
{
  g_autoptr (GBytes) jpeg = make_jpeg (64, 64);
  gsize size = g_bytes_get_size (jpeg);
  for (gsize at = 2; at < size; at += 1 + at / 100) {
    guchar *copy = g_memdup2 (g_bytes_get_data (jpeg, NULL), size);
    copy[at] ^= 0x41;
    g_autoptr (GBytes) altered = g_bytes_new_take (copy, size);
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenImages) images = limen_image_decode (altered, "some.file", NULL, NULL, &error);
    g_assert_true (!images == !!error);
    if (error)
      assert_sentence (error, "some.file");
  }
}

/* WebP, of which the loader is a package of its own: black, white, grey 128, black, lossless */
static const guint8 webp[] = {0x52, 0x49, 0x46, 0x46, 0x2e, 0x00, 0x00, 0x00, 0x57, 0x45, 0x42,
                              0x50, 0x56, 0x50, 0x38, 0x4c, 0x21, 0x00, 0x00, 0x00, 0x2f, 0x03,
                              0x00, 0x00, 0x00, 0x17, 0x20, 0x10, 0x48, 0x52, 0x9f, 0x7c, 0x0d,
                              0x01, 0x41, 0xd1, 0x75, 0xcb, 0x09, 0x08, 0x8a, 0xae, 0x5b, 0x6e,
                              0xfe, 0x03, 0x7f, 0x15, 0x94, 0x24, 0xa2, 0xff, 0x01, 0x00};

static void
test_webp (void)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("webp", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (webp, sizeof webp);
  if (!loader) {
    assert_refused (bytes, LIMEN_ERROR_FORMAT, "webp-pixbuf-loader");
    g_test_skip ("the loader of WebP is not installed");
    return;
  }
  gdk_pixbuf_loader_close (loader, NULL);
  g_autoptr (LimenImages) images = decode (bytes, 4, 1);
  g_assert_cmpmem (images->u8, 4, "\0\xff\x80\0", 4);
  for (gsize size = 12; size < sizeof webp - 1; size++) {
    g_autoptr (GBytes) cut = g_bytes_new_static (webp, size);
    assert_refused (cut, LIMEN_ERROR_DAMAGED, "can't be decoded");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bmp/of-few-bits-in-every-header", test_bmp_of_few_bits_in_every_header);
  g_test_add_func ("/bmp/of-true-colours", test_bmp_of_true_colours);
  g_test_add_func ("/bmp/of-masks", test_bmp_of_masks);
  g_test_add_func ("/bmp/of-runs", test_bmp_of_runs);
  g_test_add_func ("/bmp/arrays-of-os2", test_bmp_arrays_of_os2);
  g_test_add_func ("/bmp/with-a-png-inside", test_bmp_with_a_png_inside);
  g_test_add_func ("/bmp/refusals", test_bmp_refusals);
  g_test_add_func ("/icon/with-a-mask", test_icon_with_a_mask);
  g_test_add_func ("/icon/of-32-bits-and-the-largest-of-several",
                   test_icon_of_32_bits_and_the_largest_of_several);
  g_test_add_func ("/pnm/every-kind", test_every_pnm);
  g_test_add_func ("/pnm/one-after-the-other", test_pnm_one_after_the_other);
  g_test_add_func ("/pnm/refusals", test_pnm_refusals);
  g_test_add_func ("/jpeg/scans-are-bounded", test_scans_of_jpeg_are_bounded);
  g_test_add_func ("/jpeg/that-is-none-of-8-bits-is-named",
                   test_jpeg_that_is_none_of_8_bits_is_named);
  g_test_add_func ("/jpeg/altered-is-refused-or-sound", test_altered_jpeg_is_refused_or_sound);
  g_test_add_func ("/picture/webp", test_webp);
  return g_test_run ();
}
