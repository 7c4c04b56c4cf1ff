/* What the Bound page works on: its state, what follows from it, and the work under way. Page,
 * panel and plots show this object and nothing else. */
#pragma once

#include "ui/study/bound/scene.h"
#include "ui/study/bound/state.h"

#include <glib-object.h>

#define LIMEN_TYPE_BOUND_SESSION (limen_bound_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenBoundSession, limen_bound_session, LIMEN, BOUND_SESSION, GObject)

/**
 * LimenBoundSession:
 *
 * Signals:
 * - "source-changed": another model, observation or image: everything is to be shown anew
 * - "study-changed": another proposal, or more of what is known about it
 * - "k-changed"; "dots-changed": more draws; "merge-changed": another tree; "view-changed"
 * - "busy-changed"
 * - "notice" (message: string): something to tell the user
 */
LimenBoundSession *limen_bound_session_new (void);

/** limen_bound_session_state: (transfer none) */
const LimenBoundPageState *limen_bound_session_state (LimenBoundSession *self);
/** limen_bound_session_set_state: files that are others than before are read first; when that is
 * refused, all stays as it was */
void limen_bound_session_set_state (LimenBoundSession *self, const LimenBoundPageState *state);

/** limen_bound_session_open: a case, a VAE, images: by content. What was there before stays when
 * something is refused; of several wishes the newest wins */
void limen_bound_session_open (LimenBoundSession *self, const char *const *paths);
/** limen_bound_session_start: the same as at a first start: settings and what is not among @paths
 * are what Limen brings along */
void limen_bound_session_start (LimenBoundSession *self, const char *const *paths);
/** limen_bound_session_use_model: the linear Gaussian case last used, or a VAE on images: Limen's
 * own where there was none */
void limen_bound_session_use_model (LimenBoundSession *self, gboolean vae);
void limen_bound_session_cancel (LimenBoundSession *self);

/* Shorter than limen_bound_session_set_state() of the state with one thing changed: */

/** limen_bound_session_set_image: beyond the last there is none, and nothing changes */
void limen_bound_session_set_image (LimenBoundSession *self, guint index);
/** limen_bound_session_set_preset: of a linear Gaussian model; for a VAE OWN is its encoder's */
void limen_bound_session_set_preset (LimenBoundSession *self, LimenProposalKind kind);
/** limen_bound_session_set_proposal: @q: (transfer full); @settled: FALSE while it is being dragged
 */
void limen_bound_session_set_proposal (LimenBoundSession *self, LimenGaussian *q, gboolean settled);
/** limen_bound_session_set_morph: nothing where the posterior is not known */
void limen_bound_session_set_morph (LimenBoundSession *self, double part);
void limen_bound_session_set_compare (LimenBoundSession *self, LimenBoundCompare compare);
void limen_bound_session_set_k (LimenBoundSession *self, guint k);
void limen_bound_session_merge_again (LimenBoundSession *self);
void limen_bound_session_set_shade (LimenBoundSession *self, gboolean implied);

/** limen_bound_session_study: (transfer none) */
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
/** limen_bound_session_images: (transfer none) (nullable): that the image is one of */
LimenImageSet *limen_bound_session_images (LimenBoundSession *self);
/** limen_bound_session_pixels: (transfer none) (nullable): the image, as the decoder's likelihood
 * sees it */
const float *limen_bound_session_pixels (LimenBoundSession *self);
/** limen_bound_session_busy: reading. @fraction: (out) (optional) */
gboolean limen_bound_session_busy (LimenBoundSession *self, double *fraction);
