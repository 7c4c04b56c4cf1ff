/* Arrays of NumPy in a pickle: what their state says. */
#pragma once

#include "model/base/number-type.h"
#include "model/pickle/pickle.h"

/**
 * LimenNumpyArray:
 * @fortran: the first index runs fastest instead of the last
 * @dims: (n_dims)
 * @data: its bytes
 */
typedef struct {
  LimenNumberType type;
  gboolean big_endian, fortran;
  guint n_dims;
  guint64 dims[8];
  const LimenPickleValue *data;
} LimenNumpyArray;

/**
 * limen_numpy_array:
 * @value: of the kind %LIMEN_PICKLE_ARRAY
 *
 * Returns: (nullable): NULL for an array that @array describes; otherwise what it is, or what is
 * wrong with it: "holds Python objects"
 */
const char *limen_numpy_array (const LimenPickleValue *value, LimenNumpyArray *array);

/** limen_numpy_array_bytes: (transfer full) (nullable): as many as its shape says; they may point
 * into the pickle. NULL where it has another number of them. */
GBytes *limen_numpy_array_bytes (const LimenNumpyArray *array);
