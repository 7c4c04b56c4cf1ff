/* Where a result comes from: its files and their hashes, as the text inside a picture tells them.
 */
#pragma once

#include "model/data/photos.h"

/**
 * LimenReportSet:
 * @images: (nullable): what the result is of, or @photos: (nullable): at their own sizes
 * @problems: (nullable): (element-type LimenProblem): what was left out
 * @inverted: whether black was taken for white, by the user's wish
 */
typedef struct {
  const LimenImageSet *images;
  const GPtrArray *problems;
  gboolean inverted;
  const LimenPhotos *photos;
} LimenReportSet;

/** limen_report_set_is_there: whether it has images or photos */
gboolean limen_report_set_is_there (const LimenReportSet *set);
/** limen_report_set_paths: (nullable): NULL-terminated: what it was loaded from */
const char *const *limen_report_set_paths (const LimenReportSet *set);
/** limen_report_set_image_name: (transfer full): of one that is there */
char *limen_report_set_image_name (const LimenReportSet *set, guint index);

/**
 * limen_hash_files:
 * @path: (n) (nullable elements): files
 * @set: (n_sets) (nullable elements): images, each file of them
 *
 * Returns: (transfer full) (element-type filename utf8): the SHA-256 of each; folders, and what
 * Limen draws itself, have none. NULL with LIMEN_ERROR_UNREADABLE or G_IO_ERROR_CANCELLED
 */
GHashTable *limen_hash_files (const char *const *path, guint n, const LimenImageSet *const *set,
                              guint n_sets, GCancellable *cancellable, GError **error);

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
/** limen_table_add: a comma and @value, in full, to a row of a table (CSV, RFC 4180); nothing
 * behind it where it is not finite */
void limen_table_add (GString *row, double value);
/** limen_decimal: (transfer full): @value with a decimal point whatever the locale; @format: of
 * printf() */
char *limen_decimal (double value, const char *format);
