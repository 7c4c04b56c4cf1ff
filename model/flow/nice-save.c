/* From a flow to a table of tensors, named as in the course's model. */
#include "model/flow/nice-private.h"
#include "model/weights/linear-load.h"
#include "model/weights/checkpoint-write.h"

static gboolean
put_coupling (LimenCheckpoint *checkpoint, const LimenNice *nice, guint i, LimenNumberType dtype,
              GError **error)
{
  for (guint j = 0; j <= nice->shape.depth; j++) {
    const LimenLinear *layer = &nice->coupling[i].layer[j];
    g_autofree char *name = limen_nice_layer_name (nice->shape, i, j);
    if (!limen_layer_put (checkpoint, name, dtype, layer, 0, layer->outputs, error))
      return FALSE;
  }
  return TRUE;
}

static void
put_learned (LimenCheckpoint *checkpoint, const LimenNice *nice)
{
  g_autofree char *name = nice->learned_from ? limen_display_name (nice->learned_from) : NULL;
  g_autofree char *prints = nice->prints ? limen_image_prints_to_text (nice->prints) : NULL;
  if (name)
    limen_checkpoint_set_note (checkpoint, LIMEN_NICE_IMAGES, name);
  if (name && prints)
    limen_checkpoint_set_note (checkpoint, LIMEN_NICE_PRINTS, prints);
  if (nice->windows)
    limen_checkpoint_set_note (checkpoint, LIMEN_NICE_WINDOWS, nice->windows);
}

gboolean
limen_nice_save (const LimenNice *nice, const char *path, LimenNumberType dtype, GError **error)
{
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_new (path, "");
  gint64 scale_shape[] = {1, nice->shape.dimension};
  for (guint i = 0; i < nice->shape.couplings; i++)
    if (!put_coupling (checkpoint, nice, i, dtype, error))
      return FALSE;
  put_learned (checkpoint, nice);
  return limen_checkpoint_add_floats (checkpoint, "scaling.scale", dtype, 2, scale_shape,
                                      nice->scale, error) &&
         limen_checkpoint_save (checkpoint, path, error);
}
