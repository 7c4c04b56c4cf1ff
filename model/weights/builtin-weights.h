/* The weights inside the program, under the names of model/data/builtin.h. How they were made:
 * builtin/README.md */
#pragma once

#include "model/base/error.h"

/**
 * limen_builtin_weights: (transfer full): the safetensors file that @path ("builtin:mnist") stands
 * for; NULL with LIMEN_ERROR_UNREADABLE for another name
 */
GBytes *limen_builtin_weights (const char *path, GError **error);
