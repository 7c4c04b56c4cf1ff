/* Pixel AUROC and AUPRO against plain computations that threshold at every value. */
#include "model/windows/pixel-measures.h"

#include <math.h>
#include <stdlib.h>

#define MOST 400 /* pixels of all photos of a trial */

/* Photos one behind another; regions are numbered over all of them, from 1 on */
typedef struct {
  guint n, n_regions;
  float value[MOST];
  guint32 region[MOST];
} Trial;

/* The definition: each pixel of a defect against each other one */
static double
plain_auroc (const Trial *trial)
{
  double won = 0, pairs = 0;
  for (guint i = 0; i < trial->n; i++)
    for (guint k = 0; k < trial->n; k++)
      if (trial->region[i] && !trial->region[k]) {
        pairs++;
        won += trial->value[i] > trial->value[k] ? 1 : trial->value[i] == trial->value[k] ? 0.5 : 0;
      }
  return won / pairs;
}

/* At a threshold: the false positive rate, and the mean share of each defect that is found */
static void
rates_at (const Trial *trial, float threshold, double *false_positives, double *overlap)
{
  guint n_other = 0, n_false = 0, size[MOST + 1] = {0}, found[MOST + 1] = {0};
  for (guint i = 0; i < trial->n; i++) {
    gboolean is_above = trial->value[i] >= threshold;
    size[trial->region[i]]++;
    found[trial->region[i]] += is_above;
  }
  n_other = size[0];
  n_false = found[0];
  *overlap = 0;
  for (guint r = 1; r <= trial->n_regions; r++)
    *overlap += (double)found[r] / size[r] / trial->n_regions;
  *false_positives = (double)n_false / n_other;
}

static int
descending (const void *a, const void *b)
{
  float x = *(const float *)a, y = *(const float *)b;
  return (x < y) - (x > y);
}

/* Trapezoids between the points of all thresholds, the last one cut off at the limit */
static double
plain_aupro (const Trial *trial)
{
  float all[MOST];
  double x = 0, y = 0, area = 0;
  for (guint i = 0; i < trial->n; i++)
    all[i] = trial->value[i];
  qsort (all, trial->n, sizeof *all, descending);
  for (guint i = 0; i < trial->n && x < LIMEN_PRO_LIMIT; i++) {
    double next_x, next_y;
    rates_at (trial, all[i], &next_x, &next_y);
    if (next_x > LIMEN_PRO_LIMIT) {
      next_y = y + (next_y - y) * (LIMEN_PRO_LIMIT - x) / (next_x - x);
      next_x = LIMEN_PRO_LIMIT;
    }
    area += (next_x - x) * (y + next_y) / 2;
    x = next_x;
    y = next_y;
  }
  return area / LIMEN_PRO_LIMIT;
}

/* @at: where a photo begins, @n: its pixels, whose regions get numbers of their own */
static LimenPixelMeasures
measure (const Trial *trial, guint n_photos)
{
  g_autoptr (LimenPixelTally) tally = limen_pixel_tally_new ();
  guint each = trial->n / n_photos, n_before = 0;
  for (guint photo = 0; photo < n_photos; photo++) {
    guint32 own[MOST], most = n_before;
    for (guint i = 0; i < each; i++) {
      guint32 region = trial->region[photo * each + i];
      own[i] = region ? region - n_before : 0;
      most = MAX (most, region);
    }
    limen_pixel_tally_add_defects (tally, trial->value + photo * each, own, each, most - n_before);
    n_before = most;
  }
  for (guint photo = 0; photo < n_photos; photo++)
    limen_pixel_tally_add_others (tally, trial->value + photo * each, trial->region + photo * each,
                                  each);
  return limen_pixel_tally_measures (tally);
}

/* @n_values: of how many different values, so that there are ties, with both signs and sizes */
static Trial
draw (GRand *random, guint n_photos, int n_values)
{
  Trial trial = {.n = n_photos * (MOST / n_photos)};
  double share = g_rand_double_range (random, 0.02, 0.6);
  for (guint i = 0; i < trial.n; i++) {
    gboolean is_defect = g_rand_double (random) < share, goes_on = g_rand_boolean (random);
    gboolean starts_photo = i % (trial.n / n_photos) == 0;
    double value = g_rand_int_range (random, -n_values, n_values) + (is_defect ? n_values / 3 : 0);
    if (is_defect && !(goes_on && !starts_photo && i > 0 && trial.region[i - 1]))
      trial.n_regions++;
    trial.region[i] = is_defect ? trial.n_regions : 0;
    trial.value[i] = (float)(value * 1e-3);
  }
  return trial;
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (17);
  for (guint k = 0; k < 300; k++) {
    guint n_photos = 1 + k % 4;
    Trial trial = draw (random, n_photos, 1 + g_rand_int_range (random, 1, k % 2 ? 8 : 1000));
    if (trial.n_regions == 0)
      continue;
    LimenPixelMeasures measures = measure (&trial, n_photos);
    g_assert_cmpuint (measures.n_regions, ==, trial.n_regions);
    g_assert_cmpuint (measures.n_defect + measures.n_other, ==, trial.n);
    g_assert_cmpfloat_with_epsilon (measures.auroc, plain_auroc (&trial), 1e-12);
    g_assert_cmpfloat_with_epsilon (measures.aupro, plain_aupro (&trial), 1e-12);
  }
}

static LimenPixelMeasures
of (const float *value, const guint32 *region, guint n, guint n_regions)
{
  g_autoptr (LimenPixelTally) tally = limen_pixel_tally_new ();
  limen_pixel_tally_add_defects (tally, value, region, n, n_regions);
  limen_pixel_tally_add_others (tally, value, region, n);
  return limen_pixel_tally_measures (tally);
}

static void
test_ends (void)
{
  const guint32 region[] = {0, 0, 1, 2}, none[4] = {0}, all[] = {1, 1, 1, 1};
  const float apart[] = {1, 2, 3, 4}, same[] = {5, 5, 5, 5}, wrong[] = {3, 4, 1, 2};
  const float odd[] = {-INFINITY, -0.0f, 0.0f, NAN};
  LimenPixelMeasures perfect = of (apart, region, 4, 2), blind = of (same, region, 4, 2);
  g_assert_cmpfloat (perfect.auroc, ==, 1);
  g_assert_cmpfloat (perfect.aupro, ==, 1);
  g_assert_cmpfloat (blind.auroc, ==, 0.5);
  g_assert_cmpfloat_with_epsilon (blind.aupro, 0.15, 1e-15); /* the diagonal up to 0.3 */
  g_assert_cmpfloat (of (wrong, region, 4, 2).auroc, ==, 0);
  g_assert_cmpfloat (of (wrong, region, 4, 2).aupro, ==, 0);
  g_assert_true (isnan (of (apart, none, 4, 0).auroc) && isnan (of (apart, none, 4, 0).aupro));
  g_assert_true (isnan (of (apart, all, 4, 1).auroc) && isnan (of (apart, all, 4, 1).aupro));
  g_assert_cmpfloat (of (odd, region, 4, 2).auroc, ==, 0.875); /* the zeros are a tie */
}

/* A defect of a thousand pixels weighs no more than one of a single one. */
static void
test_weights (void)
{
  g_autofree float *value = g_new0 (float, 2001);
  g_autofree guint32 *region = g_new0 (guint32, 2001);
  for (guint i = 0; i < 1000; i++) {
    region[i] = 1;
    value[i] = 2;
  }
  region[1000] = 2;
  value[1000] = -1;
  LimenPixelMeasures measures = of (value, region, 2001, 2);
  g_assert_cmpfloat_with_epsilon (measures.aupro, 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (measures.auroc, 1000.0 / 1001, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pixel-measures/random", test_random);
  g_test_add_func ("/pixel-measures/ends", test_ends);
  g_test_add_func ("/pixel-measures/weights", test_weights);
  return g_test_run ();
}
