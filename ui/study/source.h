/* Where an input comes from: files, how they are read, and what they were when they were read. A
 * plain value that does not change once it is made, shared by references. */
#pragma once

#include "model/data/image-set.h"

/**
 * LimenSource:
 * @paths: NULL-terminated: as they were dropped or chosen; empty: from no file
 * @name: what it is called
 * @reading: how arrays are asked to be read; @inverted: black is exchanged for white
 * @sha256: (nullable) (element-type filename utf8): of the files behind @paths that have one; NULL
 * where they were not looked at yet
 */
typedef struct {
  char **paths;
  char *name;
  LimenReading reading;
  gboolean inverted;
  GHashTable *sha256;
} LimenSource;

/** limen_source_new: @paths: (nullable): copied; @name: (nullable): the last part of the first path
 */
LimenSource *limen_source_new (const char *const *paths, const char *name);
/** limen_source_new_path: of one file */
LimenSource *limen_source_new_path (const char *path);
/** limen_source_read_as: (transfer full): the same files, read in another way */
LimenSource *
limen_source_read_as (const LimenSource *source, const LimenReading *reading, gboolean inverted);
/** limen_source_with_hashes: (transfer full): the same, with @sha256, which is shared */
LimenSource *limen_source_with_hashes (const LimenSource *source, GHashTable *sha256);
/** limen_source_ref: @source: (nullable), as in the functions that follow */
LimenSource *limen_source_ref (LimenSource *source);
void limen_source_unref (LimenSource *source);
/** limen_source_put: a reference to @source takes the place of what is in @place */
void limen_source_put (LimenSource **place, LimenSource *source);
/** limen_source_equal: whether both are the same files, read in the same way */
gboolean limen_source_equal (const LimenSource *a, const LimenSource *b);
/** limen_source_add_hashes: those of @source to @sha256 */
void limen_source_add_hashes (const LimenSource *source, GHashTable *sha256);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenSource, limen_source_unref)
