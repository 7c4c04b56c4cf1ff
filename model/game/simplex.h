/* Mixed strategies: weights of at least 0 that sum to 1. */
#pragma once

#include "model/base/error.h"

#define LIMEN_GAME_MOST 10 /* strategies of a player */

/** limen_simplex_project: @p: (n): to the nearest point of the simplex (Held, Wolfe and Crowder,
 * 1974) Returns: whether it was outside, by more than rounding */
gboolean limen_simplex_project (double *p, guint n);
/** limen_simplex_holds: @p: (n): whether it is a point of the simplex, to 1e-9 */
gboolean limen_simplex_holds (const double *p, guint n);
/** limen_simplex_clip: the same; Returns: whether a weight was cut off at 0 */
gboolean limen_simplex_clip (double *p, guint n);
/** limen_simplex_parse: "1/3, 1/3, 1/3", "0.5 0.5 0", "0,5; 0,5; 0": @n weights with commas,
 * semicolons or blanks between, brought to the simplex; commas are decimal ones where blanks or
 * semicolons alone part @n weights;
 * @projected: (out): whether they were outside. LIMEN_ERROR_ARGUMENT for another number of weights,
 * and for what is no number */
gboolean
limen_simplex_parse (const char *text, guint n, double *p, gboolean *projected, GError **error);
