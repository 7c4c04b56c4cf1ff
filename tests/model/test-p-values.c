/* P-values by their formulas, lists by their definition, and what is said of images without labels.
 */
#include "model/detect/p-values.h"
#include "model/detect/single.h"
#include "sides.h"
#include "written-power.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* -- numbers -- */

static void
test_marginal_by_hand (void)
{
  g_assert_cmpfloat (limen_p_value_marginal (0, 99), ==, 0.01);
  g_assert_cmpfloat (limen_p_value_marginal (23, 1999), ==, 24.0 / 2000);
  g_assert_cmpfloat (limen_p_value_marginal (5, 5), ==, 1);
  g_assert_true (isnan (limen_p_value_marginal (0, 0)));
  g_assert_true (isnan (limen_p_value_conditional (0, 0, 0.05)));
}

/* Factor by factor */
static double
plain_conditional (guint r, guint n, double delta)
{
  guint k = MAX (n / 2, 1);
  long double product = delta;
  for (guint j = 0; j < k; j++)
    product *= n - r > j ? (long double)(n - r - j) / (n - j) : 0;
  return (double)(1 - powl (product, 1 / (long double)k));
}

static void
test_conditional_by_its_formula (void)
{
  for (guint n = 1; n <= 3000; n = n * 3 / 2 + 1)
    for (guint r = 0; r <= n; r += 1 + n / 50) {
      double p = limen_p_value_conditional (r, n, 0.05);
      g_assert_cmpfloat_with_epsilon (p, plain_conditional (r, n, 0.05), 1e-12);
      g_assert_cmpfloat (p, >, limen_p_value_marginal (r, n) * (r == n ? 0.999 : 1));
      g_assert_true (r == 0 || p >= limen_p_value_conditional (r - 1, n, 0.05));
    }
  double least = limen_p_value_conditional (0, 10000000, 0.05);
  g_assert_cmpfloat_with_epsilon (least, -expm1 (log (0.05) / 5e6), 1e-18);
}

static double
choose (guint n, guint k)
{
  return exp (lgamma (n + 1.0) - lgamma (k + 1.0) - lgamma (n - k + 1.0));
}

/* P(U_(m) ≤ bound[m − 1] for all m) of @n ordered uniform numbers: how many lie below each bound,
 * one after the other */
static double
coverage (const double *bound, guint n)
{
  g_autofree double *below = g_new0 (double, n + 1), *next = g_new (double, n + 1);
  below[0] = 1;
  double last = 0;
  for (guint m = 1; m <= n; m++) {
    double p = last < 1 ? (bound[m - 1] - last) / (1 - last) : 0;
    for (guint c = 0; c <= n; c++) {
      next[c] = 0;
      for (guint b = 0; c >= m && b <= c; b++)
        next[c] += below[b] * choose (n - b, c - b) * pow (p, c - b) * pow (1 - p, n - c);
    }
    memcpy (below, next, (n + 1) * sizeof (double));
    last = bound[m - 1];
  }
  double sum = 0;
  for (guint c = 0; c <= n; c++)
    sum += below[c];
  return sum;
}

/* They hold all at once with a probability of exactly 1 − δ; a little smaller ones do not. */
static void
test_conditional_ones_hold_at_once (void)
{
  static const double delta[] = {0.01, 0.05, 0.5};
  for (guint n = 1; n <= 40; n++)
    for (guint i = 0; i < G_N_ELEMENTS (delta); i++) {
      double p[40], smaller[40];
      for (guint r = 0; r < n; r++) {
        p[r] = limen_p_value_conditional (r, n, delta[i]);
        smaller[r] = 0.99 * p[r];
      }
      g_assert_cmpfloat_with_epsilon (coverage (p, n), 1 - delta[i], 1e-9);
      g_assert_cmpfloat (coverage (smaller, n), <, 1 - delta[i] - 1e-5);
    }
}

/* -- lists -- */

/* How many are at most @limit */
static guint
count_small (const double *p, guint n, double limit)
{
  guint count = 0;
  for (guint i = 0; i < n; i++)
    count += p[i] <= limit;
  return count;
}

/* The greatest m for which m or more are at most q m / n, by trying all */
static guint
plain_m (const double *p, guint n, double q)
{
  guint judged = count_small (p, n, INFINITY), m = 0;
  for (guint i = 1; i <= judged; i++)
    if (count_small (p, n, q * i / judged * (1 + 1e-13)) >= i)
      m = i;
  return m;
}

static void
test_lists_by_their_definition (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint n_lists = 0;
  for (guint round = 0; round < 5000; round++) {
    guint n = (guint)g_rand_int_range (rand, 0, 40), chosen = 0;
    double p[40], q = g_rand_int_range (rand, 1, 10) / 10.0;
    gboolean is_chosen[40];
    int ranks = g_rand_int_range (rand, 1, 100);
    for (guint i = 0; i < n; i++) {
      int square = g_rand_int_range (rand, 0, ranks + 1);
      p[i] = (1.0 + square * square / ranks) / (1 + ranks);
      if (g_rand_int_range (rand, 0, 20) == 0)
        p[i] = NAN;
    }
    guint m = limen_benjamini_hochberg (p, n, q, is_chosen);
    double largest = 0, least = INFINITY;
    for (guint i = 0; i < n; i++) {
      chosen += is_chosen[i];
      g_assert_false (is_chosen[i] && isnan (p[i]));
      largest = is_chosen[i] ? fmax (largest, p[i]) : largest;
      least = is_chosen[i] ? least : fmin (least, p[i]);
    }
    g_assert_cmpuint (m, ==, plain_m (p, n, q));
    g_assert_cmpuint (chosen, ==, m);
    g_assert_cmpfloat (m > 0 ? largest : 0, <, least);
    g_assert_cmpuint (limen_benjamini_hochberg (p, n, q, NULL), ==, m);
    n_lists += m > 0;
  }
  g_assert_cmpuint (n_lists, >, 1000);
}

/* -- of scores -- */

static LimenScores *
drawn (GRand *rand, LimenSide side, guint n, double shift)
{
  g_autofree double *value = g_new (double, n + 1);
  for (guint i = 0; i < n; i++)
    value[i] = shift + g_rand_int_range (rand, -20, 21) / 4.0;
  return limen_scores_new_of (measure_of_side (side), "set", value, n);
}

static LimenDetector *
drawn_detector (GRand *rand, LimenSide side, guint n)
{
  g_autoptr (LimenScores) normal = drawn (rand, side, n, 0);
  return limen_detector_new (normal, NULL, (LimenSplit){LIMEN_SPLIT_ORDERED, 0},
                             (LimenRule){LIMEN_RULE_SIGMAS, 1});
}

/* Counted by one pass: both halves, or the test half where the mean is of the other */
static void
test_p_values_of_scores (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  for (guint round = 0; round < 600; round++) {
    LimenSide side = round % N_SIDES;
    g_autoptr (LimenDetector) d =
        drawn_detector (rand, side, (guint)g_rand_int_range (rand, 2, 60));
    g_autoptr (LimenScores) others = drawn (rand, side, 20, 1);
    g_autofree double *p = limen_p_values (d, others, 0), *c = limen_p_values (d, others, 0.05);
    for (guint i = 0; i < others->n; i++) {
      const LimenScores *half[] = {d->normal, side == LIMEN_SIDE_BOTH ? NULL : d->validation};
      guint n = 0, as_unusual = 0;
      double score = others->value[i];
      for (guint h = 0; h < 2 && half[h]; h++)
        for (guint j = 0; j < half[h]->n; j++, n++)
          as_unusual += !is_flagged_by (side, d->mean, half[h]->value[j], score);
      const LimenSingle single = {d, score, others->measure};
      g_assert_cmpfloat (p[i], ==, (1.0 + as_unusual) / (1.0 + n));
      g_assert_cmpfloat (p[i], ==, limen_single_p_value (&single));
      g_assert_cmpfloat (c[i], ==, limen_p_value_conditional (as_unusual, n, 0.05));
    }
  }
}

static void
test_without_normal_images (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (LimenScores) low = drawn (rand, LIMEN_SIDE_LOW, 5, 0);
  g_autoptr (LimenScores) high = drawn (rand, LIMEN_SIDE_HIGH, 5, 0);
  const LimenRule rule = {LIMEN_RULE_VALUE, 0};
  g_autoptr (LimenDetector) none = limen_detector_new_with_validation (NULL, NULL, low, rule);
  g_autoptr (LimenDetector) other = limen_detector_new_with_validation (high, high, NULL, rule);
  const LimenDetector *detectors[] = {none, other};
  for (guint i = 0; i < G_N_ELEMENTS (detectors); i++) {
    g_autoptr (LimenUnsorted) unsorted = limen_unsorted_new (detectors[i], low, 0.1, 0.05);
    g_assert_true (isnan (unsorted->p[0]) && isnan (unsorted->p_conditional[4]));
    g_assert_cmpuint (unsorted->n_ranks, ==, 0);
    g_assert_cmpuint (unsorted->n_listed, ==, 0);
  }
  g_autoptr (LimenUnsorted) unsorted = limen_unsorted_new (other, low, 0.1, 0.05);
  g_assert_cmpuint (limen_unsorted_n_flagged (unsorted, other), ==, 0);
}

static void
test_flagged_follow_the_line (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autoptr (LimenDetector) d = drawn_detector (rand, LIMEN_SIDE_LOW, 50);
  g_autoptr (LimenScores) others = drawn (rand, LIMEN_SIDE_LOW, 200, -1);
  g_autoptr (LimenUnsorted) unsorted = limen_unsorted_new (d, others, 0.1, 0.05);
  for (double threshold = -7; threshold < 7; threshold += 0.125) {
    g_autoptr (LimenDetector) moved =
        limen_detector_with_rule (d, (LimenRule){LIMEN_RULE_VALUE, threshold});
    guint flagged = 0;
    for (guint i = 0; i < others->n; i++)
      flagged += others->value[i] < threshold;
    g_assert_cmpuint (limen_unsorted_n_flagged (unsorted, moved), ==, flagged);
  }
}

/* -- what is said -- */

static LimenUnsorted *
draw_unsorted (GRand *rand)
{
  static const double q[] = {0.1, 0.5, 0.01, 0.07};
  LimenSide side = g_rand_int_range (rand, 0, N_SIDES);
  guint n_normal = (guint)g_rand_int_range (rand, 0, g_rand_boolean (rand) ? 6 : 1200);
  g_autoptr (LimenDetector) d = drawn_detector (rand, side, n_normal);
  double shift = g_rand_int_range (rand, 0, 3) * (side == LIMEN_SIDE_LOW ? -6 : 6);
  g_autoptr (LimenScores) others =
      drawn (rand, side, (guint)g_rand_int_range (rand, 0, g_rand_boolean (rand) ? 3 : 60), shift);
  return limen_unsorted_new (d, others, q[g_rand_int_range (rand, 0, 4)], 0.05);
}

/* The fewest normal images with which one of @n images can be listed, by trying */
static guint
fewest_for_one (guint n, double q)
{
  g_autofree double *p = g_new (double, n);
  for (guint normal = 1;; normal++) {
    for (guint i = 0; i < n; i++)
      p[i] = i == 0 ? limen_p_value_marginal (0, normal) : 1;
    if (limen_benjamini_hochberg (p, n, q, NULL) > 0)
      return normal;
  }
}

/* The fewest with which all can be */
static guint
fewest_for_all (guint n, double q)
{
  g_autofree double *p = g_new (double, n);
  for (guint normal = 1;; normal++) {
    for (guint i = 0; i < n; i++)
      p[i] = limen_p_value_marginal (0, normal);
    if (limen_benjamini_hochberg (p, n, q, NULL) > 0)
      return normal;
  }
}

static gboolean
is_share (double percent, const LimenUnsorted *unsorted)
{
  return fabs (percent / 100 - unsorted->q) < 1e-9;
}

static gboolean
names_as_many (const char *text, guint listed)
{
  return (strstr (text, " is listed as an anomaly:") != NULL) == (listed == 1) &&
         (strstr (text, " are listed as anomalies:") != NULL) == (listed > 1);
}

static gboolean
is_true_list (const char *text, const LimenUnsorted *u, guint n, guint listed)
{
  double number[8] = {0};
  gboolean only = g_str_has_prefix (text, "The only ");
  guint found = read_numbers (text, number, 8);
  if (g_str_has_prefix (text, "All ") || only)
    return listed == n && n > 0 && (only ? n == 1 : number[0] == n) &&
           is_share (number[only ? 0 : 1], u) && names_as_many (text, listed);
  return found == 3 && number[0] == listed && number[1] == n && listed > 0 && listed < n &&
         is_share (number[2], u) && names_as_many (text, listed);
}

static gboolean
is_true (const char *text, const LimenUnsorted *u)
{
  double number[8] = {0};
  guint n = u->scores->n, found = read_numbers (text, number, 8);
  guint listed = n > 0 ? plain_m (u->p, n, u->q) : 0, ranks = u->n_ranks;
  gboolean some = n > 0 && ranks > 0;
  if (g_str_equal (text, "There are no unsorted images."))
    return n == 0;
  if (g_str_has_prefix (text, "Without normal images"))
    return n > 0 && ranks == 0;
  if (g_str_has_prefix (text, "A list of anomalies"))
    return some && listed == 0 && is_share (number[0], u) && number[2] == ranks &&
           number[1] == fewest_for_all (n, u->q) && ranks < number[1];
  if (g_str_has_prefix (text, "The only unsorted image is not "))
    return n == 1 && some && listed == 0 && found == 1 && is_share (number[0], u) &&
           ranks >= fewest_for_one (n, u->q);
  if (!g_str_has_prefix (text, "None of "))
    return is_true_list (text, u, n, listed);
  if (!some || listed > 0 || n == 1 || number[0] != n || !is_share (number[1], u) ||
      ranks < fewest_for_all (n, u->q))
    return FALSE;
  if (found == 2)
    return ranks >= fewest_for_one (n, u->q);
  return number[3] == ranks && ranks < number[2] && number[2] == fewest_for_one (n, u->q);
}

#define N_STATES 4000

static void
test_no_sentence_is_contradicted (void)
{
  guint n_claims, said[16] = {0};
  gboolean caught[16] = {FALSE};
  const LimenClaim *claims = limen_unsorted_claims (&n_claims);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  for (guint s = 0; s < N_STATES; s++) {
    g_autoptr (LimenUnsorted) u = draw_unsorted (rand);
    g_autofree char *sentence = limen_unsorted_sentence (u);
    guint first = limen_claim_first (claims, n_claims, u);
    g_assert_nonnull (sentence);
    if (!is_true (sentence, u))
      g_error ("%u images, %u normal ones, %u listed: “%s” is not true", u->scores->n, u->n_ranks,
               u->n_listed, sentence);
    said[first]++;
    for (guint i = 0; i < n_claims; i++) { /* without its condition it is found wrong */
      g_autofree char *other = limen_claim_words (&claims[i], u);
      caught[i] = caught[i] || !is_true (other, u);
    }
  }
  for (guint i = 0; i < n_claims; i++) {
    g_test_message ("%s: said %u times", claims[i].name, said[i]);
    g_assert_cmpuint (said[i], >, 0);
    g_assert_true (caught[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/p-values/marginal-by-hand", test_marginal_by_hand);
  g_test_add_func ("/p-values/conditional-by-its-formula", test_conditional_by_its_formula);
  g_test_add_func ("/p-values/conditional-ones-hold-at-once", test_conditional_ones_hold_at_once);
  g_test_add_func ("/p-values/lists-by-their-definition", test_lists_by_their_definition);
  g_test_add_func ("/p-values/p-values-of-scores", test_p_values_of_scores);
  g_test_add_func ("/p-values/without-normal-images", test_without_normal_images);
  g_test_add_func ("/p-values/flagged-follow-the-line", test_flagged_follow_the_line);
  g_test_add_func ("/p-values/no-sentence-is-contradicted", test_no_sentence_is_contradicted);
  return g_test_run ();
}
