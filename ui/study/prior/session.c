#include "ui/study/prior/session.h"

#include "model/data/builtin.h"
#include "ui/study/latest.h"
#include "ui/study/signals.h"
#include "ui/study/prior/inputs.h"

#include <math.h>

#define QUICK       10 /* variables up to which a duel takes less than a frame */
#define POINTS      2000
#define POINTS_SEED 1

struct _LimenPriorSession {
  GObject parent_instance;

  LimenPriorState state;
  LimenLatest *load;
  const char *loads; /* (nullable): what @load was last asked for */

  /* the duel */
  LimenGaussianCase *own, *shown; /* the user's case; what that of @duel is */
  LimenDuel *duel;
  LimenDuelSettings of_duel; /* by which it was made */
  LimenLatest *duels;        /* those that take longer than a frame */

  /* the race */
  LimenPoints *points;
  guint image_side;
  LimenRace *race;
  LimenRaceView *view, *before; /* before λ was last set by hand; nullable */
  LimenNumber best;
  guint asked_optimal, n_optimal; /* in all, and before @view */
};

G_DEFINE_FINAL_TYPE (LimenPriorSession, limen_prior_session, G_TYPE_OBJECT)

static void
tell (LimenPriorSession *self, const char *message)
{
  g_signal_emit_by_name (self, "notice", message);
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
  const LimenDuelSettings *settings = &self->state.duel;
  if (settings->dimension > 0)
    return limen_isotropic_case (settings->dimension, settings->offset, settings->width);
  return settings->standard ? standardized (self->own) : limen_gaussian_case_copy (self->own);
}

/* What is computed, and, in a result, what came of it */
typedef struct {
  LimenGaussianCase *gaussian_case;
  LimenDuelSettings settings;
  guint about; /* the parameter whose draws are kept */
  LimenDuel *duel;
} Duel;

static void
duel_free (Duel *duel)
{
  g_clear_pointer (&duel->gaussian_case, limen_gaussian_case_free);
  g_clear_pointer (&duel->duel, limen_duel_unref);
  g_free (duel);
}

static gpointer
run_duel (gpointer data, const LimenRun *run, GError **error)
{
  Duel *work = data;
  g_autofree double *variance = g_new (double, work->gaussian_case->model->latent);
  LimenGradientCase c;
  if (!limen_gradient_case_of (work->gaussian_case, variance, &c, error))
    return NULL;
  c.shift = work->settings.shift;
  Duel *result = g_new0 (Duel, 1);
  result->settings = work->settings;
  result->duel =
      limen_duel_new_about (&c, work->settings.samples, work->settings.seed, work->about);
  result->gaussian_case = g_steal_pointer (&work->gaussian_case);
  return result;
}

static void
duel_cb (gpointer data, const GError *error, gpointer owner)
{
  LimenPriorSession *self = owner;
  Duel *result = data;
  if (!result) {
    tell (self, error->message);
    return;
  }
  g_clear_pointer (&self->shown, limen_gaussian_case_free);
  g_clear_pointer (&self->duel, limen_duel_unref);
  self->shown = g_steal_pointer (&result->gaussian_case);
  self->duel = g_steal_pointer (&result->duel);
  self->of_duel = result->settings;
  duel_free (result);
  if (self->state.view.parameter >= self->duel->n_parameters)
    self->state.view.parameter = 0;
  g_signal_emit_by_name (self, "duel-changed");
}

static void
renew_duel (LimenPriorSession *self)
{
  Duel *work = g_new0 (Duel, 1);
  g_autoptr (GError) error = NULL;
  *work = (Duel){case_of (self), self->state.duel, self->state.view.parameter, NULL};
  if (limen_latest_busy (self->duels, NULL) || work->gaussian_case->model->latent > QUICK) {
    limen_latest_wish (self->duels, work);
    return;
  }
  gpointer result = run_duel (work, NULL, &error);
  duel_free (work);
  duel_cb (result, error, self);
}

static gboolean
is_diagonal (const LimenGaussianCase *gaussian_case, GError **error)
{
  g_autofree double *variance = g_new (double, gaussian_case->model->latent);
  LimenGradientCase c;
  return limen_gradient_case_of (gaussian_case, variance, &c, error);
}

/* -- the race -- */

static LimenNumber
best_of (const LimenPriorSession *self)
{
  const LimenPriorSettings *common = &self->state.race.common;
  return common->hidden > 0 ? (LimenNumber){NAN, NAN}
                            : limen_ppca_maximum (self->points, common->latent, common->sigma);
}

static LimenRace *
new_race (const LimenPriorState *state, const LimenPoints *points, GError **error)
{
  LimenPriorSettings settings[LIMEN_RACE_MOST];
  guint n = limen_prior_state_runners (state, settings);
  return limen_race_new (settings, n, points, error);
}

/* λ is going to be set by hand. */
static void
keep_view (LimenPriorSession *self)
{
  g_clear_pointer (&self->before, limen_race_view_free);
  if (self->view && !self->view->is_playing)
    self->before = limen_race_view_copy (self->view);
}

static void
start_race (LimenPriorSession *self, LimenRace *race)
{
  g_clear_pointer (&self->race, limen_race_free);
  g_clear_pointer (&self->view, limen_race_view_free);
  g_clear_pointer (&self->before, limen_race_view_free);
  self->race = race;
  self->best = best_of (self);
  limen_race_set_speed (race, self->state.race.speed);
  limen_race_play (race, FALSE); /* shows how it begins */
  g_signal_emit_by_name (self, "race-changed");
  g_signal_emit_by_name (self, "race-asked");
}

static void
change_race (LimenPriorSession *self, const LimenRaceSettings *before)
{
  const LimenRaceSettings *now = &self->state.race;
  guint runner = 0;
  limen_race_set_speed (self->race, now->speed);
  if (now->common.trainable != before->common.trainable) {
    keep_view (self);
    limen_race_set_trainable (self->race, now->common.trainable);
  }
  for (guint i = 0; i < LIMEN_RACE_MOST; i++) {
    if (now->estimator[i] != before->estimator[i])
      limen_race_set_estimator (self->race, runner, now->estimator[i]);
    runner += now->estimator[i] < LIMEN_N_ESTIMATORS;
  }
  g_signal_emit_by_name (self, "race-asked");
}

void
limen_prior_session_play (LimenPriorSession *self, gboolean on)
{
  g_return_if_fail (LIMEN_IS_PRIOR_SESSION (self));
  if (on && self->view && self->view->is_done)
    limen_prior_session_reset (self);
  limen_race_play (self->race, on);
  g_signal_emit_by_name (self, "race-asked");
}

void
limen_prior_session_step (LimenPriorSession *self)
{
  g_return_if_fail (LIMEN_IS_PRIOR_SESSION (self));
  limen_race_step (self->race);
  g_signal_emit_by_name (self, "race-asked");
}

void
limen_prior_session_reset (LimenPriorSession *self)
{
  g_return_if_fail (LIMEN_IS_PRIOR_SESSION (self));
  start_race (self, new_race (&self->state, self->points, NULL)); /* as it could be before */
}

void
limen_prior_session_optimal_lambda (LimenPriorSession *self)
{
  g_return_if_fail (LIMEN_IS_PRIOR_SESSION (self));
  keep_view (self);
  limen_race_optimal_lambda (self->race);
  self->asked_optimal++;
  g_signal_emit_by_name (self, "race-asked");
}

gboolean
limen_prior_session_look (LimenPriorSession *self)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (self), FALSE);
  LimenRaceView *view = limen_race_look (self->race);
  if (!view)
    return FALSE;
  gboolean told = self->view && self->view->error;
  g_clear_pointer (&self->view, limen_race_view_free);
  self->view = view;
  self->n_optimal = self->asked_optimal;
  if (view->error && !told)
    tell (self, view->error);
  g_signal_emit_by_name (self, "race-moved");
  return TRUE;
}

gboolean
limen_prior_session_rests (LimenPriorSession *self)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (self), TRUE);
  return limen_race_rests (self->race);
}

/* -- the state -- */

static void
place (LimenPriorSession *self, const LimenPriorState *next, LimenPriorInputs *inputs,
       LimenRace *race)
{
  g_auto (LimenPriorState) before = self->state;
  LimenPriorChange changes = limen_prior_state_changes (&before, next);
  gboolean other_case = inputs->gaussian_case != NULL;
  self->state = limen_prior_state_copy (next);
  if (other_case) {
    g_clear_pointer (&self->own, limen_gaussian_case_free);
    self->own = g_steal_pointer (&inputs->gaussian_case);
  }
  if (inputs->points) {
    g_clear_pointer (&self->points, limen_points_free);
    self->points = g_steal_pointer (&inputs->points);
    self->image_side = inputs->image_side;
  }
  if (race)
    start_race (self, race);
  else if (changes & LIMEN_PRIOR_CHANGED_GENTLY)
    change_race (self, &before.race);
  if (other_case || changes & LIMEN_PRIOR_CHANGED_DUEL ||
      limen_duel_place (self->duel, next->view.parameter) < 0)
    renew_duel (self);
  if (changes)
    g_signal_emit_by_name (self, "state-changed");
  if (changes & LIMEN_PRIOR_CHANGED_VIEW)
    g_signal_emit_by_name (self, "view-changed");
}

/* Takes of @inputs what @next names; what is not there, Limen brings along. */
static gboolean
take (LimenPriorSession *self, const LimenPriorState *next, LimenPriorInputs *inputs)
{
  LimenPriorChange changes = limen_prior_state_changes (&self->state, next);
  g_autoptr (GError) error = NULL;
  LimenRace *race = NULL;
  if (changes & LIMEN_PRIOR_CHANGED_CASE && !inputs->gaussian_case)
    inputs->gaussian_case = limen_gaussian_case_example ();
  if (changes & LIMEN_PRIOR_CHANGED_POINTS && !inputs->points)
    inputs->points = limen_points_builtin (next->points->name, POINTS, POINTS_SEED, &error);
  if (!error && inputs->gaussian_case)
    is_diagonal (inputs->gaussian_case, &error);
  if (!error && (inputs->points || changes & LIMEN_PRIOR_CHANGED_RACE))
    race = new_race (next, inputs->points ? inputs->points : self->points, &error);
  if (error) {
    tell (self, error->message);
    g_signal_emit_by_name (self, "state-changed"); /* who wished for it shows it no more */
    return FALSE;
  }
  place (self, next, inputs, race);
  return TRUE;
}

static void
load_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenPriorSession *self = owner;
  g_autoptr (LimenPriorInputs) inputs = result;
  self->loads = NULL;
  if (!inputs) {
    tell (self, error->message);
    g_signal_emit_by_name (self, "state-changed");
    return;
  }
  g_auto (LimenPriorState) fresh = limen_prior_state_new ();
  g_auto (LimenPriorState) next = limen_prior_state_copy (inputs->anew     ? &fresh
                                                          : inputs->opened ? &self->state
                                                                           : &inputs->state);
  const LimenPoints *points = inputs->points;
  if (inputs->gaussian_case)
    limen_origin_put (&next.gaussian_case, inputs->case_origin);
  if (inputs->gaussian_case && inputs->opened)
    next.duel.dimension = 0; /* a case that is opened is what the duel is over */
  if (points)
    limen_origin_put (&next.points, inputs->points_origin);
  g_autofree char *words = points && points->told && !points->read_as /* else it stands below */
                               ? g_strdup_printf ("%s: %s.", points->name, points->told)
                               : NULL;
  if (take (self, &next, inputs) && words)
    tell (self, words);
}

/* What is being read gives way, and that is told. @wish: (transfer full) */
static void
load (LimenPriorSession *self, LimenPriorWish *wish, const char *path)
{
  g_autofree char *base = g_path_get_basename (path), *name = limen_display_name (base);
  const char *before = self->loads;
  self->loads = g_intern_string (name);
  if (before && before != self->loads) {
    g_autofree char *words =
        g_strdup_printf ("“%s” was still being read; it gives way to “%s”.", before, name);
    tell (self, words);
  }
  limen_latest_wish (self->load, wish);
}

static void
load_files (LimenPriorSession *self, const char *const *paths, LimenKinds only, gboolean anew)
{
  LimenPriorWish *wish = g_new0 (LimenPriorWish, 1);
  wish->paths = g_strdupv ((char **)paths);
  wish->only = only;
  wish->anew = anew;
  load (self, wish, paths[0]);
}

void
limen_prior_session_open_as (LimenPriorSession *self, const char *const *paths, LimenKinds only)
{
  g_return_if_fail (LIMEN_IS_PRIOR_SESSION (self) && paths && paths[0]);
  load_files (self, paths, only, FALSE);
}

void
limen_prior_session_start (LimenPriorSession *self, const char *const *paths)
{
  g_return_if_fail (LIMEN_IS_PRIOR_SESSION (self) && paths && paths[0]);
  load_files (self, paths, 0, TRUE);
}

void
limen_prior_session_open (LimenPriorSession *self, const char *const *paths)
{
  limen_prior_session_open_as (self, paths, 0);
}

gboolean
limen_prior_session_set (LimenPriorSession *self, const LimenPriorState *state)
{
  LimenPriorSettings unused[LIMEN_RACE_MOST];
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (self) && state, FALSE);
  g_return_val_if_fail (limen_prior_state_runners (state, unused) > 0, FALSE);
  LimenPriorChange changes = limen_prior_state_changes (&self->state, state);
  const char *a = state->gaussian_case->paths[0], *b = state->points->paths[0];
  gboolean gaussian_case = a && changes & LIMEN_PRIOR_CHANGED_CASE;
  gboolean points = b && changes & LIMEN_PRIOR_CHANGED_POINTS;
  if (!gaussian_case && !points)
    return take (self, state, &(LimenPriorInputs){0});
  LimenPriorWish *wish = g_new0 (LimenPriorWish, 1);
  *wish = (LimenPriorWish){NULL, 0, gaussian_case, points, limen_prior_state_copy (state)};
  load (self, wish, gaussian_case ? a : b);
  return TRUE;
}

/* -- the object -- */

static void
limen_prior_session_dispose (GObject *object)
{
  LimenPriorSession *self = LIMEN_PRIOR_SESSION (object);
  g_clear_pointer (&self->race, limen_race_free);
  g_clear_pointer (&self->load, limen_latest_free);
  g_clear_pointer (&self->duels, limen_latest_free);
  G_OBJECT_CLASS (limen_prior_session_parent_class)->dispose (object);
}

static void
limen_prior_session_finalize (GObject *object)
{
  LimenPriorSession *self = LIMEN_PRIOR_SESSION (object);
  g_clear_pointer (&self->view, limen_race_view_free);
  g_clear_pointer (&self->before, limen_race_view_free);
  limen_prior_state_clear (&self->state);
  g_clear_pointer (&self->points, limen_points_free);
  g_clear_pointer (&self->duel, limen_duel_unref);
  g_clear_pointer (&self->own, limen_gaussian_case_free);
  g_clear_pointer (&self->shown, limen_gaussian_case_free);
  G_OBJECT_CLASS (limen_prior_session_parent_class)->finalize (object);
}

static void
limen_prior_session_class_init (LimenPriorSessionClass *klass)
{
  static const char *const names[] = {"state-changed",
                                      "view-changed",
                                      "duel-changed",
                                      "race-changed",
                                      "race-moved",
                                      "race-asked",
                                      NULL};
  G_OBJECT_CLASS (klass)->dispose = limen_prior_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = limen_prior_session_finalize;
  limen_signals_new (G_TYPE_FROM_CLASS (klass), names, TRUE);
}

static void
limen_prior_session_init (LimenPriorSession *self)
{
  self->load = limen_latest_new (limen_prior_inputs_read, (GDestroyNotify)limen_prior_wish_free,
                                 (GDestroyNotify)limen_prior_inputs_free,
                                 LIMEN_OVERTAKEN_IS_CANCELLED, load_cb, self);
  self->duels = limen_latest_new (run_duel, (GDestroyNotify)duel_free, (GDestroyNotify)duel_free,
                                  LIMEN_OVERTAKEN_IS_SHOWN, duel_cb, self);
  self->state = limen_prior_state_new ();
  self->own = limen_gaussian_case_example ();
  self->points = limen_points_builtin (self->state.points->name, POINTS, POINTS_SEED, NULL);
  renew_duel (self);
  limen_prior_session_reset (self);
}

LimenPriorSession *
limen_prior_session_new (void)
{
  return g_object_new (LIMEN_TYPE_PRIOR_SESSION, NULL);
}

/* -- what there is -- */

/* A public function that tells one thing of a session */
#define GETTER(Type, name, what, none)                                                             \
  Type limen_prior_session_##name (LimenPriorSession *self)                                        \
  {                                                                                                \
    g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (self), none);                                    \
    return what;                                                                                   \
  }
GETTER (const LimenPriorState *, state, &self->state, NULL)
GETTER (guint, image_side, self->image_side, 0)
GETTER (const LimenDuel *, duel, self->duel, NULL)
GETTER (const LimenDuelSettings *, of_duel, &self->of_duel, NULL)
GETTER (const LimenGaussianCase *, case, self->shown, NULL)
GETTER (const LimenPoints *, points, self->points, NULL)
GETTER (const LimenRaceView *, view, self->view, NULL)
GETTER (const LimenRaceView *, before, self->before, NULL)
GETTER (guint, n_optimal, self->n_optimal, 0)
GETTER (LimenNumber, best, self->best, ((LimenNumber){NAN, NAN}))

char **
limen_prior_session_data (LimenPriorSession *self)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (self), NULL);
  char **paths = self->state.points->paths;
  g_autofree char *made =
      g_strdup_printf ("%s%s:%u:%u", LIMEN_BUILTIN_PREFIX, self->points->name, POINTS, POINTS_SEED);
  return g_strdupv (paths[0] ? paths : (char *[]){made, NULL});
}

LimenRaceState
limen_prior_session_race_state (LimenPriorSession *self)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (self), (LimenRaceState){0});
  return (LimenRaceState){self->points->n, self->state.race.common.hidden, self->best.value};
}
