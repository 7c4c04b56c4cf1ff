/* The histogram in the window: shows a session, lets the threshold be dragged, the view be zoomed
 * and panned. */
#pragma once

#include "ui/study/detector/session.h"
#include "viz/detector/histogram-plot.h"

#include <gtk/gtk.h>

#define LIMEN_TYPE_DETECTOR_PLOT (limen_detector_plot_get_type ())
G_DECLARE_FINAL_TYPE (LimenDetectorPlot, limen_detector_plot, LIMEN, DETECTOR_PLOT, GtkWidget)

void limen_detector_plot_set_session (LimenDetectorPlot *self, LimenDetectorSession *session);
/** limen_detector_plot_set_scale, _set_heights: what the horizontal and the vertical axis show */
void limen_detector_plot_set_scale (LimenDetectorPlot *self, LimenHistogramScale scale);
void limen_detector_plot_set_heights (LimenDetectorPlot *self, gboolean counts, gboolean log);
/** limen_detector_plot_zoom: about the threshold; @factor 0: everything is shown again */
void limen_detector_plot_zoom (LimenDetectorPlot *self, double factor);
/** limen_detector_plot_view: what is looked at, for the export of the same picture */
LimenHistogramView limen_detector_plot_view (LimenDetectorPlot *self);
