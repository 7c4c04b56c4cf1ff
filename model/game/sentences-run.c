/* What is said of methods and their runs; of their curves: sentences-curve.c. */
#include "model/base/number.h"
#include "model/game/sentences-private.h"
#include "model/report/provenance.h"

#include <float.h>
#include <math.h>

#define SIDE   1e-9 /* so near to the unit circle it is not told which side an eigenvalue is on */
#define DOUBLE 1e-4 /* eigenvalues of a plane that are so near to each other count as one */

/* -- numbers -- */

char *
limen_game_gap_text (double gap, const LimenPayoff *payoff, guint digits)
{
  double error = LIMEN_GAME_ROUNDING * limen_payoff_largest (payoff);
  return limen_format_size ((LimenNumber){gap, error}, digits);
}

/* Three digits of @value, and not above it */
static char *
text_below (double value)
{
  double unit = pow (10, floor (log10 (value)) - 2);
  double least = floor (value / unit * (1 + 1e-12)) * unit;
  return limen_format_significant (least, 3);
}

/* -- the end of a run -- */

/* "After 5 000 iterations of extragradient without projection" */
static char *
run_text (const LimenGameRun *run)
{
  g_autofree char *n = limen_format_number ((double)run->last->k, 0);
  return g_strdup_printf ("After %s iteration%s of %s%s", n, run->last->k == 1 ? "" : "s",
                          limen_method_title (run->start->method),
                          run->start->projected ? "" : " without projection");
}

static gboolean
holds_both (const LimenPayoff *payoff, const double *p_a, const double *p_b)
{
  return limen_simplex_holds (p_a, payoff->rows) && limen_simplex_holds (p_b, payoff->columns);
}

static gboolean
last_is_inside (const LimenGameRun *run)
{
  return holds_both (&run->start->payoff, run->last->p_a, run->last->p_b);
}

static gboolean
average_is_inside (const LimenGameRun *run)
{
  return holds_both (&run->start->payoff, run->last->average_a, run->last->average_b);
}

static char *
run_gap (const LimenGameRun *run, gboolean average)
{
  double gap = average ? run->last->average_gap : run->last->gap;
  return limen_game_gap_text (gap, &run->start->payoff, 2);
}

/* The gap of the last iterate is no number any more. */
static gboolean
is_beyond_numbers (gconstpointer state)
{
  const LimenGameRow *last = ((const LimenGameRun *)state)->last;
  return !isfinite (last->gap) || !isfinite (last->average_gap);
}

static char *
say_beyond_numbers (gconstpointer state)
{
  g_autofree char *run = run_text (state);
  return g_strdup_printf ("%s the iterates are beyond all numbers.", run);
}

/* The last iterate and the mean of all are strategies: of both the gap is one. */
static gboolean
ends_inside (gconstpointer state)
{
  return !is_beyond_numbers (state) && last_is_inside (state) && average_is_inside (state);
}

static char *
say_gaps (gconstpointer state)
{
  g_autofree char *run = run_text (state), *gap = run_gap (state, FALSE);
  g_autofree char *average = run_gap (state, TRUE);
  return g_strdup_printf ("%s the gap is %s at the last iterate and %s at the average.", run, gap,
                          average);
}

/* max over p_B − min over p_A, as far as it stands out of the rounding of weights that large */
static char *
difference_text (const LimenGameRun *run, gboolean average)
{
  const LimenPayoff *payoff = &run->start->payoff;
  const double *p_a = average ? run->last->average_a : run->last->p_a;
  const double *p_b = average ? run->last->average_b : run->last->p_b;
  double difference = average ? run->last->average_gap : run->last->gap, largest = 0;
  for (guint i = 0; i < payoff->rows; i++)
    largest = fmax (largest, fabs (p_a[i]));
  for (guint j = 0; j < payoff->columns; j++)
    largest = fmax (largest, fabs (p_b[j]));
  double error = 64 * DBL_EPSILON * largest * limen_payoff_largest (payoff);
  return fabs (difference) > 1e4 * error ? limen_format_significant (difference, 4)
                                         : g_strdup ("lost in rounding");
}

/* A weight of the last iterate is below 0; the mean of all is a pair of strategies. */
static gboolean
ends_outside (gconstpointer state)
{
  return !is_beyond_numbers (state) && !last_is_inside (state) && average_is_inside (state);
}

static char *
say_ends_outside (gconstpointer state)
{
  const LimenGameRun *run = state;
  g_autofree char *words = run_text (run), *difference = difference_text (run, FALSE);
  g_autofree char *average = run_gap (run, TRUE);
  return g_strdup_printf (
      "%s the last iterate is outside the simplices, and max over p_B − min over "
      "p_A, %s there, is no duality gap; at the average the gap is %s.",
      words, difference, average);
}

/* A weight of the mean of all is below 0; the last iterate is a pair of strategies. */
static gboolean
average_ends_outside (gconstpointer state)
{
  return !is_beyond_numbers (state) && last_is_inside (state) && !average_is_inside (state);
}

static char *
say_average_ends_outside (gconstpointer state)
{
  const LimenGameRun *run = state;
  g_autofree char *words = run_text (run), *gap = run_gap (run, FALSE);
  g_autofree char *difference = difference_text (run, TRUE);
  return g_strdup_printf (
      "%s the gap is %s at the last iterate; the average is outside the "
      "simplices, and max over p_B − min over p_A, %s there, is no duality gap.",
      words, gap, difference);
}

/* Both have weights below 0. */
static gboolean
both_end_outside (gconstpointer state)
{
  return !is_beyond_numbers (state) && !last_is_inside (state) && !average_is_inside (state);
}

static char *
say_both_end_outside (gconstpointer state)
{
  const LimenGameRun *run = state;
  g_autofree char *words = run_text (run);
  g_autofree char *last = difference_text (run, FALSE);
  g_autofree char *average = difference_text (run, TRUE);
  return g_strdup_printf ("%s the last iterate and the average are outside the simplices, and max "
                          "over p_B − min over p_A, %s and %s there, is no duality gap.",
                          words, last, average);
}

static const LimenClaim run_claims[] = {
    {"beyond numbers", is_beyond_numbers, say_beyond_numbers},
    {"gaps", ends_inside, say_gaps},
    {"outside", ends_outside, say_ends_outside},
    {"average outside", average_ends_outside, say_average_ends_outside},
    {"both outside", both_end_outside, say_both_end_outside},
};

/* -- step sizes -- */

/* Play and regrets have none. */
static gboolean
has_no_step (gconstpointer state)
{
  return !limen_method_has_step (((const LimenGameSteps *)state)->method);
}

static gboolean
is_anchored_extragradient (LimenMethod method)
{
  return method == LIMEN_EAG_C || method == LIMEN_EAG_V;
}

/* The method is one of Yoon and Ryu's (2021), whose theorems are about step sizes up to it, and
 * about a single solution that edges don't cut off. */
static gboolean
is_proven_up_to (gconstpointer state)
{
  const LimenGameSteps *s = state;
  return is_anchored_extragradient (s->method) && s->interior && isfinite (s->threshold);
}

static char *
say_proven_up_to (gconstpointer state)
{
  g_autofree char *most = text_below (((const LimenGameSteps *)state)->threshold);
  return g_strdup_printf ("proven up to %s", most);
}

/* Below it no eigenvalue of one step at the interior solution is outside the unit circle. */
static gboolean
is_stable_below (gconstpointer state)
{
  const LimenGameSteps *s = state;
  return limen_method_has_step (s->method) && !is_anchored_extragradient (s->method) &&
         s->interior && isfinite (s->threshold);
}

static char *
say_stable_below (gconstpointer state)
{
  g_autofree char *most = text_below (((const LimenGameSteps *)state)->threshold);
  return g_strdup_printf ("stable below %s", most);
}

/* The same of all step sizes; of the anchored method, because its steps shrink. */
static gboolean
is_stable_at_any (gconstpointer state)
{
  const LimenGameSteps *s = state;
  return s->interior && isinf (s->threshold) && limen_method_has_step (s->method);
}

/* However small the step, an eigenvalue is outside. */
static gboolean
is_stable_at_none (gconstpointer state)
{
  const LimenGameSteps *s = state;
  return s->interior && isnan (s->threshold) && limen_method_has_step (s->method);
}

static const LimenClaim steps_claims[] = {
    {"no step", has_no_step, .words = "no step size"},
    {"proven", is_proven_up_to, say_proven_up_to},
    {"stable below", is_stable_below, say_stable_below},
    {"stable at any", is_stable_at_any, .words = "stable at any"},
    {"stable at none", is_stable_at_none, .words = "stable at none"},
};

/* -- the spectrum -- */

static double
radius_of (const LimenSpectrum *s)
{
  double radius = 0;
  for (guint i = 0; i < s->n; i++)
    radius = fmax (radius, hypot (s->re[i], s->im[i]));
  return radius;
}

/* Steps that keep areas: their eigenvalues are on the circle in pairs, or one inside and one
 * outside. */
static gboolean
keeps_areas (const LimenSpectrum *s)
{
  return s->method == LIMEN_ALTERNATING_GDA ||
         s->method == LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS ||
         (s->method == LIMEN_REPLICATOR && s->integrator == LIMEN_INTEGRATOR_VERLET);
}

/* A pair λ, λ̄ of one plane is double where it meets on the real axis, at −1: at 1, where steps are
 * short, it turns slowly on a circle. */
gboolean
limen_game_is_double (const LimenSpectrum *s)
{
  for (guint i = 0; i < s->n; i++)
    if (hypot (s->re[i], s->im[i]) > 1 - SIDE && fabs (s->im[i]) < DOUBLE && s->re[i] < 0)
      return TRUE;
  return FALSE;
}

/* All eigenvalues are inside the unit circle: in the long run |δₖ| falls as radiusᵏ, where δ is so
 * small that neither edges nor curvature matter. It may grow at first, as a step is no normal
 * matrix. */
static gboolean
is_inside (gconstpointer state)
{
  const LimenSpectrum *s = state;
  return s->n > 0 && radius_of (s) < 1 - SIDE;
}

/* One is outside: but from points of a thin set it is led away. */
static gboolean
is_outside (gconstpointer state)
{
  const LimenSpectrum *s = state;
  return s->n > 0 && radius_of (s) > 1 + SIDE;
}

/* Steps that keep areas, all eigenvalues on the circle, and one of them double in its plane: |δₖ|
 * may grow as k. */
static gboolean
is_double (gconstpointer state)
{
  const LimenSpectrum *s = state;
  return s->n > 0 && keeps_areas (s) && fabs (radius_of (s) - 1) <= SIDE &&
         limen_game_is_double (s);
}

/* Linear steps that keep areas, all eigenvalues on the circle, none double: |δₖ| is bounded. */
static gboolean
is_on_circle (gconstpointer state)
{
  const LimenSpectrum *s = state;
  return s->n > 0 && s->method == LIMEN_ALTERNATING_GDA && fabs (radius_of (s) - 1) <= SIDE &&
         !limen_game_is_double (s);
}

/* The same of steps that are not linear: near the solution they are, to first order. */
static gboolean
is_about_on_circle (gconstpointer state)
{
  const LimenSpectrum *s = state;
  return s->n > 0 && keeps_areas (s) && s->method != LIMEN_ALTERNATING_GDA &&
         fabs (radius_of (s) - 1) <= SIDE && !limen_game_is_double (s);
}

/* So near to the circle that rounding hides the side, of steps that need not be on it */
static gboolean
is_undecided (gconstpointer state)
{
  const LimenSpectrum *s = state;
  return s->n > 0 && !keeps_areas (s) && fabs (radius_of (s) - 1) <= SIDE;
}

static const LimenClaim spectrum_claims[] = {
    {"inside", is_inside, .words = "inside: once near, it comes nearer in the long run"},
    {"outside", is_outside, .words = "outside: however near, it is led away in the long run"},
    {"double", is_double, .words = "on the circle, two as one: it may be led away"},
    {"on the circle", is_on_circle, .words = "on the circle: once near, it stays near"},
    {"about on the circle", is_about_on_circle,
     .words = "on the circle: once near, it stays near for long"},
    {"undecided", is_undecided, .words = "at the circle: too close to tell"},
};

/* -- all of them -- */

LimenClaimTable
limen_game_run_table (LimenGameTopic topic)
{
  static const LimenClaimTable tables[] = {
      [LIMEN_SAY_RUN] = LIMEN_CLAIM_TABLE (run_claims),
      [LIMEN_SAY_STEPS] = LIMEN_CLAIM_TABLE (steps_claims),
      [LIMEN_SAY_SPECTRUM] = LIMEN_CLAIM_TABLE (spectrum_claims),
  };
  return topic < G_N_ELEMENTS (tables) ? tables[topic] : limen_game_curve_table (topic);
}
