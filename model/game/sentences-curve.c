/* What is said of the curves of methods, and of what they keep. */
#include "model/base/number.h"
#include "model/game/sentences-private.h"

#include <math.h>

#define NOTHING 1e-15 /* energies and divergences that are rounding */

/* -- what is kept -- */

static const double *
kept_values (const LimenGameStrip *strip)
{
  return strip->kl ? strip->curve->kl : strip->curve->energy;
}

static gboolean
any (const gboolean *flag, guint n)
{
  for (guint i = 0; i < n; i++)
    if (flag[i])
      return TRUE;
  return FALSE;
}

static gboolean
has_curve (const LimenGameStrip *strip)
{
  return strip->curve && strip->curve->n > 0;
}

/* No method has a curve yet. */
static gboolean
is_on_its_way (gconstpointer state)
{
  return !((const LimenGameStrip *)state)->curve;
}

/* Gaps are numbers, and yet what is kept, which is about one solution, is none. */
static gboolean
has_no_single_solution (gconstpointer state)
{
  const LimenGameStrip *strip = state;
  gboolean numbers = FALSE;
  for (guint i = 0; has_curve (strip) && i < strip->curve->n; i++) {
    if (!isnan (kept_values (strip)[i]))
      return FALSE;
    numbers = numbers || isfinite (strip->curve->gap[i]);
  }
  return has_curve (strip) && numbers;
}

/* The divergence is infinite at all places: weights are 0 where the solution's are not, of points
 * of the simplices. */
static gboolean
is_infinite_at_edges (gconstpointer state)
{
  const LimenGameStrip *strip = state;
  for (guint i = 0; has_curve (strip) && i < strip->curve->n; i++)
    if (!isinf (kept_values (strip)[i]) || strip->curve->outside[i])
      return FALSE;
  return has_curve (strip) && strip->kl;
}

/* The same, but some of the points are outside. */
static gboolean
is_infinite (gconstpointer state)
{
  const LimenGameStrip *strip = state;
  for (guint i = 0; has_curve (strip) && i < strip->curve->n; i++)
    if (!isinf (kept_values (strip)[i]))
      return FALSE;
  return has_curve (strip) && strip->kl && any (strip->curve->outside, strip->curve->n);
}

/* What is kept is 0 but for rounding, and so is the distance, at all places. */
static gboolean
is_at_solution (gconstpointer state)
{
  const LimenGameStrip *strip = state;
  for (guint i = 0; has_curve (strip) && i < strip->curve->n; i++)
    if (!(fabs (kept_values (strip)[i]) <= NOTHING && strip->curve->distance[i] <= 1e-6))
      return FALSE;
  return has_curve (strip);
}

static const LimenClaim nothing_kept_claims[] = {
    {"on the way", is_on_its_way, .words = "the methods are on their way"},
    {"no single solution", has_no_single_solution, .words = "no single solution"},
    {"infinite at edges", is_infinite_at_edges, .words = "infinite: at an edge"},
    {"infinite", is_infinite, .words = "infinite: at an edge, or outside the simplices"},
    {"at the solution", is_at_solution, .words = "0: at the solution"},
};

/* How many places follow a projection */
static gboolean
is_touched (const LimenGameStrip *strip)
{
  return has_curve (strip) && any (strip->curve->touched, strip->curve->n);
}

/* The divergence, iterates were projected, and at each such place it is infinite. */
static gboolean
is_infinite_where_touched (gconstpointer state)
{
  const LimenGameStrip *strip = state;
  for (guint i = 0; has_curve (strip) && i < strip->curve->n; i++)
    if (strip->curve->touched[i] && !isinf (strip->curve->kl[i]))
      return FALSE;
  return strip->kl && is_touched (strip);
}

/* Energy of alternating GDA, which without projection keeps it: whether it is less (@sign −1) or
 * more (1) at each place that follows a projection than at the place before. */
static gboolean
moves_where_touched (const LimenGameStrip *strip, int sign)
{
  const LimenGameCurve *curve = strip->curve;
  if (strip->kl || !is_touched (strip) || curve->method != LIMEN_ALTERNATING_GDA ||
      !curve->interior)
    return FALSE;
  for (guint i = 0; i < curve->n; i++) {
    double before = i > 0 ? curve->energy[i - 1] : curve->start_energy;
    if (curve->touched[i] &&
        !(sign * (curve->energy[i] - before) > 1e-12 * fabs (curve->energy[i])))
      return FALSE;
  }
  return TRUE;
}

static gboolean
loses_where_touched (gconstpointer state)
{
  return moves_where_touched (state, -1);
}

static gboolean
gains_where_touched (gconstpointer state)
{
  return moves_where_touched (state, 1);
}

/* Iterates were projected. */
static gboolean
is_projected (gconstpointer state)
{
  return is_touched (state);
}

/* The divergence from a single solution of full support, which the flow keeps (Hofbauer, 1996) */
static gboolean
is_kept_by_flow (gconstpointer state)
{
  const LimenGameStrip *strip = state;
  return strip->kl && has_curve (strip) && strip->curve->interior;
}

static gboolean
is_divergence (gconstpointer state)
{
  return ((const LimenGameStrip *)state)->kl;
}

/* The energy about such a solution (Bailey, Gidel and Piliouras, 2020) */
static gboolean
is_kept_by_alternating (gconstpointer state)
{
  const LimenGameStrip *strip = state;
  return !strip->kl && has_curve (strip) && strip->curve->interior;
}

static const LimenClaim kept_claims[] = {
    {"infinite where projected", is_infinite_where_touched,
     .words = "projected at an edge: infinite there"},
    {"loses energy where projected", loses_where_touched,
     .words = "projected at an edge: it loses energy there"},
    {"gains energy where projected", gains_where_touched,
     .words = "projected at an edge: it gains energy there"},
    {"projected", is_projected, .words = "ticks: projected at an edge"},
    {"kept by the flow", is_kept_by_flow, .words = "nats; what the replicator flow keeps"},
    {"a divergence", is_divergence, .words = "nats"},
    {"kept by alternating GDA", is_kept_by_alternating,
     .words = "what alternating GDA keeps away from edges"},
};

/* -- the curves -- */

static gboolean
shows_gap (gconstpointer state)
{
  const LimenGamePace *pace = state;
  return pace->gap && !any (pace->curve->outside, pace->curve->n);
}

/* Gaps, some of points that are no strategies */
static gboolean
shows_difference (gconstpointer state)
{
  const LimenGamePace *pace = state;
  return pace->gap && any (pace->curve->outside, pace->curve->n);
}

static gboolean
shows_distance (gconstpointer state)
{
  return !((const LimenGamePace *)state)->gap;
}

static const LimenClaim gap_claims[] = {
    {"gap", shows_gap, .words = "duality gap"},
    {"difference", shows_difference, .words = "max − min, outside the simplices no duality gap"},
    {"distance", shows_distance, .words = "distance to the solution"},
};

/* Thin lines are the gap of the mean, if all means are strategies. */
static gboolean
shows_gap_of_mean (gconstpointer state)
{
  const LimenGamePace *pace = state;
  return !any (pace->curve->average_outside, pace->curve->n);
}

static gboolean
shows_difference_of_mean (gconstpointer state)
{
  return !shows_gap_of_mean (state);
}

static const LimenClaim thin_claims[] = {
    {"gap of the mean", shows_gap_of_mean, .words = "thin: gap of the average"},
    {"difference of the mean", shows_difference_of_mean, .words = "thin: max − min of the average"},
};

/* "−1", "−0.5", "−2/3" */
static char *
exponent_text (double exponent)
{
  return fabs (exponent + 2.0 / 3) < 1e-9 ? g_strdup ("−2/3")
                                          : limen_format_significant (exponent, 4);
}

static char *
slope_text (const char *before, double measured, double proven)
{
  g_autofree char *number = limen_format_number (measured, fabs (measured) < 10 ? 2 : 1);
  g_autofree char *exponent = exponent_text (proven);
  if (!isfinite (measured))
    return g_strdup_printf ("%sproven slope %s", before, exponent);
  if (!isfinite (proven))
    return g_strdup_printf ("%smeasured slope %s", before, number);
  return g_strdup_printf ("%smeasured slope %s, proven %s", before, number, exponent);
}

/* All eigenvalues of one step are inside the unit circle, and the start has all strategies. */
static gboolean
has_rate (gconstpointer state)
{
  return isfinite (((const LimenGamePace *)state)->curve->rate);
}

static char *
say_rate (gconstpointer state)
{
  double rate = ((const LimenGamePace *)state)->curve->rate;
  g_autofree char *number = limen_format_number (rate, rate > 0.99995 ? 6 : 4);
  return g_strdup_printf ("ρ = %s a step", number);
}

/* A theorem bounds the gap of the iterate for this game, step and start (curve.c). */
static gboolean
has_slope (gconstpointer state)
{
  const LimenGamePace *pace = state;
  return pace->gap && isfinite (pace->curve->slope);
}

static char *
say_slope (gconstpointer state)
{
  const LimenGameCurve *curve = ((const LimenGamePace *)state)->curve;
  return slope_text ("", curve->measured_slope, curve->slope);
}

/* One bounds the gap of the mean. */
static gboolean
has_average_slope (gconstpointer state)
{
  return isfinite (((const LimenGamePace *)state)->curve->average_slope);
}

static char *
say_average_slope (gconstpointer state)
{
  const LimenGameCurve *curve = ((const LimenGamePace *)state)->curve;
  return slope_text ("average: ", curve->measured_average_slope, curve->average_slope);
}

/* None does that Limen knows of; the gap has enough places to measure a slope. */
static gboolean
has_measured_slope (gconstpointer state)
{
  const LimenGamePace *pace = state;
  return pace->gap && isfinite (pace->curve->measured_slope);
}

static char *
say_measured_slope (gconstpointer state)
{
  return slope_text ("", ((const LimenGamePace *)state)->curve->measured_slope, NAN);
}

static const LimenClaim pace_claims[] = {
    {"rate", has_rate, say_rate},
    {"slope", has_slope, say_slope},
    {"slope of the mean", has_average_slope, say_average_slope},
    {"measured slope", has_measured_slope, say_measured_slope},
};

/* -- all of them -- */

LimenClaimTable
limen_game_curve_table (LimenGameTopic topic)
{
  static const LimenClaimTable tables[LIMEN_SAY_N_TOPICS] = {
      [LIMEN_SAY_NOTHING_KEPT] = LIMEN_CLAIM_TABLE (nothing_kept_claims),
      [LIMEN_SAY_KEPT] = LIMEN_CLAIM_TABLE (kept_claims),
      [LIMEN_SAY_GAP] = LIMEN_CLAIM_TABLE (gap_claims),
      [LIMEN_SAY_THIN] = LIMEN_CLAIM_TABLE (thin_claims),
      [LIMEN_SAY_PACE] = LIMEN_CLAIM_TABLE (pace_claims),
  };
  return tables[topic];
}
