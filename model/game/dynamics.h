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

/** LimenIntegrator: of the replicator flow. Only the first is symplectic: what the flow keeps, it
 * keeps but for a bounded error; with the others a spiral is the integrator's */
typedef enum {
  LIMEN_INTEGRATOR_VERLET,
  LIMEN_INTEGRATOR_RUNGE_KUTTA,
  LIMEN_INTEGRATOR_EULER,
} LimenIntegrator;

/** limen_method_word: "alternating-gda"; limen_method_from_word: LIMEN_N_METHODS where there is
 * none */
const char *limen_method_word (LimenMethod method);
LimenMethod limen_method_from_word (const char *word);
/** limen_method_title: "alternating GDA" */
const char *limen_method_title (LimenMethod method);
/** limen_method_has_step: FALSE for play and regrets, which have no step size */
gboolean limen_method_has_step (LimenMethod method);
/** limen_method_follows_gradients: whether steps of @method leave the simplices unless they are
 * projected */
gboolean limen_method_follows_gradients (LimenMethod method);
/** limen_method_weighs: whether it weighs strategies by what they earned: its iterates are interior
 * points that know of edges by logarithms only */
gboolean limen_method_weighs (LimenMethod method);
/** limen_method_default_step: one that is usual, divided by the largest payoff of @payoff
 * (nullable: 1) */
double limen_method_default_step (LimenMethod method, const LimenPayoff *payoff);
/** limen_method_threshold: @integrator: of the replicator flow; for other methods no matter. The
 * step size up to which the method converges to the interior solution of @payoff (or stays near
 * it), from the spectrum of one step, or, for EAG-C and EAG-V, as proven; NaN where there is none;
 * INFINITY where it does at any */
double
limen_method_threshold (LimenMethod method, LimenIntegrator integrator, const LimenPayoff *payoff);
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
  gboolean projected; /* to the simplices; FALSE may be set before the first step, for methods that
                         follow gradients: their iterates then leave them */
  LimenIntegrator integrator; /* may be set before the first step */
  guint64 k;
  double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
  double sum_x[LIMEN_GAME_MOST], sum_y[LIMEN_GAME_MOST];
  double state[8 * LIMEN_GAME_MOST];
  double matrix[4 * LIMEN_GAME_MOST * LIMEN_GAME_MOST]; /* of the proximal point */
  gboolean touched;                                     /* whether the last step was projected */
} LimenDynamics;

/** limen_dynamics_start: @x0, @y0: points of the simplices. LIMEN_ERROR_ARGUMENT for a step that is
 * not positive, or that would be above 1e6 or below 1e-6 if the largest payoff were 1 */
gboolean
limen_dynamics_start (LimenDynamics *dynamics, const LimenPayoff *payoff, LimenMethod method,
                      double step, const double *x0, const double *y0, GError **error);
void limen_dynamics_step (LimenDynamics *dynamics);
/** limen_dynamics_average: @x, @y: the mean of iterates 1 to k */
void limen_dynamics_average (const LimenDynamics *dynamics, double *x, double *y);

/**
 * LimenInvariant: what a method keeps, or how it grows
 * @kl: Σ KL(solution‖p) of both players; INFINITY at an edge and outside the simplices
 * @energy: ‖x − x*‖² + ‖y − y*‖² − η (x − x*)ᵀ M (y − y*), η = 0 for methods without a step, so
 * that it has no unit: kept by alternating GDA without projection (Bailey, Gidel and Piliouras,
 * 2020)
 */
typedef struct {
  double kl, energy, distance;
} LimenInvariant;
LimenInvariant limen_dynamics_invariant (const LimenDynamics *dynamics, const double *x_star,
                                         const double *y_star);

/** limen_payoff_norm: the largest singular value of @payoff within the simplices: the Lipschitz
 * constant of its gradients */
double limen_payoff_norm (const LimenPayoff *payoff);

/** limen_payoff_interior: the solution of full support, @x: (rows), @y: (columns); FALSE where
 * there is none, or not a single one */
gboolean limen_payoff_interior (const LimenPayoff *payoff, double *x, double *y);

#define LIMEN_SPECTRUM_MOST (4 * LIMEN_GAME_MOST)
/** limen_method_spectrum: @re, @im: (LIMEN_SPECTRUM_MOST): eigenvalues of one step of @method at
 * the interior solution of @payoff, within the simplices. Returns: how many, 0 where there are
 * none: no such solution, or a step that is not smooth there, or changes with time */
guint limen_method_spectrum (LimenMethod method, LimenIntegrator integrator,
                             const LimenPayoff *payoff, double step, double *re, double *im);

/** limen_method_radius: the spectral radius of the same; NaN where there is none */
double limen_method_radius (LimenMethod method, LimenIntegrator integrator,
                            const LimenPayoff *payoff, double step);

/** limen_game_field: @vx: (rows), @vy: (columns): where the replicator flow (@replicator), or the
 * projected gradient flow, goes at (@x, @y) */
void limen_game_field (const LimenPayoff *payoff, gboolean replicator, const double *x,
                       const double *y, double *vx, double *vy);
