/* How two players learn a zero-sum game: one step after the other of a method. */
#pragma once

#include "model/game/payoff.h"

/** LimenMethod: sources are named at each step function in dynamics.c */
typedef enum {
  LIMEN_SIMULTANEOUS_GDA,
  LIMEN_ALTERNATING_GDA,
  LIMEN_EXTRAGRADIENT,
  LIMEN_OPTIMISTIC_GDA,
  LIMEN_PROXIMAL_POINT,
  LIMEN_MULTIPLICATIVE_WEIGHTS,
  LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS,
  LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS,
  LIMEN_MIRROR_PROX,
  LIMEN_REPLICATOR,
  LIMEN_FICTITIOUS_PLAY,
  LIMEN_REGRET_MATCHING,
  LIMEN_REGRET_MATCHING_PLUS,
  LIMEN_EAG_C,
  LIMEN_EAG_V,
  LIMEN_ANCHORED_SIMULTANEOUS_GDA,
  LIMEN_CONSENSUS,
  LIMEN_LOOKAHEAD,
  LIMEN_NEGATIVE_MOMENTUM,
  LIMEN_N_METHODS,
} LimenMethod;

/** limen_method_word: "alternating-gda"; limen_method_from_word: LIMEN_N_METHODS where there is
 * none */
const char *limen_method_word (LimenMethod method);
LimenMethod limen_method_from_word (const char *word);
/** limen_method_title: "alternating GDA" */
const char *limen_method_title (LimenMethod method);
/** limen_method_default_step: for games whose payoffs are about 1 */
double limen_method_default_step (LimenMethod method);
/** limen_method_threshold: the step size up to which the method converges (or at least stays near)
 * the interior solution of @payoff, from the spectrum of one step; NaN where there is none;
 * INFINITY where it does at any */
double limen_method_threshold (LimenMethod method, const LimenPayoff *payoff);
/** limen_method_gradients: gradient evaluations of a step */
guint limen_method_gradients (LimenMethod method);

/**
 * LimenDynamics: a method at work
 * @x, @y: (rows), (columns): the iterate; @k: steps done
 *
 * A plain value but for what dynamics.c keeps in @state.
 */
typedef struct {
  LimenPayoff payoff;
  LimenMethod method;
  double step;
  gboolean
      projected; /* whether gradient steps are projected to the simplex; FALSE only for tests */
  guint64 k;
  double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
  double sum_x[LIMEN_GAME_MOST], sum_y[LIMEN_GAME_MOST];
  double state[8 * LIMEN_GAME_MOST];
  double matrix[4 * LIMEN_GAME_MOST * LIMEN_GAME_MOST]; /* of the proximal point */
  gboolean touched;                                     /* whether the last step was projected */
} LimenDynamics;

/** limen_dynamics_start: @x0, @y0: points of the simplices. LIMEN_ERROR_ARGUMENT for a step that is
 * not positive and finite */
gboolean
limen_dynamics_start (LimenDynamics *dynamics, const LimenPayoff *payoff, LimenMethod method,
                      double step, const double *x0, const double *y0, GError **error);
void limen_dynamics_step (LimenDynamics *dynamics);
/** limen_dynamics_average: @x, @y: the mean of iterates 1 to k */
void limen_dynamics_average (const LimenDynamics *dynamics, double *x, double *y);

/**
 * LimenInvariant: what a method keeps, or how it grows
 * @kl: Σ KL(solution‖p) of both players; INFINITY at an edge
 * @energy: ‖x − x*‖² + ‖y − y*‖² − η (x − x*)ᵀ M (y − y*): kept by alternating GDA without
 * projection (Bailey, Gidel and Piliouras, 2020)
 */
typedef struct {
  double kl, energy, distance;
} LimenInvariant;
LimenInvariant limen_dynamics_invariant (const LimenDynamics *dynamics, const double *x_star,
                                         const double *y_star);

/** limen_method_spectrum: @re, @im: eigenvalues of one step of @method at the interior solution of
 * @payoff, within the simplices. Returns: how many, 0 where there are none */
guint limen_method_spectrum (LimenMethod method, const LimenPayoff *payoff, double step, double *re,
                             double *im);

/** limen_game_field: @vx: (rows), @vy: (columns): where the replicator flow (@replicator), or the
 * projected gradient flow, goes at (@x, @y) */
void limen_game_field (const LimenPayoff *payoff, gboolean replicator, const double *x,
                       const double *y, double *vx, double *vy);
