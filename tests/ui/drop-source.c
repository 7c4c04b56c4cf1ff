/* A window with nothing in it but a drag source: dragging from anywhere in it offers the files and
 * folders named on the command line, as a file manager would. Its title tells how far a drag is.
 * For the window tests. */
#include <gtk/gtk.h>

/* Which means that what the pointer is over would take it */
static void
action_changed_cb (GdkDrag *drag, GParamSpec *property, GtkWindow *window)
{
  gtk_window_set_title (window, gdk_drag_get_selected_action (drag) ? "Drop source: wanted"
                                                                    : "Drop source: dragged");
}

static void
drag_began_cb (GtkDragSource *source, GdkDrag *drag, GtkWindow *window)
{
  gtk_window_set_title (window, "Drop source: dragged");
  g_signal_connect (drag, "notify::selected-action", G_CALLBACK (action_changed_cb), window);
}

/* Where it was let go, nobody wanted it */
static gboolean
drag_cancelled_cb (GtkDragSource *source, GdkDrag *drag, GdkDragCancelReason reason,
                   GtkWindow *window)
{
  g_object_set_data (G_OBJECT (window), "cancelled", window);
  return FALSE;
}

static void
drag_ended_cb (GtkDragSource *source, GdkDrag *drag, gboolean is_move, GtkWindow *window)
{
  g_signal_handlers_disconnect_by_data (drag, window);
  gtk_window_set_title (window, g_object_steal_data (G_OBJECT (window), "cancelled")
                                    ? "Drop source: cancelled"
                                    : "Drop source");
}

static void
show_window (GtkWidget *window, char **paths)
{
  GSList *files = NULL;
  for (char **path = paths; *path; path++)
    files = g_slist_append (files, g_file_new_for_commandline_arg (*path));
  GdkFileList *list = gdk_file_list_new_from_list (files);

  GtkDragSource *source = gtk_drag_source_new ();
  g_autoptr (GdkContentProvider) content =
      gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  g_slist_free_full (files, g_object_unref);
  gtk_drag_source_set_content (source, content);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_began_cb), window);
  g_signal_connect (source, "drag-cancel", G_CALLBACK (drag_cancelled_cb), window);
  g_signal_connect (source, "drag-end", G_CALLBACK (drag_ended_cb), window);
  GtkWidget *label = gtk_label_new (paths[0]);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_set_title (GTK_WINDOW (window), "Drop source");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 200, 100);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  if (argc < 2 || !gtk_init_check ())
    return 1;
  show_window (gtk_window_new (), argv + 1);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
