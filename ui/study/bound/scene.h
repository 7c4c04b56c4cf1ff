/* What the latent plane and the tree of merges show for one proposal and one K: a value, computed
 * without a window. */
#pragma once

#include "model/bound/bound-study.h"
#include "model/bound/vae-bound.h"

#define LIMEN_SCENE_LEAVES 32
#define LIMEN_SCENE_LEVELS 6
#define LIMEN_SCENE_POINTS 300
#define LIMEN_LATENT_NODES 241
#define LIMEN_SCENE_SEED   1 /* of what is drawn on a page, and in a picture of the same */

/**
 * LimenScene:
 * @low, @high: (2): the part of the plane to be seen
 * @posterior: (nullable): log p(z|x) over it
 * @implied: (nullable): log of the density that K samples make of the proposal
 * @z: (n_points, 2 or 1), @weight: (n_points): draws from the proposal and their weights, all ≤ 1,
 * NaN free; fewer than K where K is large
 * @merge: (LEVELS): log-means of LEAVES weights merged two by two: LEAVES, LEAVES / 2, …
 * @merge_exact: (LEVELS): VLB^(1, 2, 4, …), what their means are on average; NaN: not known
 */
typedef struct {
  double low[2], high[2];
  LimenPlane *posterior, *implied;
  guint n_points;
  double z[2 * LIMEN_SCENE_POINTS], weight[LIMEN_SCENE_POINTS];
  double merge[LIMEN_SCENE_LEVELS][LIMEN_SCENE_LEAVES], merge_exact[LIMEN_SCENE_LEVELS];
} LimenScene;

LimenScene *limen_scene_new (void);
LimenScene *limen_scene_copy (const LimenScene *scene);
void limen_scene_free (LimenScene *scene);
/** limen_scene_look: the part of the plane around all that is said by @gaussian: (n) */
void limen_scene_look (LimenScene *scene, const LimenGaussian *const *gaussian, guint n);
/** limen_scene_set_posterior: evaluates @target over the plane, or the line:
 * LIMEN_LATENT_NODES of it */
void limen_scene_set_posterior (LimenScene *scene, const LimenTarget *target, double log_evidence);
/** limen_scene_take_posterior: @plane: (transfer full): becomes @posterior, and what is to be seen
 */
void limen_scene_take_posterior (LimenScene *scene, LimenPlane *plane);
/** limen_scene_imply: @implied of @proposal for @k, from @posterior; nothing without an exact bound
 */
void limen_scene_imply (LimenScene *scene, const LimenBoundProposal *proposal, double k);
/** limen_scene_draw: @k draws, at most LIMEN_SCENE_POINTS, from the proposal */
void limen_scene_draw (LimenScene *scene, const LimenTarget *target, const LimenGaussian *q,
                       guint k, guint64 seed);
/** limen_scene_merge: a new set of weights, the @round-th */
void limen_scene_merge (LimenScene *scene, const LimenTarget *target, const LimenGaussian *q,
                        guint64 seed, guint round);
/** limen_scene_fill: all of it, for the first proposal of @study at @q, and @k; the posterior where
 * it is not there and can be: on a line or a plane, of a known evidence */
void limen_scene_fill (LimenScene *scene, const LimenTarget *target, const LimenBoundStudy *study,
                       const LimenGaussian *q, guint k, guint merge_round);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenScene, limen_scene_free)
