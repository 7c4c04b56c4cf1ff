/* One multilayer perceptron: linear layers with ReLU between them, none after the last. Coupling
 * layers, encoders and decoders are all made of it. */
#pragma once

#include "model/network/linear.h"

/**
 * LimenMlp:
 * @layer: (n_layers)
 */
typedef struct {
  guint n_layers;
  LimenLinear *layer;
} LimenMlp;

/** limen_mlp_new: @units: (n_layers + 1): inputs, hidden units, outputs; weights and biases are 0
 */
LimenMlp limen_mlp_new (const guint *units, guint n_layers);
void limen_mlp_clear (LimenMlp *mlp);
/** limen_mlp_copy: the weights of @from, to a network of the same units */
void limen_mlp_copy (const LimenMlp *from, LimenMlp *to);

/**
 * LimenMlpScratch: what one worker needs to run networks with layers of at most @units inputs or
 * outputs
 * @hidden: two of (stride, LIMEN_BATCH_COLUMNS)
 */
typedef struct {
  LimenLinearScratch linear;
  float *hidden[2];
} LimenMlpScratch;

LimenMlpScratch limen_mlp_scratch_new (guint units);
void limen_mlp_scratch_clear (LimenMlpScratch *scratch);

/**
 * limen_mlp_forward:
 * @x: (inputs, LIMEN_BATCH_COLUMNS)
 *
 * Returns: (transfer none): (outputs, LIMEN_BATCH_COLUMNS), in @scratch until its next use
 */
const float *
limen_mlp_forward (const LimenMlp *mlp, const float *x, guint n_images, LimenMlpScratch *scratch);
