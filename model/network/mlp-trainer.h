/* The multilayer perceptron in training: forward pass, backward pass and update, a batch at a time.
 *
 * Activations are (units, batch). Every product is cut into tiles of its output whose number does
 * not depend on how many threads there are: neither do the results, to the last bit. */
#pragma once

#include "model/network/adam.h"
#include "model/network/mlp.h"
#include "model/network/workshop.h"

typedef struct LimenMlpTrainer LimenMlpTrainer;

/** limen_mlp_trainer_new: @mlp and @workshop are borrowed; the weights of @mlp will move */
LimenMlpTrainer *limen_mlp_trainer_new (LimenMlp *mlp, LimenWorkshop *workshop);
void limen_mlp_trainer_free (LimenMlpTrainer *trainer);

/** limen_mlp_trainer_moments: of a layer: weights as (inputs, stride), biases as (stride) */
const LimenMoments *limen_mlp_trainer_weight_moments (const LimenMlpTrainer *trainer, guint layer);
const LimenMoments *limen_mlp_trainer_bias_moments (const LimenMlpTrainer *trainer, guint layer);

/**
 * limen_mlp_trainer_start: weights uniform with a variance of 2/inputs, which ReLU layers hand on
 * (He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015, eq. 10); but 0 in the last layer,
 * so that the network begins as 0 and a flow as the identity (Kingma and Dhariwal, "Glow", 2018,
 * section 3.3). Biases stay as they are: 0.
 */
void limen_mlp_trainer_start (LimenMlpTrainer *trainer, guint64 seed, guint64 network);

/**
 * limen_mlp_trainer_forward: y = base + mlp(x)
 * @x: (inputs, batch): must stay as it is until the backward pass
 * @base: (nullable): (outputs, batch)
 * @y: (out) (outputs, batch)
 *
 * Returns: FALSE when cancelled
 */
gboolean
limen_mlp_trainer_forward (LimenMlpTrainer *trainer, const float *x, const float *base, float *y);

/**
 * limen_mlp_trainer_backward: the gradient of a loss, after the forward pass of the same batch; and
 * a step of Adam, which leaves the gradient nowhere
 * @dy: (outputs, batch): of the loss with respect to y
 * @dx: (nullable) (inout): (inputs, batch): the gradient with respect to x is added
 *
 * Returns: FALSE when cancelled: some layers have moved then
 */
gboolean limen_mlp_trainer_backward (LimenMlpTrainer *trainer, const float *dy, float *dx,
                                     const LimenAdam *adam);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenMlpTrainer, limen_mlp_trainer_free)
