/* Inside of limen prior: what its commands found, and how that is told. */
#pragma once

#include "model/prior/gradient-report.h"
#include "model/prior/sentences.h"
#include "model/prior/training-report.h"
#include "ui/cli/commands.h"

/**
 * LimenGradientRun: limen prior gradients
 * @variance: (k): of the proposal
 */
typedef struct {
  const LimenOptions *options;
  LimenSession *session;
  LimenGaussianCase *gaussian_case;
  double *variance;
  LimenDuel *duel;
} LimenGradientRun;

void limen_gradient_run_print (const LimenGradientRun *run, const LimenGradientReport *report);
/** limen_gradient_run_draw: to options->plot */
gboolean limen_gradient_run_draw (const LimenGradientRun *run, const LimenGradientReport *report,
                                  GError **error);

/**
 * LimenTrainingRun: limen prior train
 * @every: steps from one record to the next
 * @path: (curve.n, 2): where λ1 has been, the first two of it
 */
typedef struct {
  const LimenOptions *options;
  LimenSession *session;
  LimenPoints *points;
  LimenPriorTrainer *trainer;
  guint64 every;
  LimenTrainingCurve curve;
  double *path;
  LimenNumber maximum;
} LimenTrainingRun;

void limen_training_run_print (const LimenTrainingReport *report);
gboolean limen_training_run_draw (const LimenTrainingRun *run, const LimenTrainingReport *report,
                                  GError **error);

/** limen_prior_check_outputs: @outputs: (n) (nullable elements): none may be @input, or another */
gboolean
limen_prior_check_outputs (const char *const *outputs, guint n, const char *input, GError **error);
