#include "model/prior/gradient-report.h"
#include "model/prior/sentences.h"
#include "model/report/json.h"

#include <math.h>

#define N_TOLD (LIMEN_PART_LAMBDA2 + 1) /* parts of a gradient that are told */

static const char *const part_keys[N_TOLD] = {
    [LIMEN_PART_MU] = "mu",
    [LIMEN_PART_LOG_S] = "log_s",
    [LIMEN_PART_LAMBDA1] = "lambda1",
    [LIMEN_PART_LAMBDA2] = "lambda2",
};

/* @value: (4k) */
static void
add_parts (JsonBuilder *json, const char *key, const double *value, guint k)
{
  limen_json_begin_object (json, key);
  for (guint part = 0; part < N_TOLD; part++)
    limen_json_numbers (json, part_keys[part], value + (gsize)part * k, k);
  json_builder_end_object (json);
}

static void
add_estimator (JsonBuilder *json, const LimenDuel *duel, LimenGradientEstimator estimator)
{
  const LimenDuelCloud *cloud = &duel->cloud[estimator];
  gsize n = duel->n_parameters;
  g_autofree double *mean = g_new (double, n), *error = g_new (double, n);
  g_autofree double *variance = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    LimenEstimate estimate = limen_running_mean_estimate (&cloud->measured[i]);
    mean[i] = estimate.mean;
    error[i] = estimate.standard_error;
    variance[i] = limen_running_mean_variance (&cloud->measured[i]);
  }
  limen_json_begin_object (json, limen_estimator_word (estimator));
  add_parts (json, "mean", mean, duel->k);
  add_parts (json, "standard_error", error, duel->k);
  add_parts (json, "variance", variance, duel->k);
  add_parts (json, "exact_variance", cloud->variance, duel->k);
  add_parts (json, "exact_variance_error", cloud->variance_error, duel->k);
  json_builder_end_object (json);
}

char *
limen_gradient_report_json (const LimenGradientReport *report)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  json_builder_begin_object (json);
  add_parts (json, "exact", report->duel->exact, report->duel->k);
  add_parts (json, "exact_error", report->duel->exact_error, report->duel->k);
  limen_json_begin_object (json, "estimators");
  for (guint i = 0; i < LIMEN_N_ESTIMATORS; i++)
    if (report->shown >> i & 1)
      add_estimator (json, report->duel, i);
  json_builder_end_object (json);
  limen_json_begin_object (json, "case");
  limen_json_file (json, report->sha256, report->case_file);
  json_builder_end_object (json);
  limen_json_count (json, "samples", (gint64)report->samples);
  limen_json_count (json, "seed", (gint64)report->seed);
  limen_json_number (json, "shift", report->shift);
  limen_json_text (json, "software", "Limen " LIMEN_VERSION);
  json_builder_end_object (json);
  return limen_json_to_text (json);
}

/* Of the two parameters that the picture shows. */
static void
add_exact_text (GStrvBuilder *pairs, const LimenDuel *duel)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 2; i++) {
    guint at = duel->pair[i];
    g_autofree char *name = limen_duel_parameter_name (duel, at);
    g_autofree char *value =
        limen_known_digits ((LimenNumber){duel->exact[at], duel->exact_error[at]}, 10);
    g_string_append_printf (text, "%s%s: %s", i > 0 ? "\n" : "", name, value);
  }
  limen_text_add (pairs, "Exact gradient", g_strdup (text->str));
}

static void
add_variance_text (GStrvBuilder *pairs, const LimenGradientReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint at = report->parameter;
  for (guint i = 0; i < LIMEN_N_ESTIMATORS; i++) {
    const LimenDuelCloud *cloud = &report->duel->cloud[i];
    if (!(report->shown >> i & 1))
      continue;
    g_autofree char *exact =
        limen_known_digits ((LimenNumber){cloud->variance[at], cloud->variance_error[at]}, 8);
    g_autofree char *measured =
        limen_decimal (limen_running_mean_variance (&cloud->measured[at]), "%.3g");
    g_string_append_printf (text, "%s%s: %s exactly", text->len > 0 ? "\n" : "",
                            limen_estimator_word (i), exact);
    if (cloud->measured[at].n > 1)
      g_string_append_printf (text, ", %s measured", measured);
  }
  g_autofree char *name = limen_duel_parameter_name (report->duel, at);
  g_string_prepend (text, "\n");
  g_string_prepend (text, name);
  limen_text_add (pairs, "Variance of a draw", g_strdup (text->str));
}

char **
limen_gradient_report_picture_text (const LimenGradientReport *report)
{
  g_autoptr (GStrvBuilder) pairs = g_strv_builder_new ();
  const char *const case_file[] = {report->case_file, NULL};
  g_autofree char *file =
      report->case_file ? g_filename_display_basename (report->case_file) : NULL;
  g_autofree char *shift = limen_decimal (report->shift, "%.10g");
  limen_text_add (
      pairs, "Title",
      g_strdup_printf ("Gradient estimates under %s", report->name ? report->name : file));
  limen_text_add (pairs, "Description", limen_duel_sentence (report->duel, report->parameter));
  limen_text_add (pairs, "Software", g_strdup ("Limen " LIMEN_VERSION));
  add_exact_text (pairs, report->duel);
  add_variance_text (pairs, report);
  limen_text_add (pairs, "Estimates",
                  g_strdup_printf ("%" G_GUINT64_FORMAT " draws of each estimator, seed %" //
                                   G_GUINT64_FORMAT ", %s added to log p",
                                   report->samples, report->seed, shift));
  limen_text_add_files (pairs, "Case", report->sha256, case_file);
  return g_strv_builder_end (pairs);
}
