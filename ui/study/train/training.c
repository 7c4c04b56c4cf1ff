#include "ui/study/train/training.h"
#include "model/flow/nice-inverse.h"
#include "ui/study/ending.h"

#include <math.h>
#include <sys/resource.h>
#include <unistd.h>

#define PATIENCE_US    (G_USEC_PER_SEC / 10)
#define NICENESS       19 /* the window goes first */
#define SAMPLING_US    G_USEC_PER_SEC
#define SAMPLING_SHARE 0.05 /* of the time may go into samples */
#define SAMPLING_SEED  1
#define TEMPERATURE    0.7

/* @paths to @name: the plan, owned by the thread
 * @stop: ends the training with what it has; @leave: also what follows
 * @report, @pause, @ended: guarded by @lock */
struct LimenTraining {
  gatomicrefcount references; /* of the window, and of the thread */
  char **paths;
  LimenImageSet *set;
  guint side;
  gboolean invert;
  char *start, *name;
  LimenNiceTrainerSettings settings;

  GThread *thread;
  GCancellable *stop, *leave;
  GMutex lock;
  GCond resumed, finished;
  gboolean pause, ended;
  LimenTrainingReport report;

  guint64 best_step; /* that the report's best flow is of */
  double last_held_out;
  gint64 next_sampling;
};

void
limen_training_report_clear (LimenTrainingReport *report)
{
  g_return_if_fail (report != NULL);
  g_clear_pointer (&report->samples, limen_image_set_unref);
  g_clear_pointer (&report->best, limen_nice_unref);
  limen_origin_put (&report->learned_from, NULL);
  g_clear_error (&report->error);
}

/* -- curves -- */

static void
halve (LimenTrainingCurve *curve)
{
  for (guint i = 0; i < LIMEN_TRAINING_POINTS / 2; i++) {
    curve->x[i] = (curve->x[2 * i] + curve->x[2 * i + 1]) / 2;
    curve->y[i] = (curve->y[2 * i] + curve->y[2 * i + 1]) / 2;
  }
  curve->n = LIMEN_TRAINING_POINTS / 2;
  curve->stride *= 2;
}

void
limen_training_curve_add (LimenTrainingCurve *curve, double x, double y)
{
  g_return_if_fail (curve != NULL);
  curve->stride = MAX (curve->stride, 1);
  curve->sum_x += x;
  curve->sum_y += y;
  if (++curve->n_sum < curve->stride)
    return;
  curve->x[curve->n] = curve->sum_x / curve->n_sum;
  curve->y[curve->n] = curve->sum_y / curve->n_sum;
  curve->sum_x = curve->sum_y = 0;
  curve->n_sum = 0;
  if (++curve->n == LIMEN_TRAINING_POINTS)
    halve (curve);
}

/* -- on the thread -- */

static void
take_best (LimenTraining *self, LimenNice *best)
{
  g_mutex_lock (&self->lock);
  LimenNice *old = self->report.best;
  self->report.best = best;
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&old, limen_nice_unref);
}

static void
take_progress (LimenTraining *self, const LimenNiceTrainer *trainer)
{
  LimenNiceTrainerReport now = limen_nice_trainer_report (trainer);
  g_mutex_lock (&self->lock);
  LimenTrainingReport *report = &self->report;
  if (now.step > report->progress.step)
    limen_training_curve_add (&report->train, now.epoch, now.batch_nll);
  if (isfinite (now.held_out_nll) && now.held_out_nll != self->last_held_out)
    limen_training_curve_add (&report->held_out, now.epoch, now.held_out_nll);
  report->progress = now;
  g_mutex_unlock (&self->lock);
  self->last_held_out = now.held_out_nll;
  if (isfinite (now.best_nll) && (now.best_step != self->best_step || !self->report.best)) {
    self->best_step = now.best_step;
    take_best (self, limen_nice_trainer_best (trainer));
  }
}

static void
draw_samples (LimenTraining *self, const LimenNice *flow)
{
  gint64 start = g_get_monotonic_time ();
  LimenImageSet *samples = limen_nice_sample (flow, LIMEN_TRAINING_N_SAMPLES, SAMPLING_SEED,
                                              TEMPERATURE, self->leave, NULL);
  gint64 end = g_get_monotonic_time ();
  self->next_sampling = MAX (start + SAMPLING_US, end + (gint64)((end - start) / SAMPLING_SHARE));
  if (!samples)
    return;
  g_mutex_lock (&self->lock);
  LimenImageSet *old = self->report.samples;
  self->report.samples = samples;
  self->report.n_samplings++;
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&old, limen_image_set_unref);
}

static void
wait_while_paused (LimenTraining *self)
{
  g_mutex_lock (&self->lock);
  while (self->pause && !g_cancellable_is_cancelled (self->stop)) {
    self->report.state = LIMEN_TRAINING_PAUSES;
    g_cond_wait (&self->resumed, &self->lock);
  }
  self->report.state = LIMEN_TRAINING_RUNS;
  g_mutex_unlock (&self->lock);
}

static gboolean
read_images (LimenTraining *self, const LimenNice *start, GError **error)
{
  LimenImageSetOptions options = {.width = self->side, .height = self->side};
  if (start && !limen_nice_image_size (start, &options.width, &options.height))
    options.width = options.height = 0;
  if (self->set && limen_image_set_n_read_as (self->set) > 0) /* as it was read, or asked for */
    options.reading = limen_image_set_read_as (self->set, 0)->asked;
  guint64 wanted = (guint64)options.width * options.height;
  if (self->set && (wanted == 0 || (limen_image_set_width (self->set) == options.width &&
                                    limen_image_set_height (self->set) == options.height)))
    return TRUE;
  g_clear_pointer (&self->set, limen_image_set_unref);
  self->set = limen_image_set_load ((const char *const *)self->paths, &options, NULL,
                                    &(LimenRun){.cancellable = self->stop}, error);
  if (self->set && self->invert) {
    LimenImageSet *plain = self->set;
    self->set = limen_image_set_inverted (plain);
    limen_image_set_unref (plain);
  }
  return self->set != NULL;
}

/* What was trained with is told from copies of it later on. */
static gboolean
remember_images (LimenTraining *self, LimenNiceTrainer *trainer, GError **error)
{
  g_autoptr (LimenImagePrints) prints = limen_image_prints_new (self->set, self->stop, error);
  if (!prints)
    return FALSE;
  limen_nice_trainer_set_learned (trainer, prints);
  LimenReading asked = {0};
  if (limen_image_set_n_read_as (self->set) > 0)
    asked = limen_image_set_read_as (self->set, 0)->asked;
  g_autoptr (LimenOrigin) files =
      limen_origin_new ((const char *const *)self->paths, limen_image_set_name (self->set));
  g_autoptr (LimenOrigin) read = limen_origin_read_as (files, &asked, self->invert);
  LimenOrigin *images = limen_origin_with_prints (read, prints);
  g_mutex_lock (&self->lock);
  self->report.learned_from = images;
  self->report.n_images = limen_image_set_n_images (self->set);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static LimenNiceTrainer *
prepare (LimenTraining *self, GError **error)
{
  g_autoptr (LimenNice) start =
      self->start ? limen_nice_load (self->start, self->stop, error) : NULL;
  if ((self->start && !start) || !read_images (self, start, error))
    return NULL;
  self->settings.name = self->name;
  LimenNiceTrainer *trainer = limen_nice_trainer_new (&self->settings, self->set, start, error);
  if (trainer && !remember_images (self, trainer, error))
    g_clear_pointer (&trainer, limen_nice_trainer_free);
  return trainer;
}

static gboolean
train (LimenTraining *self, LimenNiceTrainer *trainer, GError **error)
{
  while (!limen_nice_trainer_is_done (trainer)) {
    if (g_get_monotonic_time () >= self->next_sampling) {
      g_autoptr (LimenNice) now = limen_nice_trainer_snapshot (trainer);
      draw_samples (self, now);
    }
    wait_while_paused (self);
    if (!limen_nice_trainer_step (trainer, self->stop, error))
      return FALSE;
    take_progress (self, trainer);
  }
  return TRUE;
}

/* To be told to stop is no failure. */
static void
finish (LimenTraining *self, GError *error)
{
  gboolean failed = error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_mutex_lock (&self->lock);
  self->report.state = failed ? LIMEN_TRAINING_FAILED : LIMEN_TRAINING_ENDED;
  self->report.error = failed ? error : NULL;
  self->ended = TRUE;
  g_cond_signal (&self->finished);
  g_mutex_unlock (&self->lock);
  if (!failed)
    g_clear_error (&error);
}

static void
unref (LimenTraining *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  limen_training_report_clear (&self->report);
  g_clear_pointer (&self->set, limen_image_set_unref);
  g_strfreev (self->paths);
  g_free (self->start);
  g_free (self->name);
  g_object_unref (self->stop);
  g_object_unref (self->leave);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->resumed);
  g_cond_clear (&self->finished);
  g_free (self);
}

static gpointer
run (gpointer data)
{
  LimenTraining *self = data;
  GError *error = NULL;
  /* Linux takes a thread's id here; threads that it starts are as nice as it is */
  setpriority (PRIO_PROCESS, (id_t)gettid (), NICENESS);
  LimenNiceTrainer *trainer = prepare (self, &error);
  if (trainer) {
    train (self, trainer, &error);
    if (!g_cancellable_is_cancelled (self->leave) && limen_nice_trainer_report (trainer).step > 0) {
      take_best (self, limen_nice_trainer_best (trainer));
      draw_samples (self, self->report.best);
    }
    limen_nice_trainer_free (trainer);
  }
  finish (self, error);
  limen_ending_remove (self);
  unref (self);
  return NULL;
}

/* -- on the main thread -- */

static void
leave (gpointer training)
{
  LimenTraining *self = training;
  g_cancellable_cancel (self->leave);
  limen_training_stop (self);
}

LimenTraining *
limen_training_start (const LimenTrainingPlan *plan)
{
  g_return_val_if_fail (plan != NULL && (plan->set || plan->paths), NULL);
  LimenTraining *self = g_new0 (LimenTraining, 1);
  self->paths = g_strdupv ((char **)plan->paths);
  self->set = plan->set ? limen_image_set_ref (plan->set) : NULL;
  self->side = plan->side;
  self->invert = plan->invert;
  self->start = g_strdup (plan->start);
  self->name = g_strdup (plan->settings.name);
  self->settings = plan->settings;
  self->stop = g_cancellable_new ();
  self->leave = g_cancellable_new ();
  self->last_held_out = NAN;
  self->report.progress = (LimenNiceTrainerReport){.n_epochs = plan->settings.epochs,
                                                   .batch_nll = NAN,
                                                   .train_nll = NAN,
                                                   .held_out_nll = NAN,
                                                   .best_nll = NAN,
                                                   .seconds_left = NAN};
  g_mutex_init (&self->lock);
  g_cond_init (&self->resumed);
  g_cond_init (&self->finished);
  g_atomic_ref_count_init (&self->references);
  g_atomic_ref_count_inc (&self->references);
  limen_ending_add (leave, self);
  self->thread = g_thread_new ("limen-training", run, self);
  return self;
}

void
limen_training_free (LimenTraining *self)
{
  g_return_if_fail (self != NULL);
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  leave (self);
  g_mutex_lock (&self->lock);
  while (!self->ended && g_cond_wait_until (&self->finished, &self->lock, end))
    ;
  gboolean ended = self->ended;
  g_mutex_unlock (&self->lock);
  if (ended)
    g_thread_join (self->thread);
  else
    g_thread_unref (self->thread);
  unref (self);
}

void
limen_training_pause (LimenTraining *self, gboolean pause)
{
  g_return_if_fail (self != NULL);
  g_mutex_lock (&self->lock);
  self->pause = pause;
  g_cond_signal (&self->resumed);
  g_mutex_unlock (&self->lock);
}

void
limen_training_stop (LimenTraining *self)
{
  g_return_if_fail (self != NULL);
  g_mutex_lock (&self->lock);
  g_cancellable_cancel (self->stop);
  g_cond_signal (&self->resumed);
  g_mutex_unlock (&self->lock);
}

LimenTrainingReport
limen_training_poll (LimenTraining *self)
{
  g_return_val_if_fail (self != NULL, (LimenTrainingReport){0});
  g_mutex_lock (&self->lock);
  LimenTrainingReport report = self->report;
  if (report.samples)
    limen_image_set_ref (report.samples);
  if (report.best)
    limen_nice_ref (report.best);
  limen_origin_ref (report.learned_from);
  report.error = report.error ? g_error_copy (report.error) : NULL;
  g_mutex_unlock (&self->lock);
  return report;
}
