#include "model/game/big.h"

typedef unsigned __int128 Double;

LimenBig
limen_big_from_int (gint64 value)
{
  LimenBig out;
  for (guint i = 0; i < LIMEN_BIG_MOST; i++)
    out.limb[i] = i == 0 ? (guint64)value : value < 0 ? G_MAXUINT64 : 0;
  return out;
}

static gboolean
is_negative (const LimenBig *a, guint width)
{
  return a->limb[width - 1] >> 63;
}

int
limen_big_sign (const LimenBig *a, guint width)
{
  if (is_negative (a, width))
    return -1;
  for (guint i = 0; i < width; i++)
    if (a->limb[i] != 0)
      return 1;
  return 0;
}

void
limen_big_negate (LimenBig *a, guint width)
{
  gboolean carry = TRUE;
  for (guint i = 0; i < width; i++) {
    a->limb[i] = ~a->limb[i] + (guint64)carry;
    carry = carry && a->limb[i] == 0;
  }
}

/* @out − @by · @a · 2^(64 @at), modulo 2^(64 @width), in place */
static void
subtract_product (LimenBig *out, guint64 by, const LimenBig *a, guint at, guint width)
{
  guint64 carry = 0;
  for (guint i = 0; by != 0 && i + at < width; i++) {
    Double product = (Double)by * a->limb[i] + carry;
    guint64 low = (guint64)product;
    carry = (guint64)(product >> 64) + (out->limb[i + at] < low);
    out->limb[i + at] -= low;
  }
}

LimenBig
limen_big_cross (const LimenBig *a, const LimenBig *b, const LimenBig *c, const LimenBig *d,
                 guint width)
{
  LimenBig out = limen_big_from_int (0);
  for (guint i = 0; i < width; i++)
    subtract_product (&out, a->limb[i], d, i, width);
  limen_big_negate (&out, width);
  for (guint i = 0; i < width; i++)
    subtract_product (&out, b->limb[i], c, i, width);
  return out;
}

/* By 2^@bits, the sign kept */
static void
shift_right (LimenBig *a, guint bits, guint width)
{
  guint64 rest = is_negative (a, width) ? G_MAXUINT64 : 0;
  guint limbs = bits / 64, part = bits % 64;
  for (guint i = 0; i < width; i++) {
    guint64 low = i + limbs < width ? a->limb[i + limbs] : rest;
    guint64 high = i + limbs + 1 < width ? a->limb[i + limbs + 1] : rest;
    a->limb[i] = part == 0 ? low : low >> part | high << (64 - part);
  }
}

static guint
trailing_zeros (const LimenBig *a, guint width)
{
  guint i = 0;
  while (i + 1 < width && a->limb[i] == 0)
    i++;
  return 64 * i + (a->limb[i] == 0 ? 0 : (guint)__builtin_ctzll (a->limb[i]));
}

/* From the lowest limb up: each limb of the quotient is the one that clears what is left there
 * (Jebelean, "An algorithm for exact division", 1993). */
void
limen_big_divide (LimenBig *a, const LimenBig *d, guint width)
{
  LimenBig odd = *d, quotient = limen_big_from_int (0);
  guint zeros = trailing_zeros (d, width);
  shift_right (a, zeros, width);
  shift_right (&odd, zeros, width);
  guint64 inverse = odd.limb[0]; /* modulo 2³; each step doubles the bits (Newton) */
  for (int i = 0; i < 5; i++)
    inverse *= 2 - odd.limb[0] * inverse;
  for (guint i = 0; i < width; i++) {
    quotient.limb[i] = a->limb[i] * inverse;
    subtract_product (a, quotient.limb[i], &odd, i, width);
  }
  *a = quotient;
}

gboolean
limen_big_to_wide (const LimenBig *a, guint width, __int128 *out)
{
  guint64 rest = is_negative (a, width) ? G_MAXUINT64 : 0;
  guint64 high = width > 1 ? a->limb[1] : rest;
  for (guint i = 2; i < width; i++)
    if (a->limb[i] != rest)
      return FALSE;
  *out = (__int128)((Double)high << 64 | a->limb[0]);
  return width == 1 || high >> 63 == rest >> 63;
}

/* The limbs from @first to @last, times 2^(−64 @first) */
static long double
leading_part (const LimenBig *a, guint first, guint last)
{
  long double out = 0;
  for (guint i = last + 1; i > first; i--)
    out = out * 0x1p64L + (long double)a->limb[i - 1];
  return out;
}

long double
limen_big_ratio (const LimenBig *a, const LimenBig *d, guint width)
{
  guint last = width - 1;
  while (last > 0 && d->limb[last] == 0)
    last--;
  guint first = last > 3 ? last - 3 : 0;
  return leading_part (a, first, last) / leading_part (d, first, last);
}
