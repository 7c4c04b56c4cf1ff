#include "ui/study/bound/source.h"

#include "model/data/builtin.h"

#define MOST_IMAGES 10000

LimenVaeSource *
limen_vae_source_copy (const LimenVaeSource *source)
{
  LimenVaeSource *copy = g_new (LimenVaeSource, 1);
  *copy = (LimenVaeSource){limen_vae_ref (source->vae),
                           source->map ? limen_vae_map_ref (source->map) : NULL,
                           limen_image_set_ref (source->images)};
  return copy;
}

void
limen_vae_source_free (LimenVaeSource *source)
{
  g_clear_pointer (&source->vae, limen_vae_unref);
  g_clear_pointer (&source->map, limen_vae_map_unref);
  g_clear_pointer (&source->images, limen_image_set_unref);
  g_free (source);
}

void
limen_bound_files_free (LimenBoundFiles *files)
{
  g_clear_pointer (&files->gaussian_case, limen_gaussian_case_free);
  g_clear_pointer (&files->vae, limen_vae_source_free);
  g_free (files);
}

/* What was dropped, sorted. */
typedef struct {
  const char *gaussian_case, *weights;
  GPtrArray *images; /* NULL-terminated in the end */
} Sorted;

static gboolean
sort (const char *const *paths, Sorted *sorted, GError **error)
{
  for (guint i = 0; paths[i]; i++) {
    GError *local = NULL;
    LimenFileKind kind = limen_file_kind (paths[i], &local);
    if (g_str_has_suffix (paths[i], ".json") && kind != LIMEN_FILE_SHARDS) {
      g_clear_error (&local);
      sorted->gaussian_case = paths[i];
      continue;
    }
    if (local) {
      g_propagate_error (error, local);
      return FALSE;
    }
    if (limen_file_kind_is_weights (kind))
      sorted->weights = paths[i];
    else
      g_ptr_array_add (sorted->images, (gpointer)paths[i]);
  }
  g_ptr_array_add (sorted->images, NULL);
  return TRUE;
}

/* The images that are asked for, or those there were, or generated digits; of the VAE's size. */
static LimenImageSet *
take_images (const Sorted *sorted, const LimenVae *vae, const LimenVaeSource *before,
             GCancellable *cancellable, GError **error)
{
  static const char *const generated[] = {LIMEN_BUILTIN_DIGITS ":2000", NULL};
  const char *const *paths = (const char *const *)sorted->images->pdata;
  LimenImageSetOptions options = {.max_images = MOST_IMAGES};
  if (!limen_vae_image_size (vae, &options.width, &options.height))
    options.width = options.height = 0;
  gboolean fits =
      before && limen_vae_shape (before->vae).observed == limen_vae_shape (vae).observed;
  if (!paths[0] && fits)
    return limen_image_set_ref (before->images);
  return limen_image_set_load (paths[0] ? paths : generated, &options, NULL, NULL, NULL,
                               cancellable, error);
}

static LimenVaeSource *
read_vae (const Sorted *sorted, const LimenVaeSource *before, LimenProgressFunc progress,
          gpointer progress_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (LimenVaeSource) source = g_new0 (LimenVaeSource, 1);
  if (sorted->weights)
    source->vae = limen_vae_load (sorted->weights, 0, cancellable, error);
  else
    source->vae = before ? limen_vae_ref (before->vae) : limen_vae_builtin ();
  if (!source->vae)
    return NULL;
  source->images = take_images (sorted, source->vae, before, cancellable, error);
  if (!source->images)
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

LimenBoundFiles *
limen_bound_files_read (const char *const *paths, const LimenVaeSource *before,
                        LimenProgressFunc progress, gpointer progress_data,
                        GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) images = g_ptr_array_new ();
  g_autoptr (LimenBoundFiles) files = g_new0 (LimenBoundFiles, 1);
  Sorted sorted = {.images = images};
  if (!sort (paths, &sorted, error))
    return NULL;
  if (sorted.gaussian_case)
    files->gaussian_case = limen_gaussian_case_load (sorted.gaussian_case, error);
  else
    files->vae = read_vae (&sorted, before, progress, progress_data, cancellable, error);
  return files->gaussian_case || files->vae ? g_steal_pointer (&files) : NULL;
}
