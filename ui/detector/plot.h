/* The histogram in the window: shows a session, lets the threshold be dragged, the view be zoomed
 * and panned. */
#pragma once

#include "ui/plot-area.h"
#include "ui/study/detector/session.h"

typedef struct LimenDetectorPlot LimenDetectorPlot;

/** limen_detector_plot_new: borrows @session, and follows it */
LimenDetectorPlot *limen_detector_plot_new (LimenDetectorSession *session);
void limen_detector_plot_free (LimenDetectorPlot *plot);
/** limen_detector_plot_area: (transfer none) */
LimenPlotArea *limen_detector_plot_area (LimenDetectorPlot *plot);
