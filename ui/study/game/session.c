#include "ui/study/game/session.h"

#include "ui/study/job.h"

#include <math.h>
#include <string.h>

#define MOST_TRAIL    20000 /* points kept; older ones are thinned */
#define PLACES        40    /* of a race, in each decade */
#define A_FRAMES_WORK 8     /* milliseconds */
#define LOOK          64    /* iterations between two looks at the clock */

struct _LimenGameSession {
  GObject parent_instance;

  LimenPayoff payoff;
  char *name;
  LimenSolution *solution;
  double point[2][LIMEN_GAME_MOST];
  gboolean frozen, answered;

  LimenGameSettings settings;
  LimenDynamics run;
  GArray *trail[2]; /* (element-type double): three an iterate */
  guint64 every;    /* iterations between two points of the trail */
  guint64 target;   /* where the run was told to go */

  LimenGameCurve *curves;
  guint n_curves;
  LimenJob *race;
  gboolean race_again;
};

G_DEFINE_FINAL_TYPE (LimenGameSession, limen_game_session, G_TYPE_OBJECT)

enum {
  GAME_CHANGED,
  POINTS_CHANGED,
  RUN_CHANGED,
  SETTINGS_CHANGED,
  RACE_CHANGED,
  NOTICE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
emit (LimenGameSession *self, guint which)
{
  g_signal_emit (self, signals[which], 0);
}

static void
tell (LimenGameSession *self, const char *message)
{
  g_signal_emit (self, signals[NOTICE], 0, message);
}

/* -- the race: a piece of work beside the window -- */

typedef struct {
  LimenPayoff payoff;
  LimenGameSettings settings;
  double point[2][LIMEN_GAME_MOST];
} RaceWork;

typedef struct {
  guint n;
  LimenGameCurve curve[1 + LIMEN_GAME_BESIDE];
} RaceResult;

static gpointer
run_race (LimenJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const RaceWork *work = data;
  const LimenGameSettings *s = &work->settings;
  g_autoptr (LimenSolution) solution = limen_solve (&work->payoff, error);
  g_autofree RaceResult *result = g_new0 (RaceResult, 1);
  for (guint i = 0; solution && i <= LIMEN_GAME_BESIDE; i++) {
    LimenMethod method = i == 0 ? s->method : s->beside[i - 1];
    if (method == LIMEN_N_METHODS || (i > 0 && method == s->method))
      continue;
    double step = i == 0 ? s->step : limen_method_default_step (method, &work->payoff);
    LimenDynamics start;
    if (!limen_dynamics_start (&start, &work->payoff, method, step, work->point[0], work->point[1],
                               error))
      return NULL;
    start.integrator = s->integrator;
    if (!limen_game_curve_fill_from (&result->curve[result->n++], &start, solution, s->iterations,
                                     PLACES, cancellable, error))
      return NULL;
  }
  return solution ? g_steal_pointer (&result) : NULL;
}

static void renew_race (LimenGameSession *self);

static void
race_cb (gpointer data, const GError *error, gpointer owner)
{
  LimenGameSession *self = owner;
  g_autofree RaceResult *result = data;
  g_clear_pointer (&self->race, limen_job_unref);
  if (result) {
    memcpy (self->curves, result->curve, sizeof result->curve);
    self->n_curves = result->n;
    emit (self, RACE_CHANGED);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (self, error->message);
  if (self->race_again)
    renew_race (self);
}

/* While one runs, the next waits for it: a drag shows races as they are done. */
static void
renew_race (LimenGameSession *self)
{
  self->race_again = self->race != NULL;
  if (self->race)
    return;
  RaceWork *work = g_new (RaceWork, 1);
  work->payoff = self->payoff;
  work->settings = self->settings;
  memcpy (work->point, self->point, sizeof work->point);
  self->race = limen_job_start (run_race, work, g_free, g_free, race_cb, self);
}

/* -- the method -- */

static void
add_to_trail (LimenGameSession *self)
{
  const double *now[] = {self->run.x, self->run.y};
  if (!limen_game_session_has_triangles (self) || self->run.k % self->every != 0)
    return;
  for (int i = 0; i < 2; i++)
    g_array_append_vals (self->trail[i], now[i], 3);
  if (self->trail[0]->len < 3 * MOST_TRAIL)
    return;
  self->every *= 2; /* of the later half: how it began, stays */
  for (int i = 0; i < 2; i++) {
    double *p = (double *)(void *)self->trail[i]->data;
    guint kept = MOST_TRAIL / 2;
    for (guint j = MOST_TRAIL / 2; j < MOST_TRAIL; j += 2, kept++)
      memmove (p + 3 * kept, p + 3 * j, 3 * sizeof *p);
    g_array_set_size (self->trail[i], 3 * kept);
  }
}

void
limen_game_session_reset (LimenGameSession *self)
{
  g_autoptr (GError) error = NULL;
  if (!limen_dynamics_start (&self->run, &self->payoff, self->settings.method, self->settings.step,
                             self->point[0], self->point[1], &error)) {
    tell (self, error->message);
    return;
  }
  self->run.integrator = self->settings.integrator;
  self->every = 1;
  self->target = 0;
  for (int i = 0; i < 2; i++)
    g_array_set_size (self->trail[i], 0);
  add_to_trail (self);
  emit (self, RUN_CHANGED);
}

void
limen_game_session_advance (LimenGameSession *self, guint64 n, double milliseconds)
{
  gint64 end = g_get_monotonic_time () + (gint64)(1000 * milliseconds);
  for (guint64 i = 0; i < n; i++) {
    limen_dynamics_step (&self->run);
    add_to_trail (self);
    if (i % LOOK == LOOK - 1 && g_get_monotonic_time () > end)
      break;
  }
  emit (self, RUN_CHANGED);
}

void
limen_game_session_go_to (LimenGameSession *self, guint64 k)
{
  if (k < self->run.k)
    limen_game_session_reset (self);
  self->target = k;
  limen_game_session_go_on (self);
}

gboolean
limen_game_session_rests (LimenGameSession *self)
{
  return self->target <= self->run.k;
}

void
limen_game_session_go_on (LimenGameSession *self)
{
  if (!limen_game_session_rests (self))
    limen_game_session_advance (self, self->target - self->run.k, A_FRAMES_WORK);
}

void
limen_game_session_set (LimenGameSession *self, const LimenGameSettings *settings)
{
  LimenGameSettings old = self->settings;
  self->settings = *settings;
  emit (self, SETTINGS_CHANGED);
  if (old.method != settings->method || old.step != settings->step ||
      old.integrator != settings->integrator)
    limen_game_session_reset (self);
  renew_race (self);
}

/* -- the game and the points -- */

/* Half of the first strategy, and half of all alike: away from every solution that is even. */
static void
set_start (LimenGameSession *self)
{
  static const double a[] = {0.75, 0.125, 0.125}, b[] = {0.125, 0.25, 0.625};
  guint n = self->payoff.rows, m = self->payoff.columns;
  for (guint i = 0; i < n; i++)
    self->point[0][i] = 0.5 / n + (i == 0 ? 0.5 : 0);
  for (guint j = 0; j < m; j++)
    self->point[1][j] = 0.5 / m + (j == m - 1 ? 0.5 : 0);
  if (limen_game_session_has_triangles (self)) {
    memcpy (self->point[0], a, sizeof a);
    memcpy (self->point[1], b, sizeof b);
  }
}

void
limen_game_session_set_payoff (LimenGameSession *self, const LimenPayoff *payoff, const char *name)
{
  g_autoptr (GError) error = NULL;
  LimenSolution *solution = limen_solve (payoff, &error);
  gboolean same_size = payoff->rows == self->payoff.rows && payoff->columns == self->payoff.columns;
  if (!solution) {
    tell (self, error->message);
    return;
  }
  g_clear_pointer (&self->solution, limen_solution_free);
  self->solution = solution;
  double scale = limen_payoff_largest (payoff) / limen_payoff_largest (&self->payoff);
  self->payoff = *payoff;
  g_free (self->name);
  self->name = g_strdup (name);
  if (!same_size) {
    self->frozen = self->answered = FALSE;
    set_start (self);
  }
  if (scale != 1) /* a step that suits payoffs of this size */
    self->settings.step = limen_method_default_step (self->settings.method, payoff);
  emit (self, GAME_CHANGED);
  emit (self, SETTINGS_CHANGED);
  emit (self, POINTS_CHANGED);
  limen_game_session_reset (self);
  renew_race (self);
}

void
limen_game_session_open (LimenGameSession *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_path_get_basename (path), *name = limen_display_name (base);
  g_autofree char *told = NULL;
  LimenPayoff payoff;
  if (!limen_payoff_load (path, &payoff, &told, &error)) {
    tell (self, error->message);
    return;
  }
  limen_game_session_set_payoff (self, &payoff, name);
  g_autofree char *words = told ? g_strdup_printf ("%s: %s.", name, told) : NULL;
  if (words)
    tell (self, words);
}

void
limen_game_session_set_point (LimenGameSession *self, gboolean is_b, const double *p)
{
  guint n = is_b ? self->payoff.columns : self->payoff.rows;
  if (is_b && self->frozen)
    return;
  memcpy (self->point[is_b], p, n * sizeof *p);
  limen_simplex_project (self->point[is_b], n);
  emit (self, POINTS_CHANGED);
  limen_game_session_reset (self);
  renew_race (self);
}

void
limen_game_session_set_frozen (LimenGameSession *self, gboolean frozen)
{
  double uniform[LIMEN_GAME_MOST];
  for (guint j = 0; j < self->payoff.columns; j++)
    uniform[j] = 1.0 / self->payoff.columns;
  self->frozen = FALSE;
  if (frozen)
    limen_game_session_set_point (self, TRUE, uniform);
  self->frozen = frozen;
  emit (self, POINTS_CHANGED);
}

void
limen_game_session_set_answered (LimenGameSession *self, gboolean answered)
{
  self->answered = answered;
  emit (self, POINTS_CHANGED);
}

/* -- words -- */

LimenGameHand
limen_game_session_hand (LimenGameSession *self)
{
  return limen_game_hand (&self->payoff, self->solution, self->point[0], self->point[1],
                          self->frozen, self->answered);
}

char *
limen_game_session_sentence (LimenGameSession *self, char **bold, LimenColour *colour)
{
  /* what matters of each claim, and whose it is */
  static const struct {
    const char *bold;
    LimenColour colour;
  } marks[] = {
      [LIMEN_HAND_SADDLE] = {"saddle point", LIMEN_COLOUR_HAND},
      [LIMEN_HAND_FLAT] = {"earns [^:]*", LIMEN_COLOUR_FIRST},
      [LIMEN_HAND_BEST] = {"no point of A earns more", LIMEN_COLOUR_FIRST},
      [LIMEN_HAND_ANSWERED] = {"gains [^:]*", LIMEN_COLOUR_SECOND},
      [LIMEN_HAND_B_GAINS] = {"B can gain [^ ]+ points", LIMEN_COLOUR_SECOND},
      [LIMEN_HAND_A_SAVES] = {"A can save [^ ]+ points", LIMEN_COLOUR_FIRST},
  };
  LimenGameHand hand = limen_game_session_hand (self);
  guint n;
  const LimenClaim *claims = limen_game_claims (LIMEN_SAY_HAND, &n);
  guint said = limen_claim_first (claims, n, &hand);
  *bold = said < n ? g_strdup (marks[said].bold) : NULL;
  *colour = said < n ? marks[said].colour : LIMEN_COLOUR_INK;
  return said < n ? claims[said].say (&hand) : g_strdup ("");
}

/* -- the object -- */

static void
limen_game_session_dispose (GObject *object)
{
  LimenGameSession *self = LIMEN_GAME_SESSION (object);
  self->race_again = FALSE;
  if (self->race)
    limen_job_cancel (self->race);
  G_OBJECT_CLASS (limen_game_session_parent_class)->dispose (object);
}

static void
limen_game_session_finalize (GObject *object)
{
  LimenGameSession *self = LIMEN_GAME_SESSION (object);
  g_clear_pointer (&self->solution, limen_solution_free);
  g_array_unref (self->trail[0]);
  g_array_unref (self->trail[1]);
  g_free (self->curves);
  g_free (self->name);
  G_OBJECT_CLASS (limen_game_session_parent_class)->finalize (object);
}

static void
limen_game_session_class_init (LimenGameSessionClass *klass)
{
  static const char *const names[N_SIGNALS] = {"game-changed",     "points-changed", "run-changed",
                                               "settings-changed", "race-changed",   "notice"};
  G_OBJECT_CLASS (klass)->dispose = limen_game_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = limen_game_session_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, i == NOTICE, G_TYPE_STRING);
}

static void
limen_game_session_init (LimenGameSession *self)
{
  const char *name = limen_payoff_names ()[0];
  LimenPayoff payoff;
  self->settings = (LimenGameSettings){
      .method = LIMEN_EXTRAGRADIENT,
      .step = limen_method_default_step (LIMEN_EXTRAGRADIENT, NULL),
      .speed = 60,
      .beside = {LIMEN_SIMULTANEOUS_GDA, LIMEN_ALTERNATING_GDA, LIMEN_MULTIPLICATIVE_WEIGHTS},
      .iterations = 10000,
      .kept = LIMEN_KEPT_ENERGY};
  self->curves = g_new0 (LimenGameCurve, 1 + LIMEN_GAME_BESIDE);
  for (int i = 0; i < 2; i++)
    self->trail[i] = g_array_new (FALSE, FALSE, sizeof (double));
  limen_payoff_builtin (name, &payoff, NULL);
  limen_game_session_set_payoff (self, &payoff, limen_payoff_title (name));
}

LimenGameSession *
limen_game_session_new (void)
{
  return g_object_new (LIMEN_TYPE_GAME_SESSION, NULL);
}

/* -- what there is -- */

const LimenPayoff *
limen_game_session_payoff (LimenGameSession *self)
{
  return &self->payoff;
}

const char *
limen_game_session_name (LimenGameSession *self)
{
  return self->name;
}

const LimenSolution *
limen_game_session_solution (LimenGameSession *self)
{
  return self->solution;
}

gboolean
limen_game_session_has_triangles (LimenGameSession *self)
{
  return self->payoff.rows == 3 && self->payoff.columns == 3;
}

const double *
limen_game_session_point (LimenGameSession *self, gboolean is_b)
{
  return self->point[is_b];
}

LimenExploit
limen_game_session_exploit (LimenGameSession *self)
{
  return limen_exploit (&self->payoff, self->point[0], self->point[1]);
}

gboolean
limen_game_session_frozen (LimenGameSession *self)
{
  return self->frozen;
}

gboolean
limen_game_session_answered (LimenGameSession *self)
{
  return self->answered;
}

LimenGameSettings
limen_game_session_settings (LimenGameSession *self)
{
  return self->settings;
}

const LimenDynamics *
limen_game_session_run (LimenGameSession *self)
{
  return &self->run;
}

const double *
limen_game_session_trail (LimenGameSession *self, gboolean is_b, gsize *n)
{
  *n = self->trail[is_b]->len / 3;
  return (const double *)(void *)self->trail[is_b]->data;
}

const LimenGameCurve *
limen_game_session_curves (LimenGameSession *self, guint *n)
{
  *n = self->n_curves;
  return self->curves;
}
