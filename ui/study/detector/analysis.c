#include "ui/study/detector/analysis.h"

#include <math.h>

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer keys)
{
  double x = ((const double *)keys)[*(const guint32 *)a];
  double y = ((const double *)keys)[*(const guint32 *)b];
  return x != y ? (x > y) - (x < y) : (*(const guint32 *)a > *(const guint32 *)b ? 1 : -1);
}

/* (n): less where a score is more unusual */
static double *
keys_of (const LimenScores *scores, double mean)
{
  double *key = g_new (double, MAX (scores->n, 1));
  LimenSide side = scores->measure->side;
  for (guint i = 0; i < scores->n; i++) {
    double score = scores->value[i];
    key[i] = side == LIMEN_SIDE_LOW    ? score
             : side == LIMEN_SIDE_HIGH ? -score
             : isnan (mean)            ? 0
                                       : -fabs (score - mean);
  }
  return key;
}

/* Numbers of images, the most unusual first; @index: (nullable): which image of the set a score
 * belongs to */
static guint32 *
order_by_score (const LimenScores *scores, double mean, const guint32 *index)
{
  g_autofree double *key = keys_of (scores, mean);
  guint32 *order = g_new (guint32, MAX (scores->n, 1));
  for (guint32 i = 0; i < scores->n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int)scores->n, sizeof *order, compare_keys, key);
  for (guint32 i = 0; index && i < scores->n; i++)
    order[i] = index[order[i]];
  return order;
}

/* None of a score that they were not given */
static void
judge_unsorted (LimenAnalysis *analysis, LimenScores *unsorted)
{
  const LimenDetector *detector = analysis->detector;
  if (!limen_measure_same (unsorted->measure, limen_detector_measure (detector)))
    return;
  analysis->unsorted =
      limen_unsorted_new (detector, unsorted, LIMEN_USUAL_FALSE_SHARE, LIMEN_USUAL_DELTA);
  analysis->order[LIMEN_SET_UNSORTED] = order_by_score (unsorted, detector->mean, NULL);
}

LimenAnalysis *
limen_analysis_of (LimenDetector *detector, LimenScores *unsorted)
{
  g_return_val_if_fail (detector != NULL && detector->normal != NULL, NULL);
  LimenAnalysis *analysis = g_new0 (LimenAnalysis, 1);
  analysis->detector = detector;
  analysis->order[LIMEN_SET_NORMAL] =
      order_by_score (detector->normal, detector->mean, detector->normal_index);
  if (detector->anomaly)
    analysis->order[LIMEN_SET_ANOMALY] = order_by_score (detector->anomaly, detector->mean, NULL);
  if (unsorted)
    judge_unsorted (analysis, unsorted);
  analysis->curve = limen_curve_new (detector);
  return analysis;
}

LimenAnalysis *
limen_analysis_with_detector (const LimenAnalysis *analysis, LimenDetector *detector)
{
  g_return_val_if_fail (analysis != NULL && detector != NULL, NULL);
  g_return_val_if_fail (detector->normal == analysis->detector->normal, NULL);
  const LimenUnsorted *unsorted = analysis->unsorted;
  const gsize n[LIMEN_N_SETS] = {detector->normal->n, detector->anomaly ? detector->anomaly->n : 0,
                                 unsorted ? unsorted->scores->n : 0};
  LimenAnalysis *copy = g_new0 (LimenAnalysis, 1);
  copy->detector = detector;
  copy->variation = analysis->variation;
  copy->unsorted = unsorted ? limen_unsorted_ref (analysis->unsorted) : NULL;
  copy->curve = analysis->curve ? limen_curve_ref (analysis->curve) : NULL;
  for (int role = 0; role < LIMEN_N_SETS; role++)
    if (analysis->order[role])
      copy->order[role] = g_memdup2 (analysis->order[role], MAX (n[role], 1) * sizeof (guint32));
  return copy;
}

LimenAnalysis *
limen_analysis_new (LimenScores *const scores[LIMEN_N_SETS], LimenSplit split, LimenRule rule,
                    guint n_splits, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (scores != NULL, NULL);
  return limen_analysis_new_in_order (scores, NULL, split, rule, n_splits, cancellable, error);
}

LimenAnalysis *
limen_analysis_new_in_order (LimenScores *const scores[LIMEN_N_SETS], const guint32 *order,
                             LimenSplit split, LimenRule rule, guint n_splits,
                             GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (scores != NULL && scores[LIMEN_SET_NORMAL] != NULL, NULL);
  LimenScores *normal = scores[LIMEN_SET_NORMAL], *anomaly = scores[LIMEN_SET_ANOMALY];
  LimenDetector *detector = order
                                ? limen_detector_new_in_order (normal, order, anomaly, split, rule)
                                : limen_detector_new (normal, anomaly, split, rule);
  g_autoptr (LimenAnalysis) analysis = limen_analysis_of (detector, scores[LIMEN_SET_UNSORTED]);
  double sigmas = rule.kind == LIMEN_RULE_SIGMAS ? rule.value : 3;
  if (n_splits > 0 && !limen_split_variation (normal, sigmas, n_splits, split.seed,
                                              &analysis->variation, cancellable, error))
    return NULL;
  return g_steal_pointer (&analysis);
}

/* Of one part of a set; @place: (nullable): which images of the set it is */
static gboolean
find_score (const LimenScores *scores, const guint32 *place, guint index, double *score)
{
  for (guint i = 0; scores && i < scores->n; i++)
    if ((place ? place[i] : i) == index) {
      *score = scores->value[i];
      return TRUE;
    }
  return FALSE;
}

gboolean
limen_analysis_score (const LimenAnalysis *analysis, LimenSetRole role, guint index, double *score)
{
  g_return_val_if_fail (analysis != NULL && role < LIMEN_N_SETS && score != NULL, FALSE);
  const LimenDetector *detector = analysis->detector;
  if (role == LIMEN_SET_ANOMALY)
    return find_score (detector->anomaly, NULL, index, score);
  if (role == LIMEN_SET_UNSORTED)
    return find_score (analysis->unsorted ? analysis->unsorted->scores : NULL, NULL, index, score);
  return find_score (detector->normal, detector->normal_index, index, score) ||
         find_score (detector->validation, detector->validation_index, index, score);
}

void
limen_analysis_free (LimenAnalysis *analysis)
{
  g_return_if_fail (analysis != NULL);
  g_clear_pointer (&analysis->detector, limen_detector_free);
  g_clear_pointer (&analysis->unsorted, limen_unsorted_unref);
  g_clear_pointer (&analysis->curve, limen_curve_unref);
  for (int role = 0; role < LIMEN_N_SETS; role++)
    g_free (analysis->order[role]);
  g_free (analysis);
}
