#include "model/data/npy.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  const LimenImageSetOptions options = {.width = 4, .height = 2};
  LimenArray array;
  LimenImages *images = NULL;
  if (limen_npy_parse (bytes, "fuzz", &array, NULL))
    images = limen_array_to_images (&array, "fuzz", &options, NULL, NULL);
  if (images)
    images = limen_images_fit (images, 4, 2, "fuzz", NULL, NULL);
  g_clear_pointer (&images, limen_images_free);
  return 0;
}
