/* Where results go: never over what they were made from. */
#pragma once

#include "model/base/error.h"

/**
 * limen_check_output_is_free:
 * @path: where something will be written
 * @read: (n): what is read: files, folders of images, index files of weights in parts
 *
 * Whether writing to @path would replace a file that is read: one of @read, under whatever name
 * (links and hard links), or one in a folder of @read that holds images or weights. Looks through
 * those folders only where there is a file at @path already.
 *
 * Returns: FALSE with LIMEN_ERROR_ARGUMENT, or G_IO_ERROR_CANCELLED.
 */
gboolean limen_check_output_is_free (const char *path, const char *const *read, guint n,
                                     GCancellable *cancellable, GError **error);

/** limen_is_one_place: whether @a and @b are names of one file, or would be one if they were
 * written */
gboolean limen_is_one_place (const char *a, const char *b);
