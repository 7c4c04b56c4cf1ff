/* The state of the Detector page as one plain value: where flow and images come from, the settings,
 * the view. What follows from it, the session computes. */
#pragma once

#include "model/bench/bench.h"
#include "ui/study/detector/analysis.h"
#include "ui/study/detector/table-wish.h"
#include "ui/study/origin.h"
#include "viz/detector/histogram-plot.h"

/** LIMEN_USUAL_SIGMAS: standard deviations from the mean, to the side that is flagged, where a
 * threshold is put at first */
#define LIMEN_USUAL_SIGMAS 3

/**
 * LimenDetectorPageState:
 * @flow, @set: (nullable): [role]; @table: (nullable): instead of them, files of scores; @wish:
 * what is said of these
 * @score: what images are judged by; the log-likelihood is that of the flow over the two halves of
 * the normal set, the others are of the bench
 * @scale, @counts, @log: what the axes of the histogram show
 * @low, @high: the scores that are seen; equal: all of them
 *
 * Owns what it points to. Setters take it const and return a new one, (transfer full).
 */
typedef struct {
  LimenOrigin *flow, *set[LIMEN_N_SETS], *table;
  LimenTableWish wish;
  LimenScoreKind score;
  LimenSplit split;
  LimenRule rule;
  LimenHistogramScale scale;
  gboolean counts, log;
  double low, high;
} LimenDetectorPageState;

/** LimenDetectorChange: in what two states differ */
typedef enum {
  LIMEN_DETECTOR_CHANGED_FILES = 1 << 0, /* something is to be read to go from one to the other */
  LIMEN_DETECTOR_CHANGED_SPLIT = 1 << 1,
  LIMEN_DETECTOR_CHANGED_RULE = 1 << 2,
  LIMEN_DETECTOR_CHANGED_VIEW = 1 << 3,
  LIMEN_DETECTOR_CHANGED_SCORE = 1 << 4,
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
LimenDetectorPageState *
limen_detector_page_state_with_split (const LimenDetectorPageState *state, LimenSplit split);
/** limen_detector_page_state_with_score: another one has another unit: a threshold that is a number
 * in the old one gives way to three standard deviations, and everything is seen */
LimenDetectorPageState *
limen_detector_page_state_with_score (const LimenDetectorPageState *state, LimenScoreKind score);
LimenDetectorPageState *
limen_detector_page_state_with_rule (const LimenDetectorPageState *state, LimenRule rule);
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
