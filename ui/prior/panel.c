#include "ui/prior/panel.h"

#include "model/base/number.h"
#include "ui/fold.h"
#include "ui/news.h"
#include "ui/prior/race-panel.h"
#include "ui/rows.h"
#include "ui/widgets.h"

#include <math.h>

#define SHIFT     100
#define OF_A_PART 3 /* parameters that are listed */

struct _LimenPriorPanel {
  AdwBin parent_instance;

  AdwComboRow *parameter_row;
  GtkLabel *exact_label, *estimate[LIMEN_N_ESTIMATORS];
  GtkAdjustment *samples, *seed, *dimension, *offset, *width, *omega;
  GtkSwitch *shift_switch, *standard_switch;
  GtkWidget *offset_row, *width_row;
  AdwActionRow *standard_row;
  GtkLabel *raw_label;
  GtkLabel *wiggle_label[4], *omega_label;
  AdwActionRow *wiggle_row;

  guint index[6 * OF_A_PART], n; /* the parameter of each entry of @parameter_row */
  guint k, d;                    /* for which they are there */

  LimenPriorSession *session;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (LimenPriorPanel, limen_prior_panel, ADW_TYPE_BIN)

/* -- what the session says -- */

/* With the digits that hold, at most @most of them */
static void
set_known (GtkLabel *label, LimenNumber number, guint most)
{
  g_autofree char *text = limen_format_digits (number, most);
  gtk_label_set_text (label, text);
}

static void
show_estimates (LimenPriorPanel *self, const LimenDuel *duel, guint index)
{
  set_known (self->exact_label, (LimenNumber){duel->exact[index], duel->exact_error[index]}, 5);
  for (guint i = 0; i < LIMEN_N_ESTIMATORS; i++) {
    LimenEstimate estimate = limen_running_mean_estimate (&duel->cloud[i].measured[index]);
    g_autofree char *text = limen_format_mean (estimate.mean, estimate.standard_error, 4);
    gtk_label_set_text (self->estimate[i], text);
  }
}

/* Adds up to OF_A_PART parameters of a part that begins at @first and has @n. */
static void
add_parameters (LimenPriorPanel *self, const LimenDuel *duel, GtkStringList *names, guint first,
                guint n)
{
  for (guint i = 0; i < MIN (n, OF_A_PART) && first + i < duel->n_parameters; i++) {
    g_autofree char *name = limen_duel_parameter_name (duel, first + i);
    gtk_string_list_append (names, name);
    self->index[self->n++] = first + i;
  }
}

/* The parameters of the duel: the first few of each part. */
static void
list_parameters (LimenPriorPanel *self, const LimenDuel *duel)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint k = duel->k, selected = adw_combo_row_get_selected (self->parameter_row);
  self->k = k;
  self->d = duel->d;
  self->n = 0;
  for (guint part = 0; part < 4; part++)
    add_parameters (self, duel, names, part * k, k);
  add_parameters (self, duel, names, 4 * k, duel->d * k);
  add_parameters (self, duel, names, 4 * k + duel->d * k, duel->d);
  adw_combo_row_set_model (self->parameter_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->parameter_row, selected < self->n ? selected : 0);
}

static void
show_parameters (LimenPriorPanel *self, const LimenDuel *duel)
{
  guint parameter = limen_prior_session_state (self->session)->view.parameter;
  self->showing = TRUE;
  if (duel->k != self->k || duel->d != self->d)
    list_parameters (self, duel);
  for (guint i = 0; i < self->n; i++)
    if (self->index[i] == parameter)
      adw_combo_row_set_selected (self->parameter_row, i);
  self->showing = FALSE;
}

/* What a constant in log p does to the variances. */
static void
show_shift (LimenPriorPanel *self, const LimenDuel *duel, guint index)
{
  const LimenGaussianCase *c = limen_prior_session_case (self->session);
  g_autofree double *variance = g_new (double, duel->k);
  g_autofree double *plain = NULL;
  LimenGradientCase gradient;
  if (!limen_gradient_case_of (c, variance, &gradient, NULL))
    return;
  plain = g_new (double, limen_gradient_offset (c->model, LIMEN_N_PARTS));
  limen_gradient_variance (&gradient, LIMEN_LOG_DERIVATIVE, plain);
  const LimenDuelCloud *cloud = &duel->cloud[LIMEN_LOG_DERIVATIVE];
  LimenNumber shifted = {cloud->variance[index], cloud->variance_error[index]};
  LimenNumber unshifted = {plain[index], shifted.error * plain[index] / shifted.value};
  const LimenShiftState shift = {limen_prior_session_state (self->session)->duel.shift};
  g_autofree char *others = limen_claim_say (limen_shift_claims, LIMEN_SHIFT_N_CLAIMS, &shift);
  g_autofree char *before = limen_format_digits (unshifted, 3);
  g_autofree char *after = limen_format_digits (shifted, 3);
  g_autofree char *text =
      shift.shift != 0 ? g_strdup_printf ("%s → %s", before, after) : g_strdup (before);
  gtk_label_set_text (self->raw_label, text);
  g_autofree char *rest = others ? g_strdup_printf ("of the others: %s", others) : g_strdup ("");
  adw_action_row_set_subtitle (limen_rows_row_of (self->raw_label), rest);
}

static void parameter_changed_cb (LimenPriorPanel *self);

static void
duel_changed_cb (LimenPriorPanel *self)
{
  const LimenDuel *duel = limen_prior_session_duel (self->session);
  show_parameters (self, duel);
  parameter_changed_cb (self); /* of another model it may be none of the list */
  guint index = limen_prior_session_state (self->session)->view.parameter;
  show_estimates (self, duel, index);
  show_shift (self, duel, index);
}

static void
show_wiggle (LimenPriorPanel *self)
{
  double omega = limen_prior_session_state (self->session)->view.omega;
  LimenWiggle wiggle = limen_wiggle (0.3, 0.5, omega);
  const double variance[] = {wiggle.log_derivative, wiggle.mean_baseline, wiggle.best_baseline,
                             wiggle.reparameterization};
  g_autofree char *words = limen_claim_say (limen_wiggle_claims, LIMEN_WIGGLE_N_CLAIMS, &wiggle);
  for (guint i = 0; i < G_N_ELEMENTS (variance); i++)
    set_known (self->wiggle_label[i], (LimenNumber){variance[i], 1e-12 * variance[i]}, 4);
  g_autofree char *shown = limen_format_number (omega, 1);
  gtk_label_set_text (self->omega_label, shown);
  adw_action_row_set_subtitle (self->wiggle_row, words);
}

static void
state_changed_cb (LimenPriorPanel *self)
{
  const LimenPriorState *state = limen_prior_session_state (self->session);
  gboolean is_made_up = state->duel.dimension > 0;
  self->showing = TRUE;
  gtk_adjustment_set_value (self->samples, state->duel.samples);
  gtk_adjustment_set_value (self->seed, (double)state->duel.seed);
  gtk_adjustment_set_value (self->dimension, state->duel.dimension);
  gtk_adjustment_set_value (self->offset, state->duel.offset);
  gtk_adjustment_set_value (self->width, state->duel.width);
  gtk_adjustment_set_value (self->omega, state->view.omega);
  gtk_switch_set_active (self->shift_switch, state->duel.shift != 0);
  gtk_switch_set_active (self->standard_switch, state->duel.standard);
  gtk_widget_set_visible (self->offset_row, is_made_up);
  gtk_widget_set_visible (self->width_row, is_made_up);
  gtk_widget_set_sensitive (GTK_WIDGET (self->standard_row), !is_made_up);
  show_wiggle (self);
  self->showing = FALSE;
}

/* -- what the user says -- */

static void
settings_changed_cb (LimenPriorPanel *self)
{
  const LimenPriorState *state = limen_prior_session_state (self->session);
  LimenDuelSettings duel = state->duel;
  LimenPriorView view = state->view;
  if (self->showing)
    return;
  duel.samples = (guint)gtk_adjustment_get_value (self->samples);
  duel.seed = (guint64)gtk_adjustment_get_value (self->seed);
  duel.dimension = (guint)gtk_adjustment_get_value (self->dimension);
  duel.offset = gtk_adjustment_get_value (self->offset);
  duel.width = gtk_adjustment_get_value (self->width);
  duel.shift = gtk_switch_get_active (self->shift_switch) ? SHIFT : 0;
  duel.standard = gtk_switch_get_active (self->standard_switch);
  view.omega = gtk_adjustment_get_value (self->omega);
  g_auto (LimenPriorState) posed = limen_prior_state_with_duel (state, &duel);
  g_auto (LimenPriorState) next = limen_prior_state_with_view (&posed, &view);
  limen_prior_session_set (self->session, &next);
}

static void
parameter_changed_cb (LimenPriorPanel *self)
{
  const LimenPriorState *state = limen_prior_session_state (self->session);
  guint selected = adw_combo_row_get_selected (self->parameter_row);
  if (self->showing || selected >= self->n)
    return;
  LimenPriorView view = state->view;
  view.parameter = self->index[selected];
  g_auto (LimenPriorState) next = limen_prior_state_with_view (state, &view);
  limen_prior_session_set (self->session, &next);
}

/* -- the object -- */

static void
limen_prior_panel_class_init (LimenPriorPanelClass *klass)
{
}

static void
limen_prior_panel_init (LimenPriorPanel *self)
{
}

static void
add_gradient (LimenPriorPanel *self, GtkWidget *panel)
{
  static const char *const none[] = {NULL};
  static const char *const style[LIMEN_N_ESTIMATORS] = {
      [LIMEN_LOG_DERIVATIVE] = "second", [LIMEN_REPARAMETERIZATION] = "first"};
  AdwPreferencesGroup *group = limen_rows_group (panel, "Gradient at this x, ± s.e.");
  self->parameter_row = limen_rows_combo (group, "With respect to", none);
  self->exact_label = limen_rows_value (group, "Exact", NULL);
  for (guint i = 0; i < LIMEN_N_ESTIMATORS; i++)
    self->estimate[i] = limen_rows_value (group, limen_estimator_title (i), style[i]);
  AdwExpanderRow *variants = limen_fold_new (group, "Variants, samples, seed");
  for (guint i = 0; i < LIMEN_N_ESTIMATORS; i++)
    if (!style[i])
      limen_fold_take (variants, group, self->estimate[i]);
  self->samples = gtk_adjustment_new (2, 2, LIMEN_DUEL_MOST, 10, 100, 0);
  self->seed = gtk_adjustment_new (0, 0, 4294967295, 1, 10, 0);
  limen_fold_take (variants, group, limen_rows_spin (group, "Samples", self->samples, 0));
  limen_fold_take (variants, group, limen_rows_spin (group, "Seed", self->seed, 0));
  limen_follow (self, self->parameter_row, "notify::selected", G_CALLBACK (parameter_changed_cb));
}

static void
add_shift (LimenPriorPanel *self, GtkWidget *panel)
{
  AdwPreferencesGroup *group = limen_rows_group (panel, "Shift");
  self->shift_switch = limen_rows_switch (group, "Add 100 to log p", NULL);
  self->raw_label = limen_rows_value (group, "Variance, log-derivative", "second");
  limen_follow (self, self->shift_switch, "notify::active", G_CALLBACK (settings_changed_cb));
}

static void
add_case (LimenPriorPanel *self, AdwPreferencesGroup *group)
{
  AdwExpanderRow *fold = limen_fold_new (group, "Model");
  self->dimension = gtk_adjustment_new (0, 0, 200, 1, 10, 0);
  self->offset = gtk_adjustment_new (0, -10, 10, 0.05, 0.5, 0);
  self->width = gtk_adjustment_new (0.01, 0.01, 10, 0.05, 0.5, 0);
  GtkSpinButton *dimension = limen_rows_spin (group, "Latent dimensions", self->dimension, 0);
  adw_action_row_set_subtitle (limen_rows_row_of (dimension),
                               "0: the case of the Bound page; else independent ones");
  self->offset_row =
      GTK_WIDGET (limen_rows_row_of (limen_rows_spin (group, "Offset of q", self->offset, 2)));
  self->width_row =
      GTK_WIDGET (limen_rows_row_of (limen_rows_spin (group, "Width of q", self->width, 2)));
  self->standard_switch = limen_rows_switch (group, "Prior N(0, I) instead",
                                             "A becomes A diag √λ2, b becomes b + A λ1");
  self->standard_row = limen_rows_row_of (self->standard_switch);
  GtkWidget *const rows[] = {GTK_WIDGET (dimension), self->offset_row, self->width_row,
                             GTK_WIDGET (self->standard_row)};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    limen_fold_take (fold, group, rows[i]);
  limen_follow (self, self->standard_switch, "notify::active", G_CALLBACK (settings_changed_cb));
}

static void
add_wiggle (LimenPriorPanel *self, AdwPreferencesGroup *group)
{
  AdwExpanderRow *fold = limen_fold_new (group, "A cost that wiggles");
  self->omega = gtk_adjustment_new (0.1, 0.1, 12, 0.1, 1, 0);
  self->omega_label = limen_rows_value (group, "ω of E sin(ωz), z ~ N(0.3, 0.25)", "hand");
  GtkScale *scale = limen_rows_scale (group, "ω", self->omega);
  self->wiggle_label[0] = limen_rows_value (group, "Variance, log-derivative", "second");
  self->wiggle_label[1] = limen_rows_value (group, "with mean baseline", NULL);
  self->wiggle_label[2] = limen_rows_value (group, "with optimal baseline", NULL);
  self->wiggle_label[3] = limen_rows_value (group, "Variance, reparameterization", "first");
  self->wiggle_row = limen_rows_row_of (self->omega_label);
  limen_fold_take (fold, group, self->omega_label);
  limen_fold_take (fold, group, scale);
  for (guint i = 0; i < G_N_ELEMENTS (self->wiggle_label); i++)
    limen_fold_take (fold, group, self->wiggle_label[i]);
}

LimenPriorPanel *
limen_prior_panel_new (LimenPriorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session), NULL);
  LimenPriorPanel *self = g_object_new (LIMEN_TYPE_PRIOR_PANEL, NULL);
  GtkWidget *panel = limen_rows_panel ();
  self->session = session;
  self->showing = TRUE;
  add_gradient (self, panel);
  add_shift (self, panel);
  gtk_box_append (GTK_BOX (panel), GTK_WIDGET (limen_race_panel_new (session)));
  AdwPreferencesGroup *more = limen_rows_group (panel, "More");
  add_case (self, more);
  add_wiggle (self, more);
  adw_bin_set_child (ADW_BIN (self), panel);
  GtkAdjustment *const numbers[] = {self->samples, self->seed,  self->dimension,
                                    self->offset,  self->width, self->omega};
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    limen_follow (self, numbers[i], "value-changed", G_CALLBACK (settings_changed_cb));
  limen_news_follow (self, session, "duel-changed", G_CALLBACK (duel_changed_cb));
  limen_news_follow (self, session, "view-changed", G_CALLBACK (duel_changed_cb));
  limen_news_follow (self, session, "state-changed", G_CALLBACK (state_changed_cb));
  state_changed_cb (self);
  duel_changed_cb (self);
  return self;
}
