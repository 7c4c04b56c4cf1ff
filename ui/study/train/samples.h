/* What a flow makes up: samples, and the path between two images through its latent space. */
#pragma once

#include "model/flow/nice-inverse.h"
#include "viz/kit/picture.h"

#define LIMEN_N_SAMPLES 64
#define LIMEN_N_STEPS   12

/** LimenPathEnd: an image of a set; @set is owned */
typedef struct {
  LimenImageSet *set;
  guint index;
} LimenPathEnd;

/**
 * LimenSamples:
 * @flow, @seed, @temperature: what was asked for
 * @end: [start, goal] of the path; without sets: the first two samples
 * @samples, @path: (nullable): what came of it
 *
 * A plain value that owns references.
 */
typedef struct {
  LimenNice *flow;
  guint64 seed;
  double temperature;
  LimenPathEnd end[2];
  LimenImageSet *samples, *path;
} LimenSamples;

LimenSamples *limen_samples_copy (const LimenSamples *samples);
void limen_samples_free (LimenSamples *samples);
/** limen_samples_set_end: @set: (nullable) */
void limen_samples_set_end (LimenSamples *samples, guint end, LimenImageSet *set, guint index);

/** limen_samples_draw: computes @path of @asked, and @samples where there are none yet; FALSE with
 * an error */
gboolean limen_samples_draw (LimenSamples *asked, GCancellable *cancellable, GError **error);

/** limen_samples_save: one of both as a PNG that says how it was made */
gboolean
limen_samples_save (const LimenSamples *samples, gboolean path, const char *file, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenSamples, limen_samples_free)
