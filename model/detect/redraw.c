#include "model/detect/redraw.h"

#include "model/base/parallel.h"
#include "model/base/random.h"
#include "model/detect/band.h"
#include "model/detect/detector.h"

#include <math.h>
#include <stdlib.h>

#define CONFIDENCE 0.95
#define CHUNK      1024

/* What is said of the rate where k of n are flagged */
typedef struct {
  double low, high;
} Interval;

/* The population in the order in which thresholds flag it: the first ones are flagged first, and
 * those of one value together. */
typedef struct {
  double *unusual; /* (n_all), descending */
  guint n_all, n_flagged;
  guint n;
  guint64 seed;
  Interval *fixed, *band; /* (n + 1) */
  LimenRedrawOne *one;
} Redraw;

static void
redraw_clear (Redraw *redraw)
{
  g_free (redraw->unusual);
  g_free (redraw->fixed);
  g_free (redraw->band);
}

/* -- the population -- */

static int
compare_descending (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x < y) - (x > y);
}

/* How unusual its images are: of two lines, by the distance from the middle of them. */
static double *
unusual_first (const LimenScores *population, LimenLines lines)
{
  guint n = population->n;
  LimenSide side = population->measure->side;
  double *unusual = g_new (double, n), middle = (lines.low + lines.high) / 2;
  for (guint i = 0; i < n; i++)
    if (side == LIMEN_SIDE_LOW)
      unusual[i] = -population->sorted[i];
    else if (side == LIMEN_SIDE_HIGH)
      unusual[i] = population->sorted[n - 1 - i];
    else
      unusual[i] = fabs (population->sorted[i] - middle);
  if (side == LIMEN_SIDE_BOTH)
    qsort (unusual, n, sizeof (double), compare_descending);
  return unusual;
}

/* How many are more unusual than @value, or as unusual with @equal, in O(log n) */
static guint
n_before (const Redraw *redraw, double value, gboolean equal)
{
  guint low = 0, high = redraw->n_all;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (redraw->unusual[middle] > value || (equal && redraw->unusual[middle] == value))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The first place with the value at @place, and the one behind the last: mostly it is alone. */
static guint
first_with (const Redraw *redraw, guint place)
{
  double value = redraw->unusual[place];
  gboolean alone = place == 0 || redraw->unusual[place - 1] > value;
  return alone ? place : n_before (redraw, value, FALSE);
}

static guint
end_with (const Redraw *redraw, guint place)
{
  double value = redraw->unusual[place];
  gboolean alone = place + 1 == redraw->n_all || redraw->unusual[place + 1] < value;
  return alone ? place + 1 : n_before (redraw, value, TRUE);
}

/* -- intervals -- */

static void
fill_intervals (guint chunk, guint worker, gpointer user_data)
{
  Redraw *redraw = user_data;
  guint begin = chunk * CHUNK, end = MIN (begin + CHUNK, redraw->n + 1);
  for (guint k = begin; k < end; k++) {
    LimenErrorRate rate = limen_error_rate (k, redraw->n);
    redraw->fixed[k] = (Interval){rate.low, rate.high};
    limen_band (k, redraw->n, CONFIDENCE, &redraw->band[k].low, &redraw->band[k].high);
  }
}

/* -- one set -- */

/* Draws of numbers of images, with replacement, ascending: n uniform order statistics are the
 * first n of n + 1 sums of exponential numbers, by the last. */
static guint32 *
draw_sorted (const Redraw *redraw, guint set)
{
  guint n = redraw->n;
  LimenRandom random = limen_random_stream (redraw->seed, "redraw", set);
  g_autofree double *sum = g_new (double, n + 1);
  guint32 *drawn = g_new (guint32, n);
  for (guint i = 0; i <= n; i++)
    sum[i] = (i > 0 ? sum[i - 1] : 0) - log1p (-limen_random_uniform (&random));
  for (guint i = 0; i < n; i++)
    drawn[i] = (guint32)MIN (sum[i] / sum[n] * redraw->n_all, redraw->n_all - 1.0);
  return drawn;
}

/* Whether an interval leaves the truth at some threshold that flags @k of the set, whose rates go
 * from @least to @most images of the population */
static gboolean
misses (const Interval *interval, const Redraw *redraw, guint k, guint least, guint most)
{
  return interval[k].low > (double)least / redraw->n_all ||
         interval[k].high < (double)most / redraw->n_all;
}

/* The number of flagged images changes at the values of the set only. */
static void
look_everywhere (const Redraw *redraw, const guint32 *drawn, LimenRedrawOne *one)
{
  guint n = redraw->n;
  for (guint k = 0, least = 0; k <= n;) {
    guint most = k < n ? first_with (redraw, drawn[k]) : redraw->n_all;
    one->somewhere_missed |= misses (redraw->fixed, redraw, k, least, most);
    one->band_left |= misses (redraw->band, redraw, k, least, most);
    if (k == n)
      return;
    for (least = end_with (redraw, drawn[k]); k < n && drawn[k] < least;)
      k++;
  }
}

static void
draw_one (guint set, guint worker, gpointer user_data)
{
  const Redraw *redraw = user_data;
  g_autofree guint32 *drawn = draw_sorted (redraw, set);
  LimenRedrawOne one = {0};
  guint k = 0;
  while (k < redraw->n && drawn[k] < redraw->n_flagged)
    k++;
  one.rate = (double)k / redraw->n;
  one.low = redraw->fixed[k].low;
  one.high = redraw->fixed[k].high;
  one.fixed_missed = misses (redraw->fixed, redraw, k, redraw->n_flagged, redraw->n_flagged);
  look_everywhere (redraw, drawn, &one);
  redraw->one[set] = one;
}

gboolean
limen_redraw (const LimenScores *population, LimenLines lines, guint n, guint n_sets, guint64 seed,
              LimenRedrawOne *one, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (population != NULL && (one != NULL || n_sets == 0), FALSE);
  if (population->n == 0)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "%s has no images to draw from; give some normal images.", population->name);
  if (n == 0 || n > LIMEN_BAND_MOST)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "Validation sets of %u images can't be drawn; ask for 1 to %u.", n,
                       LIMEN_BAND_MOST);
  if (isnan (lines.low + lines.high) && population->measure->side == LIMEN_SIDE_BOTH)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "%s has no middle between two lines; set a threshold.", population->name);
  if (isnan (lines.low) || isnan (lines.high))
    return limen_fail (error, LIMEN_ERROR_ARGUMENT, "There is no threshold on %s; set one.",
                       population->name);
  Redraw redraw = {.unusual = unusual_first (population, lines),
                   .n_all = population->n,
                   .n_flagged = limen_lines_n_flagged (lines, population),
                   .n = n,
                   .seed = seed,
                   .fixed = g_new (Interval, n + 1),
                   .band = g_new (Interval, n + 1),
                   .one = one};
  LimenRun quiet = {.cancellable = limen_run_of (run).cancellable};
  gboolean done = limen_parallel (n / CHUNK + 1, fill_intervals, &redraw, &quiet, error) &&
                  limen_parallel (n_sets, draw_one, &redraw, run, error);
  redraw_clear (&redraw);
  return done;
}
