/* What the Detector page works on: its state, the experiment and its analysis, and the work under
 * way. The window, its panel and its plot show this object and nothing else. */
#pragma once

#include "ui/study/detector/loader.h"
#include "ui/study/detector/range.h"

#include <glib-object.h>

#define LIMEN_TYPE_DETECTOR_SESSION (limen_detector_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenDetectorSession, limen_detector_session, LIMEN, DETECTOR_SESSION,
                      GObject)

/**
 * LimenDetectorSession:
 *
 * Signals:
 * - "data-changed": another detector, flow or set: everything is to be shown anew
 * - "threshold-changed": only the threshold is another, or its rule or promise, and with them rates
 * and intervals
 * - "settings-changed": another split is asked for, or another view, curve or share of anomalies
 * - "busy-changed": work began, went on or ended
 * - "role-asked" (name: string): whether the images called so are normal ones or anomalies, which
 * nothing tells: limen_detector_session_answer() goes on, limen_detector_session_cancel() does not
 * - "scores-asked" (question: LimenTableQuestion): what a table does not tell, or what the user
 * wants to choose: limen_detector_session_open_scores() of its paths answers it; where nobody does,
 * all stays
 * - "arrived" (sentence: string): files that the user brought were taken as what it says; until
 * others come, limen_detector_session_undo() takes that back. Again when their roles are swapped
 * - "notice" (message: string, problems: GPtrArray of LimenProblem or NULL): something to tell the
 * user
 */
LimenDetectorSession *limen_detector_session_new (void);

/** limen_detector_session_state: (transfer none) */
const LimenDetectorPageState *limen_detector_session_state (LimenDetectorSession *self);
/** limen_detector_session_set_state: files that are others than before are read behind all that
 * waits; the rest holds at once */
void
limen_detector_session_set_state (LimenDetectorSession *self, const LimenDetectorPageState *state);

/** limen_detector_session_open: @role: LIMEN_N_SETS to sort by name and content. What is dropped
 * while something is read waits its turn */
void limen_detector_session_open (LimenDetectorSession *self, const char *const *paths,
                                  LimenSetRole role);
/** limen_detector_session_open_scores: tables or arrays of scores that any program wrote, read as
 * @wish says: they take the place of flow and images */
void limen_detector_session_open_scores (LimenDetectorSession *self, const char *const *paths,
                                         const LimenTableWish *wish);
/** limen_detector_session_choose_column: another column of the table that is there becomes the
 * score; nothing is read again for it, and what was said of the side of the last says nothing of it
 */
void limen_detector_session_choose_column (LimenDetectorSession *self, const char *column);
/** limen_detector_session_ask_scores: has "scores-asked" come for the table that is there */
void limen_detector_session_ask_scores (LimenDetectorSession *self);
/** limen_detector_session_start: as limen_detector_session_open() does where nothing was there
 * before: nothing else stays, and the threshold follows @rule, which nobody has chosen by looking:
 * limen_detector_page_state_with_first_rule(). Where nothing of @paths can be used, all stays
 */
void
limen_detector_session_start (LimenDetectorSession *self, const char *const *paths, LimenRule rule);
/** limen_detector_session_undo: of the last files that were brought: all is as it was before them,
 * without reading anything again. Does nothing unless limen_detector_session_can_undo() */
void limen_detector_session_undo (LimenDetectorSession *self);
gboolean limen_detector_session_can_undo (LimenDetectorSession *self);
/** limen_detector_session_answer: to the question of "role-asked"; LIMEN_SET_UNSORTED is one, too
 */
void limen_detector_session_answer (LimenDetectorSession *self, LimenSetRole role);
/** limen_detector_session_use_flow: one that is in no file, or not only; takes a reference.
 * @learned_from: (nullable): the images that it was trained with */
void limen_detector_session_use_flow (LimenDetectorSession *self, LimenNice *flow,
                                      LimenOrigin *learned_from);
/** limen_detector_session_swap: normal images and anomalies; unsorted ones stay */
void limen_detector_session_swap (LimenDetectorSession *self);
void limen_detector_session_invert (LimenDetectorSession *self, LimenSetRole role);
/**
 * limen_detector_session_correct:
 * @key: (n): images of limen_detector_session_whole(), copied
 * @to: the set they are in from now on, LIMEN_LEFT_OUT: in none
 *
 * A step that limen_detector_session_undo_correction() takes back; nothing on the disk changes.
 * What is not possible is told by "notice". Of sets that gave way meanwhile nothing is corrected;
 * of a table nothing is, since its labels say which images are normal.
 */
void limen_detector_session_correct (LimenDetectorSession *self, const LimenImageKey *key, guint n,
                                     LimenSetRole to);
/** limen_detector_session_undo_correction: of the last step, if there is one */
void limen_detector_session_undo_correction (LimenDetectorSession *self);
/**
 * limen_detector_session_read:
 * @reading: how arrays of the set are to be read from now on
 * @member: (nullable): of the arrays in a file, the one to be read
 *
 * Reads the set of @role again: what was last refused for want of that, or else what is shown.
 */
void limen_detector_session_read (LimenDetectorSession *self, LimenSetRole role,
                                  const LimenReading *reading, const char *member);
/** limen_detector_session_asks: (transfer none) (nullable): NULL-terminated: the paths of a set of
 * @role that waits for limen_detector_session_read() */
const char *const *limen_detector_session_asks (LimenDetectorSession *self, LimenSetRole role);

/**
 * limen_detector_session_judge_by:
 * @score: what the page judges by from now on
 * @analysis: (transfer full): of the images of the page, by that score; NULL for the
 * log-likelihood: it is made of what there is
 */
void limen_detector_session_judge_by (LimenDetectorSession *self, LimenScoreKind score,
                                      LimenAnalysis *analysis);

/* Shorter than limen_detector_session_set_state() of the state with one thing changed: */

/** limen_detector_session_set_split: of splits that are asked for in a row the last is shown */
void limen_detector_session_set_split (LimenDetectorSession *self, LimenSplit split);
/** limen_detector_session_resample: the next seed, and a random split if there was none */
void limen_detector_session_resample (LimenDetectorSession *self);
/** limen_detector_session_set_rule: as limen_detector_page_state_with_rule() does, which may change
 * the promise with it; tells "threshold-changed" once */
void limen_detector_session_set_rule (LimenDetectorSession *self, LimenRule rule);
/** limen_detector_session_set_promise: the switch; tells "threshold-changed", since the intervals
 * of the rates are others, though the threshold is where it was */
void limen_detector_session_set_promise (LimenDetectorSession *self, LimenPromise promise);
/** limen_detector_session_set_share: of anomalies among the images to come, in (0, 1); tells
 * "settings-changed", and where the rule weighs costs "threshold-changed" before it */
void limen_detector_session_set_share (LimenDetectorSession *self, double share);
/** limen_detector_session_set_curve: which one is drawn; tells "settings-changed" */
void limen_detector_session_set_curve (LimenDetectorSession *self, LimenCurveKind curve);
void limen_detector_session_set_scale (LimenDetectorSession *self, LimenHistogramScale scale);
void limen_detector_session_set_heights (LimenDetectorSession *self, gboolean counts, gboolean log);
/** limen_detector_session_zoom: @factor > 1 shows less, 0 everything; @about: a score, NaN: the
 * threshold */
void limen_detector_session_zoom (LimenDetectorSession *self, double about, double factor);
/** limen_detector_session_pan: by @fraction of the visible width; positive: towards higher scores
 */
void limen_detector_session_pan (LimenDetectorSession *self, double fraction);

/** limen_detector_session_cancel: all that is read, waits or is asked for; a split that is under
 * way gives way to the one that is shown */
void limen_detector_session_cancel (LimenDetectorSession *self);

/** limen_detector_session_detector: (transfer none) (nullable): of all scores, or of those that are
 * there so far */
const LimenDetector *limen_detector_session_detector (LimenDetectorSession *self);
/** limen_detector_session_sentence: (transfer full) (nullable): what is said of it */
char *limen_detector_session_sentence (LimenDetectorSession *self);
/** limen_detector_session_analysis: (transfer none) (nullable): NULL while scores are incomplete */
const LimenAnalysis *limen_detector_session_analysis (LimenDetectorSession *self);
/** limen_detector_session_curve: (transfer none) (nullable): of the analysis: NULL while scores are
 * incomplete, and without anomalies. The same object while only the threshold moves */
LimenCurve *limen_detector_session_curve (LimenDetectorSession *self);
/** limen_detector_session_unsorted: (transfer none) (nullable): of the analysis: verdicts without a
 * threshold; NULL without unsorted images. The same object while only the threshold moves */
const LimenUnsorted *limen_detector_session_unsorted (LimenDetectorSession *self);
/** limen_detector_session_experiment: (transfer none): never NULL, but perhaps empty */
const LimenExperiment *limen_detector_session_experiment (LimenDetectorSession *self);
/** limen_detector_session_whole: (transfer none): the same without corrections: as files came */
const LimenExperiment *limen_detector_session_whole (LimenDetectorSession *self);
/** limen_detector_session_view: what is looked at */
LimenHistogramView limen_detector_session_view (LimenDetectorSession *self);
/** limen_detector_session_busy: @fraction: (out) (optional): how much is done */
gboolean limen_detector_session_busy (LimenDetectorSession *self, double *fraction);
/** limen_detector_session_threshold: in the unit of the scores; the mean of the validation set,
 * from which one would be set, where the rule gives none; the end of the range where it is
 * infinite, because the rule flags all; NAN where there is no detector */
double limen_detector_session_threshold (LimenDetectorSession *self);
/** limen_detector_session_set_threshold: by hand; kept within the range. The promise becomes
 * LIMEN_PROMISE_LOOKING; tells "threshold-changed" */
void limen_detector_session_set_threshold (LimenDetectorSession *self, double value);
/** limen_detector_session_range: limen_threshold_range() of what is shown; 0 to 1 where there is no
 * detector */
LimenThresholdRange limen_detector_session_range (LimenDetectorSession *self);
