/* The bound of a VAE on images: exactly where the latent space is a line or a plane, estimated
 * elsewhere. */
#pragma once

#include "model/base/plane.h"
#include "model/base/run.h"
#include "model/bound/bound-study.h"
#include "model/bound/importance-bound.h"
#include "model/bound/monte-carlo.h"
#include "model/bound/weight-variance.h"
#include "model/latent/vae.h"

/**
 * LimenVaeMap: a VAE whose latent space can be looked all over, and what was found of the image
 * last looked at: another proposal for it costs less
 */
typedef struct LimenVaeMap LimenVaeMap;
/** limen_vae_map_new: for a latent space of 1 or 2 dimensions; LIMEN_ERROR_MISMATCH for more */
LimenVaeMap *limen_vae_map_new (LimenVae *vae, GError **error);
LimenVaeMap *limen_vae_map_ref (LimenVaeMap *map);
void limen_vae_map_unref (LimenVaeMap *map);

/**
 * LimenVaeExact: one image under a VAE with a latent plane, exactly
 * @q: q(z|x); @x: (observed)
 * @log_evidence: log p(x), nats, by quadrature
 * @log_evidence_error: by how much it may be off, nats: what is left out and the difference of two
 * rules on each piece of the plane; NaN, as @log_evidence is, where the work allowed for does not
 * come to half a nat
 * @bound_error: the same of exact values of the bound, for K = 1 to LIMEN_BOUND_MOST_K
 * @posterior: log p(z|x) around where it has its mass and q has its own
 * @bound: (nullable): of @q; NULL where @log_evidence is not known
 * @variance: of the importance weight
 */
typedef struct {
  LimenVae *vae;
  float *x;
  LimenGaussian *q;
  double log_evidence, log_evidence_error, bound_error;
  LimenPlane *posterior;
  LimenImportanceBound *bound;
  LimenWeightVariance variance;
} LimenVaeExact;

/* The evidence is known where its error is below that, nats. */
#define LIMEN_VAE_MOST_ERROR 0.5

/** limen_vae_exact_new: @q: (nullable): a proposal instead of the encoder's, copied */
LimenVaeExact *limen_vae_exact_new (LimenVaeMap *map, const float *x, const LimenGaussian *q,
                                    GCancellable *cancellable, GError **error);
/** limen_vae_exact_into_study: evidence, bound and variance become those of proposal @index of
 * @study: the bound is taken out of @exact */
void limen_vae_exact_into_study (LimenVaeExact *exact, LimenBoundStudy *study, guint index);
/** limen_vae_proposal_into_study: what is known without an integral, in any number of dimensions:
 * @q and whether its weights have a variance */
void limen_vae_proposal_into_study (const LimenVae *vae, const float *x, const LimenGaussian *q,
                                    LimenBoundStudy *study, guint index);
void limen_vae_exact_free (LimenVaeExact *exact);

/**
 * LimenVaeSetBound: over a set of images, for one K
 * @bound: mean over images of the estimated VLB^(K), its standard error over images
 * @monte_carlo_error: the part of it that is due to the draws; NaN where each image had one bound
 */
typedef struct {
  guint k;
  LimenEstimate bound;
  double monte_carlo_error;
} LimenVaeSetBound;

typedef void (*LimenVaeSetFunc) (const LimenVaeSetBound *table, guint n_k, guint n_images,
                                 gpointer user_data);

/**
 * LimenVaeSetPlan: which bounds of which images
 * @first, @n: which images of @set
 * @k: (n_k): ascending, each divides the largest or is used for as many whole bounds as fit into
 * the draws
 * @samples: draws for each image; at least the largest K, 0: as many
 * @done: (nullable): told, one call at a time, of the table over the images that are done so far
 * @greys: whether images are those of limen_vae_take_greys(), not of limen_vae_take_image()
 * @place: number of the first image of @set where it is a part of a larger one, whose draws it then
 * has
 * @each: (nullable): (n, n_k): gets the estimated VLB^(K) of each image: the mean of its bounds
 */
typedef struct {
  const LimenVae *vae;
  const LimenImageSet *set;
  guint first, n;
  const guint *k;
  guint n_k, samples;
  guint64 seed;
  LimenVaeSetFunc done;
  gpointer done_data;
  gboolean greys;
  double *each;
  guint place;
} LimenVaeSetPlan;

/**
 * limen_vae_set_bound: the table of Burda et al. (2016)
 * @out: (n_k)
 * @run: (nullable)
 *
 * The same seed gives the same numbers on any number of threads.
 */
gboolean limen_vae_set_bound (const LimenVaeSetPlan *plan, LimenVaeSetBound *out,
                              const LimenRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenVaeMap, limen_vae_map_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenVaeExact, limen_vae_exact_free)
