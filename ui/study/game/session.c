#include "ui/study/game/session.h"

#include "model/base/number.h"
#include "model/report/provenance.h"
#include "ui/study/latest.h"
#include "ui/study/signals.h"

#include <string.h>

#define MOST_TRAIL    20000 /* points kept; older ones are thinned */
#define PLACES        40    /* of a race, in each decade */
#define A_FRAMES_WORK 8     /* milliseconds */
#define LOOK          64    /* iterations between two looks at the clock */
#define A_MOMENT      90    /* milliseconds: numbers that change faster can't be read */

/* Where the method was at the last moment: all words of one screen are of the same */
typedef struct {
  double point[2][LIMEN_GAME_MOST], average[2][LIMEN_GAME_MOST];
  guint64 k;
} Moment;

struct _LimenGameSession {
  GObject parent_instance;

  LimenGameState state;
  LimenSolution *solution;

  LimenDynamics run;
  GArray *trail[2]; /* (element-type double): three an iterate */
  guint64 every;    /* iterations between two points of the trail */
  guint64 target;   /* where the run was told to go */
  Moment moment;
  guint next; /* moment: a source, 0: none is to come */

  LimenGameCurve *curves;
  guint n_curves;
  LimenLatest *race; /* a drag shows races as they are done */
};

G_DEFINE_FINAL_TYPE (LimenGameSession, limen_game_session, G_TYPE_OBJECT)

static void
tell (LimenGameSession *self, const char *message)
{
  g_signal_emit_by_name (self, "notice", message);
}

/* -- the race: a piece of work beside the window -- */

typedef struct {
  guint n;
  LimenGameCurve curve[1 + LIMEN_GAME_BESIDE];
} RaceResult;

static gboolean
start_method (LimenDynamics *run, const LimenGameState *state, LimenMethod method, double step,
              GError **error)
{
  if (!limen_dynamics_start (run, &state->payoff, method, step, state->point[0], state->point[1],
                             error))
    return FALSE;
  run->integrator = state->settings.integrator;
  return TRUE;
}

static gpointer
run_race (gpointer data, const LimenRun *run, GError **error)
{
  const LimenGameState *state = data;
  const LimenGameSettings *s = &state->settings;
  g_autoptr (LimenSolution) solution = limen_solve (&state->payoff, error);
  g_autofree RaceResult *result = g_new0 (RaceResult, 1);
  for (guint i = 0; solution && i <= LIMEN_GAME_BESIDE; i++) {
    LimenMethod method = i == 0 ? s->method : s->beside[i - 1];
    if (method == LIMEN_N_METHODS || (i > 0 && method == s->method))
      continue;
    double step = i == 0 ? s->step : limen_method_default_step (method, &state->payoff);
    LimenDynamics start;
    if (!start_method (&start, state, method, step, error) ||
        !limen_game_curve_fill (&result->curve[result->n++], &start, solution, s->iterations,
                                PLACES, run->cancellable, error))
      return NULL;
  }
  return solution ? g_steal_pointer (&result) : NULL;
}

static void
race_cb (gpointer data, const GError *error, gpointer owner)
{
  LimenGameSession *self = owner;
  g_autofree RaceResult *result = data;
  if (!result) {
    tell (self, error->message);
    return;
  }
  memcpy (self->curves, result->curve, sizeof result->curve);
  self->n_curves = result->n;
  g_signal_emit_by_name (self, "race-changed");
}

/* -- the method -- */

static void
add_to_trail (LimenGameSession *self)
{
  const double *now[] = {self->run.x, self->run.y};
  if (!limen_game_state_has_triangles (&self->state) || self->run.k % self->every != 0)
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
limen_game_session_look (LimenGameSession *self)
{
  g_return_if_fail (LIMEN_IS_GAME_SESSION (self));
  Moment moment = {.k = self->run.k};
  memcpy (moment.point[0], self->run.x, sizeof self->run.x);
  memcpy (moment.point[1], self->run.y, sizeof self->run.y);
  limen_dynamics_average (&self->run, moment.average[0], moment.average[1]);
  if (memcmp (&moment, &self->moment, sizeof moment) == 0)
    return;
  self->moment = moment;
  g_signal_emit_by_name (self, "moment-changed");
}

static gboolean
next_moment_cb (gpointer data)
{
  LimenGameSession *self = data;
  gboolean moved = self->moment.k != self->run.k;
  limen_game_session_look (self);
  if (!moved)
    self->next = 0;
  return moved;
}

/* At once, and after that at most so often */
static void
moved (LimenGameSession *self)
{
  g_signal_emit_by_name (self, "run-changed");
  if (self->next)
    return;
  limen_game_session_look (self);
  self->next = g_timeout_add (A_MOMENT, next_moment_cb, self);
}

static void
begin_run (LimenGameSession *self, const LimenDynamics *run)
{
  self->run = *run;
  self->every = 1;
  self->target = 0;
  for (int i = 0; i < 2; i++)
    g_array_set_size (self->trail[i], 0);
  add_to_trail (self);
  g_signal_emit_by_name (self, "run-changed");
  limen_game_session_look (self);
}

static gboolean
start_run (const LimenGameState *state, LimenDynamics *run, GError **error)
{
  return start_method (run, state, state->settings.method, state->settings.step, error);
}

/* What the run started with, it starts with again. */
void
limen_game_session_reset (LimenGameSession *self)
{
  LimenDynamics run;
  g_return_if_fail (LIMEN_IS_GAME_SESSION (self));
  if (start_run (&self->state, &run, NULL))
    begin_run (self, &run);
}

void
limen_game_session_advance (LimenGameSession *self, guint64 n, double milliseconds)
{
  g_return_if_fail (LIMEN_IS_GAME_SESSION (self));
  gint64 end = g_get_monotonic_time () + (gint64)(1000 * milliseconds);
  for (guint64 i = 0; i < n; i++) {
    limen_dynamics_step (&self->run);
    add_to_trail (self);
    if (i % LOOK == LOOK - 1 && g_get_monotonic_time () > end)
      break;
  }
  moved (self);
}

void
limen_game_session_go_to (LimenGameSession *self, guint64 k)
{
  g_return_if_fail (LIMEN_IS_GAME_SESSION (self));
  if (k < self->run.k)
    limen_game_session_reset (self);
  self->target = k;
  limen_game_session_go_on (self);
}

gboolean
limen_game_session_rests (LimenGameSession *self)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (self), TRUE);
  return self->target <= self->run.k;
}

void
limen_game_session_go_on (LimenGameSession *self)
{
  g_return_if_fail (LIMEN_IS_GAME_SESSION (self));
  if (!limen_game_session_rests (self))
    limen_game_session_advance (self, self->target - self->run.k, A_FRAMES_WORK);
}

/* -- the state -- */

/* What races needs no origin, which is not shared with what runs beside. */
static LimenGameState *
race_wish (const LimenGameState *state)
{
  LimenGameState *wish = g_memdup2 (state, sizeof *state);
  wish->origin = NULL;
  return wish;
}

static void
take (LimenGameSession *self, const LimenGameState *state, LimenGameChange changes)
{
  LimenDynamics run;
  const LimenGameState before = self->state;
  self->state = limen_game_state_copy (state); /* which may be of what was there before */
  limen_origin_unref (before.origin);
  if (changes & LIMEN_GAME_CHANGED_RUN)
    self->moment.k = 0; /* it begins anew: nothing is said of the old run's moment */
  if (changes & LIMEN_GAME_CHANGED_PAYOFF)
    g_signal_emit_by_name (self, "game-changed");
  if (changes & (LIMEN_GAME_CHANGED_PAYOFF | LIMEN_GAME_CHANGED_SETTINGS | LIMEN_GAME_CHANGED_VIEW))
    g_signal_emit_by_name (self, "settings-changed");
  if (changes & (LIMEN_GAME_CHANGED_PAYOFF | LIMEN_GAME_CHANGED_HAND))
    g_signal_emit_by_name (self, "points-changed");
  if (changes & LIMEN_GAME_CHANGED_RUN && start_run (&self->state, &run, NULL))
    begin_run (self, &run);
  if (changes & LIMEN_GAME_CHANGED_RACE)
    limen_latest_wish (self->race, race_wish (&self->state));
}

gboolean
limen_game_session_set (LimenGameSession *self, const LimenGameState *state)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (self) && state != NULL, FALSE);
  LimenGameChange changes = limen_game_state_changes (&self->state, state);
  g_autoptr (LimenSolution) solution = NULL;
  g_autoptr (GError) error = NULL;
  LimenDynamics run;
  if (((changes & LIMEN_GAME_CHANGED_PAYOFF) &&
       !(solution = limen_solve (&state->payoff, &error))) ||
      ((changes & LIMEN_GAME_CHANGED_RUN) && !start_run (state, &run, &error))) {
    tell (self, error->message);
    g_signal_emit_by_name (self, "settings-changed"); /* who wished for it shows it no more */
    return FALSE;
  }
  if (solution) {
    limen_solution_free (self->solution);
    self->solution = g_steal_pointer (&solution);
  }
  take (self, state, changes);
  return TRUE;
}

/* Of the file whose payoffs are read: no hash is no reason to refuse them. */
static LimenOrigin *
origin_of (const char *path)
{
  g_autoptr (GHashTable) hashes = limen_hash_files (&path, 1, NULL, 0, NULL, NULL);
  g_autofree char *base = g_path_get_basename (path), *name = limen_display_name (base);
  g_autoptr (LimenOrigin) plain = limen_origin_new ((const char *[]){path, NULL}, name);
  return limen_origin_with_hashes (plain, hashes);
}

void
limen_game_session_open (LimenGameSession *self, const char *path)
{
  g_return_if_fail (LIMEN_IS_GAME_SESSION (self) && path != NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *told = NULL;
  LimenPayoff payoff;
  if (!limen_payoff_load (path, &payoff, &told, &error)) {
    tell (self, error->message);
    return;
  }
  g_autoptr (LimenOrigin) origin = origin_of (path);
  g_auto (LimenGameState) next = limen_game_state_with_payoff (&self->state, &payoff, origin);
  g_autofree char *words = told ? g_strdup_printf ("%s: %s.", origin->name, told) : NULL;
  if (limen_game_session_set (self, &next) && words)
    tell (self, words);
}

/* -- words -- */

LimenGameHand
limen_game_session_hand (LimenGameSession *self)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (self), (LimenGameHand){0});
  const LimenGameState *state = &self->state;
  gboolean held = self->moment.k == 0;
  LimenGameHand hand = limen_game_hand (
      &state->payoff, self->solution, held ? state->point[0] : self->moment.point[0],
      held ? state->point[1] : self->moment.point[1], held && state->frozen, state->answered);
  hand.k = self->moment.k;
  return hand;
}

void
limen_game_session_average (LimenGameSession *self, double *a, double *b)
{
  g_return_if_fail (LIMEN_IS_GAME_SESSION (self) && a != NULL && b != NULL);
  const Moment *moment = &self->moment;
  gboolean held = moment->k == 0;
  memcpy (a, held ? self->state.point[0] : moment->average[0], sizeof moment->average[0]);
  memcpy (b, held ? self->state.point[1] : moment->average[1], sizeof moment->average[1]);
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
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (self) && bold && colour, NULL);
  LimenGameHand hand = limen_game_session_hand (self);
  guint n;
  const LimenClaim *claims = limen_game_claims (LIMEN_SAY_HAND, &n);
  guint said = limen_claim_first (claims, n, &hand);
  *bold = said < n ? g_strdup (marks[said].bold) : NULL;
  *colour = said < n ? marks[said].colour : LIMEN_COLOUR_INK;
  return said < n ? limen_claim_words (&claims[said], &hand) : g_strdup ("");
}

/* -- the object -- */

static void
limen_game_session_dispose (GObject *object)
{
  LimenGameSession *self = LIMEN_GAME_SESSION (object);
  g_clear_pointer (&self->race, limen_latest_free);
  g_clear_handle_id (&self->next, g_source_remove);
  G_OBJECT_CLASS (limen_game_session_parent_class)->dispose (object);
}

static void
limen_game_session_finalize (GObject *object)
{
  LimenGameSession *self = LIMEN_GAME_SESSION (object);
  limen_game_state_clear (&self->state);
  limen_solution_free (self->solution);
  g_array_unref (self->trail[0]);
  g_array_unref (self->trail[1]);
  g_free (self->curves);
  G_OBJECT_CLASS (limen_game_session_parent_class)->finalize (object);
}

static void
limen_game_session_class_init (LimenGameSessionClass *klass)
{
  static const char *const names[] = {
      "game-changed",     "points-changed", "run-changed", "moment-changed",
      "settings-changed", "race-changed",   NULL};
  G_OBJECT_CLASS (klass)->dispose = limen_game_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = limen_game_session_finalize;
  limen_signals_new (G_TYPE_FROM_CLASS (klass), names, TRUE);
}

static void
limen_game_session_init (LimenGameSession *self)
{
  g_auto (LimenGameState) state = limen_game_state_new ();
  self->race = limen_latest_new (run_race, g_free, g_free, LIMEN_OVERTAKEN_IS_SHOWN, race_cb, self);
  self->curves = g_new0 (LimenGameCurve, 1 + LIMEN_GAME_BESIDE);
  for (int i = 0; i < 2; i++)
    self->trail[i] = g_array_new (FALSE, FALSE, sizeof (double));
  self->solution = limen_solve (&state.payoff, NULL);
  take (self, &state, LIMEN_GAME_CHANGED_RUN | LIMEN_GAME_CHANGED_RACE);
}

LimenGameSession *
limen_game_session_new (void)
{
  return g_object_new (LIMEN_TYPE_GAME_SESSION, NULL);
}

/* -- what there is -- */

/* A public function that tells one thing of a session */
#define GETTER(Type, name, what, none)                                                             \
  Type limen_game_session_##name (LimenGameSession *self)                                          \
  {                                                                                                \
    g_return_val_if_fail (LIMEN_IS_GAME_SESSION (self), none);                                     \
    return what;                                                                                   \
  }
GETTER (const LimenGameState *, state, &self->state, NULL)
GETTER (const LimenSolution *, solution, self->solution, NULL)
GETTER (const LimenDynamics *, run, &self->run, NULL)

const double *
limen_game_session_trail (LimenGameSession *self, gboolean is_b, gsize *n)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (self) && n != NULL, NULL);
  *n = self->trail[is_b]->len / 3;
  return (const double *)(void *)self->trail[is_b]->data;
}

const LimenGameCurve *
limen_game_session_curves (LimenGameSession *self, guint *n)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (self) && n != NULL, NULL);
  *n = self->n_curves;
  return self->curves;
}
