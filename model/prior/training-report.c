#include "model/prior/training-report.h"
#include "model/prior/sentences.h"
#include "model/report/json.h"

#include <math.h>

static void
add_settings (JsonBuilder *json, const LimenPriorSettings *settings)
{
  limen_json_begin_object (json, "settings");
  limen_json_text (json, "estimator", limen_estimator_word (settings->estimator));
  limen_json_count (json, "steps", (gint64)settings->n_steps);
  limen_json_count (json, "batch", settings->batch);
  limen_json_count (json, "latent", settings->latent);
  limen_json_count (json, "hidden", settings->hidden);
  limen_json_text (json, "prior", settings->trainable ? "trainable" : "fixed");
  limen_json_number (json, "sigma", settings->sigma);
  limen_json_number (json, "learning_rate", settings->learning_rate);
  limen_json_count (json, "seed", (gint64)settings->seed);
  json_builder_end_object (json);
}

static void
add_data (JsonBuilder *json, const LimenTrainingReport *report)
{
  limen_json_begin_object (json, "data");
  limen_json_file (json, report->sha256, report->data[0]);
  limen_json_count (json, "n", report->points->n);
  limen_json_count (json, "columns", report->points->d);
  json_builder_end_object (json);
}

static void
add_curve (JsonBuilder *json, const LimenTrainingCurve *curve)
{
  limen_json_begin_object (json, "curve");
  limen_json_begin_array (json, "step");
  for (guint i = 0; i < curve->n; i++)
    json_builder_add_int_value (json, (gint64)curve->step[i]);
  json_builder_end_array (json);
  limen_json_numbers (json, "bound", curve->bound, curve->n);
  limen_json_numbers (json, "log_likelihood", curve->log_likelihood, curve->n);
  json_builder_end_object (json);
}

char *
limen_training_report_json (const LimenTrainingReport *report)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  json_builder_begin_object (json);
  limen_json_number (json, "bound", report->last.bound);
  limen_json_number (json, "bound_error", report->last.bound_error);
  limen_json_number (json, "bound_standard_error", report->last.bound_standard_error);
  limen_json_count (json, "bound_points", report->last.n_points);
  limen_json_number (json, "log_likelihood", report->last.log_likelihood);
  limen_json_number (json, "log_likelihood_error", report->last.log_likelihood_error);
  limen_json_number (json, "maximum_likelihood", report->maximum.value);
  limen_json_number (json, "maximum_likelihood_error", report->maximum.error);
  limen_json_numbers (json, "lambda1", report->last.lambda1, report->settings.latent);
  limen_json_numbers (json, "lambda2", report->last.lambda2, report->settings.latent);
  add_settings (json, &report->settings);
  add_data (json, report);
  add_curve (json, report->curve);
  limen_json_text (json, "software", "Limen " LIMEN_VERSION);
  json_builder_end_object (json);
  return limen_json_to_text (json);
}

gboolean
limen_training_report_write_csv (const LimenTrainingReport *report, FILE *stream)
{
  const LimenTrainingCurve *curve = report->curve;
  fputs ("step,bound,log_likelihood\n", stream);
  for (guint i = 0; i < curve->n; i++) {
    g_autofree char *bound = limen_decimal (curve->bound[i], "%.17g");
    g_autofree char *log_likelihood = limen_decimal (curve->log_likelihood[i], "%.17g");
    fprintf (stream, "%.0f,%s,%s\n", curve->step[i], isfinite (curve->bound[i]) ? bound : "",
             isfinite (curve->log_likelihood[i]) ? log_likelihood : "");
  }
  return !ferror (stream);
}

static void
add_numbers_text (GStrvBuilder *pairs, const char *key, const double *value, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < n; i++) {
    g_autofree char *number = limen_decimal (value[i], "%.8g");
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", number);
  }
  limen_text_add (pairs, key, g_strdup (text->str));
}

static void
add_nats_text (GStrvBuilder *pairs, const char *key, LimenNumber number)
{
  g_autofree char *text = limen_known_text (number, 9);
  if (isfinite (number.value))
    limen_text_add (pairs, key, g_strdup_printf ("%s nats per point", text));
}

/* Exact, or with two standard errors */
static void
add_bound_text (GStrvBuilder *pairs, const LimenPriorReport *last)
{
  g_autofree char *mean = limen_mean_text (last->bound, 2 * last->bound_standard_error, 6);
  if (isnan (last->bound_standard_error))
    add_nats_text (pairs, "Bound", (LimenNumber){last->bound, last->bound_error});
  else
    limen_text_add (pairs, "Bound", g_strdup_printf ("%s nats per point", mean));
}

/* "2000", or "700 of 2000" of a training that goes on */
static void
add_settings_text (GStrvBuilder *pairs, const LimenTrainingReport *report)
{
  const LimenPriorSettings *settings = &report->settings;
  guint64 step = report->last.step, all = settings->n_steps;
  g_autofree char *steps = step == all ? g_strdup_printf ("%" G_GUINT64_FORMAT, all)
                                       : g_strdup_printf ("%" G_GUINT64_FORMAT " of %" //
                                                          G_GUINT64_FORMAT,
                                                          step, all);
  g_autofree char *sigma = limen_decimal (settings->sigma, "%.6g");
  g_autofree char *rate = limen_decimal (settings->learning_rate, "%.6g");
  limen_text_add (pairs, "Training",
                  g_strdup_printf ("%s, %s steps of %u points, learning rate %s, seed %" //
                                   G_GUINT64_FORMAT,
                                   limen_estimator_word (settings->estimator), steps,
                                   settings->batch, rate, settings->seed));
  limen_text_add (pairs, "Model",
                  g_strdup_printf ("%u latent variables, %u hidden units, sigma %s, %s prior",
                                   settings->latent, settings->hidden, sigma,
                                   settings->trainable ? "trainable" : "fixed"));
}

char **
limen_training_report_picture_text (const LimenTrainingReport *report)
{
  g_autoptr (GStrvBuilder) pairs = g_strv_builder_new ();
  guint k = report->settings.latent;
  limen_text_add (pairs, "Title",
                  g_strdup_printf ("A VAE with a %s prior learns %s",
                                   report->settings.trainable ? "trainable" : "fixed",
                                   report->points->name));
  limen_text_add (pairs, "Description", limen_training_report_sentence (report));
  limen_text_add (pairs, "Software", g_strdup ("Limen " LIMEN_VERSION));
  add_bound_text (pairs, &report->last);
  add_nats_text (pairs, "Log likelihood",
                 (LimenNumber){report->last.log_likelihood, report->last.log_likelihood_error});
  add_nats_text (pairs, "Maximum likelihood", report->maximum);
  add_numbers_text (pairs, "lambda1", report->last.lambda1, k);
  add_numbers_text (pairs, "lambda2", report->last.lambda2, k);
  add_settings_text (pairs, report);
  limen_text_add_files (pairs, "Data", report->sha256, report->data);
  return g_strv_builder_end (pairs);
}
