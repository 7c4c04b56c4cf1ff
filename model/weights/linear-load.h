/* Layers out of a table of tensors, and into one. */
#pragma once

#include "model/network/linear.h"
#include "model/weights/checkpoint.h"

/**
 * LimenLayerSource: where the layers of one network come from
 * @prefix: (nullable): what stands before its names in the dictionary that holds it
 * @networks: (nullable): as of limen_checkpoint_networks(): where the file holds several of @kind
 * @shown: the file, for messages
 * @kind: (transfer none): what it should be: "NICE flow"
 */
typedef struct {
  LimenCheckpoint *checkpoint;
  char *prefix;
  char **networks;
  char *shown;
  const char *kind;
} LimenLayerSource;

/** limen_layer_source: @checkpoint is borrowed; @key: a name that such a network must have, by
 * which it is found. The prefix is NULL, with LIMEN_ERROR_MISMATCH, where there is none. */
LimenLayerSource
limen_layer_source (LimenCheckpoint *checkpoint, const char *kind, const char *key, GError **error);
void limen_layer_source_clear (LimenLayerSource *source);

/** limen_layer_find: (nullable) */
const LimenTensor *limen_layer_find (const LimenLayerSource *source, const char *name);
/** limen_layer_refuse_missing: Returns: FALSE, with LIMEN_ERROR_MISMATCH */
gboolean
limen_layer_refuse_missing (const LimenLayerSource *source, const char *name, GError **error);

/**
 * limen_layer_take: moves a tensor of the shape (@rows, @columns) out of the table; @rows 0:
 * (@columns), with or without ones before
 *
 * Returns: (transfer full): row-major, free with free(); NULL with LIMEN_ERROR_MISMATCH where it is
 * missing or of another shape, and LIMEN_ERROR_DAMAGED for values that are not finite.
 */
float *limen_layer_take (const LimenLayerSource *source, const char *name, guint rows,
                         guint columns, GError **error);
/** limen_layer_take_linear: "@name.weight" and "@name.bias" */
gboolean limen_layer_take_linear (const LimenLayerSource *source, const char *name,
                                  LimenLinear *linear, GError **error);

/** limen_layer_put: adds outputs @first to @first + @n − 1 of @linear as "@name.weight" and
 * "@name.bias"; errors as of limen_checkpoint_add_floats() */
gboolean limen_layer_put (LimenCheckpoint *checkpoint, const char *name, LimenNumberType dtype,
                          const LimenLinear *linear, guint first, guint n, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenLayerSource, limen_layer_source_clear)
