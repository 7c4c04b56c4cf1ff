#include "model/flow/nice-trainer.h"
#include "model/flow/nice-batches.h"
#include "model/flow/nice-pass.h"

#include <math.h>
#include <unistd.h>

/* How much faster the log-scales learn: their place is units away, not hundredths. */
#define SCALE_RATE 30
#define WARM_UP    100 /* steps over which the learning rate rises */
#define BETA_1     0.9
#define BETA_2     0.99
#define RECENT     50 /* batches in the running mean, or an epoch's, where those are fewer */

/* @held_out_next: the first held-out image that was not yet measured; all of them: training goes on
 * @held_out_sum: of the negative log-likelihoods of those before
 * @epoch: that the batches are shuffled for */
struct LimenNiceTrainer {
  LimenNiceTrainerSettings settings;
  char *name;
  LimenCrew *crew;
  LimenNice *nice, *best;
  LimenNicePass *pass;
  LimenNiceBatches *batches;
  gboolean is_continued, is_done;
  guint held_out_next;
  double held_out_sum;
  guint epoch;
  LimenNiceTrainerReport report;
};

LimenNiceTrainerSettings
limen_nice_trainer_defaults (void)
{
  return (LimenNiceTrainerSettings){
      .width = 256,
      .depth = 3,
      .couplings = 4,
      .batch = 256,
      .learning_rate = 1e-3,
      .epochs = 20,
      .held_out = 0.05,
  };
}

/* What can be trained */

/* Bytes: weights, Adam's two means, the best and a snapshot; and what a batch leaves in every
 * layer. */
static double
memory_needed (LimenNiceShape shape, guint batch)
{
  double width = shape.width, half = shape.dimension / 2.0;
  double weights = shape.couplings * (2 * half * width + (shape.depth - 1) * width * width);
  double activations = shape.couplings * (shape.depth * width + half) + 4 * (width + half);
  return sizeof (float) * (5 * weights + batch * activations);
}

static gboolean
refuse_setting (GError **error, const char *sentence)
{
  return limen_fail (error, LIMEN_ERROR_ARGUMENT, "%s", sentence);
}

static gboolean
check_settings (const LimenNiceTrainerSettings *settings, GError **error)
{
  if (!(settings->learning_rate > 0 && settings->learning_rate <= 1))
    return refuse_setting (error, "The learning rate must lie between 0 and 1; 0.001 is usual.");
  if (settings->epochs == 0 && !(settings->minutes > 0))
    return refuse_setting (error, "A training needs an end; give it epochs or minutes.");
  if (settings->batch == 0)
    return refuse_setting (error, "A batch needs at least one image; 256 are usual.");
  if (!(settings->held_out >= 0 && settings->held_out <= 0.9))
    return refuse_setting (error, "The held-out part must lie between 0 and 0.9; 0.05 is usual.");
  return TRUE;
}

static gboolean
check_shape (LimenNiceShape shape, guint batch, GError **error)
{
  double gigabytes = memory_needed (shape, batch) / 1e9;
  double there = (double)sysconf (_SC_PHYS_PAGES) * (double)sysconf (_SC_PAGE_SIZE) / 1e9;
  if (shape.width == 0 || shape.width > 1 << 16 || shape.depth == 0 || shape.depth > 64 ||
      shape.couplings == 0 || shape.couplings > 64)
    return refuse_setting (error,
                           "A flow has a width of 1 to 65,536, and 1 to 64 couplings of 1 to "
                           "64 hidden layers each; choose a size in between.");
  if (gigabytes > there / 2)
    return limen_fail (
        error, LIMEN_ERROR_ARGUMENT,
        "To train a flow of this size takes about %.1f GB of memory, more than half of the "
        "%.1f GB of this machine; choose a smaller width, depth or batch.",
        gigabytes, there);
  return TRUE;
}

static gboolean
check_images (LimenImageSet *set, const LimenNice *start, GError **error)
{
  guint width = limen_image_set_width (set), height = limen_image_set_height (set);
  guint64 dimension = (guint64)width * height;
  const char *reason = NULL;
  if (limen_image_set_n_images (set) < 2)
    reason = "a flow is not learned from a single one; choose a set of many images";
  else if (dimension % 2)
    reason = "a NICE flow needs an even number of pixels; choose images of another size";
  else if (dimension > 1 << 20)
    reason = "a NICE flow of so many would not fit into memory; choose smaller images";
  else if (start && limen_nice_shape (start).dimension != dimension)
    reason = "the flow to continue with was made for another number of pixels; choose images of "
             "its size";
  if (reason)
    limen_fail (error, LIMEN_ERROR_MISMATCH, "%s has %u images of %u × %u pixels, and %s.",
                limen_image_set_name (set), limen_image_set_n_images (set), width, height, reason);
  return reason == NULL;
}

/* Its life */

static void
start_weights (LimenNiceTrainer *trainer)
{
  for (guint i = 0; i < trainer->nice->shape.couplings; i++)
    limen_mlp_trainer_start (trainer->pass->coupling[i], trainer->settings.seed, i);
  limen_nice_batches_log_scales (trainer->batches, trainer->nice->scale);
}

LimenNiceTrainer *
limen_nice_trainer_new (const LimenNiceTrainerSettings *settings, LimenImageSet *set,
                        const LimenNice *start, GError **error)
{
  LimenNiceShape shape = {0, settings->width, settings->depth, settings->couplings};
  if (!check_settings (settings, error) || !check_images (set, start, error))
    return NULL;
  shape.dimension = limen_image_set_width (set) * limen_image_set_height (set);
  shape = start ? limen_nice_shape (start) : shape;
  if (!check_shape (shape, MIN (settings->batch, limen_image_set_n_images (set)), error))
    return NULL;
  LimenNiceTrainer *trainer = g_new0 (LimenNiceTrainer, 1);
  trainer->settings = *settings;
  trainer->settings.name = trainer->name =
      g_strdup (settings->name ? settings->name : "the flow in training");
  trainer->crew = limen_crew_new ();
  trainer->batches =
      limen_nice_batches_new (set, settings->held_out, settings->batch, settings->seed);
  trainer->nice =
      start ? limen_nice_copy (start, trainer->name) : limen_nice_new (shape, trainer->name);
  trainer->pass = limen_nice_pass_new (trainer->nice, trainer->crew, trainer->batches->size);
  trainer->is_continued = start != NULL;
  trainer->epoch = G_MAXUINT;
  trainer->report = (LimenNiceTrainerReport){.batch_nll = NAN,
                                             .train_nll = NAN,
                                             .held_out_nll = NAN,
                                             .best_nll = NAN,
                                             .seconds_left = NAN};
  if (!start)
    start_weights (trainer);
  return trainer;
}

/* Of a flow that is continued, what it had learned from before counts, too. */
void
limen_nice_trainer_set_learned (LimenNiceTrainer *trainer, LimenImagePrints *prints)
{
  g_return_if_fail (trainer != NULL && !trainer->best);
  const char *name = limen_image_set_name (trainer->batches->set);
  const char *before = limen_nice_learned_from (trainer->nice);
  g_autofree char *both = before && !g_str_equal (before, name)
                              ? g_strdup_printf ("%s and %s", before, name)
                              : g_strdup (name);
  LimenImagePrints *earlier = limen_nice_learned_prints (trainer->nice);
  g_autoptr (LimenImagePrints) all =
      prints || earlier ? limen_image_prints_joined (earlier, prints) : NULL;
  limen_nice_set_learned (trainer->nice, both, all);
}

void
limen_nice_trainer_set_windows (LimenNiceTrainer *trainer, const char *windows)
{
  g_return_if_fail (trainer != NULL && windows != NULL && !trainer->best);
  limen_nice_set_windows (trainer->nice, windows);
}

void
limen_nice_trainer_free (LimenNiceTrainer *trainer)
{
  limen_nice_pass_free (trainer->pass);
  limen_nice_batches_free (trainer->batches);
  limen_crew_free (trainer->crew);
  limen_nice_unref (trainer->nice);
  g_clear_pointer (&trainer->best, limen_nice_unref);
  g_free (trainer->name);
  g_free (trainer);
}

/* Where it is */

static guint64
count_steps (const LimenNiceTrainer *trainer)
{
  return (guint64)trainer->settings.epochs * limen_nice_batches_per_epoch (trainer->batches);
}

/* From 0 to 1: by steps, by time, or whichever is ahead. */
static double
progress (const LimenNiceTrainer *trainer)
{
  const LimenNiceTrainerSettings *settings = &trainer->settings;
  double by_steps =
      settings->epochs ? (double)trainer->report.step / (double)count_steps (trainer) : 0;
  double by_time = settings->minutes > 0 ? trainer->report.seconds / (60 * settings->minutes) : 0;
  return MIN (MAX (by_steps, by_time), 1);
}

gboolean
limen_nice_trainer_is_done (const LimenNiceTrainer *trainer)
{
  return trainer->is_done;
}

LimenNiceTrainerReport
limen_nice_trainer_report (const LimenNiceTrainer *trainer)
{
  LimenNiceTrainerReport report = trainer->report;
  double done = progress (trainer), per_epoch = limen_nice_batches_per_epoch (trainer->batches);
  double n_steps = done > 0 ? (double)report.step / done : (double)count_steps (trainer);
  report.best_step = trainer->best ? report.best_step : report.step;
  report.n_steps = (guint64)llround (n_steps);
  report.epoch = (double)report.step / per_epoch;
  report.n_epochs = n_steps / per_epoch;
  report.seconds_left = done > 0 ? report.seconds * (1 - done) / done : NAN;
  return report;
}

LimenNice *
limen_nice_trainer_snapshot (const LimenNiceTrainer *trainer)
{
  return limen_nice_copy (trainer->nice, trainer->name);
}

LimenNice *
limen_nice_trainer_best (const LimenNiceTrainer *trainer)
{
  return trainer->best ? limen_nice_ref (trainer->best) : limen_nice_trainer_snapshot (trainer);
}

/* Steps */

static gboolean
refuse_divergence (const LimenNiceTrainer *trainer, GError **error)
{
  return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                     "The training diverged at step %" G_GUINT64_FORMAT
                     ": the likelihood is no longer a number; start "
                     "again with a smaller learning rate than %g.",
                     trainer->report.step, trainer->settings.learning_rate);
}

static gboolean
check_pass (const LimenNiceTrainer *trainer, gboolean completed, double nll,
            GCancellable *cancellable, GError **error)
{
  if (completed && isfinite (nll))
    return TRUE;
  if (!completed)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  else
    refuse_divergence (trainer, error);
  return FALSE;
}

static void
finish_held_out (LimenNiceTrainer *trainer)
{
  LimenNiceTrainerReport *report = &trainer->report;
  report->rounds += report->step > 0;
  gboolean is_untrained = report->step == 0 && !trainer->is_continued;
  report->held_out_nll = trainer->held_out_sum / trainer->batches->n_held_out;
  if (is_untrained || report->held_out_nll >= report->best_nll)
    return;
  report->best_nll = report->held_out_nll;
  report->best_step = report->step;
  g_clear_pointer (&trainer->best, limen_nice_unref);
  trainer->best = limen_nice_trainer_snapshot (trainer);
}

static gboolean
measure_batch (LimenNiceTrainer *trainer, GCancellable *cancellable, GError **error)
{
  double nll;
  guint n = limen_nice_batches_fill_held_out (trainer->batches, trainer->crew,
                                              trainer->held_out_next, trainer->pass->state);
  gboolean completed = limen_nice_pass_forward (trainer->pass, n, FALSE, &nll);
  if (!check_pass (trainer, completed, nll, cancellable, error))
    return FALSE;
  trainer->held_out_sum += n * nll;
  trainer->held_out_next += n;
  if (trainer->held_out_next == trainer->batches->n_held_out)
    finish_held_out (trainer);
  return TRUE;
}

/* A cosine from 1 to 0, after a short rise. Source: Loshchilov and Hutter, "SGDR" (2017), eq. 5. */
static double
schedule (const LimenNiceTrainer *trainer)
{
  guint64 n_steps = trainer->settings.epochs ? count_steps (trainer) : G_MAXUINT;
  double rise = ((double)trainer->report.step + 1) / (double)MIN (WARM_UP, n_steps / 10 + 1);
  return MIN (rise, 1) * 0.5 * (1 + cos (G_PI * progress (trainer)));
}

static gboolean
move (LimenNiceTrainer *trainer)
{
  guint64 t = trainer->report.step + 1;
  double rate = trainer->settings.learning_rate * schedule (trainer);
  LimenAdam adam = limen_adam_at (t, rate, BETA_1, BETA_2);
  LimenAdam for_scales = limen_adam_at (t, SCALE_RATE * rate, BETA_1, BETA_2);
  return limen_nice_pass_backward (trainer->pass, &adam, &for_scales);
}

static void
note_batch (LimenNiceTrainerReport *report, double nll, guint per_epoch)
{
  double part = MAX (1.0 / (double)(report->step + 1), 1.0 / MIN (RECENT, per_epoch));
  report->batch_nll = nll;
  report->train_nll = report->step ? report->train_nll + part * (nll - report->train_nll) : nll;
  report->step++;
}

/* After a batch of training: whether it is the turn of the held-out images. */
static void
end_epoch (LimenNiceTrainer *trainer)
{
  gboolean ends = progress (trainer) >= 1;
  if (ends || trainer->report.step % limen_nice_batches_per_epoch (trainer->batches) == 0) {
    trainer->held_out_next = 0;
    trainer->held_out_sum = 0;
    trainer->report.rounds += trainer->batches->n_held_out == 0;
  }
}

static gboolean
train_batch (LimenNiceTrainer *trainer, GCancellable *cancellable, GError **error)
{
  guint per_epoch = limen_nice_batches_per_epoch (trainer->batches);
  guint epoch = (guint)(trainer->report.step / per_epoch);
  guint index = (guint)(trainer->report.step % per_epoch);
  double nll;
  if (epoch != trainer->epoch)
    limen_nice_batches_shuffle (trainer->batches, epoch);
  trainer->epoch = epoch;
  limen_nice_batches_fill (trainer->batches, trainer->crew, epoch, index, trainer->pass->state);
  gboolean completed = limen_nice_pass_forward (trainer->pass, trainer->batches->size, TRUE, &nll);
  if (!check_pass (trainer, completed, nll, cancellable, error) ||
      !check_pass (trainer, move (trainer), nll, cancellable, error))
    return FALSE;
  note_batch (&trainer->report, nll, per_epoch);
  return TRUE;
}

gboolean
limen_nice_trainer_step (LimenNiceTrainer *trainer, GCancellable *cancellable, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  gboolean measures = trainer->held_out_next < trainer->batches->n_held_out;
  if (trainer->is_done)
    return TRUE;
  trainer->pass->workshop.cancellable = cancellable;
  gboolean ok = measures ? measure_batch (trainer, cancellable, error)
                         : train_batch (trainer, cancellable, error);
  trainer->pass->workshop.cancellable = NULL;
  trainer->report.seconds += (double)(g_get_monotonic_time () - start) * 1e-6;
  if (ok && !measures)
    end_epoch (trainer);
  trainer->is_done =
      progress (trainer) >= 1 && trainer->held_out_next == trainer->batches->n_held_out;
  return ok;
}
