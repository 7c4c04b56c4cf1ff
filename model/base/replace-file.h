/* Files are written beside their target and renamed: at any moment the target is whole, old or new.
 */
#pragma once

#include <gio/gio.h>
#include <stdio.h>

/**
 * LimenWriteFunc:
 * @stream: where to write
 *
 * Writes the whole content of a file. Returns FALSE with @error set to give up.
 */
typedef gboolean (*LimenWriteFunc) (FILE *stream, gpointer user_data, GError **error);

/**
 * limen_replace_file:
 * @path: the target; its directory must exist. A link is followed, also one that points to what is
 * not there yet; links in a circle are refused
 *
 * Writes to a new file in the directory of @path, flushes it to the disk and renames it over @path.
 * When anything fails (LIMEN_ERROR_UNREADABLE: no such directory, no permission, a full disk), the
 * new file is removed and the old one stays as it was. When the process is killed, the old one
 * stays too, and of the new one nothing, save where the file system knows no file without a name.
 */
gboolean
limen_replace_file (const char *path, LimenWriteFunc write, gpointer user_data, GError **error);

/**
 * limen_output_path: (transfer full): where limen_replace_file() puts what is written to @path: the
 * real path of its folder, links followed, also one that points to what is not there yet. Two names
 * of one file that is still to be made have one such path.
 *
 * Returns: NULL with LIMEN_ERROR_UNREADABLE: no such folder, or a circle of links.
 */
char *limen_output_path (const char *path, GError **error);

/**
 * limen_try_place: whether limen_replace_file() could write @n_bytes to @path now: a file of that
 * size is made in its folder and removed. Before work whose result goes there.
 *
 * Returns: FALSE with LIMEN_ERROR_UNREADABLE, as limen_replace_file().
 */
gboolean limen_try_place (const char *path, gsize n_bytes, GError **error);

/** limen_replace_file_with_bytes: limen_replace_file() for content that is already in memory. */
gboolean
limen_replace_file_with_bytes (const char *path, const void *data, gsize n_bytes, GError **error);

/**
 * limen_sha256_of_file:
 *
 * Returns: (transfer full): the SHA-256 of the file's bytes in lower-case hexadecimal, or NULL with
 * LIMEN_ERROR_UNREADABLE or G_IO_ERROR_CANCELLED.
 */
char *limen_sha256_of_file (const char *path, GCancellable *cancellable, GError **error);
