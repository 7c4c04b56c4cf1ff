/* The histogram in the window: shows a session, lets the threshold be dragged, the view be zoomed
 * and panned. */
#pragma once

#include "ui/plot-area.h"
#include "ui/study/detector/pictures-session.h"
#include "ui/study/detector/selection-session.h"

typedef struct LimenDetectorPlot LimenDetectorPlot;

/** limen_detector_plot_new: follows @pictures, the session that they follow, and @selection: a drag
 * over a range selects what lies in it, where it is zoomed with Shift, else it pans; Escape lets go
 * of it */
LimenDetectorPlot *
limen_detector_plot_new (LimenPicturesSession *pictures, LimenSelectionSession *selection);
void limen_detector_plot_free (LimenDetectorPlot *plot);
/** limen_detector_plot_area: (transfer none) */
LimenPlotArea *limen_detector_plot_area (LimenDetectorPlot *plot);
