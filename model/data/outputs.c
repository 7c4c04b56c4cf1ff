#include "model/data/outputs.h"
#include "model/base/replace-file.h"
#include "model/data/file-kind.h"
#include "model/data/file-part.h"
#include "model/data/folder.h"

#include <sys/stat.h>

#define INDEX_ENDING ".index.json" /* of weights in parts, which lie beside it */

static gboolean
is_file (const char *path, const struct stat *wanted)
{
  struct stat found;
  return stat (path, &found) == 0 && found.st_dev == wanted->st_dev &&
         found.st_ino == wanted->st_ino;
}

gboolean
limen_is_one_place (const char *a, const char *b)
{
  struct stat first;
  if (g_str_equal (a, b) || (stat (a, &first) == 0 && is_file (b, &first)))
    return TRUE;
  g_autofree char *place_a = limen_output_path (a, NULL), *place_b = limen_output_path (b, NULL);
  return place_a && place_b && g_str_equal (place_a, place_b);
}

/* Whether @wanted is a file at any depth of @folder. Which links lead to it does not matter. */
static gboolean
is_within (const char *folder, const struct stat *wanted, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) files = limen_folder_walk (folder, NULL, cancellable, NULL);
  for (guint i = 0; files && i < files->len; i++) {
    g_autofree char *path = g_build_filename (folder, files->pdata[i], NULL);
    if (g_cancellable_is_cancelled (cancellable))
      break;
    if (is_file (path, wanted))
      return TRUE;
  }
  return FALSE;
}

/* The parts of weights have names of their own, but lie in the folder of their index. */
static gboolean
is_part (const char *index, const char *path, const struct stat *wanted)
{
  g_autofree char *parent = g_path_get_dirname (index);
  g_auto (LimenFolder) folder = {NULL};
  if (!g_str_has_suffix (index, INDEX_ENDING) ||
      !limen_file_kind_is_weights (limen_file_kind (path, NULL)) ||
      !limen_folder_list (parent, &folder, NULL))
    return FALSE;
  for (guint i = 0; i < folder.files->len; i++) {
    g_autofree char *file = g_build_filename (parent, folder.files->pdata[i], NULL);
    if (is_file (file, wanted))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_read (const char *path, const char *read, const struct stat *old, GCancellable *cancellable)
{
  if (g_file_test (read, G_FILE_TEST_IS_DIR)) /* notes in it are not read */
    return limen_file_kind (path, NULL) != LIMEN_FILE_UNKNOWN && is_within (read, old, cancellable);
  return is_file (read, old) || is_part (read, path, old);
}

gboolean
limen_check_output_is_free (const char *path, const char *const *read, guint n,
                            GCancellable *cancellable, GError **error)
{
  struct stat old;
  gboolean exists = stat (path, &old) == 0;
  for (guint i = 0; i < n; i++) {
    g_autofree char *part = NULL, *source = limen_path_split (read[i], &part);
    gboolean same = limen_is_one_place (path, source);
    if (!same && !(exists && is_read (path, source, &old, cancellable)))
      continue;
    g_autofree char *from = limen_display_name (source);
    if (same)
      return limen_refuse (
          error, LIMEN_ERROR_ARGUMENT, path,
          "would overwrite what is read or written under the same name; choose another "
          "name");
    return limen_refuse (error, LIMEN_ERROR_ARGUMENT, path,
                         "would overwrite a file that is read with %s; choose another name", from);
  }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
