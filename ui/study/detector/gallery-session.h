/* A gallery that follows the Detector page: its images, its line, what is selected and corrected;
 * made beside the window. */
#pragma once

#include "ui/study/detector/gallery.h"
#include "ui/study/detector/selection-session.h"

#define LIMEN_TYPE_GALLERY_SESSION (limen_gallery_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenGallerySession, limen_gallery_session, LIMEN, GALLERY_SESSION, GObject)

/**
 * LimenGallerySession:
 *
 * Signals:
 * - "changed": another list
 * - "verdicts-changed": the same list, but the line moved
 * - "busy-changed": a list is being made, or there it is
 */

/** limen_gallery_session_new: follows both, which it keeps; of all images, by score */
LimenGallerySession *
limen_gallery_session_new (LimenDetectorSession *detector, LimenSelectionSession *selection);
void limen_gallery_session_show (LimenGallerySession *self, LimenGalleryKind kind);
void limen_gallery_session_sort (LimenGallerySession *self, LimenGalleryOrder order);

LimenGalleryKind limen_gallery_session_kind (LimenGallerySession *self);
LimenGalleryOrder limen_gallery_session_order (LimenGallerySession *self);
/** limen_gallery_session_gallery: (transfer none) (nullable): the last that was made; NULL while
 * there are no scores */
LimenGallery *limen_gallery_session_gallery (LimenGallerySession *self);
/** limen_gallery_session_lines: what the line of the page flags now; NaN without one */
LimenLines limen_gallery_session_lines (LimenGallerySession *self);
gboolean limen_gallery_session_busy (LimenGallerySession *self);
/** limen_gallery_session_detector: (transfer none) */
LimenDetectorSession *limen_gallery_session_detector (LimenGallerySession *self);
/** limen_gallery_session_corrects: whether images can be moved and left out: not of a table, whose
 * labels say which are normal */
gboolean limen_gallery_session_corrects (LimenGallerySession *self);
/** limen_gallery_session_put: the images @at: (n) of the list are in @to from now on, as
 * limen_detector_session_correct() says; LIMEN_N_SETS + 1: where they came */
void
limen_gallery_session_put (LimenGallerySession *self, const guint *at, guint n, LimenSetRole to);
/** LIMEN_PUT_BACK: of limen_gallery_session_put(): as they came */
#define LIMEN_PUT_BACK (LIMEN_LEFT_OUT + 1)
