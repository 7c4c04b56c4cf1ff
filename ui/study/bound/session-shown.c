#include "ui/study/bound/session-private.h"

#include "model/bound/bound-report.h"

#include <math.h>

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
