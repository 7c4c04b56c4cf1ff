#include "ui/preferences.h"

#include "ui/child-window.h"
#include "ui/choices.h"
#include "ui/fields.h"
#include "ui/rows.h"
#include "ui/settings.h"
#include "ui/study/detector/state.h"

static const AdwColorScheme schemes[] = {ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                         ADW_COLOR_SCHEME_FORCE_DARK};

static void
appearance_changed_cb (AdwComboRow *row)
{
  AdwColorScheme scheme = schemes[adw_combo_row_get_selected (row)];
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  if (limen_settings ())
    g_settings_set_enum (limen_settings (), "color-scheme", scheme);
}

static GtkWidget *
appearance_row (void)
{
  static const char *const names[] = {"As the desktop", "Light", "Dark", NULL};
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);
  AdwColorScheme now = adw_style_manager_get_color_scheme (adw_style_manager_get_default ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "Appearance");
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  limen_choices_show_whole (ADW_COMBO_ROW (row));
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (schemes[i] == now)
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
  g_signal_connect (row, "notify::selected", G_CALLBACK (appearance_changed_cb), NULL);
  return row;
}

static GtkWidget *
sigmas_row (void)
{
  GtkWidget *row = adw_action_row_new (), *spin = gtk_spin_button_new_with_range (-100, 1000, 0.5);
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), 2);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), LIMEN_USUAL_SIGMAS);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 6);
  limen_field_spin (GTK_SPIN_BUTTON (spin));
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "Threshold at start");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), "standard deviations from the mean");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  if (limen_settings ())
    g_settings_bind (limen_settings (), "sigmas", spin, "value", G_SETTINGS_BIND_DEFAULT);
  return row;
}

void
limen_preferences_present (GtkWindow *parent)
{
  g_return_if_fail (!parent || GTK_IS_WINDOW (parent));
  GtkWidget *window = adw_preferences_window_new (), *page = adw_preferences_page_new ();
  GtkWidget *look = adw_preferences_group_new (), *detector = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (detector), "Detector");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (look), appearance_row ());
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (detector), sigmas_row ());
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (look));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (detector));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  limen_child_window_part (GTK_WINDOW (window));
  limen_rows_whole_words (GTK_WIDGET (page));
  limen_rows_give_way (GTK_WIDGET (page));
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 360);
  gtk_window_present (GTK_WINDOW (window));
}
