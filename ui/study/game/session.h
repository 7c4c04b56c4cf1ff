/* What the Game page works on: a game, the two points in hand, a method that plays on from them,
 * and a race of methods from the same start. Page, panel and plots show this object and nothing
 * else. */
#pragma once

#include "model/game/race.h"
#include "viz/game/game-plot.h"

#include <glib-object.h>

#define LIMEN_TYPE_GAME_SESSION (limen_game_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenGameSession, limen_game_session, LIMEN, GAME_SESSION, GObject)

#define LIMEN_GAME_BESIDE 3 /* methods that race beside the one in hand */

/**
 * LimenGameSettings:
 * @step: of @method; @speed: iterations a second; 0: as fast as it goes
 * @beside: others that race with their usual steps; LIMEN_N_METHODS: none
 * @iterations: that the race goes on for
 * @kept: what the strip shows
 *
 * A plain value.
 */
typedef struct {
  LimenMethod method;
  LimenIntegrator integrator;
  double step, speed;
  LimenMethod beside[LIMEN_GAME_BESIDE];
  guint64 iterations;
  gboolean by_gradients;
  LimenGameMeasure measure;
  LimenGameKept kept;
} LimenGameSettings;

/**
 * LimenGameSession:
 *
 * Signals:
 * - "game-changed": the payoffs are others; "points-changed": a point in hand was moved;
 * "run-changed": the method is further on, or begins anew; "settings-changed"; "race-changed"
 * - "notice" (message: string)
 */
LimenGameSession *limen_game_session_new (void);
void limen_game_session_open (LimenGameSession *self, const char *path);

/* the game */
const LimenPayoff *limen_game_session_payoff (LimenGameSession *self);
/** limen_game_session_name: of the game: that of a file, or "rock paper scissors" */
const char *limen_game_session_name (LimenGameSession *self);
void
limen_game_session_set_payoff (LimenGameSession *self, const LimenPayoff *payoff, const char *name);
const LimenSolution *limen_game_session_solution (LimenGameSession *self);
/** limen_game_session_has_triangles: whether each player has three strategies */
gboolean limen_game_session_has_triangles (LimenGameSession *self);

/* the points */
/** limen_game_session_point: (transfer none): the point in the hand of A, or of B (@is_b) */
const double *limen_game_session_point (LimenGameSession *self, gboolean is_b);
void limen_game_session_set_point (LimenGameSession *self, gboolean is_b, const double *p);
LimenExploit limen_game_session_exploit (LimenGameSession *self);
/** limen_game_session_set_frozen: B stands at the uniform point and cannot be moved */
void limen_game_session_set_frozen (LimenGameSession *self, gboolean frozen);
gboolean limen_game_session_frozen (LimenGameSession *self);
/** limen_game_session_set_answered: B answers: what its best reply takes is seen */
void limen_game_session_set_answered (LimenGameSession *self, gboolean answered);
gboolean limen_game_session_answered (LimenGameSession *self);
/** limen_game_session_hand: the points in hand, and what is asked about them; borrows from @self */
LimenGameHand limen_game_session_hand (LimenGameSession *self);
/** limen_game_session_sentence: (transfer full): the picture read aloud; @bold: (out) (transfer
 * full) (nullable): a regular expression for what matters of it, in @colour */
char *limen_game_session_sentence (LimenGameSession *self, char **bold, LimenColour *colour);

/* the run */
LimenGameSettings limen_game_session_settings (LimenGameSession *self);
/** limen_game_session_set: what changes the run begins it anew */
void limen_game_session_set (LimenGameSession *self, const LimenGameSettings *settings);
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
/** limen_game_session_run: (transfer none): the method where it is now */
const LimenDynamics *limen_game_session_run (LimenGameSession *self);
/** limen_game_session_trail: (transfer none): (n, 3): all iterates from the start on, thinned; @n
 * is 0 where there are no triangles */
const double *limen_game_session_trail (LimenGameSession *self, gboolean is_b, gsize *n);

/* the race */
/** limen_game_session_curves: (transfer none): the method in hand first */
const LimenGameCurve *limen_game_session_curves (LimenGameSession *self, guint *n);
