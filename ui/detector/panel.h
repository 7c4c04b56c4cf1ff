/* The numbers and settings beside the histogram. */
#pragma once

#include "ui/study/detector/pictures-session.h"

#include <adwaita.h>

#define LIMEN_TYPE_DETECTOR_PANEL (limen_detector_panel_get_type ())
G_DECLARE_FINAL_TYPE (LimenDetectorPanel, limen_detector_panel, LIMEN, DETECTOR_PANEL, AdwBin)

/** limen_detector_panel_new: shows @pictures, and the session they follow, which takes the settings
 * that are remembered */
LimenDetectorPanel *limen_detector_panel_new (LimenPicturesSession *pictures);
