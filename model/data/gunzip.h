/* Gzip as a stream, checksums verified (libarchive reads gzip too, but passes over CRC and length).
 */
#pragma once

#include <gio/gio.h>

typedef struct LimenGunzip LimenGunzip;

/**
 * limen_gunzip_new: stands at the beginning of @source
 *
 * Returns: (transfer full): or NULL, without an error, when @source is not gzip or can't be read.
 */
LimenGunzip *limen_gunzip_new (GInputStream *source);
void limen_gunzip_free (LimenGunzip *gunzip);

/**
 * limen_gunzip_read:
 * @out: (out) (transfer none): the next unpacked bytes, until the next call
 *
 * Joined gzip files are read one after the other, as gzip(1) does.
 * Returns: how many bytes there are, 0 at the end, or −1 with G_IO_ERROR.
 */
gssize limen_gunzip_read (LimenGunzip *gunzip, const void **out, GCancellable *cancellable,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenGunzip, limen_gunzip_free)
