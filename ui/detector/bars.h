/* What is wrong with the images of the Detector page, and what helps: bars between its sentence and
 * its pictures. */
#pragma once

#include "ui/page-frame.h"
#include "ui/study/detector/session.h"

/** limen_detector_bars_add: at the end of the column of @frame; they follow @session */
void limen_detector_bars_add (LimenPageFrame *frame, LimenDetectorSession *session);
