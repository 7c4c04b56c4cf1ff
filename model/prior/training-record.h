/* What was recorded of a training with a trainable prior. */
#pragma once

#include "model/prior/prior-trainer.h"

/**
 * LimenTrainingCurve: what was recorded of a training
 * @step, @bound, @log_likelihood: (n); nats per point, the last NaN unless maps are affine
 */
typedef struct {
  guint n;
  double *step, *bound, *log_likelihood;
} LimenTrainingCurve;

/**
 * LimenTrainingReport:
 * @data: NULL-terminated: paths, the first of which is told in JSON, or the name of points that
 * were made up
 * @last: where it ended
 * @maximum: the highest log-likelihood such a model reaches; NaN: not known
 * @sha256: (nullable): of limen_hash_files(); without it no hash is told
 *
 * A plain value; everything is borrowed.
 */
typedef struct {
  LimenPriorSettings settings;
  const LimenPoints *points;
  const char *const *data;
  LimenPriorReport last;
  LimenNumber maximum;
  const LimenTrainingCurve *curve;
  GHashTable *sha256;
} LimenTrainingReport;
