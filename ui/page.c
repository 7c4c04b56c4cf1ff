#include "ui/page.h"

G_DEFINE_INTERFACE (LimenPage, limen_page, GTK_TYPE_WIDGET)

static void
limen_page_default_init (LimenPageInterface *iface)
{
}

gboolean
limen_page_accepts (LimenPage *self, const char *path)
{
  g_return_val_if_fail (LIMEN_IS_PAGE (self) && path != NULL, FALSE);
  return LIMEN_PAGE_GET_IFACE (self)->accepts (self, path);
}

void
limen_page_open (LimenPage *self, const char *const *paths)
{
  g_return_if_fail (LIMEN_IS_PAGE (self) && paths != NULL);
  LIMEN_PAGE_GET_IFACE (self)->open (self, paths);
}

/* -- files and folders -- */

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
chosen_cb (LimenPage *self, int response, GtkNativeDialog *dialog)
{
  LimenPathsFunc chosen = (LimenPathsFunc)g_object_get_data (G_OBJECT (dialog), "chosen");
  g_auto (GStrv) paths = chosen_paths (GTK_FILE_CHOOSER (dialog));
  if (response == GTK_RESPONSE_ACCEPT && paths[0])
    chosen (self, (const char *const *)paths);
  g_object_set_data (G_OBJECT (self), "chooser", NULL);
}

/* One dialog at a time, kept with the page. */
static GtkFileChooser *
present_chooser (LimenPage *self, const char *title, GtkFileChooserAction action,
                 LimenPathsFunc chosen)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, window, action, NULL, NULL);
  g_object_set_data_full (G_OBJECT (self), "chooser", chooser, g_object_unref);
  g_object_set_data (G_OBJECT (chooser), "chosen", (gpointer)chosen);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  return GTK_FILE_CHOOSER (chooser);
}

void
limen_page_choose (LimenPage *self, const char *title, gboolean folders, LimenPathsFunc chosen)
{
  g_return_if_fail (LIMEN_IS_PAGE (self));
  GtkFileChooser *chooser = present_chooser (
      self, title, folders ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN,
      chosen);
  gtk_file_chooser_set_select_multiple (chooser, TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
limen_page_choose_place (LimenPage *self, const char *title, const char *name,
                         LimenPathsFunc chosen)
{
  g_return_if_fail (LIMEN_IS_PAGE (self));
  GtkFileChooser *chooser = present_chooser (self, title, GTK_FILE_CHOOSER_ACTION_SAVE, chosen);
  gtk_file_chooser_set_current_name (chooser, name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* -- actions that all pages have -- */

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_page_choose (data, LIMEN_PAGE_GET_IFACE (data)->open_title, FALSE, limen_page_open);
}

static void
open_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *title = LIMEN_PAGE_GET_IFACE (data)->folder_title;
  if (title)
    limen_page_choose (data, title, TRUE, limen_page_open);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_export_present (LIMEN_PAGE_GET_IFACE (data)->export(data), data);
}

static void
export_scores_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenPageInterface *iface = LIMEN_PAGE_GET_IFACE (data);
  limen_export_table (iface->export(data), data, iface->table_title, ".csv");
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_export_copy (LIMEN_PAGE_GET_IFACE (data)->export(data), data);
}

GActionMap *
limen_page_add_actions (LimenPage *self, const char *name, const GActionEntry *entries, guint n)
{
  g_return_val_if_fail (LIMEN_IS_PAGE (self), NULL);
  static const GActionEntry common[] = {
      {.name = "open", .activate = open_cb},
      {.name = "open-folder", .activate = open_folder_cb},
      {.name = "export", .activate = export_cb},
      {.name = "export-scores", .activate = export_scores_cb},
      {.name = "copy", .activate = copy_cb},
  };
  GSimpleActionGroup *group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), common, G_N_ELEMENTS (common), self);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, (int)n, self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), name, G_ACTION_GROUP (group));
  return G_ACTION_MAP (group);
}
