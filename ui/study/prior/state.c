#include "ui/study/prior/state.h"

LimenPriorState
limen_prior_state_new (void)
{
  LimenPriorState state = {.gaussian_case = limen_origin_new (NULL, "the example"),
                           .points = limen_origin_new (NULL, limen_points_names ()[0]),
                           .duel = {.offset = 0.1, .width = 0.8165, .samples = 300, .seed = 1},
                           .race = {.estimator = {LIMEN_REPARAMETERIZATION,
                                                  LIMEN_LOG_DERIVATIVE_MEAN, LIMEN_N_ESTIMATORS},
                                    .common = limen_prior_defaults (),
                                    .speed = 200},
                           .view = {.omega = 2}};
  state.race.common.trainable = TRUE;
  return state;
}

LimenPriorState
limen_prior_state_copy (const LimenPriorState *state)
{
  g_return_val_if_fail (state, (LimenPriorState){0});
  LimenPriorState copy = *state;
  limen_origin_ref (copy.gaussian_case);
  limen_origin_ref (copy.points);
  return copy;
}

void
limen_prior_state_clear (LimenPriorState *state)
{
  g_return_if_fail (state);
  limen_origin_put (&state->gaussian_case, NULL);
  limen_origin_put (&state->points, NULL);
}

LimenPriorState
limen_prior_state_with_case (const LimenPriorState *state, LimenOrigin *gaussian_case)
{
  g_return_val_if_fail (state && gaussian_case, (LimenPriorState){0});
  LimenPriorState next = limen_prior_state_copy (state);
  limen_origin_put (&next.gaussian_case, gaussian_case);
  next.duel.dimension = 0;
  return next;
}

LimenPriorState
limen_prior_state_with_points (const LimenPriorState *state, LimenOrigin *points)
{
  g_return_val_if_fail (state && points, (LimenPriorState){0});
  LimenPriorState next = limen_prior_state_copy (state);
  limen_origin_put (&next.points, points);
  return next;
}

#define SETTER(field, Type)                                                                        \
  LimenPriorState limen_prior_state_with_##field (const LimenPriorState *state, const Type *value) \
  {                                                                                                \
    g_return_val_if_fail (state &&value, (LimenPriorState){0});                                    \
    LimenPriorState next = limen_prior_state_copy (state);                                         \
    next.field = *value;                                                                           \
    return next;                                                                                   \
  }
SETTER (duel, LimenDuelSettings)
SETTER (race, LimenRaceSettings)
SETTER (view, LimenPriorView)

/* -- differences -- */

static gboolean
same_duel (const LimenDuelSettings *a, const LimenDuelSettings *b)
{
  return a->dimension == b->dimension && a->offset == b->offset && a->width == b->width &&
         a->standard == b->standard && a->shift == b->shift && a->samples == b->samples &&
         a->seed == b->seed;
}

static gboolean
is_taken (const LimenRaceSettings *race, guint place)
{
  return race->estimator[place] < LIMEN_N_ESTIMATORS;
}

/* Whether a race of @a can go on with @b */
static gboolean
same_race (const LimenRaceSettings *a, const LimenRaceSettings *b)
{
  const LimenPriorSettings *c = &a->common, *d = &b->common;
  for (guint i = 0; i < LIMEN_RACE_MOST; i++)
    if (is_taken (a, i) != is_taken (b, i))
      return FALSE;
  return c->latent == d->latent && c->hidden == d->hidden && c->sigma == d->sigma &&
         c->batch == d->batch && c->n_steps == d->n_steps && c->learning_rate == d->learning_rate &&
         c->seed == d->seed;
}

static gboolean
same_way (const LimenRaceSettings *a, const LimenRaceSettings *b)
{
  for (guint i = 0; i < LIMEN_RACE_MOST; i++)
    if (is_taken (a, i) && is_taken (b, i) && a->estimator[i] != b->estimator[i])
      return FALSE;
  return a->speed == b->speed && a->common.trainable == b->common.trainable;
}

LimenPriorChange
limen_prior_state_changes (const LimenPriorState *a, const LimenPriorState *b)
{
  g_return_val_if_fail (a && b, 0);
  const LimenPriorView *v = &a->view, *w = &b->view;
  gboolean view = v->parameter != w->parameter || v->decoded != w->decoded;
  gboolean other = !limen_origin_equal (a->gaussian_case, b->gaussian_case);
  return (other ? LIMEN_PRIOR_CHANGED_CASE : 0) |
         (limen_origin_equal (a->points, b->points) ? 0 : LIMEN_PRIOR_CHANGED_POINTS) |
         (other || !same_duel (&a->duel, &b->duel) ? LIMEN_PRIOR_CHANGED_DUEL : 0) |
         (same_race (&a->race, &b->race) ? 0 : LIMEN_PRIOR_CHANGED_RACE) |
         (same_way (&a->race, &b->race) ? 0 : LIMEN_PRIOR_CHANGED_GENTLY) |
         (view ? LIMEN_PRIOR_CHANGED_VIEW : 0) |
         (v->omega != w->omega ? LIMEN_PRIOR_CHANGED_WIGGLE : 0);
}

gboolean
limen_prior_state_equal (const LimenPriorState *a, const LimenPriorState *b)
{
  return limen_prior_state_changes (a, b) == 0;
}

guint
limen_prior_state_runners (const LimenPriorState *state, LimenPriorSettings *settings)
{
  g_return_val_if_fail (state && settings, 0);
  guint n = 0;
  for (guint i = 0; i < LIMEN_RACE_MOST; i++)
    if (is_taken (&state->race, i)) {
      settings[n] = state->race.common;
      settings[n++].estimator = state->race.estimator[i];
    }
  return n;
}
