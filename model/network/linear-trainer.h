/* One linear layer in training, of those that mlp-trainer.h joins. */
#pragma once

#include "model/network/adam.h"
#include "model/network/linear.h"
#include "model/network/workshop.h"

/**
 * LimenLinearTrainer:
 * @live: (n_live): the inputs that are not 0 for the whole batch, in order: only they take part
 * @x: (n_live, batch): their activations
 * @packed: (nullable): (inputs, batch): where @x lies unless it was given from outside
 */
typedef struct {
  LimenLinear *linear;
  LimenMoments weight, bias;
  guint n_live, *live;
  const float *x;
  float *packed;
} LimenLinearTrainer;

/** limen_linear_trainer_new: @is_first: whether its inputs come from outside, all live */
LimenLinearTrainer limen_linear_trainer_new (LimenLinear *linear, gboolean is_first, guint batch);
void limen_linear_trainer_clear (LimenLinearTrainer *layer);

/**
 * limen_linear_trainer_forward: y = base + Wx + b
 * @base: (nullable): (outputs, batch)
 * @relu: whether negative outputs become 0, and @workshop's @awake is told which are not
 */
void limen_linear_trainer_forward (LimenLinearTrainer *layer, LimenWorkshop *workshop,
                                   const float *base, gboolean relu, float *y);

/** limen_linear_trainer_take: makes what is awake of @workshop's @y the inputs of @layer */
void limen_linear_trainer_take (LimenLinearTrainer *layer, LimenWorkshop *workshop);

/**
 * limen_linear_trainer_backward: a step of Adam against the gradient dy xᵀ
 * @outs: (n_outs): the outputs for which there is a gradient, all others have 0
 * @dy: (n_outs, batch)
 * @dx: (nullable): (n_live, batch): the gradient with respect to @x is added when @is_first, and
 * otherwise put there, 0 where the ReLU before gave 0
 */
void limen_linear_trainer_backward (LimenLinearTrainer *layer, LimenWorkshop *workshop,
                                    const guint *outs, guint n_outs, const float *dy, float *dx,
                                    gboolean is_first, const LimenAdam *adam);
