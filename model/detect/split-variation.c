#include "model/base/parallel.h"
#include "model/base/random.h"
#include "model/detect/detector.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

/* Work is bounded: splits × images, a few seconds on one core. Sets that large vary so little that
 * fewer splits do. */
#define MAX_DRAWS  2000000000.0
#define MIN_SPLITS 40

/* The scores stay sorted, and a split is a set of bits: bit i says that sorted[i] is in the
 * validation half. Then a test image is flagged when it is a zero among the first bits, or the last
 * ones, and no split sorts anything. */
typedef struct {
  const LimenScores *normal;
  double sigmas, mean;
  guint first_finite, end_finite;
  guint64 seed;
  double *rates;
} Splits;

static guint
count_bits (const guint32 *bits, guint begin, guint end)
{
  guint count = 0;
  for (guint i = begin; i < end;) {
    guint32 word = bits[i / 32] >> (i % 32);
    guint n = MIN (32 - i % 32, end - i);
    if (n < 32)
      word &= (1u << n) - 1;
    count += (guint)__builtin_popcount (word);
    i += n;
  }
  return count;
}

/* A uniformly random subset of @wanted out of @n: fair coins give a subset of random size that is
 * uniform given its size, and so it stays when random members leave or join until the size is
 * right. */
static void
draw_subset (LimenRandom *random, guint32 *bits, guint n, guint wanted)
{
  for (guint word = 0; word < (n + 31) / 32; word++)
    bits[word] = limen_random_u32 (random);
  guint count = count_bits (bits, 0, n);
  while (count != wanted) {
    guint32 i = limen_random_below (random, n), bit = 1u << (i % 32);
    gboolean member = (bits[i / 32] & bit) != 0;
    if (member == (count > wanted)) {
      bits[i / 32] ^= bit;
      count += member ? -1 : 1;
    }
  }
}

/* Lines of the members, so many of their standard deviations from their mean, NaN where they do not
 * spread; about the mean of all, which keeps the difference of the two sums exact enough */
static LimenLines
lines_of_members (const Splits *splits, const guint32 *bits)
{
  const double *sorted = splits->normal->sorted;
  double sum = 0, squares = 0;
  for (guint i = splits->first_finite; i < splits->end_finite; i++) {
    double distance = (bits[i / 32] >> (i % 32) & 1) * (sorted[i] - splits->mean);
    sum += distance;
    squares += distance * distance;
  }
  double n = count_bits (bits, splits->first_finite, splits->end_finite);
  double variance = n > 1 ? (squares - sum * sum / n) / (n - 1) : 0;
  if (!(variance > 0))
    return (LimenLines){NAN, NAN};
  LimenSide side = splits->normal->measure->side;
  double mean = splits->mean + sum / n, distance = splits->sigmas * sqrt (variance);
  return limen_lines_new (side, mean, side == LIMEN_SIDE_HIGH ? mean + distance : mean - distance);
}

static void
do_one_split (guint split, guint worker, gpointer user_data)
{
  const Splits *splits = user_data;
  guint n = splits->normal->n, n_test = n / 2;
  LimenRandom random = limen_random_stream (splits->seed, "split-variation", split);
  g_autofree guint32 *bits = g_new (guint32, n / 32 + 1);
  draw_subset (&random, bits, n, n - n_test);
  LimenLines lines = lines_of_members (splits, bits);
  guint below = limen_scores_n_below (splits->normal, lines.low);
  guint above = limen_scores_n_above (splits->normal, lines.high);
  guint members = count_bits (bits, 0, below) + count_bits (bits, n - above, n);
  splits->rates[split] = isnan (lines.low) ? NAN : (double)(below + above - members) / n_test;
}

/* Splits without a threshold have no rate. Returns: how many are left at the beginning */
static guint
leave_out_none (double *rates, guint n)
{
  guint kept = 0;
  for (guint i = 0; i < n; i++)
    if (!isnan (rates[i]))
      rates[kept++] = rates[i];
  return kept;
}

static int
compare_rates (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

gboolean
limen_split_variation (const LimenScores *normal, double sigmas, guint n_splits, guint64 seed,
                       LimenSplitVariation *variation, GCancellable *cancellable, GError **error)
{
  if (normal->n < 2 || n_splits == 0)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "%s can't be split in two; give at least two normal images.", normal->name);
  n_splits = MIN (n_splits, (guint)MAX (MIN_SPLITS, MAX_DRAWS / normal->n));
  g_autofree double *rates = g_new (double, n_splits);
  Splits splits = {.normal = normal,
                   .sigmas = sigmas,
                   .mean = limen_scores_mean (normal),
                   .first_finite = limen_scores_n_below (normal, -G_MAXDOUBLE),
                   .end_finite = limen_scores_n_below (normal, INFINITY),
                   .seed = seed,
                   .rates = rates};
  if (!limen_parallel (n_splits, do_one_split, &splits, &(LimenRun){.cancellable = cancellable},
                       error))
    return FALSE;
  n_splits = leave_out_none (rates, n_splits);
  if (n_splits == 0) {
    *variation = (LimenSplitVariation){0, NAN, NAN, NAN, NAN};
    return TRUE;
  }
  qsort (rates, n_splits, sizeof (double), compare_rates);
  *variation = (LimenSplitVariation){
      .n_splits = n_splits,
      .low = gsl_stats_quantile_from_sorted_data (rates, 1, n_splits, 0.025),
      .median = gsl_stats_median_from_sorted_data (rates, 1, n_splits),
      .high = gsl_stats_quantile_from_sorted_data (rates, 1, n_splits, 0.975),
      .mean = gsl_stats_mean (rates, 1, n_splits),
  };
  return TRUE;
}
