#include "ui/child-window.h"

static void
unrealized_cb (GtkWidget *window)
{
  gtk_window_set_transient_for (GTK_WINDOW (window), NULL);
}

void
limen_child_window_part (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  g_signal_connect (window, "unrealize", G_CALLBACK (unrealized_cb), NULL);
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
