#include "viz/detector/score-axis.h"

#include <float.h>
#include <math.h>

#define MOST_QUARTILES 12 /* of the first set's interquartile range, that a linear axis shows */
#define AIR            0.03

/* --- The axis --- */

/* The finite scores of a set, ascending. */
typedef struct {
  const double *sorted;
  guint n;
} Finite;

static Finite
finite_of (const LimenScores *scores)
{
  if (!scores || scores->n == 0)
    return (Finite){NULL, 0};
  guint first = limen_scores_n_below (scores, -DBL_MAX);
  guint end = limen_scores_n_below (scores, INFINITY);
  return (Finite){scores->sorted + first, end - first};
}

static double
quantile (const Finite *finite, double p)
{
  return finite->sorted[(guint)round (p * (finite->n - 1))];
}

static double
least_range (double low, double high)
{
  return fmax (1e-5 * fmax (fabs (low), fabs (high)), 1e-9);
}

static void
include_cut (LimenLines cut, double *low, double *high)
{
  const double end[2] = {cut.low, cut.high};
  double room = (*high - *low) / 2, least = *low - room, most = *high + room;
  for (int i = 0; i < 2; i++)
    if (end[i] >= least && end[i] <= most) {
      *low = fmin (*low, end[i]);
      *high = fmax (*high, end[i]);
    }
}

/* The finite range of all sets. @reference: (out): of the first that has any; none: n is 0 */
static void
find_range (const LimenScores *const *sets, guint n, Finite *reference, double *low, double *high)
{
  *reference = (Finite){NULL, 0};
  *low = INFINITY;
  *high = -INFINITY;
  for (guint i = 0; i < n; i++) {
    Finite finite = finite_of (sets[i]);
    if (finite.n == 0)
      continue;
    if (reference->n == 0)
      *reference = finite;
    *low = fmin (*low, finite.sorted[0]);
    *high = fmax (*high, finite.sorted[finite.n - 1]);
  }
}

LimenAxis
limen_score_axis (const LimenScores *const *sets, guint n, LimenLines cut)
{
  LimenAxis axis = {&limen_scale_linear, 0, 1, 0, 1, 0, 1};
  Finite reference;
  double low, high;
  find_range (sets, n, &reference, &low, &high);
  if (reference.n == 0)
    return axis;
  include_cut (cut, &low, &high);
  double least = least_range (low, high);
  double quartiles = quantile (&reference, 0.75) - quantile (&reference, 0.25);
  axis.low = high - low > least ? low : low - fmax (least, 0.5);
  axis.high = high - low > least ? high : high + fmax (least, 0.5);
  axis.origin = quantile (&reference, 0.5);
  axis.width = fmax (quartiles, least);
  if (axis.high - axis.low > MOST_QUARTILES * axis.width)
    axis.scale = &limen_scale_spread;
  return limen_axis_zoom (&axis, 0.5, 1 / (1 + 2 * AIR));
}

gboolean
limen_score_axis_is_squeezed (const LimenAxis *axis)
{
  return axis->scale != &limen_scale_linear;
}
