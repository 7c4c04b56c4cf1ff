/* How far an image is from the nearest of some others: a score that needs no model, and which one
 * must beat. */
#pragma once

#include "model/data/image-set.h"

/** LimenNeighbours: images to be near to; keeps 6 bytes for each pixel of them */
typedef struct LimenNeighbours LimenNeighbours;

LimenNeighbours *limen_neighbours_new (const LimenImageSet *set);
void limen_neighbours_free (LimenNeighbours *neighbours);

/** LIMEN_NEIGHBOURS_BATCH: images that one call takes at most */
#define LIMEN_NEIGHBOURS_BATCH 128
/** limen_neighbours_room: how many floats of scratch a call needs */
gsize limen_neighbours_room (const LimenNeighbours *neighbours);
/**
 * limen_neighbours_distances: Euclidean distance of pixels in [0, 1] to the nearest image, exactly:
 * matrix products of coarse outlines find which images may be nearest, in float64 it is found which
 * is
 * @x: (n, D), n at most LIMEN_NEIGHBOURS_BATCH
 * @skip: (nullable): (n): which image each of @x is itself and must not count; G_MAXUINT: none
 * @room: scratch
 * @out: (n): +∞ where there is no other
 *
 * To be called by any number of threads.
 */
void limen_neighbours_distances (const LimenNeighbours *neighbours, const float *x, guint n,
                                 const guint *skip, float *room, double *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenNeighbours, limen_neighbours_free)
