#include "ui/study/detector/slider.h"

#include "model/base/number.h"
#include "model/detect/sentences.h"

#include <math.h>

#define STEPS 500 /* from end to end, where those of the keys are smaller */

double
limen_slider_moved (const LimenHistogramView *view, const LimenThresholdRange *range,
                    double threshold, double steps)
{
  g_return_val_if_fail (view != NULL && range != NULL, threshold);
  if (isinf (threshold)) /* no step leads away from there */
    threshold = CLAMP (threshold, range->low, range->high);
  double place = limen_histogram_view_place (view, threshold) + steps / STEPS;
  double by = limen_histogram_view_value (view, place) - CLAMP (threshold, view->low, view->high);
  return threshold + (fabs (by) > fabs (steps) * range->step ? by : steps * range->step);
}

double
limen_slider_value (const LimenHistogramView *view, double threshold)
{
  g_return_val_if_fail (view != NULL, 0);
  return view->low + limen_histogram_view_place (view, threshold) * (view->high - view->low);
}

double
limen_slider_threshold (const LimenHistogramView *view, double value)
{
  g_return_val_if_fail (view != NULL && view->high > view->low, 0);
  return limen_histogram_view_value (view, (value - view->low) / (view->high - view->low));
}

char *
limen_slider_text (const LimenDetector *detector)
{
  g_return_val_if_fail (detector != NULL, NULL);
  if (isnan (detector->threshold))
    return g_strdup ("no threshold");
  const LimenMeasure *measure = limen_detector_measure (detector);
  guint decimals = limen_measure_decimals (measure, detector->std, 1);
  g_autofree char *lines = limen_detector_lines_text (detector, decimals);
  g_autofree char *place = limen_detector_place (detector);
  return g_strdup_printf ("%s, %s", lines, place);
}

gboolean
limen_can_go_back (const LimenDetector *detector)
{
  if (!detector || !(detector->std > 0) || !isfinite (detector->std))
    return FALSE;
  if (detector->rule.kind == LIMEN_RULE_SIGMAS)
    return detector->rule.value != LIMEN_USUAL_SIGMAS;
  g_autoptr (LimenDetector) usual =
      limen_detector_with_rule (detector, (LimenRule){LIMEN_RULE_SIGMAS, LIMEN_USUAL_SIGMAS});
  LimenLines lines = limen_detector_lines (usual); /* one of them infinite, unless there are two */
  gboolean is_infinite = isinf (detector->threshold);
  return is_infinite || (detector->threshold != lines.low && detector->threshold != lines.high);
}
