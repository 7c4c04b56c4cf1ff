/* Many pictures of any sizes, given one by one: where they are is kept, not all of their pixels. */
#pragma once

#include "model/data/image-set.h"
#include "model/data/photo.h"

/**
 * LimenPhotos:
 *
 * An immutable, reference-counted list of pictures. All have the same number of channels, each its
 * own size. Any thread may ask for any of them.
 */
typedef struct LimenPhotos LimenPhotos;

/**
 * LimenPhotosOptions:
 * @colour: keep colour: three channels, of grey pictures all alike; else one channel
 * @max_photos: stop after as many, 0: all
 * @inverted: black for white
 * @reading, @prefers_training: as of LimenImageSetOptions
 */
typedef struct {
  gboolean colour, inverted;
  guint max_photos;
  LimenReading reading;
  gboolean prefers_training;
} LimenPhotosOptions;

/**
 * limen_photos_load:
 * @paths: NULL-terminated: files and folders, walked through and read as by limen_image_set_load(),
 * but each at its own size
 * @problems: (nullable): LimenProblem for each file that was left out; without it they are notes
 *
 * Each picture is decoded once, so that what can't be read is told now. Pixels of at most 512 MB
 * are kept; of others the file, or the bytes of an archive's member, is read again when asked for.
 * Arrays and the pages of stacks are kept.
 *
 * Returns: (transfer full): at least one picture, or NULL with the errors of
 * limen_image_set_load()
 */
LimenPhotos *limen_photos_load (const char *const *paths, const LimenPhotosOptions *options,
                                GPtrArray *problems, const LimenRun *run, GError **error);

/** limen_photos_new_of_set: (transfer full): the images of @set, which is kept: grey, of one size
 */
LimenPhotos *limen_photos_new_of_set (LimenImageSet *set);

LimenPhotos *limen_photos_ref (LimenPhotos *photos);
void limen_photos_unref (LimenPhotos *photos);

/** limen_photos_some: (transfer full): those at @indices: (n), in that order, n ≥ 1 */
LimenPhotos *limen_photos_some (LimenPhotos *photos, const guint *indices, guint n);

/** limen_photos_name: a short name for labels, as limen_image_set_name() */
const char *limen_photos_name (const LimenPhotos *photos);
/** limen_photos_paths: NULL-terminated: what they were loaded from */
const char *const *limen_photos_paths (const LimenPhotos *photos);
guint limen_photos_n (const LimenPhotos *photos);
/** limen_photos_n_channels: 1 or 3, of each of them */
guint limen_photos_n_channels (const LimenPhotos *photos);

/** limen_photos_width, limen_photos_height: of one picture, in pixels, upright; nothing is read */
guint limen_photos_width (const LimenPhotos *photos, guint index);
guint limen_photos_height (const LimenPhotos *photos, guint index);

/** limen_photos_photo_name: (transfer full): "scratch/004.png", "archive.zip: a.png" or
 * "images.npy #17", as limen_image_set_image_name() */
char *limen_photos_photo_name (const LimenPhotos *photos, guint index);
/** limen_photos_path: (nullable): of the picture's file; NULL of a member of an archive, of an
 * image of an array and of a page of a stack */
const char *limen_photos_path (const LimenPhotos *photos, guint index);

/**
 * limen_photos_get: (transfer full): the picture itself
 *
 * Returns: NULL with LIMEN_ERROR_UNREADABLE and the errors of limen_image_decode() where its file
 * has changed since, or G_IO_ERROR_CANCELLED
 */
LimenPhoto *limen_photos_get (const LimenPhotos *photos, guint index, GCancellable *cancellable,
                              GError **error);

/** limen_photos_told: (transfer none): a set, mostly of no images, with what is told of how they
 * were read: limen_image_set_read_as(), limen_image_set_read_notes() */
const LimenImageSet *limen_photos_told (const LimenPhotos *photos);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPhotos, limen_photos_unref)
