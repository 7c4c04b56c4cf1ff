/* A table of named tensors becomes a file of weights. */
#pragma once

#include "model/weights/checkpoint.h"

#include <stdio.h>

/**
 * limen_checkpoint_add_floats:
 * @dtype: float32, or float16: then values beyond ±65,504 are refused (LIMEN_ERROR_ARGUMENT)
 * @shape: (n_dimensions)
 * @values: row-major, copied
 */
gboolean limen_checkpoint_add_floats (LimenCheckpoint *checkpoint, const char *name,
                                      LimenNumberType dtype, guint n_dimensions,
                                      const gint64 *shape, const float *values, GError **error);

/**
 * limen_checkpoint_set_note:
 * @name: begins with "limen."
 *
 * Puts a text beside the tensors: safetensors has a place for it in its header ("__metadata__"); in
 * what torch.save writes it is in a file of its own in the zip, which torch.load() passes over.
 */
void limen_checkpoint_set_note (LimenCheckpoint *checkpoint, const char *name, const char *text);

/**
 * limen_checkpoint_save:
 * @checkpoint: tensors that each fill a storage of their own, as limen_checkpoint_add_floats()
 * makes
 * @path: replaced whole or not at all; .pt, .pth and .ckpt become what torch.save writes, any other
 * name safetensors
 */
gboolean
limen_checkpoint_save (const LimenCheckpoint *checkpoint, const char *path, GError **error);

/** limen_safetensors_write: one of the formats; FALSE when a write failed */
gboolean limen_safetensors_write (const LimenCheckpoint *checkpoint, FILE *stream);
/** limen_torch_write: a zip as torch.save writes it: pickle, storages, version */
gboolean limen_torch_write (const LimenCheckpoint *checkpoint, FILE *stream);
