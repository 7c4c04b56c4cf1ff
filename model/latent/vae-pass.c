#include "model/latent/vae-pass.h"
#include "model/latent/likelihood-rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Pixels that one task does. */
#define TILE 32

LimenVaePass *
limen_vae_pass_new (LimenVae *vae, LimenCrew *crew, guint batch)
{
  LimenVaeShape shape = vae->shape;
  gsize observed = (gsize)shape.observed * batch, latent = (gsize)shape.latent * batch;
  guint hidden = MAX (shape.hidden_encoder, shape.hidden_decoder);
  guint units = MAX (MAX (shape.observed, hidden), 2 * shape.latent);
  LimenVaePass *pass = g_new0 (LimenVaePass, 1);
  pass->vae = vae;
  pass->workshop = limen_workshop_new (crew, units, batch);
  pass->encoder = limen_mlp_trainer_new (&vae->encoder, &pass->workshop);
  pass->decoder = limen_mlp_trainer_new (&vae->decoder, &pass->workshop);
  pass->x = limen_floats_new (observed);
  pass->logits = limen_floats_new (observed);
  pass->dlogits = limen_floats_new (observed);
  pass->e = limen_floats_new (latent);
  pass->z = limen_floats_new (latent);
  pass->dz = limen_floats_new (latent);
  pass->q = limen_floats_new (2 * latent);
  pass->dq = limen_floats_new (2 * latent);
  pass->tile = g_new0 (double, shape.observed / TILE + 1);
  return pass;
}

void
limen_vae_pass_free (LimenVaePass *pass)
{
  float *memory[] = {pass->x,      pass->e,  pass->q,  pass->z,
                     pass->logits, pass->dq, pass->dz, pass->dlogits};
  for (guint i = 0; i < G_N_ELEMENTS (memory); i++)
    free (memory[i]);
  limen_mlp_trainer_free (pass->encoder);
  limen_mlp_trainer_free (pass->decoder);
  limen_workshop_clear (&pass->workshop);
  g_free (pass->tile);
  g_free (pass);
}

/* Forward */

static void
draw_latent (LimenVaePass *pass)
{
  gsize n = (gsize)pass->vae->shape.latent * pass->workshop.batch;
  for (gsize i = 0; i < n; i++)
    pass->z[i] = pass->q[i] + expf (0.5f * pass->q[n + i]) * pass->e[i];
}

/* −log p(x|z) of a run of pixels over the batch, and its gradient. */
static void
likelihood_tile (guint tile, guint worker, gpointer data)
{
  LimenVaePass *pass = data;
  guint batch = pass->workshop.batch, first = tile * TILE;
  guint last = MIN (first + TILE, pass->vae->shape.observed);
  pass->tile[tile] = 0;
  for (guint p = first; p < last; p++) {
    gsize at = (gsize)p * batch;
    pass->tile[tile] += limen_bernoulli_slopes (pass->logits + at, pass->x + at, batch,
                                                1 / (float)batch, pass->dlogits + at);
  }
}

/* KL(q ‖ p) = ½ Σ exp(log variance) + mean² − 1 − log variance, over the batch */
static double
divergence (const LimenVaePass *pass)
{
  gsize n = (gsize)pass->vae->shape.latent * pass->workshop.batch;
  double sum = 0;
  for (gsize i = 0; i < n; i++) {
    double mean = pass->q[i], log_variance = pass->q[n + i];
    sum += 0.5 * (expm1 (log_variance) - log_variance + mean * mean);
  }
  return sum;
}

gboolean
limen_vae_pass_forward (LimenVaePass *pass, double *elbo)
{
  guint n_tiles = (pass->vae->shape.observed + TILE - 1) / TILE;
  if (!limen_mlp_trainer_forward (pass->encoder, pass->x, NULL, pass->q))
    return FALSE;
  draw_latent (pass);
  if (!limen_mlp_trainer_forward (pass->decoder, pass->z, NULL, pass->logits))
    return FALSE;
  limen_crew_run (pass->workshop.crew, n_tiles, likelihood_tile, pass);
  double loss = divergence (pass);
  for (guint i = 0; i < n_tiles; i++)
    loss += pass->tile[i];
  *elbo = -loss / pass->workshop.batch;
  return TRUE;
}

/* Backward */

/* From z back to mean and log-variance, and what the divergence adds. */
static void
pull_back (LimenVaePass *pass)
{
  gsize n = (gsize)pass->vae->shape.latent * pass->workshop.batch;
  float part = 1 / (float)pass->workshop.batch;
  for (gsize i = 0; i < n; i++) {
    float log_variance = pass->q[n + i], deviation = expf (0.5f * log_variance);
    pass->dq[i] = pass->dz[i] + part * pass->q[i];
    pass->dq[n + i] = 0.5f * (pass->dz[i] * deviation * pass->e[i] + part * expm1f (log_variance));
  }
}

gboolean
limen_vae_pass_backward (LimenVaePass *pass, const LimenAdam *adam)
{
  gsize n = (gsize)pass->vae->shape.latent * pass->workshop.batch;
  memset (pass->dz, 0, n * sizeof (float));
  if (!limen_mlp_trainer_backward (pass->decoder, pass->dlogits, pass->dz, adam))
    return FALSE;
  pull_back (pass);
  return limen_mlp_trainer_backward (pass->encoder, pass->dq, NULL, adam);
}
