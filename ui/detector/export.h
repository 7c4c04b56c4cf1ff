/* What of the Detector page leaves the window: the histogram as a picture, the scores as a table.
 */
#pragma once

#include "ui/study/detector/session.h"
#include "ui/export.h"

/** limen_detector_export: of the detector as it is now; to be called while its analysis is there */
LimenExport limen_detector_export (LimenDetectorSession *session);
