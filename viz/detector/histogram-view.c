/* Which part of the scores is looked at. */
#include "viz/detector/histogram-plot-private.h"

#include <float.h>
#include <math.h>

/* The finite scores of a set lie at first to last of its sorted ones; first > last where there are
 * none. */
typedef struct {
  const LimenScores *scores;
  gint64 first, last;
} Finite;

static Finite
finite_scores (const LimenScores *scores)
{
  if (!scores || scores->n == 0)
    return (Finite){NULL, 0, -1};
  gint64 first = limen_scores_n_below (scores, -DBL_MAX);
  return (Finite){scores, first, (gint64)limen_scores_n_below (scores, INFINITY) - 1};
}

static double
quantile (const Finite *finite, double p)
{
  return finite->scores->sorted[finite->first + (gint64)round (p * (finite->last - finite->first))];
}

/* Least and greatest score of all sets; FALSE where there is none. */
static gboolean
data_range (const Finite finite[LIMEN_N_HISTOGRAMS], double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (guint i = 0; i < LIMEN_N_HISTOGRAMS; i++)
    if (finite[i].first <= finite[i].last) {
      *low = fmin (*low, quantile (&finite[i], 0));
      *high = fmax (*high, quantile (&finite[i], 1));
    }
  return *low <= *high;
}

LimenAxis
limen_histogram_view_axis (const LimenHistogramView *view)
{
  const LimenScale *scale = view->scale != LIMEN_HISTOGRAM_SPREAD ? &limen_scale_linear
                            : view->both                          ? &limen_scale_both
                                                                  : &limen_scale_spread;
  return (LimenAxis){scale, view->origin, view->width, view->low, view->high, 0, 1};
}

static LimenHistogramView
with_axis (const LimenHistogramView *view, const LimenAxis *axis)
{
  LimenHistogramView changed = *view;
  changed.low = axis->low;
  changed.high = axis->high;
  return changed;
}

LimenHistogramView
limen_histogram_view_zoom (const LimenHistogramView *view, double about, double factor)
{
  LimenAxis axis = limen_histogram_view_axis (view);
  axis = limen_axis_zoom (&axis, limen_axis_to_pixel (&axis, about), factor);
  return with_axis (view, &axis);
}

LimenHistogramView
limen_histogram_view_pan (const LimenHistogramView *view, double fraction)
{
  LimenAxis axis = limen_histogram_view_axis (view);
  axis = limen_axis_pan (&axis, -fraction);
  return with_axis (view, &axis);
}

double
limen_histogram_view_place (const LimenHistogramView *view, double value)
{
  LimenAxis axis = limen_histogram_view_axis (view);
  return value <= view->low    ? 0
         : value >= view->high ? 1
                               : CLAMP (limen_axis_to_pixel (&axis, value), 0, 1);
}

double
limen_histogram_view_value (const LimenHistogramView *view, double place)
{
  LimenAxis axis = limen_histogram_view_axis (view);
  return place <= 0   ? view->low
         : place >= 1 ? view->high
                      : CLAMP (limen_axis_from_pixel (&axis, place), view->low, view->high);
}

LimenHistogramView
limen_histogram_view_with_heights (const LimenHistogramView *view, gboolean counts, gboolean log)
{
  LimenHistogramView changed = *view;
  changed.counts = counts;
  changed.log = log;
  return changed;
}

/* The multiple of 1, 2 or 5 times a power of ten next below @value, a tenth of @size or less away.
 */
static double
round_down (double value, double size)
{
  double step = pow (10, floor (log10 (size / 10)));
  step *= size / 10 >= 5 * step ? 5 : size / 10 >= 2 * step ? 2 : 1;
  return floor (value / step) * step;
}

#define IQR_OF_NORMAL 1.34898 /* standard deviations */

/* Of what size scores are: log-likelihoods some nats at least, of others nothing is known */
static double
size_of (const LimenHistogramView *view, const LimenMeasure *measure)
{
  return measure == limen_measure_log_likelihood ()
             ? fmax (fabs (view->high), 1)
             : fmax (fmax (fabs (view->high), fabs (view->low)), DBL_MIN);
}

/* The best score of @finite, but for those beyond @fence, towards the side that is not flagged: of
 * high ones the least, else the greatest. NaN: there is none */
static double
best_within (const Finite *finite, LimenSide side, double fence)
{
  if (finite->first > finite->last)
    return NAN;
  gint64 n = limen_scores_n_below (finite->scores, fence);
  if (side != LIMEN_SIDE_HIGH)
    return n > finite->first ? finite->scores->sorted[n - 1] : NAN;
  gint64 first = (gint64)finite->scores->n - limen_scores_n_above (finite->scores, fence);
  return first <= finite->last ? finite->scores->sorted[first] : NAN;
}

/* The spread starts at the best score, but not at an outlier, which would push all others together:
 * only scores within Tukey's far fence (1977), three interquartile ranges from the quartile on that
 * side, count. Where both sides are flagged, it starts in the middle, where one peak stays one. */
static void
choose_spread (LimenHistogramView *view, const Finite finite[LIMEN_N_HISTOGRAMS],
               const Finite *reference, const LimenMeasure *measure)
{
  double upper = quantile (reference, 0.75), lower = quantile (reference, 0.25);
  double iqr = upper - lower, least = 1e-5 * size_of (view, measure);
  gboolean high = measure->side == LIMEN_SIDE_HIGH;
  if (!(iqr > least))
    iqr = fmax (view->high - view->low, least);
  view->origin = high ? lower : upper;
  view->width = iqr / 10;
  if (measure->side == LIMEN_SIDE_BOTH) {
    view->both = TRUE;
    view->origin = quantile (reference, 0.5);
    view->width = iqr / IQR_OF_NORMAL;
    return;
  }
  double fence = high ? lower - 3 * iqr : upper + 3 * iqr;
  for (guint i = 0; i < LIMEN_N_HISTOGRAMS; i++) {
    double best = best_within (&finite[i], measure->side, fence);
    view->origin = high ? fmin (view->origin, best) : fmax (view->origin, best);
  }
}

static void
clip_view (LimenHistogramView *view, const Finite *reference)
{
  double lower = quantile (reference, 0.25), upper = quantile (reference, 0.75);
  double iqr = upper - lower;
  if (!(iqr > 0))
    return;
  view->low = fmax (view->low, round_down (lower - 8 * iqr, 8 * iqr));
  view->high = fmin (view->high, -round_down (-(upper + 8 * iqr), 8 * iqr));
}

/* Where all values are equal: some width around them. */
static void
widen (LimenHistogramView *view, const LimenMeasure *measure)
{
  double least = 1e-5 * fmax (fabs (view->low), size_of (view, measure));
  if (view->high - view->low > least)
    return;
  view->low -= fmax (least, 1);
  view->high += fmax (least, 1);
}

/* The lines are seen too, unless one is so far off that it would squash the scores. */
static void
include_lines (const LimenDetector *detector, double *low, double *high)
{
  LimenLines lines = limen_detector_lines (detector);
  double room = (*high - *low) / 2, least = *low - room, most = *high + room;
  if (lines.low >= least && lines.low <= most) {
    *low = fmin (*low, lines.low);
    *high = fmax (*high, lines.low);
  }
  if (lines.high >= least && lines.high <= most) {
    *low = fmin (*low, lines.high);
    *high = fmax (*high, lines.high);
  }
}

LimenHistogramView
limen_histogram_view_new (const LimenDetector *detector, LimenHistogramScale scale)
{
  LimenHistogramView view = {.scale = scale, .low = 0, .high = 1, .origin = 1, .width = 1};
  const LimenScores *scores[LIMEN_N_HISTOGRAMS];
  Finite finite[LIMEN_N_HISTOGRAMS];
  const Finite *reference = finite;
  double low, high;
  limen_histogram_sets (detector, scores);
  for (guint i = 0; i < LIMEN_N_HISTOGRAMS; i++)
    finite[i] = finite_scores (scores[i]);
  if (!data_range (finite, &low, &high))
    return view;
  const LimenMeasure *measure = limen_detector_measure (detector);
  include_lines (detector, &low, &high);
  view.low = low;
  view.high = high;
  while (reference->first > reference->last)
    reference++;
  choose_spread (&view, finite, reference, measure);
  if (scale == LIMEN_HISTOGRAM_CLIPPED)
    clip_view (&view, reference);
  widen (&view, measure);
  /* A little air on both sides, but not where the tail of what is flagged is cut. */
  LimenAxis axis = limen_histogram_view_axis (&view);
  gboolean cut_left = view.low > low, cut_right = view.high < high;
  double still = measure->side == LIMEN_SIDE_HIGH ? (cut_right ? 1 : 0.5) : cut_left ? 0 : 0.5;
  axis = limen_axis_zoom (&axis, still, 1 / 1.04);
  return with_axis (&view, &axis);
}
