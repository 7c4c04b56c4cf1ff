#include "model/game/dynamics-private.h"

#include <math.h>
#include <string.h>

/* -- names -- */

typedef enum {
  FOLLOWS_GRADIENTS,
  WEIGHS,
  PLAYS, /* and has no step size */
} Kind;

typedef struct {
  const char *word, *title;
  double step;
  guint gradients;
  void (*advance) (LimenDynamics *d);
  Kind kind;
} Method;

static const Method methods[LIMEN_N_METHODS] = {
    [LIMEN_SIMULTANEOUS_GDA] = {"simultaneous-gda", "simultaneous GDA", 0.1, 1,
                                limen_step_simultaneous},
    [LIMEN_ALTERNATING_GDA] = {"alternating-gda", "alternating GDA", 0.1, 1,
                               limen_step_alternating},
    [LIMEN_EXTRAGRADIENT] = {"extragradient", "extragradient", 0.1, 2, limen_step_extragradient},
    [LIMEN_OPTIMISTIC_GDA] = {"optimistic-gda", "optimistic GDA", 0.1, 1, limen_step_optimistic},
    [LIMEN_PROXIMAL_POINT] = {"proximal-point", "proximal point", 0.1, 1,
                              limen_step_proximal_point},
    [LIMEN_MULTIPLICATIVE_WEIGHTS] = {"multiplicative-weights", "multiplicative weights", 0.1, 1,
                                      limen_step_multiplicative_weights, WEIGHS},
    [LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS] = {"alternating-multiplicative-weights",
                                                  "alternating multiplicative weights", 0.1, 1,
                                                  limen_step_alternating_multiplicative_weights,
                                                  WEIGHS},
    [LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS] = {"optimistic-multiplicative-weights",
                                                 "optimistic multiplicative weights", 0.1, 1,
                                                 limen_step_optimistic_multiplicative_weights,
                                                 WEIGHS},
    [LIMEN_MIRROR_PROX] = {"mirror-prox", "mirror prox", 0.1, 2, limen_step_mirror_prox, WEIGHS},
    [LIMEN_REPLICATOR] = {"replicator", "replicator", 0.1, 1, limen_step_replicator, WEIGHS},
    [LIMEN_FICTITIOUS_PLAY] = {"fictitious-play", "fictitious play", 1, 1,
                               limen_step_fictitious_play, PLAYS},
    [LIMEN_REGRET_MATCHING] = {"regret-matching", "regret matching", 1, 1,
                               limen_step_regret_matching, PLAYS},
    [LIMEN_REGRET_MATCHING_PLUS] = {"regret-matching-plus", "regret matching+", 1, 1,
                                    limen_step_regret_matching_plus, PLAYS},
    [LIMEN_EAG_C] = {"eag-c", "EAG-C", 0.07216878364870322 /* 1 / (8 √3) */, 2, limen_step_eag_c},
    [LIMEN_EAG_V] = {"eag-v", "EAG-V", 0.35680246635918873 /* 0.618 / √3 */, 2, limen_step_eag_v},
    [LIMEN_ANCHORED_SIMULTANEOUS_GDA] = {"anchored-simultaneous-gda", "anchored simultaneous GDA",
                                         1, 1, limen_step_anchored_simultaneous},
    [LIMEN_CONSENSUS] = {"consensus", "consensus", 0.1, 2, limen_step_consensus},
    [LIMEN_LOOKAHEAD] = {"lookahead", "lookahead", 0.1, 5, limen_step_lookahead},
    [LIMEN_NEGATIVE_MOMENTUM] = {"negative-momentum", "negative momentum", 0.1, 1,
                                 limen_step_negative_momentum},
};

const char *
limen_method_word (LimenMethod method)
{
  return methods[method].word;
}

const char *
limen_method_title (LimenMethod method)
{
  return methods[method].title;
}

LimenMethod
limen_method_from_word (const char *word)
{
  LimenMethod method = 0;
  while (method < LIMEN_N_METHODS && !g_str_equal (methods[method].word, word))
    method++;
  return method;
}

gboolean
limen_method_follows_gradients (LimenMethod method)
{
  return methods[method].kind == FOLLOWS_GRADIENTS;
}

gboolean
limen_method_weighs (LimenMethod method)
{
  return methods[method].kind == WEIGHS;
}

gboolean
limen_method_has_step (LimenMethod method)
{
  return methods[method].kind != PLAYS;
}

/* Gradients grow with the payoffs, and steps shrink by as much. */
double
limen_method_default_step (LimenMethod method, const LimenPayoff *payoff)
{
  double largest = payoff ? limen_payoff_largest (payoff) : 1;
  if (!limen_method_has_step (method))
    return methods[method].step;
  return methods[method].step / largest;
}

guint
limen_method_gradients (LimenMethod method)
{
  return methods[method].gradients;
}

/* -- the run -- */

/* What the first step finds in @state: see the steps. */
static void
begin (LimenDynamics *d)
{
  guint n = d->payoff.rows, m = d->payoff.columns;
  double *a = limen_dynamics_slot (d, 0), *b = limen_dynamics_slot (d, 1);
  double half = limen_payoff_half_range (&d->payoff);
  switch (d->method) {
  case LIMEN_OPTIMISTIC_GDA:
    limen_payoff_of_a (&d->payoff, d->y, a);
    limen_payoff_for_b (&d->payoff, d->x, b);
    break;
  case LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS:
    limen_payoff_of_a (&d->payoff, d->y, limen_dynamics_slot (d, 2));
    limen_payoff_for_b (&d->payoff, d->x, limen_dynamics_slot (d, 3));
    G_GNUC_FALLTHROUGH;
  case LIMEN_MULTIPLICATIVE_WEIGHTS:
  case LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS:
  case LIMEN_MIRROR_PROX:
  case LIMEN_REPLICATOR:
    for (guint i = 0; i < n; i++)
      a[i] = log (d->x[i]);
    for (guint j = 0; j < m; j++)
      b[j] = log (d->y[j]);
    break;
  case LIMEN_PROXIMAL_POINT:
    limen_step_prepare_proximal_point (d);
    break;
  case LIMEN_REGRET_MATCHING: /* regrets are points */
  case LIMEN_REGRET_MATCHING_PLUS:
    for (guint i = 0; i < n; i++)
      a[i] = half * d->x[i];
    for (guint j = 0; j < m; j++)
      b[j] = half * d->y[j];
    break;
  default: /* counts, anchors and iterates before begin as the start */
    memcpy (a, d->x, n * sizeof *a);
    memcpy (b, d->y, m * sizeof *b);
    limen_dynamics_slot (d, 2)[0] = d->step;
    limen_dynamics_slot (d, 2)[1] = limen_payoff_norm (&d->payoff);
  }
}

/* Far beyond what is useful, and so that nothing overflows on the way to a projection */
static gboolean
check_step (const LimenPayoff *payoff, LimenMethod method, double step, GError **error)
{
  const double most = 1e6 / limen_payoff_largest (payoff);
  const double usual = limen_method_default_step (method, payoff);
  gboolean any = !limen_method_has_step (method) && step > 0 && isfinite (step);
  if (any || (step >= 1e-12 * most && step <= most))
    return TRUE;
  if (step > most)
    limen_fail (error, LIMEN_ERROR_ARGUMENT,
                "A step size of %g is too large for this game; give one up to %g, such as %g.",
                step, most, usual);
  else
    limen_fail (error, LIMEN_ERROR_ARGUMENT,
                "A step size of %g goes nowhere; give one above %g, such as %g.", step,
                step > 0 ? 1e-12 * most : 0, usual);
  return FALSE;
}

gboolean
limen_dynamics_start (LimenDynamics *d, const LimenPayoff *payoff, LimenMethod method, double step,
                      const double *x0, const double *y0, GError **error)
{
  if (!limen_payoff_check (payoff, error))
    return FALSE;
  if (!check_step (payoff, method, step, error))
    return FALSE;
  *d = (LimenDynamics){.payoff = *payoff, .method = method, .step = step, .projected = TRUE};
  memcpy (d->x, x0, payoff->rows * sizeof *x0);
  memcpy (d->y, y0, payoff->columns * sizeof *y0);
  begin (d);
  return TRUE;
}

void
limen_dynamics_step (LimenDynamics *d)
{
  d->touched = FALSE;
  methods[d->method].advance (d);
  d->k++;
  for (guint i = 0; i < d->payoff.rows; i++)
    d->sum_x[i] += d->x[i];
  for (guint j = 0; j < d->payoff.columns; j++)
    d->sum_y[j] += d->y[j];
}

void
limen_dynamics_average (const LimenDynamics *d, double *x, double *y)
{
  double n = d->k > 0 ? (double)d->k : 1;
  for (guint i = 0; i < d->payoff.rows; i++)
    x[i] = d->k > 0 ? d->sum_x[i] / n : d->x[i];
  for (guint j = 0; j < d->payoff.columns; j++)
    y[j] = d->k > 0 ? d->sum_y[j] / n : d->y[j];
}

/* -- what is kept -- */

/* KL(q‖p) = Σ q log (q / p), nats. From a point with a weight below 0 there is none: as far as can
 * be. */
static double
divergence (const double *q, const double *p, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    if (p[i] < -1e-9)
      return INFINITY;
    else if (q[i] > 0)
      sum += p[i] > 0 ? q[i] * log (q[i] / p[i]) : INFINITY;
  return fmax (sum, 0);
}

LimenInvariant
limen_dynamics_invariant (const LimenDynamics *d, const double *x_star, const double *y_star)
{
  const LimenPayoff *payoff = &d->payoff;
  double apart[LIMEN_GAME_MOST], points[LIMEN_GAME_MOST], squares = 0, product = 0;
  double step = limen_method_has_step (d->method) ? d->step : 0;
  for (guint j = 0; j < payoff->columns; j++) {
    apart[j] = d->y[j] - y_star[j];
    squares += apart[j] * apart[j];
  }
  limen_payoff_of_a (payoff, apart, points);
  for (guint i = 0; i < payoff->rows; i++) {
    squares += (d->x[i] - x_star[i]) * (d->x[i] - x_star[i]);
    product += (d->x[i] - x_star[i]) * points[i];
  }
  return (LimenInvariant){.kl = divergence (x_star, d->x, payoff->rows) +
                                divergence (y_star, d->y, payoff->columns),
                          .energy = squares - step * product,
                          .distance = sqrt (squares)};
}

/* -- the field -- */

/* The part of @v that stays in the simplex: where p_i = 0, v_i ≥ 0. */
static void
keep_inside (const double *p, double *v, guint n)
{
  const double small = 1e-7;
  double q[LIMEN_GAME_MOST], largest = 0;
  for (guint i = 0; i < n; i++)
    largest = fmax (largest, fabs (v[i]));
  double scale = largest > 0 ? small / largest : 0;
  for (guint i = 0; i < n; i++)
    q[i] = p[i] + scale * v[i];
  limen_simplex_clip (q, n);
  for (guint i = 0; i < n && scale > 0; i++)
    v[i] = (q[i] - p[i]) / scale;
}

/* ẋ_i = −x_i ((M y)_i − xᵀM y), ẏ_j = y_j ((Mᵀx)_j − xᵀM y) (Taylor and Jonker, 1978), or the
 * gradients −M y, Mᵀx within the simplices. */
void
limen_game_field (const LimenPayoff *payoff, gboolean replicator, const double *x, const double *y,
                  double *vx, double *vy)
{
  limen_payoff_of_a (payoff, y, vx);
  limen_payoff_for_b (payoff, x, vy);
  double value = limen_dot (x, vx, payoff->rows);
  for (guint i = 0; i < payoff->rows; i++)
    vx[i] = replicator ? -x[i] * (vx[i] - value) : -vx[i];
  for (guint j = 0; j < payoff->columns; j++)
    vy[j] = replicator ? y[j] * (vy[j] - value) : vy[j];
  if (replicator)
    return;
  keep_inside (x, vx, payoff->rows);
  keep_inside (y, vy, payoff->columns);
}
