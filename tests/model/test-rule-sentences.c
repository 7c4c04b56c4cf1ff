/* What is said of rules and promises is true in every state: random ones, judged by counting, by
 * sums of binomial terms and by trying all thresholds. */
#include "model/detect/band.h"
#include "model/detect/sentences-rule.h"
#include "sides.h"
#include "written-power.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#define N_STATES 6000
#define MOST     400

/* -- states -- */

static double
draw_score (GRand *rand, guint style)
{
  double uniform = g_rand_double_range (rand, 1e-9, 1 - 1e-9);
  switch (style) {
  case 0: /* Gaussian */
    return gsl_cdf_ugaussian_Pinv (uniform);
  case 1: /* heavy tails */
    return tan (G_PI * (uniform - 0.5));
  case 2: /* none */
    return uniform;
  case 3: /* ties */
    return floor (6 * uniform);
  case 4: /* one number */
    return 2;
  default: /* no number */
    return g_rand_int_range (rand, 0, 9) ? NAN : uniform;
  }
}

static LimenScores *
draw_set (GRand *rand, LimenSide side, guint style, double shift)
{
  static const int most[] = {1, 2, 12, 60, MOST, MOST};
  double value[MOST + 1];
  guint n = (guint)g_rand_int_range (rand, 0, most[g_rand_int_range (rand, 0, 6)] + 1);
  for (guint i = 0; i < n; i++)
    value[i] = shift + draw_score (rand, style);
  return limen_scores_new_of (measure_of_side (side), "set", value, n);
}

static LimenRule
draw_rule (GRand *rand)
{
  static const double shares[] = {0.01, 0.05, 0.1, 0.4}, sigmas[] = {0, 1, 3, -1, 2.5, 6};
  static const double confidences[] = {0.5, 0.95, 0.99};
  double share = shares[g_rand_int_range (rand, 0, 4)];
  switch (g_rand_int_range (rand, 0, 6)) {
  case 0:
    return (LimenRule){LIMEN_RULE_SIGMAS, sigmas[g_rand_int_range (rand, 0, 6)]};
  case 1:
    return (LimenRule){LIMEN_RULE_VALUE, g_rand_double_range (rand, -3, 3)};
  case 2:
    return (LimenRule){LIMEN_RULE_FALSE_ALARMS, share, confidences[g_rand_int_range (rand, 0, 3)]};
  case 3:
    return (LimenRule){LIMEN_RULE_CONFORMAL, share};
  case 4:
    return (LimenRule){LIMEN_RULE_COST, 3, 1, share};
  default:
    return (LimenRule){LIMEN_RULE_LEAST_ERRORS};
  }
}

/* Test images that are sometimes drawn as the validation images were, and sometimes not */
static LimenDetector *
draw_detector (GRand *rand)
{
  LimenSide side = g_rand_int_range (rand, 0, N_SIDES);
  guint style = (guint)g_rand_int_range (rand, 0, 6);
  guint other = g_rand_boolean (rand) ? style : (guint)g_rand_int_range (rand, 0, 5);
  double away = side == LIMEN_SIDE_LOW ? -1 : 1;
  g_autoptr (LimenScores) validation = draw_set (rand, side, style, 0);
  g_autoptr (LimenScores) normal =
      draw_set (rand, side, other, g_rand_int_range (rand, 0, 4) ? 0 : away);
  g_autoptr (LimenScores) anomaly = draw_set (rand, side, other, 2 * away);
  g_autoptr (LimenDetector) detector = limen_detector_new_with_validation (
      g_rand_int_range (rand, 0, 30) ? validation : NULL, normal,
      g_rand_int_range (rand, 0, 4) ? anomaly : NULL, draw_rule (rand));
  return limen_detector_with_promise (detector, g_rand_boolean (rand) ? LIMEN_PROMISE_LOOKING
                                                                      : LIMEN_PROMISE_FIXED);
}

/* -- what is so -- */

static guint
count (const LimenScores *scores)
{
  return scores ? scores->n : 0;
}

static LimenSide
side_of (const LimenDetector *d)
{
  return d->normal->measure->side;
}

static guint
count_flagged (const LimenDetector *d, const LimenScores *scores)
{
  guint n = 0;
  LimenLines lines = limen_detector_lines (d);
  for (guint i = 0; scores && i < scores->n; i++)
    n += scores->value[i] < lines.low || scores->value[i] > lines.high;
  return n;
}

static guint
count_finite (const LimenScores *scores)
{
  guint n = 0;
  for (guint i = 0; scores && i < scores->n; i++)
    n += isfinite (scores->value[i]) != 0;
  return n;
}

static gboolean
is_set (const LimenDetector *d)
{
  return !isnan (d->threshold);
}

/* P(Bin(n, p) ≤ k); the first term is no zero */
static double
at_most (guint k, guint n, double p)
{
  long double term = powl (1 - (long double)p, n), sum = 0;
  for (guint j = 0; j <= k && j <= n; j++) {
    sum += term;
    term *= (long double)(n - j) / (j + 1) * p / (1 - (long double)p);
  }
  return (double)sum;
}

static double
at_least (guint k, guint n, double p)
{
  return k == 0 ? 1 : 1 - at_most (k - 1, n, p);
}

/* Errors, or their cost, of the threshold @value */
static double
cost_at (const LimenDetector *d, double value)
{
  LimenRule rule = d->rule;
  g_autoptr (LimenDetector) moved =
      limen_detector_with_rule (d, (LimenRule){LIMEN_RULE_VALUE, value});
  double alarms = count_flagged (moved, d->validation),
         misses = count (d->anomaly) - count_flagged (moved, d->anomaly);
  return rule.kind == LIMEN_RULE_LEAST_ERRORS
             ? alarms + misses
             : rule.value * (1 - rule.third) * alarms / count (d->validation) +
                   rule.second * rule.third * misses / count (d->anomaly);
}

static double
least_cost (const LimenDetector *d)
{
  const LimenScores *sets[] = {d->validation, d->anomaly};
  double least = fmin (cost_at (d, INFINITY), cost_at (d, -INFINITY));
  for (guint s = 0; s < 2; s++)
    for (guint i = 0; sets[s] && i < sets[s]->n; i += 1 + sets[s]->n / 40)
      for (int step = -1; step <= 1; step++)
        least = fmin (least, cost_at (d, sets[s]->value[i] + step * 1e-9));
  return least;
}

/* -- reading -- */

/* Whether @said rounds @exact to two digits or more */
static gboolean
is_about (double said, double exact)
{
  return fabs (said - exact) <= 0.051 * fabs (exact) + 1e-12;
}

/* -- judging what is promised -- */

static gboolean
has_rank (const LimenDetector *d, double n)
{
  double rate = d->rule.value, none = pow (1 - rate, n), one = n * rate * pow (1 - rate, n - 1);
  if (d->rule.kind == LIMEN_RULE_CONFORMAL)
    return 1 / (n + 1) <= rate;
  return none + (side_of (d) == LIMEN_SIDE_BOTH ? one : 0) <= (1 - d->rule.second) * (1 + 1e-10);
}

static gboolean
is_true_too_few (const char *text, const LimenDetector *d)
{
  double number[8];
  guint n = read_numbers (text, number, 8);
  gboolean tail = d->rule.kind == LIMEN_RULE_FALSE_ALARMS,
           ranks = tail || d->rule.kind == LIMEN_RULE_CONFORMAL;
  if (!ranks || n != (tail ? 4 : 3) || is_set (d))
    return FALSE;
  double given = tail ? d->rule.value * 100 : d->rule.value;
  return fabs (number[0] - given) < 1e-9 && number[n - 1] == count (d->validation) &&
         number[n - 1] > 0 && has_rank (d, number[n - 2]) && !has_rank (d, number[n - 2] - 1) &&
         number[n - 1] < number[n - 2];
}

static gboolean
is_true_gaussian (const char *text, const LimenDetector *d)
{
  double number[3], sigmas = d->rule.value;
  if (d->rule.kind != LIMEN_RULE_SIGMAS || !is_set (d) || read_numbers (text, number, 3) != 2)
    return FALSE;
  LimenSide side = side_of (d);
  double tail = side == LIMEN_SIDE_BOTH ? 2 * gsl_cdf_ugaussian_Q (fabs (sigmas))
                                        : gsl_cdf_ugaussian_Q (sigmas);
  gboolean below = g_str_has_prefix (text, "Mean − "), above = g_str_has_prefix (text, "Mean + "),
           either = g_str_has_prefix (text, "Mean ± ");
  gboolean placed = side == LIMEN_SIDE_BOTH  ? either
                    : d->threshold < d->mean ? below
                                             : d->threshold == d->mean || above;
  return placed && number[0] == fabs (sigmas) &&
         fabs (number[1] - 100 * tail) <= 0.006 * 100 * tail;
}

/* "With 95 % confidence at most 1 % … the 5 000 … the 39th" */
static gboolean
is_true_confidence (const char *text, const LimenDetector *d)
{
  double number[5], rate = d->rule.value;
  if (d->rule.kind != LIMEN_RULE_FALSE_ALARMS || !is_set (d) || read_numbers (text, number, 5) != 4)
    return FALSE;
  guint n = count (d->validation), k = (guint)number[3], more = side_of (d) == LIMEN_SIDE_BOTH;
  double risk = (more ? k : 1) * at_most (k - 1 + more, n, rate);
  return fabs (number[0] - 100 * d->rule.second) < 1e-9 && fabs (number[1] - 100 * rate) < 1e-9 &&
         number[2] == n && risk <= (1 - d->rule.second) * (1 + 1e-9) &&
         count_flagged (d, d->validation) < k;
}

static gboolean
is_true_average (const char *text, const LimenDetector *d)
{
  double number[3];
  if (d->rule.kind != LIMEN_RULE_CONFORMAL || !is_set (d) || read_numbers (text, number, 3) != 2)
    return FALSE;
  guint n = count (d->validation);
  return fabs (number[0] - 100 * d->rule.value) < 1e-9 && number[1] == n &&
         (count_flagged (d, d->validation) + 1) / (n + 1.0) <= d->rule.value * (1 + 1e-12);
}

static gboolean
is_true_found (const char *text, const LimenDetector *d)
{
  double number[5];
  gboolean least = d->rule.kind == LIMEN_RULE_LEAST_ERRORS;
  if (!(least || d->rule.kind == LIMEN_RULE_COST) || !is_set (d))
    return FALSE;
  double cost = least_cost (d), slack = 1e-9 + 1e-9 * cost;
  guint found = read_numbers (text, number, 5);
  if (!least)
    return found == 1 && is_about (number[0], cost_at (d, d->threshold)) &&
           cost_at (d, d->threshold) <= cost + slack && strstr (text, " costs ");
  return found == 4 && number[0] == count_flagged (d, d->validation) &&
         number[1] == count (d->validation) && number[3] == count (d->anomaly) &&
         number[2] == count (d->anomaly) - count_flagged (d, d->anomaly) &&
         number[0] + number[2] <= cost + slack;
}

static gboolean
is_true_promised (const char *text, const LimenDetector *d)
{
  guint n = count (d->validation), finite = count_finite (d->validation);
  if (g_str_has_prefix (text, "Without normal images"))
    return !is_set (d) && n == 0;
  if (g_str_has_prefix (text, "The rule “"))
    return is_true_too_few (text, d);
  if (g_str_has_prefix (text, "A rule that weighs errors"))
    return limen_rule_looks_at_anomalies (d->rule) && count (d->anomaly) == 0 && !is_set (d);
  if (g_str_has_prefix (text, "The validation scores are infinite"))
    return !is_set (d) && n > 0 && finite == 0;
  if (strstr (text, "have no standard deviation above 0"))
    return d->rule.kind == LIMEN_RULE_SIGMAS && !is_set (d) && !(d->std > 0) && finite > 0;
  if (g_str_has_prefix (text, "Mean "))
    return is_true_gaussian (text, d);
  if (g_str_has_prefix (text, "A threshold that is given"))
    return d->rule.kind == LIMEN_RULE_VALUE && is_set (d);
  if (g_str_has_prefix (text, "With "))
    return is_true_confidence (text, d);
  if (g_str_has_prefix (text, "On average"))
    return is_true_average (text, d);
  return g_str_has_prefix (text, "The line was found by looking") && is_true_found (text, d);
}

/* -- judging what is tested -- */

/* Ends of the interval, by their definition: tails of 2.5 %, of the band the narrower ones that its
 * η says */
static gboolean
are_ends (double low, double high, guint k, guint n, gboolean band)
{
  double tail = (band ? limen_band_eta (n, 0.95) : 0.05) / 2;
  double narrow = 0.94, wide = 1.06; /* of two digits */
  gboolean low_is = k == 0 ? low == 0
                           : at_least (k, n, low * narrow) <= tail * 1.0001 &&
                                 (low * wide >= 1 || at_least (k, n, low * wide) >= tail * 0.9999);
  gboolean high_is = k == n
                         ? high == 1
                         : at_most (k, n, high * narrow) >= tail * 0.9999 &&
                               (high * wide >= 1 || at_most (k, n, high * wide) <= tail * 1.0001);
  return low_is && high_is;
}

/* "of the normal test images it flags 2.6 % (95 %: 2.2–3.1 %)" */
static gboolean
is_true_rate (const char *text, const LimenDetector *d)
{
  double number[5];
  guint n = count (d->normal), k = count_flagged (d, d->normal);
  gboolean band = d->promise == LIMEN_PROMISE_LOOKING;
  if (!is_set (d) || n == 0 || read_numbers (text, number, 5) < 4)
    return FALSE;
  double rate = 100.0 * k / n;
  gboolean exact = (number[0] == 0) == (k == 0) && (number[0] == 100) == (k == n);
  return exact && is_about (number[0], rate) && number[1] == 95 &&
         (strstr (text, "wherever the line is") != NULL) == band &&
         are_ends (number[2] / 100, number[3] / 100, k, n, band);
}

/* The tail that decides whether a rate is above or below @share */
static double
tail_of (const LimenDetector *d)
{
  guint n = count (d->normal);
  return (d->promise == LIMEN_PROMISE_LOOKING ? limen_band_eta (n, 0.95) : 0.05) / 2;
}

static gboolean
is_true_end (const char *end, const LimenDetector *d)
{
  guint n = count (d->normal), k = count_flagged (d, d->normal);
  LimenRuleKind kind = d->rule.kind;
  gboolean gaussian = kind == LIMEN_RULE_SIGMAS;
  double share = gaussian ? limen_rule_gaussian_rate (d->rule, side_of (d)) : d->rule.value,
         tail = tail_of (d), slack = 1e-9;
  gboolean rate = kind == LIMEN_RULE_FALSE_ALARMS || kind == LIMEN_RULE_CONFORMAL;
  gboolean may_be_more = at_least (k, n, share) <= tail + slack,
           may_be_less = at_most (k, n, share) <= tail + slack,
           surely_more = at_least (k, n, share) < tail - slack,
           surely_less = at_most (k, n, share) < tail - slack;
  if (strstr (end, "heavier than that of the Gaussian fitted to the validation scores"))
    return gaussian && may_be_more;
  if (strstr (end, "lighter than that of the Gaussian fitted to the validation scores"))
    return gaussian && may_be_less;
  if (strstr (end, "no evidence against a Gaussian"))
    return gaussian && !surely_more && !surely_less;
  if (strstr (end, "more than that"))
    return rate && may_be_more;
  if (strstr (end, "which confirms it"))
    return rate && may_be_less;
  if (strstr (end, "no evidence against it"))
    return rate && !surely_more && !surely_less;
  if (strstr (end, "is of those that set the line"))
    return limen_rule_looks_at_anomalies (d->rule) && count (d->anomaly) > 0;
  return g_str_equal (end, "") && kind == LIMEN_RULE_VALUE;
}

static gboolean
is_true_tested (const char *text, const LimenDetector *d)
{
  if (g_str_has_prefix (text, "there are no normal test images"))
    return is_set (d) && count (d->normal) == 0;
  const char *end = strchr (text, ')');
  return g_str_has_prefix (text, "of the normal test images it flags ") && end &&
         is_true_rate (text, d) && is_true_end (end + 1, d);
}

/* -- judging where it holds -- */

/* An upper bound of the band in percent, rounded up a little at most */
static gboolean
is_bound (double percent, guint k, guint n)
{
  double tail = n > 0 ? limen_band_eta (n, 0.95) / 2 : NAN, high = percent / 100;
  if (n == 0 || k == n)
    return n > 0 && percent == 100;
  return at_most (k, n, fmin (high, 1)) <= tail * (1 + 1e-6) &&
         at_most (k, n, high * 0.985) >= tail * (1 - 1e-6);
}

static gboolean
is_true_anywhere (const char *text, const LimenDetector *d)
{
  double number[4];
  guint n_1 = count (d->normal), n_2 = count (d->anomaly), k_1 = count_flagged (d, d->normal),
        k_2 = n_2 - count_flagged (d, d->anomaly), found = read_numbers (text, number, 4);
  gboolean looking = d->promise == LIMEN_PROMISE_LOOKING, given = d->rule.kind == LIMEN_RULE_VALUE,
           looks = limen_rule_looks_at_anomalies (d->rule);
  gboolean flagged = strstr (text, "of all normal images are flagged") != NULL,
           kept = strstr (text, "of all anomalies are kept") != NULL;
  if (!is_set (d) || n_1 + n_2 == 0)
    return FALSE;
  if (g_str_has_prefix (text, "At most "))
    return looking && flagged == (n_1 > 0) && kept == (n_2 > 0) && number[found - 1] == 95 &&
           (!flagged || is_bound (number[0], k_1, n_1)) &&
           (!kept || is_bound (number[found - 2], k_2, n_2));
  if (g_str_has_prefix (text, "The intervals are of a line that was put there"))
    return !looking && given;
  if (g_str_has_prefix (text, "The rule has looked at the anomalies"))
    return !looking && looks && n_2 > 0;
  return g_str_has_prefix (text, "The rule has seen none") && !looking && !looks && !given;
}

/* -- tests -- */

typedef gboolean (*Judge) (const char *text, const LimenDetector *d);
static const Judge judges[LIMEN_N_RULE_CLAIMS] = {is_true_promised, is_true_tested,
                                                  is_true_anywhere};

typedef struct {
  guint said[16];
  gboolean caught[16];
} Seen;

/* What may be said at all: words of a rank, say, where there are validation images to be ranked */
static gboolean
can_be_said (guint table, const LimenDetector *d)
{
  return table == LIMEN_RULE_PROMISED ? count (d->validation) > 0 && count (d->anomaly) > 0 : TRUE;
}

static void
visit (guint table, const LimenDetector *d, guint state, Seen *seen)
{
  guint n;
  const LimenClaim *claims = limen_rule_claims (table, &n);
  guint first = limen_claim_first (claims, n, d);
  if (first < n) {
    g_autofree char *text = limen_claim_words (&claims[first], d);
    if (!judges[table](text, d))
      g_error ("state %u, threshold %.17g: “%s” is not true (%s)", state, d->threshold, text,
               claims[first].name);
    seen->said[first]++;
  }
  for (guint i = 0; i < n && can_be_said (table, d); i++) { /* with teeth: without its condition */
    if (seen->caught[i] || i == first)
      continue;
    g_autofree char *text = limen_claim_words (&claims[i], d);
    seen->caught[i] = !judges[table](text, d);
  }
}

static void
test_no_sentence_is_contradicted (void)
{
  Seen seen[LIMEN_N_RULE_CLAIMS] = {0};
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261130);
  for (guint s = 0; s < N_STATES; s++) {
    g_autoptr (LimenDetector) d = draw_detector (rand);
    for (guint table = 0; table < LIMEN_N_RULE_CLAIMS; table++)
      visit (table, d, s, &seen[table]);
  }
  for (guint table = 0; table < LIMEN_N_RULE_CLAIMS; table++) {
    guint n;
    const LimenClaim *claims = limen_rule_claims (table, &n);
    for (guint i = 0; i < n; i++) {
      g_test_message ("%s: said %u times", claims[i].name, seen[table].said[i]);
      if (seen[table].said[i] == 0 || !seen[table].caught[i])
        g_error ("“%s”: said %u times, and without its condition %s", claims[i].name,
                 seen[table].said[i], seen[table].caught[i] ? "contradicted" : "not noticed");
    }
  }
}

/* Of every state a promise is told, as one or two clauses that end with one full stop. */
static void
test_every_rule_has_a_promise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  for (guint s = 0; s < N_STATES; s++) {
    g_autoptr (LimenDetector) d = draw_detector (rand);
    g_autofree char *promise = limen_rule_promise (d), *anywhere = limen_rule_anywhere (d);
    g_assert_true (promise && g_str_has_suffix (promise, ".") && !strstr (promise, ".."));
    g_assert_true ((strstr (promise, "normal test images") != NULL) == is_set (d));
    gboolean tested = is_set (d) && count (d->normal) + count (d->anomaly) > 0;
    g_assert_true ((anywhere != NULL) == tested);
  }
}

/* Who keeps room for the longest promise has room for each of them. */
static void
test_no_promise_is_longer_than_the_longest (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  glong most = g_utf8_strlen (limen_rule_longest_anywhere (), -1), longest[6] = {0};
  for (guint s = 0; s < N_STATES; s++) {
    g_autoptr (LimenDetector) d = draw_detector (rand);
    g_autofree char *promise = limen_rule_promise (d), *anywhere = limen_rule_anywhere (d);
    LimenRuleKind kind = d->rule.kind;
    if (is_set (d))
      longest[kind] = MAX (longest[kind], g_utf8_strlen (promise, -1));
    g_assert_cmpint (anywhere ? g_utf8_strlen (anywhere, -1) : 0, <=, most);
  }
  for (LimenRuleKind kind = 0; kind < 6; kind++) { /* and little is wasted */
    glong room = g_utf8_strlen (limen_rule_longest_promise (kind), -1);
    g_assert_cmpint (longest[kind], <=, room);
    g_assert_cmpint (longest[kind], >=, room - 40);
  }
}

/* 0.135 % of a Gaussian, 2.6 % of scores with a heavier tail */
static void
test_three_standard_deviations (void)
{
  g_autofree double *value = g_new (double, 10000);
  for (guint i = 0; i < 10000; i++) { /* Gaussian, and 2.5 % of them far below */
    double uniform = (i * 7919 % 10000 + 0.5) / 10000;
    value[i] = i % 40 == 0 ? -9 : gsl_cdf_ugaussian_Pinv (uniform);
  }
  g_autoptr (LimenScores) normal = limen_scores_new ("normal", value, 10000);
  g_autoptr (LimenDetector) d = limen_detector_new (
      normal, NULL, (LimenSplit){LIMEN_SPLIT_RANDOM, 1}, (LimenRule){LIMEN_RULE_SIGMAS, 3});
  g_autofree char *promise = limen_rule_promise (d);
  g_assert_true (g_str_has_prefix (promise,
                                   "Mean − 3 standard deviations flags 0.135 % of Gaussian "
                                   "scores, and promises nothing of others; of the normal "
                                   "test images it flags 2."));
  g_assert_true (strstr (promise, "heavier than that of the Gaussian"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule-sentences/no-sentence-is-contradicted", test_no_sentence_is_contradicted);
  g_test_add_func ("/rule-sentences/every-rule-has-a-promise", test_every_rule_has_a_promise);
  g_test_add_func ("/rule-sentences/no-promise-is-longer-than-the-longest",
                   test_no_promise_is_longer_than_the_longest);
  g_test_add_func ("/rule-sentences/three-standard-deviations", test_three_standard_deviations);
  return g_test_run ();
}
