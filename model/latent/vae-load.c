/* From a table of tensors to a VAE, and back: the names are those of PyTorch's example,
 * examples/vae.
 */
#include "model/latent/vae-private.h"
#include "model/weights/linear-load.h"
#include "model/weights/checkpoint-write.h"

#include <string.h>

#define MOST (1 << 20) /* units of a layer */

static gboolean
refuse_shape (const LimenLayerSource *source, const LimenTensor *tensor, const char *wanted,
              GError **error)
{
  g_autofree char *shape = limen_tensor_shape_text (tensor);
  return limen_fail (
      error, LIMEN_ERROR_MISMATCH,
      "%s: the tensor %s has the shape %s where %s was expected; save the state_dict of one "
      "whole VAE.",
      source->shown, tensor->name, shape, wanted);
}

static gboolean
is_matrix (const LimenTensor *tensor)
{
  return tensor->n_dimensions == 2 && tensor->shape[0] >= 1 && tensor->shape[0] <= MOST &&
         tensor->shape[1] >= 1 && tensor->shape[1] <= MOST;
}

/* All tensors must be in the file before memory is taken for them. */
static gboolean
read_shape (const LimenLayerSource *source, LimenVaeShape *shape, GError **error)
{
  static const char *const names[] = {"fc1.weight",  "fc1.bias",  "fc21.weight", "fc21.bias",
                                      "fc22.weight", "fc22.bias", "fc3.weight",  "fc3.bias",
                                      "fc4.weight",  "fc4.bias"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!limen_layer_find (source, names[i]))
      return limen_layer_refuse_missing (source, names[i], error);
  const LimenTensor *fc1 = limen_layer_find (source, "fc1.weight");
  const LimenTensor *fc3 = limen_layer_find (source, "fc3.weight");
  if (!is_matrix (fc1))
    return refuse_shape (source, fc1, "(units, pixels)", error);
  if (!is_matrix (fc3))
    return refuse_shape (source, fc3, "(units, latent variables)", error);
  shape->hidden_encoder = (guint)fc1->shape[0];
  shape->observed = (guint)fc1->shape[1];
  shape->hidden_decoder = (guint)fc3->shape[0];
  shape->latent = (guint)fc3->shape[1];
  return TRUE;
}

/* fc21 above fc22, as one layer */
static gboolean
take_heads (const LimenLayerSource *source, LimenLinear *layer, GError **error)
{
  guint k = layer->outputs / 2;
  LimenLinear head[] = {limen_linear_new (layer->inputs, k), limen_linear_new (layer->inputs, k)};
  gboolean ok = limen_layer_take_linear (source, "fc21", &head[0], error) &&
                limen_layer_take_linear (source, "fc22", &head[1], error);
  for (guint h = 0; h < 2; h++) {
    for (guint i = 0; i < layer->inputs; i++)
      memcpy (layer->weight + (gsize)i * layer->stride + h * k,
              head[h].weight + (gsize)i * head[h].stride, k * sizeof (float));
    memcpy (layer->bias + h * k, head[h].bias, k * sizeof (float));
    limen_linear_clear (&head[h]);
  }
  return ok;
}

/* Other shapes than those of fc1 and fc3, limen_layer_take() finds before it takes memory; but a
 * network is made before, and its size must be that of the file's. */
static gboolean
check_sizes (const LimenLayerSource *source, LimenVaeShape shape, GError **error)
{
  const struct {
    const char *name;
    gint64 rows, columns;
  } table[] = {{"fc21.weight", shape.latent, shape.hidden_encoder},
               {"fc22.weight", shape.latent, shape.hidden_encoder},
               {"fc4.weight", shape.observed, shape.hidden_decoder}};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    const LimenTensor *tensor = limen_layer_find (source, table[i].name);
    g_autofree char *wanted = g_strdup_printf ("(%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")",
                                               table[i].rows, table[i].columns);
    if (tensor->n_dimensions != 2 || tensor->shape[0] != table[i].rows ||
        tensor->shape[1] != table[i].columns)
      return refuse_shape (source, tensor, wanted, error);
  }
  return TRUE;
}

static LimenVae *
new_from_checkpoint (LimenCheckpoint *checkpoint, double sigma, GError **error)
{
  g_auto (LimenLayerSource) source = limen_layer_source (checkpoint, "VAE", LIMEN_VAE_KEY, error);
  LimenVaeShape shape;
  if (!source.prefix || !read_shape (&source, &shape, error) ||
      !check_sizes (&source, shape, error))
    return NULL;
  g_autoptr (LimenVae) vae = limen_vae_new (shape, sigma, limen_checkpoint_path (checkpoint));
  vae->networks = g_steal_pointer (&source.networks);
  if (!limen_layer_take_linear (&source, "fc1", &vae->encoder.layer[0], error) ||
      !take_heads (&source, &vae->encoder.layer[1], error) ||
      !limen_layer_take_linear (&source, "fc3", &vae->decoder.layer[0], error) ||
      !limen_layer_take_linear (&source, "fc4", &vae->decoder.layer[1], error))
    return NULL;
  return g_steal_pointer (&vae);
}

LimenVae *
limen_vae_load (const char *path, double sigma, GCancellable *cancellable, GError **error)
{
  if (!(sigma >= 0 && sigma <= 1e6 && (sigma == 0 || sigma >= 1e-6))) {
    g_autofree char *shown = limen_display_name (path);
    limen_fail (error, LIMEN_ERROR_ARGUMENT,
                "%s: the standard deviation of a Gaussian decoder must lie between 0.000001 and "
                "1,000,000, and %g does not; give that of its training, or none for a Bernoulli "
                "decoder.",
                shown, sigma);
    return NULL;
  }
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_load (path, cancellable, error);
  return checkpoint ? new_from_checkpoint (checkpoint, sigma, error) : NULL;
}

gboolean
limen_vae_save (const LimenVae *vae, const char *path, LimenNumberType dtype, GError **error)
{
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_new (path, "");
  const LimenLinear *down = vae->encoder.layer, *up = vae->decoder.layer;
  LimenVaeShape s = vae->shape;
  return limen_layer_put (checkpoint, "fc1", dtype, &down[0], 0, s.hidden_encoder, error) &&
         limen_layer_put (checkpoint, "fc21", dtype, &down[1], 0, s.latent, error) &&
         limen_layer_put (checkpoint, "fc22", dtype, &down[1], s.latent, s.latent, error) &&
         limen_layer_put (checkpoint, "fc3", dtype, &up[0], 0, s.hidden_decoder, error) &&
         limen_layer_put (checkpoint, "fc4", dtype, &up[1], 0, s.observed, error) &&
         limen_checkpoint_save (checkpoint, path, error);
}
