/* A table of images: any bytes, in pieces of any size, are rows of finite numbers, or are refused
 * with a sentence; how they were cut into pieces makes no difference. */
#include "model/data/image-csv-field.h"
#include "model/data/image-csv.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean holds)
{
  if (!holds)
    abort ();
}

static LimenImageCsv *
parse (const uint8_t *data, size_t size, size_t step, gboolean keeps_labels, LimenArray *array,
       GError **error)
{
  g_autoptr (LimenImageCsv) csv = limen_image_csv_new ("fuzz.csv", keeps_labels);
  g_autofree char *left_out = NULL;
  for (size_t done = 0; done < size; done += step)
    if (!limen_image_csv_push (csv, data + done, MIN (step, size - done), error))
      return NULL;
  if (!limen_image_csv_end (csv, array, &left_out, error))
    return NULL;
  check (!left_out || g_utf8_validate (left_out, -1, NULL));
  return g_steal_pointer (&csv);
}

static void
check_array (const LimenArray *array)
{
  check (array->n_dims == 2 && array->dims[0] > 0 && array->dims[1] > 0);
  gsize n = (gsize)array->dims[0] * array->dims[1];
  check (array->size == n * limen_number_size (array->type));
  const float *value = (const float *)array->data;
  for (gsize i = 0; array->type == LIMEN_NUMBER_F32 && i < n; i++)
    check (isfinite (value[i]));
}

static void
make_images (const LimenArray *array)
{
  const LimenImageSetOptions options = {.width = 4, .height = 2};
  g_autoptr (GError) error = NULL;
  LimenImages *images = limen_array_to_images (array, "fuzz.csv", &options, NULL, &error);
  check ((images == NULL) == (error != NULL));
  g_clear_pointer (&images, limen_images_free);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gboolean keeps_labels = size > 0 && data[size - 1] & 1;
  g_autoptr (GError) error = NULL, again = NULL;
  LimenArray array, pieces;
  limen_image_csv_looks_like (data, size);
  g_autoptr (LimenImageCsv) whole = parse (data, size, MAX (size, 1), keeps_labels, &array, &error);
  g_autoptr (LimenImageCsv) cut = parse (data, size, 3, keeps_labels, &pieces, &again);
  check ((whole == NULL) == (error != NULL) && !whole == !cut);
  check (!error ||
         (strstr (error->message, "fuzz.csv") && g_str_has_suffix (error->message, ".") &&
          !strchr (error->message, '\n') && g_str_equal (error->message, again->message) &&
          g_utf8_validate (error->message, -1, NULL)));
  if (!whole)
    return 0;
  check_array (&array);
  check (array.size == pieces.size && memcmp (array.data, pieces.data, array.size) == 0);
  make_images (&array);
  return 0;
}
