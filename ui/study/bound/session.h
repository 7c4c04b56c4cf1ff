/* What the Bound page works on: a model and an observation, the proposals for it, K, and the work
 * under way. Page, panel and plots show this object and nothing else. */
#pragma once

#include "ui/study/bound/scene.h"

#include <glib-object.h>

#define LIMEN_TYPE_BOUND_SESSION (limen_bound_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenBoundSession, limen_bound_session, LIMEN, BOUND_SESSION, GObject)

/**
 * LimenBoundCompare: what stands beside the proposal in the hand
 */
typedef enum {
  LIMEN_COMPARE_MOMENTS_ELBO,
  LIMEN_COMPARE_PRIOR_ELBO,
  LIMEN_COMPARE_PRIOR_MOMENTS,
  LIMEN_COMPARE_NOTHING,
} LimenBoundCompare;

/**
 * LimenBoundSession:
 *
 * Signals:
 * - "source-changed": another model, observation or image: everything is to be shown anew
 * - "study-changed": another proposal, or more of what is known about it
 * - "k-changed"; "dots-changed": more draws; "merge-changed": another tree
 * - "busy-changed"
 * - "notice" (message: string): something to tell the user
 */
LimenBoundSession *limen_bound_session_new (void);

/** limen_bound_session_open: a case, a VAE, images: by content. What was there before stays when
 * something is refused */
void limen_bound_session_open (LimenBoundSession *self, const char *const *paths);
/** limen_bound_session_use_case: @gaussian_case: (transfer full) */
void limen_bound_session_use_case (LimenBoundSession *self, LimenGaussianCase *gaussian_case);
/** limen_bound_session_use_model: the linear Gaussian case last used, or a VAE on images */
void limen_bound_session_use_model (LimenBoundSession *self, gboolean vae);
void limen_bound_session_set_image (LimenBoundSession *self, guint index);
void limen_bound_session_cancel (LimenBoundSession *self);

/** limen_bound_session_set_preset: of a linear Gaussian model; for a VAE OWN is its encoder's */
void limen_bound_session_set_preset (LimenBoundSession *self, LimenProposalKind kind);
/** limen_bound_session_set_proposal: @q: (transfer full); @settled: FALSE while it is being dragged
 */
void limen_bound_session_set_proposal (LimenBoundSession *self, LimenGaussian *q, gboolean settled);
/** limen_bound_session_set_morph: @part of the way from the proposal as it was set to the posterior
 */
void limen_bound_session_set_morph (LimenBoundSession *self, double part);
void limen_bound_session_set_compare (LimenBoundSession *self, LimenBoundCompare compare);
void limen_bound_session_merge_again (LimenBoundSession *self);

/** limen_bound_session_study: (transfer none) (nullable): NULL before there is anything */
const LimenBoundStudy *limen_bound_session_study (LimenBoundSession *self);
const LimenScene *limen_bound_session_scene (LimenBoundSession *self);
/** limen_bound_session_proposal: (transfer none): the one in the hand; its exact bound may still be
 * under way */
const LimenGaussian *limen_bound_session_proposal (LimenBoundSession *self);
/** limen_bound_session_posterior: (transfer none) (nullable): where it is a normal distribution, or
 * the one of the same moments */
const LimenGaussian *limen_bound_session_posterior (LimenBoundSession *self);
/** limen_bound_session_case: (transfer none): the linear Gaussian case */
const LimenGaussianCase *limen_bound_session_case (LimenBoundSession *self);
/** limen_bound_session_vae: (transfer none) (nullable): NULL while the model is linear Gaussian */
LimenVae *limen_bound_session_vae (LimenBoundSession *self);
/** limen_bound_session_images: (transfer none) (nullable): that the image is one of. @index: (out)
 */
LimenImageSet *limen_bound_session_images (LimenBoundSession *self, guint *index);
/** limen_bound_session_pixels: (transfer none) (nullable): the image, as the decoder's likelihood
 * sees it */
const float *limen_bound_session_pixels (LimenBoundSession *self);
/** limen_bound_session_preset: LIMEN_N_PROPOSALS where the proposal is the user's own */
LimenProposalKind limen_bound_session_preset (LimenBoundSession *self);
double limen_bound_session_morph (LimenBoundSession *self);
guint limen_bound_session_k (LimenBoundSession *self);
/** limen_bound_session_set_k: from 1 to LIMEN_BOUND_MOST_K; what lies outside is brought to the end */
void limen_bound_session_set_k (LimenBoundSession *self, guint k);
gboolean limen_bound_session_busy (LimenBoundSession *self, double *fraction);
/** limen_bound_session_source: (transfer none): the files in use, for exports: NULL-terminated */
const char *const *limen_bound_session_source (LimenBoundSession *self);
