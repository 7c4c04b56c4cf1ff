#include "ui/study/prior/told.h"

#include "model/base/number.h"
#include "model/prior/sentences.h"
#include "model/report/provenance.h"
#include "ui/study/prior/shown.h"

#include <math.h>

#define MOST_DOTS 1000 /* points and samples in a plane */

/* What is drawn, and what it borrows
 * @data, @mean, @sample: of a training of the command line; @duel_seen, @view: of the page */
typedef struct {
  LimenPriorPicture picture;
  LimenPriorShown shown;
  char *sentence, *title, *note;
  LimenRaceRunner runner;
  double *data, *mean, *sample;
  LimenDuel *duel;
  LimenRaceView *view;
} Drawn;

static void
drawn_free (Drawn *drawn)
{
  limen_prior_shown_clear (&drawn->shown);
  g_free (drawn->sentence);
  g_free (drawn->title);
  g_free (drawn->note);
  g_free (drawn->data);
  g_free (drawn->mean);
  g_free (drawn->sample);
  limen_duel_unref (drawn->duel);
  limen_race_view_free (drawn->view);
  g_free (drawn);
}

static void
draw_cb (cairo_t *cr, LimenScheme scheme, double width, double height, gpointer data)
{
  const Drawn *drawn = data;
  LimenPriorPicture picture = drawn->picture;
  picture.scheme = scheme;
  picture.sentence = drawn->sentence;
  limen_prior_picture_draw (cr, width, height, &picture);
}

/* @drawn, @text: (transfer full) */
static LimenTold
told_of (Drawn *drawn, char **text)
{
  return (LimenTold){.name = "limen-prior",
                     .draw = draw_cb,
                     .text = text,
                     .data = drawn,
                     .free_data = (GDestroyNotify)drawn_free};
}

/* -- gradients -- */

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

LimenTold
limen_prior_told_gradients (const LimenGradientReport *report)
{
  g_return_val_if_fail (report != NULL && report->duel != NULL, (LimenTold){0});
  Drawn *drawn = g_new0 (Drawn, 1);
  g_autofree char *name = limen_duel_parameter_name (report->duel, report->parameter);
  drawn->sentence = limen_duel_sentence (report->duel, report->parameter);
  drawn->title = g_strdup_printf ("Variance of one draw, %s", name);
  drawn->note = note_of (report);
  drawn->shown.duel = (LimenDuelPlot){.duel = report->duel,
                                      .shown = report->shown,
                                      .title = "Gradient estimates",
                                      .note = drawn->note};
  drawn->shown.variance = (LimenVariancePlot){.duel = report->duel,
                                              .index = report->parameter,
                                              .shown = report->shown,
                                              .title = drawn->title};
  drawn->picture.duel = &drawn->shown.duel;
  drawn->picture.variance = &drawn->shown.variance;
  return told_of (drawn, limen_gradient_report_picture_text (report));
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
take_planes (Drawn *drawn, const LimenTrainingReport *report, const LimenPriorTrainer *trainer,
             guint n)
{
  guint k = report->settings.latent, d = report->points->d;
  g_autofree double *mean = g_new (double, (gsize)n *k), *s = g_new (double, (gsize)n *k);
  g_autofree double *x = g_new (double, (gsize)n *d);
  limen_prior_trainer_encode (trainer, n, mean, s);
  limen_prior_trainer_sample (trainer, n, report->settings.seed, x);
  drawn->data = take_two (report->points->x, n, d);
  drawn->mean = take_two (mean, n, k);
  drawn->sample = take_two (x, n, d);
}

static void
fill_runner (Drawn *drawn, const LimenTrainingReport *report, const double *path, guint n)
{
  const LimenTrainingCurve *curve = report->curve;
  gboolean plane = report->settings.latent > 1;
  drawn->runner =
      (LimenRaceRunner){.estimator = report->settings.estimator,
                        .name = limen_estimator_word (report->settings.estimator),
                        .step = curve->step,
                        .bound = curve->bound,
                        .n = curve->n,
                        .mean = drawn->mean,
                        .n_points = n,
                        .lambda1 = {report->last.lambda1[0], plane ? report->last.lambda1[1] : 0},
                        .lambda2 = {report->last.lambda2[0], plane ? report->last.lambda2[1] : 1},
                        .path = path,
                        .n_path = curve->n,
                        .sample = drawn->sample,
                        .n_samples = n};
}

LimenTold
limen_prior_told_training (const LimenTrainingReport *report, const LimenPriorTrainer *trainer,
                           const double *path)
{
  g_return_val_if_fail (report != NULL && trainer != NULL && path != NULL, (LimenTold){0});
  Drawn *drawn = g_new0 (Drawn, 1);
  guint n = MIN (report->points->n, MOST_DOTS);
  drawn->sentence = limen_training_report_sentence (report);
  take_planes (drawn, report, trainer, n);
  fill_runner (drawn, report, path, n);
  drawn->shown.race = (LimenRacePlot){.title = "Bound, nats per point",
                                      .runner = &drawn->runner,
                                      .n_runners = 1,
                                      .best = report->maximum.value,
                                      .n_steps = (double)report->settings.n_steps,
                                      .hidden = report->settings.hidden,
                                      .data = drawn->data,
                                      .n_data = n};
  drawn->picture.race = &drawn->shown.race;
  return told_of (drawn, limen_training_report_picture_text (report));
}

/* -- both of them, as the page shows them -- */

static const char *
value_of (char *const *pairs, const char *key)
{
  for (; *pairs; pairs += 2)
    if (g_str_equal (pairs[0], key))
      return pairs[1];
  return NULL;
}

/* What @text: (n) say of @key: a line each, or one where all say the same */
static char *
join_values (char ***text, guint n, const char *key)
{
  g_autoptr (GPtrArray) said = g_ptr_array_new ();
  gboolean alike = TRUE;
  for (guint i = 0; i < n; i++) {
    const char *value = value_of (text[i], key);
    alike = alike && (!value || said->len == 0 || g_str_equal (value, said->pdata[0]));
    if (value)
      g_ptr_array_add (said, (gpointer)value);
  }
  g_ptr_array_add (said, NULL);
  return alike ? g_strdup (said->pdata[0]) : g_strjoinv ("\n", (char **)said->pdata);
}

/* (transfer full): keys in the order in which they come; takes @text: (n) */
static char **
join (char ***text, guint n)
{
  g_autoptr (GStrvBuilder) pairs = g_strv_builder_new ();
  for (guint i = 0; i < n; i++)
    for (char **pair = text[i]; *pair; pair += 2) {
      gboolean known = FALSE;
      for (guint before = 0; before < i && !known; before++)
        known = value_of (text[before], *pair) != NULL;
      if (!known)
        limen_text_add (pairs, *pair, join_values (text, n, *pair));
    }
  for (guint i = 0; i < n; i++)
    g_strfreev (text[i]);
  return g_strv_builder_end (pairs);
}

/* All estimators are measured, whichever are drawn. */
static char **
gradients_text (LimenPriorSession *session)
{
  const LimenPriorState *state = limen_prior_session_state (session);
  const LimenDuelSettings *duel = limen_prior_session_of_duel (session);
  const LimenOrigin *from = state->gaussian_case;
  g_autofree char *name =
      duel->dimension > 0 ? g_strdup_printf ("%u independent variables", duel->dimension)
      : duel->standard    ? g_strdup_printf ("%s with the prior N(0, I)", from->name)
      : from->paths[0]    ? NULL
                          : g_strdup (from->name);
  const LimenGradientReport report = {.duel = limen_prior_session_duel (session),
                                      .shown = (1u << LIMEN_N_ESTIMATORS) - 1,
                                      .samples = duel->samples,
                                      .seed = duel->seed,
                                      .shift = duel->shift,
                                      .parameter = state->view.parameter,
                                      .case_file = duel->dimension > 0 ? NULL : from->paths[0],
                                      .name = name,
                                      .sha256 = from->sha256};
  return limen_gradient_report_picture_text (&report);
}

/* (nullable): of a race that has not begun */
static char **
race_text (LimenPriorSession *session)
{
  const LimenPriorState *state = limen_prior_session_state (session);
  const LimenRaceView *view = limen_prior_session_view (session);
  g_autofree char *data = limen_prior_session_data (session);
  char **text[LIMEN_RACE_MOST];
  LimenTrainingReport report = {.settings = state->race.common,
                                .points = limen_prior_session_points (session),
                                .data = data,
                                .maximum = limen_prior_session_best (session),
                                .sha256 = state->points->sha256};
  for (guint i = 0; view && i < view->n; i++) {
    report.settings.estimator = view->runner[i].estimator;
    report.last = view->last[i];
    text[i] = limen_training_report_picture_text (&report);
  }
  return view ? join (text, view->n) : NULL;
}

/* CSV (RFC 4180): a row for each estimator and parameter, then one for each recorded step. */
static char *
table_of (const LimenDuel *duel, const LimenRaceView *view)
{
  GString *table = g_string_new ("what,estimator,parameter_or_step,exact,mean,standard_error,"
                                 "variance,exact_variance,bound\r\n");
  for (guint e = 0; e < LIMEN_N_ESTIMATORS; e++)
    for (guint p = 0; p < duel->n_parameters; p++) {
      LimenEstimate estimate = limen_running_mean_estimate (&duel->cloud[e].measured[p]);
      g_autofree char *name = limen_duel_parameter_name (duel, p);
      g_string_append_printf (table, "gradient,%s,%s", limen_estimator_word (e), name);
      limen_table_add (table, duel->exact[p]);
      limen_table_add (table, estimate.mean);
      limen_table_add (table, estimate.standard_error);
      limen_table_add (table, limen_running_mean_variance (&duel->cloud[e].measured[p]));
      limen_table_add (table, duel->cloud[e].variance[p]);
      g_string_append (table, ",\r\n");
    }
  for (guint r = 0; view && r < view->n; r++)
    for (guint i = 0; i < view->runner[r].n; i++) {
      g_string_append_printf (table, "training,%s,%.0f,,,,,",
                              limen_estimator_word (view->runner[r].estimator),
                              view->runner[r].step[i]);
      limen_table_add (table, view->runner[r].bound[i]);
      g_string_append (table, "\r\n");
    }
  return g_string_free (table, FALSE);
}

LimenTold
limen_prior_session_told (LimenPriorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session), (LimenTold){0});
  guint parameter = limen_prior_session_state (session)->view.parameter;
  const LimenRaceState race = limen_prior_session_race_state (session);
  char **text[] = {gradients_text (session), race_text (session)};
  Drawn *drawn = g_new0 (Drawn, 1);
  drawn->duel = limen_duel_ref (limen_prior_session_duel (session));
  drawn->view = limen_race_view_copy (limen_prior_session_view (session));
  drawn->sentence = limen_duel_sentence (drawn->duel, parameter);
  limen_prior_shown_fill (&drawn->shown, drawn->duel, parameter, drawn->view,
                          limen_prior_session_points (session), &race, FALSE);
  drawn->picture.duel = &drawn->shown.duel;
  drawn->picture.variance = &drawn->shown.variance;
  drawn->picture.race = drawn->view ? &drawn->shown.race : NULL;
  LimenTold told = told_of (drawn, join (text, text[1] ? 2 : 1));
  told.table = table_of (drawn->duel, drawn->view);
  return told;
}
