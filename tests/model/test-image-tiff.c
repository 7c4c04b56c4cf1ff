#include "model/tiff-asserts.h"

#include <math.h>

#define WIDTH  21 /* more than one tile of 16, and no multiple of 8 */
#define HEIGHT 19

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
  gboolean is_inverted = spec.photometric == PHOTOMETRIC_MINISWHITE;
  LimenReading whole = {is_inverted ? type->full : 0, is_inverted ? 0 : type->full};
  g_autoptr (LimenImages) images =
      decode_as (bytes, type->format == SAMPLEFORMAT_IEEEFP ? NULL : &whole);
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
    g_assert_null (images->read_as); /* nothing had to be decided */
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
    const char *line, *note;
  } cases[] = {
      {{0, 1}, {0, 1}, "read as 0–1, 2 × 1", NULL},
      {{0, 0.25f}, {0, 0.25f}, "read as 0–1, 2 × 1", NULL},
      {{-1e-8f, 1.0000001f}, {0, 1}, "read as 0–1, 2 × 1", "2 of 2 values lie outside of 0 to 1"},
      {{-1, 1}, {0, 1}, "read as −1 to 1, 2 × 1", NULL},
      {{-0.5f, 0.5f}, {0, 1}, "read as −0.5 to 0.5, 2 × 1", "choose the range -1..1"},
      {{0, 255}, {0, 1}, "read as 0–255, 2 × 1", NULL},
      {{1.5f, 51}, {1.5f / 255, 0.2f}, "read as 0–255, 2 × 1", "choose the range 0..51"},
      {{0, 300}, {0, 300 / 65535.0f}, "read as 0–65535, 2 × 1", "choose the range 0..300"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = make_floats (cases[i].values, 2);
    g_autoptr (LimenImages) images = decode (bytes);
    g_auto (GStrv) notes = limen_read_as_notes (images->read_as);
    assert_read_as (images, cases[i].line);
    g_assert_cmpint (notes[0] != NULL, ==, cases[i].note != NULL);
    g_assert_true (!notes[0] || (strstr (notes[0], cases[i].note) && !notes[1]));
    for (guint k = 0; k < 2; k++)
      g_assert_cmpfloat_with_epsilon (images->f32[k], cases[i].expected[k], 1e-6f);
  }
}

/* Floats, and integers of more than 8 bits: pictures of 12 bits in 16 as microscopes give them. A
 * page that means white by 0 is read as is asked, too. */
static void
test_a_range_is_overruled (void)
{
  static const float floats[2] = {0.5f, 2};
  static const guint16 words[2] = {1024, 4096};
  static const LimenReading two = {.white = 2}, twelve = {.white = 4096},
                            negative = {.black = 4096};
  TiffSpec spec = {.width = 2, .height = 1, .bits = 16, .photometric = 1, .rows = words};
  g_autoptr (GBytes) a = make_floats (floats, 2), b = make_tiff (&spec);
  spec.photometric = PHOTOMETRIC_MINISWHITE;
  g_autoptr (GBytes) c = make_tiff (&spec);
  const struct {
    GBytes *bytes;
    const LimenReading *asked;
    float expected[2];
    const char *line;
  } cases[] = {
      {a, &two, {0.25f, 1}, "read as 0–2, 2 × 1"},
      {b, &twelve, {0.25f, 1}, "read as 0–4096, 2 × 1"},
      {b, &negative, {0.75f, 0}, "read as 4096 (black) to 0 (white), 2 × 1"},
      {c, &twelve, {0.25f, 1}, "read as 0–4096, 2 × 1"},
      {b, &two, {1, 1}, "read as 0–2, 2 × 1"},
      {b, NULL, {1024 / 65535.0f, 4096 / 65535.0f}, NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LimenImages) images = decode_as (cases[i].bytes, cases[i].asked);
    assert_read_as (images, cases[i].line);
    for (guint k = 0; k < 2; k++)
      g_assert_cmpfloat_with_epsilon (images->f32[k], cases[i].expected[k], 1e-6f);
    if (images->read_as)
      g_assert_cmpuint (images->read_as->n_clamped, ==, cases[i].bytes == b && i == 4 ? 2 : 0);
  }
}

/* Floats of which 0 is white say so, and lie on their side as the picture does. */
static void
test_white_may_be_zero (void)
{
  static const float values[2] = {0, 0.25f};
  TiffSpec spec = {.width = 2, .height = 1, .bits = 32, .photometric = 0, .format = 3};
  spec.rows = values;
  spec.orientation = 6;
  g_autoptr (GBytes) bytes = make_tiff (&spec);
  g_autoptr (LimenImages) images = decode (bytes);
  assert_read_as (images, "read as 1 (black) to 0 (white), 1 × 2");
  g_assert_cmpfloat (images->f32[0], ==, 1);
  g_assert_cmpfloat (images->f32[1], ==, 0.75f);
}

static void
test_numbers_out_of_every_range_are_refused (void)
{
  const float cases[][2] = {{0, NAN}, {0, INFINITY}, {-2, 0}, {0, 70000}, {-300, 200}, {0, 1.5f}};
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
  assert_read_as (second, "read as 0–255, 2 × 2");
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
  g_test_add_func ("/tiff/a-range-is-overruled", test_a_range_is_overruled);
  g_test_add_func ("/tiff/white-may-be-zero", test_white_may_be_zero);
  g_test_add_func ("/tiff/numbers-out-of-every-range-are-refused",
                   test_numbers_out_of_every_range_are_refused);
  g_test_add_func ("/tiff/all-pages-of-a-stack", test_all_pages_of_a_stack);
  g_test_add_func ("/tiff/only-thumbnails-are-no-picture", test_only_thumbnails_are_no_picture);
  g_test_add_func ("/tiff/a-range-holds-for-all-pages", test_a_range_holds_for_all_pages);
  g_test_add_func ("/tiff/one-bad-page-does-not-cost-the-others",
                   test_one_bad_page_does_not_cost_the_others);
  return g_test_run ();
}
