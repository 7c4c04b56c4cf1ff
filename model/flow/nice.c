#include "model/flow/nice-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

LimenNice *
limen_nice_new (LimenNiceShape shape, const char *path)
{
  LimenNice *nice = g_new0 (LimenNice, 1);
  g_autofree guint *units = g_new (guint, shape.depth + 2);
  g_atomic_ref_count_init (&nice->references);
  nice->path = g_strdup (path);
  nice->shape = shape;
  nice->coupling = g_new0 (LimenMlp, shape.couplings);
  nice->scale = limen_floats_new (shape.dimension);
  units[0] = units[shape.depth + 1] = shape.dimension / 2;
  for (guint i = 1; i <= shape.depth; i++)
    units[i] = shape.width;
  for (guint i = 0; i < shape.couplings; i++)
    nice->coupling[i] = limen_mlp_new (units, shape.depth + 1);
  return nice;
}

LimenNice *
limen_nice_copy (const LimenNice *nice, const char *path)
{
  LimenNice *copy = limen_nice_new (nice->shape, path);
  memcpy (copy->scale, nice->scale, nice->shape.dimension * sizeof (float));
  for (guint i = 0; i < nice->shape.couplings; i++)
    limen_mlp_copy (&nice->coupling[i], &copy->coupling[i]);
  if (nice->learned_from)
    limen_nice_set_learned (copy, nice->learned_from, nice->prints);
  copy->windows = g_strdup (nice->windows);
  return copy;
}

void
limen_nice_set_learned (LimenNice *nice, const char *images, LimenImagePrints *prints)
{
  g_return_if_fail (nice != NULL && images != NULL);
  char *name = g_strdup (images);
  if (prints)
    limen_image_prints_ref (prints);
  g_clear_pointer (&nice->prints, limen_image_prints_unref);
  g_free (nice->learned_from);
  nice->learned_from = name;
  nice->prints = prints;
}

const char *
limen_nice_learned_from (const LimenNice *nice)
{
  g_return_val_if_fail (nice != NULL, NULL);
  return nice->learned_from;
}

LimenImagePrints *
limen_nice_learned_prints (const LimenNice *nice)
{
  g_return_val_if_fail (nice != NULL, NULL);
  return nice->prints;
}

void
limen_nice_set_windows (LimenNice *nice, const char *windows)
{
  g_return_if_fail (nice != NULL && windows != NULL);
  char *text = g_strdup (windows);
  g_free (nice->windows);
  nice->windows = text;
}

const char *
limen_nice_windows (const LimenNice *nice)
{
  g_return_val_if_fail (nice != NULL, NULL);
  return nice->windows;
}

LimenNice *
limen_nice_ref (LimenNice *nice)
{
  g_atomic_ref_count_inc (&nice->references);
  return nice;
}

void
limen_nice_unref (LimenNice *nice)
{
  if (!g_atomic_ref_count_dec (&nice->references))
    return;
  for (guint i = 0; i < nice->shape.couplings; i++)
    limen_mlp_clear (&nice->coupling[i]);
  g_free (nice->coupling);
  free (nice->scale);
  g_free (nice->path);
  g_strfreev (nice->networks);
  g_free (nice->learned_from);
  g_clear_pointer (&nice->prints, limen_image_prints_unref);
  g_free (nice->windows);
  g_free (nice);
}

LimenNiceShape
limen_nice_shape (const LimenNice *nice)
{
  return nice->shape;
}

const char *const *
limen_nice_networks (const LimenNice *nice)
{
  return (const char *const *)nice->networks;
}

const char *
limen_nice_path (const LimenNice *nice)
{
  return nice->path;
}

gboolean
limen_nice_image_size (const LimenNice *nice, guint *width, guint *height)
{
  guint side = (guint)lround (sqrt (nice->shape.dimension));
  if (side * side != nice->shape.dimension)
    return FALSE;
  *width = *height = side;
  return TRUE;
}

char *
limen_nice_layer_name (LimenNiceShape shape, guint coupling, guint layer)
{
  if (layer == 0)
    return g_strdup_printf ("coupling.%u.in_block.0", coupling);
  if (layer == shape.depth)
    return g_strdup_printf ("coupling.%u.out_block", coupling);
  return g_strdup_printf ("coupling.%u.mid_block.%u.0", coupling, layer - 1);
}
