#include "model/explain/explained-score.h"
#include "model/base/number.h"
#include "model/detect/p-values.h"

#include <math.h>

void
limen_explained_score_init (LimenExplainedScore *explained, const LimenSingle *single,
                            gboolean is_one_of_them)
{
  g_return_if_fail (explained != NULL && single != NULL && !isnan (single->score));
  const LimenDetector *detector = single->detector;
  LimenMeasure *measure = single->measure ? single->measure
                          : detector      ? limen_detector_measure (detector)
                                          : limen_measure_log_likelihood ();
  gboolean same = detector && limen_measure_same (limen_detector_measure (detector), measure);
  guint n = 0, as_unusual = same ? limen_single_n_as_unusual (single, &n) : 0;
  guint itself = is_one_of_them && n > 0 && as_unusual > 0;
  *explained = (LimenExplainedScore){
      .measure = limen_measure_ref (measure),
      .score = single->score,
      .n_as_unusual = as_unusual - itself,
      .n = n - itself,
      .decimals = limen_measure_decimals (measure, same ? detector->std : 0, 1),
      .has_threshold = same && !isnan (detector->threshold),
      .flagged = limen_single_is_flagged (single),
  };
}

void
limen_explained_score_copy (const LimenExplainedScore *from, LimenExplainedScore *to)
{
  *to = *from;
  limen_measure_ref (to->measure);
}

void
limen_explained_score_clear (LimenExplainedScore *explained)
{
  g_clear_pointer (&explained->measure, limen_measure_unref);
}

double
limen_explained_score_p (const LimenExplainedScore *explained)
{
  g_return_val_if_fail (explained != NULL, NAN);
  return limen_p_value_marginal (explained->n_as_unusual, explained->n);
}

double
limen_explained_score_place (const LimenExplainedScore *explained)
{
  g_return_val_if_fail (explained != NULL, NAN);
  return explained->n > 0 ? 1 - (double)explained->n_as_unusual / explained->n : NAN;
}

char *
limen_explained_score_text (const LimenExplainedScore *explained)
{
  g_return_val_if_fail (explained != NULL, NULL);
  return limen_measure_text (explained->measure, explained->score, explained->decimals);
}
