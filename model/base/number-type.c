#include "model/base/number-type.h"

#include <string.h>

static const struct {
  const char *name;
  gsize size;
  const char *numpy, *safetensors;
} types[LIMEN_N_NUMBER_TYPES] = {
    [LIMEN_NUMBER_BOOL] = {"bool", 1, "b1", "BOOL"},
    [LIMEN_NUMBER_U8] = {"uint8", 1, "u1", "U8"},
    [LIMEN_NUMBER_I8] = {"int8", 1, "i1", "I8"},
    [LIMEN_NUMBER_U16] = {"uint16", 2, "u2", "U16"},
    [LIMEN_NUMBER_I16] = {"int16", 2, "i2", "I16"},
    [LIMEN_NUMBER_U32] = {"uint32", 4, "u4", "U32"},
    [LIMEN_NUMBER_I32] = {"int32", 4, "i4", "I32"},
    [LIMEN_NUMBER_U64] = {"uint64", 8, "u8", "U64"},
    [LIMEN_NUMBER_I64] = {"int64", 8, "i8", "I64"},
    [LIMEN_NUMBER_F16] = {"float16", 2, "f2", "F16"},
    [LIMEN_NUMBER_BF16] = {"bfloat16", 2, NULL, "BF16"}, /* which NumPy does not have */
    [LIMEN_NUMBER_F32] = {"float32", 4, "f4", "F32"},
    [LIMEN_NUMBER_F64] = {"float64", 8, "f8", "F64"},
};

const char *
limen_number_name (LimenNumberType type)
{
  return types[type].name;
}

LimenNumberType
limen_number_of_name (const char *name)
{
  LimenNumberType type = 0;
  while (type < LIMEN_N_NUMBER_TYPES && strcmp (types[type].name, name) != 0)
    type++;
  return type;
}

gsize
limen_number_size (LimenNumberType type)
{
  return types[type].size;
}

LimenNumberType
limen_number_of_numpy (const char *code, gsize n)
{
  LimenNumberType type = 0;
  while (type < LIMEN_N_NUMBER_TYPES &&
         (n != 2 || !types[type].numpy || memcmp (types[type].numpy, code, n) != 0))
    type++;
  return type;
}

LimenNumberType
limen_number_of_safetensors (const char *code)
{
  LimenNumberType type = 0;
  while (type < LIMEN_N_NUMBER_TYPES && strcmp (types[type].safetensors, code) != 0)
    type++;
  return type;
}

/* -- numbers -- */

static float
float_of_bits (guint32 bits)
{
  float value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

static double
double_of_bits (guint64 bits)
{
  double value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

/* Exponent and fraction land in place but for the bias: 127 − 15 = 112. */
static float
float_of_half (guint16 half)
{
  guint32 magnitude = half & 0x7fffu;
  float value = magnitude >= 0x7c00 ? float_of_bits (magnitude << 13 | 0x7f800000)
                                    : float_of_bits (magnitude << 13) * 0x1p112f;
  return half & 0x8000 ? -value : value;
}

static inline guint64
load_bits (const guchar *at, guint size, gboolean swap)
{
  guint16 bits16;
  guint32 bits32;
  guint64 bits64;
  switch (size) {
  case 1:
    return *at;
  case 2:
    memcpy (&bits16, at, 2);
    return swap ? GUINT16_SWAP_LE_BE (bits16) : bits16;
  case 4:
    memcpy (&bits32, at, 4);
    return swap ? GUINT32_SWAP_LE_BE (bits32) : bits32;
  default:
    memcpy (&bits64, at, 8);
    return swap ? GUINT64_SWAP_LE_BE (bits64) : bits64;
  }
}

/* One loop for each type, so that nothing is decided inside of it. */
#define READ(size, value)                                                                          \
  for (gsize i = 0; i < n; i++, at += stride * (size)) {                                           \
    guint64 bits = load_bits (at, size, swap);                                                     \
    out[i] = (double)(value);                                                                      \
  }                                                                                                \
  break

void
limen_numbers_read (LimenNumberType type, gboolean big_endian, const guchar *at, gsize stride,
                    gsize n, double *out)
{
  gboolean swap = big_endian == (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  switch (type) {
  case LIMEN_NUMBER_BOOL:
    READ (1, bits != 0);
  case LIMEN_NUMBER_U8:
    READ (1, bits);
  case LIMEN_NUMBER_I8:
    READ (1, (gint8)bits);
  case LIMEN_NUMBER_U16:
    READ (2, bits);
  case LIMEN_NUMBER_I16:
    READ (2, (gint16)bits);
  case LIMEN_NUMBER_U32:
    READ (4, bits);
  case LIMEN_NUMBER_I32:
    READ (4, (gint32)bits);
  case LIMEN_NUMBER_U64:
    READ (8, bits);
  case LIMEN_NUMBER_I64:
    READ (8, (gint64)bits);
  case LIMEN_NUMBER_F16:
    READ (2, float_of_half ((guint16)bits));
  case LIMEN_NUMBER_BF16:
    READ (2, float_of_bits ((guint32)bits << 16));
  case LIMEN_NUMBER_F32:
    READ (4, float_of_bits ((guint32)bits));
  case LIMEN_NUMBER_F64:
    READ (8, double_of_bits (bits));
  case LIMEN_N_NUMBER_TYPES:
    break;
  }
}
