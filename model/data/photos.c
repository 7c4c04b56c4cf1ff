#include "model/data/photos-private.h"

struct LimenPhotos {
  LimenPhotoStore *store;
  guint *indices; /* (n) in the store; NULL: all */
  guint n;
};

/* Stores */

static void
clear_place (gpointer data)
{
  LimenPhotoPlace *place = data;
  g_free (place->name);
  g_free (place->path);
  g_clear_pointer (&place->bytes, g_bytes_unref);
}

LimenPhotoStore *
limen_photo_store_new (const LimenPhotosOptions *options)
{
  LimenPhotoStore *store = g_atomic_rc_box_new0 (LimenPhotoStore);
  store->options = *options;
  store->places = g_array_new (FALSE, FALSE, sizeof (LimenPhotoPlace));
  g_array_set_clear_func (store->places, clear_place);
  store->kept = g_ptr_array_new_with_free_func ((GDestroyNotify)limen_images_free);
  return store;
}

static void
clear_store (gpointer data)
{
  LimenPhotoStore *store = data;
  g_clear_pointer (&store->told, limen_image_set_unref);
  g_clear_pointer (&store->set, limen_image_set_unref);
  g_array_unref (store->places);
  g_ptr_array_unref (store->kept);
}

void
limen_photo_store_unref (LimenPhotoStore *store)
{
  g_atomic_rc_box_release_full (store, clear_store);
}

/* Lists */

static LimenPhotos *
photos_new (LimenPhotoStore *store, guint *indices, guint n)
{
  LimenPhotos *photos = g_atomic_rc_box_new0 (LimenPhotos);
  photos->store = store;
  photos->indices = indices;
  photos->n = n;
  return photos;
}

LimenPhotos *
limen_photos_new_of_store (LimenPhotoStore *store)
{
  return photos_new (store, NULL, store->places->len);
}

LimenPhotos *
limen_photos_new_of_set (LimenImageSet *set)
{
  LimenPhotosOptions options = {0};
  LimenPhotoStore *store = limen_photo_store_new (&options);
  store->told = limen_image_set_ref (set);
  store->set = limen_image_set_ref (set);
  return photos_new (store, NULL, limen_image_set_n_images (set));
}

LimenPhotos *
limen_photos_ref (LimenPhotos *photos)
{
  return g_atomic_rc_box_acquire (photos);
}

static void
clear_photos (gpointer data)
{
  LimenPhotos *photos = data;
  limen_photo_store_unref (photos->store);
  g_free (photos->indices);
}

void
limen_photos_unref (LimenPhotos *photos)
{
  g_atomic_rc_box_release_full (photos, clear_photos);
}

static guint
index_of (const LimenPhotos *photos, guint index)
{
  return photos->indices ? photos->indices[index] : index;
}

/* NULL where a set has them */
static const LimenPhotoPlace *
place_of (const LimenPhotos *photos, guint index)
{
  return photos->store->set
             ? NULL
             : &g_array_index (photos->store->places, LimenPhotoPlace, index_of (photos, index));
}

LimenPhotos *
limen_photos_some (LimenPhotos *photos, const guint *indices, guint n)
{
  guint *all = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    all[i] = index_of (photos, indices[i]);
  return photos_new (g_atomic_rc_box_acquire (photos->store), all, n);
}

const char *
limen_photos_name (const LimenPhotos *photos)
{
  return limen_image_set_name (photos->store->told);
}

const char *const *
limen_photos_paths (const LimenPhotos *photos)
{
  return limen_image_set_paths (photos->store->told);
}

guint
limen_photos_n (const LimenPhotos *photos)
{
  return photos->n;
}

guint
limen_photos_n_channels (const LimenPhotos *photos)
{
  return photos->store->options.colour ? 3 : 1;
}

const LimenImageSet *
limen_photos_told (const LimenPhotos *photos)
{
  return photos->store->told;
}

/* One of them */

guint
limen_photos_width (const LimenPhotos *photos, guint index)
{
  g_return_val_if_fail (index < photos->n, 0);
  const LimenPhotoPlace *place = place_of (photos, index);
  return place ? place->width : limen_image_set_width (photos->store->set);
}

guint
limen_photos_height (const LimenPhotos *photos, guint index)
{
  g_return_val_if_fail (index < photos->n, 0);
  const LimenPhotoPlace *place = place_of (photos, index);
  return place ? place->height : limen_image_set_height (photos->store->set);
}

char *
limen_photos_photo_name (const LimenPhotos *photos, guint index)
{
  g_return_val_if_fail (index < photos->n, NULL);
  const LimenPhotoPlace *place = place_of (photos, index);
  if (!place)
    return limen_image_set_image_name (photos->store->set, index_of (photos, index));
  return place->is_array ? g_strdup_printf ("%s #%u", place->name, place->index)
                         : g_strdup (place->name);
}

const char *
limen_photos_path (const LimenPhotos *photos, guint index)
{
  g_return_val_if_fail (index < photos->n, NULL);
  const LimenPhotoPlace *place = place_of (photos, index);
  return place ? place->path : NULL;
}

static LimenPhoto *
copy_of_set (LimenImageSet *set, guint index, GError **error)
{
  LimenPhoto *photo = limen_photo_new (limen_image_set_name (set), limen_image_set_width (set),
                                       limen_image_set_height (set), 1, error);
  if (photo)
    limen_image_set_copy_rows (set, index, 1, photo->pixels);
  return photo;
}

static LimenPhoto *
read_place (const LimenPhotoPlace *place, const LimenPhotosOptions *options,
            GCancellable *cancellable, GError **error)
{
  if (place->images)
    return limen_photo_new_of (place->images, place->index, options->colour, place->name, error);
  g_autoptr (LimenImages) images = limen_photo_place_read (place, options, cancellable, error);
  return images ? limen_photo_new_of (images, 0, options->colour, place->name, error) : NULL;
}

LimenPhoto *
limen_photos_get (const LimenPhotos *photos, guint index, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (index < photos->n, NULL);
  const LimenPhotoPlace *place = place_of (photos, index);
  const LimenPhotosOptions *options = &photos->store->options;
  LimenPhoto *photo = place ? read_place (place, options, cancellable, error)
                            : copy_of_set (photos->store->set, index_of (photos, index), error);
  gsize n =
      photo && options->inverted ? (gsize)photo->width * photo->height * photo->n_channels : 0;
  for (gsize i = 0; i < n; i++)
    photo->pixels[i] = 1 - photo->pixels[i];
  return photo;
}
