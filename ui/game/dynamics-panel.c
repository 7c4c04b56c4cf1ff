#include "ui/game/dynamics-panel.h"

#include "model/base/number.h"
#include "ui/fold.h"
#include "ui/game/gap-row.h"
#include "ui/news.h"
#include "ui/rows.h"
#include "ui/widgets.h"

#include <math.h>

#define DASH    "–"
#define ROOM    1.6  /* of the slider, in thresholds */
#define SLOWEST 1000 /* of the slider: its length over its first step */

static const double speeds[] = {1, 10, 60, 600, 0};
static const char *const speed_names[] = {"1 a second",   "10 a second",        "60 a second",
                                          "600 a second", "as fast as it goes", NULL};
static const guint64 lengths[] = {1000, 10000, 100000, 1000000};
static const char *const length_names[] = {"1 000", "10 000", "100 000", "1 000 000", NULL};
static const char *const measure_names[] = {"duality gap", "distance", NULL};
static const char *const axis_names[] = {"iterations", "gradients", NULL};
static const char *const kept_names[] = {"KL to the solution", "energy", NULL};
static const char *const integrator_names[] = {"Störmer–Verlet", "Runge–Kutta", "Euler", NULL};

struct _LimenDynamicsPanel {
  AdwBin parent_instance;

  AdwComboRow *method_row, *integrator_row, *speed_row;
  AdwComboRow *beside_row[LIMEN_GAME_BESIDE], *length_row, *measure_row, *axis_row, *kept_row;
  GtkWidget *step_row, *slider_row;
  GtkScale *slider;
  GtkAdjustment *step;
  GtkSwitch *field_switch;
  GtkLabel *threshold_label, *radius_label, *k_label, *average_label, *slope_label,
      *average_slope_label;

  LimenGameSession *session;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (LimenDynamicsPanel, limen_dynamics_panel, ADW_TYPE_BIN)

/* -- what the session says -- */

static GtkWidget *
row_of (gpointer widget)
{
  return gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_ROW);
}

/* The slider ends beyond the threshold, where it has one; else where steps are as large as points.
 */
static void
show_step (LimenDynamicsPanel *self, const LimenGameSettings *settings, const LimenPayoff *payoff)
{
  double threshold = limen_method_threshold (settings->method, settings->integrator, payoff);
  double usual = limen_method_default_step (settings->method, payoff);
  double high = fmax (isfinite (threshold) ? ROOM * threshold : 10 * usual, 1.05 * settings->step);
  gboolean has_step = limen_method_has_step (settings->method);
  double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
  const LimenGameSteps steps = {settings->method, threshold, limen_payoff_interior (payoff, x, y)};
  g_autofree char *words = limen_game_say (LIMEN_SAY_STEPS, &steps);
  gtk_widget_set_visible (self->step_row, has_step);
  gtk_widget_set_visible (self->slider_row, has_step);
  gtk_adjustment_configure (self->step, settings->step, high / SLOWEST, high, high / 100, high / 10,
                            0);
  gtk_scale_clear_marks (self->slider);
  if (isfinite (threshold) && words)
    gtk_scale_add_mark (self->slider, threshold, GTK_POS_BOTTOM, words);
  gtk_widget_set_visible (row_of (self->threshold_label), !isfinite (threshold) || !words);
  gtk_label_set_text (self->threshold_label, words ? words : DASH);
}

static void
show_radius (LimenDynamicsPanel *self, const LimenGameSettings *settings, const LimenPayoff *payoff)
{
  double radius =
      limen_method_radius (settings->method, settings->integrator, payoff, settings->step);
  g_autofree char *text = isnan (radius) ? g_strdup (DASH) : limen_format_number (radius, 6);
  gtk_label_set_text (self->radius_label, text);
}

static guint
place_of (guint64 length)
{
  guint i = 0;
  while (i + 1 < G_N_ELEMENTS (lengths) && lengths[i] != length)
    i++;
  return i;
}

static void
settings_changed_cb (LimenDynamicsPanel *self)
{
  const LimenGameState *state = limen_game_session_state (self->session);
  const LimenGameSettings *settings = &state->settings;
  guint speed = 0;
  self->showing = TRUE;
  while (speed + 1 < G_N_ELEMENTS (speeds) && speeds[speed] != settings->speed)
    speed++;
  adw_combo_row_set_selected (self->method_row, settings->method);
  adw_combo_row_set_selected (self->integrator_row, settings->integrator);
  gtk_widget_set_visible (GTK_WIDGET (self->integrator_row), settings->method == LIMEN_REPLICATOR);
  adw_combo_row_set_selected (self->speed_row, speed);
  for (guint i = 0; i < LIMEN_GAME_BESIDE; i++)
    adw_combo_row_set_selected (self->beside_row[i], settings->beside[i]);
  adw_combo_row_set_selected (self->length_row, place_of (settings->iterations));
  adw_combo_row_set_selected (self->measure_row, state->view.measure);
  adw_combo_row_set_selected (self->axis_row, state->view.by_gradients);
  adw_combo_row_set_selected (self->kept_row, state->view.kept);
  gtk_switch_set_active (self->field_switch, state->view.field);
  show_step (self, settings, &state->payoff);
  show_radius (self, settings, &state->payoff);
  self->showing = FALSE;
}

static void
show_run (LimenDynamicsPanel *self)
{
  LimenGameHand hand = limen_game_session_hand (self->session);
  double a[LIMEN_GAME_MOST], b[LIMEN_GAME_MOST];
  limen_game_session_average (self->session, a, b);
  const LimenExploit average = limen_exploit (hand.payoff, a, b);
  g_autofree char *k = limen_format_number ((double)hand.k, 0);
  limen_gap_row_set (self->average_label, &average);
  gtk_label_set_text (self->k_label, k);
}

static void
race_changed_cb (LimenDynamicsPanel *self)
{
  guint n;
  const LimenGameCurve *curves = limen_game_session_curves (self->session, &n);
  double last = n > 0 ? curves[0].measured_slope : NAN;
  double average = n > 0 ? curves[0].measured_average_slope : NAN;
  g_autofree char *a = limen_format_number (last, 2), *b = limen_format_number (average, 2);
  gtk_label_set_text (self->slope_label, a);
  gtk_label_set_text (self->average_slope_label, b);
}

/* -- what the user says -- */

static void
changed_cb (LimenDynamicsPanel *self)
{
  const LimenGameState *state = limen_game_session_state (self->session);
  LimenGameSettings settings = state->settings;
  if (self->showing)
    return;
  settings.method = adw_combo_row_get_selected (self->method_row);
  settings.integrator = adw_combo_row_get_selected (self->integrator_row);
  settings.step = gtk_adjustment_get_value (self->step);
  settings.speed = speeds[adw_combo_row_get_selected (self->speed_row)];
  for (guint i = 0; i < LIMEN_GAME_BESIDE; i++)
    settings.beside[i] = adw_combo_row_get_selected (self->beside_row[i]);
  settings.iterations = lengths[adw_combo_row_get_selected (self->length_row)];
  LimenGameView view = state->view;
  view.field = gtk_switch_get_active (self->field_switch);
  view.by_gradients = adw_combo_row_get_selected (self->axis_row) == 1;
  view.measure = adw_combo_row_get_selected (self->measure_row);
  view.kept = adw_combo_row_get_selected (self->kept_row);
  g_auto (LimenGameState) seen = limen_game_state_with_view (state, &view);
  g_auto (LimenGameState) next = limen_game_state_with_settings (&seen, &settings);
  limen_game_session_set (self->session, &next);
}

/* -- the object -- */

static void
limen_dynamics_panel_dispose (GObject *object)
{
  LimenDynamicsPanel *self = LIMEN_DYNAMICS_PANEL (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  self->session = NULL;
  G_OBJECT_CLASS (limen_dynamics_panel_parent_class)->dispose (object);
}

static void
limen_dynamics_panel_class_init (LimenDynamicsPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_dynamics_panel_dispose;
}

static void
limen_dynamics_panel_init (LimenDynamicsPanel *self)
{
}

static AdwComboRow *
combo (LimenDynamicsPanel *self, AdwPreferencesGroup *group, const char *title,
       const char *const *names)
{
  AdwComboRow *row = limen_rows_combo (group, title, names);
  limen_follow (self, row, "notify::selected", G_CALLBACK (changed_cb));
  return row;
}

static void
add_method (LimenDynamicsPanel *self, AdwPreferencesGroup *group, const char *const *methods)
{
  self->method_row = combo (self, group, "Method", methods);
  self->integrator_row = combo (self, group, "Integrator", integrator_names);
  self->step = gtk_adjustment_new (0.1, 0.001, 2, 0.01, 0.1, 0);
  self->step_row = row_of (limen_rows_spin (group, "Step η", self->step, 4));
  self->slider = limen_rows_scale (group, "Step size", self->step);
  self->slider_row = row_of (self->slider);
  self->threshold_label = limen_rows_value (group, "Step sizes", NULL);
  self->speed_row = combo (self, group, "Iterations", speed_names);
  self->k_label = limen_rows_value (group, "Iteration", "hand");
  AdwExpanderRow *fold = limen_fold_new (group, "More of the method");
  self->average_label = limen_rows_value (group, "Gap of the average", NULL);
  self->radius_label = limen_rows_value (group, "Spectral radius", NULL);
  self->field_switch =
      limen_rows_switch (group, "Arrows", "Where each would go while the other stays");
  limen_fold_take (fold, group, self->average_label);
  limen_fold_take (fold, group, self->radius_label);
  limen_fold_take (fold, group, self->field_switch);
  limen_follow (self, self->field_switch, "notify::active", G_CALLBACK (changed_cb));
  limen_follow (self, self->step, "value-changed", G_CALLBACK (changed_cb));
}

static void
add_race (LimenDynamicsPanel *self, AdwPreferencesGroup *group, const char *const *methods)
{
  static const char *const titles[LIMEN_GAME_BESIDE] = {"Second method", "Third method",
                                                        "Fourth method"};
  AdwExpanderRow *fold = limen_fold_new (group, "Race");
  for (guint i = 0; i < LIMEN_GAME_BESIDE; i++)
    self->beside_row[i] = combo (self, group, titles[i], methods);
  self->length_row = combo (self, group, "Length", length_names);
  self->measure_row = combo (self, group, "Measure", measure_names);
  self->axis_row = combo (self, group, "Against", axis_names);
  self->slope_label = limen_rows_value (group, "Slope of the gap", NULL);
  self->average_slope_label = limen_rows_value (group, "Slope of the average's gap", NULL);
  self->kept_row = combo (self, group, "Does it stay the same?", kept_names);
  const gpointer rows[] = {self->beside_row[0], self->beside_row[1],       self->beside_row[2],
                           self->length_row,    self->measure_row,         self->axis_row,
                           self->slope_label,   self->average_slope_label, self->kept_row};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    limen_fold_take (fold, group, rows[i]);
}

LimenDynamicsPanel *
limen_dynamics_panel_new (LimenGameSession *session)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session), NULL);
  LimenDynamicsPanel *self = g_object_new (LIMEN_TYPE_DYNAMICS_PANEL, NULL);
  GtkWidget *panel = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  const char *methods[LIMEN_N_METHODS + 2] = {NULL};
  for (guint i = 0; i < LIMEN_N_METHODS; i++)
    methods[i] = limen_method_title (i);
  self->session = session;
  self->showing = TRUE;
  AdwPreferencesGroup *group = limen_rows_group (panel, "Dynamics");
  add_method (self, group, methods);
  methods[LIMEN_N_METHODS] = "nobody";
  add_race (self, group, methods);
  adw_bin_set_child (ADW_BIN (self), panel);
  limen_news_connect (session, "settings-changed", G_CALLBACK (settings_changed_cb), self);
  limen_news_connect (session, "moment-changed", G_CALLBACK (show_run), self);
  limen_news_connect (session, "race-changed", G_CALLBACK (race_changed_cb), self);
  settings_changed_cb (self);
  show_run (self);
  race_changed_cb (self);
  return self;
}
