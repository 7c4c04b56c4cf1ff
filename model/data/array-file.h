/* A file that holds an array becomes images: IDX, npy, npz and tables of numbers, packed or not.
 * Only this room needs it. */
#pragma once

#include "model/data/array.h"
#include "model/data/file-kind.h"

/** limen_is_array_kind: whether limen_array_file_load() reads such files */
gboolean limen_is_array_kind (LimenFileKind kind);

/**
 * limen_array_file_load: (transfer full): at most options->max_images images, at their own size
 * @kind: LIMEN_FILE_IDX, _NPY, _NPZ or _CSV
 * @path: of the file; for an npz perhaps "file.npz:name"
 * @bytes: (nullable): its content, where @path is none; not of an npz
 * @shown: its name for messages
 *
 * Where image after image stands in a file that is not packed, it is read in pieces: then memory is
 * needed for the images only. Returns: NULL with any LIMEN_ERROR or G_IO_ERROR_CANCELLED.
 */
LimenImages *limen_array_file_load (LimenFileKind kind, const char *path, GBytes *bytes,
                                    const char *shown, const LimenImageSetOptions *options,
                                    GCancellable *cancellable, GError **error);
