/* Where weights are read from: a file, or bytes in memory that stand for one. */
#pragma once

#include "model/base/error.h"

/**
 * LimenSource:
 * @path: the file, as named in messages
 * @bytes: (nullable): its content, where it is in memory
 * @file: otherwise, a descriptor of it
 * @size: its length in bytes
 */
typedef struct {
  const char *path;
  GBytes *bytes;
  int file;
  guint64 size;
  GCancellable *cancellable;
} LimenSource;

/** limen_source_open: borrows its arguments until limen_source_close(). More than 4 GiB are
 * refused. */
gboolean limen_source_open (LimenSource *source, const char *path, GBytes *bytes,
                            GCancellable *cancellable, GError **error);
void limen_source_close (LimenSource *source);

/** limen_source_read: (transfer full): @n bytes from @offset on; LIMEN_ERROR_DAMAGED where the file
 * has fewer */
GBytes *limen_source_read (const LimenSource *source, guint64 offset, guint64 n, GError **error);
