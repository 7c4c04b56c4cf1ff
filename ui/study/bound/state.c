#include "ui/study/bound/state.h"

#include "model/bound/bound-study.h"

#include <string.h>

#define FIRST_K 50

LimenBoundPageState *
limen_bound_page_state_new (void)
{
  LimenBoundPageState *state = g_new0 (LimenBoundPageState, 1);
  state->preset = LIMEN_PROPOSAL_OWN;
  state->k = FIRST_K;
  state->implied = TRUE;
  return state;
}

LimenBoundPageState *
limen_bound_page_state_copy (const LimenBoundPageState *state)
{
  g_return_val_if_fail (state != NULL, NULL);
  LimenBoundPageState *copy = g_memdup2 (state, sizeof *state);
  limen_origin_ref (copy->gaussian_case);
  limen_origin_ref (copy->vae);
  limen_origin_ref (copy->images);
  copy->own = copy->own ? limen_gaussian_copy (copy->own) : NULL;
  return copy;
}

void
limen_bound_page_state_free (LimenBoundPageState *state)
{
  g_return_if_fail (state != NULL);
  limen_origin_unref (state->gaussian_case);
  limen_origin_unref (state->vae);
  limen_origin_unref (state->images);
  g_clear_pointer (&state->own, limen_gaussian_free);
  g_free (state);
}

/* -- what is equal -- */

static gboolean
same_gaussian (const LimenGaussian *a, const LimenGaussian *b)
{
  if (a == b || !a || !b || a->dimension != b->dimension)
    return a == b;
  gsize n = a->dimension;
  return memcmp (a->mean, b->mean, n * sizeof (double)) == 0 &&
         memcmp (a->covariance, b->covariance, n * n * sizeof (double)) == 0;
}

gboolean
limen_bound_page_state_same_files (const LimenBoundPageState *a, const LimenBoundPageState *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  return limen_origin_same_files (a->gaussian_case, b->gaussian_case) &&
         limen_origin_same_files (a->vae, b->vae) && limen_origin_same_files (a->images, b->images);
}

gboolean
limen_bound_page_state_same_observation (const LimenBoundPageState *a, const LimenBoundPageState *b)
{
  return limen_bound_page_state_same_files (a, b) && a->uses_vae == b->uses_vae &&
         a->index == b->index;
}

gboolean
limen_bound_page_state_same_proposal (const LimenBoundPageState *a, const LimenBoundPageState *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  return a->preset == b->preset && a->held == b->held && a->morph == b->morph &&
         same_gaussian (a->own, b->own);
}

gboolean
limen_bound_page_state_equal (const LimenBoundPageState *a, const LimenBoundPageState *b)
{
  return limen_bound_page_state_same_observation (a, b) &&
         limen_bound_page_state_same_proposal (a, b) && a->compare == b->compare && a->k == b->k &&
         a->merge_round == b->merge_round && a->implied == b->implied;
}

/* -- another one -- */

LimenBoundPageState *
limen_bound_page_state_with_preset (const LimenBoundPageState *state, LimenProposalKind preset)
{
  g_return_val_if_fail (preset < LIMEN_N_PROPOSALS, NULL);
  LimenBoundPageState *next = limen_bound_page_state_copy (state);
  g_clear_pointer (&next->own, limen_gaussian_free);
  next->preset = preset;
  next->held = FALSE;
  next->morph = 0;
  return next;
}

LimenBoundPageState *
limen_bound_page_state_with_case (const LimenBoundPageState *state, LimenOrigin *gaussian_case)
{
  g_return_val_if_fail (gaussian_case != NULL, NULL);
  LimenBoundPageState *next = limen_bound_page_state_with_preset (state, LIMEN_PROPOSAL_OWN);
  limen_origin_put (&next->gaussian_case, gaussian_case);
  next->uses_vae = FALSE;
  return next;
}

LimenBoundPageState *
limen_bound_page_state_with_vae (const LimenBoundPageState *state, LimenOrigin *vae,
                                 LimenOrigin *images)
{
  g_return_val_if_fail (vae != NULL && images != NULL, NULL);
  LimenBoundPageState *next = limen_bound_page_state_with_preset (state, LIMEN_PROPOSAL_OWN);
  limen_origin_put (&next->vae, vae);
  limen_origin_put (&next->images, images);
  next->index = 0;
  next->uses_vae = TRUE;
  return next;
}

LimenBoundPageState *
limen_bound_page_state_with_model (const LimenBoundPageState *state, gboolean uses_vae)
{
  g_return_val_if_fail (state != NULL, NULL);
  LimenBoundPageState *next = limen_bound_page_state_with_preset (state, LIMEN_PROPOSAL_OWN);
  next->uses_vae = uses_vae && next->vae;
  return next;
}

LimenBoundPageState *
limen_bound_page_state_with_image (const LimenBoundPageState *state, guint index)
{
  g_return_val_if_fail (state != NULL, NULL);
  LimenBoundPageState *next = limen_bound_page_state_with_model (state, TRUE);
  next->index = index;
  return next;
}

LimenBoundPageState *
limen_bound_page_state_with_proposal (const LimenBoundPageState *state, const LimenGaussian *own,
                                      gboolean held)
{
  g_return_val_if_fail (own != NULL, NULL);
  LimenBoundPageState *next = limen_bound_page_state_with_preset (state, LIMEN_PROPOSAL_OWN);
  next->preset = LIMEN_N_PROPOSALS;
  next->own = limen_gaussian_copy (own);
  next->held = held;
  return next;
}

#define SETTER(name, Type, field, to, condition)                                                   \
  LimenBoundPageState *limen_bound_page_state_with_##name (const LimenBoundPageState *state,       \
                                                           Type name)                              \
  {                                                                                                \
    g_return_val_if_fail (state != NULL && (condition), NULL);                                     \
    LimenBoundPageState *next = limen_bound_page_state_copy (state);                               \
    next->field = to;                                                                              \
    return next;                                                                                   \
  }
SETTER (morph, double, morph, CLAMP (morph, 0, 1), TRUE)
SETTER (compare, LimenBoundCompare, compare, compare, compare <= LIMEN_COMPARE_NOTHING)
SETTER (k, guint, k, CLAMP (k, 1, LIMEN_BOUND_MOST_K), TRUE)
SETTER (shade, gboolean, implied, shade, TRUE)

LimenBoundPageState *
limen_bound_page_state_with_new_merge (const LimenBoundPageState *state)
{
  g_return_val_if_fail (state != NULL, NULL);
  LimenBoundPageState *next = limen_bound_page_state_copy (state);
  next->merge_round++;
  return next;
}
