#include "ui/study/origin.h"

#include "model/data/builtin.h"

#include <string.h>

static char *
name_of (const char *path)
{
  if (!path)
    return g_strdup ("");
  return limen_is_builtin (path) ? g_strdup (limen_builtin_title (path))
                                 : g_path_get_basename (path);
}

LimenOrigin *
limen_origin_new (const char *const *paths, const char *name)
{
  LimenOrigin *origin = g_atomic_rc_box_new0 (LimenOrigin);
  origin->paths = paths ? g_strdupv ((char **)paths) : g_new0 (char *, 1);
  origin->name = name ? g_strdup (name) : name_of (origin->paths[0]);
  return origin;
}

LimenOrigin *
limen_origin_new_path (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);
  return limen_origin_new ((const char *[]){path, NULL}, NULL);
}

LimenOrigin *
limen_origin_new_learned (const char *name, LimenOrigin *images)
{
  g_return_val_if_fail (name != NULL, NULL);
  LimenOrigin *origin = limen_origin_new (NULL, name);
  origin->learned_from = limen_origin_ref (images);
  return origin;
}

LimenOrigin *
limen_origin_read_as (const LimenOrigin *origin, const LimenReading *reading, gboolean inverted)
{
  g_return_val_if_fail (origin != NULL && reading != NULL, NULL);
  LimenOrigin *other = limen_origin_new ((const char *const *)origin->paths, origin->name);
  other->reading = *reading;
  other->inverted = inverted;
  other->sha256 = origin->sha256 ? g_hash_table_ref (origin->sha256) : NULL;
  other->learned_from = limen_origin_ref (origin->learned_from);
  other->prints = origin->prints ? limen_image_prints_ref (origin->prints) : NULL;
  return other;
}

LimenOrigin *
limen_origin_with_hashes (const LimenOrigin *origin, GHashTable *sha256)
{
  g_return_val_if_fail (origin != NULL, NULL);
  LimenOrigin *other = limen_origin_read_as (origin, &origin->reading, origin->inverted);
  g_clear_pointer (&other->sha256, g_hash_table_unref);
  other->sha256 = sha256 ? g_hash_table_ref (sha256) : NULL;
  return other;
}

LimenOrigin *
limen_origin_with_prints (const LimenOrigin *origin, LimenImagePrints *prints)
{
  g_return_val_if_fail (origin != NULL && prints != NULL, NULL);
  LimenOrigin *other = limen_origin_read_as (origin, &origin->reading, origin->inverted);
  g_clear_pointer (&other->prints, limen_image_prints_unref);
  other->prints = limen_image_prints_ref (prints);
  return other;
}

static void
clear (LimenOrigin *origin)
{
  g_strfreev (origin->paths);
  g_free (origin->name);
  g_clear_pointer (&origin->sha256, g_hash_table_unref);
  g_clear_pointer (&origin->learned_from, limen_origin_unref);
  g_clear_pointer (&origin->prints, limen_image_prints_unref);
}

LimenOrigin *
limen_origin_ref (LimenOrigin *origin)
{
  return origin ? g_atomic_rc_box_acquire (origin) : NULL;
}

void
limen_origin_unref (LimenOrigin *origin)
{
  if (origin)
    g_atomic_rc_box_release_full (origin, (GDestroyNotify)clear);
}

void
limen_origin_put (LimenOrigin **place, LimenOrigin *origin)
{
  g_return_if_fail (place != NULL);
  LimenOrigin *old = *place;
  *place = limen_origin_ref (origin);
  limen_origin_unref (old);
}

static gboolean
same_paths_and_reading (const LimenOrigin *a, const LimenOrigin *b)
{
  return a->inverted == b->inverted && limen_reading_equal (&a->reading, &b->reading) &&
         g_strv_equal ((const char *const *)a->paths, (const char *const *)b->paths);
}

static gboolean
same_hashes (GHashTable *a, GHashTable *b)
{
  GHashTableIter all;
  gpointer path, hash;
  if (a == b || !a || !b || g_hash_table_size (a) != g_hash_table_size (b))
    return a == b;
  g_hash_table_iter_init (&all, a);
  while (g_hash_table_iter_next (&all, &path, &hash))
    if (g_strcmp0 (g_hash_table_lookup (b, path), hash) != 0)
      return FALSE;
  return TRUE;
}

gboolean
limen_origin_same_files (const LimenOrigin *a, const LimenOrigin *b)
{
  return a == b || (a && b && a->paths[0] && same_paths_and_reading (a, b));
}

/* Of two canonical paths: whether @outer is @inner or a folder around it */
static gboolean
holds (const char *outer, const char *inner)
{
  gsize length = strlen (outer);
  return g_str_has_prefix (inner, outer) &&
         (inner[length] == '\0' || inner[length] == G_DIR_SEPARATOR ||
          (length > 0 && outer[length - 1] == G_DIR_SEPARATOR));
}

/* What is built in is the same by its name alone. */
static char *
canonical (const char *path)
{
  return limen_is_builtin (path) ? g_strdup (path) : g_canonicalize_filename (path, NULL);
}

gboolean
limen_origin_shares_files (const LimenOrigin *a, const LimenOrigin *b)
{
  for (char **path = a && b ? a->paths : NULL; path && *path; path++) {
    g_autofree char *one = canonical (*path);
    for (char **again = b->paths; *again; again++) {
      g_autofree char *other = canonical (*again);
      if (holds (one, other) || holds (other, one))
        return TRUE;
    }
  }
  return FALSE;
}

gboolean
limen_origin_equal (const LimenOrigin *a, const LimenOrigin *b)
{
  return a == b || (a && b && same_paths_and_reading (a, b) && g_str_equal (a->name, b->name) &&
                    same_hashes (a->sha256, b->sha256) &&
                    limen_origin_equal (a->learned_from, b->learned_from));
}

GHashTable *
limen_origin_hashes (const LimenOrigin *const *origin, guint n)
{
  g_return_val_if_fail (origin != NULL, NULL);
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < n; i++) {
    GHashTableIter iter;
    gpointer path, hash;
    if (!origin[i] || !origin[i]->sha256)
      continue;
    g_hash_table_iter_init (&iter, origin[i]->sha256);
    while (g_hash_table_iter_next (&iter, &path, &hash))
      g_hash_table_insert (all, g_strdup (path), g_strdup (hash));
  }
  return all;
}
