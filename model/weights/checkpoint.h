/* A file of weights becomes a table of named tensors. */
#pragma once

#include "model/base/error.h"

typedef enum {
  LIMEN_DTYPE_F16,
  LIMEN_DTYPE_BF16,
  LIMEN_DTYPE_F32,
  LIMEN_DTYPE_F64,
  LIMEN_DTYPE_U8,
  LIMEN_DTYPE_I8,
  LIMEN_DTYPE_I16,
  LIMEN_DTYPE_I32,
  LIMEN_DTYPE_I64,
  LIMEN_DTYPE_BOOL,
} LimenDtype;

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
  LimenDtype dtype;
  guint n_dimensions;
  gint64 shape[LIMEN_MAX_DIMENSIONS];
  gint64 stride[LIMEN_MAX_DIMENSIONS];
  gint64 offset;
  GBytes *storage;
} LimenTensor;

typedef struct LimenCheckpoint LimenCheckpoint;

/**
 * limen_checkpoint_load: reads PyTorch's zip format, its older format, or safetensors, by content.
 *
 * Nothing in the file is executed: the unpickler knows a fixed list of names and refuses every
 * other by its name (LIMEN_ERROR_UNSAFE). Memory stays in proportion to the file. Values that are
 * not tensors are passed over. A tensor that is the whole file is named "tensor". A Git LFS pointer
 * is explained (LIMEN_ERROR_FORMAT).
 */
LimenCheckpoint *
limen_checkpoint_load (const char *path, GCancellable *cancellable, GError **error);
/** limen_checkpoint_load_bytes: the same from memory; @name is used in messages. */
LimenCheckpoint *limen_checkpoint_load_bytes (GBytes *bytes, const char *name, GError **error);
void limen_checkpoint_free (LimenCheckpoint *checkpoint);

/** limen_checkpoint_format: "PyTorch zip", "PyTorch legacy" or "safetensors" */
const char *limen_checkpoint_format (const LimenCheckpoint *checkpoint);
/** limen_checkpoint_path: as given to limen_checkpoint_load(), for messages */
const char *limen_checkpoint_path (const LimenCheckpoint *checkpoint);
guint limen_checkpoint_n_tensors (const LimenCheckpoint *checkpoint);
/** limen_checkpoint_tensor: in the order of the file */
const LimenTensor *limen_checkpoint_tensor (const LimenCheckpoint *checkpoint, guint index);
/** limen_checkpoint_find: (nullable): by full name */
const LimenTensor *limen_checkpoint_find (const LimenCheckpoint *checkpoint, const char *name);
/**
 * limen_checkpoint_find_prefix: (transfer full) (nullable): what stands before @key in the one
 * dictionary that holds it: "" for a bare state dict, "state_dict.model." for a nested one. Of
 * several, the shortest, then the first.
 */
char *limen_checkpoint_find_prefix (const LimenCheckpoint *checkpoint, const char *key);

gint64 limen_tensor_n_elements (const LimenTensor *tensor);
/** limen_tensor_shape_text: (transfer full): "(1000, 392)" */
char *limen_tensor_shape_text (const LimenTensor *tensor);
const char *limen_dtype_name (LimenDtype dtype);
/**
 * limen_tensor_copy_floats: all elements in row-major order of its shape, whatever its strides, as
 * float32.
 * @out: (limen_tensor_n_elements())
 */
void limen_tensor_copy_floats (const LimenTensor *tensor, float *out);
void limen_tensor_copy_doubles (const LimenTensor *tensor, double *out);
/** limen_checkpoint_drop: forgets one tensor, later ones move up; its storage is freed with the
 * last that shares it */
void limen_checkpoint_drop (LimenCheckpoint *checkpoint, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenCheckpoint, limen_checkpoint_free)
