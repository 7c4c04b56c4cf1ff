/* A flow that took hours is kept, if not where it was to go, then somewhere else. */
#pragma once

#include "model/flow/nice.h"

/**
 * LimenKeeper:
 * @path, @dtype: where the flow is to go, as limen_nice_save() takes them; borrowed
 * @elsewhere: (owned) (nullable): where it went instead
 */
typedef struct {
  const char *path;
  LimenNumberType dtype;
  char *elsewhere;
} LimenKeeper;

/**
 * limen_keeper_save:
 * @error: set whenever @nice is not at the keeper's path: one sentence about that path
 *
 * Saves @nice at the path; where that fails, in a new file beside it, or else in the folder "limen"
 * of the user's data; the same one each time, and gone again once the path itself takes the flow.
 * Nothing that is there already is written over, but the path itself.
 *
 * Returns: (transfer none) (nullable): where the flow is now; NULL: nowhere
 */
const char *limen_keeper_save (LimenKeeper *keeper, const LimenNice *nice, GError **error);
void limen_keeper_clear (LimenKeeper *keeper);

/** limen_nice_n_bytes: of the weights of a flow of @shape in a file, without names */
gsize limen_nice_n_bytes (LimenNiceShape shape, LimenNumberType dtype);
