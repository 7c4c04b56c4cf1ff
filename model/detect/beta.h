/* Quantiles of beta distributions, by which intervals of rates are made. */
#pragma once

#include <glib.h>

/**
 * limen_beta_quantile: x with P(X ≤ x) = @tail for X ~ Beta(@a, @b)
 * @a, @b: ≥ 1, up to 4·10⁹
 * @tail: in (0, 1/2]; it is met within 1e-7 of itself where both @a and @b are above 1000 and @tail
 * is above 1e-4, and within 1e-9 where one is not
 */
double limen_beta_quantile (double a, double b, double tail);
/** limen_beta_upper_quantile: x with P(X ≥ x) = @tail */
double limen_beta_upper_quantile (double a, double b, double tail);
