/* Inside of limen detect: its options. */
#pragma once

#include "model/data/reading.h"
#include "model/detect/detector.h"
#include "ui/cli/outputs.h"

/**
 * LimenDetectOptions:
 * @model: a path; @json: (nullable): a path, or "-"; @scores: (nullable): a path
 * @normal, @anomaly, @validation: (element-type filename)
 * @threshold: NaN where @sigmas decides
 * @reading: how arrays of images are read; @anomaly_reading: those of anomalies
 */
typedef struct {
  const char *model, *json, *scores;
  GPtrArray *normal, *anomaly, *validation;
  LimenSplit split;
  double sigmas, threshold;
  LimenReading reading, anomaly_reading;
  LimenPlotOptions plot;
} LimenDetectOptions;
