/* One image of the Detector page, explained: which one is looked at, what was computed of it, and
 * which map lies over it. */
#pragma once

#include "ui/study/detector/pictures.h"
#include "ui/study/detector/session.h"

#define LIMEN_TYPE_EXPLAIN_SESSION (limen_explain_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenExplainSession, limen_explain_session, LIMEN, EXPLAIN_SESSION, GObject)

/**
 * LimenExplainSession:
 *
 * Computes beside the window; where the images or the flow of the page change, the image is
 * explained anew as long as it is there, and else forgotten.
 *
 * Signals:
 * - "changed": another image or explanation, or more of it is done
 * - "notice" (message: string): something to tell the user
 */

/** limen_explain_session_new: follows @detector, which it keeps */
LimenExplainSession *limen_explain_session_new (LimenDetectorSession *detector);
/** limen_explain_session_show: image @index of the set of @role */
void limen_explain_session_show (LimenExplainSession *self, LimenSetRole role, guint index);
/** limen_explain_session_show_picture: a single picture, which has an image */
void
limen_explain_session_show_picture (LimenExplainSession *self, const LimenSinglePicture *picture);
/** limen_explain_session_busy: @fraction: (out) (optional): how much is done */
gboolean limen_explain_session_busy (LimenExplainSession *self, double *fraction);
