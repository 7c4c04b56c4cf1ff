/* What the Detector page and limen detect tell: the histogram or the curve, what is said in it with
 * files and hashes, and the scores as a table. */
#pragma once

#include "model/detect/report.h"
#include "ui/study/detector/pictures-session.h"
#include "ui/study/told.h"

/** LimenDetectorSeen: what of the page is drawn
 * @LIMEN_DETECTOR_SEEN_HISTOGRAM: in the view that is seen
 * @LIMEN_DETECTOR_SEEN_CURVE: that of the state, with the point of the threshold; where there is no
 * curve the histogram */
typedef enum {
  LIMEN_DETECTOR_SEEN_HISTOGRAM,
  LIMEN_DETECTOR_SEEN_CURVE,
} LimenDetectorSeen;

/** limen_detector_told: of all scores; borrows what @report borrows */
LimenTold limen_detector_told (const LimenReport *report);
/** limen_detector_session_told: of the detector as it is now; to be called while its analysis is
 * there */
LimenTold limen_detector_session_told (LimenDetectorSession *session, LimenDetectorSeen seen);
/** limen_pictures_session_told: the same with the single pictures that have a score */
LimenTold limen_pictures_session_told (LimenPicturesSession *session, LimenDetectorSeen seen);
