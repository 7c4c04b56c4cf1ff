/* A named view of numbers in a file: their type, shape, strides, and the bytes they lie in. */
#pragma once

#include "model/base/error.h"
#include "model/base/number-type.h"

#define LIMEN_MAX_DIMENSIONS 8

/**
 * LimenTensor:
 * @name: full name: nested dictionaries joined with dots, "state_dict.model.scaling.scale"
 * @shape: (n_dimensions)
 * @stride: (n_dimensions), in elements, as PyTorch counts them
 * @offset: of the first element in @storage, in elements
 *
 * A view of a storage that other tensors may share. Every element it names lies inside @storage.
 */
typedef struct {
  char *name;
  LimenNumberType dtype;
  guint n_dimensions;
  gint64 shape[LIMEN_MAX_DIMENSIONS];
  gint64 stride[LIMEN_MAX_DIMENSIONS];
  gint64 offset;
  GBytes *storage;
} LimenTensor;

gint64 limen_tensor_n_elements (const LimenTensor *tensor);
/** limen_tensor_shape_text: (transfer full): "(1000, 392)" */
char *limen_tensor_shape_text (const LimenTensor *tensor);
/**
 * limen_tensor_copy_floats: all elements in row-major order of its shape, whatever its strides, as
 * float32.
 * @out: (limen_tensor_n_elements())
 */
void limen_tensor_copy_floats (const LimenTensor *tensor, float *out);
/** limen_tensor_copy_raw: the same, in their own type */
void limen_tensor_copy_raw (const LimenTensor *tensor, guint8 *out);

/**
 * limen_tensor_flaw:
 * @n_stored: elements that its storage has
 *
 * Returns: (nullable): what makes the view impossible, or NULL for one that may be used: its counts
 * overflow nothing, each element it names is stored, and repeated elements (strides of 0) stay
 * below a million.
 */
const char *limen_tensor_flaw (const LimenTensor *tensor, gint64 n_stored);
/** limen_tensor_set_contiguous: strides as of a row-major array */
void limen_tensor_set_contiguous (LimenTensor *tensor);
/** limen_tensor_is_contiguous: whether they are that */
gboolean limen_tensor_is_contiguous (const LimenTensor *tensor);
