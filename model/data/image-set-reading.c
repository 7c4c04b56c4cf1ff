#include "model/data/image-set.h"

char *
limen_image_set_read_line (const LimenImageSet *set)
{
  guint n = limen_image_set_n_read_as (set);
  if (n == 0)
    return NULL;
  g_autofree char *line = limen_read_as_line (limen_image_set_read_as (set, 0));
  return n > 1 ? g_strdup_printf ("%s, and in %u other ways", line, n - 1)
               : g_steal_pointer (&line);
}

char **
limen_image_set_read_notes (const LimenImageSet *set)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  for (guint i = 0; i < limen_image_set_n_read_as (set); i++) {
    g_auto (GStrv) notes = limen_read_as_notes (limen_image_set_read_as (set, i));
    g_strv_builder_addv (all, (const char **)notes);
  }
  return g_strv_builder_end (all);
}

char *
limen_image_set_reading (const LimenImageSet *set)
{
  g_autofree char *line = limen_image_set_read_line (set);
  g_auto (GStrv) notes = limen_image_set_read_notes (set);
  guint n = g_strv_length (notes);
  if (!line)
    return NULL;
  if (n == 0)
    return g_steal_pointer (&line);
  return n == 1 ? g_strconcat (line, " · 1 note", NULL)
                : g_strdup_printf ("%s · %u notes", line, n);
}
