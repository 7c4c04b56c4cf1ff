/* How a list of photos comes to be. Only photos*.c need it. */
#pragma once

#include "model/data/photos.h"

/**
 * LimenPhotoPlace: where one picture is
 * @name: of the picture, or of the array
 * @path: (nullable): of its file; @bytes: (nullable): or its content, packed by gzip or not
 * @images: (nullable): its pixels, where they are kept: image @index of these
 */
typedef struct {
  char *name, *path;
  GBytes *bytes;
  LimenImages *images;
  guint index, width, height;
  gboolean is_array;
} LimenPhotoPlace;

/**
 * LimenPhotoStore: what lists of the same pictures share
 * @told: a set of no images, which has the name, paths and what is told; or
 * @set: (nullable): the set that has the pictures, too; there are no @places then
 * @places: of LimenPhotoPlace
 * @kept: of LimenImages: those that places point to
 */
typedef struct {
  LimenPhotosOptions options;
  LimenImageSet *told, *set;
  GArray *places;
  GPtrArray *kept;
} LimenPhotoStore;

/** limen_photo_store_new: (transfer full): of no pictures yet */
LimenPhotoStore *limen_photo_store_new (const LimenPhotosOptions *options);
void limen_photo_store_unref (LimenPhotoStore *store);

/** limen_photos_new_of_store: (transfer full): all of them. @store: (transfer full) */
LimenPhotos *limen_photos_new_of_store (LimenPhotoStore *store);

/** limen_photo_place_read: (transfer full): its pixels, of its file or its bytes */
LimenImages *
limen_photo_place_read (const LimenPhotoPlace *place, const LimenPhotosOptions *options,
                        GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPhotoStore, limen_photo_store_unref)
