#include "ui/study/bound/session-private.h"

#include "model/bound/bound-report.h"

#include <math.h>

const LimenBoundPageState *
limen_bound_session_state (LimenBoundSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (self), NULL);
  return self->state;
}

const LimenBoundStudy *
limen_bound_session_study (LimenBoundSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (self), NULL);
  return self->study;
}

const LimenScene *
limen_bound_session_scene (LimenBoundSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (self), NULL);
  return self->scene;
}

const LimenGaussian *
limen_bound_session_proposal (LimenBoundSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (self), NULL);
  return self->q;
}

const LimenGaussian *
limen_bound_session_posterior (LimenBoundSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (self), NULL);
  return self->posterior;
}

const LimenGaussianCase *
limen_bound_session_case (LimenBoundSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (self), NULL);
  return self->gaussian_case;
}

LimenVae *
limen_bound_session_vae (LimenBoundSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (self), NULL);
  return self->state->uses_vae ? self->vae->vae : NULL;
}

LimenImageSet *
limen_bound_session_images (LimenBoundSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (self), NULL);
  return self->state->uses_vae ? self->vae->images : NULL;
}

const float *
limen_bound_session_pixels (LimenBoundSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (self), NULL);
  return self->state->uses_vae ? self->x : NULL;
}

/* The estimate at K, where there is one */
static LimenEstimate
estimate_at (const LimenBoundStudy *study, guint k)
{
  for (guint i = 0; i < LIMEN_BOUND_N_DOTS; i++)
    if (limen_bound_dots[i] == k)
      return limen_running_mean_estimate (&study->proposal[0].estimate[i]);
  return (LimenEstimate){0};
}

char **
limen_bound_session_text (LimenBoundSession *self)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (self), NULL);
  const LimenBoundPageState *state = self->state;
  g_autoptr (GHashTable) hashes = limen_hashes_new ();
  const LimenOrigin *used[] = {state->uses_vae ? state->vae : state->gaussian_case,
                               state->uses_vae ? state->images : NULL};
  LimenBoundRow row = {.k = state->k,
                       .exact = limen_bound_study_known (self->study, 0, state->k),
                       .gap = limen_bound_study_gap (self->study, 0, state->k),
                       .estimate = estimate_at (self->study, state->k),
                       .monte_carlo_error = NAN};
  LimenBoundReport report = {.study = self->study,
                             .row = &row,
                             .n_rows = 1,
                             .posterior = self->posterior,
                             .sha256 = hashes};
  for (guint i = 0; i < G_N_ELEMENTS (used); i++)
    limen_origin_add_hashes (used[i], hashes);
  if (!state->uses_vae)
    report.case_file = state->gaussian_case ? state->gaussian_case->paths[0] : NULL;
  else {
    report.vae = self->vae->vae;
    report.images.images = self->vae->images;
    report.index = state->index;
  }
  return limen_bound_report_picture_text (&report);
}
