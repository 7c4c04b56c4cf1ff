#include "ui/study/prior/session.h"

#include "model/data/file-kind.h"
#include "model/data/image-set.h"
#include "ui/study/job.h"

#include <math.h>
#include <string.h>

#define QUICK       10 /* variables up to which a duel takes less than a frame */
#define POINTS      2000
#define IMAGES      1000
#define IMAGE_SIDE  14
#define POINTS_SEED 1

struct _LimenPriorSession {
  GObject parent_instance;

  /* the duel */
  LimenGaussianCase *own, *shown; /* the user's case; what it is written as, or the isotropic one */
  LimenDuelSettings duel_settings;
  LimenDuel *duel;
  LimenJob *duel_job;
  gboolean duel_again;

  /* the race */
  LimenRaceSettings race_settings;
  LimenPoints *points;
  LimenRace *race;
  LimenRaceView *view;
  double best;
  LimenJob *load;
};

G_DEFINE_FINAL_TYPE (LimenPriorSession, limen_prior_session, G_TYPE_OBJECT)

enum { DUEL_CHANGED, RACE_CHANGED, RACE_MOVED, RACE_ASKED, NOTICE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
tell (LimenPriorSession *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[NOTICE], 0, error->message);
}

/* -- the duel -- */

/* z = λ1 + √λ2 z': the same p(x) with the prior N(0, I), and q moved along. */
static LimenGaussianCase *
standardized (const LimenGaussianCase *from)
{
  const LimenGaussianModel *model = from->model;
  LimenGaussianCase *to = limen_gaussian_case_copy (from);
  guint k = model->latent;
  g_autofree double *mean = g_new (double, k), *variance = g_new (double, k);
  for (guint i = 0; i < k; i++) {
    mean[i] = (from->proposal->mean[i] - model->lambda1[i]) / sqrt (model->lambda2[i]);
    variance[i] = from->proposal->covariance[(gsize)i * k + i] / model->lambda2[i];
  }
  limen_gaussian_model_free (to->model);
  limen_gaussian_free (to->proposal);
  to->model = limen_standard_prior (model);
  to->proposal = limen_gaussian_new_diagonal ("The proposal", k, mean, variance, NULL);
  return to;
}

static LimenGaussianCase *
case_of (LimenPriorSession *self)
{
  const LimenDuelSettings *settings = &self->duel_settings;
  if (settings->dimension > 0)
    return limen_isotropic_case (settings->dimension, settings->offset, settings->width);
  return settings->standard ? standardized (self->own) : limen_gaussian_case_copy (self->own);
}

typedef struct {
  LimenGaussianCase *gaussian_case;
  LimenDuelSettings settings;
} DuelWork;

static void
duel_work_free (DuelWork *work)
{
  limen_gaussian_case_free (work->gaussian_case);
  g_free (work);
}

static LimenDuel *
run_duel (const DuelWork *work, GError **error)
{
  g_autofree double *variance = g_new (double, work->gaussian_case->model->latent);
  LimenGradientCase c;
  if (!limen_gradient_case_of (work->gaussian_case, variance, &c, error))
    return NULL;
  c.shift = work->settings.shift;
  return limen_duel_new (&c, work->settings.samples, work->settings.seed);
}

static gpointer
run_duel_job (LimenJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return run_duel (data, error);
}

static void renew_duel (LimenPriorSession *self);

static void
take_duel (LimenPriorSession *self, LimenDuel *duel)
{
  g_clear_pointer (&self->duel, limen_duel_free);
  self->duel = duel;
  g_signal_emit (self, signals[DUEL_CHANGED], 0);
}

static void
duel_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenPriorSession *self = owner;
  gboolean again = self->duel_again;
  g_clear_pointer (&self->duel_job, limen_job_unref);
  self->duel_again = FALSE;
  if (error)
    tell (self, error);
  else
    take_duel (self, result);
  if (again)
    renew_duel (self);
}

static void
renew_duel (LimenPriorSession *self)
{
  self->duel_again = self->duel_job != NULL;
  if (self->duel_job)
    return;
  DuelWork *work = g_new (DuelWork, 1);
  *work = (DuelWork){case_of (self), self->duel_settings};
  g_clear_pointer (&self->shown, limen_gaussian_case_free);
  self->shown = limen_gaussian_case_copy (work->gaussian_case);
  if (work->gaussian_case->model->latent > QUICK) {
    self->duel_job = limen_job_start (run_duel_job, work, (GDestroyNotify)duel_work_free,
                                      (GDestroyNotify)limen_duel_free, duel_cb, self);
    return;
  }
  g_autoptr (GError) error = NULL;
  LimenDuel *duel = run_duel (work, &error);
  duel_work_free (work);
  if (duel)
    take_duel (self, duel);
  else
    tell (self, error);
}

void
limen_prior_session_set_duel (LimenPriorSession *self, const LimenDuelSettings *settings)
{
  self->duel_settings = *settings;
  renew_duel (self);
}

/* -- the race -- */

static double
best_of (const LimenPriorSession *self)
{
  const LimenPriorSettings *common = &self->race_settings.common;
  if (common->hidden > 0 || common->latent >= self->points->d)
    return NAN;
  return limen_ppca_log_likelihood (self->points, common->latent, common->sigma);
}

/* Starts anew; the old race stays where the settings are refused. */
static gboolean
renew_race (LimenPriorSession *self, GError **error)
{
  LimenPriorSettings settings[LIMEN_RACE_MOST];
  guint n = 0;
  for (guint i = 0; i < LIMEN_RACE_MOST; i++)
    if (self->race_settings.estimator[i] < LIMEN_N_ESTIMATORS) {
      settings[n] = self->race_settings.common;
      settings[n++].estimator = self->race_settings.estimator[i];
    }
  LimenRace *race = limen_race_new (settings, n, self->points, error);
  if (!race)
    return FALSE;
  g_clear_pointer (&self->race, limen_race_free);
  g_clear_pointer (&self->view, limen_race_view_free);
  self->race = race;
  self->best = best_of (self);
  limen_race_set_speed (race, self->race_settings.speed);
  limen_race_play (race, FALSE); /* shows how it begins */
  g_signal_emit (self, signals[RACE_CHANGED], 0);
  g_signal_emit (self, signals[RACE_ASKED], 0);
  return TRUE;
}

void
limen_prior_session_set_race (LimenPriorSession *self, const LimenRaceSettings *settings,
                              gboolean again)
{
  LimenRaceSettings before = self->race_settings;
  g_autoptr (GError) error = NULL;
  self->race_settings = *settings;
  if (!again) {
    guint runner = 0;
    limen_race_set_speed (self->race, settings->speed);
    if (settings->common.trainable != before.common.trainable)
      limen_race_set_trainable (self->race, settings->common.trainable);
    for (guint i = 0; i < LIMEN_RACE_MOST; i++) {
      if (settings->estimator[i] != before.estimator[i])
        limen_race_set_estimator (self->race, runner, settings->estimator[i]);
      runner += settings->estimator[i] < LIMEN_N_ESTIMATORS;
    }
    g_signal_emit (self, signals[RACE_ASKED], 0);
  } else if (!renew_race (self, &error)) {
    self->race_settings = before;
    tell (self, error);
  }
}

static void
take_points (LimenPriorSession *self, LimenPoints *points)
{
  g_autoptr (GError) error = NULL;
  LimenPoints *before = self->points;
  self->points = points;
  if (renew_race (self, &error)) {
    limen_points_free (before);
    return;
  }
  limen_points_free (points);
  self->points = before;
  tell (self, error);
}

void
limen_prior_session_use_points (LimenPriorSession *self, const char *builtin)
{
  g_autoptr (GError) error = NULL;
  LimenPoints *points = limen_points_builtin (builtin, POINTS, POINTS_SEED, &error);
  if (points)
    take_points (self, points);
  else
    tell (self, error);
}

void
limen_prior_session_play (LimenPriorSession *self, gboolean on)
{
  if (on && self->view && self->view->is_done)
    limen_prior_session_reset (self);
  limen_race_play (self->race, on);
  g_signal_emit (self, signals[RACE_ASKED], 0);
}

void
limen_prior_session_step (LimenPriorSession *self)
{
  limen_race_step (self->race);
  g_signal_emit (self, signals[RACE_ASKED], 0);
}

void
limen_prior_session_reset (LimenPriorSession *self)
{
  g_autoptr (GError) error = NULL;
  if (!renew_race (self, &error))
    tell (self, error);
}

void
limen_prior_session_optimal_lambda (LimenPriorSession *self)
{
  limen_race_optimal_lambda (self->race);
  g_signal_emit (self, signals[RACE_ASKED], 0);
}

gboolean
limen_prior_session_look (LimenPriorSession *self)
{
  LimenRaceView *view = limen_race_look (self->race);
  if (!view)
    return FALSE;
  gboolean told = self->view && self->view->error;
  g_clear_pointer (&self->view, limen_race_view_free);
  self->view = view;
  if (view->error && !told)
    g_signal_emit (self, signals[NOTICE], 0, view->error);
  g_signal_emit (self, signals[RACE_MOVED], 0);
  return TRUE;
}

gboolean
limen_prior_session_rests (LimenPriorSession *self)
{
  return limen_race_rests (self->race);
}

/* -- files -- */

typedef struct {
  LimenGaussianCase *gaussian_case;
  LimenPoints *points;
} Files;

static void
files_free (Files *files)
{
  g_clear_pointer (&files->gaussian_case, limen_gaussian_case_free);
  g_clear_pointer (&files->points, limen_points_free);
  g_free (files);
}

/* Images as points of one column a pixel. */
static LimenPoints *
points_of_images (const char *const *paths, GCancellable *cancellable, GError **error)
{
  LimenImageSetOptions options = {IMAGE_SIDE, IMAGE_SIDE, IMAGES};
  g_autoptr (LimenImageSet) set =
      limen_image_set_load (paths, &options, NULL, NULL, NULL, cancellable, error);
  if (!set)
    return NULL;
  LimenPoints *points = g_new0 (LimenPoints, 1);
  points->name = g_strdup (limen_image_set_name (set));
  points->n = limen_image_set_n_images (set);
  points->d = IMAGE_SIDE * IMAGE_SIDE;
  gsize n = (gsize)points->n * points->d;
  g_autofree float *rows = g_new (float, n);
  points->x = g_new (double, n);
  limen_image_set_copy_rows (set, 0, points->n, rows);
  for (gsize i = 0; i < n; i++)
    points->x[i] = rows[i];
  g_auto (GStrv) notes = limen_image_set_read_notes (set);
  points->read_as = limen_image_set_reading (set);
  points->told = notes[0] ? g_strjoinv ("\n", notes) : NULL;
  return points;
}

/* A table has points; with more columns than points may have, images. */
static LimenPoints *
points_of_table (const char *const *paths, GCancellable *cancellable, GError **error)
{
  GError *local = NULL;
  LimenPoints *points = limen_points_load (paths[0], cancellable, &local);
  if (!points && limen_file_kind (paths[0], NULL) == LIMEN_FILE_CSV)
    points = points_of_images (paths, cancellable, NULL);
  if (points)
    g_clear_error (&local);
  else
    g_propagate_error (error, local);
  return points;
}

static gpointer
run_load (LimenJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *const *paths = data;
  Files *files = g_new0 (Files, 1);
  if (g_str_has_suffix (paths[0], ".json"))
    files->gaussian_case = limen_gaussian_case_load (paths[0], error);
  else if (g_str_has_suffix (paths[0], ".csv") || g_str_has_suffix (paths[0], ".txt") ||
           g_str_has_suffix (paths[0], ".tsv"))
    files->points = points_of_table (paths, cancellable, error);
  else
    files->points = points_of_images (paths, cancellable, error);
  if (files->gaussian_case || files->points)
    return files;
  files_free (files);
  return NULL;
}

/* A case of the user's own; refused where its proposal is not diagonal. */
static void
take_case (LimenPriorSession *self, LimenGaussianCase *gaussian_case)
{
  g_autofree double *variance = g_new (double, gaussian_case->model->latent);
  g_autoptr (GError) error = NULL;
  LimenGradientCase c;
  if (!limen_gradient_case_of (gaussian_case, variance, &c, &error)) {
    tell (self, error);
    limen_gaussian_case_free (gaussian_case);
    return;
  }
  g_clear_pointer (&self->own, limen_gaussian_case_free);
  self->own = gaussian_case;
  self->duel_settings.dimension = 0;
  renew_duel (self);
}

static void
load_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenPriorSession *self = owner;
  Files *files = result;
  g_clear_pointer (&self->load, limen_job_unref);
  if (error) {
    tell (self, error);
    return;
  }
  if (files->gaussian_case)
    take_case (self, g_steal_pointer (&files->gaussian_case));
  else {
    LimenPoints *points = g_steal_pointer (&files->points);
    g_autofree char *words = points->told && !points->read_as /* else it stands below their name */
                                 ? g_strdup_printf ("%s: %s.", points->name, points->told)
                                 : NULL;
    take_points (self, points);
    if (words && self->points == points)
      g_signal_emit (self, signals[NOTICE], 0, words);
  }
  files_free (files);
}

void
limen_prior_session_open (LimenPriorSession *self, const char *const *paths)
{
  if (!self->load)
    self->load = limen_job_start (run_load, g_strdupv ((char **)paths), (GDestroyNotify)g_strfreev,
                                  (GDestroyNotify)files_free, load_cb, self);
}

/* -- the object -- */

static void
limen_prior_session_dispose (GObject *object)
{
  LimenPriorSession *self = LIMEN_PRIOR_SESSION (object);
  g_clear_pointer (&self->race, limen_race_free);
  if (self->load)
    limen_job_cancel (self->load);
  g_clear_pointer (&self->load, limen_job_unref);
  g_clear_pointer (&self->duel_job, limen_job_unref);
  G_OBJECT_CLASS (limen_prior_session_parent_class)->dispose (object);
}

static void
limen_prior_session_finalize (GObject *object)
{
  LimenPriorSession *self = LIMEN_PRIOR_SESSION (object);
  g_clear_pointer (&self->view, limen_race_view_free);
  g_clear_pointer (&self->points, limen_points_free);
  g_clear_pointer (&self->duel, limen_duel_free);
  g_clear_pointer (&self->own, limen_gaussian_case_free);
  g_clear_pointer (&self->shown, limen_gaussian_case_free);
  G_OBJECT_CLASS (limen_prior_session_parent_class)->finalize (object);
}

static void
limen_prior_session_class_init (LimenPriorSessionClass *klass)
{
  static const char *const names[N_SIGNALS] = {"duel-changed", "race-changed", "race-moved",
                                               "race-asked", "notice"};
  G_OBJECT_CLASS (klass)->dispose = limen_prior_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = limen_prior_session_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, i == NOTICE, G_TYPE_STRING);
}

static void
limen_prior_session_init (LimenPriorSession *self)
{
  self->own = limen_gaussian_case_example ();
  self->duel_settings =
      (LimenDuelSettings){.offset = 0.1, .width = 0.8165, .samples = 300, .seed = 1};
  self->race_settings = (LimenRaceSettings){
      .estimator = {LIMEN_REPARAMETERIZATION, LIMEN_LOG_DERIVATIVE_MEAN, LIMEN_N_ESTIMATORS},
      .common = limen_prior_defaults (),
      .speed = 200};
  self->race_settings.common.trainable = TRUE;
  self->points = limen_points_builtin ("two-moons", POINTS, POINTS_SEED, NULL);
  renew_duel (self);
  renew_race (self, NULL);
}

LimenPriorSession *
limen_prior_session_new (void)
{
  return g_object_new (LIMEN_TYPE_PRIOR_SESSION, NULL);
}

/* -- what there is -- */

/* No CSV has so many columns. */
guint
limen_prior_session_image_side (LimenPriorSession *self)
{
  return self->points->d == IMAGE_SIDE * IMAGE_SIDE ? IMAGE_SIDE : 0;
}

LimenDuelSettings
limen_prior_session_duel_settings (LimenPriorSession *self)
{
  return self->duel_settings;
}

const LimenDuel *
limen_prior_session_duel (LimenPriorSession *self)
{
  return self->duel;
}

const LimenGaussianCase *
limen_prior_session_case (LimenPriorSession *self)
{
  return self->shown;
}

LimenRaceSettings
limen_prior_session_race_settings (LimenPriorSession *self)
{
  return self->race_settings;
}

const LimenPoints *
limen_prior_session_points (LimenPriorSession *self)
{
  return self->points;
}

const LimenRaceView *
limen_prior_session_view (LimenPriorSession *self)
{
  return self->view;
}

LimenRaceState
limen_prior_session_race_state (LimenPriorSession *self)
{
  return (LimenRaceState){
      .n_points = self->points->n, .hidden = self->race_settings.common.hidden, .best = self->best};
}
