#include "ui/study/prior/told.h"
#include "model/base/number.h"
#include "model/prior/sentences.h"

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

LimenPriorTold *
limen_prior_told_new_gradients (const LimenGradientReport *report, LimenScheme scheme)
{
  g_return_val_if_fail (report != NULL && report->duel != NULL, NULL);
  LimenPriorTold *told = g_new0 (LimenPriorTold, 1);
  g_autofree char *name = limen_duel_parameter_name (report->duel, 0);
  told->sentence = limen_duel_sentence (report->duel, 0);
  told->text = limen_gradient_report_picture_text (report);
  told->title = g_strdup_printf ("Variance of one draw, %s", name);
  told->note = note_of (report);
  told->duel = (LimenDuelPlot){.duel = report->duel,
                               .shown = report->shown,
                               .title = "Gradient estimates",
                               .note = told->note};
  told->variance =
      (LimenVariancePlot){.duel = report->duel, .shown = report->shown, .title = told->title};
  told->picture = (LimenPriorPicture){.scheme = scheme,
                                      .sentence = told->sentence,
                                      .duel = &told->duel,
                                      .variance = &told->variance};
  return told;
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

static void
take_planes (LimenPriorTold *told, const LimenTrainingReport *report,
             const LimenPriorTrainer *trainer, guint n)
{
  guint k = report->settings.latent, d = report->points->d;
  g_autofree double *mean = g_new (double, (gsize)n *k), *s = g_new (double, (gsize)n *k);
  g_autofree double *x = g_new (double, (gsize)n *d);
  limen_prior_trainer_encode (trainer, n, mean, s);
  limen_prior_trainer_sample (trainer, n, report->settings.seed, x);
  told->data = take_two (report->points->x, n, d);
  told->mean = take_two (mean, n, k);
  told->sample = take_two (x, n, d);
}

static void
fill_runner (LimenPriorTold *told, const LimenTrainingReport *report, const double *path, guint n)
{
  const LimenTrainingCurve *curve = report->curve;
  gboolean plane = report->settings.latent > 1;
  told->runner =
      (LimenRaceRunner){.estimator = report->settings.estimator,
                        .name = limen_estimator_word (report->settings.estimator),
                        .step = curve->step,
                        .bound = curve->bound,
                        .n = curve->n,
                        .mean = told->mean,
                        .n_points = n,
                        .lambda1 = {report->last.lambda1[0], plane ? report->last.lambda1[1] : 0},
                        .lambda2 = {report->last.lambda2[0], plane ? report->last.lambda2[1] : 1},
                        .path = path,
                        .n_path = curve->n,
                        .sample = told->sample,
                        .n_samples = n};
}

LimenPriorTold *
limen_prior_told_new_training (const LimenTrainingReport *report, const LimenPriorTrainer *trainer,
                               const double *path, LimenScheme scheme)
{
  g_return_val_if_fail (report != NULL && trainer != NULL && path != NULL, NULL);
  LimenPriorTold *told = g_new0 (LimenPriorTold, 1);
  guint n = MIN (report->points->n, MOST_DOTS);
  told->sentence = limen_training_report_sentence (report);
  told->text = limen_training_report_picture_text (report);
  take_planes (told, report, trainer, n);
  fill_runner (told, report, path, n);
  told->race = (LimenRacePlot){.title = "Bound, nats per point",
                               .runner = &told->runner,
                               .n_runners = 1,
                               .best = report->maximum.value,
                               .n_steps = (double)report->settings.n_steps,
                               .hidden = report->settings.hidden,
                               .data = told->data,
                               .n_data = n};
  told->picture =
      (LimenPriorPicture){.scheme = scheme, .sentence = told->sentence, .race = &told->race};
  return told;
}

void
limen_prior_told_free (LimenPriorTold *told)
{
  g_return_if_fail (told != NULL);
  g_strfreev (told->text);
  g_free (told->sentence);
  g_free (told->title);
  g_free (told->note);
  g_free (told->data);
  g_free (told->mean);
  g_free (told->sample);
  g_free (told);
}
