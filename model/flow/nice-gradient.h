/* Why one image is as likely as it is: its log-likelihood as a sum over latents, the gradient with
 * respect to its pixels, and steps towards the likely. All in float64, by one image at a time. */
#pragma once

#include "model/flow/nice.h"

/** LIMEN_NICE_PEAK: −2 log 2, nats: what a latent adds at most, where it is 0 */
#define LIMEN_NICE_PEAK (-1.3862943611198906)

/**
 * LimenNiceDetail: log p(x) = Σ_i contribution_i + constant, nats
 * @constant: Σ scale_i, the same for every image
 * @latent: (D): z_i, which stands at the place of pixel i
 * @contribution: (D): −softplus(z_i) − softplus(−z_i), at most LIMEN_NICE_PEAK
 * @gradient: (D): ∂ log p/∂x_i, nats per unit of a pixel; 0 where hidden units switch
 */
typedef struct {
  guint dimension;
  double log_likelihood, constant;
  double *latent, *contribution, *gradient;
} LimenNiceDetail;

/**
 * limen_nice_detail: one pass through the flow, and one back
 * @x: (D)
 *
 * Returns: (transfer full): NULL with G_IO_ERROR_CANCELLED
 */
LimenNiceDetail *limen_nice_detail (const LimenNice *nice, const double *x,
                                    GCancellable *cancellable, GError **error);
LimenNiceDetail *limen_nice_detail_copy (const LimenNiceDetail *detail);
void limen_nice_detail_free (LimenNiceDetail *detail);

/**
 * LimenNiceAscent: an image moved towards what is likely
 * @x: (D): where it arrived, in [0, 1]
 * @log_likelihood: (n_steps + 1): before the first step and after each; it never falls
 * @reached: whether it is as likely as it was to become; else steps ran out or led nowhere
 */
typedef struct {
  guint dimension, n_steps;
  double *x, *log_likelihood;
  gboolean reached;
} LimenNiceAscent;

/**
 * limen_nice_ascend: steps of projected gradient ascent in the metric of the flow's scales, pixels
 * kept in [0, 1]: the direction is ∂ log p/∂x_i · exp(−2 scale_i), by which no pixel that hardly
 * varies among the images it learned from takes all of a step; a step is halved until the
 * log-likelihood rises by a part of what the gradient promises (Armijo, 1966; Bertsekas, 1976)
 * @x: (D), in [0, 1]
 * @most: steps at most
 * @goal: the log-likelihood at which it ends; the last step is shortened to it
 *
 * Returns: (transfer full): NULL with G_IO_ERROR_CANCELLED. No step is made where log p(x) is not
 * finite
 */
LimenNiceAscent *limen_nice_ascend (const LimenNice *nice, const double *x, guint most, double goal,
                                    const LimenRun *run, GError **error);
LimenNiceAscent *limen_nice_ascent_copy (const LimenNiceAscent *ascent);
void limen_nice_ascent_free (LimenNiceAscent *ascent);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenNiceDetail, limen_nice_detail_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenNiceAscent, limen_nice_ascent_free)
