/* What the Prior page works on: a case for the duel of estimators, and a training race. Page, panel
 * and plots show this object and nothing else. */
#pragma once

#include "model/prior/sentences.h"
#include "ui/study/prior/race.h"

#include <glib-object.h>

#define LIMEN_TYPE_PRIOR_SESSION (limen_prior_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenPriorSession, limen_prior_session, LIMEN, PRIOR_SESSION, GObject)

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
 * @estimator: (LIMEN_RACE_MOST): LIMEN_N_ESTIMATORS: that place is empty; the first never is
 * @common: what all runners share
 */
typedef struct {
  LimenGradientEstimator estimator[LIMEN_RACE_MOST];
  LimenPriorSettings common;
  double speed;
} LimenRaceSettings;

/**
 * LimenPriorSession:
 *
 * Signals:
 * - "duel-changed"; "race-changed": another race; "race-moved": further on, or waiting
 * - "race-asked": something was asked of the race: there is something to look at again
 * - "notice" (message: string): something to tell the user
 */
LimenPriorSession *limen_prior_session_new (void);

/** limen_prior_session_open: a case (JSON), points (CSV), or images. What was there before stays
 * when something is refused */
void limen_prior_session_open (LimenPriorSession *self, const char *const *paths);

LimenDuelSettings limen_prior_session_duel_settings (LimenPriorSession *self);
void limen_prior_session_set_duel (LimenPriorSession *self, const LimenDuelSettings *settings);
/** limen_prior_session_duel: (transfer none) (nullable): NULL before the first is there */
const LimenDuel *limen_prior_session_duel (LimenPriorSession *self);
/** limen_prior_session_case: (transfer none): that is differentiated now */
const LimenGaussianCase *limen_prior_session_case (LimenPriorSession *self);

LimenRaceSettings limen_prior_session_race_settings (LimenPriorSession *self);
/** limen_prior_session_set_race: @again: starts anew, from the first step */
void limen_prior_session_set_race (LimenPriorSession *self, const LimenRaceSettings *settings,
                                   gboolean again);
void limen_prior_session_use_points (LimenPriorSession *self, const char *builtin);
/** limen_prior_session_points: (transfer none): that are learned */
const LimenPoints *limen_prior_session_points (LimenPriorSession *self);
/** limen_prior_session_image_side: of points that are images, in pixels; 0: they are none */
guint limen_prior_session_image_side (LimenPriorSession *self);
void limen_prior_session_play (LimenPriorSession *self, gboolean on);
void limen_prior_session_step (LimenPriorSession *self);
void limen_prior_session_reset (LimenPriorSession *self);
void limen_prior_session_optimal_lambda (LimenPriorSession *self);
/** limen_prior_session_look: takes the newest view of the race, at most once a frame. Returns:
 * whether there is another */
gboolean limen_prior_session_look (LimenPriorSession *self);
/** limen_prior_session_rests: whether there is nothing to look at until "race-asked" */
gboolean limen_prior_session_rests (LimenPriorSession *self);
/** limen_prior_session_view: (transfer none) (nullable) */
const LimenRaceView *limen_prior_session_view (LimenPriorSession *self);
/** limen_prior_session_race_state: of what the bounds are, and the highest log-likelihood that
 * affine maps reach; NaN for others */
LimenRaceState limen_prior_session_race_state (LimenPriorSession *self);
