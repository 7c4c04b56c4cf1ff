#include "ui/study/prior/told.h"

#include "model/prior/sentences.h"
#include "model/report/provenance.h"
#include "ui/study/prior/findings.h"
#include "ui/study/prior/shown.h"

/* What is drawn; @duel, @view: (nullable): what it borrows */
typedef struct {
  LimenPriorPicture picture;
  LimenPriorShown shown;
  char *sentence, *found[LIMEN_N_FINDINGS];
  LimenPriorFinding finding[LIMEN_N_FINDINGS];
  LimenDuel *duel;
  LimenRaceView *view;
} Drawn;

static void
drawn_free (Drawn *drawn)
{
  limen_prior_shown_clear (&drawn->shown);
  g_free (drawn->sentence);
  for (guint i = 0; i < LIMEN_N_FINDINGS; i++)
    g_free (drawn->found[i]);
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
                     .what = g_strdup ("the plots of the Prior page"),
                     .draw = draw_cb,
                     .text = text,
                     .data = drawn,
                     .free_data = (GDestroyNotify)drawn_free};
}

/* -- of the commands -- */

LimenTold
limen_prior_told_gradients (const LimenGradientReport *report)
{
  g_return_val_if_fail (report != NULL && report->duel != NULL, (LimenTold){0});
  Drawn *drawn = g_new0 (Drawn, 1);
  drawn->duel = limen_duel_ref (report->duel);
  drawn->sentence = limen_duel_sentence (report->duel, report->parameter);
  limen_prior_shown_fill_duel (&drawn->shown, report->duel, report->parameter, report->shown,
                               report->samples);
  drawn->picture.duel = &drawn->shown.duel;
  drawn->picture.variance = &drawn->shown.variance;
  return told_of (drawn, limen_gradient_report_picture_text (report));
}

LimenTold
limen_prior_told_training (const LimenTrainingReport *report, const LimenPriorTrainer *trainer,
                           const double *path)
{
  g_return_val_if_fail (report != NULL && trainer != NULL && path != NULL, (LimenTold){0});
  const LimenRaceState race = {report->points->n, report->settings.hidden, report->maximum.value};
  Drawn *drawn = g_new0 (Drawn, 1);
  drawn->sentence = limen_training_report_sentence (report);
  drawn->view = limen_race_view_of (report, trainer, path);
  limen_prior_shown_fill_race (&drawn->shown, drawn->view, report->points, &race, FALSE);
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
  g_auto (GStrv) data = limen_prior_session_data (session);
  char **text[LIMEN_RACE_MOST];
  LimenTrainingReport report = {.settings = state->race.common,
                                .points = limen_prior_session_points (session),
                                .data = (const char *const *)data,
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

/* What stands over the pictures of the page */
static void
find (Drawn *drawn, LimenPriorSession *session)
{
  for (guint i = 0; i < LIMEN_N_FINDINGS; i++) {
    drawn->found[i] = limen_finding_text (session, i);
    drawn->finding[i] = (LimenPriorFinding){limen_finding_title (i), drawn->found[i]};
  }
  drawn->picture.finding = drawn->finding;
  drawn->picture.n_findings = LIMEN_N_FINDINGS;
}

/* (transfer full): a line each */
static char **
findings_text (const Drawn *drawn)
{
  g_autoptr (GStrvBuilder) pairs = g_strv_builder_new ();
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; i < LIMEN_N_FINDINGS; i++)
    g_string_append_printf (lines, "%s%s: %s", i > 0 ? "\n" : "", drawn->finding[i].title,
                            drawn->finding[i].text);
  limen_text_add (pairs, "Findings", g_strdup (lines->str));
  return g_strv_builder_end (pairs);
}

LimenTold
limen_prior_session_told (LimenPriorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session), (LimenTold){0});
  guint parameter = limen_prior_session_state (session)->view.parameter;
  const LimenRaceState race = limen_prior_session_race_state (session);
  Drawn *drawn = g_new0 (Drawn, 1);
  find (drawn, session);
  char **text[] = {gradients_text (session), findings_text (drawn), race_text (session)};
  drawn->duel = limen_duel_ref (limen_prior_session_duel (session));
  drawn->view = limen_race_view_copy (limen_prior_session_view (session));
  drawn->sentence = limen_duel_sentence (drawn->duel, parameter);
  limen_prior_shown_fill (&drawn->shown, drawn->duel, parameter, drawn->view,
                          limen_prior_session_points (session), &race, FALSE);
  drawn->picture.duel = &drawn->shown.duel;
  drawn->picture.variance = &drawn->shown.variance;
  drawn->picture.race = drawn->view ? &drawn->shown.race : NULL;
  LimenTold told = told_of (drawn, join (text, text[2] ? 3 : 2));
  told.table = table_of (drawn->duel, drawn->view);
  return told;
}
