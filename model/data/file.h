/* Reading files that may be anything: a pipe does not block, a huge file is not read whole. */
#pragma once

#include "model/base/error.h"

/**
 * limen_file_open: opens a regular file, or what a link to one points to; pipes and devices are
 * refused
 *
 * Returns: a file descriptor to be closed by the caller, or −1 with LIMEN_ERROR_UNREADABLE.
 */
int limen_file_open (const char *path, GError **error);

/**
 * limen_file_read: (transfer full): the whole file, or NULL with LIMEN_ERROR_UNREADABLE,
 * LIMEN_ERROR_UNSAFE (it has more than @max_bytes) or G_IO_ERROR_CANCELLED
 */
GBytes *
limen_file_read (const char *path, gsize max_bytes, GCancellable *cancellable, GError **error);

/** limen_file_read_start: (transfer full): the first @n bytes, fewer where the file is shorter */
GBytes *limen_file_read_start (const char *path, gsize n, GError **error);
