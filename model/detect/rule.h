/* Rules that set the threshold: how they are written, and where each puts it. */
#pragma once

#include "model/base/error.h"
#include "model/detect/lines.h"

/**
 * LimenRuleKind: by what the threshold is set
 * @LIMEN_RULE_SIGMAS: so many standard deviations from the mean of the validation scores, to the
 * side that is flagged: mean − value·std, mean + value·std where high scores are
 * @LIMEN_RULE_VALUE: the threshold itself, in the unit of the measure
 * @LIMEN_RULE_FALSE_ALARMS: at most a share @value of all normal images is flagged, with confidence
 * @second
 * @LIMEN_RULE_CONFORMAL: flagged is what has a conformal p-value of at most @value among the
 * validation images
 * @LIMEN_RULE_COST: the least cost of an image on average, where a false alarm costs @value, a miss
 * @second, and a share @third of all images are anomalies
 * @LIMEN_RULE_LEAST_ERRORS: the least false alarms and misses among validation images and anomalies
 *
 * What each promises, and by which theorem, stands below at limen_rule_rank().
 */
typedef enum {
  LIMEN_RULE_SIGMAS,
  LIMEN_RULE_VALUE,
  LIMEN_RULE_FALSE_ALARMS,
  LIMEN_RULE_CONFORMAL,
  LIMEN_RULE_COST,
  LIMEN_RULE_LEAST_ERRORS,
} LimenRuleKind;

/** LimenRule: @second, @third: 0 where the kind has none; {kind, value} is enough there */
typedef struct {
  LimenRuleKind kind;
  double value, second, third;
} LimenRule;

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
 * LimenRuleSets: what a rule may look at
 * @validation, @anomaly: (nullable): of one measure
 * @side: of that measure
 * @mean, @std: of the validation scores, as a detector has them
 *
 * A plain value that borrows.
 */
typedef struct {
  const LimenScores *validation, *anomaly;
  LimenSide side;
  double mean, std;
} LimenRuleSets;

/**
 * limen_rule_threshold: in the unit of the scores
 *
 * LIMEN_RULE_FALSE_ALARMS and LIMEN_RULE_CONFORMAL put it at the score of the kth most unusual
 * validation image, k of limen_rule_rank(), which is kept itself, as all are that score the same.
 * Two lines stand as far from the mean as that image, rounded outwards; CONFORMAL puts them where a
 * new image beyond, with which the mean is another one, has fewer than k that are as far.
 *
 * LIMEN_RULE_COST and LIMEN_RULE_LEAST_ERRORS search all thresholds. Of those that cost the same
 * the one is taken that flags fewest images, and of the thresholds that flag the same ones that in
 * the middle between the nearest image that is kept and the nearest that is flagged. Where none is
 * flagged it stands at the most unusual image, where all are it is infinite; two lines
 * stand half way from the mean to the nearest image then.
 *
 * Returns: NaN where there is none: the standard deviation is not above 0 (SIGMAS); both sides are
 * flagged and there is no mean; fewer validation images than limen_rule_needed(); no validation
 * images or no anomalies where it looks at both
 */
double limen_rule_threshold (LimenRule rule, const LimenRuleSets *sets);

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
/** limen_rule_cost: what an image costs on average where @lines flag, of COST: the rates are those
 * of validation images and anomalies, weighed as @rule says; of LEAST_ERRORS how many of them it
 * errs on; NaN of other kinds, and where a set has no images */
double limen_rule_cost (LimenRule rule, const LimenRuleSets *sets, LimenLines lines);
/** limen_rule_gaussian_rate: the share of a Gaussian that lies beyond so many standard deviations:
 * what SIGMAS would flag of Gaussian scores; NaN of other kinds */
double limen_rule_gaussian_rate (LimenRule rule, LimenSide side);
