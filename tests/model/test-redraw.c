/* Validation sets that are drawn again, against a direct look at every threshold. */
#include "model/sides.h"
#include "tests/model/near-asserts.h"
#include "model/base/random.h"
#include "model/detect/band.h"
#include "model/detect/redraw.h"

/* Few values, so that many are tied, or normal numbers */
static LimenScores *
population_of (LimenSide side, guint n, guint n_values, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "population", side);
  g_autofree double *value = g_new (double, n);
  for (guint i = 0; i < n; i++)
    value[i] = n_values > 0 ? (double)limen_random_below (&random, n_values) - n_values / 2
                            : limen_random_normal (&random);
  return limen_scores_new_of (measure_of_side (side), "population", value, n);
}

/* -- the direct computation -- */

/* The scores of one set, as they are drawn: images in the order in which thresholds flag them, at
 * the places of uniform order statistics */
static LimenScores *
set_drawn (const LimenScores *population, double middle, guint n, guint64 seed, guint set)
{
  LimenSide side = population->measure->side;
  LimenRandom random = limen_random_stream (seed, "redraw", set);
  g_autofree double *sum = g_new (double, n + 1), *score = g_new (double, n);
  g_autofree double *order = g_memdup2 (population->sorted, population->n * sizeof (double));
  for (guint i = 1; i < population->n; i++) /* by insertion, the most unusual first */
    for (guint j = i; j > 0 && is_flagged_by (side, middle, order[j - 1], order[j]); j--) {
      double other = order[j - 1];
      order[j - 1] = order[j];
      order[j] = other;
    }
  for (guint i = 0; i <= n; i++)
    sum[i] = (i > 0 ? sum[i - 1] : 0) - log1p (-limen_random_uniform (&random));
  for (guint i = 0; i < n; i++)
    score[i] = order[(guint)(sum[i] / sum[n] * population->n)];
  return limen_scores_new_of (population->measure, "set", score, n);
}

static guint
flagged (const LimenScores *scores, double middle, double threshold)
{
  guint n = 0;
  for (guint i = 0; i < scores->n; i++)
    n += is_flagged_by (scores->measure->side, middle, threshold, scores->value[i]);
  return n;
}

/* At every value of the population, and where all is flagged */
static LimenRedrawOne
look_directly (const LimenScores *population, const LimenScores *set, double middle,
               double threshold)
{
  LimenRedrawOne one = {0};
  for (guint i = 0; i <= population->n + 1; i++) {
    double at = i < population->n ? population->sorted[i] : threshold;
    gboolean all = i == population->n; /* lines that keep nothing */
    guint k = all ? set->n : flagged (set, middle, at);
    double truth = all ? 1 : (double)flagged (population, middle, at) / population->n, low, high;
    LimenErrorRate rate = limen_error_rate (k, set->n);
    limen_band (k, set->n, 0.95, &low, &high);
    one.fixed_missed = truth < rate.low || truth > rate.high; /* of the last one, the user's */
    if (i <= population->n) {
      one.somewhere_missed |= one.fixed_missed;
      one.band_left |= truth < low || truth > high;
    }
    one.rate = rate.rate;
    one.low = rate.low;
    one.high = rate.high;
  }
  return one;
}

static guint
check_directly (LimenSide side, guint n_population, guint n_values, guint n)
{
  enum { N_SETS = 40 };
  g_autoptr (LimenScores) population = population_of (side, n_population, n_values, n);
  LimenRedrawOne one[N_SETS];
  double middle = 0.5, threshold = side == LIMEN_SIDE_LOW ? -1 : 2;
  LimenLines lines = limen_lines_new (side, middle, threshold);
  g_assert_true (limen_redraw (population, lines, n, N_SETS, 7, one, NULL, NULL));
  guint n_missed = 0;
  for (guint i = 0; i < N_SETS; i++) {
    g_autoptr (LimenScores) set = set_drawn (population, middle, n, 7, i);
    LimenRedrawOne expected = look_directly (population, set, middle, threshold);
    g_assert_cmpint (one[i].fixed_missed, ==, expected.fixed_missed);
    g_assert_cmpint (one[i].somewhere_missed, ==, expected.somewhere_missed);
    g_assert_cmpint (one[i].band_left, ==, expected.band_left);
    assert_near (one[i].rate, expected.rate, 1e-12);
    assert_near (one[i].low, expected.low, 1e-12);
    assert_near (one[i].high, expected.high, 1e-12);
    n_missed += one[i].somewhere_missed + one[i].band_left;
  }
  return n_missed;
}

static void
test_every_threshold (void)
{
  guint n_missed = 0;
  for (LimenSide side = 0; side < N_SIDES; side++) {
    n_missed += check_directly (side, 60, 0, 30);
    n_missed += check_directly (side, 150, 0, 100);
    n_missed += check_directly (side, 97, 9, 40);
    n_missed += check_directly (side, 1, 0, 5);
    n_missed += check_directly (side, 80, 3, 1);
  }
  g_assert_cmpuint (n_missed, >, 100);
}

/* -- what comes of many -- */

/* Of a large population without ties: the fixed interval misses in 5 % or somewhat less, which is
 * what its 95 % are for one threshold; the band in 5 %; for some threshold the interval mostly
 * does. Limits at four standard errors. */
static void
test_what_is_promised (void)
{
  enum { N_SETS = 4000 };
  for (LimenSide side = 0; side < N_SIDES; side++) {
    g_autoptr (LimenScores) population = population_of (side, 200000, 0, 3);
    g_autofree LimenRedrawOne *one = g_new (LimenRedrawOne, N_SETS);
    LimenLines lines = limen_lines_new (side, 0.1, side == LIMEN_SIDE_LOW ? -1.5 : 1.6);
    g_assert_true (limen_redraw (population, lines, 500, N_SETS, 11, one, NULL, NULL));
    double fixed = 0, somewhere = 0, band = 0, rate = 0;
    double truth = (double)limen_lines_n_flagged (lines, population) / population->n;
    for (guint i = 0; i < N_SETS; i++) {
      fixed += one[i].fixed_missed / (double)N_SETS;
      somewhere += one[i].somewhere_missed / (double)N_SETS;
      band += one[i].band_left / (double)N_SETS;
      rate += one[i].rate / N_SETS;
      g_assert_true (one[i].somewhere_missed || (!one[i].band_left && !one[i].fixed_missed));
    }
    g_test_message ("%s: fixed %.4f, somewhere %.4f, band %.4f", limen_side_name (side), fixed,
                    somewhere, band);
    assert_near (rate, truth, 4 * sqrt (truth / 500 / N_SETS));
    g_assert_cmpfloat (fixed, <, 0.05 + 4 * sqrt (0.05 * 0.95 / N_SETS));
    g_assert_cmpfloat (fixed, >, 0.02);
    assert_near (band, 0.05, 4 * sqrt (0.05 * 0.95 / N_SETS));
    assert_near (somewhere, 0.7, 0.05);
  }
}

/* With ties the band is left less often. */
static void
test_ties_are_kind (void)
{
  enum { N_SETS = 2000 };
  g_autoptr (LimenScores) population = population_of (LIMEN_SIDE_LOW, 1000, 12, 3);
  g_autofree LimenRedrawOne *one = g_new (LimenRedrawOne, N_SETS);
  g_assert_true (
      limen_redraw (population, (LimenLines){-2, INFINITY}, 300, N_SETS, 5, one, NULL, NULL));
  guint band = 0;
  for (guint i = 0; i < N_SETS; i++)
    band += one[i].band_left;
  g_assert_cmpuint (band, <, 0.03 * N_SETS);
}

static void
test_threads_and_seeds (void)
{
  g_autoptr (LimenScores) population = population_of (LIMEN_SIDE_BOTH, 5000, 0, 3);
  LimenRedrawOne one[3][60];
  static const char *threads[] = {"1", "5", "2"};
  for (guint i = 0; i < 3; i++) {
    g_setenv ("LIMEN_THREADS", threads[i], TRUE);
    g_assert_true (limen_redraw (population, (LimenLines){-2, 2.1}, 3000, 60, i == 2 ? 2 : 1,
                                 one[i], NULL, NULL));
  }
  g_unsetenv ("LIMEN_THREADS");
  g_assert_cmpmem (one[0], sizeof one[0], one[1], sizeof one[1]);
  g_assert_true (memcmp (one[0], one[2], sizeof one[0]) != 0);
}

/* Scores without a number, and lines at which nothing or all is flagged */
static void
test_infinite (void)
{
  static const double value[] = {-INFINITY, -INFINITY, 0, 1, 2, INFINITY};
  LimenRedrawOne one[50];
  for (LimenSide side = 0; side < N_SIDES; side++) {
    g_autoptr (LimenScores) population =
        limen_scores_new_of (measure_of_side (side), "population", value, 6);
    for (guint i = 0; i < 2; i++) {
      double threshold = (i == 0) == (side == LIMEN_SIDE_LOW) ? -INFINITY : INFINITY;
      LimenLines lines = limen_lines_new (side, 1, side == LIMEN_SIDE_BOTH ? 1 : threshold);
      guint k = limen_lines_n_flagged (lines, population);
      g_assert_true (limen_redraw (population, lines, 20, 50, 1, one, NULL, NULL));
      for (guint j = 0; j < 50 && (k == 0 || k == 6); j++)
        g_assert_cmpfloat (one[j].rate, ==, k / 6);
    }
  }
}

static void
cancel_soon (double fraction, gpointer user_data)
{
  if (fraction > 0.1)
    g_cancellable_cancel (user_data);
}

static void
test_refused (void)
{
  g_autoptr (LimenScores) none = limen_scores_new ("none.npy", NULL, 0);
  g_autoptr (LimenScores) some = population_of (LIMEN_SIDE_LOW, 50, 0, 1);
  g_autoptr (LimenScores) both = population_of (LIMEN_SIDE_BOTH, 50, 0, 1);
  const struct {
    const LimenScores *population;
    LimenLines lines;
    guint n;
    const char *told;
  } table[] = {
      {none, {-1, INFINITY}, 10, "none.npy"},
      {some, {-1, INFINITY}, 0, "0 images"},
      {some, {-1, INFINITY}, LIMEN_BAND_MOST + 1, "10000001"},
      {some, {NAN, NAN}, 10, "no threshold"},
      {both, {-INFINITY, INFINITY}, 10, "no middle"},
  };
  LimenRedrawOne one[400];
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (
        limen_redraw (table[i].population, table[i].lines, table[i].n, 5, 1, one, NULL, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    g_assert_nonnull (strstr (error->message, table[i].told));
  }
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) cancelled = NULL;
  LimenRun run = {cancel_soon, cancellable, cancellable};
  g_assert_false (limen_redraw (some, table[0].lines, 1000, 400, 1, one, &run, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redraw/every-threshold", test_every_threshold);
  g_test_add_func ("/redraw/what-is-promised", test_what_is_promised);
  g_test_add_func ("/redraw/ties-are-kind", test_ties_are_kind);
  g_test_add_func ("/redraw/threads-and-seeds", test_threads_and_seeds);
  g_test_add_func ("/redraw/infinite", test_infinite);
  g_test_add_func ("/redraw/refused", test_refused);
  return g_test_run ();
}
