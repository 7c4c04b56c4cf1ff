/* Pickles of torch.save and of NumPy: dictionaries, storages, tensors and arrays; every other name
 * is refused, and nothing runs. */
#pragma once

#include "model/pickle/pickle.h"
#include "model/pickle/tensor.h"

/**
 * LimenTorchStorage:
 * @type: "float32"
 * @dtype: of its elements; %LIMEN_N_NUMBER_TYPES for one that is not read; @width: bytes of each
 * @swap_width: bytes of each number in it: of a storage without a type, those of its tensors
 * @n_elements: as declared by the pickle
 * @wanted: whether something that is read lies in it
 * @bytes: (nullable): its content, once it was read: n_elements of @width bytes
 */
typedef struct {
  const char *type;
  LimenNumberType dtype;
  guint width, swap_width;
  gint64 n_elements;
  gboolean wanted;
  GBytes *bytes;
} LimenTorchStorage;

typedef struct LimenTorchPickle LimenTorchPickle;

/** limen_torch_pickle_new: @path, @advice: for messages, as of limen_pickle_new() */
LimenTorchPickle *limen_torch_pickle_new (const char *path, const char *advice);
void limen_torch_pickle_free (LimenTorchPickle *torch);

/** limen_torch_pickle_run: as limen_pickle_run() */
LimenPickleValue *limen_torch_pickle_run (LimenTorchPickle *torch, const guint8 *data, gsize n,
                                          gsize *used, GError **error);

/**
 * LimenFoundFunc:
 * @name: its full name: keys and numbers joined with dots; "tensor" for what is the whole file
 * @key: where in it the last key begins, which may have dots of its own
 * @value: a tensor, an array, or what is passed over though it holds numbers
 *
 * Returns: FALSE with @error to stop
 */
typedef gboolean (*LimenFoundFunc) (const char *name, gsize key, const LimenPickleValue *value,
                                    gpointer user_data, GError **error);
/**
 * limen_torch_pickle_walk: through dictionaries, lists and tuples, in their order
 * @n_others: (out) (optional): plain values on the way, which are passed over
 *
 * Refuses what nests deeper than any honest file (LIMEN_ERROR_UNSAFE).
 */
gboolean
limen_torch_pickle_walk (LimenTorchPickle *torch, const LimenPickleValue *value,
                         LimenFoundFunc found, gpointer user_data, guint *n_others, GError **error);

/** limen_torch_pickle_odd_array: (nullable): what is wrong with the first array of NumPy in @value
 * that is none of numbers: "holds Python objects"; NULL where there is none */
const char *limen_torch_pickle_odd_array (LimenTorchPickle *torch, const LimenPickleValue *value);

/**
 * limen_torch_pickle_tensor:
 * @value: of the kind %LIMEN_PICKLE_TENSOR; @tensor: its name is set, the rest becomes the view
 * @storage: (out) (transfer none): where its numbers will be, wanted from now on
 * @passed: (out) (transfer full) (nullable): what it is where it can't be read: "complex64 (2,)";
 * then @storage is NULL
 *
 * Returns: FALSE with LIMEN_ERROR_DAMAGED where the view is impossible
 */
gboolean limen_torch_pickle_tensor (LimenTorchPickle *torch, const LimenPickleValue *value,
                                    LimenTensor *tensor, LimenTorchStorage **storage, char **passed,
                                    GError **error);

/** limen_torch_pickle_storage: (nullable): the storage with that key */
LimenTorchStorage *limen_torch_pickle_storage (LimenTorchPickle *torch, const char *key);
/** limen_torch_pickle_n_wanted: bytes of all wanted storages, at most G_MAXUINT64 */
guint64 limen_torch_pickle_n_wanted (LimenTorchPickle *torch);
/**
 * limen_torch_pickle_finish: checks that all wanted storages were read and have their size
 * @swap: whether numbers were written with the highest byte first
 */
gboolean limen_torch_pickle_finish (LimenTorchPickle *torch, gboolean swap, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenTorchPickle, limen_torch_pickle_free)
