/* Folders, listed and walked through: links are followed, but none leads in circles. */
#pragma once

#include "model/base/error.h"

/**
 * LimenFolder: what stands in one folder, hidden names left out, each in byte order
 * @folders, @files: of char *, names without the folder's path
 */
typedef struct {
  GPtrArray *folders, *files;
} LimenFolder;

/** limen_folder_list: returns: FALSE with LIMEN_ERROR_UNREADABLE; clear with limen_folder_clear()
 */
gboolean limen_folder_list (const char *path, LimenFolder *folder, GError **error);
void limen_folder_clear (LimenFolder *folder);

/** limen_folder_enter: FALSE if the folder was entered before, maybe by another path; @seen: a
 * table of strings that owns its keys */
gboolean limen_folder_enter (GHashTable *seen, const char *path);

/**
 * limen_folder_walk: (transfer full): paths of all files below @path, relative to it, in byte order
 * @problems: (nullable): a LimenProblem for each folder that can't be read
 *
 * A folder that is reached in several ways is walked through once.
 * Returns: NULL with LIMEN_ERROR_UNREADABLE (for @path itself) or G_IO_ERROR_CANCELLED.
 */
GPtrArray *limen_folder_walk (const char *path, GPtrArray *problems, GCancellable *cancellable,
                              GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenFolder, limen_folder_clear)
