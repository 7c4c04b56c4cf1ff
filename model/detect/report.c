#include "model/detect/report.h"
#include "model/detect/report-promise.h"
#include "model/detect/sentences-rule.h"
#include "model/detect/sentences.h"
#include "model/detect/single.h"
#include "model/report/json.h"

#include <math.h>

static void
add_validation (JsonBuilder *json, const LimenDetector *detector)
{
  limen_json_begin_object (json, "validation");
  limen_json_count (json, "n", detector->validation ? detector->validation->n : 0);
  limen_json_number (json, "mean", detector->mean);
  limen_json_number (json, "std", detector->std);
  json_builder_end_object (json);
}

static void
add_rate (JsonBuilder *json, const char *key, LimenErrorRate rate)
{
  limen_json_begin_object (json, key);
  limen_json_count (json, "errors", rate.errors);
  limen_json_count (json, "n", rate.n);
  limen_json_number (json, "rate", rate.rate);
  limen_json_begin_array (json, "interval");
  limen_json_value (json, rate.low);
  limen_json_value (json, rate.high);
  json_builder_end_array (json);
  json_builder_end_object (json);
}

/* What the numbers are of. Of two lines "threshold" is one, and "other_threshold" here the other */
static void
add_score (JsonBuilder *json, const LimenDetector *detector)
{
  const LimenMeasure *measure = limen_detector_measure (detector);
  limen_json_begin_object (json, "score");
  limen_json_text (json, "name", measure->name);
  limen_json_text (json, "unit", measure->unit);
  limen_json_text (json, "side", limen_side_name (measure->side));
  if (measure->side == LIMEN_SIDE_BOTH) {
    LimenLines lines = limen_detector_lines (detector);
    limen_json_number (json, "other_threshold",
                       detector->threshold == lines.low ? lines.high : lines.low);
  }
  json_builder_end_object (json);
}

static void
add_model (JsonBuilder *json, const LimenReport *report)
{
  if (!report->nice) {
    json_builder_set_member_name (json, "model");
    json_builder_add_null_value (json);
    return;
  }
  LimenNiceShape shape = limen_nice_shape (report->nice);
  limen_json_begin_object (json, "model");
  limen_json_file (json, report->sha256, limen_nice_path (report->nice));
  limen_json_networks (json, limen_nice_networks (report->nice));
  limen_json_count (json, "dimension", shape.dimension);
  limen_json_count (json, "width", shape.width);
  limen_json_count (json, "depth", shape.depth);
  limen_json_count (json, "couplings", shape.couplings);
  json_builder_end_object (json);
}

/* A VAE, a second flow */
static void
add_others (JsonBuilder *json, const LimenReport *report)
{
  if (!report->others)
    return;
  limen_json_begin_array (json, "other_models");
  for (const char *const *path = report->others; *path; path++) {
    json_builder_begin_object (json);
    limen_json_file (json, report->sha256, *path);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

/* "sigmas" from the mean, to the side that is flagged, where that is the rule */
static void
add_rule (JsonBuilder *json, LimenRule rule)
{
  gboolean given = rule.kind == LIMEN_RULE_VALUE;
  limen_json_number (json, "sigmas", rule.kind == LIMEN_RULE_SIGMAS ? rule.value : NAN);
  limen_json_flag (json, "threshold_given", given);
}

static void
add_split (JsonBuilder *json, LimenSplit split)
{
  limen_json_text (json, "split", split.kind == LIMEN_SPLIT_RANDOM ? "random" : "ordered");
  if (split.kind == LIMEN_SPLIT_RANDOM)
    limen_json_count (json, "seed", (gint64)split.seed);
}

static void
add_rows_of (JsonBuilder *json, const char *role, const LimenTableSet *set)
{
  limen_json_count (json, role, set->scores ? set->scores->n : 0);
}

/* Where scores come from that another program wrote */
static void
add_table (JsonBuilder *json, const LimenReport *report)
{
  const LimenTableScores *scores = report->table;
  if (!scores)
    return;
  limen_json_begin_object (json, "table");
  limen_json_begin_array (json, "files");
  for (char **file = scores->table->files; *file; file++) {
    json_builder_begin_object (json);
    limen_json_file (json, report->sha256, *file);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
  limen_json_text (json, "column", scores->table->column[scores->column].name);
  limen_json_text (json, "side_from", scores->side_of_labels ? "labels" : "name or user");
  limen_json_text (json, "read_as", scores->table->told);
  g_autofree char *told = limen_table_scores_told (scores);
  limen_json_text (json, "flagged", told);
  limen_json_count (json, "rows", scores->table->n);
  add_rows_of (json, "validation", &scores->validation);
  add_rows_of (json, "normal", &scores->normal);
  add_rows_of (json, "anomaly", &scores->anomaly);
  limen_json_count (json, "without_number", scores->n_without);
  limen_json_count (json, "without_label", scores->n_unknown);
  limen_json_count (json, "fitted", scores->n_fit);
  if (report->detector->normal_index)
    add_split (json, report->detector->split);
  json_builder_end_object (json);
}

/* How photos were cut into windows, and how well the unusual pixels are those of defects */
static void
add_windows (JsonBuilder *json, const LimenReportWindows *windows)
{
  if (!windows)
    return;
  limen_json_begin_object (json, "windows");
  limen_json_text (json, "kind", windows->kind);
  limen_json_count (json, "size", windows->size);
  limen_json_count (json, "stride", windows->stride);
  limen_json_count (json, "levels", windows->levels);
  limen_json_flag (json, "colour", windows->colour);
  limen_json_flag (json, "positioned", windows->positioned);
  limen_json_count (json, "top_k", windows->top_k);
  limen_json_count (json, "kept", windows->n_kept);
  limen_json_text (json, "told", windows->told);
  json_builder_end_object (json);
  if (!windows->has_pixels)
    return;
  limen_json_begin_object (json, "pixels");
  limen_json_number (json, "auroc", windows->auroc);
  limen_json_number (json, "aupro", windows->aupro);
  limen_json_count (json, "masks", windows->n_masks);
  limen_json_count (json, "without_mask", windows->n_without);
  limen_json_count (json, "regions", windows->n_regions);
  limen_json_count (json, "defect", (gint64)windows->n_defect);
  limen_json_count (json, "other", (gint64)windows->n_other);
  json_builder_end_object (json);
}

static void
add_set (JsonBuilder *json, const LimenReport *report, const char *role, const LimenReportSet *set,
         guint n_not_finite)
{
  if (!limen_report_set_is_there (set))
    return;
  json_builder_begin_object (json);
  limen_json_text (json, "role", role);
  limen_json_set (json, report->sha256, set);
  limen_json_count (json, "not_finite", n_not_finite);
  if (set == &report->normal && report->detector->normal_index)
    add_split (json, report->detector->split);
  if (set == &report->normal && report->detector->n_fit > 0)
    limen_json_count (json, "fitted", report->detector->n_fit);
  json_builder_end_object (json);
}

char *
limen_report_json (const LimenReport *report)
{
  const LimenDetector *detector = report->detector;
  g_autoptr (JsonBuilder) json = json_builder_new ();
  json_builder_begin_object (json);
  add_score (json, detector);
  add_validation (json, detector);
  limen_json_number (json, "threshold", detector->threshold);
  add_rule (json, detector->rule);
  add_rate (json, "type_1", limen_detector_type_1 (detector));
  add_rate (json, "type_2", limen_detector_type_2 (detector));
  limen_json_number (json, "auroc", detector->auroc);
  limen_report_add_rule (json, detector);
  limen_report_add_band (json, detector);
  limen_report_add_curve (json, detector);
  add_model (json, report);
  add_others (json, report);
  add_table (json, report);
  add_windows (json, report->windows);
  if (report->division)
    limen_json_text (json, "division", report->division);
  limen_json_begin_array (json, "sets");
  add_set (json, report, "fit", &report->fit, 0);
  add_set (json, report, "validation", &report->validation, report->n_not_finite[0]);
  add_set (json, report, "normal", &report->normal, report->n_not_finite[1]);
  add_set (json, report, "anomaly", &report->anomaly, report->n_not_finite[2]);
  add_set (json, report, "unsorted", &report->unsorted, report->n_not_finite[3]);
  json_builder_end_array (json);
  limen_report_add_unsorted (json, detector, report->judged, &report->unsorted);
  limen_json_text (json, "software", "Limen " LIMEN_VERSION);
  json_builder_end_object (json);
  return limen_json_to_text (json);
}

static void
add_rate_pair (GStrvBuilder *pairs, const char *key, LimenErrorRate rate)
{
  g_autofree char *told = limen_error_rate_text (&rate);
  if (rate.n > 0)
    limen_text_add (pairs, key, g_strdup_printf ("%u of %u: %s", rate.errors, rate.n, told));
}

/* (transfer full): the threshold, or both lines, with their unit */
static char *
threshold_text (const LimenDetector *detector)
{
  const LimenMeasure *measure = limen_detector_measure (detector);
  const char *format = measure == limen_measure_log_likelihood () ? "%.6f" : "%.10g";
  LimenLines lines = limen_detector_lines (detector);
  gboolean two = measure->side == LIMEN_SIDE_BOTH;
  g_autofree char *low = limen_decimal (two ? lines.low : detector->threshold, format);
  g_autofree char *high = two ? limen_decimal (lines.high, format) : NULL;
  return g_strconcat (low, two ? " and " : "", two ? high : "", *measure->unit ? " " : "",
                      measure->unit, NULL);
}

/* (transfer full): "set at 3 standard deviations below the mean" */
static char *
set_at (const LimenDetector *detector)
{
  const LimenRule rule = detector->rule;
  LimenSide side = limen_detector_measure (detector)->side;
  if (rule.kind == LIMEN_RULE_VALUE)
    return g_strdup ("as given");
  if (rule.kind != LIMEN_RULE_SIGMAS) {
    g_autofree char *name = limen_rule_name (rule, side);
    return g_strdup_printf ("set by the rule “%s”", name);
  }
  const char *where = side == LIMEN_SIDE_BOTH                         ? "on either side of"
                      : (rule.value < 0) == (side == LIMEN_SIDE_HIGH) ? "below"
                                                                      : "above";
  g_autofree char *sigmas = limen_decimal (fabs (rule.value), "%.10g");
  return g_strdup_printf ("set at %s standard deviations %s the mean", sigmas, where);
}

/* The threshold, what it promises, and how it and the images that it comes from were chosen */
static void
add_threshold (GStrvBuilder *pairs, const LimenDetector *detector)
{
  const LimenSplit split = detector->split;
  g_autofree char *threshold = threshold_text (detector), *set = set_at (detector);
  limen_text_add (pairs, "Threshold", g_strdup_printf ("%s, %s", threshold, set));
  if (detector->normal_index)
    limen_text_add (pairs, "Split",
                    split.kind == LIMEN_SPLIT_RANDOM
                        ? g_strdup_printf ("random, seed %" G_GUINT64_FORMAT, split.seed)
                        : g_strdup ("ordered"));
  char *promise = limen_rule_promise (detector), *anywhere = limen_rule_anywhere (detector);
  if (promise)
    limen_text_add (pairs, "Rule", promise);
  if (anywhere)
    limen_text_add (pairs, "Intervals", anywhere);
}

/* (transfer full): "Log-likelihoods under flow.pt", "Typicality under flow.pt"; of scores without a
 * flow "Typicality" */
static char *
title_of (const LimenReport *report)
{
  const LimenMeasure *measure = limen_detector_measure (report->detector);
  if (report->table)
    return g_strdup_printf ("“%s” of %s", measure->title, report->table->table->name);
  const char *path = report->nice ? limen_nice_path (report->nice) : NULL;
  g_autofree char *model = path ? g_filename_display_basename (path) : NULL;
  g_autofree char *heading = limen_measure_heading (measure);
  return g_strconcat (heading, measure == limen_measure_log_likelihood () ? "s" : "",
                      model ? " under " : "", model, NULL);
}

/* A line for each: "cat.png: −34.5 nats · flagged · p = 0.012" */
static void
add_singles (GStrvBuilder *pairs, const LimenReport *report)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; i < report->n_singles; i++) {
    const LimenSingle single = {report->detector, report->single[i].score};
    g_autofree char *said = limen_single_sentence (&single);
    g_string_append_printf (lines, "%s%s: %s", i > 0 ? "\n" : "", report->single[i].name, said);
  }
  if (lines->len > 0)
    limen_text_add (pairs, "Single pictures", g_strdup (lines->str));
}

static void
add_pixel_pairs (GStrvBuilder *pairs, const LimenReportWindows *windows)
{
  limen_text_add (pairs, "Pixel AUROC", limen_decimal (windows->auroc, "%.8g"));
  limen_text_add (pairs, "AUPRO up to 30 % false positives",
                  limen_decimal (windows->aupro, "%.8g"));
}

char **
limen_report_picture_text (const LimenReport *report)
{
  const LimenDetector *detector = report->detector;
  g_autoptr (GStrvBuilder) pairs = g_strv_builder_new ();
  const char *const model_paths[] = {report->nice ? limen_nice_path (report->nice) : NULL, NULL};
  limen_text_add (pairs, "Title", title_of (report));
  limen_text_add (pairs, "Description", limen_detector_sentence (detector));
  limen_text_add (pairs, "Software", g_strdup ("Limen " LIMEN_VERSION));
  add_threshold (pairs, detector);
  add_rate_pair (pairs, "Type I error rate", limen_detector_type_1 (detector));
  add_rate_pair (pairs, "Type II error rate", limen_detector_type_2 (detector));
  if (isfinite (detector->auroc))
    limen_text_add (pairs, "AUROC", limen_decimal (detector->auroc, "%.8g"));
  if (report->nice)
    limen_text_add_files (pairs, "Model", report->sha256, model_paths);
  if (report->table)
    limen_text_add_files (pairs, "Scores", report->sha256,
                          (const char *const *)report->table->table->files);
  limen_text_add_files (pairs, "Other models", report->sha256, report->others);
  if (report->windows)
    limen_text_add (pairs, "Windows", g_strdup (report->windows->told));
  if (report->windows && report->windows->has_pixels)
    add_pixel_pairs (pairs, report->windows);
  if (report->division)
    limen_text_add (pairs, "Division", g_strdup (report->division));
  limen_text_add_set (pairs, "Fit images", report->sha256, &report->fit);
  limen_text_add_set (pairs, "Validation images", report->sha256, &report->validation);
  limen_text_add_set (pairs, "Normal images", report->sha256, &report->normal);
  limen_text_add_set (pairs, "Anomalies", report->sha256, &report->anomaly);
  limen_text_add_set (pairs, "Unsorted images", report->sha256, &report->unsorted);
  if (report->judged)
    limen_text_add (pairs, "List of anomalies", limen_unsorted_sentence (report->judged));
  add_singles (pairs, report);
  char *learned = limen_learned_sentence (&report->learned);
  if (learned)
    limen_text_add (pairs, "Training images", learned);
  return g_strv_builder_end (pairs);
}
