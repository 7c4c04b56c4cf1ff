#include "ui/study/source.h"

#include "model/data/builtin.h"

static char *
name_of (const char *path)
{
  if (!path)
    return g_strdup ("");
  return limen_is_builtin (path) ? g_strdup (limen_builtin_title (path))
                                 : g_path_get_basename (path);
}

LimenSource *
limen_source_new (const char *const *paths, const char *name)
{
  LimenSource *source = g_atomic_rc_box_new0 (LimenSource);
  source->paths = paths ? g_strdupv ((char **)paths) : g_new0 (char *, 1);
  source->name = name ? g_strdup (name) : name_of (source->paths[0]);
  return source;
}

LimenSource *
limen_source_new_path (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);
  return limen_source_new ((const char *[]){path, NULL}, NULL);
}

LimenSource *
limen_source_read_as (const LimenSource *source, const LimenReading *reading, gboolean inverted)
{
  g_return_val_if_fail (source != NULL && reading != NULL, NULL);
  LimenSource *other = limen_source_new ((const char *const *)source->paths, source->name);
  other->reading = *reading;
  other->inverted = inverted;
  other->sha256 = source->sha256 ? g_hash_table_ref (source->sha256) : NULL;
  return other;
}

LimenSource *
limen_source_with_hashes (const LimenSource *source, GHashTable *sha256)
{
  g_return_val_if_fail (source != NULL && sha256 != NULL, NULL);
  LimenSource *other = limen_source_read_as (source, &source->reading, source->inverted);
  g_clear_pointer (&other->sha256, g_hash_table_unref);
  other->sha256 = g_hash_table_ref (sha256);
  return other;
}

static void
clear (LimenSource *source)
{
  g_strfreev (source->paths);
  g_free (source->name);
  g_clear_pointer (&source->sha256, g_hash_table_unref);
}

LimenSource *
limen_source_ref (LimenSource *source)
{
  return source ? g_atomic_rc_box_acquire (source) : NULL;
}

void
limen_source_unref (LimenSource *source)
{
  if (source)
    g_atomic_rc_box_release_full (source, (GDestroyNotify)clear);
}

void
limen_source_put (LimenSource **place, LimenSource *source)
{
  g_return_if_fail (place != NULL);
  LimenSource *old = *place;
  *place = limen_source_ref (source);
  limen_source_unref (old);
}

gboolean
limen_source_equal (const LimenSource *a, const LimenSource *b)
{
  if (a == b || !a || !b)
    return a == b;
  return a->inverted == b->inverted && limen_reading_equal (&a->reading, &b->reading) &&
         a->paths[0] && /* what is in no file is only equal to itself */
         g_strv_equal ((const char *const *)a->paths, (const char *const *)b->paths);
}

void
limen_source_add_hashes (const LimenSource *source, GHashTable *sha256)
{
  g_return_if_fail (sha256 != NULL);
  GHashTableIter all;
  gpointer path, hash;
  if (!source || !source->sha256)
    return;
  g_hash_table_iter_init (&all, source->sha256);
  while (g_hash_table_iter_next (&all, &path, &hash))
    g_hash_table_insert (sha256, g_strdup (path), g_strdup (hash));
}
