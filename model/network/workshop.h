/* What networks in training share: the crew that works on them and the room it works in. */
#pragma once

#include "model/base/crew.h"

#define LIMEN_TILE 128 /* units of a tile, at most */

/**
 * LimenTileScratch: of one worker
 * @weight: (units, LIMEN_TILE) or (LIMEN_TILE, units): weights in use, side by side
 * @gradient: (LIMEN_TILE, units): with respect to them
 * @row: (units): of one input to all outputs
 */
typedef struct {
  float *weight, *gradient, *row;
} LimenTileScratch;

/**
 * LimenWorkshop: what networks that train one after the other share
 * @crew: (transfer none)
 * @batch: images in a batch
 * @cancellable: (nullable) (transfer none): ends a pass between two layers
 * @y: (units, batch); @awake: (units): whether a row of @y is not all 0
 * @d: two of (units, batch): gradients with respect to activations
 * @tile: (n_workers): scratch memory of each
 */
typedef struct {
  LimenCrew *crew;
  guint batch;
  GCancellable *cancellable;
  float *y, *d[2];
  guint8 *awake;
  LimenTileScratch *tile;
} LimenWorkshop;

/** limen_workshop_new: for layers of at most @units inputs and outputs */
LimenWorkshop limen_workshop_new (LimenCrew *crew, guint units, guint batch);
void limen_workshop_clear (LimenWorkshop *workshop);
