/* The numbers and settings beside the histogram. */
#pragma once

#include "ui/detector/plot.h"
#include "ui/study/detector/session.h"

#include <adwaita.h>

#define LIMEN_TYPE_DETECTOR_PANEL (limen_detector_panel_get_type ())
G_DECLARE_FINAL_TYPE (LimenDetectorPanel, limen_detector_panel, LIMEN, DETECTOR_PANEL, AdwBin)

/** limen_detector_panel_connect: shows @session; its view settings are those of @plot */
void limen_detector_panel_connect (LimenDetectorPanel *self, LimenDetectorSession *session,
                                   LimenDetectorPlot *plot);
/** limen_detector_panel_resample: the next seed, and a random split if there was none */
void limen_detector_panel_resample (LimenDetectorPanel *self);
