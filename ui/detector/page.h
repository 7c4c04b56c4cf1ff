/* The Detector page: sentence, histogram, thumbnails, panel; its actions are in the group
 * "detector". */
#pragma once

#include "ui/page-frame.h"
#include "ui/study/detector/session.h"

#define LIMEN_TYPE_DETECTOR_PAGE (limen_detector_page_get_type ())
G_DECLARE_FINAL_TYPE (LimenDetectorPage, limen_detector_page, LIMEN, DETECTOR_PAGE, LimenPageFrame)

/** limen_detector_page_show_example: the flow and the images that Limen brings along */
void limen_detector_page_show_example (LimenDetectorPage *self);
LimenDetectorSession *limen_detector_page_session (LimenDetectorPage *self);
