/* The state of the Detector page as one plain value: where flow and images come from, the settings,
 * the view. What follows from it, the session computes. */
#pragma once

#include "model/bench/bench.h"
#include "ui/study/detector/analysis.h"
#include "ui/study/detector/corrections.h"
#include "ui/study/detector/table-wish.h"
#include "ui/study/origin.h"
#include "viz/detector/curve-plot.h"
#include "viz/detector/histogram-plot.h"

/** LIMEN_USUAL_SIGMAS: standard deviations from the mean, to the side that is flagged, where a
 * threshold is put at first */
#define LIMEN_USUAL_SIGMAS 3
#define LIMEN_USUAL_RULE   ((LimenRule){LIMEN_RULE_SIGMAS, LIMEN_USUAL_SIGMAS})

/** LIMEN_USUAL_SHARE: of anomalies among the images to come, until the user says another: one in a
 * hundred. Folders hold far more, because somebody collected them; where false alarms are as
 * frequent as that, every second alarm is false, which precision is there to show */
#define LIMEN_USUAL_SHARE 0.01

/**
 * LimenDetectorPageState:
 * @flow, @set: (nullable): [role]; @table: (nullable): instead of them, files of scores; @wish:
 * what is said of these
 * @corrections: (nullable): which images of @set were left out or moved by hand
 * @score: what images are judged by; the log-likelihood is that of the flow over the two halves of
 * the normal set, the others are of the bench
 * @scale, @counts, @log: what the axes of the histogram show
 * @low, @high: the scores that are seen; equal: all of them
 * @promise: of which thresholds the intervals of the rates hold
 * @share: of anomalies among the images to come, in (0, 1): a number of the user, for precision and
 * for costs: where @rule is LIMEN_RULE_COST, its third number is the same
 * @curve: which one is drawn
 *
 * Owns what it points to. Setters take it const and return a new one, (transfer full).
 */
typedef struct {
  LimenOrigin *flow, *set[LIMEN_N_SETS], *table;
  LimenTableWish wish;
  LimenCorrections *corrections;
  LimenScoreKind score;
  LimenSplit split;
  LimenRule rule;
  LimenHistogramScale scale;
  gboolean counts, log;
  double low, high;
  LimenPromise promise;
  double share;
  LimenCurveKind curve;
} LimenDetectorPageState;

/** LimenDetectorChange: in what two states differ; the promise belongs to the rule, the share and
 * the curve to the view */
typedef enum {
  LIMEN_DETECTOR_CHANGED_FILES = 1 << 0, /* something is to be read to go from one to the other */
  LIMEN_DETECTOR_CHANGED_SPLIT = 1 << 1,
  LIMEN_DETECTOR_CHANGED_RULE = 1 << 2,
  LIMEN_DETECTOR_CHANGED_VIEW = 1 << 3,
  LIMEN_DETECTOR_CHANGED_SCORE = 1 << 4,
  LIMEN_DETECTOR_CHANGED_CORRECTIONS = 1 << 5,
} LimenDetectorChange;

/** limen_detector_page_state_new: of the first start: no files, three standard deviations */
LimenDetectorPageState *limen_detector_page_state_new (void);
LimenDetectorPageState *limen_detector_page_state_copy (const LimenDetectorPageState *state);
void limen_detector_page_state_free (LimenDetectorPageState *state);

LimenDetectorChange limen_detector_page_state_changes (const LimenDetectorPageState *a,
                                                       const LimenDetectorPageState *b);
gboolean
limen_detector_page_state_equal (const LimenDetectorPageState *a, const LimenDetectorPageState *b);

/** limen_detector_page_state_with_files: @flow, @set: (nullable): [role] */
LimenDetectorPageState *
limen_detector_page_state_with_files (const LimenDetectorPageState *state, LimenOrigin *flow,
                                      LimenOrigin *const set[LIMEN_N_SETS]);
/** limen_detector_page_state_with_table: @table: (nullable); @wish: copied */
LimenDetectorPageState *
limen_detector_page_state_with_table (const LimenDetectorPageState *state, LimenOrigin *table,
                                      const LimenTableWish *wish);
/** limen_detector_page_state_with_corrections: @corrections: (nullable): a reference is taken */
LimenDetectorPageState *
limen_detector_page_state_with_corrections (const LimenDetectorPageState *state,
                                            LimenCorrections *corrections);
LimenDetectorPageState *
limen_detector_page_state_with_split (const LimenDetectorPageState *state, LimenSplit split);
/** limen_detector_page_state_with_score: another one has another unit: a threshold that is a number
 * in the old one gives way to three standard deviations, which nobody chose by looking, and
 * everything is seen */
LimenDetectorPageState *
limen_detector_page_state_with_score (const LimenDetectorPageState *state, LimenScoreKind score);
/**
 * limen_detector_page_state_with_rule: while somebody looks at what the old one does
 *
 * The promise becomes LIMEN_PROMISE_LOOKING where the threshold is put by hand (LIMEN_RULE_VALUE),
 * where @rule looks at anomalies, and where it is the old rule with another number, which is
 * another way to move the line. A rule of another kind leaves it as it was: only
 * limen_detector_page_state_with_promise() makes it LIMEN_PROMISE_FIXED again.
 */
LimenDetectorPageState *
limen_detector_page_state_with_rule (const LimenDetectorPageState *state, LimenRule rule);
/** limen_detector_page_state_with_first_rule: before anybody looked, as at a start: the promise is
 * LIMEN_PROMISE_FIXED, unless @rule looks at anomalies */
LimenDetectorPageState *
limen_detector_page_state_with_first_rule (const LimenDetectorPageState *state, LimenRule rule);
/** limen_detector_page_state_with_promise: the switch: as the user says */
LimenDetectorPageState *
limen_detector_page_state_with_promise (const LimenDetectorPageState *state, LimenPromise promise);
/** limen_detector_page_state_with_share: in (0, 1); where the rule weighs costs, it is another one,
 * too: the same number */
LimenDetectorPageState *
limen_detector_page_state_with_share (const LimenDetectorPageState *state, double share);
LimenDetectorPageState *
limen_detector_page_state_with_curve (const LimenDetectorPageState *state, LimenCurveKind curve);
/** limen_detector_page_state_with_scale: and everything is seen */
LimenDetectorPageState *limen_detector_page_state_with_scale (const LimenDetectorPageState *state,
                                                              LimenHistogramScale scale);
LimenDetectorPageState *limen_detector_page_state_with_heights (const LimenDetectorPageState *state,
                                                                gboolean counts, gboolean log);
/** limen_detector_page_state_with_range: @high > @low, or both equal: everything is seen */
LimenDetectorPageState *
limen_detector_page_state_with_range (const LimenDetectorPageState *state, double low, double high);

/** limen_detector_page_state_view: what is seen of @detector (nullable) */
LimenHistogramView
limen_detector_page_state_view (const LimenDetectorPageState *state, const LimenDetector *detector);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenDetectorPageState, limen_detector_page_state_free)
