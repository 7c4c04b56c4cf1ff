/* Inside of limen detect: its options. */
#pragma once

#include "model/data/reading.h"
#include "model/detect/report.h"
#include "ui/cli/bench-models.h"
#include "ui/cli/options.h"
#include "ui/cli/outputs.h"
#include "ui/cli/windows.h"

/**
 * LimenDetectOptions:
 * @models: without a model scores are read; @score: which one judges
 * @windows: of photos, instead of a model of whole images
 * @json: (nullable): a path, or "-"; @csv: (nullable): a path
 * @scores: (element-type filename): without a model those that are read
 * @column, @names, @labels, @normal_label: (nullable): of these
 * @normal, @anomaly, @validation, @fit, @unsorted: (element-type filename)
 * @sigmas, @threshold: as they were given; NaN: no threshold was
 * @rule: what sets the threshold, whichever option says it; @promise: of its rates
 * @reading: how arrays of images are read; @anomaly_reading: those of anomalies,
 * which may be @anomaly_inverted: black for white
 */
typedef struct {
  LimenModelOptions models;
  LimenWindowOptions windows;
  LimenScoreKind score;
  const char *json, *csv, *column, *names, *labels, *normal_label;
  GPtrArray *normal, *anomaly, *validation, *fit, *unsorted, *scores;
  LimenFlags flags;
  LimenSplit split;
  double sigmas, threshold;
  LimenRule rule;
  LimenPromise promise;
  LimenReading reading, anomaly_reading;
  gboolean anomaly_inverted;
  LimenPlotOptions plot;
} LimenDetectOptions;

/** limen_detect_check: whether options were given that go together, before any file is looked at */
gboolean limen_detect_check (const LimenOptions *options, GError **error);
/** limen_detect_table: the detector of scores that another program wrote */
gboolean
limen_detect_table (const LimenDetectOptions *options, LimenTerminal *terminal, GError **error);
/** limen_detect_by_score: the detector that judges by another score than the likelihood */
gboolean
limen_detect_by_score (const LimenDetectOptions *options, LimenTerminal *terminal, GError **error);
/** limen_detect_windows: the detector that judges photos by their windows */
gboolean
limen_detect_windows (const LimenDetectOptions *options, LimenTerminal *terminal, GError **error);
/** limen_detect_promised: (transfer full): @detector, (transfer full), with the promise of @options
 */
LimenDetector *limen_detect_promised (const LimenDetectOptions *options, LimenDetector *detector);
/** limen_detect_judge: (transfer full) (nullable): @unsorted: (nullable): scores of images without
 * labels */
LimenUnsorted *limen_detect_judge (const LimenDetector *detector, LimenScores *unsorted);
/** limen_detect_print: @report on standard output */
void limen_detect_print (const LimenReport *report);
/** limen_detect_find_learned: images that the flow was trained with, as far as its file says which
 * those are */
gboolean limen_detect_find_learned (LimenReport *report, GCancellable *cancellable, GError **error);
/** limen_detect_check_outputs: that no file is written over another; @taken: (element-type
 * filename): those that are read */
gboolean
limen_detect_check_outputs (const LimenDetectOptions *options, GPtrArray *taken, GError **error);
/** limen_detect_tell: @result in all that was asked for; it gets the hashes that are told */
gboolean limen_detect_tell (const LimenDetectOptions *options, LimenReport *result,
                            LimenTerminal *terminal, GError **error);
/** limen_detect_check_threshold: FALSE with LIMEN_ERROR_ARGUMENT, in the words of the detector */
gboolean limen_detect_check_threshold (const LimenDetector *detector, GError **error);
