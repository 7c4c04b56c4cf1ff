/* A latent space of one dimension: densities as curves. */
#pragma once

#include "ui/study/bound/scene.h"
#include "viz/kit/line-plot.h"

/**
 * LimenLatentLine: posterior, proposal, and what K samples make of it, along z
 * @plot: borrows from all that follows
 */
typedef struct {
  LimenLinePlot plot;
  LimenLine line[3];
  double z[LIMEN_LATENT_NODES], posterior[LIMEN_LATENT_NODES], q[LIMEN_LATENT_NODES],
      implied[LIMEN_LATENT_NODES];
} LimenLatentLine;

void
limen_latent_line_fill (LimenLatentLine *line, const LimenScene *scene, const LimenGaussian *q);
/** limen_latent_line_handle: where a handle of the proposal is: 0: its mean, at the top of the
 * curve; 1: one standard deviation to the right. @z, @density: (out) */
void limen_latent_line_handle (const LimenGaussian *q, int handle, double *z, double *density);
/** limen_latent_line_moved: (transfer full): the proposal after @handle went to @z */
LimenGaussian *limen_latent_line_moved (const LimenGaussian *q, int handle, double z);
