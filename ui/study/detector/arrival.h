/* What files that were brought came to, in words. */
#pragma once

#include "ui/study/detector/loader.h"

/**
 * limen_arrival_sentence:
 * @guessed: [role]: nothing says what the set is
 * @anew: and what is not in @now went, because of them
 *
 * Returns: (transfer full) (nullable): what of @now was not in @before, and as what it was taken;
 * NULL: nothing
 */
char *limen_arrival_sentence (const LimenExperiment *before, const LimenExperiment *now,
                              const gboolean guessed[LIMEN_N_SETS], gboolean anew);
