/* Out of the window: the plot as a picture, on disk or on the clipboard, and the scores as a table.
 */
#pragma once

#include "ui/detector/session.h"
#include "viz/histogram-plot.h"

/** limen_export_dialog_present: asks for format, size and scale, then for a place */
void limen_export_dialog_present (LimenDetectorSession *session, LimenHistogramView view,
                                  GtkWidget *widget);
/** limen_export_scores: asks for a place for a CSV file */
void limen_export_scores (LimenDetectorSession *session, GtkWidget *widget);
/** limen_export_copy: the picture as PNG on the clipboard, at the size last exported */
void limen_export_copy (LimenDetectorSession *session, LimenHistogramView view, GtkWidget *widget);
