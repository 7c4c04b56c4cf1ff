#include "model/detect/report-promise.h"
#include "model/detect/band.h"
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
  limen_json_number (json, "needed", needed == G_MAXUINT ? NAN : needed);
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

static void
add_truth (JsonBuilder *json, const char *key, gboolean truth)
{
  json_builder_set_member_name (json, key);
  json_builder_add_boolean_value (json, truth);
}

static void
add_image (JsonBuilder *json, LimenLines lines, const LimenUnsorted *unsorted,
           const LimenImageSet *images, guint i)
{
  g_autofree char *name = images ? limen_image_set_image_name (images, i) : NULL;
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
                           const LimenUnsorted *unsorted, const LimenImageSet *images)
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
    add_image (json, lines, unsorted, images, i);
  json_builder_end_array (json);
  json_builder_end_object (json);
}
