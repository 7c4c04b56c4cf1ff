#include "ui/child-window.h"

static void
unrealized_cb (GtkWidget *window)
{
  gtk_window_set_transient_for (GTK_WINDOW (window), NULL);
}

static void
close_on_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

void
limen_child_window_part (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  close_on_escape (GTK_WIDGET (window));
  g_signal_connect (window, "unrealize", G_CALLBACK (unrealized_cb), NULL);
}

void
limen_child_window_title (AdwHeaderBar *bar, GtkWidget *title)
{
  g_return_if_fail (ADW_IS_HEADER_BAR (bar) && GTK_IS_WIDGET (title));
  GtkWidget *room = adw_squeezer_new ();
  adw_squeezer_set_allow_none (ADW_SQUEEZER (room), TRUE);
  adw_squeezer_add (ADW_SQUEEZER (room), title);
  adw_header_bar_set_title_widget (bar, room);
}

void
limen_child_window_titles (AdwHeaderBar *bar, const char *whole, const char *less)
{
  g_return_if_fail (ADW_IS_HEADER_BAR (bar) && whole != NULL && less != NULL);
  const char *const titles[] = {whole, less};
  GtkWidget *room = adw_squeezer_new ();
  adw_squeezer_set_allow_none (ADW_SQUEEZER (room), TRUE);
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (room), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++) {
    GtkWidget *title = gtk_label_new (titles[i]);
    gtk_widget_add_css_class (title, "title");
    adw_squeezer_add (ADW_SQUEEZER (room), title);
  }
  adw_header_bar_set_title_widget (bar, room);
}

GtkWindow *
limen_child_window_of (GtkWindow *parent, GType type)
{
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *one = windows; one; one = one->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (one->data, type) &&
        gtk_window_get_transient_for (one->data) == parent)
      return one->data;
  return g_object_new (type, "transient-for", parent, "application",
                       gtk_window_get_application (parent), NULL);
}
