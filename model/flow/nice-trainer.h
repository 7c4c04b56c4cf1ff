/* A NICE flow in training: maximum likelihood on dequantized images, a batch at a time.
 *
 * The trainer owns threads of its own, but does nothing unless limen_nice_trainer_step() is called:
 * to pause is not to call it. All functions are to be called by one thread at a time. */
#pragma once

#include "model/flow/nice.h"

/**
 * LimenNiceTrainerSettings:
 * @width, @depth, @couplings: of the flow, see LimenNiceShape; its dimension comes from the images
 * @batch: images in a batch
 * @learning_rate: of Adam, at its highest
 * @epochs, @minutes: when to end; where both are given, at whichever comes first; 0: no limit
 * @held_out: which part of the images to hold out and to judge the flow by, 0 to 0.9
 * @seed: the same settings and images give the same flow, to the last bit, on any number of threads
 * of one kind of processor, unless @minutes ended it
 * @name: (nullable): what limen_nice_path() of the flows will say
 */
typedef struct {
  guint width, depth, couplings;
  guint batch;
  double learning_rate;
  guint epochs;
  double minutes;
  double held_out;
  guint64 seed;
  const char *name;
} LimenNiceTrainerSettings;

/** limen_nice_trainer_defaults: 256 × 3, 4 couplings, 20 epochs of batches of 256 images */
LimenNiceTrainerSettings limen_nice_trainer_defaults (void);

/**
 * LimenNiceTrainerReport: how far it is. Likelihoods are mean negative log-likelihoods of
 * dequantized images, in nats.
 * @step, @n_steps: batches done and to do (estimated while @minutes decides)
 * @epoch, @n_epochs: epochs done and to do, with fractions
 * @batch_nll: of the last batch, NaN before the first
 * @train_nll: running mean over about the last 50 batches, or the last epoch, where that has fewer
 * @held_out_nll: when last measured: before the first step and after each epoch; NaN: not yet
 * @rounds: epochs that ended, held-out images measured; at the end, a part of an epoch counts, too
 * @best_nll, @best_step: of limen_nice_trainer_best(): its @held_out_nll, and after how many steps
 * it was
 * @seconds: spent in steps; @seconds_left: estimated
 */
typedef struct {
  guint64 step, n_steps, best_step;
  guint rounds;
  double epoch, n_epochs;
  double batch_nll, train_nll, held_out_nll, best_nll;
  double seconds, seconds_left;
} LimenNiceTrainerReport;

typedef struct LimenNiceTrainer LimenNiceTrainer;

/**
 * limen_nice_trainer_new:
 * @set: kept; at least two images of an even number of pixels
 * @start: (nullable): a flow to continue with, copied; its shape then counts, not that of
 * @settings. Only weights are continued: Adam's means and the schedule begin anew, and the flow is
 * the best so far until a better one is found.
 *
 * Takes up to a second for a large flow. Returns: NULL with LIMEN_ERROR_ARGUMENT (a setting out of
 * range, or more memory needed than half of what the machine has) or LIMEN_ERROR_MISMATCH (images
 * that do not fit)
 */
LimenNiceTrainer *
limen_nice_trainer_new (const LimenNiceTrainerSettings *settings, LimenImageSet *set,
                        const LimenNice *start, GError **error);
/**
 * limen_nice_trainer_set_learned: from now on, flows that are copied from the trainer say that they
 * learned from its images, and from those of the flow that it continues
 * @prints: (nullable): of the trainer's images
 */
void limen_nice_trainer_set_learned (LimenNiceTrainer *trainer, LimenImagePrints *prints);
/** limen_nice_trainer_set_windows: from now on, flows that are copied from the trainer say that its
 * images are windows, see limen_nice_set_windows() */
void limen_nice_trainer_set_windows (LimenNiceTrainer *trainer, const char *windows);
void limen_nice_trainer_free (LimenNiceTrainer *trainer);

/**
 * limen_nice_trainer_step: one batch: of training, or of the held-out images when it is their turn
 *
 * Returns: FALSE with @error: G_IO_ERROR_CANCELLED, within one layer of one batch; some layers may
 * have moved, so steps after that are good but no longer those of the seed. Or
 * LIMEN_ERROR_ARGUMENT: the training diverged, and will not recover.
 */
gboolean
limen_nice_trainer_step (LimenNiceTrainer *trainer, GCancellable *cancellable, GError **error);
/** limen_nice_trainer_is_done: whether further steps do nothing */
gboolean limen_nice_trainer_is_done (const LimenNiceTrainer *trainer);
LimenNiceTrainerReport limen_nice_trainer_report (const LimenNiceTrainer *trainer);

/** limen_nice_trainer_snapshot: (transfer full): the flow as it is now, a copy: for any thread */
LimenNice *limen_nice_trainer_snapshot (const LimenNiceTrainer *trainer);
/** limen_nice_trainer_best: (transfer full): the flow with the lowest held-out negative
 * log-likelihood; before any was measured after a step, or with none held out, as it is now */
LimenNice *limen_nice_trainer_best (const LimenNiceTrainer *trainer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenNiceTrainer, limen_nice_trainer_free)
