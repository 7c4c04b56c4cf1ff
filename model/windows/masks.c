#include "model/windows/masks.h"

#include "model/data/folder.h"

#include <string.h>

#define MOST_GREYS 16 /* of a mask that was drawn: with more it was blurred or is a JPEG */
#define FOLDERS_UP 2  /* in the folder of the photo, above it, and once more above */

static const char *const folder_names[] = {"ground_truth", "masks", "mask", "Masks"};
static const char *const suffixes[] = {"_mask", ""};
static const char *const endings[] = {"png", "bmp", "tif", "tiff", "PNG", "jpg", "jpeg"};

/* Finding */

/* @folders: (element-type filename): of masks, by the folder of photos, whose names they may have;
 * @files: what stands in each folder of masks */
typedef struct {
  GHashTable *folders, *files;
} Search;

static void
add_folder (GPtrArray *folders, const char *base, const char *inside)
{
  g_autofree char *path = inside ? g_build_filename (base, inside, NULL) : g_strdup (base);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    g_ptr_array_add (folders, g_steal_pointer (&path));
}

/* Folders of masks in @base for photos that are in @inside below it: "test/scratch", then
 * "scratch", then none at all, unless that is far above. */
static void
add_folders (GPtrArray *folders, const char *base, const char *inside, gboolean is_far)
{
  for (guint i = 0; i < G_N_ELEMENTS (folder_names); i++) {
    g_autofree char *masks = g_build_filename (base, folder_names[i], NULL);
    if (!g_file_test (masks, G_FILE_TEST_IS_DIR))
      continue;
    for (const char *rest = inside; rest && *rest;) {
      add_folder (folders, masks, rest);
      const char *slash = strchr (rest, G_DIR_SEPARATOR);
      rest = slash ? slash + 1 : NULL;
    }
    if (!is_far)
      add_folder (folders, masks, NULL);
  }
}

/* (transfer none): for photos in @folder */
static GPtrArray *
folders_for (Search *search, const char *folder)
{
  GPtrArray *folders = g_hash_table_lookup (search->folders, folder);
  if (folders)
    return folders;
  folders = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *base = g_strdup (folder), *inside = g_strdup ("");
  for (guint up = 0; up <= FOLDERS_UP; up++) {
    add_folders (folders, base, inside, up == FOLDERS_UP);
    g_autofree char *name = g_path_get_basename (base), *above = g_path_get_dirname (base);
    char *longer = *inside ? g_build_filename (name, inside, NULL) : g_strdup (name);
    g_free (inside);
    inside = longer;
    g_free (base);
    base = g_steal_pointer (&above);
  }
  g_hash_table_insert (search->folders, g_strdup (folder), folders);
  return folders;
}

/* (transfer none): names of files in @folder */
static GHashTable *
files_in (Search *search, const char *folder)
{
  GHashTable *files = g_hash_table_lookup (search->files, folder);
  g_auto (LimenFolder) listed = {NULL};
  if (files)
    return files;
  files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean any = limen_folder_list (folder, &listed, NULL);
  for (guint i = 0; any && i < listed.files->len; i++)
    g_hash_table_add (files, g_strdup (listed.files->pdata[i]));
  g_hash_table_insert (search->files, g_strdup (folder), files);
  return files;
}

/* (transfer full) (nullable): the mask of a photo that is called @stem */
static char *
find_in (Search *search, const char *folder, const char *stem)
{
  GHashTable *files = files_in (search, folder);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    for (guint k = 0; k < G_N_ELEMENTS (endings); k++) {
      g_autofree char *file = g_strconcat (stem, suffixes[i], ".", endings[k], NULL);
      if (g_hash_table_contains (files, file))
        return g_build_filename (folder, file, NULL);
    }
  return NULL;
}

static char *
find_mask (Search *search, const char *photo)
{
  g_autofree char *full = g_canonicalize_filename (photo, NULL);
  g_autofree char *folder = g_path_get_dirname (full), *stem = g_path_get_basename (full);
  char *dot = strrchr (stem, '.');
  if (dot && dot > stem)
    *dot = 0;
  GPtrArray *folders = folders_for (search, folder);
  for (guint i = 0; i < folders->len; i++) {
    char *mask = find_in (search, folders->pdata[i], stem);
    if (mask && !g_str_equal (mask, full))
      return mask;
    g_free (mask);
  }
  return NULL;
}

/* A mask that two photos find is of neither. */
static void
leave_out_shared (GPtrArray *masks, const LimenPhotos *photos, GPtrArray *problems)
{
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) shared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < masks->len; i++) {
    const char *mask = masks->pdata[i];
    if (!mask || g_hash_table_add (first, masks->pdata[i]) || g_hash_table_contains (shared, mask))
      continue;
    g_hash_table_add (shared, g_strdup (mask));
    g_autofree char *shown = limen_display_name (mask);
    g_autofree char *name = limen_photos_photo_name (photos, i);
    g_autofree char *message = g_strdup_printf (
        "%s could be the mask of %s and of another picture, and was left out; put masks into "
        "folders that are named like those of the pictures.",
        shown, name);
    if (problems)
      g_ptr_array_add (problems, limen_problem_new (shown, message));
  }
  for (guint i = 0; i < masks->len; i++)
    if (masks->pdata[i] && g_hash_table_contains (shared, masks->pdata[i])) {
      g_free (masks->pdata[i]);
      masks->pdata[i] = NULL;
    }
}

GPtrArray *
limen_masks_find (const LimenPhotos *photos, GPtrArray *problems)
{
  Search search = {
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref),
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref)};
  GPtrArray *masks = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < limen_photos_n (photos); i++) {
    const char *path = limen_photos_path (photos, i);
    g_ptr_array_add (masks, path ? find_mask (&search, path) : NULL);
  }
  leave_out_shared (masks, photos, problems);
  g_hash_table_unref (search.folders);
  g_hash_table_unref (search.files);
  return masks;
}

/* Regions */

/* Pixels of a region that is being filled, whose neighbours are still to be looked at */
typedef struct {
  LimenMask *mask;
  const gboolean *is_defect;
  GArray *open; /* of guint32 */
} Fill;

static void
enter (Fill *fill, guint32 at, guint32 region)
{
  if (!fill->is_defect[at] || fill->mask->region[at])
    return;
  fill->mask->region[at] = region;
  g_array_append_val (fill->open, at);
}

static void
enter_neighbours (Fill *fill, guint32 at, guint32 region)
{
  guint width = fill->mask->width, height = fill->mask->height, x = at % width, y = at / width;
  for (guint row = y > 0 ? y - 1 : 0; row <= MIN (y + 1, height - 1); row++)
    for (guint column = x > 0 ? x - 1 : 0; column <= MIN (x + 1, width - 1); column++)
      enter (fill, row * width + column, region);
}

LimenMask *
limen_mask_new (guint width, guint height, const gboolean *is_defect)
{
  gsize n = (gsize)width * height;
  LimenMask *mask = g_new (LimenMask, 1);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint32));
  *mask = (LimenMask){width, height, 0, g_new0 (guint32, n)};
  Fill fill = {mask, is_defect, open};
  for (guint32 i = 0; i < n; i++) {
    if (!is_defect[i] || mask->region[i])
      continue;
    enter (&fill, i, ++mask->n_regions);
    while (open->len > 0) {
      guint32 at = g_array_index (open, guint32, open->len - 1);
      g_array_set_size (open, open->len - 1);
      enter_neighbours (&fill, at, mask->n_regions);
    }
  }
  return mask;
}

void
limen_mask_free (LimenMask *mask)
{
  g_free (mask->region);
  g_free (mask);
}

/* Loading */

/* What a pixel must exceed to be of a defect */
static float
level_of (const LimenPhoto *photo)
{
  float seen[MOST_GREYS], last = -1, most = 0;
  gsize n = (gsize)photo->width * photo->height;
  guint n_seen = 0;
  for (gsize i = 0; i < n; i++) {
    float value = photo->pixels[i];
    guint k = 0;
    most = MAX (most, value);
    if (value == last || n_seen > MOST_GREYS)
      continue;
    last = value;
    while (k < n_seen && seen[k] != value)
      k++;
    if (k == n_seen && n_seen < MOST_GREYS)
      seen[k] = value;
    n_seen += k == n_seen;
  }
  return n_seen > MOST_GREYS ? most / 2 * 0.999999f : 0;
}

LimenMask *
limen_mask_load (const char *path, guint width, guint height, GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (LimenPhoto) photo = limen_photo_load (path, FALSE, NULL, cancellable, error);
  if (!photo)
    return NULL;
  if (photo->width != width || photo->height != height) {
    g_autofree char *shown = limen_display_name (path);
    limen_fail (error, LIMEN_ERROR_MISMATCH,
                "%s is a mask of %u × %u pixels for a picture of %u × %u; save it at the size of "
                "the picture.",
                shown, photo->width, photo->height, width, height);
    return NULL;
  }
  float level = level_of (photo);
  gsize n = (gsize)width * height;
  g_autofree gboolean *is_defect = g_new (gboolean, n);
  for (gsize i = 0; i < n; i++)
    is_defect[i] = photo->pixels[i] > level;
  return limen_mask_new (width, height, is_defect);
}
