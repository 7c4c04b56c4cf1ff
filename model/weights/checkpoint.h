/* A file of weights becomes a table of named tensors. */
#pragma once

#include "model/pickle/tensor.h"

typedef struct LimenCheckpoint LimenCheckpoint;

/**
 * LimenPassedOver: what a file holds beside the tensors that can be read
 * @what: "complex64 (2,)", "sparse tensor"
 */
typedef struct {
  char *name, *what;
} LimenPassedOver;

/**
 * limen_checkpoint_load: reads PyTorch's zip format, its older format, or safetensors, by content.
 * @path: a file; or a network in several files: their index (model.safetensors.index.json), the
 * folder, or any of them; or "FILE:NAME", of which only the dictionary NAME is looked at
 *
 * Nothing in the file is executed: the unpickler knows a fixed list of names and refuses every
 * other by its name (LIMEN_ERROR_UNSAFE). Memory stays in proportion to the file. Values that are
 * not tensors are passed over, and tensors of numbers that Limen has no use for. A tensor that is
 * the whole file is named "tensor". A Git LFS pointer is explained (LIMEN_ERROR_FORMAT).
 */
LimenCheckpoint *
limen_checkpoint_load (const char *path, GCancellable *cancellable, GError **error);
/** limen_checkpoint_load_bytes: the same from memory; @name is used in messages. */
LimenCheckpoint *limen_checkpoint_load_bytes (GBytes *bytes, const char *name, GError **error);
/** limen_checkpoint_new: (transfer full): an empty table, as of a file named @path; @format is a
 * literal */
LimenCheckpoint *limen_checkpoint_new (const char *path, const char *format);
void limen_checkpoint_free (LimenCheckpoint *checkpoint);

/** limen_checkpoint_format: "PyTorch zip", "PyTorch legacy" or "safetensors" */
const char *limen_checkpoint_format (const LimenCheckpoint *checkpoint);
/** limen_checkpoint_path: as given to limen_checkpoint_load(), without the name of a part */
const char *limen_checkpoint_path (const LimenCheckpoint *checkpoint);
/** limen_checkpoint_part: (nullable): "ema" of "net.pt:ema" */
const char *limen_checkpoint_part (const LimenCheckpoint *checkpoint);
/** limen_checkpoint_n_files: how many files it came from */
guint limen_checkpoint_n_files (const LimenCheckpoint *checkpoint);
guint limen_checkpoint_n_tensors (const LimenCheckpoint *checkpoint);
/** limen_checkpoint_tensor: in the order of the file */
const LimenTensor *limen_checkpoint_tensor (const LimenCheckpoint *checkpoint, guint index);
/** limen_checkpoint_find: (nullable): by full name */
const LimenTensor *limen_checkpoint_find (const LimenCheckpoint *checkpoint, const char *name);
/**
 * limen_checkpoint_find_prefix: (transfer full) (nullable): what stands before @key in the one
 * dictionary that holds it: "" for a bare state dict, "state_dict.model." for a nested one. Of
 * several, one that is not named like a copy of a network ("ema", "teacher", "old"), then the
 * shortest, then the first; only in limen_checkpoint_part() where that is set.
 */
char *limen_checkpoint_find_prefix (const LimenCheckpoint *checkpoint, const char *key);
/** limen_checkpoint_networks: (transfer full) (nullable): NULL-terminated: where @key is in several
 * dictionaries, their names, without the last dot: first the one that
 * limen_checkpoint_find_prefix() takes. NULL where there is no choice. */
char **limen_checkpoint_networks (const LimenCheckpoint *checkpoint, const char *key);
/** limen_networks_told: (transfer full): a sentence that says which of @networks, at least two, was
 * taken from @path */
char *limen_networks_told (const char *path, const char *const *networks);

guint limen_checkpoint_n_passed (const LimenCheckpoint *checkpoint);
/** limen_checkpoint_passed: tensors and arrays that were passed over, in the order of the file */
const LimenPassedOver *limen_checkpoint_passed (const LimenCheckpoint *checkpoint, guint index);
/** limen_checkpoint_n_others: numbers, texts and other plain values that were passed over */
guint limen_checkpoint_n_others (const LimenCheckpoint *checkpoint);

/** limen_checkpoint_note: (nullable): a text that Limen put beside the tensors; @name begins with
 * "limen." */
const char *limen_checkpoint_note (const LimenCheckpoint *checkpoint, const char *name);

/** limen_checkpoint_drop: forgets one tensor, later ones move up; its storage is freed with the
 * last that shares it */
void limen_checkpoint_drop (LimenCheckpoint *checkpoint, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenCheckpoint, limen_checkpoint_free)
