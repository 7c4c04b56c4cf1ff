/* What the Prior page works on: a state, the case and the points it names, the duel of estimators,
 * and a training race. Page, panel and plots show this object and nothing else. */
#pragma once

#include "model/prior/sentences.h"
#include "model/kinds/kinds.h"
#include "ui/study/prior/race.h"
#include "ui/study/prior/state.h"

#include <glib-object.h>

#define LIMEN_TYPE_PRIOR_SESSION (limen_prior_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenPriorSession, limen_prior_session, LIMEN, PRIOR_SESSION, GObject)

/**
 * LimenPriorSession:
 *
 * Signals:
 * - "state-changed": or a wish for another was refused; "view-changed": of its
 * view, what pictures show
 * - "duel-changed"; "race-changed": another race; "race-moved": further on, or waiting
 * - "race-asked": something was asked of the race: there is something to look at again
 * - "notice" (message: string): something to tell the user
 */
LimenPriorSession *limen_prior_session_new (void);

/** limen_prior_session_state: (transfer none): until the next one is set */
const LimenPriorState *limen_prior_session_state (LimenPriorSession *self);
/** limen_prior_session_set: other files of @state are read first, and it is taken when they are
 * there. FALSE where it is refused, with a notice: then all stays as it was */
gboolean limen_prior_session_set (LimenPriorSession *self, const LimenPriorState *state);
/** limen_prior_session_open: a case (JSON), points (CSV), or images, beside the window: what is
 * opened last is taken, and what gives way to it is told of. What was there before stays when
 * something is refused */
void limen_prior_session_open (LimenPriorSession *self, const char *const *paths);
/** limen_prior_session_start: the same as at a first start: settings and what is not among @paths
 * are what Limen brings along */
void limen_prior_session_start (LimenPriorSession *self, const char *const *paths);
/** limen_prior_session_open_as: the same; @only: of files that may be several things, these; 0: all
 */
void
limen_prior_session_open_as (LimenPriorSession *self, const char *const *paths, LimenKinds only);

/** limen_prior_session_duel: (transfer none): of limen_prior_session_case(); for a moment it is
 * behind the state where that is much to compute */
const LimenDuel *limen_prior_session_duel (LimenPriorSession *self);
/** limen_prior_session_of_duel: (transfer none): the settings that limen_prior_session_duel() was
 * made by */
const LimenDuelSettings *limen_prior_session_of_duel (LimenPriorSession *self);
/** limen_prior_session_case: (transfer none): that is differentiated */
const LimenGaussianCase *limen_prior_session_case (LimenPriorSession *self);

/** limen_prior_session_points: (transfer none): that are learned */
const LimenPoints *limen_prior_session_points (LimenPriorSession *self);
/** limen_prior_session_data: (transfer full): their files, or as the command line calls those that
 * Limen makes up */
char **limen_prior_session_data (LimenPriorSession *self);
/** limen_prior_session_image_side: of points that are images, in pixels; 0: they are none */
guint limen_prior_session_image_side (LimenPriorSession *self);
void limen_prior_session_play (LimenPriorSession *self, gboolean on);
void limen_prior_session_step (LimenPriorSession *self);
void limen_prior_session_reset (LimenPriorSession *self);
void limen_prior_session_optimal_lambda (LimenPriorSession *self);
/** limen_prior_session_n_optimal: how often that was asked for before a view that is taken by now
 */
guint limen_prior_session_n_optimal (LimenPriorSession *self);
/** limen_prior_session_look: takes the newest view of the race, at most once a frame. Returns:
 * whether there is another */
gboolean limen_prior_session_look (LimenPriorSession *self);
/** limen_prior_session_rests: whether there is nothing to look at until "race-asked" */
gboolean limen_prior_session_rests (LimenPriorSession *self);
/** limen_prior_session_before: (transfer none) (nullable): the view from which λ was last set by
 * hand: made the best one, held, or let go; NULL where the race played on meanwhile, or is another
 */
const LimenRaceView *limen_prior_session_before (LimenPriorSession *self);
/** limen_prior_session_view: (transfer none) (nullable) */
const LimenRaceView *limen_prior_session_view (LimenPriorSession *self);
/** limen_prior_session_best: the highest log-likelihood that affine maps reach; NaN for others */
LimenNumber limen_prior_session_best (LimenPriorSession *self);
/** limen_prior_session_race_state: of what the bounds are, and the highest log-likelihood that
 * affine maps reach; NaN for others */
LimenRaceState limen_prior_session_race_state (LimenPriorSession *self);
