/* What a duel of gradient estimators says, for files: JSON, and the text inside a picture. */
#pragma once

#include "model/prior/duel.h"

/**
 * LimenGradientReport:
 * @duel: the exact gradient and variances; the measured ones of its clouds are over @samples draws
 * @shown: bit 1 << LimenGradientEstimator of each that is told of
 * @samples: of each estimator; @seed: of them
 * @shift: added to log p
 * @parameter: its place among those of @duel: what is read aloud, and whose variance is told
 * @case_file: (nullable): what the model was read from; @name: (nullable): what it is called where
 * it is not as it was read
 * @sha256: (nullable): of limen_hash_files(); without it no hash is told
 *
 * A plain value; everything is borrowed.
 */
typedef struct {
  const LimenDuel *duel;
  guint shown;
  guint64 samples, seed;
  double shift;
  guint parameter;
  const char *case_file, *name;
  GHashTable *sha256;
} LimenGradientReport;

/** limen_gradient_report_json: (transfer full): one object and a newline: exact, estimators with
 * mean, standard_error, variance, exact_variance and exact_variance_error, each with mu, log_s,
 * lambda1 and lambda2 */
char *limen_gradient_report_json (const LimenGradientReport *report);
/** limen_gradient_report_picture_text: (transfer full): NULL-terminated pairs of key and value for
 * LimenPicture */
char **limen_gradient_report_picture_text (const LimenGradientReport *report);
