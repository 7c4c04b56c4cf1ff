/* What the targets of IDX and npy share: bytes become an array, the array images of another size.
 */
#pragma once

#include "model/data/array.h"

#include <stdlib.h>

typedef gboolean (*ParseFunc) (GBytes *bytes, const char *name, LimenArray *array, GError **error);

/* What is told are sentences. */
static inline void
check_told (const LimenImages *images)
{
  g_autofree char *line = limen_read_as_line (images->read_as);
  g_auto (GStrv) notes = limen_read_as_notes (images->read_as);
  if (!g_str_has_prefix (line, "read as ") || !g_utf8_validate (line, -1, NULL))
    abort ();
  for (guint i = 0; notes[i]; i++)
    if (!g_str_has_suffix (notes[i], ".") || !g_utf8_validate (notes[i], -1, NULL))
      abort ();
}

static inline void
parse_and_fit (ParseFunc parse, const void *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  const LimenImageSetOptions options = {.width = 4, .height = 2};
  LimenArray array;
  LimenImages *images = NULL;
  if (parse (bytes, "fuzz", &array, NULL))
    images = limen_array_to_images (&array, "fuzz", &options, NULL, NULL);
  if (images)
    check_told (images);
  if (images)
    images = limen_images_fit (images, 4, 2, "fuzz", NULL, NULL);
  g_clear_pointer (&images, limen_images_free);
}
