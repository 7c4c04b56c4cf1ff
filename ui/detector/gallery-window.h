/* Images of the Detector page in a window of its own: all, the selected ones, those that are judged
 * wrongly; looked at, corrected, and taken along. */
#pragma once

#include "ui/study/detector/gallery-session.h"

#include <adwaita.h>

#define LIMEN_TYPE_GALLERY_WINDOW (limen_gallery_window_get_type ())
G_DECLARE_FINAL_TYPE (LimenGalleryWindow, limen_gallery_window, LIMEN, GALLERY_WINDOW, AdwWindow)

/**
 * limen_gallery_window_present: the gallery of @parent, made if there is none
 * @kind: what it lists
 * @key: (nullable): the image that is gone to, once the list is there
 */
void limen_gallery_window_present (GtkWindow *parent, LimenDetectorSession *detector,
                                   LimenSelectionSession *selection, LimenGalleryKind kind,
                                   const LimenImageKey *key);
