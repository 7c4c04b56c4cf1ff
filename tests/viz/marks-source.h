/* What a mark is painted with, in words. */
#pragma once

#include "viz/kit/palette.h"

/** limen_source_words: (transfer full): "first", "paper:0.85" with its opacity where that is not
 * the role's own, "#808080" where it has no role; a gradient with its ends; an image with the place
 * where it lies and the mean colours of its nine parts */
char *limen_source_words (cairo_t *cr, cairo_pattern_t *pattern, LimenScheme scheme);
