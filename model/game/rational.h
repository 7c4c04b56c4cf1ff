/* Fractions of 64-bit integers. What does not fit is refused, never rounded. */
#pragma once

#include "model/game/equilibrium.h"

/* Wide enough for the product of any two 64-bit integers, and the sum of two of them. */
typedef __int128 LimenWide;

LimenWide limen_wide_gcd (LimenWide a, LimenWide b);

/** limen_rational_from_wide: @n / @d in lowest terms; FALSE where that does not fit, or for @d = 0
 */
gboolean limen_rational_from_wide (LimenWide n, LimenWide d, LimenRational *out);
gboolean limen_rational_add (LimenRational a, LimenRational b, LimenRational *out);
gboolean limen_rational_multiply (LimenRational a, LimenRational b, LimenRational *out);
/** limen_rational_integers: payoffs @m: (n) as integers: m = (base + out) / scale, the least @out
 * 0; FALSE where one is no fraction, or numbers grow too large */
gboolean limen_rational_integers (const double *m, guint n, LimenWide *out, LimenWide *base,
                                  LimenWide *scale);
int limen_rational_compare (LimenRational a, LimenRational b);
double limen_rational_to_double (LimenRational value);
