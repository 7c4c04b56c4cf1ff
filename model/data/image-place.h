/* Where an image of a set is on the disk. */
#pragma once

#include "model/data/image-set.h"

/**
 * LimenImagePlace:
 * @path: (nullable): a file
 * @is_own: it holds that image and nothing else; otherwise it is an archive, an array or a stack
 * that holds others, too
 */
typedef struct {
  char *path;
  gboolean is_own;
} LimenImagePlace;

/** LimenImagePlaces: what is known of the paths of a set, to look for many of its images */
typedef struct LimenImagePlaces LimenImagePlaces;

/** limen_image_places_new: looks at the paths of @set, which is kept */
LimenImagePlaces *limen_image_places_new (LimenImageSet *set);
void limen_image_places_free (LimenImagePlaces *places);
/**
 * limen_image_places_find: where image @index was read from, as its name and the paths of the set
 * tell: looked for on the disk now. No @path where it was made in memory, brought along, or is
 * gone. Of files of one name in several folders of the set it is the one in the same order.
 */
LimenImagePlace limen_image_places_find (LimenImagePlaces *places, guint index);
/** limen_image_place: the same of one image alone */
LimenImagePlace limen_image_place (LimenImageSet *set, guint index);
void limen_image_place_clear (LimenImagePlace *place);

/** limen_image_png: (transfer full): the pixels of the image as an 8-bit grey PNG; NULL with
 * LIMEN_ERROR_UNSAFE where there is not enough memory */
GBytes *limen_image_png (const LimenImageSet *set, guint index, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenImagePlaces, limen_image_places_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenImagePlace, limen_image_place_clear)
