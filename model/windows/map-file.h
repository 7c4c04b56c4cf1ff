/* A map of windows as a file. */
#pragma once

#include "model/windows/window-map.h"

/** limen_window_map_save_npy: limen_window_map_resize() to the photo's own size: NumPy's array
 * (height, width) of float32, through limen_replace_file() */
gboolean limen_window_map_save_npy (const LimenWindowMap *map, const char *path, GError **error);

/**
 * limen_window_map_file_name: (transfer full): of the map of photo @index, which has @name:
 * "000017-scratch-004.png.npy"
 *
 * Numbers tell two photos apart whose names differ in what a file name does not keep. No part of
 * @name leads to another folder.
 */
char *limen_window_map_file_name (guint index, const char *name);
