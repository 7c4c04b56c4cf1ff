/* What limen prior prints. */
#include "model/base/number.h"
#include "model/prior/sentences.h"
#include "ui/cli/prior.h"

#include <math.h>

#define MOST_SHOWN 4 /* latent variables that are told one by one */

/* -- gradients -- */

/* Columns are as wide as their letters, which may take more than one byte each; two never touch. */
static void
append_column (GString *line, const char *text, glong width)
{
  glong n = g_utf8_strlen (text, -1);
  g_string_append (line, text);
  do
    g_string_append_c (line, ' ');
  while (++n < width);
}

static void
print_row (const char *name, const char *estimate, const char *measured, const char *exact,
           const char *needed)
{
  g_autoptr (GString) line = g_string_new (NULL);
  append_column (line, name, 24);
  append_column (line, estimate, 22);
  append_column (line, measured, 13);
  append_column (line, exact, 13);
  limen_say (stdout, "%s%s", line->str, needed);
}

static void
print_estimator (const LimenDuel *duel, LimenGradientEstimator estimator, guint index)
{
  const LimenDuelCloud *cloud = &duel->cloud[estimator];
  double variance = limen_running_mean_variance (&cloud->measured[index]);
  LimenEstimate estimate = limen_running_mean_estimate (&cloud->measured[index]);
  g_autofree char *mean = limen_mean_text (estimate.mean, estimate.standard_error, 5);
  g_autofree char *measured =
      isnan (variance) ? g_strdup ("–") : g_strdup_printf ("%.3g", variance);
  g_autofree char *exact =
      limen_known_digits ((LimenNumber){cloud->variance[index], cloud->variance_error[index]}, 6);
  g_autofree char *needed = limen_duel_needed_text (duel, estimator, index);
  print_row (limen_estimator_word (estimator), mean, measured, exact, needed);
}

static void
print_parameter (const LimenGradientReport *report, guint index)
{
  const LimenDuel *duel = report->duel;
  g_autofree char *name = limen_duel_parameter_name (duel, index);
  g_autofree char *exact =
      limen_known_digits ((LimenNumber){duel->exact[index], duel->exact_error[index]}, 8);
  g_autofree char *head = g_strdup_printf ("∂VLB/∂%s = %s", name, exact);
  print_row (head, "mean ± standard error", "variance", "exactly", "samples for one more decimal");
  for (guint i = 0; i < LIMEN_N_ESTIMATORS; i++)
    if (report->shown >> i & 1)
      print_estimator (report->duel, i, index);
}

void
limen_gradient_run_print (const LimenGradientRun *run, const LimenGradientReport *report)
{
  g_return_if_fail (run != NULL && report != NULL);
  guint k = report->duel->k;
  g_autofree char *shown = limen_display_name (report->case_file);
  g_autofree char *sentence = limen_duel_sentence (report->duel, 0);
  g_autofree char *samples = limen_format_number ((double)report->samples, 0);
  limen_say (stdout, "%-12s%s: %u latent variables, %u observed", "case", shown, k,
             report->duel->d);
  limen_say (stdout, "%-12s%s, seed %" G_GUINT64_FORMAT, "samples", samples, report->seed);
  for (guint i = 0; i < MIN (k, MOST_SHOWN); i++)
    print_parameter (report, i);
  if (k > MOST_SHOWN)
    limen_say (stdout, "(and %u more, in --json)", k - MOST_SHOWN);
  limen_say (stdout, "%s", sentence);
}

/* -- training -- */

static void
print_numbers (const char *label, const double *value, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < MIN (n, MOST_SHOWN); i++)
    g_string_append_printf (text, "%s%.6g", i > 0 ? ", " : "", value[i]);
  limen_say (stdout, "%-12s%s%s", label, text->str, n > MOST_SHOWN ? ", ..." : "");
}

static void
print_nats (const char *label, LimenNumber number)
{
  g_autofree char *text = limen_known_text (number, 6);
  if (isfinite (number.value))
    limen_say (stdout, "%-12s%s nats per point", label, text);
}

/* Exact, or with two standard errors */
static void
print_bound (const LimenPriorReport *last)
{
  g_autofree char *mean = limen_mean_text (last->bound, 2 * last->bound_standard_error, 6);
  if (isnan (last->bound_standard_error))
    print_nats ("bound", (LimenNumber){last->bound, last->bound_error});
  else
    limen_say (stdout, "%-12s%s nats per point, over %u points", "bound", mean, last->n_points);
}

void
limen_training_run_print (const LimenTrainingReport *report)
{
  g_return_if_fail (report != NULL);
  const LimenPriorSettings *settings = &report->settings;
  g_autofree char *shown = limen_display_name (report->data[0]);
  g_autofree char *n = limen_format_number (report->points->n, 0);
  g_autofree char *hidden = settings->hidden > 0
                                ? g_strdup_printf ("%u hidden units", settings->hidden)
                                : g_strdup ("affine maps");
  g_autofree char *sentence = limen_training_report_sentence (report);
  limen_say (stdout, "%-12s%s: %s points of %u numbers", "data", shown, n, report->points->d);
  limen_say (stdout, "%-12s%u latent variable%s, %s, sigma %.6g, %s prior", "vae", settings->latent,
             settings->latent == 1 ? "" : "s", hidden, settings->sigma,
             settings->trainable ? "trainable" : "fixed");
  limen_say (stdout, "%-12s%s", "estimator", limen_estimator_word (settings->estimator));
  print_numbers ("lambda1", report->last.lambda1, settings->latent);
  print_numbers ("lambda2", report->last.lambda2, settings->latent);
  print_bound (&report->last);
  print_nats ("log p(x)",
              (LimenNumber){report->last.log_likelihood, report->last.log_likelihood_error});
  print_nats ("maximum", report->maximum);
  limen_say (stdout, "%s", sentence);
}
