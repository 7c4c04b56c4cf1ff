/* The bound of a batch, and its gradient, inside of a trainer of a prior. */
#pragma once

#include "model/prior/prior-trainer-private.h"

#include <string.h>

/* @e: (n, latent): draws for @rows: (n) */
static inline LimenPriorPass *
trainer_pass (const LimenPriorTrainer *trainer, const guint *rows, guint n, const double *e)
{
  LimenPriorPass *pass = limen_prior_pass_new (&trainer->layout, n);
  gsize d = trainer->layout.d;
  for (gsize i = 0; i < n; i++)
    memcpy (pass->x + i * d, trainer->points.x + rows[i] * d, d * sizeof *pass->x);
  memcpy (pass->e, e, (gsize)n * trainer->layout.k * sizeof *e);
  return pass;
}

/* The mean bound of the batch */
static inline double
trainer_value (const LimenPriorTrainer *trainer, const guint *rows, guint n, const double *e)
{
  g_autoptr (LimenPriorPass) pass = trainer_pass (trainer, rows, n, e);
  double sigma2 = trainer->settings.sigma * trainer->settings.sigma;
  limen_prior_encode (&trainer->layout, trainer->parameters, pass, n);
  return limen_prior_value (&trainer->layout, trainer->parameters, sigma2, pass, n);
}

/* @gradient: of that, with respect to all parameters, by reparameterization of the whole integrand
 */
static inline void
trainer_gradient (const LimenPriorTrainer *trainer, const guint *rows, guint n, const double *e,
                  double *gradient)
{
  g_autoptr (LimenPriorPass) pass = trainer_pass (trainer, rows, n, e);
  double sigma2 = trainer->settings.sigma * trainer->settings.sigma;
  limen_prior_gradient (&trainer->layout, trainer->parameters, sigma2, LIMEN_REPARAMETERIZATION,
                        pass, n, gradient);
}
