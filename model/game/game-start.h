/* Where two players begin to learn. */
#pragma once

#include "model/game/payoff.h"

/** limen_game_start_default: 3/4, 1/8, 1/8 against 1/8, 1/4, 5/8 where both have three strategies;
 * else half of A's weight is on its first strategy and half of B's on its last, and the rest is
 * even. @p_a: (rows), @p_b: (columns) */
void limen_game_start_default (const LimenPayoff *payoff, double *p_a, double *p_b);

/** limen_game_start_parse: "3/4,1/8,1/8/0.125,0.25,0.625": A's weights, a slash, B's weights, each
 * brought to its simplex; @projected: (out): whether one was outside. LIMEN_ERROR_ARGUMENT for
 * another number of weights, for what is no number, and where it is not clear which slash parts the
 * players */
gboolean limen_game_start_parse (const char *text, const LimenPayoff *payoff, double *p_a,
                                 double *p_b, gboolean *projected, GError **error);
