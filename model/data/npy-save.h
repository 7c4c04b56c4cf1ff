/* Arrays of float32 for NumPy. */
#pragma once

#include "model/base/error.h"

/**
 * limen_npy_save: NumPy's format 1.0, through limen_replace_file()
 * @value: of @shape: (n_dimensions), at most 8, row-major
 */
gboolean limen_npy_save (const float *value, const guint *shape, guint n_dimensions,
                         const char *path, GError **error);
