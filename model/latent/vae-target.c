/* log p(x, z) of one image, for any thread. */
#include "model/latent/vae-decoder.h"
#include "model/latent/vae-private.h"

#define LOG_2PI 1.8378770664093453

/* @idle: decoders that no thread is using, guarded by @lock */
struct LimenVaeTarget {
  LimenVae *vae;
  float *x;
  GMutex lock;
  GPtrArray *idle;
};

static void
decoder_free (gpointer data)
{
  limen_vae_decoder_free (data);
}

LimenVaeTarget *
limen_vae_target_new (const LimenVae *vae, const float *x)
{
  LimenVaeTarget *target = g_new0 (LimenVaeTarget, 1);
  target->vae = limen_vae_ref ((LimenVae *)vae);
  target->x = g_memdup2 (x, vae->shape.observed * sizeof *x);
  g_mutex_init (&target->lock);
  target->idle = g_ptr_array_new_with_free_func (decoder_free);
  return target;
}

void
limen_vae_target_free (LimenVaeTarget *target)
{
  if (!target)
    return;
  g_ptr_array_unref (target->idle);
  g_mutex_clear (&target->lock);
  limen_vae_unref (target->vae);
  g_free (target->x);
  g_free (target);
}

static LimenVaeDecoder *
take_decoder (LimenVaeTarget *target)
{
  g_mutex_lock (&target->lock);
  guint n = target->idle->len;
  LimenVaeDecoder *decoder = n > 0 ? g_ptr_array_steal_index_fast (target->idle, n - 1) : NULL;
  g_mutex_unlock (&target->lock);
  return decoder ? decoder : limen_vae_decoder_new (target->vae);
}

static void
give_back_decoder (LimenVaeTarget *target, LimenVaeDecoder *decoder)
{
  g_mutex_lock (&target->lock);
  g_ptr_array_add (target->idle, decoder);
  g_mutex_unlock (&target->lock);
}

static void
log_joint (const double *z, gsize n, double *out, gconstpointer data)
{
  LimenVaeTarget *target = (LimenVaeTarget *)data;
  guint latent = target->vae->shape.latent;
  LimenVaeDecoder *decoder = take_decoder (target);
  limen_vae_decoder_run_points (decoder, z, n, target->x, out);
  give_back_decoder (target, decoder);
  for (gsize i = 0; i < n; i++) {
    double squares = latent * LOG_2PI;
    for (guint j = 0; j < latent; j++)
      squares += z[i * latent + j] * z[i * latent + j];
    out[i] -= 0.5 * squares;
  }
}

LimenTarget
limen_vae_target (const LimenVaeTarget *target)
{
  return (LimenTarget){target->vae->shape.latent, log_joint, target};
}
