/* A decoder of ReLU units seen from far away: l(t·u) = t·F(u) + O(1) for t → ∞, with
 * F(u) = Σ_h W_h·max (w_h·u, 0): what decides which integrals over the latent space converge.
 *
 * F is linear on each of the sectors that the lines w_h·u = 0 cut the plane into. */
#pragma once

#include "model/latent/vae.h"

/** limen_vae_recession: @out: (observed): F(@u), @u: (latent), of any number of latent variables */
void limen_vae_recession (const LimenVae *vae, const double *u, double *out);

/**
 * LimenVaeSector: of the latent plane, at most a quarter of it
 * @ray: unit vectors along its two edges, counterclockwise
 * @slope: (2, observed): F(u) = slope₁·u₁ + slope₂·u₂ in it
 */
typedef struct {
  double ray[2][2];
  double *slope[2];
  guint observed;
} LimenVaeSector;

/** LimenVaeSectorFunc: returns: FALSE where no further sector is wanted */
typedef gboolean (*LimenVaeSectorFunc) (const LimenVaeSector *sector, gpointer data);
/** limen_vae_each_sector: of a latent plane, all the way round */
void limen_vae_each_sector (const LimenVae *vae, LimenVaeSectorFunc each, gpointer data);
