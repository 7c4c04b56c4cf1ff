/* What the files of the trainer share. */
#pragma once

#include "model/prior/prior-gradient.h"
#include "model/prior/prior-trainer.h"

#define LIMEN_PRIOR_ROWS  LIMEN_PRIOR_SURVEY
#define LIMEN_PRIOR_DRAWS 4 /* of each: two, and their opposites */

/**
 * LimenPriorTrainer:
 * @settings: as they are now
 * @batch: rows of a batch; not more than there are points
 * @step, @n_moves: steps done; those that the running means of Adam have seen
 * @first_bound: of the first batch
 * @order: (n): rows in the order of epoch @epoch, of which those before @next are used
 * @parameters, @before, @gradient: (layout.n): now, before the last move, of the last batch
 * @mean, @square: (layout.n): Adam's running means of the gradient and of its square
 * @pass: of a batch
 * @lambda2: (k): for reports
 * @survey: scratch for LIMEN_PRIOR_ROWS rows
 * @survey_e: (draws / 2, rows, k): always the same
 * @x_mean, @x_covariance: (d), (d, d): of the points, where maps are affine
 */
struct LimenPriorTrainer {
  LimenPriorSettings settings;
  LimenPoints points;
  LimenPriorLayout layout;
  guint batch;
  guint64 step, n_moves;
  double first_bound;
  gboolean has_diverged;
  guint32 *order;
  guint next;
  guint64 epoch;
  double *parameters, *before, *gradient, *mean, *square;
  LimenPriorPass *pass;
  double *lambda2;
  LimenPriorPass *survey;
  double *survey_e;
  double *x_mean, *x_covariance;
};

/** limen_prior_survey_start: makes what limen_prior_trainer_report() needs */
void limen_prior_survey_start (LimenPriorTrainer *trainer);

/** limen_prior_aggregate: @mean, @variance: (k): of the aggregate posterior, the mean of q(z|x)
 * over all points */
void limen_prior_aggregate (const LimenPriorTrainer *trainer, double *mean, double *variance);

/** limen_points_moments: @mean: (d), @covariance: (d, d): of the points: of 1/n, not 1/(n − 1) */
void limen_points_moments (const LimenPoints *points, double *mean, double *covariance);
