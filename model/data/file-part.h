/* "net.pt:ema": a file, and the name of a part of it. */
#pragma once

#include <glib.h>

/**
 * limen_path_split: (transfer full): the file that @path names
 * @part: (out) (transfer full) (nullable): what stands behind the colon: the name of an array or a
 * dictionary in the file. NULL, and the whole of @path returned, where there is a file of that
 * whole name, or none before a colon.
 */
char *limen_path_split (const char *path, char **part);
