#include "model/detect/rule.h"
#include "model/detect/binomial.h"
#include "model/detect/unusual.h"

#include <float.h>
#include <math.h>

/* What is equal but for rounding is equal. */
#define ROUNDING 1e-12

/* -- ranks -- */

/* Whether a line at the @k th most unusual of @n images has, with the confidence, a rate of at most
 * that of @rule */
static gboolean
is_safe (LimenRule rule, guint k, guint n, LimenSide side)
{
  double allowed = (1 - rule.second) * (1 + ROUNDING);
  if (side == LIMEN_SIDE_BOTH)
    return k < n && k * limen_binomial_at_most (k, n, rule.value) <= allowed;
  return limen_binomial_at_most (k - 1, n, rule.value) <= allowed;
}

static guint
rank_of_false_alarms (LimenRule rule, guint n, LimenSide side)
{
  guint safe = 0, unsafe = n + 1;
  while (unsafe - safe > 1) {
    guint k = safe + (unsafe - safe) / 2;
    if (is_safe (rule, k, n, side))
      safe = k;
    else
      unsafe = k;
  }
  return safe;
}

/* As p-values are rounded: k / (n + 1) and α may be the same number */
static guint
rank_of_conformal (double alpha, guint n)
{
  double ranks = n + 1.0;
  guint k = (guint)fmin (floor (alpha * ranks), n);
  while (k < n && (k + 1) / ranks <= alpha)
    k++;
  while (k > 0 && k / ranks > alpha)
    k--;
  return k;
}

guint
limen_rule_rank (LimenRule rule, guint n, LimenSide side)
{
  switch (rule.kind) {
  case LIMEN_RULE_FALSE_ALARMS:
    return rank_of_false_alarms (rule, n, side);
  case LIMEN_RULE_CONFORMAL:
    return rank_of_conformal (rule.value, n);
  default:
    return 0;
  }
}

/* The smallest n that has a rank, which larger ones then have */
static guint
first_with_rank (LimenRule rule, LimenSide side)
{
  guint without = 0, with = 1;
  while (limen_rule_rank (rule, with, side) == 0) {
    if (with > G_MAXUINT / 4)
      return G_MAXUINT;
    without = with;
    with *= 2;
  }
  while (with - without > 1) {
    guint n = without + (with - without) / 2;
    if (limen_rule_rank (rule, n, side) > 0)
      with = n;
    else
      without = n;
  }
  return with;
}

guint
limen_rule_needed (LimenRule rule, LimenSide side)
{
  switch (rule.kind) {
  case LIMEN_RULE_SIGMAS:
    return 2;
  case LIMEN_RULE_VALUE:
    return side == LIMEN_SIDE_BOTH ? 1 : 0;
  case LIMEN_RULE_FALSE_ALARMS:
  case LIMEN_RULE_CONFORMAL:
    return first_with_rank (rule, side);
  default:
    return 1;
  }
}

/* -- lines -- */

/* The threshold beyond which is what is more unusual than @unusual. Two lines are rounded outwards,
 * so that an image that is as unusual lies within. */
static double
line_at (const LimenRuleSets *sets, double unusual)
{
  switch (sets->side) {
  case LIMEN_SIDE_LOW:
    return -unusual;
  case LIMEN_SIDE_HIGH:
    return unusual;
  default:
    return sets->mean - unusual - 4 * DBL_EPSILON * (fabs (sets->mean) + unusual);
  }
}

/* The @k th greatest of what @scores count where a new image on one side of their mean belongs to
 * them: with it the mean is farther from those on the other side. A new image at s > 0 from the
 * mean of the n others has the distance n s/(n + 1) from that of all, and x < 0 one of −x + s/(n +
 * 1): it is as far as the new one where −x (n + 1)/(n − 1) ≥ s. n counts those that are finite, of
 * which the mean is.
 */
static double
greatest_with_new (const LimenScores *scores, double mean, guint k, gboolean above)
{
  double n = limen_scores_n_below (scores, INFINITY) - limen_scores_n_below (scores, -G_MAXDOUBLE);
  double wider = n > 1 ? (n + 1) / (n - 1) : INFINITY;
  guint left = 0, right = scores->n;
  double unusual = NAN;
  for (guint i = 0; i < k; i++) {
    double below = mean - scores->sorted[left], over = scores->sorted[right - 1] - mean;
    below *= above && below > 0 ? wider : 1;
    over *= !above && over > 0 ? wider : 1;
    unusual = fmax (below, over);
    if (below >= over)
      left++;
    else
      right--;
  }
  return unusual;
}

static double
threshold_by_rank (LimenRule rule, const LimenRuleSets *sets)
{
  const LimenScores *validation = sets->validation;
  LimenSide side = sets->side;
  guint k = validation ? limen_rule_rank (rule, validation->n, side) : 0;
  if (k == 0 || (side == LIMEN_SIDE_BOTH && isnan (sets->mean)))
    return NAN;
  if (side == LIMEN_SIDE_BOTH && rule.kind == LIMEN_RULE_CONFORMAL)
    return line_at (sets, fmax (greatest_with_new (validation, sets->mean, k, TRUE),
                                greatest_with_new (validation, sets->mean, k, FALSE)));
  if (side != LIMEN_SIDE_BOTH)
    return side == LIMEN_SIDE_LOW ? validation->sorted[k - 1]
                                  : validation->sorted[validation->n - k];
  g_autofree double *unusual = limen_unusual (validation, sets->mean);
  return line_at (sets, unusual[k - 1]);
}

/* -- costs -- */

gboolean
limen_rule_looks_at_anomalies (LimenRule rule)
{
  return rule.kind == LIMEN_RULE_COST || rule.kind == LIMEN_RULE_LEAST_ERRORS;
}

static gboolean
has_both (const LimenRuleSets *sets)
{
  return sets->validation && sets->validation->n > 0 && sets->anomaly && sets->anomaly->n > 0;
}

/* What one flagged validation image and one kept anomaly cost */
static void
weigh (LimenRule rule, const LimenRuleSets *sets, double *alarm, double *miss)
{
  gboolean least = rule.kind == LIMEN_RULE_LEAST_ERRORS;
  *alarm = least ? 1 : rule.value * (1 - rule.third) / sets->validation->n;
  *miss = least ? 1 : rule.second * rule.third / sets->anomaly->n;
}

double
limen_rule_cost (LimenRule rule, const LimenRuleSets *sets, LimenLines lines)
{
  if (!limen_rule_looks_at_anomalies (rule) || !has_both (sets) || isnan (lines.low))
    return NAN;
  double alarm, miss;
  weigh (rule, sets, &alarm, &miss);
  guint flagged = limen_lines_n_flagged (lines, sets->validation),
        found = limen_lines_n_flagged (lines, sets->anomaly);
  return alarm * flagged + miss * (sets->anomaly->n - found);
}

/* The two sets, from the most unusual image on; @flagged, @found: how many of each are passed */
typedef struct {
  const double *normal, *anomaly;
  guint n_normal, n_anomaly, flagged, found;
} Merge;

/* The most unusual that is not passed; −∞: all are */
static double
next_unusual (const Merge *merge)
{
  double normal = merge->flagged < merge->n_normal ? merge->normal[merge->flagged] : -INFINITY;
  double anomaly = merge->found < merge->n_anomaly ? merge->anomaly[merge->found] : -INFINITY;
  return fmax (normal, anomaly);
}

static void
pass (Merge *merge, double unusual)
{
  while (merge->flagged < merge->n_normal && merge->normal[merge->flagged] == unusual)
    merge->flagged++;
  while (merge->found < merge->n_anomaly && merge->anomaly[merge->found] == unusual)
    merge->found++;
}

static double
middle (double kept, double flagged)
{
  double between = kept + (flagged - kept) / 2;
  return isfinite (flagged - kept) && between < flagged ? between : kept;
}

static double
threshold_by_cost (LimenRule rule, const LimenRuleSets *sets)
{
  if (!has_both (sets) || (sets->side == LIMEN_SIDE_BOTH && isnan (sets->mean)))
    return NAN;
  g_autofree double *normal = limen_unusual (sets->validation, sets->mean),
                    *anomaly = limen_unusual (sets->anomaly, sets->mean);
  Merge merge = {normal, anomaly, sets->validation->n, sets->anomaly->n, 0, 0};
  double alarm, miss, nearest = sets->side == LIMEN_SIDE_BOTH ? 0 : -INFINITY;
  weigh (rule, sets, &alarm, &miss);
  double line = next_unusual (&merge), least = miss * merge.n_anomaly;
  while (merge.flagged < merge.n_normal || merge.found < merge.n_anomaly) {
    double unusual = next_unusual (&merge);
    if (unusual == nearest) /* no line is nearer */
      break;
    pass (&merge, unusual);
    double cost = alarm * merge.flagged + miss * (merge.n_anomaly - merge.found);
    if (cost < least * (1 - ROUNDING)) {
      least = cost;
      line = middle (fmax (next_unusual (&merge), nearest), unusual);
    }
  }
  return line_at (sets, line);
}

/* -- all -- */

double
limen_rule_threshold (LimenRule rule, const LimenRuleSets *sets)
{
  g_return_val_if_fail (sets != NULL, NAN);
  LimenSide side = sets->side;
  switch (rule.kind) {
  case LIMEN_RULE_VALUE: /* two lines lie about a mean */
    return side == LIMEN_SIDE_BOTH && isnan (sets->mean) ? NAN : rule.value;
  case LIMEN_RULE_FALSE_ALARMS:
  case LIMEN_RULE_CONFORMAL:
    return threshold_by_rank (rule, sets);
  case LIMEN_RULE_COST:
  case LIMEN_RULE_LEAST_ERRORS:
    return threshold_by_cost (rule, sets);
  default:
    if (!(sets->std > 0))
      return NAN;
    return side == LIMEN_SIDE_HIGH ? sets->mean + rule.value * sets->std
                                   : sets->mean - rule.value * sets->std;
  }
}

double
limen_rule_gaussian_rate (LimenRule rule, LimenSide side)
{
  if (rule.kind != LIMEN_RULE_SIGMAS)
    return NAN;
  if (side == LIMEN_SIDE_BOTH)
    return erfc (fabs (rule.value) / G_SQRT2);
  return erfc (rule.value / G_SQRT2) / 2;
}
