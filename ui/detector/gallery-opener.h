/* Ways from the Detector page to its gallery: buttons, thumbnails, and Ctrl+I. */
#pragma once

#include "ui/study/detector/gallery.h"
#include "ui/study/detector/selection-session.h"

#include <gtk/gtk.h>

/** limen_gallery_opener_add: the actions "images" of @page, and their key */
void limen_gallery_opener_add (GtkWidget *page, LimenDetectorSession *detector,
                               LimenSelectionSession *selection);
/** limen_gallery_opener_button: (transfer floating): for somewhere on that page */
GtkWidget *limen_gallery_opener_button (const char *label, LimenGalleryKind kind);
/** limen_gallery_opener_open: from @widget on that page: the gallery, at image @index of the set of
 * @role */
void limen_gallery_opener_open (GtkWidget *widget, LimenGalleryKind kind, LimenSetRole role,
                                guint index);
