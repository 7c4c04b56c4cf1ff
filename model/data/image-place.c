#include "model/data/image-place.h"

#include "model/data/builtin.h"

#include <math.h>
#include <png.h>
#include <string.h>

/* -- where it was read from -- */

/* (transfer full) (nullable): the file that the set calls @name below @path, or that is @path */
static char *
file_of (const char *path, const char *name)
{
  if (limen_is_builtin (path))
    return NULL;
  if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
    char *inside = g_build_filename (path, name, NULL);
    if (g_file_test (inside, G_FILE_TEST_IS_REGULAR))
      return inside;
    g_free (inside);
    return NULL;
  }
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *base = g_path_get_basename (full), *shown = limen_display_name (base);
  return g_str_equal (shown, name) && g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_strdup (path)
                                                                                 : NULL;
}

/* (transfer full) (element-type filename): all files that are called so */
static GPtrArray *
files_of (const LimenImageSet *set, const char *name)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  for (const char *const *path = limen_image_set_paths (set); *path; path++) {
    char *file = file_of (*path, name);
    if (file)
      g_ptr_array_add (files, file);
  }
  return files;
}

/* Which of the images of that name it is */
static guint
nth_of_name (const LimenImageSet *set, guint index, const char *name)
{
  guint nth = 0;
  for (guint i = 0; i < index; i++) {
    g_autofree char *other = limen_image_set_image_name (set, i);
    nth += g_str_equal (other, name);
  }
  return nth;
}

/* (transfer full) (nullable): @name up to the last @mark */
static char *
before_last (const char *name, const char *mark)
{
  const char *at = g_strrstr (name, mark);
  return at && at > name ? g_strndup (name, (gsize)(at - name)) : NULL;
}

/* "stack.tif, page 2", "set.npy #17" and "set.zip: a/b.png", which may hold ": " itself */
static char *
container_of (const LimenImageSet *set, const char *name)
{
  static const char *const marks[] = {" #", ", page ", ": "};
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    g_autofree char *outer = before_last (name, marks[i]);
    while (outer) {
      g_autoptr (GPtrArray) files = files_of (set, outer);
      if (files->len > 0)
        return g_strdup (files->pdata[0]);
      char *further = before_last (outer, marks[i]);
      g_free (outer);
      outer = further;
    }
  }
  return NULL;
}

LimenImagePlace
limen_image_place (const LimenImageSet *set, guint index)
{
  g_return_val_if_fail (set != NULL && index < limen_image_set_n_images (set),
                        (LimenImagePlace){0});
  g_autofree char *name = limen_image_set_image_name (set, index);
  g_autoptr (GPtrArray) files = files_of (set, name);
  guint nth = files->len > 1 ? MIN (nth_of_name (set, index, name), files->len - 1) : 0;
  if (files->len > 0)
    return (LimenImagePlace){g_strdup (files->pdata[nth]), TRUE};
  return (LimenImagePlace){container_of (set, name), FALSE};
}

void
limen_image_place_clear (LimenImagePlace *place)
{
  g_clear_pointer (&place->path, g_free);
}

/* -- as a file of its own -- */

GBytes *
limen_image_png (const LimenImageSet *set, guint index, GError **error)
{
  g_return_val_if_fail (set != NULL && index < limen_image_set_n_images (set), NULL);
  png_image image = {.version = PNG_IMAGE_VERSION,
                     .width = limen_image_set_width (set),
                     .height = limen_image_set_height (set),
                     .format = PNG_FORMAT_GRAY};
  gsize n = (gsize)image.width * image.height;
  g_autofree float *grey = g_new (float, n);
  g_autofree guint8 *pixels = g_new (guint8, n);
  limen_image_set_copy_rows (set, index, 1, grey);
  for (gsize i = 0; i < n; i++)
    pixels[i] = (guint8)lroundf (255 * CLAMP (grey[i], 0, 1));
  png_alloc_size_t size = 0;
  gboolean sized = png_image_write_to_memory (&image, NULL, &size, 0, pixels, 0, NULL);
  g_autofree guint8 *file = sized ? g_try_malloc (size) : NULL;
  if (!file || !png_image_write_to_memory (&image, file, &size, 0, pixels, 0, NULL)) {
    limen_fail (error, LIMEN_ERROR_UNSAFE,
                "A picture of %u × %u pixels can't be written as PNG: %s; free some memory.",
                image.width, image.height, image.message);
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&file), size);
}
