/* Whether the latents of one image could be draws from the flow's prior. */
#pragma once

#include <glib.h>

/** limen_latent_fit_room: how many floats of scratch limen_latent_fit() needs for @n latents */
gsize limen_latent_fit_room (guint n);
/**
 * limen_latent_fit: the statistic of Anderson and Darling (1954), of @z against the standard
 * logistic distribution, nothing of which is estimated: A² = −n − (1/n) Σ (2i − 1)·(log F(z_(i)) +
 * log(1 − F(z_(n+1−i))))
 * @z: (n): the latents of an image, in any order
 * @room: scratch
 *
 * Returns: A², no unit; high where they fit badly; NaN where a latent is NaN
 */
double limen_latent_fit (const float *z, guint n, float *room);
/**
 * limen_latent_fit_p_value: the probability of as large an A² for @n independent draws from the
 * prior, by Marsaglia and Marsaglia, "Evaluating the Anderson-Darling distribution" (2004), off by
 * at most 2e-5: of one that is smaller, no more is known. It holds for a single image,
 * whatever others score.
 */
double limen_latent_fit_p_value (double statistic, guint n);
