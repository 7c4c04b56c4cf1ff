/* What the targets of IDX and npy share: bytes become an array, the array images of another size. */
#pragma once

#include "model/data/array.h"

typedef gboolean (*ParseFunc) (GBytes *bytes, const char *name, LimenArray *array, GError **error);

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
    images = limen_images_fit (images, 4, 2, "fuzz", NULL, NULL);
  g_clear_pointer (&images, limen_images_free);
}
