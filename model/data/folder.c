#include "model/data/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
  const char *root;
  GPtrArray *files, *problems;
  GHashTable *seen; /* folders, as "device:inode" */
  GCancellable *cancellable;
} Walk;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The entry's type where the file system tells, so that 100,000 files need not be asked one by one.
 */
static gboolean
is_folder (const char *path, const struct dirent *entry)
{
  if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK)
    return entry->d_type == DT_DIR;
  g_autofree char *full = g_build_filename (path, entry->d_name, NULL);
  return g_file_test (full, G_FILE_TEST_IS_DIR);
}

gboolean
limen_folder_list (const char *path, LimenFolder *folder, GError **error)
{
  DIR *dir = opendir (path);
  const struct dirent *entry;
  *folder = (LimenFolder){g_ptr_array_new_with_free_func (g_free),
                          g_ptr_array_new_with_free_func (g_free)};
  if (!dir)
    return limen_refuse (error, LIMEN_ERROR_UNREADABLE, path,
                         "can't be looked into (%s); check its name and its permissions",
                         g_strerror (errno));
  while ((entry = readdir (dir)))
    if (entry->d_name[0] != '.')
      g_ptr_array_add (is_folder (path, entry) ? folder->folders : folder->files,
                       g_strdup (entry->d_name));
  closedir (dir);
  g_ptr_array_sort (folder->folders, compare_names);
  g_ptr_array_sort (folder->files, compare_names);
  return TRUE;
}

void
limen_folder_clear (LimenFolder *folder)
{
  g_clear_pointer (&folder->folders, g_ptr_array_unref);
  g_clear_pointer (&folder->files, g_ptr_array_unref);
}

gboolean
limen_folder_enter (GHashTable *seen, const char *path)
{
  struct stat info;
  if (stat (path, &info) != 0)
    return TRUE; /* listing it says why */
  return g_hash_table_add (
      seen, g_strdup_printf ("%ju:%ju", (uintmax_t)info.st_dev, (uintmax_t)info.st_ino));
}

static char *
join (const char *relative, const char *name)
{
  return *relative ? g_build_filename (relative, name, NULL) : g_strdup (name);
}

/* @relative: of a folder below the root, "" for the root itself */
static gboolean
walk_folder (Walk *walk, const char *relative, GError **error)
{
  g_autofree char *path = g_build_filename (walk->root, relative, NULL);
  g_auto (LimenFolder) folder = {NULL};
  g_autoptr (GError) local = NULL;
  if (g_cancellable_set_error_if_cancelled (walk->cancellable, error))
    return FALSE;
  if (!limen_folder_enter (walk->seen, path))
    return TRUE;
  if (!limen_folder_list (path, &folder, *relative ? &local : error)) {
    if (local && walk->problems)
      g_ptr_array_add (walk->problems, limen_problem_new (path, local->message));
    return *relative != 0;
  }
  for (guint i = 0; i < folder.files->len; i++)
    g_ptr_array_add (walk->files, join (relative, folder.files->pdata[i]));
  for (guint i = 0; i < folder.folders->len; i++) {
    g_autofree char *below = join (relative, folder.folders->pdata[i]);
    if (!g_str_equal (folder.folders->pdata[i], "__MACOSX") && !walk_folder (walk, below, error))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
limen_folder_walk (const char *path, GPtrArray *problems, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Walk walk = {path, files, problems, seen, cancellable};
  if (!walk_folder (&walk, "", error))
    return NULL;
  g_ptr_array_sort (files, compare_names);
  return g_steal_pointer (&files);
}
