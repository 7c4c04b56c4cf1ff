#include "ui/detector/panel.h"

#include "model/data/builtin.h"
#include "model/detect/sentences.h"
#include "ui/networks-menu.h"
#include "ui/detector/reading-popover.h"
#include "ui/rows.h"
#include "ui/settings.h"

#include <math.h>

struct _LimenDetectorPanel {
  AdwBin parent_instance;

  /* template widgets */
  AdwActionRow *type_1_row, *type_2_row, *flow_row, *normal_row, *anomaly_row, *seed_row;
  AdwActionRow *variation_row;
  GtkLabel *type_1_label, *type_2_label, *auroc_label, *validation_label, *variation_label;
  GtkSpinButton *value_spin, *sigmas_spin, *seed_spin;
  GtkScale *value_scale;
  GtkWidget *normal_invert, *anomaly_invert;
  GtkMenuButton *normal_reading, *anomaly_reading;
  AdwComboRow *split_row, *scale_row, *heights_row;
  GtkSwitch *log_switch;
  GMenu *builtin_menu;

  /* owned references */
  GMenu *networks; /* nullable: a section of that menu */
  LimenDetectorSession *session;
  gboolean showing;         /* widgets are being set to what the session says */
  GtkAdjustment *threshold; /* in nats; owned by scale and spin button */
};

G_DEFINE_FINAL_TYPE (LimenDetectorPanel, limen_detector_panel, ADW_TYPE_BIN)

#define DASH "–"

/* -- what the session says -- */

static void
show_rate (AdwActionRow *row, GtkLabel *label, LimenErrorRate rate)
{
  if (rate.n == 0) {
    gtk_label_set_text (label, DASH);
    adw_action_row_set_subtitle (row, "");
    return;
  }
  g_autofree char *errors = limen_format_number (rate.errors, 0);
  g_autofree char *n = limen_format_number (rate.n, 0);
  g_autofree char *count = g_strdup_printf ("%s of %s", errors, n);
  g_autofree char *percent = limen_percent_text (rate.rate, 2); /* as in the headline */
  g_autofree char *low = limen_percent_text (rate.low, 2);
  g_autofree char *high = limen_percent_text (rate.high, 2);
  g_autofree char *interval = g_strdup_printf ("%s %%, 95 %%: %s–%s %%", percent, low, high);
  gtk_label_set_text (label, count);
  adw_action_row_set_subtitle (row, interval);
}

static void
show_threshold (LimenDetectorPanel *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  LimenErrorRate none = {0};
  show_rate (self->type_1_row, self->type_1_label,
             detector ? limen_detector_type_1 (detector) : none);
  show_rate (self->type_2_row, self->type_2_label,
             detector ? limen_detector_type_2 (detector) : none);
  double sigmas = detector ? limen_detector_sigmas (detector) : NAN;
  LimenThresholdRange range = limen_detector_session_range (self->session);
  self->showing = TRUE;
  if (detector)
    gtk_adjustment_configure (self->threshold, limen_detector_session_threshold (self->session),
                              range.low, range.high, range.step, range.step * 10, 0);
  if (isfinite (sigmas))
    gtk_spin_button_set_value (self->sigmas_spin, sigmas);
  self->showing = FALSE;
}

static char *
describe_set (const LimenExperiment *experiment, LimenSetRole role)
{
  const LimenImageSet *set = experiment->set[role];
  g_autofree char *n = limen_format_number (limen_image_set_n_images (set), 0);
  guint left_out = experiment->n_not_finite[role];
  g_autofree char *without =
      left_out ? g_strdup_printf (" · %u without a finite score left out", left_out)
               : g_strdup ("");
  const char *polarity = experiment->seems_inverted[role] ? " · they look inverted to this flow"
                         : experiment->set_from[role]->inverted ? " · inverted"
                                                                : "";
  g_autofree char *told = limen_image_set_reading (set);
  return g_strconcat (limen_image_set_name (set), " · ", n, without, polarity, told ? "\n" : "",
                      told ? told : "", NULL);
}

/* What was refused waits for a word on how to read it, beside what is shown. */
static void
show_set (LimenDetectorPanel *self, const LimenExperiment *experiment, LimenSetRole role)
{
  gboolean is_normal = role == LIMEN_SET_NORMAL;
  AdwActionRow *row = is_normal ? self->normal_row : self->anomaly_row;
  GtkWidget *invert = is_normal ? self->normal_invert : self->anomaly_invert;
  GtkMenuButton *button = is_normal ? self->normal_reading : self->anomaly_reading;
  const char *const *asks = limen_detector_session_asks (self->session, role);
  const LimenImageSet *set = experiment->set[role];
  g_autofree char *text = set ? describe_set (experiment, role) : g_strdup ("none yet");
  g_autofree char *waiting = asks ? g_filename_display_basename (asks[0]) : NULL;
  g_autofree char *all =
      asks ? g_strdup_printf ("%s\n%s waits to be told how to read it", text, waiting) : NULL;
  g_autofree char *markup = g_markup_escape_text (all ? all : text, -1);
  adw_action_row_set_subtitle (row, markup);
  gtk_widget_set_visible (invert, set && experiment->seems_inverted[role]);
  gtk_widget_set_visible (GTK_WIDGET (button),
                          asks || (set && limen_image_set_n_read_as (set) > 0));
}

static void
show_flow (LimenDetectorPanel *self, const LimenExperiment *experiment)
{
  if (!experiment->flow) {
    limen_networks_menu (self->builtin_menu, &self->networks, NULL, NULL, NULL);
    adw_action_row_set_subtitle (self->flow_row, "none yet");
    return;
  }
  const char *const *networks = limen_nice_networks (experiment->flow);
  LimenNiceShape shape = limen_nice_shape (experiment->flow);
  const char *path = limen_nice_path (experiment->flow);
  g_autofree char *name =
      limen_is_builtin (path) ? g_strdup (limen_builtin_title (path)) : g_path_get_basename (path);
  g_autofree char *file = limen_display_name (name), *shown = limen_networks_label (file, networks);
  limen_networks_menu (self->builtin_menu, &self->networks, path, networks, "detector.use");
  g_autofree char *text =
      g_markup_printf_escaped ("%s · %u × %u, %u couplings, %u pixels", shown, shape.width,
                               shape.depth, shape.couplings, shape.dimension);
  adw_action_row_set_subtitle (self->flow_row, text);
}

static void
show_statistics (LimenDetectorPanel *self, const LimenDetector *detector)
{
  g_autofree char *auroc = limen_format_number (detector ? detector->auroc : NAN, 5);
  gtk_label_set_text (self->auroc_label, auroc);
  g_autofree char *mean = detector ? limen_format_number (detector->mean, 1) : g_strdup (DASH);
  g_autofree char *std = detector ? limen_format_number (detector->std, 1) : NULL;
  gboolean spread = detector && !isnan (detector->std);
  g_autofree char *text = spread ? g_strdup_printf ("%s ± %s", mean, std) : g_strdup (mean);
  gtk_label_set_text (self->validation_label, text);
}

static void
show_variation (LimenDetectorPanel *self)
{
  const LimenAnalysis *analysis = limen_detector_session_analysis (self->session);
  g_autofree char *range = NULL, *tried = NULL;
  if (analysis && analysis->variation.n_splits > 0) {
    LimenSplitVariation v = analysis->variation;
    g_autofree char *n = limen_format_number (v.n_splits, 0);
    g_autofree char *low = limen_percent_text (v.low, 2), *high = limen_percent_text (v.high, 2);
    range = g_strdup_printf ("%s–%s %%", low, high);
    tried = g_strdup_printf ("%s splits, 95 %% of them", n);
  }
  gtk_label_set_text (self->variation_label, range ? range : DASH);
  adw_action_row_set_subtitle (self->variation_row, tried ? tried : "");
}

static void
show_settings (LimenDetectorPanel *self)
{
  const LimenDetectorPageState *state = limen_detector_session_state (self->session);
  gboolean is_random = state->split.kind == LIMEN_SPLIT_RANDOM;
  self->showing = TRUE;
  adw_combo_row_set_selected (self->split_row, is_random);
  gtk_spin_button_set_value (self->seed_spin, (double)state->split.seed);
  gtk_widget_set_visible (GTK_WIDGET (self->seed_row), is_random);
  adw_combo_row_set_selected (self->scale_row, state->scale);
  adw_combo_row_set_selected (self->heights_row, state->counts);
  gtk_switch_set_active (self->log_switch, state->log);
  self->showing = FALSE;
}

static void
data_changed_cb (LimenDetectorSession *session, LimenDetectorPanel *self)
{
  const LimenExperiment *experiment = limen_detector_session_experiment (session);
  const LimenDetector *detector = limen_detector_session_detector (session);
  show_flow (self, experiment);
  show_set (self, experiment, LIMEN_SET_NORMAL);
  show_set (self, experiment, LIMEN_SET_ANOMALY);
  show_statistics (self, detector);
  show_variation (self);
  show_settings (self);
  show_threshold (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->value_spin), detector != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sigmas_spin), detector && detector->std > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->value_scale), detector != NULL);
}

static void
threshold_changed_cb (LimenDetectorSession *session, LimenDetectorPanel *self)
{
  show_threshold (self);
}

/* -- what the user says -- */

static void
sigmas_changed_cb (GtkSpinButton *spin, LimenDetectorPanel *self)
{
  if (!self->showing)
    limen_detector_session_set_rule (
        self->session, (LimenRule){LIMEN_RULE_SIGMAS, gtk_spin_button_get_value (spin)});
}

static void
threshold_set_cb (GtkAdjustment *threshold, LimenDetectorPanel *self)
{
  if (!self->showing)
    limen_detector_session_set_threshold (self->session, gtk_adjustment_get_value (threshold));
}

static void
split_changed_cb (LimenDetectorPanel *self)
{
  LimenSplit split = {.kind = adw_combo_row_get_selected (self->split_row) == 1
                                  ? LIMEN_SPLIT_RANDOM
                                  : LIMEN_SPLIT_ORDERED,
                      .seed = (guint64)gtk_spin_button_get_value (self->seed_spin)};
  if (!self->showing)
    limen_detector_session_set_split (self->session, split);
}

static void
heights_changed_cb (LimenDetectorPanel *self)
{
  if (!self->showing)
    limen_detector_session_set_heights (self->session,
                                        adw_combo_row_get_selected (self->heights_row) == 1,
                                        gtk_switch_get_active (self->log_switch));
}

static void
scale_changed_cb (LimenDetectorPanel *self)
{
  if (!self->showing)
    limen_detector_session_set_scale (self->session, adw_combo_row_get_selected (self->scale_row));
}

/* -- the object -- */

static void
limen_detector_panel_dispose (GObject *object)
{
  LimenDetectorPanel *self = LIMEN_DETECTOR_PANEL (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->networks);
  G_OBJECT_CLASS (limen_detector_panel_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
#define BIND(name) gtk_widget_class_bind_template_child (klass, LimenDetectorPanel, name)
  BIND (type_1_row);
  BIND (type_2_row);
  BIND (flow_row);
  BIND (normal_row);
  BIND (anomaly_row);
  BIND (seed_row);
  BIND (variation_row);
  BIND (type_1_label);
  BIND (type_2_label);
  BIND (auroc_label);
  BIND (validation_label);
  BIND (variation_label);
  BIND (value_spin);
  BIND (sigmas_spin);
  BIND (seed_spin);
  BIND (value_scale);
  BIND (normal_invert);
  BIND (anomaly_invert);
  BIND (normal_reading);
  BIND (anomaly_reading);
  BIND (split_row);
  BIND (scale_row);
  BIND (heights_row);
  BIND (log_switch);
  BIND (builtin_menu);
#undef BIND
}

static void
limen_detector_panel_class_init (LimenDetectorPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_detector_panel_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/limen_explorer/Limen/ui/detector-panel.ui");
  bind_children (widget_class);
}

static void
limen_detector_panel_init (LimenDetectorPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* -- what is remembered -- */

static void
restore_settings (LimenDetectorSession *session)
{
  GSettings *settings = limen_settings ();
  if (!settings)
    return;
  g_autoptr (LimenDetectorPageState) state =
      limen_detector_page_state_copy (limen_detector_session_state (session));
  state->split = (LimenSplit){g_settings_get_enum (settings, "split"),
                              g_settings_get_uint64 (settings, "seed")};
  state->rule = (LimenRule){LIMEN_RULE_SIGMAS, g_settings_get_double (settings, "sigmas")};
  state->scale = g_settings_get_enum (settings, "x-scale");
  state->counts = g_settings_get_enum (settings, "heights") == 1;
  state->log = g_settings_get_enum (settings, "y-scale") == 1;
  limen_detector_session_set_state (session, state);
}

static void
save_settings (const LimenDetectorPageState *state)
{
  GSettings *settings = limen_settings ();
  if (!settings)
    return;
  g_settings_set_enum (settings, "split", state->split.kind);
  g_settings_set_uint64 (settings, "seed", state->split.seed);
  g_settings_set_enum (settings, "x-scale", (int)state->scale);
  g_settings_set_enum (settings, "heights", state->counts);
  g_settings_set_enum (settings, "y-scale", state->log);
}

static void
settings_changed_cb (LimenDetectorSession *session, LimenDetectorPanel *self)
{
  const LimenDetectorPageState *state = limen_detector_session_state (session);
  show_settings (self);
  save_settings (state);
}

static void
connect_settings (LimenDetectorPanel *self)
{
  const struct {
    gpointer widget;
    const char *signal;
    GCallback changed;
  } settings[] = {
      {self->split_row, "notify::selected", G_CALLBACK (split_changed_cb)},
      {self->seed_spin, "value-changed", G_CALLBACK (split_changed_cb)},
      {self->scale_row, "notify::selected", G_CALLBACK (scale_changed_cb)},
      {self->heights_row, "notify::selected", G_CALLBACK (heights_changed_cb)},
      {self->log_switch, "notify::active", G_CALLBACK (heights_changed_cb)},
  };
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    g_signal_connect_object (settings[i].widget, settings[i].signal, settings[i].changed, self,
                             G_CONNECT_SWAPPED);
}

LimenDetectorPanel *
limen_detector_panel_new (LimenDetectorSession *session)
{
  LimenDetectorPanel *self = g_object_new (LIMEN_TYPE_DETECTOR_PANEL, NULL);
  self->session = g_object_ref (session);
  GtkSpinButton *spins[] = {self->value_spin, self->sigmas_spin};
  for (guint i = 0; i < G_N_ELEMENTS (spins); i++)
    limen_rows_write_numbers (spins[i]);
  self->threshold = gtk_adjustment_new (0, 0, 1, 0.1, 1, 0);
  gtk_spin_button_set_adjustment (self->value_spin, self->threshold);
  gtk_range_set_adjustment (GTK_RANGE (self->value_scale), self->threshold);
  gtk_menu_button_set_popover (self->normal_reading,
                               limen_reading_popover_new (session, LIMEN_SET_NORMAL));
  gtk_menu_button_set_popover (self->anomaly_reading,
                               limen_reading_popover_new (session, LIMEN_SET_ANOMALY));
  restore_settings (session);
  data_changed_cb (session, self);
  g_signal_connect (self->threshold, "value-changed", G_CALLBACK (threshold_set_cb), self);
  g_signal_connect (self->sigmas_spin, "value-changed", G_CALLBACK (sigmas_changed_cb), self);
  connect_settings (self);
  g_signal_connect (session, "data-changed", G_CALLBACK (data_changed_cb), self);
  g_signal_connect (session, "threshold-changed", G_CALLBACK (threshold_changed_cb), self);
  g_signal_connect (session, "settings-changed", G_CALLBACK (settings_changed_cb), self);
  return self;
}
