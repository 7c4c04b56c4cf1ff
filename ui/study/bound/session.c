#include "ui/study/bound/session-private.h"

#include "ui/study/signals.h"

#include <math.h>

G_DEFINE_FINAL_TYPE (LimenBoundSession, limen_bound_session, G_TYPE_OBJECT)

void
limen_bound_session_tell (LimenBoundSession *self, const GError *error)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self) && error != NULL);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "notice", error->message);
}

/* -- what the settings come to -- */

/* Of the observation in use */
static LimenTarget
target_of (LimenBoundSession *self)
{
  if (self->state->uses_vae)
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
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  LimenTarget target = target_of (self);
  limen_scene_fill (self->scene, &target, self->study, self->q, self->state->k,
                    self->state->merge_round);
}

/* The part of the plane to be seen: around the posterior and the proposal as it was set. Of a VAE
 * it comes with the next exact bound. */
static void
look (LimenBoundSession *self)
{
  const LimenGaussian *around[] = {self->base, self->posterior};
  self->looks = TRUE;
  if (can_be_drawn (self) && (!self->state->uses_vae || !self->scene->posterior))
    limen_scene_look (self->scene, around, self->posterior ? 2 : 1);
}

static guint
compared (const LimenBoundPageState *state, LimenProposalKind kind[2])
{
  static const LimenProposalKind table[][2] = {
      [LIMEN_COMPARE_MOMENTS_ELBO] = {LIMEN_PROPOSAL_MOMENTS, LIMEN_PROPOSAL_ELBO},
      [LIMEN_COMPARE_PRIOR_ELBO] = {LIMEN_PROPOSAL_PRIOR, LIMEN_PROPOSAL_ELBO},
      [LIMEN_COMPARE_PRIOR_MOMENTS] = {LIMEN_PROPOSAL_PRIOR, LIMEN_PROPOSAL_MOMENTS},
  };
  guint n = 0;
  for (guint i = 0; i < 2 && state->compare != LIMEN_COMPARE_NOTHING; i++)
    if (table[state->compare][i] != state->preset) /* not twice the same */
      kind[n++] = table[state->compare][i];
  return n;
}

static gboolean
compares_the_same (const LimenBoundPageState *a, const LimenBoundPageState *b)
{
  LimenProposalKind of_a[2] = {0}, of_b[2] = {0};
  return compared (a, of_a) == compared (b, of_b) && of_a[0] == of_b[0] && of_a[1] == of_b[1];
}

/* The proposal is one that the user made, by hand or on the way to the posterior */
static gboolean
is_own (const LimenBoundPageState *state)
{
  return state->morph > 0 || state->preset >= LIMEN_N_PROPOSALS;
}

static const char *
own_name (const LimenBoundPageState *state)
{
  if (is_own (state))
    return "yours";
  return state->uses_vae && state->preset == LIMEN_PROPOSAL_OWN
             ? "encoder"
             : limen_proposal_name (state->preset);
}

/* A study with the proposal in the hand first; of a linear Gaussian model with others beside it. */
static void
renew_study (LimenBoundSession *self)
{
  LimenProposalKind kind[3] = {LIMEN_PROPOSAL_OWN};
  guint n = 1 + compared (self->state, kind + 1);
  g_clear_pointer (&self->study, limen_bound_study_free);
  if (!self->state->uses_vae)
    self->study = limen_bound_study_new_gaussian (self->gaussian_case, kind, n);
  else {
    self->study = limen_bound_study_new (NAN);
    limen_bound_study_add (self->study, "", limen_gaussian_copy (self->q), NULL, NAN, NAN);
  }
}

/* What the proposal is, where that says more than its numbers */
static LimenProposalKind
kind_in_hand (const LimenBoundPageState *state)
{
  if (state->morph == 1)
    return LIMEN_PROPOSAL_POSTERIOR;
  return is_own (state) ? LIMEN_PROPOSAL_OWN : state->preset;
}

/* The study of @q */
static void
show_proposal (LimenBoundSession *self)
{
  const LimenGaussianCase *c = self->gaussian_case;
  LimenBoundProposal *own = &self->study->proposal[0];
  g_free (own->name);
  own->name = g_strdup (own_name (self->state));
  if (self->state->uses_vae) {
    limen_bound_session_want_exact (self);
    g_signal_emit_by_name (self, "study-changed");
    return;
  }
  limen_bound_study_set_gaussian (self->study, 0, c, limen_gaussian_copy (self->q),
                                  kind_in_hand (self->state));
  limen_bound_session_fill_scene (self);
  limen_bound_session_want_dots (self);
  g_signal_emit_by_name (self, "study-changed");
}

/* -- the proposal -- */

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
  if (!self->state->uses_vae)
    return limen_gaussian_case_proposal (self->gaussian_case, kind);
  if (kind == LIMEN_PROPOSAL_PRIOR)
    return standard_normal (self->encoder->dimension);
  if (moments && self->posterior && self->posterior->dimension == 2)
    return moments_of (self->posterior, kind == LIMEN_PROPOSAL_MOMENTS);
  return limen_gaussian_copy (self->encoder);
}

static void
set_q (LimenBoundSession *self)
{
  double morph = self->posterior ? self->state->morph : 0;
  g_clear_pointer (&self->q, limen_gaussian_free);
  self->q = morph > 0 ? limen_gaussian_between (self->base, self->posterior, morph)
                      : limen_gaussian_copy (self->base);
}

static void
set_base (LimenBoundSession *self)
{
  const LimenBoundPageState *state = self->state;
  guint dimension = state->uses_vae ? self->encoder->dimension : self->gaussian_case->model->latent;
  gboolean is_known =
      state->own ? state->own->dimension == dimension : state->preset < LIMEN_N_PROPOSALS;
  g_clear_pointer (&self->base, limen_gaussian_free);
  self->base = is_known && state->own
                   ? limen_gaussian_copy (state->own)
                   : preset_proposal (self, is_known ? state->preset : LIMEN_PROPOSAL_OWN);
  set_q (self);
}

void
limen_bound_session_take_posterior (LimenBoundSession *self, LimenGaussian *posterior)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  LimenProposalKind preset = self->state->preset;
  self->posterior = posterior;
  if (self->state->morph == 0 && preset != LIMEN_PROPOSAL_MOMENTS &&
      preset != LIMEN_PROPOSAL_POSTERIOR)
    return;
  set_base (self); /* the state asked for what could not be told before */
  limen_bound_session_want_exact (self);
}

/* -- from one state to another -- */

static void
show_source (LimenBoundSession *self)
{
  const LimenGaussianCase *c = self->gaussian_case;
  limen_bound_session_stop_dots (self);
  g_clear_pointer (&self->posterior, limen_gaussian_free);
  g_clear_pointer (&self->scene, limen_scene_free);
  self->scene = limen_scene_new ();
  if (!self->state->uses_vae)
    self->posterior = limen_gaussian_model_posterior (c->model, c->x);
  set_base (self);
  renew_study (self);
  look (self);
  if (self->state->uses_vae) { /* until the exact values are there */
    LimenTarget target = target_of (self);
    limen_scene_merge (self->scene, &target, self->q, LIMEN_SCENE_SEED, self->state->merge_round);
  }
  show_proposal (self);
  g_signal_emit_by_name (self, "source-changed");
}

static void
follow_proposal (LimenBoundSession *self, const LimenBoundPageState *old)
{
  g_autoptr (LimenBoundPageState) before =
      limen_bound_page_state_with_morph (old, self->state->morph);
  if (!limen_bound_page_state_same_proposal (before, self->state)) {
    set_base (self);
    if (!self->state->held)
      look (self);
  } else
    set_q (self);
  if (!self->state->uses_vae && !compares_the_same (old, self->state))
    renew_study (self);
  show_proposal (self);
}

static void
follow_k (LimenBoundSession *self)
{
  LimenTarget target = target_of (self);
  guint k = self->state->k;
  if (can_be_drawn (self)) {
    limen_scene_imply (self->scene, &self->study->proposal[0], k);
    limen_scene_draw (self->scene, &target, self->q, k, LIMEN_SCENE_SEED);
  }
  limen_bound_session_want_aside (self);
  g_signal_emit_by_name (self, "k-changed");
}

static void
follow_merge (LimenBoundSession *self)
{
  LimenTarget target = target_of (self);
  limen_scene_merge (self->scene, &target, self->q, LIMEN_SCENE_SEED, self->state->merge_round);
  g_signal_emit_by_name (self, "merge-changed");
}

/* FALSE where it is none, or none for the VAE */
static gboolean
take_image (LimenBoundSession *self, guint index)
{
  g_autoptr (GError) error = NULL;
  LimenVae *vae = self->vae->vae;
  if (index >= limen_image_set_n_images (self->vae->images))
    return FALSE;
  g_autofree float *x = g_new (float, limen_vae_shape (vae).observed);
  if (!limen_vae_take_image (vae, self->vae->images, index, x, &error)) {
    limen_bound_session_tell (self, error);
    return FALSE;
  }
  limen_bound_session_stop_dots (self);
  g_free (self->x);
  self->x = g_steal_pointer (&x);
  g_clear_pointer (&self->vae_target, limen_vae_target_free);
  g_clear_pointer (&self->encoder, limen_gaussian_free);
  self->vae_target = limen_vae_target_new (vae, self->x);
  self->encoder = limen_vae_encode (vae, self->x);
  return TRUE;
}

/* @anew: the files were read again, though they may be the same; takes @next. FALSE where its image
 * is refused: then all is as before. */
static gboolean
take (LimenBoundSession *self, LimenBoundPageState *next, gboolean anew)
{
  g_autoptr (LimenBoundPageState) old = self->state;
  gboolean same = !anew && limen_bound_page_state_same_observation (old, next);
  if (!same && next->uses_vae && !take_image (self, next->index)) {
    limen_bound_page_state_free (next);
    g_steal_pointer (&old);
    return FALSE;
  }
  if (anew)
    limen_latest_cancel (self->exact); /* of the image that was in use */
  gboolean proposal =
               !limen_bound_page_state_same_proposal (old, next) || old->compare != next->compare,
           k = old->k != next->k, merge = old->merge_round != next->merge_round,
           view = old->implied != next->implied;
  self->state = next; /* until who is told sets another: then @next is gone */
  if (!same)
    show_source (self);
  else if (proposal)
    follow_proposal (self, old);
  if (k)
    follow_k (self);
  if (merge)
    follow_merge (self);
  if (view)
    g_signal_emit_by_name (self, "view-changed");
  return TRUE;
}

/* What files came to, to come back when what follows them is refused */
typedef struct {
  LimenGaussianCase *gaussian_case;
  LimenVaeSource *vae;
} Content;

static Content
keep_content (const LimenBoundSession *self)
{
  return (Content){limen_gaussian_case_copy (self->gaussian_case),
                   self->vae ? limen_vae_source_copy (self->vae) : NULL};
}

static void
clear_content (LimenGaussianCase **gaussian_case, LimenVaeSource **vae)
{
  g_clear_pointer (gaussian_case, limen_gaussian_case_free);
  g_clear_pointer (vae, limen_vae_source_free);
}

/* Takes @next, whose files came into use just now in place of @before, which it takes too */
static void
take_with_files (LimenBoundSession *self, LimenBoundPageState *next, Content before)
{
  g_autoptr (GError) error = NULL;
  guint n = next->uses_vae ? limen_image_set_n_images (self->vae->images) : 0;
  if (next->uses_vae && next->index >= n)
    limen_fail (&error, LIMEN_ERROR_MISMATCH,
                "%s has no image %u, only %u; choose one in the strip below.",
                limen_image_set_name (self->vae->images), next->index + 1, n);
  if (error)
    limen_bound_session_tell (self, error);
  if (take (self, next, TRUE)) {
    clear_content (&before.gaussian_case, &before.vae);
    return;
  }
  clear_content (&self->gaussian_case, &self->vae);
  self->gaussian_case = before.gaussian_case;
  self->vae = before.vae;
}

/* What @wanted asks for and no file has to be read for */
static void
drop_unwanted (LimenBoundSession *self, const LimenBoundPageState *wanted)
{
  if (!wanted->gaussian_case && self->state->gaussian_case) {
    limen_gaussian_case_free (self->gaussian_case);
    self->gaussian_case = limen_gaussian_case_example ();
  }
  if (!wanted->vae)
    g_clear_pointer (&self->vae, limen_vae_source_free);
}

/* (transfer full): @state with what @files bring, which come into use */
static LimenBoundPageState *
with_files (LimenBoundSession *self, const LimenBoundPageState *state, LimenBoundFiles *files)
{
  g_autoptr (LimenBoundPageState) next = limen_bound_page_state_copy (state);
  if (files->vae) {
    g_autoptr (LimenBoundPageState) old = g_steal_pointer (&next);
    g_clear_pointer (&self->vae, limen_vae_source_free);
    self->vae = g_steal_pointer (&files->vae);
    next = limen_bound_page_state_with_vae (old, self->vae->vae_from, self->vae->images_from);
  }
  if (files->gaussian_case) {
    g_autoptr (LimenBoundPageState) old = g_steal_pointer (&next);
    limen_gaussian_case_free (self->gaussian_case);
    self->gaussian_case = g_steal_pointer (&files->gaussian_case);
    next = limen_bound_page_state_with_case (old, files->case_from);
  }
  return g_steal_pointer (&next);
}

void
limen_bound_session_take_files (LimenBoundSession *self, LimenBoundFiles *files,
                                const LimenBoundPageState *wanted)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  Content before = keep_content (self);
  if (wanted)
    drop_unwanted (self, wanted);
  g_autoptr (LimenBoundPageState) next = with_files (self, wanted ? wanted : self->state, files);
  if (wanted) { /* the files alone bring a proposal of their own */
    g_autoptr (LimenBoundPageState) read = g_steal_pointer (&next);
    next = limen_bound_page_state_copy (wanted);
    limen_origin_put (&next->gaussian_case, read->gaussian_case);
    limen_origin_put (&next->vae, read->vae);
    limen_origin_put (&next->images, read->images);
  }
  take_with_files (self, g_steal_pointer (&next), before);
}

void
limen_bound_session_take_start (LimenBoundSession *self, LimenBoundFiles *files)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  g_autoptr (LimenBoundPageState) fresh = limen_bound_page_state_new ();
  Content before = keep_content (self);
  drop_unwanted (self, fresh);
  take_with_files (self, with_files (self, fresh, files), before);
}

static void
add_paths (GPtrArray *paths, const LimenOrigin *now, const LimenOrigin *wanted)
{
  if (!wanted || limen_origin_same_files (now, wanted))
    return;
  for (guint i = 0; wanted->paths[i]; i++)
    g_ptr_array_add (paths, wanted->paths[i]);
}

void
limen_bound_session_set_state (LimenBoundSession *self, const LimenBoundPageState *state)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self) && state != NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  LimenBoundFiles none = {0};
  if (limen_bound_page_state_same_files (self->state, state)) {
    take (self, limen_bound_page_state_copy (state), FALSE);
    return;
  }
  add_paths (paths, self->state->gaussian_case, state->gaussian_case);
  add_paths (paths, self->state->vae, state->vae);
  add_paths (paths, self->state->images, state->images);
  g_ptr_array_add (paths, NULL);
  if (paths->pdata[0])
    limen_bound_session_read (self, (const char *const *)paths->pdata, state);
  else
    limen_bound_session_take_files (self, &none, state);
}

/* Takes @next (nullable), whose files are those in use */
static void
change (LimenBoundSession *self, LimenBoundPageState *next)
{
  if (next)
    take (self, next, FALSE);
}

void
limen_bound_session_use_model (LimenBoundSession *self, gboolean vae)
{
  static const char *const own[] = {NULL};
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  if (vae && !self->vae)
    limen_bound_session_read (self, own, NULL);
  else if (vae != self->state->uses_vae)
    change (self, limen_bound_page_state_with_model (self->state, vae));
}

void
limen_bound_session_set_image (LimenBoundSession *self, guint index)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self) && self->vae != NULL);
  change (self, limen_bound_page_state_with_image (self->state, index));
}

/* A public function that goes to a state with one thing changed */
#define SETTER(name, Type)                                                                         \
  void limen_bound_session_set_##name (LimenBoundSession *self, Type value)                        \
  {                                                                                                \
    g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));                                              \
    change (self, limen_bound_page_state_with_##name (self->state, value));                        \
  }
SETTER (preset, LimenProposalKind)
SETTER (compare, LimenBoundCompare)
SETTER (k, guint)
SETTER (shade, gboolean)

void
limen_bound_session_set_proposal (LimenBoundSession *self, LimenGaussian *q, gboolean settled)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self) && q != NULL);
  g_autoptr (LimenGaussian) own = q;
  change (self, limen_bound_page_state_with_proposal (self->state, own, !settled));
}

void
limen_bound_session_set_morph (LimenBoundSession *self, double part)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  if (self->posterior)
    change (self, limen_bound_page_state_with_morph (self->state, part));
}

void
limen_bound_session_merge_again (LimenBoundSession *self)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  change (self, limen_bound_page_state_with_new_merge (self->state));
}

/* -- the object -- */

static void
limen_bound_session_dispose (GObject *object)
{
  LimenBoundSession *self = LIMEN_BOUND_SESSION (object);
  limen_bound_session_end_work (self);
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
  g_clear_pointer (&self->state, limen_bound_page_state_free);
  g_free (self->x);
  G_OBJECT_CLASS (limen_bound_session_parent_class)->finalize (object);
}

static void
limen_bound_session_class_init (LimenBoundSessionClass *klass)
{
  static const char *const names[] = {
      "source-changed", "study-changed", "k-changed",    "dots-changed",
      "merge-changed",  "view-changed",  "busy-changed", NULL};
  G_OBJECT_CLASS (klass)->dispose = limen_bound_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = limen_bound_session_finalize;
  limen_signals_new (G_TYPE_FROM_CLASS (klass), names, TRUE);
}

static void
limen_bound_session_init (LimenBoundSession *self)
{
  self->state = limen_bound_page_state_new ();
  self->gaussian_case = limen_gaussian_case_example ();
  limen_bound_session_begin_work (self);
  show_source (self);
}

LimenBoundSession *
limen_bound_session_new (void)
{
  return g_object_new (LIMEN_TYPE_BOUND_SESSION, NULL);
}

/* -- what there is -- */

/* A public function that tells one thing of a session */
#define GETTER(Type, name, what, none)                                                             \
  Type limen_bound_session_##name (LimenBoundSession *self)                                        \
  {                                                                                                \
    g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (self), none);                                    \
    return what;                                                                                   \
  }
GETTER (const LimenBoundPageState *, state, self->state, NULL)
GETTER (const LimenBoundStudy *, study, self->study, NULL)
GETTER (const LimenScene *, scene, self->scene, NULL)
GETTER (const LimenGaussian *, proposal, self->q, NULL)
GETTER (const LimenGaussian *, posterior, self->posterior, NULL)
GETTER (const LimenGaussianCase *, case, self->gaussian_case, NULL)
GETTER (LimenVae *, vae, self->state->uses_vae ? self->vae->vae : NULL, NULL)
GETTER (LimenImageSet *, images, self->state->uses_vae ? self->vae->images : NULL, NULL)
GETTER (const float *, pixels, self->state->uses_vae ? self->x : NULL, NULL)
