#include "model/bench/bench-report.h"
#include "model/bench/combination.h"
#include "model/detect/sentences.h"
#include "model/report/json.h"

#include <math.h>

static gboolean
has (const LimenBenchReport *report, guint kind)
{
  return (limen_scorer_kinds (report->scorer) & LIMEN_SCORE_BIT (kind)) != 0;
}

/* -- JSON -- */

static void
add_rate (JsonBuilder *json, const char *key, LimenErrorRate rate)
{
  const double interval[2] = {rate.low, rate.high};
  limen_json_begin_object (json, key);
  limen_json_count (json, "errors", rate.errors);
  limen_json_count (json, "n", rate.n);
  limen_json_number (json, "rate", rate.rate);
  limen_json_numbers (json, "interval", interval, 2);
  json_builder_end_object (json);
}

static void
add_row (JsonBuilder *json, const LimenBenchRow *row)
{
  static const char *const sides[] = {
      [LIMEN_SIDE_LOW] = "low", [LIMEN_SIDE_HIGH] = "high", [LIMEN_SIDE_BOTH] = "both"};
  const double interval[2] = {row->separation.auroc_low, row->separation.auroc_high};
  limen_json_begin_object (json, row->measure->name);
  limen_json_number (json, "auroc", row->separation.auroc);
  limen_json_numbers (json, "auroc_interval", interval, 2);
  limen_json_number (json, "aupr", row->separation.aupr);
  limen_json_number (json, "fpr_at_95_tpr", row->separation.fpr_at_95_tpr);
  add_rate (json, "type_1", row->type_1);
  add_rate (json, "type_2", row->type_2);
  limen_json_number (json, "threshold", row->threshold);
  limen_json_text (json, "unit", row->measure->unit);
  limen_json_text (json, "unusual", sides[row->measure->side]);
  limen_json_number (json, "mean", row->mean);
  limen_json_number (json, "std", row->std);
  json_builder_end_object (json);
}

static void
add_scores (JsonBuilder *json, const LimenBenchReport *report)
{
  limen_json_begin_object (json, "scores");
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    if (has (report, k))
      add_row (json, &report->row[k]);
  json_builder_end_object (json);
  limen_json_begin_object (json, "lacking");
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    g_autofree char *lack =
        limen_bench_needs ((LimenScoreKind)k, limen_scorer_models (report->scorer));
    if (lack && !has (report, k))
      limen_json_text (json, limen_score_name ((LimenScoreKind)k), lack);
  }
  json_builder_end_object (json);
}

static void
add_combined (JsonBuilder *json, const LimenBenchReport *report)
{
  guint parts = limen_scorer_parts (report->scorer);
  if (!has (report, LIMEN_SCORE_COMBINED))
    return;
  limen_json_begin_object (json, "combined");
  limen_json_begin_array (json, "of");
  for (guint p = 0; p < LIMEN_N_COMBINED_PARTS; p++)
    if (parts & LIMEN_SCORE_BIT (p))
      json_builder_add_string_value (json, limen_part_name (p));
  json_builder_end_array (json);
  limen_json_number (json, "ridge", LIMEN_COMBINATION_RIDGE);
  json_builder_end_object (json);
}

static void
add_file (JsonBuilder *json, const LimenBenchReport *report, const char *key, const char *path,
          const char *const *networks)
{
  limen_json_begin_object (json, key);
  limen_json_file (json, report->sha256, path);
  limen_json_networks (json, networks);
  json_builder_end_object (json);
}

static void
add_models (JsonBuilder *json, const LimenBenchReport *report)
{
  const LimenBenchModels *models = limen_scorer_models (report->scorer);
  if (models->flow)
    add_file (json, report, "model", limen_nice_path (models->flow),
              limen_nice_networks (models->flow));
  if (models->vae) {
    add_file (json, report, "vae", limen_vae_path (models->vae), limen_vae_networks (models->vae));
    limen_json_count (json, "k", limen_scorer_k (report->scorer));
    limen_json_count (json, "bound_seed", (gint64)limen_scorer_seed (report->scorer));
  }
  if (models->reference)
    add_file (json, report, "reference", limen_nice_path (models->reference),
              limen_nice_networks (models->reference));
}

static void
add_division (JsonBuilder *json, const LimenBenchDivision *division)
{
  static const char *const names[] = {"fit", "validation", "test"};
  g_auto (GStrv) optimism = limen_bench_optimism (&division->counts);
  limen_json_begin_object (json, "division");
  for (guint p = 0; p < LIMEN_BENCH_N_PARTS; p++)
    limen_json_count (json, names[p], division->counts.n[p]);
  if (division->index[LIMEN_BENCH_TEST]) {
    limen_json_text (json, "split",
                     division->split.kind == LIMEN_SPLIT_RANDOM ? "random" : "ordered");
    if (division->split.kind == LIMEN_SPLIT_RANDOM)
      limen_json_count (json, "seed", (gint64)division->split.seed);
  }
  limen_json_begin_array (json, "optimistic");
  for (char **line = optimism; *line; line++)
    json_builder_add_string_value (json, *line);
  json_builder_end_array (json);
  json_builder_end_object (json);
}

static void
add_set (JsonBuilder *json, const LimenBenchReport *report, const char *role,
         const LimenReportSet *set)
{
  if (!set->images)
    return;
  json_builder_begin_object (json);
  limen_json_text (json, "role", role);
  limen_json_set (json, report->sha256, set);
  json_builder_end_object (json);
}

char *
limen_bench_report_json (const LimenBenchReport *report)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  json_builder_begin_object (json);
  limen_json_text (json, "recommended",
                   limen_score_name (limen_scorer_recommended (report->scorer)));
  add_scores (json, report);
  add_combined (json, report);
  limen_json_number (json, "sigmas", report->sigmas);
  add_division (json, report->division);
  add_models (json, report);
  limen_json_begin_array (json, "sets");
  add_set (json, report, "fit", &report->fit);
  add_set (json, report, "validation", &report->validation);
  add_set (json, report, "normal", &report->normal);
  add_set (json, report, "anomaly", &report->anomaly);
  json_builder_end_array (json);
  limen_json_text (json, "software", "Limen " LIMEN_VERSION);
  json_builder_end_object (json);
  return limen_json_to_text (json);
}

/* -- text -- */

/* "0.9993 (0.9991–0.9995)": down to the digit that tells it from 1 */
static char *
auroc_text (const LimenSeparation *separation)
{
  double rest = 1 - separation->auroc;
  int decimals = rest > 0 && rest < 1e-3 ? 6 : 4;
  g_autofree char *format =
      g_strdup_printf ("%%.%df (%%.%df-%%.%df)", decimals, decimals, decimals);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, separation->auroc, separation->auroc_low, separation->auroc_high);
#pragma GCC diagnostic pop
}

static char *
rate_text (const LimenErrorRate *rate)
{
  g_autofree char *percent = limen_percent_text (rate->rate);
  return rate->n > 0 ? g_strdup_printf ("%s %%", percent) : g_strdup ("-");
}

static char *
row_text (const LimenBenchRow *row, gboolean is_recommended)
{
  g_autofree char *auroc = auroc_text (&row->separation), *type_1 = rate_text (&row->type_1),
                  *type_2 = rate_text (&row->type_2),
                  *percent = limen_percent_text (row->separation.fpr_at_95_tpr),
                  *fpr = g_strdup_printf ("%s %%", percent),
                  *threshold = limen_decimal (row->threshold, "%.3f");
  return g_strdup_printf ("%c %-17s%-29s%-9.4f%-11s%-9s%-9s%s%s%s", is_recommended ? '*' : ' ',
                          row->measure->name, auroc, row->separation.aupr, fpr, type_1, type_2,
                          threshold, *row->measure->unit ? " " : "", row->measure->unit);
}

char **
limen_bench_report_table (const LimenBenchReport *report)
{
  LimenScoreKind recommended = limen_scorer_recommended (report->scorer);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_autofree char *head =
      g_strdup_printf ("  %-17s%-29s%-9s%-11s%-9s%-9s%s", "score", "AUROC (95 % interval)", "AUPR",
                       "FPR at 95", "type I", "type II", "threshold");
  g_strv_builder_add (lines, head);
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    g_autofree char *line = has (report, k) ? row_text (&report->row[k], k == recommended) : NULL;
    if (line)
      g_strv_builder_add (lines, line);
  }
  return g_strv_builder_end (lines);
}

char **
limen_bench_report_lacking (const LimenBenchReport *report)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    g_autofree char *lack =
        limen_bench_needs ((LimenScoreKind)k, limen_scorer_models (report->scorer));
    g_autofree char *line =
        g_strdup_printf ("%s: %s", limen_score_name ((LimenScoreKind)k), lack ? lack : "");
    if (lack && !has (report, k))
      g_strv_builder_add (lines, line);
  }
  return g_strv_builder_end (lines);
}

char *
limen_bench_report_combined (const LimenBenchReport *report)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint parts = limen_scorer_parts (report->scorer);
  if (!has (report, LIMEN_SCORE_COMBINED))
    return NULL;
  for (guint p = 0; p < LIMEN_N_COMBINED_PARTS; p++)
    if (parts & LIMEN_SCORE_BIT (p))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", limen_part_name (p));
  g_autofree char *ridge = limen_decimal (LIMEN_COMBINATION_RIDGE, "%g");
  return g_strdup_printf (
      "combined is the Mahalanobis distance of the normal scores of %s, with %s "
      "of their mean variance added to each variance.",
      names->str, ridge);
}

char *
limen_bench_report_recommended (const LimenBenchReport *report)
{
  return g_strdup_printf ("%s is recommended: by a rule that was fixed beforehand, asks only which "
                          "models there are, and looks at none of these images.",
                          limen_score_name (limen_scorer_recommended (report->scorer)));
}

/* -- pictures -- */

static void
add_models_text (GStrvBuilder *pairs, const LimenBenchReport *report)
{
  const LimenBenchModels *models = limen_scorer_models (report->scorer);
  const char *flow[] = {models->flow ? limen_nice_path (models->flow) : NULL, NULL},
             *vae[] = {models->vae ? limen_vae_path (models->vae) : NULL, NULL},
             *reference[] = {models->reference ? limen_nice_path (models->reference) : NULL, NULL};
  limen_text_add_files (pairs, "Model", report->sha256, flow);
  limen_text_add_files (pairs, "VAE", report->sha256, vae);
  limen_text_add_files (pairs, "Second flow", report->sha256, reference);
}

static void
add_aurocs_text (GStrvBuilder *pairs, const LimenBenchReport *report)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint k = 0; k < LIMEN_N_SCORES; k++) {
    g_autofree char *auroc = has (report, k) ? auroc_text (&report->row[k].separation) : NULL;
    if (auroc)
      g_string_append_printf (lines, "%s%s: %s", lines->len > 0 ? "\n" : "",
                              limen_score_name ((LimenScoreKind)k), auroc);
  }
  limen_text_add (pairs, "AUROC", g_strdup (lines->str));
}

char **
limen_bench_report_picture_text (const LimenBenchReport *report)
{
  g_autoptr (GStrvBuilder) pairs = g_strv_builder_new ();
  limen_text_add (pairs, "Title",
                  g_strdup_printf ("Scores of %s and %s",
                                   limen_image_set_name (report->normal.images),
                                   limen_image_set_name (report->anomaly.images)));
  limen_text_add (pairs, "Description", limen_bench_report_recommended (report));
  limen_text_add (pairs, "Software", g_strdup ("Limen " LIMEN_VERSION));
  add_aurocs_text (pairs, report);
  if (has (report, LIMEN_SCORE_COMBINED))
    limen_text_add (pairs, "Combined", limen_bench_report_combined (report));
  limen_text_add (pairs, "Division", limen_bench_division_sentence (&report->division->counts));
  add_models_text (pairs, report);
  limen_text_add_set (pairs, "Fit images", report->sha256, &report->fit);
  limen_text_add_set (pairs, "Validation images", report->sha256, &report->validation);
  limen_text_add_set (pairs, "Normal images", report->sha256, &report->normal);
  limen_text_add_set (pairs, "Anomalies", report->sha256, &report->anomaly);
  return g_strv_builder_end (pairs);
}
