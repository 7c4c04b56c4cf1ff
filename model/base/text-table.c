#include "model/base/text-table.h"

char **
limen_text_table (GResource *resource, const char *name)
{
  g_autofree char *path = g_strconcat ("/io/github/limen_explorer/Limen/tables/", name, NULL);
  g_autoptr (GBytes) table =
      g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_auto (GStrv) lines = g_strsplit (g_bytes_get_data (table, NULL), "\n", -1);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  for (char **line = lines; *line; line++)
    if (**line && **line != '#')
      g_strv_builder_add (kept, *line);
  return g_strv_builder_end (kept);
}
