#include "model/weights/linear-load.h"
#include "model/weights/checkpoint-write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

LimenLayerSource
limen_layer_source (LimenCheckpoint *checkpoint, const char *kind, const char *key, GError **error)
{
  LimenLayerSource source = {
      .checkpoint = checkpoint,
      .prefix = limen_checkpoint_find_prefix (checkpoint, key),
      .networks = limen_checkpoint_networks (checkpoint, key),
      .shown = limen_display_name (limen_checkpoint_path (checkpoint)),
      .kind = kind,
  };
  if (!source.prefix)
    limen_fail (error, LIMEN_ERROR_MISMATCH,
                "%s holds the weights of another network (no tensor %s); choose the state_dict of "
                "a %s.",
                source.shown, key, kind);
  return source;
}

void
limen_layer_source_clear (LimenLayerSource *source)
{
  g_free (source->prefix);
  g_strfreev (source->networks);
  g_free (source->shown);
}

const LimenTensor *
limen_layer_find (const LimenLayerSource *source, const char *name)
{
  g_autofree char *full = g_strconcat (source->prefix, name, NULL);
  return limen_checkpoint_find (source->checkpoint, full);
}

gboolean
limen_layer_refuse_missing (const LimenLayerSource *source, const char *name, GError **error)
{
  return limen_fail (
      error, LIMEN_ERROR_MISMATCH,
      "%s has no tensor %s%s, so it is not a whole %s; save the complete state_dict of the "
      "model again.",
      source->shown, source->prefix, name, source->kind);
}

static gboolean
check_fit (const LimenLayerSource *source, const LimenTensor *tensor, guint rows, guint columns,
           GError **error)
{
  guint d = tensor->n_dimensions;
  gint64 n = (gint64)MAX (rows, 1) * columns;
  if (d > 0 && tensor->shape[d - 1] == columns && limen_tensor_n_elements (tensor) == n &&
      (rows == 0 || (d == 2 && tensor->shape[0] == rows)))
    return TRUE;
  g_autofree char *shape = limen_tensor_shape_text (tensor);
  g_autofree char *wanted =
      rows ? g_strdup_printf ("(%u, %u)", rows, columns) : g_strdup_printf ("(%u,)", columns);
  return limen_fail (error, LIMEN_ERROR_MISMATCH,
                     "%s: the tensor %s has the shape %s where the others call for %s; save the "
                     "state_dict of one whole %s.",
                     source->shown, tensor->name, shape, wanted, source->kind);
}

float *
limen_layer_take (const LimenLayerSource *source, const char *name, guint rows, guint columns,
                  GError **error)
{
  const LimenTensor *tensor = limen_layer_find (source, name);
  if (!tensor) {
    limen_layer_refuse_missing (source, name, error);
    return NULL;
  }
  if (!check_fit (source, tensor, rows, columns, error))
    return NULL;
  gsize n = (gsize)MAX (rows, 1) * columns;
  float *values = limen_floats_new (n);
  limen_tensor_copy_floats (tensor, values);
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i])) {
      limen_fail (error, LIMEN_ERROR_DAMAGED,
                  "%s: the tensor %s holds values that are not finite numbers (its training "
                  "diverged); use an earlier checkpoint.",
                  source->shown, tensor->name);
      free (values);
      return NULL;
    }
  limen_checkpoint_drop (source->checkpoint, tensor->name);
  return values;
}

gboolean
limen_layer_take_linear (const LimenLayerSource *source, const char *name, LimenLinear *linear,
                         GError **error)
{
  g_autofree char *weight_name = g_strconcat (name, ".weight", NULL);
  g_autofree char *bias_name = g_strconcat (name, ".bias", NULL);
  float *weight = limen_layer_take (source, weight_name, linear->outputs, linear->inputs, error);
  float *bias = weight ? limen_layer_take (source, bias_name, 0, linear->outputs, error) : NULL;
  if (bias) {
    limen_linear_set_weight (linear, weight);
    memcpy (linear->bias, bias, linear->outputs * sizeof (float));
  }
  free (weight);
  free (bias);
  return bias != NULL;
}

gboolean
limen_layer_put (LimenCheckpoint *checkpoint, const char *name, LimenNumberType dtype,
                 const LimenLinear *linear, guint first, guint n, GError **error)
{
  g_autofree char *weight_name = g_strconcat (name, ".weight", NULL);
  g_autofree char *bias_name = g_strconcat (name, ".bias", NULL);
  gint64 shape[] = {n, linear->inputs};
  float *weight = limen_floats_new ((gsize)linear->outputs * linear->inputs);
  limen_linear_get_weight (linear, weight);
  gboolean ok = limen_checkpoint_add_floats (checkpoint, weight_name, dtype, 2, shape,
                                             weight + (gsize)first * linear->inputs, error) &&
                limen_checkpoint_add_floats (checkpoint, bias_name, dtype, 1, shape,
                                             linear->bias + first, error);
  free (weight);
  return ok;
}
