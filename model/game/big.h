/* Integers of a fixed number of 64-bit limbs, for divisions without remainder. */
#pragma once

#include <glib.h>

#define LIMEN_BIG_MOST 24

/** LimenBig: two's complement, the lowest limb first, of which the caller uses @width: as many as
 * its results need, for nothing here looks for overflow */
typedef struct {
  guint64 limb[LIMEN_BIG_MOST];
} LimenBig;

LimenBig limen_big_from_int (gint64 value);
/** limen_big_sign: −1, 0 or 1 */
int limen_big_sign (const LimenBig *a, guint width);
void limen_big_negate (LimenBig *a, guint width);
/** limen_big_cross: a d − b c */
LimenBig limen_big_cross (const LimenBig *a, const LimenBig *b, const LimenBig *c,
                          const LimenBig *d, guint width);
/** limen_big_divide: @a by @d, of which it is a multiple; @d > 0 */
void limen_big_divide (LimenBig *a, const LimenBig *d, guint width);
/** limen_big_to_wide: FALSE where @a does not fit 128 bits */
gboolean limen_big_to_wide (const LimenBig *a, guint width, __int128 *out);
/** limen_big_ratio: a / d for 0 ≤ @a ≤ @d, @d > 0, to the last bit or two */
long double limen_big_ratio (const LimenBig *a, const LimenBig *d, guint width);
