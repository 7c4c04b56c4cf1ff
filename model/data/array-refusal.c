#include "model/data/array-layout-private.h"

#include "model/data/npy.h"

gboolean
limen_array_is_empty (const LimenArray *array)
{
  for (guint i = 0; i < array->n_dims; i++)
    if (array->dims[i] == 0)
      return TRUE;
  return FALSE;
}

gboolean
limen_is_usual_size (guint64 n)
{
  return n == 784 || n == 1024 || n == 4096;
}

/* No images */

static void
refuse_row (const char *name, const char *shape, const char *ways, GError **error)
{
  g_autofree char *base = g_path_get_basename (name);
  if (ways && !limen_is_named_like_labels (base))
    limen_fail (error, LIMEN_ERROR_MISMATCH,
                "%s is one row of numbers, %s: labels, or %s; choose a layout, or the file of the "
                "images.",
                name, shape, ways);
  else
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s holds labels, not images: it is one row of numbers, %s; choose the file of "
                "the images.",
                name, shape);
}

void
limen_array_refuse (const LimenArray *array, const char *name, const LimenReading *asked,
                    const char *ways, GError **error)
{
  g_autofree char *words = limen_reading_layout_words (asked);
  g_autofree char *shape = limen_array_to_string (array);
  if (limen_array_is_empty (array))
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s holds no images: its array, %s, is empty; choose another file.", name, shape);
  else if (array->n_dims == 0)
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s holds no images: it is a single number, %s; choose the file of the images.",
                name, shape);
  else if (*words)
    limen_fail (error, LIMEN_ERROR_MISMATCH,
                "%s can't be read as asked: its array is %s, which has no layout %s; leave it out "
                "or choose another.",
                name, shape, words);
  else if (array->n_dims == 1)
    refuse_row (name, shape, ways, error);
  else
    limen_fail (error, LIMEN_ERROR_FORMAT,
                "%s holds no images: its array is %s; reshape it to (images, height, width) or "
                "(images, height, width, 3).",
                name, shape);
}

/* Other numbers beside pixels */

/* How many numbers are a few, or one for each of as many classes as data sets have; with an index
 * or a label as well */
static gboolean
may_stand_beside (guint64 n)
{
  static const guint classes[] = {10, 26, 47, 62, 100};
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (n == classes[i] || n == classes[i] + 1)
      return TRUE;
  return n >= 2 && n <= 4;
}

/* How many of @n numbers are pixels of a usual size, or of the one asked for; 0: none are */
static guint64
pixels_among (guint64 n, guint64 size)
{
  const guint64 sizes[] = {size, 784, 1024, 4096, 3 * 784, 3 * 1024};
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (sizes[i] >= 64 && n > sizes[i] && may_stand_beside (n - sizes[i]))
      return sizes[i];
  return 0;
}

gboolean
limen_array_check_beside (const LimenArray *array, const char *name, LimenUnit unit,
                          const char *way, guint64 size, GError **error)
{
  gboolean is_row = unit == LIMEN_UNIT_ONE && array->n_dims == 2;
  guint64 pixels = is_row ? pixels_among (array->dims[1], size) : 0;
  guint64 n = pixels ? array->dims[1] : array->dims[0];
  if (!pixels && array->n_dims == 2 && (unit == LIMEN_UNIT_ONE || unit == LIMEN_UNIT_ROWS))
    pixels = pixels_among (n, size);
  if (!pixels)
    return TRUE;
  g_autofree char *shape = limen_array_to_string (array);
  return limen_fail (
      error, LIMEN_ERROR_MISMATCH,
      "%s can be read in more than one way: its array, %s, may be %s, or %s of %" G_GUINT64_FORMAT
      " pixels and %" G_GUINT64_FORMAT " other numbers; choose the layout, or save the "
      "pixels alone.",
      name, shape, way, n == array->dims[1] ? "rows" : "columns", pixels, n - pixels);
}
