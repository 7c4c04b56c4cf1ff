/* The single pictures of the Detector page: they follow its flow, and are scored beside the window.
 */
#pragma once

#include "ui/study/detector/pictures.h"
#include "ui/study/detector/session.h"

#define LIMEN_TYPE_PICTURES_SESSION (limen_pictures_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenPicturesSession, limen_pictures_session, LIMEN, PICTURES_SESSION,
                      GObject)

/**
 * LimenPicturesSession:
 *
 * Signals:
 * - "changed": other pictures, or other scores
 * - "notice" (message: string): something to tell the user
 */

/** limen_pictures_session_new: follows @detector, which it keeps */
LimenPicturesSession *limen_pictures_session_new (LimenDetectorSession *detector);
/** limen_pictures_session_pictures: (transfer none): never NULL */
const LimenPictures *limen_pictures_session_pictures (LimenPicturesSession *self);
/** limen_pictures_session_detector: (transfer none): the session that it follows */
LimenDetectorSession *limen_pictures_session_detector (LimenPicturesSession *self);
/**
 * limen_pictures_session_open: one to LIMEN_MOST_PICTURES files that are pictures, without folders
 * or other sets beside them, are judged one by one; all else goes on to
 * limen_detector_session_open(), in the order in which it came
 */
void limen_pictures_session_open (LimenPicturesSession *self, const char *const *paths);
/** limen_pictures_session_start: the same of a start: no picture from before stays, and what goes
 * on goes to limen_detector_session_start() */
void
limen_pictures_session_start (LimenPicturesSession *self, const char *const *paths, LimenRule rule);
/** limen_pictures_session_draw: @drawing is what is drawn from now on */
void limen_pictures_session_draw (LimenPicturesSession *self, const LimenDrawing *drawing);
void limen_pictures_session_remove (LimenPicturesSession *self, guint id);
/** limen_pictures_session_busy: something is looked at or scored */
gboolean limen_pictures_session_busy (LimenPicturesSession *self);
