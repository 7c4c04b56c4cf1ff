#include "ui/recent.h"

#include "model/base/error.h"
#include "model/data/builtin.h"
#include "model/data/file-part.h"
#include "ui/study/job.h"

#define MOST_SHOWN 8
#define MENU       "limen-recent-menu"
#define ACTION     "limen-recent-action"
#define SHOWN      "limen-recent-shown" /* the paths in the menu */

/* -- the list -- */

void
limen_recent_add (const char *path)
{
  g_return_if_fail (path != NULL);
  g_autofree char *part = NULL, *file = limen_path_split (path, &part);
  if (limen_is_builtin (path))
    return;
  g_autofree char *full = g_canonicalize_filename (file, NULL);
  g_autofree char *uri = g_filename_to_uri (full, NULL, NULL);
  g_autofree char *type = g_content_type_guess (full, NULL, 0, NULL);
  g_autofree char *mime = g_content_type_get_mime_type (type);
  char *groups[] = {(char *)"Limen", NULL};
  GtkRecentData data = {.display_name = NULL,
                        .mime_type = mime ? mime : (char *)"application/octet-stream",
                        .app_name = (char *)g_get_application_name (),
                        .app_exec = (char *)"limen %f",
                        .groups = groups};
  if (uri)
    gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static gboolean
is_ours (GtkRecentInfo *info)
{
  return gtk_recent_info_has_application (info, g_get_application_name ()) &&
         gtk_recent_info_is_local (info);
}

void
limen_recent_forget (void)
{
  GtkRecentManager *manager = gtk_recent_manager_get_default ();
  GList *all = gtk_recent_manager_get_items (manager);
  for (GList *one = all; one; one = one->next)
    if (is_ours (one->data))
      gtk_recent_manager_remove_item (manager, gtk_recent_info_get_uri (one->data), NULL);
  g_list_free_full (all, (GDestroyNotify)gtk_recent_info_unref);
}

static int
later_first (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((GtkRecentInfo *)b),
                              gtk_recent_info_get_modified ((GtkRecentInfo *)a));
}

/* (transfer full): NULL-terminated: whether they are there is not looked at */
static char **
paths_of_list (void)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  GList *all = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  all = g_list_sort (all, later_first);
  for (GList *one = all; one; one = one->next) {
    g_autofree char *path =
        is_ours (one->data) ? g_filename_from_uri (gtk_recent_info_get_uri (one->data), NULL, NULL)
                            : NULL;
    if (path)
      g_strv_builder_add (paths, path);
  }
  g_list_free_full (all, (GDestroyNotify)gtk_recent_info_unref);
  return g_strv_builder_end (paths);
}

/* -- the menu -- */

/* A disk that does not answer holds up nobody but this thread. */
static gpointer
run_look (gpointer data, const LimenRun *run, GError **error)
{
  g_autoptr (GStrvBuilder) there = g_strv_builder_new ();
  guint n = 0;
  for (char **path = data; *path && n < MOST_SHOWN; path++)
    if (g_file_test (*path, G_FILE_TEST_EXISTS)) {
      g_strv_builder_add (there, *path);
      n++;
    }
  return g_strv_builder_end (there);
}

static gboolean
is_ambiguous (char **paths, const char *base)
{
  guint n = 0;
  for (char **path = paths; *path; path++) {
    g_autofree char *other = g_path_get_basename (*path);
    n += g_str_equal (other, base);
  }
  return n > 1;
}

/* (transfer full): its last component, or the last two where others end the same; underscores are
 * no mnemonics */
static char *
label_of (char **paths, const char *path)
{
  g_autofree char *base = g_path_get_basename (path), *folder = g_path_get_dirname (path);
  g_autofree char *above = g_path_get_basename (folder);
  g_autofree char *name =
      is_ambiguous (paths, base) ? g_build_filename (above, base, NULL) : g_strdup (base);
  g_autofree char *shown = limen_display_name (name);
  g_auto (GStrv) parts = g_strsplit (shown, "_", -1);
  return g_strjoinv ("__", parts);
}

static void
looked_cb (gpointer result, const GError *error, gpointer owner)
{
  g_auto (GStrv) paths = result;
  GMenu *menu = g_object_get_data (owner, MENU);
  const char *action = g_object_get_data (owner, ACTION);
  char **shown = g_object_get_data (owner, SHOWN);
  if (!paths || !menu)
    return;
  if (shown && g_strv_equal ((const char *const *)shown, (const char *const *)paths))
    return; /* an open menu keeps its entries */
  g_object_set_data_full (owner, SHOWN, g_strdupv (paths), (GDestroyNotify)g_strfreev);
  g_menu_remove_all (menu);
  for (char **path = paths; *path; path++) {
    g_autofree char *label = label_of (paths, *path);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
    g_menu_item_set_action_and_target_value (item, action, g_variant_new_bytestring (*path));
    g_menu_append_item (menu, item);
  }
  if (paths[0])
    g_menu_append (menu, "Forget Recent Files", "win.forget-recent");
}

void
limen_recent_fill (GMenu *menu, GObject *owner, const char *action)
{
  g_return_if_fail (G_IS_MENU (menu) && G_IS_OBJECT (owner) && action != NULL);
  g_object_set_data_full (owner, MENU, g_object_ref (menu), g_object_unref);
  g_object_set_data (owner, ACTION, (gpointer)action);
  limen_job_unref (limen_job_start (run_look, paths_of_list (), (GDestroyNotify)g_strfreev,
                                    (GDestroyNotify)g_strfreev, looked_cb, owner));
}
