/* One image of a gallery: its picture, name, score, verdict and set. */
#pragma once

#include "ui/study/detector/gallery.h"

#include <gtk/gtk.h>

#define LIMEN_TYPE_GALLERY_TILE (limen_gallery_tile_get_type ())
G_DECLARE_FINAL_TYPE (LimenGalleryTile, limen_gallery_tile, LIMEN, GALLERY_TILE, GtkWidget)

LimenGalleryTile *limen_gallery_tile_new (void);
/** limen_gallery_tile_show: image @at of @gallery (nullable: none), of which a reference is kept;
 * what a screen reader says of it, it says of what holds the tile, too. Nothing is drawn before it
 * is seen */
void
limen_gallery_tile_show (LimenGalleryTile *self, LimenGallery *gallery, guint at, LimenLines lines);
/** limen_gallery_tile_at: the number in the gallery; G_MAXUINT of none */
guint limen_gallery_tile_at (LimenGalleryTile *self);
/** limen_gallery_tile_width: pixels, in @widget's size of text */
int limen_gallery_tile_width (GtkWidget *widget);
