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

char *
limen_image_set_reading (const LimenImageSet *set)
{
  g_autofree char *line = limen_image_set_read_line (set);
  g_auto (GStrv) notes = limen_image_set_read_notes (set);
  guint n = g_strv_length (notes);
  if (n == 0)
    return g_steal_pointer (&line);
  g_autofree char *count = n == 1 ? g_strdup ("1 note") : g_strdup_printf ("%u notes", n);
  return line ? g_strconcat (line, " · ", count, NULL) : g_steal_pointer (&count);
}
