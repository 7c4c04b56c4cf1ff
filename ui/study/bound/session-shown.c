#include "ui/study/bound/session-private.h"

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
