/* Rules: how they are written, which rank they ask for, and where they put the line. */
#include "model/detect/binomial.h"
#include "model/detect/detector.h"
#include "sides.h"

#include <math.h>

/* -- writing and reading -- */

static void
test_texts_are_read_back (void)
{
  static const struct {
    const char *text;
    LimenRule rule;
    const char *name, *back;
  } table[] = {
      {"sigmas:3", {LIMEN_RULE_SIGMAS, 3}, "mean − 3 standard deviations", "sigmas:3"},
      {"sigmas:-1", {LIMEN_RULE_SIGMAS, -1}, "mean + 1 standard deviation", "sigmas:-1"},
      {"nats:194.25", {LIMEN_RULE_VALUE, 194.25}, "threshold as given", "value:194.25"},
      {"value:-inf", {LIMEN_RULE_VALUE, -INFINITY}, "threshold as given", "value:-inf"},
      {"false-alarms:0.01,0.95",
       {LIMEN_RULE_FALSE_ALARMS, 0.01, 0.95},
       "at most 1 % false alarms with 95 % confidence",
       "false-alarms:0.01,0.95"},
      {"false-alarms:0.001",
       {LIMEN_RULE_FALSE_ALARMS, 0.001, 0.95},
       "at most 0.1 % false alarms with 95 % confidence",
       "false-alarms:0.001,0.95"},
      {"conformal: 0.07",
       {LIMEN_RULE_CONFORMAL, 0.07},
       "conformal p-value of at most 0.07",
       "conformal:0.07"},
      {"cost:10,1,0.05",
       {LIMEN_RULE_COST, 10, 1, 0.05},
       "least cost: 10 for a false alarm, 1 for a miss, 5 % anomalies",
       "cost:10,1,0.05"},
      {"least-errors", {LIMEN_RULE_LEAST_ERRORS}, "least errors", "least-errors"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GError) error = NULL;
    LimenRule rule, again;
    g_assert_true (limen_rule_parse (table[i].text, &rule, &error));
    g_assert_no_error (error);
    g_assert_true (limen_rule_equal (rule, table[i].rule));
    g_autofree char *back = limen_rule_text (rule), *name = limen_rule_name (rule, LIMEN_SIDE_LOW);
    g_assert_cmpstr (back, ==, table[i].back);
    g_assert_cmpstr (name, ==, table[i].name);
    g_assert_true (limen_rule_parse (back, &again, &error) && limen_rule_equal (rule, again));
  }
  g_autofree char *high = limen_rule_name ((LimenRule){LIMEN_RULE_SIGMAS, 3}, LIMEN_SIDE_HIGH);
  g_autofree char *both = limen_rule_name ((LimenRule){LIMEN_RULE_SIGMAS, 3}, LIMEN_SIDE_BOTH);
  g_assert_cmpstr (high, ==, "mean + 3 standard deviations");
  g_assert_cmpstr (both, ==, "mean ± 3 standard deviations");
}

static void
test_any_number_is_read_back (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  for (guint i = 0; i < 1000; i++) {
    LimenRule rule = {LIMEN_RULE_VALUE,
                      g_rand_double_range (rand, -1, 1) * pow (10, i % 600 - 300.0)};
    LimenRule again = {0};
    g_autofree char *text = limen_rule_text (rule);
    g_assert_true (limen_rule_parse (text, &again, NULL) && again.value == rule.value);
  }
}

static void
test_other_texts_are_refused (void)
{
  static const char *const table[] = {"",
                                      "sigma:3",
                                      "sigmas",
                                      "sigmas:",
                                      "sigmas:x",
                                      "sigmas:3x",
                                      "sigmas:3,4",
                                      "sigmas:inf",
                                      "sigmas:nan",
                                      "value:nan",
                                      "false-alarms",
                                      "false-alarms:0,0.95",
                                      "false-alarms:1",
                                      "false-alarms:0.01,1",
                                      "false-alarms:0.01,0.95,2",
                                      "conformal:0",
                                      "conformal:1",
                                      "conformal:0,5",
                                      "cost:1,1",
                                      "cost:0,0,0.5",
                                      "cost:-1,1,0.5",
                                      "cost:1,1,1.5",
                                      "cost:1,inf,0.5",
                                      "least-errors:1",
                                      "Sigmas:3"};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GError) error = NULL;
    LimenRule rule = {LIMEN_RULE_VALUE, 7};
    g_assert_false (limen_rule_parse (table[i], &rule, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    g_assert_true (g_str_has_suffix (error->message, "."));
    g_assert_cmpfloat (rule.value, ==, 7);
  }
}

/* -- ranks -- */

/* P(Bin(n, p) ≤ k), from the first term on, which is no zero: 10⁻⁴⁹³² is the least */
static long double
plain_at_most (guint k, guint n, double p)
{
  long double term = powl (1 - (long double)p, n), sum = 0;
  for (guint j = 0; j <= k; j++) {
    sum += term;
    term *= (long double)(n - j) / (j + 1) * p / (1 - (long double)p);
  }
  return sum;
}

static void
test_tails_of_binomials (void)
{
  static const double p[] = {1e-6, 0.001, 0.01, 0.05, 0.3, 0.5, 0.9};
  for (guint n = 1; n <= 1000000; n = n * 3 / 2 + 1)
    for (guint i = 0; i < G_N_ELEMENTS (p); i++) {
      if (n * log1p (-p[i]) < -11000)
        continue;
      double sd = sqrt (n * p[i] * (1 - p[i]));
      for (int z = -6; z <= 6; z++) {
        double k = floor (n * p[i] + z * sd);
        if (k < 0 || k > n)
          continue;
        double plain = (double)plain_at_most ((guint)k, n, p[i]);
        double at_most = limen_binomial_at_most ((guint)k, n, p[i]);
        double more = limen_binomial_more_than ((guint)k, n, p[i]);
        g_assert_cmpfloat_with_epsilon (at_most, plain, 1e-11 * plain);
        g_assert_cmpfloat_with_epsilon (at_most + more, 1, 1e-12);
      }
    }
}

/* What a rank must keep below 1 − confidence */
static long double
risk (guint k, guint n, double rate, LimenSide side)
{
  return side == LIMEN_SIDE_BOTH ? k * plain_at_most (MIN (k, n), n, rate)
                                 : plain_at_most (k - 1, n, rate);
}

/* A rank holds what is promised, and the next one does not. */
static void
test_ranks_are_the_sharpest (void)
{
  static const double rates[] = {0.001, 0.01, 0.07, 0.1, 0.3, 0.6},
                      confidences[] = {0.5, 0.9, 0.95, 0.999};
  guint n_ranks = 0;
  for (guint n = 1; n <= 30000; n = n < 120 ? n + 1 : n * 3 / 2)
    for (guint i = 0; i < G_N_ELEMENTS (rates) * G_N_ELEMENTS (confidences) * 2; i++) {
      LimenSide side = i % 2 ? LIMEN_SIDE_BOTH : LIMEN_SIDE_LOW;
      LimenRule rule = {LIMEN_RULE_FALSE_ALARMS, rates[i / 2 % G_N_ELEMENTS (rates)],
                        confidences[i / 2 / G_N_ELEMENTS (rates)]};
      if (n * log1p (-rule.value) < -11000)
        continue;
      guint k = limen_rule_rank (rule, n, side);
      double delta = 1 - rule.second;
      g_assert_cmpuint (k, <=, n);
      g_assert_true (k == 0 || risk (k, n, rule.value, side) <= delta * (1 + 1e-10));
      g_assert_true (k == n || risk (k + 1, n, rule.value, side) > delta * (1 - 1e-10));
      g_assert_cmpuint (k, ==,
                        limen_rule_rank (rule, n, side == LIMEN_SIDE_LOW ? LIMEN_SIDE_HIGH : side));
      n_ranks += k > 0;
    }
  g_assert_cmpuint (n_ranks, >, 500);
}

/* Where equality is exact: (1 − 1/2)^n = δ */
static void
test_equal_is_enough (void)
{
  for (guint n = 1; n < 40; n++) {
    LimenRule rule = {LIMEN_RULE_FALSE_ALARMS, 0.5, 1 - pow (0.5, n)};
    g_assert_cmpuint (limen_rule_needed (rule, LIMEN_SIDE_LOW), ==, n);
    g_assert_cmpuint (limen_rule_rank (rule, n, LIMEN_SIDE_LOW), ==, 1);
  }
}

static void
test_how_many_images_it_takes (void)
{
  static const struct {
    LimenRule rule;
    guint one_side, both;
  } table[] = {
      {{LIMEN_RULE_FALSE_ALARMS, 0.01, 0.95}, 299, 473}, /* Wilks; "95/99" of one side and of two */
      {{LIMEN_RULE_FALSE_ALARMS, 0.05, 0.95}, 59, 93},
      {{LIMEN_RULE_FALSE_ALARMS, 0.1, 0.9}, 22, 38},
      {{LIMEN_RULE_CONFORMAL, 0.01}, 99, 99},
      {{LIMEN_RULE_CONFORMAL, 0.3}, 3, 3},
      {{LIMEN_RULE_CONFORMAL, 0.5}, 1, 1},
      {{LIMEN_RULE_SIGMAS, 3}, 2, 2},
      {{LIMEN_RULE_VALUE, 3}, 0, 1},
      {{LIMEN_RULE_LEAST_ERRORS}, 1, 1},
      {{LIMEN_RULE_FALSE_ALARMS, 1e-12, 0.95}, G_MAXUINT, G_MAXUINT},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_assert_cmpuint (limen_rule_needed (table[i].rule, LIMEN_SIDE_LOW), ==, table[i].one_side);
    g_assert_cmpuint (limen_rule_needed (table[i].rule, LIMEN_SIDE_HIGH), ==, table[i].one_side);
    g_assert_cmpuint (limen_rule_needed (table[i].rule, LIMEN_SIDE_BOTH), ==, table[i].both);
  }
}

/* -- lines -- */

static const LimenRule given = {LIMEN_RULE_VALUE, 0};

/* @ties: whole numbers of few values */
static LimenScores *
drawn (GRand *rand, LimenSide side, guint n, gboolean ties, double shift)
{
  g_autofree double *value = g_new (double, n + 1);
  for (guint i = 0; i < n; i++) {
    double uniform = g_rand_double_range (rand, 1e-9, 1 - 1e-9);
    value[i] = shift + (ties ? floor (8 * uniform) : log (uniform / (1 - uniform)));
    if (g_rand_int_range (rand, 0, 60) == 0) /* an image without a score */
      value[i] = NAN;
  }
  return limen_scores_new_of (measure_of_side (side), "set", value, n);
}

static LimenDetector *
detector_of (LimenScores *validation, LimenScores *anomaly, LimenRule rule)
{
  return limen_detector_new_with_validation (validation, NULL, anomaly, rule);
}

/* By the definition: how many of @scores are as unusual as @score, or more */
static guint
n_as_unusual (const LimenScores *scores, double score, gboolean strictly)
{
  guint n = 0;
  for (guint i = 0; i < scores->n; i++) {
    double x = scores->value[i];
    gboolean low = scores->measure->side == LIMEN_SIDE_LOW;
    n += low ? (strictly ? x < score : x <= score) : (strictly ? x > score : x >= score);
  }
  return n;
}

/* At most k − 1 validation images are flagged, and a line that flags one more score flags k. */
static void
test_a_line_stands_at_its_rank (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  for (guint round = 0; round < 3000; round++) {
    LimenSide side = round % N_SIDES;
    LimenRule rule = {LIMEN_RULE_FALSE_ALARMS, g_rand_double_range (rand, 0.02, 0.5), 0.9};
    g_autoptr (LimenScores) set =
        drawn (rand, side, (guint)g_rand_int_range (rand, 1, 200), round / 3 % 2, 3);
    g_autoptr (LimenDetector) detector = detector_of (set, NULL, rule);
    guint k = limen_rule_rank (rule, set->n, side);
    if (k == 0) {
      g_assert_true (isnan (detector->threshold));
      continue;
    }
    LimenLines lines = limen_detector_lines (detector);
    g_assert_cmpuint (limen_lines_n_flagged (lines, set), <, k);
    double nudge = 1e-9, nearer = side == LIMEN_SIDE_HIGH ? -nudge : nudge;
    g_autoptr (LimenDetector) moved = limen_detector_with_rule (
        detector, (LimenRule){LIMEN_RULE_VALUE, detector->threshold + nearer});
    if (isfinite (detector->threshold))
      g_assert_cmpuint (limen_lines_n_flagged (limen_detector_lines (moved), set), >=, k);
  }
}

/* Flagged is who has a conformal p-value of at most alpha, for new images between, at and beyond
 * the validation scores. */
static void
test_conformal_lines_are_p_values (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  for (guint round = 0; round < 3000; round++) {
    LimenSide side = round % 2;
    LimenRule rule = {LIMEN_RULE_CONFORMAL, g_rand_int_range (rand, 1, 60) / 100.0};
    guint n = (guint)g_rand_int_range (rand, 1, 150);
    g_autoptr (LimenScores) set = drawn (rand, side, n, round / 2 % 2, 0);
    g_autoptr (LimenDetector) detector = detector_of (set, NULL, rule);
    g_assert_true (isnan (detector->threshold) == (1.0 / (n + 1.0) > rule.value));
    LimenLines lines = limen_detector_lines (detector);
    for (guint i = 0; i < n; i++)
      for (int step = -1; step <= 1; step++) {
        double score = nextafter (set->value[i], step * INFINITY);
        score = step == 0 ? set->value[i] : score;
        double p = (1.0 + n_as_unusual (set, score, FALSE)) / (n + 1.0);
        g_assert_true (limen_lines_flag (lines, score) == (p <= rule.value));
      }
  }
}

/* Of both sides, with the new image among those of the mean: who is flagged has p ≤ alpha, and just
 * within the farther line nobody has. */
static void
test_conformal_lines_about_a_mean (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  guint n_sharp = 0;
  for (guint round = 0; round < 1000; round++) {
    LimenRule rule = {LIMEN_RULE_CONFORMAL, g_rand_int_range (rand, 2, 60) / 100.0};
    guint n = (guint)g_rand_int_range (rand, 2, 100);
    g_autofree double *value = g_new (double, n + 1);
    for (guint i = 0; i < n; i++)
      value[i] = -log (g_rand_double_range (rand, 1e-9, 1));
    g_autoptr (LimenScores) set =
        limen_scores_new_of (measure_of_side (LIMEN_SIDE_BOTH), "set", value, n);
    g_autoptr (LimenDetector) detector = detector_of (set, NULL, rule);
    LimenLines lines = limen_detector_lines (detector);
    const double new_one[] = {lines.low - 1e-9, lines.high + 1e-9, lines.low + 1e-6,
                              lines.high - 1e-6};
    gboolean p_small[4];
    for (guint j = 0; j < 4; j++) {
      double mean = (n * detector->mean + new_one[j]) / (n + 1.0);
      guint as_far = 0;
      for (guint i = 0; i < n; i++)
        as_far += fabs (value[i] - mean) >= fabs (new_one[j] - mean);
      p_small[j] = (1.0 + as_far) / (n + 1.0) <= rule.value;
    }
    if (isnan (detector->threshold))
      continue;
    g_assert_true (p_small[0] && p_small[1]);
    g_assert_false (p_small[2] && p_small[3]);
    n_sharp++;
  }
  g_assert_cmpuint (n_sharp, >, 500);
}

/* -- costs -- */

typedef struct {
  double cost;
  guint flagged;
} Outcome;

static Outcome
outcome_of (LimenRule rule, const LimenDetector *detector)
{
  LimenLines lines = limen_detector_lines (detector);
  guint alarms = limen_lines_n_flagged (lines, detector->validation),
        hits = limen_lines_n_flagged (lines, detector->anomaly),
        misses = detector->anomaly->n - hits;
  double cost = rule.kind == LIMEN_RULE_LEAST_ERRORS
                    ? alarms + misses
                    : rule.value * (1 - rule.third) * alarms / detector->validation->n +
                          rule.second * rule.third * misses / detector->anomaly->n;
  return (Outcome){cost, alarms + hits};
}

/* Of two outcomes the cheaper, or of equal ones that which flags fewer */
static void
take_better (Outcome *best, Outcome other)
{
  double slack = 1e-10 * (best->cost + 1e-300);
  if (other.cost < best->cost - slack ||
      (other.cost <= best->cost + slack && other.flagged < best->flagged))
    *best = other;
}

/* Every threshold that flags something else: at, just beyond and just within each score. */
static Outcome
search (LimenRule rule, const LimenDetector *detector)
{
  const LimenScores *sets[] = {detector->validation, detector->anomaly};
  Outcome best = {INFINITY, G_MAXUINT};
  for (guint s = 0; s < 2; s++)
    for (guint i = 0; i < sets[s]->n; i++)
      for (int step = -1; step <= 1; step++) {
        LimenRule value = {LIMEN_RULE_VALUE, sets[s]->value[i] + step * 1e-6};
        g_autoptr (LimenDetector) moved = limen_detector_with_rule (detector, value);
        take_better (&best, outcome_of (rule, moved));
      }
  for (int sign = -1; sign <= 1; sign += 2) {
    g_autoptr (LimenDetector) end =
        limen_detector_with_rule (detector, (LimenRule){LIMEN_RULE_VALUE, sign * INFINITY});
    take_better (&best, outcome_of (rule, end));
  }
  return best;
}

/* As cheap as the cheapest of all thresholds, flags as few as can be then, and no image lies within
 * a rounding of the line. */
static void
test_costs_are_the_least (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  for (guint round = 0; round < 3000; round++) {
    LimenSide side = round % N_SIDES;
    gboolean ties = round / 3 % 2;
    LimenRule rule = {round / 6 % 2 ? LIMEN_RULE_COST : LIMEN_RULE_LEAST_ERRORS,
                      g_rand_int_range (rand, 0, 4), g_rand_int_range (rand, 1, 4),
                      g_rand_int_range (rand, 0, 11) / 10.0};
    g_autoptr (LimenScores) normal =
        drawn (rand, side, (guint)g_rand_int_range (rand, 1, 30), ties, 0);
    g_autoptr (LimenScores) anomaly =
        drawn (rand, side, (guint)g_rand_int_range (rand, 1, 30), ties,
               g_rand_int_range (rand, 0, 3) * (side == LIMEN_SIDE_LOW ? -1 : 1));
    g_autoptr (LimenDetector) detector = detector_of (normal, anomaly, rule);
    if (side == LIMEN_SIDE_BOTH && isnan (detector->mean)) {
      g_assert_true (isnan (detector->threshold));
      continue;
    }
    Outcome got = outcome_of (rule, detector), best = search (rule, detector);
    if (fabs (got.cost - best.cost) > 1e-10 || got.flagged != best.flagged)
      g_error ("round %u, side %u: %g flagging %u, but %g flagging %u", round, side, got.cost,
               got.flagged, best.cost, best.flagged);
    g_assert_cmpfloat_with_epsilon (limen_detector_cost (detector), got.cost, 1e-12);
  }
}

/* Half way between what is kept and what is flagged, infinite where all is flagged, at the most
 * unusual image where none is. */
static void
test_which_of_equal_thresholds (void)
{
  static const double normal[] = {4, 5, 6, 7}, anomaly[] = {1, 2};
  static const struct {
    LimenSide side;
    LimenRule rule;
    double threshold;
  } table[] = {
      {LIMEN_SIDE_LOW, {LIMEN_RULE_LEAST_ERRORS}, 3},
      {LIMEN_SIDE_LOW, {LIMEN_RULE_COST, 1, 1, 0}, 1},
      {LIMEN_SIDE_LOW, {LIMEN_RULE_COST, 0, 1, 1}, 3},
      {LIMEN_SIDE_HIGH, {LIMEN_RULE_COST, 0, 1, 0.5}, -INFINITY},
      {LIMEN_SIDE_HIGH, {LIMEN_RULE_COST, 1, 0, 0.5}, 7},
      {LIMEN_SIDE_BOTH, {LIMEN_RULE_LEAST_ERRORS}, 5.5 - 2.5}, /* distances 1.5 and 3.5 */
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    LimenMeasure *measure = measure_of_side (table[i].side);
    g_autoptr (LimenScores) a = limen_scores_new_of (measure, "a", normal, 4);
    g_autoptr (LimenScores) b = limen_scores_new_of (measure, "b", anomaly, 2);
    g_autoptr (LimenDetector) detector = detector_of (a, b, table[i].rule);
    if (isinf (table[i].threshold))
      g_assert_cmpfloat (detector->threshold, ==, table[i].threshold);
    else
      g_assert_cmpfloat_with_epsilon (detector->threshold, table[i].threshold, 1e-12);
  }
}

/* -- what they may see -- */

static void
test_without_what_it_takes (void)
{
  static const double some[] = {1, 2, 3};
  static const LimenRule rules[] = {{LIMEN_RULE_SIGMAS, 3},
                                    {LIMEN_RULE_FALSE_ALARMS, 0.01, 0.95},
                                    {LIMEN_RULE_CONFORMAL, 0.01},
                                    {LIMEN_RULE_COST, 1, 1, 0.5},
                                    {LIMEN_RULE_LEAST_ERRORS}};
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    for (LimenSide side = LIMEN_SIDE_LOW; side < N_SIDES; side++) {
      g_autoptr (LimenScores) set = limen_scores_new_of (measure_of_side (side), "set", some, 3);
      g_autoptr (LimenScores) none = limen_scores_new_of (measure_of_side (side), "set", some, 0);
      g_autoptr (LimenDetector) anomalies = detector_of (NULL, set, rules[i]);
      g_autoptr (LimenDetector) empty = detector_of (none, set, rules[i]);
      g_autoptr (LimenDetector) few = detector_of (set, none, rules[i]);
      g_assert_true (isnan (anomalies->threshold) && isnan (empty->threshold));
      g_assert_true (isnan (few->threshold) == (rules[i].kind != LIMEN_RULE_SIGMAS));
      g_assert_true (isnan (limen_detector_cost (few)));
    }
}

/* No rule but those that say so sees the anomalies, and none sees the test half. */
static void
test_rules_see_what_they_say (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  for (guint kind = LIMEN_RULE_SIGMAS; kind <= LIMEN_RULE_LEAST_ERRORS; kind++) {
    LimenRule rule = {kind, 0.2, 0.9, 0.5};
    g_autoptr (LimenScores) validation = drawn (rand, LIMEN_SIDE_LOW, 100, FALSE, 0);
    g_autoptr (LimenScores) test = drawn (rand, LIMEN_SIDE_LOW, 100, FALSE, -5);
    g_autoptr (LimenScores) a = drawn (rand, LIMEN_SIDE_LOW, 100, FALSE, -2);
    g_autoptr (LimenScores) b = drawn (rand, LIMEN_SIDE_LOW, 100, FALSE, -9);
    g_autoptr (LimenDetector) one = detector_of (validation, a, rule);
    g_autoptr (LimenDetector) other = detector_of (validation, b, rule);
    g_autoptr (LimenDetector) tested =
        limen_detector_new_with_validation (validation, test, a, rule);
    g_assert_true ((one->threshold != other->threshold) == limen_rule_looks_at_anomalies (rule));
    g_assert_cmpfloat (one->threshold, ==, tested->threshold);
  }
}

/* -- the promise of a line -- */

static void
test_a_promise_follows_the_line (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  g_autoptr (LimenScores) set = drawn (rand, LIMEN_SIDE_LOW, 4000, FALSE, 0);
  g_autoptr (LimenScores) anomaly = drawn (rand, LIMEN_SIDE_LOW, 500, FALSE, -3);
  g_autoptr (LimenDetector) fixed =
      limen_detector_new (set, anomaly, (LimenSplit){LIMEN_SPLIT_ORDERED, 0}, given);
  g_assert_cmpint (fixed->promise, ==, LIMEN_PROMISE_FIXED);
  g_autoptr (LimenDetector) looking = limen_detector_with_promise (fixed, LIMEN_PROMISE_LOOKING);
  g_autoptr (LimenDetector) moved =
      limen_detector_with_rule (looking, (LimenRule){LIMEN_RULE_VALUE, -4});
  LimenErrorRate one = limen_detector_type_1 (fixed), band = limen_detector_type_1 (looking),
                 misses = limen_detector_type_2 (moved);
  g_assert_cmpfloat (looking->threshold, ==, fixed->threshold);
  g_assert_cmpuint (one.errors, ==, band.errors);
  g_assert_true (!one.band && band.band && misses.band);
  g_assert_true (band.low < one.low && one.high < band.high);
}

/* "At most 2 %, wherever you put the line": bounds of an η that was known to some per cent. */
static void
test_bounds_of_any_line (void)
{
  static const struct {
    guint k, n;
    double low, high;
  } table[] = {
      {0, 2000, 0, 0.0039},
      {20, 2000, 0.0042, 0.0198},
      {66, 5000, 0.0084, 0.0195},
      {13, 10000, 0.00040, 0.00305},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    LimenErrorRate rate = limen_error_rate_anywhere (table[i].k, table[i].n);
    g_assert_cmpfloat_with_epsilon (rate.low, table[i].low, 0.025 * table[i].low + 1e-9);
    g_assert_cmpfloat_with_epsilon (rate.high, table[i].high, 0.025 * table[i].high);
    g_assert_true (rate.band);
  }
  g_assert_cmpfloat (limen_error_rate_anywhere (0, 0).high, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule/texts-are-read-back", test_texts_are_read_back);
  g_test_add_func ("/rule/any-number-is-read-back", test_any_number_is_read_back);
  g_test_add_func ("/rule/other-texts-are-refused", test_other_texts_are_refused);
  g_test_add_func ("/rule/tails-of-binomials", test_tails_of_binomials);
  g_test_add_func ("/rule/ranks-are-the-sharpest", test_ranks_are_the_sharpest);
  g_test_add_func ("/rule/equal-is-enough", test_equal_is_enough);
  g_test_add_func ("/rule/how-many-images-it-takes", test_how_many_images_it_takes);
  g_test_add_func ("/rule/a-line-stands-at-its-rank", test_a_line_stands_at_its_rank);
  g_test_add_func ("/rule/conformal-lines-are-p-values", test_conformal_lines_are_p_values);
  g_test_add_func ("/rule/conformal-lines-about-a-mean", test_conformal_lines_about_a_mean);
  g_test_add_func ("/rule/costs-are-the-least", test_costs_are_the_least);
  g_test_add_func ("/rule/which-of-equal-thresholds", test_which_of_equal_thresholds);
  g_test_add_func ("/rule/without-what-it-takes", test_without_what_it_takes);
  g_test_add_func ("/rule/rules-see-what-they-say", test_rules_see_what_they_say);
  g_test_add_func ("/rule/a-promise-follows-the-line", test_a_promise_follows_the_line);
  g_test_add_func ("/rule/bounds-of-any-line", test_bounds_of_any_line);
  return g_test_run ();
}
