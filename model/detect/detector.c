#include "model/detect/detector.h"
#include "model/base/random.h"

#include <math.h>

static LimenScores *
ref_or_null (LimenScores *scores)
{
  return scores ? limen_scores_ref (scores) : NULL;
}

LimenMeasure *
limen_detector_measure (const LimenDetector *detector)
{
  const LimenScores *any = detector->normal       ? detector->normal
                           : detector->validation ? detector->validation
                                                  : detector->anomaly;
  return any ? any->measure : limen_measure_log_likelihood ();
}

static LimenSide
side_of (const LimenDetector *detector)
{
  return limen_detector_measure (detector)->side;
}

static LimenRuleSets
sets_of (const LimenDetector *detector)
{
  return (LimenRuleSets){detector->validation, detector->anomaly, side_of (detector),
                         detector->mean, detector->std};
}

static void
apply_rule (LimenDetector *detector, LimenRule rule)
{
  detector->rule = rule;
  const LimenRuleSets sets = sets_of (detector);
  detector->threshold = limen_rule_threshold (rule, &sets);
}

/* One score has no standard deviation: 0 would be one. */
static double
spread (const LimenScores *validation)
{
  guint first = limen_scores_n_below (validation, -G_MAXDOUBLE);
  guint end = limen_scores_n_below (validation, INFINITY);
  return end > first + 1 ? limen_scores_std (validation) : NAN;
}

/* Everything that depends on the scores and not on the threshold, so that moving the line costs no
 * pass over them. */
static LimenDetector *
finish (LimenDetector *detector, LimenRule rule)
{
  detector->mean = detector->validation ? limen_scores_mean (detector->validation) : NAN;
  detector->std = detector->validation ? spread (detector->validation) : NAN;
  detector->auroc = detector->normal && detector->anomaly
                        ? limen_auroc_about (detector->normal, detector->anomaly, detector->mean)
                        : NAN;
  apply_rule (detector, rule);
  return detector;
}

/* @order: (nullable) */
static guint32 *
index_new (const guint32 *order, guint n)
{
  if (!order)
    return NULL;
  guint32 *index = g_atomic_rc_box_alloc (MAX (n, 1) * sizeof (guint32));
  for (guint i = 0; i < n; i++)
    index[i] = order[i];
  return index;
}

guint32 *
limen_split_order (LimenSplit split, guint n)
{
  guint32 *order = g_new (guint32, n);
  for (guint i = 0; i < n; i++)
    order[i] = i;
  if (split.kind == LIMEN_SPLIT_RANDOM) {
    LimenRandom random = limen_random_stream (split.seed, "split", 0);
    limen_random_shuffle (&random, order, n);
  }
  return order;
}

static void
split_normal (LimenDetector *detector, const LimenScores *normal, const guint32 *order)
{
  guint n = normal->n, n_test = n / 2;
  detector->normal_index = index_new (order, n_test);
  detector->validation_index = index_new (order + n_test, n - n_test);
  detector->normal = limen_scores_subset (normal, normal->name, order, n_test);
  detector->validation = limen_scores_subset (normal, normal->name, order + n_test, n - n_test);
}

LimenDetector *
limen_detector_new_in_order (LimenScores *normal, const guint32 *order, LimenScores *anomaly,
                             LimenSplit split, LimenRule rule)
{
  LimenDetector *detector = g_new0 (LimenDetector, 1);
  detector->split = split;
  detector->anomaly = ref_or_null (anomaly);
  if (normal)
    split_normal (detector, normal, order);
  return finish (detector, rule);
}

LimenDetector *
limen_detector_new (LimenScores *normal, LimenScores *anomaly, LimenSplit split, LimenRule rule)
{
  g_autofree guint32 *order = normal ? limen_split_order (split, normal->n) : NULL;
  return limen_detector_new_in_order (normal, order, anomaly, split, rule);
}

LimenDetector *
limen_detector_new_with_validation (LimenScores *validation, LimenScores *normal,
                                    LimenScores *anomaly, LimenRule rule)
{
  LimenDetector *detector = g_new0 (LimenDetector, 1);
  detector->validation = ref_or_null (validation);
  detector->normal = ref_or_null (normal);
  detector->anomaly = ref_or_null (anomaly);
  return finish (detector, rule);
}

LimenDetector *
limen_detector_new_divided (const LimenDivided *divided, LimenScores *anomaly, LimenRule rule)
{
  LimenDetector *detector = g_new0 (LimenDetector, 1);
  detector->split = divided->split;
  detector->n_fit = divided->n_fit;
  detector->validation = limen_scores_ref (divided->validation);
  detector->normal = limen_scores_ref (divided->normal);
  detector->anomaly = ref_or_null (anomaly);
  detector->validation_index = index_new (divided->validation_index, divided->validation->n);
  detector->normal_index = index_new (divided->normal_index, divided->normal->n);
  return finish (detector, rule);
}

static LimenDetector *
copy (const LimenDetector *detector)
{
  LimenDetector *copied = g_memdup2 (detector, sizeof *detector);
  ref_or_null (copied->validation);
  ref_or_null (copied->normal);
  ref_or_null (copied->anomaly);
  if (copied->normal_index)
    g_atomic_rc_box_acquire (copied->normal_index);
  if (copied->validation_index)
    g_atomic_rc_box_acquire (copied->validation_index);
  return copied;
}

LimenDetector *
limen_detector_with_rule (const LimenDetector *detector, LimenRule rule)
{
  LimenDetector *changed = copy (detector);
  apply_rule (changed, rule);
  return changed;
}

LimenDetector *
limen_detector_with_promise (const LimenDetector *detector, LimenPromise promise)
{
  LimenDetector *changed = copy (detector);
  changed->promise = promise;
  return changed;
}

void
limen_detector_free (LimenDetector *detector)
{
  g_clear_pointer (&detector->validation, limen_scores_unref);
  g_clear_pointer (&detector->normal, limen_scores_unref);
  g_clear_pointer (&detector->anomaly, limen_scores_unref);
  g_clear_pointer (&detector->normal_index, g_atomic_rc_box_release);
  g_clear_pointer (&detector->validation_index, g_atomic_rc_box_release);
  g_free (detector);
}

LimenLines
limen_detector_lines (const LimenDetector *detector)
{
  return limen_lines_new (side_of (detector), detector->mean, detector->threshold);
}

static LimenErrorRate
rate_of (const LimenDetector *detector, guint errors, guint n)
{
  return detector->promise == LIMEN_PROMISE_LOOKING ? limen_error_rate_anywhere (errors, n)
                                                    : limen_error_rate (errors, n);
}

LimenErrorRate
limen_detector_type_1 (const LimenDetector *detector)
{
  const LimenScores *normal = detector->normal;
  if (!normal || isnan (detector->threshold))
    return rate_of (detector, 0, 0);
  return rate_of (detector, limen_lines_n_flagged (limen_detector_lines (detector), normal),
                  normal->n);
}

LimenErrorRate
limen_detector_type_2 (const LimenDetector *detector)
{
  const LimenScores *anomaly = detector->anomaly;
  if (!anomaly || isnan (detector->threshold))
    return rate_of (detector, 0, 0);
  return rate_of (detector,
                  anomaly->n - limen_lines_n_flagged (limen_detector_lines (detector), anomaly),
                  anomaly->n);
}

double
limen_detector_sigmas (const LimenDetector *detector)
{
  if (!(detector->std > 0))
    return NAN;
  double below = detector->mean - detector->threshold;
  switch (side_of (detector)) {
  case LIMEN_SIDE_HIGH:
    return (detector->threshold - detector->mean) / detector->std;
  case LIMEN_SIDE_BOTH:
    return fabs (below) / detector->std;
  default:
    return below / detector->std;
  }
}

double
limen_detector_cost (const LimenDetector *detector)
{
  const LimenRuleSets sets = sets_of (detector);
  return limen_rule_cost (detector->rule, &sets, limen_detector_lines (detector));
}
