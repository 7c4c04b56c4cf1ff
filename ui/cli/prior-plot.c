/* The pictures of limen prior. */
#include "ui/cli/prior.h"
#include "model/base/number.h"
#include "viz/prior/race-plot.h"

#include <math.h>
#include <string.h>

#define MOST_DOTS 1000 /* points and samples in a plane */

/* "1 000 of 10 000 draws of each are shown": not all fit. */
static char *
note_of (const LimenGradientReport *report)
{
  g_autofree char *n = limen_format_number ((double)report->samples, 0);
  g_autofree char *shown = limen_format_number (LIMEN_DUEL_MOST, 0);
  if (report->samples <= LIMEN_DUEL_MOST)
    return g_strdup_printf ("%s draw%s of each", n, report->samples == 1 ? "" : "s");
  return g_strdup_printf ("%s of %s draws of each", shown, n);
}

gboolean
limen_gradient_run_draw (const LimenGradientRun *run, const LimenGradientReport *report,
                         GError **error)
{
  g_autofree char *sentence = limen_duel_sentence (report->duel, 0);
  g_autofree char *name = limen_duel_parameter_name (report->duel, 0);
  g_autofree char *title = g_strdup_printf ("Variance of one draw, %s", name);
  g_autofree char *note = note_of (report);
  g_auto (GStrv) text = limen_gradient_report_picture_text (report);
  LimenDuelPlot duel = {
      .duel = report->duel, .shown = report->shown, .title = "Gradient estimates", .note = note};
  LimenVariancePlot variance = {.duel = report->duel, .shown = report->shown, .title = title};
  LimenPriorPicture drawing = {.scheme = limen_scheme (run->options->plot.dark, FALSE),
                               .sentence = sentence,
                               .duel = &duel,
                               .variance = &variance};
  return limen_plot_save (&run->options->plot, limen_prior_picture_draw, &drawing, text, error);
}

/* -- training -- */

/* The first two columns of (n, d); 0 where there is no second one */
static double *
take_two (const double *value, guint n, guint d)
{
  double *two = g_new (double, 2 * (gsize)n);
  for (gsize i = 0; i < n; i++) {
    two[2 * i] = value[i * d];
    two[2 * i + 1] = d > 1 ? value[i * d + 1] : 0;
  }
  return two;
}

/* @mean: (n, 2) and @sample: (n, 2) (out) (transfer full) */
static void
take_planes (const LimenTrainingRun *run, guint n, double **mean, double **sample)
{
  const LimenPriorSettings *settings = &run->options->settings;
  gsize k = settings->latent, d = run->points->d;
  g_autofree double *all_mean = g_new (double, n *k), *s = g_new (double, n *k);
  g_autofree double *x = g_new (double, n *d);
  limen_prior_trainer_encode (run->trainer, n, all_mean, s);
  limen_prior_trainer_sample (run->trainer, n, settings->seed, x);
  *mean = take_two (all_mean, n, settings->latent);
  *sample = take_two (x, n, run->points->d);
}

gboolean
limen_training_run_draw (const LimenTrainingRun *run, const LimenTrainingReport *report,
                         GError **error)
{
  guint n = MIN (run->points->n, MOST_DOTS), k = report->settings.latent;
  g_autofree double *mean = NULL, *sample = NULL;
  g_autofree double *data = take_two (run->points->x, n, run->points->d);
  g_autofree char *sentence = limen_training_report_sentence (report);
  g_auto (GStrv) text = limen_training_report_picture_text (report);
  take_planes (run, n, &mean, &sample);
  LimenRaceRunner runner = {.estimator = report->settings.estimator,
                            .name = limen_estimator_word (report->settings.estimator),
                            .step = run->curve.step,
                            .bound = run->curve.bound,
                            .n = run->curve.n,
                            .mean = mean,
                            .n_points = n,
                            .lambda1 = {report->last.lambda1[0]},
                            .lambda2 = {report->last.lambda2[0], 1},
                            .path = run->path,
                            .n_path = run->curve.n,
                            .sample = sample,
                            .n_samples = n};
  if (k > 1) {
    runner.lambda1[1] = report->last.lambda1[1];
    runner.lambda2[1] = report->last.lambda2[1];
  }
  LimenRacePlot race = {.title = "Bound, nats per point",
                        .runner = &runner,
                        .n_runners = 1,
                        .best = report->maximum.value,
                        .n_steps = (double)report->settings.n_steps,
                        .hidden = report->settings.hidden,
                        .data = data,
                        .n_data = n};
  LimenPriorPicture drawing = {
      .scheme = limen_scheme (run->options->plot.dark, FALSE), .sentence = sentence, .race = &race};
  return limen_plot_save (&run->options->plot, limen_prior_picture_draw, &drawing, text, error);
}
