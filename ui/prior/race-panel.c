#include "ui/prior/race-panel.h"

#include "model/base/number.h"
#include "ui/drop-zones.h"
#include "ui/fold.h"
#include "ui/choices.h"
#include "ui/news.h"
#include "ui/rows.h"
#include "ui/widgets.h"

static const double speeds[] = {20, 200, 1000, 0};

struct _LimenRacePanel {
  AdwBin parent_instance;

  AdwComboRow *data_row, *runner_row[LIMEN_RACE_MOST], *maps_row, *speed_row;
  AdwActionRow *lambda1_row, *lambda2_row, *step_row, *file_row;
  GtkLabel *bound_label[LIMEN_RACE_MOST], *step_label;
  GtkSwitch *trainable_switch, *decoded_switch;
  GtkAdjustment *batch, *steps, *rate, *sigma, *latent, *seed;

  LimenPriorSession *session;
  gboolean showing;
  gint64 shown_at;
};

G_DEFINE_FINAL_TYPE (LimenRacePanel, limen_race_panel, ADW_TYPE_BIN)

/* -- what the session says -- */

/* "reparameterization (0.63, −0.26)", a line for each runner: of its latent variables the first two
 */
static char *
list_lambda (const LimenRaceView *view, gboolean variance, guint latent)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < view->n; i++) {
    const double *pair = variance ? view->runner[i].lambda2 : view->runner[i].lambda1;
    g_autofree char *a = limen_format_number (pair[0], 2), *b = limen_format_number (pair[1], 2);
    g_string_append_printf (text, "%s%s (%s%s%s%s)", i > 0 ? "\n" : "", view->runner[i].name, a,
                            latent > 1 ? ", " : "", latent > 1 ? b : "", latent > 2 ? ", …" : "");
  }
  return g_strdup (text->str);
}

static void
race_moved_cb (LimenRacePanel *self)
{
  const LimenRaceView *view = limen_prior_session_view (self->session);
  gint64 now = g_get_monotonic_time ();
  if (!view || (view->is_playing && now - self->shown_at < 500000))
    return; /* numbers that change sixty times a second can't be read */
  self->shown_at = now;
  g_autofree char *step = limen_format_number ((double)view->step, 0);
  g_autofree char *of = limen_format_number ((double)view->n_steps, 0);
  g_autofree char *text = g_strdup_printf ("%s of %s", step, of);
  guint latent = limen_prior_session_state (self->session)->race.common.latent;
  g_autofree char *lambda1 = list_lambda (view, FALSE, latent);
  g_autofree char *lambda2 = list_lambda (view, TRUE, latent);
  gtk_label_set_text (self->step_label, text);
  adw_action_row_set_subtitle (self->lambda1_row, lambda1);
  adw_action_row_set_subtitle (self->lambda2_row, lambda2);
  guint runner = 0;
  const LimenRaceSettings *race = &limen_prior_session_state (self->session)->race;
  for (guint i = 0; i < LIMEN_RACE_MOST; i++) {
    gboolean runs = race->estimator[i] < LIMEN_N_ESTIMATORS && runner < view->n;
    g_autofree char *bound = runs ? limen_race_bound (view, runner++) : g_strdup ("–");
    g_autofree char *words = g_strdup_printf ("bound %s", bound);
    limen_choices_tell (self->runner_row[i], runs ? words : NULL);
  }
}

static void
show_settings (LimenRacePanel *self, const LimenPriorState *state)
{
  const LimenPriorSettings *common = &state->race.common;
  guint speed = 0;
  while (speed + 1 < G_N_ELEMENTS (speeds) && speeds[speed] != state->race.speed)
    speed++;
  for (guint i = 0; i < LIMEN_RACE_MOST; i++)
    adw_combo_row_set_selected (self->runner_row[i], state->race.estimator[i]);
  adw_combo_row_set_selected (self->speed_row, speed);
  adw_combo_row_set_selected (self->maps_row, common->hidden == 0);
  gtk_switch_set_active (self->trainable_switch, common->trainable);
  gtk_switch_set_active (self->decoded_switch, state->view.decoded);
  gtk_adjustment_set_value (self->latent, common->latent);
  gtk_adjustment_set_value (self->sigma, common->sigma);
  gtk_adjustment_set_value (self->batch, common->batch);
  gtk_adjustment_set_value (self->steps, (double)common->n_steps);
  gtk_adjustment_set_value (self->rate, common->learning_rate);
  gtk_adjustment_set_value (self->seed, (double)common->seed);
}

static void
state_changed_cb (LimenRacePanel *self)
{
  const LimenPriorState *state = limen_prior_session_state (self->session);
  const LimenPoints *points = limen_prior_session_points (self->session);
  const char *const *names = limen_points_names ();
  guint selected = 0;
  self->showing = TRUE;
  while (names[selected] &&
         (state->points->paths[0] || !g_str_equal (names[selected], state->points->name)))
    selected++;
  adw_combo_row_set_selected (self->data_row, selected); /* the last: a file */
  g_autofree char *n = limen_format_number (points->n, 0);
  g_autofree char *shown = limen_display_name (points->name);
  const char *told = points->read_as ? points->read_as : points->told;
  g_autofree char *text = g_strdup_printf ("%s · %s points of %u numbers%s%s", shown, n, points->d,
                                           told ? "\n" : "", told ? told : "");
  limen_rows_tell (self->file_row, text, (const char *[]){points->told, NULL});
  show_settings (self, state);
  self->showing = FALSE;
}

/* -- what the user says -- */

static void
changed_cb (LimenRacePanel *self)
{
  const LimenPriorState *state = limen_prior_session_state (self->session);
  LimenRaceSettings race = state->race;
  LimenPriorView view = state->view;
  if (self->showing)
    return;
  for (guint i = 0; i < LIMEN_RACE_MOST; i++)
    race.estimator[i] = adw_combo_row_get_selected (self->runner_row[i]);
  race.common.hidden = adw_combo_row_get_selected (self->maps_row) == 0 ? 32 : 0;
  race.common.trainable = gtk_switch_get_active (self->trainable_switch);
  race.common.batch = (guint)gtk_adjustment_get_value (self->batch);
  race.common.n_steps = (guint64)gtk_adjustment_get_value (self->steps);
  race.common.learning_rate = gtk_adjustment_get_value (self->rate);
  race.common.sigma = gtk_adjustment_get_value (self->sigma);
  race.common.latent = (guint)gtk_adjustment_get_value (self->latent);
  race.common.seed = (guint64)gtk_adjustment_get_value (self->seed);
  race.speed = speeds[adw_combo_row_get_selected (self->speed_row)];
  view.decoded = gtk_switch_get_active (self->decoded_switch);
  g_auto (LimenPriorState) posed = limen_prior_state_with_race (state, &race);
  g_auto (LimenPriorState) next = limen_prior_state_with_view (&posed, &view);
  limen_prior_session_set (self->session, &next);
}

static void
data_changed_cb (LimenRacePanel *self)
{
  guint selected = adw_combo_row_get_selected (self->data_row);
  const char *const *names = limen_points_names ();
  if (self->showing || selected >= g_strv_length ((char **)names))
    return;
  g_autoptr (LimenOrigin) points = limen_origin_new (NULL, names[selected]);
  g_auto (LimenPriorState) next =
      limen_prior_state_with_points (limen_prior_session_state (self->session), points);
  limen_prior_session_set (self->session, &next);
}

/* -- the object -- */

static void
limen_race_panel_class_init (LimenRacePanelClass *klass)
{
}

static void
limen_race_panel_init (LimenRacePanel *self)
{
}

static void
add_runners (LimenRacePanel *self, AdwPreferencesGroup *group)
{
  static const char *const titles[] = {"First", "Second", "Third"};
  const char *names[LIMEN_N_ESTIMATORS + 2] = {NULL};
  for (guint i = 0; i < LIMEN_N_ESTIMATORS; i++)
    names[i] = limen_race_name (i);
  for (guint i = 0; i < LIMEN_RACE_MOST; i++) {
    names[LIMEN_N_ESTIMATORS] = i > 0 ? "nobody" : NULL;
    self->runner_row[i] = limen_rows_combo (group, titles[i], names);
    limen_follow (self, self->runner_row[i], "notify::selected", G_CALLBACK (changed_cb));
  }
}

static GtkAdjustment *
add_number (LimenRacePanel *self, AdwPreferencesGroup *group, AdwExpanderRow *fold,
            const char *title, double low, double high, double step, guint digits)
{
  GtkAdjustment *adjustment = gtk_adjustment_new (low, low, high, step, 10 * step, 0);
  limen_fold_take (fold, group, limen_rows_spin (group, title, adjustment, digits));
  limen_follow (self, adjustment, "value-changed", G_CALLBACK (changed_cb));
  return adjustment;
}

static void
add_data (LimenRacePanel *self, AdwPreferencesGroup *group)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (const char *const *name = limen_points_names (); *name; name++)
    g_strv_builder_add (builder, *name);
  g_strv_builder_add (builder, "a file");
  g_auto (GStrv) names = g_strv_builder_end (builder);
  self->data_row = limen_rows_combo (group, "Data", (const char *const *)names);
  self->file_row = limen_rows_row (group, "Points", NULL);
  limen_drop_zones_add_row (self->file_row, "data");
  limen_rows_button (self->file_row, "folder-open-symbolic", "Open points (CSV) or images",
                     "prior.open");
  limen_follow (self, self->data_row, "notify::selected", G_CALLBACK (data_changed_cb));
}

static void
add_prior (LimenRacePanel *self, GtkWidget *box)
{
  AdwPreferencesGroup *group = limen_rows_group (box, "Prior r = N(λ1, diag λ2)");
  self->lambda1_row = limen_rows_row (group, "λ1", NULL);
  self->lambda2_row = limen_rows_row (group, "λ2", NULL);
  self->trainable_switch = limen_rows_switch (group, "Trainable", "else it is N(0, I)");
  GtkWidget *optimal = gtk_button_new_with_label ("Set");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (optimal), "prior.optimal");
  adw_action_row_set_subtitle (limen_rows_row (group, "Optimal λ for this encoder", optimal),
                               "λ1 = mean of μ, λ2 = mean of s² + (μ − λ1)²");
  limen_follow (self, self->trainable_switch, "notify::active", G_CALLBACK (changed_cb));
}

/* What is seldom changed */
static void
add_folded (LimenRacePanel *self, AdwPreferencesGroup *group)
{
  AdwExpanderRow *fold = limen_fold_new (group, "Pace, networks, learning");
  limen_fold_take (fold, group, self->runner_row[LIMEN_RACE_MOST - 1]);
  limen_fold_take (fold, group, self->speed_row);
  limen_fold_take (fold, group, self->maps_row);
  self->latent = add_number (self, group, fold, "Latent variables", 1, 8, 1, 0);
  self->sigma = add_number (self, group, fold, "σ of the decoder", 0.01, 10, 0.01, 2);
  self->batch = add_number (self, group, fold, "Batch", 1, 1000, 1, 0);
  self->steps = add_number (self, group, fold, "Steps in all", 10, 1e6, 100, 0);
  self->rate = add_number (self, group, fold, "Learning rate", 1e-5, 1, 0.001, 4);
  self->seed = add_number (self, group, fold, "Seed of the race", 0, 4294967295.0, 1, 0);
}

LimenRacePanel *
limen_race_panel_new (LimenPriorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session), NULL);
  static const char *const maps[] = {"one hidden layer of 32", "affine", NULL};
  static const char *const rates[] = {"20 a second", "200 a second", "1\u2009000 a second",
                                      "as fast as it goes", NULL};
  LimenRacePanel *self = g_object_new (LIMEN_TYPE_RACE_PANEL, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->session = session;
  self->showing = TRUE;
  AdwPreferencesGroup *group = limen_rows_group (box, "Training race");
  self->step_label = limen_rows_value (group, "Step", NULL);
  add_runners (self, group);
  add_data (self, group);
  self->speed_row = limen_rows_combo (group, "Steps", rates);
  self->decoded_switch = limen_rows_switch (group, "Show data and samples", NULL);
  self->maps_row = limen_rows_combo (group, "Encoder, decoder", maps);
  add_folded (self, group);
  limen_follow (self, self->speed_row, "notify::selected", G_CALLBACK (changed_cb));
  limen_follow (self, self->decoded_switch, "notify::active", G_CALLBACK (changed_cb));
  limen_follow (self, self->maps_row, "notify::selected", G_CALLBACK (changed_cb));
  add_prior (self, box);
  adw_bin_set_child (ADW_BIN (self), box);
  limen_news_follow (self, session, "race-moved", G_CALLBACK (race_moved_cb));
  limen_news_follow (self, session, "race-changed", G_CALLBACK (state_changed_cb));
  limen_news_follow (self, session, "state-changed", G_CALLBACK (state_changed_cb));
  state_changed_cb (self);
  return self;
}
