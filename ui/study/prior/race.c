#include "ui/study/prior/race.h"

#include "model/base/crew.h"

#include <math.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define CHUNK    0.004 /* seconds of steps between two looks at what is wanted */
#define LOOK     0.1   /* seconds between two looks at bounds that are not recorded */
#define NICENESS 19    /* the window comes first; threads that are started later inherit it */

/* One runner, touched by the race's threads only, between @begin and the end of a chunk */
typedef struct {
  LimenPriorTrainer *trainer;
  LimenGradientEstimator estimator;
  GArray *step, *bound, *path; /* (element-type double): as recorded; two a place on the path */
  LimenPriorReport last;       /* as last looked at: a bound costs */
  double *lambda;              /* (2, latent): its λ1 and λ2 */
  char *error;
} Runner;

struct LimenRace {
  guint n, d, n_points;
  guint64 n_steps;
  Runner runner[LIMEN_RACE_MOST];
  guint latent;
  GThread *thread;
  LimenCrew *crew;
  guint64 chunk;  /* steps that the crew is to do now */
  guint64 record; /* steps between two records */
  guint64 step;
  gint64 looked_at;

  GMutex lock; /* of all that follows */
  GCond changed;
  gboolean playing, leaving, once, wants_view, optimal;
  gboolean working;   /* the thread has something to do, or is not yet done with it */
  gboolean shown_end; /* a view of the end was made: no more of them unless wanted */
  double speed;
  int estimator[LIMEN_RACE_MOST]; /* wanted, −1: as it is */
  int trainable;                  /* wanted, −1: as it is */
  LimenRaceView *view;            /* not yet fetched */
};

/* -- steps: runners at once, each one after the other -- */

static void
look (Runner *runner, guint latent)
{
  LimenPriorReport report = limen_prior_trainer_report (runner->trainer);
  memcpy (runner->lambda, report.lambda1, latent * sizeof *report.lambda1);
  memcpy (runner->lambda + latent, report.lambda2, latent * sizeof *report.lambda2);
  report.lambda1 = runner->lambda;
  report.lambda2 = runner->lambda + latent;
  runner->last = report;
}

static void
record (Runner *runner, guint64 at, guint latent)
{
  double step = (double)at, place[2] = {0, 0};
  look (runner, latent);
  memcpy (place, runner->last.lambda1, MIN (latent, 2) * sizeof *place);
  g_array_append_val (runner->step, step);
  g_array_append_val (runner->bound, runner->last.bound);
  g_array_append_vals (runner->path, place, 2);
}

static void
run_chunk (guint index, guint worker, gpointer data)
{
  LimenRace *race = data;
  Runner *runner = &race->runner[index];
  g_autoptr (GError) error = NULL;
  for (guint64 i = 0; i < race->chunk && !runner->error; i++) {
    if (!limen_prior_trainer_step (runner->trainer, &error)) {
      runner->error = g_strdup (error->message);
      return;
    }
    if ((race->step + i + 1) % race->record == 0)
      record (runner, race->step + i + 1, race->latent);
  }
}

/* Every other record goes once there are too many; from then on fewer are made. */
static void
thin (LimenRace *race)
{
  if (race->runner[0].step->len < 2 * LIMEN_RACE_RECORDS)
    return;
  race->record *= 2;
  for (guint r = 0; r < race->n; r++) {
    Runner *runner = &race->runner[r];
    double *step = (double *)(void *)runner->step->data,
           *path = (double *)(void *)runner->path->data;
    double *bound = (double *)(void *)runner->bound->data;
    guint kept = 0;
    for (guint i = 0; i < runner->step->len; i += 2, kept++) {
      step[kept] = step[i];
      bound[kept] = bound[i];
      memcpy (path + 2 * kept, path + 2 * i, 2 * sizeof *path);
    }
    g_array_set_size (runner->step, kept);
    g_array_set_size (runner->bound, kept);
    g_array_set_size (runner->path, 2 * kept);
  }
}

/* -- views -- */

static double *
keep (LimenRaceView *view, const double *values, gsize n)
{
  double *copy = n > 0 ? g_memdup2 (values, n * sizeof *values) : g_new0 (double, 1);
  g_ptr_array_add (view->memory, copy);
  return copy;
}

/* The first two of @columns columns. */
static double *
keep_two (LimenRaceView *view, const double *values, guint n, guint columns)
{
  double *copy = g_new0 (double, 2 * MAX (n, 1));
  for (guint i = 0; i < n; i++) {
    copy[2 * i] = values[(gsize)i * columns];
    copy[2 * i + 1] = columns > 1 ? values[(gsize)i * columns + 1] : 0;
  }
  g_ptr_array_add (view->memory, copy);
  return copy;
}

static void
show_curve (LimenRaceView *view, guint index, const double *step, const double *bound,
            const double *path, guint n)
{
  LimenRaceRunner *out = &view->runner[index];
  out->step = keep (view, step, n);
  out->bound = keep (view, bound, n);
  out->path = keep (view, path, 2 * (gsize)n);
  out->n = out->n_path = n;
}

/* @last: where it has arrived, of @k latent variables */
static void
show_trainer (LimenRaceView *view, guint index, const LimenPriorTrainer *trainer,
              LimenGradientEstimator estimator, const LimenPriorReport *last, guint k,
              guint n_points)
{
  LimenRaceRunner *out = &view->runner[index];
  guint n = LIMEN_RACE_POINTS, seen = MIN (n, n_points);
  g_autofree double *mean = g_new0 (double, (gsize)seen *k), *s = g_new0 (double, (gsize)seen *k);
  g_autofree double *sample = g_new0 (double, (gsize)n * view->d);
  limen_prior_trainer_encode (trainer, seen, mean, s);
  limen_prior_trainer_sample (trainer, n, 1, sample);
  view->last[index] = *last;
  view->last[index].lambda1 = keep (view, last->lambda1, k);
  view->last[index].lambda2 = keep (view, last->lambda2, k);
  view->rows[index] = keep (view, sample, (gsize)LIMEN_RACE_ROWS * view->d);
  out->estimator = estimator;
  out->name = limen_race_name (estimator);
  out->mean = keep_two (view, mean, seen, k);
  out->n_points = seen;
  out->sample = keep_two (view, sample, n, view->d);
  out->n_samples = n;
  out->lambda2[1] = 1;
  for (guint i = 0; i < MIN (k, 2); i++) {
    out->lambda1[i] = last->lambda1[i];
    out->lambda2[i] = last->lambda2[i];
  }
}

static void
view_runner (LimenRace *race, guint index, LimenRaceView *view)
{
  const Runner *runner = &race->runner[index];
  show_curve (view, index, (const double *)(const void *)runner->step->data,
              (const double *)(const void *)runner->bound->data,
              (const double *)(const void *)runner->path->data, runner->step->len);
  show_trainer (view, index, runner->trainer, runner->estimator, &runner->last, race->latent,
                race->n_points);
  if (runner->error && !view->error)
    view->error = g_strdup (runner->error);
}

static LimenRaceView *
view_new (guint n, guint d, guint64 step, guint64 n_steps)
{
  LimenRaceView *view = g_new0 (LimenRaceView, 1);
  view->memory = g_ptr_array_new_with_free_func (g_free);
  view->n = n;
  view->d = d;
  view->step = step;
  view->n_steps = n_steps;
  return view;
}

LimenRaceView *
limen_race_view_of (const LimenTrainingReport *report, const LimenPriorTrainer *trainer,
                    const double *path)
{
  g_return_val_if_fail (report != NULL && trainer != NULL && path != NULL, NULL);
  const LimenPriorSettings *settings = &report->settings;
  const LimenTrainingCurve *curve = report->curve;
  LimenRaceView *view = view_new (1, report->points->d, report->last.step, settings->n_steps);
  show_curve (view, 0, curve->step, curve->bound, path, curve->n);
  show_trainer (view, 0, trainer, settings->estimator, &report->last, settings->latent,
                report->points->n);
  view->is_done = TRUE;
  return view;
}

static gboolean
is_done (const LimenRace *race)
{
  for (guint i = 0; i < race->n; i++)
    if (!race->runner[i].error && !limen_prior_trainer_is_done (race->runner[i].trainer))
      return FALSE;
  return TRUE;
}

static LimenRaceView *
make_view (LimenRace *race, gboolean playing)
{
  LimenRaceView *view = view_new (race->n, race->d, race->step, race->n_steps);
  gint64 now = g_get_monotonic_time ();
  gboolean is_old = !playing || now - race->looked_at > (gint64)(LOOK * G_USEC_PER_SEC);
  for (guint i = 0; i < race->n && is_old; i++)
    look (&race->runner[i], race->latent);
  race->looked_at = is_old ? now : race->looked_at;
  view->is_done = is_done (race);
  view->is_playing = playing && !view->is_done;
  for (guint i = 0; i < race->n; i++)
    view_runner (race, i, view);
  return view;
}

/* -- the thread -- */

/* Under the lock. */
static void
take_wishes (LimenRace *race)
{
  for (guint i = 0; i < race->n; i++) {
    if (race->estimator[i] >= 0) {
      race->runner[i].estimator = (LimenGradientEstimator)race->estimator[i];
      limen_prior_trainer_set_estimator (race->runner[i].trainer, race->runner[i].estimator);
    }
    if (race->trainable >= 0)
      limen_prior_trainer_set_trainable (race->runner[i].trainer, race->trainable == 1);
    if (race->optimal)
      limen_prior_trainer_optimal_lambda (race->runner[i].trainer);
    race->estimator[i] = -1;
  }
  if (race->trainable >= 0 || race->optimal)
    race->looked_at = 0;
  race->trainable = -1;
  race->optimal = FALSE;
}

static void
run_steps (LimenRace *race, guint64 n, gint64 until)
{
  do {
    race->chunk = 1;
    limen_crew_run (race->crew, race->n, run_chunk, race);
    race->step++;
    thin (race);
  } while (--n > 0 && !is_done (race) && g_get_monotonic_time () < until);
}

/* Runs what is due; returns for how long to wait then, microseconds. */
static gint64
go_on (LimenRace *race, double speed, gint64 *due)
{
  gint64 now = g_get_monotonic_time ();
  if (speed <= 0) {
    run_steps (race, G_MAXUINT64, now + (gint64)(CHUNK * 1e6));
    return 0;
  }
  gint64 between = (gint64)(1e6 / speed);
  if (*due < now - 100000) /* it waited: it does not catch up */
    *due = now;
  guint64 n = now >= *due ? (guint64)((now - *due) / between) + 1 : 0;
  *due += (gint64)n * between;
  if (n > 0)
    run_steps (race, n, now + (gint64)(2e6 * CHUNK));
  return MAX (*due - g_get_monotonic_time (), 0);
}

/* Under the lock, but lets go of it meanwhile: the window does not wait. */
static void
put_view (LimenRace *race)
{
  gboolean playing = race->playing;
  g_mutex_unlock (&race->lock);
  LimenRaceView *view = make_view (race, playing);
  g_mutex_lock (&race->lock);
  race->shown_end = view->is_done;
  race->view = view;
}

static gpointer
serve (gpointer data)
{
  LimenRace *race = data;
  gint64 due = 0;
  setpriority (PRIO_PROCESS, (id_t)gettid (), NICENESS);
  race->crew = limen_crew_new ();
  g_mutex_lock (&race->lock);
  while (!race->leaving) {
    take_wishes (race);
    if (race->wants_view && !race->view) {
      race->wants_view = FALSE;
      put_view (race);
    }
    gboolean goes = (race->playing || race->once) && !is_done (race);
    double speed = race->speed;
    if (race->leaving)
      break;
    if (!goes && race->wants_view && !race->view)
      continue; /* wanted meanwhile */
    if (!goes) {
      race->once = FALSE;
      race->working = FALSE;
      g_cond_wait (&race->changed, &race->lock);
      race->working = TRUE;
      due = 0;
      continue;
    }
    gboolean once = race->once;
    race->once = FALSE;
    g_mutex_unlock (&race->lock);
    gint64 wait = 0;
    if (once)
      run_steps (race, 1, 0);
    else
      wait = go_on (race, speed, &due);
    g_mutex_lock (&race->lock);
    race->wants_view = race->wants_view || once;
    if (wait > 0 && !race->leaving && !race->wants_view)
      g_cond_wait_until (&race->changed, &race->lock, g_get_monotonic_time () + wait);
  }
  g_mutex_unlock (&race->lock);
  limen_crew_free (race->crew);
  return NULL;
}

/* -- from outside -- */

const char *
limen_race_name (LimenGradientEstimator estimator)
{
  static const char *const names[LIMEN_N_ESTIMATORS] = {
      [LIMEN_LOG_DERIVATIVE] = "log-derivative",
      [LIMEN_LOG_DERIVATIVE_MEAN] = "log-derivative, mean baseline",
      [LIMEN_LOG_DERIVATIVE_OPTIMAL] = "log-derivative, optimal baseline",
      [LIMEN_REPARAMETERIZATION] = "reparameterization",
      [LIMEN_REPARAMETERIZATION_KL] = "KL in closed form",
      [LIMEN_STICKING_THE_LANDING] = "sticking the landing",
  };
  g_return_val_if_fail (estimator < LIMEN_N_ESTIMATORS, NULL);
  return names[estimator];
}

static void
runner_clear (Runner *runner)
{
  g_clear_pointer (&runner->trainer, limen_prior_trainer_free);
  g_clear_pointer (&runner->step, g_array_unref);
  g_clear_pointer (&runner->bound, g_array_unref);
  g_clear_pointer (&runner->path, g_array_unref);
  g_free (runner->lambda);
  g_free (runner->error);
}

static void
clear (LimenRace *race)
{
  for (guint i = 0; i < race->n; i++)
    runner_clear (&race->runner[i]);
  g_clear_pointer (&race->view, limen_race_view_free);
  g_mutex_clear (&race->lock);
  g_cond_clear (&race->changed);
  g_free (race);
}

LimenRace *
limen_race_new (const LimenPriorSettings *settings, guint n, const LimenPoints *points,
                GError **error)
{
  g_return_val_if_fail (settings && n > 0 && n <= LIMEN_RACE_MOST && points, NULL);
  LimenRace *race = g_new0 (LimenRace, 1);
  g_mutex_init (&race->lock);
  g_cond_init (&race->changed);
  race->n = n;
  race->d = points->d;
  race->n_points = points->n;
  race->latent = settings[0].latent;
  race->n_steps = settings[0].n_steps;
  race->record = MAX (settings[0].n_steps / 500, 1); /* a bound costs more than a step */
  race->trainable = -1;
  race->working = TRUE;
  for (guint i = 0; i < n; i++) {
    Runner *runner = &race->runner[i];
    runner->trainer = limen_prior_trainer_new (&settings[i], points, error);
    if (!runner->trainer) {
      clear (race);
      return NULL;
    }
    runner->estimator = settings[i].estimator;
    runner->lambda = g_new (double, 2 * (gsize)race->latent);
    runner->step = g_array_new (FALSE, FALSE, sizeof (double));
    runner->bound = g_array_new (FALSE, FALSE, sizeof (double));
    runner->path = g_array_new (FALSE, FALSE, sizeof (double));
    race->estimator[i] = -1;
    record (runner, 0, race->latent);
  }
  race->thread = g_thread_new ("limen-race", serve, race);
  return race;
}

void
limen_race_free (LimenRace *race)
{
  if (!race)
    return;
  g_mutex_lock (&race->lock);
  race->leaving = TRUE;
  g_cond_signal (&race->changed);
  g_mutex_unlock (&race->lock);
  g_thread_join (race->thread);
  clear (race);
}

/* Between these two something is asked of it, of which there will be a view. */
static void
begin_asking (LimenRace *race)
{
  g_mutex_lock (&race->lock);
  race->wants_view = TRUE;
}

static void
end_asking (LimenRace *race)
{
  g_cond_signal (&race->changed);
  g_mutex_unlock (&race->lock);
}

void
limen_race_play (LimenRace *race, gboolean on)
{
  g_return_if_fail (race != NULL);
  begin_asking (race);
  race->playing = on;
  end_asking (race);
}

void
limen_race_step (LimenRace *race)
{
  g_return_if_fail (race != NULL);
  begin_asking (race);
  race->playing = FALSE;
  race->once = TRUE;
  end_asking (race);
}

void
limen_race_set_speed (LimenRace *race, double steps)
{
  g_return_if_fail (race != NULL);
  g_mutex_lock (&race->lock);
  race->speed = steps;
  end_asking (race);
}

void
limen_race_set_estimator (LimenRace *race, guint runner, LimenGradientEstimator estimator)
{
  g_return_if_fail (race != NULL && runner < race->n && estimator < LIMEN_N_ESTIMATORS);
  begin_asking (race);
  race->estimator[runner] = (int)estimator;
  end_asking (race);
}

void
limen_race_set_trainable (LimenRace *race, gboolean trainable)
{
  g_return_if_fail (race != NULL);
  begin_asking (race);
  race->trainable = trainable;
  end_asking (race);
}

void
limen_race_optimal_lambda (LimenRace *race)
{
  g_return_if_fail (race != NULL);
  begin_asking (race);
  race->optimal = TRUE;
  end_asking (race);
}

LimenRaceView *
limen_race_look (LimenRace *race)
{
  g_return_val_if_fail (race != NULL, NULL);
  g_mutex_lock (&race->lock);
  LimenRaceView *view = g_steal_pointer (&race->view);
  race->wants_view = race->wants_view || (race->playing && !race->shown_end);
  end_asking (race);
  return view;
}

gboolean
limen_race_rests (LimenRace *race)
{
  g_return_val_if_fail (race != NULL, TRUE);
  g_mutex_lock (&race->lock);
  gboolean goes = race->playing && !race->shown_end;
  gboolean rests = !goes && !race->working && !race->once && !race->wants_view && !race->view;
  g_mutex_unlock (&race->lock);
  return rests;
}

char *
limen_race_bound (const LimenRaceView *view, guint index)
{
  g_return_val_if_fail (view != NULL && index < view->n, NULL);
  const LimenPriorReport *last = &view->last[index];
  if (isnan (last->bound_standard_error))
    return limen_format_known ((LimenNumber){last->bound, last->bound_error}, 3);
  return limen_format_mean (last->bound, 2 * last->bound_standard_error, 3);
}

LimenRaceView *
limen_race_view_copy (const LimenRaceView *view)
{
  if (!view)
    return NULL;
  LimenRaceView *copy = g_memdup2 (view, sizeof *view);
  copy->error = g_strdup (view->error);
  copy->memory = g_ptr_array_ref (view->memory);
  return copy;
}

void
limen_race_view_free (LimenRaceView *view)
{
  if (!view)
    return;
  g_ptr_array_unref (view->memory);
  g_free (view->error);
  g_free (view);
}
