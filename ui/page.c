#include "ui/page.h"

#include "ui/chooser.h"

G_DEFINE_INTERFACE (LimenPage, limen_page, GTK_TYPE_WIDGET)

static void
limen_page_default_init (LimenPageInterface *iface)
{
}

LimenKinds
limen_page_takes (LimenPage *self)
{
  g_return_val_if_fail (LIMEN_IS_PAGE (self), 0);
  return LIMEN_PAGE_GET_IFACE (self)->takes;
}

void
limen_page_open (LimenPage *self, const char *const *paths)
{
  g_return_if_fail (LIMEN_IS_PAGE (self) && paths != NULL);
  LIMEN_PAGE_GET_IFACE (self)->open (self, paths);
}

void
limen_page_start (LimenPage *self, const char *const *paths)
{
  g_return_if_fail (LIMEN_IS_PAGE (self) && paths != NULL);
  LimenPageInterface *iface = LIMEN_PAGE_GET_IFACE (self);
  (iface->start ? iface->start : iface->open) (self, paths);
}

const LimenZone *
limen_page_zones (LimenPage *self)
{
  g_return_val_if_fail (LIMEN_IS_PAGE (self), NULL);
  return LIMEN_PAGE_GET_IFACE (self)->zones;
}

void
limen_page_open_in (LimenPage *self, const LimenZone *zone, const char *const *paths)
{
  g_return_if_fail (LIMEN_IS_PAGE (self) && zone != NULL && paths != NULL);
  LimenPageInterface *iface = LIMEN_PAGE_GET_IFACE (self);
  if (iface->open_in)
    iface->open_in (self, zone, paths);
  else
    iface->open (self, paths);
}

/* -- files and folders -- */

void
limen_page_choose (LimenPage *self, const char *title, gboolean folders, LimenPathsFunc chosen)
{
  g_return_if_fail (LIMEN_IS_PAGE (self));
  limen_choose (GTK_WIDGET (self), title,
                folders ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN,
                NULL, (LimenChosenFunc)chosen);
}

void
limen_page_choose_place (LimenPage *self, const char *title, const char *name,
                         LimenPathsFunc chosen)
{
  g_return_if_fail (LIMEN_IS_PAGE (self));
  limen_choose (GTK_WIDGET (self), title, GTK_FILE_CHOOSER_ACTION_SAVE, name,
                (LimenChosenFunc)chosen);
}

/* -- actions that all pages have -- */

static void
bring (LimenPage *self, const char *const *paths)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.take", "^aay", paths);
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_page_choose (data, LIMEN_PAGE_GET_IFACE (data)->open_title, FALSE, bring);
}

static void
open_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *title = LIMEN_PAGE_GET_IFACE (data)->folder_title;
  if (title)
    limen_page_choose (data, title, TRUE, bring);
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
