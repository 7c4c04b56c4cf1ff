/* One image of the Detector page, explained: which one is looked at, what was computed of it, and
 * which map lies over it. */
#pragma once

#include "model/explain/maps.h"
#include "ui/study/detector/pictures.h"
#include "ui/study/detector/session.h"
#include "ui/study/told.h"

#define LIMEN_TYPE_EXPLAIN_SESSION (limen_explain_session_get_type ())
G_DECLARE_FINAL_TYPE (LimenExplainSession, limen_explain_session, LIMEN, EXPLAIN_SESSION, GObject)

/**
 * LimenExplainSession:
 *
 * Computes beside the window. Where images, flow or scores of the page change, the image is
 * explained anew, as long as one of its name is there, and else forgotten; what was last computed
 * stays until then.
 *
 * Signals:
 * - "changed": another image or explanation, or more of it is done
 * - "view-changed": another map, or another opacity
 * - "notice" (message: string): something to tell the user
 */

/** limen_explain_session_new: follows @detector, and the bench that follows it, too */
LimenExplainSession *limen_explain_session_new (LimenDetectorSession *detector);
/** limen_explain_session_show: image @index of the set of @role, which is there */
void limen_explain_session_show (LimenExplainSession *self, LimenSetRole role, guint index);
/** limen_explain_session_show_picture: a single picture, which has an image */
void
limen_explain_session_show_picture (LimenExplainSession *self, const LimenSinglePicture *picture);
/** limen_explain_session_cancel: what is computed */
void limen_explain_session_cancel (LimenExplainSession *self);
/** limen_explain_session_busy: @fraction: (out) (optional): how much is done */
gboolean limen_explain_session_busy (LimenExplainSession *self, double *fraction);

/** limen_explain_session_explanation: (transfer none) (nullable): of the image that was asked for,
 * or, while that is computed, of the last one */
const LimenExplanation *limen_explain_session_explanation (LimenExplainSession *self);
/** limen_explain_session_original: (transfer none) (nullable): the picture at its own size,
 * where its file is there, and has another size than the flow sees, or colour */
const LimenPhoto *limen_explain_session_original (LimenExplainSession *self);
/** limen_explain_session_about: (transfer full) (nullable): what it is, and what the page says of
 * it: "anomalies · flagged" */
char *limen_explain_session_about (LimenExplainSession *self);

/** limen_explain_session_set_map: that of windows is computed when it is asked for; where there is
 * none, the picture is alone */
void limen_explain_session_set_map (LimenExplainSession *self, LimenExplainMap map);
LimenExplainMap limen_explain_session_map (LimenExplainSession *self);
/** limen_explain_session_values: (transfer none) (nullable): of the map; NULL: the picture alone */
const LimenExplainedMap *limen_explain_session_values (LimenExplainSession *self);
/** limen_explain_session_windows_line: (transfer none) (nullable): what says how unusual a window
 * is, where there is a map of them */
const char *limen_explain_session_windows_line (LimenExplainSession *self);
/** limen_explain_session_set_opacity: of the map, 0 to 1 */
void limen_explain_session_set_opacity (LimenExplainSession *self, double opacity);
double limen_explain_session_opacity (LimenExplainSession *self);

/** limen_explain_session_told: its picture, and the map as .npy; while there is an explanation */
LimenTold limen_explain_session_told (LimenExplainSession *self);
