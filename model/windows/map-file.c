#include "model/windows/map-file.h"

#include "model/data/npy-save.h"

#include <string.h>

#define MOST_BYTES 120 /* of a name: file systems take 255 */

gboolean
limen_window_map_save_npy (const LimenWindowMap *map, const char *path, GError **error)
{
  const guint shape[] = {map->height, map->width};
  g_autofree float *value = g_new (float, (gsize)map->width * map->height);
  limen_window_map_resize (map, map->width, map->height, value);
  return limen_npy_save (value, shape, G_N_ELEMENTS (shape), path, error);
}

/* The end of a name says most. */
static const char *
last_bytes (const char *name)
{
  gsize n = strlen (name);
  const char *start = name + (n > MOST_BYTES ? n - MOST_BYTES : 0);
  while (((guchar)*start & 0xc0) == 0x80) /* within a character */
    start++;
  return start;
}

static gboolean
is_kept (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '_' || c == '-' || (c & 0x80);
}

char *
limen_window_map_file_name (guint index, const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *file = g_string_new (NULL);
  g_string_printf (file, "%06u-", index);
  for (const char *c = last_bytes (valid); *c; c++)
    g_string_append_c (file, is_kept (*c) ? *c : '-');
  g_string_append (file, ".npy");
  return g_string_free (file, FALSE);
}
