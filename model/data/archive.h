/* One reader for .gz, .zip, .npz, .pt, .tar and .tar.{gz,xz,zst,bz2}, over libarchive. */
#pragma once

#include "model/base/error.h"

typedef struct LimenArchive LimenArchive;

/**
 * limen_archive_open: opens @path and stands before its first member. A plain compressed file (.gz)
 * is an archive of one member named "data".
 *
 * Returns: (transfer full): or NULL with LIMEN_ERROR_UNREADABLE, LIMEN_ERROR_FORMAT or
 * LIMEN_ERROR_DAMAGED.
 */
LimenArchive *limen_archive_open (const char *path, GError **error);
/** limen_archive_open_bytes: the same from memory; @name is used in messages. */
LimenArchive *limen_archive_open_bytes (GBytes *bytes, const char *name, GError **error);
/** limen_archive_open_with: as limen_archive_open(), or, where there are @bytes, as
 * limen_archive_open_bytes(); to be cancelled from the first byte on */
LimenArchive *limen_archive_open_with (const char *path, GBytes *bytes, GCancellable *cancellable,
                                       GError **error);
void limen_archive_free (LimenArchive *archive);
/** limen_archive_set_cancellable: from now on steps and reads report G_IO_ERROR_CANCELLED when it
 * is */
void limen_archive_set_cancellable (LimenArchive *archive, GCancellable *cancellable);

/** limen_archive_fraction: how much of the file was read, 0 to 1; 0 for an archive in memory */
double limen_archive_fraction (LimenArchive *archive);

/**
 * limen_archive_next: steps to the next regular file; directories, links and devices are passed
 * over.
 *
 * @name: (out) (transfer none): its path inside the archive, valid UTF-8, until the next step
 * What unpacks to more than 8 GB, and more than 4 times its own size, is not read to its end
 * (LIMEN_ERROR_UNSAFE). Returns: FALSE at the end, or with @error set (LIMEN_ERROR_DAMAGED).
 */
gboolean limen_archive_next (LimenArchive *archive, const char **name, GError **error);

/** limen_archive_is_encrypted: whether the current member can't be read without a password */
gboolean limen_archive_is_encrypted (LimenArchive *archive);

/**
 * limen_archive_read: (transfer full): the whole current member, unpacked, at most @max_bytes of
 * it: a longer one is refused with LIMEN_ERROR_UNSAFE. Checksums are verified
 * (LIMEN_ERROR_DAMAGED).
 */
GBytes *limen_archive_read (LimenArchive *archive, gsize max_bytes, GError **error);

/** limen_archive_read_start: (transfer full): the first @n bytes of the current member, fewer where
 * it is shorter; the rest is passed over */
GBytes *limen_archive_read_start (LimenArchive *archive, gsize n, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenArchive, limen_archive_free)
