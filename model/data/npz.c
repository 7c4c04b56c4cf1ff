#include "model/data/archive.h"
#include "model/data/npy.h"

/* The first of the arrays that look most like images wins; on the way at most two are in memory. */
GBytes *
limen_npz_choose (const char *path, const LimenImageSetOptions *options, char **member,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenArchive) archive = limen_archive_open (path, error);
  g_autoptr (GBytes) best = NULL;
  g_autoptr (GError) first = NULL;
  g_autofree char *shown_path = limen_display_name (path);
  LimenArrayLook best_look = LIMEN_ARRAY_NONE;
  const char *name;
  if (!archive)
    return NULL;
  limen_archive_set_cancellable (archive, cancellable);
  while (best_look < LIMEN_ARRAY_IMAGES &&
         limen_archive_next (archive, &name, first ? NULL : &first)) {
    g_autoptr (GBytes) bytes = limen_archive_read (archive, LIMEN_MAX_BYTES, first ? NULL : &first);
    g_autofree char *shown = g_strdup_printf ("%s: %s", shown_path, name);
    LimenArray array;
    if (!bytes || !limen_npy_parse (bytes, shown, &array, first ? NULL : &first))
      continue;
    LimenArrayLook look = limen_array_look (&array, shown, options, first ? NULL : &first);
    if (look <= best_look)
      continue;
    best_look = look;
    g_clear_pointer (&best, g_bytes_unref);
    best = g_steal_pointer (&bytes);
    g_free (*member);
    *member = g_strdup (name);
  }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  gboolean damaged = first && !g_error_matches (first, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
  if (damaged && best_look < LIMEN_ARRAY_IMAGES)
    g_clear_pointer (&best, g_bytes_unref);
  if (!best && first)
    g_propagate_error (error, g_steal_pointer (&first));
  else if (!best)
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
                 "%s holds no arrays; choose a file that numpy.savez wrote.", shown_path);
  return g_steal_pointer (&best);
}

char **
limen_npz_list (const char *path, GError **error)
{
  g_autoptr (LimenArchive) archive = limen_archive_open (path, error);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  const char *name;
  if (!archive)
    return NULL;
  while (limen_archive_next (archive, &name, NULL)) {
    g_autoptr (GError) local = NULL;
    g_autoptr (GBytes) bytes = limen_archive_read (archive, LIMEN_MAX_BYTES, &local);
    g_autofree char *shape = NULL, *line = NULL;
    LimenArray array;
    if (bytes && limen_npy_parse (bytes, name, &array, &local))
      shape = limen_array_to_string (&array);
    line = g_strdup_printf (
        "%.*s: %s", (int)(g_str_has_suffix (name, ".npy") ? strlen (name) - 4 : strlen (name)),
        name, shape ? shape : local->message);
    g_strv_builder_add (lines, line);
  }
  return g_strv_builder_end (lines);
}
