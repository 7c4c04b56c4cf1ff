/* What the Game page is set to: all that can be undone, kept, and begun again from. */
#pragma once

#include "ui/study/origin.h"
#include "viz/game/game-picture.h"

#define LIMEN_GAME_BESIDE 3 /* methods that race beside the one in hand */

/**
 * LimenGameSettings:
 * @step: of @method; @speed: iterations a second; 0: as fast as it goes
 * @beside: others that race with their usual steps; LIMEN_N_METHODS: none
 * @iterations: that the race goes on for
 */
typedef struct {
  LimenMethod method;
  LimenIntegrator integrator;
  double step, speed;
  LimenMethod beside[LIMEN_GAME_BESIDE];
  guint64 iterations;
} LimenGameSettings;

/**
 * LimenGameView:
 * @field: whether triangles have arrows and streamlines
 * @by_gradients, @measure: of the race, see LimenGameCurves; @kept: what the strip shows
 * @certificate: whether the certificate of the solution is there instead of race, strip and
 * spectrum
 */
typedef struct {
  gboolean field, by_gradients, certificate;
  LimenGameMeasure measure;
  LimenGameKept kept;
} LimenGameView;

/**
 * LimenGameState:
 * @origin: of @payoff; its name is that of a file, or "rock paper scissors"
 * @point: in the hand of A: (rows), and of B: (columns)
 * @frozen: B stands at the uniform point and cannot be moved; @thawed: (columns): where it was
 * before, and is again after; 0 while it is not frozen
 * @answered: B answers: what its best reply takes is seen
 *
 * A plain value, which keeps its origin. Those who change one of it get another, (transfer full).
 */
typedef struct {
  LimenOrigin *origin;
  LimenPayoff payoff;
  double point[2][LIMEN_GAME_MOST];
  gboolean frozen, answered;
  double thawed[LIMEN_GAME_MOST];
  LimenGameSettings settings;
  LimenGameView view;
} LimenGameState;

/** LimenGameChange: in what two states differ; what follows from a difference is one as well */
typedef enum {
  LIMEN_GAME_CHANGED_PAYOFF = 1 << 0, /* or its origin */
  LIMEN_GAME_CHANGED_HAND = 1 << 1,   /* the points, or what is asked about them */
  LIMEN_GAME_CHANGED_SETTINGS = 1 << 2,
  LIMEN_GAME_CHANGED_VIEW = 1 << 3,
  LIMEN_GAME_CHANGED_RUN = 1 << 4,  /* the method in hand does something else */
  LIMEN_GAME_CHANGED_RACE = 1 << 5, /* it, or another that races */
} LimenGameChange;

/** limen_game_state_new: rock paper scissors, and the extragradient method */
LimenGameState limen_game_state_new (void);
LimenGameState limen_game_state_copy (const LimenGameState *state);
void limen_game_state_clear (LimenGameState *state);
/** limen_game_state_with_payoff: where sizes are others, points and what is asked begin anew; where
 * payoffs are larger or smaller, the step is one that suits them */
LimenGameState limen_game_state_with_payoff (const LimenGameState *state, const LimenPayoff *payoff,
                                             LimenOrigin *origin);
/** limen_game_state_with_point: the point of the simplex nearest to @p; a frozen one stays */
LimenGameState
limen_game_state_with_point (const LimenGameState *state, gboolean is_b, const double *p);
/** limen_game_state_with_frozen: B at the uniform point, or back where it was before that */
LimenGameState limen_game_state_with_frozen (const LimenGameState *state, gboolean frozen);
LimenGameState limen_game_state_with_answered (const LimenGameState *state, gboolean answered);
/** limen_game_state_with_settings: another method has its usual step, and the strip shows what it
 * keeps */
LimenGameState
limen_game_state_with_settings (const LimenGameState *state, const LimenGameSettings *settings);
LimenGameState limen_game_state_with_view (const LimenGameState *state, const LimenGameView *view);

LimenGameChange limen_game_state_changes (const LimenGameState *a, const LimenGameState *b);
gboolean limen_game_state_equal (const LimenGameState *a, const LimenGameState *b);
/** limen_game_state_has_triangles: whether each player has three strategies */
gboolean limen_game_state_has_triangles (const LimenGameState *state);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenGameState, limen_game_state_clear)
