#include "model/prior/prior-trainer-private.h"
#include "model/base/random.h"

#include <math.h>
#include <string.h>

#define BETA_1        0.9
#define BETA_2        0.999
#define EPSILON       1e-8
#define MOST_LATENT   64
#define MOST_HIDDEN   1024
#define MOST_BATCH    65536
#define MOST_STEPS    1000000000
#define LEAST_SIGMA   1e-4
#define MOST_SIGMA    1e4
#define MOST_X        1e12
#define MOST_RATE     100
#define MOST_GRADIENT 1e150 /* whose square is finite */
#define WORST         1e6   /* times worse than at the start: there is no way back */

LimenPriorSettings
limen_prior_defaults (void)
{
  return (LimenPriorSettings){
      .latent = 2,
      .hidden = 32,
      .sigma = 0.3,
      .trainable = TRUE,
      .estimator = LIMEN_REPARAMETERIZATION,
      .batch = 64,
      .n_steps = 2000,
      .learning_rate = 0.01,
  };
}

/* -- what can be trained -- */

static gboolean
check_settings (const LimenPriorSettings *settings, GError **error)
{
  const char *flaw = NULL;
  if (settings->latent < 1 || settings->latent > MOST_LATENT || settings->hidden > MOST_HIDDEN)
    flaw = "The VAE of this page has 1 to 64 latent variables and up to 1,024 hidden units; choose "
           "numbers in between.";
  else if (!(settings->sigma >= LEAST_SIGMA && settings->sigma <= MOST_SIGMA))
    flaw = "The standard deviation σ of the decoder must lie between 0.0001 and 10,000; 0.3 is "
           "usual.";
  else if ((guint)settings->estimator >= LIMEN_N_ESTIMATORS)
    flaw = "There is no gradient estimator of that number; choose one by its name.";
  else if (settings->batch < 1 || settings->batch > MOST_BATCH)
    flaw = "A batch has 1 to 65,536 points; 64 are usual.";
  else if (settings->n_steps < 1 || settings->n_steps > MOST_STEPS)
    flaw = "A training has 1 to 1,000,000,000 steps; 2,000 are usual.";
  else if (!(settings->learning_rate > 0 && settings->learning_rate <= MOST_RATE))
    flaw = "The learning rate must lie between 0 and 100; 0.01 is usual.";
  if (flaw)
    limen_fail (error, LIMEN_ERROR_ARGUMENT, "%s", flaw);
  return !flaw;
}

static gboolean
check_points (const LimenPoints *points, GError **error)
{
  for (gsize i = 0; i < (gsize)points->n * points->d; i++)
    if (!(fabs (points->x[i]) <= MOST_X))
      return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                         "%s has numbers too large to train with (%g); choose other units.",
                         points->name, points->x[i]);
  return TRUE;
}

/* -- its life -- */

static void
take_points (LimenPriorTrainer *trainer, const LimenPoints *points)
{
  gsize n = points->n;
  trainer->points = *points;
  trainer->points.name = g_strdup (points->name);
  trainer->points.x = g_memdup2 (points->x, n * points->d * sizeof *points->x);
  trainer->order = g_new (guint32, n);
  for (guint32 i = 0; i < n; i++)
    trainer->order[i] = i;
  trainer->next = points->n; /* the first epoch is still to be shuffled */
}

LimenPriorTrainer *
limen_prior_trainer_new (const LimenPriorSettings *settings, const LimenPoints *points,
                         GError **error)
{
  if (!check_settings (settings, error) || !check_points (points, error))
    return NULL;
  LimenPriorTrainer *trainer = g_new0 (LimenPriorTrainer, 1);
  trainer->settings = *settings;
  take_points (trainer, points);
  trainer->layout = limen_prior_layout (points->d, settings->latent, settings->hidden);
  trainer->batch = MIN (settings->batch, points->n);
  double **arrays[] = {&trainer->parameters, &trainer->before, &trainer->gradient, &trainer->mean,
                       &trainer->square};
  for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++)
    *arrays[i] = g_new0 (double, trainer->layout.n);
  trainer->pass = limen_prior_pass_new (&trainer->layout, trainer->batch);
  limen_prior_start (&trainer->layout, settings->seed, trainer->parameters);
  limen_prior_survey_start (trainer);
  return trainer;
}

void
limen_prior_trainer_free (LimenPriorTrainer *trainer)
{
  if (!trainer)
    return;
  limen_prior_pass_free (trainer->pass);
  limen_prior_pass_free (trainer->survey);
  double *arrays[] = {trainer->parameters,   trainer->before,  trainer->gradient, trainer->mean,
                      trainer->square,       trainer->lambda2, trainer->survey_e, trainer->x_mean,
                      trainer->x_covariance, trainer->points.x};
  for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_free (arrays[i]);
  g_free (trainer->points.name);
  g_free (trainer->order);
  g_free (trainer);
}

/* -- a step -- */

/* The next rows of the epoch, and of the one after it where this one is used up; and draws that
 * depend on the seed and the step alone. */
static void
fill_batch (LimenPriorTrainer *trainer)
{
  LimenRandom draws = limen_random_stream (trainer->settings.seed, "prior-draws", trainer->step);
  gsize d = trainer->layout.d;
  for (gsize i = 0; i < trainer->batch; i++) {
    if (trainer->next == trainer->points.n) {
      LimenRandom order =
          limen_random_stream (trainer->settings.seed, "prior-order", trainer->epoch++);
      limen_random_shuffle (&order, trainer->order, trainer->points.n);
      trainer->next = 0;
    }
    memcpy (trainer->pass->x + i * d, trainer->points.x + trainer->order[trainer->next++] * d,
            d * sizeof *trainer->points.x);
  }
  for (gsize i = 0; i < (gsize)trainer->batch * trainer->layout.k; i++)
    trainer->pass->e[i] = limen_random_normal (&draws);
}

static gboolean
is_usable (const double *gradient, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!(fabs (gradient[i]) < MOST_GRADIENT))
      return FALSE;
  return TRUE;
}

/* Adam, uphill (Kingma and Ba, 2015, algorithm 1); the rate falls as half a cosine. */
static void
move (LimenPriorTrainer *trainer)
{
  double done = (double)trainer->step / (double)trainer->settings.n_steps;
  double rate = trainer->settings.learning_rate * 0.5 * (1 + cos (G_PI * done));
  double t = (double)++trainer->n_moves;
  rate /= 1 - pow (BETA_1, t);
  double root = 1 / sqrt (1 - pow (BETA_2, t));
  for (gsize i = 0; i < trainer->layout.n; i++) {
    double g = trainer->gradient[i], *m = trainer->mean + i, *v = trainer->square + i;
    *m = BETA_1 * *m + (1 - BETA_1) * g;
    *v = BETA_2 * *v + (1 - BETA_2) * g * g;
    trainer->parameters[i] += rate * *m / (root * sqrt (*v) + EPSILON);
  }
}

static gboolean
refuse_divergence (LimenPriorTrainer *trainer, GError **error)
{
  trainer->has_diverged = TRUE;
  return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                     "The training diverged at step %" G_GUINT64_FORMAT
                     ": the bound is lost; start again with a smaller learning rate than %g.",
                     trainer->step + 1, trainer->settings.learning_rate);
}

/* A move out of reach is taken back, so that reports remain numbers. */
gboolean
limen_prior_trainer_step (LimenPriorTrainer *trainer, GError **error)
{
  const LimenPriorLayout *layout = &trainer->layout;
  if (trainer->has_diverged)
    return refuse_divergence (trainer, error);
  if (limen_prior_trainer_is_done (trainer))
    return TRUE;
  fill_batch (trainer);
  double sigma2 = trainer->settings.sigma * trainer->settings.sigma;
  double bound =
      limen_prior_gradient (layout, trainer->parameters, sigma2, trainer->settings.estimator,
                            trainer->pass, trainer->batch, trainer->gradient);
  if (!trainer->settings.trainable)
    memset (trainer->gradient + layout->lambda1, 0, 2 * layout->k * sizeof (double));
  if (trainer->step == 0)
    trainer->first_bound = bound;
  if (!(bound > -WORST * (1 + fabs (trainer->first_bound))) ||
      !is_usable (trainer->gradient, layout->n))
    return refuse_divergence (trainer, error);
  memcpy (trainer->before, trainer->parameters, layout->n * sizeof (double));
  move (trainer);
  if (!limen_prior_is_in_reach (layout, trainer->parameters)) {
    memcpy (trainer->parameters, trainer->before, layout->n * sizeof (double));
    return refuse_divergence (trainer, error);
  }
  trainer->step++;
  return TRUE;
}

gboolean
limen_prior_trainer_is_done (const LimenPriorTrainer *trainer)
{
  return trainer->step >= trainer->settings.n_steps;
}

/* -- while it learns -- */

void
limen_prior_trainer_set_estimator (LimenPriorTrainer *trainer, LimenGradientEstimator estimator)
{
  trainer->settings.estimator = estimator;
}

/* What Adam remembers belongs to the coordinates of before. */
static void
standardize (LimenPriorTrainer *trainer)
{
  gsize size = trainer->layout.n * sizeof (double);
  limen_prior_standardize (&trainer->layout, trainer->parameters);
  memset (trainer->mean, 0, size);
  memset (trainer->square, 0, size);
  trainer->n_moves = 0;
}

void
limen_prior_trainer_set_trainable (LimenPriorTrainer *trainer, gboolean trainable)
{
  if (trainer->settings.trainable && !trainable)
    standardize (trainer);
  trainer->settings.trainable = trainable;
}

void
limen_prior_trainer_optimal_lambda (LimenPriorTrainer *trainer)
{
  gsize first = trainer->layout.lambda1, second = trainer->layout.log_lambda2;
  limen_prior_aggregate (trainer, trainer->parameters + first, trainer->parameters + second);
  for (gsize j = 0; j < trainer->layout.k; j++) {
    trainer->parameters[second + j] = log (trainer->parameters[second + j]);
    trainer->mean[first + j] = trainer->mean[second + j] = 0; /* at rest where it is best */
  }
  if (!trainer->settings.trainable)
    standardize (trainer);
}

/* -- for tests -- */
