/* Inside of limen detect: its options. */
#pragma once

#include "model/data/reading.h"
#include "model/detect/report.h"
#include "ui/cli/options.h"
#include "ui/cli/outputs.h"

/**
 * LimenDetectOptions:
 * @model: (nullable): a path; @json: (nullable): a path, or "-"; @csv: (nullable): a path
 * @scores: (element-type filename): without a model those that are read
 * @column, @names, @labels, @normal_label: (nullable): of these
 * @normal, @anomaly, @validation: (element-type filename)
 * @threshold: NaN where @sigmas decides
 * @reading: how arrays of images are read; @anomaly_reading: those of anomalies
 */
typedef struct {
  const char *model, *json, *csv, *column, *names, *labels, *normal_label;
  GPtrArray *normal, *anomaly, *validation, *scores;
  LimenFlags flags;
  LimenSplit split;
  double sigmas, threshold;
  LimenReading reading, anomaly_reading;
  LimenPlotOptions plot;
} LimenDetectOptions;

/** limen_detect_check: whether options were given that go together, before any file is looked at */
gboolean limen_detect_check (const LimenOptions *options, GError **error);
/** limen_detect_table: the detector of scores that another program wrote */
gboolean
limen_detect_table (const LimenDetectOptions *options, LimenTerminal *terminal, GError **error);
/** limen_detect_tell: @result in all that was asked for; it gets the hashes that are told */
gboolean limen_detect_tell (const LimenDetectOptions *options, LimenReport *result,
                            LimenTerminal *terminal, GError **error);
/** limen_detect_check_threshold: FALSE with LIMEN_ERROR_ARGUMENT, in the words of the detector */
gboolean limen_detect_check_threshold (const LimenDetector *detector, GError **error);
