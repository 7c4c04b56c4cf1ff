/* A flow run backwards: from points of the latent space to images. */
#pragma once

#include "model/flow/nice.h"

/**
 * limen_nice_to_latent: z = f(x)
 * @x: (n, D), row-major; @z: (out) (n, D)
 *
 * Returns: FALSE with G_IO_ERROR_CANCELLED
 */
gboolean limen_nice_to_latent (const LimenNice *nice, const float *x, guint n, float *z,
                               GCancellable *cancellable, GError **error);
/** limen_nice_from_latent: x = f⁻¹(z), pixels of any value */
gboolean limen_nice_from_latent (const LimenNice *nice, const float *z, guint n, float *x,
                                 GCancellable *cancellable, GError **error);

/**
 * limen_nice_sample: @n images that the flow makes up
 * @temperature: factor on points of the standard logistic distribution: 1 draws from the model,
 * less draws what is more typical of it
 *
 * Sample i depends on @seed and i only. Pixels become 8-bit values as v = ⌊256 x⌋, which undoes the
 * dequantization of training, and stop at 0 and 255. Where D is not a square, the image is the
 * rectangle of D pixels that comes closest to one.
 *
 * Returns: (transfer full): NULL with G_IO_ERROR_CANCELLED, or LIMEN_ERROR_ARGUMENT for no images,
 * more than 65,536, or more than 2³⁰ pixels of them
 */
LimenImageSet *limen_nice_sample (const LimenNice *nice, guint n, guint64 seed, double temperature,
                                  GCancellable *cancellable, GError **error);

/**
 * limen_nice_walk: @n images, 2 or more, on the straight line through latent space from image @from
 * of @start to image @to of @goal, both included
 *
 * Returns: (transfer full): NULL with an error as limen_nice_sample(), or LIMEN_ERROR_MISMATCH for
 * images that do not have D pixels
 */
LimenImageSet *limen_nice_walk (const LimenNice *nice, const LimenImageSet *start, guint from,
                                const LimenImageSet *goal, guint to, guint n,
                                GCancellable *cancellable, GError **error);
