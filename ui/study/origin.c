#include "ui/study/origin.h"

static guint
hash_of_paths (gconstpointer paths)
{
  guint hash = 5381;
  for (const char *const *path = paths; *path; path++)
    hash = hash * 33 + g_str_hash (*path);
  return hash;
}

const char *const *
limen_intern_paths (const char *const *paths)
{
  static GMutex lock;
  static GHashTable *known; /* (element-type GStrv) */
  if (!paths)
    return NULL;
  g_mutex_lock (&lock);
  if (!known)
    known = g_hash_table_new (hash_of_paths, (GEqualFunc)g_strv_equal);
  gpointer same = g_hash_table_lookup (known, paths);
  if (!same)
    g_hash_table_add (known, same = g_strdupv ((char **)paths));
  g_mutex_unlock (&lock);
  return same;
}

LimenOrigin
limen_origin (const char *const *paths, const char *name, const char *sha256)
{
  return (LimenOrigin){limen_intern_paths (paths), g_intern_string (name),
                       g_intern_string (sha256)};
}

gboolean
limen_origin_equal (const LimenOrigin *a, const LimenOrigin *b)
{
  return a->paths == b->paths && a->name == b->name && a->sha256 == b->sha256;
}
