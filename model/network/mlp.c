#include "model/network/mlp.h"

#include <cblas.h>
#include <stdlib.h>
#include <string.h>

static gpointer
keep_blas_on_one_core (gpointer unused)
{
  openblas_set_num_threads (1);
  return NULL;
}

LimenMlp
limen_mlp_new (const guint *units, guint n_layers)
{
  static GOnce once = G_ONCE_INIT;
  g_once (&once, keep_blas_on_one_core, NULL);
  LimenMlp mlp = {n_layers, g_new0 (LimenLinear, n_layers)};
  for (guint i = 0; i < n_layers; i++)
    mlp.layer[i] = limen_linear_new (units[i], units[i + 1]);
  return mlp;
}

void
limen_mlp_clear (LimenMlp *mlp)
{
  for (guint i = 0; i < mlp->n_layers; i++)
    limen_linear_clear (&mlp->layer[i]);
  g_free (mlp->layer);
  *mlp = (LimenMlp){0};
}

void
limen_mlp_copy (const LimenMlp *from, LimenMlp *to)
{
  for (guint i = 0; i < from->n_layers; i++) {
    const LimenLinear *a = &from->layer[i];
    LimenLinear *b = &to->layer[i];
    memcpy (b->weight, a->weight, (gsize)a->inputs * a->stride * sizeof (float));
    memcpy (b->bias, a->bias, a->stride * sizeof (float));
  }
}

LimenMlpScratch
limen_mlp_scratch_new (guint units)
{
  LimenMlpScratch scratch = {.linear = limen_linear_scratch_new (units)};
  for (int i = 0; i < 2; i++)
    scratch.hidden[i] = limen_floats_new ((gsize)(units + 11) / 12 * 12 * LIMEN_BATCH_COLUMNS);
  return scratch;
}

void
limen_mlp_scratch_clear (LimenMlpScratch *scratch)
{
  limen_linear_scratch_clear (&scratch->linear);
  free (scratch->hidden[0]);
  free (scratch->hidden[1]);
}

const float *
limen_mlp_forward (const LimenMlp *mlp, const float *x, guint n_images, LimenMlpScratch *scratch)
{
  for (guint i = 0; i < mlp->n_layers; i++) {
    float *y = scratch->hidden[i % 2];
    limen_linear_forward (&mlp->layer[i], x, n_images, i + 1 < mlp->n_layers, &scratch->linear, y);
    x = y;
  }
  return x;
}
