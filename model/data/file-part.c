#include "model/data/file-part.h"

#include <string.h>

char *
limen_path_split (const char *path, char **part)
{
  *part = NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_strdup (path);
  for (const char *end = path + strlen (path); (end = g_strrstr_len (path, end - path, ":"));) {
    g_autofree char *file = g_strndup (path, (gsize)(end - path));
    if (end[1] && g_file_test (file, G_FILE_TEST_EXISTS)) {
      *part = g_strdup (end + 1);
      return g_steal_pointer (&file);
    }
  }
  return g_strdup (path);
}
