/* Trainers of a prior, some steps of them, and a batch of one for any estimator. */
#pragma once

#include "model/base/random.h"
#include "model/prior/prior-trainer-private.h"

#include <string.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static LimenPriorTrainer *
make_trainer (const LimenPriorSettings *settings, const LimenPoints *points)
{
  g_autoptr (GError) error = NULL;
  LimenPriorTrainer *trainer = limen_prior_trainer_new (settings, points, &error);
  g_assert_no_error (error);
  return trainer;
}

/* From the start, which has λ = (0, 1) and s = 1, to where nothing is 0 or 1 */
static void
shake (LimenPriorTrainer *trainer, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "shake", 0);
  double *parameters = trainer->parameters;
  for (gsize i = 0; i < trainer->layout.n; i++)
    parameters[i] += 0.3 * limen_random_normal (&random);
}

static void
step (LimenPriorTrainer *trainer, guint n)
{
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < n; i++) {
    g_assert_true (limen_prior_trainer_step (trainer, &error));
    g_assert_no_error (error);
  }
}

/* What a gradient of the trainer's bound is made of, for any estimator */
typedef struct {
  LimenPriorLayout layout;
  const double *parameters;
  double sigma2;
  LimenPriorPass *pass;
  guint n;
} Batch;

static void
open_batch (Batch *batch, const LimenPriorSettings *settings, LimenPriorTrainer *trainer,
            const LimenPoints *points)
{
  batch->layout = limen_prior_layout (points->d, settings->latent, settings->hidden);
  batch->parameters = trainer->parameters;
  batch->sigma2 = settings->sigma * settings->sigma;
  batch->n = points->n;
  batch->pass = limen_prior_pass_new (&batch->layout, points->n);
  memcpy (batch->pass->x, points->x, (gsize)points->n * points->d * sizeof (double));
}

static void
draw (const Batch *batch, guint64 index)
{
  LimenRandom random = limen_random_stream (5, "draws", index);
  for (gsize i = 0; i < (gsize)batch->n * batch->layout.k; i++)
    batch->pass->e[i] = limen_random_normal (&random);
}

#pragma GCC diagnostic pop
