/* How the readers of this room fill the table of tensors that checkpoint.h shows. */
#pragma once

#include "model/weights/checkpoint-write.h"

/**
 * limen_checkpoint_add:
 * @tensor: copied, with its name; its storage may still be unset, see limen_checkpoint_nth()
 *
 * Refuses a name that is taken or longer than 1,024 bytes, and more than 65,536 tensors.
 */
gboolean
limen_checkpoint_add (LimenCheckpoint *checkpoint, const LimenTensor *tensor, GError **error);
/** limen_checkpoint_nth: the tensor, to be completed */
LimenTensor *limen_checkpoint_nth (LimenCheckpoint *checkpoint, guint index);

gsize limen_dtype_size (LimenDtype dtype);

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
