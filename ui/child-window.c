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
