/* One batch through a flow in training: its mean negative log-likelihood, the gradient, the step.
 */
#pragma once

#include "model/flow/nice-private.h"
#include "model/network/mlp-trainer.h"

/**
 * LimenNicePass:
 * @coupling: (couplings)
 * @scale: moments of the log-scales, (D)
 * @state: (couplings + 2): (D/2, batch): [0] the even and [1] the odd entries of the images; then
 * state[i + 2] = state[i] + shift_i(state[i + 1]), so that every coupling's input is kept
 * @d: gradients with respect to the even and to the odd entries, (D/2, batch)
 * @tile: (n_tiles): what each tile of entries adds to the loss, nats
 */
typedef struct {
  LimenNice *nice;
  LimenWorkshop workshop;
  LimenMlpTrainer **coupling;
  LimenMoments scale;
  float **state, *d[2];
  double *tile;
} LimenNicePass;

/** limen_nice_pass_new: @nice and @crew are borrowed; the weights of @nice will move */
LimenNicePass *limen_nice_pass_new (LimenNice *nice, LimenCrew *crew, guint batch);
void limen_nice_pass_free (LimenNicePass *pass);

/**
 * limen_nice_pass_forward:
 * @n: how many columns are images; the others may hold anything finite
 * @wants_gradient: whether limen_nice_pass_backward() will follow
 * @nll: (out): of state[0] and state[1]: mean negative log-likelihood, nats
 *
 * Returns: FALSE when cancelled
 */
gboolean
limen_nice_pass_forward (LimenNicePass *pass, guint n, gboolean wants_gradient, double *nll);

/**
 * limen_nice_pass_backward: a step of Adam; @for_scales has a learning rate of its own
 *
 * Returns: FALSE when cancelled: some layers have moved then
 */
gboolean
limen_nice_pass_backward (LimenNicePass *pass, const LimenAdam *adam, const LimenAdam *for_scales);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenNicePass, limen_nice_pass_free)
