/* From a table of tensors to a flow: the names are those of the course's model. */
#include "model/flow/nice-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  LimenCheckpoint *checkpoint;
  char *prefix; /* what stands before "coupling.0..." in the dictionary that holds the flow */
  char *shown;
} Source;

static void
source_clear (Source *source)
{
  g_free (source->prefix);
  g_free (source->shown);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

static const LimenTensor *
find (const Source *source, const char *name)
{
  g_autofree char *full = g_strconcat (source->prefix, name, NULL);
  return limen_checkpoint_find (source->checkpoint, full);
}

static gboolean
refuse_missing (const Source *source, const char *name, GError **error)
{
  g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH,
               "%s has no tensor %s%s, so it is not a whole NICE flow; save the complete "
               "state_dict of the model again.",
               source->shown, source->prefix, name);
  return FALSE;
}

/* Reads a tensor of @n elements in the shape (@rows, @columns); @rows 0: (@columns), with or
 * without ones before. */
static float *
take (const Source *source, const char *name, guint rows, guint columns, GError **error)
{
  const LimenTensor *tensor = find (source, name);
  if (!tensor) {
    refuse_missing (source, name, error);
    return NULL;
  }
  guint d = tensor->n_dimensions;
  gsize n = (gsize)MAX (rows, 1) * columns;
  gboolean fits = d > 0 && tensor->shape[d - 1] == columns &&
                  limen_tensor_n_elements (tensor) == (gint64)n &&
                  (rows == 0 || (d == 2 && tensor->shape[0] == rows));
  if (!fits) {
    g_autofree char *shape = limen_tensor_shape_text (tensor);
    g_autofree char *wanted =
        rows ? g_strdup_printf ("(%u, %u)", rows, columns) : g_strdup_printf ("(%u)", columns);
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH,
                 "%s: the tensor %s has the shape %s where the others call for %s; save the "
                 "state_dict of one whole NICE flow.",
                 source->shown, tensor->name, shape, wanted);
    return NULL;
  }
  float *values = limen_floats_new (n);
  limen_tensor_copy_floats (tensor, values);
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i])) {
      g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_DAMAGED,
                   "%s: the tensor %s holds values that are not finite numbers (its training "
                   "diverged); use an earlier checkpoint.",
                   source->shown, tensor->name);
      free (values);
      return NULL;
    }
  limen_checkpoint_drop (source->checkpoint, tensor->name);
  return values;
}

static gboolean
take_layer (const Source *source, guint coupling, const char *layer, LimenLinear *linear,
            GError **error)
{
  g_autofree char *weight_name = g_strdup_printf ("coupling.%u.%s.weight", coupling, layer);
  g_autofree char *bias_name = g_strdup_printf ("coupling.%u.%s.bias", coupling, layer);
  float *weight = take (source, weight_name, linear->outputs, linear->inputs, error);
  float *bias = weight ? take (source, bias_name, 0, linear->outputs, error) : NULL;
  if (bias) {
    limen_linear_set_weight (linear, weight);
    memcpy (linear->bias, bias, linear->outputs * sizeof (float));
  }
  free (weight);
  free (bias);
  return bias != NULL;
}

/* How many of pattern(0), pattern(1), ... there are without a gap. */
static guint
count_tensors (const Source *source, const char *before, const char *after)
{
  guint n = 0;
  for (;; n++) {
    g_autofree char *name = g_strdup_printf ("%s%u%s", before, n, after);
    if (!find (source, name))
      return n;
  }
}

/* The greatest i of all "coupling.i." names plus one: more than count_tensors() where one is
 * missing. */
static guint
count_coupling_names (const Source *source)
{
  g_autofree char *before = g_strconcat (source->prefix, "coupling.", NULL);
  guint64 n = 0;
  for (guint i = 0; i < limen_checkpoint_n_tensors (source->checkpoint); i++) {
    const char *name = limen_checkpoint_tensor (source->checkpoint, i)->name;
    if (g_str_has_prefix (name, before))
      n = MAX (n, g_ascii_strtoull (name + strlen (before), NULL, 10) + 1);
  }
  return (guint)MIN (n, 100000);
}

static gboolean
read_shape (const Source *source, LimenNiceShape *shape, GError **error)
{
  const LimenTensor *first = find (source, "coupling.0.in_block.0.weight");
  const LimenTensor *scale = find (source, "scaling.scale");
  if (!scale)
    return refuse_missing (source, "scaling.scale", error);
  gint64 dimension = limen_tensor_n_elements (scale);
  if (first->n_dimensions != 2 || first->shape[0] < 1 || first->shape[1] * 2 != dimension ||
      first->shape[0] > 1 << 20 || dimension > 1 << 20) {
    g_autofree char *in = limen_tensor_shape_text (first);
    g_set_error (
        error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH,
        "%s: scaling.scale has %" G_GINT64_FORMAT
        " entries, but coupling.0.in_block.0.weight has the shape %s where (width, entries / 2) "
        "was expected; save the state_dict of one whole NICE flow.",
        source->shown, dimension, in);
    return FALSE;
  }
  shape->dimension = (guint)dimension;
  shape->width = (guint)first->shape[0];
  shape->depth = 1 + count_tensors (source, "coupling.0.mid_block.", ".0.weight");
  shape->couplings = count_coupling_names (source);
  return TRUE;
}

/* The shape must stand in the file before memory is taken for it. */
static gboolean
check_complete (const Source *source, LimenNiceShape shape, GError **error)
{
  for (guint i = 0; i < shape.couplings; i++) {
    g_autofree char *in = g_strdup_printf ("coupling.%u.in_block.0.weight", i);
    g_autofree char *out = g_strdup_printf ("coupling.%u.out_block.weight", i);
    g_autofree char *mid = g_strdup_printf ("coupling.%u.mid_block.", i);
    if (!find (source, in))
      return refuse_missing (source, in, error);
    if (!find (source, out))
      return refuse_missing (source, out, error);
    guint depth = 1 + count_tensors (source, mid, ".0.weight");
    if (depth != shape.depth) {
      g_set_error (
          error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH,
          "%s: coupling %u has %u hidden layers and coupling 0 has %u; save the state_dict of one "
          "whole NICE flow.",
          source->shown, i, depth, shape.depth);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
take_coupling (const Source *source, LimenNice *nice, guint i, GError **error)
{
  LimenMlp *mlp = &nice->coupling[i];
  gboolean ok = take_layer (source, i, "in_block.0", &mlp->layer[0], error);
  for (guint j = 1; ok && j < nice->shape.depth; j++) {
    g_autofree char *name = g_strdup_printf ("mid_block.%u.0", j - 1);
    ok = take_layer (source, i, name, &mlp->layer[j], error);
  }
  return ok && take_layer (source, i, "out_block", &mlp->layer[nice->shape.depth], error);
}

LimenNice *
limen_nice_new_from_checkpoint (LimenCheckpoint *checkpoint, GError **error)
{
  const char *path = limen_checkpoint_path (checkpoint);
  g_auto (Source) source = {
      .checkpoint = checkpoint,
      .prefix = limen_checkpoint_find_prefix (checkpoint, "coupling.0.in_block.0.weight"),
      .shown = limen_display_name (path),
  };
  LimenNiceShape shape;
  if (!source.prefix) {
    g_set_error (
        error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH,
        "%s holds the weights of another network (no tensor coupling.0.in_block.0.weight); "
        "choose the state_dict of a NICE flow.",
        source.shown);
    return NULL;
  }
  if (!read_shape (&source, &shape, error) || !check_complete (&source, shape, error))
    return NULL;
  g_autoptr (LimenNice) nice = limen_nice_new (shape, path);
  float *scale = take (&source, "scaling.scale", 0, shape.dimension, error);
  if (!scale)
    return NULL;
  memcpy (nice->scale, scale, shape.dimension * sizeof (float));
  free (scale);
  for (guint i = 0; i < shape.couplings; i++)
    if (!take_coupling (&source, nice, i, error))
      return NULL;
  return g_steal_pointer (&nice);
}

LimenNice *
limen_nice_load (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_load (path, cancellable, error);
  return checkpoint ? limen_nice_new_from_checkpoint (checkpoint, error) : NULL;
}
