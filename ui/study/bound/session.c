#include "ui/study/bound/session-private.h"

#include <math.h>

#define SEED 1

G_DEFINE_FINAL_TYPE (LimenBoundSession, limen_bound_session, G_TYPE_OBJECT)

static guint signals[LIMEN_BOUND_N_SIGNALS];

void
limen_bound_session_emit (LimenBoundSession *self, guint which)
{
  g_signal_emit (self, signals[which], 0);
}

/* -- what the settings come to -- */

LimenTarget
limen_bound_session_target (LimenBoundSession *self)
{
  if (self->uses_vae)
    return limen_vae_target (self->vae_target);
  return limen_bound_study_target (self->study, 0,
                                   limen_gaussian_case_target (self->gaussian_case));
}

static gboolean
can_be_drawn (LimenBoundSession *self)
{
  return self->q && self->q->dimension <= 2;
}

void
limen_bound_session_fill_scene (LimenBoundSession *self)
{
  LimenTarget target = limen_bound_session_target (self);
  const LimenBoundProposal *proposal = &self->study->proposal[0];
  guint k = limen_bound_session_k (self);
  if (can_be_drawn (self)) {
    if (!self->scene->posterior && !self->uses_vae)
      limen_scene_set_posterior (self->scene, &target, self->study->log_evidence);
    limen_scene_imply (self->scene, proposal, k);
    limen_scene_draw (self->scene, &target, self->q, k, SEED);
  }
  limen_scene_merge (self->scene, &target, self->q, SEED, self->merge_round);
}

/* The part of the plane to be seen: around the posterior and the proposal as it was set. Of a VAE
 * it comes with the next exact bound. */
static void
look (LimenBoundSession *self)
{
  const LimenGaussian *around[] = {self->base, self->posterior};
  self->looks = TRUE;
  if (can_be_drawn (self) && (!self->uses_vae || !self->scene->posterior))
    limen_scene_look (self->scene, around, self->posterior ? 2 : 1);
}

static guint
compared (LimenBoundSession *self, LimenProposalKind kind[2])
{
  static const LimenProposalKind table[][2] = {
      [LIMEN_COMPARE_MOMENTS_ELBO] = {LIMEN_PROPOSAL_MOMENTS, LIMEN_PROPOSAL_ELBO},
      [LIMEN_COMPARE_PRIOR_ELBO] = {LIMEN_PROPOSAL_PRIOR, LIMEN_PROPOSAL_ELBO},
      [LIMEN_COMPARE_PRIOR_MOMENTS] = {LIMEN_PROPOSAL_PRIOR, LIMEN_PROPOSAL_MOMENTS},
  };
  guint n = 0;
  for (guint i = 0; i < 2 && self->compare != LIMEN_COMPARE_NOTHING; i++)
    if (table[self->compare][i] != self->preset) /* not twice the same */
      kind[n++] = table[self->compare][i];
  return n;
}

static const char *
own_name (LimenBoundSession *self)
{
  if (self->morph > 0 || self->preset >= LIMEN_N_PROPOSALS)
    return "yours";
  return self->uses_vae && self->preset == LIMEN_PROPOSAL_OWN ? "encoder"
                                                              : limen_proposal_name (self->preset);
}

/* A study with the proposal in the hand first; of a linear Gaussian model with others beside it. */
static void
renew_study (LimenBoundSession *self)
{
  LimenProposalKind kind[3] = {LIMEN_PROPOSAL_OWN};
  guint n = 1 + compared (self, kind + 1);
  g_clear_pointer (&self->study, limen_bound_study_free);
  if (!self->uses_vae)
    self->study = limen_bound_study_new_gaussian (self->gaussian_case, kind, n);
  else {
    self->study = limen_bound_study_new (NAN);
    limen_bound_study_add (self->study, "", limen_gaussian_copy (self->q), NULL, NAN, NAN);
  }
}

/* What the proposal is, where that says more than its numbers */
static LimenProposalKind
kind_in_hand (LimenBoundSession *self)
{
  if (self->morph == 1)
    return LIMEN_PROPOSAL_POSTERIOR;
  return self->morph > 0 || self->preset >= LIMEN_N_PROPOSALS ? LIMEN_PROPOSAL_OWN : self->preset;
}

void
limen_bound_session_show_proposal (LimenBoundSession *self)
{
  const LimenGaussianCase *c = self->gaussian_case;
  LimenBoundProposal *own = &self->study->proposal[0];
  g_free (own->name);
  own->name = g_strdup (own_name (self));
  if (self->uses_vae) {
    limen_bound_session_want_exact (self);
    limen_bound_session_emit (self, LIMEN_BOUND_STUDY_CHANGED);
    return;
  }
  limen_bound_study_set_gaussian (self->study, 0, c, limen_gaussian_copy (self->q),
                                  kind_in_hand (self));
  limen_bound_session_fill_scene (self);
  limen_bound_session_want_dots (self);
  limen_bound_session_emit (self, LIMEN_BOUND_STUDY_CHANGED);
}

/* -- the proposal -- */

static void
set_base (LimenBoundSession *self, LimenGaussian *base, LimenProposalKind preset)
{
  g_clear_pointer (&self->base, limen_gaussian_free);
  g_clear_pointer (&self->q, limen_gaussian_free);
  self->base = base;
  self->q = limen_gaussian_copy (base);
  self->preset = preset;
  self->morph = 0;
}

/* A diagonal or whole normal distribution with the moments of the posterior of a VAE. */
static LimenGaussian *
moments_of (const LimenGaussian *posterior, gboolean diagonal)
{
  double variance[2] = {posterior->covariance[0], posterior->covariance[3]};
  return diagonal ? limen_gaussian_new_diagonal ("The proposal", 2, posterior->mean, variance, NULL)
                  : limen_gaussian_copy (posterior);
}

static LimenGaussian *
standard_normal (guint dimension)
{
  g_autofree double *mean = g_new0 (double, dimension), *variance = g_new (double, dimension);
  for (guint i = 0; i < dimension; i++)
    variance[i] = 1;
  return limen_gaussian_new_diagonal ("The prior", dimension, mean, variance, NULL);
}

static LimenGaussian *
preset_proposal (LimenBoundSession *self, LimenProposalKind kind)
{
  gboolean moments = kind == LIMEN_PROPOSAL_MOMENTS || kind == LIMEN_PROPOSAL_POSTERIOR;
  if (!self->uses_vae)
    return limen_gaussian_case_proposal (self->gaussian_case, kind);
  if (kind == LIMEN_PROPOSAL_PRIOR)
    return standard_normal (self->encoder->dimension);
  if (moments && self->posterior && self->posterior->dimension == 2)
    return moments_of (self->posterior, kind == LIMEN_PROPOSAL_MOMENTS);
  return limen_gaussian_copy (self->encoder);
}

void
limen_bound_session_set_preset (LimenBoundSession *self, LimenProposalKind kind)
{
  set_base (self, preset_proposal (self, kind), kind);
  if (!self->uses_vae)
    renew_study (self);
  look (self);
  limen_bound_session_show_proposal (self);
}

void
limen_bound_session_set_proposal (LimenBoundSession *self, LimenGaussian *q, gboolean settled)
{
  set_base (self, q, LIMEN_N_PROPOSALS);
  if (settled)
    look (self);
  limen_bound_session_show_proposal (self);
}

void
limen_bound_session_set_morph (LimenBoundSession *self, double part)
{
  if (!self->posterior || part == self->morph)
    return;
  g_clear_pointer (&self->q, limen_gaussian_free);
  self->morph = part;
  self->q = limen_gaussian_between (self->base, self->posterior, part);
  limen_bound_session_show_proposal (self);
}

void
limen_bound_session_set_compare (LimenBoundSession *self, LimenBoundCompare compare)
{
  self->compare = compare;
  if (self->uses_vae)
    return;
  renew_study (self);
  limen_bound_session_show_proposal (self);
}

void
limen_bound_session_merge_again (LimenBoundSession *self)
{
  LimenTarget target = limen_bound_session_target (self);
  self->merge_round++;
  limen_scene_merge (self->scene, &target, self->q, SEED, self->merge_round);
  limen_bound_session_emit (self, LIMEN_BOUND_MERGE_CHANGED);
}

void
limen_bound_session_set_k (LimenBoundSession *self, guint k)
{
  LimenTarget target = limen_bound_session_target (self);
  k = CLAMP (k, 1, LIMEN_BOUND_MOST_K);
  if (k == self->k)
    return;
  self->k = k;
  if (can_be_drawn (self)) {
    limen_scene_imply (self->scene, &self->study->proposal[0], k);
    limen_scene_draw (self->scene, &target, self->q, k, SEED);
  }
  limen_bound_session_emit (self, LIMEN_BOUND_K_CHANGED);
}

/* -- the source -- */

void
limen_bound_session_show_source (LimenBoundSession *self)
{
  const LimenGaussianCase *c = self->gaussian_case;
  limen_bound_session_stop_dots (self);
  g_clear_pointer (&self->posterior, limen_gaussian_free);
  g_clear_pointer (&self->scene, limen_scene_free);
  self->scene = limen_scene_new ();
  if (!self->uses_vae)
    self->posterior = limen_gaussian_model_posterior (c->model, c->x);
  set_base (self, preset_proposal (self, LIMEN_PROPOSAL_OWN), LIMEN_PROPOSAL_OWN);
  renew_study (self);
  look (self);
  if (self->uses_vae) { /* until the exact values are there */
    LimenTarget target = limen_bound_session_target (self);
    limen_scene_merge (self->scene, &target, self->q, SEED, self->merge_round);
  }
  limen_bound_session_show_proposal (self);
  limen_bound_session_emit (self, LIMEN_BOUND_SOURCE_CHANGED);
}

void
limen_bound_session_use_case (LimenBoundSession *self, LimenGaussianCase *gaussian_case)
{
  g_clear_pointer (&self->gaussian_case, limen_gaussian_case_free);
  self->gaussian_case = gaussian_case;
  self->uses_vae = FALSE;
  limen_bound_session_show_source (self);
}

void
limen_bound_session_use_model (LimenBoundSession *self, gboolean vae)
{
  static const char *const own[] = {NULL};
  if (vae == self->uses_vae)
    return;
  if (vae && !self->vae) {
    limen_bound_session_read (self, own);
    return;
  }
  self->uses_vae = vae;
  limen_bound_session_show_source (self);
}

void
limen_bound_session_set_image (LimenBoundSession *self, guint index)
{
  g_autoptr (GError) error = NULL;
  LimenVae *vae = self->vae->vae;
  if (index >= limen_image_set_n_images (self->vae->images))
    return;
  g_autofree float *x = g_new (float, limen_vae_shape (vae).observed);
  if (!limen_vae_take_image (vae, self->vae->images, index, x, &error)) {
    g_signal_emit (self, signals[LIMEN_BOUND_NOTICE], 0, error->message);
    return;
  }
  limen_bound_session_stop_dots (self);
  g_free (self->x);
  self->x = g_steal_pointer (&x);
  self->index = index;
  g_clear_pointer (&self->vae_target, limen_vae_target_free);
  g_clear_pointer (&self->encoder, limen_gaussian_free);
  self->vae_target = limen_vae_target_new (vae, self->x);
  self->encoder = limen_vae_encode (vae, self->x);
  self->uses_vae = TRUE;
  limen_bound_session_show_source (self);
}

/* -- the object -- */

static void
limen_bound_session_dispose (GObject *object)
{
  LimenBoundSession *self = LIMEN_BOUND_SESSION (object);
  limen_bound_session_cancel (self);
  limen_bound_session_stop_dots (self);
  g_clear_handle_id (&self->load_tick, g_source_remove);
  g_clear_pointer (&self->next_paths, g_strfreev);
  g_clear_pointer (&self->load, limen_job_unref);
  g_clear_pointer (&self->exact, limen_job_unref);
  G_OBJECT_CLASS (limen_bound_session_parent_class)->dispose (object);
}

static void
limen_bound_session_finalize (GObject *object)
{
  LimenBoundSession *self = LIMEN_BOUND_SESSION (object);
  g_clear_pointer (&self->gaussian_case, limen_gaussian_case_free);
  g_clear_pointer (&self->vae_target, limen_vae_target_free);
  g_clear_pointer (&self->vae, limen_vae_source_free);
  g_clear_pointer (&self->encoder, limen_gaussian_free);
  g_clear_pointer (&self->posterior, limen_gaussian_free);
  g_clear_pointer (&self->base, limen_gaussian_free);
  g_clear_pointer (&self->q, limen_gaussian_free);
  g_clear_pointer (&self->study, limen_bound_study_free);
  g_clear_pointer (&self->scene, limen_scene_free);
  g_clear_pointer (&self->paths, g_strfreev);
  g_free (self->x);
  G_OBJECT_CLASS (limen_bound_session_parent_class)->finalize (object);
}

static void
limen_bound_session_class_init (LimenBoundSessionClass *klass)
{
  static const char *const names[LIMEN_BOUND_N_SIGNALS] = {
      [LIMEN_BOUND_SOURCE_CHANGED] = "source-changed",
      [LIMEN_BOUND_STUDY_CHANGED] = "study-changed",
      [LIMEN_BOUND_K_CHANGED] = "k-changed",
      [LIMEN_BOUND_DOTS_CHANGED] = "dots-changed",
      [LIMEN_BOUND_MERGE_CHANGED] = "merge-changed",
      [LIMEN_BOUND_BUSY_CHANGED] = "busy-changed",
      [LIMEN_BOUND_NOTICE] = "notice",
  };
  G_OBJECT_CLASS (klass)->dispose = limen_bound_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = limen_bound_session_finalize;
  for (guint i = 0; i < LIMEN_BOUND_N_SIGNALS; i++) {
    gboolean tells = i == LIMEN_BOUND_NOTICE;
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, tells, G_TYPE_STRING);
  }
}

static void
limen_bound_session_init (LimenBoundSession *self)
{
  self->k = 50;
  self->gaussian_case = limen_gaussian_case_example ();
  limen_bound_session_show_source (self);
}

LimenBoundSession *
limen_bound_session_new (void)
{
  return g_object_new (LIMEN_TYPE_BOUND_SESSION, NULL);
}

/* -- what there is -- */

const LimenBoundStudy *
limen_bound_session_study (LimenBoundSession *self)
{
  return self->study;
}

const LimenScene *
limen_bound_session_scene (LimenBoundSession *self)
{
  return self->scene;
}

const LimenGaussian *
limen_bound_session_proposal (LimenBoundSession *self)
{
  return self->q;
}

const LimenGaussian *
limen_bound_session_posterior (LimenBoundSession *self)
{
  return self->posterior;
}

const LimenGaussianCase *
limen_bound_session_case (LimenBoundSession *self)
{
  return self->gaussian_case;
}

LimenVae *
limen_bound_session_vae (LimenBoundSession *self)
{
  return self->uses_vae ? self->vae->vae : NULL;
}

LimenImageSet *
limen_bound_session_images (LimenBoundSession *self, guint *index)
{
  if (index)
    *index = self->index;
  return self->uses_vae ? self->vae->images : NULL;
}

const float *
limen_bound_session_pixels (LimenBoundSession *self)
{
  return self->uses_vae ? self->x : NULL;
}

LimenProposalKind
limen_bound_session_preset (LimenBoundSession *self)
{
  return self->preset;
}

double
limen_bound_session_morph (LimenBoundSession *self)
{
  return self->morph;
}

guint
limen_bound_session_k (LimenBoundSession *self)
{
  return self->k;
}

const char *const *
limen_bound_session_source (LimenBoundSession *self)
{
  static const char *const none[] = {NULL};
  return self->paths ? (const char *const *)self->paths : none;
}
