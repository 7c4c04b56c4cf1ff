#include "model/data/builtin.h"
#include "model/latent/vae-private.h"

#include <math.h>

/* Its life */

LimenVae *
limen_vae_new (LimenVaeShape shape, double sigma, const char *path)
{
  LimenVae *vae = g_new0 (LimenVae, 1);
  const guint down[] = {shape.observed, shape.hidden_encoder, 2 * shape.latent};
  const guint up[] = {shape.latent, shape.hidden_decoder, shape.observed};
  g_atomic_ref_count_init (&vae->references);
  vae->path = g_strdup (path);
  vae->shape = shape;
  vae->sigma = sigma;
  vae->encoder = limen_mlp_new (down, 2);
  vae->decoder = limen_mlp_new (up, 2);
  return vae;
}

LimenVae *
limen_vae_builtin (void)
{
  g_autoptr (GError) error = NULL;
  LimenVae *vae = limen_vae_load (LIMEN_BUILTIN_VAE, 0, NULL, &error);
  if (!vae)
    g_error ("The VAE inside the program is damaged: %s", error->message);
  return vae;
}

LimenVae *
limen_vae_ref (LimenVae *vae)
{
  g_atomic_ref_count_inc (&vae->references);
  return vae;
}

void
limen_vae_unref (LimenVae *vae)
{
  if (!g_atomic_ref_count_dec (&vae->references))
    return;
  limen_mlp_clear (&vae->encoder);
  limen_mlp_clear (&vae->decoder);
  g_free (vae->path);
  g_strfreev (vae->networks);
  g_free (vae);
}

/* What it is */

LimenVaeShape
limen_vae_shape (const LimenVae *vae)
{
  return vae->shape;
}

const char *const *
limen_vae_networks (const LimenVae *vae)
{
  return (const char *const *)vae->networks;
}

const char *
limen_vae_path (const LimenVae *vae)
{
  return vae->path;
}

LimenVaeLikelihood
limen_vae_likelihood (const LimenVae *vae)
{
  return vae->sigma > 0 ? LIMEN_VAE_GAUSSIAN : LIMEN_VAE_BERNOULLI;
}

double
limen_vae_sigma (const LimenVae *vae)
{
  return vae->sigma;
}

gboolean
limen_vae_image_size (const LimenVae *vae, guint *width, guint *height)
{
  guint side = (guint)lround (sqrt (vae->shape.observed));
  if (side * side != vae->shape.observed)
    return FALSE;
  *width = *height = side;
  return TRUE;
}

/* What it does to one image */

gboolean
limen_vae_take_greys (const LimenVae *vae, const LimenImageSet *set, guint index, float *x,
                      GError **error)
{
  guint width = limen_image_set_width (set), height = limen_image_set_height (set);
  g_return_val_if_fail (index < limen_image_set_n_images (set), FALSE);
  if ((guint64)width * height != vae->shape.observed) {
    g_autofree char *shown = limen_display_name (vae->path);
    return limen_fail (
        error, LIMEN_ERROR_MISMATCH,
        "%s has images of %u × %u pixels, but %s was made for %u pixels; choose a VAE and "
        "images that fit each other.",
        limen_image_set_name (set), width, height, shown, vae->shape.observed);
  }
  limen_image_set_copy_rows (set, index, 1, x);
  return TRUE;
}

gboolean
limen_vae_take_image (const LimenVae *vae, const LimenImageSet *set, guint index, float *x,
                      GError **error)
{
  if (!limen_vae_take_greys (vae, set, index, x, error))
    return FALSE;
  if (limen_vae_likelihood (vae) == LIMEN_VAE_BERNOULLI)
    for (guint i = 0; i < vae->shape.observed; i++)
      x[i] = x[i] > 127.0f / 255 ? 1 : 0;
  return TRUE;
}

/* y = Wx + b in float64: @y: (outputs) */
static void
run_layer (const LimenLinear *layer, const double *x, gboolean relu, double *y)
{
  for (guint o = 0; o < layer->outputs; o++)
    y[o] = layer->bias[o];
  for (guint i = 0; i < layer->inputs; i++) {
    const float *weight = layer->weight + (gsize)i * layer->stride;
    if (x[i] != 0)
      for (guint o = 0; o < layer->outputs; o++)
        y[o] += x[i] * weight[o];
  }
  if (relu)
    for (guint o = 0; o < layer->outputs; o++)
      y[o] = MAX (y[o], 0);
}

/* Returns: (transfer full): (outputs) */
static double *
run_network (const LimenMlp *mlp, const double *x)
{
  g_autofree double *hidden = g_new (double, mlp->layer[0].outputs);
  double *y = g_new (double, mlp->layer[1].outputs);
  run_layer (&mlp->layer[0], x, TRUE, hidden);
  run_layer (&mlp->layer[1], hidden, FALSE, y);
  return y;
}

LimenGaussian *
limen_vae_encode (const LimenVae *vae, const float *x)
{
  enum { MOST = 600 }; /* beyond it, exp() leaves float64 on the way to a covariance */
  guint observed = vae->shape.observed, k = vae->shape.latent;
  g_autofree double *image = g_new (double, observed);
  for (guint i = 0; i < observed; i++)
    image[i] = x[i];
  g_autofree double *y = run_network (&vae->encoder, image);
  for (guint j = 0; j < k; j++)
    y[k + j] = exp (CLAMP (y[k + j], -MOST, MOST));
  return limen_gaussian_new_diagonal ("The proposal of the encoder", k, y, y + k, NULL);
}

void
limen_vae_decode (const LimenVae *vae, const double *z, float *mean)
{
  g_autofree double *y = run_network (&vae->decoder, z);
  gboolean is_bernoulli = limen_vae_likelihood (vae) == LIMEN_VAE_BERNOULLI;
  for (guint i = 0; i < vae->shape.observed; i++)
    mean[i] = (float)(is_bernoulli ? 1 / (1 + exp (-y[i])) : y[i]);
}
