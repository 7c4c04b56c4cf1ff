#include "model/data/image-set-load.h"
#include "model/data/photos-private.h"

#define KEPT_BYTES  ((gsize)512 << 20) /* of pixels that could be read again */
#define MOST_PIXELS ((guint64)4 << 20) /* of a picture that is kept */

/* @cached: bytes of pixels that could be read again, @n_bytes: of what could not, and of members */
typedef struct {
  LimenPhotoStore *store;
  gsize cached, n_bytes;
} Keep;

static gsize
bytes_of (const LimenImages *images)
{
  gsize size = images->u8 ? 1 : images->f32 ? sizeof (float) : 0;
  return size * images->n * images->width * images->height * (images->is_colour ? 3 : 1);
}

static gboolean
take_room (Keep *keep, gsize size, const char *name, GError **error)
{
  if (size > LIMEN_MAX_BYTES - keep->n_bytes)
    return limen_fail (
        error, LIMEN_ERROR_UNSAFE,
        "%s and what follows it was left out: archives, arrays and stacks before it take 2 GB "
        "already; unpack them into a folder.",
        name);
  keep->n_bytes += size;
  return TRUE;
}

/* Returns: whether pixels are kept, for good where nothing else has them */
static gboolean
keep_pixels (Keep *keep, LimenImages *images, gboolean for_good)
{
  gsize size = bytes_of (images);
  if (!for_good && (size == 0 || size > KEPT_BYTES - keep->cached))
    return FALSE;
  keep->cached += for_good ? 0 : size;
  g_ptr_array_add (keep->store->kept, images);
  return TRUE;
}

static gboolean
add_cb (LimenSetLoad *load, const LimenSetItem *item, LimenImages *images, gboolean is_array,
        GError **error)
{
  Keep *keep = load->add_data;
  g_autoptr (LimenImages) owned = images;
  gboolean is_there = !is_array && (item->path || item->bytes);
  gsize size = is_there ? (item->bytes ? g_bytes_get_size (item->bytes) : 0) : bytes_of (images);
  if (!take_room (keep, size, item->shown, error))
    return FALSE;
  if (images->read_as)
    limen_image_set_builder_read_as (load->builder, images->read_as);
  gboolean are_kept = keep_pixels (keep, images, !is_there);
  for (guint i = 0; i < images->n; i++) {
    LimenPhotoPlace place = {.name = g_strdup (item->name),
                             .path = is_there ? g_strdup (item->path) : NULL,
                             .bytes = is_there && item->bytes ? g_bytes_ref (item->bytes) : NULL,
                             .images = are_kept ? images : NULL,
                             .index = i,
                             .width = images->width,
                             .height = images->height,
                             .is_array = is_array};
    g_array_append_val (keep->store->places, place);
  }
  if (are_kept)
    owned = NULL;
  return TRUE;
}

static LimenImageSetOptions
options_of (const LimenPhotosOptions *options)
{
  LimenImageSetOptions all = {.max_images = options->max_photos,
                              .reading = options->reading,
                              .prefers_training = options->prefers_training};
  all.reading.keeps_colour = options->colour;
  return all;
}

LimenPhotos *
limen_photos_load (const char *const *paths, const LimenPhotosOptions *options, GPtrArray *problems,
                   const LimenRun *run, GError **error)
{
  LimenPhotosOptions all = options ? *options : (LimenPhotosOptions){0};
  g_autoptr (LimenPhotoStore) store = limen_photo_store_new (&all);
  g_autoptr (LimenImageSetBuilder) builder = limen_image_set_builder_new (paths);
  Keep keep = {store};
  LimenSetLoad load = {.options = options_of (&all),
                       .builder = builder,
                       .add = add_cb,
                       .add_data = &keep,
                       .most_pixels = MOST_PIXELS,
                       .problems = problems,
                       .run = limen_run_of (run)};
  store->told = limen_set_load_paths (&load, paths, error);
  return store->told ? limen_photos_new_of_store (g_steal_pointer (&store)) : NULL;
}

/* As it was read when it was found: what it is now may be another thing. */
LimenImages *
limen_photo_place_read (const LimenPhotoPlace *place, const LimenPhotosOptions *options,
                        GCancellable *cancellable, GError **error)
{
  LimenSetLoad load = {.options = options_of (options), .run.cancellable = cancellable};
  LimenSetItem *item = limen_set_item_new (&load, place->path, place->bytes, place->name,
                                           place->path ? place->path : place->name);
  LimenImages *images = NULL;
  limen_set_item_decode (item);
  if (item->error)
    g_propagate_error (error, g_steal_pointer (&item->error));
  else if (item->images && item->images->width == place->width &&
           item->images->height == place->height)
    images = g_steal_pointer (&item->images);
  else
    limen_fail (error, LIMEN_ERROR_MISMATCH,
                "%s has changed since it was opened; open its folder again.", item->shown);
  limen_set_item_free (item);
  return images;
}
