/* What the Detector page and limen detect tell: the histogram or what else is looked at, what is
 * said in it with files and hashes, and the scores as a table. */
#pragma once

#include "model/detect/report.h"
#include "ui/study/detector/pictures-session.h"
#include "ui/study/detector/seen.h"
#include "ui/study/told.h"

/** limen_detector_told: of all scores; borrows what @report borrows */
LimenTold limen_detector_told (const LimenReport *report);
/** limen_detector_session_told: of the detector as it is now; to be called while its analysis is
 * there; @seen: (transfer full) (nullable): what is drawn instead of the histogram in its view */
LimenTold limen_detector_session_told (LimenDetectorSession *session, LimenDetectorSeen *seen);
/** limen_pictures_session_told: the same with the single pictures that have a score */
LimenTold limen_pictures_session_told (LimenPicturesSession *session, LimenDetectorSeen *seen);
