#include "ui/fold.h"

AdwExpanderRow *
limen_fold_new (AdwPreferencesGroup *group, const char *title)
{
  g_return_val_if_fail (ADW_IS_PREFERENCES_GROUP (group) && title != NULL, NULL);
  GtkWidget *fold = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (fold), title);
  adw_preferences_group_add (group, fold);
  return ADW_EXPANDER_ROW (fold);
}

void
limen_fold_take (AdwExpanderRow *fold, AdwPreferencesGroup *group, gpointer widget)
{
  g_return_if_fail (ADW_IS_EXPANDER_ROW (fold) && GTK_IS_WIDGET (widget));
  GtkWidget *row = ADW_IS_PREFERENCES_ROW (widget)
                       ? widget
                       : gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_ROW);
  g_object_ref (row);
  adw_preferences_group_remove (group, row);
  adw_expander_row_add_row (fold, row);
  g_object_unref (row);
}
