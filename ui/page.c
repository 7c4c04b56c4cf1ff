#include "ui/page.h"

G_DEFINE_INTERFACE (LimenPage, limen_page, GTK_TYPE_WIDGET)

static void
limen_page_default_init (LimenPageInterface *iface)
{
}

gboolean
limen_page_accepts (LimenPage *self, const char *path)
{
  return LIMEN_PAGE_GET_IFACE (self)->accepts (self, path);
}

void
limen_page_open (LimenPage *self, const char *const *paths)
{
  LIMEN_PAGE_GET_IFACE (self)->open (self, paths);
}

GActionMap *
limen_page_add_actions (LimenPage *self, const char *name, const GActionEntry *entries, guint n)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, (int)n, self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), name, G_ACTION_GROUP (group));
  return G_ACTION_MAP (group);
}

char **
limen_page_chosen_paths (GtkFileChooser *chooser)
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
