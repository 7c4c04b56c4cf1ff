/* What limen prior prints. */
#include "model/base/number.h"
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

/* "0.30933 ± 0.08" */
static char *
format_estimate (LimenEstimate estimate)
{
  return estimate.n > 1 ? g_strdup_printf ("%.6g ± %.2g", estimate.mean, estimate.standard_error)
                        : g_strdup_printf ("%.6g", estimate.mean);
}

static char *
format_needed (double gradient, double variance)
{
  double needed = ceil (limen_gradient_samples_needed (gradient, variance));
  if (!isfinite (needed))
    return g_strdup ("no number");
  return needed < 1e15 ? limen_format_number (fmax (needed, 1), 0)
                       : g_strdup_printf ("%.3g", needed);
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
  double variance = limen_measured_variance (&cloud->measured[index]);
  g_autofree char *mean = format_estimate (limen_running_mean_estimate (&cloud->measured[index]));
  g_autofree char *measured =
      isnan (variance) ? g_strdup ("–") : g_strdup_printf ("%.6g", variance);
  g_autofree char *exact = g_strdup_printf ("%.6g", cloud->variance[index]);
  g_autofree char *needed = format_needed (duel->exact[index], cloud->variance[index]);
  print_row (limen_estimator_word (estimator), mean, measured, exact, needed);
}

static void
print_parameter (const LimenGradientReport *report, guint index)
{
  g_autofree char *name = limen_duel_parameter_name (report->duel, index);
  g_autofree char *head = g_strdup_printf ("∂VLB/∂%s = %.8g", name, report->duel->exact[index]);
  print_row (head, "mean ± standard error", "variance", "exactly", "samples for one digit");
  for (guint i = 0; i < LIMEN_N_ESTIMATORS; i++)
    if (report->shown >> i & 1)
      print_estimator (report->duel, i, index);
}

void
limen_gradient_run_print (const LimenGradientRun *run, const LimenGradientReport *report)
{
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
print_nats (const char *label, double value)
{
  if (isfinite (value))
    limen_say (stdout, "%-12s%.6f nats per point", label, value);
}

void
limen_training_run_print (const LimenTrainingReport *report)
{
  const LimenPriorSettings *settings = &report->settings;
  g_autofree char *shown = limen_display_name (report->data);
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
  print_nats ("bound", report->last.bound);
  print_nats ("log p(x)", report->last.log_likelihood);
  print_nats ("maximum", report->maximum_likelihood);
  limen_say (stdout, "%s", sentence);
}
