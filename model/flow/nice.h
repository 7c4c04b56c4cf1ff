/* NICE: a normalizing flow of additive coupling layers and one diagonal scaling.
 *
 * Source: Dinh, Krueger and Bengio, "NICE: non-linear independent components estimation" (2014).
 * x is viewed as (D/2, 2): even and odd entries. Coupling 0 adds its shift to the even entries,
 * computed from the odd ones; coupling 1 the other way round, and so on. z = exp(scale)·x, and with
 * the standard logistic prior log p(x) = Σ −(softplus(z_i) + softplus(−z_i)) + Σ scale_i, in nats.
 */
#pragma once

#include "model/data/image-prints.h"
#include "model/data/image-set.h"
#include "model/weights/checkpoint.h"

/**
 * LimenNiceShape:
 * @dimension: D, pixels of an image, even
 * @width: units of a hidden layer
 * @depth: hidden layers of a coupling
 * @couplings: coupling layers
 */
typedef struct {
  guint dimension, width, depth, couplings;
} LimenNiceShape;

typedef struct LimenNice LimenNice;

/** LIMEN_NICE_KEY: the name of a tensor by which a flow is found among weights */
#define LIMEN_NICE_KEY "coupling.0.in_block.0.weight"

/**
 * limen_nice_load: the flow in a file of weights, whatever dictionary it is nested in; its
 * architecture comes from the tensors. LIMEN_ERROR_MISMATCH where they do not make a flow.
 */
LimenNice *limen_nice_load (const char *path, GCancellable *cancellable, GError **error);
/** limen_nice_new_from_checkpoint: consumes the tensors of @checkpoint, so that memory is not held
 * twice. */
LimenNice *limen_nice_new_from_checkpoint (LimenCheckpoint *checkpoint, GError **error);
/**
 * limen_nice_save: weights under the names of the course's model, so that load_state_dict takes
 * them
 * @path: replaced whole or not at all; .pt, .pth, .ckpt: as torch.save writes; else safetensors
 * @dtype: float32, or float16 for half the size
 *
 * What it learned from is saved with it: the name of its images, and their prints where they are at
 * most LIMEN_MOST_PRINTS_IN_TEXT.
 */
gboolean
limen_nice_save (const LimenNice *nice, const char *path, LimenNumberType dtype, GError **error);
/**
 * limen_nice_set_learned: what @nice learned from, which is saved with it; before it is shared
 * @images: what they are called
 * @prints: (nullable): of all of them, held-out ones among them, as the flow saw them
 */
void limen_nice_set_learned (LimenNice *nice, const char *images, LimenImagePrints *prints);
/** limen_nice_learned_from: (nullable): what the images are called; NULL: nothing is known */
const char *limen_nice_learned_from (const LimenNice *nice);
/** limen_nice_learned_prints: (transfer none) (nullable) */
LimenImagePrints *limen_nice_learned_prints (const LimenNice *nice);
/**
 * limen_nice_set_windows: that the images that @nice learned are windows of photos, which is saved
 * with it; before it is shared
 * @windows: how they were cut, as limen_windowing_note() tells it
 */
void limen_nice_set_windows (LimenNice *nice, const char *windows);
/** limen_nice_windows: (nullable): NULL: it learned whole images, as far as is known */
const char *limen_nice_windows (const LimenNice *nice);
LimenNice *limen_nice_ref (LimenNice *nice);
void limen_nice_unref (LimenNice *nice);

LimenNiceShape limen_nice_shape (const LimenNice *nice);
/** limen_nice_path: the file it came from */
const char *limen_nice_path (const LimenNice *nice);
/** limen_nice_networks: (nullable): NULL-terminated: names of the flows in that file where it holds
 * several: first this one's, "" for one that is in no dictionary. "FILE:NAME" loads another. */
const char *const *limen_nice_networks (const LimenNice *nice);
/** limen_nice_image_size: FALSE where D is not a square: then images of any shape with D pixels fit
 */
gboolean limen_nice_image_size (const LimenNice *nice, guint *width, guint *height);

/**
 * limen_nice_log_likelihood:
 * @set: images of D pixels; LIMEN_ERROR_MISMATCH otherwise
 * @out: (limen_image_set_n_images()): log p(x) of each image, nats
 * @scored: (nullable): told, from worker threads, of each finished run of images
 *
 * The value for an image depends on the image alone: not on its neighbours, nor on the number of
 * threads.
 */
typedef void (*LimenScoredFunc) (guint first, guint n, gpointer user_data);
gboolean limen_nice_log_likelihood (const LimenNice *nice, const LimenImageSet *set, double *out,
                                    LimenScoredFunc scored, gpointer scored_data,
                                    const LimenRun *run, GError **error);

/**
 * LimenLatentsFunc: told, from worker threads, of the latents of a run of images before it is
 * scored
 * @z: (n, D), row-major; only until it returns
 * @worker: as of LimenBatchFunc
 */
typedef void (*LimenLatentsFunc) (guint first, guint n, const float *z, guint worker,
                                  gpointer user_data);

/** LimenNiceWatch: who is told of a pass; both with @data */
typedef struct {
  LimenLatentsFunc latents;
  LimenScoredFunc scored;
  gpointer data;
} LimenNiceWatch;

/** limen_nice_watch: limen_nice_log_likelihood(), and the latents of the same pass, to whom they
 * cost little more */
gboolean limen_nice_watch (const LimenNice *nice, const LimenImageSet *set, double *out,
                           const LimenNiceWatch *watch, const LimenRun *run, GError **error);

/**
 * limen_nice_prefers_inverted:
 * @inverted: (out): whether at least three in four of (up to 300 of) the images are more likely
 * with black exchanged for white: then the set probably has another polarity than the images that
 * the flow learned from
 */
gboolean
limen_nice_prefers_inverted (const LimenNice *nice, const LimenImageSet *set, gboolean *inverted,
                             GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenNice, limen_nice_unref)
