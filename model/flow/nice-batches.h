/* Images on their way into training: which of them, in which order, with which noise. */
#pragma once

#include "model/base/crew.h"
#include "model/data/image-set.h"

/**
 * LimenNiceBatches:
 * @image: (n_held_out + n_train): the held-out images, then those of training in the order of the
 * present epoch
 */
typedef struct {
  LimenImageSet *set;
  guint dimension, n_held_out, n_train, size;
  guint64 seed;
  guint32 *image;
} LimenNiceBatches;

/**
 * limen_nice_batches_new:
 * @held_out: which part of the images to hold out, 0 to 1; which they are, depends on the number of
 * images only, so that training continued with another seed does not learn them
 * @size: images in a batch; fewer where there are not as many
 */
LimenNiceBatches *
limen_nice_batches_new (LimenImageSet *set, double held_out, guint size, guint64 seed);
void limen_nice_batches_free (LimenNiceBatches *batches);

/** limen_nice_batches_per_epoch: at least 1; images that fill no batch wait for the next epoch */
guint limen_nice_batches_per_epoch (const LimenNiceBatches *batches);
/** limen_nice_batches_shuffle: the order of an epoch, whatever it was before */
void limen_nice_batches_shuffle (LimenNiceBatches *batches, guint epoch);

/**
 * limen_nice_batches_fill: batch @index of @epoch, dequantized: (255·x + u)/256, u uniform in [0,
 * 1)
 * @half: (out): even and odd entries, (D/2, size) each
 * Source: Theis, van den Oord and Bethge, "A note on the evaluation of generative models" (2016),
 * section 3.1
 */
void limen_nice_batches_fill (const LimenNiceBatches *batches, LimenCrew *crew, guint epoch,
                              guint index, float *const half[2]);

/** limen_nice_batches_fill_held_out: images @first, ... of those held out, always with the same
 * noise. Returns: how many columns are images. */
guint limen_nice_batches_fill_held_out (const LimenNiceBatches *batches, LimenCrew *crew,
                                        guint first, float *const half[2]);

/** limen_nice_batches_log_scales: −log of the standard deviation of each dequantized entry
 * @out: (D) */
void limen_nice_batches_log_scales (const LimenNiceBatches *batches, float *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenNiceBatches, limen_nice_batches_free)
