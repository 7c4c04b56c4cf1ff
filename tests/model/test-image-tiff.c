#include "model/data/image-file.h"
#include "model/make-tiff.h"

#include <math.h>
#include <fcntl.h>
#include <unistd.h>

#define WIDTH  21 /* more than one tile of 16, and no multiple of 8 */
#define HEIGHT 19

static LimenImages *
decode (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  LimenImages *images = limen_image_decode (bytes, "some.tif", NULL, &error);
  g_assert_no_error (error);
  return images;
}

static double
pixel (const LimenImages *images, gsize i)
{
  return images->u8 ? images->u8[i] / 255.0 : (double)images->f32[i];
}

/* Types of numbers. Each is written from the same fractions, and read back as them. */

typedef struct {
  guint format, bits;
  double full;
} Type;

static const Type types[] = {
    {SAMPLEFORMAT_UINT, 8, 255},
    {SAMPLEFORMAT_UINT, 16, 65535},
    {SAMPLEFORMAT_UINT, 32, 4294967295.0},
    {SAMPLEFORMAT_UINT, 64, 18446744073709551615.0},
    {SAMPLEFORMAT_INT, 8, 127},
    {SAMPLEFORMAT_INT, 16, 32767},
    {SAMPLEFORMAT_INT, 32, 2147483647},
    {SAMPLEFORMAT_IEEEFP, 16, 1},
    {SAMPLEFORMAT_IEEEFP, 32, 1},
    {SAMPLEFORMAT_IEEEFP, 64, 1},
};

/* Positive halves of normal size, truncated */
static guint16
half_of (double value)
{
  int exponent;
  double fraction = frexp (value, &exponent);
  if (exponent < -13)
    return 0;
  return (guint16)((guint)(exponent + 14) << 10 | ((guint)(fraction * 2048) & 1023));
}

static double
double_of_half (guint16 half)
{
  return half == 0 ? 0 : ldexp ((half & 1023) + 1024, (half >> 10) - 25);
}

/* Writes @part of what is white. Returns: what was really written, from 0 to 1. */
static double
store (const Type *type, double part, gsize index, guchar *out)
{
  guint64 whole = type->bits == 64 ? (guint64)(part * 0x1p63) * 2 : (guint64)(part * type->full);
  guint32 whole32 = (guint32)whole;
  guint16 whole16 = (guint16)whole, half = half_of (part);
  float f32 = (float)part;
  guchar *at = out + index * type->bits / 8;
  if (type->format == SAMPLEFORMAT_IEEEFP) {
    memcpy (at,
            type->bits == 16   ? (gpointer)&half
            : type->bits == 32 ? (gpointer)&f32
                               : (gpointer)&part,
            type->bits / 8);
    return type->bits == 16 ? double_of_half (half) : type->bits == 32 ? (double)f32 : part;
  }
  memcpy (at,
          type->bits == 64   ? (gpointer)&whole
          : type->bits == 32 ? (gpointer)&whole32
                             : (gpointer)&whole16,
          type->bits / 8);
  return (double)whole / type->full;
}

/* @planes apart or side by side; the fractions of a pixel are in @parts: (height, width, n) */
static guchar *
store_all (const Type *type, double *parts, guint n, gboolean is_separate)
{
  gsize n_pixels = WIDTH * HEIGHT;
  guchar *rows = g_malloc0 (n_pixels * n * type->bits / 8 + 8);
  for (gsize i = 0; i < n_pixels; i++)
    for (guint c = 0; c < n; c++)
      parts[i * n + c] =
          store (type, parts[i * n + c], is_separate ? c * n_pixels + i : i * n + c, rows);
  return rows;
}

static double *
random_parts (GRand *rand, guint n)
{
  double *parts = g_new (double, WIDTH *HEIGHT *n);
  for (guint i = 0; i < WIDTH * HEIGHT * n; i++)
    parts[i] = g_rand_double (rand);
  parts[0] = 0;
  for (guint c = 0; c < n; c++)
    parts[n + c] = 1 - 0x1p-11; /* near white, so that the range of integers is seen */
  return parts;
}

static double
luma (const double *rgb)
{
  return (19595 * rgb[0] + 38470 * rgb[1] + 7471 * rgb[2]) / 65536;
}

/* Colour models: how many samples, and what they are in grey, on white */

typedef double (*GreyFunc) (const double *samples);

static double
grey (const double *s)
{
  return s[0];
}

static double
inverted (const double *s)
{
  return 1 - s[0];
}

static double
grey_alpha (const double *s)
{
  return s[0] * s[1] + 1 - s[1];
}

static double
grey_associated (const double *s)
{
  return MIN (s[0] + 1 - s[1], 1);
}

static double
rgb_alpha (const double *s)
{
  return luma (s) * s[3] + 1 - s[3];
}

static double
rgb_associated (const double *s)
{
  return MIN (luma (s) + 1 - s[3], 1);
}

static double
cmyk (const double *s)
{
  return (1 - luma (s)) * (1 - s[3]);
}

static const struct {
  guint photometric, n;
  int extra;
  GreyFunc grey;
} models[] = {
    {PHOTOMETRIC_MINISBLACK, 1, 0, grey},
    {PHOTOMETRIC_MINISWHITE, 1, 0, inverted},
    {PHOTOMETRIC_MINISBLACK, 2, EXTRASAMPLE_UNASSALPHA, grey_alpha},
    {PHOTOMETRIC_MINISBLACK, 2, EXTRASAMPLE_ASSOCALPHA, grey_associated},
    {PHOTOMETRIC_MINISBLACK, 2, -1, grey_alpha},
    {PHOTOMETRIC_RGB, 3, 0, luma},
    {PHOTOMETRIC_RGB, 4, EXTRASAMPLE_UNASSALPHA, rgb_alpha},
    {PHOTOMETRIC_RGB, 4, EXTRASAMPLE_ASSOCALPHA, rgb_associated},
    {PHOTOMETRIC_RGB, 4, -1, rgb_alpha},
    {PHOTOMETRIC_SEPARATED, 4, 0, cmyk},
};

static void
check_case (GRand *rand, const Type *type, guint model, const TiffSpec *how)
{
  TiffSpec spec = *how;
  guint n = models[model].n;
  g_autofree double *parts = random_parts (rand, n);
  g_autofree guchar *rows = store_all (type, parts, n, how->is_separate);
  spec.width = WIDTH;
  spec.height = HEIGHT;
  spec.bits = type->bits;
  spec.format = type->format;
  spec.n_samples = n;
  spec.photometric = models[model].photometric;
  spec.extra = models[model].extra;
  spec.rows = rows;
  g_autoptr (GBytes) bytes = make_tiff (&spec);
  g_autoptr (LimenImages) images = decode (bytes);
  g_assert_true (images->width == WIDTH && images->height == HEIGHT);
  gboolean is_byte = type->bits == 8 && type->format == SAMPLEFORMAT_UINT;
  g_assert_true (is_byte == (images->u8 != NULL));
  for (guint i = 0; i < WIDTH * HEIGHT; i++) {
    double expected = models[model].grey (parts + i * n);
    if (fabs (pixel (images, i) - expected) > (is_byte ? 0.51 / 255 : 1e-6))
      g_error ("model %u, type %u of %u bits, pixel %u: %g instead of %g", model, type->format,
               type->bits, i, pixel (images, i), expected);
  }
}

static void
test_every_type_colour_and_layout (void)
{
  static const TiffSpec ways[] = {
      {.mode = "w"},
      {.mode = "wb", .is_separate = TRUE},
      {.mode = "w8", .tile = 16, .compression = COMPRESSION_ADOBE_DEFLATE},
      {.mode = "w8b", .tile = 16, .is_separate = TRUE, .compression = COMPRESSION_LZW},
      {.mode = "w", .compression = COMPRESSION_PACKBITS, .is_separate = TRUE},
      {.mode = "wb", .compression = COMPRESSION_LZW},
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  for (guint type = 0; type < G_N_ELEMENTS (types); type++)
    for (guint model = 0; model < G_N_ELEMENTS (models); model++)
      for (guint way = 0; way < G_N_ELEMENTS (ways); way++)
        check_case (rand, &types[type], model, &ways[way]);
}

/* Numbers that fill no whole bytes: a stream of bits, each row of its own */
static void
test_every_number_of_bits (void)
{
  for (guint bits = 1; bits <= 16; bits++) {
    guint width = 13, height = 3, full = (1u << bits) - 1;
    gsize stride = (width * bits + 7) / 8;
    g_autofree guchar *rows = g_malloc0 (stride * height);
    g_autofree guint16 *words = g_new0 (guint16, width * height);
    g_autofree guint *values = g_new (guint, width * height);
    for (guint i = 0; i < width * height; i++) {
      values[i] = words[i] = (guint16)(i * 2654435761u >> 7 & full);
      for (guint b = 0; b < bits; b++) {
        gsize bit = i % width * bits + b;
        if (values[i] >> (bits - 1 - b) & 1)
          rows[i / width * stride + bit / 8] |= (guchar)(0x80 >> bit % 8);
      }
    }
    TiffSpec spec = {.width = width, .height = height, .bits = bits, .photometric = 1};
    spec.rows = bits == 16 ? (gpointer)words : rows;
    g_autoptr (GBytes) bytes = make_tiff (&spec);
    g_autoptr (LimenImages) images = decode (bytes);
    g_assert_null (images->told); /* nothing had to be decided */
    for (guint i = 0; i < width * height; i++)
      g_assert_cmpfloat_with_epsilon (pixel (images, i), (double)values[i] / full, 1e-7);
  }
}

/* Palettes */

static void
check_palette (guint bits, guint factor, gboolean is_bytes)
{
  guint n = 1u << bits;
  g_autofree guint16 *palette = g_new (guint16, 3 * n);
  g_autofree guchar *rows = g_malloc (64);
  for (guint i = 0; i < 3 * n; i++)
    palette[i] = (guint16)(i * 2654435761u >> 9 & 255) * factor + (is_bytes ? 0 : 3);
  for (guint i = 0; i < 64; i++)
    rows[i] = (guchar)(i * 37);
  TiffSpec spec = {.width = 64 * 8 / bits, .height = 1, .bits = bits, .photometric = 3};
  spec.palette = palette;
  spec.rows = rows;
  g_autoptr (GBytes) bytes = make_tiff (&spec);
  g_autoptr (LimenImages) images = decode (bytes);
  g_assert_true (is_bytes == (images->u8 != NULL));
  for (guint i = 0; i < spec.width; i++) {
    guint index = rows[i * bits / 8] >> (8 - bits - i * bits % 8) & (n - 1);
    double rgb[3];
    for (guint c = 0; c < 3; c++) {
      guint16 value = palette[c * n + index];
      rgb[c] = is_bytes ? (value >> 8) / 255.0 : value / 65535.0;
    }
    g_assert_cmpfloat_with_epsilon (pixel (images, i), luma (rgb), is_bytes ? 0.51 / 255 : 1e-6);
  }
}

static void
test_palettes (void)
{
  for (guint bits = 1; bits <= 8; bits *= 2) {
    check_palette (bits, 257, TRUE);
    check_palette (bits, 256, TRUE);
    check_palette (bits, 251, FALSE);
  }
}

static void
test_orientation (void)
{
  static const guchar stored[6] = {1, 2, 3, 4, 5, 6};
  static const guchar upright[9][6] = {
      {1, 2, 3, 4, 5, 6}, {1, 2, 3, 4, 5, 6}, {3, 2, 1, 6, 5, 4},
      {6, 5, 4, 3, 2, 1}, {4, 5, 6, 1, 2, 3}, {1, 4, 2, 5, 3, 6},
      {4, 1, 5, 2, 6, 3}, {6, 3, 5, 2, 4, 1}, {3, 6, 2, 5, 1, 4},
  };
  for (guint orientation = 0; orientation <= 8; orientation++) {
    TiffSpec spec = {.width = 3, .height = 2, .bits = 8, .photometric = 1, .rows = stored};
    spec.orientation = orientation;
    g_autoptr (GBytes) bytes = make_tiff (&spec);
    g_autoptr (LimenImages) images = decode (bytes);
    g_assert_cmpuint (images->width, ==, orientation >= 5 ? 2 : 3);
    g_assert_cmpmem (images->u8, 6, upright[orientation], 6);
  }
}

/* What libtiff itself turns into colours of 8 bits */
static void
test_luma_and_chroma (void)
{
  guchar rows[16 * 16 * 3];
  for (guint i = 0; i < 256; i++) {
    rows[3 * i] = (guchar)i;
    rows[3 * i + 1] = rows[3 * i + 2] = 128; /* no colour */
  }
  TiffSpec spec = {.width = 16, .height = 16, .bits = 8, .n_samples = 3};
  spec.photometric = PHOTOMETRIC_YCBCR;
  spec.rows = rows;
  g_autoptr (GBytes) made = make_tiff (&spec);
  g_autoptr (LimenImages) images = decode (made);
  for (guint i = 0; i < 256; i++)
    g_assert_cmpint (abs ((int)images->u8[i] - (int)i), <=, 1);
}

/* Ranges of numbers whose type does not say what white is */

static GBytes *
make_floats (const float *values, guint n)
{
  TiffSpec spec = {.width = n, .height = 1, .bits = 32, .photometric = 1};
  spec.format = SAMPLEFORMAT_IEEEFP;
  spec.rows = values;
  return make_tiff (&spec);
}

static void
test_ranges_of_floats (void)
{
  static const struct {
    float values[2], expected[2];
    const char *told;
  } cases[] = {
      {{0, 1}, {0, 1}, "numbers read as 0 to 1"},
      {{0, 0.25f}, {0, 0.25f}, "numbers read as 0 to 1"},
      {{-1e-8f, 1.0000001f}, {0, 1}, "numbers read as 0 to 1"},
      {{-1, 1}, {0, 1}, "numbers read as -1 to 1"},
      {{-0.5f, 0.5f}, {0.25f, 0.75f}, "numbers read as -1 to 1"},
      {{0, 255}, {0, 1}, "numbers read as 0 to 255"},
      {{1.5f, 51}, {1.5f / 255, 0.2f}, "numbers read as 0 to 255"},
      {{0, 300}, {0, 300 / 65535.0f}, "numbers read as 0 to 65535"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = make_floats (cases[i].values, 2);
    g_autoptr (LimenImages) images = decode (bytes);
    g_assert_cmpstr (images->told, ==, cases[i].told);
    for (guint k = 0; k < 2; k++)
      g_assert_cmpfloat_with_epsilon (images->f32[k], cases[i].expected[k], 1e-6f);
  }
}

static void
assert_refused (GBytes *bytes, LimenError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenImages) none = limen_image_decode (bytes, "some.tif", NULL, &error);
  if (none)
    g_error ("was read instead of refused: %s", words);
  g_assert_error (error, LIMEN_ERROR, (int)code);
  assert_sentence (error, "some.tif");
  if (!strstr (error->message, words))
    g_error ("%s does not say: %s", error->message, words);
}

static void
test_numbers_out_of_every_range_are_refused (void)
{
  const float cases[][2] = {{0, NAN}, {0, INFINITY}, {-2, 0}, {0, 70000}, {-300, 200}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = make_floats (cases[i], 2);
    assert_refused (bytes, LIMEN_ERROR_MISMATCH, i < 2 ? "not finite" : "has values from");
  }
  const gint16 negative[2] = {-5, 300};
  TiffSpec spec = {.width = 2, .height = 1, .bits = 16, .photometric = 1, .rows = negative};
  spec.format = SAMPLEFORMAT_INT;
  g_autoptr (GBytes) bytes = make_tiff (&spec);
  assert_refused (bytes, LIMEN_ERROR_MISMATCH, "-5 to 300");
}

/* Stacks */

typedef struct {
  GPtrArray *pages, *problems;
  GArray *numbers;
} Taken;

static void
taken_clear (Taken *taken)
{
  g_ptr_array_unref (taken->pages);
  g_ptr_array_unref (taken->problems);
  g_array_unref (taken->numbers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taken, taken_clear)

static gboolean
take_cb (LimenImages *page, guint number, GError *problem, gpointer data)
{
  Taken *taken = data;
  g_assert_true (!page == !!problem);
  if (page)
    g_ptr_array_add (taken->pages, page);
  else
    g_ptr_array_add (taken->problems, problem);
  g_array_append_val (taken->numbers, number);
  return TRUE;
}

static Taken
take_all (GBytes *bytes, gboolean expected)
{
  Taken taken = {g_ptr_array_new_with_free_func ((GDestroyNotify)limen_images_free),
                 g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free),
                 g_array_new (FALSE, FALSE, sizeof (guint))};
  g_autoptr (GError) error = NULL;
  gboolean ok = limen_image_decode_pages (bytes, "some.tif", take_cb, &taken, NULL, &error);
  g_assert_true (ok == expected && ok == !error);
  return taken;
}

static const guchar bytes_a[4] = {0, 50, 100, 255}, bytes_b[4] = {9, 8, 7, 6};

static TiffSpec
small_page (gconstpointer rows)
{
  return (TiffSpec){.width = 2, .height = 2, .bits = 8, .photometric = 1, .rows = rows};
}

static void
test_all_pages_of_a_stack (void)
{
  TiffSpec specs[4] = {small_page (bytes_a), small_page (bytes_b), small_page (bytes_a),
                       small_page (bytes_b)};
  specs[1].subfile = FILETYPE_REDUCEDIMAGE; /* a thumbnail */
  specs[2].subfile = FILETYPE_PAGE;
  for (guint big = 0; big < 2; big++) {
    specs[0].mode = big ? "w8b" : "w";
    g_autoptr (GBytes) bytes = make_tiff_stack (specs, 4);
    g_assert_true (limen_image_is_stack (bytes));
    g_auto (Taken) taken = take_all (bytes, TRUE);
    g_assert_cmpuint (taken.pages->len, ==, 3);
    g_assert_cmpuint (taken.problems->len, ==, 0);
    const guint expected[3] = {1, 3, 4};
    g_assert_cmpmem (taken.numbers->data, 12, expected, 12);
    LimenImages *last = taken.pages->pdata[2];
    g_assert_cmpmem (last->u8, 4, bytes_b, 4);
  }
  g_autoptr (GBytes) single = make_tiff (&specs[0]);
  g_assert_false (limen_image_is_stack (single));
}

static void
test_only_thumbnails_are_no_picture (void)
{
  TiffSpec spec = small_page (bytes_a);
  spec.subfile = FILETYPE_REDUCEDIMAGE;
  g_autoptr (GBytes) bytes = make_tiff (&spec);
  assert_refused (bytes, LIMEN_ERROR_FORMAT, "only thumbnails");
}

/* The second page alone would be read as 0 to 1. */
static void
test_a_range_holds_for_all_pages (void)
{
  const float bright[4] = {0, 100, 200, 255}, dark[4] = {0, 0.5f, 1, 0.25f};
  TiffSpec specs[2] = {small_page (bright), small_page (dark)};
  for (guint i = 0; i < 2; i++) {
    specs[i].bits = 32;
    specs[i].format = SAMPLEFORMAT_IEEEFP;
  }
  g_autoptr (GBytes) bytes = make_tiff_stack (specs, 2);
  g_auto (Taken) taken = take_all (bytes, TRUE);
  const LimenImages *second = taken.pages->pdata[1];
  g_assert_cmpstr (second->told, ==, "numbers read as 0 to 255");
  g_assert_cmpfloat_with_epsilon (second->f32[2], 1 / 255.0f, 1e-7f);
}

static void
test_one_bad_page_does_not_cost_the_others (void)
{
  TiffSpec specs[3] = {small_page (bytes_a), small_page (bytes_b), small_page (bytes_a)};
  specs[1].format = SAMPLEFORMAT_COMPLEXINT;
  specs[1].bits = 32;
  guint32 complex_rows[4] = {0};
  specs[1].rows = complex_rows;
  g_autoptr (GBytes) bytes = make_tiff_stack (specs, 3);
  g_auto (Taken) taken = take_all (bytes, TRUE);
  g_assert_cmpuint (taken.pages->len, ==, 2);
  g_assert_cmpuint (taken.problems->len, ==, 1);
  assert_sentence (taken.problems->pdata[0], "some.tif, page 2");
}

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
  g_assert_null (limen_image_decode (bytes, "some.tif", NULL, &error));
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
    const TiffField fields[] = {{256, 4, 1, 1}, {257, 4, 1, 1}, {258, 3, 1, 8}, {262, 3, 1, 1},
                                {273, 4, 1, 8}, {279, 4, 1, 1}, wide};
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
      g_autoptr (LimenImages) images = limen_image_decode (part, "some.tif", NULL, &error);
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
    g_autoptr (LimenImages) none = limen_image_decode (bad, "some.tif", NULL, &error);
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
  g_assert_null (limen_image_decode (bytes, "some.tif", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tiff/every-type-colour-and-layout", test_every_type_colour_and_layout);
  g_test_add_func ("/tiff/every-number-of-bits", test_every_number_of_bits);
  g_test_add_func ("/tiff/palettes", test_palettes);
  g_test_add_func ("/tiff/orientation", test_orientation);
  g_test_add_func ("/tiff/luma-and-chroma", test_luma_and_chroma);
  g_test_add_func ("/tiff/ranges-of-floats", test_ranges_of_floats);
  g_test_add_func ("/tiff/numbers-out-of-every-range-are-refused",
                   test_numbers_out_of_every_range_are_refused);
  g_test_add_func ("/tiff/all-pages-of-a-stack", test_all_pages_of_a_stack);
  g_test_add_func ("/tiff/only-thumbnails-are-no-picture", test_only_thumbnails_are_no_picture);
  g_test_add_func ("/tiff/a-range-holds-for-all-pages", test_a_range_holds_for_all_pages);
  g_test_add_func ("/tiff/one-bad-page-does-not-cost-the-others",
                   test_one_bad_page_does_not_cost_the_others);
  g_test_add_func ("/tiff/the-plain-file-is-read", test_the_plain_file_is_read);
  g_test_add_func ("/tiff/what-is-not-read-is-named", test_what_is_not_read_is_named);
  g_test_add_func ("/tiff/directories-in-circles-end", test_directories_in_circles_end);
  g_test_add_func ("/tiff/tiles-larger-than-the-picture-are-bounded",
                   test_tiles_larger_than_the_picture_are_bounded);
  g_test_add_func ("/tiff/many-channels-are-bounded", test_many_channels_are_bounded);
  g_test_add_func ("/tiff/pages-that-share-are-bounded", test_pages_that_share_are_bounded);
  g_test_add_func ("/tiff/cut-off-anywhere", test_cut_off_anywhere);
  g_test_add_func ("/tiff/threads-and-silence", test_threads_and_silence);
  g_test_add_func ("/tiff/cancelling-is-no-damage", test_cancelling_is_no_damage);
  return g_test_run ();
}
