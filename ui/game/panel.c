#include "ui/game/panel.h"

#include "model/base/number.h"
#include "ui/rows.h"

#include <math.h>

struct _LimenGamePanel {
  AdwBin parent_instance;

  GtkLabel *value_label, *saves_label, *gains_label, *gap_label, *k_label, *run_gap_label;
  GtkLabel *solution_value_label, *unique_label, *threshold_label;
  AdwActionRow *saves_row, *gains_row, *solution_row, *certificate_row;
  AdwComboRow *payoff_row, *method_row;
  GtkAdjustment *cell[9], *step, *point[2][3];
  GtkSwitch *freeze_switch, *answer_switch;
  AdwActionRow *answer_row;

  LimenGameSession *session;
  LimenGamePlots *plots;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (LimenGamePanel, limen_game_panel, ADW_TYPE_BIN)

/* -- what the session says -- */

static void
set_number (GtkLabel *label, double value, guint decimals)
{
  g_autofree char *text = limen_format_number (value, decimals);
  gtk_label_set_text (label, text);
}

static void
points_changed_cb (LimenGamePanel *self)
{
  LimenExploit exploit = limen_game_session_exploit (self->session);
  const LimenPayoff *payoff = limen_game_session_payoff (self->session);
  gboolean answered = limen_game_session_answered (self->session);
  self->showing = TRUE;
  set_number (self->value_label, exploit.value, 4);
  set_number (self->saves_label, exploit.a_saves, 4);
  set_number (self->gains_label, exploit.b_gains, 4);
  set_number (self->gap_label, exploit.gap, 4);
  adw_action_row_set_subtitle (self->saves_row, payoff->row_name[exploit.a_reply]);
  adw_action_row_set_subtitle (self->gains_row, payoff->column_name[exploit.b_reply]);
  for (int b = 0; b < 2; b++)
    for (int i = 0; i < 3; i++)
      gtk_adjustment_set_value (self->point[b][i], limen_game_session_point (self->session, b)[i]);
  g_autofree char *gain = limen_format_number (exploit.b_gains, 2);
  g_autofree char *words =
      answered
          ? g_strdup_printf ("B answers with %s and gains %s. A best reply is not yet a solution: "
                             "it must also leave the other nothing to gain.",
                             payoff->column_name[exploit.b_reply], gain)
          : g_strdup ("Against uniform B every point of A earns the same. Is it solved?");
  adw_action_row_set_subtitle (self->answer_row, words);
  self->showing = FALSE;
}

/* "(1/3, 1/3, 1/3)", one after the other where there are several */
static char *
list_points (const LimenSolution *solution, gboolean b)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = b ? solution->n_b : solution->n_a;
  const LimenRational *exact = b ? solution->b_exact : solution->a_exact;
  const double *p = b ? solution->b : solution->a;
  for (guint i = 0; i < n; i++) {
    g_string_append (text, i > 0 ? " … (" : "(");
    for (guint j = 0; j < 3; j++) {
      g_autofree char *number = solution->exact ? limen_rational_text (exact[3 * i + j])
                                                : limen_format_number (p[3 * i + j], 4);
      g_string_append_printf (text, "%s%s", j > 0 ? ", " : "", number);
    }
    g_string_append_c (text, ')');
  }
  return g_strdup (text->str);
}

static void
show_solution (LimenGamePanel *self)
{
  const LimenSolution *solution = limen_game_session_solution (self->session);
  g_autofree char *value = solution->exact ? limen_rational_text (solution->value_exact)
                                           : limen_format_number (solution->value, 6);
  g_autofree char *a = list_points (solution, FALSE), *b = list_points (solution, TRUE);
  g_autofree char *both = g_str_equal (a, b) ? g_strdup_printf ("p_A = p_B = %s", a)
                                             : g_strdup_printf ("p_A = %s\np_B = %s", a, b);
  gtk_label_set_text (self->solution_value_label, value);
  gtk_label_set_text (self->unique_label, solution->unique ? "yes" : "no");
  adw_action_row_set_subtitle (self->solution_row, both);
  adw_action_row_set_subtitle (self->certificate_row, solution->certificate);
}

static void
show_threshold (LimenGamePanel *self)
{
  double threshold = limen_method_threshold (limen_game_session_method (self->session),
                                             limen_game_session_payoff (self->session));
  g_autofree char *number = limen_format_number (threshold, 3);
  g_autofree char *text = isnan (threshold)   ? g_strdup ("–")
                          : isinf (threshold) ? g_strdup ("stable at any")
                                              : g_strdup_printf ("stable below %s", number);
  gtk_label_set_text (self->threshold_label, text);
}

static void
settings_changed_cb (LimenGamePanel *self)
{
  const LimenPayoff *payoff = limen_game_session_payoff (self->session);
  self->showing = TRUE;
  for (guint i = 0; i < 9; i++)
    gtk_adjustment_set_value (self->cell[i], payoff->m[i]);
  adw_combo_row_set_selected (self->method_row, limen_game_session_method (self->session));
  gtk_adjustment_set_value (self->step, limen_game_session_step_size (self->session));
  show_solution (self);
  show_threshold (self);
  self->showing = FALSE;
}

static void
run_changed_cb (LimenGamePanel *self)
{
  double a[LIMEN_GAME_MOST], b[LIMEN_GAME_MOST];
  gsize n;
  const double *x = limen_game_session_trail (self->session, FALSE, &n);
  const double *y = limen_game_session_trail (self->session, TRUE, &n);
  const LimenPayoff *payoff = limen_game_session_payoff (self->session);
  limen_game_session_average (self->session, a, b);
  g_autofree char *k = limen_format_number ((double)limen_game_session_k (self->session), 0);
  double last = n > 0 ? limen_exploit (payoff, x + 3 * (n - 1), y + 3 * (n - 1)).gap : NAN;
  double average =
      limen_game_session_k (self->session) > 0 ? limen_exploit (payoff, a, b).gap : last;
  g_autofree char *text = g_strdup_printf ("%.4f · %.4f", last, average);
  gtk_label_set_text (self->k_label, k);
  gtk_label_set_text (self->run_gap_label, text);
}

/* -- what the user says -- */

static void
cell_changed_cb (LimenGamePanel *self)
{
  LimenPayoff payoff = *limen_game_session_payoff (self->session);
  if (self->showing)
    return;
  for (guint i = 0; i < 9; i++)
    payoff.m[i] = gtk_adjustment_get_value (self->cell[i]);
  limen_game_session_set_payoff (self->session, &payoff);
}

static void
payoff_changed_cb (LimenGamePanel *self)
{
  LimenPayoff payoff;
  const char *name = limen_payoff_names ()[adw_combo_row_get_selected (self->payoff_row)];
  if (!self->showing && limen_payoff_builtin (name, &payoff, NULL))
    limen_game_session_set_payoff (self->session, &payoff);
}

static void
method_changed_cb (LimenGamePanel *self)
{
  LimenMethod method = adw_combo_row_get_selected (self->method_row);
  if (!self->showing)
    limen_game_session_set_method (self->session, method, limen_method_default_step (method));
}

static void
step_changed_cb (LimenGamePanel *self)
{
  if (!self->showing)
    limen_game_session_set_method (self->session, limen_game_session_method (self->session),
                                   gtk_adjustment_get_value (self->step));
}

static void
freeze_changed_cb (LimenGamePanel *self)
{
  limen_game_session_set_frozen (self->session, gtk_switch_get_active (self->freeze_switch));
}

static void
answer_changed_cb (LimenGamePanel *self)
{
  limen_game_session_set_answered (self->session, gtk_switch_get_active (self->answer_switch));
}

static void
arrows_changed_cb (GtkSwitch *toggle, GParamSpec *pspec, LimenGamePanel *self)
{
  limen_game_plots_set_arrows (self->plots, gtk_switch_get_active (toggle));
}

/* -- the object -- */

static void
limen_game_panel_dispose (GObject *object)
{
  LimenGamePanel *self = LIMEN_GAME_PANEL (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  self->session = NULL;
  G_OBJECT_CLASS (limen_game_panel_parent_class)->dispose (object);
}

static void
limen_game_panel_class_init (LimenGamePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_game_panel_dispose;
}

static void
limen_game_panel_init (LimenGamePanel *self)
{
}

static AdwActionRow *
row_of (gpointer widget)
{
  return ADW_ACTION_ROW (gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW));
}

static void
follow (LimenGamePanel *self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

static void
add_point (LimenGamePanel *self, GtkWidget *panel)
{
  AdwPreferencesGroup *group = limen_rows_group (panel, "At this point");
  self->value_label = limen_rows_value (group, "Payoff to B", NULL);
  self->saves_label = limen_rows_value (group, "A could save", "first");
  self->gains_label = limen_rows_value (group, "B could gain", "second");
  self->gap_label = limen_rows_value (group, "Gap", "hand");
  self->saves_row = row_of (self->saves_label);
  self->gains_row = row_of (self->gains_label);
  for (int b = 0; b < 2; b++)
    for (int i = 0; i < 3; i++)
      self->point[b][i] = gtk_adjustment_new (0, 0, 1, 0.01, 0.1, 0);
}

static void
add_experiment (LimenGamePanel *self, GtkWidget *panel)
{
  AdwPreferencesGroup *group = limen_rows_group (panel, "Experiment");
  self->freeze_switch = limen_rows_switch (group, "Freeze B at uniform", NULL);
  self->answer_switch =
      limen_rows_switch (group, "Let B answer", "A's triangle: what B could gain");
  self->answer_row = limen_rows_row (group, "Any p_A is optimal?", NULL);
  adw_action_row_set_subtitle_lines (self->answer_row, 0);
  follow (self, self->freeze_switch, "notify::active", G_CALLBACK (freeze_changed_cb));
  follow (self, self->answer_switch, "notify::active", G_CALLBACK (answer_changed_cb));
}

static void
add_dynamics (LimenGamePanel *self, GtkWidget *panel)
{
  const char *names[LIMEN_N_METHODS + 1] = {NULL};
  AdwPreferencesGroup *group = limen_rows_group (panel, "Dynamics");
  for (guint i = 0; i < LIMEN_N_METHODS; i++)
    names[i] = limen_method_title (i);
  self->method_row = limen_rows_combo (group, "Method", names);
  self->step = gtk_adjustment_new (0.1, 0.001, 2, 0.01, 0.1, 0);
  limen_rows_spin (group, "Step η", self->step, 3);
  limen_rows_scale (group, "Step size", self->step);
  self->threshold_label = limen_rows_value (group, "Step sizes", NULL);
  self->k_label = limen_rows_value (group, "Iteration", "hand");
  self->run_gap_label = limen_rows_value (group, "Gap there · of the average", NULL);
  GtkSwitch *arrows =
      limen_rows_switch (group, "Arrows", "where each would go while the other stays");
  gtk_switch_set_active (arrows, TRUE);
  g_signal_connect_object (arrows, "notify::active", G_CALLBACK (arrows_changed_cb), self, 0);
  follow (self, self->method_row, "notify::selected", G_CALLBACK (method_changed_cb));
  follow (self, self->step, "value-changed", G_CALLBACK (step_changed_cb));
}

static void
add_matrix (LimenGamePanel *self, AdwPreferencesGroup *group)
{
  GtkWidget *grid = gtk_grid_new (), *row = adw_preferences_row_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_widget_set_margin_top (grid, 8);
  gtk_widget_set_margin_bottom (grid, 8);
  gtk_widget_set_margin_start (grid, 8);
  gtk_widget_set_margin_end (grid, 8);
  for (int i = 0; i < 9; i++) {
    self->cell[i] = gtk_adjustment_new (0, -1000, 1000, 1, 10, 0);
    GtkWidget *spin = gtk_spin_button_new (self->cell[i], 1, 2);
    g_autofree char *name =
        g_strdup_printf ("Points for B: A plays %d, B plays %d", i / 3 + 1, i % 3 + 1);
    gtk_editable_set_width_chars (GTK_EDITABLE (spin), 4);
    gtk_orientable_set_orientation (GTK_ORIENTABLE (spin), GTK_ORIENTATION_VERTICAL);
    limen_rows_write_numbers (GTK_SPIN_BUTTON (spin));
    gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    gtk_grid_attach (GTK_GRID (grid), spin, i % 3, i / 3, 1, 1);
    follow (self, self->cell[i], "value-changed", G_CALLBACK (cell_changed_cb));
  }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), grid);
  adw_preferences_group_add (group, row);
}

static void
add_solution (LimenGamePanel *self, GtkWidget *panel)
{
  AdwPreferencesGroup *group = limen_rows_group (panel, "Game");
  self->payoff_row = limen_rows_combo (group, "Payoffs", limen_payoff_names ());
  add_matrix (self, group);
  group = limen_rows_group (panel, "Solution");
  self->solution_value_label = limen_rows_value (group, "Value", NULL);
  self->solution_row = limen_rows_row (group, "Optimal strategies", NULL);
  self->unique_label = limen_rows_value (group, "Unique", NULL);
  self->certificate_row = limen_rows_row (group, "Certificate", NULL);
  adw_action_row_set_subtitle_lines (self->solution_row, 0);
  adw_action_row_set_subtitle_lines (self->certificate_row, 0);
  follow (self, self->payoff_row, "notify::selected", G_CALLBACK (payoff_changed_cb));
}

LimenGamePanel *
limen_game_panel_new (LimenGameSession *session, LimenGamePlots *plots)
{
  LimenGamePanel *self = g_object_new (LIMEN_TYPE_GAME_PANEL, NULL);
  GtkWidget *panel = limen_rows_panel ();
  self->session = session;
  self->plots = plots;
  self->showing = TRUE;
  add_point (self, panel);
  add_experiment (self, panel);
  add_dynamics (self, panel);
  add_solution (self, panel);
  adw_bin_set_child (ADW_BIN (self), panel);
  g_signal_connect_swapped (session, "points-changed", G_CALLBACK (points_changed_cb), self);
  g_signal_connect_swapped (session, "settings-changed", G_CALLBACK (settings_changed_cb), self);
  g_signal_connect_swapped (session, "run-changed", G_CALLBACK (run_changed_cb), self);
  settings_changed_cb (self);
  points_changed_cb (self);
  run_changed_cb (self);
  return self;
}
