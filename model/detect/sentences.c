#include "model/detect/sentences.h"
#include "model/base/number.h"
#include "model/detect/sentences-rule.h"

#include <float.h>
#include <math.h>

#define MORE_DECIMALS 3 /* of the threshold, where fewer would say another one's rates */

/* Numbers */

/* With a point, whatever the locale */
static char *
fixed (double value, int decimals)
{
  char format[16], text[G_ASCII_DTOSTR_BUF_SIZE + 320]; /* the largest double has 309 digits */
  g_snprintf (format, sizeof format, "%%.%df", decimals);
  return g_strdup (g_ascii_formatd (text, sizeof text, format, value));
}

#define RATE_DIGITS 2

char *
limen_percent_text (double rate)
{
  double percent = 100 * rate * (1 + 4 * DBL_EPSILON); /* a half that binary has just below */
  if (!(rate > 0))
    return g_strdup (rate == 0 ? "0" : "–");
  if (rate == 1)
    return g_strdup ("100");
  int decimals = MAX (0, RATE_DIGITS - 1 - (int)floor (log10 (percent)));
  char *text = fixed (percent, decimals);
  while (rate < 1 && g_str_has_prefix (text, "100")) {
    g_free (text);
    text = fixed (percent, ++decimals);
  }
  return text;
}

char *
limen_error_rate_text (const LimenErrorRate *rate)
{
  g_return_val_if_fail (rate != NULL, NULL);
  g_autofree char *percent = limen_percent_text (rate->rate);
  g_autofree char *low = limen_percent_text (rate->low), *high = limen_percent_text (rate->high);
  return g_strdup_printf ("%s %%, 95 %%%s: %s–%s %%", percent,
                          rate->band ? " wherever the line is" : "", low, high);
}

/* Three significant digits or all before the point; of log-likelihoods, whose size is known, no
 * more than two decimals. Two lines are as exact as they are apart. */
static guint
usual_decimals (const LimenDetector *detector)
{
  LimenMeasure *measure = limen_detector_measure (detector);
  LimenLines lines = limen_detector_lines (detector);
  double apart = measure->side == LIMEN_SIDE_BOTH ? lines.high - lines.low : 0;
  double size = apart > 0 ? apart : fabs (detector->threshold);
  if (size > 0 && size < 0.9995)
    return limen_measure_decimals (measure, size, 2);
  return size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
}

static gboolean
same_flagged (const LimenScores *scores, LimenLines a, LimenLines b)
{
  return !scores || limen_lines_n_flagged (a, scores) == limen_lines_n_flagged (b, scores);
}

/* Whether the rates of @detector are those of its lines rounded to @decimals */
static gboolean
rounds_well (const LimenDetector *detector, guint decimals)
{
  LimenLines lines = limen_detector_lines (detector);
  LimenLines told = {limen_measure_rounded (lines.low, decimals),
                     limen_measure_rounded (lines.high, decimals)};
  return same_flagged (detector->normal, lines, told) &&
         same_flagged (detector->anomaly, lines, told);
}

/* The least decimals from the usual ones on that keep the rates; as many as are tried where none
 * do */
static guint
decimals_of_threshold (const LimenDetector *detector)
{
  guint usual = usual_decimals (detector), decimals = usual;
  while (decimals < usual + MORE_DECIMALS && !rounds_well (detector, decimals))
    decimals++;
  return decimals;
}

static guint
n_finite (const LimenScores *scores)
{
  return scores
             ? limen_scores_n_below (scores, INFINITY) - limen_scores_n_below (scores, -G_MAXDOUBLE)
             : 0;
}

/* The beginning */

/* A threshold is set, and rounded as it is said it has the rates that are said. */
static gboolean
is_told_exactly (gconstpointer detector)
{
  return rounds_well (detector, decimals_of_threshold (detector));
}

char *
limen_detector_lines_text (const LimenDetector *detector, guint decimals)
{
  g_return_val_if_fail (detector != NULL, NULL);
  LimenMeasure *measure = limen_detector_measure (detector);
  LimenLines lines = limen_detector_lines (detector);
  if (measure->side != LIMEN_SIDE_BOTH || lines.low == lines.high)
    return limen_measure_text (measure, detector->threshold, decimals);
  g_autofree char *low = limen_measure_number (lines.low, decimals);
  g_autofree char *high = limen_measure_text (measure, lines.high, decimals);
  return g_strdup_printf ("%s and %s", low, high);
}

static char *
say_at (gconstpointer detector)
{
  g_autofree char *lines = limen_detector_lines_text (detector, decimals_of_threshold (detector));
  return g_strdup_printf ("At %s", lines);
}

static char *
say_at_about (gconstpointer detector)
{
  g_autofree char *lines = limen_detector_lines_text (detector, usual_decimals (detector));
  return g_strdup_printf ("At about %s", lines);
}

static const LimenClaim at_claims[] = {
    {"at", is_told_exactly, say_at},
    {"at about", limen_claim_always, say_at_about}, /* a score lies between both */
};

/* One set each */

/* There are images of the set, and the detector errs on none. */
static gboolean
is_none (gconstpointer data)
{
  const LimenErrorRate *rate = data;
  return rate->n > 0 && rate->errors == 0;
}

/* There are, and it errs on all. */
static gboolean
is_all (gconstpointer data)
{
  const LimenErrorRate *rate = data;
  return rate->n > 0 && rate->errors == rate->n;
}

/* There are, and it errs on some but not all. */
static gboolean
is_some (gconstpointer data)
{
  const LimenErrorRate *rate = data;
  return rate->errors > 0 && rate->errors < rate->n;
}

static char *
say_some_flagged (gconstpointer rate)
{
  g_autofree char *percent = limen_percent_text (((const LimenErrorRate *)rate)->rate);
  return g_strdup_printf ("%s %% of the normal images are flagged", percent);
}

static char *
say_some_passed (gconstpointer rate)
{
  g_autofree char *percent = limen_percent_text (((const LimenErrorRate *)rate)->rate);
  return g_strdup_printf ("%s %% of the anomalies are kept", percent);
}

static const LimenClaim flagged_claims[] = {
    {"none flagged", is_none, .words = "none of the normal images is flagged"},
    {"all flagged", is_all, .words = "all normal images are flagged"},
    {"some flagged", is_some, say_some_flagged},
};

static const LimenClaim passed_claims[] = {
    {"none passes", is_none, .words = "none of the anomalies is kept"},
    {"all pass", is_all, .words = "all anomalies are kept"},
    {"some pass", is_some, say_some_passed},
};

/* The headline */

/* No threshold is set, and there is no score to take a mean of. */
static gboolean
has_no_mean (gconstpointer data)
{
  const LimenDetector *detector = data;
  return isnan (detector->threshold) && n_finite (detector->validation) == 0;
}

static gboolean
has_no_spread (const LimenDetector *detector)
{
  return detector->rule.kind == LIMEN_RULE_SIGMAS && isnan (detector->threshold);
}

/* It is counted in standard deviations, none is set, and one validation score has no spread. */
static gboolean
has_one_score (gconstpointer data)
{
  const LimenDetector *detector = data;
  return has_no_spread (detector) && n_finite (detector->validation) == 1;
}

/* It is counted in standard deviations, none is set, and two or more scores are the same number. */
static gboolean
has_equal_scores (gconstpointer data)
{
  const LimenDetector *detector = data;
  return has_no_spread (detector) && n_finite (detector->validation) > 1 && detector->std == 0;
}

static gboolean
is_set (const LimenDetector *detector)
{
  return !isnan (detector->threshold);
}

/* A threshold is set, and there are images of both sets. */
static gboolean
tests_both (gconstpointer detector)
{
  return is_set (detector) && limen_detector_type_1 (detector).n > 0 &&
         limen_detector_type_2 (detector).n > 0;
}

/* A threshold is set, and there are normal images, and no anomalies. */
static gboolean
tests_normal (gconstpointer detector)
{
  return is_set (detector) && limen_detector_type_1 (detector).n > 0 &&
         limen_detector_type_2 (detector).n == 0;
}

/* A threshold is set, and there are anomalies, and no normal images. */
static gboolean
tests_anomalies (gconstpointer detector)
{
  return is_set (detector) && limen_detector_type_1 (detector).n == 0 &&
         limen_detector_type_2 (detector).n > 0;
}

/* A threshold is set, and there are no images beside those that set it. */
static gboolean
tests_none (gconstpointer detector)
{
  return is_set (detector) && limen_detector_type_1 (detector).n == 0 &&
         limen_detector_type_2 (detector).n == 0;
}

static char *
say_of (LimenDetectorClaims table, gconstpointer state)
{
  guint n;
  const LimenClaim *claims = limen_detector_claims (table, &n);
  char *said = limen_claim_say (claims, n, state);
  return said ? said : g_strdup ("");
}

static char *
say_of_set (LimenDetectorClaims table, LimenErrorRate rate)
{
  return say_of (table, &rate);
}

/* What may be given in the place of a rule: "the threshold in nats" */
static char *
threshold_itself (const LimenDetector *detector)
{
  const char *unit = limen_detector_measure (detector)->unit;
  return g_strconcat ("the threshold ", *unit ? "in " : "itself", unit, NULL);
}

static char *
say_one_score (gconstpointer detector)
{
  g_autofree char *threshold = threshold_itself (detector);
  return g_strdup_printf ("One validation image has no standard deviation to set a threshold by; "
                          "give more normal images, or %s.",
                          threshold);
}

static char *
say_equal_scores (gconstpointer data)
{
  const LimenDetector *detector = data;
  LimenMeasure *measure = limen_detector_measure (detector);
  guint decimals = limen_measure_decimals (measure, fabs (detector->mean), 3);
  g_autofree char *n = limen_format_number (n_finite (detector->validation), 0);
  g_autofree char *score = limen_measure_text (measure, detector->mean, decimals);
  g_autofree char *threshold = threshold_itself (detector);
  return g_strdup_printf ("The standard deviation of the %s validation scores is 0, all are %s; "
                          "give other normal images, or %s.",
                          n, score, threshold);
}

static char *
say_both (gconstpointer detector)
{
  g_autofree char *at = say_of (LIMEN_CLAIMS_AT, detector);
  g_autofree char *flagged = say_of_set (LIMEN_CLAIMS_FLAGGED, limen_detector_type_1 (detector));
  g_autofree char *passed = say_of_set (LIMEN_CLAIMS_PASSED, limen_detector_type_2 (detector));
  return g_strdup_printf ("%s, %s, and %s.", at, flagged, passed);
}

/* "At 194 nats, 2.6 % of the normal images are flagged", and @end */
static char *
say_normal_and (gconstpointer detector, const char *end)
{
  g_autofree char *at = say_of (LIMEN_CLAIMS_AT, detector);
  g_autofree char *flagged = say_of_set (LIMEN_CLAIMS_FLAGGED, limen_detector_type_1 (detector));
  return g_strconcat (at, ", ", flagged, end, NULL);
}

static char *
say_normal (gconstpointer detector)
{
  return say_normal_and (detector, "; there are no anomalies to test.");
}

static char *
say_normal_so_far (gconstpointer detector)
{
  return say_normal_and (detector, ".");
}

static char *
say_anomalies_and (gconstpointer detector, const char *end)
{
  g_autofree char *at = say_of (LIMEN_CLAIMS_AT, detector);
  g_autofree char *passed = say_of_set (LIMEN_CLAIMS_PASSED, limen_detector_type_2 (detector));
  return g_strconcat (at, ", ", passed, end, NULL);
}

static char *
say_anomalies (gconstpointer detector)
{
  return say_anomalies_and (detector, "; there are no normal images to test.");
}

static char *
say_anomalies_so_far (gconstpointer detector)
{
  return say_anomalies_and (detector, ".");
}

static char *
say_none (gconstpointer detector)
{
  g_autofree char *at = say_of (LIMEN_CLAIMS_AT, detector);
  return g_strdup_printf ("%s there are no images to test.", at);
}

static const LimenClaim headline_claims[] = {
    {"too few", limen_rule_has_too_few, limen_rule_say_too_few},
    {"no anomalies", limen_rule_has_no_anomalies, .words = LIMEN_RULE_NO_ANOMALIES},
    {"no mean", has_no_mean,
     .words = "Without normal images there is no mean to set a threshold from."},
    {"one score", has_one_score, say_one_score},
    {"equal scores", has_equal_scores, say_equal_scores},
    {"both sets", tests_both, say_both},
    {"normal images only", tests_normal, say_normal},
    {"anomalies only", tests_anomalies, say_anomalies},
    {"no images", tests_none, say_none},
};

/* While more scores come, that there are none of the other set is not known. */
static const LimenClaim so_far_claims[] = {
    {"normal images so far", tests_normal, say_normal_so_far},
    {"anomalies so far", tests_anomalies, say_anomalies_so_far},
};

/* Beside the mean */

/* The validation scores spread, and the threshold is the mean itself. */
static gboolean
is_at_mean (gconstpointer data)
{
  const LimenDetector *detector = data;
  return detector->std > 0 && detector->threshold == detector->mean;
}

static gboolean
is_one_line (const LimenDetector *detector)
{
  return limen_detector_measure (detector)->side != LIMEN_SIDE_BOTH;
}

/* They spread, and it is below the mean, and the only line. */
static gboolean
is_below_mean (gconstpointer data)
{
  const LimenDetector *detector = data;
  return is_one_line (detector) && detector->std > 0 && detector->threshold < detector->mean;
}

/* They spread, and it is above the mean, and the only line. */
static gboolean
is_above_mean (gconstpointer data)
{
  const LimenDetector *detector = data;
  return is_one_line (detector) && detector->std > 0 && detector->threshold > detector->mean;
}

/* They spread, and it is one of two lines about the mean. */
static gboolean
is_about_mean (gconstpointer data)
{
  const LimenDetector *detector = data;
  return !is_one_line (detector) && detector->std > 0 && !isnan (detector->threshold) &&
         detector->threshold != detector->mean;
}

/* They spread, and a rule that asks for something else sets none. */
static gboolean
is_nowhere (gconstpointer data)
{
  const LimenDetector *detector = data;
  return detector->std > 0 && isnan (detector->threshold);
}

/* There is one validation score. */
static gboolean
is_of_one (gconstpointer data)
{
  return n_finite (((const LimenDetector *)data)->validation) == 1;
}

/* There are several, all the same. */
static gboolean
is_of_equals (gconstpointer data)
{
  const LimenDetector *detector = data;
  return n_finite (detector->validation) > 1 && detector->std == 0;
}

static char *
deviations (const LimenDetector *detector)
{
  double sigmas = fabs (limen_detector_sigmas (detector));
  if (!isfinite (sigmas))
    return g_strdup ("infinitely many standard deviations");
  g_autofree char *text = limen_format_significant (sigmas, 4);
  return g_strdup_printf ("%s standard deviation%s", text, g_str_equal (text, "1") ? "" : "s");
}

static char *
say_below_mean (gconstpointer detector)
{
  g_autofree char *sigmas = deviations (detector);
  return g_strdup_printf ("%s below the mean", sigmas);
}

static char *
say_above_mean (gconstpointer detector)
{
  g_autofree char *sigmas = deviations (detector);
  return g_strdup_printf ("%s above the mean", sigmas);
}

static char *
say_about_mean (gconstpointer detector)
{
  g_autofree char *sigmas = deviations (detector);
  return g_strdup_printf ("%s on either side of the mean", sigmas);
}

static const LimenClaim place_claims[] = {
    {"at the mean", is_at_mean, .words = "the mean"},
    {"below the mean", is_below_mean, say_below_mean},
    {"above the mean", is_above_mean, say_above_mean},
    {"about the mean", is_about_mean, say_about_mean},
    {"nowhere", is_nowhere, .words = "there is no threshold"},
    {"one score", is_of_one, .words = "one validation image has no standard deviation"},
    {"equal scores", is_of_equals, .words = "all validation scores are the same"},
    {"no scores", limen_claim_always,
     .words = "there are no validation scores"}, /* none of the above */
};

/* All of them */

const LimenClaim *
limen_detector_claims (LimenDetectorClaims table, guint *n)
{
  static const struct {
    const LimenClaim *claims;
    guint n;
  } tables[LIMEN_N_DETECTOR_CLAIMS] = {
      [LIMEN_CLAIMS_HEADLINE] = {headline_claims, G_N_ELEMENTS (headline_claims)},
      [LIMEN_CLAIMS_SO_FAR] = {so_far_claims, G_N_ELEMENTS (so_far_claims)},
      [LIMEN_CLAIMS_AT] = {at_claims, G_N_ELEMENTS (at_claims)},
      [LIMEN_CLAIMS_FLAGGED] = {flagged_claims, G_N_ELEMENTS (flagged_claims)},
      [LIMEN_CLAIMS_PASSED] = {passed_claims, G_N_ELEMENTS (passed_claims)},
      [LIMEN_CLAIMS_PLACE] = {place_claims, G_N_ELEMENTS (place_claims)},
  };
  *n = tables[table].n;
  return tables[table].claims;
}

char *
limen_detector_sentence (const LimenDetector *detector)
{
  return say_of (LIMEN_CLAIMS_HEADLINE, detector);
}

char *
limen_detector_sentence_so_far (const LimenDetector *detector)
{
  g_return_val_if_fail (detector != NULL, NULL);
  char *said = limen_claim_say (so_far_claims, G_N_ELEMENTS (so_far_claims), detector);
  return said ? said : limen_detector_sentence (detector);
}

char *
limen_detector_place (const LimenDetector *detector)
{
  return say_of (LIMEN_CLAIMS_PLACE, detector);
}
