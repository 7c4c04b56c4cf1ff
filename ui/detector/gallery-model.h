/* A gallery as GTK's lists take it: as many items as images, each made when it is asked for. */
#pragma once

#include "ui/study/detector/gallery.h"

#include <gio/gio.h>

#define LIMEN_TYPE_GALLERY_MODEL (limen_gallery_model_get_type ())
G_DECLARE_FINAL_TYPE (LimenGalleryModel, limen_gallery_model, LIMEN, GALLERY_MODEL, GObject)

/** limen_gallery_model_new: of no image. What an item shows its number in the list tells */
LimenGalleryModel *limen_gallery_model_new (void);
/** limen_gallery_model_take: @gallery: (nullable): a reference is taken. Images at the beginning
 * and the end that are the same as before stay: a list that is scrolled does not jump */
void limen_gallery_model_take (LimenGalleryModel *self, LimenGallery *gallery);
/** limen_gallery_model_gallery: (transfer none) (nullable) */
LimenGallery *limen_gallery_model_gallery (LimenGalleryModel *self);
