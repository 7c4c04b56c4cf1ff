#include "model/flow/nice-pass.h"

#include <math.h>
#include <stdlib.h>

/* Entries of a half that one task does. */
#define TILE 32

LimenNicePass *
limen_nice_pass_new (LimenNice *nice, LimenCrew *crew, guint batch)
{
  LimenNiceShape shape = nice->shape;
  gsize half = (gsize)shape.dimension / 2 * batch;
  LimenNicePass *pass = g_new0 (LimenNicePass, 1);
  pass->nice = nice;
  pass->workshop = limen_workshop_new (crew, MAX (shape.width, shape.dimension / 2), batch);
  pass->coupling = g_new0 (LimenMlpTrainer *, shape.couplings);
  for (guint i = 0; i < shape.couplings; i++)
    pass->coupling[i] = limen_mlp_trainer_new (&nice->coupling[i], &pass->workshop);
  pass->scale = limen_moments_new (shape.dimension);
  pass->state = g_new0 (float *, shape.couplings + 2);
  for (guint i = 0; i < shape.couplings + 2; i++)
    pass->state[i] = limen_floats_new (half);
  pass->d[0] = limen_floats_new (half);
  pass->d[1] = limen_floats_new (half);
  pass->tile = g_new0 (double, shape.dimension / TILE + 1);
  return pass;
}

void
limen_nice_pass_free (LimenNicePass *pass)
{
  guint couplings = pass->nice->shape.couplings;
  for (guint i = 0; i < couplings; i++)
    limen_mlp_trainer_free (pass->coupling[i]);
  for (guint i = 0; i < couplings + 2; i++)
    free (pass->state[i]);
  g_free (pass->coupling);
  g_free (pass->state);
  limen_moments_clear (&pass->scale);
  limen_workshop_clear (&pass->workshop);
  free (pass->d[0]);
  free (pass->d[1]);
  g_free (pass->tile);
  g_free (pass);
}

/* The prior: loss = Σ softplus(z) + softplus(−z) − scale, z = exp(scale)·h. With t = exp(−|z|),
 * softplus(z) + softplus(−z) = |z| + 2 log(1 + t), and its derivative is tanh(z/2). */

typedef struct {
  LimenNicePass *pass;
  guint n;
  gboolean wants_gradient;
} Prior;

static const float *
find_entry (const LimenNicePass *pass, guint entry)
{
  guint couplings = pass->nice->shape.couplings, last = couplings + (couplings + entry) % 2;
  return pass->state[last] + (gsize)(entry / 2) * pass->workshop.batch;
}

/* The sum over images; one logarithm for 512 factors in (1, 2], far from overflow. */
static double
sum_of_losses (const float *h, float factor, guint n)
{
  double sum = 0, product = 1;
  for (guint c = 0; c < n; c++) {
    float z = fabsf (h[c] * factor);
    sum += z;
    product *= 1 + expf (-z);
    if (c % 512 == 511 || c + 1 == n) {
      sum += 2 * log (product);
      product = 1;
    }
  }
  return sum;
}

static void
start_gradient (const float *h, float factor, guint n, float *d)
{
  for (guint c = 0; c < n; c++) {
    float z = h[c] * factor, t = expf (-fabsf (z));
    d[c] = copysignf ((1 - t) / (1 + t), z) * factor / (float)n;
  }
}

static void
prior_tile (guint tile, guint worker, gpointer data)
{
  const Prior *prior = data;
  LimenNicePass *pass = prior->pass;
  guint dimension = pass->nice->shape.dimension;
  pass->tile[tile] = 0;
  for (guint e = tile * TILE; e < MIN ((tile + 1) * TILE, dimension); e++) {
    const float *h = find_entry (pass, e);
    float scale = pass->nice->scale[e], factor = expf (scale);
    pass->tile[tile] += sum_of_losses (h, factor, prior->n) / prior->n - scale;
    if (prior->wants_gradient)
      start_gradient (h, factor, prior->n, pass->d[e % 2] + (gsize)(e / 2) * pass->workshop.batch);
  }
}

/* d loss/d scale = Σ h·(d loss/d h) − 1: to be taken before the shifts' gradients are added. */
static void
move_scales (LimenNicePass *pass, const LimenAdam *adam)
{
  guint dimension = pass->nice->shape.dimension, batch = pass->workshop.batch;
  g_autofree float *gradient = g_new (float, dimension);
  for (guint e = 0; e < dimension; e++) {
    const float *h = find_entry (pass, e), *d = pass->d[e % 2] + (gsize)(e / 2) * batch;
    double sum = -1;
    for (guint c = 0; c < batch; c++)
      sum += (double)h[c] * d[c];
    gradient[e] = (float)sum;
  }
  limen_adam_move (adam, gradient, dimension, pass->nice->scale, &pass->scale, 0);
}

/* Passes */

gboolean
limen_nice_pass_forward (LimenNicePass *pass, guint n, gboolean wants_gradient, double *nll)
{
  LimenNiceShape shape = pass->nice->shape;
  guint n_tiles = (shape.dimension + TILE - 1) / TILE;
  Prior prior = {pass, n, wants_gradient};
  for (guint i = 0; i < shape.couplings; i++)
    if (!limen_mlp_trainer_forward (pass->coupling[i], pass->state[i + 1], pass->state[i],
                                    pass->state[i + 2]))
      return FALSE;
  limen_crew_run (pass->workshop.crew, n_tiles, prior_tile, &prior);
  *nll = 0;
  for (guint i = 0; i < n_tiles; i++)
    *nll += pass->tile[i];
  return TRUE;
}

gboolean
limen_nice_pass_backward (LimenNicePass *pass, const LimenAdam *adam, const LimenAdam *for_scales)
{
  move_scales (pass, for_scales);
  for (guint i = pass->nice->shape.couplings; i-- > 0;) {
    const float *dy = pass->d[i % 2];
    float *dx = i > 0 ? pass->d[(i + 1) % 2] : NULL; /* nobody asks for that of the images */
    if (!limen_mlp_trainer_backward (pass->coupling[i], dy, dx, adam))
      return FALSE;
  }
  return TRUE;
}
