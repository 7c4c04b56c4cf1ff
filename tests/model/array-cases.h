/* Arrays of each type, layout, scale and order, and the pixels that were meant by them. */
#pragma once

#include "model/data/npy.h"
#include "model/data-files.h"

#include <math.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#define SIDE   28
#define PIXELS (SIDE * SIDE)
#define N      7
#define MOST   (N * (3 * PIXELS + 1))

/* What was meant */

static guint
level_of (guint image, guint y, guint x, guint channel)
{
  if (y == 0 && x < 2)
    return x * 255; /* each image reaches both ends */
  return (image * 31 + y * 17 + x * 5 + channel * 83 + (y * x) % 7 * 11) % 256;
}

typedef enum { UNIT, BYTES, WORDS, SIGNED, CENTRED, N_SCALES } Scale;

/* The number that stands for a level, in integers where @whole: then 0 to 1 and −1 to 1 have two
 * levels, and the fifth scale is −128 to 127. */
static double
number_of (Scale scale, guint level, gboolean whole)
{
  switch (scale) {
  case UNIT:
    return whole ? level > 127 : level / 255.0;
  case BYTES:
    return level;
  case WORDS:
    return level * 257.0;
  case SIGNED:
    return whole ? (level > 127 ? 1 : -1) : level / 127.5 - 1;
  default:
    return whole ? level - 128.0 : level / 255.0 - 0.5;
  }
}

static double
meant (Scale scale, guint level, gboolean whole)
{
  return whole && (scale == UNIT || scale == SIGNED) ? level > 127 : level / 255.0;
}

/* Types */

static const struct {
  LimenNumberType type;
  const char *descr;
  guint size;
  gboolean is_float;
  double low, high;
} types[] = {
    {LIMEN_NUMBER_BOOL, "b1", 1, FALSE, 0, 1},
    {LIMEN_NUMBER_U8, "u1", 1, FALSE, 0, 255},
    {LIMEN_NUMBER_I8, "i1", 1, FALSE, -128, 127},
    {LIMEN_NUMBER_U16, "u2", 2, FALSE, 0, 65535},
    {LIMEN_NUMBER_I16, "i2", 2, FALSE, -32768, 32767},
    {LIMEN_NUMBER_U32, "u4", 4, FALSE, 0, 4294967295.0},
    {LIMEN_NUMBER_I32, "i4", 4, FALSE, -2147483648.0, 2147483647.0},
    {LIMEN_NUMBER_U64, "u8", 8, FALSE, 0, 18446744073709549568.0},
    {LIMEN_NUMBER_I64, "i8", 8, FALSE, -9223372036854775808.0, 9223372036854774784.0},
    {LIMEN_NUMBER_F16, "f2", 2, TRUE, -65504, 65504},
    {LIMEN_NUMBER_F32, "f4", 4, TRUE, -3e38, 3e38},
    {LIMEN_NUMBER_F64, "f8", 8, TRUE, -1e308, 1e308},
};

/* The nearest half, in bits; @value is a normal number, or so small that it counts as 0 */
static guint64
half_bits (double value)
{
  int exponent;
  double fraction = frexp (fabs (value), &exponent); /* [0.5, 1) */
  guint64 sign = value < 0 ? 0x8000 : 0;
  if (fabs (value) < 0x1p-14)
    return sign | (guint64)nearbyint (fabs (value) * 0x1p24);
  guint64 bits = ((guint64)(exponent + 14) << 10) + (guint64)nearbyint ((fraction * 2 - 1) * 1024);
  return sign | MIN (bits, 0x7c00);
}

static guint64
bits_of (guint t, double value)
{
  float f32 = (float)value;
  guint32 bits32;
  guint64 bits64;
  memcpy (&bits32, &f32, 4);
  memcpy (&bits64, &value, 8);
  if (!types[t].is_float)
    return value < 0 ? (guint64)(gint64)value : (guint64)value;
  return types[t].size == 2 ? half_bits (value) : types[t].size == 4 ? bits32 : bits64;
}

static void
put (guint t, gboolean big, double value, guchar *at)
{
  guint64 bits = bits_of (t, value);
  for (guint b = 0; b < types[t].size; b++)
    at[b] = (guchar)(bits >> 8 * (big ? types[t].size - 1 - b : b));
}

/* Layouts: what stands at an index of the array */

typedef struct {
  gboolean is_label;
  guint image, y, x, channel;
} Place;

typedef Place (*PlaceFunc) (const guint *index);

static Place
in_row (guint image, guint k, guint channel)
{
  return (Place){FALSE, image, k / SIDE, k % SIDE, channel};
}

static Place
rows (const guint *i)
{
  return in_row (i[0], i[1], 0);
}
static Place
middle_one (const guint *i)
{
  return in_row (i[0], i[2], 0);
}
static Place
planes (const guint *i)
{
  return (Place){FALSE, i[0], i[1], i[2], 0};
}
static Place
one_channel_first (const guint *i)
{
  return (Place){FALSE, i[0], i[2], i[3], 0};
}
static Place
channels_last (const guint *i)
{
  return (Place){FALSE, i[0], i[1], i[2], i[3]};
}
static Place
channels_first (const guint *i)
{
  return (Place){FALSE, i[0], i[2], i[3], i[1]};
}
static Place
label_first (const guint *i)
{
  return i[1] == 0 ? (Place){.is_label = TRUE, .image = i[0]} : in_row (i[0], i[1] - 1, 0);
}
static Place
label_last (const guint *i)
{
  return i[1] == PIXELS ? (Place){.is_label = TRUE, .image = i[0]} : in_row (i[0], i[1], 0);
}
static Place
colour_rows_last (const guint *i)
{
  return in_row (i[0], i[1], i[2]);
}
static Place
colour_rows_first (const guint *i)
{
  return in_row (i[0], i[2], i[1]);
}

static const struct {
  guint n_dims, dims[4];
  PlaceFunc place;
  gboolean colour;
} layouts[] = {
    {2, {N, PIXELS}, rows, FALSE},
    {3, {N, 1, PIXELS}, middle_one, FALSE},
    {3, {N, PIXELS, 1}, rows, FALSE},
    {3, {N, SIDE, SIDE}, planes, FALSE},
    {4, {N, SIDE, SIDE, 1}, planes, FALSE},
    {4, {N, 1, SIDE, SIDE}, one_channel_first, FALSE},
    {4, {N, 1, PIXELS, 1}, middle_one, FALSE},
    {4, {N, SIDE, SIDE, 3}, channels_last, TRUE},
    {4, {N, 3, SIDE, SIDE}, channels_first, TRUE},
    {2, {N, PIXELS + 1}, label_first, FALSE},
    {2, {N, PIXELS + 1}, label_last, FALSE},
    {3, {N, PIXELS, 3}, colour_rows_last, TRUE},
    {3, {N, 3, PIXELS}, colour_rows_first, TRUE},
};

typedef struct {
  guint type, layout;
  Scale scale;
  gboolean big, fortran;
} Case;

static double
value_at (const Case *c, const guint *index)
{
  Place place = layouts[c->layout].place (index);
  gboolean whole = !types[c->type].is_float;
  if (place.is_label)
    return types[c->type].type == LIMEN_NUMBER_BOOL ? place.image & 1 : place.image % 5;
  return number_of (c->scale, level_of (place.image, place.y, place.x, place.channel), whole);
}

/* Writes all numbers, each at the place that its order gives it. Returns: how many bytes */
static gsize
fill (const Case *c, guchar *data)
{
  const guint *dims = layouts[c->layout].dims, n_dims = layouts[c->layout].n_dims;
  guint index[4] = {0};
  gsize n = 1;
  for (guint i = 0; i < n_dims; i++)
    n *= dims[i];
  for (gsize k = 0; k < n; k++) {
    gsize rest = k;
    for (guint i = 0; i < n_dims; i++) { /* the axis that runs fastest first */
      guint axis = c->fortran ? i : n_dims - 1 - i;
      index[axis] = (guint)(rest % dims[axis]);
      rest /= dims[axis];
    }
    put (c->type, c->big, value_at (c, index), data + k * types[c->type].size);
  }
  return n * types[c->type].size;
}

static double
expected (const Case *c, guint image, guint y, guint x)
{
  gboolean whole = !types[c->type].is_float;
  double channel[3];
  for (guint k = 0; k < 3; k++)
    channel[k] = meant (c->scale, level_of (image, y, x, k), whole);
  if (!layouts[c->layout].colour)
    return channel[0];
  return (19595 * channel[0] + 38470 * channel[1] + 7471 * channel[2]) / 65536;
}

static gboolean
can_hold (const Case *c)
{
  double low = number_of (c->scale, 0, !types[c->type].is_float);
  double high = number_of (c->scale, 255, !types[c->type].is_float);
  gboolean overflows = types[c->type].type == LIMEN_NUMBER_F16 && c->scale == WORDS;
  return overflows || (low >= types[c->type].low && high <= types[c->type].high);
}

/* Scales that nothing tells: integers around 0, and half precision, where 65535 is infinite */
static gboolean
must_ask (const Case *c)
{
  return (c->scale == CENTRED && !types[c->type].is_float) ||
         (c->scale == WORDS && types[c->type].type == LIMEN_NUMBER_F16);
}

static double
pixel_at (const LimenImages *images, gsize k)
{
  return images->u8 ? images->u8[k] / 255.0 : (double)images->f32[k];
}

static void
assert_pixels (const Case *c, const LimenImages *images)
{
  double room = types[c->type].type == LIMEN_NUMBER_F16 ? 1e-3 : 1e-6;
  if (images->u8 && layouts[c->layout].colour)
    room = 0.51 / 255;
  g_assert_cmpuint (images->n, ==, N);
  g_assert_cmpuint (images->width, ==, SIDE);
  g_assert_cmpuint (images->height, ==, SIDE);
  for (guint i = 0; i < N; i++)
    for (guint y = 0; y < SIDE; y++)
      for (guint x = 0; x < SIDE; x++)
        g_assert_cmpfloat_with_epsilon (pixel_at (images, (i * SIDE + y) * SIDE + x),
                                        expected (c, i, y, x), room);
}

static LimenArray
array_of (const Case *c, const guchar *data, gsize size)
{
  LimenArray array = {.data = data,
                      .size = size,
                      .type = types[c->type].type,
                      .big_endian = c->big,
                      .fortran = c->fortran,
                      .n_dims = layouts[c->layout].n_dims};
  for (guint i = 0; i < array.n_dims; i++)
    array.dims[i] = layouts[c->layout].dims[i];
  return array;
}

#pragma GCC diagnostic pop
