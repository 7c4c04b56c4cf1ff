#include "model/detect/label.h"

static gboolean
is_called (const char *path, const char *name)
{
  g_autofree char *base = g_filename_display_basename (path);
  return g_str_equal (base, name);
}

char *
limen_set_label (const LimenImageSet *set, const char *const *others)
{
  const char *name = limen_image_set_name (set);
  const char *first = limen_image_set_paths (set)[0];
  for (; first && is_called (first, name) && others && *others; others++)
    if (is_called (*others, name)) {
      g_autofree char *full = g_canonicalize_filename (first, NULL);
      g_autofree char *folder = g_path_get_dirname (full);
      g_autofree char *shown = g_filename_display_basename (folder);
      return g_build_filename (shown, name, NULL);
    }
  return g_strdup (name);
}
