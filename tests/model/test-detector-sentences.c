/* What is stated of a detector is true in every state: 10,000 random ones, judged by counting. */
#include "model/detect/sentences.h"
#include "sides.h"
#include "written-power.h"

#include <math.h>
#include <string.h>

#define N_STATES 10000
#define SEED     20261129
#define MANY     3000

/* States */

typedef enum { SMOOTH, TIES, EQUAL, LARGE, CLOSE, BROKEN, N_STYLES } Style;

static double
draw_score (GRand *rand, Style style, double centre)
{
  double uniform = g_rand_double_range (rand, -1, 1);
  switch (style) {
  case TIES:
    return floor (centre) + g_rand_int_range (rand, -3, 4);
  case EQUAL:
    return centre;
  case LARGE:
    return uniform * 1e12;
  case CLOSE:
    return centre + uniform * 1e-3;
  case BROKEN: /* a flow that overflows */
    return g_rand_int_range (rand, 0, 4) == 0 ? -INFINITY : centre + 100 * uniform;
  default:
    return centre + 500 * uniform;
  }
}

static guint
draw_count (GRand *rand)
{
  static const int most[] = {1, 2, 3, 4, 10, 100, 1000, MANY};
  return (guint)g_rand_int_range (rand, 0, most[g_rand_int_range (rand, 0, 8)] + 1);
}

/* @scale: of a measure whose numbers are smaller */
static LimenScores *
draw_scores (GRand *rand, LimenSide side, Style style, double centre, double scale)
{
  double value[MANY];
  guint n = draw_count (rand);
  for (guint i = 0; i < n; i++)
    value[i] = scale * draw_score (rand, style, centre);
  return limen_scores_new_of (measure_of_side (side), "set", value, n);
}

static double
one_of (GRand *rand, const LimenScores *scores, double otherwise)
{
  return scores->n ? scores->value[g_rand_int_range (rand, 0, (int)scores->n)] : otherwise;
}

static LimenRule
draw_rule (GRand *rand, const LimenScores *normal, const LimenScores *anomaly, double centre)
{
  static const double sigmas[] = {0, 1, 3, -2, 0.001, 1000};
  static const double shares[] = {0.5, 0.3, 0.07, 0.001};
  double share = shares[g_rand_int_range (rand, 0, 4)];
  switch (g_rand_int_range (rand, 0, 14)) {
  case 6:
    return (LimenRule){LIMEN_RULE_FALSE_ALARMS, share, 0.9};
  case 7:
    return (LimenRule){LIMEN_RULE_CONFORMAL, share};
  case 8:
    return (LimenRule){LIMEN_RULE_COST, 1, 2, share};
  case 9:
    return (LimenRule){LIMEN_RULE_LEAST_ERRORS};
  case 0:
    return (LimenRule){LIMEN_RULE_VALUE, INFINITY};
  case 1:
    return (LimenRule){LIMEN_RULE_VALUE, -INFINITY};
  case 2:
    return (LimenRule){LIMEN_RULE_VALUE, one_of (rand, normal, centre)};
  case 3:
    return (LimenRule){LIMEN_RULE_VALUE, one_of (rand, anomaly, centre)};
  case 4:
    return (LimenRule){LIMEN_RULE_VALUE, centre + g_rand_double_range (rand, -400, 400)};
  case 5:
    return (LimenRule){LIMEN_RULE_VALUE, floor (centre)};
  default:
    return (LimenRule){LIMEN_RULE_SIGMAS, sigmas[g_rand_int_range (rand, 0, 6)]};
  }
}

static LimenDetector *
draw_detector (GRand *rand)
{
  LimenSide side = g_rand_int_range (rand, 0, N_SIDES);
  double scale = side != LIMEN_SIDE_LOW && g_rand_boolean (rand) ? 1e-5 : 1;
  double centre = g_rand_int_range (rand, 0, 4) ? g_rand_double_range (rand, -3000, 3000)
                                                : g_rand_double_range (rand, -1, 1);
  Style style = g_rand_int_range (rand, 0, N_STYLES);
  g_autoptr (LimenScores) normal = draw_scores (rand, side, style, centre, scale);
  g_autoptr (LimenScores) anomaly = draw_scores (rand, side, style, centre - 200, scale);
  g_autoptr (LimenScores) validation = draw_scores (rand, side, style, centre, scale);
  LimenRule rule = draw_rule (rand, normal, anomaly, scale * centre);
  switch (g_rand_int_range (rand, 0, 4)) {
  case 0:
    return limen_detector_new (normal, anomaly, (LimenSplit){LIMEN_SPLIT_RANDOM, 3}, rule);
  case 1:
    return limen_detector_new (NULL, anomaly, (LimenSplit){LIMEN_SPLIT_ORDERED, 0}, rule);
  case 2:
    return limen_detector_new_with_validation (validation, normal, NULL, rule);
  default:
    return limen_detector_new_with_validation (validation, normal, anomaly, rule);
  }
}

/* Judging, by one pass over the scores for each question */

static LimenSide
side_of (const LimenDetector *d)
{
  return d->anomaly ? d->anomaly->measure->side : d->validation->measure->side;
}

/* What is kept lies between */
typedef struct {
  double low, high;
} Ends;

static Ends
ends_of (const LimenDetector *d)
{
  double other = d->mean + (d->mean - d->threshold);
  switch (side_of (d)) {
  case LIMEN_SIDE_LOW:
    return (Ends){d->threshold, INFINITY};
  case LIMEN_SIDE_HIGH:
    return (Ends){-INFINITY, d->threshold};
  default:
    return (Ends){MIN (d->threshold, other), MAX (d->threshold, other)};
  }
}

static guint
count_flagged (const LimenScores *scores, Ends ends)
{
  guint count = 0;
  for (guint i = 0; scores && i < scores->n; i++)
    count += scores->value[i] < ends.low || scores->value[i] > ends.high;
  return count;
}

static guint
count (const LimenScores *scores)
{
  return scores ? scores->n : 0;
}

typedef struct {
  guint n;
  double low, high, mean, std;
} Moments;

static Moments
moments (const LimenScores *scores)
{
  Moments m = {0, INFINITY, -INFINITY, NAN, NAN};
  long double sum = 0, squares = 0;
  for (guint i = 0; scores && i < scores->n; i++)
    if (isfinite (scores->value[i])) {
      m.n++;
      m.low = fmin (m.low, scores->value[i]);
      m.high = fmax (m.high, scores->value[i]);
      sum += (long double)scores->value[i];
    }
  for (guint i = 0; scores && i < scores->n; i++)
    if (isfinite (scores->value[i])) {
      long double distance = (long double)scores->value[i] - sum / m.n;
      squares += distance * distance;
    }
  m.mean = m.n > 0 ? (double)(sum / m.n) : NAN;
  m.std = m.n > 1 ? (double)sqrtl (squares / (m.n - 1)) : NAN;
  return m;
}

/* "·10⁻⁵" at the beginning of @text, past which it moves; 1 where there is none */
static double
read_power (const char **text)
{
  if (!g_str_has_prefix (*text, "·10"))
    return 1;
  gsize length = strcspn (*text, " ,;");
  g_autoptr (GString) plain = g_string_new_len (*text, (gssize)length);
  make_plain (plain); /* "e-5" */
  *text += length;
  return pow (10, g_ascii_strtod (plain->str + 1, NULL));
}

/* A number as it is written on screen, at the beginning of @text. @half: (out): half a unit of its
 * last digit; @rest: (out): what follows it. FALSE where there is none */
static gboolean
read_number (const char *text, double *value, double *half, const char **rest)
{
  static const char minus[] = "\u2212", thin[] = "\u2009", infinite[] = "∞";
  char digits[512] = "";
  gsize n = 0, after_point = 0;
  gboolean negative = g_str_has_prefix (text, minus), point = FALSE;
  text += negative ? strlen (minus) : 0;
  if (g_str_has_prefix (text, infinite)) {
    *value = negative ? -INFINITY : INFINITY;
    *half = 0;
    *rest = text + strlen (infinite);
    return TRUE;
  }
  for (;;) {
    if (g_str_has_prefix (text, thin))
      text += strlen (thin);
    else if (g_ascii_isdigit (*text) || (*text == '.' && !point)) {
      point = point || *text == '.';
      after_point += point && *text != '.';
      digits[n++] = *text++;
    } else
      break;
  }
  double scale = read_power (&text);
  *value = (negative ? -1 : 1) * g_ascii_strtod (digits, NULL) * scale;
  *half = 0.5 * pow (10, -(double)after_point) * (1 + 1e-9) * scale;
  *rest = text;
  return n > 0;
}

static gboolean
take (const char **text, const char *words)
{
  if (!g_str_has_prefix (*text, words))
    return FALSE;
  *text += strlen (words);
  return TRUE;
}

/* "2.6 %", "none of" or "all" of @n, of which @errors are meant. A percentage must be the rate,
 * rounded, and neither 0 nor 100. */
static gboolean
is_true_share (const char **text, const char *none, const char *all, const char *some, guint errors,
               guint n)
{
  double percent, half;
  if (take (text, none))
    return n > 0 && errors == 0;
  if (take (text, all))
    return n > 0 && errors == n;
  return read_number (*text, &percent, &half, text) && take (text, some) && n > 0 && errors > 0 &&
         errors < n && percent > 0 && percent < 100 && fabs (percent - 100.0 * errors / n) <= half;
}

static gboolean
is_true_flagged (const char **text, const LimenDetector *d, Ends ends)
{
  return is_true_share (text, "none of the normal images is flagged",
                        "all normal images are flagged", " % of the normal images are flagged",
                        count_flagged (d->normal, ends), count (d->normal));
}

static gboolean
is_true_passed (const char **text, const LimenDetector *d, Ends ends)
{
  return is_true_share (text, "none of the anomalies is kept", "all anomalies are kept",
                        " % of the anomalies are kept",
                        count (d->anomaly) - count_flagged (d->anomaly, ends), count (d->anomaly));
}

/* A line, written as a number that it rounds to. @said: (out): that number */
static gboolean
is_true_line (const char **text, double line, double *said)
{
  double half;
  return read_number (*text, said, &half, text) &&
         (*said == line || fabs (*said - line) <= half + 1e-12 * fabs (line));
}

/* @ends: (out): those that are spoken of: as they are written, where that is not "about" */
static gboolean
is_true_at (const char **text, const LimenDetector *d, Ends *ends)
{
  static const char *const unit[N_SIDES] = {" nats", "", " bits"};
  gboolean about = g_str_has_prefix (*text, "At about ");
  const Ends exact = ends_of (d);
  LimenSide side = side_of (d);
  *ends = exact;
  if (!take (text, about ? "At about " : "At "))
    return FALSE;
  if (side != LIMEN_SIDE_HIGH && !is_true_line (text, exact.low, &ends->low))
    return FALSE;
  if (side == LIMEN_SIDE_BOTH && exact.low == exact.high)
    ends->high = ends->low;
  else if (side == LIMEN_SIDE_BOTH && !take (text, " and "))
    return FALSE;
  else if (side != LIMEN_SIDE_LOW && !is_true_line (text, exact.high, &ends->high))
    return FALSE;
  if (!take (text, unit[side]))
    return FALSE;
  if (about)
    *ends = exact;
  return count_flagged (d->normal, *ends) == count_flagged (d->normal, exact) &&
         count_flagged (d->anomaly, *ends) == count_flagged (d->anomaly, exact);
}

static gboolean
is_true_equal (const char *text, const LimenDetector *d)
{
  double n, score, half;
  Moments m = moments (d->validation);
  if (!take (&text, "The standard deviation of the ") || !read_number (text, &n, &half, &text) ||
      !take (&text, " validation scores is 0, all are ") ||
      !read_number (text, &score, &half, &text))
    return FALSE;
  static const char *const ends[N_SIDES] = {
      " nats; give other normal images, or the threshold in nats.",
      "; give other normal images, or the threshold itself.",
      " bits; give other normal images, or the threshold in bits."};
  if (!g_str_equal (text, ends[side_of (d)]))
    return FALSE;
  return n == m.n && m.n > 1 && m.low == m.high && fabs (score - m.low) <= half;
}

/* Whether so many validation images have a rank at which the rule can put a line, by adding the
 * terms with no image, or one, beyond */
static gboolean
has_rank (const LimenDetector *d, double n)
{
  double rate = d->rule.value, none = pow (1 - rate, n), one = n * rate * pow (1 - rate, n - 1);
  if (d->rule.kind == LIMEN_RULE_CONFORMAL)
    return 1 / (n + 1) <= rate;
  return none + (side_of (d) == LIMEN_SIDE_BOTH ? one : 0) <= 1 - d->rule.second;
}

/* "… takes 299 validation images, and there are 100; …" */
static gboolean
is_true_too_few (const char *text, const LimenDetector *d)
{
  double takes, there, half;
  gboolean ranks = d->rule.kind == LIMEN_RULE_FALSE_ALARMS || d->rule.kind == LIMEN_RULE_CONFORMAL;
  const char *at = strstr (text, " takes "), *then = strstr (text, ", and there ");
  if (!ranks || !at || !then)
    return FALSE;
  at += strlen (" takes ");
  then += strlen (", and there ");
  if ((!take (&then, "is ") && !take (&then, "are ")) || !read_number (at, &takes, &half, &at) ||
      !read_number (then, &there, &half, &then))
    return FALSE;
  return isnan (d->threshold) && there == count (d->validation) && there > 0 && there < takes &&
         has_rank (d, takes) && !has_rank (d, takes - 1) && take (&at, " validation images,");
}

static gboolean
is_true_no_anomalies (const LimenDetector *d)
{
  gboolean looks = d->rule.kind == LIMEN_RULE_COST || d->rule.kind == LIMEN_RULE_LEAST_ERRORS;
  return isnan (d->threshold) && looks && count (d->anomaly) == 0;
}

static gboolean
is_true_headline (const char *text, const LimenDetector *d)
{
  static const char *const itself[N_SIDES] = {"in nats.", "itself.", "in bits."};
  Ends ends;
  gboolean normal = count (d->normal) > 0, anomaly = count (d->anomaly) > 0;
  if (g_str_has_prefix (text, "The rule “"))
    return is_true_too_few (text, d);
  if (g_str_has_prefix (text, "A rule that weighs errors looks at anomalies, and there are none"))
    return is_true_no_anomalies (d);
  if (g_str_has_prefix (text, "Without normal images"))
    return isnan (d->threshold) && moments (d->validation).n == 0;
  if (g_str_has_prefix (text, "One validation image"))
    return isnan (d->threshold) && moments (d->validation).n == 1 &&
           g_str_has_suffix (text, itself[side_of (d)]);
  if (g_str_has_prefix (text, "The standard deviation"))
    return isnan (d->threshold) && is_true_equal (text, d);
  if (isnan (d->threshold) || !is_true_at (&text, d, &ends))
    return FALSE;
  if (take (&text, " there are no images to test."))
    return !normal && !anomaly && !*text;
  if (!take (&text, ", "))
    return FALSE;
  if (normal && !is_true_flagged (&text, d, ends))
    return FALSE;
  if (normal && take (&text, "; there are no anomalies to test."))
    return !anomaly && !*text;
  if (normal && !take (&text, ", and "))
    return FALSE;
  if (!is_true_passed (&text, d, ends))
    return FALSE;
  return g_str_equal (text, normal ? "." : "; there are no normal images to test.");
}

/* While scores come: of the set that there is, and of the other one nothing */
static gboolean
is_true_so_far (const char *text, const LimenDetector *d)
{
  Ends ends;
  gboolean normal = count (d->normal) > 0;
  if (isnan (d->threshold) || normal == (count (d->anomaly) > 0) || !is_true_at (&text, d, &ends) ||
      !take (&text, ", "))
    return FALSE;
  return (normal ? is_true_flagged (&text, d, ends) : is_true_passed (&text, d, ends)) &&
         g_str_equal (text, ".");
}

static gboolean
is_true_place (const char *text, const LimenDetector *d)
{
  Moments m = moments (d->validation);
  double scale = 1e-9 * (fabs (m.mean) + m.std);
  if (g_str_equal (text, "there are no validation scores"))
    return m.n == 0;
  if (g_str_equal (text, "one validation image has no standard deviation"))
    return m.n == 1;
  if (g_str_equal (text, "all validation scores are the same"))
    return m.n > 1 && m.low == m.high;
  if (m.n < 2 || m.low == m.high)
    return FALSE;
  if (g_str_equal (text, "there is no threshold"))
    return isnan (d->threshold);
  if (isnan (d->threshold))
    return FALSE;
  if (g_str_equal (text, "the mean"))
    return fabs (d->threshold - m.mean) <= scale;
  gboolean above = g_str_has_suffix (text, " above the mean");
  gboolean either = g_str_has_suffix (text, " on either side of the mean");
  if (!strstr (text, " standard deviation") || either != (side_of (d) == LIMEN_SIDE_BOTH) ||
      (!above && !either && !g_str_has_suffix (text, " below the mean")))
    return FALSE;
  above = above || (either && d->threshold > m.mean);
  if (g_str_has_prefix (text, "infinitely many "))
    return d->threshold == (above ? INFINITY : -INFINITY);
  g_autoptr (GString) plain = g_string_new (text);
  make_plain (plain);
  double said = g_ascii_strtod (plain->str, NULL),
         distance = (m.mean - d->threshold) * (above ? -1 : 1);
  return said >= 0 && fabs (said * m.std - distance) <= 6e-4 * fabs (distance) + scale;
}

static gboolean
is_true (LimenDetectorClaims table, const char *text, const LimenDetector *d)
{
  Ends ends;
  switch (table) {
  case LIMEN_CLAIMS_HEADLINE:
    return is_true_headline (text, d);
  case LIMEN_CLAIMS_SO_FAR:
    return is_true_so_far (text, d);
  case LIMEN_CLAIMS_AT:
    return is_true_at (&text, d, &ends) && !*text;
  case LIMEN_CLAIMS_FLAGGED:
    return is_true_flagged (&text, d, ends_of (d)) && !*text;
  case LIMEN_CLAIMS_PASSED:
    return is_true_passed (&text, d, ends_of (d)) && !*text;
  default:
    return is_true_place (text, d);
  }
}

/* Tests */

/* "At" is only said of a threshold that is set. */
static gboolean
applies (LimenDetectorClaims table, const LimenDetector *d)
{
  return table != LIMEN_CLAIMS_AT || !isnan (d->threshold);
}

/* What the claims of @table are about */
static gconstpointer
state_of (guint table, const LimenDetector *d, LimenErrorRate *rate)
{
  if (table != LIMEN_CLAIMS_FLAGGED && table != LIMEN_CLAIMS_PASSED)
    return d;
  *rate = table == LIMEN_CLAIMS_FLAGGED ? limen_detector_type_1 (d) : limen_detector_type_2 (d);
  return rate;
}

static void
test_no_sentence_is_contradicted (void)
{
  guint said[LIMEN_N_DETECTOR_CLAIMS][16] = {{0}};
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  for (guint s = 0; s < N_STATES; s++) {
    g_autoptr (LimenDetector) d = draw_detector (rand);
    for (guint table = 0; table < LIMEN_N_DETECTOR_CLAIMS; table++) {
      guint n;
      const LimenClaim *claims = limen_detector_claims (table, &n);
      LimenErrorRate rate;
      gconstpointer state = state_of (table, d, &rate);
      guint first = limen_claim_first (claims, n, state);
      if (first == n || !applies (table, d))
        continue;
      g_autofree char *text = limen_claim_words (&claims[first], state);
      said[table][first]++;
      if (!is_true (table, text, d))
        g_error ("state %u, threshold %.17g: “%s” is not true (%s)", s, d->threshold, text,
                 claims[first].name);
    }
    g_autofree char *sentence = limen_detector_sentence (d), *place = limen_detector_place (d);
    g_assert_true (is_true_headline (sentence, d));
    g_assert_true (is_true_place (place, d));
  }
  for (guint table = 0; table < LIMEN_N_DETECTOR_CLAIMS; table++) { /* each one came up */
    guint n;
    const LimenClaim *claims = limen_detector_claims (table, &n);
    for (guint i = 0; i < n; i++)
      if (said[table][i] == 0)
        g_error ("no state makes “%s” be said", claims[i].name);
  }
}

/* A claim that is made without its condition is caught. */
static gboolean
is_caught (LimenDetectorClaims table, LimenClaim claim)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  claim.holds = limen_claim_always;
  for (guint s = 0; s < N_STATES; s++) {
    g_autoptr (LimenDetector) d = draw_detector (rand);
    LimenErrorRate rate;
    gconstpointer state = state_of (table, d, &rate);
    g_autofree char *text = applies (table, d) ? limen_claim_say (&claim, 1, state) : NULL;
    if (text && !is_true (table, text, d))
      return TRUE;
  }
  return FALSE;
}

static void
test_each_condition_is_needed (void)
{
  for (guint table = 0; table < LIMEN_N_DETECTOR_CLAIMS; table++) {
    guint n;
    const LimenClaim *claims = limen_detector_claims (table, &n);
    for (guint i = 0; i < n; i++) {
      gboolean always = table == LIMEN_CLAIMS_AT && claims[i].holds == limen_claim_always;
      if (is_caught (table, claims[i]) == always) /* "about" is true of every threshold */
        g_error ("“%s” without its condition: %s", claims[i].name,
                 always ? "contradicted" : "nothing is noticed");
    }
  }
}

/* 0 and 100 are said of nothing else. */
static void
test_percentages (void)
{
  static const struct {
    double rate;
    const char *text;
  } table[] = {
      {0, "0"},
      {1, "100"},
      {0.026, "2.6"},
      {0.5, "50"},
      {0.9996, "99.96"},
      {0.99999999, "99.999999"},
      {37 / 2000.0, "1.9"}, /* as readers round 1.85, not to an even digit */
      {27 / 200.0, "14"},
      {1e-9, "0.00000010"},
      {0.0999, "10.0"},
      {0.96, "96"},
      {0.125, "13"},
      {NAN, "–"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = limen_percent_text (table[i].rate);
    g_assert_cmpstr (text, ==, table[i].text);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/detector-sentences/no-sentence-is-contradicted",
                   test_no_sentence_is_contradicted);
  g_test_add_func ("/detector-sentences/each-condition-is-needed", test_each_condition_is_needed);
  g_test_add_func ("/detector-sentences/percentages", test_percentages);
  return g_test_run ();
}
