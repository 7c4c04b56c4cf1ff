/* Words that were almost right. */
#pragma once

#include <glib.h>

/** limen_closest_word: (nullable): which of the @n @known words is at most two slips from @word */
const char *limen_closest_word (const char *word, const char *const *known, guint n);
