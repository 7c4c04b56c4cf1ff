/* Guided questions of the Detector page: the split, the threshold, the two errors and what can be
 * promised of them. */
#pragma once

#include "ui/study/lesson.h"

/** limen_detector_lesson: (transfer none): steps take a LimenDetectorSession */
const LimenLesson *limen_detector_lesson (void);
