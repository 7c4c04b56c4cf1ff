#include "ui/study/bound/source.h"

#include "model/data/builtin.h"
#include "model/kinds/kinds.h"
#include "model/report/provenance.h"

#define MOST_IMAGES 10000

LimenVaeSource *
limen_vae_source_copy (const LimenVaeSource *source)
{
  g_return_val_if_fail (source != NULL, NULL);
  LimenVaeSource *copy = g_memdup2 (source, sizeof *source);
  limen_vae_ref (copy->vae);
  if (copy->map)
    limen_vae_map_ref (copy->map);
  limen_image_set_ref (copy->images);
  limen_origin_ref (copy->vae_from);
  limen_origin_ref (copy->images_from);
  return copy;
}

void
limen_vae_source_free (LimenVaeSource *source)
{
  g_return_if_fail (source != NULL);
  g_clear_pointer (&source->vae, limen_vae_unref);
  g_clear_pointer (&source->map, limen_vae_map_unref);
  g_clear_pointer (&source->images, limen_image_set_unref);
  limen_origin_unref (source->vae_from);
  limen_origin_unref (source->images_from);
  g_free (source);
}

void
limen_bound_files_free (LimenBoundFiles *files)
{
  g_return_if_fail (files != NULL);
  g_clear_pointer (&files->gaussian_case, limen_gaussian_case_free);
  g_clear_pointer (&files->vae, limen_vae_source_free);
  limen_origin_unref (files->case_from);
  g_free (files);
}

/* What was dropped, sorted. */
typedef struct {
  const char *gaussian_case, *weights;
  GPtrArray *images; /* NULL-terminated in the end */
} Sorted;

static gboolean
sort (const char *const *paths, Sorted *sorted, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; paths[i]; i++) {
    LimenKinds kinds = limen_kinds_of_file (paths[i], cancellable, error);
    if (!kinds)
      return FALSE;
    if (kinds & LIMEN_KIND_CASE)
      sorted->gaussian_case = paths[i];
    else if (kinds & LIMEN_KIND_WEIGHTS)
      sorted->weights = paths[i];
    else
      g_ptr_array_add (sorted->images, (gpointer)paths[i]);
  }
  g_ptr_array_add (sorted->images, NULL);
  return TRUE;
}

/* Of @path, or of the files of @images; NULL with an error. */
static LimenOrigin *
source_of (const char *const *paths, const char *name, const char *path,
           const LimenImageSet *images, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) hashes = limen_hash_files (&path, 1, &images, 1, cancellable, error);
  g_autoptr (LimenOrigin) plain = limen_origin_new (paths, name);
  return hashes ? limen_origin_with_hashes (plain, hashes) : NULL;
}

/* The images that are asked for, or those there were, or generated digits; of the VAE's size. */
static gboolean
take_images (const Sorted *sorted, LimenVaeSource *source, const LimenVaeSource *before,
             GCancellable *cancellable, GError **error)
{
  static const char *const generated[] = {LIMEN_BUILTIN_DIGITS ":2000", NULL};
  const char *const *paths = (const char *const *)sorted->images->pdata;
  LimenImageSetOptions options = {.max_images = MOST_IMAGES};
  if (!limen_vae_image_size (source->vae, &options.width, &options.height))
    options.width = options.height = 0;
  if (!paths[0] && before &&
      limen_vae_shape (before->vae).observed == limen_vae_shape (source->vae).observed) {
    source->images = limen_image_set_ref (before->images);
    source->images_from = limen_origin_ref (before->images_from);
    return TRUE;
  }
  paths = paths[0] ? paths : generated;
  source->images =
      limen_image_set_load (paths, &options, NULL, &(LimenRun){.cancellable = cancellable}, error);
  if (source->images)
    source->images_from = source_of (paths, limen_image_set_name (source->images), NULL,
                                     source->images, cancellable, error);
  return source->images_from != NULL;
}

static gboolean
take_vae (const Sorted *sorted, LimenVaeSource *source, const LimenVaeSource *before,
          GCancellable *cancellable, GError **error)
{
  if (!sorted->weights && before) {
    source->vae = limen_vae_ref (before->vae);
    source->vae_from = limen_origin_ref (before->vae_from);
    return TRUE;
  }
  source->vae = sorted->weights ? limen_vae_load (sorted->weights, 0, cancellable, error)
                                : limen_vae_builtin ();
  if (source->vae) {
    const char *path = limen_vae_path (source->vae), *paths[] = {path, NULL};
    source->vae_from = source_of (paths, NULL, path, NULL, cancellable, error);
  }
  return source->vae_from != NULL;
}

static LimenVaeSource *
read_vae (const Sorted *sorted, const LimenVaeSource *before, GCancellable *cancellable,
          GError **error)
{
  g_autoptr (LimenVaeSource) source = g_new0 (LimenVaeSource, 1);
  if (!take_vae (sorted, source, before, cancellable, error) ||
      !take_images (sorted, source, before, cancellable, error))
    return NULL;
  /* the first image must fit before the old source goes */
  g_autofree float *x = g_new (float, limen_vae_shape (source->vae).observed);
  if (!limen_vae_take_image (source->vae, source->images, 0, x, error))
    return NULL;
  if (before && before->vae == source->vae && before->map)
    source->map = limen_vae_map_ref (before->map);
  else if (limen_vae_shape (source->vae).latent <= 2) {
    source->map = limen_vae_map_new (source->vae, error);
    if (!source->map)
      return NULL;
  }
  return g_steal_pointer (&source);
}

static gboolean
read_case (const char *path, LimenBoundFiles *files, GCancellable *cancellable, GError **error)
{
  const char *paths[] = {path, NULL};
  files->gaussian_case = limen_gaussian_case_load (path, error);
  if (files->gaussian_case)
    files->case_from = source_of (paths, NULL, path, NULL, cancellable, error);
  return files->case_from != NULL;
}

LimenBoundFiles *
limen_bound_files_read (const char *const *paths, const LimenVaeSource *before,
                        GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (paths != NULL, NULL);
  g_autoptr (GPtrArray) images = g_ptr_array_new ();
  g_autoptr (LimenBoundFiles) files = g_new0 (LimenBoundFiles, 1);
  Sorted sorted = {.images = images};
  if (!sort (paths, &sorted, cancellable, error))
    return NULL;
  if (sorted.gaussian_case && !read_case (sorted.gaussian_case, files, cancellable, error))
    return NULL;
  if (sorted.gaussian_case && !sorted.weights && !images->pdata[0])
    return g_steal_pointer (&files);
  files->vae = read_vae (&sorted, before, cancellable, error);
  return files->vae ? g_steal_pointer (&files) : NULL;
}
