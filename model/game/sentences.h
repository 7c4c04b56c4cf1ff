/* What is said of a game, of points in it, of methods and their runs, on screen, in pictures and on
 * the command line: tables of claims, each with its condition. */
#pragma once

#include "model/base/claim.h"
#include "model/game/game-record.h"

/**
 * LimenGameHand: two strategies that somebody holds
 * @solution: of @payoff; @exploit: of the two
 * @frozen: whether B stands at the uniform point; @answered: whether its best reply is shown
 * @k: the iteration at which a method has them; 0: they are where the user put them
 *
 * A plain value; borrows everything.
 */
typedef struct {
  const LimenPayoff *payoff;
  const LimenSolution *solution;
  const double *p_a, *p_b;
  LimenExploit exploit;
  gboolean frozen, answered;
  guint64 k;
} LimenGameHand;

/** LimenGameRun: a run at its end. @start: before its first step; @last: its last row */
typedef struct {
  const LimenDynamics *start;
  const LimenGameRow *last;
} LimenGameRun;

/** LimenGameSteps: what step sizes are good for. @threshold: of limen_method_threshold();
 * @interior: whether limen_payoff_interior() finds a solution */
typedef struct {
  LimenMethod method;
  double threshold;
  gboolean interior;
} LimenGameSteps;

/** LimenSpectrum: @re, @im: (n): eigenvalues of one step, of limen_method_spectrum() */
typedef struct {
  LimenMethod method;
  LimenIntegrator integrator;
  const double *re, *im;
  guint n;
} LimenSpectrum;

/** LimenGameStrip: @curve: of the method in hand; @kl: whether its divergence is shown, or (FALSE)
 * its energy */
typedef struct {
  const LimenGameCurve *curve;
  gboolean kl;
} LimenGameStrip;

/** LimenGamePace: how fast @curve comes near; @gap: whether its gap is shown, or (FALSE) its
 * distance
 */
typedef struct {
  const LimenGameCurve *curve;
  gboolean gap;
} LimenGamePace;

/** LimenGameReply: @best: those of a player's strategies that are best replies, as bits
 * (LimenExploit);
 * @name: (n): of all */
typedef struct {
  const char (*name)[24];
  guint n, best;
} LimenGameReply;

/**
 * LimenGameTopic: which table
 * @LIMEN_SAY_HAND: of LimenGameHand: the sentence over the page
 * @LIMEN_SAY_ANSWER: of LimenGameHand: what becomes of the question whether any p_A is optimal
 * @LIMEN_SAY_ONLY: of LimenGameHand: "only the centre gives": who has no reason to move
 * @LIMEN_SAY_UNIQUE: of LimenSolution: "yes", "no"
 * @LIMEN_SAY_REPLY: of LimenGameReply: "its best reply, rock, gets"
 * @LIMEN_SAY_RUN: of LimenGameRun: what a run ended with
 * @LIMEN_SAY_STEPS: of LimenGameSteps: "stable below 0.577"
 * @LIMEN_SAY_SPECTRUM: of LimenSpectrum: what follows from where the eigenvalues are
 * @LIMEN_SAY_NOTHING_KEPT: of LimenGameStrip: why no line is drawn
 * @LIMEN_SAY_KEPT: of LimenGameStrip: what the line is, or what edges do to it
 * @LIMEN_SAY_GAP: of LimenGamePace: what the thick lines of the curves are
 * @LIMEN_SAY_THIN: of LimenGamePace: what the thin ones are
 * @LIMEN_SAY_PACE: of LimenGamePace: "measured slope −1.00, proven −1"
 */
typedef enum {
  LIMEN_SAY_HAND,
  LIMEN_SAY_ANSWER,
  LIMEN_SAY_ONLY,
  LIMEN_SAY_UNIQUE,
  LIMEN_SAY_REPLY,
  LIMEN_SAY_RUN,
  LIMEN_SAY_STEPS,
  LIMEN_SAY_SPECTRUM,
  LIMEN_SAY_NOTHING_KEPT,
  LIMEN_SAY_KEPT,
  LIMEN_SAY_GAP,
  LIMEN_SAY_THIN,
  LIMEN_SAY_PACE,
  LIMEN_SAY_N_TOPICS,
} LimenGameTopic;

/** LimenHandClaim: claims of LIMEN_SAY_HAND in their order */
typedef enum {
  LIMEN_HAND_SADDLE,
  LIMEN_HAND_FLAT,
  LIMEN_HAND_BEST,
  LIMEN_HAND_ANSWERED,
  LIMEN_HAND_B_GAINS,
  LIMEN_HAND_A_SAVES,
} LimenHandClaim;

/** limen_game_claims: (transfer none): the table of @topic; @n: (out): how many */
const LimenClaim *limen_game_claims (LimenGameTopic topic, guint *n);
/** limen_game_say: (transfer full) (nullable): the first claim of @topic that holds of @state; NULL
 * where none does */
char *limen_game_say (LimenGameTopic topic, gconstpointer state);

LimenGameHand
limen_game_hand (const LimenPayoff *payoff, const LimenSolution *solution, const double *p_a,
                 const double *p_b, gboolean frozen, gboolean answered);
/** limen_game_points: (transfer full): "0.63", "0.0042", "4.2e−10": two decimals, and of what is
 * small two digits; "0.00" for what is rounding beside @size */
char *limen_game_points (double points, double size);
/** limen_game_gap_text: (transfer full): "0.25", with at most @digits of them that hold; "below
 * 1.1·10⁻¹²" where the gap cannot be told from the rounding of the payoffs */
char *limen_game_gap_text (double gap, const LimenPayoff *payoff, guint digits);
/** limen_game_reply: what B (@b) or A can reply, for LIMEN_SAY_REPLY; borrows @payoff */
LimenGameReply
limen_game_reply (const LimenPayoff *payoff, const LimenExploit *exploit, gboolean b);
/** limen_game_replies: (transfer full): names of the best ones: "rock", "rock or paper"; "any
 * reply" where none of several is better than the others */
char *limen_game_replies (const LimenGameReply *reply);
/** limen_game_is_double: whether an eigenvalue of modulus 1 of @spectrum is a double one of one
 * plane, in which a step then need not stay near */
gboolean limen_game_is_double (const LimenSpectrum *spectrum);
