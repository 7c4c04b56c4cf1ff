/* A flow in training beside the window: a thread that trains, a report that the window reads. */
#pragma once

#include "model/flow/nice-trainer.h"
#include "ui/study/origin.h"

/**
 * LimenTrainingPlan: what to train
 * @paths: NULL-terminated: where the images are; or
 * @set: (nullable): the images themselves, where they have the right size already
 * @side: images are fitted to @side × @side pixels; 0: as they are. A flow to continue with decides
 * for itself.
 * @invert: exchange black for white, of @paths
 * @start: (nullable): a file of weights to continue with
 * @settings: their @name is borrowed until limen_training_start() returns
 *
 * A plain value; everything is borrowed.
 */
typedef struct {
  const char *const *paths;
  LimenImageSet *set;
  guint side;
  gboolean invert;
  const char *start;
  LimenNiceTrainerSettings settings;
} LimenTrainingPlan;

/**
 * LimenTrainingState:
 * @LIMEN_TRAINING_READS: images, or the weights to continue with
 * @LIMEN_TRAINING_ENDED: as planned, or because it was told to: the best flow is there
 * @LIMEN_TRAINING_FAILED: @error says why; a best flow may be there all the same
 */
typedef enum {
  LIMEN_TRAINING_READS,
  LIMEN_TRAINING_RUNS,
  LIMEN_TRAINING_PAUSES,
  LIMEN_TRAINING_ENDED,
  LIMEN_TRAINING_FAILED,
} LimenTrainingState;

#define LIMEN_TRAINING_POINTS    256 /* of a curve; more are averaged in pairs */
#define LIMEN_TRAINING_N_SAMPLES 64

/** LimenTrainingCurve: negative log-likelihoods in nats (@y) over epochs (@x); each point is the
 * mean of @stride measurements */
typedef struct {
  double x[LIMEN_TRAINING_POINTS], y[LIMEN_TRAINING_POINTS];
  guint n, stride;
  double sum_x, sum_y; /* of the point that is not yet full */
  guint n_sum;
} LimenTrainingCurve;

void limen_training_curve_add (LimenTrainingCurve *curve, double x, double y);

/**
 * LimenTrainingReport: (owned): everything is a copy, or a reference to what never changes
 * @n_images: to train with and to hold out; 0 while they are read
 * @train, @held_out: the curves; of training, means over batches
 * @samples: (nullable): what the flow makes of the same latent points each time
 * @n_samplings: how often they were drawn
 * @best: (nullable): the flow with the lowest held-out negative log-likelihood so far
 * @learned_from: (nullable): its images, with their prints; NULL while they are read
 * @error: (nullable): of LIMEN_TRAINING_FAILED
 */
typedef struct {
  LimenTrainingState state;
  guint n_images;
  LimenNiceTrainerReport progress;
  LimenTrainingCurve train, held_out;
  LimenImageSet *samples;
  guint n_samplings;
  LimenNice *best;
  LimenOrigin *learned_from;
  GError *error;
} LimenTrainingReport;

void limen_training_report_clear (LimenTrainingReport *report);

typedef struct LimenTraining LimenTraining;

/** limen_training_start: all that can fail is reported by the thread */
LimenTraining *limen_training_start (const LimenTrainingPlan *plan);
/** limen_training_free: gives up what is not in a report yet. The thread ends with it, or, where it
 * can't be interrupted (while it reads, or makes a large flow), a moment later on its own. */
void limen_training_free (LimenTraining *training);

/** limen_training_pause: after the batch under way */
void limen_training_pause (LimenTraining *training, gboolean pause);
/** limen_training_stop: LIMEN_TRAINING_ENDED follows, with the best flow so far */
void limen_training_stop (LimenTraining *training);
/** limen_training_poll: free with limen_training_report_clear(); cheap enough for every frame */
LimenTrainingReport limen_training_poll (LimenTraining *training);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenTraining, limen_training_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenTrainingReport, limen_training_report_clear)
