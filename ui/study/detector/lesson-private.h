/* What the questions of the Detector page share. */
#pragma once

#include "ui/study/detector/lesson.h"
#include "ui/study/detector/session.h"

/** LimenDetectorMark: what limen_detector_lesson_mark() keeps in which number
 * @LIMEN_DETECTOR_MARK_RULE, @LIMEN_DETECTOR_MARK_VALUE: kind and first number of the rule
 * @LIMEN_DETECTOR_MARK_THRESHOLD: where it has put the line; NaN: nowhere
 * @LIMEN_DETECTOR_MARK_SEED, @LIMEN_DETECTOR_MARK_SPLIT: of the split that is asked for
 * @LIMEN_DETECTOR_MARK_FLAGGED, @LIMEN_DETECTOR_MARK_N_NORMAL, @LIMEN_DETECTOR_MARK_KEPT,
 * @LIMEN_DETECTOR_MARK_N_ANOMALY: errors of type I among how many, and of type II
 * @LIMEN_DETECTOR_MARK_SCORES, @LIMEN_DETECTOR_MARK_FILES: two each: which scores are there of
 * normal images and of anomalies, and from which files
 */
typedef enum {
  LIMEN_DETECTOR_MARK_RULE,
  LIMEN_DETECTOR_MARK_VALUE,
  LIMEN_DETECTOR_MARK_THRESHOLD,
  LIMEN_DETECTOR_MARK_PROMISE,
  LIMEN_DETECTOR_MARK_SEED,
  LIMEN_DETECTOR_MARK_SPLIT,
  LIMEN_DETECTOR_MARK_FLAGGED,
  LIMEN_DETECTOR_MARK_N_NORMAL,
  LIMEN_DETECTOR_MARK_KEPT,
  LIMEN_DETECTOR_MARK_N_ANOMALY,
  LIMEN_DETECTOR_MARK_SCORES,
  LIMEN_DETECTOR_MARK_FILES = LIMEN_DETECTOR_MARK_SCORES + 2,
} LimenDetectorMark;

/** LIMEN_OTHER_SIGMAS: standard deviations by which another number of them is told from the last */
#define LIMEN_OTHER_SIGMAS 0.5

/** LimenTested: a detector with a threshold, and errors among images of both sets; borrows it */
typedef struct {
  const LimenDetector *detector;
  LimenErrorRate type_1, type_2;
} LimenTested;

/** limen_detector_lesson_mark: of every step */
void limen_detector_lesson_mark (gpointer session, LimenLessonMark *mark);
/** limen_detector_lesson_tested: FALSE where there is no such thing, or scores are still to come */
gboolean limen_detector_lesson_tested (LimenDetectorSession *session, LimenTested *tested);
/** limen_detector_lesson_has_both: there are all scores of normal test images and of anomalies */
gboolean limen_detector_lesson_has_both (LimenDetectorSession *session);
/** limen_detector_lesson_same_sets: the scores are those that were there when the step began */
gboolean
limen_detector_lesson_same_sets (LimenDetectorSession *session, const LimenLessonMark *mark);
/** limen_detector_lesson_dragged: a hand has put the line somewhere else since */
gboolean limen_detector_lesson_dragged (LimenDetectorSession *session, const LimenLessonMark *mark);
/** limen_detector_lesson_split_anew: another split is shown */
gboolean
limen_detector_lesson_split_anew (LimenDetectorSession *session, const LimenLessonMark *mark);
/** limen_detector_lesson_ruled: a rule of @kind sets the line, and it is another one than when the
 * step began, or its number is another one by at least @least, and not the same */
gboolean limen_detector_lesson_ruled (LimenDetectorSession *session, const LimenLessonMark *mark,
                                      LimenRuleKind kind, double least);
/** limen_detector_lesson_validation: errors of type I that the line makes among the validation
 * images */
LimenErrorRate limen_detector_lesson_validation (const LimenTested *tested);

/** limen_detector_lesson_count_text: (transfer full): "19 of 1 000" */
char *limen_detector_lesson_count_text (guint errors, guint n);
/** limen_detector_lesson_rate_text: (transfer full): "19 of 1 000, 1.9 %" */
char *limen_detector_lesson_rate_text (const LimenErrorRate *rate);
/** limen_detector_lesson_at_text: (transfer full): "At 194 nats" */
char *limen_detector_lesson_at_text (const LimenTested *tested);

/** limen_detector_lesson_ready: whether there are scores of both sets; where there are none, what
 * Limen brings along is on its way after it */
gboolean limen_detector_lesson_ready (LimenDetectorSession *session);
/** limen_detector_lesson_open: MNIST and KMNIST where they are found, else what Limen brings along;
 * whatever waits or is asked gives way */
void limen_detector_lesson_open (LimenDetectorSession *session, gboolean looks_for_mnist);
/** limen_detector_lesson_show_drag: the line at part @t of the way to @end, or, where it was there
 * already, just beside it */
void limen_detector_lesson_show_drag (LimenDetectorSession *session, const LimenLessonMark *mark,
                                      double end, double t);
/** limen_detector_lesson_show_split: another split at the end of the way; FALSE until it is there
 */
gboolean limen_detector_lesson_show_split (LimenDetectorSession *session,
                                           const LimenLessonMark *mark, double t);
/** limen_detector_lesson_unusual: how unusual @score is: the most unusual have most */
double limen_detector_lesson_unusual (const LimenDetector *detector, double score);
/** limen_detector_lesson_flagging: a threshold that flags the @count most unusual of @scores: (n ≥
 * @count), and as few others as it can; more of them or fewer only where they score the same */
double limen_detector_lesson_flagging (LimenDetectorSession *session, const LimenScores *scores,
                                       guint count);

/** Questions, in their order */
extern const LimenLessonQuestion limen_detector_question_errors;
extern const LimenLessonQuestion limen_detector_question_validation;
extern const LimenLessonQuestion limen_detector_question_promise;
