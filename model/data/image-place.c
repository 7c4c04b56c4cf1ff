#include "model/data/image-place.h"

#include "model/data/builtin.h"

#include <math.h>
#include <png.h>
#include <string.h>

/* -- where it was read from -- */

/* One of the paths of a set, and its place among them */
typedef struct {
  guint number;
  const char *path; /* borrowed from the set */
} Path;

struct LimenImagePlaces {
  LimenImageSet *set;
  GArray *folders;   /* of Path */
  GHashTable *files; /* name → GArray of Path: those that are no folders */
  guint32 *nth;      /* nullable: (n): which of the images of its name each is */
};

static void
add_file (LimenImagePlaces *places, Path path)
{
  g_autofree char *full = g_canonicalize_filename (path.path, NULL);
  g_autofree char *base = g_path_get_basename (full);
  char *name = limen_display_name (base);
  GArray *same = g_hash_table_lookup (places->files, name);
  if (!same) {
    same = g_array_new (FALSE, FALSE, sizeof (Path));
    g_hash_table_insert (places->files, name, same);
  } else
    g_free (name);
  g_array_append_val (same, path);
}

LimenImagePlaces *
limen_image_places_new (LimenImageSet *set)
{
  g_return_val_if_fail (set != NULL, NULL);
  LimenImagePlaces *places = g_new0 (LimenImagePlaces, 1);
  const char *const *paths = limen_image_set_paths (set);
  places->set = limen_image_set_ref (set);
  places->folders = g_array_new (FALSE, FALSE, sizeof (Path));
  places->files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  for (guint i = 0; paths[i]; i++) {
    Path path = {i, paths[i]};
    if (limen_is_builtin (paths[i]))
      continue;
    if (g_file_test (paths[i], G_FILE_TEST_IS_DIR))
      g_array_append_val (places->folders, path);
    else
      add_file (places, path);
  }
  return places;
}

void
limen_image_places_free (LimenImagePlaces *places)
{
  g_return_if_fail (places != NULL);
  limen_image_set_unref (places->set);
  g_array_unref (places->folders);
  g_hash_table_unref (places->files);
  g_free (places->nth);
  g_free (places);
}

/* A file that is called as an image, by the path it came by */
typedef struct {
  guint number;
  char *path;
} Found;

static void
found_clear (gpointer data)
{
  g_free (((Found *)data)->path);
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  guint x = ((const Found *)a)->number, y = ((const Found *)b)->number;
  return (x > y) - (x < y);
}

/* (transfer full) (element-type Found): all files that the set calls @name, in its order */
static GArray *
files_of (const LimenImagePlaces *places, const char *name)
{
  GArray *files = g_array_new (FALSE, FALSE, sizeof (Found));
  const GArray *same = g_hash_table_lookup (places->files, name);
  g_array_set_clear_func (files, found_clear);
  for (guint i = 0; i < places->folders->len; i++) {
    Path folder = g_array_index (places->folders, Path, i);
    Found found = {folder.number, g_build_filename (folder.path, name, NULL)};
    if (g_file_test (found.path, G_FILE_TEST_IS_REGULAR))
      g_array_append_val (files, found);
    else
      g_free (found.path);
  }
  for (guint i = 0; same && i < same->len; i++) {
    Path path = g_array_index (same, Path, i);
    Found found = {path.number, g_strdup (path.path)};
    if (g_file_test (found.path, G_FILE_TEST_IS_REGULAR))
      g_array_append_val (files, found);
    else
      g_free (found.path);
  }
  g_array_sort (files, compare_found);
  return files;
}

/* Of each image, how many before it have its name */
static guint32 *
count_names (const LimenImageSet *set)
{
  guint n = limen_image_set_n_images (set);
  guint32 *nth = g_new (guint32, n);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n; i++) {
    char *name = limen_image_set_image_name (set, i);
    nth[i] = GPOINTER_TO_UINT (g_hash_table_lookup (seen, name));
    g_hash_table_replace (seen, name, GUINT_TO_POINTER (nth[i] + 1));
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
container_of (const LimenImagePlaces *places, const char *name)
{
  static const char *const marks[] = {" #", ", page ", ": "};
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    g_autofree char *outer = before_last (name, marks[i]);
    while (outer) {
      g_autoptr (GArray) files = files_of (places, outer);
      if (files->len > 0)
        return g_strdup (g_array_index (files, Found, 0).path);
      char *further = before_last (outer, marks[i]);
      g_free (outer);
      outer = further;
    }
  }
  return NULL;
}

LimenImagePlace
limen_image_places_find (LimenImagePlaces *places, guint index)
{
  g_return_val_if_fail (places != NULL, (LimenImagePlace){0});
  g_return_val_if_fail (index < limen_image_set_n_images (places->set), (LimenImagePlace){0});
  g_autofree char *name = limen_image_set_image_name (places->set, index);
  g_autoptr (GArray) files = files_of (places, name);
  if (files->len == 0)
    return (LimenImagePlace){container_of (places, name), FALSE};
  if (files->len > 1 && !places->nth)
    places->nth = count_names (places->set);
  guint nth = files->len > 1 ? MIN (places->nth[index], files->len - 1) : 0;
  return (LimenImagePlace){g_strdup (g_array_index (files, Found, nth).path), TRUE};
}

LimenImagePlace
limen_image_place (LimenImageSet *set, guint index)
{
  g_return_val_if_fail (set != NULL, (LimenImagePlace){0});
  g_autoptr (LimenImagePlaces) places = limen_image_places_new (set);
  return limen_image_places_find (places, index);
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
