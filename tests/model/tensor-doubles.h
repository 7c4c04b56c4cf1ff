/* All elements of a tensor as float64. */
#pragma once

#include "model/pickle/tensor.h"

/* @out: (elements), in row-major order */
static inline void
tensor_to_doubles (const LimenTensor *tensor, double *out)
{
  gsize n = (gsize)limen_tensor_n_elements (tensor);
  g_autofree guint8 *raw = g_malloc (n * limen_number_size (tensor->dtype) + 1);
  limen_tensor_copy_raw (tensor, raw);
  limen_numbers_read (tensor->dtype, G_BYTE_ORDER == G_BIG_ENDIAN, raw, 1, n, out);
}
