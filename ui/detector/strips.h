/* Rows of images below the plot: which the line judges wrongly, and how badly. */
#pragma once

#include "ui/study/detector/session.h"

#include <gtk/gtk.h>

/** limen_detector_strips_new: (transfer floating): follows @session */
GtkWidget *limen_detector_strips_new (LimenDetectorSession *session);
