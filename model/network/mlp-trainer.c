#include "model/network/mlp-trainer.h"
#include "model/base/random.h"
#include "model/network/linear-trainer.h"

#include <math.h>

/* @all: (outputs of the last layer): 0, 1, 2, ... */
struct LimenMlpTrainer {
  LimenWorkshop *workshop;
  guint n_layers, *all;
  LimenLinearTrainer *layer;
};

LimenMlpTrainer *
limen_mlp_trainer_new (LimenMlp *mlp, LimenWorkshop *workshop)
{
  LimenMlpTrainer *trainer = g_new0 (LimenMlpTrainer, 1);
  guint outputs = mlp->layer[mlp->n_layers - 1].outputs;
  trainer->workshop = workshop;
  trainer->n_layers = mlp->n_layers;
  trainer->layer = g_new0 (LimenLinearTrainer, mlp->n_layers);
  trainer->all = g_new (guint, outputs);
  for (guint i = 0; i < mlp->n_layers; i++)
    trainer->layer[i] = limen_linear_trainer_new (&mlp->layer[i], i == 0, workshop->batch);
  for (guint i = 0; i < outputs; i++)
    trainer->all[i] = i;
  return trainer;
}

void
limen_mlp_trainer_free (LimenMlpTrainer *trainer)
{
  for (guint i = 0; i < trainer->n_layers; i++)
    limen_linear_trainer_clear (&trainer->layer[i]);
  g_free (trainer->layer);
  g_free (trainer->all);
  g_free (trainer);
}

const LimenMoments *
limen_mlp_trainer_weight_moments (const LimenMlpTrainer *trainer, guint layer)
{
  return &trainer->layer[layer].weight;
}

const LimenMoments *
limen_mlp_trainer_bias_moments (const LimenMlpTrainer *trainer, guint layer)
{
  return &trainer->layer[layer].bias;
}

void
limen_mlp_trainer_start (LimenMlpTrainer *trainer, guint64 seed, guint64 network)
{
  for (guint l = 0; l + 1 < trainer->n_layers; l++) {
    LimenLinear *linear = trainer->layer[l].linear;
    LimenRandom random = limen_random_stream (seed, "weights", network << 32 | l);
    float bound = sqrtf (6 / (float)linear->inputs);
    for (guint i = 0; i < linear->inputs; i++)
      for (guint o = 0; o < linear->outputs; o++) {
        float u = (float)(limen_random_u32 (&random) >> 8) * 0x1p-23f - 1;
        linear->weight[(gsize)i * linear->stride + o] = bound * u;
      }
  }
}

gboolean
limen_mlp_trainer_forward (LimenMlpTrainer *trainer, const float *x, const float *base, float *y)
{
  guint last = trainer->n_layers - 1;
  trainer->layer[0].x = x;
  for (guint i = 0; i < last; i++) {
    if (g_cancellable_is_cancelled (trainer->workshop->cancellable))
      return FALSE;
    limen_linear_trainer_forward (&trainer->layer[i], trainer->workshop, NULL, TRUE,
                                  trainer->workshop->y);
    limen_linear_trainer_take (&trainer->layer[i + 1], trainer->workshop);
  }
  limen_linear_trainer_forward (&trainer->layer[last], trainer->workshop, base, FALSE, y);
  return !g_cancellable_is_cancelled (trainer->workshop->cancellable);
}

gboolean
limen_mlp_trainer_backward (LimenMlpTrainer *trainer, const float *dy, float *dx,
                            const LimenAdam *adam)
{
  const guint *outs = trainer->all;
  guint n_outs = trainer->layer[trainer->n_layers - 1].linear->outputs;
  for (guint i = trainer->n_layers; i-- > 0;) {
    LimenLinearTrainer *layer = &trainer->layer[i];
    float *d = i == 0 ? dx : trainer->workshop->d[i % 2];
    if (g_cancellable_is_cancelled (trainer->workshop->cancellable))
      return FALSE;
    limen_linear_trainer_backward (layer, trainer->workshop, outs, n_outs, dy, d, i == 0, adam);
    outs = layer->live;
    n_outs = layer->n_live;
    dy = d;
  }
  return TRUE;
}
