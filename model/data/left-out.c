#include "model/data/left-out.h"

#define MAX_NAMED 3

/* How a sentence about one, and about several files goes on, and ends. */
static const struct {
  const char *one, *many, *advice;
} words[LIMEN_N_LEFT] = {
    [LIMEN_LEFT_NOT_IMAGES] = {"is not an image", "are not images", ""},
    [LIMEN_LEFT_POINTERS] = {"is a Git LFS pointer", "are Git LFS pointers",
                             "; run `git lfs pull` in their repository"},
    [LIMEN_LEFT_ENCRYPTED] = {"is encrypted", "are encrypted",
                              "; unpack the archive with its password first"},
};

char *
limen_left_sentence (LimenLeft left, const GPtrArray *names, const char *shown)
{
  guint n = names->len, n_named = MIN (n, MAX_NAMED);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_printf (text, "%u file%s in %s %s and %s left out: ", n, n == 1 ? "" : "s", shown,
                   n == 1 ? words[left].one : words[left].many, n == 1 ? "was" : "were");
  for (guint i = 0; i < n_named; i++)
    g_string_append_printf (text, "%s%s", i ? ", " : "", (const char *)names->pdata[i]);
  g_string_append_printf (text, "%s%s.", n > n_named ? " and more" : "", words[left].advice);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
limen_is_named_like_a_picture (const char *name)
{
  static const char *const suffixes[] = {".png", ".jpg",  ".jpeg", ".tif", ".tiff", ".bmp",
                                         ".gif", ".webp", ".ico",  ".pgm", ".ppm",  ".pbm"};
  g_autofree char *lower = g_ascii_strdown (name, -1);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (lower, suffixes[i]))
      return TRUE;
  return FALSE;
}
