/* Where an input came from. */
#pragma once

#include <glib.h>

/**
 * LimenOrigin:
 * @paths: (nullable): NULL-terminated: files or folders; NULL: built in, or made by hand
 * @name: what it is called; of what is built in, by which it is found again
 * @sha256: (nullable): of a single file, when it was read
 *
 * A plain value: strings are interned, and nobody frees them.
 */
typedef struct {
  const char *const *paths;
  const char *name, *sha256;
} LimenOrigin;

/** limen_origin: (transfer none): interns what it is given */
LimenOrigin limen_origin (const char *const *paths, const char *name, const char *sha256);
gboolean limen_origin_equal (const LimenOrigin *a, const LimenOrigin *b);
/** limen_intern_paths: (transfer none) (nullable): equal lists of @paths (nullable) are one */
const char *const *limen_intern_paths (const char *const *paths);
