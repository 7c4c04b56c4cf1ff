/* What the questions about the Prior page share: the page as it was, its settings and its race. */
#pragma once

#include "ui/study/lesson.h"
#include "ui/study/prior/session.h"

/**
 * LimenPriorMark: what of the page is in a LimenLessonMark
 * @LIMEN_PRIOR_MARK_STEP: of the race; 0 where there is no view of it
 * @LIMEN_PRIOR_MARK_SEED, SHIFT, DIMENSION, STANDARD: of the settings that the duel was made by
 * @LIMEN_PRIOR_MARK_PARAMETER, K: whose variances are shown; latent variables of the duel
 * @LIMEN_PRIOR_MARK_OMEGA, WINNER: of the cost that wiggles: 1: reparameterization has the lower
 * variance, −1: the log-derivative trick with the best baseline, 0: they are level
 * @LIMEN_PRIOR_MARK_TRAINABLE, HIDDEN: of the settings of the race
 * @LIMEN_PRIOR_MARK_OPTIMAL: limen_prior_session_n_optimal()
 * @LIMEN_PRIOR_MARK_VARIANCE: of one draw by the log-derivative trick without a baseline
 */
typedef enum {
  LIMEN_PRIOR_MARK_STEP,
  LIMEN_PRIOR_MARK_SEED,
  LIMEN_PRIOR_MARK_SHIFT,
  LIMEN_PRIOR_MARK_DIMENSION,
  LIMEN_PRIOR_MARK_STANDARD,
  LIMEN_PRIOR_MARK_PARAMETER,
  LIMEN_PRIOR_MARK_K,
  LIMEN_PRIOR_MARK_OMEGA,
  LIMEN_PRIOR_MARK_WINNER,
  LIMEN_PRIOR_MARK_TRAINABLE,
  LIMEN_PRIOR_MARK_HIDDEN,
  LIMEN_PRIOR_MARK_OPTIMAL,
  LIMEN_PRIOR_MARK_VARIANCE,
} LimenPriorMark;

extern const LimenLessonQuestion limen_prior_question_bound, limen_prior_question_log_derivative,
    limen_prior_question_reparameterization, limen_prior_question_help;

/** limen_prior_lesson_begin: LimenLessonStep.begin of all steps: fills in a LimenPriorMark */
void limen_prior_lesson_begin (gpointer session, LimenLessonMark *mark);

/** limen_prior_lesson_wiggle: the cost that wiggles, at @omega, as on the panel */
LimenWiggle limen_prior_lesson_wiggle (double omega);
/** limen_prior_lesson_winner: LIMEN_PRIOR_MARK_WINNER at @omega */
int limen_prior_lesson_winner (double omega);

/** limen_prior_lesson_set_duel, limen_prior_lesson_set_race, limen_prior_lesson_set_view: the state
 * with these */
void limen_prior_lesson_set_duel (LimenPriorSession *session, const LimenDuelSettings *duel);
void limen_prior_lesson_set_race (LimenPriorSession *session, const LimenRaceSettings *race);
void limen_prior_lesson_set_view (LimenPriorSession *session, const LimenPriorView *view);

/** limen_prior_lesson_ran: whether the race went on since @mark, or anew: as many steps as a step
 * of a lesson asks for, or to its end */
gboolean limen_prior_lesson_ran (gpointer session, const LimenLessonMark *mark);
/** limen_prior_lesson_show_run: the race plays to a part @t of that, and waits at 1. FALSE as long
 * as it is not that far */
gboolean limen_prior_lesson_show_run (gpointer session, const LimenLessonMark *mark, double t);
/** limen_prior_lesson_ran_trainable, limen_prior_lesson_show_trainable_run: the same with a prior
 * that is trained */
gboolean limen_prior_lesson_ran_trainable (gpointer session, const LimenLessonMark *mark);
gboolean
limen_prior_lesson_show_trainable_run (gpointer session, const LimenLessonMark *mark, double t);
/** limen_prior_lesson_pause: Returns: whether the race waits, as far as is seen */
gboolean limen_prior_lesson_pause (LimenPriorSession *session);
/** limen_prior_lesson_before: (transfer none) (nullable): limen_prior_session_before(), where the
 * race waits at that step */
const LimenRaceView *limen_prior_lesson_before (LimenPriorSession *session);
/** limen_prior_lesson_say_race: (transfer full) (nullable): the bound of the first runner, and the
 * prior that it is under */
char *limen_prior_lesson_say_race (gpointer session, const LimenLessonMark *mark);

/** limen_prior_lesson_variance: of one draw of the derivative with respect to parameter @index */
LimenNumber limen_prior_lesson_variance (LimenPriorSession *session,
                                         LimenGradientEstimator estimator, guint index);
