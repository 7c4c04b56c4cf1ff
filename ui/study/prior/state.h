/* What the Prior page is set to: all that can be undone, kept, and begun again from. */
#pragma once

#include "ui/study/origin.h"
#include "viz/prior/race-plot.h"

/**
 * LimenDuelSettings:
 * @dimension: 0: the case; else so many independent variables
 * @offset, @width: of q over each of them
 * @standard: whether the case is written with the prior N(0, I) and the same p(x)
 * @shift: added to log p
 * @samples, @seed: of the clouds
 */
typedef struct {
  guint dimension;
  double offset, width;
  gboolean standard;
  double shift;
  guint samples;
  guint64 seed;
} LimenDuelSettings;

/**
 * LimenRaceSettings:
 * @estimator: (LIMEN_RACE_MOST): LIMEN_N_ESTIMATORS: that place is empty; one at least never is
 * @common: what all runners share, its own estimator aside
 * @speed: steps a second; 0: as many as there can be
 */
typedef struct {
  LimenGradientEstimator estimator[LIMEN_RACE_MOST];
  LimenPriorSettings common;
  double speed;
} LimenRaceSettings;

/**
 * LimenPriorView:
 * @parameter: whose variances are shown: its place among those of the duel
 * @decoded: data and decoded samples instead of the latent planes
 * @omega: of the cost that wiggles
 */
typedef struct {
  guint parameter;
  gboolean decoded;
  double omega;
} LimenPriorView;

/**
 * LimenPriorState:
 * @gaussian_case: where that of the duel comes from; @points: those of the race: without paths
 * limen_points_builtin() knows them by name
 *
 * A plain value, which keeps its origins. Those who change one of it get another, (transfer full).
 */
typedef struct {
  LimenOrigin *gaussian_case, *points;
  LimenDuelSettings duel;
  LimenRaceSettings race;
  LimenPriorView view;
} LimenPriorState;

/** LimenPriorChange: in what two states differ */
typedef enum {
  LIMEN_PRIOR_CHANGED_CASE = 1 << 0,
  LIMEN_PRIOR_CHANGED_POINTS = 1 << 1,
  LIMEN_PRIOR_CHANGED_DUEL = 1 << 2,
  LIMEN_PRIOR_CHANGED_RACE = 1 << 3,   /* it starts anew */
  LIMEN_PRIOR_CHANGED_GENTLY = 1 << 4, /* a race goes on with it: speed, estimators, trainable */
  LIMEN_PRIOR_CHANGED_VIEW = 1 << 5,
  LIMEN_PRIOR_CHANGED_WIGGLE = 1 << 6, /* of the view, @omega */
} LimenPriorChange;

/** limen_prior_state_new: the example of the Bound page, and two runners on two moons */
LimenPriorState limen_prior_state_new (void);
LimenPriorState limen_prior_state_copy (const LimenPriorState *state);
void limen_prior_state_clear (LimenPriorState *state);
/** limen_prior_state_with_case: it is what the duel is over */
LimenPriorState
limen_prior_state_with_case (const LimenPriorState *state, LimenOrigin *gaussian_case);
LimenPriorState limen_prior_state_with_points (const LimenPriorState *state, LimenOrigin *points);
LimenPriorState
limen_prior_state_with_duel (const LimenPriorState *state, const LimenDuelSettings *duel);
LimenPriorState
limen_prior_state_with_race (const LimenPriorState *state, const LimenRaceSettings *race);
LimenPriorState
limen_prior_state_with_view (const LimenPriorState *state, const LimenPriorView *view);

LimenPriorChange limen_prior_state_changes (const LimenPriorState *a, const LimenPriorState *b);
gboolean limen_prior_state_equal (const LimenPriorState *a, const LimenPriorState *b);
/** limen_prior_state_runners: @settings: (LIMEN_RACE_MOST) (out): of each place that is taken.
 * Returns: how many */
guint limen_prior_state_runners (const LimenPriorState *state, LimenPriorSettings *settings);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenPriorState, limen_prior_state_clear)
