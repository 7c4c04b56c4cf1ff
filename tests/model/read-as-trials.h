/* Random arrays, what is asked of them, and what comes of it. */
#pragma once

#include "model/base/random.h"
#include "model/data/array.h"
#include "model/data-files.h"

#include <math.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#define MOST 16384 /* numbers in an array */

/* One array, what was asked, and what came of it */
typedef struct {
  double value[MOST]; /* in the order of C */
  guchar data[MOST * 8];
  LimenArray array;
  LimenImageSetOptions options;
  LimenImages *images;
  LimenReadAs *told; /* with what only a file has */
} Trial;

static guint
below (LimenRandom *random, guint n)
{
  return limen_random_below (random, n);
}

static void
set_shape (Trial *trial, LimenRandom *random)
{
  static const guint shapes[][5] = {
      /* how many, then each; 0: from 2 to 9 */
      {3, 0, 6, 7},   {2, 0, 784},     {2, 0, 785},     {3, 3, 9, 8}, {3, 3, 3, 4},
      {3, 12, 9, 3},  {3, 12, 9, 4},   {2, 784, 7},     {2, 24, 36},  {2, 40, 49},
      {2, 100, 64},   {4, 0, 5, 6, 3}, {4, 0, 3, 5, 6}, {2, 0, 65},   {4, 0, 1, 6, 6},
      {3, 0, 1, 784}, {4, 0, 5, 6, 2}, {2, 64, 64},     {2, 4, 99},   {2, 9, 70}};
  const guint *shape = shapes[below (random, G_N_ELEMENTS (shapes))];
  trial->array.n_dims = shape[0];
  for (guint i = 0; i < shape[0]; i++)
    trial->array.dims[i] = shape[1 + i] ? shape[1 + i] : 2 + below (random, 8);
}

static double
make_number (guint scale, gboolean whole, LimenRandom *random)
{
  static const double lows[] = {0, 0, 0, 0, -1, -0.5, 0, 0, -1},
                      highs[] = {1, 255, 65535, 20, 1, 0.5, 1, 127, -0.2};
  double u = limen_random_uniform (random);
  if (u < 0.05)
    u = 0;
  if (u > 0.9)
    u = 1;
  double value = lows[scale] + u * (highs[scale] - lows[scale]);
  if (scale == 6)
    return u > 0.5;
  return whole ? round (value) : value;
}

static const LimenNumberType types[] = {LIMEN_NUMBER_BOOL, LIMEN_NUMBER_U8,  LIMEN_NUMBER_I8,
                                        LIMEN_NUMBER_U16,  LIMEN_NUMBER_I16, LIMEN_NUMBER_I64,
                                        LIMEN_NUMBER_F32,  LIMEN_NUMBER_F64};

static double
store (LimenNumberType type, double value, guchar *at)
{
  const guint8 u8 = (guint8)value;
  const gint8 i8 = (gint8)value;
  const guint16 u16 = (guint16)value;
  const gint16 i16 = (gint16)value;
  const gint64 i64 = (gint64)value;
  const float f32 = (float)value;
  switch (type) {
  case LIMEN_NUMBER_BOOL:
    *at = value != 0;
    return *at;
  case LIMEN_NUMBER_U8:
    memcpy (at, &u8, 1);
    return u8;
  case LIMEN_NUMBER_I8:
    memcpy (at, &i8, 1);
    return i8;
  case LIMEN_NUMBER_U16:
    memcpy (at, &u16, 2);
    return u16;
  case LIMEN_NUMBER_I16:
    memcpy (at, &i16, 2);
    return i16;
  case LIMEN_NUMBER_I64:
    memcpy (at, &i64, 8);
    return (double)i64;
  case LIMEN_NUMBER_F32:
    memcpy (at, &f32, 4);
    return f32;
  default:
    memcpy (at, &value, 8);
    return value;
  }
}

static gboolean
can_hold (LimenNumberType type, guint scale)
{
  static const double highs[] = {1, 255, 65535, 20, 1, 0.5, 1, 127, 0};
  gboolean is_signed = scale == 4 || scale == 5 || scale == 8, is_float = type >= LIMEN_NUMBER_F16;
  double most = type == LIMEN_NUMBER_BOOL  ? 1
                : type == LIMEN_NUMBER_U8  ? 255
                : type == LIMEN_NUMBER_I8  ? 127
                : type == LIMEN_NUMBER_I16 ? 32767
                                           : 65535;
  if (is_float)
    return TRUE;
  return highs[scale] <= most &&
         !(is_signed && (type == LIMEN_NUMBER_BOOL || type == LIMEN_NUMBER_U8 ||
                         type == LIMEN_NUMBER_U16 || scale == 5));
}

static void
set_numbers (Trial *trial, LimenRandom *random)
{
  LimenArray *array = &trial->array;
  guint scale, n = 1, size;
  do {
    array->type = types[below (random, G_N_ELEMENTS (types))];
    scale = below (random, 9);
  } while (!can_hold (array->type, scale));
  for (guint i = 0; i < array->n_dims; i++)
    n *= (guint)array->dims[i];
  g_assert_cmpuint (n, <=, MOST);
  size = limen_number_size (array->type);
  gboolean labels = below (random, 2) == 0;
  for (guint k = 0; k < n; k++) {
    double value = make_number (scale, array->type < LIMEN_NUMBER_F16, random);
    guint last = (guint)array->dims[array->n_dims - 1], column = k % last;
    if (array->type == LIMEN_NUMBER_F64 && below (random, 2000) == 0)
      value += (below (random, 2) ? 1 : -1) * 9e-7; /* a rounding error, where it is at an end */
    if (last % 2 && (labels ? column == 0 : column == last - 1) && array->n_dims == 2)
      value = below (random, 10) / (array->type == LIMEN_NUMBER_BOOL ? 9 : 1);
    trial->value[k] = store (array->type, value, trial->data + k * size);
  }
  array->data = trial->data;
  array->size = (gsize)n * size;
  array->big_endian = G_BYTE_ORDER == G_BIG_ENDIAN;
}

static void
set_asked (Trial *trial, LimenRandom *random)
{
  static const char *const ranges[] = {"0..1", "0..255", "10..200", "255..0"};
  static const char *const words[] = {"rows", "images", "one", "transposed", "label-first", "grey"};
  if (below (random, 4) == 0)
    limen_reading_set_range (&trial->options.reading, ranges[below (random, 4)], NULL);
  if (below (random, 4) == 0)
    limen_reading_set_layout (&trial->options.reading, words[below (random, 6)], NULL);
}

/* What files add: the name, several arrays, columns that were left out */
static void
set_file (Trial *trial, LimenRandom *random)
{
  LimenReadAs *told = trial->told;
  static const char *const two[] = {"x_test", "x_train", NULL}, *const one[] = {"x_test", NULL};
  if (below (random, 3) == 0) {
    told->member = g_strdup ("x_test");
    told->members = g_strdupv ((char **)(below (random, 2) ? two : one));
    told->member_asked = below (random, 2) == 0;
  }
  if (below (random, 5) == 0)
    told->left_out = g_strdup ("label");
  told->reordered = below (random, 5) == 0;
}

static gboolean
make_trial (Trial *trial, LimenRandom *random)
{
  static const char *const names[] = {"some.npy", "emnist-letters.npy", "EMNIST"};
  trial->array = (LimenArray){.fd = -1};
  trial->options = (LimenImageSetOptions){0};
  set_shape (trial, random);
  set_numbers (trial, random);
  set_asked (trial, random);
  trial->images =
      limen_array_to_images (&trial->array, names[below (random, 3)], &trial->options, NULL, NULL);
  if (!trial->images)
    return FALSE;
  trial->told = trial->images->read_as;
  set_file (trial, random);
  return TRUE;
}

#pragma GCC diagnostic pop
