/* Inside of limen prior: what its commands found, and how that is told. */
#pragma once

#include "model/prior/gradient-report.h"
#include "model/prior/sentences.h"
#include "model/prior/training-report.h"
#include "ui/cli/outputs.h"
#include "ui/cli/terminal.h"

/* as limen_estimator_word() calls them */
#define LIMEN_ESTIMATOR_WORDS                                                                      \
  {                                                                                                \
    [LIMEN_LOG_DERIVATIVE] = "log-derivative",                                                     \
    [LIMEN_LOG_DERIVATIVE_MEAN] = "log-derivative-mean",                                           \
    [LIMEN_LOG_DERIVATIVE_OPTIMAL] = "log-derivative-optimal",                                     \
    [LIMEN_REPARAMETERIZATION] = "reparameterization",                                             \
    [LIMEN_REPARAMETERIZATION_KL] = "reparameterization-kl",                                       \
    [LIMEN_STICKING_THE_LANDING] = "sticking-the-landing"                                          \
  }

/**
 * LimenGradientOptions: of limen prior gradients
 * @estimator: a LimenGradientEstimator; LIMEN_N_ESTIMATORS: all of them
 * @samples: of each
 * @shift: added to log p
 */
typedef struct {
  const char *case_file, *json;
  int estimator;
  guint samples;
  guint64 seed;
  double shift;
  LimenPlotOptions plot;
} LimenGradientOptions;

/**
 * LimenPriorTrainOptions: of limen prior train
 * @data: a path, or the name of points that Limen makes up
 * @steps: what becomes @settings.n_steps
 */
typedef struct {
  const char *data, *out, *json;
  guint steps;
  LimenPriorSettings settings;
  LimenPlotOptions plot;
} LimenPriorTrainOptions;

/**
 * LimenGradientRun: limen prior gradients
 * @variance: (k): of the proposal
 */
typedef struct {
  const LimenGradientOptions *options;
  LimenTerminal *terminal;
  LimenGaussianCase *gaussian_case;
  double *variance;
  LimenDuel *duel;
} LimenGradientRun;

void limen_gradient_run_print (const LimenGradientRun *run, const LimenGradientReport *report);

/**
 * LimenTrainingRun: limen prior train
 * @every: steps from one record to the next
 * @path: (curve.n, 2): where λ1 has been, the first two of it
 */
typedef struct {
  const LimenPriorTrainOptions *options;
  LimenTerminal *terminal;
  LimenPoints *points;
  LimenPriorTrainer *trainer;
  guint64 every;
  LimenTrainingCurve curve;
  double *path;
  LimenNumber maximum;
} LimenTrainingRun;

void limen_training_run_print (const LimenTrainingReport *report);
