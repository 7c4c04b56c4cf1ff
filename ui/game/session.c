#include "ui/game/session.h"

#include <math.h>
#include <string.h>

#define MOST_TRAIL 20000 /* points kept; older ones are thinned */

struct _LimenGameSession {
  GObject parent_instance;

  LimenPayoff payoff;
  LimenSolution *solution;
  double point[2][3];
  gboolean frozen, answered;

  LimenMethod method;
  double step;
  LimenDynamics dynamics;
  GArray *trail[2]; /* (element-type double): three an iterate */
  guint64 every;    /* iterations between two points of the trail */
};

G_DEFINE_FINAL_TYPE (LimenGameSession, limen_game_session, G_TYPE_OBJECT)

enum { POINTS_CHANGED, RUN_CHANGED, SETTINGS_CHANGED, NOTICE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
emit (LimenGameSession *self, guint which)
{
  g_signal_emit (self, signals[which], 0);
}

/* -- the method -- */

static void
add_to_trail (LimenGameSession *self)
{
  const double *now[] = {self->dynamics.x, self->dynamics.y};
  if (self->dynamics.k % self->every != 0)
    return;
  for (int i = 0; i < 2; i++)
    g_array_append_vals (self->trail[i], now[i], 3);
  if (self->trail[0]->len < 3 * MOST_TRAIL)
    return;
  self->every *= 2;
  for (int i = 0; i < 2; i++) {
    double *p = (double *)(void *)self->trail[i]->data;
    guint kept = 0;
    for (guint j = 0; j < MOST_TRAIL; j += 2, kept++)
      memcpy (p + 3 * kept, p + 3 * j, 3 * sizeof *p);
    g_array_set_size (self->trail[i], 3 * kept);
  }
}

void
limen_game_session_reset (LimenGameSession *self)
{
  g_autoptr (GError) error = NULL;
  if (!limen_dynamics_start (&self->dynamics, &self->payoff, self->method, self->step,
                             self->point[0], self->point[1], &error)) {
    g_signal_emit (self, signals[NOTICE], 0, error->message);
    return;
  }
  self->every = 1;
  for (int i = 0; i < 2; i++)
    g_array_set_size (self->trail[i], 0);
  add_to_trail (self);
  emit (self, RUN_CHANGED);
}

void
limen_game_session_advance (LimenGameSession *self, guint n)
{
  for (guint i = 0; i < n; i++) {
    limen_dynamics_step (&self->dynamics);
    add_to_trail (self);
  }
  emit (self, RUN_CHANGED);
}

void
limen_game_session_set_method (LimenGameSession *self, LimenMethod method, double step)
{
  self->method = method;
  self->step = step;
  emit (self, SETTINGS_CHANGED);
  limen_game_session_reset (self);
}

/* -- the game and the points -- */

void
limen_game_session_set_payoff (LimenGameSession *self, const LimenPayoff *payoff)
{
  g_autoptr (GError) error = NULL;
  LimenSolution *solution = NULL;
  if (payoff->rows != 3 || payoff->columns != 3) {
    g_signal_emit (self, signals[NOTICE], 0,
                   "Only games of three strategies each have triangles; limen game solve takes "
                   "others up to 10 × 10.");
    return;
  }
  solution = limen_solve (payoff, &error);
  if (!solution) {
    g_signal_emit (self, signals[NOTICE], 0, error->message);
    return;
  }
  g_clear_pointer (&self->solution, limen_solution_free);
  self->solution = solution;
  self->payoff = *payoff;
  emit (self, SETTINGS_CHANGED);
  emit (self, POINTS_CHANGED);
  limen_game_session_reset (self);
}

void
limen_game_session_open (LimenGameSession *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  LimenPayoff payoff;
  if (limen_payoff_load (path, &payoff, &error))
    limen_game_session_set_payoff (self, &payoff);
  else
    g_signal_emit (self, signals[NOTICE], 0, error->message);
}

void
limen_game_session_set_point (LimenGameSession *self, gboolean is_b, const double *p)
{
  if (is_b && self->frozen)
    return;
  memcpy (self->point[is_b], p, sizeof self->point[0]);
  limen_simplex_project (self->point[is_b], 3);
  emit (self, POINTS_CHANGED);
  limen_game_session_reset (self);
}

void
limen_game_session_set_frozen (LimenGameSession *self, gboolean frozen)
{
  static const double uniform[] = {1.0 / 3, 1.0 / 3, 1.0 / 3};
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

/* -- the object -- */

static void
limen_game_session_finalize (GObject *object)
{
  LimenGameSession *self = LIMEN_GAME_SESSION (object);
  g_clear_pointer (&self->solution, limen_solution_free);
  g_array_unref (self->trail[0]);
  g_array_unref (self->trail[1]);
  G_OBJECT_CLASS (limen_game_session_parent_class)->finalize (object);
}

static void
limen_game_session_class_init (LimenGameSessionClass *klass)
{
  static const char *const names[N_SIGNALS] = {"points-changed", "run-changed", "settings-changed",
                                               "notice"};
  G_OBJECT_CLASS (klass)->finalize = limen_game_session_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, i == NOTICE, G_TYPE_STRING);
}

static void
limen_game_session_init (LimenGameSession *self)
{
  static const double a[] = {0.75, 0.125, 0.125}, b[] = {0.125, 0.25, 0.625};
  LimenPayoff payoff;
  memcpy (self->point[0], a, sizeof a);
  memcpy (self->point[1], b, sizeof b);
  self->method = LIMEN_EXTRAGRADIENT;
  self->step = 0.1;
  for (int i = 0; i < 2; i++)
    self->trail[i] = g_array_new (FALSE, FALSE, sizeof (double));
  limen_payoff_builtin ("rock-paper-scissors", &payoff, NULL);
  limen_game_session_set_payoff (self, &payoff);
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

const LimenSolution *
limen_game_session_solution (LimenGameSession *self)
{
  return self->solution;
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

LimenMethod
limen_game_session_method (LimenGameSession *self)
{
  return self->method;
}

double
limen_game_session_step_size (LimenGameSession *self)
{
  return self->step;
}

guint64
limen_game_session_k (LimenGameSession *self)
{
  return self->dynamics.k;
}

const double *
limen_game_session_trail (LimenGameSession *self, gboolean is_b, gsize *n)
{
  *n = self->trail[is_b]->len / 3;
  return (const double *)(void *)self->trail[is_b]->data;
}

void
limen_game_session_average (LimenGameSession *self, double *a, double *b)
{
  limen_dynamics_average (&self->dynamics, a, b);
}

/* -- curves -- */

static void
add_place (LimenGameCurves *curves, const LimenDynamics *dynamics, const LimenSolution *solution)
{
  double a[LIMEN_GAME_MOST], b[LIMEN_GAME_MOST];
  guint i = curves->n++;
  limen_dynamics_average (dynamics, a, b);
  curves->k[i] = (double)dynamics->k;
  curves->gap[i] = limen_exploit (&dynamics->payoff, dynamics->x, dynamics->y).gap;
  curves->average_gap[i] = limen_exploit (&dynamics->payoff, a, b).gap;
  curves->kl[i] = limen_dynamics_invariant (dynamics, solution->a, solution->b).kl;
}

void
limen_game_curves_fill (LimenGameCurves *curves, const LimenPayoff *payoff, LimenMethod method,
                        double step, const double *a, const double *b,
                        const LimenSolution *solution, guint64 n_iterations)
{
  LimenDynamics dynamics;
  double next = 1;
  curves->method = method;
  curves->n = 0;
  if (!limen_dynamics_start (&dynamics, payoff, method, step, a, b, NULL))
    return;
  while (dynamics.k < n_iterations && curves->n < LIMEN_GAME_PLACES) {
    limen_dynamics_step (&dynamics);
    if ((double)dynamics.k < next)
      continue;
    add_place (curves, &dynamics, solution);
    next = fmax ((double)dynamics.k + 1, (double)dynamics.k * 1.12);
  }
}
