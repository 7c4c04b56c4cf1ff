/* What the Game page works on: a game, the two points in hand, and a method that plays on from
 * them. Page, panel and plots show this object and nothing else. */
#pragma once

#include "model/game/dynamics.h"
#include "model/game/equilibrium.h"

#include <gtk/gtk.h>

#define LIMEN_TYPE_GAME_SESSION (limen_game_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenGameSession, limen_game_session, LIMEN, GAME_SESSION, GObject)

/**
 * LimenGameSession:
 *
 * Signals:
 * - "points-changed": a point in hand was moved, or the game is another; "run-changed": the method
 * is further on, or begins anew; "settings-changed"
 * - "notice" (message: string)
 */
LimenGameSession *limen_game_session_new (void);
void limen_game_session_open (LimenGameSession *self, const char *path);

const LimenPayoff *limen_game_session_payoff (LimenGameSession *self);
/** limen_game_session_set_payoff: of three strategies each; others are refused */
void limen_game_session_set_payoff (LimenGameSession *self, const LimenPayoff *payoff);
const LimenSolution *limen_game_session_solution (LimenGameSession *self);

/** limen_game_session_point: (transfer none): (3): the point in the hand of A, or of B (@is_b) */
const double *limen_game_session_point (LimenGameSession *self, gboolean is_b);
void limen_game_session_set_point (LimenGameSession *self, gboolean is_b, const double *p);
LimenExploit limen_game_session_exploit (LimenGameSession *self);
/** limen_game_session_set_frozen: B stands at the uniform point and cannot be moved */
void limen_game_session_set_frozen (LimenGameSession *self, gboolean frozen);
gboolean limen_game_session_frozen (LimenGameSession *self);
/** limen_game_session_set_answered: B answers: what its best reply takes is seen */
void limen_game_session_set_answered (LimenGameSession *self, gboolean answered);
gboolean limen_game_session_answered (LimenGameSession *self);

LimenMethod limen_game_session_method (LimenGameSession *self);
double limen_game_session_step_size (LimenGameSession *self);
void limen_game_session_set_method (LimenGameSession *self, LimenMethod method, double step);
/** limen_game_session_advance: @n iterations more */
void limen_game_session_advance (LimenGameSession *self, guint n);
void limen_game_session_reset (LimenGameSession *self);
guint64 limen_game_session_k (LimenGameSession *self);
/** limen_game_session_trail: (transfer none): (n, 3): all iterates from the start on, thinned */
const double *limen_game_session_trail (LimenGameSession *self, gboolean is_b, gsize *n);
void limen_game_session_average (LimenGameSession *self, double *a, double *b);

/**
 * LimenGameCurves: how methods do from the points in hand, at about 20 places a decade
 * @k, @gap, @average_gap, @kl: (n)
 */
#define LIMEN_GAME_PLACES 96
typedef struct {
  LimenMethod method;
  guint n;
  double k[LIMEN_GAME_PLACES], gap[LIMEN_GAME_PLACES], average_gap[LIMEN_GAME_PLACES];
  double kl[LIMEN_GAME_PLACES];
} LimenGameCurves;

/** limen_game_curves_fill: @n_iterations of @method */
void limen_game_curves_fill (LimenGameCurves *curves, const LimenPayoff *payoff, LimenMethod method,
                             double step, const double *a, const double *b,
                             const LimenSolution *solution, guint64 n_iterations);
