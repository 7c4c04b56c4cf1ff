#include "ui/chooser.h"

static char **
chosen_paths (GtkFileChooser *chooser)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (chooser);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  for (guint i = 0; i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);
    if (g_file_peek_path (file))
      g_strv_builder_add (paths, g_file_peek_path (file));
  }
  return g_strv_builder_end (paths);
}

static void
response_cb (GtkWidget *owner, int response, GtkNativeDialog *dialog)
{
  LimenChosenFunc chosen = (LimenChosenFunc)g_object_get_data (G_OBJECT (dialog), "chosen");
  g_auto (GStrv) paths = chosen_paths (GTK_FILE_CHOOSER (dialog));
  if (response == GTK_RESPONSE_ACCEPT && paths[0])
    chosen (owner, (const char *const *)paths);
  if (g_object_get_data (G_OBJECT (owner), "chooser") == dialog) /* and not the next question */
    g_object_set_data (G_OBJECT (owner), "chooser", NULL);
}

void
limen_choose (GtkWidget *owner, const char *title, GtkFileChooserAction action, const char *name,
              LimenChosenFunc chosen)
{
  g_return_if_fail (GTK_IS_WIDGET (owner) && chosen != NULL);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (owner));
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, window, action, NULL, NULL);
  g_object_set_data_full (G_OBJECT (owner), "chooser", chooser, g_object_unref);
  g_object_set_data (G_OBJECT (chooser), "chosen", (gpointer)chosen);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), owner, G_CONNECT_SWAPPED);
  if (action != GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  else if (name)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
