/* Detectors by each side of a measure: what is flagged, and what is said of it. */
#include "model/base/random.h"
#include "model/detect/sentences.h"
#include "sides.h"

#include <string.h>

static const LimenSplit ordered = {LIMEN_SPLIT_ORDERED, 0};

/* @sign: −1: the same scores turned round */
static LimenScores *
drawn (LimenSide side, guint64 index, guint n, double shift, double sign)
{
  LimenRandom random = limen_random_stream (3, "sides", index);
  g_autofree double *value = g_new (double, n);
  for (guint i = 0; i < n; i++)
    value[i] = sign * (shift + round (8 * limen_random_normal (&random)) / 8);
  return limen_scores_new_of (measure_of_side (side), "drawn", value, n);
}

static void
assert_same_rate (LimenErrorRate a, LimenErrorRate b)
{
  g_assert_cmpuint (a.errors, ==, b.errors);
  g_assert_cmpuint (a.n, ==, b.n);
  g_assert_cmpfloat (a.low, ==, b.low);
  g_assert_cmpfloat (a.high, ==, b.high);
  g_assert_cmpint (a.band, ==, b.band);
}

/* Log-likelihoods turned round are distances: all else stays, but for the sign. */
static void
test_high_is_low_turned_round (void)
{
  for (guint round = 0; round < 200; round++) {
    guint n = 2 + round % 50;
    LimenRule rule = {round % 2 ? LIMEN_RULE_SIGMAS : LIMEN_RULE_VALUE, (round % 9) * 0.25 - 0.5},
              turned = rule;
    if (rule.kind == LIMEN_RULE_VALUE)
      turned.value = -rule.value;
    g_autoptr (LimenScores) a = drawn (LIMEN_SIDE_LOW, round, n, 0, 1);
    g_autoptr (LimenScores) b = drawn (LIMEN_SIDE_LOW, 1000 + round, n, -1, 1);
    g_autoptr (LimenScores) c = drawn (LIMEN_SIDE_HIGH, round, n, 0, -1);
    g_autoptr (LimenScores) d = drawn (LIMEN_SIDE_HIGH, 1000 + round, n, -1, -1);
    g_autoptr (LimenDetector) low = limen_detector_new (a, b, ordered, rule);
    g_autoptr (LimenDetector) high = limen_detector_new (c, d, ordered, turned);
    LimenErrorRate low_1 = limen_detector_type_1 (low), high_1 = limen_detector_type_1 (high),
                   low_2 = limen_detector_type_2 (low), high_2 = limen_detector_type_2 (high);
    g_assert_true (limen_detector_measure (high) == measure_of_side (LIMEN_SIDE_HIGH));
    if (isnan (low->threshold))
      g_assert_true (isnan (high->threshold));
    else
      g_assert_cmpfloat (high->threshold, ==, -low->threshold);
    assert_same_rate (low_1, high_1);
    assert_same_rate (low_2, high_2);
    g_assert_cmpfloat (low->auroc, ==, high->auroc);
    if (low->std > 0)
      g_assert_cmpfloat (limen_detector_sigmas (low), ==, limen_detector_sigmas (high));
  }
}

static guint
count (const LimenDetector *d, const LimenScores *scores)
{
  guint n = 0;
  for (guint i = 0; i < scores->n; i++)
    n += is_flagged_by (LIMEN_SIDE_BOTH, d->mean, d->threshold, scores->value[i]);
  return n;
}

/* Whichever of its two lines is the threshold */
static void
test_both_flags_what_is_far_from_the_mean (void)
{
  for (guint round = 0; round < 300; round++) {
    guint n = 4 + round % 60;
    g_autoptr (LimenScores) normal = drawn (LIMEN_SIDE_BOTH, round, n, 0, 1);
    g_autoptr (LimenScores) anomaly = drawn (LIMEN_SIDE_BOTH, 1000 + round, n, 1, 1);
    LimenRule rule = {round % 2 ? LIMEN_RULE_SIGMAS : LIMEN_RULE_VALUE, (round % 11) * 0.5 - 2};
    g_autoptr (LimenDetector) one = limen_detector_new (normal, anomaly, ordered, rule);
    if (isnan (one->threshold))
      continue;
    LimenLines lines = limen_detector_lines (one);
    g_assert_cmpfloat_with_epsilon (lines.low + lines.high, 2 * one->mean, 1e-12);
    g_assert_true (lines.low == one->threshold || lines.high == one->threshold);
    g_assert_cmpuint (limen_detector_type_1 (one).errors, ==, count (one, one->normal));
    g_assert_cmpuint (limen_detector_type_2 (one).errors, ==, n - count (one, anomaly));
    for (guint i = 0; i < n; i++) /* of an image on a line itself the last digit decides */
      if (fabs (fabs (anomaly->value[i] - one->mean) - fabs (one->threshold - one->mean)) > 1e-12)
        g_assert_true (
            limen_lines_flag (lines, anomaly->value[i]) ==
            is_flagged_by (LIMEN_SIDE_BOTH, one->mean, one->threshold, anomaly->value[i]));
    if (one->std > 0)
      g_assert_cmpfloat_with_epsilon (limen_detector_sigmas (one),
                                      fabs (one->threshold - one->mean) / one->std, 1e-12);
    LimenRule mirrored = {LIMEN_RULE_VALUE, one->threshold == lines.low ? lines.high : lines.low};
    g_autoptr (LimenDetector) other = limen_detector_with_rule (one, mirrored);
    g_assert_cmpfloat_with_epsilon (limen_detector_lines (other).low, lines.low, 1e-12);
    g_assert_cmpfloat_with_epsilon (limen_detector_lines (other).high, lines.high, 1e-12);
  }
}

static void
test_lines_at_the_ends (void)
{
  static const struct {
    LimenSide side;
    double threshold, low, high;
  } cases[] = {{LIMEN_SIDE_LOW, 2, 2, INFINITY}, {LIMEN_SIDE_HIGH, 2, -INFINITY, 2},
               {LIMEN_SIDE_BOTH, 2, 2, 8},       {LIMEN_SIDE_BOTH, 8, 2, 8},
               {LIMEN_SIDE_BOTH, 5, 5, 5},       {LIMEN_SIDE_BOTH, INFINITY, -INFINITY, INFINITY}};
  const double value[] = {-INFINITY, 1, 5, 9, INFINITY};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LimenLines lines = limen_lines_new (cases[i].side, 5, cases[i].threshold);
    LimenLines none = limen_lines_new (cases[i].side, 5, NAN);
    g_autoptr (LimenScores) scores =
        limen_scores_new_of (measure_of_side (cases[i].side), "five", value, 5);
    guint n = 0;
    g_assert_cmpfloat (lines.low, ==, cases[i].low);
    g_assert_cmpfloat (lines.high, ==, cases[i].high);
    for (guint j = 0; j < 5; j++)
      n += limen_lines_flag (lines, value[j]);
    g_assert_cmpuint (limen_lines_n_flagged (lines, scores), ==, n);
    g_assert_true (isnan (none.low) && isnan (none.high));
    g_assert_cmpuint (limen_lines_n_flagged (none, scores), ==, 0);
  }
}

/* A number is a threshold without a mean, but not where two lines lie about one. */
static void
test_two_lines_need_a_mean (void)
{
  for (LimenSide side = 0; side < N_SIDES; side++) {
    g_autoptr (LimenScores) anomaly = drawn (side, 5, 9, 0, 1);
    g_autoptr (LimenDetector) detector =
        limen_detector_new (NULL, anomaly, ordered, (LimenRule){LIMEN_RULE_VALUE, 0.1});
    g_autofree char *sentence = limen_detector_sentence (detector);
    gboolean both = side == LIMEN_SIDE_BOTH;
    g_assert_true (isnan (detector->threshold) == both);
    g_assert_true (
        g_str_has_prefix (sentence, both ? "Without normal images there is no mean" : "At 0.1"));
  }
}

static void
test_sentences_have_unit_and_side (void)
{
  static const struct {
    LimenSide side;
    LimenRule rule;
    double scale;
    const char *sentence, *place;
  } table[] = {
      {LIMEN_SIDE_HIGH,
       {LIMEN_RULE_SIGMAS, 2},
       1,
       "At 4.55, none of the normal images is flagged, and 50 % of the anomalies are kept.",
       "2 standard deviations above the mean"},
      {LIMEN_SIDE_HIGH,
       {LIMEN_RULE_VALUE, 1.004},
       1e-3,
       "At 0.00100, 50 % of the normal images are flagged, and 20 % of the anomalies are kept.",
       NULL},
      {LIMEN_SIDE_HIGH,
       {LIMEN_RULE_SIGMAS, -1},
       1,
       "At 0.725, 75 % of the normal images are flagged, and 10 % of the anomalies are kept.",
       "1 standard deviation below the mean"},
      {LIMEN_SIDE_BOTH,
       {LIMEN_RULE_SIGMAS, 1},
       1,
       "At 0.73 and 3.27 bits, 25 % of the normal images are flagged, and 30 % of the anomalies "
       "are kept.",
       "1 standard deviation on either side of the mean"},
      {LIMEN_SIDE_BOTH,
       {LIMEN_RULE_VALUE, 4},
       1,
       "At 0.00 and 4.00 bits, none of the normal images is flagged, and 50 % of the anomalies are "
       "kept.",
       "1.569 standard deviations on either side of the mean"},
      {LIMEN_SIDE_BOTH,
       {LIMEN_RULE_VALUE, 2},
       1,
       "At 2.00 bits, 75 % of the normal images are flagged, and 10 % of the anomalies are kept.",
       "the mean"},
      {LIMEN_SIDE_LOW,
       {LIMEN_RULE_SIGMAS, 1},
       1,
       "At 0.73 nats, 25 % of the normal images are flagged, and 90 % of the anomalies are kept.",
       "1 standard deviation below the mean"},
  };
  const double validation[] = {0.5, 1, 2, 3, 3.5}, normal[] = {0, 1, 2, 3};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    double v[5], n[4], a[10];
    for (guint j = 0; j < 10; j++) {
      a[j] = j * table[i].scale;
      v[j % 5] = validation[j % 5] * table[i].scale;
      n[j % 4] = normal[j % 4] * table[i].scale;
    }
    LimenMeasure *measure = measure_of_side (table[i].side);
    LimenRule rule = table[i].rule;
    if (rule.kind == LIMEN_RULE_VALUE)
      rule.value *= table[i].scale;
    g_autoptr (LimenScores) first = limen_scores_new_of (measure, "v", v, 5);
    g_autoptr (LimenScores) second = limen_scores_new_of (measure, "n", n, 4);
    g_autoptr (LimenScores) third = limen_scores_new_of (measure, "a", a, 10);
    g_autoptr (LimenDetector) detector =
        limen_detector_new_with_validation (first, second, third, rule);
    g_autofree char *sentence = limen_detector_sentence (detector);
    g_autofree char *place = limen_detector_place (detector);
    g_assert_cmpstr (sentence, ==, table[i].sentence);
    if (table[i].place)
      g_assert_cmpstr (place, ==, table[i].place);
  }
}

/* The slow plain reference: a detector of its own for each split. */
static void
test_split_variation_of_each_side (void)
{
  const guint n = 3000;
  for (LimenSide side = 0; side < N_SIDES; side++) {
    g_autoptr (LimenScores) normal = drawn (side, 77, 401, 0, 1);
    LimenSplitVariation variation;
    double sum = 0, squares = 0;
    g_assert_true (limen_split_variation (normal, 1.2, n, 5, &variation, NULL, NULL));
    for (guint seed = 0; seed < n; seed++) {
      g_autoptr (LimenDetector) detector =
          limen_detector_new (normal, NULL, (LimenSplit){LIMEN_SPLIT_RANDOM, seed},
                              (LimenRule){LIMEN_RULE_SIGMAS, 1.2});
      double rate = limen_detector_type_1 (detector).rate;
      sum += rate;
      squares += rate * rate;
    }
    double mean = sum / n, std = sqrt (squares / n - mean * mean);
    g_assert_cmpuint (variation.n_splits, ==, n);
    g_assert_cmpfloat_with_epsilon (variation.mean, mean, 6 * std / sqrt (n));
    g_assert_cmpfloat_with_epsilon (variation.low, mean - 1.96 * std, 0.4 * std);
    g_assert_cmpfloat_with_epsilon (variation.high, mean + 1.96 * std, 0.4 * std);
    g_assert_cmpfloat (mean, >, side == LIMEN_SIDE_BOTH ? 0.17 : 0.07); /* both ends count */
    g_assert_cmpfloat (mean, <, side == LIMEN_SIDE_BOTH ? 0.29 : 0.16);
  }
}

/* -- measures in words -- */

static void
test_numbers_of_a_measure (void)
{
  static const struct {
    LimenSide side;
    double score, std;
    guint usual;
    const char *text;
  } table[] = {
      {LIMEN_SIDE_LOW, -1234.56, 400, 1, "−1\u2009234.6 nats"},
      {LIMEN_SIDE_LOW, 0.01, 0.001, 1, "0.0 nats"}, /* as ever */
      {LIMEN_SIDE_HIGH, 12.3456, 492, 1, "12.3"},
      {LIMEN_SIDE_HIGH, 0.0123456, 0.001, 1, "0.01235"},
      {LIMEN_SIDE_HIGH, 0.0123456, NAN, 1, "0.0"},
      {LIMEN_SIDE_BOTH, 1.23456e-20, 1e-21, 1, "1.23456·10⁻²⁰ bits"},
      {LIMEN_SIDE_BOTH, -INFINITY, 1, 1, "−∞ bits"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    LimenMeasure *measure = measure_of_side (table[i].side);
    guint decimals = limen_measure_decimals (measure, table[i].std, table[i].usual);
    g_autofree char *text = limen_measure_text (measure, table[i].score, decimals);
    g_assert_cmpstr (text, ==, table[i].text);
  }
  g_assert_cmpfloat (limen_measure_rounded (0.0123456, 4), ==, 0.0123);
  g_assert_cmpfloat (limen_measure_rounded (1.2345678e-20, 22), ==, 1.23457e-20);
  g_assert_cmpfloat (limen_measure_rounded (-INFINITY, 2), ==, -INFINITY);
}

static void
test_names_of_a_measure (void)
{
  g_autoptr (LimenMeasure) greek =
      limen_measure_new ("äußerst", "äußerst fern", "", LIMEN_SIDE_HIGH);
  g_autoptr (LimenMeasure) turned = limen_measure_new ("äußerst", "anders", "", LIMEN_SIDE_LOW);
  g_autoptr (LimenMeasure) again = limen_measure_new ("äußerst", "anders", "", LIMEN_SIDE_HIGH);
  g_autoptr (LimenMeasure) copied =
      limen_measure_new ("log-likelihood", "log-likelihood", "nats", LIMEN_SIDE_LOW);
  g_autofree char *heading = limen_measure_heading (greek), *column = limen_measure_column (greek);
  g_autofree char *own = limen_measure_column (limen_measure_log_likelihood ());
  g_assert_cmpstr (heading, ==, "Äußerst fern");
  g_assert_cmpstr (column, ==, "äußerst");
  g_assert_cmpstr (own, ==, "log_likelihood");
  g_assert_false (limen_measure_same (greek, turned));
  g_assert_true (limen_measure_same (greek, again));
  g_assert_true (limen_measure_same (copied, limen_measure_log_likelihood ()));
  g_assert_cmpstr (limen_side_name (LIMEN_SIDE_BOTH), ==, "both");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/sides/" #name, test_##name)
  ADD (high_is_low_turned_round);
  ADD (both_flags_what_is_far_from_the_mean);
  ADD (lines_at_the_ends);
  ADD (two_lines_need_a_mean);
  ADD (sentences_have_unit_and_side);
  ADD (split_variation_of_each_side);
  ADD (numbers_of_a_measure);
  ADD (names_of_a_measure);
  return g_test_run ();
}
