/* All that the Prior page, its pictures and its command line state in words, each sentence with its
 * condition. */
#pragma once

#include "model/base/claim.h"
#include "model/base/number.h"
#include "model/prior/duel.h"
#include "model/prior/training-record.h"

/**
 * LimenDuelState: what is said of one parameter; borrows @duel
 * @index: of the parameter
 */
typedef struct {
  const LimenDuel *duel;
  guint index;
} LimenDuelState;

/** limen_duel_claims: of a LimenDuelState: what a digit of the gradient costs, read aloud */
#define LIMEN_DUEL_N_CLAIMS 6
extern const LimenClaim limen_duel_claims[LIMEN_DUEL_N_CLAIMS];
/** limen_duel_sentence: (transfer full): "For one more correct decimal, the log-derivative trick
 * without a baseline needs 5.1 times the samples of reparameterization here.", for parameter @index
 */
char *limen_duel_sentence (const LimenDuel *duel, guint index);
/** limen_duel_is_flat: whether the gradient is 0, or no digit of it holds: it is no larger than its
 * error */
gboolean limen_duel_is_flat (const LimenDuel *duel, guint index);
/** limen_duel_needed: draws until the standard error is a tenth of the gradient; INFINITY where
 * that is 0, as far as can be told */
LimenNumber
limen_duel_needed (const LimenDuel *duel, LimenGradientEstimator estimator, guint index);
/** limen_duel_draws_nothing: whether @estimator has this derivative without a sample: that of the
 * KL divergence in closed form with respect to λ */
gboolean
limen_duel_draws_nothing (const LimenDuel *duel, LimenGradientEstimator estimator, guint index);
/** limen_duel_needed_text: (transfer full): that number as all pages, pictures and terminals write
 * it: "68 000", rounded up to two digits, which are enough to compare; "none" where nothing is
 * drawn; "∞" where no number is enough */
char *limen_duel_needed_text (const LimenDuel *duel, LimenGradientEstimator estimator, guint index);

/**
 * LimenShiftState: what a constant added to log p does
 * @shift: nats
 */
typedef struct {
  double shift;
} LimenShiftState;

/** limen_shift_claims: of a LimenShiftState: what becomes of the variance of all estimators but the
 * log-derivative without a baseline */
#define LIMEN_SHIFT_N_CLAIMS 1
extern const LimenClaim limen_shift_claims[LIMEN_SHIFT_N_CLAIMS];

/** limen_standard_claims: of a LimenGaussianCase: a model and its limen_standard_prior() */
#define LIMEN_STANDARD_N_CLAIMS 1
extern const LimenClaim limen_standard_claims[LIMEN_STANDARD_N_CLAIMS];

/** limen_wiggle_claims: of a LimenWiggle: whose variance is lower */
#define LIMEN_WIGGLE_N_CLAIMS 5
extern const LimenClaim limen_wiggle_claims[LIMEN_WIGGLE_N_CLAIMS];
/** LIMEN_WIGGLE_LEVEL: variances no farther apart, of the larger one, are called level */
#define LIMEN_WIGGLE_LEVEL 5e-4

/** limen_training_claims: of a LimenTrainingReport: how far a training came */
#define LIMEN_TRAINING_N_CLAIMS 4
extern const LimenClaim limen_training_claims[LIMEN_TRAINING_N_CLAIMS];
/** limen_training_report_sentence: (transfer full): the first of them that holds */
char *limen_training_report_sentence (const LimenTrainingReport *report);

/**
 * LimenRaceState: what stands over the bounds of a race, and beside the line that none of them
 * passes
 * @n_points: that are learned
 * @hidden: units; 0: affine maps, whose bound is exact
 * @best: the highest log-likelihood of such a model; NaN: not known
 */
typedef struct {
  guint n_points, hidden;
  double best;
} LimenRaceState;

/** limen_race_note_claims: of a LimenRaceState: of what the bounds are */
#define LIMEN_RACE_NOTE_N_CLAIMS 3
extern const LimenClaim limen_race_note_claims[LIMEN_RACE_NOTE_N_CLAIMS];
/** limen_race_level_claims: of a LimenRaceState */
#define LIMEN_RACE_LEVEL_N_CLAIMS 1
extern const LimenClaim limen_race_level_claims[LIMEN_RACE_LEVEL_N_CLAIMS];
