#include "model/detect/report-promise.h"
#include "model/detect/band.h"
#include "model/detect/curve.h"
#include "model/detect/sentences-rule.h"

#include <math.h>

#define CONFIDENCE 0.95

static void
add_text_or_null (JsonBuilder *json, const char *key, const char *text)
{
  if (text) {
    limen_json_text (json, key, text);
    return;
  }
  json_builder_set_member_name (json, key);
  json_builder_add_null_value (json);
}

void
limen_report_add_rule (JsonBuilder *json, const LimenDetector *detector)
{
  LimenSide side = limen_detector_measure (detector)->side;
  guint needed = limen_rule_needed (detector->rule, side);
  g_autofree char *text = limen_rule_text (detector->rule),
                  *name = limen_rule_name (detector->rule, side),
                  *promise = limen_rule_promise (detector), *holds = limen_rule_anywhere (detector);
  gboolean looking = detector->promise == LIMEN_PROMISE_LOOKING;
  limen_json_text (json, "promise", looking ? "looking" : "fixed");
  limen_json_begin_object (json, "rule");
  limen_json_text (json, "text", text);
  limen_json_text (json, "name", name);
  add_text_or_null (json, "promise", promise);
  add_text_or_null (json, "holds", holds);
  if (needed == G_MAXUINT)
    limen_json_number (json, "needed", NAN);
  else
    limen_json_count (json, "needed", needed);
  json_builder_end_object (json);
}

static void
add_interval (JsonBuilder *json, const char *key, LimenErrorRate rate)
{
  const double interval[] = {rate.low, rate.high};
  limen_json_numbers (json, key, interval, G_N_ELEMENTS (interval));
}

static double
eta_of (LimenErrorRate rate)
{
  return rate.n > 0 ? limen_band_eta (rate.n, CONFIDENCE) : NAN;
}

void
limen_report_add_band (JsonBuilder *json, const LimenDetector *detector)
{
  LimenErrorRate one = limen_detector_type_1 (detector), two = limen_detector_type_2 (detector);
  one = limen_error_rate_anywhere (one.errors, one.n);
  two = limen_error_rate_anywhere (two.errors, two.n);
  limen_json_begin_object (json, "band");
  limen_json_number (json, "confidence", CONFIDENCE);
  limen_json_number (json, "eta_1", eta_of (one));
  limen_json_number (json, "eta_2", eta_of (two));
  add_interval (json, "type_1", one);
  add_interval (json, "type_2", two);
  json_builder_end_object (json);
}

typedef double (*OfPoint) (const LimenCurvePoint *point);

static double
threshold_of (const LimenCurvePoint *point)
{
  return point->threshold;
}

static double
flagged_normal_of (const LimenCurvePoint *point)
{
  return point->k1;
}

static double
flagged_anomalies_of (const LimenCurvePoint *point)
{
  return point->k2;
}

static double
type_1_low_of (const LimenCurvePoint *point)
{
  return point->low[0];
}

static double
type_1_high_of (const LimenCurvePoint *point)
{
  return point->high[0];
}

static double
type_2_low_of (const LimenCurvePoint *point)
{
  return 1 - point->high[1];
}

static double
type_2_high_of (const LimenCurvePoint *point)
{
  return 1 - point->low[1];
}

static void
add_points (JsonBuilder *json, const LimenCurve *curve)
{
  static const struct {
    const char *key;
    OfPoint value;
  } columns[] = {
      {"threshold", threshold_of},
      {"flagged_normal", flagged_normal_of},
      {"flagged_anomalies", flagged_anomalies_of},
      {"type_1_low", type_1_low_of},
      {"type_1_high", type_1_high_of},
      {"type_2_low", type_2_low_of},
      {"type_2_high", type_2_high_of},
  };
  g_autofree double *values = g_new (double, MAX (curve->n, 1));
  for (guint k = 0; k < G_N_ELEMENTS (columns); k++) {
    for (guint i = 0; i < curve->n; i++)
      values[i] = columns[k].value (&curve->point[i]);
    limen_json_numbers (json, columns[k].key, values, curve->n);
  }
}

void
limen_report_add_curve (JsonBuilder *json, const LimenDetector *detector)
{
  g_autoptr (LimenCurve) curve = limen_curve_new (detector);
  if (!curve) {
    add_text_or_null (json, "curve", NULL);
    return;
  }
  const double n[] = {curve->n1, curve->n2};
  limen_json_begin_object (json, "curve");
  limen_json_number (json, "auroc", curve->auroc);
  limen_json_number (json, "confidence", LIMEN_CURVE_CONFIDENCE);
  limen_json_numbers (json, "n", n, G_N_ELEMENTS (n));
  add_points (json, curve);
  json_builder_end_object (json);
}

static void
add_truth (JsonBuilder *json, const char *key, gboolean truth)
{
  json_builder_set_member_name (json, key);
  json_builder_add_boolean_value (json, truth);
}

static void
add_image (JsonBuilder *json, LimenLines lines, const LimenUnsorted *unsorted,
           const LimenReportSet *set, guint i)
{
  gboolean is_named = set && limen_report_set_is_there (set);
  g_autofree char *name = is_named ? limen_report_set_image_name (set, i) : NULL;
  double score = unsorted->scores->value[i];
  json_builder_begin_object (json);
  add_text_or_null (json, "image", name);
  limen_json_number (json, "score", score);
  if (isnan (lines.low))
    add_text_or_null (json, "flagged", NULL);
  else
    add_truth (json, "flagged", limen_lines_flag (lines, score));
  limen_json_number (json, "p_value", unsorted->p[i]);
  limen_json_number (json, "p_value_conditional", unsorted->p_conditional[i]);
  add_truth (json, "listed", unsorted->listed[i]);
  json_builder_end_object (json);
}

void
limen_report_add_unsorted (JsonBuilder *json, const LimenDetector *detector,
                           const LimenUnsorted *unsorted, const LimenReportSet *set)
{
  if (!unsorted)
    return;
  LimenLines lines = limen_detector_lines (detector);
  g_autofree char *sentence = limen_unsorted_sentence (unsorted);
  limen_json_begin_object (json, "unsorted");
  limen_json_count (json, "n", unsorted->scores->n);
  limen_json_count (json, "flagged", limen_unsorted_n_flagged (unsorted, detector));
  limen_json_count (json, "listed", unsorted->n_listed);
  limen_json_count (json, "normal_images", unsorted->n_ranks);
  limen_json_number (json, "false_share", unsorted->q);
  limen_json_number (json, "delta", unsorted->delta);
  limen_json_text (json, "sentence", sentence);
  limen_json_begin_array (json, "images");
  for (guint i = 0; i < unsorted->scores->n; i++)
    add_image (json, lines, unsorted, set, i);
  json_builder_end_array (json);
  json_builder_end_object (json);
}
