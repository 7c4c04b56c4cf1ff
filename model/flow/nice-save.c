/* From a flow to a table of tensors, named as in the course's model. */
#include "model/flow/nice-private.h"
#include "model/weights/checkpoint-write.h"

#include <stdlib.h>

typedef struct {
  LimenCheckpoint *checkpoint;
  LimenDtype dtype;
  float *weight; /* room for the largest, (outputs, inputs) */
} Target;

static gboolean
add_layer (Target *target, guint coupling, const char *layer, const LimenLinear *linear,
           GError **error)
{
  g_autofree char *weight = g_strdup_printf ("coupling.%u.%s.weight", coupling, layer);
  g_autofree char *bias = g_strdup_printf ("coupling.%u.%s.bias", coupling, layer);
  gint64 shape[] = {linear->outputs, linear->inputs};
  limen_linear_get_weight (linear, target->weight);
  return limen_checkpoint_add_floats (target->checkpoint, weight, target->dtype, 2, shape,
                                      target->weight, error) &&
         limen_checkpoint_add_floats (target->checkpoint, bias, target->dtype, 1, shape,
                                      linear->bias, error);
}

static gboolean
add_coupling (Target *target, const LimenNice *nice, guint i, GError **error)
{
  const LimenLinear *layer = nice->coupling[i].layer;
  gboolean ok = add_layer (target, i, "in_block.0", &layer[0], error);
  for (guint j = 1; ok && j < nice->shape.depth; j++) {
    g_autofree char *name = g_strdup_printf ("mid_block.%u.0", j - 1);
    ok = add_layer (target, i, name, &layer[j], error);
  }
  return ok && add_layer (target, i, "out_block", &layer[nice->shape.depth], error);
}

gboolean
limen_nice_save (const LimenNice *nice, const char *path, LimenDtype dtype, GError **error)
{
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_new (path, "");
  gsize width = nice->shape.width, half = nice->shape.dimension / 2;
  gint64 scale_shape[] = {1, nice->shape.dimension};
  Target target = {checkpoint, dtype, limen_floats_new (width * MAX (width, half))};
  gboolean ok = TRUE;
  for (guint i = 0; ok && i < nice->shape.couplings; i++)
    ok = add_coupling (&target, nice, i, error);
  free (target.weight);
  return ok &&
         limen_checkpoint_add_floats (checkpoint, "scaling.scale", dtype, 2, scale_shape,
                                      nice->scale, error) &&
         limen_checkpoint_save (checkpoint, path, error);
}
