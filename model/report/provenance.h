/* Where a result comes from: its files and their hashes, as the text inside a picture tells them.
 */
#pragma once

#include "model/data/image-set.h"

/**
 * LimenReportSet:
 * @images: (nullable): what the result is of
 * @problems: (nullable): (element-type LimenProblem): what was left out
 */
typedef struct {
  const LimenImageSet *images;
  const GPtrArray *problems;
} LimenReportSet;

/** limen_hashes_new: (transfer full) (element-type filename utf8): a SHA-256 for each file that is
 * added */
GHashTable *limen_hashes_new (void);
/** limen_hashes_add_file: folders and images that Limen draws itself have none.
 * LIMEN_ERROR_UNREADABLE or G_IO_ERROR_CANCELLED */
gboolean limen_hashes_add_file (GHashTable *hashes, const char *path, GCancellable *cancellable,
                                GError **error);
/** limen_hashes_add_set: each file of its images */
gboolean limen_hashes_add_set (GHashTable *hashes, const LimenReportSet *set,
                               GCancellable *cancellable, GError **error);

/** limen_hash_of: (nullable): of @hashes (nullable) */
const char *limen_hash_of (GHashTable *hashes, const char *path);

/** limen_text_add: a pair of key and value for LimenPicture; takes @value */
void limen_text_add (GStrvBuilder *pairs, const char *key, char *value);
/** limen_text_add_files: a line for each of @paths (nullable), NULL-terminated: its SHA-256, where
 * it has one, and its name */
void limen_text_add_files (GStrvBuilder *pairs, const char *key, GHashTable *hashes,
                           const char *const *paths);
/** limen_text_add_set: the same for the files of images, where there are any */
void limen_text_add_set (GStrvBuilder *pairs, const char *key, GHashTable *hashes,
                         const LimenReportSet *set);
/** limen_decimal: (transfer full): @value with a decimal point whatever the locale; @format: of
 * printf() */
char *limen_decimal (double value, const char *format);
