/* The inside of LimenVaeMap, for vae-exact.c. */
#pragma once

#include "model/bound/vae-bound.h"
#include "model/bound/vae-integral.h"

/**
 * LimenVaePosterior: of one image
 * @x: (observed)
 * @evidence: log p(x)
 * @points: of the joint density
 */
typedef struct {
  gatomicrefcount references;
  float *x;
  LimenVaeIntegral evidence;
  LimenVaePoints points;
} LimenVaePosterior;

void limen_vae_posterior_unref (LimenVaePosterior *posterior);

/**
 * LimenVaeMap:
 * @lock: of @last: (nullable): the posterior of the last image, which a proposal that is dragged
 * leaves as it is
 */
struct LimenVaeMap {
  gatomicrefcount references;
  LimenVae *vae;
  GMutex lock;
  LimenVaePosterior *last;
};

/** limen_vae_map_posterior: (transfer full): of @x: (observed), log p(x) to 2e-7 nats where that
 * can be; NULL with G_IO_ERROR_CANCELLED */
LimenVaePosterior *limen_vae_map_posterior (LimenVaeMap *map, const float *x,
                                            GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenVaePosterior, limen_vae_posterior_unref)
