#include "model/flow/nice-keep.h"

#include <glib/gstdio.h>
#include <string.h>

#define MOST_NAMES 100 /* tried in one folder */
#define LONGEST    200 /* bytes of the name that a number is put to */

/* "flow.pt" becomes "flow-2.pt", the first such name in @folder that is free. NULL: none */
static char *
free_name (const char *folder, const char *base)
{
  const char *dot = strrchr (base, '.'), *ending = dot && dot != base ? dot : "";
  gsize length = MIN (strlen (base) - strlen (ending), LONGEST);
  while (length > 0 && ((guchar)base[length] & 0xc0) == 0x80) /* not inside of a character */
    length--;
  for (guint i = 2; i < MOST_NAMES; i++) {
    g_autofree char *name = g_strdup_printf ("%.*s-%u%s", (int)length, base, i, ending);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      return g_steal_pointer (&path);
  }
  return NULL;
}

static gboolean
save_in (LimenKeeper *keeper, const LimenNice *nice, const char *folder)
{
  g_autofree char *base = g_path_get_basename (keeper->path), *path = free_name (folder, base);
  if (!path || !limen_nice_save (nice, path, keeper->dtype, NULL))
    return FALSE;
  keeper->elsewhere = g_steal_pointer (&path);
  return TRUE;
}

static gboolean
save_elsewhere (LimenKeeper *keeper, const LimenNice *nice)
{
  if (keeper->elsewhere && limen_nice_save (nice, keeper->elsewhere, keeper->dtype, NULL))
    return TRUE;
  g_autofree char *beside = g_path_get_dirname (keeper->path);
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "limen", NULL);
  g_autofree char *old = g_steal_pointer (&keeper->elsewhere); /* an earlier flow, still whole */
  if (save_in (keeper, nice, beside))
    return TRUE;
  if (g_mkdir_with_parents (own, 0700) == 0 && save_in (keeper, nice, own))
    return TRUE;
  keeper->elsewhere = g_steal_pointer (&old);
  return FALSE;
}

const char *
limen_keeper_save (LimenKeeper *keeper, const LimenNice *nice, GError **error)
{
  if (!limen_nice_save (nice, keeper->path, keeper->dtype, error))
    return save_elsewhere (keeper, nice) ? keeper->elsewhere : NULL;
  if (keeper->elsewhere)
    g_unlink (keeper->elsewhere); /* of an earlier step, and nobody's but ours */
  g_clear_pointer (&keeper->elsewhere, g_free);
  return keeper->path;
}

void
limen_keeper_clear (LimenKeeper *keeper)
{
  g_clear_pointer (&keeper->elsewhere, g_free);
}

gsize
limen_nice_n_bytes (LimenNiceShape shape, LimenNumberType dtype)
{
  gsize half = shape.dimension / 2, width = shape.width;
  gsize coupling =
      half * width + width + (shape.depth - 1) * (width * width + width) + width * half + half;
  gsize numbers = shape.couplings * coupling + shape.dimension;
  return numbers * (dtype == LIMEN_NUMBER_F16 ? 2 : 4);
}
