/* The state of the Bound page as one plain value: where model and observation come from, the
 * proposal, the settings, the view. What follows from it, the session computes. */
#pragma once

#include "model/latent/gaussian-model.h"
#include "ui/study/origin.h"

/** LimenBoundCompare: what stands beside the proposal in the hand */
typedef enum {
  LIMEN_COMPARE_MOMENTS_ELBO,
  LIMEN_COMPARE_PRIOR_ELBO,
  LIMEN_COMPARE_PRIOR_MOMENTS,
  LIMEN_COMPARE_NOTHING,
} LimenBoundCompare;

/**
 * LimenBoundPageState:
 * @uses_vae: the observation is an image under a VAE, and not that of a linear Gaussian case
 * @gaussian_case: (nullable): its file; NULL: the example that Limen brings along
 * @vae, @images: (nullable): NULL until there was a VAE
 * @index: of the image among @images
 * @preset: of the proposal; LIMEN_N_PROPOSALS: it is the user's @own (else NULL)
 * @held: it is being dragged: the part of the latent space that is seen stays where it is
 * @morph: how much of the way from there to the posterior the proposal went, 0 to 1
 * @k: samples, 1 to LIMEN_BOUND_MOST_K; @merge_round: of the weights in the tree of merges
 * @implied: what K samples make of the proposal is painted, and not the posterior
 *
 * Owns what it points to. Setters take it const and return a new one, (transfer full).
 */
typedef struct {
  gboolean uses_vae;
  LimenOrigin *gaussian_case, *vae, *images;
  guint index;
  LimenProposalKind preset;
  LimenGaussian *own;
  gboolean held;
  double morph;
  LimenBoundCompare compare;
  guint k, merge_round;
  gboolean implied;
} LimenBoundPageState;

/** limen_bound_page_state_new: of the first start: the example that Limen brings along */
LimenBoundPageState *limen_bound_page_state_new (void);
LimenBoundPageState *limen_bound_page_state_copy (const LimenBoundPageState *state);
void limen_bound_page_state_free (LimenBoundPageState *state);

/** limen_bound_page_state_same_files: whether nothing is to be read to go from one to the other */
gboolean
limen_bound_page_state_same_files (const LimenBoundPageState *a, const LimenBoundPageState *b);
/** limen_bound_page_state_same_observation: the same files, and the same model and image of them */
gboolean limen_bound_page_state_same_observation (const LimenBoundPageState *a,
                                                  const LimenBoundPageState *b);
/** limen_bound_page_state_same_proposal: whatever the observation is */
gboolean
limen_bound_page_state_same_proposal (const LimenBoundPageState *a, const LimenBoundPageState *b);
gboolean limen_bound_page_state_equal (const LimenBoundPageState *a, const LimenBoundPageState *b);

/* Another observation comes with its own proposal. */

LimenBoundPageState *
limen_bound_page_state_with_case (const LimenBoundPageState *state, LimenOrigin *gaussian_case);
/** limen_bound_page_state_with_vae: and its first image */
LimenBoundPageState *limen_bound_page_state_with_vae (const LimenBoundPageState *state,
                                                      LimenOrigin *vae, LimenOrigin *images);
/** limen_bound_page_state_with_model: the case last used, or the VAE; @uses_vae: only where there
 * is one */
LimenBoundPageState *
limen_bound_page_state_with_model (const LimenBoundPageState *state, gboolean uses_vae);
LimenBoundPageState *
limen_bound_page_state_with_image (const LimenBoundPageState *state, guint index);

LimenBoundPageState *
limen_bound_page_state_with_preset (const LimenBoundPageState *state, LimenProposalKind preset);
/** limen_bound_page_state_with_proposal: @own: copied */
LimenBoundPageState *limen_bound_page_state_with_proposal (const LimenBoundPageState *state,
                                                           const LimenGaussian *own, gboolean held);
/** limen_bound_page_state_with_morph: brought to 0 to 1 */
LimenBoundPageState *
limen_bound_page_state_with_morph (const LimenBoundPageState *state, double part);
LimenBoundPageState *
limen_bound_page_state_with_compare (const LimenBoundPageState *state, LimenBoundCompare compare);
/** limen_bound_page_state_with_k: brought to 1 to LIMEN_BOUND_MOST_K */
LimenBoundPageState *limen_bound_page_state_with_k (const LimenBoundPageState *state, guint k);
/** limen_bound_page_state_with_new_merge: the next tree */
LimenBoundPageState *limen_bound_page_state_with_new_merge (const LimenBoundPageState *state);
LimenBoundPageState *
limen_bound_page_state_with_shade (const LimenBoundPageState *state, gboolean implied);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenBoundPageState, limen_bound_page_state_free)
