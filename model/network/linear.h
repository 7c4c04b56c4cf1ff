/* One linear layer over a batch of images that lie side by side: activations are (units, columns).
 */
#pragma once

#include "model/base/matrix.h"

/* The columns of a batch. OpenBLAS computes the first and the last eight columns of a product by
 * other kernels than the rest, whose sums round differently: images therefore keep off the margins,
 * and the score of an image depends on the image alone. */
#define LIMEN_BATCH_MARGIN  8
#define LIMEN_BATCH_IMAGES  304
#define LIMEN_BATCH_COLUMNS (LIMEN_BATCH_IMAGES + 2 * LIMEN_BATCH_MARGIN)

/**
 * LimenLinear: y = Wx + b
 * @stride: @outputs rounded up to a multiple of 12, for the same reason as the margins
 * @weight: (inputs, stride): the transpose of PyTorch's (outputs, inputs), so that an input is a
 * row
 * @bias: (stride)
 */
typedef struct {
  guint inputs, outputs, stride;
  float *weight;
  float *bias;
} LimenLinear;

LimenLinear limen_linear_new (guint inputs, guint outputs);
void limen_linear_clear (LimenLinear *linear);
/** limen_linear_set_weight: @weight: (outputs, inputs), as PyTorch stores it */
void limen_linear_set_weight (LimenLinear *linear, const float *weight);
/** limen_linear_get_weight: @weight: (out) (outputs, inputs) */
void limen_linear_get_weight (const LimenLinear *linear, float *weight);

/**
 * LimenLinearScratch: what one worker needs to run layers of at most @units inputs and outputs
 * @live_weight: (256, stride), @live_x: (256, columns): the inputs in use, side by side
 */
typedef struct {
  float *live_weight, *live_x;
} LimenLinearScratch;

LimenLinearScratch limen_linear_scratch_new (guint units);
void limen_linear_scratch_clear (LimenLinearScratch *scratch);

/**
 * limen_linear_forward:
 * @x: (inputs, LIMEN_BATCH_COLUMNS)
 * @n_images: how many columns after the margin are images; the others may hold anything finite
 * @relu: whether negative outputs become 0
 * @y: (out) (stride, LIMEN_BATCH_COLUMNS)
 *
 * Inputs that are 0 for every image of the batch (black pixels, hidden units that none of them
 * wakes; about two in five in a trained flow) are left out of the product where the result is the
 * same to the last bit, which depends on OpenBLAS's kernel for the processor, and is tried once.
 */
void limen_linear_forward (const LimenLinear *linear, const float *x, guint n_images, gboolean relu,
                           LimenLinearScratch *scratch, float *y);
