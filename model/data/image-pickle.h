/* Images in pickles: tensors that torch.save wrote (MNIST's training.pt), arrays of NumPy (CIFAR's
 * batches, mnist.pkl.gz). Nothing in them runs. */
#pragma once

#include "model/data/array.h"

/**
 * LimenPickledArrays: the arrays of one file, by name: keys and numbers of what they lie in, joined
 * with dots
 *
 * Arrays of one shape that are one image each, in a list, in pairs with their labels or in a
 * dictionary, are one array, whose name has an asterisk where theirs differ.
 */
typedef struct LimenPickledArrays LimenPickledArrays;

/**
 * limen_pickled_arrays_new: finds them; reads no more of tensors than their shapes
 * @bytes: (nullable): the content of @path, where it is in memory; it may be gzipped
 *
 * Returns: (transfer full): or NULL with LIMEN_ERROR_UNREADABLE, LIMEN_ERROR_DAMAGED,
 * LIMEN_ERROR_UNSAFE (the name of what the pickle asks Python for), LIMEN_ERROR_FORMAT (there are
 * none) or G_IO_ERROR_CANCELLED
 */
LimenPickledArrays *limen_pickled_arrays_new (const char *path, GBytes *bytes,
                                              GCancellable *cancellable, GError **error);
void limen_pickled_arrays_free (LimenPickledArrays *arrays);

guint limen_pickled_arrays_n (const LimenPickledArrays *arrays);
const char *limen_pickled_arrays_name (const LimenPickledArrays *arrays, guint index);
/** limen_pickled_arrays_shape: (transfer none): its type and dimensions, without its numbers. Rows
 * of 3·s² numbers are planes of colours, as in CIFAR's files: (n, 3, s, s). */
const LimenArray *limen_pickled_arrays_shape (const LimenPickledArrays *arrays, guint index);
/** limen_pickled_arrays_are_weights: whether some are named as in a network */
gboolean limen_pickled_arrays_are_weights (const LimenPickledArrays *arrays);
/** limen_pickled_arrays_look_like_images: whether the file is rather images than weights */
gboolean limen_pickled_arrays_look_like_images (const LimenPickledArrays *arrays);

/**
 * limen_pickled_arrays_choose:
 * @name: (nullable): of the one that is asked for; otherwise the one that most surely holds images,
 * the first of several
 *
 * Returns: FALSE with LIMEN_ERROR_FORMAT, or LIMEN_ERROR_ARGUMENT where none has that name
 */
gboolean
limen_pickled_arrays_choose (const LimenPickledArrays *arrays, const char *name,
                             const LimenImageSetOptions *options, guint *index, GError **error);
/** limen_pickled_arrays_members: (transfer full): NULL-terminated: the names of all that could be
 * images as well as @index */
char **limen_pickled_arrays_members (const LimenPickledArrays *arrays, guint index,
                                     const LimenImageSetOptions *options);
/** limen_pickled_arrays_read: @array: points into @arrays; to be called once */
gboolean limen_pickled_arrays_read (LimenPickledArrays *arrays, guint index, LimenArray *array,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPickledArrays, limen_pickled_arrays_free)
