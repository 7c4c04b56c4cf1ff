/* What was corrected by hand, told as long as it holds, and taken back step by step. */
#pragma once

#include "ui/study/detector/session.h"

#include <gtk/gtk.h>

/** limen_corrections_bar_new: (transfer floating): "2 images moved, 1 left out by hand", and Undo;
 * not seen while there is none. Follows @session */
GtkWidget *limen_corrections_bar_new (LimenDetectorSession *session);
