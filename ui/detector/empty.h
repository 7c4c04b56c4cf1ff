/* What the Detector page shows while there is no histogram: what is missing, or why there is
 * nothing, and the next steps from there. */
#pragma once

#include "ui/study/detector/session.h"

#include <adwaita.h>

#define LIMEN_TYPE_DETECTOR_EMPTY (limen_detector_empty_get_type ())
G_DECLARE_FINAL_TYPE (LimenDetectorEmpty, limen_detector_empty, LIMEN, DETECTOR_EMPTY, AdwBin)

LimenDetectorEmpty *limen_detector_empty_new (LimenDetectorSession *session);
/** limen_detector_empty_show: what the session says now */
void limen_detector_empty_show (LimenDetectorEmpty *self);
/** limen_detector_empty_set_failure: @message: (nullable): why the last files could not be used, a
 * sentence; it holds until something else is read, or NULL is set */
void limen_detector_empty_set_failure (LimenDetectorEmpty *self, const char *message);
/** limen_detector_empty_set_cancelled: what was read last was cancelled */
void limen_detector_empty_set_cancelled (LimenDetectorEmpty *self);
