/* Reads every number of every tensor, so that a view that reaches too far is found. */
#pragma once

#include "model/weights/checkpoint.h"
#include "tests/model/tensor-doubles.h"

#define MAX_READ (1 << 16) /* elements: larger tensors repeat the same few numbers */

static inline void
read_all_tensors (LimenCheckpoint *checkpoint)
{
  for (guint i = 0; i < limen_checkpoint_n_tensors (checkpoint); i++) {
    const LimenTensor *tensor = limen_checkpoint_tensor (checkpoint, i);
    g_autofree char *prefix = limen_checkpoint_find_prefix (checkpoint, tensor->name);
    if (limen_tensor_n_elements (tensor) > MAX_READ)
      continue;
    g_autofree double *doubles = g_new (double, limen_tensor_n_elements (tensor) + 1);
    tensor_to_doubles (tensor, doubles);
    limen_tensor_copy_floats (tensor, (float *)doubles);
  }
  while (limen_checkpoint_n_tensors (checkpoint) > 0)
    limen_checkpoint_drop (checkpoint, limen_checkpoint_tensor (checkpoint, 0)->name);
}
