/* A variational autoencoder (Kingma and Welling, "Auto-encoding variational Bayes", 2014): prior
 * N(0, I), encoder q(z|x) = N(fc21(h), diag exp fc22(h)), h = ReLU(fc1(x)), decoder logits or means
 * fc4(ReLU(fc3(z))). The layout, and the names of its tensors, are those of PyTorch's example. */
#pragma once

#include "model/data/image-set.h"
#include "model/latent/gaussian.h"
#include "model/latent/target.h"
#include "model/network/mlp.h"
#include "model/weights/checkpoint.h"

/**
 * LimenVaeLikelihood: p(x|z)
 * @LIMEN_VAE_BERNOULLI: of pixels that are black or white: x = 1 where a pixel is above 127/255
 * @LIMEN_VAE_GAUSSIAN: N(mean, σ²I) of pixels in [0, 1]
 */
typedef enum { LIMEN_VAE_BERNOULLI, LIMEN_VAE_GAUSSIAN } LimenVaeLikelihood;

typedef struct {
  guint observed, hidden_encoder, hidden_decoder, latent;
} LimenVaeShape;

typedef struct LimenVae LimenVae;

/** LIMEN_VAE_KEY: the name of a tensor by which a VAE is found among weights */
#define LIMEN_VAE_KEY "fc21.weight"

/**
 * limen_vae_load: the VAE in a file of weights, whatever dictionary it is nested in; its shape
 * comes from the tensors
 * @sigma: standard deviation of a Gaussian decoder; 0: a Bernoulli decoder
 *
 * LIMEN_ERROR_MISMATCH where the tensors do not make a VAE (the sentence names the one that is
 * missing or of another shape).
 */
LimenVae *
limen_vae_load (const char *path, double sigma, GCancellable *cancellable, GError **error);
/** limen_vae_builtin: (transfer full): the one that Limen brings along: latent plane, generated
 * digits of 28 × 28 pixels */
LimenVae *limen_vae_builtin (void);
/** limen_vae_save: as limen_nice_save() */
gboolean
limen_vae_save (const LimenVae *vae, const char *path, LimenNumberType dtype, GError **error);
LimenVae *limen_vae_ref (LimenVae *vae);
void limen_vae_unref (LimenVae *vae);

LimenVaeShape limen_vae_shape (const LimenVae *vae);
const char *limen_vae_path (const LimenVae *vae);
/** limen_vae_networks: as limen_nice_networks() */
const char *const *limen_vae_networks (const LimenVae *vae);
LimenVaeLikelihood limen_vae_likelihood (const LimenVae *vae);
/** limen_vae_sigma: standard deviation of a Gaussian decoder; 0: a Bernoulli decoder */
double limen_vae_sigma (const LimenVae *vae);
/** limen_vae_image_size: FALSE where the pixels are no square */
gboolean limen_vae_image_size (const LimenVae *vae, guint *width, guint *height);

/** limen_vae_take_image: @x: (observed): image @index of @set as the decoder's likelihood sees it.
 * LIMEN_ERROR_MISMATCH for an image of another size */
gboolean limen_vae_take_image (const LimenVae *vae, const LimenImageSet *set, guint index, float *x,
                               GError **error);
/** limen_vae_take_greys: the same without the threshold of a Bernoulli decoder: a pixel's grey is
 * then its probability of being white, and log p(x|z) the mean over images that are drawn so: what
 * PyTorch's example maximizes, and a lower bound of no density of greys */
gboolean limen_vae_take_greys (const LimenVae *vae, const LimenImageSet *set, guint index, float *x,
                               GError **error);
/** limen_vae_encode: (transfer full): q(z|x); @x: (observed) */
LimenGaussian *limen_vae_encode (const LimenVae *vae, const float *x);
/** limen_vae_decode: @z: (latent); @mean: (out) (observed): E x, in [0, 1] for a Bernoulli decoder
 */
void limen_vae_decode (const LimenVae *vae, const double *z, float *mean);

/** LimenVaeTarget: log p(x, z) of one image */
typedef struct LimenVaeTarget LimenVaeTarget;
LimenVaeTarget *limen_vae_target_new (const LimenVae *vae, const float *x);
void limen_vae_target_free (LimenVaeTarget *target);
LimenTarget limen_vae_target (const LimenVaeTarget *target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenVae, limen_vae_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenVaeTarget, limen_vae_target_free)
