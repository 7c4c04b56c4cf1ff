/* The smallest window that the window tests' helpers can be tried on: a value that a pointer and
 * keys move, and a place that files drop on. */
#include <gtk/gtk.h>

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer label)
{
  GString *text = g_string_new ("dropped:");
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *l = files; l; l = l->next)
    g_string_append_printf (text, " %s", g_file_peek_path (l->data));
  gtk_label_set_label (label, text->str);
  g_string_free (text, TRUE);
  return TRUE;
}

static void
activate_cb (GtkApplication *application, gpointer data)
{
  const char *const close[] = {"<Control>q", NULL};
  gtk_application_set_accels_for_action (application, "window.close", close);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkAdjustment *adjustment = gtk_adjustment_new (50, 0, 100, 1, 10, 0);
  GtkWidget *scale = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, adjustment);
  GtkWidget *spin = gtk_spin_button_new (adjustment, 1, 2), *label = gtk_label_new ("drop here");
  gtk_accessible_update_property (GTK_ACCESSIBLE (scale), GTK_ACCESSIBLE_PROPERTY_LABEL, "Line",
                                  -1);
  gtk_widget_set_vexpand (label, TRUE);
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), label);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (target));
  gtk_box_append (GTK_BOX (box), scale);
  gtk_box_append (GTK_BOX (box), spin);
  gtk_box_append (GTK_BOX (box), label);
  GtkWidget *window = gtk_application_window_new (application);
  gtk_window_set_title (GTK_WINDOW (window), "Subject");
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) application = gtk_application_new (NULL, G_APPLICATION_DEFAULT_FLAGS);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
