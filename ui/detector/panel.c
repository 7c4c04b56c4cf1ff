#include "ui/detector/panel.h"

#include "model/base/number.h"
#include "model/detect/sentences.h"
#include "ui/choices.h"
#include "ui/detector/files-group.h"
#include "ui/detector/pictures-list.h"
#include "ui/detector/promise-row.h"
#include "ui/detector/rule-row.h"
#include "ui/detector/threshold-slider.h"
#include "ui/fold.h"
#include "ui/news.h"
#include "ui/rows.h"
#include "ui/settings.h"
#include "ui/study/detector/measure-words.h"
#include "ui/widgets.h"

#include <math.h>

struct _LimenDetectorPanel {
  AdwBin parent_instance;

  /* of the panel */
  AdwActionRow *seed_row;
  GtkLabel *type_1_label, *type_2_label, *auroc_label, *validation_label, *variation_label;
  GtkSpinButton *value_spin, *sigmas_spin, *seed_spin;
  AdwComboRow *split_row, *scale_row, *heights_row;
  GtkStringList *scales;
  GtkSwitch *log_switch;

  /* owned references */
  LimenDetectorSession *session;
  GtkAdjustment *threshold; /* in the unit of the scores */
  gboolean showing;         /* widgets are being set to what the session says */
};

G_DEFINE_FINAL_TYPE (LimenDetectorPanel, limen_detector_panel, ADW_TYPE_BIN)

#define DASH "–"
#define LINE "\u00a0" /* what is not there yet takes the room that it will have */

/* -- what the session says -- */

/* As limen_error_rate_text() has it, and no longer where the band takes the place of the interval:
 * the row stays as high as it is while the line is dragged. */
static char *
interval_text (const LimenErrorRate *rate)
{
  if (!rate->band)
    return limen_error_rate_text (rate);
  g_autofree char *percent = limen_percent_text (rate->rate);
  g_autofree char *low = limen_percent_text (rate->low), *high = limen_percent_text (rate->high);
  return g_strdup_printf ("%s %%, 95 %% anywhere: %s–%s %%", percent, low, high);
}

static void
show_rate (GtkLabel *label, LimenErrorRate rate)
{
  AdwActionRow *row = limen_rows_row_of (label);
  if (rate.n == 0) {
    gtk_label_set_text (label, DASH);
    adw_action_row_set_subtitle (row, LINE);
    return;
  }
  g_autofree char *errors = limen_format_number (rate.errors, 0);
  g_autofree char *n = limen_format_number (rate.n, 0);
  g_autofree char *count = g_strdup_printf ("%s of %s", errors, n);
  g_autofree char *interval = interval_text (&rate);
  gtk_label_set_text (label, count);
  adw_action_row_set_subtitle (row, interval);
}

static void
show_threshold (LimenDetectorPanel *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  LimenErrorRate none = {0};
  show_rate (self->type_1_label, detector ? limen_detector_type_1 (detector) : none);
  show_rate (self->type_2_label, detector ? limen_detector_type_2 (detector) : none);
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

/* The first of the axes by the side that it is for */
static void
name_scale (LimenDetectorPanel *self, const char *squeezed)
{
  const char *const names[] = {squeezed, NULL};
  if (g_str_equal (gtk_string_list_get_string (self->scales, 0), squeezed))
    return;
  self->showing = TRUE;
  gtk_string_list_splice (self->scales, 0, 1, names);
  self->showing = FALSE;
}

/* What the scores are, in the words of the panel */
static void
show_measure (LimenDetectorPanel *self, const LimenDetector *detector)
{
  LimenMeasure *measure =
      detector ? limen_detector_measure (detector) : limen_measure_log_likelihood ();
  g_auto (LimenMeasureWords) words = limen_measure_words (measure);
  AdwActionRow *value = limen_rows_row_of (self->value_spin),
               *sigmas = limen_rows_row_of (self->sigmas_spin);
  guint digits = limen_measure_decimals (measure, detector ? detector->std : NAN, 2);
  adw_action_row_set_subtitle (value, measure->unit);
  limen_name (self->value_spin, words.threshold);
  gtk_spin_button_set_digits (self->value_spin, MIN (digits, LIMEN_MOST_DECIMALS));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (sigmas), words.beside);
  limen_name (self->sigmas_spin, words.deviations);
  adw_action_row_set_subtitle (limen_rows_row_of (self->validation_label), words.validation);
  gtk_widget_set_tooltip_text (GTK_WIDGET (limen_rows_row_of (self->auroc_label)), words.auroc);
  name_scale (self, words.squeezed);
}

static void
show_statistics (LimenDetectorPanel *self, const LimenDetector *detector)
{
  guint decimals =
      detector ? limen_measure_decimals (limen_detector_measure (detector), detector->std, 1) : 1;
  g_autofree char *auroc = limen_format_number (detector ? detector->auroc : NAN, 5);
  gtk_label_set_text (self->auroc_label, auroc);
  g_autofree char *mean =
      detector ? limen_measure_number (detector->mean, decimals) : g_strdup (DASH);
  g_autofree char *std = detector ? limen_measure_number (detector->std, decimals) : NULL;
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
    g_autofree char *low = limen_percent_text (v.low), *high = limen_percent_text (v.high);
    range = g_strdup_printf ("%s–%s %%", low, high);
    tried = g_strdup_printf ("%s splits, 95 %% of them", n);
  }
  gtk_label_set_text (self->variation_label, range ? range : DASH);
  adw_action_row_set_subtitle (limen_rows_row_of (self->variation_label), tried ? tried : LINE);
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

/* Of a score that was fitted, fewer images are split in two */
static void
show_fitted (LimenDetectorPanel *self, const LimenDetector *detector)
{
  guint n_fit = detector ? detector->n_fit : 0;
  g_autofree char *n = limen_format_number (n_fit, 0);
  g_autofree char *told =
      n_fit > 0
          ? g_strdup_printf ("of what is left beside %s images that the score was fitted to", n)
          : g_strdup ("");
  limen_choices_tell (self->split_row, told);
}

static void
data_changed_cb (LimenDetectorPanel *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  show_measure (self, detector);
  show_statistics (self, detector);
  show_variation (self);
  show_fitted (self, detector);
  show_settings (self);
  show_threshold (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->value_spin), detector != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sigmas_spin), detector && detector->std > 0);
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
settings_changed_cb (LimenDetectorPanel *self)
{
  const LimenDetectorPageState *state = limen_detector_session_state (self->session);
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

/* -- the object -- */

static void
limen_detector_panel_dispose (GObject *object)
{
  LimenDetectorPanel *self = LIMEN_DETECTOR_PANEL (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->threshold);
  G_OBJECT_CLASS (limen_detector_panel_parent_class)->dispose (object);
}

static void
limen_detector_panel_class_init (LimenDetectorPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_detector_panel_dispose;
}

static void
limen_detector_panel_init (LimenDetectorPanel *self)
{
  self->threshold = g_object_ref_sink (gtk_adjustment_new (0, 0, 1, 0.1, 1, 0));
}

static void
add_errors (LimenDetectorPanel *self, GtkWidget *panel)
{
  AdwPreferencesGroup *group = limen_rows_group (panel, "Errors");
  GtkWidget *again = gtk_button_new_with_label ("Try it…");
  self->type_1_label = limen_rows_value (group, "Type I · false alarms", "first");
  self->type_2_label = limen_rows_value (group, "Type II · misses", "second");
  self->auroc_label = limen_rows_value (group, "AUROC", NULL);
  limen_promise_row_add (group, self->session);
  gtk_widget_set_tooltip_text (again, "Draw 200 other sets of normal images: how often does an "
                                      "interval miss the truth?");
  gtk_widget_set_valign (again, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (again, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (again), "detector.try");
  adw_preferences_group_set_header_suffix (group, again);
}

static GtkSpinButton *
add_spin (AdwPreferencesGroup *group, const char *title, const char *unit, const char *name,
          GtkAdjustment *adjustment, int width)
{
  GtkSpinButton *spin = limen_rows_spin (group, title, adjustment, unit ? 2 : 0);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), width);
  adw_action_row_set_subtitle (limen_rows_row_of (spin), unit ? unit : "");
  limen_name (spin, name);
  return spin;
}

static void
add_threshold (LimenDetectorPanel *self, GtkWidget *panel)
{
  AdwPreferencesGroup *group = limen_rows_group (panel, "Threshold");
  limen_rule_row_add (group, self->session);
  /* what the rows are called show_measure() says */
  self->value_spin = add_spin (group, "Value", "", "Threshold", self->threshold, 10);
  self->sigmas_spin = add_spin (group, "", "standard deviations", "Standard deviations",
                                gtk_adjustment_new (0, -1000, 10000, 0.1, 0.5, 0), 6);
  limen_threshold_slider_add (group, self->session);
}

static void
add_split (LimenDetectorPanel *self, GtkWidget *panel)
{
  static const char *const halves[] = {"the first half", "a random half", NULL};
  AdwPreferencesGroup *group = limen_rows_group (panel, "Split of the normal images");
  self->split_row = limen_rows_combo (group, "Test on", halves);
  self->seed_spin = add_spin (group, "Seed", NULL, "Seed of the random split",
                              gtk_adjustment_new (0, 0, 4294967295, 1, 10, 0), 5);
  self->seed_row = limen_rows_row_of (self->seed_spin);
  limen_rows_button (self->seed_row, "view-refresh-symbolic", "Draw another split",
                     "detector.resample");
  self->validation_label = limen_rows_value (group, "Validation", NULL);
  self->variation_label = limen_rows_value (group, "Type I over random splits", NULL);
}

static void
add_view (LimenDetectorPanel *self, GtkWidget *panel)
{
  static const char *const scales[] = {"Squeezed far below", "Linear", "Clipped", NULL};
  static const char *const heights[] = {"Share of the set", "Number of images", NULL};
  AdwPreferencesGroup *group = limen_rows_group (panel, "");
  AdwExpanderRow *fold = limen_fold_new (group, "View of the histogram");
  self->scale_row = limen_rows_combo (group, "Axis", scales);
  self->scales = GTK_STRING_LIST (adw_combo_row_get_model (self->scale_row));
  self->heights_row = limen_rows_combo (group, "Heights", heights);
  self->log_switch = limen_rows_switch (group, "Logarithmic heights", NULL);
  limen_fold_take (fold, group, self->scale_row);
  limen_fold_take (fold, group, self->heights_row);
  limen_fold_take (fold, group, self->log_switch);
}

LimenDetectorPanel *
limen_detector_panel_new (LimenPicturesSession *pictures)
{
  g_return_val_if_fail (LIMEN_IS_PICTURES_SESSION (pictures), NULL);
  LimenDetectorSession *session = limen_pictures_session_detector (pictures);
  LimenDetectorPanel *self = g_object_new (LIMEN_TYPE_DETECTOR_PANEL, NULL);
  GtkWidget *panel = limen_rows_panel ();
  self->session = g_object_ref (session);
  add_errors (self, panel);
  add_threshold (self, panel);
  limen_pictures_list_add (panel, pictures);
  limen_files_group_add (panel, session);
  add_split (self, panel);
  add_view (self, panel);
  adw_bin_set_child (ADW_BIN (self), panel);
  restore_settings (session);
  data_changed_cb (self);
  g_signal_connect_object (self->threshold, "value-changed", G_CALLBACK (threshold_set_cb), self,
                           0);
  g_signal_connect (self->sigmas_spin, "value-changed", G_CALLBACK (sigmas_changed_cb), self);
  connect_settings (self);
  limen_news_connect (session, "data-changed", G_CALLBACK (data_changed_cb), self);
  limen_news_connect (session, "threshold-changed", G_CALLBACK (show_threshold), self);
  limen_news_connect (session, "settings-changed", G_CALLBACK (settings_changed_cb), self);
  return self;
}
