/* Scores become bars: counts by binary search, never a pass over the scores. */
#include "viz/detector/histogram-plot-private.h"

#include <math.h>

#define BAR_PIXELS 8
#define MIN_BINS   8
#define MAX_BINS   400

void
limen_histogram_sets (const LimenDetector *detector, const LimenScores *sets[LIMEN_N_HISTOGRAMS])
{
  sets[LIMEN_HISTOGRAM_VALIDATION] = detector ? detector->validation : NULL;
  sets[LIMEN_HISTOGRAM_NORMAL] = detector ? detector->normal : NULL;
  sets[LIMEN_HISTOGRAM_ANOMALY] = detector ? detector->anomaly : NULL;
}

/* Bins are of one width in u, a half power of two, and start at multiples of it: so they neither
 * change under a pan nor flicker under a zoom. Few scores get few bins. */
static void
choose_edges (LimenHistogramPlot *plot, guint most_scores, double width)
{
  LimenAxis axis = limen_histogram_view_axis (&plot->view);
  double low = axis.scale->map (axis.low, axis.origin, axis.width);
  double high = axis.scale->map (axis.high, axis.origin, axis.width);
  double wanted = CLAMP (fmin (width / BAR_PIXELS, 1.2 * sqrt (most_scores)), MIN_BINS, MAX_BINS);
  double step = exp2 (round (2 * log2 ((high - low) / wanted)) / 2);
  double first = floor (low / step);
  plot->n_bins = (guint)(ceil (high / step) - first);
  plot->edge = g_new (double, plot->n_bins + 1);
  for (guint i = 0; i <= plot->n_bins; i++)
    plot->edge[i] = axis.scale->unmap ((first + i) * step, axis.origin, axis.width);
}

static void
count_set (const LimenHistogramPlot *plot, const LimenScores *scores, LimenBins *bins)
{
  guint last = limen_scores_n_below (scores, plot->edge[0]);
  bins->n = scores->n;
  bins->below = last;
  bins->tail_below = limen_scores_n_below (scores, plot->view.low);
  bins->tail_above =
      scores->n - limen_scores_n_below (scores, nextafter (plot->view.high, INFINITY));
  for (guint i = 0; i < plot->n_bins; i++) {
    guint next = limen_scores_n_below (scores, plot->edge[i + 1]);
    bins->count[i] = next - last;
    last = next;
  }
  bins->above = scores->n - last;
}

void
limen_histogram_count (LimenHistogramPlot *plot, const LimenScores *sets[LIMEN_N_HISTOGRAMS],
                       double width)
{
  guint most = 0;
  for (guint i = 0; i < LIMEN_N_HISTOGRAMS; i++)
    most = sets[i] ? MAX (most, sets[i]->n) : most;
  choose_edges (plot, most, width);
  for (guint i = 0; i < LIMEN_N_HISTOGRAMS; i++) {
    plot->set[i].count = g_new0 (guint, plot->n_bins);
    plot->set[i].top = g_new0 (double, plot->n_bins);
    if (sets[i])
      count_set (plot, sets[i], &plot->set[i]);
  }
}
