/* Rules that set the threshold: how they are written, what each of them promises, and what the test
 * images say of that. */
#pragma once

#include "model/base/claim.h"
#include "model/detect/detector.h"

/** LIMEN_RULES_HELP: what limen_rule_parse() reads, for help texts */
#define LIMEN_RULES_HELP                                                                           \
  "sigmas:3, nats:X or value:X, false-alarms:0.01,0.95, conformal:0.01, cost:10,1,0.05 or "        \
  "least-errors"

/**
 * limen_rule_parse: "sigmas:3"; "value:194", as well "nats:194"; "false-alarms:RATE,CONFIDENCE",
 * both between 0 and 1, the confidence 0.95 where it is left out; "conformal:ALPHA", between 0 and
 * 1; "cost:FALSE-ALARM,MISS,SHARE": costs not below 0 and not both 0, the share of anomalies
 * between 0 and 1, and both possible; "least-errors" Numbers have a decimal point, whatever the
 * locale. LIMEN_ERROR_UNSUPPORTED: not one of these
 */
gboolean limen_rule_parse (const char *text, LimenRule *rule, GError **error);
/** limen_rule_text: (transfer full): what limen_rule_parse() reads as the same rule */
char *limen_rule_text (LimenRule rule);
/** limen_rule_equal: kind, and the numbers that it has */
gboolean limen_rule_equal (LimenRule a, LimenRule b);
/** limen_rule_name: (transfer full): for people: "mean − 3 standard deviations", "at most 1 % false
 * alarms with 95 % confidence"; @side: of the measure, since the line stands above the mean where
 * high scores are flagged */
char *limen_rule_name (LimenRule rule, LimenSide side);

/**
 * limen_rule_threshold: what @rule makes of the sets, mean and standard deviation of @detector, of
 * which it reads neither rule nor threshold nor the test half
 *
 * LIMEN_RULE_FALSE_ALARMS and LIMEN_RULE_CONFORMAL put it at the score of the kth most unusual
 * validation image, k of limen_rule_rank(), which is kept itself as all that score the same. Of two
 * lines that is the farthest from the mean that leave at most k − 1 beyond.
 *
 * LIMEN_RULE_COST and LIMEN_RULE_LEAST_ERRORS search all thresholds. Of those that cost the same
 * the one is taken that flags fewest images, and of the thresholds that flag the same ones that in
 * the middle between the nearest image that is kept and the nearest that is flagged. Where none is
 * flagged it stands at the most unusual image, where all are it is infinite (of two lines: the
 * mean).
 *
 * Returns: NaN where there is none: the standard deviation is not above 0 (SIGMAS); both sides are
 * flagged and there is no mean; fewer validation images than limen_rule_needed(); no validation
 * images or no anomalies where it looks at both
 */
double limen_rule_threshold (LimenRule rule, const LimenDetector *detector);

/**
 * limen_rule_rank: at which of @n validation images, the most unusual being the first, the
 * threshold stands; 0: at none
 *
 * FALSE_ALARMS: the greatest k with P(Bin(n, rate) ≥ k) ≥ confidence: the rate of a line through
 * the kth of n images is the kth of n uniform order statistics, or less where scores have ties
 * (Wilks, "Determination of sample sizes for setting tolerance limits", 1941). Where both sides are
 * flagged the middle is the mean of the same images, and how many of the k − 1 that are beyond lie
 * below is found by looking: the greatest k with k·P(Bin(n, rate) ≤ k) ≤ 1 − confidence, since a
 * line through the images a + 1 from below and b + 1 from above, a + b = k − 1, has the rate of the
 * (k + 1)th order statistic (Wilks), for each of k values of a (Bonferroni). It holds of any
 * middle, and is not the sharpest that does.
 *
 * CONFORMAL: the greatest k with k / (n + 1) ≤ alpha, so that flagged is who has p ≤ alpha. A new
 * image, drawn as the validation images were, is flagged with a probability of at most alpha (Vovk,
 * Gammerman and Shafer, 2005). Where both sides are flagged limen_rule_threshold() counts distances
 * from the mean that the new image belongs to, so that it is as true there.
 *
 * 0 of all other kinds.
 */
guint limen_rule_rank (LimenRule rule, guint n, LimenSide side);
/** limen_rule_needed: how many validation images there must be: FALSE_ALARMS: the smallest n with a
 * rank: 1 − (1 − rate)^n ≥ confidence; CONFORMAL: n ≥ 1/alpha − 1; SIGMAS: 2; COST, LEAST_ERRORS:
 * 1, and an anomaly; VALUE: 0, and 1 where both sides are flagged. G_MAXUINT: more than can be
 * counted
 */
guint limen_rule_needed (LimenRule rule, LimenSide side);
/** limen_rule_looks_at_anomalies: COST and LEAST_ERRORS: the type II error rate is then of the same
 * anomalies that set the line, and too good for others */
gboolean limen_rule_looks_at_anomalies (LimenRule rule);
/** limen_rule_cost: what an image costs on average at the threshold of @detector: the rates are
 * those of validation images and anomalies, weighed as @rule says, COST or LEAST_ERRORS; NaN where
 * it has none */
double limen_rule_cost (LimenRule rule, const LimenDetector *detector);
/** limen_rule_gaussian_rate: the share of a Gaussian that lies beyond so many standard deviations:
 * what SIGMAS would flag of Gaussian scores; NaN of other kinds */
double limen_rule_gaussian_rate (LimenRule rule, LimenSide side);

/**
 * LimenRuleClaims: tables of claims about a LimenDetector
 * @LIMEN_RULE_PROMISED: what its rule promises, or why it sets no threshold
 * @LIMEN_RULE_TESTED: what the test half says of it
 * @LIMEN_RULE_ANYWHERE: what holds of every threshold, or of this one only
 */
typedef enum {
  LIMEN_RULE_PROMISED,
  LIMEN_RULE_TESTED,
  LIMEN_RULE_ANYWHERE,
  LIMEN_N_RULE_CLAIMS,
} LimenRuleClaims;

/** limen_rule_claims: @n: (out): how many */
const LimenClaim *limen_rule_claims (LimenRuleClaims table, guint *n);
/** limen_rule_promise: (transfer full): what the rule of @detector promises, and what the test half
 * says of it: the first claims of LIMEN_RULE_PROMISED and LIMEN_RULE_TESTED */
char *limen_rule_promise (const LimenDetector *detector);
/** limen_rule_anywhere: (transfer full) (nullable): of LIMEN_RULE_ANYWHERE: "At most 1.98 % of all
 * normal images are flagged: that holds with 95 % confidence wherever you put the line."; NULL
 * where nothing is tested */
char *limen_rule_anywhere (const LimenDetector *detector);
