#include "model/latent/vae-trainer.h"
#include "model/base/normals.h"
#include "model/latent/vae-pass.h"

#include <math.h>
#include <unistd.h>

/* Images that one task fills in: their columns share cache lines. */
#define TILE    16
#define WARM_UP 100 /* steps over which the learning rate rises */
#define BETA_1  0.9
#define BETA_2  0.999
#define REPORTS 200 /* of progress, at most */

/* @image: (n): in the order of the present epoch */
typedef struct {
  const LimenVaeTrainerSettings *settings;
  const LimenImageSet *set;
  LimenVae *vae;
  LimenVaePass *pass;
  guint n, batch, per_epoch;
  guint32 *image;
} Trainer;

/* What can be trained */

/* Bytes: weights and Adam's two means, and what a batch leaves in every layer */
static double
memory_needed (const LimenVaeTrainerSettings *s, guint observed, guint batch)
{
  double hidden = s->hidden, latent = s->latent, pixels = observed;
  double weights = hidden * (2 * pixels + 3 * latent);
  return sizeof (float) * (3 * weights + batch * (7 * pixels + 4 * hidden + 8 * latent));
}

static gboolean
check_settings (const LimenVaeTrainerSettings *s, const LimenImageSet *set, GError **error)
{
  guint64 observed = (guint64)limen_image_set_width (set) * limen_image_set_height (set);
  double there = (double)sysconf (_SC_PHYS_PAGES) * (double)sysconf (_SC_PAGE_SIZE);
  guint batch = MIN (s->batch, limen_image_set_n_images (set));
  const char *flaw = NULL;
  if (s->latent < 1 || s->latent > 1024 || s->hidden < 1 || s->hidden > 65536)
    flaw = "A VAE has 1 to 1,024 latent variables and 1 to 65,536 hidden units; choose numbers in "
           "between.";
  else if (s->batch < 1 || s->epochs < 1)
    flaw = "A training needs at least one epoch, of batches of at least one image; 20 epochs and "
           "200 images are usual.";
  else if (!(s->learning_rate > 0 && s->learning_rate <= 1))
    flaw = "The learning rate must lie between 0 and 1; 0.001 is usual.";
  else if (observed > 1 << 20 || memory_needed (s, (guint)observed, batch) > there / 2)
    flaw = "To train a VAE of this size takes more than half of the memory of this machine; choose "
           "smaller images, fewer hidden units or smaller batches.";
  if (flaw)
    limen_fail (error, LIMEN_ERROR_ARGUMENT, "%s", flaw);
  return !flaw;
}

/* Its start and its images */

/* Weights and biases uniform within 1/√inputs, as PyTorch's layers start. Biases of 0 would put the
 * kinks of all units of the decoder through the middle of a latent space that may have only two
 * dimensions. */
static void
start_layer (LimenLinear *layer, LimenRandom *random)
{
  double bound = 1 / sqrt (layer->inputs);
  for (guint i = 0; i < layer->inputs; i++)
    for (guint o = 0; o < layer->outputs; o++)
      layer->weight[(gsize)i * layer->stride + o] =
          (float)(bound * (2 * limen_random_uniform (random) - 1));
  for (guint o = 0; o < layer->outputs; o++)
    layer->bias[o] = (float)(bound * (2 * limen_random_uniform (random) - 1));
}

static void
start_weights (LimenVae *vae, guint64 seed)
{
  for (guint i = 0; i < 2; i++) {
    LimenRandom down = limen_random_stream (seed, "encoder", i);
    LimenRandom up = limen_random_stream (seed, "decoder", i);
    start_layer (&vae->encoder.layer[i], &down);
    start_layer (&vae->decoder.layer[i], &up);
  }
}

typedef struct {
  const Trainer *trainer;
  guint first;
} Fill;

static void
fill_tile (guint tile, guint worker, gpointer data)
{
  const Fill *fill = data;
  const Trainer *trainer = fill->trainer;
  guint observed = trainer->vae->shape.observed, first = tile * TILE;
  guint n = MIN (TILE, trainer->batch - first);
  g_autofree float *rows = g_new (float, (gsize)TILE *observed);
  gboolean (*take) (const LimenVae *, const LimenImageSet *, guint, float *, GError **) =
      trainer->settings->greys ? limen_vae_take_greys : limen_vae_take_image;
  for (guint i = 0; i < n; i++)
    take (trainer->vae, trainer->set, trainer->image[fill->first + first + i],
          rows + (gsize)i * observed, NULL);
  for (guint p = 0; p < observed; p++)
    for (guint i = 0; i < n; i++)
      trainer->pass->x[(gsize)p * trainer->batch + first + i] = rows[(gsize)i * observed + p];
}

static void
shuffle (Trainer *trainer, guint epoch)
{
  LimenRandom random = limen_random_stream (trainer->settings->seed, "order", epoch);
  limen_random_shuffle (&random, trainer->image, trainer->n);
}

static void
fill_batch (Trainer *trainer, guint64 step)
{
  guint index = (guint)(step % trainer->per_epoch);
  Fill fill = {trainer, index * trainer->batch};
  LimenRandom random = limen_random_stream (trainer->settings->seed, "latent", step);
  if (index == 0)
    shuffle (trainer, (guint)(step / trainer->per_epoch));
  limen_crew_run (trainer->pass->workshop.crew, (trainer->batch + TILE - 1) / TILE, fill_tile,
                  &fill);
  limen_random_normals (&random, (gsize)trainer->vae->shape.latent * trainer->batch,
                        trainer->pass->e);
}

/* Steps */

/* Full, after a short rise, until the last third, which falls to 0: there the noise of the steps
 * settles. */
static double
schedule (guint64 step, guint64 n_steps)
{
  double rise = ((double)step + 1) / (double)MIN (WARM_UP, n_steps / 10 + 1);
  double left = 1 - (double)step / (double)n_steps;
  return MIN (MIN (rise, 3 * left), 1);
}

static gboolean
refuse_divergence (const Trainer *trainer, guint64 step, GError **error)
{
  return limen_fail (
      error, LIMEN_ERROR_ARGUMENT,
      "The training diverged at step %" G_GUINT64_FORMAT
      ": the bound is no longer a number; start again with a smaller learning rate than "
      "%g.",
      step, trainer->settings->learning_rate);
}

static gboolean
run_step (Trainer *trainer, guint64 step, guint64 n_steps, double *elbo, GError **error)
{
  double rate = trainer->settings->learning_rate * schedule (step, n_steps);
  LimenAdam adam = limen_adam_at (step + 1, rate, BETA_1, BETA_2);
  fill_batch (trainer, step);
  if (!limen_vae_pass_forward (trainer->pass, elbo))
    return FALSE;
  if (!isfinite (*elbo))
    return refuse_divergence (trainer, step, error);
  return limen_vae_pass_backward (trainer->pass, &adam);
}

/* @mean: (out): of the ELBO over the last epoch */
static gboolean
train (Trainer *trainer, double *mean, LimenRun run, GError **error)
{
  guint64 n_steps = (guint64)trainer->settings->epochs * trainer->per_epoch;
  double elbo, sum = 0;
  for (guint64 step = 0; step < n_steps; step++) {
    if (!run_step (trainer, step, n_steps, &elbo, error)) {
      if (error && !*error)
        g_cancellable_set_error_if_cancelled (run.cancellable, error);
      return FALSE;
    }
    sum += step + trainer->per_epoch >= n_steps ? elbo : 0;
    if (run.progress && step * REPORTS / n_steps != (step + 1) * REPORTS / n_steps)
      run.progress ((double)(step + 1) / (double)n_steps, run.progress_data);
  }
  *mean = sum / trainer->per_epoch;
  return TRUE;
}

LimenVae *
limen_vae_train (const LimenVaeTrainerSettings *settings, const LimenImageSet *set, double *elbo,
                 const LimenRun *run, GError **error)
{
  if (!check_settings (settings, set, error))
    return NULL;
  guint n = limen_image_set_n_images (set), batch = MIN (settings->batch, n);
  LimenVaeShape shape = {limen_image_set_width (set) * limen_image_set_height (set),
                         settings->hidden, settings->hidden, settings->latent};
  g_autofree char *name = g_strdup_printf ("VAE of %s", limen_image_set_name (set));
  g_autoptr (LimenCrew) crew = limen_crew_new ();
  g_autoptr (LimenVae) vae = limen_vae_new (shape, 0, name);
  g_autoptr (LimenVaePass) pass = limen_vae_pass_new (vae, crew, batch);
  Trainer trainer = {settings, set, vae, pass, n, batch, n / batch, g_new (guint32, n)};
  double mean = 0;
  for (guint i = 0; i < n; i++)
    trainer.image[i] = i;
  start_weights (vae, settings->seed);
  pass->workshop.cancellable = limen_run_of (run).cancellable;
  gboolean ok = train (&trainer, &mean, limen_run_of (run), error);
  g_free (trainer.image);
  if (!ok)
    return NULL;
  if (elbo)
    *elbo = mean;
  return g_steal_pointer (&vae);
}
