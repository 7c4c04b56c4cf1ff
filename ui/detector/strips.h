/* Rows of images below the plot: which the line judges wrongly, and how badly; or those that are
 * selected. */
#pragma once

#include "ui/study/detector/selection-session.h"

#include <gtk/gtk.h>

/** limen_detector_strips_new: (transfer floating): follows both */
GtkWidget *
limen_detector_strips_new (LimenDetectorSession *session, LimenSelectionSession *selection);
