/* What the names in a pickle of torch.save mean: dictionaries, storages and tensors; every other
 * name is refused. */
#pragma once

#include "model/weights/pickle.h"
#include "model/weights/table.h"

/**
 * LimenTorchStorage:
 * @n_elements: as declared by the pickle
 * @wanted: whether a named tensor lies in it
 * @bytes: (nullable): its content, once it was read: n_elements of @dtype
 */
typedef struct {
  LimenDtype dtype;
  gint64 n_elements;
  gboolean wanted;
  GBytes *bytes;
} LimenTorchStorage;

typedef struct LimenTorchPickle LimenTorchPickle;

LimenTorchPickle *limen_torch_pickle_new (const char *path);
void limen_torch_pickle_free (LimenTorchPickle *torch);

/** limen_torch_pickle_run: as limen_pickle_run() */
LimenPickleValue *limen_torch_pickle_run (LimenTorchPickle *torch, const guint8 *data, gsize n,
                                          gsize *used, GError **error);
/** limen_torch_pickle_collect: adds the tensors in @value to @checkpoint, which must be empty,
 * still without storages */
gboolean limen_torch_pickle_collect (LimenTorchPickle *torch, const LimenPickleValue *value,
                                     LimenCheckpoint *checkpoint, GError **error);
/** limen_torch_pickle_storage: (nullable): the storage with that key */
LimenTorchStorage *limen_torch_pickle_storage (LimenTorchPickle *torch, const char *key);
/** limen_torch_pickle_n_wanted: bytes of all wanted storages, at most G_MAXUINT64 */
guint64 limen_torch_pickle_n_wanted (LimenTorchPickle *torch);
/**
 * limen_torch_pickle_fill: gives the tensors that limen_torch_pickle_collect() added their
 * storages.
 * @swap: whether numbers were written with the highest byte first
 */
gboolean limen_torch_pickle_fill (LimenTorchPickle *torch, LimenCheckpoint *checkpoint,
                                  gboolean swap, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenTorchPickle, limen_torch_pickle_free)
