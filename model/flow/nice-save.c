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

gboolean
limen_nice_save (const LimenNice *nice, const char *path, LimenNumberType dtype, GError **error)
{
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_new (path, "");
  gint64 scale_shape[] = {1, nice->shape.dimension};
  for (guint i = 0; i < nice->shape.couplings; i++)
    if (!put_coupling (checkpoint, nice, i, dtype, error))
      return FALSE;
  return limen_checkpoint_add_floats (checkpoint, "scaling.scale", dtype, 2, scale_shape,
                                      nice->scale, error) &&
         limen_checkpoint_save (checkpoint, path, error);
}
