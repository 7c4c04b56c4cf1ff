#include "model/bound/vae-map.h"

#include <string.h>

/* Error of the evidence, nats */
#define TOLERANCE 2e-7

/* -- a posterior -- */

void
limen_vae_posterior_unref (LimenVaePosterior *posterior)
{
  if (!g_atomic_ref_count_dec (&posterior->references))
    return;
  limen_vae_points_clear (&posterior->points);
  g_free (posterior->x);
  g_free (posterior);
}

static LimenVaePosterior *
posterior_ref (LimenVaePosterior *posterior)
{
  g_atomic_ref_count_inc (&posterior->references);
  return posterior;
}

static LimenVaePosterior *
posterior_new (const LimenVae *vae, const float *x, GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenVaePosterior) posterior = g_new0 (LimenVaePosterior, 1);
  g_autoptr (LimenGaussian) encoder = limen_vae_encode (vae, x);
  LimenVaeIntegrand joint = limen_vae_joint_integrand (vae, encoder->mean);
  g_atomic_ref_count_init (&posterior->references);
  posterior->x = g_memdup2 (x, limen_vae_shape (vae).observed * sizeof *x);
  posterior->points = limen_vae_points_new (NULL);
  return limen_vae_integrate (vae, x, &joint, TOLERANCE, &posterior->evidence, &posterior->points,
                              cancellable, error)
             ? g_steal_pointer (&posterior)
             : NULL;
}

/* -- the map -- */

LimenVaeMap *
limen_vae_map_new (LimenVae *vae, GError **error)
{
  guint latent = limen_vae_shape (vae).latent;
  if (latent > 2) {
    limen_refuse (error, LIMEN_ERROR_MISMATCH, limen_vae_path (vae),
                  "has %u latent variables, too many for a map; choose a VAE with one or two, or "
                  "estimate its bound",
                  latent);
    return NULL;
  }
  LimenVaeMap *map = g_new0 (LimenVaeMap, 1);
  g_atomic_ref_count_init (&map->references);
  g_mutex_init (&map->lock);
  map->vae = limen_vae_ref (vae);
  return map;
}

LimenVaeMap *
limen_vae_map_ref (LimenVaeMap *map)
{
  g_atomic_ref_count_inc (&map->references);
  return map;
}

void
limen_vae_map_unref (LimenVaeMap *map)
{
  if (!g_atomic_ref_count_dec (&map->references))
    return;
  limen_vae_unref (map->vae);
  g_clear_pointer (&map->last, limen_vae_posterior_unref);
  g_mutex_clear (&map->lock);
  g_free (map);
}

/* Returns: (transfer full) (nullable): the last posterior, if it is that of @x */
static LimenVaePosterior *
recall (LimenVaeMap *map, const float *x)
{
  gsize size = limen_vae_shape (map->vae).observed * sizeof *x;
  g_mutex_lock (&map->lock);
  gboolean known = map->last && memcmp (map->last->x, x, size) == 0;
  LimenVaePosterior *posterior = known ? posterior_ref (map->last) : NULL;
  g_mutex_unlock (&map->lock);
  return posterior;
}

LimenVaePosterior *
limen_vae_map_posterior (LimenVaeMap *map, const float *x, GCancellable *cancellable,
                         GError **error)
{
  LimenVaePosterior *posterior = recall (map, x);
  if (posterior)
    return posterior;
  posterior = posterior_new (map->vae, x, cancellable, error);
  if (!posterior)
    return NULL;
  g_mutex_lock (&map->lock);
  g_clear_pointer (&map->last, limen_vae_posterior_unref);
  map->last = posterior_ref (posterior);
  g_mutex_unlock (&map->lock);
  return posterior;
}
