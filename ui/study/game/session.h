/* What the Game page works on: a state, the solution of its game, the method that plays on from the
 * points in hand, and a race of methods from the same start. Page, panel and plots show this object
 * and nothing else. */
#pragma once

#include "ui/study/game/state.h"

#include <glib-object.h>

#define LIMEN_TYPE_GAME_SESSION (limen_game_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenGameSession, limen_game_session, LIMEN, GAME_SESSION, GObject)

/**
 * LimenGameSession:
 *
 * Signals:
 * - "game-changed": the payoffs are others; "points-changed": points in hand, or what is asked
 * about them; "settings-changed": or the view, or a wish for others was refused; "run-changed": the
 * method is further on, or begins anew; "race-changed"; "moment-changed": there are other numbers
 * of where it is to be read: while it plays, no more than so many a second
 * - "notice" (message: string): something to tell the user
 */
LimenGameSession *limen_game_session_new (void);

/** limen_game_session_state: (transfer none): until the next one is set */
const LimenGameState *limen_game_session_state (LimenGameSession *self);
/** limen_game_session_set: what changes the run begins it anew. FALSE where @state is refused, with
 * a notice: then all stays as it was */
gboolean limen_game_session_set (LimenGameSession *self, const LimenGameState *state);
/** limen_game_session_open: payoffs of a file, as limen_payoff_load() reads them */
void limen_game_session_open (LimenGameSession *self, const char *path);

const LimenSolution *limen_game_session_solution (LimenGameSession *self);
/** limen_game_session_hand: what is said of: the points in hand with what is asked about them, or,
 * while a method plays from there, those of its iterate at the last moment; borrows from @self */
LimenGameHand limen_game_session_hand (LimenGameSession *self);
/** limen_game_session_average: @a, @b: the mean of the iterates up to the last moment; where there
 * are none yet, the points in hand */
void limen_game_session_average (LimenGameSession *self, double *a, double *b);
/** limen_game_session_sentence: (transfer full): the picture read aloud; @bold: (out) (transfer
 * full) (nullable): a regular expression for what matters of it, in @colour */
char *limen_game_session_sentence (LimenGameSession *self, char **bold, LimenColour *colour);

/** limen_game_session_advance: @n iterations more, but no longer than @milliseconds */
void limen_game_session_advance (LimenGameSession *self, guint64 n, double milliseconds);
/** limen_game_session_go_to: iteration @k, forwards or from the start on: as far as a frame's work
 * goes, and the rest by limen_game_session_go_on() */
void limen_game_session_go_to (LimenGameSession *self, guint64 k);
/** limen_game_session_go_on: once a frame: a frame's work towards where it was told to go */
void limen_game_session_go_on (LimenGameSession *self);
/** limen_game_session_rests: whether it is where it was told to go */
gboolean limen_game_session_rests (LimenGameSession *self);
void limen_game_session_reset (LimenGameSession *self);
/** limen_game_session_look: the moment is now: all that is said is of where the method is */
void limen_game_session_look (LimenGameSession *self);
/** limen_game_session_run: (transfer none): the method where it is now */
const LimenDynamics *limen_game_session_run (LimenGameSession *self);
/** limen_game_session_trail: (transfer none): (n, 3): all iterates from the start on, thinned; @n
 * is 0 where there are no triangles */
const double *limen_game_session_trail (LimenGameSession *self, gboolean is_b, gsize *n);
/** limen_game_session_curves: (transfer none): the race: the method in hand first */
const LimenGameCurve *limen_game_session_curves (LimenGameSession *self, guint *n);
