/* What rules promise, and where it holds. */
#include "model/detect/sentences-rule.h"
#include "model/base/number.h"

#include <math.h>

#define DIGITS       6 /* of numbers that the user gave */
#define BOUND_DIGITS 3

/* -- numbers -- */

static LimenSide
side_of (const LimenDetector *detector)
{
  return limen_detector_measure (detector)->side;
}

static guint
n_of (const LimenScores *scores)
{
  return scores ? scores->n : 0;
}

static gboolean
is_set (const LimenDetector *detector)
{
  return !isnan (detector->threshold);
}

static char *
given_percent (double share)
{
  return limen_format_significant (100 * share, DIGITS);
}

static char *
count_text (guint n)
{
  return limen_format_number (n, 0);
}

static double
rounded_up (double value, int decimals)
{
  double unit = pow (10, decimals);
  return ceil (value * unit * (1 - 1e-12)) / unit;
}

/* (transfer full): an upper bound in percent, rounded up, so that it stays one, and not to 100 */
static char *
bound_percent (double share)
{
  double percent = 100 * share;
  if (!(share > 0) || share >= 1)
    return g_strdup (share >= 1 ? "100" : "0");
  int decimals = MAX (0, BOUND_DIGITS - 1 - (int)floor (log10 (percent)));
  while (decimals < LIMEN_MOST_DECIMALS && rounded_up (percent, decimals) >= 100)
    decimals++;
  return limen_format_number (rounded_up (percent, decimals), (guint)decimals);
}

/* (transfer full): "39th" */
static char *
ordinal (guint n)
{
  static const char *const ends[] = {"th", "st", "nd", "rd"};
  g_autofree char *number = count_text (n);
  gboolean teen = n / 10 % 10 == 1;
  return g_strconcat (number, ends[!teen && n % 10 < 4 ? n % 10 : 0], NULL);
}

/* -- what it promises -- */

/* No threshold is set, and there are no validation scores. */
static gboolean
has_no_scores (gconstpointer data)
{
  const LimenDetector *detector = data;
  return !is_set (detector) && n_of (detector->validation) == 0;
}

/* The rule asks for a rank among validation images, there are some, and so few have none. */
gboolean
limen_rule_has_too_few (gconstpointer data)
{
  const LimenDetector *detector = data;
  guint n = n_of (detector->validation);
  gboolean ranks =
      detector->rule.kind == LIMEN_RULE_FALSE_ALARMS || detector->rule.kind == LIMEN_RULE_CONFORMAL;
  return ranks && n > 0 && limen_rule_rank (detector->rule, n, side_of (detector)) == 0;
}

char *
limen_rule_say_too_few (gconstpointer data)
{
  const LimenDetector *detector = data;
  guint n = n_of (detector->validation),
        needed = limen_rule_needed (detector->rule, side_of (data));
  g_autofree char *name = limen_rule_name (detector->rule, side_of (detector));
  g_autofree char *takes = count_text (needed), *there = count_text (n);
  return g_strdup_printf ("The rule “%s” takes %s%s validation images, and there %s %s; give more "
                          "normal images, or another rule.",
                          name, needed == G_MAXUINT ? "more than " : "", takes,
                          n == 1 ? "is" : "are", there);
}

/* The rule looks at anomalies, there are validation scores, and no anomalies. */
gboolean
limen_rule_has_no_anomalies (gconstpointer data)
{
  const LimenDetector *detector = data;
  return limen_rule_looks_at_anomalies (detector->rule) && n_of (detector->validation) > 0 &&
         n_of (detector->anomaly) == 0;
}

/* No threshold is set, there are validation scores, and none of them is finite. */
static gboolean
has_no_mean (gconstpointer data)
{
  const LimenDetector *detector = data;
  return !is_set (detector) && n_of (detector->validation) > 0 && isnan (detector->mean);
}

/* The rule counts standard deviations, no threshold is set, and some validation scores are finite.
 */
static gboolean
has_no_deviation (gconstpointer data)
{
  const LimenDetector *detector = data;
  return detector->rule.kind == LIMEN_RULE_SIGMAS && !is_set (detector) && !isnan (detector->mean);
}

static gboolean
is_set_by (const LimenDetector *detector, LimenRuleKind kind)
{
  return is_set (detector) && detector->rule.kind == kind;
}

/* A threshold is set, by standard deviations. */
static gboolean
is_by_sigmas (gconstpointer detector)
{
  return is_set_by (detector, LIMEN_RULE_SIGMAS);
}

/* A threshold is set, and it was given. */
static gboolean
is_given (gconstpointer detector)
{
  return is_set_by (detector, LIMEN_RULE_VALUE);
}

/* A threshold is set, by a rate and a confidence. */
static gboolean
is_by_confidence (gconstpointer detector)
{
  return is_set_by (detector, LIMEN_RULE_FALSE_ALARMS);
}

/* A threshold is set, by conformal p-values. */
static gboolean
is_conformal (gconstpointer detector)
{
  return is_set_by (detector, LIMEN_RULE_CONFORMAL);
}

/* A threshold is set, by costs. */
static gboolean
is_by_cost (gconstpointer detector)
{
  return is_set_by (detector, LIMEN_RULE_COST);
}

/* A threshold is set, by a count of errors. */
static gboolean
is_by_errors (gconstpointer detector)
{
  return is_set_by (detector, LIMEN_RULE_LEAST_ERRORS);
}

static char *
say_sigmas (gconstpointer data)
{
  const LimenDetector *detector = data;
  g_autofree char *name = limen_rule_name (detector->rule, side_of (detector));
  double rate = limen_rule_gaussian_rate (detector->rule, side_of (detector));
  g_autofree char *percent = limen_format_significant (100 * rate, BOUND_DIGITS);
  *name = g_ascii_toupper (*name);
  return g_strdup_printf ("%s flags %s %% of Gaussian scores, and promises nothing of others", name,
                          percent);
}

static char *
say_confidence (gconstpointer data)
{
  const LimenDetector *detector = data;
  guint n = n_of (detector->validation);
  g_autofree char *rate = given_percent (detector->rule.value);
  g_autofree char *confidence = given_percent (detector->rule.second);
  g_autofree char *rank = ordinal (limen_rule_rank (detector->rule, n, side_of (detector)));
  g_autofree char *all = count_text (n);
  return g_strdup_printf (
      "With %s %% confidence at most %s %% of all normal images are flagged, if "
      "they are drawn as the %s validation images were: the line stands at the "
      "%s most unusual of these",
      confidence, rate, all, rank);
}

static char *
say_conformal (gconstpointer data)
{
  const LimenDetector *detector = data;
  g_autofree char *rate = given_percent (detector->rule.value);
  g_autofree char *all = count_text (n_of (detector->validation));
  return g_strdup_printf ("On average over validation sets, and not with each of them, at most "
                          "%s %% of all normal images are flagged, if they are drawn as the %s "
                          "validation images were",
                          rate, all);
}

static char *
say_cost (gconstpointer data)
{
  const LimenDetector *detector = data;
  g_autofree char *cost = limen_format_significant (limen_detector_cost (detector), BOUND_DIGITS);
  return g_strdup_printf ("The line was found by looking at the anomalies: an image costs %s on "
                          "average among them and the validation images, the least there is, and "
                          "more is to be expected among others",
                          cost);
}

static char *
say_errors (gconstpointer data)
{
  const LimenDetector *detector = data;
  LimenLines lines = limen_detector_lines (detector);
  guint n = n_of (detector->validation), n_anomalies = n_of (detector->anomaly);
  g_autofree char *flagged = count_text (limen_lines_n_flagged (lines, detector->validation));
  g_autofree char *kept =
      count_text (n_anomalies - limen_lines_n_flagged (lines, detector->anomaly));
  g_autofree char *all = count_text (n), *anomalies = count_text (n_anomalies);
  return g_strdup_printf ("The line was found by looking at the anomalies: %s of %s validation "
                          "images are flagged and %s of %s anomalies are kept, the fewest errors "
                          "there are, and more are to be expected among others",
                          flagged, all, kept, anomalies);
}

static const LimenClaim promised_claims[] = {
    {"no scores", has_no_scores,
     .words = "Without normal images there is nothing to set a threshold by"},
    {"too few", limen_rule_has_too_few, limen_rule_say_too_few},
    {"no anomalies", limen_rule_has_no_anomalies, .words = LIMEN_RULE_NO_ANOMALIES},
    {"no mean", has_no_mean, .words = "The validation scores are infinite, and have no mean"},
    {"no deviation", has_no_deviation,
     .words = "The validation scores have no standard deviation above 0 to set a threshold by"},
    {"Gaussian", is_by_sigmas, say_sigmas},
    {"given", is_given, .words = "A threshold that is given promises nothing beforehand"},
    {"confidence", is_by_confidence, say_confidence},
    {"on average", is_conformal, say_conformal},
    {"least cost", is_by_cost, say_cost},
    {"least errors", is_by_errors, say_errors},
};

/* -- where it holds -- */

static gboolean
looks (const LimenDetector *detector, gboolean normal, gboolean anomaly)
{
  return detector->promise == LIMEN_PROMISE_LOOKING && is_set (detector) &&
         (n_of (detector->normal) > 0) == normal && (n_of (detector->anomaly) > 0) == anomaly;
}

/* Intervals are bands, and there are images of both sets. */
static gboolean
are_both_anywhere (gconstpointer detector)
{
  return looks (detector, TRUE, TRUE);
}

/* Intervals are bands, and there are normal test images alone. */
static gboolean
is_normal_anywhere (gconstpointer detector)
{
  return looks (detector, TRUE, FALSE);
}

/* Intervals are bands, and there are anomalies alone. */
static gboolean
is_anomaly_anywhere (gconstpointer detector)
{
  return looks (detector, FALSE, TRUE);
}

static gboolean
is_fixed (const LimenDetector *detector)
{
  return detector->promise == LIMEN_PROMISE_FIXED && is_set (detector) &&
         n_of (detector->normal) + n_of (detector->anomaly) > 0;
}

/* Intervals are of one threshold, which was given. */
static gboolean
is_given_here (gconstpointer detector)
{
  return is_fixed (detector) && is_given (detector);
}

/* They are of one, and a rule has found it by looking at the anomalies. */
static gboolean
is_found_here (gconstpointer data)
{
  const LimenDetector *detector = data;
  return is_fixed (detector) && limen_rule_looks_at_anomalies (detector->rule);
}

/* They are of one, and a rule has set it without a look at what is tested. */
static gboolean
is_blind_here (gconstpointer data)
{
  const LimenDetector *detector = data;
  return is_fixed (detector) && !is_given (detector) &&
         !limen_rule_looks_at_anomalies (detector->rule);
}

static char *
say_normal_anywhere (gconstpointer detector)
{
  g_autofree char *bound = bound_percent (limen_detector_type_1 (detector).high);
  return g_strdup_printf ("At most %s %% of all normal images are flagged: that holds with 95 %% "
                          "confidence wherever you put the line",
                          bound);
}

static char *
say_anomaly_anywhere (gconstpointer detector)
{
  g_autofree char *bound = bound_percent (limen_detector_type_2 (detector).high);
  return g_strdup_printf ("At most %s %% of all anomalies are kept: that holds with 95 %% "
                          "confidence wherever you put the line",
                          bound);
}

static char *
say_both_anywhere (gconstpointer detector)
{
  g_autofree char *flagged = bound_percent (limen_detector_type_1 (detector).high);
  g_autofree char *kept = bound_percent (limen_detector_type_2 (detector).high);
  return g_strdup_printf (
      "At most %s %% of all normal images are flagged, and at most %s %% of all "
      "anomalies are kept: each holds with 95 %% confidence wherever you put the "
      "line",
      flagged, kept);
}

static const LimenClaim anywhere_claims[] = {
    {"both anywhere", are_both_anywhere, say_both_anywhere},
    {"normal images anywhere", is_normal_anywhere, say_normal_anywhere},
    {"anomalies anywhere", is_anomaly_anywhere, say_anomaly_anywhere},
    {"given here", is_given_here,
     .words = "The intervals are of a line that was put there before the test images were looked "
              "at; of one that was chosen by looking they are too narrow"},
    {"found here", is_found_here,
     .words = "The rule has looked at the anomalies, and the interval of their rate is too narrow; "
              "the normal test images it has not seen"},
    {"blind here", is_blind_here,
     .words = "The rule has seen none of the images that it is tested with, and the intervals "
              "hold, each with 95 % confidence, where it was chosen before they were looked at"},
};

/* -- all of them -- */

const LimenClaim *
limen_rule_claims (LimenRuleClaims table, guint *n)
{
  static const struct {
    const LimenClaim *claims;
    guint n;
  } tables[LIMEN_N_RULE_CLAIMS] = {
      [LIMEN_RULE_PROMISED] = {promised_claims, G_N_ELEMENTS (promised_claims)},
      [LIMEN_RULE_TESTED] = {limen_rule_tested_claims, LIMEN_N_RULE_TESTED},
      [LIMEN_RULE_ANYWHERE] = {anywhere_claims, G_N_ELEMENTS (anywhere_claims)},
  };
  g_return_val_if_fail (table < LIMEN_N_RULE_CLAIMS && n != NULL, NULL);
  *n = tables[table].n;
  return tables[table].claims;
}

static char *
say_of (LimenRuleClaims table, const LimenDetector *detector)
{
  guint n;
  const LimenClaim *claims = limen_rule_claims (table, &n);
  return limen_claim_say (claims, n, detector);
}

/* (transfer full): with one full stop */
static char *
end_sentence (char *sentence)
{
  if (!sentence || g_str_has_suffix (sentence, "."))
    return sentence;
  g_autofree char *open = sentence;
  return g_strconcat (open, ".", NULL);
}

char *
limen_rule_promise (const LimenDetector *detector)
{
  g_return_val_if_fail (detector != NULL, NULL);
  char *promised = say_of (LIMEN_RULE_PROMISED, detector);
  g_autofree char *tested = say_of (LIMEN_RULE_TESTED, detector);
  if (!promised || !tested)
    return end_sentence (promised);
  g_autofree char *first = promised;
  return g_strconcat (first, "; ", tested, ".", NULL);
}

char *
limen_rule_anywhere (const LimenDetector *detector)
{
  g_return_val_if_fail (detector != NULL, NULL);
  return end_sentence (say_of (LIMEN_RULE_ANYWHERE, detector));
}
