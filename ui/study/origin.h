/* Where an input comes from: files, how they are read, and what they were when they were read. A
 * plain value that does not change once it is made, shared by references. */
#pragma once

#include "model/data/image-prints.h"

/**
 * LimenOrigin:
 * @paths: NULL-terminated: as they were dropped or chosen; empty: built in, made by hand or learned
 * @name: what it is called; of what is built in, by which it is found again
 * @reading: how arrays are asked to be read; @inverted: black is exchanged for white
 * @sha256: (nullable) (element-type filename utf8): of the files behind @paths that have one, when
 * they were read; NULL where they were not looked at yet
 * @learned_from: (nullable): of a flow that was trained here: its images, held-out ones among them
 * @prints: (nullable): of those images, as it saw them
 */
typedef struct LimenOrigin LimenOrigin;
struct LimenOrigin {
  char **paths;
  char *name;
  LimenReading reading;
  gboolean inverted;
  GHashTable *sha256;
  LimenOrigin *learned_from;
  LimenImagePrints *prints;
};

/** limen_origin_new: @paths: (nullable): copied; @name: (nullable): the last part of the first path
 */
LimenOrigin *limen_origin_new (const char *const *paths, const char *name);
/** limen_origin_new_path: of one file */
LimenOrigin *limen_origin_new_path (const char *path);
/** limen_origin_new_learned: of what is called @name and was trained with @images (nullable) */
LimenOrigin *limen_origin_new_learned (const char *name, LimenOrigin *images);
/** limen_origin_read_as: (transfer full): the same files, read in another way */
LimenOrigin *
limen_origin_read_as (const LimenOrigin *origin, const LimenReading *reading, gboolean inverted);
/** limen_origin_with_hashes: (transfer full): the same, with @sha256 (nullable), which is shared */
LimenOrigin *limen_origin_with_hashes (const LimenOrigin *origin, GHashTable *sha256);
/** limen_origin_with_prints: (transfer full): the same of images, with @prints, which is shared */
LimenOrigin *limen_origin_with_prints (const LimenOrigin *origin, LimenImagePrints *prints);
/** limen_origin_ref: @origin: (nullable), as in the functions that follow */
LimenOrigin *limen_origin_ref (LimenOrigin *origin);
void limen_origin_unref (LimenOrigin *origin);
/** limen_origin_put: a reference to @origin takes the place of what is in @place */
void limen_origin_put (LimenOrigin **place, LimenOrigin *origin);
/** limen_origin_same_files: whether there is nothing to read anew: both are the same files, read in
 * the same way; what is in no file is only the same as itself */
gboolean limen_origin_same_files (const LimenOrigin *a, const LimenOrigin *b);
/** limen_origin_shares_files: whether a path of @a is one of @b, or lies in a folder of @b, or the
 * other way round */
gboolean limen_origin_shares_files (const LimenOrigin *a, const LimenOrigin *b);
/** limen_origin_equal: whether they do not differ in anything, hashes included */
gboolean limen_origin_equal (const LimenOrigin *a, const LimenOrigin *b);
/** limen_origin_hashes: (transfer full) (element-type filename utf8): those of all of @origin: (n)
 * (nullable elements), as far as they are known */
GHashTable *limen_origin_hashes (const LimenOrigin *const *origin, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenOrigin, limen_origin_unref)
