/* From a table of tensors to a flow: the names are those of the course's model. */
#include "model/flow/nice-private.h"
#include "model/weights/linear-load.h"

#include <stdlib.h>
#include <string.h>

/* How many of pattern(0), pattern(1), ... there are without a gap. */
static guint
count_tensors (const LimenLayerSource *source, const char *before, const char *after)
{
  guint n = 0;
  for (;; n++) {
    g_autofree char *name = g_strdup_printf ("%s%u%s", before, n, after);
    if (!limen_layer_find (source, name))
      return n;
  }
}

/* The greatest i of all "coupling.i." names plus one: more than count_tensors() where one is
 * missing. */
static guint
count_coupling_names (const LimenLayerSource *source)
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
read_shape (const LimenLayerSource *source, LimenNiceShape *shape, GError **error)
{
  const LimenTensor *first = limen_layer_find (source, LIMEN_NICE_KEY);
  const LimenTensor *scale = limen_layer_find (source, "scaling.scale");
  if (!scale)
    return limen_layer_refuse_missing (source, "scaling.scale", error);
  gint64 dimension = limen_tensor_n_elements (scale);
  if (first->n_dimensions != 2 || first->shape[0] < 1 || first->shape[1] * 2 != dimension ||
      first->shape[0] > 1 << 20 || dimension > 1 << 20) {
    g_autofree char *in = limen_tensor_shape_text (first);
    return limen_fail (
        error, LIMEN_ERROR_MISMATCH,
        "%s: scaling.scale has %" G_GINT64_FORMAT
        " entries, but coupling.0.in_block.0.weight has the shape %s where (width, entries / 2) "
        "was expected; save the state_dict of one whole NICE flow.",
        source->shown, dimension, in);
  }
  shape->dimension = (guint)dimension;
  shape->width = (guint)first->shape[0];
  shape->depth = 1 + count_tensors (source, "coupling.0.mid_block.", ".0.weight");
  shape->couplings = count_coupling_names (source);
  return TRUE;
}

/* The shape must stand in the file before memory is taken for it. */
static gboolean
check_complete (const LimenLayerSource *source, LimenNiceShape shape, GError **error)
{
  for (guint i = 0; i < shape.couplings; i++) {
    g_autofree char *in = g_strdup_printf ("coupling.%u.in_block.0.weight", i);
    g_autofree char *out = g_strdup_printf ("coupling.%u.out_block.weight", i);
    g_autofree char *mid = g_strdup_printf ("coupling.%u.mid_block.", i);
    if (!limen_layer_find (source, in))
      return limen_layer_refuse_missing (source, in, error);
    if (!limen_layer_find (source, out))
      return limen_layer_refuse_missing (source, out, error);
    guint depth = 1 + count_tensors (source, mid, ".0.weight");
    if (depth != shape.depth)
      return limen_fail (
          error, LIMEN_ERROR_MISMATCH,
          "%s: coupling %u has %u hidden layers and coupling 0 has %u; save the state_dict of one "
          "whole NICE flow.",
          source->shown, i, depth, shape.depth);
  }
  return TRUE;
}

static gboolean
take_coupling (const LimenLayerSource *source, LimenNice *nice, guint i, GError **error)
{
  LimenMlp *mlp = &nice->coupling[i];
  for (guint j = 0; j <= nice->shape.depth; j++) {
    g_autofree char *name = limen_nice_layer_name (nice->shape, i, j);
    if (!limen_layer_take_linear (source, name, &mlp->layer[j], error))
      return FALSE;
  }
  return TRUE;
}

static void
take_learned (const LimenCheckpoint *checkpoint, LimenNice *nice)
{
  const char *images = limen_checkpoint_note (checkpoint, LIMEN_NICE_IMAGES);
  const char *text = limen_checkpoint_note (checkpoint, LIMEN_NICE_PRINTS);
  g_autoptr (LimenImagePrints) prints = text ? limen_image_prints_new_from_text (text) : NULL;
  if (images)
    limen_nice_set_learned (nice, images, prints);
  const char *windows = limen_checkpoint_note (checkpoint, LIMEN_NICE_WINDOWS);
  if (windows)
    limen_nice_set_windows (nice, windows);
}

LimenNice *
limen_nice_new_from_checkpoint (LimenCheckpoint *checkpoint, GError **error)
{
  g_auto (LimenLayerSource) source =
      limen_layer_source (checkpoint, "NICE flow", LIMEN_NICE_KEY, error);
  LimenNiceShape shape;
  if (!source.prefix || !read_shape (&source, &shape, error) ||
      !check_complete (&source, shape, error))
    return NULL;
  g_autoptr (LimenNice) nice = limen_nice_new (shape, limen_checkpoint_path (checkpoint));
  nice->networks = g_steal_pointer (&source.networks);
  float *scale = limen_layer_take (&source, "scaling.scale", 0, shape.dimension, error);
  if (!scale)
    return NULL;
  memcpy (nice->scale, scale, shape.dimension * sizeof (float));
  free (scale);
  for (guint i = 0; i < shape.couplings; i++)
    if (!take_coupling (&source, nice, i, error))
      return NULL;
  take_learned (checkpoint, nice);
  return g_steal_pointer (&nice);
}

LimenNice *
limen_nice_load (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_load (path, cancellable, error);
  return checkpoint ? limen_nice_new_from_checkpoint (checkpoint, error) : NULL;
}
