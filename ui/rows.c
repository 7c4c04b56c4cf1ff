#include "ui/rows.h"

#include "ui/appearance.h"
#include "ui/choices.h"
#include "ui/fields.h"
#include "ui/quiet-row.h"
#include "ui/selectable.h"
#include "ui/widgets.h"
#include "ui/wrap-layout.h"

#include <math.h>

#define LARGE 1.4 /* times the usual size of text, in windows that do not grow with it */

GtkWidget *
limen_rows_panel (void)
{
  GtkWidget *panel = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_margin_top (panel, 18);
  gtk_widget_set_margin_bottom (panel, 18);
  gtk_widget_set_margin_start (panel, 14);
  gtk_widget_set_margin_end (panel, 14);
  return panel;
}

AdwPreferencesGroup *
limen_rows_group (GtkWidget *panel, const char *title)
{
  g_return_val_if_fail (GTK_IS_WIDGET (panel), NULL);
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (panel), group);
  return ADW_PREFERENCES_GROUP (group);
}

/* AdwActionRow does not let its subtitle be selected before libadwaita 1.3. */
static void
let_subtitle_be_selected (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "subtitle"))
    limen_selectable (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    let_subtitle_be_selected (child);
}

AdwActionRow *
limen_rows_row (AdwPreferencesGroup *group, const char *title, GtkWidget *suffix)
{
  g_return_val_if_fail (ADW_IS_PREFERENCES_GROUP (group), NULL);
  GtkWidget *row = g_object_new (LIMEN_TYPE_QUIET_ROW, NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (suffix) {
    gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  }
  if (!suffix || GTK_IS_LABEL (suffix)) /* it only shows something */
    let_subtitle_be_selected (row);
  adw_preferences_group_add (group, row);
  return ADW_ACTION_ROW (row);
}

GtkLabel *
limen_rows_value (AdwPreferencesGroup *group, const char *title, const char *style)
{
  g_return_val_if_fail (ADW_IS_PREFERENCES_GROUP (group), NULL);
  GtkWidget *label = gtk_label_new (NULL);
  gtk_widget_add_css_class (label, "numeric");
  if (style) {
    gtk_widget_add_css_class (label, style);
    gtk_widget_add_css_class (label, "heading");
  }
  limen_selectable (GTK_LABEL (label));
  limen_rows_row (group, title, label);
  return GTK_LABEL (label);
}

/* The wheel is for the panel: a number does not change because the pointer came by. */
static gboolean
wheel_cb (GtkEventControllerScroll *controller, double dx, double dy, gpointer unused)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkWidget *window = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  if (!window)
    return GDK_EVENT_PROPAGATE;
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  double notch = pow (gtk_adjustment_get_page_size (place), 2.0 / 3); /* as GTK's own */
  gtk_adjustment_set_value (place, gtk_adjustment_get_value (place) + dy * notch);
  return GDK_EVENT_STOP;
}

static void
leave_the_wheel (GtkWidget *widget)
{
  GtkEventController *wheel =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  gtk_event_controller_set_propagation_phase (wheel, GTK_PHASE_CAPTURE);
  g_signal_connect (wheel, "scroll", G_CALLBACK (wheel_cb), NULL);
  gtk_widget_add_controller (widget, wheel);
}

GtkSpinButton *
limen_rows_spin (AdwPreferencesGroup *group, const char *title, GtkAdjustment *adjustment,
                 guint digits)
{
  g_return_val_if_fail (ADW_IS_PREFERENCES_GROUP (group), NULL);
  GtkWidget *spin = gtk_spin_button_new (adjustment, 1, digits);
  AdwActionRow *row = limen_rows_row (group, title, spin);
  gtk_editable_set_alignment (GTK_EDITABLE (spin), 1);
  gtk_widget_add_css_class (spin, "numeric");
  adw_action_row_set_activatable_widget (row, spin); /* which names it, too */
  limen_field_spin (GTK_SPIN_BUTTON (spin));
  leave_the_wheel (spin);
  return GTK_SPIN_BUTTON (spin);
}

AdwComboRow *
limen_rows_combo (AdwPreferencesGroup *group, const char *title, const char *const *names)
{
  g_return_val_if_fail (ADW_IS_PREFERENCES_GROUP (group), NULL);
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  limen_choices_show_whole (ADW_COMBO_ROW (row));
  adw_preferences_group_add (group, row);
  return ADW_COMBO_ROW (row);
}

/* GTK's own takes Return alone (4.8); what else Space is for is for who has no switch in hand. */
static void
take_space (GtkWidget *toggle)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                                                        g_object_ref (gtk_activate_action_get ())));
  gtk_widget_add_controller (toggle, keys);
}

GtkSwitch *
limen_rows_switch (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  g_return_val_if_fail (ADW_IS_PREFERENCES_GROUP (group), NULL);
  GtkWidget *toggle = gtk_switch_new ();
  AdwActionRow *row = limen_rows_row (group, title, toggle);
  if (subtitle)
    adw_action_row_set_subtitle (row, subtitle);
  adw_action_row_set_activatable_widget (row, toggle);
  take_space (toggle);
  return GTK_SWITCH (toggle);
}

GtkScale *
limen_rows_scale (AdwPreferencesGroup *group, const char *title, GtkAdjustment *adjustment)
{
  g_return_val_if_fail (ADW_IS_PREFERENCES_GROUP (group), NULL);
  GtkWidget *scale = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, adjustment);
  GtkWidget *row = g_object_new (LIMEN_TYPE_QUIET_BIN, NULL);
  gtk_widget_set_hexpand (scale, TRUE);
  gtk_widget_set_margin_start (scale, 6);
  gtk_widget_set_margin_end (scale, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), scale);
  limen_name (scale, title);
  adw_preferences_group_add (group, row);
  leave_the_wheel (scale);
  return GTK_SCALE (scale);
}

GtkLabel *
limen_rows_words (AdwPreferencesGroup *group, const char *longest)
{
  g_return_val_if_fail (ADW_IS_PREFERENCES_GROUP (group) && longest != NULL, NULL);
  GtkWidget *row = g_object_new (LIMEN_TYPE_QUIET_BIN, NULL);
  LimenSteadyLabel *words = limen_steady_label_new ("words");
  limen_steady_label_reserve (words, longest);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), GTK_WIDGET (words));
  adw_preferences_group_add (group, row);
  return limen_steady_label_label (words);
}

/* In large text what stands behind the words goes below them, where a line is full; else the words
 * are broken, as libadwaita has it. */
static void
appearance_changed_cb (GtkWidget *row)
{
  GtkWidget *header = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  gboolean wraps = limen_appearance_text_scale (row) >= LARGE;
  if (wraps == LIMEN_IS_WRAP_LAYOUT (gtk_widget_get_layout_manager (header)))
    return;
  (wraps ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (header, "wraps");
  gtk_widget_set_layout_manager (header, wraps ? limen_wrap_layout_new (6)
                                               : gtk_box_layout_new (GTK_ORIENTATION_HORIZONTAL));
}

void
limen_rows_give_way (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  if (ADW_IS_ACTION_ROW (widget) && !ADW_IS_COMBO_ROW (widget)) {
    limen_appearance_connect (widget, (LimenAppearanceFunc)appearance_changed_cb);
    appearance_changed_cb (widget);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    limen_rows_give_way (child);
}

void
limen_rows_whole_words (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  if (GTK_IS_LABEL (widget) &&
      (gtk_widget_has_css_class (widget, "title") || gtk_widget_has_css_class (widget, "subtitle")))
    gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    limen_rows_whole_words (child);
}

AdwActionRow *
limen_rows_row_of (gpointer widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  return ADW_ACTION_ROW (gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW));
}

void
limen_rows_tell (AdwActionRow *row, const char *subtitle, const char *const *notes)
{
  g_return_if_fail (ADW_IS_ACTION_ROW (row));
  g_autofree char *all = notes[0] ? g_strjoinv ("\n", (char **)notes) : NULL;
  adw_action_row_set_subtitle (row, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), all);
  limen_describe (row, all ? all : "");
}

static void
add_flat (AdwActionRow *row, GtkWidget *button, const char *name)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  limen_name (button, name);
  adw_action_row_add_suffix (row, button);
}

GtkWidget *
limen_rows_button (AdwActionRow *row, const char *icon, const char *name, const char *action)
{
  g_return_val_if_fail (ADW_IS_ACTION_ROW (row), NULL);
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  add_flat (row, button, name);
  return button;
}

GtkMenuButton *
limen_rows_menu (AdwActionRow *row, const char *icon, const char *name)
{
  g_return_val_if_fail (ADW_IS_ACTION_ROW (row), NULL);
  GtkWidget *button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), icon);
  limen_keep_menu_clear (GTK_MENU_BUTTON (button));
  add_flat (row, button, name);
  return GTK_MENU_BUTTON (button);
}
