/* Promises are kept: over thousands of simulated sets, of which the truth is known, a rule is wrong
 * no more often than it says. */
#include "model/base/random.h"
#include "model/detect/detector.h"
#include "model/detect/p-values.h"
#include "sides.h"

#include <math.h>
#include <string.h>

#define N_SETS     10000
#define STANDARD   3 /* errors that are allowed */
#define CONFIDENCE 0.95

/* -- worlds -- */

/**
 * World: where scores come from
 * @draw: one score, of a uniform number
 * @below, @above: the probability of a score < or > @x
 */
typedef struct {
  const char *name;
  double (*draw) (double uniform);
  double (*below) (double x), (*above) (double x);
} World;

/* Heavy tails on both sides: Cauchy's */
static double
draw_heavy (double uniform)
{
  return tan (G_PI * (uniform - 0.5));
}

static double
heavy_below (double x)
{
  return 0.5 + atan (x) / G_PI;
}

static double
heavy_above (double x)
{
  return 0.5 - atan (x) / G_PI;
}

/* One long tail: exponential */
static double
draw_skewed (double uniform)
{
  return -log1p (-uniform);
}

static double
skewed_below (double x)
{
  return x > 0 ? -expm1 (-x) : 0;
}

static double
skewed_above (double x)
{
  return x > 0 ? exp (-x) : 1;
}

/* Ties: thirty whole numbers, all as likely */
#define N_TIES 30
static double
draw_ties (double uniform)
{
  return floor (N_TIES * uniform);
}

static double
ties_below (double x)
{
  return CLAMP (ceil (x), 0, N_TIES) / N_TIES;
}

static double
ties_above (double x)
{
  return CLAMP (N_TIES - 1 - floor (x), 0, N_TIES) / N_TIES;
}

static const World worlds[] = {
    {"heavy tails", draw_heavy, heavy_below, heavy_above},
    {"one long tail", draw_skewed, skewed_below, skewed_above},
    {"ties", draw_ties, ties_below, ties_above},
};

static LimenScores *
draw_set (const World *world, LimenSide side, guint n, LimenRandom *random, double *value)
{
  for (guint i = 0; i < n; i++)
    value[i] = world->draw (limen_random_uniform (random));
  return limen_scores_new_of (measure_of_side (side), "set", value, n);
}

static double
true_rate (const World *world, LimenLines lines)
{
  return world->below (lines.low) + world->above (lines.high);
}

/* -- a rate with confidence, a rate on average -- */

/**
 * Kept: over all sets
 * @over: share of the sets whose true rate is above the target; @mean: of the true rates, with @se
 */
typedef struct {
  double over, mean, se;
} Kept;

static Kept
simulate (const World *world, LimenSide side, LimenRule rule, guint n)
{
  double sum = 0, squares = 0;
  guint over = 0;
  g_autofree double *value = g_new (double, n);
  for (guint s = 0; s < N_SETS; s++) {
    LimenRandom random = limen_random_stream (20261130 + n, world->name, s);
    g_autoptr (LimenScores) set = draw_set (world, side, n, &random, value);
    g_autoptr (LimenDetector) detector = limen_detector_new_with_validation (set, NULL, NULL, rule);
    double rate = true_rate (world, limen_detector_lines (detector));
    g_assert_false (isnan (rate));
    over += rate > rule.value;
    sum += rate;
    squares += rate * rate;
  }
  double mean = sum / N_SETS;
  return (Kept){(double)over / N_SETS, mean,
                sqrt (fmax (squares / N_SETS - mean * mean, 0) / N_SETS)};
}

static double
standard_error (double share)
{
  return sqrt (share * (1 - share) / N_SETS);
}

/* P(Bin(n, p) ≤ k) */
static double
at_most (guint k, guint n, double p)
{
  double term = pow (1 - p, n), sum = 0;
  for (guint j = 0; j <= k; j++) {
    sum += term;
    term *= (double)(n - j) / (j + 1) * p / (1 - p);
  }
  return sum;
}

static const struct {
  guint n;
  double rate;
} targets[] = {{60, 0.05}, {100, 0.1}, {300, 0.05}};

/* The target is exceeded in at most 1 − confidence of the sets; of one side and without ties
 * exactly as often as the binomial tail says, and at the next rank too often. */
static void
test_a_rate_with_confidence (void)
{
  double allowed = 1 - CONFIDENCE + STANDARD * standard_error (1 - CONFIDENCE);
  for (guint w = 0; w < G_N_ELEMENTS (worlds); w++)
    for (guint t = 0; t < G_N_ELEMENTS (targets); t++)
      for (LimenSide side = LIMEN_SIDE_LOW; side < N_SIDES; side++) {
        guint n = targets[t].n;
        double rate = targets[t].rate;
        LimenRule rule = {LIMEN_RULE_FALSE_ALARMS, rate, CONFIDENCE};
        guint k = limen_rule_rank (rule, n, side);
        if (k == 0 || (w > 0 && n > 100)) /* 60 images are too few for two lines */
          continue;
        Kept kept = simulate (&worlds[w], side, rule, n);
        g_test_message ("%s, side %u, %u images, %g: %.4f of the sets are above", worlds[w].name,
                        side, n, rate, kept.over);
        g_assert_cmpfloat (kept.over, <=, allowed);
        if (side == LIMEN_SIDE_BOTH || worlds[w].draw == draw_ties)
          continue;
        double exact = at_most (k - 1, n, rate), next = at_most (k, n, rate);
        g_assert_cmpfloat_with_epsilon (kept.over, exact, 4 * standard_error (exact));
        g_assert_cmpfloat (next, >, 1 - CONFIDENCE);
      }
}

/* One rank further the promise is broken: it shows. */
static void
test_the_next_rank_is_too_far (void)
{
  guint n = 100, over = 0;
  LimenRule rule = {LIMEN_RULE_FALSE_ALARMS, 0.1, CONFIDENCE};
  guint k = limen_rule_rank (rule, n, LIMEN_SIDE_LOW);
  g_autofree double *value = g_new (double, n);
  for (guint s = 0; s < N_SETS; s++) {
    LimenRandom random = limen_random_stream (7, "next", s);
    g_autoptr (LimenScores) set = draw_set (&worlds[0], LIMEN_SIDE_LOW, n, &random, value);
    over += heavy_below (set->sorted[k]) > rule.value;
  }
  g_assert_cmpfloat ((double)over / N_SETS, >, 1 - CONFIDENCE + STANDARD * standard_error (0.05));
}

/* The mean of the true rates is at most alpha; of one side and without ties k / (n + 1). */
static void
test_a_rate_on_average (void)
{
  static const guint sizes[] = {12, 99};
  for (guint w = 0; w < G_N_ELEMENTS (worlds); w++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      for (LimenSide side = LIMEN_SIDE_LOW; side < N_SIDES; side++) {
        LimenRule rule = {LIMEN_RULE_CONFORMAL, 0.1};
        double exact = (double)limen_rule_rank (rule, sizes[i], side) / (sizes[i] + 1);
        Kept kept = simulate (&worlds[w], side, rule, sizes[i]);
        g_test_message ("%s, side %u, %u images: %.4f on average", worlds[w].name, side, sizes[i],
                        kept.mean);
        g_assert_cmpfloat (kept.mean, <=, rule.value + STANDARD * kept.se);
        if (side != LIMEN_SIDE_BOTH && worlds[w].draw != draw_ties)
          g_assert_cmpfloat_with_epsilon (kept.mean, exact, 4 * kept.se);
      }
}

/* -- p-values -- */

/* Whether for some alpha more than alpha of all new images have p ≤ alpha: those just before the
 * (r + 1)th of the normal images have r that are as unusual, and are the share that lies there. */
static gboolean
is_exceeded (const World *world, const LimenDetector *detector, double delta)
{
  const LimenScores *set = detector->normal;
  g_autofree double *probe = g_new (double, set->n);
  gboolean exceeded = FALSE;
  for (guint r = 0; r < set->n; r++)
    probe[r] = nextafter (set->sorted[r], -INFINITY);
  g_autoptr (LimenScores) probes = limen_scores_new ("probes", probe, set->n);
  g_autofree double *p = limen_p_values (detector, probes, delta);
  for (guint r = 0; r < set->n; r++)
    exceeded = exceeded || world->below (set->sorted[r]) > p[r];
  return exceeded;
}

/* Conditional p-values hold for all new images and all alpha at once in 1 − δ of the sets, exactly;
 * marginal ones do not. */
static void
test_conditional_p_values (void)
{
  static const guint sizes[] = {1, 9, 60};
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    guint n = sizes[i], exceeded = 0, marginal = 0;
    double delta = 0.1;
    g_autofree double *value = g_new (double, n);
    for (guint s = 0; s < N_SETS; s++) {
      LimenRandom random = limen_random_stream (n, "conditional", s);
      g_autoptr (LimenScores) set = draw_set (&worlds[0], LIMEN_SIDE_LOW, n, &random, value);
      g_autoptr (LimenDetector) detector =
          limen_detector_new_with_validation (NULL, set, NULL, (LimenRule){LIMEN_RULE_VALUE, 0});
      exceeded += is_exceeded (&worlds[0], detector, delta);
      marginal += is_exceeded (&worlds[0], detector, 0);
    }
    g_test_message ("%u images: exceeded by %.4f of the sets, by marginal ones %.4f", n,
                    (double)exceeded / N_SETS, (double)marginal / N_SETS);
    g_assert_cmpfloat_with_epsilon ((double)exceeded / N_SETS, delta, 3.5 * standard_error (delta));
    g_assert_cmpfloat ((double)marginal / N_SETS, >, 2 * delta);
  }
}

/* P(p ≤ alpha) ≤ alpha, over sets and images, for many alpha */
static void
test_marginal_p_values (void)
{
  guint n = 19, count[21] = {0};
  g_autofree double *value = g_new (double, n);
  for (guint s = 0; s < N_SETS; s++) {
    LimenRandom random = limen_random_stream (n, "marginal", s);
    g_autoptr (LimenScores) set = draw_set (&worlds[1], LIMEN_SIDE_HIGH, n, &random, value);
    g_autoptr (LimenScores) one = draw_set (&worlds[1], LIMEN_SIDE_HIGH, 1, &random, value);
    g_autoptr (LimenDetector) detector = limen_detector_new (
        set, NULL, (LimenSplit){LIMEN_SPLIT_ORDERED, 0}, (LimenRule){LIMEN_RULE_SIGMAS, 3});
    g_autofree double *p = limen_p_values (detector, one, 0);
    count[(guint)lround (p[0] * 20)]++;
  }
  for (guint rank = 1, below = 0; rank <= 20; rank++) {
    below += count[rank];
    g_assert_cmpfloat_with_epsilon ((double)below / N_SETS, rank / 20.0,
                                    4 * standard_error (rank / 20.0) + 1e-9);
  }
}

/* -- lists -- */

#define N_FOLDERS  2000
#define N_UNSORTED 60
#define N_NORMAL   300

/* Folders of 45 normal images and 15 anomalies: what share of the list is false, on average, and
 * how much of the anomalies it finds */
static void
list_folders (LimenSide side, double q, double *false_share, double *se, double *found)
{
  double sum = 0, squares = 0, hits = 0;
  const guint n_anomalies = N_UNSORTED / 4;
  g_autofree double *value = g_new (double, N_NORMAL), *folder = g_new (double, N_UNSORTED);
  for (guint s = 0; s < N_FOLDERS; s++) {
    LimenRandom random = limen_random_stream (side, "folder", s);
    for (guint i = 0; i < N_NORMAL; i++)
      value[i] = limen_random_normal (&random);
    for (guint i = 0; i < N_UNSORTED; i++)
      folder[i] = limen_random_normal (&random) +
                  (i < n_anomalies ? (side == LIMEN_SIDE_LOW ? -3.5 : 3.5) : 0);
    LimenMeasure *measure = measure_of_side (side);
    g_autoptr (LimenScores) normal = limen_scores_new_of (measure, "normal", value, N_NORMAL);
    g_autoptr (LimenScores) mixed = limen_scores_new_of (measure, "mixed", folder, N_UNSORTED);
    g_autoptr (LimenDetector) detector = limen_detector_new (
        normal, NULL, (LimenSplit){LIMEN_SPLIT_RANDOM, s}, (LimenRule){LIMEN_RULE_SIGMAS, 3});
    g_autoptr (LimenUnsorted) unsorted = limen_unsorted_new (detector, mixed, q, 0.05);
    guint right = 0;
    for (guint i = 0; i < n_anomalies; i++)
      right += unsorted->listed[i];
    double share = (double)(unsorted->n_listed - right) / MAX (unsorted->n_listed, 1);
    sum += share;
    squares += share * share;
    hits += (double)right / n_anomalies;
  }
  *false_share = sum / N_FOLDERS;
  *se = sqrt ((squares / N_FOLDERS - *false_share * *false_share) / N_FOLDERS);
  *found = hits / N_FOLDERS;
}

/* Of a list at most q are false on average: q times the share of normal images, to be exact, of
 * which a little is lost since p-values are whole numbers of ranks. */
static void
test_false_ones_in_a_list (void)
{
  static const double q[] = {0.1, 0.3};
  for (LimenSide side = LIMEN_SIDE_LOW; side < N_SIDES; side++)
    for (guint i = 0; i < G_N_ELEMENTS (q); i++) {
      double false_share, se, found;
      list_folders (side, q[i], &false_share, &se, &found);
      g_test_message ("side %u, q = %g: %.4f ± %.4f are false, %.3f of the anomalies are found",
                      side, q[i], false_share, se, found);
      g_assert_cmpfloat (false_share, <=, q[i] * 0.75 + STANDARD * se);
      g_assert_cmpfloat (false_share, >=, q[i] * 0.75 / 2);
      g_assert_cmpfloat (found, >, 0.4);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule-promise/a-rate-with-confidence", test_a_rate_with_confidence);
  g_test_add_func ("/rule-promise/the-next-rank-is-too-far", test_the_next_rank_is_too_far);
  g_test_add_func ("/rule-promise/a-rate-on-average", test_a_rate_on_average);
  g_test_add_func ("/rule-promise/conditional-p-values", test_conditional_p_values);
  g_test_add_func ("/rule-promise/marginal-p-values", test_marginal_p_values);
  g_test_add_func ("/rule-promise/false-ones-in-a-list", test_false_ones_in_a_list);
  return g_test_run ();
}
